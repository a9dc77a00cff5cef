"""What reviewers do to a recommendation besides moving it on: settle its facts, join it with others, redact, answer, refer."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Engine, Row, func, insert, select, update

from assistant.database import reading, wait_for, writing
from assistant.feedback.area_then import area_then
from assistant.feedback.audit import AuditTrail
from assistant.feedback.errors import (
    ActInvalid,
    CannotJoin,
    DenunciationInTheOpen,
    MayNotAct,
    NothingDrafted,
    NothingToUndo,
    PersonalDataLeft,
    RecommendationNotFound,
)
from assistant.feedback.intake import CITIZEN
from assistant.feedback.joining import carries, releases
from assistant.feedback.merging import hand_over, target_of
from assistant.feedback.messages_rows import keep_told
from assistant.feedback.recommendations import Recommendations
from assistant.feedback.redaction import Redaction, look_again
from assistant.feedback.seal_places import answer_place, referral_place
from assistant.feedback.settled import with_settled
from assistant.feedback.states import Actor, Role, State, Step
from assistant.feedback.support import STANDINGS, Standing
from assistant.feedback.tables import answer, link, recommendation, referral, submission, suggestion, support
from assistant.feedback.types import AdminLevel, Field, Kind, Resolution
from assistant.feedback.vault import Vault
from corpus.ids import ProvisionId

# As wide as their columns; an answer is a letter of at most some twenty pages.
_LONGEST = {"body": 200, "title": 300, "statement": 20_000, "text": 50_000}
_WRITTEN = frozenset({"title", "statement", "body"})
# What everybody reads once it is published: changed, it must be looked at again.
_SHOWN = frozenset({"title", "statement"})
_SETTLERS = frozenset({Role.SCREENER, Role.REVIEWER, Role.APPROVER, Role.UNIT_ADMIN, Role.SEALED_OFFICER})
_REDACTORS = frozenset({Role.REVIEWER, Role.APPROVER})
_AREA = re.compile(r"(commune|province):[0-9]{2,5}")


@dataclass(frozen=True, slots=True)
class Facts:
    """What a person settled of a recommendation; None leaves it as it is."""

    kind: Kind | None = None
    field: Field | None = None
    level: AdminLevel | None = None
    area: str | None = None
    body: str | None = None
    title: str | None = None
    statement: str | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """An answer to be approved. `done_by`: by when what is promised will be done."""

    text: str = field(repr=False)
    resolution: Resolution
    provisions: tuple[ProvisionId, ...] = ()
    done_by: date | None = None


class Casework:
    """Each act is one transaction, written into the audit trail, and needs the version that was read."""

    def __init__(
        self, engine: Engine, vault: Vault, clock: Callable[[], datetime], recommendations: Recommendations, redaction: Redaction
    ) -> None:
        self._engine, self._vault, self._clock = engine, vault, clock
        self._recommendations, self._redaction = recommendations, redaction
        self._audit = AuditTrail(vault)

    def settle(self, number: int, version: int, facts: Facts, actor: Actor) -> int:
        """Writes down what a person decided, and what that says of the machine's suggestions; the new version.

        What a person takes for a denunciation is sealed by a step, not settled. Raises `DenunciationInTheOpen`, `MayNotAct`, `ActInvalid`.
        """
        settled = _checked({name: value for name in Facts.__slots__ if (value := getattr(facts, name)) is not None})
        with writing(self._engine) as connection:
            row = self._recommendations.row(connection, number, actor)
            _let(actor, _SETTLERS)
            if facts.kind is Kind.DENUNCIATION and not row.is_sealed:
                raise DenunciationInTheOpen(number)
            unshown = {"is_redaction_confirmed": False} if _SHOWN & settled.keys() else {}
            then = {"area_then": area_then(connection, _active(connection, number), facts.area)} if facts.area else {}
            values = {**settled, **unshown, **then, "settled": with_settled(row, settled)}
            self._recommendations.change(connection, number, version, actor, values)
            if facts.kind is not None:
                self._recommendations.deadlines.follow_kind(connection, number, facts.kind)
            self._judge_suggestions(connection, number, settled, actor)
            # The trail is never erased: of what is written freely it tells only that it was.
            told = {name: None if name in _WRITTEN else str(value) for name, value in settled.items()}
            self._audit.add(connection, actor.id, "settled", f"recommendation:{number}", self._clock(), told)
        return version + 1

    def merge(self, number: int, version: int, into: int, actor: Actor) -> None:
        """Lets what was sent for `number` count for `into` from here on. Nothing is deleted, and `unmerge` undoes it.

        Where `into` was answered already its answer is told to those who sent `number`. Raises `CannotJoin` where one is sealed or
        closed, or both are the same.
        """
        with writing(self._engine) as connection:
            other = self._locked(connection, into, actor)
            mine = self._recommendations.row(connection, number, actor)
            is_open = State(other.state) not in self._recommendations.closed_states and State(other.state) is not State.LINKED
            if number == into or mine.is_sealed or other.is_sealed or not is_open:
                raise CannotJoin(number, into)
            now, told = self._clock(), self._told_already(connection, other)
            if told is not None:
                keep_told(connection, self._vault, mine, told, actor.id, now)
            self._recommendations.take_within(connection, number, version, Step(State.LINKED, actor), told=told)
            hand_over(connection, number, into, actor.id, now)
            # What was released for the one is shown with the other from here on.
            look_again(connection, number)
            self._audit.add(connection, actor.id, "merged", f"recommendation:{number}", now, {"into": into})

    def unmerge(self, number: int, version: int, to: State, actor: Actor) -> None:
        """Takes back what `merge` did: `number` goes on by itself in state `to`. Raises `NothingToUndo`."""
        with writing(self._engine) as connection:
            self._recommendations.row(connection, number, actor)
            target = target_of(connection, number)
            if target is not None:
                # Steps lock what is followed before what follows it.
                connection.execute(select(recommendation.c.number).where(recommendation.c.number == target).with_for_update())
            self._recommendations.take_within(connection, number, version, Step(to, actor))
            if target is None:
                raise NothingToUndo(number)
            self._audit.add(connection, actor.id, "unmerged", f"recommendation:{number}", self._clock(), {"from": target})

    def confirm_redaction(
        self, number: int, version: int, public_texts: Mapping[str, str], actor: Actor, *, despite_found: bool = False
    ) -> int:
        """Sets what may be shown of each submission, by its code, as a person has redacted it, and confirms title, statement and newest
        answer as they are; the new version. `despite_found`: what a machine takes for personal data may stay (an official's name).

        Raises `MayNotAct`, `PersonalDataLeft`, and `ActInvalid` for the code of a submission that does not belong to it or is sealed.
        """
        with writing(self._engine) as connection:
            row = self._recommendations.row(connection, number, actor)
            _let(actor, _REDACTORS)
            if not despite_found and (left := self._redaction.left(connection, row, public_texts)):
                raise PersonalDataLeft(left)
            self._recommendations.change(connection, number, version, actor, {"is_redaction_confirmed": True})
            released = select(link.c.submission).where((link.c.recommendation == number) & releases())
            mine = submission.c.number.in_(released) & submission.c.is_sealed.is_(False)
            for code, text in public_texts.items():
                set_text = connection.execute(update(submission).where(mine & (submission.c.code == code)).values(public_text=text))
                if set_text.rowcount != 1:
                    raise ActInvalid("code")
            if public_texts:
                look_again(connection, number)
            facts = {"submissions": len(public_texts), "despite_found": despite_found}
            self._audit.add(connection, actor.id, "redaction_confirmed", f"recommendation:{number}", self._clock(), facts)
        return version + 1

    def draft_answer(self, number: int, version: int, draft: Draft, actor: Actor) -> None:
        """Keeps a draft and leads the recommendation to its review. Raises `ActInvalid` where nothing is written in it."""
        now = self._clock()
        _checked({"text": draft.text})
        with writing(self._engine) as connection:
            self._recommendations.require_visible(connection, number, actor)
            self._recommendations.take_within(connection, number, version, Step(State.ANSWER_REVIEW, actor))
            connection.execute(update(recommendation).where(recommendation.c.number == number).values(is_redaction_confirmed=False))
            sealed = self._vault.seal(draft.text, answer_place(number, now.isoformat()))
            values = {"recommendation": number, "text": sealed, "resolution": draft.resolution.value, "done_by": draft.done_by}
            provisions = [str(one) for one in draft.provisions]
            connection.execute(insert(answer).values(**values, provisions=provisions, drafted_by=actor.id, drafted_at=now))

    def approve_answer(self, number: int, version: int, actor: Actor) -> None:
        """Approves the newest draft: its senders are told its words. Raises what `Recommendations.take` does, and `NothingDrafted`."""
        with writing(self._engine) as connection:
            self.approve_within(connection, number, version, actor)

    def approve_within(self, connection: Connection, number: int, version: int, actor: Actor) -> None:
        """The same inside a transaction that does more."""
        self._recommendations.require_visible(connection, number, actor)
        now, row = self._clock(), _newest_answer(connection, number)
        connection.execute(update(answer).where(answer.c.number == row.number).values(approved_by=actor.id, approved_at=now))
        text = self._vault.open(row.text, answer_place(number, row.drafted_at.isoformat()))
        # Also who sent it without an address finds it, by the code.
        keep_told(connection, self._vault, self._recommendations.row(connection, number, actor), text, actor.id, now)
        self._recommendations.take_within(connection, number, version, Step(State.ANSWERED, actor), told=text)

    def publish(self, number: int, version: int, actor: Actor) -> None:
        """Lets everybody see it with its answer. Raises what `Recommendations.take` does, and `NothingDrafted`."""
        with writing(self._engine) as connection:
            self._recommendations.require_visible(connection, number, actor)
            self._recommendations.take_within(connection, number, version, Step(State.PUBLISHED, actor))
            newest = answer.c.number == _newest_answer(connection, number).number
            connection.execute(update(answer).where(newest).values(published_at=self._clock()))

    def refer(self, number: int, version: int, body: str, basis: Sequence[ProvisionId], note: str, actor: Actor) -> None:
        """Sends it to the body that can act. Raises `ActInvalid` where none is named."""
        now = self._clock()
        _checked({"body": body})
        with writing(self._engine) as connection:
            self._recommendations.require_visible(connection, number, actor)
            self._recommendations.take_within(connection, number, version, Step(State.FORWARDED, actor))
            sealed = self._vault.seal(note, referral_place(number, now.isoformat())) if note else None
            values = {"recommendation": number, "body": body, "basis": [str(one) for one in basis], "note": sealed}
            connection.execute(insert(referral).values(**values, made_by=actor.id, made_at=now))

    def give_support(self, number: int, supporter: str, standing: Standing) -> None:
        """Counts a supporter of something published once; one who is better known later counts as that.

        Raises `RecommendationNotFound` for whatever is not public, so that nobody learns what there is.
        """
        key = self._vault.hashed("supporter", supporter)
        with writing(self._engine) as connection:
            public = (recommendation.c.state == State.PUBLISHED) & recommendation.c.is_sealed.is_(False)
            if connection.execute(select(recommendation.c.number).where(public & (recommendation.c.number == number))).first() is None:
                raise RecommendationNotFound(number)
            mine = (support.c.recommendation == number) & (support.c.supporter_key == key)
            known = connection.execute(select(support.c.standing).where(mine)).scalar_one_or_none()
            if known is not None and STANDINGS.index(standing) <= STANDINGS.index(Standing(known)):
                return
            # Not who: only that, and how well they are known.
            self._audit.add(connection, CITIZEN, "supported", f"recommendation:{number}", self._clock(), {"standing": standing.value})
            if known is not None:
                connection.execute(update(support).where(mine).values(standing=standing.value))
            else:
                given = {"recommendation": number, "supporter_key": key, "standing": standing.value, "given_at": self._clock()}
                connection.execute(insert(support).values(given))

    def supporters(self, number: int) -> dict[Standing, int]:
        """How many gave it their support in public, by how well they are known; `Linking.support` counts senders of letters too."""
        query = select(support.c.standing, func.count().label("people")).where(support.c.recommendation == number)
        with reading(self._engine) as connection:
            counted = {Standing(row.standing): row.people for row in connection.execute(query.group_by(support.c.standing))}
        return {standing: counted.get(standing, 0) for standing in Standing}

    def _locked(self, connection: Connection, number: int, actor: Actor) -> Row[Any]:
        """The row of one that `actor` may see, which takes no step until this transaction ends. Raises `RecommendationNotFound`."""
        # Two merges that cross would each wait for the other.
        wait_for(connection, "merges")
        connection.execute(select(recommendation.c.number).where(recommendation.c.number == number).with_for_update())
        return self._recommendations.row(connection, number, actor)

    def _told_already(self, connection: Connection, matter: Row[Any]) -> str | None:
        """The words of the answer that the senders of `matter` have been told; None before."""
        if State(matter.state) not in (State.ANSWERED, State.PUBLISHED):
            return None
        row = _newest_answer(connection, matter.number)
        return self._vault.open(row.text, answer_place(matter.number, row.drafted_at.isoformat()))

    def _judge_suggestions(self, connection: Connection, number: int, settled: Mapping[str, object], actor: Actor) -> None:
        decided = {"decided_by": actor.id, "decided_at": self._clock()}
        judged = _whole(connection, number)
        for task, value in settled.items():
            mine = suggestion.c.submission.in_(judged) & (suggestion.c.task == task)
            for accepted, condition in ((True, suggestion.c.value == str(value)), (False, suggestion.c.value != str(value))):
                connection.execute(update(suggestion).where(mine & condition).values(is_accepted=accepted, **decided))


def _active(connection: Connection, number: int) -> list[int]:
    """The submissions that were sent for a recommendation itself or merged with it, those undone left out."""
    mine = (link.c.recommendation == number) & carries()
    return list(connection.execute(select(link.c.submission).where(mine)).scalars())


def _whole(connection: Connection, number: int) -> list[int]:
    """Those that say nothing but this: of a letter that was split, what is settled of one part says nothing of the rest."""
    split = select(link.c.submission).where((link.c.kind == "part") & link.c.undone_at.is_(None))
    mine = (link.c.recommendation == number) & link.c.undone_at.is_(None) & link.c.kind.in_(("primary", "duplicate"))
    return list(connection.execute(select(link.c.submission).where(mine & link.c.submission.not_in(split))).scalars())


def _let(actor: Actor, needed: frozenset[Role]) -> None:
    if actor.roles.isdisjoint(needed):
        raise MayNotAct(tuple(sorted(needed)))


def _newest_answer(connection: Connection, number: int) -> Row[Any]:
    newest = select(answer).where(answer.c.recommendation == number).order_by(answer.c.number.desc()).limit(1)
    row = connection.execute(newest).first()
    if row is None:
        raise NothingDrafted(number)
    return row


def _checked(written: dict[str, Any]) -> dict[str, Any]:
    for name, value in written.items():
        if name in _LONGEST and not 0 < len(value.strip()) <= _LONGEST[name]:
            raise ActInvalid("body" if name == "body" else "text")
    if "area" in written and not _AREA.fullmatch(written["area"]):
        raise ActInvalid("area")
    return written
