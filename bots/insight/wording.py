"""Sentences about themes, bills and kept reports, and its errors as sentences."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from assistant.insight import errors
from assistant.insight.bills import Bill, BillKind


@dataclass(frozen=True, slots=True)
class InsightSentences:
    """One language. Placeholders are filled by `str.format`."""

    themes_found: str
    theme_line: str
    no_terms: str
    stance_for: str
    stance_against: str
    ungrouped: str
    selection: str
    nothing_chosen: str
    run_line: str
    bill_added: str
    bill_line: str
    bill_suggested: str
    bill_link_line: str
    bill_decided: str
    undecided: str
    accepted: str
    refused: str
    document_written: str
    report_kept: str
    report_holds: str
    report_differs: str
    difference: str
    records_changed: str
    absent: str
    run_not_found: str
    theme_not_found: str
    letter_not_in_run: str
    selection_changed: str
    bill_not_found: str
    bill_exists: str
    report_not_found: str
    province_not_found: str
    wrong_role: str
    grouping_missing: str


VIETNAMESE = InsightSentences(
    themes_found="Lần tìm {number}: {themes} chủ đề từ {submissions} lượt ý kiến, {ungrouped} lượt chưa xếp; độ ổn định giữa các lần chạy (ARI) {stability:.2f}.",
    theme_line="  {key:<12} {count:>5}  {title}{stance}",
    no_terms="(không có từ đặc trưng)",
    stance_for=" [đồng tình]",
    stance_against=" [không đồng tình]",
    ungrouped="  Chưa xếp: {count}",
    selection="Đã chọn (bản {version}, {made_by}):",
    nothing_chosen="Chưa có chủ đề nào được chọn (bản {version}).",
    run_line="{number:>5}  {first} – {last}  {submissions} lượt  ARI {stability:.2f}",
    bill_added="Đã thêm {number}: {title}",
    bill_line="{number:<20} {title}",
    bill_suggested="Máy gợi ý thêm {count} hồ sơ liên quan. Hãy xem và quyết định từng hồ sơ.",
    bill_link_line="{recommendation:>6}  {score:.2f}  {ground:<10} {standing}",
    bill_decided="Đã ghi nhận quyết định về hồ sơ {recommendation}.",
    undecided="chờ quyết định",
    accepted="có liên quan",
    refused="không liên quan",
    document_written="Đã viết {file}: {claims} số liệu, lưu thành báo cáo số {number}.",
    report_kept="Đã lưu số liệu thành báo cáo số {number}.",
    report_holds="Báo cáo số {number}: cả {claims} số liệu vẫn đúng như khi lập.",
    report_differs="Báo cáo số {number}: {differing} số liệu khác so với khi lập (báo cáo có {claims} số liệu).",
    difference="  {id}: {then} → {now}",
    records_changed="  {id}: vẫn là {now}, nhưng hồ sơ được tính đã thay đổi",
    absent="không có",
    run_not_found="Không có lần tìm chủ đề số {number}.",
    theme_not_found="Không có chủ đề «{key}» trong lần tìm này.",
    letter_not_in_run="Ý kiến số {number} không thuộc lần tìm này.",
    selection_changed="Danh sách chủ đề vừa được người khác thay đổi (nay là bản {version}). Hãy xem lại rồi làm tiếp.",
    bill_not_found="Không có dự án số {number}.",
    bill_exists="Đã có dự án số {number}.",
    report_not_found="Không có báo cáo số {number}.",
    province_not_found="Không rõ «{name}» là tỉnh, thành phố nào. Hãy ghi tên tỉnh, thành phố hiện nay.",
    grouping_missing="Thiếu thư viện để nhóm chủ đề. Hãy cài: pip install 'dienhong[reports]'.",
    wrong_role="Vai trò của bạn không được làm việc này. Cần vai trò xử lý, phê duyệt hoặc quản trị đơn vị.",
)
ENGLISH = InsightSentences(
    themes_found="Run {number}: {themes} themes from {submissions} submissions, {ungrouped} in none; stability between runs (ARI) {stability:.2f}.",
    theme_line="  {key:<12} {count:>5}  {title}{stance}",
    no_terms="(no telling words)",
    stance_for=" [for]",
    stance_against=" [against]",
    ungrouped="  In no theme: {count}",
    selection="Chosen (version {version}, {made_by}):",
    nothing_chosen="No theme is chosen yet (version {version}).",
    run_line="{number:>5}  {first} – {last}  {submissions} submissions  ARI {stability:.2f}",
    bill_added="Added {number}: {title}",
    bill_line="{number:<20} {title}",
    bill_suggested="{count} more recommendations are suggested. Look at each and decide.",
    bill_link_line="{recommendation:>6}  {score:.2f}  {ground:<10} {standing}",
    bill_decided="The decision on recommendation {recommendation} is kept.",
    undecided="to be decided",
    accepted="about the bill",
    refused="not about the bill",
    document_written="{file} is written: {claims} numbers, kept as report {number}.",
    report_kept="The numbers are kept as report {number}.",
    report_holds="Report {number}: all {claims} numbers still hold.",
    report_differs="Report {number}: {differing} numbers differ since (the report has {claims}).",
    difference="  {id}: {then} → {now}",
    records_changed="  {id}: still {now}, but the records it counts have changed",
    absent="none",
    run_not_found="There is no run of themes {number}.",
    theme_not_found="There is no theme “{key}” in this run.",
    letter_not_in_run="Submission {number} is not in this run.",
    selection_changed="Somebody else has just changed the selection (now version {version}). Look again and go on.",
    bill_not_found="There is no bill {number}.",
    bill_exists="There is a bill {number} already.",
    report_not_found="There is no report {number}.",
    province_not_found="“{name}” is not clearly one province. Write the name of a province of today.",
    grouping_missing="The library that groups letters is missing. Install: pip install 'dienhong[reports]'.",
    wrong_role="Your role may not do this. A reviewer, an approver or a unit administrator may.",
)

_SENTENCES: dict[type[Exception], Callable[[Any, InsightSentences], str]] = {
    errors.ThemeRunNotFound: lambda error, told: told.run_not_found.format(number=error.number),
    errors.ThemeNotFound: lambda error, told: told.theme_not_found.format(key=error.key),
    errors.LetterNotInRun: lambda error, told: told.letter_not_in_run.format(number=error.number),
    errors.SelectionChanged: lambda error, told: told.selection_changed.format(version=error.version),
    errors.BillNotFound: lambda error, told: told.bill_not_found.format(number=error.number),
    errors.BillExists: lambda error, told: told.bill_exists.format(number=error.number),
    errors.ReportNotFound: lambda error, told: told.report_not_found.format(number=error.number),
    errors.ProvinceNotFound: lambda error, told: told.province_not_found.format(name=error.name),
    errors.GroupingMissing: lambda _error, told: told.grouping_missing,
    errors.NotForThisRole: lambda _error, told: told.wrong_role,
}


_BILLS = {BillKind.LAW: "dự án {title}", BillKind.ORDINANCE: "dự án {title}", BillKind.RESOLUTION: "dự thảo {title}"}


def bill_in_full(bill: Bill) -> str:
    """What official documents call a bill, inside a sentence: "dự án Luật Đất đai (sửa đổi)"."""
    return _BILLS[bill.kind].format(title=bill.title)


def insight_sentences(language: str) -> InsightSentences:
    """The sentences of `vi` or `en`."""
    return ENGLISH if language == "en" else VIETNAMESE


def explain_insight(error: errors.InsightError, language: str) -> str:
    """What happened and what to do, in `vi` or `en`."""
    return _SENTENCES[type(error)](error, insight_sentences(language))
