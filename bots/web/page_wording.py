"""Sentences of the pages, in Vietnamese and English."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PageSentences:
    """One language."""

    title: str
    skip: str
    intro: str
    question: str
    hint: str
    ask: str
    answer: str
    sources: str
    open_provision: str
    near: str
    privacy: str
    delete: str
    deleted: str
    searching: str
    failed: str
    feedback: str
    wrong_article: str
    out_of_force: str
    incomplete: str
    unclear: str
    thanks: str
    in_force_since: str
    until: str
    versions: str
    not_in_force: str
    back: str
    other_language: str


VIETNAMESE = PageSentences(
    title="Diên Hồng – hỏi pháp luật, thủ tục",
    skip="Đến ô đặt câu hỏi",
    intro="Hỏi về pháp luật và thủ tục hành chính. Câu trả lời do máy trích nguyên văn từ văn bản, kèm điều, khoản để bạn kiểm tra.",
    question="Câu hỏi của bạn",
    hint="Gõ có dấu hay không dấu đều được, ví dụ: thu viec toi da bao lau",
    ask="Hỏi",
    answer="Trả lời",
    sources="Căn cứ",
    open_provision="Xem toàn văn",
    near="Có thể liên quan",
    privacy="Cuộc trò chuyện được giữ để hiểu câu hỏi nối tiếp, và tự xóa sau 30 ngày. Xin đừng gửi số giấy tờ, địa chỉ, tên người.",
    delete="Xóa cuộc trò chuyện",
    deleted="Đã xóa cuộc trò chuyện.",
    searching="Đang tìm…",
    failed="Chưa trả lời được. Câu hỏi của bạn vẫn còn trong ô; hãy thử lại.",
    feedback="Câu trả lời này có gì chưa đúng?",
    wrong_article="Sai điều luật",
    out_of_force="Hết hiệu lực",
    incomplete="Còn thiếu",
    unclear="Khó hiểu",
    thanks="Cảm ơn bạn, người phụ trách sẽ xem lại.",
    in_force_since="Hiệu lực từ",
    until="đến hết ngày trước",
    versions="Các bản của điều này",
    not_in_force="Hôm nay điều này không có hiệu lực.",
    back="Về trang hỏi đáp",
    other_language="English",
)

ENGLISH = PageSentences(
    title="Diên Hồng – ask the law of Vietnam",
    skip="Go to the question",
    intro="Ask about the law and administrative procedures of Vietnam. A machine quotes the texts word for word, with article and clause to check.",
    question="Your question",
    hint="For example: how long may a trial period last?",
    ask="Ask",
    answer="Answer",
    sources="Sources",
    open_provision="Read in full",
    near="Possibly related",
    privacy="The conversation is kept to understand follow-up questions and is removed after 30 days. Please send no identity numbers, addresses or names.",
    delete="Delete this conversation",
    deleted="The conversation is deleted.",
    searching="Searching…",
    failed="No answer came. Your question is still in the box; please try again.",
    feedback="Is anything wrong with this answer?",
    wrong_article="Wrong article",
    out_of_force="Out of force",
    incomplete="Incomplete",
    unclear="Unclear",
    thanks="Thank you, somebody will look at it.",
    in_force_since="In force since",
    until="until the day before",
    versions="Texts of this article",
    not_in_force="This article is not in force today.",
    back="Back to the questions",
    other_language="Tiếng Việt",
)


def page_sentences(language: str) -> PageSentences:
    """The sentences in `language` ("vi", "en"); Vietnamese for any other."""
    return ENGLISH if language == "en" else VIETNAMESE
