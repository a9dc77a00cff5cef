"""`dienhong webhook …` as an operator types it."""

from __future__ import annotations

import json
from pathlib import Path

from tests.bots.command import forked


def test_an_address_is_told_of_steps_until_it_is_ended(tmp_path: Path) -> None:
    assert "Chưa có nơi nhận nào" in forked(tmp_path, "webhook", "list").out
    added = forked(tmp_path, "webhook", "add", "Cổng kiến nghị", "http://127.0.0.1:9/hook", "--channel", "portal")
    assert (added.code, "whsec_" in added.out) == (0, True)
    (line,) = forked(tmp_path, "webhook", "list", "--json").out.splitlines()
    told = json.loads(line)
    assert (told["number"], told["channel"], "secret" in told) == (1, "portal", False)
    assert forked(tmp_path, "webhook", "send").out == "Đã gửi 0 thông báo.\n"
    assert forked(tmp_path, "webhook", "end", "1").code == 0
    again = forked(tmp_path, "webhook", "end", "1")
    assert (again.code, again.err) == (3, "Không có nơi nhận số 1 đang hoạt động. Xem: dienhong webhook list.\n")


def test_an_address_that_cannot_be_told_is_refused_in_words(tmp_path: Path) -> None:
    refused = forked(tmp_path, "webhook", "add", "cổng", "ftp://portal.example")
    assert (refused.code, refused.out) == (3, "")
    assert "https://" in refused.err
