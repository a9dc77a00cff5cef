"""The parts of an answer on the page: each in its form, and no word lost."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from assistant.answering.types import Outcome
from assistant.understanding.facts import Facts
from bots.law.contract import answer_json
from bots.web.answer_blocks import Block, answer_blocks
from bots.wording import sentences
from tests.bots.answers import answers_of_all_kinds

HOURS = "Trẻ em thả tàu giấy từ mấy giờ?"


def answered(client: TestClient, question: str, language: str) -> tuple[dict[str, Any], list[Block]]:
    answer = client.post("/api/v1/ask", json={"question": question}, headers={"Accept-Language": language}).json()
    return answer, answer_blocks(answer, language)


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize(
    ("question", "kinds"),
    [
        (HOURS, ["text", "quote", "notice"]),
        ("tre em tha tau giay tu may gio", ["text", "quote", "notice"]),  # what was understood is shown apart
        ("thủ tục đăng ký tên tàu giấy", ["title", "list", "steps", "basis"]),
        ("nhà hàng xóm đang cháy", ["telephones", "text"]),
        ("không rõ chuyện gì", ["text"]),  # the options are buttons
        ("luật cũ và luật mới về mức phạt làm bẩn ao hồ khác gì", ["side", "side", "quote", "quote", "notice"]),
        ("chào bạn nhé", ["text"]),
        ("", ["text"]),
    ],
)
def test_each_part_has_its_form(client: TestClient, question: str, kinds: list[str], language: str) -> None:
    _, blocks = answered(client, question, language)
    assert [block.kind for block in blocks if block.kind != "related"] == kinds


def test_the_basis_is_named_as_in_the_text_of_the_answer(client: TestClient) -> None:
    answer, blocks = answered(client, "thủ tục đăng ký tên tàu giấy", "vi")
    documents = next(block.lines for block in blocks if block.kind == "basis")
    assert documents == ("Bộ luật Tàu giấy số 901/2020/QH14", "Nghị định 902/2020/ND-CP không có trong kho")
    assert all(document in answer["answer"] for document in documents)


def test_the_sides_of_a_comparison_leave_the_quotations_their_provisions(client: TestClient) -> None:
    _, blocks = answered(client, "luật cũ và luật mới về mức phạt làm bẩn ao hồ khác gì", "vi")
    sides = [block for block in blocks if block.kind == "side"]
    assert sides[1].head == "Hiện nay"
    assert "300 đồng" in sides[1].lines[0]
    assert all(block.citations for block in blocks if block.kind == "quote")


@pytest.mark.parametrize(("outcome", "language"), [(Outcome.ANSWERED, "vi"), (Outcome.NEEDS_CLARIFICATION, "en")])
def test_a_fact_that_is_asked_back_stands_only_above_its_buttons(tmp_path: Path, outcome: Outcome, language: str) -> None:
    fact = Facts.load().all()[0]
    asking = replace(answers_of_all_kinds(tmp_path)["law"], outcome=outcome, basis="fact", asked_back=fact)
    answer = answer_json(asking, sentences(language))
    assert fact.question.in_language(language) in answer["answer"]
    shown = [line for block in answer_blocks(answer, language) for line in (block.head, *block.lines)]
    assert [
        line for line in shown if fact.question.in_language(language) in line or fact.options[0].label.in_language(language) in line
    ] == []


def test_a_quotation_knows_its_document_and_its_provisions(client: TestClient) -> None:
    _, blocks = answered(client, HOURS, "vi")
    quote = next(block for block in blocks if block.kind == "quote")
    assert (quote.head, quote.lines[0]) == ("Điều 5. Giờ thả tàu", "Bộ luật Tàu giấy số 901/2020/QH14; hiệu lực từ 01/01/2021")
    assert {one["article"] for one in quote.citations} == {"5"}
    assert quote.citations[0]["provision"] == "901/2020/QH14@5.1"


@pytest.mark.parametrize("question", [HOURS, "làm bẩn ao hồ bị phạt bao nhiêu", "nhà hàng xóm đang cháy", "năm 2022 làm bẩn ao hồ bị phạt"])
def test_no_word_of_an_answer_is_lost(client: TestClient, question: str) -> None:
    answer, blocks = answered(client, question, "vi")
    shown = " ".join(word for block in blocks for word in (block.head, *block.lines, *(f"{one['url']}" for one in block.citations)))
    related = {word for one in answer["related"] for word in re.findall(r"\w+", one["title"])}
    assert set(re.findall(r"\w+", answer["answer"])) - related <= set(re.findall(r"\w+", shown))
