"""Methods by which the bot receives updates. https://core.telegram.org/bots/api#getting-updates"""

from __future__ import annotations

import re
import time
from typing import Any

from tests.telegram.emulator.errors import Json, bad_request, conflict
from tests.telegram.emulator.request import Request
from tests.telegram.emulator.world import Webhook, World

MAX_POLL_S = 50
_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")


def get_updates(world: World, request: Request) -> list[Json]:
    """Updates from `offset` on; waits for one as long as `timeout` says. A later call ends an earlier one that waits."""
    if world.webhook:
        raise conflict("can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first")
    _allow(world, request)
    world.poll += 1
    world.notify()
    poll = world.poll
    world.updates.confirm(request.number("offset"))
    limit = min(max(request.number("limit", 100), 1), 100)
    ends_at = time.monotonic() + min(max(request.number("timeout"), 0), MAX_POLL_S)
    while not (batch := world.updates.batch(limit)) and not world.is_stopped and (remaining := ends_at - time.monotonic()) > 0:
        _wait(world, poll, remaining)
    world.is_polled = False
    world.notify()
    return [update.json() for update in batch]


def _wait(world: World, poll: int, seconds: float) -> None:
    """Wait for any change; raises ApiError where it ends this poll."""
    if not world.is_polled:
        world.is_polled = True
        world.notify()
    world.changed.wait(seconds)
    if world.webhook:
        world.is_polled = False
        raise conflict("terminated by setWebhook request")
    if world.poll != poll:
        raise conflict("terminated by other getUpdates request; make sure that only one bot instance is running")


def set_webhook(world: World, request: Request) -> bool:
    """From now on updates are posted to `url`; plain HTTP is taken, as a Bot API server of one's own does."""
    url, secret = request.text("url"), request.text("secret_token")
    if not url:
        return delete_webhook(world, request)
    if not re.fullmatch(r"https?://[^/\s]+(?:/\S*)?", url):
        raise bad_request("invalid webhook URL specified")
    if url.startswith("https:"):
        raise bad_request("bad webhook: the emulator posts over plain HTTP only")
    if "secret_token" in request.arguments and not _SECRET.fullmatch(secret):
        raise bad_request("secret token contains unallowed characters" if secret else "secret token is empty")
    _allow(world, request)
    _drop(world, request)
    world.webhook = Webhook(url, secret, min(max(request.number("max_connections", 40), 1), 100))
    world.webhook_trouble = None
    world.notify()
    return True


def delete_webhook(world: World, request: Request) -> bool:
    """From now on updates wait to be polled."""
    _drop(world, request)
    world.webhook = None
    world.webhook_trouble = None
    world.notify()
    return True


def get_webhook_info(world: World, request: Request) -> Json:
    """A WebhookInfo."""
    info: Json = {
        "url": world.webhook.url if world.webhook else "",
        "has_custom_certificate": False,
        "pending_update_count": world.updates.pending,
    }
    if world.webhook:
        info["max_connections"] = world.webhook.max_connections
    if world.webhook_trouble:
        info["last_error_date"] = int(world.webhook_trouble.at.timestamp())
        info["last_error_message"] = world.webhook_trouble.reason
    if world.updates.allowed:
        info["allowed_updates"] = list(world.updates.allowed)
    return info


def _allow(world: World, request: Request) -> None:
    # Not said means as before; an empty list means the usual ones.
    allowed: Any = request.parsed("allowed_updates")
    if isinstance(allowed, list):
        world.updates.allowed = tuple(str(kind) for kind in allowed)


def _drop(world: World, request: Request) -> None:
    if request.flag("drop_pending_updates"):
        world.updates.forget_all()
