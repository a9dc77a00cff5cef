"""What the register of supervision and social critique holds; labels and the articles behind each word stand in data/oversight.yaml."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from assistant.feedback.types import AdminLevel
from assistant.oversight.rounds import Round


class ProgrammeForm(StrEnum):
    """How the Front supervises (Luật MTTQVN 75/2015, art 27)."""

    DOCUMENT_REVIEW = "document_review"
    DELEGATION = "delegation"
    COMMUNITY_BOARDS = "community_boards"
    JOINT = "joint"


class ProgrammeGround(StrEnum):
    """What a programme of supervision rests on (NQLT 403/2017, art 2.1)."""

    COORDINATION_PROGRAMME = "coordination_programme"
    JOINT_PROGRAMME = "joint_programme"
    MEMBER_RECOMMENDATION = "member_recommendation"
    PETITIONS = "petitions"
    MEDIA = "media"


class ProgrammeStatus(StrEnum):
    """Where a programme is."""

    PLANNED = "planned"
    RUNNING = "running"
    ENDED = "ended"
    CANCELLED = "cancelled"


class CritiqueForm(StrEnum):
    """How the Front gives its opinion on a draft (Luật MTTQVN 75/2015, art 34)."""

    CONFERENCE = "conference"
    WRITTEN_OPINIONS = "written_opinions"
    DIALOGUE = "dialogue"


class CritiqueGround(StrEnum):
    """What a critique rests on (NQLT 403/2017, art 2.2)."""

    COORDINATION_PROGRAMME = "coordination_programme"
    DRAFTING_PROGRAMME = "drafting_programme"
    MEMBER_RECOMMENDATION = "member_recommendation"
    AGENCY_REQUEST = "agency_request"


class CritiqueResult(StrEnum):
    """What the drafting body made of the opinion (Luật MTTQVN 75/2015, art 36.3)."""

    TAKEN_IN = "taken_in"
    PARTLY = "partly"
    EXPLAINED = "explained"
    NO_ANSWER = "no_answer"


class Position(StrEnum):
    """Where a recommendation of the Front stands with the body it was sent to."""

    OPEN = "open"
    ANSWERED = "answered"
    ACCEPTED = "accepted"
    PARTLY = "partly"
    REFUSED = "refused"
    CARRIED_OUT = "carried_out"


# Nobody follows these up any more; a body that refused may still change its mind.
SETTLED = frozenset({Position.REFUSED, Position.CARRIED_OUT})


@dataclass(frozen=True, slots=True)
class Subject:
    """A body that is supervised; `area` is the key of a unit ("province:01")."""

    body: str
    area: str | None = None


@dataclass(frozen=True, slots=True)
class NewProgramme:
    """A programme to be planned; `grounds` are numbers of citizens' recommendations, `topic` the key of the proposal that was accepted."""

    year: int
    level: AdminLevel
    holder: str
    title: str
    form: ProgrammeForm
    ground: ProgrammeGround
    subjects: tuple[Subject, ...] = ()
    grounds: tuple[int, ...] = ()
    starts_on: date | None = None
    ends_on: date | None = None
    topic: str | None = None


@dataclass(frozen=True, slots=True)
class Programme:
    """A programme as a list shows it; `version` goes along with every change."""

    number: int
    version: int
    year: int
    level: AdminLevel
    holder: str
    title: str
    form: ProgrammeForm
    ground: ProgrammeGround
    status: ProgrammeStatus
    starts_on: date | None
    ends_on: date | None
    topic: str | None


@dataclass(frozen=True, slots=True)
class OpenedProgramme:
    """A programme with whom it supervises, the citizens' recommendations it rests on, those of the Front that came of it, all by number."""

    programme: Programme
    subjects: tuple[Subject, ...]
    grounds: tuple[int, ...]
    recommendations: tuple[int, ...]
    reason: str | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class NewRecommendation:
    """What the Front recommends to a body. `answer_by`: by when it asks for an answer."""

    text: str = field(repr=False)
    to_body: str
    sent_on: date
    answer_by: date | None = None


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer of the body that was asked."""

    position: Position
    text: str = field(repr=False)
    answered_on: date


@dataclass(frozen=True, slots=True)
class FollowUp:
    """What was found when somebody looked after a recommendation; `status` is where it stood then."""

    held_on: date
    status: Position
    note: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Asked:
    """A recommendation of the Front, after supervision (`programme`) or in a critique (`critique`).

    `next_round` is None once it is settled, or where its programme was cancelled.
    """

    number: int
    version: int
    programme: int | None
    critique: int | None
    to_body: str
    sent_on: date
    answer_by: date | None
    status: Position
    next_round: Round | None
    text: str = field(repr=False)
    replies: tuple[Reply, ...] = ()
    follow_ups: tuple[FollowUp, ...] = ()


class DueKind(StrEnum):
    """What is due of a recommendation of the Front."""

    ANSWER = "answer"
    ROUND = "round"


@dataclass(frozen=True, slots=True)
class Due:
    """What is due on a day; `round` counts the six-month rounds and is None for an answer that was asked for by `due`."""

    recommendation: int
    kind: DueKind
    due: date
    round: int | None
    status: Position
    to_body: str
    programme: int | None
    critique: int | None


@dataclass(frozen=True, slots=True)
class NewCritique:
    """A draft that the Front will give its opinion on; `grounds` are numbers of citizens' recommendations about its matter."""

    level: AdminLevel
    holder: str
    draft_title: str
    drafter: str
    issuer: str
    form: CritiqueForm
    ground: CritiqueGround
    draft_number: str | None = None
    grounds: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Critique:
    """A critique as a list shows it; `result` is None as long as the drafting body may still answer."""

    number: int
    version: int
    level: AdminLevel
    holder: str
    draft_number: str | None
    draft_title: str
    drafter: str
    issuer: str
    form: CritiqueForm
    ground: CritiqueGround
    opinion_on: date | None
    responded_on: date | None
    result: CritiqueResult | None


@dataclass(frozen=True, slots=True)
class OpenedCritique:
    """A critique with its texts, the citizens' recommendations about its matter, and what the Front recommended in it, by number."""

    critique: Critique
    opinion: str | None = field(repr=False)
    response: str | None = field(repr=False)
    grounds: tuple[int, ...]
    recommendations: tuple[int, ...]
