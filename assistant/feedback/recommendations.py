"""The matters that reviewers work on: who may see them, and how they go from one state to the next."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy import Connection, Engine, Row, insert, select, update

from assistant.database import scrub, writing
from assistant.feedback.audit import AuditTrail
from assistant.feedback.bodies_sent import acts_for_bodies, sent_to
from assistant.feedback.errors import ChangedMeanwhile, NeedsItsAct, RecommendationNotFound, TransitionNotAllowed
from assistant.feedback.merging import goes_by_itself, led_along, part_ways
from assistant.feedback.messages_rows import keep_told
from assistant.feedback.outbox import queue
from assistant.feedback.queue import Matter, matters_of, plain, visible
from assistant.feedback.seal_places import message_place, note_place, text_place
from assistant.feedback.sealing import open_links, seal_submissions
from assistant.feedback.states import Actor, State, StateMachine, StateType, Step
from assistant.feedback.step_rows import changes, situation
from assistant.feedback.tables import contact, link, recommendation, step, submission
from assistant.feedback.timing.running_deadlines import DueMatter, RunningDeadlines
from assistant.feedback.vault import Vault
from corpus.days import VIETNAM

# A state that without an act would lack what it stands for: an answer, a referral, the matter joined to.
_BY_AN_ACT = frozenset({State.LINKED, State.FORWARDED, State.ANSWER_REVIEW, State.ANSWERED, State.PUBLISHED})
_Row = Row[*tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class LinkedSubmission:
    """A submission of a recommendation with its words. `text` is None where the sender had it erased."""

    number: int
    code: str
    link: str
    channel: str
    received_at: datetime
    text: str | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class OpenedMatter:
    """A recommendation with everything that was sent for it."""

    matter: Matter
    submissions: tuple[LinkedSubmission, ...]
    next_states: tuple[State, ...]


class Follower(Protocol):
    """Whoever is told of every step and reminder, within its transaction."""

    def moved(self, connection: Connection, matter: Row[Any], to: State, now: datetime) -> None:
        """Takes note that `matter`, its row before the step, comes into the state `to`."""

    def reminded(self, connection: Connection, due: DueMatter, now: datetime) -> None:
        """Takes note that the deadline of something that is not sealed is near or over."""


class Recommendations:
    """The recommendations of one database."""

    def __init__(
        self,
        engine: Engine,
        vault: Vault,
        clock: Callable[[], datetime],
        machine: StateMachine,
        deadlines: RunningDeadlines,
        followers: Sequence[Follower] = (),
    ) -> None:
        self._engine, self._vault, self._clock, self.machine, self.deadlines = engine, vault, clock, machine, deadlines
        self.followers = followers
        self._audit = AuditTrail(vault)

    def show(self, number: int, actor: Actor) -> OpenedMatter:
        """The recommendation with the words of its senders. Reading a sealed one is written down. Raises `RecommendationNotFound`."""
        with writing(self._engine) as connection:
            row = self.row(connection, number, actor)
            if row.is_sealed:
                self._audit.add(connection, actor.id, "read_sealed", f"recommendation:{number}", self._clock())
            sent = tuple(self._linked(one) for one in _links(connection, number, is_sealed=row.is_sealed))
            (matter,) = matters_of(connection, [row], self._clock())
        next_states = self.machine.transitions_from(State(row.state), actor)
        return OpenedMatter(matter, sent, tuple(next_states))

    def claim(self, number: int, version: int, actor: Actor) -> int:
        """Makes `actor` the one who screens it and its owner; the new version. Raises as `take` does."""
        with writing(self._engine) as connection:
            self.change(connection, number, version, actor, {"owner": actor.id, "screener": actor.id})
            self._audit.add(connection, actor.id, "claimed", f"recommendation:{number}", self._clock())
        return version + 1

    def change(self, connection: Connection, number: int, version: int, actor: Actor, values: Mapping[str, object]) -> None:
        """Changes columns of one that `actor` may see, inside the transaction. Raises `RecommendationNotFound`, `ChangedMeanwhile`, and
        `TransitionNotAllowed` for one that was withdrawn.
        """
        state = State(self.row(connection, number, actor).state)
        if state is State.WITHDRAWN:
            # Nobody works on what its sender has taken back.
            raise TransitionNotAllowed(state, state, self.machine.transitions_from(state, actor))
        _change(connection, self._row(connection, number, version), self._clock(), dict(values))

    def row(self, connection: Connection, number: int, actor: Actor) -> Row[Any]:
        """The row of one that `actor` may see. Raises `RecommendationNotFound`."""
        found = connection.execute(select(recommendation).where((recommendation.c.number == number) & visible(actor))).first()
        if found is None:
            raise RecommendationNotFound(number)
        return found

    @property
    def closed_states(self) -> frozenset[State]:
        """Those in which nobody works on it any more."""
        return frozenset(state for state, row in self.machine.states.items() if row.type is StateType.CLOSED)

    def take(self, number: int, version: int, step: Step, note: str | None = None) -> Matter:
        """Carries a step out; to `needs_info` the note is the question that its senders are told.

        Raises `RecommendationNotFound`, `ChangedMeanwhile`, what `StateMachine.check` raises, and `NeedsItsAct`.
        """
        with writing(self._engine) as connection:
            _let_act(connection, number, step.actor)
            self.require_visible(connection, number, step.actor)
            row = self._row(connection, number, version)
            self.machine.check(situation(connection, row), step)
            if step.to in _BY_AN_ACT:
                raise NeedsItsAct(step.to)
            if asked := note if step.to is State.NEEDS_INFO else None:
                keep_told(connection, self._vault, row, asked, step.actor.id, self._clock())
            self.take_within(connection, number, version, step, note, told=asked)
            row = connection.execute(select(recommendation).where(recommendation.c.number == number)).one()
            (matter,) = matters_of(connection, [row], self._clock())
        if matter.is_sealed:
            # What people wrote of it while it was open must not stay in the file either.
            scrub(self._engine)
        return matter

    def take_within(
        self,
        connection: Connection,
        number: int,
        version: int,
        taken: Step,
        note: str | None = None,
        *,
        is_citizen_told: bool = True,
        told: str | None = None,
    ) -> None:
        """The same inside a transaction that does more. `told`: words that its senders are told with the new state."""
        _let_act(connection, number, taken.actor)
        row, now = self._row(connection, number, version), self._clock()
        checked = self.machine.check(situation(connection, row), taken)
        _change(connection, row, now, changes(row, taken, checked))
        if checked.waits_for_second_officer:
            self._audit.add(connection, taken.actor.id, "first_officer", f"recommendation:{number}", now, {"to": taken.to.value})
            return
        self._write_step(connection, row, taken, note, now)
        self.deadlines.follow(connection, number, row.kind, State(row.state), checked.to, now.astimezone(VIETNAM).date())
        if checked.seals or checked.unseals:
            seal_submissions(connection, number, now, taken.actor.id, is_sealed=checked.seals)
        if goes_by_itself(State(row.state), checked.to):
            part_ways(connection, number, taken.actor.id, now)
        for one, along in led_along(connection, self.machine, row, taken, checked):
            # Their senders are told what those of this one are.
            self.take_within(connection, one.number, one.version, along, is_citizen_told=False)
        for follower in self.followers:
            follower.moved(connection, row, checked.to, now)
        if checked.notifies_citizen and is_citizen_told:
            self._tell(connection, row, checked.to, now, told)

    def require_visible(self, connection: Connection, number: int, actor: Actor) -> None:
        """What is sealed or was read by nobody yet is moved by those alone who see it; others do not learn that it is there.

        Raises `RecommendationNotFound`.
        """
        theirs = (recommendation.c.number == number) & (plain() | visible(actor))
        if connection.execute(select(recommendation.c.number).where(theirs)).first() is None:
            raise RecommendationNotFound(number)

    def _row(self, connection: Connection, number: int, version: int) -> Row[Any]:
        query = select(recommendation).where(recommendation.c.number == number).with_for_update()
        row = connection.execute(query).first()
        if row is None:
            raise RecommendationNotFound(number)
        if row.version != version:
            raise ChangedMeanwhile(number, row.version)
        return row

    def _write_step(self, connection: Connection, row: Row[Any], taken: Step, note: str | None, now: datetime) -> None:
        # A code is told to everybody who counts; a reason in words may say what is sealed, and stands in the note.
        code = taken.reason if taken.reason in self.machine.rejection_reasons else None
        written = "\n".join(filter(None, (None if code else taken.reason, note)))
        sealed = self._vault.seal(written, note_place(row.number, row.version + 1)) if written else None
        values = {
            "recommendation": row.number,
            "version": row.version + 1,
            "from_state": row.state,
            "to_state": taken.to.value,
            "actor": taken.actor.id,
        }
        connection.execute(insert(step).values(**values, reason=code, note=sealed, taken_at=now))
        facts = {"from": row.state, "to": taken.to.value, "reason": code}
        self._audit.add(connection, taken.actor.id, "moved", f"recommendation:{row.number}", now, facts)

    def _tell(self, connection: Connection, row: Row[Any], to: State, now: datetime, told: str | None) -> None:
        reachable = select(submission).join(contact, contact.c.submission == submission.c.number)
        mine = open_links(row.number, is_sealed=row.is_sealed) & submission.c.sender_key.is_not(None)
        joined = reachable.join(link, link.c.submission == submission.c.number).where(mine)
        # Once each, also where several parts of a message belong to it.
        for sent in {one.number: one for one in connection.execute(joined.order_by(submission.c.number))}.values():
            key = f"state:{sent.code}:{row.number}.{row.version + 1}"
            sealed = self._vault.seal(told, message_place(key)) if told else None
            queue(connection, key, sent.number, sent.channel, "state", now, {"code": sent.code, "state": to.value}, sealed)

    def _linked(self, row: _Row) -> LinkedSubmission:
        text = self._vault.open(row.text, text_place(row.code))[row.first : row.last] if row.text else None
        return LinkedSubmission(row.number, row.code, row.kind, row.channel, row.received_at, text)


def _links(connection: Connection, number: int, *, is_sealed: bool) -> list[_Row]:
    query = (
        select(submission, link.c.kind, link.c.first, link.c.last)
        .join(link, link.c.submission == submission.c.number)
        .order_by(link.c.number)
    )
    # The library's own type of these rows names each column.
    rows: list[Any] = list(connection.execute(query.where(open_links(number, is_sealed=is_sealed))))
    whole = {row.number for row in rows if row.first is None}
    # A part that came back to its message stands in it already.
    return [row for row in rows if row.first is None or row.number not in whole]


def _people(sent: Sequence[_Row | LinkedSubmission]) -> int:
    """How many submissions these are; of one there may be several parts."""
    return len({one.number for one in sent})


def _change(connection: Connection, row: Row[Any], now: datetime, values: dict[str, Any]) -> None:
    mine = (recommendation.c.number == row.number) & (recommendation.c.version == row.version)
    changed = connection.execute(update(recommendation).where(mine).values(**values, version=row.version + 1, changed_at=now))
    if changed.rowcount != 1:
        raise ChangedMeanwhile(row.number, row.version + 1)


def _let_act(connection: Connection, number: int, actor: Actor) -> None:
    """Lets a liaison take steps on nothing but what was sent to its bodies; of all else it learns nothing."""
    if not acts_for_bodies(actor):
        return
    theirs = (recommendation.c.number == number) & (visible(actor) | sent_to(connection, actor))
    if connection.execute(select(recommendation.c.number).where(theirs)).first() is None:
        raise RecommendationNotFound(number)
