"""What can go wrong with Telegram."""

from __future__ import annotations


class TelegramChannelError(Exception):
    """Base of the errors of the Telegram bot."""


class TokenRefused(TelegramChannelError):
    """Telegram knows no bot of this token."""

    def __init__(self) -> None:
        super().__init__(
            "Telegram knows no bot of this token; set DIENHONG_TELEGRAM_TOKEN to the one that @BotFather gave, and start again"
        )
