"""The kind of a question: what the shipped scope must tell apart, and what holds for any."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answering.scope import BUCKETS, Floats, Precedents, Scope, ScopeWeights, buckets_of, share_of
from embeddings.language import Language
from embeddings.retrieve import PreparedQuestion
from embeddings.vector_index import SparseVector

NO_WORDS = SparseVector(np.zeros(0, np.uint32), np.zeros(0, np.float32))


@pytest.fixture(scope="module")
def shipped() -> Scope:
    return Scope.load()


def asked(text: str, meaning: list[float] | None = None) -> PreparedQuestion:
    vector = None if meaning is None else np.array(meaning, np.float32)
    return PreparedQuestion(text, False, Language.VIETNAMESE, NO_WORDS, vector)


def model(*, meaning: tuple[float, ...] = (), constant: float = 0.0, **words: float) -> ScopeWeights:
    weights = np.zeros(BUCKETS, np.float32)
    for word, weight in words.items():
        weights[buckets_of(word)] = weight
    return ScopeWeights(weights, np.array(meaning, np.float32), np.asarray(constant, np.float32))


@pytest.mark.parametrize(
    ("law", "strange"),
    [
        # The same words, of the criminal code and of a decree about fines.
        ("Đua xe trái phép thì bị phạt tù mấy năm?", "Chạy xe quá tốc độ thì bị phạt bao nhiêu tiền?"),
        # Two codes against tax, and against the labour law of another country.
        ("Cho vay lấy lãi quá cao có phạm tội không?", "Cho thuê nhà thì đóng thuế bao nhiêu phần trăm?"),
        ("Nghỉ việc thì báo trước cho công ty bao nhiêu ngày?", "Ở Nhật nghỉ việc thì báo trước bao nhiêu ngày?"),
        # No law at all.
        ("Hàng xóm chặt cây nhà tôi thì có phải đền không?", "Cây mai nhà tôi bị vàng lá thì bón phân gì?"),
        # A guide answers the first of these.
        ("Làm hộ chiếu cho con cần giấy tờ gì?", "Mở tiệm bán thuốc tây cần bằng cấp gì?"),
    ],
)
def test_by_its_words_alone_a_question_for_the_law_at_hand_is_more_familiar_than_its_look_alike(
    shipped: Scope, law: str, strange: str
) -> None:
    assert shipped.log_odds(asked(law)) > shipped.log_odds(asked(strange))


@given(st.text(max_size=80))
def test_the_shipped_scope_judges_any_text(shipped: Scope, text: str) -> None:
    assert np.isfinite(shipped.log_odds(asked(text)))


def test_marks_make_no_question_stranger(shipped: Scope) -> None:
    assert shipped.log_odds(asked("mai có mưa không")) == shipped.log_odds(asked("mai co mua khong"))


def test_each_word_counts_once_and_less_among_many() -> None:
    weights = model(thuyền=6.0)
    (one,) = buckets_of("thuyền")
    assert weights.log_odds(asked("thuyền")) == pytest.approx(6.0 * share_of(np.array([one])))
    assert weights.log_odds(asked("thuyền giấy trôi sông")) < weights.log_odds(asked("thuyền"))


def test_meaning_counts_where_there_is_one_and_words_speak_alone_where_there_is_none() -> None:
    scope = Scope((), model(meaning=(2.0, -1.0), constant=1.0), model(constant=-3.0))
    assert scope.log_odds(asked("a", [0.5, 1.0])) == pytest.approx(1.0)
    assert scope.log_odds(asked("a")) == -3.0


def test_vectors_of_another_encoder_are_left_aside() -> None:
    scope = Scope((), model(meaning=(2.0, -1.0)), model(constant=-3.0))
    assert scope.log_odds(asked("a", [0.5, 1.0, 0.5])) == -3.0


EAST, NORTH, WEST = np.array([1.0, 0.0], np.float32), np.array([0.0, 1.0], np.float32), np.array([-1.0, 0.0], np.float32)


@pytest.mark.parametrize(
    ("why", "meanings", "declined", "answered", "contrast"),
    [
        ("the very question was declined", [EAST, WEST], [True, True], 0.75, 0.25),
        ("one that was answered lies nearer", [NORTH, EAST], [True, False], 0.75, -1.0),
        ("one that was written for the corpus lies nearer", [NORTH, NORTH], [True, False], 0.75, -0.75),
        ("nothing was declined", [EAST], [False], 0.75, 0.0),
        ("nothing was written for what was found", [EAST], [True], 0.0, 0.0),
        ("nothing is known", [], [], 0.75, 0.0),
    ],
)
def test_precedents_speak_by_the_nearest_on_either_side(
    why: str, meanings: list[Floats], declined: list[bool], answered: float, contrast: float
) -> None:
    assert Precedents.of(meanings, declined).contrast(EAST, answered) == pytest.approx(contrast, abs=0.02), why


def test_precedents_that_do_not_count_are_passed_over_and_so_is_a_question_of_another_encoder() -> None:
    precedents = Precedents.of([EAST, NORTH], [True, True])
    assert precedents.contrast(EAST, 0.75, np.array([True, False])) == pytest.approx(-0.75, abs=0.02)
    assert precedents.contrast(np.ones(3, np.float32), 0.75) == 0.0
    assert precedents.contrast(None, 0.75) == 0.0


def test_what_was_saved_is_what_is_read(tmp_path: Path) -> None:
    known = Precedents.of([EAST, NORTH], [True, False])
    scope = Scope(("901/2020/QH14",), model(meaning=(2.0, -1.0), constant=0.5, thuyền=1.5), model(constant=-3.0), known)
    scope.save(tmp_path)
    with np.load(tmp_path / "scope.npz") as stored:
        again = ScopeWeights.of(stored, "with")
        assert str(stored["documents"]) == "901/2020/QH14"
    assert again.log_odds(asked("thuyền", [1.0, 1.0])) == pytest.approx(scope.with_meaning.log_odds(asked("thuyền", [1.0, 1.0])), abs=1e-3)
    assert Scope.load(tmp_path).precedents.contrast(EAST, 0.5) == known.contrast(EAST, 0.5)
