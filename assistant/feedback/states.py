"""What may happen to a recommendation next, and by whom: the table of states, and the rules that hold whatever it says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from assistant.feedback.errors import InvariantBroken, RoleNotAllowed, TransitionNotAllowed
from corpus.tables import read_table


class State(StrEnum):
    """Where a recommendation is."""

    RECEIVED = "received"
    SCREENING = "screening"
    NEEDS_INFO = "needs_info"
    GUIDED_OUT = "guided_out"
    SEALED = "sealed"
    SEALED_CLOSED = "sealed_closed"
    REJECTED = "rejected"
    ANSWERED_DIRECT = "answered_direct"
    LINKED = "linked"
    ACCEPTED = "accepted"
    ROUTED = "routed"
    FORWARDED = "forwarded"
    ACKNOWLEDGED = "acknowledged"
    RETURNED = "returned"
    IN_PROGRESS = "in_progress"
    ANSWER_REVIEW = "answer_review"
    ANSWERED = "answered"
    PUBLISHED = "published"
    CLOSED = "closed"
    REOPEN_REQUESTED = "reopen_requested"
    REOPENED = "reopened"
    WITHDRAWN = "withdrawn"


class Role(StrEnum):
    """What somebody is entitled to; `system` is the machine itself."""

    CITIZEN = "citizen"
    SCREENER = "screener"
    REVIEWER = "reviewer"
    APPROVER = "approver"
    UNIT_ADMIN = "unit_admin"
    SEALED_OFFICER = "sealed_officer"
    AGENCY_LIAISON = "agency_liaison"
    DEPUTY = "deputy"
    AUDITOR = "auditor"
    SYSTEM = "system"


class StateType(StrEnum):
    """Whose turn it is: ours (open), somebody else's (waiting), nobody's (closed). Statistics rest on this, not on states."""

    OPEN = "open"
    WAITING = "waiting"
    CLOSED = "closed"


class Invariant(StrEnum):
    """The rules that no table can lift; the value is the name in InvariantBroken."""

    MACHINE_ONLY_SUGGESTS = "machine_only_suggests"
    SEALED_STAYS_SEALED = "sealed_stays_sealed"
    UNSEALING_NEEDS_A_REASON = "unsealing_needs_a_reason"
    UNSEALING_NEEDS_ANOTHER_OFFICER = "unsealing_needs_another_officer"
    REJECTION_NEEDS_A_REASON_CODE = "rejection_needs_a_reason_code"
    REJECTION_NEEDS_ANOTHER_THAN_THE_SCREENER = "rejection_needs_another_than_the_screener"
    ANSWER_NEEDS_ANOTHER_THAN_THE_DRAFTER = "answer_needs_another_than_the_drafter"
    ACCEPTANCE_NEEDS_A_KIND = "acceptance_needs_a_kind"
    PUBLICATION_NEEDS_CONFIRMED_REDACTION = "publication_needs_confirmed_redaction"
    PUBLICATION_ALLOWS_NO_SEALED_LINK = "publication_allows_no_sealed_link"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, and in which roles; `bodies`: keys of the bodies that a liaison speaks for."""

    id: str
    roles: frozenset[Role]
    bodies: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Situation:
    """What the rules look at in a recommendation.

    `screener` and `drafter` are ids of those who screened it and wrote the draft of its answer. `first_officer` has asked to lead it out
    of the seal to `first_officer_to` and waits for a second officer; both are None where nobody has.
    """

    state: State
    is_sealed: bool
    screener: str | None
    drafter: str | None
    is_redaction_confirmed: bool
    has_sealed_link: bool
    first_officer: str | None
    first_officer_to: State | None = None
    has_kind: bool = True


@dataclass(frozen=True, slots=True)
class Step:
    """What somebody wants to do. `reason` is a code of `rejection_reasons` for a rejection, free text elsewhere."""

    to: State
    actor: Actor
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Checked:
    """What follows from an allowed step. Where it waits for a second officer, `to` is the state it has and nothing else follows: the
    caller keeps the actor as `first_officer` and the state that was asked for as `first_officer_to`."""

    to: State
    notifies_citizen: bool
    seals: bool
    unseals: bool
    waits_for_second_officer: bool


