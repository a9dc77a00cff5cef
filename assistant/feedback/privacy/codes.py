"""Codes of letters and figures, and addresses of mail: plates, passports, health insurance cards, e-mail."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.feedback.privacy.number_kinds import NumberKinds
from assistant.feedback.privacy.text import Letter
from assistant.feedback.types import PersonalDataType, PersonalSpan

# Two figures for the province, a series of one or two letters (and a figure on motorcycles), four or five figures.
_SERIES = r"(?:[a-hk-npr-vx-z]\d|[a-z]{2}\d?|[a-hk-npr-vx-z])"
_PLATE = re.compile(
    rf"(?<![\w.])[1-9]\d[ .\-–_]{{0,3}}{_SERIES}[ .\-–_/]{{0,3}}"
    r"(?:[\dol]{3}[ .\-]{0,2}[\dol]{2}|[\dol]{4,5}|[\dol]{2}[ .\-][\dol]{2,3})(?![\w])"
)
# "21th9 1983" and "2t9 1983" are days.
_DAY_LIKE = re.compile(r"[0-3]\d ?th?(?:\d|1[0-2]) (?:19|20)\d\d")
_SHIP = re.compile(r"(?<!\w)[a-z]{2,3}[ \-–]{0,2}\d{4,5}[ \-–]{0,2}ts(?!\w)")
_MILITARY = re.compile(r"(?<!\w)[a-z]{2}[ \-–]{0,2}\d{2}[ \-.](?:\d{2}|\d{3}\.?\d{2})(?!\w)")
_BOAT = re.compile(r"\b(?:ghe|tau|thuyen|xuong|sa lan|vo lai)(?: \w+){0,2} (?P<plate>[a-z]{2,3}(?:[\-–]\d{4,5}| \d{5}))(?!\w)")
_PLATE_WORDS = re.compile(r"\b(?:xe|bien|bks|bien so|moto|xe may|oto|o to|tai|tau|taxi|chiec)\b")
# "10h 300 00" and "15k 20000" are hours and money unless something calls them a plate.
_UNIT_LIKE = re.compile(r"\d\d[ ]?[hkmgdtp][ ]")
_PASSPORT = re.compile(r"(?<![\w\-/.])[a-z]{1,2}[ .\-]{0,2}\d(?:[ .\-]{0,2}\d){5,8}(?![\w/])")
_SURE_PASSPORT = re.compile(r"[BCEKNP]\d{7,8}")
# Whom the card insures: "TE" children, "HT" pensioners (decision 1351/QĐ-BHXH, 2015).
CARD_LETTERS = (
    "dn|hx|ch|nn|tk|hc|xk|ht|tb|no|ct|xb|tn|cs|qn|ca|cy|xn|mc|cn|hn|dt|dk|xd|bt|ts|td|tc|tq|ta|ty|hg"
    "|ls|pv|te|cc|hs|sv|gb|gd|cb|kc|tv|tl|tp|nd"
)
_CARD = re.compile(rf"(?<!\w)(?:{CARD_LETTERS})[ .\-]{{0,2}}[1-5](?:[ .\-]{{0,2}}\d){{12}}(?!\w)")
_DOMAIN = re.compile(r"[ ]?[a-zA-Z0-9\-]{1,63}(?:\.[a-zA-Z0-9\-]{1,63}){1,4}| ?[a-zA-Z0-9\-]{1,63} ?\. ?(?:com|vn|net|org)\b")
_MAILBOX = re.compile(r"[a-zA-Z0-9_.+\-]{1,64}[ ]?$")
# "gi meo" is how people say it.
_PROVIDER = r"(?:gmail|g mail|gi meo|gmeo|ji meo|yahoo|hotmail|outlook|icloud)"
_DOT, _ENDING = r"[ ]?(?:\.|cham|dot)[ ]?", r"[a-z]{2,6}"
_AT_PROVIDER = rf"{_PROVIDER}(?:{_DOT}|,[ ]?|[ ]){_ENDING}(?:{_DOT}{_ENDING})?"
_TYPED_AT = re.compile(
    rf"(?<![\w.])[\w.+\-]{{2,64}}(?:(?:[ ]?(?:\(a\)|\[at\]|\(at\)|acong|@)|[ ](?:a cong|a-cong|a moc))[ ]?"
    rf"(?:{_AT_PROVIDER}|[\w\-]{{2,30}}(?: [a-z]{{2,6}}(?= cham))?(?:{_DOT}{_ENDING}){{1,3}})| at {_AT_PROVIDER})(?!\w)"
    rf"|(?<![\w.])[\w.+\-]{{3,64}} {_PROVIDER}{_DOT}com(?:\.vn)?(?!\w)"
)
# "mail là minh hải chín chín a còng …": a dictated mailbox is of several words.
_DICTATED = re.compile(
    r"\b(?:mail|la|vao|qua|ve|hop thu|cua (?:em|toi|tui|chau|minh))[ :]{1,3}(?P<words>(?:(?!la |vao |qua |ve )\w+ ){1,5})$"
)
_DICTATED_AHEAD = 60
_MAIL_WORDS = ("mail", "yahoo", "cong", "meo", "outlook", "icloud")
_LONGEST_MAILBOX = 66
_AHEAD = 30


def codes(letter: Letter, kinds: NumberKinds) -> Iterator[PersonalSpan]:
    """The plates, passports, insurance cards and mail addresses; some may overlap others."""
    yield from _mails(letter)
    for match in _CARD.finditer(letter.plain):
        # "MB 0902 7755 31800" is an account at a bank of two letters.
        if not kinds.is_bank(letter.plain[match.start() : match.start() + 2]):
            yield PersonalSpan(*match.span(), PersonalDataType.SOCIAL_INSURANCE_NO)
    for pattern in (_PLATE, _SHIP, _MILITARY):
        for match in pattern.finditer(letter.plain):
            if _is_plate(letter, match):
                yield PersonalSpan(*match.span(), PersonalDataType.PLATE)
    for match in _BOAT.finditer(letter.plain):
        yield PersonalSpan(*match.span("plate"), PersonalDataType.PLATE)
    for match in _PASSPORT.finditer(letter.plain):
        cue = kinds.cue_before(letter, match.start())
        is_told = cue is not None and cue.type is PersonalDataType.PASSPORT
        if is_told or (_SURE_PASSPORT.fullmatch(letter.written, *match.span()) and (cue is None or not cue.is_nobody)):
            yield PersonalSpan(*match.span(), PersonalDataType.PASSPORT)


def _is_plate(letter: Letter, match: re.Match[str]) -> bool:
    is_called = _PLATE_WORDS.search(letter.plain, max(0, match.start() - _AHEAD), match.start()) is not None
    if match.re is _MILITARY:
        return is_called and letter.written[match.start() : match.start() + 2].isupper()
    return is_called or match.re is _SHIP or not (_UNIT_LIKE.match(match.group()) or _DAY_LIKE.fullmatch(match.group()))


def _mails(letter: Letter) -> Iterator[PersonalSpan]:
    at = letter.written.find("@")
    free = 0
    while at >= 0:
        mailbox = _MAILBOX.search(letter.written, max(free, at - _LONGEST_MAILBOX), at)
        domain = _DOMAIN.match(letter.written, at + 1)
        if mailbox and domain:
            end = domain.start() + len(domain.group().rstrip("-_."))
            yield PersonalSpan(mailbox.start(), end, PersonalDataType.EMAIL)
            free = end
        at = letter.written.find("@", at + 1)
    if any(word in letter.plain for word in _MAIL_WORDS):
        for match in _TYPED_AT.finditer(letter.plain):
            yield PersonalSpan(match.start() - _dictated_ahead(letter, match), match.end(), PersonalDataType.EMAIL)


def _dictated_ahead(letter: Letter, match: re.Match[str]) -> int:
    """How many characters before a dictated mail address belong to its mailbox."""
    if "@" in match.group() or "(" in match.group():
        return 0
    words = _DICTATED.search(letter.plain, max(0, match.start() - _DICTATED_AHEAD), match.start())
    return len(words["words"]) if words else 0
