"""Text into the tree of a legal document: grouping levels, articles, clauses, points.

Statutes are numbered by rule (Decree 78/2025/NĐ-CP, Annex I): articles through the whole document, clauses 1, 2, 3 in an
article, points a, b, c, d, đ in a clause. So a number counts as a division only where it continues the row; a
number inside quotation marks belongs to the text of an amendment.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from corpus.ids import ProvisionId
from corpus.text import fold, squeeze
from corpus.types import ArticleBody, Clause, Point

POINT_LETTERS = "abcdđeghiklmnopqrstuvxy"
# A repealed clause leaves a hole in the row; wider holes are numbers of something else.
_LARGEST_HOLE = 4

# "2.000 đồng" and "2. 7. 2025" at the start of a line are an amount and a date; "2. 10 ngày" is a clause.
_CLAUSE = re.compile(r"(\d{1,3})([a-zđ]{0,2})\s?[.)](?!\d)(?!\s*\d{1,2}\s?[./]\s?\d{4}\b)\s*(.*)", re.DOTALL)
_POINT = re.compile(r"([a-zđ])(\d{0,2})\s?[).]\s*(.*)", re.DOTALL | re.IGNORECASE)
_ARTICLE = re.compile(r"Điều\s+(\d{1,4}[a-zđ]{0,2})\s*[.:]?\s*(.*)", re.IGNORECASE)
_APPENDIX = re.compile(r"PHỤ LỤC\s*([IVXLC\d]*[A-Za-z]?)\b[.:]?\s*(.*)")
_GROUP = re.compile(r"(Phần|Chương|Tiểu mục|Mục)\s+(thứ\s+\w+(?:\s\w+)?|[IVXLC]+|\d+[a-z]?|nhất)\b\s*[.:]?\s*(.*)", re.IGNORECASE)
_GROUP_DEPTH = {"phần": 0, "chương": 1, "mục": 2, "tiểu mục": 3}
_AMENDS = re.compile(r"^(?:\d+\.\s*)?(?:sửa đổi|bổ sung|thay thế|bãi bỏ|bỏ cụm từ|thay cụm từ)", re.IGNORECASE)
# What is changed is named by number or quoted; "Sửa đổi, bổ sung hợp đồng lao động" has neither.
_CHANGED = re.compile(r"\bsố \d+[\w.]*[/-]|như sau\s*:|“", re.IGNORECASE)
_CLOSING = re.compile(r"^(?:Bộ luật|Luật|Pháp lệnh|Nghị quyết) này (?:đã )?được (?:Quốc hội|Ủy ban thường vụ)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ParsedArticle:
    """An article found in the text of a document: its number (or `pl…`), heading, text, grouping levels from the outside in."""

    number: str
    heading: str
    text: str
    path: tuple[str, ...] = ()


@dataclass(slots=True)
class _Quotes:
    """Whether a line begins inside quotation marks; marks that do not pair in the whole text are ignored."""

    trusted: bool
    depth: int = 0

    @classmethod
    def of(cls, text: str) -> _Quotes:
        return cls(text.count("“") == text.count("”") and text.count('"') % 2 == 0)

    def inside(self, line: str) -> bool:
        """Whether `line` starts inside a quotation; then moves past it."""
        started = self.trusted and self.depth > 0
        curly = line.count("“") - line.count("”")
        straight = line.count('"') % 2
        self.depth = max(0, self.depth + curly)
        if straight:
            self.depth = max(0, self.depth - 1) if started else self.depth + 1
        return started


@dataclass(slots=True)
class _OpenClause:
    number: str
    lines: list[str]
    points: list[tuple[str, list[str]]] = field(default_factory=list)
    closing: list[str] = field(default_factory=list)

    def open_point(self, letter: str, first_line: str) -> None:
        """What looked like the end of the clause was one more paragraph of the point before."""
        if self.closing:
            self.points[-1][1].extend(self.closing)
            self.closing = []
        self.points.append((letter, [first_line]))

    def closed(self) -> Clause:
        points = tuple(Point(letter, "\n".join(lines)) for letter, lines in self.points)
        return Clause(self.number, "\n".join(self.lines), points, "\n".join(self.closing))


def parse_article_body(text: str) -> ArticleBody:
    """The clauses and points of an article's text (without its heading), in order; nothing of the text is lost."""
    text = squeeze(text)
    quotes = _Quotes.of(text)
    head = _OpenClause("", [])
    clauses: list[_OpenClause] = []
    for line in text.splitlines():
        current = clauses[-1] if clauses else head
        quoted = quotes.inside(line)
        clause = None if quoted else _clause_start(line, clauses[-1].number if clauses else None)
        point = None if quoted or clause else _point_start(line, current.points[-1][0] if current.points else None)
        if clause:
            clauses.append(_OpenClause(clause[0], [clause[1]]))
        elif point:
            current.open_point(*point)
        else:
            _continue(current, line)
    intro = "\n".join([*head.lines, *head.closing])
    points = tuple(Point(letter, "\n".join(lines)) for letter, lines in head.points)
    return ArticleBody(intro, tuple(clause.closed() for clause in clauses), points)


