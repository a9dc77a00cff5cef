"""Themes of letters: each letter in one place, sides apart, the same whatever the order."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.insight.theme_terms import telling_terms
from assistant.insight.themes import Stance, ThemeLetter, Themes, themes

SUBJECTS = ("Bãi rác cháy khói độc bay vào khu dân cư", "Trường thu quỹ phụ huynh quá cao", "Đường tỉnh lộ hỏng nặng xe chạy nguy hiểm")
STANCES: tuple[Stance | None, ...] = ("for", "against", None)


def at_some_length(text: str, rng: np.random.Generator) -> str:
    return text + " quá" * int(rng.integers(1, 20))


def letters_of(subjects: Sequence[int], *, stances: Sequence[Stance | None] = (None,), seed: int = 0) -> list[ThemeLetter]:
    """Letters of subjects by number, each near the direction of its subject."""
    rng = np.random.default_rng(seed)
    made = []
    for number, subject in enumerate(subjects):
        vector = rng.normal(0, 0.05, 16).astype(np.float32)
        vector[subject] += 1
        text = at_some_length(SUBJECTS[subject % len(SUBJECTS)], rng)
        made.append(ThemeLetter(number, text, vector / np.float32(np.linalg.norm(vector)), stances[number % len(stances)]))
    return made


def accounted(found: Themes) -> list[int]:
    return sorted([*found.ungrouped, *(number for theme in found.groups for number in theme.members)])


def test_letters_of_three_subjects_are_three_themes() -> None:
    found = themes(letters_of([0, 1, 2] * 20), seed=1)
    assert sorted({number % 3 for number in theme.members} for theme in found.groups) == [{0}, {1}, {2}]
    assert len(accounted(found)) == 60
    assert found.stability > 0.9


def test_letters_near_none_of_the_themes_are_in_none() -> None:
    rng = np.random.default_rng(4)
    far = rng.normal(0, 1, (6, 16)).astype(np.float32) - np.eye(16, dtype=np.float32)[[0, 1, 2, 0, 1, 2]] * 4
    far /= np.linalg.norm(far, axis=1, keepdims=True)
    strays = [ThemeLetter(100 + place, text, far[place]) for place, text in enumerate("một hai ba bốn năm sáu".split())]
    found = themes([*letters_of([0, 1, 2] * 20), *strays], seed=1)
    assert len(found.groups) == 3
    assert set(found.ungrouped) <= set(range(100, 106))
    assert found.ungrouped


def test_the_seed_changes_no_theme() -> None:
    letters = letters_of([0, 1, 2, 3] * 12)
    assert themes(letters, seed=1).groups == themes(letters, seed=2).groups


def test_a_part_of_the_letters_has_the_same_themes() -> None:
    letters = letters_of([0, 1, 2] * 20)
    whole, part = themes(letters, seed=1), themes([one for one in letters if one.number % 10], seed=1)
    kept = sorted(tuple(number for number in theme.members if number % 10) for theme in whole.groups)
    assert kept == sorted(theme.members for theme in part.groups)


def test_a_theme_has_three_of_its_letters_for_show() -> None:
    for theme in themes(letters_of([0, 1, 2] * 20), seed=1).groups:
        assert len(theme.representatives) == 3
        assert set(theme.representatives) <= set(theme.members)


def test_nothing_gives_nothing() -> None:
    assert themes([], seed=1) == Themes((), (), 1.0)


def test_one_letter_is_in_no_theme() -> None:
    assert themes(letters_of([0]), seed=1) == Themes((), (0,), 1.0)


@pytest.mark.parametrize("smallest", [1, 2, 5, 12])
def test_equal_letters_are_one_theme(smallest: int) -> None:
    vector = np.full(8, 8**-0.5, np.float32)
    found = themes([ThemeLetter(number, SUBJECTS[0], vector) for number in range(12)], seed=1, smallest=smallest)
    assert [theme.members for theme in found.groups] == [tuple(range(12))]
    assert found.groups[0].representatives == (0, 1, 2)


def test_too_few_letters_are_in_no_theme() -> None:
    assert themes(letters_of([0, 0, 0, 0]), seed=1).groups == ()


def test_the_sides_of_one_subject_are_two_themes() -> None:
    vector = np.full(8, 8**-0.5, np.float32)
    found = themes([ThemeLetter(number, SUBJECTS[0], vector, ("for", "against")[number % 2]) for number in range(20)], seed=1)
    assert {(theme.id, theme.stance, len(theme.members)) for theme in found.groups} == {("for-1", "for", 10), ("against-1", "against", 10)}


def test_the_weightiest_theme_comes_first() -> None:
    letters = letters_of([0] * 20 + [1] * 10 + [2] * 10)
    heavy = [ThemeLetter(one.number, one.text, one.vector, None, 50.0 if 20 <= one.number < 30 else 1.0) for one in letters]
    assert set(themes(heavy, seed=1).groups[0].members) >= set(range(22, 28))


def test_how_a_letter_is_written_is_no_theme() -> None:
    rng = np.random.default_rng(3)
    made = []
    for number in range(120):
        is_loud = number % 4 < 2
        vector = rng.normal(0, 0.03, 16).astype(np.float32)
        vector[0], vector[1 + number % 2], vector[5] = 1, 0.5, 0.6 if is_loud else -0.6
        text = at_some_length(SUBJECTS[number % 2], rng)
        made.append(ThemeLetter(number, text.upper() if is_loud else text, vector / np.float32(np.linalg.norm(vector))))
    assert {frozenset(number % 2 for number in theme.members) for theme in themes(made, seed=1).groups} == {frozenset({0}), frozenset({1})}


def test_letters_of_one_field_lie_nearer_together() -> None:
    rng = np.random.default_rng(5)
    vectors = rng.normal(0, 1, (40, 16)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    fields = ("land", "health")
    letters = [ThemeLetter(number, "ý kiến", vector, fields=((fields[number % 2], 0.95),)) for number, vector in enumerate(vectors)]
    assert all(len({number % 2 for number in theme.members}) == 1 for theme in themes(letters, seed=1).groups)
    assert themes(letters, seed=1).groups


lists = st.lists(st.tuples(st.integers(0, 3), st.sampled_from(STANCES)), max_size=24)


def drawn(rows: Sequence[tuple[int, Stance | None]]) -> list[ThemeLetter]:
    letters = letters_of([subject for subject, _ in rows])
    return [ThemeLetter(one.number, one.text, one.vector, stance) for one, (_, stance) in zip(letters, rows, strict=True)]


@settings(max_examples=4, deadline=None)
@given(lists, st.integers(2, 6))
def test_every_letter_is_in_one_theme_or_in_none(rows: list[tuple[int, Stance | None]], smallest: int) -> None:
    found = themes(drawn(rows), seed=1, smallest=smallest)
    assert accounted(found) == list(range(len(rows)))
    assert all(len(theme.members) >= smallest for theme in found.groups)
    assert len({theme.id for theme in found.groups}) == len(found.groups)


@settings(max_examples=4, deadline=None)
@given(lists)
def test_for_and_against_are_never_mixed(rows: list[tuple[int, Stance | None]]) -> None:
    for theme in themes(drawn(rows), seed=1, smallest=3).groups:
        assert {rows[number][1] for number in theme.members} == {theme.stance}


@settings(max_examples=4, deadline=None)
@given(lists, st.integers(0, 1000), st.integers(0, 3))
def test_the_order_of_letters_changes_nothing(rows: list[tuple[int, Stance | None]], order: int, seed: int) -> None:
    letters = drawn(rows)
    shuffled = [letters[place] for place in np.random.default_rng(order).permutation(len(letters))]
    assert themes(shuffled, seed=seed, smallest=3) == themes(letters, seed=seed, smallest=3)


# Terms


def terms(*groups: Sequence[str]) -> list[tuple[str, ...]]:
    return telling_terms([[(text, 1.0) for text in group] for group in groups])


def test_terms_tell_one_theme_from_another() -> None:
    smoke, fees = terms([SUBJECTS[0]] * 5, [SUBJECTS[1]] * 5)
    assert "bãi rác" in smoke
    assert "phụ huynh" in fees
    assert not set(smoke) & set(fees)


def test_terms_have_marks_where_anybody_writes_them() -> None:
    assert terms(["bãi rác cháy", "bai rac chay", "bai rac chay"], ["thu quỹ"] * 3)[0][0] in {"bãi rác", "rác cháy"}


def test_a_name_that_one_person_writes_is_no_term() -> None:
    texts = [*["bãi rác cháy"] * 5, "bãi rác cháy Nguyễn Văn Tèo Tèo Tèo 0912345678", "bãi rác cháy Nguyễn Văn Tèo"]
    assert not [term for term in terms(texts)[0] if "tèo" in term or any(map(str.isdigit, term))]


def test_words_of_every_petition_are_no_terms() -> None:
    assert terms(["Kính thưa các bác, tôi xin phản ánh bãi rác"] * 4)[0] == ("bãi rác",)


def test_a_word_that_begins_with_one_letter_is_whole() -> None:
    assert terms(["trạm y tế", "trạm y tế xã", "y tế"])[0][0] == "y tế"


def test_no_group_has_no_terms() -> None:
    assert terms() == []
    assert terms(["", "?!", "🙃"]) == [()]
