"""What was typed at the command line as values of the recommendation database."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import replace
from enum import StrEnum
from typing import TypeVar

from assistant.feedback.errors import UnknownValue
from assistant.feedback.states import Actor, Role, State
from assistant.feedback.types import AdminLevel, Field, Kind, Urgency
from assistant.feedback.wanted import Wanted
from assistant.settings import Settings

ME, NOBODY = "me", "nobody"
_Choice = TypeVar("_Choice", bound=StrEnum)


def chosen(choices: type[_Choice], typed: str) -> _Choice:
    """The member that was typed. Raises `UnknownValue`."""
    try:
        return choices(typed)
    except ValueError as error:
        raise UnknownValue(typed, tuple(choices)) from error


def owned_by(wanted: Wanted, owner: str | None, actor: Actor) -> Wanted:
    """What is wanted of one owner: "me" is the one who asks, "nobody" stands for what has none; None leaves it as it is."""
    if owner == NOBODY:
        return replace(wanted, is_unowned=True)
    return replace(wanted, owner=actor.id if owner == ME else owner)


def wanted_of(arguments: argparse.Namespace, actor: Actor) -> Wanted:
    """Which recommendations a command lists. Raises `UnknownValue`."""
    asked = Wanted(
        states=_all(State, arguments.state),
        kinds=_all(Kind, arguments.kind),
        fields=_all(Field, arguments.field),
        levels=_all(AdminLevel, arguments.level),
        urgencies=_all(Urgency, arguments.urgency),
        area=arguments.area,
        is_overdue=arguments.overdue,
        has_unread=arguments.unread,
        after=arguments.after,
    )
    return owned_by(asked, arguments.owner, actor)


def _all(choices: type[_Choice], typed: Sequence[str]) -> tuple[_Choice, ...]:
    return tuple(chosen(choices, one) for one in typed)


def actor_of(arguments: argparse.Namespace, settings: Settings | None = None) -> Actor:
    """Who acts, from `--as` and `--role`; a reviewer where no role is named. The bodies of a liaison come from the settings."""
    bodies = settings.staff_bodies.get(arguments.as_, ()) if settings else ()
    return Actor(arguments.as_, frozenset(chosen(Role, role) for role in arguments.role or [Role.REVIEWER]), frozenset(bodies))
