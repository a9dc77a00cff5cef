"""The figures of themes: how pure they are, and how well letters of one situation stay together."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from assistant.feedback.types import Field, Kind
from assistant.insight.themes import ThemeLetter
from eval.errors import BadLine, SetFileMissing
from eval.themes import FamilyLetter, measure_size, measure_themes, read_family_letters

FIELDS = (Field.LAND, Field.HEALTH)


def test_themes_of_two_situations_are_pure_and_hold() -> None:
    judged = [
        FamilyLetter(id=str(number), text=f"ý kiến {number % 2}", kinds=(Kind.REPORT,), field=FIELDS[number % 2], family=str(number % 2))
        for number in range(20)
    ]
    vectors = np.random.default_rng(1).normal(0, 0.05, (20, 8)).astype(np.float32)
    vectors[np.arange(20), np.arange(20) % 2] += 1
    letters = [ThemeLetter(number, one.text, vectors[number] / np.linalg.norm(vectors[number])) for number, one in enumerate(judged)]
    report = measure_themes(judged, letters)
    assert (report.n, report.themes, report.largest, report.purity, report.families_together) == (20, 2, 10, 1.0, 1.0)
    assert report.stability > 0.9
    assert (report.after_shuffling, report.after_leaving_out, report.field_agreement, report.family_agreement) == (1.0, 1.0, 1.0, 1.0)
    size = measure_size(letters, 60)
    assert (size.n, size.themes) == (60, 2)
    assert size.peak_mb > 0


def test_a_file_that_is_not_there_or_not_in_form_is_named(tmp_path: Path) -> None:
    with pytest.raises(SetFileMissing):
        read_family_letters(tmp_path / "none.jsonl")
    (tmp_path / "bad.jsonl").write_text('{"id": "1"}\n')
    with pytest.raises(BadLine):
        read_family_letters(tmp_path / "bad.jsonl")
