"""The guides that the project ships, and what makes a guide unfit to ship."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from corpus.ids import ProvisionId
from corpus.sources.guide_schema import Guide
from corpus.sources.guides import load_guides
from corpus.text import squeeze
from corpus.types import Fee, Level, Paper, ProcessingTime

Content = dict[str, object]


def guide(**changes: object) -> Content:
    """An invented guide that keeps every rule, with `changes` on top."""
    content: Content = {
        "id": "dang-ky-tau-giay",
        "name": "Đăng ký tàu giấy",
        "code": "9.000001",
        "field": "Đường thủy tưởng tượng",
        "also_called": ["làm giấy cho tàu giấy"],
        "questions": ["đăng ký tàu giấy ở đâu"],
        "who": "Người gấp tàu",
        "where": [{"level": "commune", "body": "Ủy ban nhân dân cấp xã", "receives_at": None, "when": None, "basis": ["1/2030/QH20@3"]}],
        "steps": ["Bạn nộp tàu."],
        "papers": [{"name": "Tờ khai", "kind": "submit", "originals": 1, "copies": 0, "form": None, "when": None}],
        "fee": [{"amount_vnd": 0, "text": "Miễn phí", "when": None, "basis": ["1/2030/QH20@4.1.dd"]}],
        "processing_time": [{"value": 1, "unit": "working_day", "text": "Trong ngày", "when": None, "basis": []}],
        "online_level": "full",
        "online_address": "https://vi-du.vn",
        "result": "Giấy chứng nhận tàu giấy",
        "legal_basis": [{"document": "1/2030/QH20", "title": "Luật Tàu giấy", "provisions": ["1/2030/QH20@3"]}],
        "two_level_change": {"text": "Trước đây nộp ở huyện.", "basis": []},
        "notes": [],
        "unchecked": ["fee: mức của tỉnh"],
        "checked_on": date(2030, 1, 2),
        "sources": [{"title": "Sổ tay", "address": None}, {"title": "Cổng", "address": "https://vi-du.vn/1"}],
    }
    return content | changes


def write(folder: Path, content: object, name: str = "dang-ky-tau-giay.yaml") -> Path:
    path = folder / name
    path.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return path


def test_shipped_guides_keep_the_schema() -> None:
    report = load_guides()
    assert report.failures == ()
    assert report.procedures


def test_ids_of_shipped_guides_are_unique() -> None:
    ids = [procedure.id for procedure in load_guides().procedures]
    assert len(set(ids)) == len(ids)


def test_shipped_guides_can_be_found_by_everyday_words() -> None:
    poor = [p.id for p in load_guides().procedures if len(p.questions) < 8 or len(p.also_called) < 4]
    assert poor == []


def test_fees_and_times_of_shipped_guides_say_something() -> None:
    texts = {p.id: [fee.text for fee in p.fees] + [time.text for time in p.processing_times] for p in load_guides().procedures}
    assert [name for name, said in texts.items() if not said or not all(text.strip() for text in said)] == []


def test_guide_arrives_whole_in_the_domain(tmp_path: Path) -> None:
    write(tmp_path, guide())
    (procedure,) = load_guides(tmp_path).procedures
    assert (procedure.id, procedure.code, procedure.is_guide) == ("dang-ky-tau-giay", "9.000001", True)
    assert (procedure.where[0].level, procedure.where[0].basis) == (Level.COMMUNE, (ProvisionId("1/2030/QH20", "3"),))
    assert procedure.papers == (Paper("Tờ khai", True, 1, 0),)
    assert procedure.fees == (Fee(0, "Miễn phí", None, (ProvisionId("1/2030/QH20", "4", "1", "đ"),)),)
    assert procedure.processing_times == (ProcessingTime(1, "working_day", "Trong ngày"),)
    assert (procedure.checked_on, procedure.source_address) == (date(2030, 1, 2), "https://vi-du.vn/1")
    assert procedure.two_level_change == "Trước đây nộp ở huyện."


def test_paper_to_show_is_not_to_submit(tmp_path: Path) -> None:
    paper = {"name": "Căn cước", "kind": "show", "originals": None, "copies": None, "form": None, "when": None}
    write(tmp_path, guide(papers=[paper]))
    assert not load_guides(tmp_path).procedures[0].papers[0].must_submit


PLACE: Content = {"level": "commune", "body": "Xã", "receives_at": None, "when": None, "basis": []}
TIME: Content = {"value": 1, "unit": "day", "text": "x", "when": None, "basis": []}
FEE: Content = {"amount_vnd": 0, "text": "x", "when": None, "basis": []}
LAW: Content = {"document": "1/2030/QH20", "title": "x", "provisions": []}

BROKEN: list[tuple[Content, str, str]] = [
    # what is changed, the key that the failure names, words of the reason
    ({"fees": []}, "fees", "not permitted"),  # misspelt key: the real one would be empty
    ({"id": "Đăng-ký"}, "id", "pattern"),  # ids are typed and linked: ASCII
    ({"id": "khac-ten-file"}, "id", "not the file name"),
    ({"code": 9.000001}, "code", "string"),  # without quotes the zeros at the end are lost
    ({"code": "9.1"}, "code", "pattern"),
    ({"questions": []}, "questions", "at least 1"),
    ({"questions": ["  "]}, "questions.0", "empty text"),
    ({"also_called": []}, "also_called", "at least 1"),
    ({"who": ""}, "who", "empty text"),
    ({"where": [PLACE | {"level": "district"}]}, "where.0.level", "'central', 'province' or 'commune'"),  # no district since 2025
    ({"where": [PLACE | {"basis": ["Luật Hộ tịch"]}]}, "where.0.basis.0", "not a provision id"),
    ({"where": [PLACE | {"basis": [60]}]}, "where.0.basis.0", "quoted"),
    ({"papers": [{"name": "x", "kind": "nộp"}]}, "papers.0.kind", "'submit' or 'show'"),
    ({"fee": [FEE | {"amount_vnd": -1}]}, "fee.0.amount_vnd", "greater than or equal"),
    ({"fee": [FEE | {"amount_vnd": "10.000"}]}, "fee.0.amount_vnd", "integer"),
    ({"fee": [FEE | {"text": ""}]}, "fee.0.text", "empty text"),
    ({"processing_time": [TIME | {"unit": "week"}]}, "processing_time.0.unit", "'working_day'"),
    ({"processing_time": [TIME | {"unit": None}]}, "processing_time.0", "without its unit"),
    ({"processing_time": [TIME | {"value": True}]}, "processing_time.0.value", "integer"),  # `yes` is a boolean in YAML
    ({"online_level": "toàn trình"}, "online_level", "'full'"),
    ({"online_address": "dichvucong.gov.vn"}, "online_address", "pattern"),  # would not open as a link
    ({"legal_basis": []}, "legal_basis", "at least 1"),
    ({"legal_basis": [LAW | {"document": "?"}]}, "legal_basis.0", "not a provision id"),
    ({"legal_basis": [LAW | {"provisions": ["2/2030/QH20@1"]}]}, "legal_basis.0", "not a provision of 1/2030/QH20"),
    ({"legal_basis": [LAW | {"provisions": ["1/2030/QH20"]}]}, "legal_basis.0", "not a provision"),  # a whole law proves nothing
    ({"unchecked": ["lệ phí chưa rõ"]}, "unchecked.0", "field: what is open"),
    ({"unchecked": ["fees: chưa rõ"]}, "unchecked.0", "field: what is open"),  # the field is `fee`
    ({"checked_on": "02/01/2030"}, "checked_on", "date"),
    ({"sources": []}, "sources", "at least 1"),
]


@pytest.mark.parametrize(("change", "key", "reason"), BROKEN, ids=[f"{key}-{reason}" for _, key, reason in BROKEN])
def test_broken_guide_is_left_out_and_its_fault_named(tmp_path: Path, change: Content, key: str, reason: str) -> None:
    write(tmp_path, guide(**change))
    report = load_guides(tmp_path)
    assert report.procedures == ()
    assert any(f.place.startswith("dang-ky-tau-giay.yaml:") and key in f.reason and reason in f.reason for f in report.failures), report


@pytest.mark.parametrize("key", Guide.model_fields)
def test_missing_key_is_named(tmp_path: Path, key: str) -> None:
    write(tmp_path, {name: value for name, value in guide().items() if name != key})
    (failure,) = load_guides(tmp_path).failures
    assert failure.reason == f"{key}: Field required"


def test_fault_is_given_with_its_line(tmp_path: Path) -> None:
    path = write(tmp_path, guide(result=""))
    line = 1 + [row.partition(":")[0] for row in path.read_text("utf-8").splitlines()].index("result")
    (failure,) = load_guides(tmp_path).failures
    assert failure.place == f"dang-ky-tau-giay.yaml:{line}"


UNREADABLE: list[tuple[bytes, str, str]] = [
    # bytes of the file, place, words of the reason
    ("name: Đăng ký\nwho: \udcff".encode("utf-8", "surrogateescape"), "dang-ky-tau-giay.yaml:2", "not UTF-8"),
    (b"name: a\nwho: [1, 2\n", "dang-ky-tau-giay.yaml:3", "not YAML"),
    (b"name: a\nfee: []\nfee: [b]\n", "dang-ky-tau-giay.yaml:3", "key written twice: fee"),  # else the first fee vanishes
    (b"papers:\n- name: a\n  name: b\n", "dang-ky-tau-giay.yaml:3", "key written twice: name"),
    (b"checked_on: 2030-13-45\n", "dang-ky-tau-giay.yaml", "not YAML"),
    (b"name: a\x07b\n", "dang-ky-tau-giay.yaml", "not YAML"),  # a control sign
    (b"", "dang-ky-tau-giay.yaml:1", "file"),
    (b"- a\n- b\n", "dang-ky-tau-giay.yaml:1", "file"),
]


@pytest.mark.parametrize(("content", "place", "reason"), UNREADABLE)
def test_unreadable_file_is_a_failure_with_its_place(tmp_path: Path, content: bytes, place: str, reason: str) -> None:
    (tmp_path / "dang-ky-tau-giay.yaml").write_bytes(content)
    (failure,) = load_guides(tmp_path).failures
    assert failure.place.startswith(place)
    assert reason in failure.reason


def test_broken_file_does_not_hide_the_others(tmp_path: Path) -> None:
    write(tmp_path, guide())
    write(tmp_path, {"id": "hong"}, "hong.yaml")
    report = load_guides(tmp_path)
    assert [procedure.id for procedure in report.procedures] == ["dang-ky-tau-giay"]
    assert {failure.place.partition(":")[0] for failure in report.failures} == {"hong.yaml"}


def test_file_with_another_ending_is_reported_not_ignored(tmp_path: Path) -> None:
    write(tmp_path, guide(), "dang-ky-tau-giay.yml")
    report = load_guides(tmp_path)
    assert (len(report.procedures), len(report.failures)) == (0, 1)


def test_folder_that_is_not_there_is_a_failure(tmp_path: Path) -> None:
    (failure,) = load_guides(tmp_path / "none").failures
    assert failure.reason == "no such folder"


@given(st.text(alphabet=st.characters(blacklist_categories=("Cs", "Cc")), min_size=1).filter(lambda text: squeeze(text) != ""))
def test_any_text_survives_the_file(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    folder = tmp_path_factory.mktemp("guides")
    write(folder, guide(who=text))
    (procedure,) = load_guides(folder).procedures
    assert procedure.who == squeeze(text)
