"""`dienhong answers …` as a reviewer types it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant.bootstrap import Parts
from assistant.dialogue.types import FeedbackKind
from assistant.settings import Settings
from corpus.ids import ProvisionId
from tests.bots.command import forked


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home with two opinions in the queue."""
    queue = Parts(Settings(home=tmp_path)).answer_feedback
    queue.add("web 1", FeedbackKind.WRONG_ARTICLE, note="Sai\nđiều", provision=ProvisionId("45/2019/QH14", "36", "1"))
    queue.add("web 2", FeedbackKind.UNCLEAR)
    return tmp_path


def test_an_empty_queue_says_so(tmp_path: Path) -> None:
    listed = forked(tmp_path, "answers", "queue")
    assert (listed.code, listed.out) == (0, "Không có góp ý nào.\n")


def test_the_queue_is_read_and_what_was_looked_at_leaves_it(home: Path) -> None:
    lines = forked(home, "answers", "queue").out.splitlines()
    assert [line.split("  ")[-2:] for line in lines[:1]] == [["Sai điều luật", "45/2019/QH14@36.1"]]
    assert lines[1] == "     Sai điều"
    first = json.loads(forked(home, "answers", "queue", "--json", "--limit", "1").out)
    assert (first["kind"], first["note"], first["provision"], first["state"]) == ("wrong_article", "Sai\nđiều", "45/2019/QH14@36.1", "open")
    done = forked(home, "answers", "finish", str(first["id"]))
    assert (done.code, done.out) == (0, f"Đã xem xong góp ý số {first['id']}.\n")
    left = [json.loads(line)["kind"] for line in forked(home, "answers", "queue", "--json").out.splitlines()]
    seen = [json.loads(line)["kind"] for line in forked(home, "answers", "queue", "--json", "--done").out.splitlines()]
    assert (left, seen) == (["unclear"], ["wrong_article"])


def test_what_is_not_in_the_queue_cannot_be_finished(tmp_path: Path) -> None:
    refused = forked(tmp_path, "answers", "finish", "9")
    assert (refused.code, refused.out, refused.err) == (3, "", "Không có góp ý số 9.\n")
