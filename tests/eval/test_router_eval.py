"""Figures of the router against values worked out by hand, a training from little, and the sets of messages."""

from __future__ import annotations

import json
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest

from assistant.understanding.router import ROUTES, Floats
from assistant.understanding.routes import Route, Routed
from corpus.text import fold, nfc
from eval.errors import BadLine, DuplicateId, NothingJudged, SetFileMissing
from eval.router import Message, calibration_error, evaluate_router, read_messages, trained

DATA = Path(str(files("eval") / "data"))
SPLITS = ("train", "dev", "test")


def message(text: str, route: Route, family: str = "f") -> Message:
    return Message(text, text, route, family, "plain")


def routed(route: Route, confidence: float = 0.9, *, sure: bool = True, review: tuple[Route, ...] = ()) -> Routed:
    return Routed(route if sure else None, confidence, ((route, confidence),), review)


def test_figures_count_what_won_what_was_flagged_and_what_was_left_open() -> None:
    verdicts = {
        "a": routed(Route.EMERGENCY),
        "b": routed(Route.REPORT, review=(Route.EMERGENCY,)),
        "c": routed(Route.REPORT),
        "d": routed(Route.REPORT, 0.4, sure=False, review=(Route.DENUNCIATION,)),
    }
    truth = {"a": Route.EMERGENCY, "b": Route.EMERGENCY, "c": Route.REPORT, "d": Route.REPORT}
    report = evaluate_router([message(text, route) for text, route in truth.items()], verdicts.__getitem__)
    emergency = next(one for one in report.routes if one.route is Route.EMERGENCY)
    assert (emergency.recall, emergency.precision, emergency.caught) == (0.5, 1.0, 1.0)
    assert report.accuracy == 0.75
    assert report.abstained == 0.25
    assert report.accuracy_when_sure == pytest.approx(2 / 3)
    assert report.review_rate == 0.5
    assert report.macro_f1 == pytest.approx((2 / 3 + 4 / 5) / 2)
    assert report.confusion[ROUTES.index(Route.EMERGENCY)][ROUTES.index(Route.REPORT)] == 1


def test_the_report_shows_its_confusion_table_and_is_plain_json() -> None:
    report = evaluate_router([message("a", Route.REPORT)], lambda _: routed(Route.COMPLAINT))
    assert "| report | · | · | · | · | · | · | 1 |" in report.table()
    assert json.loads(json.dumps(report.to_json()))["n"] == 1


def test_nothing_is_not_judged() -> None:
    with pytest.raises(NothingJudged):
        evaluate_router([], lambda _: routed(Route.REPORT))


@pytest.mark.parametrize(
    ("confidences", "right", "expected", "why"),
    [
        ([1.0, 1.0], [True, True], 0.0, "sure and right"),
        ([0.9, 0.9], [False, False], 0.9, "sure and wrong"),
        ([0.55, 0.55], [True, False], 0.05, "half sure, half right"),
    ],
)
def test_calibration_error_is_the_gap_between_confidence_and_truth(
    confidences: list[float], right: list[bool], expected: float, why: str
) -> None:
    assert calibration_error(confidences, right) == pytest.approx(expected), why


def plainly_prepared(texts: Sequence[str]) -> tuple[Sequence[str], Floats]:
    """Texts as they are, with a vector that tells nothing."""
    return texts, np.full((len(texts), 384), 384**-0.5, np.float32)


@pytest.mark.slow
def test_a_router_learns_routes_from_wordings_of_other_families() -> None:
    words = {route: [f"{route.value}{letter}" for letter in "xyz"] for route in ROUTES}
    messages = [
        message(f"{first} {second} {number}", route, f"{route}-{number}")
        for route, own in words.items()
        for number, (first, second) in enumerate(zip(own * 2, own[1:] * 3, strict=True))
    ]
    router = trained(messages, plainly_prepared).router
    right = [router.route(f"{own[0]} {own[1]}", None).candidates[0][0] is route for route, own in words.items()]
    assert all(right)


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (None, SetFileMissing),
        ('{"id": "1", "text": "a", "route": "weather", "family": "f", "style": "plain"}', BadLine),
        ('{"id": "1", "text": "a", "route": "report", "family": "f", "style": "plain"}\n' * 2, DuplicateId),
    ],
)
def test_a_bad_file_is_refused(tmp_path: Path, content: str | None, error: type[Exception]) -> None:
    path = tmp_path / "messages.jsonl"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    with pytest.raises(error):
        read_messages(path)


def test_no_family_and_no_wording_is_in_two_splits() -> None:
    splits = [read_messages(DATA / f"router-{split}.jsonl") for split in SPLITS]
    everything = [one for split in splits for one in split]
    assert sum(len({one.family for one in split}) for split in splits) == len({one.family for one in everything})
    assert len({fold(one.text) for one in everything}) == len(everything) == len({one.id for one in everything})
    assert [one.id for one in everything if nfc(one.text) != one.text] == []


@pytest.mark.parametrize("split", SPLITS)
def test_each_split_holds_every_route(split: str) -> None:
    assert {one.route for one in read_messages(DATA / f"router-{split}.jsonl")} == set(Route)
