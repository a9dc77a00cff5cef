"""Sentences about tables that are imported and exported, open data, and Open311."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class InteropSentences:
    """One language, at the command line. Placeholders are filled by `str.format`."""

    agree_first: str
    imported: str
    would_import: str
    bad_row: str
    faults: Mapping[str, str]
    unread: str
    unknown_columns: str
    file_faults: Mapping[str, str]
    file_row: str
    bad_channel: str
    exported: str
    open_data_written: str
    workbooks_missing: str
    needs_out: str
    no_units: str


@dataclass(frozen=True, slots=True)
class Open311Sentences:
    """One language, over HTTP."""

    about_field: str
    consent: str
    consent_datatype: str
    agree: str
    request_id: str
    place: str
    coordinates: str
    media: str
    duplicate: str
    contact: str
    key_service: str
    notice: str
    errors: Mapping[str, str]


VIETNAMESE = InteropSentences(
    agree_first=(
        "Chưa nhập. Hãy xác nhận bằng --agreed rằng người gửi đã đồng ý để cổng «{channel}» chuyển nội dung sang đây, "
        "hoặc chạy thử bằng --dry-run."
    ),
    imported="Đã đọc {rows} dòng: nhận {taken}, đã có từ trước {known}, không nhận {bad}.",
    would_import="Chạy thử, chưa lưu gì. Đã đọc {rows} dòng: sẽ nhận {taken}, đã có từ trước {known}, không nhận {bad}.",
    bad_row="Dòng {row}: {fault}",
    faults={
        "no_text": "thiếu nội dung.",
        "text_too_long": "nội dung dài quá 100.000 ký tự.",
        "bad_id": "mã dài quá 200 ký tự.",
        "bad_channel": "tên kênh chưa đúng; chỉ dùng chữ thường không dấu, số, dấu chấm, dấu gạch nối, tối đa 30 ký tự.",
        "bad_date": "ngày nhận chưa đúng; hãy ghi như 2026-11-05T08:30+07:00 hoặc 05/11/2026 08:30, không sau hôm nay.",
        "bad_contact": "cột «{column}» dài quá 500 ký tự.",
        "formula": "cột «{column}» là công thức; hãy dán giá trị thay cho công thức.",
        "not_a_row": "không đọc được; mỗi dòng phải là một đối tượng JSON gồm chữ và số.",
        "too_many_cells": "nhiều ô hơn dòng tiêu đề.",
        "id_repeated": "trùng mã với một dòng trước nhưng khác nội dung.",
        "changed": "đã nhập trước đây với nội dung khác; nội dung đã nhập được giữ nguyên.",
        "refused": "hệ thống không nhận ({column}).",
    },
    unread="Dòng {row}: đã nhận, bỏ qua giá trị chưa hiểu ở cột {columns}.",
    unknown_columns="Không dùng các cột: {columns}.",
    file_faults={
        "unknown_format": "Không nhập được tệp có đuôi «{detail}». Hãy dùng .csv, .xlsx hoặc .jsonl.",
        "not_utf8": "Tệp không phải UTF-8 (có thể là windows-1258, TCVN3 hoặc UTF-16). Hãy lưu lại dưới dạng «CSV UTF-8».",
        "broken": "Tệp bị hỏng hoặc sai định dạng.",
        "too_large": "Tệp quá lớn (tối đa {detail} MB khi mở ra). Hãy chia nhỏ.",
        "too_many_rows": "Tệp có quá nhiều dòng (tối đa {detail}). Hãy chia nhỏ.",
        "no_header": "Tệp trống: không có dòng tiêu đề.",
        "no_text_column": "Dòng tiêu đề không có cột «text» (hoặc «Nội dung»).",
        "column_twice": "Cột «{detail}» có hai lần trong dòng tiêu đề.",
        "unsafe": "Tệp có phần bị cấm ({detail}), không mở.",
    },
    file_row=" Lỗi ở dòng {row}. Chưa nhập dòng nào.",
    bad_channel="Tên kênh «{name}» chưa đúng; chỉ dùng chữ thường không dấu, số, dấu chấm, dấu gạch nối, tối đa 30 ký tự.",
    exported="Đã ghi bảng vào {path}.",
    open_data_written="Đã ghi {files} tệp dữ liệu mở vào {folder}.",
    workbooks_missing="Thiếu thư viện đọc, ghi XLSX. Hãy cài: pip install 'dienhong[reports]', hoặc dùng CSV.",
    needs_out="Tệp XLSX cần nơi ghi: thêm --out TỆP.",
    no_units="Chưa có bảng đơn vị hành chính: không nhận ra địa bàn.",
)
ENGLISH = InteropSentences(
    agree_first=(
        "Nothing was imported. Confirm with --agreed that the senders agreed to have “{channel}” pass their words on, or try it with --dry-run."
    ),
    imported="{rows} rows read: {taken} taken, {known} known before, {bad} not taken.",
    would_import="A trial, nothing was kept. {rows} rows read: {taken} would be taken, {known} known before, {bad} not taken.",
    bad_row="Row {row}: {fault}",
    faults={
        "no_text": "there is no text.",
        "text_too_long": "the text is longer than 100,000 characters.",
        "bad_id": "the id is longer than 200 characters.",
        "bad_channel": "the channel's name is not valid: small letters, digits, dots and hyphens, at most 30.",
        "bad_date": "the date is not valid: write 2026-11-05T08:30+07:00 or 05/11/2026 08:30, not after today.",
        "bad_contact": "column “{column}” is longer than 500 characters.",
        "formula": "column “{column}” is a formula; paste its value instead.",
        "not_a_row": "it cannot be read: each line must be a JSON object of texts and numbers.",
        "too_many_cells": "it has more cells than the header.",
        "id_repeated": "an earlier row has the same id with another content.",
        "changed": "it was imported before with another content; what was imported stays.",
        "refused": "it was refused ({column}).",
    },
    unread="Row {row}: taken, without what was not understood in {columns}.",
    unknown_columns="These columns are not used: {columns}.",
    file_faults={
        "unknown_format": "A file “{detail}” cannot be imported. Use .csv, .xlsx or .jsonl.",
        "not_utf8": "The file is not UTF-8 (perhaps windows-1258, TCVN3 or UTF-16). Save it as “CSV UTF-8”.",
        "broken": "The file is broken or not of its format.",
        "too_large": "The file is too large (at most {detail} MB unpacked). Divide it.",
        "too_many_rows": "The file has too many rows (at most {detail}). Divide it.",
        "no_header": "The file is empty: there is no header.",
        "no_text_column": "The header has no column “text”.",
        "column_twice": "The header names the column “{detail}” twice.",
        "unsafe": "The file holds what is forbidden ({detail}) and is not opened.",
    },
    file_row=" At row {row}. Nothing was imported.",
    bad_channel="“{name}” cannot be the name of a channel: small letters, digits, dots and hyphens, at most 30.",
    exported="The table is in {path}.",
    open_data_written="{files} files of open data are in {folder}.",
    workbooks_missing="The library for XLSX is missing. Install: pip install 'dienhong[reports]', or use CSV.",
    needs_out="A workbook needs a place: add --out FILE.",
    no_units="There are no tables of administrative units: places are not recognised.",
)

OPEN311_VIETNAMESE = Open311Sentences(
    about_field="Phản ánh, kiến nghị về lĩnh vực: {field}.",
    consent="Người gửi đã đọc và đồng ý với thông báo dưới đây.\n\n{text}",
    consent_datatype="Chọn phiên bản thông báo mà người gửi đã đồng ý.",
    agree="Đồng ý (bản {version})",
    request_id="Mã tin nhắn do ứng dụng đặt, để gửi lại không bị ghi hai lần.",
    place="Địa điểm: {place}",
    coordinates="Tọa độ: {lat}, {long}",
    media="Tệp kèm theo: {url}",
    duplicate="Đã gộp, theo dõi chung với yêu cầu số {parent}.",
    contact="Liên hệ đơn vị vận hành hệ thống này.",
    key_service="Liên hệ đơn vị vận hành để được cấp api_key. Đọc dữ liệu thì không cần khóa.",
    notice="Đã tiếp nhận. Dùng token để xem mã yêu cầu sau khi có người xử lý; token cũng là mã theo dõi của người gửi, hãy giữ kín.",
    errors={
        "api_key": "Thiếu api_key hoặc api_key không đúng.",
        "jurisdiction": "Không có jurisdiction_id này.",
        "service_code": "Không có service_code này: {value}.",
        "service_code_missing": "Thiếu service_code.",
        "request": "Không có yêu cầu này.",
        "token": "Không có token này.",
        "path": "Không có địa chỉ này. Xem /open311/v2/discovery.xml.",
        "location": "Thiếu địa điểm: cần lat và long, hoặc address_string, hoặc address_id.",
        "coordinates": "lat hoặc long không đúng.",
        "description": "description dài quá 4.000 ký tự.",
        "consent": "Thiếu attribute[consent], hoặc không phải phiên bản thông báo đã công bố. Xem services/{value}.",
        "unusable": "Tham số {value} quá dài hoặc có ký tự không dùng được.",
        "media_url": "media_url phải là địa chỉ http hoặc https.",
        "date": "Ngày giờ không đúng: {value}. Hãy ghi như 2026-01-01T00:00:00Z.",
        "span": "Khoảng thời gian phải theo thứ tự và không quá 90 ngày.",
        "status": "status chỉ nhận open, closed.",
        "form": "Chỉ nhận application/x-www-form-urlencoded.",
        "refused": "Chưa tiếp nhận được nội dung này.",
        "too_many": "Gửi quá nhanh. Hãy thử lại sau {value} giây.",
        "too_large": "Nội dung gửi quá dài.",
        "unavailable": "Dịch vụ đang chuẩn bị. Hãy thử lại sau ít phút.",
        "unexpected": "Có lỗi ngoài dự kiến.",
    },
)
OPEN311_ENGLISH = Open311Sentences(
    about_field="Reports and recommendations about: {field}.",
    consent="The sender has read and agrees to the notice below.\n\n{text}",
    consent_datatype="Choose the version of the notice that the sender agreed to.",
    agree="I agree (version {version})",
    request_id="An id of the message, given by the application, so that sending it again is not counted twice.",
    place="Place: {place}",
    coordinates="Coordinates: {lat}, {long}",
    media="Attached: {url}",
    duplicate="Duplicate: followed together with request {parent}.",
    contact="Contact the operator of this service.",
    key_service="Ask the operator of this service for an api_key. Reading needs none.",
    notice="Received. The token leads to the request once somebody works on it; it is also the sender's tracking code, so keep it secret.",
    errors={
        "api_key": "The api_key is missing or not valid.",
        "jurisdiction": "There is no such jurisdiction_id.",
        "service_code": "There is no such service_code: {value}.",
        "service_code_missing": "The service_code is missing.",
        "request": "There is no such request.",
        "token": "There is no such token.",
        "path": "There is nothing at this address. See /open311/v2/discovery.xml.",
        "location": "The location is missing: lat and long, address_string or address_id.",
        "coordinates": "lat or long is not valid.",
        "description": "The description is longer than 4,000 characters.",
        "consent": "attribute[consent] is missing, or no version of the notice that was ever shown. See services/{value}.",
        "unusable": "The parameter {value} is too long or has characters that cannot be used.",
        "media_url": "media_url must be an http or https address.",
        "date": "Not a date and time: {value}. Write 2026-01-01T00:00:00Z.",
        "span": "The times must be in order and at most 90 days apart.",
        "status": "status takes open, closed.",
        "form": "Only application/x-www-form-urlencoded is taken.",
        "refused": "This could not be taken in.",
        "too_many": "Too many requests. Try again in {value} seconds.",
        "too_large": "The request is too large.",
        "unavailable": "The service is getting ready. Please try again in a few minutes.",
        "unexpected": "Something unexpected went wrong.",
    },
)


def interop_sentences(language: str) -> InteropSentences:
    """The sentences of `vi` or `en`."""
    return ENGLISH if language == "en" else VIETNAMESE


def open311_sentences(language: str) -> Open311Sentences:
    """The sentences of `vi` or `en`."""
    return OPEN311_ENGLISH if language == "en" else OPEN311_VIETNAMESE