@dataclass(frozen=True, slots=True)
class Label:
    """What people read."""

    vi: str
    en: str


@dataclass(frozen=True, slots=True)
class StateRow(Label):
    """One state of the table; closed states tell the citizen whatever `tells_citizen` says."""

    type: StateType
    tells_citizen: bool = False


@dataclass(frozen=True, slots=True)
class RoleRow(Label):
    """One role of the table; who `only_reads` takes no step."""

    only_reads: bool = False


@dataclass(frozen=True, slots=True)
class Transition:
    """One way from a state to another, open to any of the roles `by`."""

    frm: State
    to: State
    by: tuple[Role, ...]
    needs_two_officers: bool


# Where a matter is worked on and nothing has been told that a seal would take back.
_WORKED_ON = (
    State.SCREENING,
    State.NEEDS_INFO,
    State.LINKED,
    State.ACCEPTED,
    State.ROUTED,
    State.FORWARDED,
    State.ACKNOWLEDGED,
    State.RETURNED,
    State.IN_PROGRESS,
    State.ANSWER_REVIEW,
    State.REOPENED,
)
# All that a machine does by itself; everything else it only suggests. It may seal at once, for that exposes nobody, and never unseal.
_BY_MACHINE = frozenset(
    {
        (State.RECEIVED, State.SCREENING),
        (State.RECEIVED, State.SEALED),
        # What the sender adds later may be a denunciation too.
        *((state, State.SEALED) for state in _WORKED_ON),
        (State.NEEDS_INFO, State.CLOSED),
        (State.LINKED, State.CLOSED),
        # What was followed with another until that ended is followed again when that is reopened.
        (State.CLOSED, State.LINKED),
        (State.PUBLISHED, State.CLOSED),
    }
)
# Where a sealed record may be without anybody unsealing it; from everywhere else it could reach the public.
_UNDER_SEAL = frozenset({State.RECEIVED, State.SCREENING, State.SEALED, State.SEALED_CLOSED, State.WITHDRAWN})


class StateMachine:
    """The table of states; holds no recommendation and changes nothing."""

    def __init__(
        self,
        states: Mapping[State, StateRow],
        roles: Mapping[Role, RoleRow],
        rejection_reasons: Mapping[str, Label],
        transitions: tuple[Transition, ...],
    ) -> None:
        self.states, self.roles, self.rejection_reasons, self.transitions = states, roles, rejection_reasons, transitions
        self._ways = {frm: {one.to: one for one in transitions if one.frm == frm} for frm in State}

    @classmethod
    def load(cls) -> Self:
        """The table shipped with the project."""
        return cls.of(read_table("assistant.feedback", "states.yaml"))

    @classmethod
    def of(cls, content: object) -> Self:
        """The table that a file with this `content` holds; raises pydantic's ValidationError where it is not whole."""
        table = _Table.model_validate(content)
        return cls(table.states, table.roles, table.rejection_reasons, table.ways())

    def transitions_from(self, state: State, actor: Actor | None = None) -> tuple[State, ...]:
        """The states that follow `state` in the order of the table: all, or those that `actor` may choose."""
        ways = self._ways[state].values()
        return tuple(one.to for one in ways if actor is None or not actor.roles.isdisjoint(one.by))

    def check(self, situation: Situation, step: Step) -> Checked:
        """What follows from `step`; raises TransitionNotAllowed, RoleNotAllowed or InvariantBroken where it is not allowed."""
        way = self._ways[situation.state].get(step.to)
        if way is None:
            raise TransitionNotAllowed(situation.state, step.to, self.transitions_from(situation.state, step.actor))
        _keep_the_machine_small(situation.state, step)
        if step.actor.roles.isdisjoint(way.by):
            raise RoleNotAllowed(way.frm, way.to, way.by)
        leaves_seal = situation.state is State.SEALED
        _keep_the_seal(situation, step, leaves_seal=leaves_seal)
        self._keep_the_rest(situation, step)
        if (leaves_seal or way.needs_two_officers) and _asks_first(situation, step):
            return Checked(situation.state, notifies_citizen=False, seals=False, unseals=False, waits_for_second_officer=True)
        return Checked(
            step.to,
            notifies_citizen=self.states[step.to].type is StateType.CLOSED or self.states[step.to].tells_citizen,
            seals=step.to is State.SEALED,
            unseals=leaves_seal and step.to is not State.SEALED_CLOSED,
            waits_for_second_officer=False,
        )

    def _keep_the_rest(self, situation: Situation, step: Step) -> None:
        if step.to is State.REJECTED:
            _require(Invariant.REJECTION_NEEDS_A_REASON_CODE, holds=step.reason in self.rejection_reasons)
            _require(Invariant.REJECTION_NEEDS_ANOTHER_THAN_THE_SCREENER, holds=situation.screener not in (None, step.actor.id))
        if step.to is State.ANSWERED:
            # An answer whose drafter nobody knows cannot have been read by a second person.
            _require(Invariant.ANSWER_NEEDS_ANOTHER_THAN_THE_DRAFTER, holds=situation.drafter not in (None, step.actor.id))
        if step.to is State.ACCEPTED:
            # The deadline and the reports go by it.
            _require(Invariant.ACCEPTANCE_NEEDS_A_KIND, holds=situation.has_kind)
        if step.to is State.PUBLISHED:
            _require(Invariant.PUBLICATION_NEEDS_CONFIRMED_REDACTION, holds=situation.is_redaction_confirmed)
            _require(Invariant.PUBLICATION_ALLOWS_NO_SEALED_LINK, holds=not situation.has_sealed_link)


