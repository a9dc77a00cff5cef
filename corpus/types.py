"""The words of the domain as values: documents, provisions, validity, relations, procedures, passages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from corpus.ids import ProvisionId
from corpus.pickling import by_values


class DocumentKind(StrEnum):
    """Kinds of legal documents, highest rank first (Law on Promulgation of Legal Documents 64/2025/QH15, Article 4)."""

    CONSTITUTION = "constitution"
    CODE = "code"
    LAW = "law"
    ORDINANCE = "ordinance"
    RESOLUTION = "resolution"
    ORDER = "order"
    DECREE = "decree"
    DECISION = "decision"
    CIRCULAR = "circular"
    JOINT_CIRCULAR = "joint_circular"
    JOINT_RESOLUTION = "joint_resolution"
    DIRECTIVE = "directive"
    OTHER = "other"

    @property
    def rank(self) -> int:
        """0 for the Constitution, larger for lower ranks."""
        return list(DocumentKind).index(self)


class RelationKind(StrEnum):
    """How one provision or document bears on another."""

    AMENDS = "amends"
    SUPPLEMENTS = "supplements"
    REPLACES = "replaces"
    REPEALS = "repeals"
    SUSPENDS = "suspends"
    GUIDES = "guides"
    CITES = "cites"
    CONSOLIDATES = "consolidates"


@by_values
@dataclass(frozen=True, slots=True)
class Validity:
    """The days on which a text is law: from `since` (included) until `until` (excluded); None means open."""

    since: date | None = None
    until: date | None = None

    def covers(self, day: date) -> bool:
        """Whether the text is in force on `day`."""
        return (self.since is None or self.since <= day) and (self.until is None or day < self.until)


@dataclass(frozen=True, slots=True)
class LegalDocument:
    """A legal document; `number` as printed, `key` normalised."""

    key: str
    number: str
    title: str
    kind: DocumentKind
    issuer: str | None = None
    issued_on: date | None = None
    validity: Validity = Validity()
    url: str | None = None

    @property
    def name(self) -> str:
        """What people call it: "Bộ luật Lao động số 45/2019/QH14"."""
        return f"{self.title} số {self.number}" if self.title else self.number


@dataclass(frozen=True, slots=True)
class Point:
    """A point of a clause: its letter and its text, without the letter."""

    letter: str
    text: str


@dataclass(frozen=True, slots=True)
class Clause:
    """A numbered clause, its own text (before any point) and its points; `closing` is text after the last point."""

    number: str
    text: str
    points: tuple[Point, ...] = ()
    closing: str = ""


@dataclass(frozen=True, slots=True)
class ArticleBody:
    """An article's text as a tree: `intro` before clauses, points that hang on the article itself, clauses."""

    intro: str
    clauses: tuple[Clause, ...] = ()
    points: tuple[Point, ...] = ()


@by_values
@dataclass(frozen=True, slots=True)
class Article:
    """One article as a source gives it: heading, grouping levels from the outside in, whole text without the heading.

    `amends_only`: the article only changes other documents. `source`: the source that the text was taken from.
    """

    id: ProvisionId
    heading: str
    text: str
    path: tuple[str, ...] = ()
    validity: Validity = Validity()
    url: str | None = None
    amends_only: bool = False
    topic: str | None = None
    codification_number: str | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Relation:
    """`source` does `kind` to `target`, from `since` on; `note` says where it was read."""

    source: ProvisionId
    kind: RelationKind
    target: ProvisionId
    since: date | None = None
    note: str = ""


class Level(StrEnum):
    """Levels of administration since 1 July 2025 (no district)."""

    CENTRAL = "central"
    PROVINCE = "province"
    COMMUNE = "commune"


@dataclass(frozen=True, slots=True)
class ReceivingPlace:
    """Who handles a procedure, at which level, where the papers are taken in, and in which case."""

    level: Level | None
    body: str
    receives_at: str | None = None
    when: str | None = None
    basis: tuple[ProvisionId, ...] = ()


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper to submit or to show; counts are None where the source does not say."""

    name: str
    must_submit: bool = True
    originals: int | None = None
    copies: int | None = None
    form: str | None = None
    when: str | None = None


@dataclass(frozen=True, slots=True)
class Fee:
    """A fee in VND (None: not a fixed amount), in words, and in which case or channel."""

    amount_vnd: int | None
    text: str
    when: str | None = None
    basis: tuple[ProvisionId, ...] = ()


@dataclass(frozen=True, slots=True)
class ProcessingTime:
    """How long it takes: number and unit (`working_day`, `day`, `hour`, `month`), in words, and in which case or channel."""

    value: int | None
    unit: str | None
    text: str
    when: str | None = None
    basis: tuple[ProvisionId, ...] = ()


@dataclass(frozen=True, slots=True)
class LegalBasis:
    """A document, and the provisions of it, on which a procedure rests."""

    document: str
    title: str
    provisions: tuple[ProvisionId, ...] = ()


@dataclass(frozen=True, slots=True)
class Procedure:
    """An administrative procedure as a citizen needs it. `is_guide` marks the project's own, checked guides."""

    id: str
    name: str
    code: str | None
    field: str
    who: str
    where: tuple[ReceivingPlace, ...] = ()
    steps: tuple[str, ...] = ()
    papers: tuple[Paper, ...] = ()
    fees: tuple[Fee, ...] = ()
    processing_times: tuple[ProcessingTime, ...] = ()
    online_level: str | None = None
    online_address: str | None = None
    result: str = ""
    legal_basis: tuple[LegalBasis, ...] = ()
    two_level_change: str | None = None
    notes: tuple[str, ...] = ()
    unchecked: tuple[str, ...] = ()
    checked_on: date | None = None
    source_address: str | None = None
    also_called: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    is_guide: bool = False


@by_values
@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of text that search returns: whole clauses of one article, or a part of one procedure.

    `text` is what is quoted, `context` what stands in front of it for search only (document title, heading).
    Ids are stable for the same text: `<provision or procedure id>#<hash>`. `is_question`: not text of the law or procedure
    but a question that it answers.
    """

    id: str
    group: str
    text: str
    context: str
    validity: Validity = Validity()
    kind: str = "law"
    document: str | None = None
    topic: str | None = None
    provisions: tuple[ProvisionId, ...] = ()
    is_question: bool = False
