"""What can go wrong with accounts."""

from __future__ import annotations

from assistant.errors import AssistantError


class AccountError(AssistantError):
    """Base of every error of accounts."""


class NameTaken(AccountError):
    """There is an account of this name."""


class NameInvalid(AccountError):
    """A name is 2 to 40 small letters, digits, dots and hyphens."""


class AccountNotFound(AccountError):
    """There is no account of this name."""


class NotAdmin(AccountError):
    """Only administrators do this."""


class LastAdmin(AccountError):
    """Nobody could invite anybody any more."""


class RolesApart(AccountError):
    """These roles must not lie in one hand: an administrator reads nothing that is sealed."""


class PasswordWeak(AccountError):
    """Shorter than `fewest` characters, or made of the account's own name."""

    def __init__(self, fewest: int) -> None:
        self.fewest = fewest
        super().__init__(f"a password has at least {fewest} characters and is not the account's name")


class InvitationSpent(AccountError):
    """It was used, has run out, or was never given."""


class SignInRefused(AccountError):
    """Name, password or code is wrong, or too many were and none is looked at for a while; which of it is not told."""


class CodeWrong(AccountError):
    """The code for an authenticator that is being set up does not fit."""
