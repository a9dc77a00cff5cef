"""An account as the rest of the application sees it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from assistant.feedback.states import Actor, Role


class Admin(StrEnum):
    """What is no role in the work on recommendations: inviting people, reading the audit trail."""

    ADMIN = "admin"


# What somebody can be given; citizens and the machine have no accounts.
Given = Role | Admin
GIVEN: tuple[Given, ...] = (*(role for role in Role if role not in {Role.CITIZEN, Role.SYSTEM}), Admin.ADMIN)
# An administrator must not read what is sealed, and who could open it alone would make the second officer idle.
APART: tuple[frozenset[Given], ...] = (frozenset({Admin.ADMIN, Role.SEALED_OFFICER}),)
# These sign in with an authenticator, or not at all.
NEEDS_AUTHENTICATOR: frozenset[Given] = frozenset({Admin.ADMIN, Role.SEALED_OFFICER, Role.UNIT_ADMIN})


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who may sign in. `name` is the key that audit events hold, `title` what people read."""

    number: int
    name: str
    title: str
    roles: frozenset[Given]
    bodies: frozenset[str] = frozenset()
    has_authenticator: bool = False
    is_invited: bool = False
    is_disabled: bool = False

    @property
    def actor(self) -> Actor:
        """Who acts in the work on recommendations."""
        return Actor(self.name, frozenset(role for role in self.roles if isinstance(role, Role)), self.bodies)

    @property
    def is_admin(self) -> bool:
        """Whether they invite people."""
        return Admin.ADMIN in self.roles

    @property
    def lacks_authenticator(self) -> bool:
        """Whether they have to set one up before anything else."""
        return not self.has_authenticator and bool(self.roles & NEEDS_AUTHENTICATOR)


def given(value: str) -> Given:
    """The role of this name. Raises `ValueError`."""
    return Admin.ADMIN if value == Admin.ADMIN else Role(value)
