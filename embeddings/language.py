"""The language of a short text, by its letters, the build of its syllables and its commonest words."""

from __future__ import annotations

import re
from enum import StrEnum

from corpus.text import fold, nfc

_ENGLISH = frozenset(
    """
    the a an is are was were do does did can could should would will may must i my me you your he she we they it his her our their
    what when where who why how which if of to in on for with without by from and or not no have has had be been am this that
    there after before than about get got any long much many need want company boss employer employee wife husband child children
    police court money pay paid salary house land contract law legal work
    """.split()
)
_VIETNAMESE = frozenset(
    """
    toi em anh chi ban minh ong ba con khong ko k dc duoc co la va cua cho thi bi phai nay do nao gi sao lam nguoi nha cong ty
    luat dat tien ngay thang nam bao nhieu hoi xin muon voi mot hai ba ra vao di den tu o trong khi neu hay hoac vay ma the cung
    da dang se
    """.split()
)
# Frequent words of French, Spanish, Portuguese, Italian, German, Dutch, Indonesian and Polish that are neither English nor Vietnamese.
_OTHER = frozenset(
    """
    est une les des dans pour avec sur quel quelle quels quelles comment au aux combien je il elle nous vous sont être puis-je mes vos du et
    el los las una del por para con como cuanto cuantos cuantas cual donde tengo mi es son puedo um uma os das dos quanto quantos onde
    il gli della delle per quanto quanti posso sono der die das ein eine einen ist sind wie lange viele wann und oder mit fur von zu ich
    mein meine kann muss nicht het een van hoe ik mijn berapa apa yang untuk saya dan bagaimana jak ile czy
    """.split()
)
# Endings of English words; of the languages above some share them, but not their commonest words.
_ENGLISH_ENDING = re.compile(r"\w{2}(?:tion|sion|ment|ing|ity|ness|ence|ance|ship|able|ible|ful|less|ous|ive|ism|ist|ally|ed|ly)s?$")
_WORD = re.compile(r"[^\W\d_]+")
# How a syllable of Vietnamese is built, marks left away; k also for c, as names of the highlands have it.
_SYLLABLE = re.compile(
    r"(?:ngh?|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdghklmnprstvx])?"
    r"(?:oai|oay|oao|oeo|uay|uoi|uou|uya|uyu|ieu|yeu|ai|ao|au|ay|eo|eu|ia|iu|oa|oe|oi|ua|ue|ui|uo|uu|uy|[aeiouy]"
    r"|(?:oa|oe|oo|uo|ua|ue|uye|uy|ie|ye|[aeiouy])(?:ch|ng|nh|[ckmnpt]))"
)
_VOWEL = re.compile(r"[aeiouy]")
# Shorter words that are no syllables are chat spelling as likely as anything: "ntn", "lm", "bik".
_SHORTEST_FOREIGN = 4
# Of a text that is plainly Vietnamese: words that are all its syllables; or the part that is, and words that are known.
_FEWEST_BUILT, _MOSTLY, _FEWEST_KNOWN = 3, 0.75, 2
# Written as one word in Vietnamese too.
_NEUTRAL = frozenset({"vietnam", "hanoi", "saigon", "danang"})
# Pages and letter boxes: what stands there is of no language.
ADDRESS = re.compile(
    r"(?:https?://|www\.)\S+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
    r"|\b[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:com|vn|net|org|gov|edu|info|io|me|app|asia|biz|eu)\b(?:/\S*)?",
    re.IGNORECASE,
)
# Letters that Vietnamese has and English does not.
_VIETNAMESE_LETTERS = re.compile(r"[ăâđêôơưàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ]")
# Those of them that no other frequent language has.
_ONLY_VIETNAMESE = re.compile(r"[ăđơưảạằẳẵắặầẩẫấậẻẽẹềểễếệỉĩịỏọồổỗốộờởỡớợủũụừửữứựỳỷỹỵ]")
# Letters that other languages in Latin script have and Vietnamese has not.
_FOREIGN_LETTERS = re.compile(r"[äëïöüÿåæøœßçñčšžřąęłśźżğışî]")


