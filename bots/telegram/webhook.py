"""Updates posted to the web service (https://core.telegram.org/bots/api#setwebhook)."""

from __future__ import annotations

import json
import logging
from dataclasses import dataclass
from hmac import compare_digest

from fastapi import APIRouter, Request, Response
from sqlalchemy.exc import SQLAlchemyError
from telegram import Bot

from assistant.database import DatabaseFailed
from bots.telegram.receiving import Receiver
from bots.telegram.updates import WANTED

log = logging.getLogger(__name__)

PATH = "/telegram/webhook"
_HEADER = "X-Telegram-Bot-Api-Secret-Token"
webhook = APIRouter(include_in_schema=False)


@dataclass(slots=True)
class WebhookDoor:
    """Who comes in by the webhook: whoever knows the secret; `receiver` is None while the bot is not ready, `secret` without a webhook."""

    secret: str | None = None
    receiver: Receiver | None = None


@webhook.post(PATH)
async def post_update(request: Request) -> Response:
    """200 once the update is on disk; anything else brings it again."""
    door: WebhookDoor | None = getattr(request.app.state, "telegram", None)
    if door is None or door.secret is None:
        return Response(status_code=404)
    if not compare_digest(request.headers.get(_HEADER, "").encode(), door.secret.encode()):
        return Response(status_code=403)
    if door.receiver is None:
        return Response(status_code=503)
    return Response(status_code=await _received(door.receiver, await request.body()))


async def register(bot: Bot, url: str, secret: str) -> bool:
    """From now on Telegram posts updates to `url`; those that wait stay. Raises `TelegramError`."""
    return await bot.set_webhook(url, secret_token=secret, allowed_updates=WANTED, drop_pending_updates=False)


async def _received(receiver: Receiver, body: bytes) -> int:
    try:
        update = json.loads(body)
    except ValueError:
        return 400
    if not isinstance(update, dict):
        return 400
    try:
        await receiver.receive([update])
    except (DatabaseFailed, SQLAlchemyError) as error:
        log.error("telegram_update_not_taken", extra={"kind": type(error).__name__})  # noqa: TRY400 - a trace may quote the database
        return 503
    return 200
