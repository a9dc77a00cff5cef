"""Officers at the command line open files and learn how to reach senders."""

from __future__ import annotations

import json
import stat
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.database import open_database, upgrade
from assistant.feedback.intake import Attachment, ContactDetails
from assistant.feedback.vault import KeyFile
from assistant.settings import Settings
from tests.assistant.feedback.office import Office
from tests.bots.command import Ended, forked

PHOTO = Attachment("image/jpeg", b"\xff\xd8\xff photo")
LAN, FIRST = ("--as", "lan", "--role", "screener"), ("--as", "officer-1", "--role", "sealed_officer")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home with a report, which brought a photo, and a denunciation."""
    folder = tmp_path / "home"
    folder.mkdir()
    engine = open_database(Settings(home=folder).application_database)
    upgrade(engine)
    office = Office(engine, KeyFile(folder / "keys" / "feedback.keys").load_or_make())
    for text in ("Đường hỏng", "Tôi tố cáo ông Ba"):
        contact = ContactDetails(name="Lê Thị Sáu", phone="0912345678")
        office.intake.submit(replace(office.letter(text), contact=contact, attachments=(PHOTO,)))
        office.understander.understand_waiting()
    engine.dispose()
    return folder


def run(home: Path, name: str, *arguments: str) -> Ended:
    return forked(home, "feedback", name, *arguments)


def test_a_file_is_listed_and_written_for_whoever_asked_alone(home: Path, tmp_path: Path) -> None:
    out = tmp_path / "photo.jpg"
    listed = run(home, "attachments", "1", "--json", *LAN)
    assert json.loads(listed.out)["id"] == "1-1"
    assert "1-1" in run(home, "attachments", "1", *LAN).out
    written = run(home, "attachment", "1", "1-1", "--out", str(out), *LAN)
    assert (written.code, out.read_bytes(), stat.S_IMODE(out.stat().st_mode)) == (0, PHOTO.content, 0o600)
    again = run(home, "attachment", "1", "1-1", "--out", str(out), *LAN)
    assert (again.code, "Hãy chọn tên khác" in again.err) == (2, True)


def test_who_may_not_see_a_matter_writes_no_file(home: Path, tmp_path: Path) -> None:
    out = tmp_path / "photo.jpg"
    refused = run(home, "attachment", "2", "2-1", "--out", str(out), *LAN)
    assert (refused.code != 0, refused.is_explained, out.exists()) == (True, True, False)
    missing = run(home, "attachment", "1", "1-9", "--out", str(out), *LAN)
    assert (missing.code != 0, "không có tệp 1-9" in missing.err, out.exists()) == (True, True, False)
    assert run(home, "attachment", "2", "2-1", "--out", str(out), *FIRST).code == 0


def test_contact_details_are_read_by_the_owner_with_a_purpose(home: Path) -> None:
    refused = run(home, "contact", "1", "--purpose", "Gọi hỏi", *LAN)
    assert (refused.code != 0, "Hãy nhận hồ sơ trước" in refused.err) == (True, True)
    assert run(home, "claim", "1", "--version", "2", *LAN).out == "Đã nhận hồ sơ 1, nay là bản 3.\n"
    told = run(home, "contact", "1", "--purpose", "Gọi hỏi", *LAN)
    assert ("Họ và tên: Lê Thị Sáu\nSố điện thoại: 0912345678\n" in told.out, "Địa chỉ" in told.out) == (True, False)
    assert json.loads(run(home, "contact", "1", "--purpose", "Gọi hỏi", "--json", *LAN).out)["standing"] == "told"
    assert "Gọi hỏi" in run(home, "note", "1", *LAN).out
    assert run(home, "contact", "2", "--purpose", "Gọi hỏi", *LAN).code != 0
    assert "0912345678" in run(home, "contact", "2", "--purpose", "Gọi hỏi", *FIRST).out