class Language(StrEnum):
    """Languages that matter for search."""

    VIETNAMESE = "vi"
    ENGLISH = "en"
    OTHER = "other"


def language_of(text: str) -> Language:
    """The language of `text`; unaccented Vietnamese is Vietnamese, a text without letters is OTHER. Addresses do not count."""
    words = _WORD.findall(ADDRESS.sub(" ", nfc(text)).lower())
    if not words:
        return Language.OTHER
    folded = [fold(word) for word in words]
    syllables = [_SYLLABLE.fullmatch(word) is not None for word in folded]
    # A mark on what is no syllable is French or Spanish.
    marked = sum(len(_VIETNAMESE_LETTERS.findall(word)) for word, is_one in zip(words, syllables, strict=True) if is_one)
    if _is_foreign(words, folded, syllables):
        return _foreign_language(words, folded)
    if marked >= max(1, len(words) // 4):
        return Language.VIETNAMESE
    english = sum(word in _ENGLISH for word in folded)
    vietnamese = sum(word in _VIETNAMESE for word in folded) + marked
    # "Can giay to": where all can be Vietnamese, a few that can also be English tell nothing.
    least = len(words) // 2 + 1 if all(syllables) else len(words) // 4
    if english > vietnamese and english >= max(2, least):
        return _foreign_language(words, folded)
    latin = sum(word.isascii() for word in folded)
    return Language.VIETNAMESE if latin >= len(words) / 2 else Language.OTHER


def is_plainly_vietnamese(text: str) -> bool:
    """Whether `text` can only be Vietnamese, with marks or without: for what must not happen to who writes another language.

    All of three words or more are built like its syllables, and most of them are no English words; or most words are, and at least two, and
    no fewer than look English, are its common or marked words.
    """
    words = _WORD.findall(ADDRESS.sub(" ", nfc(text)).lower())
    folded = [fold(word) for word in words]
    syllables = sum(_SYLLABLE.fullmatch(word) is not None for word in folded)
    english = sum(word in _ENGLISH for word in words)
    known = sum(plain in _VIETNAMESE or word != plain for word, plain in zip(words, folded, strict=True))
    is_built_so = syllables == len(words) >= _FEWEST_BUILT and syllables > 2 * english
    is_known = syllables >= _MOSTLY * len(words) and known >= max(_FEWEST_KNOWN, english)
    return (is_built_so or is_known) and language_of(text) is Language.VIETNAMESE


def _is_foreign(words: list[str], folded: list[str], syllables: list[bool]) -> bool:
    """Whether more words cannot be Vietnamese than can; a single word tells nothing."""
    foreign = sum(_cannot_be_vietnamese(word, plain, is_one) for word, plain, is_one in zip(words, folded, syllables, strict=True))
    unmistakable = sum(_ONLY_VIETNAMESE.search(word) is not None for word in words)
    return foreign > 1 and foreign > sum(syllables) + unmistakable


def _cannot_be_vietnamese(word: str, folded: str, is_syllable: bool) -> bool:
    if _FOREIGN_LETTERS.search(word):
        return True
    if is_syllable or folded in _NEUTRAL or not folded.isascii():
        return False
    return folded in _OTHER or folded in _ENGLISH or (len(folded) >= _SHORTEST_FOREIGN and _VOWEL.search(folded) is not None)


def _foreign_language(words: list[str], folded: list[str]) -> Language:
    other = sum(word in _OTHER for word in folded) + sum(_is_marked(word, plain) for word, plain in zip(words, folded, strict=True))
    english = sum(word not in _OTHER and (word in _ENGLISH or _ENGLISH_ENDING.search(word) is not None) for word in folded)
    return Language.OTHER if other > english else Language.ENGLISH


def _is_marked(word: str, folded: str) -> bool:
    return word != folded
