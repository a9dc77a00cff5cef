"""Evaluation sets as files have them, good and broken."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from corpus.ids import ProvisionId
from eval.errors import BadLine, DuplicateId, EvalError, SetFileMissing, UnknownId
from eval.sets import AnswerQuestion, GoldArticle, Question, SetArticle, read_answer_questions, read_retrieval_set
from tests.shared import need_shared

_ARTICLE = '{"id": "L@%s", "law_id": "L", "law_title": "Luật", "article_no": "%s", "title": "", "text": "Một\u2028hai"}'
_ANSWER = {
    "id": "lab-001",
    "text": "Nghỉ ngang có sao không?",
    "style": "plain",
    "gold": [{"law": "45/2019/QH14", "article": "36", "clauses": ["1"]}],
    "answerable": True,
    "must_contain": ["30 ngày"],
}


def _retrieval_folder(folder: Path, **files: str) -> Path:
    content = {
        "corpus.jsonl": "\n".join(_ARTICLE % (number, number) for number in "123"),
        "queries.jsonl": '{"id": "q1", "text": "một?"}\n{"id": "q2", "text": "hai?", "expected": "fallback_required"}\n',
        "qrels.tsv": "q1\tL@1\nq1\tL@3\n",
    } | {name.replace("_", "."): text for name, text in files.items()}
    for name, text in content.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def _answers_file(folder: Path, *lines: dict[str, object]) -> Path:
    path = folder / "answers.jsonl"
    path.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines), encoding="utf-8")
    return path


def test_retrieval_set_is_read_whole(tmp_path: Path) -> None:
    judged = read_retrieval_set(_retrieval_folder(tmp_path))
    assert judged.articles[2] == SetArticle("L@3", "L", "Luật", "3", "", "Một\u2028hai")
    assert judged.questions == (Question("q1", "một?"), Question("q2", "hai?", "fallback_required"))
    assert [question.must_refuse for question in judged.questions] == [False, True]
    assert dict(judged.gold) == {"q1": {"L@1", "L@3"}}


def test_pair_judged_for_several_clauses_counts_once(tmp_path: Path) -> None:
    folder = _retrieval_folder(tmp_path, qrels_tsv="q1\tL@1\trequired\t1\t\nq1\tL@1\trequired\t2\ta\n")
    assert dict(read_retrieval_set(folder).gold) == {"q1": {"L@1"}}


def test_blank_lines_byte_order_mark_and_windows_line_ends_are_no_matter(tmp_path: Path) -> None:
    folder = _retrieval_folder(tmp_path, qrels_tsv="\ufeffq1\tL@1\r\n\r\nq2\tL@2\r\n")
    assert dict(read_retrieval_set(folder).gold) == {"q1": {"L@1"}, "q2": {"L@2"}}


@pytest.mark.parametrize("name", ["corpus.jsonl", "queries.jsonl", "qrels.tsv"])
def test_missing_file_is_named(tmp_path: Path, name: str) -> None:
    (_retrieval_folder(tmp_path) / name).unlink()
    with pytest.raises(SetFileMissing) as caught:
        read_retrieval_set(tmp_path)
    assert caught.value.path == tmp_path / name
    assert isinstance(caught.value, EvalError)


@pytest.mark.parametrize(
    ("name", "content", "line", "error", "why"),
    [
        ("queries.jsonl", '{"id": "q1", "text": "một?"}\n{"id": ', 2, BadLine, "broken JSON"),
        ("queries.jsonl", '\n\n["q1"]', 3, BadLine, "not an object; blank lines count"),
        ("queries.jsonl", '{"id": "q1"}', 1, BadLine, "no text"),
        ("queries.jsonl", '{"id": "q1", "text": "a"}\n{"id": "q1", "text": "b"}', 2, DuplicateId, "question twice"),
        ("corpus.jsonl", "\n".join([_ARTICLE % (1, 1)] * 2), 2, DuplicateId, "article twice"),
        ("qrels.tsv", "q1\tL@1\nq1 L@2\n", 2, BadLine, "no tab"),
        ("qrels.tsv", "q1\tL@1\nq1\tL@9\n", 2, UnknownId, "article not in the corpus"),
        ("qrels.tsv", "q9\tL@1\n", 1, UnknownId, "question not in the set"),
        ("qrels.tsv", "q1\tL@1\nq1\tL@1\n", 2, DuplicateId, "judgement twice"),
    ],
)
def test_fault_is_named_by_file_and_line(tmp_path: Path, name: str, content: str, line: int, error: type[BadLine], why: str) -> None:
    folder = _retrieval_folder(tmp_path, **{name.replace(".", "_"): content})
    with pytest.raises(BadLine) as caught:
        read_retrieval_set(folder)
    assert (type(caught.value), caught.value.path, caught.value.line) == (error, folder / name, line), why
    assert str(folder / name) in str(caught.value)


@pytest.mark.parametrize("name", ["queries.jsonl", "qrels.tsv"])
def test_bytes_that_are_not_utf8_are_named_by_line(tmp_path: Path, name: str) -> None:
    folder = _retrieval_folder(tmp_path)
    (folder / name).write_bytes('{"id": "q1", "text": "được"}'.encode("utf-16"))
    with pytest.raises(BadLine) as caught:
        read_retrieval_set(folder)
    assert caught.value.line == 1


def test_unknown_id_is_an_attribute(tmp_path: Path) -> None:
    with pytest.raises(UnknownId) as caught:
        read_retrieval_set(_retrieval_folder(tmp_path, qrels_tsv="q1\tL@9\n"))
    assert caught.value.identifier == "L@9"


def test_answer_question_names_provisions(tmp_path: Path) -> None:
    refused = {**_ANSWER, "id": "out-1", "gold": [], "answerable": False, "must_contain": [], "note": "passed over"}
    first, second = read_answer_questions(_answers_file(tmp_path, _ANSWER, refused))
    gold = GoldArticle(ProvisionId.parse("45/2019/QH14@36"), ("1",))
    assert first == AnswerQuestion("lab-001", "Nghỉ ngang có sao không?", "plain", (gold,), True, ("30 ngày",))
    assert (second.answerable, second.gold) == (False, ())


@pytest.mark.parametrize(
    ("law", "article", "expected", "why"),
    [
        ("145/2020/NĐ-CP", "12", "145/2020/ND-CP@12", "Đ of a number is D"),
        ("100/2015/QH13", "217A", "100/2015/QH13@217a", "letters of articles are small"),
    ],
)
def test_gold_is_in_the_normal_form_of_provisions(tmp_path: Path, law: str, article: str, expected: str, why: str) -> None:
    path = _answers_file(tmp_path, {**_ANSWER, "gold": [{"law": law, "article": article, "clauses": []}]})
    assert read_answer_questions(path)[0].gold == (GoldArticle(ProvisionId.parse(expected)),), why


@pytest.mark.parametrize(
    ("change", "error", "why"),
    [
        ({"gold": [{"law": "45/2019/QH14", "article": "Điều 36", "clauses": []}]}, BadLine, "not an article number"),
        ({"gold": [{"law": "?", "article": "36", "clauses": []}]}, BadLine, "not a document number"),
        ({"gold": "36"}, BadLine, "gold is no list"),
        ({"answerable": None}, BadLine, "neither true nor false"),
        ({"id": "lab-001"}, DuplicateId, "id twice"),
    ],
)
def test_fault_in_answers_file_is_named_by_line(tmp_path: Path, change: dict[str, object], error: type[BadLine], why: str) -> None:
    path = _answers_file(tmp_path, _ANSWER, {**_ANSWER, "id": "lab-002", **change})
    with pytest.raises(BadLine) as caught:
        read_answer_questions(path)
    assert (type(caught.value), caught.value.path, caught.value.line) == (error, path, 2), why


def test_missing_answers_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(SetFileMissing):
        read_answer_questions(tmp_path / "absent.jsonl")


@pytest.mark.shared_data
@pytest.mark.parametrize(
    ("name", "articles", "questions", "judged", "to_refuse"),
    [("alqac2025-train", 3069, 729, 728, 0), ("drill-dev", 3352, 109, 109, 0), ("bench-dev", 6544, 85, 55, 17)],
)
def test_real_set_is_read_whole(name: str, articles: int, questions: int, judged: int, to_refuse: int) -> None:
    real = read_retrieval_set(need_shared(f"retrieval/{name}"))
    refused = sum(question.must_refuse for question in real.questions)
    assert (len(real.articles), len(real.questions), len(real.gold), refused) == (articles, questions, judged, to_refuse)
