"""The router (assistant/understanding): trained on messages that the project wrote, and measured on others.

Files of messages have one JSON object a line: id, text, route, family, style. A family is one wording or situation; no family
is in two of the files, and none on both sides of a fold here, so figures tell how unseen wordings do.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from pydantic import TypeAdapter, ValidationError

from assistant.understanding.router import BUCKETS, REVIEWED, ROUTES, Floats, Lexicon, Router, Seen, Weights, seen_in, softmax
from assistant.understanding.routes import Route, Routed
from corpus.text import fold
from eval.errors import BadLine, DuplicateId, NothingJudged, SetFileMissing
from eval.letters import Letter

# How a text comes to the router: with its marks restored, and its unit vector as a question.
Prepare = Callable[[Sequence[str]], tuple[Sequence[str], Floats]]

# Scales stand for the strength of the penalty on each kind of feature; chosen by folds over train and dev.
_MEANING_SCALE, _WORDS_SCALE = 10.0, 5.0
# What a message counts whose marks were taken away and restored, beside the message itself.
_COPY_WEIGHT = 0.3
_FOLDS = 5
# The router abstains so that this share of what it does say is right, and flags so that this share of each kind is won or flagged.
_RIGHT_WHEN_SURE = 0.96
_CAUGHT = 0.995
_BINS = 10


@dataclass(frozen=True, slots=True)
class Message:
    """A message and what it is."""

    id: str
    text: str
    route: Route
    family: str
    style: str


@dataclass(frozen=True, slots=True)
class RouteScores:
    """Figures of one route, forced to choose; `caught` is the share that won or was flagged for review."""

    route: Route
    n: int
    precision: float
    recall: float
    f1: float
    caught: float


@dataclass(frozen=True, slots=True)
class RouterReport:
    """How a router did. `macro_f1` and `accuracy` are forced choice; `review_rate` is over messages of no reviewed route.

    `confusion` has a row for each true route and a column for each one chosen, in the order of `ROUTES`.
    """

    n: int
    macro_f1: float
    accuracy: float
    abstained: float
    accuracy_when_sure: float
    calibration_error: float
    review_rate: float
    routes: tuple[RouteScores, ...]
    confusion: tuple[tuple[int, ...], ...]

    def table(self) -> str:
        """The figures and the confusion table in Markdown."""
        head = (
            f"n = {self.n}; macro-F1 {self.macro_f1:.3f}, accuracy {self.accuracy:.3f} (forced choice); abstained {self.abstained:.3f},"
            f" accuracy of the rest {self.accuracy_when_sure:.3f}; calibration error {self.calibration_error:.3f};"
            f" other messages flagged for review {self.review_rate:.3f}"
        )
        rows = [
            (one.route.value, str(one.n), *(f"{value:.3f}" for value in (one.precision, one.recall, one.f1, one.caught)))
            for one in self.routes
        ]
        confused = [(route.value, *(str(count or "·") for count in row)) for route, row in zip(ROUTES, self.confusion, strict=True)]
        return "\n\n".join(
            [
                head,
                _table(("route", "n", "precision", "recall", "F1", "won or flagged"), rows),
                "Rows: what a message is; columns: what it was taken for.",
                _table(("", *(route.value for route in ROUTES)), confused),
            ]
        )

    def to_json(self) -> dict[str, Any]:
        """The same as plain values."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Trained:
    """A router, the cross-fitted calibration error of the model with meaning before and after, and the temperatures of both models."""

    router: Router
    error_before: float
    error_after: float
    temperatures: tuple[float, float]


def read_messages(path: Path) -> tuple[Message, ...]:
    """The messages of a file, in its order; of letters (eval/letters.py) those that have a route.

    Raises `SetFileMissing`, `BadLine`, `DuplicateId`.
    """
    adapter: TypeAdapter[Message | Letter] = TypeAdapter(Message | Letter)
    try:
        lines = path.read_bytes().splitlines()
    except OSError as error:
        raise SetFileMissing(path) from error
    messages: dict[str, Message | Letter] = {}
    for number, line in enumerate(lines, start=1):
        try:
            message = adapter.validate_json(line)
        except ValidationError as error:
            raise BadLine(path, number, error.errors(include_url=False)[0]["msg"]) from error
        if message.id in messages:
            raise DuplicateId(path, number, message.id)
        messages[message.id] = message
    return tuple(routed for routed in map(_routed, messages.values()) if routed)


