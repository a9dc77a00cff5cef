"""What was typed at the command line as values of the recommendation database."""

from __future__ import annotations

import argparse
from enum import StrEnum
from typing import TypeVar

from assistant.feedback.errors import UnknownValue
from assistant.feedback.states import Actor, Role
from assistant.settings import Settings

_Choice = TypeVar("_Choice", bound=StrEnum)


def chosen(choices: type[_Choice], typed: str) -> _Choice:
    """The member that was typed. Raises `UnknownValue`."""
    try:
        return choices(typed)
    except ValueError as error:
        raise UnknownValue(typed, tuple(choices)) from error


def actor_of(arguments: argparse.Namespace, settings: Settings | None = None) -> Actor:
    """Who acts, from `--as` and `--role`; a reviewer where no role is named. The bodies of a liaison come from the settings."""
    bodies = settings.staff_bodies.get(arguments.as_, ()) if settings else ()
    return Actor(arguments.as_, frozenset(chosen(Role, role) for role in arguments.role or [Role.REVIEWER]), frozenset(bodies))
