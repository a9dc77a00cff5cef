"""Sentences about bodies."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from assistant.feedback.bodies_book import ShownBody
from assistant.feedback.bodies_errors import BodiesNotYours, BodyInvalid, BodyNotFound
from assistant.feedback.types import AdminLevel


@dataclass(frozen=True, slots=True)
class BodiesSentences:
    """One language. Placeholders are filled by `str.format`."""

    added: str
    renamed: str
    ended: str
    followed: str
    none: str
    levels: Mapping[AdminLevel, str]
    every_area: str
    since: str
    to: str
    # How a body is shown that is called otherwise today, and one that nobody follows.
    shown: str
    shown_ended: str
    either: str
    not_found: str
    not_yours: str
    refused: Mapping[str, str]


VIETNAMESE = BodiesSentences(
    added="Đã thêm cơ quan {key}: {name}.",
    renamed="Từ ngày {day}, {key} mang tên {name}. Tên cũ vẫn được giữ.",
    ended="{key} kết thúc từ ngày {day}, không có cơ quan kế tiếp.",
    followed="{key} kết thúc từ ngày {day}. Kế tiếp: {successors}.",
    none="Không có cơ quan nào vào ngày {day}.",
    levels={AdminLevel.COMMUNE: "cấp xã", AdminLevel.PROVINCE: "cấp tỉnh", AdminLevel.CENTRAL: "trung ương"},
    every_area="mọi nơi",
    since="từ {day}",
    to="đến trước {day}",
    shown="{names} (trước ngày {until}: {written})",
    shown_ended="{written} (đã kết thúc hoạt động từ ngày {until})",
    either="hoặc",
    not_found="Không có cơ quan nào mang khoá {key}. Xem: dienhong bodies list.",
    not_yours="Chỉ quản trị đơn vị (unit_admin) được thay đổi danh mục cơ quan.",
    refused={
        "key": "Chưa ghi được: khoá gồm chữ thường không dấu, chữ số, dấu chấm hoặc gạch nối, tối đa 55 ký tự.",
        "key_taken": "Chưa ghi được: khoá {key} đã có.",
        "name": "Chưa ghi được: tên trống, quá 200 ký tự, không đổi, hoặc dùng {{area}} không đúng chỗ.",
        "name_taken": "Chưa ghi được: đã có một cơ quan cùng tên ở nơi này.",
        "name_general": "Chưa ghi được: tên này nơi nào cũng có; hãy ghi cả địa danh, ví dụ Sở Xây dựng tỉnh Bắc Ninh.",
        "area": "Chưa ghi được: mã địa bàn có dạng province:01 hoặc commune:00454 và phải đúng cấp của cơ quan.",
        "contact": "Chưa ghi được: nơi nhận phiếu chuyển trống hoặc quá 200 ký tự.",
        "day": "Chưa ghi được: ngày phải sau ngày cơ quan bắt đầu mang tên hiện nay.",
        "ended": "Chưa ghi được: {key} đã kết thúc.",
        "successor": "Chưa ghi được: cơ quan kế tiếp bị nêu hai lần, quá nhiều, hoặc một bên là tên chung cho mọi nơi còn bên kia thì không.",
        "cycle": "Chưa ghi được: cơ quan kế tiếp lại dẫn về chính {key}.",
    },
)
ENGLISH = BodiesSentences(
    added="Body {key} is added: {name}.",
    renamed="From {day} on {key} is called {name}. The old name is kept.",
    ended="{key} ends on {day}; nobody follows it.",
    followed="{key} ends on {day}. It is followed by: {successors}.",
    none="There are no bodies on {day}.",
    levels={AdminLevel.COMMUNE: "commune", AdminLevel.PROVINCE: "province", AdminLevel.CENTRAL: "central"},
    every_area="everywhere",
    since="from {day}",
    to="until before {day}",
    shown="{names} (before {until}: {written})",
    shown_ended="{written} (ended on {until})",
    either="or",
    not_found="No body has the key {key}. See: dienhong bodies list.",
    not_yours="Only unit administrators (unit_admin) change the list of bodies.",
    refused={
        "key": "Not kept: a key has small letters without marks, digits, dots or hyphens, at most 55 characters.",
        "key_taken": "Not kept: the key {key} is taken.",
        "name": "Not kept: the name is empty, longer than 200 characters, the same as before, or uses {{area}} where it cannot stand.",
        "name_taken": "Not kept: another body has this name in this place.",
        "name_general": "Not kept: every place has a body of this name; write the place too, such as Sở Xây dựng tỉnh Bắc Ninh.",
        "area": "Not kept: an area is written province:01 or commune:00454 and must be of the body's level.",
        "contact": "Not kept: the address for referrals is empty or longer than 200 characters.",
        "day": "Not kept: the day must come after the one from which the body has its name of today.",
        "ended": "Not kept: {key} has ended.",
        "successor": "Not kept: a successor is named twice, there are too many, or one of both is a name for every place and the other is not.",
        "cycle": "Not kept: the successor leads back to {key} itself.",
    },
)


def bodies_sentences(language: str) -> BodiesSentences:
    """The sentences of `vi` or `en`."""
    return ENGLISH if language == "en" else VIETNAMESE


def shown_name(shown: ShownBody, language: str = "vi") -> str:
    """The body by its name of today, with the old one beside it: "Sở Xây dựng … (trước ngày 01/07/2025: Sở Giao thông vận tải …)"."""
    if shown.until is None:
        return shown.written
    told = bodies_sentences(language)
    form = told.shown if shown.names else told.shown_ended
    return form.format(names=f" {told.either} ".join(shown.names), written=shown.written, until=f"{shown.until:%d/%m/%Y}")


def explain(error: Exception, language: str) -> str | None:
    """What happened and what to do, in `vi` or `en`; None for an error of something else."""
    told = bodies_sentences(language)
    if isinstance(error, BodyInvalid):
        return told.refused[error.what].format(key=error.key)
    if isinstance(error, BodyNotFound):
        return told.not_found.format(key=error.key)
    return told.not_yours if isinstance(error, BodiesNotYours) else None
