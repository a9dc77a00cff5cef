"""The classifier of submissions (assistant/feedback): trained on letters that the project wrote, and measured on others.

Files of letters: eval/letters.py; a line has besides `field`, `level` (null is not judged). Figures on the training letters
come from folds over families, so they tell how unseen situations do.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from assistant.feedback.suggesting.classify import FIELDS, KINDS, LEVELS, VALUES, Classified, Classifier, Limits, by_task, judged, softmax
from assistant.feedback.suggesting.classify_reading import Floats, Lexicon, calm, seen_in
from assistant.feedback.types import Kind
from corpus.text import fold
from eval.errors import NothingJudged, SetFileMissing
from eval.fitting import Example, fitted, place, rows_of
from eval.router import calibration_error

Encode = Callable[[Sequence[str]], Floats]

_FOLDS = 5
_DENUNCIATION, _EMERGENCY = KINDS.index(Kind.DENUNCIATION), KINDS.index(Kind.EMERGENCY)
# The share of denunciations that must be sealed, of emergencies that must be looked at soon, on letters not fitted on.
_SEALED, _SOON = 0.985, 0.985
_ABSTAIN = 0.2
_COPY_WEIGHT = 0.35


@dataclass(frozen=True, slots=True)
class Figures:
    """How a classifier did on letters. `seal_recall` over denunciations, `review_rate` over all others; errors are of calibration."""

    n: int
    kind_macro_f1: float
    kind_f1: dict[str, float]
    seal_recall: float
    review_rate: float
    emergency_recall: float
    field_top1: float
    field_top3: float
    level_accuracy: float
    kind_error: float
    field_error: float
    level_error: float

    def to_json(self) -> dict[str, Any]:
        """The same as plain values."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Trained:
    """A classifier, and how models of the same making did on letters that they never saw."""

    classifier: Classifier
    out_of_fold: Figures


def read_examples(path: Path) -> tuple[Example, ...]:
    """The letters of a file. Raises `SetFileMissing`."""
    try:
        lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    except OSError as error:
        raise SetFileMissing(path) from error
    names = ("text", "field", "level", "style", "family")
    return tuple(Example(kinds=tuple(line["kinds"]), **{name: line[name] for name in names}) for line in lines)


def without_marks(examples: Sequence[Example]) -> tuple[Example, ...]:
    """Copies as people type them who leave the marks away; they teach, and are not judged."""
    return tuple(replace(one, text=fold(one.text), weight=_COPY_WEIGHT) for one in examples if fold(one.text) != one.text)


def measured(examples: Sequence[Example], verdicts: Sequence[Classified]) -> Figures:
    """The verdicts on the examples, judged. Raises `NothingJudged` where there is none."""
    if not examples:
        raise NothingJudged("classifying")
    pairs = list(zip(examples, verdicts, strict=True))
    f1 = {kind.value: _f1([(kind in one.kinds, kind in {two.value for two in said.kinds}) for one, said in pairs]) for kind in KINDS}
    present = [f1[kind] for kind in KINDS if any(kind in one.kinds for one in examples)]
    fields = [(one.field, [two.value for two in said.field], said.field[0].score) for one, said in pairs if one.field]
    levels = [(one.level, said.level[0].value, said.level[0].score) for one, said in pairs if one.level]
    said_kinds = [(score.score, score.value in one.kinds) for one, said in pairs for score in said.kinds]
    return Figures(
        n=len(pairs),
        kind_macro_f1=sum(present) / len(present),
        kind_f1=f1,
        seal_recall=_mean([said.seal for one, said in pairs if Kind.DENUNCIATION in one.kinds]),
        review_rate=_mean([said.seal for one, said in pairs if Kind.DENUNCIATION not in one.kinds]),
        emergency_recall=_mean([said.urgency != "normal" for one, said in pairs if Kind.EMERGENCY in one.kinds]),
        field_top1=_mean([best[0] == true for true, best, _ in fields]),
        field_top3=_mean([true in best for true, best, _ in fields]),
        level_accuracy=_mean([best == true for true, best, _ in levels]),
        kind_error=_error(said_kinds),
        field_error=_error([(score, best[0] == true) for true, best, score in fields]),
        level_error=_error([(score, best == true) for true, best, score in levels]),
    )


def by_style(examples: Sequence[Example], verdicts: Sequence[Classified]) -> dict[str, Figures]:
    """The figures of each style of writing."""
    chosen = {style: [n for n, one in enumerate(examples) if one.style == style] for style in sorted({one.style for one in examples})}
    return {style: measured([examples[n] for n in numbers], [verdicts[n] for n in numbers]) for style, numbers in chosen.items()}


