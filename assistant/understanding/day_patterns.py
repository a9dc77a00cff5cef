"""Patterns by which `days` reads a date, and what only looks like one; all are searched in folded text (no marks, d for đ)."""

from __future__ import annotations

import re

MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december")
# Months as numbers and as words; "tháng năm" is May.
MONTH_NUMBERS = {name: number for number, name in enumerate("gieng hai ba tu nam sau bay tam chin muoi".split(), 1)}
MONTH_NUMBERS |= {"mot": 1, "bon": 4, "muoi mot": 11, "muoi hai": 12, "chap": 12}
_NUMBERS = ("mot hai ba bon nam sau bay tam chin muoi", "one two three four five six seven eight nine ten")
COUNTS = {"nua": 0.5} | {word: float(number) for words in _NUMBERS for number, word in enumerate(words.split(), 1)}
YEARS_BACK = {"nay": 0, "ngoai": 1, "truoc": 1, "roi": 1, "qua": 1, "last": 1, "kia": 2}

# What may follow "sinh" or "làm từ": a year with as much of a date as is given.
_ANY_DATE = r"(?:(?:vao|hoi|dau|giua|cuoi|ngay|nam|thang|in|on)\s+)*(?:\d{1,2}\s*(?:[/.-]|thang|nam)?\s*){0,2}(?:nam\s+)?(?:19|20)\d\d\b"
# Words that end a title of a law, except in the pairs shown: "xã hội", "thi hành", "trẻ em" stand in titles.
_NOT_IN_TITLE = (
    r"(?:thi(?! hanh| dua)|la|cho|co(?! yeu| quan)|khong|(?<!xa )(?<!quoc )hoi|luc|khi|vao|tu|truoc|sau|nam|thang|ngay|quy dinh"
    r"|duoc|bi|phai|bat|phat|nao|gi|sao|nay|do|ay|theo|ap dung|neu|ma|(?<!tre )em|toi(?! pham)|minh|tui|may|bao nhieu)\b"
)
_TITLE_WORD = rf"\s*,?\s+(?!{_NOT_IN_TITLE})[a-z]+"
_TITLE = (
    rf"(?:(?:bl[a-z]{{2,4}}|lhngd|ldd|hien phap|bo luat)(?:{_TITLE_WORD}){{0,9}}\s*,?\s*\(?(?:nam\s+)?"
    # "luật 2019" is a title, "luật năm 2019" the law of that time.
    rf"|(?:luat|phap lenh)(?:{_TITLE_WORD}){{1,9}}\s*,?\s*\(?(?:nam\s+)?|luat\s+)(?:19|20)\d\d\b"
)
_AMENDED = r"(?:[\s,(]*(?:duoc\s+)?(?:sua doi|sd|bo sung|bs|hop nhat)[\s,a-z]{0,25}(?:19|20)\d\d)*"
_STARTED = r"\b(?:lam|lam viec|man|cong tac|dong|song|thue|o|su dung|cu tru|worked|working|lived)(?:\s+[a-z]+){0,4}\s+(?:tu|since)\s+"
NO_DAYS = tuple(
    re.compile(pattern)
    for pattern in (
        r"\b\d{1,5}\s*/\s*(?:19|20)\d\d\s*/\s*[a-z][\w-]*",
        r"\b(?:luat|nghi dinh|nd|thong tu|tt|ttlt|nghi quyet|nq|quyet dinh|qd|phap lenh|chi thi|van ban|cong van|ban an|so|nha|hem|ngo"
        r"|law|decree|circular|no)\.?\s*(?:so\s*)?:?\s*\d{1,5}\s?[/-](?:\s?\d{1,4}/)?\s?(?:19|20)\d\d\b",
        rf"\b{_TITLE}{_AMENDED}",
        r"(?<!in )(?<!since )(?<!before )(?<!after )(?<!until )\b(?:19|20)\d\d\s+(?:[a-z]+\s+){0,4}(?:code|law|act|constitution|decree)\b",
        r"\b(?:code|law|act|constitution)\s+(?:of\s+)?\(?(?:19|20)\d\d\b",
        rf"\b(?:ban hanh|hieu luc)\s+(?:(?:(?:ke|tinh)\s+)?tu\s+)?{_ANY_DATE}",
        rf"\b(?:sinh|sn|de|born)\s*:?\s*{_ANY_DATE}",
        _STARTED + _ANY_DATE,
    )
)

