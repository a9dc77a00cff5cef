"""Making the classifier of submissions: the command tells how it did and leaves a file that the product reads."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from assistant.feedback.suggesting.classify import Classifier
from eval.errors import SetFileMissing
from eval.shipped_classifier import main

LETTERS = Path(__file__).parents[2] / "eval" / "data" / "feedback-train.jsonl"


def test_the_file_that_it_makes_classifies(tmp_path: Path) -> None:
    few = tmp_path / "letters.jsonl"
    few.write_text("\n".join(LETTERS.read_text(encoding="utf-8").splitlines()[::20]), encoding="utf-8")
    *told, figures, last = main([str(few), "--out", str(tmp_path / "made.npz")])
    assert told == [f"{len(few.read_text(encoding='utf-8').splitlines())} letters"]
    assert 0 < json.loads(figures)["field_top1"] <= json.loads(figures)["field_top3"] <= 1
    made = Classifier.read((tmp_path / "made.npz").read_bytes())
    assert made.version in last
    assert len(made.classify("Đường thôn Hạ hỏng, đề nghị xã sửa", np.zeros(384, np.float32)).field) == 3


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(SetFileMissing):
        list(main([str(tmp_path / "none.jsonl"), "--out", str(tmp_path / "made.npz")]))
