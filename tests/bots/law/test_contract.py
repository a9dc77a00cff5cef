"""The JSON of an answer keeps its published form, whatever the answer."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import jsonschema
import pytest

from assistant.answering.types import Answer, Outcome
from bots.law.contract import answer_json
from bots.law.render import answer_text
from bots.wording import ENGLISH, VIETNAMESE, Sentences
from corpus.ids import ProvisionId
from tests.answer_schema import answer_schema
from tests.bots.answers import answers_of_all_kinds


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Answer]:
    return answers_of_all_kinds(tmp_path_factory.mktemp("contract"))


def as_read(answer: Answer, words: Sentences = VIETNAMESE) -> dict[str, Any]:
    """What another program reads."""
    read: dict[str, Any] = json.loads(json.dumps(answer_json(answer, words), allow_nan=False))
    return read


def test_every_outcome_is_among_the_answers(answers: dict[str, Answer]) -> None:
    assert {answer.outcome for answer in answers.values()} == set(Outcome)


@pytest.mark.parametrize("words", [VIETNAMESE, ENGLISH], ids=["vi", "en"])
def test_every_answer_keeps_the_published_form(answers: dict[str, Answer], words: Sentences) -> None:
    validator = jsonschema.Draft202012Validator(answer_schema(), format_checker=jsonschema.FormatChecker())
    for name, answer in answers.items():
        assert [error.message for error in validator.iter_errors(as_read(answer, words))] == [], name


def test_citations_can_be_read_back(answers: dict[str, Answer]) -> None:
    for answer in answers.values():
        for written, citation in zip(as_read(answer)["citations"], answer.citations, strict=True):
            provision = ProvisionId.parse(written["provision"])
            assert provision == citation.provision
            assert (written["article"], written["clause"], written["point"]) == (provision.article, provision.clause, provision.point)
            assert written["quote"] == citation.quote
            assert written["valid_from"] == (citation.valid_from.isoformat() if citation.valid_from else None)


def test_days_are_written_so_that_every_program_reads_them(answers: dict[str, Answer]) -> None:
    changes = as_read(answers["changed law"])["citations"][0]["later_changes"]
    assert [(date.fromisoformat(change["since"]), change["certain"]) for change in changes] == [
        (date(2024, 1, 1), True),
        (date(2025, 1, 1), False),
    ]
    assert as_read(answers["old law"])["citations"][0]["valid_to"] == "2023-07-01"


def test_a_procedure_carries_its_bases_as_provisions(answers: dict[str, Answer]) -> None:
    procedure = as_read(answers["full procedure"])["procedure"]
    assert procedure["legal_basis"][0]["provisions"] == ["901/2020/QH14@8.3", "901/2020/QH14@404"]
    assert procedure["where"][0]["basis"] == ["901/2020/QH14@5"]
    assert procedure["fees"][0]["basis"] == ["901/2020/QH14@8.3"]
    assert procedure["checked_on"] == "2025-12-01"


def test_questions_that_find_a_guide_are_not_published_with_it(answers: dict[str, Answer]) -> None:
    assert not {"questions", "also_called"} & set(as_read(answers["procedure"])["procedure"])


def test_the_text_for_people_is_part_of_the_answer(answers: dict[str, Answer]) -> None:
    for answer in answers.values():
        assert as_read(answer)["answer"] == answer_text(answer, VIETNAMESE)


def test_only_guides_have_a_procedure(answers: dict[str, Answer]) -> None:
    assert {name for name, answer in answers.items() if as_read(answer)["procedure"]} == {
        "procedure",
        "full procedure",
        "in a commune",
        "in a divided town",
        "denunciation",
    }


def test_places_are_given_with_all_candidates_of_today(answers: dict[str, Answer]) -> None:
    (place,) = as_read(answers["in a divided town"])["places"]
    assert (place["text"], place["old"]["full"], place["old"]["level"]) == ("Đầm", "Thị xã Đầm, Tỉnh Hồ", "district")
    assert [area["code"] for area in place["today"]] == [f"0001{number}" for number in range(1, 9)]
    (whole,) = as_read(answers["in a commune"])["places"]
    assert whole == {
        "text": "xã Ao",
        "old": None,
        "today": [{"code": "00001", "name": "Xã Ao", "full": "Xã Ao, Thành phố Hồ", "level": "commune", "province": "01"}],
    }
    assert as_read(answers["law"])["places"] == []
