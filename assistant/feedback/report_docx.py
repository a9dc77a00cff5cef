"""The session report as an official document: the form of NĐ 30/2020/NĐ-CP, Appendix I, and the sections of the Front's reports."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.feedback.report_charts import lying_bars, standing_bars
from assistant.feedback.session_report import (
    UNKNOWN,
    AssemblySession,
    ReportedMatter,
    ReportWords,
    Resolution,
    SessionFigures,
    printable,
    written,
)

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement
    from docx.shared import Length
    from docx.table import Table, _Cell
    from docx.text.paragraph import Paragraph

_FONT = "Times New Roman"
_TEXT_MM = 160
_TABLE_POINTS = 11
_ROMAN = ("I", "II", "III", "IV")
_MOST_WORRIES = 5
# Tables with fewer rows fit on a page; tables with more than the short ones are folded.
_PAGE_ROWS, _SHORT_ROWS = 32, 6


def write_docx(figures: SessionFigures, session: AssemblySession, path: Path) -> None:
    """Writes the report to `path`: opening, general mood, opinions by field, results, recommendations, signature.

    `session` gives names, places and days; every count and share comes from a claim of `figures`.
    """
    from docx import Document

    paper = _Paper(Document(), ReportWords.load(), session)
    paper.lay_out()
    paper.write_top()
    _Report(paper, figures).write()
    paper.write_end()
    paper.document.save(str(path))


class _Paper:
    """The form: page, letters, the blocks at the top and the end, and the sorts of paragraphs between them."""

    def __init__(self, document: Document, words: ReportWords, session: AssemblySession) -> None:
        self.document, self.words, self.session = document, words, session
        self.names: dict[str, str] = {
            "number_of_session": session.number_of_session,
            "legislature": session.legislature,
            "issuer": session.issuer,
            "opens_on": _day(session.opens_on),
            "period_from": _day(session.period_from),
            "period_to": _day(session.period_to),
        }

    def lay_out(self) -> None:
        """A4 with the margins and letters of the form, and numbers from the second page on."""
        from docx.shared import Mm

        section = self.document.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.top_margin, section.bottom_margin, section.left_margin, section.right_margin = Mm(20), Mm(20), Mm(30), Mm(20)
        section.header_distance = Mm(10)
        section.different_first_page_header_footer = True
        number = section.header.paragraphs[0]
        _centre(number)
        _append(_append(_append(number._p, "w:fldSimple", instr="PAGE"), "w:r"), "w:t").text = "2"
        for name, is_bold in (("Normal", False), ("Body Text", False), ("Heading 1", True), ("Heading 2", True)):
            self._set_style(name, is_bold=is_bold)
        about = self.document.core_properties
        about.author, about.comments, about.language = self.session.issuer, "", "vi-VN"
        about.title = f"{self.words.title}: {self.words.subject.format(**self.names)}"

    def _set_style(self, name: str, *, is_bold: bool) -> None:
        from docx.enum.text import WD_ALIGN_PARAGRAPH
        from docx.shared import Mm, Pt, RGBColor
        from docx.styles.style import ParagraphStyle

        style = self.document.styles[name]
        if not isinstance(style, ParagraphStyle):
            return
        style.font.name, style.font.size, style.font.bold, style.font.italic = _FONT, Pt(14), is_bold, False
        style.font.color.rgb = RGBColor(0, 0, 0)
        _name_fonts(style.element)
        look = style.paragraph_format
        look.space_before, look.space_after, look.line_spacing = Pt(6 if is_bold else 0), Pt(0 if name == "Normal" else 6), 1.0
        if name == "Normal":
            return
        look.first_line_indent, look.line_spacing = Mm(12.7), 1.15
        if name == "Body Text":
            look.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY

    # The blocks of the form

    def write_top(self) -> None:
        """Issuer and number on the left, the name and motto of the nation on the right, then the title."""
        issuer, nation = self._two_cells(69, 91)
        name = self.session.issuer
        for before in self.words.issuer_breaks:
            name = name.replace(before, f"\n{before.strip()}")
        _lines(issuer, [line.strip().upper() for line in name.split("\n")], 12, is_bold=True)
        _rule(issuer, 69, 24)
        number = self.session.document_number or self.words.no_number
        _line(issuer, self.words.number.format(document_number=number), 13)
        _lines(nation, [self.words.nation], 12, is_bold=True)
        _line(nation, self.words.motto, 13, is_bold=True)
        _rule(nation, 91, 60)
        _line(nation, self._issued(), 13, is_italic=True)
        title = self.document.add_paragraph()
        title.paragraph_format.space_before = _points(18)
        _run(title, self.words.title, 14, is_bold=True)
        subject = self.document.add_paragraph()
        _run(subject, self.words.subject.format(**self.names), 14, is_bold=True)
        _centre(title)
        _centre(subject)
        # So narrow that it breaks before "gửi đến".
        subject.paragraph_format.left_indent = subject.paragraph_format.right_indent = _millimetres(21)
        _rule(self.document, _TEXT_MM, 60)
        self.document.add_paragraph()

    def _issued(self) -> str:
        on, place = self.session.issued_on, self.session.place
        if on is None:
            return self.words.issued_blank.format(place=place)
        # A day below 10, and January and February, are written with a zero so that nothing can be put before them.
        return self.words.issued.format(place=place, day=f"{on:%d}", month=f"{on:%m}" if on.month < 3 else on.month, year=on.year)

    def write_end(self) -> None:
        """Whom it goes to on the left, the signature on the right, kept on one page."""
        self.document.add_paragraph().paragraph_format.keep_with_next = True
        left, right = self._two_cells(80, 80)
        _run(left.paragraphs[0], self.words.recipients, 12, is_bold=True, is_italic=True)
        is_central = self.session.issuer == self.words.central_issuer
        usual = self.words.central_recipients if is_central else self.words.provincial_recipients
        names = self.session.recipients or usual
        for place, name in enumerate(names, start=1):
            _run(left.add_paragraph(), f"- {printable(name)}{'.' if place == len(names) else ';'}", 11)
        _lines(right, [line.upper() for line in self.session.signer_title.split("\n")], 14, is_bold=True)
        for _ in range(4):
            right.add_paragraph()
        _line(right, self.session.signer_name, 14, is_bold=True)

    def _two_cells(self, left_mm: int, right_mm: int) -> tuple[_Cell, _Cell]:
        table = self.document.add_table(1, 2)
        properties = table._tbl.tblPr
        margins = _append(properties, "w:tblCellMar")
        # The format wants it before the look, which the library puts last.
        properties.insert(len(properties) - 2, margins)
        for side in ("w:left", "w:right"):
            _append(margins, side, w="0", type="dxa")
        _set_widths(table, (left_mm, right_mm))
        _append(table.rows[0]._tr.get_or_add_trPr(), "w:cantSplit")
        return table.rows[0].cells[0], table.rows[0].cells[1]

    # The sorts of paragraphs

    def say(self, key: str, **facts: int | str) -> None:
        """A sentence of the words with numbers and names in it."""
        self.text(self.sentence(key, **facts))

    def sentence(self, key: str, **facts: int | str) -> str:
        """The same, not written yet."""
        return self.words.sentences[key].format(**self.names, **{name: written(value) for name, value in facts.items()})

    def text(self, text: str) -> None:
        """A paragraph."""
        paragraph = self.document.add_paragraph(_tidy(text), "Body Text")
        # What announces a list stays with it, and the last words stay with the signature.
        paragraph.paragraph_format.keep_with_next = text.endswith((":", "./."))

    def listed(self, text: str) -> None:
        """A paragraph of a list."""
        self.text(f"- {text}")

    def numbered(self, number: int, title: str, text: str) -> None:
        """A paragraph that begins with its number and a bold title."""
        paragraph = self.document.add_paragraph(style="Body Text")
        _run(paragraph, f"{number}. {_tidy(title).rstrip('.')}. ", 14, is_bold=True)
        _run(paragraph, _tidy(text), 14)

    def heading(self, text: str, level: int) -> None:
        """A heading with its number in it, never alone at the foot of a page."""
        self.document.add_heading(_tidy(text), level)

    def note(self, text: str) -> None:
        """A small line below a table."""
        paragraph = self.document.add_paragraph()
        _run(paragraph, text, _TABLE_POINTS, is_italic=True)
        paragraph.paragraph_format.space_before, paragraph.paragraph_format.space_after = _points(3), _points(8)

    def caption(self, key: str) -> None:
        """What a table or chart shows, kept with it."""
        paragraph = self.document.add_paragraph()
        _run(paragraph, self.words.captions[key], 13, is_bold=True)
        _centre(paragraph)
        paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = _points(6)
        paragraph.paragraph_format.keep_with_next = True

    def picture(self, png: bytes, key: str) -> None:
        """A chart as wide as the text; its caption is what a reader who can't see it gets."""
        from docx.shared import Mm

        self.caption(key)
        shape = self.document.add_picture(BytesIO(png), Mm(_TEXT_MM))
        shape._inline.docPr.set("descr", self.words.captions[key])
        self.document.paragraphs[-1].paragraph_format.space_after = _points(6)

    def table(self, header: Sequence[str], rows: Sequence[Sequence[str]], widths_mm: Sequence[int], *, is_last_bold: bool = False) -> None:
        """A table with lines whose header comes again on each page; texts stand left, numbers in the middle."""
        from docx.enum.table import WD_TABLE_ALIGNMENT

        table = self.document.add_table(1 + len(rows), len(header), "Table Grid")
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        _set_widths(table, widths_mm)
        _append(table.rows[0]._tr.get_or_add_trPr(), "w:tblHeader")
        for place, (row, values) in enumerate(zip(table.rows, (header, *rows), strict=True)):
            _append(row._tr.get_or_add_trPr(), "w:cantSplit")
            for cell, value in zip(row.cells, values, strict=True):
                is_number = value[:1].isdigit() or value[:1] in ("<", "*")
                paragraph = cell.paragraphs[0]
                _run(paragraph, value, _TABLE_POINTS, is_bold=place == 0 or (is_last_bold and place == len(rows)))
                # A table that fits on one page stays on it.
                paragraph.paragraph_format.keep_with_next = len(rows) < _PAGE_ROWS and place < len(rows)
                if place == 0 or is_number:
                    _centre(paragraph)


