"""How well earlier submissions of the same matter are found (assistant/feedback/suggesting/similar.py), and what its weights are made from.

Letters of one `duplicate_group` of eval/data/feedback-*.jsonl are about one matter; letters around a group tell of other matters at
the same place, or of the same trouble elsewhere. Each letter of a group is asked against all other letters of its file.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from pathlib import Path

import numpy as np
import numpy.typing as npt
from pydantic import TypeAdapter, ValidationError

from assistant.feedback.suggesting.similar import LIKELY, Evidence, Known, Similar, SimilarFinder, Usual, Weights, known
from assistant.feedback.suggesting.similar_words import terms_of
from corpus.areas import Areas
from embeddings.encoder import Encoder
from eval.errors import BadLine, SetFileMissing
from eval.metrics import mean

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

_SUGGESTED = 5
_BINS = 10
# As many candidates of an unclear place as a submission keeps.
_MOST_CANDIDATES = 12
_FOLDS = 6
# Letters tell neither days nor provisions: all are of one day, and these two weights are set by hand. A year later halves the odds
# almost four times; a provision in common doubles them.
_APART, _PROVISION = -1.0, 0.7
_DAY = date(2026, 11, 1)
# A word goes into the table of usual words when so many letters have it.
_USUAL_FROM = 8
# A machine names the right field about four times of five.
_FIELD_RIGHT = 0.8


@dataclass(frozen=True, slots=True)
class GroupedLetter:
    """A letter and the group of letters about the same matter, None where it stands alone."""

    text: str
    field: str | None
    duplicate_group: str | None


@dataclass(frozen=True, slots=True)
class DuplicateReport:
    """How the finder did on `n` letters of groups among `letters`.

    `recall_at_5`: the share of them with a member of their group among the five; `members_at_5`: the mean share of their group there.
    `precision` and `pair_recall`: of pairs suggested with at least `threshold` those of one group, and the share of all pairs of one group.
    `calibration_error`: expected, in ten bins, over everything suggested.
    """

    n: int
    letters: int
    threshold: float
    recall_at_5: float
    members_at_5: float
    precision: float
    pair_recall: float
    calibration_error: float


def read_grouped_letters(path: Path) -> list[GroupedLetter]:
    """The letters of a file, in order. Raises `SetFileMissing`, `BadLine`."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise SetFileMissing(path) from error
    adapter = TypeAdapter(GroupedLetter)
    letters = []
    for place, line in enumerate(lines, start=1):
        try:
            letters.append(adapter.validate_json(line))
        except ValidationError as error:
            raise BadLine(path, place, error.errors()[0]["msg"]) from error
    return letters


def as_known(letters: Sequence[GroupedLetter], encoder: Encoder, areas: Areas, named: Sequence[str | None] | None = None) -> list[Known]:
    """The letters as the finder sees them, numbered from 0; `named` are the fields that a machine gave, none by default."""
    vectors = encoder.encode_queries([letter.text for letter in letters])
    given = named or [None] * len(letters)
    return [
        known(number, letter.text, vector, _keys(areas, letter.text), field, (), _DAY)
        for number, (letter, vector, field) in enumerate(zip(letters, vectors, given, strict=True))
    ]


