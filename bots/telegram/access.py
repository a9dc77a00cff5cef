"""The way to the Bot API: its address, proxy and token; nothing of it, and nothing that people write, goes to a log."""

from __future__ import annotations

import logging
import os
import re
from dataclasses import dataclass
from typing import Any

from pydantic import SecretStr
from telegram import Bot
from telegram.request import HTTPXRequest

from assistant.errors import InvalidSettings
from assistant.settings import Settings

_TOKEN = re.compile(r"\d+:[\w-]+", re.ASCII)
# https://core.telegram.org/bots/api#setwebhook
_SECRET = re.compile(r"[\w-]{1,256}", re.ASCII)
# Slow networks are no rare case; the lease of a message leaves time for it.
_CONNECT_S, _WRITE_S, _READ_S, _POOL_S = 10.0, 10.0, 15.0, 5.0


@dataclass(frozen=True, slots=True)
class Access:
    """How the Bot API is reached. `api_url`: of the server, without a slash at the end; `webhook_url` empty: by polling."""

    token: SecretStr
    api_url: str
    proxy: SecretStr | None = None
    webhook_url: str = ""
    webhook_secret: SecretStr | None = None

    def request(self) -> HTTPXRequest:
        """Connections to the server, to be used as a context manager. Raises `InvalidSettings`."""
        # Reading certificates takes longer than a call; a server on this machine has none.
        more: dict[str, Any] = {"verify": False} if self.api_url.startswith("http://") and self.proxy is None else {}
        try:
            return HTTPXRequest(
                read_timeout=_READ_S,
                write_timeout=_WRITE_S,
                connect_timeout=_CONNECT_S,
                pool_timeout=_POOL_S,
                proxy=self.proxy.get_secret_value() if self.proxy else None,
                httpx_kwargs=more,
            )
        except (RuntimeError, ValueError) as error:
            # No words of the library's: they may quote the address, and with it a password.
            raise InvalidSettings(
                "DIENHONG_TELEGRAM_PROXY", "cannot be used: http://host:port, or socks5://host:port with the package socksio"
            ) from error

    def bot(self, request: HTTPXRequest) -> Bot:
        """The library's bot over these connections."""
        token = self.token.get_secret_value()
        return Bot(token, f"{self.api_url}/bot", f"{self.api_url}/file/bot", request=request, get_updates_request=request)


def access_of(settings: Settings) -> Access | None:
    """The way that settings tell; None where they name no bot. Raises `InvalidSettings`."""
    if settings.telegram_token is None or not settings.telegram_token.get_secret_value():
        return None
    token, secret = settings.telegram_token.get_secret_value().strip(), settings.telegram_webhook_secret
    if not _TOKEN.fullmatch(token):
        raise InvalidSettings("DIENHONG_TELEGRAM_TOKEN", "not a token as @BotFather gives it, e.g. 123456:ABC-DEF")
    if settings.telegram_webhook_url and not (secret and _SECRET.fullmatch(secret.get_secret_value())):
        raise InvalidSettings("DIENHONG_TELEGRAM_WEBHOOK_SECRET", "a webhook needs a secret: 1 to 256 letters, digits, _ and -")
    api_url = settings.telegram_api_url.rstrip("/")
    return Access(SecretStr(token), api_url, settings.telegram_proxy, settings.telegram_webhook_url or "", secret)


def keep_quiet() -> None:
    """Silences the libraries: their events hold the token (as part of addresses) and what people wrote."""
    for name, level in (("httpx", logging.WARNING), ("httpcore", logging.WARNING), ("telegram", logging.CRITICAL + 1)):
        logging.getLogger(name).setLevel(level)
    # Else the library warns of its own use of whole seconds, at each 429.
    os.environ.setdefault("PTB_TIMEDELTA", "1")
