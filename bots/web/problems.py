"""Errors as problem details (RFC 9457), in the asker's language, with what to do next; never what was asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fastapi import Request, Response
from fastapi.responses import JSONResponse

from bots.web.page_wording import page_sentences
from bots.web.templating import templates

MEDIA_TYPE = "application/problem+json"
_TYPE = "urn:dienhong:problem:"
# Addresses that programs call.
_OF_PROGRAMS = ("/api/", "/open311/", "/open-data/")
_UNEXPECTED = 500


@dataclass(frozen=True, slots=True)
class Sentence:
    """Title and next step in one language."""

    title: str
    detail: str


_SENTENCES: Mapping[str, tuple[int, Sentence, Sentence]] = {
    "invalid": (
        422,
        Sentence("Yêu cầu chưa đúng mẫu", "Hãy sửa các trường nêu trong «errors» rồi gửi lại."),
        Sentence("The request is not valid", "Correct the fields named in “errors” and send it again."),
    ),
    "not-found": (
        404,
        Sentence("Không tìm thấy", "Hãy kiểm tra lại địa chỉ hoặc mã đã gửi."),
        Sentence("Not found", "Check the address or the identifier that you sent."),
    ),
    "conversation-not-found": (
        404,
        Sentence("Không còn cuộc trò chuyện này", "Cuộc trò chuyện đã hết hạn hoặc đã bị xóa. Hãy mở cuộc mới."),
        Sentence("This conversation is gone", "It has expired or was deleted. Please start a new one."),
    ),
    "method-not-allowed": (
        405,
        Sentence("Cách gọi không dùng được ở địa chỉ này", "Hãy xem /openapi.json."),
        Sentence("This method cannot be used at this address", "See /openapi.json."),
    ),
    "too-large": (
        413,
        Sentence("Nội dung gửi quá dài", "Hãy gửi tối đa {limit} byte."),
        Sentence("The request is too large", "Send at most {limit} bytes."),
    ),
    "too-many": (
        429,
        Sentence("Bạn gửi quá nhanh", "Hãy đợi {seconds} giây rồi gửi lại."),
        Sentence("Too many requests", "Wait {seconds} seconds and send it again."),
    ),
    "unknown-key": (
        401,
        Sentence("Khóa truy cập không đúng", "Hãy kiểm tra khóa trong đầu mục Authorization, hoặc gọi không kèm khóa."),
        Sentence("Unknown access key", "Check the key in the Authorization header, or call without one."),
    ),
    "forbidden": (
        403,
        Sentence("Bạn không có quyền xem phần này", "Hãy dùng khóa của cán bộ được giao nhiệm vụ."),
        Sentence("This is not for you", "Use the key of somebody in charge."),
    ),
    "submission-not-found": (
        404,
        Sentence("Không tìm thấy ý kiến với mã này", "Hãy kiểm tra lại từng chữ của mã theo dõi."),
        Sentence("Nothing was found under this code", "Check each character of the tracking code."),
    ),
    "submission-refused": (
        409,
        Sentence("Chưa tiếp nhận được", "{reason}"),
        Sentence("This could not be taken in", "{reason}"),
    ),
    "cursor": (
        409,
        Sentence("Không xem tiếp được", "{reason}"),
        Sentence("The list cannot go on from here", "{reason}"),
    ),
    "erased": (
        410,
        Sentence("Tệp không còn", "{reason}"),
        Sentence("The file is gone", "{reason}"),
    ),
    "not-owner": (
        403,
        Sentence("Chưa xem được thông tin liên lạc", "{reason}"),
        Sentence("Contact details are not shown", "{reason}"),
    ),
    "act-refused": (
        422,
        Sentence("Chưa ghi được", "{reason}"),
        Sentence("This could not be kept", "{reason}"),
    ),
    "conflict": (
        409,
        Sentence("Chưa làm được", "{reason}"),
        Sentence("This cannot be done now", "{reason}"),
    ),
    "unavailable": (
        503,
        Sentence("Dịch vụ đang chuẩn bị", "Hãy thử lại sau ít phút."),
        Sentence("The service is getting ready", "Please try again in a few minutes."),
    ),
    "unexpected": (
        500,
        Sentence("Có lỗi ngoài dự kiến", "Dữ liệu đã lưu còn nguyên. Hãy thử lại; nếu vẫn lỗi, báo người quản trị kèm mã yêu cầu."),
        Sentence(
            "Something unexpected went wrong", "What was saved is safe. Try again; if it fails again, tell the operator the request id."
        ),
    ),
}


class Problem(Exception):
    """Ends a request with a problem: `kind` is a key of the sentences, `facts` fill them in, `headers` go with the response,
    `members` into its body."""

    def __init__(
        self, kind: str, *, headers: Mapping[str, str] | None = None, members: Mapping[str, object] | None = None, **facts: object
    ) -> None:
        super().__init__(kind)
        self.kind, self.headers, self.facts, self.members = kind, dict(headers or {}), facts, dict(members or {})


def language_of_request(request: Request) -> str:
    """`en` where the asker's browser or program prefers English, else `vi`."""
    preferred = request.headers.get("accept-language", "vi").strip().lower()
    return "en" if preferred.startswith("en") else "vi"


def problem_response(request: Request, problem: Problem, errors: list[dict[str, Any]] | None = None) -> Response:
    """The problem as a response: a page where somebody opened a page, else JSON.

    `errors`: field and reason of each invalid field, without the values sent.
    """
    status, vietnamese, english = _SENTENCES[problem.kind]
    sentence = english if language_of_request(request) == "en" else vietnamese
    if _is_of_page(request):
        return _page(request, problem, sentence, status)
    body: dict[str, Any] = {
        "type": _TYPE + problem.kind,
        "title": sentence.title,
        "status": status,
        "detail": sentence.detail.format(**problem.facts),
        "instance": request.url.path,
        "request_id": getattr(request.state, "request_id", ""),
    }
    body.update(problem.members)
    if errors:
        body["errors"] = errors
    return JSONResponse(body, status, headers=problem.headers, media_type=MEDIA_TYPE)


def _is_of_page(request: Request) -> bool:
    # What scripts and programs fetch does not ask for a page.
    return "text/html" in request.headers.get("accept", "") and not request.url.path.startswith(_OF_PROGRAMS)


def _page(request: Request, problem: Problem, sentence: Sentence, status: int) -> Response:
    language = language_of_request(request)
    context = {
        "words": page_sentences(language),
        "language": language,
        "sentence": sentence,
        "detail": sentence.detail.format(**problem.facts),
        "again": "/" + request.url.path.lstrip("/") if status >= _UNEXPECTED and request.method == "GET" else "",
        "request_id": getattr(request.state, "request_id", "") if status == _UNEXPECTED else "",
    }
    return templates().TemplateResponse(request, "problem.html", context, status, headers=problem.headers)