class _Report:
    """The sections of the report, written on paper; what has no number to tell is left out or said in words."""

    def __init__(self, paper: _Paper, figures: SessionFigures) -> None:
        self._paper, self._words, self._figures = paper, paper.words, figures
        self._values, self._told = figures.values(), figures.told()

    def write(self) -> None:
        """Everything between the title and the signature."""
        self._opening()
        if self._values["total"]:
            for number, (key, section) in enumerate(
                (("mood", self._mood), ("fields", self._fields), ("results", self._results), ("recommended", self._recommended))
            ):
                self._paper.heading(f"{_ROMAN[number]}. {self._words.headings[key]}", 1)
                section()
            self._paper.say("annex")
        self._paper.say("closing")

    def _opening(self) -> None:
        self._paper.say("opening")
        if "all_reports" in self._values:
            received = enumerate(self._paper.session.received)
            parts = [
                self._paper.sentence("received_one", reports=self._values[f"reports:{place}"], source=one.source) for place, one in received
            ]
            self._paper.say("received", all_reports=self._values["all_reports"], listed="; ".join(parts))
        if self._values["total"]:
            kinds = {name.removeprefix("kind:"): value for name, value in self._values.items() if name.startswith("kind:")}
            self._paper.say("totals", **kinds, **{name: self._values[name] for name in ("submissions", "total")})
        else:
            self._paper.say("empty")
        for name in ("places", "left_out"):
            if name in self._values:
                self._paper.say(name, **{name: self._values[name]})
        if self._values["total"]:
            self._paper.say("as_follows")

    # I. General mood

    def _mood(self) -> None:
        headings = self._words.headings
        self._paper.heading(f"1. {headings['praise']}", 2)
        self._paper.say("praise" if self._figures.praised else "no_praise", praise=self._values["kind:praise"])
        self._quote(self._figures.praised, with_areas=False)
        self._paper.heading(f"2. {headings['worries']}", 2)
        self._worries()
        self._paper.heading(f"3. {headings['weeks']}", 2)
        self._paper.say("weeks")
        self._weeks()

    def _worries(self) -> None:
        fields = [name for name in self._told_fields() if name != UNKNOWN][:_MOST_WORRIES]
        if not self._values["asks"]:
            self._paper.say("no_worries")
            return
        self._paper.say("worries" if fields else "worries_apart", asks=self._values["asks"])
        for name in fields:
            title = next(one.title for one in self._figures.foremost if one.field == name)
            self._paper.listed(
                self._paper.sentence("worry", field=self._words.fields[name], title=_tidy(title).rstrip("."), **self._of_field(name))
            )

    def _weeks(self) -> None:
        weeks = self._figures.weeks
        counts = [self._count(f"week:{first}") for first in weeks]
        self._paper.picture(standing_bars([f"{first:%d/%m}" for first in weeks], counts), "chart_weeks")
        last_days = [min(first + timedelta(6), self._paper.session.period_to) for first in weeks]
        rows = [(f"{first:%d/%m} - {_day(last)}", written(count)) for first, last, count in zip(weeks, last_days, counts, strict=True)]
        self._paper.caption("table_weeks")
        self._side_by_side("week", rows)

    # II. By field

    def _fields(self) -> None:
        if not self._values["asks"]:
            self._paper.say("no_worries")
            return
        told = self._told_fields()
        self._paper.say("by_field" if self._figures.fields else "fields_withheld")
        if told:
            labels, counts = [self._words.fields[name] for name in told], [self._count(f"field:{name}") for name in told]
            self._paper.picture(lying_bars(labels, counts), "chart_fields")
        if self._figures.fields:
            self._field_table()
        if not told:
            self._paper.say("foremost")
            self._quote(self._figures.foremost)
        for number, name in enumerate(told, start=1):
            self._paper.heading(f"{number}. {self._words.fields[name]}", 2)
            self._paper.say("field", **self._of_field(name))
            self._quote(one for one in self._figures.foremost if (one.field or UNKNOWN) == name)
        self._other_fields(len(told) + 1)

    def _field_table(self) -> None:
        levels, columns = self._figures.levels, self._words.columns
        rows = [
            (self._words.fields[name], *(self._written(f"cell:{name}:{level}") for level in levels), self._written(f"field:{name}"))
            for name in self._figures.fields
        ]
        rows.append((columns["total"], *(self._written(f"level:{level}") for level in levels), self._written("asks")))
        header = (columns["field"], *(self._words.levels[level] for level in levels), columns["total"])
        narrow = 22
        self._paper.caption("table_fields")
        self._paper.table(header, rows, (_TEXT_MM - narrow * (len(levels) + 1), *(narrow for _ in (*levels, "total"))), is_last_bold=True)
        self._note_suppression(
            [*(f"field:{name}" for name in self._figures.fields), *(name for name in self._values if name.startswith(("cell:", "level:")))]
        )

    def _other_fields(self, number: int) -> None:
        """The fields whose count isn't told, and the provinces."""
        others = [self._words.fields[name] for name in self._figures.fields if f"field:{name}" not in self._told]
        if others:
            self._paper.heading(f"{number}. {self._words.headings['other_fields']}", 2)
            self._paper.say("other_fields", fields="; ".join(_small(one) for one in others))
        self._paper.heading(f"{number + bool(others)}. {self._words.headings['areas']}", 2)
        areas = self._figures.areas
        self._paper.say("by_area" if areas else "areas_withheld")
        if areas:
            self._paper.caption("table_areas")
            rows = [(self._words.area_unknown if name == UNKNOWN else name, self._written(f"area:{name}")) for name in areas]
            self._side_by_side("area", rows)
            self._note_suppression([f"area:{name}" for name in areas])

    # III. and IV.

    def _results(self) -> None:
        if not self._values["asks"]:
            self._paper.say("no_results")
            return
        self._paper.say("results", asks=self._values["asks"])
        for name in Resolution:
            self._paper.listed(self._paper.sentence("result", answer=self._words.classes[name], **self._of_class(name)))
        self._paper.say("unanswered", **self._of_class(UNKNOWN))

    def _recommended(self) -> None:
        recommended = self._figures.recommended
        self._paper.say("recommended" if recommended else "not_recommended", recommended=len(recommended))
        for number, one in enumerate(recommended, start=1):
            self._paper.numbered(number, one.title, self._quoted(one, with_area=False))

    # What they share

    def _told_fields(self) -> list[str]:
        return [name for name in self._figures.fields if f"field:{name}" in self._told]

    def _of_field(self, name: str) -> dict[str, int | str]:
        return {"count": self._values[f"field:{name}"], "share": self._values[f"field_share:{name}"]}

    def _of_class(self, name: str) -> dict[str, int | str]:
        return {"count": self._values[f"class:{name}"], "share": self._values[f"class_share:{name}"]}

    def _count(self, claim: str) -> int:
        return int(self._values[claim])

    def _written(self, claim: str) -> str:
        return written(self._values[claim])

    def _quote(self, matters: Iterable[ReportedMatter], *, with_areas: bool = True) -> None:
        for one in matters:
            self._paper.listed(self._quoted(one, with_area=with_areas))

    def _quoted(self, matter: ReportedMatter, *, with_area: bool) -> str:
        statement = _tidy(matter.statement or matter.title).rstrip(".")
        area = matter.area if with_area and f"area:{matter.area}" in self._told else None
        submissions = self._values[f"matter:{matter.number}"]
        return self._paper.sentence("quoted_at" if area else "quoted", statement=statement, area=area or "", submissions=submissions)

    def _side_by_side(self, column: str, rows: Sequence[tuple[str, str]]) -> None:
        """A table of two columns; a long one as two beside each other, read downwards."""
        times = 2 if len(rows) > _SHORT_ROWS else 1
        height = -(-len(rows) // times)
        columns = [[*rows[place * height : (place + 1) * height]] for place in range(times)]
        lines = [[text for one in columns for text in (one[line] if line < len(one) else ("", ""))] for line in range(height)]
        header = (self._words.columns[column], self._words.columns["count"]) * times
        narrow = 27
        self._paper.table(header, lines, (_TEXT_MM // times - narrow, narrow) * times)

    def _note_suppression(self, claims: Iterable[str]) -> None:
        if any(claim not in self._told for claim in claims):
            self._paper.note(self._words.sentences["suppressed"])


def _day(on: date) -> str:
    return f"{on:%d/%m/%Y}"


def _tidy(text: str) -> str:
    return " ".join(printable(text).split())


def _small(label: str) -> str:
    """A label inside a sentence."""
    return label[:1].lower() + label[1:]


# What python-docx has no name for


def _points(points: float) -> Length:
    from docx.shared import Pt

    return Pt(points)


def _millimetres(length: float) -> Length:
    from docx.shared import Mm

    return Mm(length)


def _centre(paragraph: Paragraph) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _run(paragraph: Paragraph, text: str, points: float, *, is_bold: bool = False, is_italic: bool = False) -> None:
    run = paragraph.add_run(printable(text))
    run.font.size, run.bold, run.italic = _points(points), is_bold, is_italic


def _line(cell: _Cell, text: str, points: float, *, is_bold: bool = False, is_italic: bool = False) -> None:
    """A centred line below those that the cell has."""
    first = cell.paragraphs[0]
    paragraph = first if len(cell.paragraphs) == 1 and not first.text else cell.add_paragraph()
    _run(paragraph, text, points, is_bold=is_bold, is_italic=is_italic)
    _centre(paragraph)


def _lines(cell: _Cell, texts: Iterable[str], points: float, *, is_bold: bool) -> None:
    for text in texts:
        _line(cell, text, points, is_bold=is_bold)


def _rule(place: Document | _Cell, width_mm: int, length_mm: int) -> None:
    """A line of that length in the middle, below what stands there."""
    from docx.shared import Mm

    paragraph = place.add_paragraph()
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Mm((width_mm - length_mm) / 2)
    paragraph.paragraph_format.line_spacing = _points(4)
    paragraph.paragraph_format.space_before = _points(3)
    properties = paragraph._p.get_or_add_pPr()
    borders = _append(properties, "w:pBdr")
    # The format wants borders before indents and spacing.
    properties.insert(0, borders)
    _append(borders, "w:top", val="single", sz="6", space="0", color="000000")


def _set_widths(table: Table, widths_mm: Sequence[int]) -> None:
    from docx.shared import Mm

    table.autofit = False
    for column, width in zip(table.columns, widths_mm, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)


def _append(parent: BaseOxmlElement, tag: str, **attributes: str) -> BaseOxmlElement:
    from docx.oxml.ns import qn
    from docx.oxml.parser import OxmlElement

    child = OxmlElement(tag)
    for name, value in attributes.items():
        child.set(qn(f"w:{name}"), value)
    parent.append(child)
    return child


def _name_fonts(style: BaseOxmlElement) -> None:
    """The same letters for every script, and no letters of a theme before them."""
    from docx.oxml.ns import qn

    fonts = style.get_or_add_rPr().get_or_add_rFonts()
    for name in tuple(fonts.attrib):
        del fonts.attrib[name]
    for name in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{name}"), _FONT)
