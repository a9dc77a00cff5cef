"""What of a source could not be read, so that the rest can be imported and nothing is lost in silence."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Failure:
    """`place` is file and line, record or article; `reason` says in words what is wrong there."""

    place: str
    reason: str
