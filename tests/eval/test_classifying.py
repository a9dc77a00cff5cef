"""Reading letters, judging verdicts and training on a toy set."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from assistant.feedback.suggesting.classify import FIELDS, KINDS, LEVELS, Classified, Scored
from assistant.feedback.suggesting.classify_reading import Floats
from assistant.feedback.types import Urgency
from eval.classifying import by_style, confusion, measured, read_examples, trained, verdicts_of, without_marks
from eval.errors import NothingJudged, SetFileMissing
from eval.fitting import Example


def verdict(kinds: Sequence[str], field: str, level: str = "commune", *, seal: bool = False) -> Classified:
    fields = (Scored(field, 0.6), Scored("other", 0.2), Scored("land", 0.1))
    return Classified(tuple(Scored(kind, 0.8) for kind in kinds), fields, (Scored(level, 0.7),), Urgency.NORMAL, seal, (), "m")


def example(kind: str, field: str = "transport", level: str | None = "commune", style: str = "plain") -> Example:
    return Example("x", (kind,), field, level, style, "family")


_LETTERS = [example("report"), example("denunciation", "land", None, "voice"), example("report")]
_SAID = [verdict(["report"], "transport"), verdict(["report"], "health", seal=True), verdict(["praise"], "transport", "province")]


def test_figures_count_sealed_denunciations_as_caught_and_other_letters_sealed_as_review() -> None:
    figures = measured(_LETTERS, _SAID)
    assert (figures.seal_recall, figures.review_rate) == (1.0, 0.0)


def test_a_letter_without_level_is_not_judged_by_level() -> None:
    assert measured(_LETTERS, _SAID).level_accuracy == pytest.approx(0.5)


def test_field_counts_among_three_what_is_not_first() -> None:
    figures = measured(_LETTERS, _SAID)
    assert figures.field_top1 == pytest.approx(2 / 3)
    assert figures.field_top3 == 1.0


def test_macro_f1_is_over_kinds_that_occur() -> None:
    figures = measured(_LETTERS, _SAID)
    assert figures.kind_f1["report"] == pytest.approx(0.5)
    assert figures.kind_macro_f1 == pytest.approx(0.25)


def test_styles_are_judged_apart_and_confusion_names_both_kinds() -> None:
    assert {style: one.n for style, one in by_style(_LETTERS, _SAID).items()} == {"plain": 2, "voice": 1}
    assert confusion(_LETTERS, _SAID)["denunciation", "report"] == 1


def test_nothing_to_judge_is_an_error() -> None:
    with pytest.raises(NothingJudged):
        measured([], [])


def test_letters_are_read_and_a_missing_file_is_told(tmp_path: Path) -> None:
    line = {"id": "1", "text": "t", "kinds": ["report"], "field": "land", "level": None, "style": "plain", "family": "f"}
    (tmp_path / "set.jsonl").write_text(json.dumps(line) + "\n", encoding="utf-8")
    assert read_examples(tmp_path / "set.jsonl")[0].level is None
    with pytest.raises(SetFileMissing):
        read_examples(tmp_path / "none.jsonl")


def test_copies_without_marks_weigh_less() -> None:
    copies = without_marks([Example("đường hỏng", ("report",), "transport", "commune", "plain", "f"), example("report")])
    assert [one.text for one in copies] == ["duong hong"]
    assert copies[0].weight < 1


def test_training_learns_what_words_tell_apart() -> None:
    letters = [
        Example(f"{kind.value} k{number} {field.value} {level.value}", (kind.value,), field.value, level.value, "plain", f"family{turn}")
        for turn in range(6)
        for number, kind in enumerate(KINDS)
        for field, level in zip(FIELDS[number::9], (LEVELS * 9)[number::9], strict=False)
    ]

    def encode(texts: Sequence[str]) -> Floats:
        return np.zeros((len(texts), 4), np.float32)

    made = trained(letters, encode)
    said = verdicts_of(made.classifier, letters, encode)
    assert made.out_of_fold.kind_macro_f1 > 0.9
    assert measured(letters, said).kind_macro_f1 > 0.9