def _routed(message: Message | Letter) -> Message | None:
    if isinstance(message, Message):
        return message
    return Message(message.id, message.text, message.route, message.family, message.style) if message.route else None


def evaluate_router(messages: Sequence[Message], route: Callable[[str], Routed]) -> RouterReport:
    """The verdicts of `route` on each text, judged. Raises `NothingJudged` where there is no message."""
    if not messages:
        raise NothingJudged("router")
    verdicts = [route(message.text) for message in messages]
    won = [verdict.candidates[0][0] for verdict in verdicts]
    right = [message.route is chosen for message, chosen in zip(messages, won, strict=True)]
    sure = [ok for ok, verdict in zip(right, verdicts, strict=True) if verdict.route]
    others = [verdict for message, verdict in zip(messages, verdicts, strict=True) if message.route not in REVIEWED]
    routes = tuple(_route_scores(route, messages, won, verdicts) for route in ROUTES)
    present = [one.f1 for one in routes if one.n]
    counts = Counter((message.route, chosen) for message, chosen in zip(messages, won, strict=True))
    return RouterReport(
        n=len(messages),
        macro_f1=sum(present) / len(present),
        accuracy=sum(right) / len(right),
        abstained=1 - len(sure) / len(right),
        accuracy_when_sure=sum(sure) / max(1, len(sure)),
        calibration_error=calibration_error([verdict.confidence for verdict in verdicts], right),
        review_rate=sum(bool(verdict.review) for verdict in others) / max(1, len(others)),
        routes=routes,
        confusion=tuple(tuple(counts[true, chosen] for chosen in ROUTES) for true in ROUTES),
    )


def calibration_error(confidences: Sequence[float], right: Sequence[bool]) -> float:
    """Expected calibration error over ten bins of equal width: how far confidence lies from the share that is right."""
    bins = np.minimum((np.asarray(confidences) * _BINS).astype(int), _BINS - 1)
    gaps = np.bincount(bins, np.asarray(confidences) - np.asarray(right, np.float64), _BINS)
    return float(np.abs(gaps).sum() / len(right))


def trained(messages: Sequence[Message], prepare: Prepare) -> Trained:
    """A router fitted on all `messages`; its limits come from folds over their families, each judged by models that never saw them."""
    lexicon = Lexicon.load()
    plain = _Rows.of(messages, *prepare([message.text for message in messages]), lexicon)
    copies = _Rows.of(messages, *prepare([fold(message.text) for message in messages]), lexicon)
    routes = np.array([ROUTES.index(message.route) for message in messages])
    families = [message.family for message in messages]
    with_meaning, before, after = _calibrated(plain, copies, routes, families)
    without, _, _ = _calibrated(plain.without_meaning(), copies.without_meaning(), routes, families)
    return Trained(Router(lexicon, with_meaning, without), before, after, (with_meaning.temperature, without.temperature))


@dataclass(frozen=True, slots=True)
class _Rows:
    """What the model sees of messages; `meaning` of shape (messages, 384 or 0)."""

    seen: tuple[Seen, ...]
    meaning: Floats

    @classmethod
    def of(cls, messages: Sequence[Message], texts: Sequence[str], meaning: Floats, lexicon: Lexicon) -> _Rows:
        assert len(messages) == len(texts) == len(meaning)
        return cls(tuple(seen_in(text, lexicon) for text in texts), meaning)

    def without_meaning(self) -> _Rows:
        return _Rows(self.seen, self.meaning[:, :0])

    def at(self, numbers: npt.NDArray[np.intp]) -> _Rows:
        return _Rows(tuple(self.seen[number] for number in numbers), self.meaning[numbers])

    def matrix(self) -> Any:
        """A sparse matrix (scipy has no types): cues, words, meaning side by side, each in its scale."""
        from scipy import sparse  # type: ignore[import-untyped]

        shares = np.concatenate([np.full(len(one.buckets), one.share) for one in self.seen]) * _WORDS_SCALE
        ends = np.cumsum([0, *(len(one.buckets) for one in self.seen)])
        words = sparse.csr_matrix((shares, np.concatenate([one.buckets for one in self.seen]), ends), shape=(len(self.seen), BUCKETS))
        return sparse.hstack([np.stack([one.cues for one in self.seen]), words, self.meaning * _MEANING_SCALE]).tocsr()

    def scores(self, weights: Weights) -> Floats:
        return np.stack([weights.scores(one, meaning) for one, meaning in zip(self.seen, self.meaning, strict=True)])


