"""Training on what reviewers decided: what is sealed teaches nothing, only a surely better classifier takes over, files may break."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import select

from assistant.database import reading
from assistant.feedback.casework import Facts
from assistant.feedback.states import State, Step
from assistant.feedback.suggesting.classify import KINDS, Classifier
from assistant.feedback.suggesting.classify_files import keep, load_in_use
from assistant.feedback.suggesting.training import LEAST, Outcome, train
from assistant.feedback.suggesting.training_labels import Label, labels_of
from assistant.feedback.tables import audit_event
from assistant.feedback.types import Field, Kind
from tests.assistant.feedback.office import HUNG, LAN, MORNING, Office, open_office
from tests.databases import sqlite_url

# What this house calls by a name of its own, which no classifier can know from elsewhere.
_OWN = "Trạm zumba số {number} hỏng từ lâu, chưa ai sửa"
_TRANSPORT = "Xe buýt tuyến {number} bỏ chuyến, đường đầy ổ gà"
_NO_MEANING = np.zeros(384, np.float32)


@pytest.fixture(scope="module")
def shipped() -> Classifier:
    return Classifier.load()


@pytest.fixture
def one_office(tmp_path: Path) -> Iterator[Office]:
    """On one engine: many letters, and nothing that engines do differently."""
    with open_office(sqlite_url(tmp_path)) as opened:
        yield opened


def labels(office: Office) -> list[Label]:
    with reading(office.engine) as connection:
        return labels_of(connection, office.vault)


def decide(office: Office, number: int, facts: Facts) -> None:
    office.casework.settle(number, office.recommendations.show(number, HUNG).matter.version, facts, HUNG)


def many(office: Office, text: str, field: Field) -> None:
    """As many decisions as are needed to train."""
    for number in range(1, LEAST + 1):
        office.sent(text.format(number=number))
        decide(office, number, Facts(field=field))


def test_a_decision_is_a_label_for_each_task_that_was_decided(office: Office) -> None:
    office.sent()
    decide(office, 1, Facts(field=Field.ENVIRONMENT))
    (label,) = labels(office)
    assert (label.values, label.matter, label.decided_at) == ({"field": "environment"}, 1, MORNING)
    decide(office, 1, Facts(kind=Kind.REPORT, field=Field.TRANSPORT))
    assert labels(office)[0].values == {"kind": "report", "field": "transport"}


def test_what_nobody_decided_is_no_label(office: Office) -> None:
    office.sent()
    assert labels(office) == []


@pytest.mark.parametrize("how", ["sealed", "withdrawn", "erased"])
def test_what_is_sealed_withdrawn_or_erased_teaches_nothing(office: Office, how: str) -> None:
    code = office.sent()
    decide(office, 1, Facts(field=Field.ENVIRONMENT))
    if how == "sealed":
        seal(office, 1)
    if how == "withdrawn":
        office.own_data.withdraw(code)
    if how == "erased":
        office.own_data.erase(code)
    assert labels(office) == []


def seal(office: Office, number: int) -> None:
    office.recommendations.take(number, office.recommendations.show(number, LAN).matter.version, Step(State.SEALED, LAN))


def test_letters_joined_to_one_matter_are_held_out_together(office: Office) -> None:
    office.sent(sender="1")
    office.sent(sender="2")
    decide(office, 1, Facts(field=Field.ENVIRONMENT))
    decide(office, 2, Facts(field=Field.ENVIRONMENT))
    office.casework.merge(2, office.recommendations.show(2, HUNG).matter.version, 1, LAN)
    assert {label.matter for label in labels(office)} == {1}


def test_too_few_decisions_change_nothing(office: Office, tmp_path: Path, shipped: Classifier) -> None:
    office.sent()
    decide(office, 1, Facts(field=Field.ENVIRONMENT))
    report = train(office.engine, office.vault, tmp_path / "models", MORNING, 0)
    assert (report.outcome, report.labels, report.model) == (Outcome.TOO_FEW, 1, shipped.version)
    assert not (tmp_path / "models").exists()


def test_a_classifier_that_hits_decisions_it_has_not_seen_more_often_takes_over(
    one_office: Office, tmp_path: Path, shipped: Classifier
) -> None:
    many(one_office, _OWN, Field.SCIENCE_DIGITAL)
    folder = tmp_path / "models"
    report = train(one_office.engine, one_office.vault, folder, MORNING + timedelta(days=1), 0)
    assert report.outcome is Outcome.SWITCHED
    assert (report.in_use["field"] or 0) < 0.5 < (report.trained["field"] or 0)
    used = load_in_use(folder)
    assert (used.classifier.version, used.trained_at) == (report.model, MORNING + timedelta(days=1))
    text = _OWN.format(number=1000)
    assert used.classifier.classify(text, _NO_MEANING).field[0].value == Field.SCIENCE_DIGITAL
    guarded = [KINDS.index(Kind.DENUNCIATION), KINDS.index(Kind.EMERGENCY)]
    assert np.array_equal(used.classifier.weights.words[guarded], shipped.weights.words[guarded])
    with reading(one_office.engine) as connection:
        assert report.model in "".join(connection.execute(select(audit_event.c.record)).scalars())
    # What it was fitted to no longer judges it.
    assert train(one_office.engine, one_office.vault, folder, MORNING + timedelta(days=2), 0).judged == 0


def test_a_classifier_that_is_no_better_does_not_take_over(one_office: Office, tmp_path: Path, shipped: Classifier) -> None:
    many(one_office, _TRANSPORT, Field.TRANSPORT)
    report = train(one_office.engine, one_office.vault, tmp_path / "models", MORNING, 0)
    assert (report.outcome, report.judged, report.model) == (Outcome.NOT_BETTER, LEAST, shipped.version)
    assert not (tmp_path / "models").exists()


def test_a_broken_file_is_passed_over_and_told(tmp_path: Path, shipped: Classifier, caplog: pytest.LogCaptureFixture) -> None:
    other = Classifier(shipped.lexicon, shipped.weights, replace(shipped.limits, abstain=0.5))
    file = keep(other, shipped.version, tmp_path, MORNING)
    assert load_in_use(tmp_path).classifier.version == other.version
    file.write_bytes(file.read_bytes()[:-1000])
    with caplog.at_level(logging.WARNING):
        assert load_in_use(tmp_path).classifier.version == shipped.version
    assert "classifier_broken" in caplog.text


def test_a_file_that_goes_back_to_another_shipped_classifier_is_left_alone(tmp_path: Path, shipped: Classifier) -> None:
    other = Classifier(shipped.lexicon, shipped.weights, replace(shipped.limits, abstain=0.5))
    keep(other, "0123456789ab", tmp_path, MORNING)
    assert load_in_use(tmp_path).trained_at is None


def test_no_folder_means_the_shipped_classifier(shipped: Classifier, tmp_path: Path) -> None:
    for folder in (None, tmp_path / "none"):
        assert load_in_use(folder).classifier.version == shipped.version