def confusion(examples: Sequence[Example], verdicts: Sequence[Classified]) -> dict[tuple[str, str], int]:
    """How often a letter of one kind (mixed ones left out) was taken first for another, or for none ("")."""
    pairs = (
        (one.kinds[0], said.kinds[0].value if said.kinds else "")
        for one, said in zip(examples, verdicts, strict=True)
        if len(one.kinds) == 1
    )
    return dict(Counter(pairs))


def verdicts_of(classifier: Classifier, examples: Sequence[Example], encode: Encode) -> list[Classified]:
    """What the classifier says of each example."""
    vectors = encode([calm(one.text) for one in examples])
    return [classifier.classify(one.text, vector) for one, vector in zip(examples, vectors, strict=True)]


def trained(examples: Sequence[Example], encode: Encode) -> Trained:
    """A classifier fitted on all `examples`; limits and figures come from folds over their families."""
    from sklearn.model_selection import GroupKFold

    lexicon = Lexicon.load()
    rows = rows_of(examples, [seen_in(one.text, lexicon) for one in examples], encode([calm(one.text) for one in examples]))
    scores = np.zeros((len(examples), VALUES), np.float32)
    for fit, held in GroupKFold(_FOLDS, shuffle=True, random_state=0).split(examples, groups=[one.family for one in examples]):
        weights = fitted(rows, fit)
        for number in held:
            scores[number] = weights.scores(rows.seen[number], rows.meaning[number])
    limits = _limits(examples, by_task(scores))
    letters = _judged(examples)
    verdicts = [judged(by_task(scores[number]), limits, "") for number in letters]
    classifier = Classifier(lexicon, fitted(rows, np.arange(len(examples))), limits)
    return Trained(classifier, measured([examples[number] for number in letters], verdicts))


def _limits(examples: Sequence[Example], scores: dict[str, Floats]) -> Limits:
    """Calibration and thresholds on letters that the models never saw; messages to the assistant are left out."""
    letters = _judged(examples)
    levels = [number for number in letters if examples[number].level]
    truth = np.array([[kind in examples[number].kinds for kind in KINDS] for number in letters])
    platt = [_platt(scores["kind"][letters, kind], truth[:, kind]) for kind in range(len(KINDS))]
    slopes, offsets = (np.array(one, np.float32) for one in zip(*platt, strict=True))
    limits = Limits(slopes, offsets, np.full(len(KINDS), 0.5, np.float32), 1.0, 1.0, _ABSTAIN)
    chances = limits.kinds(scores["kind"][letters])
    return replace(
        limits,
        thresholds=np.array([_threshold(chances[:, kind], truth[:, kind]) for kind in range(len(KINDS))], np.float32),
        seal=_caught(chances[truth[:, _DENUNCIATION], _DENUNCIATION], _SEALED),
        soon=_caught(chances[truth[:, _EMERGENCY], _EMERGENCY], _SOON),
        field_temperature=_temperature(scores["field"][letters], [place(FIELDS, examples[n].field) for n in letters]),
        level_temperature=_temperature(scores["level"][levels], [place(LEVELS, examples[n].level) for n in levels]),
    )


def _platt(scores: Floats, truth: npt.NDArray[np.bool_]) -> tuple[float, float]:
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=1e6).fit(scores.reshape(-1, 1), truth)
    return float(model.coef_[0, 0]), float(model.intercept_[0])


def _threshold(chances: Floats, truth: npt.NDArray[np.bool_]) -> float:
    """The probability with the best F1, of a coarse grid: a fine one would fit chance."""
    grid = np.arange(0.25, 0.66, 0.05)
    return float(max(grid, key=lambda one: (_f1(list(zip(truth, chances >= one, strict=True))), -abs(one - 0.5))))


def _caught(chances: Floats, wanted: float) -> float:
    """The probability that the wanted share reaches."""
    return float(np.sort(chances)[int(len(chances) * (1 - wanted))]) - 1e-6


def _temperature(scores: Floats, truth: Sequence[int]) -> float:
    def loss(temperature: float) -> float:
        chances = softmax(np.asarray(scores / temperature, np.float32))[np.arange(len(truth)), np.array(truth)]
        return float(-np.log(np.maximum(chances, 1e-9)).mean())

    return float(min(np.geomspace(0.02, 3.0, 60), key=loss))


def _judged(examples: Sequence[Example]) -> list[int]:
    """The letters themselves: no copies, no messages to the assistant."""
    return [number for number, one in enumerate(examples) if one.field and one.weight == 1.0]


def _f1(pairs: Sequence[tuple[bool, bool]]) -> float:
    hits = sum(bool(true and said) for true, said in pairs)
    return 2 * hits / max(1, sum(bool(true) for true, _ in pairs) + sum(bool(said) for _, said in pairs))


def _mean(values: Sequence[bool]) -> float:
    return sum(values) / max(1, len(values))


def _error(judged_scores: Sequence[tuple[float, bool]]) -> float:
    return calibration_error(*zip(*judged_scores, strict=True)) if judged_scores else 0.0
