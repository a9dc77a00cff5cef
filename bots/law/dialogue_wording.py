"""Sentences for what is not a plain question: emergencies, complaints, reports, what was understood and what changed since."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DialogueSentences:
    """One language. Placeholders are filled by `str.format`; `basis` and `routes` go by the values of `Route`."""

    emergency: tuple[str, ...]
    basis: Mapping[str, str]
    routes: Mapping[str, str]
    options_heading: str
    as_of_words: str
    guide_of_today: str
    impossible_day: str
    changed_since: str
    gone_since: str
    place: str
    place_several: str
    places_more: str
    claims_heading: str
    asked_back: str
    asked_back_first: str
    sides_of_side: Mapping[str, str]
    without_model: str
    kept_from_model: str
    unanswered: str


VIETNAMESE = DialogueSentences(
    emergency=(
        "Nếu có người đang gặp nguy hiểm, hãy gọi ngay, miễn phí:",
        "  113 – công an",
        "  114 – chữa cháy, cứu nạn",
        "  115 – cấp cứu",
        "  111 – bảo vệ trẻ em",
        "Ở đây không có người trực để cứu giúp; gọi được rồi hãy nhắn tiếp.",
    ),
    basis={
        "complaint": "Tin nhắn này chưa phải là khiếu nại: khiếu nại phải bằng đơn hoặc trình bày trực tiếp (Điều 8 Luật Khiếu nại số "
        "02/2011/QH13). Cách làm như sau.",
        "denunciation": "Tin nhắn này chưa phải là tố cáo: tố cáo phải bằng đơn hoặc trình bày trực tiếp (Điều 22 Luật Tố cáo số "
        "25/2018/QH14). Xin đừng gửi thêm họ tên, địa chỉ của bạn ở đây; pháp luật giữ bí mật thông tin của người tố cáo. "
        "Cách làm như sau.",
        "report": "Bạn đang phản ánh một sự việc. Tin nhắn này chưa được chuyển đi. Nếu muốn có người tiếp nhận và trả lời, bạn hãy gửi "
        "thành ý kiến; bạn cũng có thể đến Ủy ban nhân dân hoặc Ủy ban Mặt trận Tổ quốc cấp xã nơi xảy ra sự việc.",
        "recommendation": "Bạn đang nêu một kiến nghị. Tin nhắn này chưa được chuyển đi. Nếu muốn có người tiếp nhận và trả lời, bạn hãy gửi "
        "thành ý kiến; bạn cũng có thể gửi đến Ủy ban Mặt trận Tổ quốc nơi bạn ở hoặc đại biểu Quốc hội của tỉnh, thành phố mình.",
        "account_status": "Tôi không tra được tình trạng hồ sơ. Bạn hãy xem bằng mã hồ sơ trên Cổng Dịch vụ công quốc gia, hoặc hỏi nơi "
        "đã nhận hồ sơ.",
        "small_talk": "Chào bạn. Tôi là máy trả lời câu hỏi về pháp luật và thủ tục hành chính, có trích điều khoản. Bạn muốn hỏi gì?",
        "out_of_scope": "Câu này nằm ngoài việc của tôi. Tôi chỉ trả lời về pháp luật và thủ tục hành chính của Việt Nam.",
        "injection": "Tôi chỉ trả lời câu hỏi về pháp luật và thủ tục, trích từ văn bản; tôi không làm theo yêu cầu khác. Bạn muốn hỏi "
        "quy định nào?",
        "unsure": "Tôi chưa rõ bạn muốn gì. Có phải ý bạn là:",
        "no_matter": "Bạn muốn hỏi về việc gì? Bạn hãy nói rõ tên việc, ví dụ: “làm hộ chiếu ở đâu”, “thử việc tối đa bao lâu”.",
        "language": "Tôi chỉ đọc được tiếng Việt và tiếng Anh. Bạn hãy hỏi lại bằng một trong hai tiếng này. "
        "(I only read Vietnamese and English. Please ask again in one of them.)",
        "erase": "Để xóa cuộc trò chuyện này, bạn bấm “Xóa cuộc trò chuyện” ở cuối trang; mọi tin nhắn trong đó được xóa ngay.",
        "thanks": "Vâng, rất vui được giúp bạn. Cần hỏi thêm gì, bạn cứ nhắn tiếp.",
        "follow_up": "Tôi hiểu bạn hỏi tiếp câu trước, nhưng chưa tìm thấy quy định nào trả lời chắc chắn. Bạn hỏi lại cho đủ ý giúp tôi: "
        "việc gì, của ai?",
    },
    routes={
        "procedure": "Hỏi thủ tục",
        "legal_question": "Hỏi quy định pháp luật",
        "named_provision": "Xem điều luật",
        "comparison": "So sánh quy định",
        "report": "Phản ánh sự việc",
        "recommendation": "Nêu kiến nghị",
        "complaint": "Khiếu nại",
        "denunciation": "Tố cáo",
        "emergency": "Cần giúp khẩn cấp",
        "account_status": "Hỏi hồ sơ của tôi",
        "small_talk": "Nói chuyện khác",
        "out_of_scope": "Nói chuyện khác",
    },
    options_heading="Hay ý bạn là:",
    as_of_words="Trả lời theo quy định có hiệu lực vào ngày {day} (“{words}”).",
    guide_of_today="Dưới đây là cách làm hiện nay. Quy định áp dụng vào ngày {day} (“{words}”) tôi chưa có.",
    impossible_day="Trong lịch không có ngày {day}. Tôi hiểu là bạn hỏi quy định hiện nay.",
    changed_since="Lưu ý: {provision} nay đã có nội dung khác, từ {since}.",
    gone_since="Lưu ý: {provision} nay không còn hiệu lực.",
    place="Nơi bạn nói đến: {text}, nay là {today}.",
    place_several="Nơi bạn nói đến: {text}, nay thuộc một trong các đơn vị: {today}.",
    places_more="; và {count} đơn vị khác",
    asked_back="Câu trả lời còn tùy trường hợp. Bạn cho biết thêm: {question}",
    asked_back_first="Bạn cho biết thêm: {question}",
    sides_of_side={
        "unchanged": "nội dung như hiện nay.",
        "no_text": "kho văn bản chưa có nội dung áp dụng khi đó.",
        "not_held": "kho văn bản chưa có văn bản này.",
        "no_source": "chưa tìm thấy quy định trả lời được.",
        "then": "Trước đó",
        "on": "Ngày {day}",
        "now": "Hiện nay",
    },
    claims_heading="Tóm lại (máy viết, đã đối chiếu từng ý với điều luật):",
    without_model="Phần viết câu trả lời đang không dùng được; dưới đây là nguyên văn điều luật.",
    kept_from_model="Để giữ kín, câu này không được gửi cho mô hình ngôn ngữ.",
    unanswered="Câu hỏi này chưa được trả lời. Bạn có thể gửi lại.",
)

ENGLISH = DialogueSentences(
    emergency=(
        "If anyone is in danger, call now, free of charge:",
        "  113 – police",
        "  114 – fire and rescue",
        "  115 – ambulance",
        "  111 – child protection",
        "Nobody is on duty here to help; call first, then write on.",
    ),
    basis={
        "complaint": "This message is not yet a complaint: a complaint is made in writing or in person (Article 8, Law on Complaints No. "
        "02/2011/QH13). This is how.",
        "denunciation": "This message is not yet a denunciation: a denunciation is made in writing or in person (Article 22, Law on "
        "Denunciations No. 25/2018/QH14). Please do not send your name or address here; the law keeps the identity of denouncers secret. "
        "This is how.",
        "report": "You are reporting an incident. This message was not passed on. If somebody shall receive and answer it, send it as an "
        "opinion; you can also go to the People's Committee or the Fatherland Front Committee of the commune where it happened.",
        "recommendation": "You are making a recommendation. This message was not passed on. If somebody shall receive and answer it, send it "
        "as an opinion; you can also write to the Fatherland Front Committee where you live or to a deputy of your province or city.",
        "account_status": "I cannot look up a file. Please use its code on the National Public Service Portal, or ask where you submitted it.",
        "small_talk": "Hello. I am a machine that answers questions about law and administrative procedures and quotes the provisions. What "
        "would you like to know?",
        "out_of_scope": "That is outside what I do. I only answer about the law and administrative procedures of Vietnam.",
        "injection": "I only answer questions about law and procedures, quoted from the texts; I follow no other instructions. Which rule "
        "would you like to know?",
        "unsure": "I am not sure what you need. Do you mean:",
        "no_matter": "What is your question about? Please name the matter, for example “where do I get a passport” or “how long may a "
        "trial period last”.",
        "language": "I only read Vietnamese and English. Please ask again in one of them.",
        "erase": "To delete this conversation, press “Delete this conversation” at the end of the page; all its messages go at once.",
        "thanks": "You are welcome. If there is more you would like to know, just ask.",
        "follow_up": "I take this to go on from your last question, but found no rule that surely answers it. Please ask it again in full: "
        "what is it about, and whose case is it?",
    },
    routes={
        "procedure": "Ask about a procedure",
        "legal_question": "Ask what the law says",
        "named_provision": "See a provision",
        "comparison": "Compare rules",
        "report": "Report an incident",
        "recommendation": "Make a recommendation",
        "complaint": "Make a complaint",
        "denunciation": "Denounce a violation",
        "emergency": "Need urgent help",
        "account_status": "Ask about my file",
        "small_talk": "Something else",
        "out_of_scope": "Something else",
    },
    options_heading="Or did you mean:",
    as_of_words="Answered by the law in force on {day} (“{words}”).",
    guide_of_today="This is how it is done today. I do not have the rules that applied on {day} (“{words}”).",
    impossible_day="There is no such day as {day}. I take it that you ask about the law of today.",
    changed_since="Note: {provision} reads differently now, since {since}.",
    gone_since="Note: {provision} is no longer in force.",
    place="The place you named: {text}, today {today}.",
    place_several="The place you named: {text}, today in one of: {today}.",
    places_more="; and {count} more",
    asked_back="The answer depends on your case. Please tell: {question}",
    asked_back_first="Please tell one thing more: {question}",
    sides_of_side={
        "unchanged": "the rule was the same as today.",
        "no_text": "the corpus has no text that was law then.",
        "not_held": "the corpus lacks this law.",
        "no_source": "no rule was found that answers.",
        "then": "Before",
        "on": "On {day}",
        "now": "Now",
    },
    claims_heading="In short (written by a machine, each sentence checked against the law):",
    without_model="No model could word the answer; the text of the law follows.",
    kept_from_model="To keep it private, this was not sent to a language model.",
    unanswered="This question has not been answered yet. You can send it again.",
)


def dialogue_sentences(language: str) -> DialogueSentences:
    """The sentences in `language` ("vi", "en"); Vietnamese for any other."""
    return ENGLISH if language == "en" else VIETNAMESE
