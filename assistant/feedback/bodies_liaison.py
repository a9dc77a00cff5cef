"""What a liaison reads of the recommendations that were sent to its body: what goes into a referral slip, and nothing of their senders."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from dataclasses import field as kept
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Engine, Row, and_, case, func, select

from assistant.database import reading
from assistant.feedback.answers.answer_lint import FindsPersonalData
from assistant.feedback.bodies_book import BodyBook, ShownBody, read_book
from assistant.feedback.bodies_sent import sent_to
from assistant.feedback.errors import RecommendationNotFound
from assistant.feedback.joining import carries, releases
from assistant.feedback.ordering import Keyset, Order, Page
from assistant.feedback.privacy.personal_data import redacted
from assistant.feedback.states import Actor, State, StateMachine
from assistant.feedback.tables import deadline, link, recommendation, referral, submission
from assistant.feedback.timing.running_deadlines import REPLY, VOTER_REPLY
from assistant.feedback.wanted import Wanted, facts_wanted
from corpus.days import VIETNAM

_MOST = 200
_SAME = ("number", "version", "kind", "field", "level", "area")


@dataclass(frozen=True, slots=True)
class SentMatter:
    """A recommendation as the body reads it that it was sent to.

    `body`, `basis` and `sent_on` are those of the newest referral. `title` and `statement` were written by a person, `public_texts`
    released by one; a machine has taken out of them what it knows as personal. `due`: by when an answer is asked for, by `rule`.
    """

    number: int
    version: int
    state: State
    kind: str | None
    field: str | None
    level: str | None
    area: str | None
    body: str
    shown_body: ShownBody
    basis: tuple[str, ...]
    sent_on: date
    title: str | None = kept(repr=False)
    statement: str | None = kept(repr=False)
    public_texts: tuple[str, ...] = kept(repr=False)
    submissions: int
    due: date | None
    rule: str | None
    next_states: tuple[State, ...]


class LiaisonDesk:
    """What was sent to bodies, for their liaisons (`Actor.bodies`)."""

    def __init__(self, engine: Engine, clock: Callable[[], datetime], machine: StateMachine, persons: FindsPersonalData) -> None:
        self._engine, self._clock, self._machine, self._persons = engine, clock, machine, persons

    def page(self, actor: Actor, wanted: Wanted, cursor: str | None = None, limit: int = 50) -> Page[SentMatter]:
        """Up to `limit` that were sent to the bodies of `actor`, by number, from `cursor` on. Raises `CursorInvalid`.

        Of what is wanted, states and facts count; who works on it and whether its senders wrote again is not for liaisons.
        """
        keyset, limit = Keyset(Order.NUMBER), min(limit, _MOST)
        with reading(self._engine) as connection:
            mine = and_(sent_to(connection, actor), *facts_wanted(wanted))
            total = connection.execute(select(func.count()).select_from(recommendation).where(mine)).scalar_one()
            rows = connection.execute(keyset.page(select(recommendation).where(mine), cursor, limit)).all()
            shown, following = keyset.cut(rows, limit)
            return Page(tuple(self._read(connection, actor, shown)), total, following)

    def open(self, number: int, actor: Actor) -> SentMatter:
        """The one with this number. Raises `RecommendationNotFound` for all that was not sent to the bodies of `actor`."""
        with reading(self._engine) as connection:
            mine = select(recommendation).where(sent_to(connection, actor) & (recommendation.c.number == number))
            found = self._read(connection, actor, connection.execute(mine).all())
        if not found:
            raise RecommendationNotFound(number)
        return found[0]

    def _read(self, connection: Connection, actor: Actor, rows: Sequence[Row[Any]]) -> list[SentMatter]:
        numbers = [row.number for row in rows]
        released, referrals, clocks = _released(connection, numbers), _referrals(connection, numbers), _clocks(connection, numbers)
        book = read_book(connection)
        return [self._matter(row, actor, released[row.number], referrals[row.number], clocks.get(row.number), book) for row in rows]

    def _matter(
        self, row: Row[Any], actor: Actor, released: Sequence[str | None], sent: Row[Any], clock: Row[Any] | None, book: BodyBook
    ) -> SentMatter:
        sent_on, today = (moment.astimezone(VIETNAM).date() for moment in (sent.made_at, self._clock()))
        return SentMatter(
            **{name: getattr(row, name) for name in _SAME},
            state=State(row.state),
            body=sent.body,
            shown_body=book.shown(sent.body, sent_on, today),
            basis=tuple(sent.basis),
            sent_on=sent_on,
            title=self._without_persons(row.title),
            statement=self._without_persons(row.statement),
            public_texts=tuple(text for one in released if (text := self._without_persons(one))),
            submissions=len(released),
            due=clock.due if clock else None,
            rule=clock.rule if clock else None,
            next_states=self._machine.transitions_from(State(row.state), actor),
        )

    def _without_persons(self, text: str | None) -> str | None:
        return redacted(text, self._persons.find(text)) if text else None


def _released(connection: Connection, numbers: Sequence[int]) -> dict[int, list[str | None]]:
    """For each recommendation what may be shown of each submission that stands behind it; None where nobody has released anything."""
    alive = link.c.undone_at.is_(None) & submission.c.withdrawn_at.is_(None) & submission.c.erased_at.is_(None)
    here = alive & submission.c.is_sealed.is_(False) & carries() & link.c.recommendation.in_(numbers)
    query = select(link.c.recommendation, submission.c.number, case((releases(), submission.c.public_text)).label("text"))
    joined = query.join(submission, submission.c.number == link.c.submission).where(here).order_by(submission.c.number)
    found: dict[int, dict[int, str | None]] = defaultdict(dict)
    for row in connection.execute(joined):
        mine = found[row.recommendation]
        mine[row.number] = mine.get(row.number) or row.text
    return defaultdict(list, {number: list(texts.values()) for number, texts in found.items()})


def _referrals(connection: Connection, numbers: Sequence[int]) -> dict[int, Row[Any]]:
    """The newest of each."""
    rows = connection.execute(select(referral).where(referral.c.recommendation.in_(numbers)).order_by(referral.c.number))
    return {row.recommendation: row for row in rows}


def _clocks(connection: Connection, numbers: Sequence[int]) -> dict[int, Row[Any]]:
    """The clock for the answer of each that runs and ends first."""
    runs = deadline.c.rule.in_((REPLY, VOTER_REPLY)) & deadline.c.met_on.is_(None) & deadline.c.due.is_not(None)
    rows = connection.execute(select(deadline).where(runs & deadline.c.recommendation.in_(numbers)).order_by(deadline.c.due.desc()))
    return {row.recommendation: row for row in rows}
