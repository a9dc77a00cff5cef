"""`dienhong chats …` lists what failed without what it says, and has it tried again."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant.bootstrap import Parts
from assistant.chats.parked import ParkedKind
from assistant.chats.unread import Unreadable, UnreadUpdates
from assistant.settings import Settings
from bots.cli import main
from bots.web.metrics import Metrics

WORDS = "con trâu trắng của ông Sửu"


@pytest.fixture
def unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> UnreadUpdates:
    """Where an update waits that could not be read."""
    monkeypatch.setenv("DIENHONG_HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    desk = Parts(Settings()).feedback
    updates = UnreadUpdates(desk.engine, desk.vault, desk.clock, "telegram")
    updates.put_aside([Unreadable("77", json.dumps({"text": WORDS}), "KeyError", "1001")])
    return updates


@pytest.mark.usefixtures("unread")
def test_what_is_parked_is_told_without_its_words(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["chats", "parked"]) == 0
    assert main(["chats", "parked", "--json"]) == 0
    line, row = capsys.readouterr().out.splitlines()
    assert line.startswith("telegram:77  telegram  chưa đọc được  KeyError  ")
    assert json.loads(row) | {"since": ""} == {
        "key": "telegram:77",
        "channel": "telegram",
        "kind": "update",
        "failure": "KeyError",
        "since": "",
        "wanted": False,
    }
    assert WORDS not in line + row


def test_what_is_to_be_tried_again_is_named_or_everything(unread: UnreadUpdates, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["chats", "retry"])
    assert main(["chats", "retry", "telegram:78"]) == 1
    assert unread.wanted(10) == []
    assert main(["chats", "retry", "telegram:77"]) == 0
    assert [one.external_id for one in unread.wanted(10)] == ["77"]
    unread.drop("77")
    assert main(["chats", "retry", "--all"]) == 0
    assert capsys.readouterr().out.splitlines()[-1].startswith("Đã đưa 0 tin nhắn trở lại")


def test_what_is_parked_is_counted_and_forgotten_once_it_is_gone() -> None:
    metrics = Metrics()
    metrics.park({("telegram", ParkedKind.UPDATE): 3, ("web", ParkedKind.EVENT): 1})
    assert b'dienhong_chats_parked{channel="telegram",kind="update"} 3.0' in metrics.text()
    metrics.park({("web", ParkedKind.EVENT): 1})
    assert b'channel="telegram"' not in metrics.text()
