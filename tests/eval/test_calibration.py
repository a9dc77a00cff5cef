"""Fitting what decides whether a question is answered: by families, from what is inside and what is not."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest

from embeddings.language import Language
from embeddings.retrieve import PreparedQuestion
from embeddings.vector_index import SparseVector
from eval.calibration import Asked, Example, families, fitted, fitted_scope, held_out_scope, judged
from eval.errors import SetFileMissing

NO_WORDS = SparseVector(np.zeros(0, np.uint32), np.zeros(0, np.float32))
DATA = Path(str(files("eval") / "data"))


def question(text: str, *meaning: float) -> PreparedQuestion:
    return PreparedQuestion(text, False, Language.VIETNAMESE, NO_WORDS, np.array(meaning, np.float32))


INSIDE = [question(f"thả thuyền giấy ở bến số {number}", 1.0, 0.0) for number in range(12)]
STRANGE = [Asked(question(f"nấu canh chua lần {number}", 0.0, 1.0), False, f"canh {number % 6}") for number in range(12)]
ALIKE = [Asked(question(f"nấu ăn trên thuyền giấy {number}", 0.9, 0.1), True, f"bếp {number % 6}") for number in range(6)]


def test_a_scope_knows_what_was_written_for_the_corpus_from_what_it_must_decline() -> None:
    scope = fitted_scope(INSIDE, [*STRANGE, *ALIKE], ("901/2020/QH14",))
    for model in (scope.with_meaning, scope.by_words):
        assert model.log_odds(question("thả thuyền giấy", 1.0, 0.0)) > model.log_odds(question("nấu canh chua", 0.0, 1.0)) + 1


@pytest.mark.parametrize("by_words", [False, True])
def test_a_question_is_judged_by_a_scope_that_never_saw_its_family(by_words: bool) -> None:
    lone = Asked(question("gió mùa đông bắc", 0.5, 0.5), False, "gió")
    asked = [*STRANGE, *ALIKE, lone]
    whole = fitted_scope(INSIDE, asked, ())
    seen = (whole.by_words if by_words else whole.with_meaning).log_odds(lone.question)
    assert held_out_scope(INSIDE, asked, [], by_words=by_words)[-1] > seen


def test_the_judge_takes_its_features_and_says_how_it_does() -> None:
    examples = [Example((sign * 2.0 + step / 10, sign * 3.0 - step / 10, 3.0, 0.0), sign > 0) for sign in (-1.0, 1.0) for step in range(10)]
    model = fitted(examples, 0.5)
    assert min(model.weights[:2]) > 0
    assert model.weights[2:] == (0, 0)
    assert "0.50     1.000    1.000" in judged(model, examples)


def test_a_question_without_a_family_is_its_own(tmp_path: Path) -> None:
    path = tmp_path / "set.jsonl"
    path.write_text('{"id": "a", "family": "thuyền"}\n{"id": "b"}\n', encoding="utf-8")
    assert families(path) == {"a": "thuyền", "b": "b"}
    with pytest.raises(SetFileMissing):
        families(tmp_path / "none.jsonl")


@pytest.mark.parametrize("kind", ["refusals", "short"])
def test_no_family_of_questions_to_be_declined_is_in_both_halves(kind: str) -> None:
    train, test = (families(DATA / f"{kind}-{half}.jsonl") for half in ("train", "test"))
    assert not set(train.values()) & set(test.values())
    assert not set(train) & set(test)