def measure_duplicates(
    letters: Sequence[Known], groups: Sequence[str | None], finder: SimilarFinder, threshold: float = LIKELY
) -> DuplicateReport:
    """Asks each letter of a group; `finder` takes in all letters. Raises `NothingJudged` where no letter is in a group."""
    for letter in letters:
        finder.add(letter)
    sizes = Counter(groups)
    found = {letter.number: finder.find(letter, _SUGGESTED) for letter in letters if groups[letter.number]}
    members = {asked: sum(groups[one.number] == groups[asked] for one in answer) for asked, answer in found.items()}
    scores, right = _pairs(found, groups)
    is_likely = scores >= threshold
    all_pairs = sum(size * (size - 1) // 2 for group, size in sizes.items() if group)
    return DuplicateReport(
        n=len(found),
        letters=len(letters),
        threshold=threshold,
        recall_at_5=mean([float(count > 0) for count in members.values()]),
        members_at_5=mean([count / (sizes[groups[asked]] - 1) for asked, count in members.items()]),
        precision=float(right[is_likely].mean()) if is_likely.any() else 0.0,
        pair_recall=float(right[is_likely].sum() / all_pairs),
        calibration_error=_calibration_error(scores, right),
    )


def _pairs(found: Mapping[int, Sequence[Similar]], groups: Sequence[str | None]) -> tuple[Floats, Flags]:
    """The score of each suggested pair, the higher of both directions, and whether it is of one group."""
    scores: dict[frozenset[int], float] = {}
    for asked, answer in found.items():
        for one in answer:
            pair = frozenset((asked, one.number))
            scores[pair] = max(one.score, scores.get(pair, 0.0))
    return np.array(list(scores.values())), np.array([len({groups[number] for number in pair}) == 1 for pair in scores])


def _calibration_error(scores: Floats, right: Flags) -> float:
    bins = np.minimum((scores * _BINS).astype(int), _BINS - 1)
    gaps = [abs(float(scores[bins == one].sum() - right[bins == one].sum())) for one in range(_BINS)]
    return sum(gaps) / len(scores)


def usual_counts(texts: Sequence[str]) -> dict[str, int]:
    """How many of the texts have a word, for words that many have, by the alphabet."""
    counts = Counter(term for text in texts for term in {term for term, _ in terms_of(text)})
    return {term: count for term, count in sorted(counts.items()) if count >= _USUAL_FROM}


def fit_weights(letters: Sequence[Known], groups: Sequence[str | None], usual: Usual, rng: np.random.Generator) -> Weights:
    """Weights that tell pairs of one group from other candidates, calibrated on groups left out of fitting.

    Fields of `letters` are true ones: every fifth is changed at random, as a machine would.
    """
    told = sorted({letter.field for letter in letters if letter.field})
    unsure = [replace(one, field=one.field if rng.random() < _FIELD_RIGHT else str(rng.choice(told))) for one in letters]
    finder = SimilarFinder(Weights(**dict.fromkeys((part.name for part in fields(Weights)), 0.0)), usual)
    for letter in unsure:
        finder.add(letter)
    asked = [letter for letter in unsure if groups[letter.number]]
    pairs = [(groups[one.number], groups[number], evidence) for one in asked for number, evidence in finder.evidence(one)]
    of = np.array([group for group, _, _ in pairs])
    seen = np.array([_fitted(evidence) for _, _, evidence in pairs])
    same = np.array([group == other for group, other, _ in pairs])
    slope, shift = _calibrated(_held_out(seen, same, of), same)
    weights, bias = _regression(seen, same)
    names = [part.name for part in fields(Evidence) if part.name not in ("apart", "provision")]
    counted = {name: round(float(slope * weight), 3) for name, weight in zip(names, weights, strict=True)}
    return Weights(bias=round(float(slope * bias + shift), 3), **counted, apart=_APART, provision=_PROVISION)


def _fitted(evidence: Evidence) -> list[float]:
    return [getattr(evidence, part.name) for part in fields(evidence) if part.name not in ("apart", "provision")]


def _held_out(seen: Floats, same: Flags, of: npt.NDArray[np.str_]) -> Floats:
    """The log-odds of each pair by weights that never saw its group."""
    from sklearn.model_selection import GroupKFold

    odds = np.zeros(len(seen))
    for rest, left_out in GroupKFold(_FOLDS).split(seen, same, of):
        weights, bias = _regression(seen[rest], same[rest])
        odds[left_out] = seen[left_out] @ weights + bias
    return odds


def _regression(seen: Floats, same: Flags) -> tuple[Floats, float]:
    """Weights and bias, the penalty alike for all parts whatever their scale."""
    from sklearn.linear_model import LogisticRegression

    spread = seen.std(axis=0) + 1e-9
    fitted = LogisticRegression(max_iter=1000).fit(seen / spread, same)
    return fitted.coef_[0] / spread, float(fitted.intercept_[0])


def _calibrated(odds: Floats, same: Flags) -> tuple[float, float]:
    """Slope and shift of log-odds (Platt, Advances in Large Margin Classifiers 1999)."""
    weights, bias = _regression(odds[:, np.newaxis], same)
    return float(weights[0]), bias


def _keys(areas: Areas, text: str) -> set[str]:
    return {f"{area.level.value}:{area.code}" for match in areas.find(text) for area in match.today[:_MOST_CANDIDATES]}
