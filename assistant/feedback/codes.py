"""Tracking codes that a citizen keeps: `DH-7K3QF-9D2MX-4`, random, with a check character, easy to read out and to type."""

from __future__ import annotations

import secrets
from collections.abc import Callable

# Without 0, 1, I, L, O and U, which are taken for one another.
_ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
_MODULUS = 31
_PREFIX = "DH"
_RANDOM = 10
_GROUP = 5


def new_code(choose: Callable[[str], str] = secrets.choice) -> str:
    """A code that nobody can guess: 30^10 (5.9e14) are possible."""
    check = None
    while check is None:
        drawn = "".join(choose(_ALPHABET) for _ in range(_RANDOM))
        check = _check(drawn)
    return _written(drawn + check)


def read_code(typed: str) -> str | None:
    """The code as it was given out, from what a person typed (lower case, blanks, no dashes, no "DH"); None where it is none.

    One wrong character, or two exchanged, are noticed.
    """
    letters = "".join(letter for letter in typed.upper() if letter.isascii() and letter.isalnum())
    if len(letters) == len(_PREFIX) + _RANDOM + 1 and letters.startswith(_PREFIX):
        letters = letters.removeprefix(_PREFIX)
    is_code = len(letters) == _RANDOM + 1 and set(letters) <= set(_ALPHABET) and _check(letters[:-1]) == letters[-1]
    return _written(letters) if is_code else None


def _written(letters: str) -> str:
    return "-".join((_PREFIX, letters[:_GROUP], letters[_GROUP:_RANDOM], letters[_RANDOM:]))


def _check(letters: str) -> str | None:
    """The character that makes the weighted sum 0; None for the one draw in 31 for which there would be none.

    The weights are the powers of 3 modulo the prime 31, all different: one wrong character, or two exchanged, change the sum.
    """
    total = sum(_ALPHABET.index(letter) * pow(3, place, _MODULUS) for place, letter in enumerate(letters, start=1))
    rest = -total % _MODULUS
    return _ALPHABET[rest] if rest < len(_ALPHABET) else None
