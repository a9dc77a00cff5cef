"""Figures of how submissions are understood: each counts what it says."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant.feedback.suggesting.understanding import Suggested, Understanding
from assistant.feedback.types import PersonalDataType, PersonalSpan
from eval.errors import BadLine, DuplicateId, NothingJudged, SetFileMissing
from eval.feedback import evaluate_feedback, read_letters
from tests.project_files import PROJECT

ROAD = {
    "id": "a",
    "text": "Đường xã Hòa Bình hỏng, gọi Nam 0901",
    "kinds": ["report"],
    "field": "transport",
    "level": "commune",
    "place": {"mention": "xã Hòa Bình", "old_or_new": "old", "province": "Phú Thọ", "communes": ["Phường Hòa Bình", "Phường Tân Hòa"]},
    "pii": [{"start": 28, "end": 31, "type": "name", "text": "Nam"}, {"start": 32, "end": 36, "type": "phone", "text": "0901"}],
    "style": "plain",
}
BRIBE = {"id": "b", "text": "Chủ tịch nhận tiền", "kinds": ["denunciation"], "sealed": True, "style": "teencode"}
NAMES = {"commune:1": ("Phường Hòa Bình", "Tỉnh Phú Thọ"), "commune:2": ("Phường Tân Hòa", "Tỉnh Phú Thọ")}


def written(folder: Path, *lines: object) -> Path:
    path = folder / "letters.jsonl"
    path.write_text("\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines), encoding="utf-8")
    return path


def right(text: str) -> Understanding:
    """Understands both letters fully."""
    if text == BRIBE["text"]:
        return Understanding((Suggested("kind", "denunciation", 1),), (), seals=True, urgency="normal", model="m")
    suggestions = (
        Suggested("kind", "report", 1),
        Suggested("field", "land", 0.5),
        Suggested("field", "transport", 0.4),
        Suggested("level", "commune", 1),
        *(Suggested("place", key, 0.5, ((6, 17),)) for key in NAMES),
    )
    personal = (PersonalSpan(28, 31, PersonalDataType.NAME), PersonalSpan(32, 36, PersonalDataType.PHONE))
    return Understanding(suggestions, personal, seals=False, urgency="normal", model="m")


def blind(_text: str) -> Understanding:
    """Takes everything for a report about something else and seals what it should not."""
    wrong = (Suggested("kind", "report", 1), Suggested("place", "commune:1", 1, ((6, 17),)))
    personal = (PersonalSpan(0, 5, PersonalDataType.NAME),)
    return Understanding(wrong, personal, seals=_text != BRIBE["text"], urgency="normal", model="m")


def test_a_letter_that_is_understood_counts_everywhere(tmp_path: Path) -> None:
    figures = evaluate_feedback(read_letters(written(tmp_path, ROAD, BRIBE)), right, NAMES.__getitem__, {}).to_json()
    assert (figures["n"], figures["kind_macro_f1"], figures["denunciation_recall"], figures["denunciation_review_rate"]) == (2, 1, 1, 0)
    assert (figures["field_top1"], figures["field_top3"], figures["level_accuracy"], figures["place_accuracy"]) == (0, 1, 1, 1)
    assert (figures["pii_recall"], figures["document_leak_rate"], figures["sealed_leaks"]) == ({"name": 1, "phone": 1}, 0, 0)
    assert figures["by_style"]["teencode"]["n"] == 1


def test_a_letter_that_is_not_understood_counts_nowhere(tmp_path: Path) -> None:
    figures = evaluate_feedback(
        read_letters(written(tmp_path, ROAD, BRIBE)), blind, NAMES.__getitem__, {"duplicate_recall@5": 0.5}
    ).to_json()
    assert (figures["denunciation_recall"], figures["denunciation_review_rate"], figures["sealed_leaks"]) == (0, 1, 1)
    assert (figures["field_top3"], figures["level_accuracy"], figures["place_accuracy"]) == (0, 0, 0)
    assert (figures["pii_recall"], figures["pii_precision"], figures["document_leak_rate"]) == ({"name": 0, "phone": 0}, {"name": 0}, 1)
    assert figures["duplicate_recall@5"] == 0.5


def test_fields_and_levels_are_judged_class_by_class(tmp_path: Path) -> None:
    doctor = {**ROAD, "id": "c", "field": "health", "level": "province"}
    unknown = {"id": "d", "text": "Chào", "kinds": ["praise"]}
    report = evaluate_feedback(read_letters(written(tmp_path, ROAD, doctor, BRIBE, unknown)), right, NAMES.__getitem__, {})
    figures = report.to_json()
    # Nobody named health; transport was second; land is nobody's field.
    assert (figures["field_macro_f1"], figures["level_macro_f1"]) == (0, round((2 * 1 / (1 + 2) + 0) / 2, 4))
    assert figures["confusion"]["field"] == {"health": {"land": 1}, "transport": {"land": 1}}
    assert figures["confusion"]["level"] == {"commune": {"commune": 1}, "province": {"commune": 1}}
    assert figures["confusion"]["kind"] == {"denunciation": {"denunciation": 1}, "praise": {"report": 1}, "report": {"report": 2}}
    assert "taken for another level:\n  province → commune: 1\n" in report.table()
    assert "field_macro_f1" in figures["by_style"]["plain"]


def test_no_suggestion_is_confused_with_none(tmp_path: Path) -> None:
    figures = evaluate_feedback(read_letters(written(tmp_path, ROAD)), blind, NAMES.__getitem__, {}).to_json()
    assert (figures["field_macro_f1"], figures["level_macro_f1"]) == (0, 0)
    assert figures["confusion"]["field"] == {"transport": {"none": 1}}
    assert figures["confusion"]["level"] == {"commune": {"none": 1}}


def test_the_table_names_what_was_taken_for_something_else(tmp_path: Path) -> None:
    assert (
        "denunciation → report: 1" in evaluate_feedback(read_letters(written(tmp_path, ROAD, BRIBE)), blind, NAMES.__getitem__, {}).table()
    )


def test_unusable_files_are_told(tmp_path: Path) -> None:
    with pytest.raises(SetFileMissing):
        read_letters(tmp_path / "nowhere.jsonl")
    with pytest.raises(BadLine):
        read_letters(written(tmp_path, ROAD, '{"id": "c"'))
    with pytest.raises(BadLine):
        read_letters(written(tmp_path, {**ROAD, "kinds": ["letter"]}))
    with pytest.raises(DuplicateId):
        read_letters(written(tmp_path, ROAD, ROAD))
    with pytest.raises(NothingJudged):
        evaluate_feedback(read_letters(written(tmp_path, "")), right, NAMES.__getitem__, {})


@pytest.mark.parametrize("name", ["feedback-train", "feedback-test", "feedback-more"])
def test_the_projects_letters_are_readable_and_their_spans_hold_what_they_say(name: str) -> None:
    path = PROJECT / "eval" / "data" / f"{name}.jsonl"
    letters = read_letters(path)
    assert len(letters) >= 600
    for line in path.read_text(encoding="utf-8").splitlines():
        letter = json.loads(line)
        assert all(letter["text"][one["start"] : one["end"]] == one["text"] for one in letter["pii"]), letter["id"]
