"""Vietnamese text as it arrives: one form for comparing, one for searching."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.text import fold, folded_syllables, is_accented, modern_tones, nfc, squeeze, tokens_with_numbers, without_marks, words

VIETNAMESE = "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ"
SYLLABLES = st.text(alphabet=VIETNAMESE + VIETNAMESE.upper() + " .,-/0123456789", max_size=40)
ANY_TEXT = st.one_of(st.text(max_size=40), SYLLABLES, SYLLABLES.map(lambda text: unicodedata.normalize("NFD", text)))


@pytest.mark.parametrize(
    ("written", "expected", "why"),
    [
        (unicodedata.normalize("NFD", "Điều khoản"), "Điều khoản", "NFD, as copied from some systems"),
        ("\u00d0iều", "Điều", "capital Icelandic Eth"),
        ("\u00f0iều", "điều", "small Icelandic eth"),
        ("\u0189iều \u0256ơn", "Điều đơn", "African D"),
        ("Điều", "Điều", "already right"),
        ("dieu", "dieu", "nothing to mend"),
        ("ệ", "ệ", "two marks in the other order"),
    ],
)
def test_nfc_makes_one_letter_of_every_spelling(written: str, expected: str, why: str) -> None:
    assert nfc(written) == unicodedata.normalize("NFC", expected), why


@pytest.mark.parametrize(
    ("written", "expected", "why"),
    [
        ("Điều 35. Quyền đơn phương", "dieu 35. quyen don phuong", "marks and đ"),
        (unicodedata.normalize("NFD", "ĐƯỜNG BỘ"), "duong bo", "capitals in NFD"),
        ("\u00d0ường", "duong", "Eth folds as Đ does"),
        ("145/2020/NĐ-CP", "145/2020/nd-cp", "document numbers keep their signs"),
        ("ưƠăÂêÔ", "uoaaeo", "horn, breve and hat are marks too"),
    ],
)
def test_fold_gives_what_people_type_without_marks(written: str, expected: str, why: str) -> None:
    assert fold(written) == expected, why


@pytest.mark.parametrize(
    ("written", "expected", "why"),
    [
        ("hoà", "hòa", "final oa"),
        ("HOÀ GIẢI", "HÒA GIẢI", "capitals"),
        ("khoẻ", "khỏe", "final oe"),
        ("thuỷ", "thủy", "final uy"),
        ("uỷ ban", "ủy ban", "uy alone"),
        ("hoá, xoá; toạ", "hóa, xóa; tọa", "before punctuation"),
        ("hòa", "hòa", "already new"),
        ("quý", "quý", "qu is one consonant"),
        ("quỹ Quỹ QUÝ", "quỹ Quỹ QUÝ", "qu in every case of letters"),
        ("quà, quẻ", "quà, quẻ", "qua and que"),
        ("hoàn", "hoàn", "closed syllable"),
        ("hoài, toán, khoét, luýt", "hoài, toán, khoét, luýt", "closed syllables"),
        ("thuế, thuở", "thuế, thuở", "the tone stands on a vowel with a mark of its own"),
        (unicodedata.normalize("NFD", "thoả thuận"), "thỏa thuận", "NFD in, NFC out"),
    ],
)
def test_tones_move_to_the_modern_place_only_in_final_oa_oe_uy(written: str, expected: str, why: str) -> None:
    assert modern_tones(written) == expected, why


@pytest.mark.parametrize(
    ("written", "expected", "why"),
    [
        ("  a \t b\u00a0\u00a0c  ", "a b c", "blanks of every sort"),
        ("a\r\nb\n\n\n c", "a\nb\nc", "line breaks stay, empty lines go"),
        ("a\u200bb", "a b", "zero width space"),
        ("\ufeffĐiều 1", "Điều 1", "byte order mark"),
        ("", "", "nothing"),
    ],
)
def test_squeeze_keeps_lines_and_single_blanks(written: str, expected: str, why: str) -> None:
    assert squeeze(written) == expected, why


def test_words_are_as_written_and_tokens_keep_numbers_whole() -> None:
    text = "Luật số 45/2019/QH14, từ 01-7-2025."
    assert words(text) == ["Luật", "số", "45", "2019", "QH14", "từ", "01", "7", "2025"]
    assert tokens_with_numbers(text) == ["Luật", "số", "45/2019/QH14", "từ", "01-7-2025"]
    assert folded_syllables(text)[:2] == ["luat", "so"]


@pytest.mark.parametrize(
    ("text", "accented"), [("dieu 35", False), ("điều", True), ("Đ", True), ("đ", True), ("ơ", True), ("abc", False), ("\u00f0", True)]
)
def test_a_text_is_accented_when_it_carries_a_mark_or_đ(text: str, accented: bool) -> None:
    assert is_accented(text) is accented


@given(ANY_TEXT)
def test_nfc_twice_is_nfc_once(text: str) -> None:
    assert nfc(nfc(text)) == nfc(text)


@given(ANY_TEXT)
def test_fold_twice_is_fold_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(ANY_TEXT)
def test_modern_tones_twice_is_once(text: str) -> None:
    assert modern_tones(modern_tones(text)) == modern_tones(text)


@given(ANY_TEXT)
def test_squeeze_twice_is_once(text: str) -> None:
    assert squeeze(squeeze(text)) == squeeze(text)


@given(SYLLABLES)
def test_folding_knows_no_tone_placement_and_no_normal_form(text: str) -> None:
    assert fold(modern_tones(text)) == fold(text) == fold(unicodedata.normalize("NFD", text))


@given(SYLLABLES)
def test_folding_keeps_every_letter_in_its_place(text: str) -> None:
    assert len(fold(text)) == len(nfc(text))


@given(ANY_TEXT)
def test_text_without_marks_differs_from_folded_text_in_đ_only(text: str) -> None:
    assert len(without_marks(text)) == len(fold(text))
    assert without_marks(text).replace("đ", "d") == fold(text)


@given(SYLLABLES)
def test_folded_text_is_plain_ascii(text: str) -> None:
    assert fold(text).isascii()
