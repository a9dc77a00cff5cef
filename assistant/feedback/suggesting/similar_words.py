"""The words of a submission as numbers, and what each of them names, for comparing submissions (similar.py)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from zlib import crc32

import numpy as np
import numpy.typing as npt

from corpus.text import fold, is_accented, modern_tones, words

Numbers = npt.NDArray[np.uint32]

# "Tổ ba" is tổ 3 to who speaks into a telephone.
_NUMERALS = {str(value): word for value, word in enumerate("mot hai ba bon nam sau bay tam chin muoi".split(), start=1)}
# A place word names with so many syllables after it: "trường tiểu học Kim Đồng" has "học" among the place words too.
_NAME_LENGTH = 3


class Naming(IntEnum):
    """What a word names, by the place word before it: a spot (cầu, chợ, trường), or a unit that holds many matters (xã, phường)."""

    NOTHING = 0
    SPOT = 1
    UNIT = 2


_SPOT_WORDS = (
    "ấp bãi bản bến bệnh biển buôn bv cảng cầu chợ chùa cống cty dốc đập đèo đình đường hẻm hồ học kè kênh khóm khu làng lô mầm mn mỏ ngã"
    " ngách ngõ non phố pk ql rạch sông th thcs thôn thpt tl tòa tổ trại trạm trang trường ty viện xóm".split()
)
_NAMING_WORDS = {**dict.fromkeys(_SPOT_WORDS, Naming.SPOT), **dict.fromkeys("huyện phường quận tỉnh tp trấn xã".split(), Naming.UNIT)}
_FOLDED_NAMING_WORDS = {fold(word): naming for word, naming in _NAMING_WORDS.items()}


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """Numbers of the folded syllables and bigrams of a text, rising, and what each names: values of `Naming`."""

    numbers: Numbers
    naming: npt.NDArray[np.uint8]


def words_of(text: str) -> Words:
    """The words of `text` as numbers."""
    terms: dict[int, Naming] = {}
    for term, naming in terms_of(text):
        number = number_of(term)
        terms[number] = max(terms.get(number, Naming.NOTHING), naming)
    numbers = sorted(terms)
    return Words(np.array(numbers, np.uint32), np.array([terms[number] for number in numbers], np.uint8))


def number_of(term: str) -> int:
    """The number of a folded syllable, or of two with a blank between."""
    return crc32(term.encode())


def terms_of(text: str) -> Iterator[tuple[str, Naming]]:
    """Folded syllables and bigrams of `text`, and what each names; the bigram with the place word belongs to its name."""
    typed = words(modern_tones(text).lower())
    syllables = [_NUMERALS.get(word, word) for word in map(fold, typed)]
    # "Xa" may be xã, xa or xả; who types marks types them there too.
    found = map(_NAMING_WORDS.get, typed) if is_accented(text) else map(_FOLDED_NAMING_WORDS.get, syllables)
    naming, left = Naming.NOTHING, 0
    for place, (syllable, begins) in enumerate(zip(syllables, found, strict=True)):
        current = naming if left else Naming.NOTHING
        yield syllable, current
        if place:
            yield f"{syllables[place - 1]} {syllable}", current
        naming, left = (begins, _NAME_LENGTH) if begins else (naming, max(left - 1, 0))
