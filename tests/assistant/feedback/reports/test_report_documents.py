"""The session report as documents: the official form, every number in it, and nothing that the tables suppress."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.document import Document as Paper
from openpyxl import Workbook, load_workbook  # type: ignore[import-untyped]
from PIL import Image

from assistant.feedback.reports.charts import lying_bars, standing_bars
from assistant.feedback.reports.docx import write_docx
from assistant.feedback.reports.session_report import UNKNOWN, AssemblySession, ReportedMatter, SessionFigures, session_figures, written
from assistant.feedback.reports.suppression import COVERED, SMALL
from assistant.feedback.reports.words import ReportWords
from assistant.feedback.reports.xlsx import write_xlsx
from assistant.feedback.types import AdminLevel, Field, Kind
from tests.assistant.feedback.generated_matters import SESSION, generated, matter

HIDDEN = "…"
WORDS = ReportWords.load()


@pytest.fixture(scope="module")
def figures() -> SessionFigures:
    return session_figures(generated(300), SESSION)


@pytest.fixture(scope="module")
def report(figures: SessionFigures, tmp_path_factory: pytest.TempPathFactory) -> Paper:
    return written_docx(figures, SESSION, tmp_path_factory.mktemp("report"))


@pytest.fixture(scope="module")
def annex(figures: SessionFigures, tmp_path_factory: pytest.TempPathFactory) -> Workbook:
    return written_xlsx(figures, generated(300), tmp_path_factory.mktemp("annex"))


def written_docx(figures: SessionFigures, session: AssemblySession, folder: Path) -> Paper:
    write_docx(figures, session, folder / "report.docx")
    return Document(str(folder / "report.docx"))


def written_xlsx(figures: SessionFigures, matters: list[ReportedMatter], folder: Path) -> Workbook:
    write_xlsx(figures, matters, folder / "annex.xlsx")
    return load_workbook(folder / "annex.xlsx")


def text_of(paper: Paper) -> str:
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in paper.paragraphs), *cells])


def rows_of(book: Workbook, sheet: str) -> list[dict[str, Any]]:  # Any: what a cell holds
    header, *rows = book[WORDS.annex.sheets[sheet]].iter_rows(values_only=True)
    return [dict(zip(header, row, strict=True)) for row in rows]


# The report


def test_the_report_holds_the_number_of_every_claim(report: Paper, figures: SessionFigures) -> None:
    numbers = set(re.findall(r"(?<![\w.,])(?:<5|\*|\d[\d.]*(?:,\d+)?%?)(?![\w%])", re.sub(r"[.,](?=\s|$)", "", text_of(report))))
    assert [(claim.id, claim.value) for claim in figures.claims if written(claim.value) not in numbers] == []


def test_every_number_said_in_a_sentence_is_a_claim(figures: SessionFigures, tmp_path: Path) -> None:
    """But for days and the numbers of headings, tables and charts."""
    values = {written(claim.value) for claim in figures.claims}
    said = written_docx(figures, SESSION, tmp_path).paragraphs
    sentences = [one.text for one in said if one.style is not None and one.style.name == "Body Text"]
    facts = re.sub(r"\d+/\d+/\d+|(?:Bảng|Biểu đồ) \d|24 lĩnh vực|Số: \S+|^\d+\. ", "", "\n".join(sentences), flags=re.MULTILINE)
    assert [number for number in re.findall(r"\d+(?:\.\d{3})*(?:,\d)?%?", facts) if number not in values] == []


def test_cells_of_the_tables_are_the_claims(report: Paper, figures: SessionFigures) -> None:
    values = figures.values()
    table = next(table for table in report.tables if table.rows[0].cells[0].text == WORDS.columns["field"])
    for row, field in zip(table.rows[1:], figures.fields, strict=False):
        expected = [
            WORDS.fields[field],
            *(written(values[f"cell:{field}:{level}"]) for level in figures.levels),
            written(values[f"field:{field}"]),
        ]
        assert [cell.text for cell in row.cells] == expected
    assert table.rows[-1].cells[-1].text == written(values["asks"])


def test_the_report_has_its_sections_in_order(report: Paper) -> None:
    headings = [one.text for one in report.paragraphs if one.style is not None and one.style.name == "Heading 1"]
    assert headings == [
        f"{roman}. {WORDS.headings[key]}"
        for roman, key in zip(("I", "II", "III", "IV"), ("mood", "fields", "results", "recommended"), strict=True)
    ]
    mood = [one.text for one in report.paragraphs if one.style is not None and one.style.name == "Heading 2"][:2]
    assert mood == [f"1. {WORDS.headings['praise']}", f"2. {WORDS.headings['worries']}"]


def test_the_form_is_the_official_one(report: Paper) -> None:
    section, text = report.sections[0], text_of(report)
    assert section.page_width is not None
    assert section.page_height is not None
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [margin and round(margin.mm) for margin in margins] == [20, 20, 30, 20]
    assert section.different_first_page_header_footer
    assert "PAGE" in section.header.paragraphs[0]._p.xml
    assert "PAGE" not in section.first_page_header.paragraphs[0]._p.xml
    for name, points in (("Normal", 14), ("Body Text", 14), ("Heading 1", 14), ("Heading 2", 14)):
        style: Any = report.styles[name]  # Any: the library's stub knows no fonts here
        assert (style.font.name, style.font.size.pt) == ("Times New Roman", points)
    for line in (
        "ỦY BAN TRUNG ƯƠNG\nMẶT TRẬN TỔ QUỐC VIỆT NAM",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc",
        "Số: 12/BC-MTTW-ĐCT",
        "Hà Nội, ngày 05 tháng 10 năm 2026",
        "BÁO CÁO\nTổng hợp ý kiến, kiến nghị của cử tri và Nhân dân gửi đến kỳ họp thứ hai Quốc hội khóa XVI",
        "Nơi nhận:",
        "- Lưu: VT.",
        "TM. ĐOÀN CHỦ TỊCH\nCHỦ TỊCH",
        "Nguyễn Văn Mẫu",
        "./.",
    ):
        assert line in text, line


def test_two_charts_stand_in_the_report_and_say_what_they_show(report: Paper) -> None:
    assert [shape._inline.docPr.get("descr") for shape in report.inline_shapes] == [
        WORDS.captions["chart_weeks"],
        WORDS.captions["chart_fields"],
    ]


def test_recommendations_are_numbered(report: Paper, figures: SessionFigures) -> None:
    assert figures.recommended
    texts = [one.text for one in report.paragraphs]
    for number, one in enumerate(figures.recommended, start=1):
        assert any(text.startswith(f"{number}. {one.title}. {one.statement}") for text in texts)


def test_fields_with_a_suppressed_count_list_no_matters(figures: SessionFigures) -> None:
    told = figures.told()
    assert [one.number for one in figures.foremost if f"field:{one.field or UNKNOWN}" not in told] == []


def test_an_empty_period_gives_a_report_that_says_so(tmp_path: Path) -> None:
    empty = session_figures([matter(opened_on=date(2020, 1, 1))], SESSION)
    text = text_of(written_docx(empty, SESSION, tmp_path))
    assert "Từ ngày 01/06/2026 đến ngày 30/09/2026 chưa có ý kiến, kiến nghị nào của cử tri và Nhân dân được tổng hợp." in text
    assert WORDS.headings["mood"] not in text
    assert "Nguyễn Văn Mẫu" in text
    assert rows_of(written_xlsx(empty, [], tmp_path), "matters") == []


@pytest.mark.parametrize(
    ("matters", "said"),
    [
        ([matter(1, kind=Kind.PRAISE)], ["no_worries", "no_results", "not_recommended"]),
        ([matter(1)], ["no_praise", "fields_withheld", "areas_withheld", "foremost", "not_recommended"]),
    ],
)
def test_a_report_of_one_matter_says_what_it_leaves_out(matters: list[ReportedMatter], said: list[str], tmp_path: Path) -> None:
    text = text_of(written_docx(session_figures(matters, SESSION), SESSION, tmp_path))
    assert [key for key in said if WORDS.sentences[key] not in text] == []
    assert SMALL not in text


def test_what_the_session_leaves_open_is_left_open_in_the_form(tmp_path: Path) -> None:
    session = replace(
        SESSION,
        issued_on=None,
        document_number="",
        received=(),
        issuer="Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh An Giang",
        place="An Giang",
        recipients=("Như trên",),
    )
    text = text_of(written_docx(session_figures(generated(40), session), session, tmp_path))
    for line in ("ỦY BAN\nMẶT TRẬN TỔ QUỐC VIỆT NAM\nTỈNH AN GIANG", "Số: ……/BC", "An Giang, ngày …… tháng …… năm ……", "- Như trên."):
        assert line in text
    assert "báo cáo, gồm:" not in text


@pytest.mark.parametrize("text", ["=1+1", "{asks}", "a\x00b\x0b\ud800c", "</w:t>&amp;<script>", "%s %d", "dòng một\ndòng hai", "+84", "@x"])
def test_whatever_somebody_wrote_stays_text(text: str, tmp_path: Path) -> None:
    matters = [matter(number, title=text, statement=text, area=text, submissions=9, is_for_next_report=True) for number in range(6)]
    figures = session_figures(matters, SESSION)
    printed = "".join(one for one in text if one not in "\x00\x0b\ud800")
    assert " ".join(printed.split()) in text_of(written_docx(figures, SESSION, tmp_path))
    book = written_xlsx(figures, matters, tmp_path)
    assert {cell.data_type for row in book[WORDS.annex.sheets["matters"]].iter_rows(min_row=2, min_col=5, max_col=7) for cell in row} == {
        "s"
    }
    assert {row["Tiêu đề"] for row in rows_of(book, "matters")} == {printed}


# The annex


def test_every_sheet_has_a_frozen_header(annex: Workbook) -> None:
    assert annex.sheetnames == list(WORDS.annex.sheets.values())
    assert {sheet.freeze_panes for sheet in annex} == {"A2"}
    assert all(cell.value and cell.font.bold for sheet in annex for cell in sheet[1])


def test_the_annex_lists_every_counted_matter_and_no_other(annex: Workbook, figures: SessionFigures) -> None:
    total = next(claim for claim in figures.claims if claim.id == "total")
    assert [row["Số"] for row in rows_of(annex, "matters")] == list(total.record_numbers)


def test_the_annex_shows_every_claim_with_its_query(annex: Workbook, figures: SessionFigures) -> None:
    rows = {row["Mã số liệu"]: row for row in rows_of(annex, "claims")}
    assert [(claim.id, rows[claim.id]["Giá trị"], rows[claim.id]["Cách tính"]) for claim in figures.claims] == [
        (claim.id, claim.value, claim.query) for claim in figures.claims
    ]


def test_a_told_claim_names_its_records_and_a_suppressed_one_does_not(annex: Workbook, figures: SessionFigures) -> None:
    rows = {row["Mã số liệu"]: row for row in rows_of(annex, "claims")}
    for claim in figures.claims:
        listed, proof = rows[claim.id]["Số các nội dung được tính"], rows[claim.id]["Mã kiểm tra (SHA-256)"]
        if claim.value in (SMALL, COVERED) or claim.sentence_key in ("level", "places"):
            assert (listed, proof) == (HIDDEN, HIDDEN)
        else:
            assert (numbers_in(listed), proof) == (list(claim.record_numbers), claim.snapshot_hash)


def numbers_in(listed: str | None) -> list[int]:
    runs = [run.split("-") for run in (listed or "").split(", ") if run]
    return [number for run in runs for number in range(int(run[0]), int(run[-1]) + 1)]


def test_who_filters_the_list_learns_no_more_than_the_tables_say(annex: Workbook, figures: SessionFigures) -> None:
    """Shown labels give the told counts; what is hidden is only what the margins leave over."""
    values, asks = figures.values(), [row for row in rows_of(annex, "matters") if row["Loại"] != WORDS.kinds[Kind.PRAISE]]
    fields, levels = ({label: code for code, label in labels.items()} for labels in (WORDS.fields, WORDS.levels))
    areas = Counter(row["Tỉnh, thành phố"] for row in asks if row["Tỉnh, thành phố"] != HIDDEN)
    assert areas == {
        (WORDS.area_unknown if name == UNKNOWN else name): values[f"area:{name}"]
        for name in figures.areas
        if isinstance(values[f"area:{name}"], int)
    }
    cells = Counter((fields[row["Lĩnh vực"]], levels[row["Cấp giải quyết"]]) for row in asks if row["Cấp giải quyết"] != HIDDEN)
    told = {name: value for name, value in values.items() if name.startswith("cell:") and isinstance(value, int) and value}
    assert {f"cell:{field}:{level}": count for (field, level), count in cells.items()} == told
    for field in {row["Lĩnh vực"] for row in asks if row["Cấp giải quyết"] == HIDDEN} - {HIDDEN}:
        assert isinstance(values[f"field:{fields[field]}"], int)
    assert any(row["Cấp giải quyết"] == HIDDEN for row in asks)


def test_praise_shows_no_place_since_no_table_counts_it(annex: Workbook) -> None:
    praise = [row for row in rows_of(annex, "matters") if row["Loại"] == WORDS.kinds[Kind.PRAISE]]
    assert praise
    assert {row[column] for row in praise for column in ("Lĩnh vực", "Cấp giải quyết", "Tỉnh, thành phố")} == {HIDDEN}


def test_records_beyond_what_a_cell_holds_go_on_in_the_next(tmp_path: Path) -> None:
    matters = [matter(10**13 + 2 * number, level=AdminLevel.CENTRAL, field=Field.HEALTH) for number in range(2100)]
    write_xlsx(session_figures(matters, SESSION), matters, tmp_path / "annex.xlsx")
    sheet = load_workbook(tmp_path / "annex.xlsx")[WORDS.annex.sheets["claims"]]
    total = next(row for row in sheet.iter_rows(min_row=2, values_only=True) if row[0] == "total")
    assert [number for cell in total[5:] if cell for number in numbers_in(cell)] == [one.number for one in matters]


def test_neither_document_says_with_what_it_was_written(report: Paper, annex: Workbook) -> None:
    assert (report.core_properties.author, report.core_properties.comments) == (SESSION.issuer, "")
    assert annex.properties.creator == SESSION.issuer


# Charts


@pytest.mark.parametrize("draw", [lying_bars, standing_bars])
@pytest.mark.parametrize("count", [1, 25, 53])
def test_charts_are_pictures_as_wide_as_the_text_and_the_same_each_time(draw: Any, count: int) -> None:  # Any: either function
    labels, counts = [f"Lĩnh vực {number}" for number in range(count)], list(range(count))
    png = draw(labels, counts)
    assert draw(labels, counts) == png
    assert Image.open(BytesIO(png)).width == 1260