def _require(invariant: Invariant, *, holds: bool) -> None:
    if not holds:
        raise InvariantBroken(invariant.value)


def _keep_the_machine_small(state: State, step: Step) -> None:
    if Role.SYSTEM in step.actor.roles:
        _require(Invariant.MACHINE_ONLY_SUGGESTS, holds=(state, step.to) in _BY_MACHINE)


def _keep_the_seal(situation: Situation, step: Step, *, leaves_seal: bool) -> None:
    """A record in the state sealed counts as sealed even where its mark says otherwise; unsealed, it is screened first."""
    if leaves_seal or situation.is_sealed:
        _require(Invariant.SEALED_STAYS_SEALED, holds=step.to in _UNDER_SEAL)
    if leaves_seal:
        _require(Invariant.UNSEALING_NEEDS_ANOTHER_OFFICER, holds=Role.SEALED_OFFICER in step.actor.roles)
        _require(Invariant.UNSEALING_NEEDS_A_REASON, holds=bool(step.reason and step.reason.strip()))


def _asks_first(situation: Situation, step: Step) -> bool:
    """Whether nobody has asked for this very step yet; raises InvariantBroken where the same officer asks twice.

    A second officer who wants something else agrees to nothing: that is a first request again.
    """
    if situation.first_officer is None or situation.first_officer_to is not step.to:
        return True
    _require(Invariant.UNSEALING_NEEDS_ANOTHER_OFFICER, holds=situation.first_officer != step.actor.id)
    return False


# The file


def _listed(value: object) -> object:
    return value if isinstance(value, list) else [value]


class _TransitionRow(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    frm: Annotated[tuple[State, ...], BeforeValidator(_listed)] = Field(alias="from")
    to: tuple[State, ...]
    by: tuple[Role, ...] = Field(min_length=1)
    officers: Literal[1, 2] = 1


class _Table(BaseModel):  # reads the dataclasses of the rows as strictly as itself
    model_config = ConfigDict(extra="forbid", frozen=True)

    states: dict[State, StateRow]
    roles: dict[Role, RoleRow]
    rejection_reasons: dict[str, Label]
    transitions: tuple[_TransitionRow, ...]

    def ways(self) -> tuple[Transition, ...]:
        return tuple(Transition(frm, to, row.by, row.officers == 2) for row in self.transitions for frm in row.frm for to in row.to)

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        steps = [(one.frm, one.to) for one in self.ways()]
        if set(self.states) != set(State) or set(self.roles) != set(Role) or len(steps) != len(set(steps)):
            raise ValueError("a state or role has no row, or a step stands twice")
        return self
