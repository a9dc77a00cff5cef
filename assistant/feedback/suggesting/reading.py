"""What a machine makes of a submission: kind, field, level, place, body, urgency, personal data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Protocol

import numpy as np

from assistant.feedback.privacy.personal_data import PersonalDataFinder
from assistant.feedback.suggesting.classify import Classified, Classifier, Scored
from assistant.feedback.suggesting.classify_files import load_in_use
from assistant.feedback.suggesting.classify_reading import calm
from assistant.feedback.suggesting.competence import CompetenceTable
from assistant.feedback.suggesting.understanding import Suggested, Understanding
from assistant.feedback.types import FORMER_UNIT, AdminLevel, Field, Kind
from corpus.areas import Area, Areas, Level, PlaceMatch
from corpus.errors import SourceUnreadable
from embeddings.encoder import Encoder
from embeddings.vector_cache import Vector

# Of a unit that was divided among more, the sender has to be asked.
_MOST_CANDIDATES = 12
_DIMENSION = 384
_WITHOUT_LAW = frozenset({Kind.PRAISE, Kind.SPAM, Kind.EMERGENCY})


class FindsLaw(Protocol):
    """What finds law to a text."""

    def of(self, text: str) -> Iterable[Suggested]:
        """Suggestions of the task "provision", the best first."""


class MachineReader:
    """Reads with models and tables that come with the project; nothing leaves the machine."""

    def __init__(
        self,
        encoder: Encoder | None,
        classifier: Classifier,
        personal: PersonalDataFinder,
        competence: CompetenceTable,
        areas: Areas | None,
        law: FindsLaw | None = None,
    ) -> None:
        self._encoder, self._classifier, self._personal = encoder, classifier, personal
        self._competence, self._areas, self._law = competence, areas, law

    def read(self, text: str) -> Understanding:
        """What it thinks of `text`."""
        meaning = self._meaning(text)
        classified = self._classifier.classify(text, meaning)
        # Suggestions name whatever may be a place; the body and the area only go by what surely is one.
        places = self._areas.find_loosely(text) if self._areas else []
        sure = self._areas.find(text) if self._areas else []
        suggestions = (
            *_scored("kind", classified.kinds, classified.evidence),
            *_scored("field", classified.field),
            *_scored("level", classified.level),
            *self._parts(text, classified),
            *_places(places),
            *_area(sure),
            *self._body(classified, sure),
            *self._related(text, classified),
        )
        personal = self._personal.find(text)
        return Understanding(suggestions, personal, classified.seal, classified.urgency.value, classified.model, meaning)

    def _meaning(self, text: str) -> Vector:
        """The unit vector of `text`; zeros, which say nothing, where there is none of the length that the classifier was trained on."""
        vector = self._encoder.encode_queries([calm(text)])[0] if self._encoder else None
        return vector if vector is not None and len(vector) == _DIMENSION else np.zeros(_DIMENSION, np.float32)

    def _parts(self, text: str, classified: Classified) -> Iterator[Suggested]:
        """Where the parts of a mixed message stand, each with its likeliest kind."""
        spans = self._classifier.parts(text) if len(classified.kinds) > 1 else ()
        for first, last in spans if len(spans) > 1 else ():
            kinds = self._classifier.classify(text[first:last], self._meaning(text[first:last])).kinds
            if kinds:
                yield Suggested("part", kinds[0].value, kinds[0].score, ((first, last),))

    def _related(self, text: str, classified: Classified) -> Iterable[Suggested]:
        """Law of what asks or proposes something; what may be a denunciation is held against nothing."""
        kinds = {one.value for one in classified.kinds}
        return () if self._law is None or classified.seal or kinds & _WITHOUT_LAW else self._law.of(text)

    def _body(self, classified: Classified, places: Iterable[PlaceMatch]) -> Iterator[Suggested]:
        """The body that can act, of the likeliest field and level."""
        if not classified.field or not classified.level:
            return
        field, level = classified.field[0], classified.level[0]
        area = self._unit(places, AdminLevel(level.value))
        body = self._competence.body(Field(field.value), AdminLevel(level.value), area)
        yield Suggested("body", body.name, field.score * level.score)
        yield from (Suggested("basis", str(one), field.score * level.score) for one in body.basis)

    def _unit(self, places: Iterable[PlaceMatch], level: AdminLevel) -> str | None:
        """The name of the one unit of this level that the places point to."""
        units = {area.code: area for match in places for area in match.today if len(match.today) == 1}
        if level is AdminLevel.COMMUNE:
            named = {area.name for area in units.values() if area.level is Level.COMMUNE}
        else:
            codes = {area.parent or area.code for area in units.values()}
            named = {province.name for code in codes if self._areas and (province := self._areas.province(code))}
        return named.pop() if len(named) == 1 else None


def open_reader(encoder: Encoder | None, models: Path | None = None, law: FindsLaw | None = None) -> MachineReader:
    """The reader over what is installed, with what was trained here in the folder `models`.

    Without tables of administrative units it suggests no places.
    """
    try:
        areas: Areas | None = Areas.load()
    except SourceUnreadable:
        areas = None
    return MachineReader(encoder, load_in_use(models).classifier, PersonalDataFinder(areas), CompetenceTable.load(), areas, law)


def _scored(task: str, values: Iterable[Scored], evidence: tuple[tuple[int, int], ...] = ()) -> Iterator[Suggested]:
    yield from (Suggested(task, one.value, one.score, evidence) for one in values)


def _places(places: Iterable[PlaceMatch]) -> Iterator[Suggested]:
    """Each place named: all its candidates of today with equal scores, and the older unit that was named."""
    for match in places:
        span = ((match.start, match.end),)
        for area in match.today[:_MOST_CANDIDATES]:
            yield Suggested("place", _area_key(area), 1 / len(match.today), span)
        if match.old is not None:
            yield Suggested("place_then", match.old.full, 1.0, span)


def _area(places: Sequence[PlaceMatch]) -> Iterator[Suggested]:
    """The unit that the first place surely is, and what it was at the time that the text speaks of.

    Where no place is surely one unit of today, what the first one was; then what other places were, should a person settle on them.
    """
    certain = [match for match in places if len(match.today) == 1]
    old = [match for match in places if match.old]
    meant = (certain or old)[:1]
    if certain:
        yield Suggested("area", _area_key(certain[0].today[0]), 1.0)
    for match in (*meant, *(one for one in old if one not in meant)):
        yield Suggested("area_then", _then_key(match), 1.0, ((match.start, match.end),))


def _then_key(match: PlaceMatch) -> str:
    """The older unit that was named, else the one of today. One that only changed its name since the reform kept its code."""
    unit = match.old or match.today[0]
    ended_with_reform = match.old is not None and match.old.validity.since is None
    return f"{FORMER_UNIT}{_area_key(unit)}" if ended_with_reform else _area_key(unit)


def _area_key(area: Area) -> str:
    """Level and code: communes and provinces may have the same code."""
    return f"{area.level.value}:{area.code}"
