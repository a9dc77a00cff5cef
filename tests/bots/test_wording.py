"""The sentences of both languages say the same things with the same facts."""

from __future__ import annotations

import re
import string
import unicodedata
from dataclasses import asdict, fields
from pathlib import Path

import pytest

import bots
from bots.wording import ENGLISH, EXIT_WORDS, VIETNAMESE, Sentences, sentences
from corpus.ids import ProvisionId
from corpus.text import is_accented

NAMES = [field.name for field in fields(Sentences)]


def places(sentence: str) -> set[str]:
    """What a sentence has filled in."""
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None}


@pytest.mark.parametrize("name", NAMES)
def test_both_languages_fill_in_the_same_facts(name: str) -> None:
    assert places(getattr(VIETNAMESE, name)) == places(getattr(ENGLISH, name))


@pytest.mark.parametrize("name", NAMES)
def test_every_sentence_is_there_in_nfc_on_one_line(name: str) -> None:
    for words in (VIETNAMESE, ENGLISH):
        sentence = getattr(words, name)
        assert sentence.strip()
        assert "\n" not in sentence
        assert unicodedata.is_normalized("NFC", sentence)


def test_vietnamese_is_vietnamese_and_english_is_not() -> None:
    assert is_accented(" ".join(asdict(VIETNAMESE).values()))
    plain = [sentence.replace("Diên Hồng", "").replace("khoản 1 Điều 36 Bộ luật Lao động", "") for sentence in asdict(ENGLISH).values()]
    assert [sentence for sentence in plain if is_accented(sentence)] == []


def test_no_sentence_is_the_same_in_both_languages() -> None:
    assert [name for name in NAMES if getattr(VIETNAMESE, name) == getattr(ENGLISH, name)] == []


def test_every_sentence_is_said_somewhere() -> None:
    folder = Path(str(bots.__file__)).parent
    code = "\n".join(path.read_text(encoding="utf-8") for path in folder.rglob("*.py") if path.name != "wording.py")
    assert [name for name in NAMES if not re.search(rf"\bwords\.{name}\b", code)] == []


def test_prose_for_people_stands_in_the_wording_only() -> None:
    """Marked as Vietnamese by its letters; comments and docstrings may quote the law."""
    folder = Path(str(bots.__file__)).parent
    spoken = re.compile(r"print\([^)]*[\"'][^\"']*[ăâđêôơưạảấầẩậắặẹẻẽếềểệỉịọỏốồổộớờởợụủứừửựỳỵỷỹ]")
    assert [
        path.name for path in folder.rglob("*.py") if path.name != "wording.py" and spoken.search(path.read_text(encoding="utf-8"))
    ] == []


@pytest.mark.parametrize(("language", "expected"), [("vi", VIETNAMESE), ("en", ENGLISH), ("", VIETNAMESE)])
def test_the_language_is_chosen_by_its_code(language: str, expected: Sentences) -> None:
    assert sentences(language) is expected


def test_words_that_end_a_chat_are_typed_with_or_without_marks() -> None:
    assert {"thoát", "thoat", "exit", "quit"} <= EXIT_WORDS
    assert all(word == word.strip().lower() for word in EXIT_WORDS)


def test_examples_in_sentences_name_provisions_that_exist() -> None:
    number = re.search(r"\d+/\d{4}/QH\d+@\d+\.\d+\.\w", VIETNAMESE.bad_provision)
    assert number
    assert ProvisionId.parse(number.group()).point