def _fitted(plain: _Rows, copies: _Rows, routes: npt.NDArray[np.intp]) -> Weights:
    """Multinomial logistic regression, kinds of message weighing the same; the scales are put into the weights."""
    from scipy import sparse
    from sklearn.linear_model import LogisticRegression

    # Vectors of one encoder crowd around their mean; taken off here and put into the constant, it costs nothing later.
    centre = plain.meaning.mean(axis=0)
    rows = sparse.vstack([_Rows(one.seen, one.meaning - centre).matrix() for one in (plain, copies)])
    importance = np.concatenate([np.ones(len(routes)), np.full(len(routes), _COPY_WEIGHT)])
    model = LogisticRegression(class_weight="balanced", max_iter=500).fit(rows, np.concatenate([routes, routes]), importance)
    cues, words, meaning = np.split(np.asarray(model.coef_, np.float32), np.cumsum([len(plain.seen[0].cues), BUCKETS]), axis=1)
    meaning = meaning * np.float32(_MEANING_SCALE)
    bias = np.asarray(model.intercept_ - meaning @ centre, np.float32)
    return Weights(cues, words * np.float32(_WORDS_SCALE), meaning, bias)


def _calibrated(plain: _Rows, copies: _Rows, routes: npt.NDArray[np.intp], families: Sequence[str]) -> tuple[Weights, float, float]:
    """The model with its limits, and the calibration error before and after, both on messages not fitted on."""
    from dataclasses import replace

    from sklearn.model_selection import GroupKFold

    scores = np.zeros((len(routes), len(ROUTES)), np.float32)
    for fit, held in GroupKFold(_FOLDS, shuffle=True, random_state=0).split(routes, groups=families):
        scores[held] = plain.at(held).scores(_fitted(plain.at(fit), copies.at(fit), routes[fit]))
    temperature = min(np.arange(0.3, 3.0, 0.02), key=lambda one: _loss(scores / one, routes))
    cold, warm = softmax(scores), softmax(np.asarray(scores / temperature, np.float32))
    right = scores.argmax(axis=1) == routes
    weights = replace(
        _fitted(plain, copies, routes),
        temperature=float(temperature),
        sure=_least_sure(warm.max(axis=1), right),
        flag=tuple(_least_flagged(warm[routes == ROUTES.index(one)], ROUTES.index(one)) for one in REVIEWED),
    )
    return weights, calibration_error(cold.max(axis=1), right), calibration_error(warm.max(axis=1), right)


def _loss(scores: npt.NDArray[np.floating[Any]], routes: npt.NDArray[np.intp]) -> float:
    chances = softmax(np.asarray(scores, np.float32))[np.arange(len(routes)), routes]
    return float(-np.log(np.maximum(chances, 1e-9)).mean())


def _least_sure(confidence: Floats, right: npt.NDArray[np.bool_]) -> float:
    """The least confidence from which on the wanted share is right; 1.0 where none does."""
    order = np.argsort(-confidence)
    shares = np.cumsum(right[order]) / np.arange(1, len(order) + 1)
    enough = np.flatnonzero(shares >= _RIGHT_WHEN_SURE)
    return float(confidence[order][enough[-1]]) if len(enough) else 1.0


def _least_flagged(probabilities: Floats, number: int) -> float:
    """The probability from which on a route is flagged, so that the wanted share of its messages is won or flagged."""
    missed = np.sort(np.where(probabilities.argmax(axis=1) == number, 1.0, probabilities[:, number]))
    return float(missed[int(len(missed) * (1 - _CAUGHT))])


def _route_scores(route: Route, messages: Sequence[Message], won: Sequence[Route], verdicts: Sequence[Routed]) -> RouteScores:
    mine = [message.route is route for message in messages]
    chosen = [one is route for one in won]
    hits = sum(a and b for a, b in zip(mine, chosen, strict=True))
    caught = sum(a and (b or route in verdict.review) for a, b, verdict in zip(mine, chosen, verdicts, strict=True))
    precision, recall = hits / max(1, sum(chosen)), hits / max(1, sum(mine))
    f1 = 2 * hits / max(1, sum(mine) + sum(chosen))
    return RouteScores(route, sum(mine), precision, recall, f1, caught / max(1, sum(mine)))


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    return "\n".join("| " + " | ".join(line) + " |" for line in [head, ["---"] * len(head), *rows])
