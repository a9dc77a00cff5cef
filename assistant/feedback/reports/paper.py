"""The form of an official document (NĐ 30/2020/NĐ-CP, Appendix I): page, letters, top and end, and the sorts of paragraphs between."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING

from assistant.feedback.reports.session_report import AssemblySession, printable, written
from assistant.feedback.reports.words import ReportWords

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement
    from docx.shared import Length
    from docx.table import Table, _Cell
    from docx.text.paragraph import Paragraph

_FONT = "Times New Roman"
TEXT_MM = 160
TABLE_POINTS = 11
# Tables with fewer rows fit on a page.
_PAGE_ROWS = 32


class Paper:
    """The form: page, letters, the blocks at the top and the end, and the sorts of paragraphs between them."""

    def __init__(self, document: Document, words: ReportWords, session: AssemblySession) -> None:
        self.document, self.words, self.session = document, words, session
        self.names: dict[str, str] = {
            "number_of_session": session.number_of_session,
            "legislature": session.legislature,
            "issuer": session.issuer,
            "opens_on": day(session.opens_on),
            "period_from": day(session.period_from),
            "period_to": day(session.period_to),
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
        _rule(self.document, TEXT_MM, 60)
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
        paragraph = self.document.add_paragraph(tidy(text), "Body Text")
        # What announces a list stays with it, and the last words stay with the signature.
        paragraph.paragraph_format.keep_with_next = text.endswith((":", "./."))

    def listed(self, text: str) -> None:
        """A paragraph of a list."""
        self.text(f"- {text}")

    def numbered(self, number: int, title: str, text: str) -> None:
        """A paragraph that begins with its number and a bold title."""
        paragraph = self.document.add_paragraph(style="Body Text")
        _run(paragraph, f"{number}. {tidy(title).rstrip('.')}. ", 14, is_bold=True)
        _run(paragraph, tidy(text), 14)

    def heading(self, text: str, level: int) -> None:
        """A heading with its number in it, never alone at the foot of a page."""
        self.document.add_heading(tidy(text), level)

    def note(self, text: str) -> None:
        """A small line below a table."""
        paragraph = self.document.add_paragraph()
        _run(paragraph, text, TABLE_POINTS, is_italic=True)
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
        shape = self.document.add_picture(BytesIO(png), Mm(TEXT_MM))
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
                _run(paragraph, value, TABLE_POINTS, is_bold=place == 0 or (is_last_bold and place == len(rows)))
                # A table that fits on one page stays on it.
                paragraph.paragraph_format.keep_with_next = len(rows) < _PAGE_ROWS and place < len(rows)
                if place == 0 or is_number:
                    _centre(paragraph)


def day(on: date) -> str:
    """20/10/2026."""
    return f"{on:%d/%m/%Y}"


def tidy(text: str) -> str:
    """`text` on one line, as it may be printed."""
    return " ".join(printable(text).split())


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
