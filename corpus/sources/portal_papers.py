"""The portal's tables of papers, flattened without separators, split back into name, form and counts.

A table is `heading`, the three column names, then rows `name [file names] N bản chính[,M bản sao]`. Cells are glued:
where a border has no blank on either side it is a border of cells, where it has one it is running text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.sources.portal_forms import name_and_form
from corpus.sources.portal_text import absent
from corpus.text import fold, squeeze
from corpus.types import Paper

_COLUMNS = "Tên giấy tờMẫu đơn, tờ khaiSố lượng"
_COUNT = re.compile(r"(\d+) bản chính(?:, ?(\d{1,4}) bản sao)?")
_BULLETS = re.compile(r"^(?:[-–+*•·…,.;)]|\s)+")
_DASHES = re.compile(r"[-\s]*")
_SHOW = re.compile(r"\bxuat trinh\b")
_SUBMIT = re.compile(r"\b(?:nop|gui)\b")
# Headings that say nothing beyond "the papers".
_BLAND = re.compile(
    r"(?:[a-z0-9]{1,3}(?:\.\d+)*[.)]\s*)?(?:cac )?"
    r"(?:giay to (?:phai )?(?:nop|xuat trinh)|(?:thanh phan )?ho so)(?:,? ?(?:bao )?gom(?: co)?)?"
)


@dataclass(frozen=True, slots=True)
class PaperTable:
    """The papers in the order of the portal; `unclear` holds the raw words of what could not be split with certainty."""

    papers: tuple[Paper, ...]
    unclear: tuple[str, ...]


def paper_table(flat: str) -> PaperTable:
    """The papers of one or more flattened tables, each under the heading in front of it; no text is lost."""
    heading, *tables = flat.split(_COLUMNS)
    papers: list[Paper] = []
    unclear: list[str] = []
    for table in tables:
        rows, rest = _rows(table)
        papers += [_paper(row, heading) for row in rows]
        unclear += [row.name for row in rows if not row.sure]
        heading = rest
    if not _DASHES.fullmatch(heading) and not absent(heading):
        papers.append(Paper(squeeze(heading)))
        unclear.append(squeeze(heading))
    return PaperTable(tuple(papers), tuple(f"papers: {words}" for words in unclear))


@dataclass(frozen=True, slots=True)
class _Row:
    name: str
    form: str | None
    originals: int
    copies: int | None
    sure: bool


def _rows(table: str) -> tuple[list[_Row], str]:
    """The rows of one table, and what stands behind the last of them."""
    rows: list[_Row] = []
    start = 0
    for count in _COUNT.finditer(table):
        cut = _count_start(table, start, count)
        if cut is None:
            continue
        name, form, sure = name_and_form(table[start:cut])
        copies = None if count[2] is None else int(count[2])
        if plain := _BULLETS.sub("", squeeze(name)):
            rows.append(_Row(plain, form, int(table[cut : count.end(1)]), copies, sure))
        start = count.end()
    return rows, table[start:]


def _count_start(table: str, start: int, count: re.Match[str]) -> int | None:
    """Where the number of originals begins, None where the words belong to a name ("gồm 01 bản chính").

    No cell of the portal holds more than 9 originals, so in a longer run of digits ("theo Mẫu số 181 bản chính")
    all but the last belong to the name.
    """
    behind, before, digits = table[count.end() :], table[start : count.start()], count[1]
    if before.endswith("(") or (behind[:1].isspace() and behind.lstrip()[:1].islower()):
        return None
    glued = not before[-1:].isspace() and (before != "" or not behind[:1].isspace())
    if glued and len(digits) == 1:
        return count.start()
    prose = re.match(r"[\s.,;:)]|\d+ bản chính", behind) is not None
    padded = digits[:-1].strip("0") == "" and len(digits) > 1 and not glued
    return None if prose or padded else count.end(1) - 1


def _paper(row: _Row, heading: str) -> Paper:
    when = _BULLETS.sub("", squeeze(heading)).strip(" :")
    plain = fold(when)
    shown = _SHOW.search(plain) is not None and _SUBMIT.search(plain) is None
    case = None if not when or _BLAND.fullmatch(plain) else when
    return Paper(row.name, not shown, row.originals, row.copies, row.form, case)
