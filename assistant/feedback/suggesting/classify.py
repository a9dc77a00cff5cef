"""What a submission is: kinds, field, level, urgency, whether to seal it; suggestions with calibrated scores and their evidence.

A linear model over nearness to known letters, words, strings of letters and cues; its weights come from `eval/classifying.py`, trained
on letters that the project wrote. On fields and levels a second opinion counts too (`tuned`), on levels also cues of who can act
(`level_cues`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from importlib.resources import files
from importlib.resources.abc import Traversable
from io import BytesIO
from pathlib import Path
from typing import Any, Self

import numpy as np
import numpy.typing as npt

from assistant.feedback.suggesting.classify_parts import parts_of
from assistant.feedback.suggesting.classify_reading import Floats, Lexicon, Span, seen_in
from assistant.feedback.suggesting.classify_weights import Weights, digest_of
from assistant.feedback.suggesting.level_cues import LevelOpinion
from assistant.feedback.suggesting.tuned import Tuned
from assistant.feedback.types import AdminLevel, Field, Kind, Urgency

KINDS, FIELDS, LEVELS = tuple(Kind), tuple(Field), tuple(AdminLevel)
# Where the values of each task stand among the rows of the weights.
ROWS = {
    "kind": slice(0, len(KINDS)),
    "field": slice(len(KINDS), len(KINDS) + len(FIELDS)),
    "level": slice(len(KINDS) + len(FIELDS), len(KINDS) + len(FIELDS) + len(LEVELS)),
}
VALUES = len(KINDS) + len(FIELDS) + len(LEVELS)
_BEST = 3


@dataclass(frozen=True, slots=True)
class Scored:
    """A suggestion and its calibrated probability."""

    value: str
    score: float


@dataclass(frozen=True, slots=True)
class Classified:
    """What a submission probably is.

    `kinds` are those above their thresholds, best first; none where the classifier abstains. `field` has the three best, `level` all.
    `seal`: a denunciation is likely or cannot be excluded. `evidence` are spans of the text that speak for the first kind.
    `model` is the digest of the weights, and after a "+" each those of the second opinion and of the cues of levels where they were heard.
    """

    kinds: tuple[Scored, ...]
    field: tuple[Scored, ...]
    level: tuple[Scored, ...]
    urgency: Urgency
    seal: bool
    evidence: tuple[Span, ...]
    model: str


@dataclass(frozen=True, slots=True)
class Limits:
    """Calibration and thresholds. A kind's probability is the logistic function of slope * score + offset.

    A kind is suggested from its `threshold` on. If none reaches it the best is, unless it lies below `abstain`. A submission is
    sealed from `seal` on (probability of a denunciation); `soon` is the same for an emergency that may be. Fields and levels:
    scores are divided by a temperature.
    """

    slopes: Floats
    offsets: Floats
    thresholds: Floats
    seal: float
    soon: float
    abstain: float
    field_temperature: float = 1.0
    level_temperature: float = 1.0

    @classmethod
    def of(cls, stored: Mapping[str, npt.NDArray[Any]]) -> Self:
        """The limits that `named` gave."""
        slopes, offsets, thresholds = np.asarray(stored["kind_limits"], np.float32)
        return cls(slopes, offsets, thresholds, *map(float, stored["limits"]))

    def named(self) -> dict[str, Any]:
        """The limits as arrays."""
        single = [self.seal, self.soon, self.abstain, self.field_temperature, self.level_temperature]
        return {"kind_limits": np.stack([self.slopes, self.offsets, self.thresholds]), "limits": np.array(single, np.float32)}

    def kinds(self, scores: Floats) -> Floats:
        """Probabilities of kinds; they exclude each other not, so their sum is anything."""
        return np.asarray(1 / (1 + np.exp(-(scores * self.slopes + self.offsets))), np.float32)


def softmax(scores: Floats) -> Floats:
    """Probabilities from scores, along the last axis."""
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=-1, keepdims=True), np.float32)


def chosen_kinds(probabilities: Floats, limits: Limits) -> tuple[Scored, ...]:
    """The kinds to suggest of these probabilities (in the order of `Kind`), best first; none where the best is too unsure."""
    order = sorted(range(len(KINDS)), key=lambda number: (-probabilities[number], number))
    above = [number for number in order if probabilities[number] >= limits.thresholds[number]]
    if not above and probabilities[order[0]] >= limits.abstain:
        above = order[:1]
    return tuple(Scored(KINDS[number].value, float(probabilities[number])) for number in above)


class Classifier:
    """Says what a submission is; `tuned` is a second opinion and `level` one on levels, if there are such."""

    def __init__(
        self, lexicon: Lexicon, weights: Weights, limits: Limits, tuned: Tuned | None = None, level: LevelOpinion | None = None
    ) -> None:
        self.lexicon, self.weights, self.limits, self.tuned, self.level = lexicon, weights, limits, tuned, level
        self._version = digest_of(self._stored())

    @classmethod
    def load(cls) -> Self:
        """The classifier shipped with the project."""
        with shipped().open("rb") as file:
            return cls.read(file.read())

    @classmethod
    def read(cls, content: bytes) -> Self:
        """The classifier of a file that `save` wrote, with the other opinions shipped with the project."""
        with np.load(BytesIO(content)) as stored:
            return cls(Lexicon.load(), Weights.of(stored), Limits.of(stored), Tuned.load(), LevelOpinion.load())

    @property
    def version(self) -> str:
        """The first 12 digits of the SHA-256 of weights and limits; the other opinions have versions of their own."""
        return self._version

    def classify(self, text: str, vector: npt.NDArray[np.float32]) -> Classified:
        """What `text` is; `vector` is its unit vector as a question (`BundledEncoder.encode_queries([calm(text)])[0]`, 384 numbers).

        Zeros say that there is no encoder: then no second opinion is asked either, which needs one.
        """
        scores = self.weights.scores(seen_in(text, self.lexicon), vector)
        second = self.tuned.scores([text]) if self.tuned and vector.any() else None
        found = self._judged(text, by_task(scores), None if second is None else by_task(second[0]))
        return replace(found, evidence=self.lexicon.evidence(text, Kind(found.kinds[0].value))) if found.kinds else found

    def _judged(self, text: str, own: dict[str, Floats], second: dict[str, Floats] | None) -> Classified:
        scores, limits, model = own, self.limits, self._version
        if self.tuned is not None and second is not None:
            certain: dict[str, Any] = {f"{task}_temperature": 1.0 for task in self.tuned.shares}
            scores, limits, model = self.tuned.combined(own, second), replace(limits, **certain), f"{model}+{self.tuned.version}"
        if self.level is not None:
            chances = {"kind": limits.kinds(scores["kind"]), "field": softmax(scores["field"] / np.float32(limits.field_temperature))}
            alone, levels = own["level"] / np.float32(self.limits.level_temperature), scores["level"] / np.float32(limits.level_temperature)
            levels = self.level.added(text, alone, levels, chances, is_heard=scores is not own)
            scores, limits, model = {**scores, "level": levels}, replace(limits, level_temperature=1.0), f"{model}+{self.level.version}"
        return judged(scores, limits, model)

    def parts(self, text: str) -> tuple[Span, ...]:
        """Where the parts of a mixed message stand, in order: groups of sentences of different kind; one where there is but one.

        Ask only where `classify` gives several kinds: long stories of one kind are split too.
        """
        return parts_of(text, self.lexicon)

    def save(self, path: Path) -> None:
        """Writes weights and limits to one file."""
        np.savez_compressed(path, **self._stored())

    def _stored(self) -> dict[str, Any]:
        return {**self.weights.named(), **self.limits.named()}


def by_task(scores: Floats) -> dict[str, Floats]:
    """Scores of all values (the last axis), task by task."""
    return {task: scores[..., rows] for task, rows in ROWS.items()}


def judged(scores: Mapping[str, Floats], limits: Limits, model: str) -> Classified:
    """The verdict of these scores of each task, without evidence."""
    chances = limits.kinds(scores["kind"])
    kinds = chosen_kinds(chances, limits)
    return Classified(
        kinds=kinds,
        field=_best(FIELDS, softmax(scores["field"] / np.float32(limits.field_temperature)))[:_BEST],
        level=_best(LEVELS, softmax(scores["level"] / np.float32(limits.level_temperature))),
        urgency=_urgency(kinds, float(chances[KINDS.index(Kind.EMERGENCY)]), limits),
        seal=bool(chances[KINDS.index(Kind.DENUNCIATION)] >= limits.seal) or any(one.value == Kind.DENUNCIATION for one in kinds),
        evidence=(),
        model=model,
    )


def shipped() -> Traversable:
    """The file of the weights shipped with the project."""
    return files("assistant") / "feedback" / "data" / "classifier.npz"


def _best(values: tuple[Field, ...] | tuple[AdminLevel, ...], chances: Floats) -> tuple[Scored, ...]:
    order = sorted(range(len(values)), key=lambda number: (-chances[number], number))
    return tuple(Scored(values[number].value, float(chances[number])) for number in order)


def _urgency(kinds: tuple[Scored, ...], emergency: float, limits: Limits) -> Urgency:
    if any(one.value == Kind.EMERGENCY for one in kinds):
        return Urgency.NOW
    return Urgency.SOON if emergency >= limits.soon else Urgency.NORMAL
