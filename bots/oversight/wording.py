"""Sentences about supervision and social critique: at the command line and in the interface."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from assistant.oversight.errors import Part


@dataclass(frozen=True, slots=True)
class OversightSentences:
    """One language. Placeholders are filled by `str.format`."""

    programme_added: str
    critique_added: str
    recommended: str
    changed: str
    nothing: str
    programme: str
    cited: str
    cited_point: str
    subjects: str
    grounds: str
    recommendations: str
    reason: str
    recommendation: str
    answer: str
    follow_up: str
    next_round: str
    critique: str
    opinion: str
    response: str
    due_answer: str
    due_round: str
    topic: str
    why: str
    records: str
    planned_already: str
    nationwide: str
    left_out: str
    accepted: str
    one_origin: str
    not_found: Mapping[str, str]
    changed_meanwhile: str
    no_way: str
    no_way_on: str
    forbidden: str
    topic_taken: str
    refused: Mapping[Part, str]


VIETNAMESE = OversightSentences(
    programme_added="Đã ghi chương trình giám sát số {number} vào kế hoạch năm {year}.",
    critique_added="Đã ghi nội dung phản biện xã hội số {number}.",
    recommended="Đã ghi kiến nghị số {number} gửi {body}.",
    changed="Đã ghi. Phiên bản hiện nay: {version}.",
    nothing="Không có nội dung nào.",
    programme="{number:>4} v{version} [{status}] {year} · {level} · {title}\n     {holder} · {form} ({cited})",
    cited="khoản {clause} Điều {article} {law}",
    cited_point="điểm {point} khoản {clause} Điều {article} {law}",
    subjects="Đối tượng giám sát: {subjects}",
    grounds="Căn cứ: {ground} ({cited}). Hồ sơ kiến nghị của người dân: {numbers}",
    recommendations="Kiến nghị sau giám sát, phản biện: {numbers}",
    reason="Lý do không thực hiện: {reason}",
    recommendation="{number:>4} v{version} [{status}] gửi {body} ngày {sent}\n\n{text}",
    answer="Trả lời ngày {on} – {position}:\n{text}",
    follow_up="Rà soát ngày {on} – {position}:\n{text}",
    next_round="Lần rà soát tiếp theo (lần {round}): {due}",
    critique="{number:>4} v{version} [{result}] {level} · {title} ({draft_number})\n     {drafter} soạn thảo, {issuer} ban hành · {form} ({cited})",
    opinion="Ý kiến phản biện ngày {on}:\n{text}",
    response="Cơ quan soạn thảo trả lời ngày {on}:\n{text}",
    due_answer="{due}  kiến nghị {number} – đến hạn đề nghị trả lời, chưa có trả lời · {body}",
    due_round="{due}  kiến nghị {number} – rà soát lần {round} · {status} · {body}",
    topic="{rank:>3}. {field} · {level} · {place}  [{key}]",
    why="     {people} người gửi; trong {records} hồ sơ: {repeated} gửi lại sau trả lời, {overdue} quá hạn trả lời, {unsettled} chưa giải quyết xong.",
    records="     Hồ sơ: {numbers}",
    planned_already="     Đã có trong chương trình: {numbers}",
    nationwide="cả nước",
    left_out="Không xếp được vì thiếu lĩnh vực, cấp hoặc địa bàn: {count} hồ sơ.",
    accepted="Đã đưa vào kế hoạch năm {year}: chương trình số {number}.",
    one_origin="Hãy nêu một trong hai: --programme hoặc --critique.",
    not_found={
        "programme": "Không có chương trình giám sát số {which}.",
        "critique": "Không có nội dung phản biện số {which}.",
        "recommendation": "Không có kiến nghị số {which}.",
        "proposal": "Trong kỳ này không có đề xuất «{which}».",
    },
    changed_meanwhile="Mục số {number} vừa được người khác thay đổi (nay là phiên bản {version}). Hãy mở lại rồi làm tiếp.",
    no_way="Không thể chuyển từ «{frm}» sang «{to}». Có thể chuyển sang: {allowed}.",
    no_way_on="Không thể chuyển từ «{frm}» sang «{to}»: mục này đã kết thúc.",
    forbidden="Vai trò của bạn không được làm việc này. Cần một trong các vai trò: {roles}.",
    topic_taken="Đề xuất «{topic}» đã có trong kế hoạch năm {year}: chương trình số {number}.",
    refused={
        "year": "Năm của kế hoạch phải từ 2016 đến 2100.",
        "title": "Hãy ghi tên, không quá 500 ký tự.",
        "holder": "Hãy ghi tên cơ quan chủ trì, không quá 200 ký tự.",
        "subject": "Hãy ghi tên cơ quan, tổ chức được giám sát, không quá 200 ký tự.",
        "area": "Mã địa bàn chưa đúng, ví dụ: province:01.",
        "period": "Ngày kết thúc phải sau hoặc trùng ngày bắt đầu.",
        "boards_of_commune": "Giám sát qua Ban Thanh tra nhân dân, Ban Giám sát đầu tư của cộng đồng chỉ thực hiện ở cấp xã (Điều 27 khoản 3 Luật Mặt trận Tổ quốc Việt Nam).",
        "programme_over": "Chương trình đã kết thúc hoặc không thực hiện, không bổ sung được nữa.",
        "programme_not_running": "Chỉ kiến nghị khi chương trình giám sát đang thực hiện hoặc đã kết thúc.",
        "reason": "Hãy nêu lý do không thực hiện.",
        "text": "Hãy ghi nội dung, không quá 20.000 ký tự.",
        "note": "Hãy ghi kết quả rà soát, không quá 20.000 ký tự.",
        "to_body": "Hãy ghi nơi nhận kiến nghị, không quá 200 ký tự.",
        "sent_on": "Ngày gửi phải từ 01/01/2016 đến hôm nay.",
        "answer_by": "Ngày đề nghị trả lời phải sau ngày gửi.",
        "answered_on": "Ngày trả lời phải từ ngày gửi đến hôm nay.",
        "held_on": "Ngày rà soát phải từ ngày gửi đến hôm nay.",
        "settled": "Kiến nghị này đã xong, không cần rà soát nữa.",
        "drafter": "Hãy ghi cơ quan chủ trì soạn thảo, không quá 200 ký tự.",
        "issuer": "Hãy ghi cơ quan ban hành, không quá 200 ký tự.",
        "draft_number": "Số của dự thảo không quá 100 ký tự.",
        "opinion_not_sent": "Chưa gửi văn bản phản biện.",
        "answered_already": "Cơ quan soạn thảo đã trả lời, không sửa được nữa.",
        "no_answer_has_no_text": "Đã ghi là không trả lời thì không có nội dung trả lời.",
    },
)
ENGLISH = OversightSentences(
    programme_added="Programme {number} is in the plan of {year}.",
    critique_added="Critique {number} is kept.",
    recommended="Recommendation {number} to {body} is kept.",
    changed="Kept. It is at version {version}.",
    nothing="There is nothing.",
    programme="{number:>4} v{version} [{status}] {year} · {level} · {title}\n     {holder} · {form} ({cited})",
    cited="{law}, art. {article}.{clause}",
    cited_point="{law}, art. {article}.{clause}.{point}",
    subjects="Supervised: {subjects}",
    grounds="Ground: {ground} ({cited}). Recommendations of citizens: {numbers}",
    recommendations="Recommended after supervision or critique: {numbers}",
    reason="Why it was cancelled: {reason}",
    recommendation="{number:>4} v{version} [{status}] to {body}, sent {sent}\n\n{text}",
    answer="Answer of {on} – {position}:\n{text}",
    follow_up="Looked after on {on} – {position}:\n{text}",
    next_round="Next round ({round}): {due}",
    critique="{number:>4} v{version} [{result}] {level} · {title} ({draft_number})\n     drafted by {drafter}, issued by {issuer} · {form} ({cited})",
    opinion="Opinion of {on}:\n{text}",
    response="Answer of the drafting body of {on}:\n{text}",
    due_answer="{due}  recommendation {number} – the answer asked for by then is missing · {body}",
    due_round="{due}  recommendation {number} – round {round} · {status} · {body}",
    topic="{rank:>3}. {field} · {level} · {place}  [{key}]",
    why="     {people} people; of {records} recommendations {repeated} came again after an answer, {overdue} are overdue, {unsettled} unsettled.",
    records="     Recommendations: {numbers}",
    planned_already="     In programmes already: {numbers}",
    nationwide="nationwide",
    left_out="Left out for want of a field, level or place: {count} recommendations.",
    accepted="Planned for {year}: programme {number}.",
    one_origin="Give one of both: --programme or --critique.",
    not_found={
        "programme": "There is no programme {which}.",
        "critique": "There is no critique {which}.",
        "recommendation": "There is no recommendation {which}.",
        "proposal": "This period gives no proposal “{which}”.",
    },
    changed_meanwhile="Somebody else has just changed number {number} (now version {version}). Open it again and go on.",
    no_way="No way leads from “{frm}” to “{to}”. It may go on to: {allowed}.",
    no_way_on="No way leads from “{frm}” to “{to}”: it is over.",
    forbidden="Your role may not do this. One of these roles may: {roles}.",
    topic_taken="The proposal “{topic}” is in the plan of {year} already, as programme {number}.",
    refused={
        "year": "The year of a plan lies from 2016 to 2100.",
        "title": "Give a title of at most 500 characters.",
        "holder": "Name who holds it, in at most 200 characters.",
        "subject": "Name the body that is supervised, in at most 200 characters.",
        "area": "The key of the area is not right; an example: province:01.",
        "period": "The last day must not lie before the first.",
        "boards_of_commune": "The people's inspection board and the community's investment supervision board are of the commune (Law on the Vietnam Fatherland Front, art. 27.3).",
        "programme_over": "The programme is over; nothing can be added.",
        "programme_not_running": "Only a programme that runs or has ended gives recommendations.",
        "reason": "Say why it is cancelled.",
        "text": "Write the text, at most 20,000 characters.",
        "note": "Write what was found, at most 20,000 characters.",
        "to_body": "Name the body it goes to, in at most 200 characters.",
        "sent_on": "The day of sending lies from 1 January 2016 to today.",
        "answer_by": "The day by which an answer is asked for must lie after the sending.",
        "answered_on": "The day of the answer must lie between the sending and today.",
        "held_on": "The day must lie between the sending and today.",
        "settled": "This recommendation is settled; nobody needs to look after it.",
        "drafter": "Name the drafting body, in at most 200 characters.",
        "issuer": "Name the issuing body, in at most 200 characters.",
        "draft_number": "The number of a draft has at most 100 characters.",
        "opinion_not_sent": "The opinion was not sent yet.",
        "answered_already": "The drafting body has answered; this stays as it is.",
        "no_answer_has_no_text": "Where there is no answer there is no text of it.",
    },
)


def oversight_sentences(language: str) -> OversightSentences:
    """The sentences of `vi` or `en`."""
    return ENGLISH if language == "en" else VIETNAMESE
