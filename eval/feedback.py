"""How citizens' submissions are understood: kinds, fields, levels, places, personal data, the seal; `dienhong eval feedback FILE`.

A line of the file: `{"id", "text", "kinds", "field", "level", "place": {"mention", "old_or_new", "province", "communes"} or null,
"pii": [{"start", "end", "type", "text"}], "duplicate_group", "sealed", "style"}`.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from assistant.feedback.suggesting.understanding import Understanding
from assistant.feedback.types import AdminLevel, Field, Kind, PersonalDataType
from corpus.text import fold
from eval.errors import BadLine, DuplicateId, NothingJudged, SetFileMissing

# What a place suggestion is called: its name and that of its province.
PlaceNames = Callable[[str], tuple[str, str]]
Read = Callable[[str], Understanding]
# What is judged class by class.
TASKS = ("kind", "field", "level")
_NONE = "none"
_MOST_MIXED = 12


class _Line(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)


class Place(_Line):
    """The place that a letter names; `communes`: all that the one named was divided among, where it was."""

    mention: str
    province: str
    communes: tuple[str, ...] = ()


class PersonalDatum(_Line):
    """Characters of the text that tell of a person."""

    start: int
    end: int
    type: PersonalDataType


class JudgedLetter(_Line):
    """A letter with what it is."""

    id: str
    text: str
    kinds: tuple[Kind, ...]
    field: Field | None = None
    level: AdminLevel | None = None
    place: Place | None = None
    pii: tuple[PersonalDatum, ...] = ()
    duplicate_group: str | None = None
    sealed: bool = False
    style: str = "plain"


@dataclass
class _Classes:
    """How the classes of one task were met: for each right, true and named ones; `confusion` counts what was taken for what."""

    rows: dict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0, 0]))
    confusion: Counter[tuple[str, str]] = field(default_factory=Counter)

    def add(self, gold: Collection[str], named: Collection[str]) -> None:
        """Counts one letter with what it is and what it was taken for."""
        for one in {*gold, *named}:
            row = self.rows[one]
            row[0] += one in gold and one in named
            row[1] += one in gold
            row[2] += one in named

    def macro_f1(self) -> float | None:
        """The mean over the classes that letters have."""
        return _mean([_f1(*row) for row in self.rows.values() if row[1]])


@dataclass
class _Counts:
    """Sums over letters."""

    n: int = 0
    sealed_wrongly: int = 0
    denunciations: int = 0
    caught: int = 0
    sealed: int = 0
    unsealed_leaks: int = 0
    fields: int = 0
    field_first: int = 0
    field_three: int = 0
    levels: int = 0
    level_right: int = 0
    places: int = 0
    place_right: int = 0
    leaking: int = 0
    with_personal: int = 0
    gold: Counter[PersonalDataType] = field(default_factory=Counter)
    found: Counter[PersonalDataType] = field(default_factory=Counter)
    exact: Counter[PersonalDataType] = field(default_factory=Counter)
    named: Counter[PersonalDataType] = field(default_factory=Counter)
    right: Counter[PersonalDataType] = field(default_factory=Counter)
    tasks: dict[str, _Classes] = field(default_factory=lambda: {task: _Classes() for task in TASKS})


@dataclass(frozen=True, slots=True)
class FeedbackReport:
    """The figures of a file; `confusion`: for each of `TASKS`, of what a letter is and what it was taken for, how many letters.

    The kind is judged in letters of one kind; "none" stands for what nothing was suggested for.
    """

    whole: Mapping[str, Any]
    by_style: Mapping[str, Mapping[str, Any]]
    confusion: Mapping[str, Mapping[tuple[str, str], int]]

    def to_json(self) -> dict[str, Any]:
        """The keys of the format, and `confusion`: task, what it is, what it was taken for, count."""
        return {**self.whole, "confusion": {task: _nested(counts) for task, counts in self.confusion.items()}, "by_style": self.by_style}

    def table(self) -> str:
        """The figures as lines, then the kinds, fields and levels mixed up most."""
        lines = [f"{name:<26} {_written(value)}" for name, value in self.whole.items()]
        for task, counts in self.confusion.items():
            mixed = sorted(((count, pair) for pair, count in counts.items() if pair[0] != pair[1]), reverse=True)
            lines += ["", f"taken for another {task}{' (letters of one kind)' if task == 'kind' else ''}:"]
            lines += [f"  {gold} → {named}: {count}" for count, (gold, named) in mixed[:_MOST_MIXED]]
        lines.append("")
        lines += [
            f"{style:<12} " + " ".join(f"{key} {_written(value)}" for key, value in row.items() if not isinstance(value, dict))
            for style, row in self.by_style.items()
        ]
        return "\n".join(lines)


def read_letters(path: Path) -> list[JudgedLetter]:
    """The letters of a file. Raises `SetFileMissing`, `BadLine` and `DuplicateId`."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise SetFileMissing(path) from error
    letters: dict[str, JudgedLetter] = {}
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            letter = JudgedLetter.model_validate_json(line)
        except ValidationError as error:
            raise BadLine(path, number, error.errors()[0]["msg"]) from error
        if letter.id in letters:
            raise DuplicateId(path, number, letter.id)
        letters[letter.id] = letter
    return list(letters.values())


def evaluate_feedback(
    letters: Sequence[JudgedLetter], read: Read, names: PlaceNames, duplicates: Mapping[str, float | None]
) -> FeedbackReport:
    """The figures of `letters` as `read` understands them. Raises `NothingJudged` where there is none."""
    if not letters:
        raise NothingJudged("letters")
    whole, by_style = _Counts(), defaultdict[str, _Counts](_Counts)
    for letter in letters:
        understood = read(letter.text)
        for counts in (whole, by_style[letter.style]):
            _count(counts, letter, understood, names)
    figures = {**_figures(whole), **duplicates}
    return FeedbackReport(
        figures,
        {style: _figures(counts) for style, counts in sorted(by_style.items())},
        {task: whole.tasks[task].confusion for task in TASKS},
    )


