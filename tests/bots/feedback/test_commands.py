"""`dienhong feedback …` as people type it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from assistant.feedback.vault import Keys, fresh_keys, write_keys
from tests.bots.command import forked

CODE = re.compile(r"DH-[2-9A-Z]{5}-[2-9A-Z]{5}-[2-9A-Z]")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("feedback")


@pytest.fixture(scope="module")
def code(home: Path) -> str:
    """The code of a report that has been read."""
    sent = forked(home, "feedback", "submit", "Đường liên thôn Hạ hỏng, xe cứu thương không vào được", "--agree", "--id", "tin-1")
    assert sent.code == 0
    assert forked(home, "feedback", "work").code == 0
    return CODE.findall(sent.out)[0]  # type: ignore[no-any-return]


def test_nothing_is_sent_before_the_sender_agrees(home: Path) -> None:
    refused = forked(home, "feedback", "submit", "Đường hỏng")
    assert (refused.code, refused.out) == (2, "")
    assert "Luật Bảo vệ dữ liệu cá nhân" in refused.err


def test_the_same_message_is_kept_once(home: Path, code: str) -> None:
    again = forked(home, "feedback", "submit", "Đường liên thôn Hạ hỏng", "--agree", "--id", "tin-1")
    assert CODE.findall(again.out) == [code]


def test_a_reviewer_lists_shows_and_moves(home: Path, code: str) -> None:
    (line,) = forked(home, "feedback", "list", "--json").out.splitlines()
    matter = json.loads(line)
    assert (matter["state"], matter["submissions"]) == ("screening", 1)
    shown = forked(home, "feedback", "show", str(matter["number"]))
    assert "xe cứu thương không vào được" in shown.out
    moved = forked(home, "feedback", "move", "1", "accepted", "--version", str(matter["version"]), "--role", "screener", "--as", "lan")
    assert moved.code == 0
    late = forked(home, "feedback", "move", "1", "accepted", "--version", str(matter["version"]), "--role", "screener")
    assert late.code == 3
    assert "vừa được người khác thay đổi" in late.err
    assert "Đã vào cơ sở dữ liệu kiến nghị" in forked(home, "feedback", "show", code).out


def test_a_denunciation_is_not_listed_for_reviewers(home: Path, code: str) -> None:
    forked(home, "feedback", "submit", "Tôi tố cáo ông chủ tịch xã nhận hối lộ 50 triệu của nhà thầu", "--agree")
    forked(home, "feedback", "work")
    assert "hối lộ" not in forked(home, "feedback", "show", "2").out
    assert len(forked(home, "feedback", "list", "--json").out.splitlines()) == 1
    assert "hối lộ" in forked(home, "feedback", "show", "2", "--role", "sealed_officer", "--as", "officer-1").out


def test_an_export_holds_no_words_and_nothing_sealed(home: Path, code: str) -> None:
    forked(home, "feedback", "submit", "Tôi tố cáo ông chủ tịch xã ăn chặn tiền cứu trợ", "--agree")
    forked(home, "feedback", "work")
    table = forked(home, "feedback", "export", "--role", "reviewer", "--role", "sealed_officer").out
    assert table.startswith("\ufeffnumber,state,kind")
    assert len(table.splitlines()) == 2
    assert "cứu" not in table
    (row,) = forked(home, "feedback", "export", "--format", "jsonl").out.splitlines()
    assert json.loads(row)["number"] == 1
    assert forked(home, "feedback", "export", "--format", "pdf").code == 3


def test_the_daily_round_can_be_made_twice(home: Path, code: str) -> None:
    for _ in range(2):
        ended = forked(home, "feedback", "daily")
        assert (ended.code, json.loads(ended.out.splitlines()[-1])) == (0, {"closed": []})


def test_few_decisions_train_nothing(home: Path, code: str) -> None:
    trained = forked(home, "feedback", "train")
    assert trained.code == 0
    assert trained.out.startswith("Mới có 0 quyết định của người xử lý")


def test_upkeep_tells_what_it_did(home: Path, code: str) -> None:
    assert "còn nguyên vẹn" in forked(home, "feedback", "verify-audit").out
    assert "--drop-old" in forked(home, "feedback", "rotate-keys").out
    assert forked(home, "feedback", "rotate-keys", "--drop-old").code == 0
    assert forked(home, "feedback", "purge").code == 0
    assert "xe cứu thương" in forked(home, "feedback", "show", "1").out


def test_keys_that_are_kept_elsewhere_are_exchanged_by_putting_the_new_one_first(tmp_path: Path) -> None:
    old = fresh_keys()
    new = old.with_new()

    def keys(of: Keys) -> dict[str, str]:
        return {"DIENHONG_FEEDBACK_KEYS": write_keys(of).replace("\n", ",")}

    sent = forked(tmp_path, "feedback", "submit", "Đường hỏng", "--agree", settings=keys(old))
    assert sent.code == 0
    assert forked(tmp_path, "feedback", "rotate-keys", settings=keys(new)).code == 0
    assert forked(tmp_path, "feedback", "work", settings=keys(new.newest())).code == 0
    assert "Đường hỏng" in forked(tmp_path, "feedback", "show", "1", settings=keys(new.newest())).out
    assert not (tmp_path / "keys").exists()


def test_unknown_codes_and_numbers_are_told(home: Path, code: str) -> None:
    for which in ("DH-22222-22222-2", "99"):
        unknown = forked(home, "feedback", "show", which)
        assert unknown.code == 3
        assert unknown.is_explained


def test_what_is_erased_is_gone(home: Path) -> None:
    sent = CODE.findall(forked(home, "feedback", "submit", "Xin xoá câu này", "--agree").out)[0]
    assert forked(home, "feedback", "erase", sent).code == 0
    assert forked(home, "feedback", "show", sent).code == 3


@pytest.mark.parametrize(
    "arguments", [("move", "1", "nowhere", "--version", "1"), ("list", "--state", "nowhere"), ("list", "--role", "king"), ("show", "")]
)
def test_bad_input_ends_in_a_sentence(home: Path, arguments: tuple[str, ...]) -> None:
    ended = forked(home, "feedback", *arguments)
    assert ended.code in (2, 3)
    assert ended.is_explained


def test_a_text_is_classified_and_nothing_of_it_kept(home: Path) -> None:
    ended = forked(home, "feedback", "classify", "Đề nghị xã Đông Anh sửa đường, liên hệ ông Nguyễn Văn Bình 0912345678", "--json")
    understood = json.loads(ended.out)
    assert understood["kind"]
    assert {span["type"] for span in understood["personal"]} >= {"phone", "name"}


def test_a_list_is_narrowed_ordered_and_goes_on(home: Path, code: str) -> None:
    forked(home, "feedback", "submit", "Cầu qua kênh làng Hạ gãy một nhịp, học sinh phải đi vòng", "--agree")
    forked(home, "feedback", "work")
    numbers = {json.loads(line)["number"] for line in forked(home, "feedback", "list", "--json").out.splitlines()}
    walked: list[int] = []
    following: list[str] = []
    while following or not walked:
        page = forked(
            home, "feedback", "list", "--json", "--order", "due", "--limit", "1", *(part for one in following for part in one.split())
        )
        walked.append(json.loads(page.out)["number"])
        assert f"Tổng số: {len(numbers)} hồ sơ." in page.err
        following = re.findall(r"--cursor \S+", page.err)
    assert (len(walked), set(walked)) == (len(numbers), numbers)
    assert "hạn " in forked(home, "feedback", "list", "--state", "screening").out
    assert forked(home, "feedback", "list", "--owner", "me", "--as", "lan").out == ""
    wrong = forked(home, "feedback", "list", "--order", "newest", "--cursor", "x")
    assert (wrong.code, wrong.out) == (3, "")
    assert "từ đầu danh sách" in wrong.err
