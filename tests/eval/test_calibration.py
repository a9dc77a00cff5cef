"""Fitting what decides whether a question is answered: by families, from what is inside and what is not."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest

from assistant.answering.confidence import JUDGED_FEATURES
from embeddings.language import Language
from embeddings.retrieve import PreparedQuestion
from embeddings.vector_index import SparseVector
from eval.calibration import Asked, Example, families, fitted, fitted_scope, held_out_scope, judged
from eval.errors import SetFileMissing
from eval.sets import read_answer_questions

NO_WORDS = SparseVector(np.zeros(0, np.uint32), np.zeros(0, np.float32))
DATA = Path(str(files("eval") / "data"))


def question(text: str, *meaning: float) -> PreparedQuestion:
    vector = np.array(meaning, np.float32)
    return PreparedQuestion(text, False, Language.VIETNAMESE, NO_WORDS, vector, vector)


INSIDE = [question(f"thả thuyền giấy ở bến số {number}", 1.0, 0.0) for number in range(12)]
STRANGE = [Asked(question(f"nấu canh chua lần {number}", 0.0, 1.0), False, f"canh {number % 6}") for number in range(12)]
ALIKE = [Asked(question(f"nấu ăn trên thuyền giấy {number}", 0.9, 0.1), True, f"bếp {number % 6}") for number in range(6)]


def test_a_scope_knows_what_was_written_for_the_corpus_from_what_it_must_decline() -> None:
    scope = fitted_scope(INSIDE, [*STRANGE, *ALIKE], ("901/2020/QH14",))
    for model in (scope.with_meaning, scope.by_words):
        assert model.log_odds(question("thả thuyền giấy", 1.0, 0.0)) > model.log_odds(question("nấu canh chua", 0.0, 1.0)) + 0.5


@pytest.mark.parametrize("by_words", [False, True])
def test_a_question_is_judged_by_a_scope_that_never_saw_its_family(by_words: bool) -> None:
    lone = [Asked(question(f"gió mùa đông bắc lần {number}", 0.5, 0.5), False, "gió") for number in range(6)]
    asked = [*STRANGE, *ALIKE, *lone]
    whole = fitted_scope(INSIDE, asked, ())
    seen = (whole.by_words if by_words else whole.with_meaning).log_odds(lone[-1].question)
    assert held_out_scope(INSIDE, asked, [], by_words=by_words)[-1] > seen


def test_the_judge_takes_its_features_and_says_how_it_does() -> None:
    still = (3.0,) * (len(JUDGED_FEATURES) - 2)
    examples = [Example((sign * 2.0 + step / 10, sign * 3.0 - step / 10, *still), sign > 0) for sign in (-1.0, 1.0) for step in range(10)]
    model = fitted(examples, 0.5)
    assert min(model.weights[:2]) > 0
    assert not any(model.weights[2:])
    assert "0.50     1.000    1.000" in judged(model, examples)


def test_a_question_without_a_family_is_its_own(tmp_path: Path) -> None:
    path = tmp_path / "set.jsonl"
    path.write_text('{"id": "a", "family": "thuyền"}\n{"id": "b"}\n', encoding="utf-8")
    assert families(path) == {"a": "thuyền", "b": "b"}
    with pytest.raises(SetFileMissing):
        families(tmp_path / "none.jsonl")


def test_what_weighs_more_bends_the_model_more() -> None:
    plain = [Example((1.0,), True), Example((-1.0,), False), Example((0.2,), True), Example((0.3,), False)]
    heavy = [*plain[:2], Example((0.2,), True, 50.0), Example((0.3,), False)]
    assert fitted(heavy, 0.5).weights[0] != fitted(plain, 0.5).weights[0]


def test_questions_for_other_law_set_no_precedent() -> None:
    strange = Asked(question("nấu canh chua", 0.0, 1.0), False, "canh")
    other = Asked(question("thuế nhà", 0.6, 0.8), False, "902/2020/QH14", 0.05, is_of_other_law=True)
    assert len(fitted_scope(INSIDE, [strange, other], ()).precedents.vectors) == 1


@pytest.mark.parametrize("kind", ["refusals", "short"])
def test_no_family_of_questions_to_be_declined_is_in_both_halves(kind: str) -> None:
    train, test = (families(DATA / f"{kind}-{half}.jsonl") for half in ("train", "test"))
    assert not set(train.values()) & set(test.values())
    assert not set(train) & set(test)


def test_no_family_or_article_of_lay_questions_is_in_both_halves() -> None:
    train, declines, test = (DATA / f"{name}.jsonl" for name in ("lay-train", "lay-declines-test", "lay-test"))
    assert not set(families(train).values()) & set(families(declines).values())
    learned, asked = ({gold.article for one in read_answer_questions(path) for gold in one.gold} for path in (train, test))
    assert learned
    assert not learned & asked
