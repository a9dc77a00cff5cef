"""Names of the places that sealed values of accounts are bound to."""

from __future__ import annotations


def authenticator_place(name: str) -> str:
    """Of the secret of an account's authenticator."""
    return f"account.authenticator:{name}"
