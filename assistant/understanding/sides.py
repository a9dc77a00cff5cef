"""A question that compares, parted into its sides: two things, or one thing at two times.

"điều 35 và 36 bộ luật lao động khác gì" asks of two articles; "trước 1/7/2025 làm sổ đỏ ở đâu, giờ làm ở đâu" asks one thing twice.
Matching runs on folded text; names are those written.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from assistant.understanding import side_patterns as patterns
from assistant.understanding.days import day_meant
from corpus.text import fold, nfc, squeeze, without_marks
from corpus.text import is_accented as is_accented_text

# The two-level administration began: Resolution 203/2025/QH15 and Law 72/2025/QH15.
_REFORM = date(2025, 7, 1)
# A longer story tells a case; what it compares is not to be parted by rules.
_LONGEST_QUESTION = 60
_LONGEST_ITEM = 3


@dataclass(frozen=True, slots=True)
class Side:
    """One side: its name as written (of times it may be empty), and the question to be answered for it.

    `day`: whose law is meant (None: that of asking). `is_earlier`: the law before today's text is meant, and nobody says of which day.
    """

    name: str
    question: str
    day: date | None = None
    is_earlier: bool = False


@dataclass(frozen=True, slots=True)
class Sides:
    """The two sides of a comparison; `of_times`: one subject, earlier and later."""

    first: Side
    second: Side
    of_times: bool = False


@dataclass(frozen=True, slots=True)
class _Written:
    """A text as written and folded, place for place."""

    shown: str
    folded: str
    is_accented: bool

    @classmethod
    def of(cls, text: str, *, is_accented: bool | None = None) -> _Written:
        shown, folded = nfc(text), fold(text)
        # Taking marks away may change the length of strange text.
        same = len(shown) == len(folded) == len(shown.lower())
        return cls(shown if same else without_marks(text), folded, is_accented_text(text) if is_accented is None else is_accented and same)

    def part(self, start: int, end: int | None = None) -> _Written:
        return _Written(self.shown[start:end], self.folded[start:end], self.is_accented)

    def around(self, start: int, end: int, between: str = "") -> _Written:
        return _Written.of(f"{self.shown[:start]} {between} {self.shown[end:]}", is_accented=self.is_accented)

    def without_comparing(self) -> _Written:
        pattern, searched = (patterns.SAID_WITH_MARKS, self.shown.lower()) if self.is_accented else (patterns.SAID_WITHOUT, self.folded)
        kept, last = [], 0
        for match in pattern.finditer(searched):
            kept.append(self.shown[last : match.start()])
            last = match.end()
        return _Written.of(squeeze(" ".join([*kept, self.shown[last:]])).replace("\n", " "), is_accented=self.is_accented)


def sides_of(text: str, asked_on: date) -> Sides | None:
    """The two sides that `text` compares, the earlier of two times first; None where it compares nothing."""
    written = _Written.of(squeeze(text).replace("\n", " "))
    if len(written.folded.split()) > _LONGEST_QUESTION:
        return None
    sides = _laws(written) or _times(written, asked_on) or _things(written)
    # Of strange text nothing may be left to ask.
    return sides if sides and sides.first.question.strip() and sides.second.question.strip() else None


def _laws(text: _Written) -> Sides | None:
    """Two laws of one title told by their years: "luật đất đai 2013 và 2024"."""
    match = patterns.TWO_LAWS.search(text.folded)
    if not match or match["first"] == match["second"]:
        return None
    title = text.shown[match.start("title") : match.end("title")]
    rest = _rest(text.around(*match.span(), text.shown[match.start("between") : match.end("between")] if match["between"] else ""))
    first, second = (f"{title} {year}" for year in sorted((match["first"], match["second"]), key=lambda year: year[-4:]))
    return Sides(Side(first, f"{first} {rest}".strip()), Side(second, f"{second} {rest}".strip()))


def _times(text: _Written, asked_on: date) -> Sides | None:
    """One subject at two times."""
    return _around_a_day(text, asked_on) or _old_and_new(text) or _two_years(text, asked_on) or _then_and_now(text, asked_on)


def _around_a_day(text: _Written, asked_on: date) -> Sides | None:
    match = patterns.BEFORE_AND_AFTER.search(text.folded)
    if not match:
        return None
    named = day_meant(f"từ {match['day']}", asked_on)
    turn = named.day if named else _REFORM
    subject = _subject(text, match)
    later = turn if turn > asked_on else None
    if not subject:
        return None
    return Sides(Side("", subject, turn - timedelta(days=1)), Side("", subject, later), of_times=True)


def _old_and_new(text: _Written) -> Sides | None:
    match = patterns.OLD_AND_NEW.search(text.folded)
    if not match:
        return None
    noun = text.shown[match.start("noun") : match.end("noun")] if match["noun"] else ""
    # "luật", "quy định" alone say nothing of the matter.
    of_matter = noun if len(noun.split()) > 2 else ""
    subject = _rest(text.around(*match.span(), of_matter))
    return Sides(Side("", subject, is_earlier=True), Side("", subject), of_times=True) if subject else None


def _two_years(text: _Written, asked_on: date) -> Sides | None:
    match = patterns.TWO_YEARS.search(text.folded)
    if not match or not (patterns.COMPARES.search(text.folded) or patterns.ASKS.search(text.folded) or not match["second"][-1].isdigit()):
        return None
    subject = _subject(text, match)
    named = [f"trước {match['first']}" if match["before"] else match["first"], match["second"]]
    days = [_end_of(one, asked_on) for one in named]
    if days[0] == days[1] or not subject:
        return None
    earlier, later = sorted(days, key=lambda day: day or asked_on)
    return Sides(Side("", subject, earlier), Side("", subject, later), of_times=True)


def _end_of(named: str, asked_on: date) -> date | None:
    """The last day of a year or month, a day, the day before "trước …"; None for the running year and for words that mean now."""
    is_day = named[-4:].isdigit() and named != str(asked_on.year)
    meant = day_meant(f"năm {named}" if named.isdigit() else named, asked_on) if is_day else None
    return meant.day if meant else None


def _then_and_now(text: _Written, asked_on: date) -> Sides | None:
    """ "trước 1/7/2025 làm sổ đỏ ở đâu, giờ làm ở đâu": the fuller half tells the subject."""
    then = patterns.THEN_WORDS.search(text.folded)
    now = next(
        (one for one in patterns.NOW_WORDS.finditer(text.folded) if then and (one.start() >= then.end() or one.end() <= then.start())), None
    )
    if not then or not now:
        return None
    halves = _halves(text, then, now)
    between = text.folded[min(then.end(), now.end()) : max(then.start(), now.start())]
    is_said = patterns.COMPARES.search(text.folded) or re.fullmatch(rf"\s*{patterns.AND}\s*", between)
    if not is_said and not all(patterns.ASKS_AGAIN.search(half.folded) for half in halves):
        return None
    subject = max((_rest(half) for half in halves), key=lambda rest: len(rest.split()))
    named = day_meant(text.shown[then.start() : then.end()], asked_on)
    reform = _REFORM - timedelta(days=1) if re.search(r"huyen|sap nhap", text.folded) else None
    day = named.day if named else reform
    earlier = Side(text.shown[then.start() : then.end()].strip(), subject, day, is_earlier=day is None)
    return Sides(earlier, Side(text.shown[now.start() : now.end()].strip(), subject), of_times=True) if subject else None


def _halves(text: _Written, then: re.Match[str], now: re.Match[str]) -> tuple[_Written, _Written]:
    """What is said of each time: the words around the first, and those after the second."""
    first, second = sorted((then, now), key=lambda match: match.start())
    return text.part(0, second.start()).around(*first.span()), text.part(second.end())


def _subject(text: _Written, match: re.Match[str]) -> str:
    return _rest(text.around(*match.span()))


def _rest(text: _Written) -> str:
    """What remains of words once those that only say that something is compared are gone."""
    lead = patterns.LEAD_IN.match(text.folded)
    bare = text.part(lead.end() if lead else 0).without_comparing()
    while (match := patterns.FRONT_WORDS.search(bare.folded)) and match.group():
        bare = bare.part(match.end()) if match.start() == 0 else bare.part(0, match.start())
    return bare.shown.strip(" ,?.!:;-")


def _things(text: _Written) -> Sides | None:
    """Two things, in the first sentence that compares any."""
    starts = [0, *(match.end() for match in patterns.SENTENCE.finditer(text.folded)), len(text.folded)]
    parts = (text.part(start, end) for start, end in pairwise(starts))
    return next((sides for part in parts if patterns.COMPARES.search(part.folded) and (sides := _pair(part))), None) or _bare_pair(text)


def _pair(text: _Written) -> Sides | None:
    lead = patterns.LEAD_IN.match(text.folded)
    if lead:
        text = text.part(lead.end())
    return _joined(text) or _differing(text) or _side_by_side(text)


def _joined(text: _Written) -> Sides | None:
    """ "A với B khác gì": the last joint before what is asked."""
    for joint in patterns.JOINTS:
        for match in reversed(list(joint.finditer(text.folded))):
            end = patterns.END.search(text.folded, match.end())
            first, second = text.part(0, match.start()), text.part(match.end(), end.start() if end else None)
            # A comma alone parts things only in a list: "CMND, CCCD khác nhau gì".
            is_listed = joint is not patterns.JOINTS[-1] or patterns.COMPARES_A_LIST.search(text.folded, match.end())
            if not (is_listed and _is_thing(first) and _is_thing(second)):
                continue
            before, _, last = first.folded.rpartition(", ")
            listed = first.part(len(before) + 1) if before and last.strip() else first
            topic = first.part(0, len(before)) if len(before.split()) > _LONGEST_ITEM else text.part(0, 0)
            asked = text.part(end.start() if end else len(text.folded))
            return _sides(listed, second, asked, _rest(topic))
    return None


def _is_thing(text: _Written) -> bool:
    return not patterns.FILLER.fullmatch(text.folded) and not patterns.COMPARES.search(text.folded)


def _bare_pair(text: _Written) -> Sides | None:
    """ "tạm trú với thường trú" and nothing else."""
    match = next((found for joint in patterns.JOINTS[:3] if (found := joint.search(text.folded))), None)
    if not match or patterns.ASKS.search(text.folded):
        return None
    first, second = text.part(0, match.start()), text.part(match.end())
    words = len(first.folded.split()), len(second.folded.split())
    names_articles = re.search(r"\bdieu \d", first.folded) and re.search(r"\bdieu \d", second.folded)
    is_pair = names_articles or (words[0] == words[1] and 2 <= words[0] <= _LONGEST_ITEM)
    return _sides(first, second, text.part(0, 0)) if is_pair else None


def _side_by_side(text: _Written) -> Sides | None:
    """ "tam giu tam giam khac nhau sao": two names of one build with nothing between them."""
    compares = patterns.COMPARES.search(text.folded)
    named = text.part(0, compares.start() if compares else 0)
    words, shown = named.folded.split(), named.shown.split()
    for start in range(len(words) - 1):
        half = len(words) - (len(words) - start) // 2
        if (len(words) - start) % 2 == 0 and half > start + 1 and words[start] == words[half] and words[start:half] != words[half:]:
            one, other = " ".join(shown[:half]), " ".join([*shown[:start], *shown[half:]])
            return Sides(Side(one, one), Side(other, other))
    return None


def _differing(text: _Written) -> Sides | None:
    """ "A khác B chỗ nào"."""
    bare = text.part(0, len(text.folded.rstrip(" ?!.")))
    compares = patterns.COMPARES.search(bare.folded)
    comma = bare.folded.find(", ", compares.end()) if compares else -1
    bare, more = (bare.part(0, comma), bare.part(comma)) if comma >= 0 else (bare, bare.part(0, 0))
    match = patterns.DIFFERS_FROM.match(bare.folded)
    if not match:
        return None
    first, second = bare.part(*match.span("first")), bare.part(*match.span("second"))
    if not (_is_thing(first) and _is_thing(second)):
        return None
    asked = bare.part(*match.span("rest")) if match["rest"] else bare.part(0, 0)
    return _sides(first, second, asked.around(len(asked.shown), len(asked.shown), more.shown))


def _sides(first: _Written, second: _Written, asked: _Written, topic: str = "") -> Sides:
    one, other = _completed(_name(first), _name(second))
    shared = f"{topic} {_rest(asked)}".strip()
    return Sides(Side(one, f"{one} {shared}".strip()), Side(other, f"{other} {shared}".strip()))


def _name(text: _Written) -> str:
    return _rest(text) or text.shown.strip(" ,?.!")


def _completed(first: str, second: str) -> tuple[str, str]:
    """Both names in full: what one of them shares with the other is said only once."""
    one, other = _Written.of(first), _Written.of(second)
    parts = patterns.PART_OF_LAW.match(one.folded), patterns.PART_OF_LAW.match(other.folded)
    if parts[0] and not parts[1] and re.match(r"\d+[a-z]?\b", other.folded):
        return _completed(first, f"{first[: parts[0].end('kind')]} {second}")
    if parts[0] and parts[1]:
        return (first + second[parts[1].end() :] if parts[0].end() == len(one.folded) else first), second
    return first, _with_head(one, other)


def _with_head(first: _Written, second: _Written) -> str:
    """`second` with the noun that it leaves out: "hợp đồng xác định thời hạn", "không xác định"."""
    words, own, shown = first.folded.split(), second.folded.split(), first.shown.split()
    if not own or not words or own[0] == words[0] or len(own) >= len(words):
        return second.shown
    if own[0] in words:
        return " ".join([*shown[: words.index(own[0])], second.shown])
    if own[0] == "khong" and len(own) > 1 and own[1] in words:
        start = words.index(own[1])
        before = start - 1 if words[start - 1] == "co" else start
        return " ".join([*shown[:before], second.shown, *shown[start + len(own) - 1 :]])
    if not patterns.MODIFIER.fullmatch(second.folded):
        return second.shown
    head = next((place for place in range(1, len(words)) if patterns.MODIFIER.fullmatch(" ".join(words[place:]))), len(words) - len(own))
    return " ".join([*shown[:head], second.shown])
