"""How many people stand behind a recommendation and against it, each once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Row, select

from assistant.feedback.tables import link, merge, submission, support


class Standing(StrEnum):
    """How well a supporter is known."""

    VERIFIED = "verified"
    UNVERIFIED = "unverified"
    ANONYMOUS = "anonymous"


# From the least known on.
STANDINGS = (Standing.ANONYMOUS, Standing.UNVERIFIED, Standing.VERIFIED)


@dataclass(frozen=True, slots=True)
class SupportCount:
    """People by how well they are known. Who sent a letter to a channel that knows them is unverified, other senders are anonymous."""

    supporters: Mapping[Standing, int]
    opponents: Mapping[Standing, int]


def support_of(connection: Connection, number: int) -> SupportCount:
    """Who gave their support, sent the same again or something that supports it; those who oppose it, apart.

    What was given to a recommendation counts where that is followed as long as the merge stands; nothing is moved. Who asked for it
    counts neither way; of what one person sent for and against it the newest counts. A person who gave support and wrote as well cannot
    be told from two: the channel's id of a supporter is not the sender's.
    """
    matters = _followed_together(connection, number)
    given: dict[str, Standing] = {}
    for row in connection.execute(select(support).where(support.c.recommendation.in_(matters))):
        given[row.supporter_key] = max(Standing(row.standing), given.get(row.supporter_key, Standing.ANONYMOUS), key=STANDINGS.index)
    stances = _stances(connection, number, matters)
    sent_for, against = ([_standing(row) for row in stances.values() if (row.kind == "opposes") is opposes] for opposes in (False, True))
    return SupportCount(_counted([*given.values(), *sent_for]), _counted(against))


def _followed_together(connection: Connection, number: int) -> set[int]:
    """The recommendation with those that were merged with it, and with those."""
    found, newest = {number}, {number}
    while newest:
        following = select(merge.c.recommendation).where(merge.c.target.in_(newest) & merge.c.undone_at.is_(None))
        newest = set(connection.execute(following).scalars()) - found
        found |= newest
    return found


def _stances(connection: Connection, number: int, matters: Iterable[int]) -> dict[str, Row[Any]]:
    """The newest link of each person who neither asked for it first nor took theirs back."""
    is_open = link.c.undone_at.is_(None) & submission.c.withdrawn_at.is_(None) & submission.c.is_sealed.is_(False)
    joined = select(link, submission.c.sender_key).join(submission, submission.c.number == link.c.submission).where(is_open)
    carried = connection.execute(joined.where((link.c.recommendation == number) & link.c.kind.in_(("primary", "part", "duplicate")))).all()
    said = connection.execute(joined.where(link.c.recommendation.in_(tuple(matters)) & link.c.kind.in_(("supports", "opposes")))).all()
    asked = {_person(row) for row in carried if row.kind != "duplicate"}
    belongs = {row.submission for row in carried}
    # What belongs to it by now says the same, whatever it was taken for before.
    rows = [*(row for row in carried if row.kind == "duplicate"), *(row for row in said if row.submission not in belongs)]
    return {_person(row): row for row in sorted(rows, key=lambda row: int(row.number)) if _person(row) not in asked}


def _person(row: Row[Any]) -> str:
    return row.sender_key or f"submission:{row.submission}"


def _standing(row: Row[Any]) -> Standing:
    return Standing.UNVERIFIED if row.sender_key else Standing.ANONYMOUS


def _counted(standings: Iterable[Standing]) -> dict[Standing, int]:
    counted = Counter(standings)
    return {standing: counted[standing] for standing in Standing}
