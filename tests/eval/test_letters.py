"""The project's own letters: what the files promise of kinds, spans, families and groups holds line by line."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from assistant.understanding.routes import Route
from eval.router import read_messages
from tests.project_files import PROJECT

KINDS = {"question", "report", "recommendation", "voter_recommendation", "complaint", "denunciation", "emergency", "praise", "spam"}
LEVELS = {"commune", "province", "central", None}
HALVES = ("feedback-train", "feedback-test")


def path_of(half: str) -> Path:
    return PROJECT / "eval" / "data" / f"{half}.jsonl"


def letters(half: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path_of(half).read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("half", HALVES)
def test_spans_hold_what_they_say(half: str) -> None:
    for letter in letters(half):
        for span in letter["pii"]:
            assert letter["text"][span["start"] : span["end"]] == span["text"], letter["id"]


@pytest.mark.parametrize("half", HALVES)
def test_exactly_denunciations_are_sealed(half: str) -> None:
    for letter in letters(half):
        assert set(letter["kinds"]) <= KINDS, letter["id"]
        assert letter["level"] in LEVELS, letter["id"]
        assert letter["sealed"] == ("denunciation" in letter["kinds"]), letter["id"]


@pytest.mark.parametrize("half", HALVES)
def test_a_group_of_duplicates_has_several_members(half: str) -> None:
    groups = Counter(letter["duplicate_group"] for letter in letters(half) if letter["duplicate_group"])
    assert len(groups) >= 15
    assert min(groups.values()) >= 2


def test_the_halves_share_no_situation_and_no_text() -> None:
    train, test = (letters(half) for half in HALVES)
    assert not {one["family"] for one in train} & {one["family"] for one in test}
    texts = Counter(one["text"] for one in (*train, *test))
    assert texts.most_common(1)[0][1] == 1


def test_letters_of_one_kind_become_messages_of_its_route(tmp_path: Path) -> None:
    rows = [
        {"id": "a", "text": "Đèn đường hỏng.", "kinds": ["report"], "family": "f", "style": "plain", "field": "utilities"},
        {"id": "b", "text": "Nên giảm giá nước.", "kinds": ["voter_recommendation"], "family": "g", "style": "plain"},
        {"id": "c", "text": "Đèn hỏng, nên thay.", "kinds": ["report", "recommendation"], "family": "h", "style": "plain"},
        {"id": "d", "text": "Cảm ơn.", "kinds": ["praise"], "family": "i", "style": "plain"},
    ]
    file = tmp_path / "letters.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    assert [(one.id, one.route) for one in read_messages(file)] == [("a", Route.REPORT), ("b", Route.RECOMMENDATION)]
