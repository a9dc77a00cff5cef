"""What senders are told to do besides, in Vietnamese and English: nothing of it says how a submission is kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from assistant.feedback.guidance import Guidance
from bots.law.dialogue_wording import dialogue_sentences


@dataclass(frozen=True, slots=True)
class GuidanceSentences:
    """One language. `how`: what leads further, by the question `asked` where a guide answers it."""

    title: str
    danger: str
    urgent: str
    nobody: str
    texts: Mapping[Guidance, str]
    how: Mapping[Guidance, str]
    asked: Mapping[Guidance, str]


VIETNAMESE = GuidanceSentences(
    title="Điều cần biết thêm",
    danger="Đang nguy hiểm đến tính mạng? Gọi ngay, miễn phí:",
    urgent="Nếu đang có người gặp nguy hiểm, hãy gọi ngay, miễn phí",
    nobody="Ở đây không có người trực để cứu giúp. Gọi được rồi, bạn hãy xem tiếp bên dưới.",
    texts={
        Guidance.EMERGENCY: "Nội dung này có thể là việc khẩn cấp. Ở đây không có người trực để cứu giúp. Hãy gọi ngay: 113 công an, "
        "114 chữa cháy, cứu nạn, 115 cấp cứu, 111 bảo vệ trẻ em.",
        Guidance.DENUNCIATION: "Nội dung này có thể là việc tố cáo. Theo Điều 22 và Điều 23 Luật Tố cáo số 25/2018/QH14 (đã được sửa đổi, "
        "bổ sung), tố cáo phải bằng đơn hoặc trình bày trực tiếp tại cơ quan có thẩm quyền; nội dung gửi ở đây không thay cho đơn. "
        "Điều 8 của Luật này cấm tiết lộ họ tên, địa chỉ của người tố cáo; bạn đừng gửi thêm các thông tin đó ở đây.",
        Guidance.COMPLAINT: "Nội dung này có thể là việc khiếu nại. Theo Điều 8 Luật Khiếu nại số 02/2011/QH13 (đã được sửa đổi, bổ sung), "
        "khiếu nại phải bằng đơn hoặc trình bày trực tiếp; nội dung gửi ở đây không thay cho đơn.",
        Guidance.QUESTION: "Nội dung này có thể là một câu hỏi. Bạn hỏi ở trang hỏi đáp thì được trả lời ngay, có trích điều luật.",
    },
    how={
        Guidance.DENUNCIATION: "Xem cách tố cáo",
        Guidance.COMPLAINT: "Xem cách khiếu nại",
        Guidance.QUESTION: "Đến trang hỏi đáp",
    },
    asked={Guidance.DENUNCIATION: "tố cáo thế nào", Guidance.COMPLAINT: "khiếu nại thế nào"},
)
ENGLISH = GuidanceSentences(
    title="Please note",
    danger="Is a life in danger? Call now, free of charge:",
    urgent="If anyone is in danger, call now, free of charge",
    nobody="Nobody is on duty here to help. Call first, then read on below.",
    texts={
        Guidance.EMERGENCY: "This may be an emergency. Nobody is on duty here to help. Call now: 113 police, 114 fire and rescue, "
        "115 ambulance, 111 child protection.",
        Guidance.DENUNCIATION: "This may be a denunciation. By Articles 22 and 23 of the Law on Denunciations No. 25/2018/QH14 (as amended) "
        "a denunciation is made in writing or in person at the competent body; what is sent here does not replace it. Article 8 of that law "
        "forbids revealing the name and address of whoever denounces; please send no more of these here.",
        Guidance.COMPLAINT: "This may be a complaint. By Article 8 of the Law on Complaints No. 02/2011/QH13 (as amended) a complaint is "
        "made in writing or in person; what is sent here does not replace it.",
        Guidance.QUESTION: "This may be a question. Ask it on the question page, and it is answered at once, with the provisions quoted.",
    },
    how={
        Guidance.DENUNCIATION: "How to denounce a violation",
        Guidance.COMPLAINT: "How to make a complaint",
        Guidance.QUESTION: "To the question page",
    },
    asked={Guidance.DENUNCIATION: "how to denounce a violation", Guidance.COMPLAINT: "how to make a complaint"},
)


def guidance_sentences(language: str) -> GuidanceSentences:
    """The sentences of `vi` or `en`."""
    return ENGLISH if language == "en" else VIETNAMESE


def guidance_json(told: Iterable[Guidance], language: str) -> list[dict[str, object]]:
    """Code and text of each, to be read in this order."""
    texts = guidance_sentences(language).texts
    return [{"code": one.value, "text": texts[one]} for one in told]


def emergency_numbers(language: str) -> tuple[tuple[str, str], ...]:
    """The numbers to call, each with whom it reaches."""
    lines = (line.strip().partition(" – ") for line in dialogue_sentences(language).emergency if line.startswith("  "))
    return tuple((number, whom) for number, _, whom in lines)