def _count(counts: _Counts, letter: JudgedLetter, understood: Understanding, names: PlaceNames) -> None:
    counts.n += 1
    _count_kinds(counts, letter, understood)
    fields = [one.value for one in understood.suggestions if one.task == "field"]
    if letter.field is not None:
        counts.fields += 1
        _count_class(counts.tasks["field"], letter.field, fields)
        counts.field_first += letter.field.value in fields[:1]
        counts.field_three += letter.field.value in fields[:3]
    if letter.level is not None:
        counts.levels += 1
        levels = [one.value for one in understood.suggestions if one.task == "level"]
        counts.level_right += letter.level.value in levels[:1]
        _count_class(counts.tasks["level"], letter.level, levels)
    if letter.place is not None:
        counts.places += 1
        counts.place_right += _is_found(letter.place, letter.text, understood, names)
    _count_personal(counts, letter, understood)


def _count_class(classes: _Classes, gold: str, suggested: Sequence[str]) -> None:
    classes.add([str(gold)], suggested[:1])
    classes.confusion[str(gold), suggested[0] if suggested else _NONE] += 1


def _count_kinds(counts: _Counts, letter: JudgedLetter, understood: Understanding) -> None:
    gold, named = set(letter.kinds), {Kind(one.value) for one in understood.suggestions if one.task == "kind"}
    counts.tasks["kind"].add(gold, named)
    if len(gold) == 1:
        counts.tasks["kind"].confusion[next(iter(gold)), understood.best("kind") or _NONE] += 1
    is_denunciation = Kind.DENUNCIATION in gold
    counts.denunciations += is_denunciation
    counts.caught += is_denunciation and (understood.seals or Kind.DENUNCIATION in named)
    counts.sealed_wrongly += understood.seals and not is_denunciation
    counts.unsealed_leaks += letter.sealed and not understood.seals


def _count_personal(counts: _Counts, letter: JudgedLetter, understood: Understanding) -> None:
    spans = [(one.start, one.end, one.type) for one in understood.personal]
    hidden = [False] * (len(letter.text) + 1)
    for start, end, _ in spans:
        hidden[start:end] = [True] * (end - start)
    for datum in letter.pii:
        counts.gold[datum.type] += 1
        counts.found[datum.type] += any(start < datum.end and datum.start < end and kind is datum.type for start, end, kind in spans)
        counts.exact[datum.type] += (datum.start, datum.end, datum.type) in spans
    for start, end, kind in spans:
        counts.named[kind] += 1
        counts.right[kind] += any(start < one.end and one.start < end and kind is one.type for one in letter.pii)
    counts.with_personal += bool(letter.pii)
    # A datum leaks where any letter or digit of it stays visible.
    counts.leaking += any(
        not hidden[place] and letter.text[place].isalnum() for datum in letter.pii for place in range(datum.start, datum.end)
    )


def _is_found(place: Place, text: str, understood: Understanding, names: PlaceNames) -> bool:
    """Whether a place within the mention has the right province among its candidates, and all communes of a divided one."""
    at = [(start, start + len(place.mention)) for start in _starts(text, place.mention)]
    overlapping = [
        one for one in understood.suggestions if one.task == "place" and any(_meet(span, other) for span in one.evidence for other in at)
    ]
    candidates = [names(one.value) for one in overlapping]
    communes, provinces = {name for name, _ in candidates}, {_bare(province) for _, province in candidates}
    return _bare(place.province) in provinces and set(place.communes) <= communes


def _starts(text: str, mention: str) -> Iterable[int]:
    start = text.find(mention)
    while start >= 0:
        yield start
        start = text.find(mention, start + 1)


def _meet(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _bare(province: str) -> str:
    folded = fold(province)
    for kind in ("thanh pho ", "tinh ", "tp "):
        folded = folded.removeprefix(kind)
    return folded


def _figures(counts: _Counts) -> dict[str, Any]:
    others = counts.n - counts.denunciations
    return {
        "n": counts.n,
        "kind_macro_f1": counts.tasks["kind"].macro_f1(),
        "denunciation_recall": _share(counts.caught, counts.denunciations),
        "denunciation_review_rate": _share(counts.sealed_wrongly, others),
        "sealed_leaks": counts.unsealed_leaks,
        "field_macro_f1": counts.tasks["field"].macro_f1(),
        "field_top1": _share(counts.field_first, counts.fields),
        "field_top3": _share(counts.field_three, counts.fields),
        "level_macro_f1": counts.tasks["level"].macro_f1(),
        "level_accuracy": _share(counts.level_right, counts.levels),
        "place_accuracy": _share(counts.place_right, counts.places),
        "pii_recall": {kind.value: _share(counts.found[kind], total) for kind, total in sorted(counts.gold.items())},
        "pii_recall_exact": {kind.value: _share(counts.exact[kind], total) for kind, total in sorted(counts.gold.items())},
        "pii_precision": {kind.value: _share(counts.right[kind], total) for kind, total in sorted(counts.named.items())},
        "document_leak_rate": _share(counts.leaking, counts.with_personal),
    }


def _nested(counts: Mapping[tuple[str, str], int]) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for (gold, named), count in sorted(counts.items()):
        found.setdefault(gold, {})[named] = count
    return found


def _f1(right: int, gold: int, named: int) -> float:
    return 2 * right / (gold + named)


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None


def _mean(values: Sequence[float]) -> float | None:
    return round(sum(values) / len(values), 4) if values else None


def _written(value: object) -> str:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict) else str(value)
