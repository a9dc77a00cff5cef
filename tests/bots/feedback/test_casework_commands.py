"""What reviewers do to one recommendation at the command line, from its facts to a published answer."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from tests.bots.command import Ended, forked

CODE = re.compile(r"DH-[2-9A-Z]{5}-[2-9A-Z]{5}-[2-9A-Z]")
LAN, HUNG, MAI = (
    ("--as", "lan", "--role", "screener"),
    ("--as", "hung", "--role", "reviewer"),
    ("--as", "mai", "--role", "approver"),
)


TEXTS = ("Đường liên thôn Hạ hỏng, xe cứu thương không vào được", "Đường liên thôn Hạ có nhiều ổ gà từ mùa mưa")


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with two reports that have been read."""
    made = tmp_path_factory.mktemp("casework")
    for text in TEXTS:
        assert forked(made, "feedback", "submit", text, "--agree").code == 0
    assert forked(made, "feedback", "work").code == 0
    return made


@pytest.fixture
def home(read: Path, tmp_path: Path) -> Path:
    """The same for one test alone."""
    return Path(shutil.copytree(read, tmp_path / "home"))


def matter(home: Path, number: int = 1) -> dict[str, object]:
    rows = [json.loads(line) for line in forked(home, "feedback", "list", "--json").out.splitlines()]
    return dict(next(row for row in rows if row["number"] == number))


def act(home: Path, name: str, *arguments: str, number: int = 1) -> Ended:
    return forked(home, "feedback", name, str(number), *arguments, "--version", str(matter(home, number)["version"]))


def test_what_a_place_was_at_the_time_is_shown_where_it_was_another(tmp_path: Path) -> None:
    for text in ("Đường xã Tự Nhiên, huyện Thường Tín, Hà Nội hỏng nặng", "Đường phường Ba Đình, Hà Nội hỏng nặng"):
        assert forked(tmp_path, "feedback", "submit", text, "--agree").code == 0
    assert forked(tmp_path, "feedback", "work").code == 0
    shown = [forked(tmp_path, "feedback", "show", number, *HUNG).out for number in ("1", "2")]
    assert "Địa bàn khi đó: Xã Tự Nhiên, Huyện Thường Tín, Thành phố Hà Nội" in shown[0]
    assert "Địa bàn khi đó" not in shown[1]
    file = json.loads(forked(tmp_path, "feedback", "file", "2", *HUNG).out)
    assert file["area_then"] == file["area"] == matter(tmp_path, 2)["area_then"] == "commune:00004"


def test_a_matter_goes_from_its_facts_to_a_published_answer(home: Path) -> None:
    settled = act(home, "settle", "--field", "transport", "--level", "commune", "--title", "Đường liên thôn Hạ", *HUNG)
    assert (settled.code, settled.out) == (0, "Đã xong. Hồ sơ 1 nay là bản 3.\n")
    assert act(home, "merge", "1", *LAN, number=2).code == 0
    assert matter(home)["submissions"] == 2
    act(home, "move", "accepted", *LAN)
    act(home, "move", "routed", *HUNG)
    assert act(home, "refer", "Ủy ban nhân dân xã", "--basis", "45/2019/QH14@36", *HUNG).code == 0
    draft = ("Đã sửa đường trong tháng 11.", "--resolution", "settled", "--cite", "45/2019/QH14@36.1", "--done-by", "2026-11-30")
    assert act(home, "answer", *draft, *HUNG).code == 0
    refused = act(home, "approve", *MAI)
    assert (refused.code, "cần sửa" in refused.err) == (3, True)
    assert act(home, "approve", "--reason", "đã gọi điện trả lời thêm", *MAI).code == 0
    assert "đã gọi điện trả lời thêm" in forked(home, "feedback", "note", "1", *HUNG).out
    file = json.loads(forked(home, "feedback", "file", "1", *HUNG).out)
    assert (file["answers"][0]["text"], file["answers"][0]["done_by"]) == ("Đã sửa đường trong tháng 11.", "2026-11-30")
    code = file["joined"][0]["code"]
    assert act(home, "redact", "--text", f"{code}=Đường liên thôn hỏng", *HUNG).code == 0
    assert act(home, "publish", *MAI).code == 0
    assert "Đã công khai" in forked(home, "feedback", "show", code).out


def test_what_opposes_a_matter_is_linked_and_undone(home: Path) -> None:
    linked = act(home, "link", "opposes", "--matter", "2", "--reason", "muốn giữ chợ", *HUNG)
    (made,) = json.loads(linked.out)["links"]
    shown = json.loads(forked(home, "feedback", "links", "1", *HUNG).out)
    assert ([one["reason"] for one in shown["links"]], sum(shown["opponents"].values())) == (["muốn giữ chợ"], 1)
    assert act(home, "unlink", str(made), *HUNG).code == 0
    assert "không có liên kết đó" in act(home, "unlink", str(made), *HUNG).err
    assert "không có ý kiến nào mang mã này" in act(home, "link", "related", "--code", "DH-22222", "--reason", "r", *HUNG).err
    assert "đã thuộc hồ sơ" in act(home, "link", "related", "--matter", "1", "--reason", "r", *HUNG).err


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("settle", "--field", "sky", *HUNG), "Không có «sky»"),
        (("settle", "--kind", "denunciation", *HUNG), "Lưu bảo mật"),
        (("merge", "1", *LAN), "Không gộp được"),
        (("unmerge", "--to", "screening", *HUNG), "Không thể chuyển"),
        (("redact", "--text", "Đường hỏng", *HUNG), "CODE=TEXT"),
        (("approve", *MAI), "chưa có bản trả lời nào"),
        (("move", "linked", *LAN), "phải làm đúng việc đó"),
        (("answer", " ", "--resolution", "settled", *HUNG), "nội dung trống"),
        (("refer", "Sở Xây dựng", "--basis", "45/2019/QH14@36@1", *HUNG), "45/2019/QH14@36@1"),
    ],
)
def test_what_cannot_be_done_says_why(read: Path, arguments: tuple[str, ...], told: str) -> None:
    before = matter(read)
    ended = act(read, *arguments)
    assert ended.code != 0
    assert told in ended.err + ended.out
    assert matter(read) == before
