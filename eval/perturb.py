"""Questions as people really type them: without marks, with half of them, with slips of the fingers.

Chance comes from a `random.Random` that is passed in; `question_rng` derives one that is the same on every machine.
"""

from __future__ import annotations

import hashlib
import random
import re
import unicodedata
from collections.abc import Callable, Iterator
from enum import StrEnum

from corpus.text import nfc

_SYLLABLE = re.compile(r"(?:[^\W_][\u0300-\u036f]*)+")
# One token for 45/2019/QH14 and NĐ-CP, so that a document number is seen whole.
_TOKEN = re.compile(r"(?:[^\W_][\u0300-\u036f]*)+(?:[./-](?:[^\W_][\u0300-\u036f]*)+)*")

_SYLLABLES_PER_TYPO = 8
_SHORTEST_WORD = 3

_GRAVE, _ACUTE, _HOOK, _TILDE, _DOT = "\u0300\u0301\u0309\u0303\u0323"
_TONE_KEYS = {_GRAVE: "f", _ACUTE: "s", _HOOK: "r", _TILDE: "x", _DOT: "j"}
# Circumflex doubles the letter in Telex; breve and horn are typed w.
_BREVE_OR_HORN = "\u0306\u031b"
_CIRCUMFLEX = "\u0302"


class Variant(StrEnum):
    """How a question is typed."""

    AS_TYPED = "as_typed"
    UNACCENTED = "unaccented"
    HALF_ACCENTED = "half_accented"
    TYPOS = "typos"


def question_rng(question_id: str, seed: int) -> random.Random:
    """A source of chance that depends on `seed` and `question_id` alone.

    Python's own `hash` of a text differs from one process to the next; SHA-256 does not.
    """
    digest = hashlib.sha256(f"{seed}\t{question_id}".encode()).digest()
    return random.Random(int.from_bytes(digest[:8], "big"))


def perturbed(text: str, variant: Variant, rng: random.Random) -> str:
    """`text` typed as `variant` says; unchanged for `AS_TYPED`."""
    match variant:
        case Variant.AS_TYPED:
            return text
        case Variant.UNACCENTED:
            return unaccented(text)
        case Variant.HALF_ACCENTED:
            return half_accented(text, rng)
        case Variant.TYPOS:
            return with_typos(text, rng)


def unaccented(text: str) -> str:
    """`text` in NFC without any mark, đ as d; case, blanks and punctuation stay."""
    bare = "".join(c for c in unicodedata.normalize("NFD", nfc(text)) if not unicodedata.combining(c))
    return nfc(bare.replace("đ", "d").replace("Đ", "D"))


def half_accented(text: str, rng: random.Random) -> str:
    """`text` in NFC with each syllable left as it is or unaccented, one half each."""
    return _SYLLABLE.sub(lambda match: unaccented(match[0]) if rng.random() < 0.5 else match[0], nfc(text))


def with_typos(text: str, rng: random.Random) -> str:
    """`text` in NFC with one slip for about eight syllables, at least one where a word can bear it, at most one a word.

    A slip is a dropped or doubled letter, swapped neighbours, a wrong tone, or Telex keys that were not turned into
    letters. Numbers, document numbers, abbreviations in capitals and words under three letters stay as they are.
    """
    typed = nfc(text)
    bearers = [match.span() for match in _TOKEN.finditer(typed) if _bears_typo(match[0], typed)]
    count = max(1, round(len(_SYLLABLE.findall(typed)) / _SYLLABLES_PER_TYPO))
    chosen = sorted(rng.sample(bearers, min(count, len(bearers))))
    pieces, end = [], 0
    for start, stop in chosen:
        pieces += [typed[end:start], _slipped(typed[start:stop], rng)]
        end = stop
    return nfc("".join(pieces) + typed[end:])


def _bears_typo(token: str, text: str) -> bool:
    is_abbreviation = token.isupper() and not text.isupper()
    return len(token) >= _SHORTEST_WORD and token.isalpha() and not is_abbreviation


def _slipped(word: str, rng: random.Random) -> str:
    """`word` with one slip, of a kind drawn among those that change it."""
    slips: list[Callable[[str, random.Random], str]] = [_dropped, _swapped, _doubled, _wrong_tone, _telex]
    rng.shuffle(slips)
    # A letter can always be dropped, so one of the slips changes the word.
    return next(changed for changed in (slip(word, rng) for slip in slips) if changed != word)


def _dropped(word: str, rng: random.Random) -> str:
    # The first letter is the one that people look at; it is the last to go missing.
    at = rng.randrange(1, len(word))
    return word[:at] + word[at + 1 :]


def _swapped(word: str, rng: random.Random) -> str:
    """`word` with two neighbours behind its first letter swapped; unchanged where all are alike."""
    places = [at for at in range(1, len(word) - 1) if word[at] != word[at + 1]]
    if not places:
        return word
    at = rng.choice(places)
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def _doubled(word: str, rng: random.Random) -> str:
    """`word` with one letter twice; unchanged where all letters have marks, which a key held too long does not double."""
    places = [at for at, letter in enumerate(word) if at and unaccented(letter) == letter]
    if not places:
        return word
    at = rng.choice(places)
    return word[: at + 1] + word[at:]


def _wrong_tone(word: str, rng: random.Random) -> str:
    """`word` with its tone made another one that its ending allows; unchanged where it has none."""
    at = next((place for place, letter in enumerate(word) if _tone_of(letter)), None)
    if at is None:
        return word
    # A syllable that ends in a stop has only these two tones.
    allowed = (_ACUTE, _DOT) if word.lower().endswith(("c", "ch", "p", "t")) else tuple(_TONE_KEYS)
    others = [tone for tone in allowed if tone != _tone_of(word[at])]
    # The tone goes behind the whole letter: put where the old one was, it would part the letter from its circumflex.
    return word[:at] + nfc(_without_tone(word[at]) + rng.choice(others)) + word[at + 1 :]


def _telex(word: str, rng: random.Random) -> str:
    """`word` as its Telex keys: all of them (dduwowcj), or the tone key alone behind letters with or without marks (đươcj, duocj)."""
    shaped = "".join(_without_tone(letter) for letter in word)
    keys = "".join(_TONE_KEYS.get(_tone_of(letter), "") for letter in word)
    typed = rng.choice(["".join(_shape_keys(shaped)), shaped, unaccented(shaped)])
    return typed + (keys.upper() if word.isupper() else keys)


def _tone_of(letter: str) -> str:
    """The combining tone mark of `letter`, or nothing."""
    return next((c for c in unicodedata.normalize("NFD", letter) if c in _TONE_KEYS), "")


def _without_tone(letter: str) -> str:
    return nfc("".join(c for c in unicodedata.normalize("NFD", letter) if c not in _TONE_KEYS))


def _shape_keys(word: str) -> Iterator[str]:
    """The Telex keys of each letter of a word without tones: aw, aa, dd, ee, oo, ow, uw; others as they are."""
    for letter in word:
        bare = unaccented(letter)
        key = ""
        if letter in "đĐ" or _CIRCUMFLEX in unicodedata.normalize("NFD", letter):
            key = bare
        elif any(mark in unicodedata.normalize("NFD", letter) for mark in _BREVE_OR_HORN):
            key = "w"
        yield bare + (key.upper() if word.isupper() else key.lower())