_YEAR = r"(?:(?:nam\s+)?(?P<year>(?:19|20)\d\d)(?![\d/-]|[.,]\d)|nam\s+(?P<near>ngoai|kia|nay|truoc))\b"
_PLAIN_YEAR = r"(?P<year>(?:19|20)\d\d)(?![\d/-]|[.,]\d)\b"
_MONTH_NAME = rf"(?P<month>{'|'.join((*MONTHS, *(month[:3] for month in MONTHS)))})\.?"
_MONTH = rf"(?P<month>\d{{1,2}}|{'|'.join(sorted(MONTH_NUMBERS, key=len, reverse=True))})"
_COUNT = rf"(?P<count>\d{{1,3}}|{'|'.join(COUNTS)})"
_NO_UNIT = r"(?![\d/-]|[.,]\d|\s*(?:dong|nguoi|trieu|d|k|usd|m2|km|kg|cai|hoc sinh)\b)"
_BEFORE_YEAR = r"(?:hoi|luc|vao|tu|truoc|trc|sau|den|toi|thoi|in|since|before|after|until|during|from|by|year)"
# The finest first: what one pattern has read is blanked out for those after it.
DATES = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?<![\d/.-])(?P<year>(?:19|20)\d\d)-(?P<month>\d\d)-(?P<day>\d\d)(?![\d-])",
        r"(?<![\d/.-])(?P<day>\d{1,2})\s?[/.-]\s?(?P<month>\d{1,2})\s?[/.-]\s?(?P<year>(?:19|20)\d\d)(?![\d/-])",
        r"(?<=ngay )(?P<day>\d{1,2})[/.-](?P<month>\d{1,2})[/.-](?P<short>\d\d)(?![\d/.-])",
        rf"(?<![\d/.-])(?P<day>\d{{1,2}})\s*(?:thang\s*{_MONTH}|[/-]\s*(?P<short_month>\d{{1,2}}))\s*,?\s*{_YEAR}",
        rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH_NAME},?\s+{_PLAIN_YEAR}",
        rf"\b{_MONTH_NAME}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+{_PLAIN_YEAR}",
        rf"\b(?:thang\s*{_MONTH}|t(?P<short_month>\d{{1,2}}))\s*[/.,-]?\s*{_YEAR}",
        rf"(?<![\d/.,-])(?P<month>\d{{1,2}})\s?[/-]\s?{_YEAR}",
        rf"\b{_MONTH_NAME},?\s+{_PLAIN_YEAR}",
        rf"\bquy\s+(?P<quarter>[1-4]|i{{1,3}}|iv)\s*[/,]?\s*{_YEAR}",
        rf"\bcach\s+(?:day|nay)\s+(?:(?:khoang|hon|gan|chung|tam|co)\s+)?{_COUNT}\s+(?P<unit>nam|thang|tuan|ngay)\b",
        rf"\b{_COUNT}\s+(?P<unit>nam|thang)\s+(?:ve\s+)?truoc\b(?!\s+(?:khi|ngay|luc|thoi|do|ay|ky|han)\b)",
        rf"\b{_COUNT}\s+(?P<unit>year|month|week|day)s?\s+ago\b",
        rf"(?<!\d )(?<!viet )(?<!mien )\bnam\s+{_PLAIN_YEAR}",
        r"(?<!viet )(?<!\d )\bnam\s+(?P<near>ngoai|kia)\b|\b(?P<last>last)\s+year\b",
        r"(?:^|(?<=[.,;:?!] )|(?<=hoi )|(?<=vao )|(?<=dau )|(?<=cuoi ))nam\s+(?:vua\s+)?(?P<near>truoc|roi|qua)\b(?!\s+(?:khi|do|ay)\b)",
        rf"(?P<cue>\b{_BEFORE_YEAR}\s+)(?P<year>(?:19|20)\d\d)\b{_NO_UNIT}",
        r"(?P<cue>(?:^|\bcon|\bthe)\W*)(?P<year>(?:19|20)\d\d)(?=\s+(?:thi|sao)\b|\W*$)",
        r"(?<=dau )nam\s+(?P<near>nay)\b",
    )
)
FULL_DATES = tuple(pattern for pattern in DATES if "day" in pattern.groupindex)
DAY_AND_MONTH = re.compile(r"(?<=\bngay )(?P<day>\d{1,2})\s*(?:[/-]|thang)\s*(?P<month>\d|1[0-2])(?![\d/.-])")
# "báo 1 tháng trước", "nộp 2 năm trước" tell how early, not when.
EARLY = re.compile(r"\b(?:bao|nop|tra|xin|dat|noi|may|vai|nhieu)(?:\s+\w+){0,3}\s+$")