def _continue(current: _OpenClause, line: str) -> None:
    if not current.points:
        current.lines.append(line)
    elif current.closing or current.points[-1][1][-1].endswith("."):
        # After the full stop of the last point the clause itself goes on.
        current.closing.append(line)
    else:
        current.points[-1][1].append(line)


def _clause_start(line: str, last: str | None) -> tuple[str, str] | None:
    match = _CLAUSE.match(line)
    if not match:
        return None
    number, letter, rest = int(match.group(1)), match.group(2), match.group(3)
    last_number = int(re.sub(r"\D", "", last)) if last else 0
    if last is None:
        return (f"{number}{letter}", rest) if number == 1 else None
    follows = 0 < number - last_number <= _LARGEST_HOLE or (number == last_number and letter > re.sub(r"\d", "", last))
    return (f"{number}{letter}", rest) if follows else None


def _point_start(line: str, last: str | None) -> tuple[str, str] | None:
    match = _POINT.match(line)
    if not match:
        return None
    letter, digits, rest = match.group(1), match.group(2), match.group(3)
    if letter != letter.lower() or (")" not in line[:4] and not rest) or letter not in POINT_LETTERS:
        return None
    if last is None:
        return (letter + digits, rest) if letter == "a" and ")" in line[:4] else None
    order, last_order = POINT_LETTERS.index(letter), POINT_LETTERS.index(last[0])
    follows = 0 < order - last_order <= _LARGEST_HOLE or (order == last_order and digits > last[1:])
    return (letter + digits, rest) if follows and ")" in line[:4] else None


def amends_other_law(heading: str, text: str) -> bool:
    """Whether the article only changes another document, so that it never answers a question by itself."""
    starts = _AMENDS.match(heading.strip()) or (not heading and _AMENDS.match(text.strip()))
    return bool(starts and _CHANGED.search(text))


def parse_document(text: str) -> list[ParsedArticle]:
    """The articles and appendices of a whole document, in order, each with its grouping levels.

    Text before the first article (names, grounds) and the closing formula after the last are left out.
    """
    return list(_articles(squeeze(text)))


def _articles(text: str) -> Iterator[ParsedArticle]:
    quotes = _Quotes.of(text)
    path: dict[int, str] = {}
    number, heading, lines = "", "", list[str]()
    for line in text.splitlines():
        quoted = quotes.inside(line)
        start = None if quoted else _article_start(line, number)
        group = None if quoted or start else _GROUP.match(line)
        if not (start or (group and _is_group(group, line)) or (number and _CLOSING.match(line))):
            lines.append(line)
            continue
        if number:
            yield ParsedArticle(number, heading, "\n".join(lines), _levels(path))
        lines = []
        if start:
            number, heading = start
            continue
        number, heading = "", ""
        if group:
            _enter(path, group)
        else:
            path = {9: ""}
    if number:
        yield ParsedArticle(number, heading, "\n".join(lines), _levels(path))


def _levels(path: dict[int, str]) -> tuple[str, ...]:
    return tuple(name for _, name in sorted(path.items()) if name)


def _is_group(match: re.Match[str], line: str) -> bool:
    """A heading of a grouping level is short and does not go on as a sentence ("Chương này …", "Mục 2 của …")."""
    return len(line) < 300 and not match.group(3).lower().startswith(("của ", "này", "và "))


def _enter(path: dict[int, str], match: re.Match[str]) -> None:
    depth = _GROUP_DEPTH[match.group(1).lower()]
    for inner in [level for level in path if level >= depth]:
        del path[inner]
    label = f"{match.group(1).capitalize()} {match.group(2)}"
    path[depth] = f"{label}. {match.group(3)}".rstrip(". ") if match.group(3) else label


def _article_start(line: str, last: str) -> tuple[str, str] | None:
    appendix = _APPENDIX.match(line)
    if appendix and len(line) < 200:
        return "pl" + fold(appendix.group(1)), appendix.group(2)
    match = _ARTICLE.match(line)
    if not match or not line.startswith(("Điều", "ĐIỀU")):
        return None
    number, heading = match.group(1).lower(), match.group(2)
    value, last_value = int(re.sub(r"\D", "", number)), int(re.sub(r"\D", "", last) or 0)
    runs_on = heading[:1].islower() or heading.startswith((",", ";"))
    continues = value > last_value or (value == last_value and number > last)
    return (number, heading) if not runs_on and (continues or not last) else None


def provisions_of(article: ProvisionId, body: ArticleBody) -> Iterable[tuple[ProvisionId, str]]:
    """Every clause and point of an article with its own text, in order."""
    for point in body.points:
        yield ProvisionId(article.document, article.article, None, point.letter), point.text
    for clause in body.clauses:
        yield ProvisionId(article.document, article.article, clause.number), clause.text
        for point in clause.points:
            yield ProvisionId(article.document, article.article, clause.number, point.letter), point.text
