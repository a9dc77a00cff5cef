"""Topics for supervision: citizens' recommendations by field, level and place, ranked, with the numbers that speak for each.

NQLT 403/2017, art 2.1.d: petitions and recommendations that the Front received are a ground of supervision; art 3.1: the plan takes up what
people care about. A machine proposes, a person decides.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from assistant.feedback.types import AdminLevel, Field

# The key of today's province ("province:01") of an area key ("commune:00454"), None where it is unknown.
ProvinceKeyOf = Callable[[str], str | None]
# Nothing is told of fewer people.
FEWEST_PEOPLE = 5


@dataclass(frozen=True, slots=True)
class TopicRecord:
    """A recommendation of citizens as the proposals need it.

    `people`: a key for each who sent it; where a sender is not known, one for each submission. `is_repeated`: it came again after it was
    answered. `is_overdue`: its answer came after the deadline, or is still missing after it. `is_unsettled`: nothing settled or
    explained it.
    """

    number: int
    field: Field | None
    level: AdminLevel | None
    area: str | None
    people: frozenset[str]
    is_repeated: bool
    is_overdue: bool
    is_unsettled: bool


@dataclass(frozen=True, slots=True)
class Proposal:
    """A topic with what speaks for it: how many people, and of its `records` how many are repeated, overdue and unsettled.

    `area` is None for what only central bodies can settle. `programmes` are those that took the topic up, by number.
    """

    key: str
    field: Field
    level: AdminLevel
    area: str | None
    people: int
    records: tuple[int, ...]
    repeated: int
    overdue: int
    unsettled: int
    programmes: tuple[int, ...] = ()

    @property
    def score(self) -> float:
        """People × (1 + share repeated + share overdue + share unsettled): from once to four times the people."""
        return self.people * (1 + (self.repeated + self.overdue + self.unsettled) / len(self.records))


@dataclass(frozen=True, slots=True)
class Proposals:
    """The topics, the first first; `left_out` counts records without a field, level or place that a topic could be made of."""

    topics: tuple[Proposal, ...]
    left_out: int


def proposed(records: Iterable[TopicRecord], province_of: ProvinceKeyOf) -> Proposals:
    """The topics that at least five people stand behind, by score."""
    groups: dict[tuple[Field, AdminLevel, str | None], list[TopicRecord]] = defaultdict(list)
    left_out = 0
    for record in records:
        topic = _topic(record, province_of)
        if topic is None:
            left_out += 1
            continue
        groups[topic].append(record)
    topics = [_proposal(*topic, members) for topic, members in groups.items()]
    ranked = sorted((one for one in topics if one.people >= FEWEST_PEOPLE), key=lambda one: (-one.score, -one.people, one.key))
    return Proposals(tuple(ranked), left_out)


def _topic(record: TopicRecord, province_of: ProvinceKeyOf) -> tuple[Field, AdminLevel, str | None] | None:
    # Nobody can supervise what has no field or place.
    if record.field in (None, Field.OTHER) or record.level is None:
        return None
    if record.level is AdminLevel.CENTRAL:
        return record.field, record.level, None
    area = record.area
    if area and record.level is AdminLevel.PROVINCE:
        area = province_of(area)
    return (record.field, record.level, area) if area else None


def _proposal(field: Field, level: AdminLevel, area: str | None, members: Sequence[TopicRecord]) -> Proposal:
    return Proposal(
        key=".".join(filter(None, (field, level, area))),
        field=field,
        level=level,
        area=area,
        people=len(frozenset[str]().union(*(one.people for one in members))),
        records=tuple(sorted(one.number for one in members)),
        repeated=sum(one.is_repeated for one in members),
        overdue=sum(one.is_overdue for one in members),
        unsettled=sum(one.is_unsettled for one in members),
    )
