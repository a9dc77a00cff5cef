"""Questions as people really type them."""

from __future__ import annotations

import re
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.text import nfc
from eval.perturb import Variant, half_accented, perturbed, question_rng, unaccented, with_typos

_QUESTIONS = (
    "Công ty nợ lương tôi 3 tháng thì tôi có được nghỉ việc ngay không, căn cứ Điều 35 Bộ luật 45/2019/QH14?",
    "Thuê nhà chưa hết hạn mà chủ đòi lại thì có phải đền bù 02 tháng tiền cọc không?",
    "Nghị định 145/2020/NĐ-CP và Thông tư 10/2020/TT-BLĐTBXH có nói gì về BHXH cho người giúp việc?",
    "Má em mất không để lại di chúc, đất đai chia làm sao cho năm anh em?",
    "toi bi duoi viec ma khong bao truoc thi co duoc boi thuong khong vay",
    "Đi làm ngày Tết được trả mấy trăm phần trăm lương vậy mọi người?",
)
_SEEDS = st.integers(0, 10_000)
_TEXTS = st.one_of(st.text(max_size=60), st.sampled_from(_QUESTIONS))


@pytest.mark.parametrize(
    ("typed", "expected", "why"),
    [
        ("Được nghỉ việc ngay", "Duoc nghi viec ngay", "case stays"),
        ("ĐƯỜNG đi", "DUONG di", "đ has no mark to strip and is still d"),
        ("Ðiều 5", "Dieu 5", "the Icelandic Eth is meant as Đ"),
        (unicodedata.normalize("NFD", "thừa kế"), "thua ke", "decomposed letters"),
        ("45/2019/QH14, Nghị định 145/2020/NĐ-CP", "45/2019/QH14, Nghi dinh 145/2020/ND-CP", "numbers stay, Đ in a number is typed D"),
        ("  nghỉ  ốm?\n", "  nghi  om?\n", "blanks and punctuation stay"),
        ("", "", "nothing"),
    ],
)
def test_unaccented_strips_marks_and_nothing_else(typed: str, expected: str, why: str) -> None:
    assert unaccented(typed) == expected, why


@given(st.text(max_size=60))
def test_unaccented_twice_is_once(text: str) -> None:
    assert unaccented(unaccented(text)) == unaccented(text)


@given(_TEXTS, _SEEDS)
def test_half_accented_differs_in_marks_only(text: str, seed: int) -> None:
    assert unaccented(half_accented(text, question_rng("q", seed))) == unaccented(text)


@given(st.sampled_from(_QUESTIONS), _SEEDS)
def test_half_accented_strips_whole_syllables(text: str, seed: int) -> None:
    typed = half_accented(text, question_rng("q", seed)).split()
    assert all(got in (whole, unaccented(whole)) or re.search(r"[/-]", whole) for got, whole in zip(typed, text.split(), strict=True))


def test_half_of_the_accented_syllables_lose_their_marks() -> None:
    text = "được " * 400
    stripped = half_accented(text, question_rng("q", 1)).split().count("duoc")
    assert 160 <= stripped <= 240


@pytest.mark.parametrize("variant", list(Variant))
@given(text=_TEXTS, seed=_SEEDS)
def test_same_seed_and_question_give_the_same_text(variant: Variant, text: str, seed: int) -> None:
    first, second = (perturbed(text, variant, question_rng("lab-001", seed)) for _ in range(2))
    assert first == second


def test_chance_is_the_same_in_another_process() -> None:
    program = "from eval.perturb import question_rng; print(question_rng('lab-001', 3).random())"
    # Python's own hash of texts differs between these two runs.
    runs = [
        subprocess.run(
            [sys.executable, "-c", program],
            env={"PYTHONHASHSEED": seed},
            cwd=Path(__file__).resolve().parents[2],
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert runs[0] == runs[1] == f"{question_rng('lab-001', 3).random()}\n"


def test_questions_and_seeds_have_their_own_chance() -> None:
    draws = {question_rng(question, seed).random() for question in ("a", "b", "c") for seed in (0, 1)}
    assert len(draws) == 6


def test_as_typed_changes_nothing() -> None:
    text = unicodedata.normalize("NFD", "  Ðược  ")
    assert perturbed(text, Variant.AS_TYPED, question_rng("q", 0)) == text


@pytest.mark.parametrize("text", _QUESTIONS)
@given(seed=_SEEDS)
def test_typos_hit_one_word_in_about_eight(text: str, seed: int) -> None:
    before, after = text.split(), with_typos(text, question_rng("q", seed)).split()
    changed = [word for word, typed in zip(before, after, strict=True) if word != typed]
    assert abs(len(changed) - len(before) / 8) <= 1.5
    assert changed


@pytest.mark.parametrize("text", _QUESTIONS)
@given(seed=_SEEDS)
def test_typos_spare_numbers_and_document_numbers_and_short_words(text: str, seed: int) -> None:
    before, after = text.split(), with_typos(text, question_rng("q", seed)).split()
    for word, typed in zip(before, after, strict=True):
        bare = word.strip(".,?")
        if re.search(r"[\d/-]", bare) or len(bare) < 3 or bare.isupper():
            assert typed == word


@given(st.text(max_size=60), _SEEDS)
def test_typos_never_change_digits(text: str, seed: int) -> None:
    assert re.findall(r"\d+", with_typos(text, question_rng("q", seed))) == re.findall(r"\d+", nfc(text))


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "nothing typed"),
        ("12 45/2019/QH14 145/2020/NĐ-CP", "only numbers"),
        ("có bị gì", "all words under three letters"),
        ("có BHXH 1a", "an abbreviation in capitals is not a word"),
    ],
)
def test_text_without_a_word_that_can_bear_a_typo_stays(text: str, why: str) -> None:
    assert with_typos(text, question_rng("q", 0)) == text, why


@pytest.mark.parametrize(
    ("word", "slip", "why"),
    [
        ("được", "dduwowcj", "Telex keys left as typed"),
        ("được", "duocj", "the tone key alone, marks forgotten"),
        ("được", "đươcj", "the tone key alone"),
        ("được", "đước", "wrong tone; c allows no other"),
        ("được", "đượcc", "doubled letter"),
        ("được", "đượ", "dropped letter"),
        ("được", "đưcợ", "swapped neighbours"),
        ("tặng", "tẳng", "wrong tone on a letter that keeps its breve"),
        ("Đường", "Dduwowngf", "a capital is typed once"),
        ("ĐƯỢC", "DDUWOWCJ", "capitals throughout"),
        ("khong", "khogn", "unaccented typing slips too"),
    ],
)
def test_kind_of_slip_occurs(word: str, slip: str, why: str) -> None:
    seen = {with_typos(word, question_rng(str(question), 0)) for question in range(400)}
    assert slip in seen, why


@given(st.sampled_from(_QUESTIONS), _SEEDS)
def test_typos_are_whole_letters(text: str, seed: int) -> None:
    typed = with_typos(text, question_rng("q", seed))
    assert typed == nfc(typed)
    assert not any(unicodedata.combining(c) for c in typed)
