"""The second opinion: heard on fields and levels where there is a meaning and a network, and nowhere else."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest

from assistant.feedback.suggesting import training
from assistant.feedback.suggesting.classify import FIELDS, ROWS, VALUES, Classifier
from assistant.feedback.suggesting.classify_reading import Floats, calm
from assistant.feedback.suggesting.training import LEAST, Outcome, train
from assistant.feedback.suggesting.training_labels import Label
from assistant.feedback.suggesting.tuned import Head, Shares, Tuned, log
from assistant.feedback.types import Field
from embeddings.adapter import Adapter
from embeddings.bundled import BundledEncoder
from embeddings.errors import ModelUnavailable
from tests.assistant.feedback.office import MORNING, open_office
from tests.databases import sqlite_url

_TEXT = "Xe buýt bỏ chuyến, đường đầy ổ gà"
_MEANING = np.full(384, 384**-0.5, np.float32)
_LARGEST_FILE = 3_000_000
_SHARES = {"field": Shares(5.0, 1.0), "level": Shares(3.0, 0.5)}


class Says(Tuned):
    """Says one field of every text; None where its network cannot run."""

    def __init__(self, field: Field | None) -> None:
        super().__init__(Adapter({}), Head(np.zeros((VALUES, 384), np.float32), np.zeros(VALUES, np.float32)), _SHARES, "{}")
        self._field = field

    def scores(self, texts: Sequence[str]) -> Floats | None:
        if self._field is None:
            return None
        scores = np.zeros((len(texts), VALUES), np.float32)
        scores[:, ROWS["field"].start + FIELDS.index(self._field)] = 20
        return scores


@pytest.fixture(scope="module")
def alone() -> Classifier:
    shipped = Classifier.load()
    return Classifier(shipped.lexicon, shipped.weights, shipped.limits)


def with_second(alone: Classifier, field: Field | None) -> Classifier:
    return Classifier(alone.lexicon, alone.weights, alone.limits, Says(field))


def test_field_goes_by_both_opinions_and_kinds_and_seal_by_the_classifier_alone(alone: Classifier) -> None:
    own, both = alone.classify(_TEXT, _MEANING), with_second(alone, Field.LAND).classify(_TEXT, _MEANING)
    assert (own.field[0].value, both.field[0].value) == (Field.TRANSPORT, Field.LAND)
    assert (both.kinds, both.seal, both.urgency, both.evidence) == (own.kinds, own.seal, own.urgency, own.evidence)


def test_the_model_says_whether_the_second_opinion_was_heard(alone: Classifier) -> None:
    second = with_second(alone, Field.TRANSPORT)
    assert second.classify(_TEXT, _MEANING).model == f"{alone.version}+{Says(None).version}"
    assert second.version == alone.version


@pytest.mark.parametrize(
    ("field", "meaning", "why"),
    [(None, _MEANING, "the network cannot run"), (Field.LAND, _MEANING * 0, "no encoder: no second opinion either")],
)
def test_otherwise_all_is_as_without_it(alone: Classifier, field: Field | None, meaning: Floats, why: str) -> None:
    assert with_second(alone, field).classify(_TEXT, meaning) == alone.classify(_TEXT, meaning), why


def test_shares_weigh_the_scores_of_their_tasks(alone: Classifier) -> None:
    own = {task: np.ones(3, np.float32) for task in ROWS}
    both = Says(None).combined(own, {task: np.arange(3, dtype=np.float32) for task in ROWS})
    assert {task: scores.tolist() for task, scores in both.items()} == {
        "kind": [1, 1, 1],
        "field": [5, 6, 7],
        "level": [3, 3.5, 4],
    }


def test_a_saved_one_is_read_as_it_was(tmp_path: Path) -> None:
    made = Tuned(Adapter({}), Head(np.eye(VALUES, 384, dtype=np.float32), np.ones(VALUES, np.float32)), _SHARES, '{"letters": 3}')
    made.save(tmp_path / "tuned.npz")
    again = Tuned.read((tmp_path / "tuned.npz").read_bytes())
    assert (again.version, again.shares, again.card) == (made.version, _SHARES, '{"letters": 3}')
    assert np.array_equal(again.head.weights, made.head.weights)


def test_a_network_that_cannot_run_is_told_once_and_asked_no_more(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def refused(*_: object, **__: object) -> None:
        raise ModelUnavailable("weights", "not for this CPU")

    monkeypatch.setattr("assistant.feedback.suggesting.tuned.BundledEncoder", refused)
    tuned = Tuned(Adapter({}), Head(np.zeros((VALUES, 384), np.float32), np.zeros(VALUES, np.float32)), _SHARES, "{}")
    with caplog.at_level("WARNING", log.name):
        assert [tuned.scores([_TEXT]) for _ in range(2)] == [None, None]
    assert [one.message for one in caplog.records] == ["tuned_unavailable"]


def test_without_the_file_there_is_none(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("assistant.feedback.suggesting.tuned.files", lambda _package: tmp_path)
    assert Tuned.load() is None


@pytest.mark.model
def test_the_shipped_one_is_small_and_finds_fields(alone: Classifier) -> None:
    shipped = Classifier.load()
    assert shipped.tuned
    assert sorted(shipped.tuned.shares) == ["field", "level"]
    assert sum(array.nbytes for array in shipped.tuned.adapter.named().values()) < _LARGEST_FILE
    found = shipped.classify(_TEXT, BundledEncoder().encode_queries([calm(_TEXT)])[0])
    assert found.field[0].value == Field.TRANSPORT
    assert found.model.startswith(f"{shipped.version}+")
    assert sum(one.score for one in found.level) == pytest.approx(1)


@pytest.fixture
def labelled() -> list[Label]:
    """Decisions on what this house calls by a name of its own."""
    text = "Trạm zumba số {} hỏng từ lâu, chưa ai sửa"
    return [Label(text.format(n), _MEANING, {"field": Field.SCIENCE_DIGITAL.value}, n, MORNING) for n in range(LEAST)]


@pytest.mark.parametrize(
    ("said", "outcome", "why"),
    [
        (Field.SCIENCE_DIGITAL, Outcome.NOT_BETTER, "the one in use hits all with it, too"),
        (None, Outcome.SWITCHED, "without it only the trained one hits"),
    ],
)
def test_the_second_opinion_is_heard_on_both_sides_when_classifiers_are_compared(
    alone: Classifier,
    labelled: list[Label],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    said: Field | None,
    outcome: Outcome,
    why: str,
) -> None:
    monkeypatch.setattr(training, "labels_of", lambda *_: labelled)
    monkeypatch.setattr(Classifier, "load", lambda: with_second(alone, said))
    with open_office(sqlite_url(tmp_path)) as office:
        report = train(office.engine, office.vault, tmp_path / "models", MORNING + timedelta(days=1), 0)
    assert report.outcome is outcome, why
    assert (report.in_use["field"] == 1) is (said is not None)
