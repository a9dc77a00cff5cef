"""True sentences of a text of law, and light ways to say them otherwise that leave them true."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from random import Random

from assistant.language_model.mentions import names_law
from assistant.language_model.verify import MAX_CHARS, MIN_WORDS, Passage
from corpus.parse import parse_article_body
from corpus.text import words
from corpus.types import Article

Way = Callable[[str, Random], str | None]

_NUMBER_WORDS = {"1": "một", "2": "hai", "3": "ba", "4": "bốn", "5": "năm", "6": "sáu", "7": "bảy", "10": "mười", "15": "mười lăm"}
_HEAD = re.compile(r".*:$")
_ALL_OF_IT = re.compile(r"\b(?:đủ|đồng thời|tất cả|gồm|điều kiện|thứ tự)\b")
_MARK = re.compile(r"^(?:\d{1,3}[a-zđ]?[.)]|[a-zđ]\)|-)\s*")


def statements(passage: Passage) -> list[str]:
    """Sentences of the passage that are true by themselves: those outside lists, and heads of lists with one entry.

    Not so where only the whole list is true: "đủ các điều kiện sau đây".
    """
    return [text for text, is_part in _sentences(passage) if not is_part]


def parts_of_wholes(passage: Passage) -> list[str]:
    """Heads of lists that are true as a whole only, with one entry: false."""
    return [text for text, is_part in _sentences(passage) if is_part]


def _sentences(passage: Passage) -> list[tuple[str, bool]]:
    made: list[tuple[str, bool]] = []
    head = ""
    for line in passage.shown.splitlines():
        mark = _MARK.match(line)
        text = line[mark.end() if mark else 0 :]
        if _HEAD.match(text):
            head = text if not (mark and head) else f"{head} {text}"
        elif mark and head:
            made.append((f"{head.rstrip(':')} {text}", bool(_ALL_OF_IT.search(head))))
        else:
            head = ""
            made += [(piece, False) for piece in re.split(r"(?<=\.)\s(?=[A-ZĐ])", text)]
    return [one for one in made if _can_be_said(one[0])]


def _can_be_said(text: str) -> bool:
    return (
        len(words(text)) >= 2 * MIN_WORDS
        and len(text) <= MAX_CHARS - 80
        and text[0].isupper()
        and not names_law(text)
        and not text.startswith(("Trừ", "Tuy nhiên", "Riêng", "Ngoại trừ"))
    )


# Light ways to say a sentence otherwise, and true all the same.


def as_it_stands(text: str, random: Random) -> str | None:
    return text


def without_full_stop(text: str, random: Random) -> str | None:
    return text.rstrip(".;")


def introduced(text: str, random: Random) -> str | None:
    opening = random.choice(("Theo quy định của pháp luật, ", "Theo đó, ", "Cụ thể, ", "Pháp luật quy định rằng "))
    return opening + text[0].lower() + text[1:]


def numbers_in_words(text: str, random: Random) -> str | None:
    changed = re.sub(r"\b0?(\d{1,2})(?= (?:ngày|tháng|năm|tuổi|giờ|lần)\b)", lambda m: _NUMBER_WORDS.get(m[1], m[0]), text)
    return changed if changed != text else None


def numbers_with_zeros(text: str, random: Random) -> str | None:
    changed = re.sub(r"(?<![\d.,/])(\d)(?= (?:ngày|tháng|năm|tuổi)\b)", r"0\1", text)
    return changed if changed != text else None


def amounts_in_millions(text: str, random: Random) -> str | None:
    changed = re.sub(r"\b(\d{1,3})\.000\.000 đồng", r"\1 triệu đồng", text)
    return changed if changed != text else None


def other_word(text: str, random: Random) -> str | None:
    pairs = (("không quá", "tối đa"), ("ít nhất", "tối thiểu"), ("bao gồm", "gồm"), ("có trách nhiệm", "phải"), ("có nghĩa vụ", "phải"))
    return next((text.replace(one, other) for one, other in pairs if one in text), None)


def without_small_words(text: str, random: Random) -> str | None:
    changed = re.sub(r" (?:các|những|của|thì|là)(?= )", "", text)
    return changed if changed != text else None


def stopped_at_comma(text: str, random: Random) -> str | None:
    """The first half of an enumeration, where no word behind the comma limits it."""
    at = text.rfind(", ")
    behind = text[at:].lower()
    limits = re.search(r"\d|\b(?:nếu|khi|trừ|không|chưa|hoặc|trong|phải|được|bị|tại|theo|thì|nhưng|mà|với)\b", behind)
    return None if at < 0 or limits or len(words(text[:at])) < MIN_WORDS else text[:at]


def turned_round(text: str, random: Random) -> str | None:
    """The part before the comma put last: true, and lost on a check that minds the order."""
    first, comma, rest = text.rstrip(".").partition(", ")
    starts = first.startswith(("Khi ", "Nếu ", "Trong ", "Sau ", "Trước "))
    return f"{rest[0].upper()}{rest[1:]} {first[0].lower()}{first[1:]}" if comma and starts and rest else None


def in_the_plain_form(text: str, random: Random) -> str | None:
    """A word of everyday speech instead of the law's: true, and lost on a check that knows few of them."""
    pairs = (("chấm dứt", "kết thúc"), ("thanh toán", "trả tiền"), ("cư trú", "sinh sống"), ("giao kết", "ký kết"), ("chi trả", "trả"))
    return next((text.replace(one, other) for one, other in pairs if one in text), None)


TRUE_WAYS: tuple[Way, ...] = (
    as_it_stands,
    without_full_stop,
    introduced,
    numbers_in_words,
    numbers_with_zeros,
    amounts_in_millions,
    other_word,
    without_small_words,
    stopped_at_comma,
    turned_round,
    in_the_plain_form,
)


def truth(text: str, random: Random) -> str:
    """The sentence said in one of the ways that fit it."""
    return said_in_one_way(text, TRUE_WAYS, random)


def said_in_one_way(text: str, ways: tuple[Way, ...], random: Random) -> str:
    """The text made over by one of the ways; some of them fit any text."""
    made = (way(text, random) for way in random.sample(ways, len(ways)))
    return next(said for said in made if said)


def passages_of_article(article: Article) -> list[Passage]:
    """The clauses of an article as a model is given them."""
    body = parse_article_body(article.text)
    opening = f"{body.intro}\n" if body.intro.endswith(":") and "\n" not in body.intro else ""
    if not body.clauses:
        return [Passage(article.id, article.text, article.validity)]
    made = []
    for clause in body.clauses:
        points = "".join(f"\n{point.letter}) {point.text}" for point in clause.points)
        text = f"{opening}{clause.number}. {clause.text}{points}" + (f"\n{clause.closing}" if clause.closing else "")
        made.append(Passage(replace(article.id, clause=clause.number), text, article.validity))
    return made
