"""The measurements as the command line runs them, over invented texts and a fake encoder."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from assistant.bootstrap import Parts
from assistant.settings import EncoderChoice, Settings
from bots.preparation import index_meaning, index_words
from bots.render import answer_text
from bots.wording import VIETNAMESE
from embeddings.build import Progress
from eval import commands
from tests.assistant.toy_law import THEMES, fill

LAWS = (
    {
        "id": "a@1",
        "law_id": "a",
        "law_title": "Luật Ao",
        "article_no": "1",
        "title": "Giờ thả tàu",
        "text": "Điều 1. Giờ thả tàu\nThả tàu từ 6 giờ.",
    },
    {"id": "a@2", "law_id": "a", "law_title": "Luật Ao", "article_no": "2", "title": "Phạt", "text": "Ai làm bẩn ao thì bị phạt."},
    {"id": "b@1", "law_id": "b", "law_title": "Luật Diều", "article_no": "1", "title": "Nơi thả diều", "text": "Chỉ thả diều ở bãi cỏ."},
)


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    folder = tmp_path / "set"
    folder.mkdir()
    questions = ({"id": "1", "text": "làm bẩn ao bị phạt không"}, {"id": "2", "text": "thả diều ở đâu"})
    for name, rows in (("corpus", LAWS), ("queries", questions)):
        (folder / f"{name}.jsonl").write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    (folder / "qrels.tsv").write_text("1\ta@2\n2\tb@1\n", encoding="utf-8")
    return folder


@pytest.fixture
def asked(tmp_path: Path) -> Path:
    rows = [
        {
            "id": "1",
            "text": "khoản 3 Điều 2 Bộ luật Tàu giấy",
            "style": "plain",
            "gold": [{"law": "901/2020/QH14", "article": "2", "clauses": ["3"]}],
            "answerable": True,
        },
        {"id": "2", "text": "😀", "style": "plain", "gold": [], "answerable": False},
    ]
    file = tmp_path / "asked.jsonl"
    file.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    return file


@pytest.fixture
def product(tmp_path: Path) -> commands.Product:
    parts = Parts(Settings(home=tmp_path / "home", encoder=EncoderChoice.NONE))
    parts.encoder = THEMES
    fill(parts.store)
    index_words(parts, VIETNAMESE)
    index_meaning(parts, VIETNAMESE)

    @contextmanager
    def silent() -> Iterator[Progress]:
        yield lambda _stage, _done, _total: None

    return commands.Product(parts, parts.answerer, lambda answer: answer_text(answer, VIETNAMESE), silent)


def test_search_is_measured_over_the_texts_of_the_folder(texts: Path, product: commands.Product) -> None:
    figures = json.loads(commands.retrieval(argparse.Namespace(directory=str(texts), json=True), product))
    assert list(figures) == ["as_typed", "unaccented", "half_accented", "typos"]
    assert figures["as_typed"]["n"] == 2
    assert figures["as_typed"]["recall@1"] == 1.0


def test_a_heading_repeated_in_the_text_is_not_counted_twice(texts: Path, product: commands.Product) -> None:
    table = commands.retrieval(argparse.Namespace(directory=str(texts), json=False), product)
    assert "as_typed" in table


def test_answers_are_measured_as_people_see_them(asked: Path, product: commands.Product) -> None:
    figures = json.loads(commands.answers(argparse.Namespace(file=str(asked), json=True), product))
    assert (figures["n"], figures["refusal_recall"]) == (2, 1.0)


def test_speed_names_the_questions_and_the_passages(asked: Path, product: commands.Product) -> None:
    assert commands.speed(argparse.Namespace(file=str(asked)), product).startswith("2 questions over ")


def test_a_folder_without_a_set_is_an_error_that_names_the_file(tmp_path: Path, product: commands.Product) -> None:
    with pytest.raises(commands.EvalError, match=r"corpus\.jsonl"):
        commands.retrieval(argparse.Namespace(directory=str(tmp_path), json=True), product)
