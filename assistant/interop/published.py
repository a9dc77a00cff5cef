"""What was published, as everybody may read it: nothing sealed, no word of a sender that nobody released."""

from __future__ import annotations

import logging
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, case, func, select

from assistant.feedback.errors import SealBroken
from assistant.feedback.joining import carries, releases
from assistant.feedback.seal_places import answer_place
from assistant.feedback.states import State
from assistant.feedback.tables import answer, link, recommendation, step, submission
from assistant.feedback.types import Kind
from assistant.feedback.vault import Vault
from corpus.days import VIETNAM

log = logging.getLogger(__name__)

# How many senders are not told below that.
FEWEST = 5
# What was published stays so once it is closed, and until somebody agrees that it must be looked at again.
_SHOWN = (State.PUBLISHED.value, State.CLOSED.value, State.REOPEN_REQUESTED.value)


@dataclass(frozen=True, slots=True)
class PublishedMatter:
    """A published recommendation. `texts`: what was released of its senders' words; `submissions` is None below 5; `area` is a key."""

    number: int
    kind: str
    field: str | None
    level: str | None
    area: str | None
    title: str
    statement: str
    texts: tuple[str, ...]
    submissions: int | None
    resolution: str | None
    answer: str | None
    opened_on: date
    published_on: date | None


def is_public() -> ColumnElement[bool]:
    """The condition for a recommendation that everybody may read."""
    return (
        recommendation.c.state.in_(_SHOWN)
        & _newest_answer_is_published()
        & recommendation.c.is_sealed.is_(False)
        & recommendation.c.is_redaction_confirmed.is_(True)
        & recommendation.c.kind.is_not(None)
        & (recommendation.c.kind != Kind.DENUNCIATION.value)
        & has_no_sealed_link()
    )


def _newest_answer_is_published() -> ColumnElement[bool]:
    # One that was reopened and closed with another answer must not show the old one.
    told, later = answer.alias(), answer.alias()
    is_newest = ~select(later.c.number).where((later.c.recommendation == told.c.recommendation) & (later.c.number > told.c.number)).exists()
    here = (told.c.recommendation == recommendation.c.number) & told.c.published_at.is_not(None) & is_newest
    return select(told.c.number).where(here).correlate(recommendation).exists()


def has_no_sealed_link() -> ColumnElement[bool]:
    """The condition for a recommendation to which nothing sealed belongs."""
    # Of their own names: around them may stand the same tables.
    joined, sent = link.alias(), submission.alias()
    sealed = select(joined.c.number).join(sent, sent.c.number == joined.c.submission).where(sent.c.is_sealed.is_(True))
    here = (joined.c.recommendation == recommendation.c.number) & joined.c.undone_at.is_(None)
    return ~sealed.where(here).correlate(recommendation).exists()


def published_matters(connection: Connection, vault: Vault) -> list[PublishedMatter]:
    """Everything that is public, by number."""
    rows = connection.execute(select(recommendation).where(is_public()).order_by(recommendation.c.number)).all()
    texts, counts = _released(connection)
    answers, days = _answers(connection, vault), _days(connection)
    return [_matter(row, texts[row.number], counts[row.number], answers.get(row.number), days.get(row.number)) for row in rows]


def _matter(row: Row[Any], texts: list[str], sent: int, told: tuple[str, str] | None, published_on: date | None) -> PublishedMatter:
    resolution, words = told or (None, None)
    return PublishedMatter(
        number=row.number,
        kind=row.kind,
        field=row.field,
        level=row.level,
        area=row.area,
        title=row.title or "",
        statement=row.statement or "",
        texts=tuple(texts),
        submissions=sent if sent >= FEWEST else None,
        resolution=resolution,
        answer=words,
        opened_on=_day(row.opened_at),
        published_on=published_on,
    )


def _released(connection: Connection) -> tuple[dict[int, list[str]], dict[int, int]]:
    """The texts that were released, and how many submissions there are, by recommendation."""
    live = carries() & submission.c.withdrawn_at.is_(None) & submission.c.is_sealed.is_(False)
    query = (
        select(link.c.recommendation, submission.c.number, case((releases(), submission.c.public_text)).label("text"))
        .join(submission, submission.c.number == link.c.submission)
        .join(recommendation, recommendation.c.number == link.c.recommendation)
        .where(live & is_public())
        .order_by(submission.c.number)
    )
    found: dict[int, dict[int, str | None]] = defaultdict(dict)
    for row in connection.execute(query):
        mine = found[row.recommendation]
        mine[row.number] = mine.get(row.number) or row.text
    texts = {number: [text for text in mine.values() if text] for number, mine in found.items()}
    return defaultdict(list, texts), defaultdict(int, {number: len(mine) for number, mine in found.items()})


def _answers(connection: Connection, vault: Vault) -> dict[int, tuple[str, str]]:
    """Class and words of the newest published answer of each."""
    query = (
        select(answer)
        .join(recommendation, recommendation.c.number == answer.c.recommendation)
        .where(answer.c.published_at.is_not(None) & answer.c.approved_at.is_not(None) & is_public())
        .order_by(answer.c.number)
    )
    told: dict[int, tuple[str, str]] = {}
    for row in connection.execute(query):
        try:
            told[row.recommendation] = (row.resolution, vault.open(row.text, answer_place(row.recommendation, row.drafted_at.isoformat())))
        except SealBroken:
            # One damaged record must not keep all others from being published.
            log.warning("answer_unreadable", extra={"recommendation": row.recommendation})
    return told


def _days(connection: Connection) -> dict[int, date]:
    """The day on which each was last published."""
    published = step.c.to_state == State.PUBLISHED.value
    query = select(step.c.recommendation, func.max(step.c.taken_at).label("at")).where(published).group_by(step.c.recommendation)
    return {row.recommendation: _day(row.at) for row in connection.execute(query)}


def _day(moment: datetime) -> date:
    return moment.astimezone(VIETNAM).date()
