"""Sentences of the pages, in Vietnamese and English."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PageSentences:
    """One language; `{…}` are filled in."""

    title: str
    tagline: str
    skip: str
    skip_to_text: str
    intro: str
    examples_heading: str
    examples: tuple[str, ...]
    conversation: str
    question: str
    hint: str
    keys: str
    ask: str
    ask_on: str
    searching: str
    stop: str
    stopped: str
    failed: str
    unreachable: str
    unsent: str
    correct: str
    correcting: str
    grounds: str
    source: str
    privacy: str
    delete: str
    deleted: str
    feedback: str
    wrong_article: str
    out_of_force: str
    incomplete: str
    unclear: str
    note: str
    thanks: str
    in_force_since: str
    until: str
    since_unknown: str
    versions: str
    whole_article: str
    not_in_force: str
    not_found_title: str
    not_found: str
    back: str
    again: str
    request_id: str
    other_language: str


VIETNAMESE = PageSentences(
    title="Hỏi đáp pháp luật và thủ tục hành chính",
    tagline="Hỏi đáp pháp luật, thủ tục hành chính",
    skip="Đến ô đặt câu hỏi",
    skip_to_text="Đến nội dung chính",
    intro="Bạn cứ hỏi bằng lời thường ngày. Câu trả lời được trích nguyên văn từ văn bản, ghi rõ điều, khoản và ngày hiệu lực để bạn đối chiếu.",
    examples_heading="Ví dụ",
    examples=(
        "Nghỉ việc phải báo trước bao lâu?",
        "Đăng ký khai sinh cho con cần giấy tờ gì?",
        "Không có di chúc thì chia thừa kế thế nào?",
        "Điều 36 Bộ luật Lao động nói gì?",
    ),
    conversation="Câu hỏi và trả lời",
    question="Câu hỏi của bạn",
    hint="Gõ có dấu hay không dấu đều được.",
    keys="Nhấn Enter để gửi, Shift + Enter để xuống dòng.",
    ask="Gửi",
    ask_on="Hỏi tiếp…",
    searching="Đang tìm quy định…",
    stop="Dừng",
    stopped="Đã dừng. Câu hỏi vẫn còn trong ô.",
    failed="Chưa trả lời được. Câu hỏi vẫn còn trong ô, bạn hãy gửi lại.",
    unreachable="Không kết nối được với máy chủ. Câu hỏi vẫn còn trong ô; bạn hãy kiểm tra mạng rồi gửi lại.",
    unsent="Chưa gửi được. Bạn hãy thử lại.",
    correct="Không đúng, để tôi sửa",
    correcting="Bạn hãy sửa lại câu hỏi rồi gửi.",
    grounds="Căn cứ:",
    source="Nguồn văn bản",
    privacy="Nội dung trao đổi được lưu để hiểu câu hỏi nối tiếp và tự xóa sau 30 ngày. Xin đừng ghi họ tên, địa chỉ, số giấy tờ.",
    delete="Xóa cuộc trò chuyện",
    deleted="Đã xóa cuộc trò chuyện.",
    feedback="Câu trả lời này có gì chưa đúng?",
    wrong_article="Sai điều luật",
    out_of_force="Đã hết hiệu lực",
    incomplete="Còn thiếu",
    unclear="Khó hiểu",
    note="Nói rõ hơn, nếu muốn; xin đừng ghi tên, địa chỉ, số giấy tờ",
    thanks="Cảm ơn bạn. Ý kiến đã được ghi nhận để người phụ trách xem lại.",
    in_force_since="Có hiệu lực từ ngày {day}",
    until="đến hết ngày {day}",
    since_unknown="Chưa rõ ngày có hiệu lực",
    versions="Nội dung qua các thời kỳ",
    whole_article="Xem toàn bộ {article}",
    not_in_force="Quy định này hôm nay không có hiệu lực.",
    not_found_title="Không tìm thấy quy định này",
    not_found="Kho văn bản hiện có không chứa quy định ở địa chỉ này. Bạn hãy kiểm tra lại địa chỉ, hoặc hỏi ở trang hỏi đáp.",
    back="Về trang hỏi đáp",
    again="Thử lại",
    request_id="Mã yêu cầu:",
    other_language="English",
)

ENGLISH = PageSentences(
    title="Ask the law and procedures of Vietnam",
    tagline="Law and administrative procedures",
    skip="Go to the question",
    skip_to_text="Go to the text",
    intro="Ask in everyday words. Answers quote the texts word for word, with article, clause and days in force, so that you can check them.",
    examples_heading="Examples",
    examples=("How many days notice must I give to quit my job?", "Who inherits if there is no will?"),
    conversation="Questions and answers",
    question="Your question",
    hint="English or Vietnamese, with or without marks.",
    keys="Enter sends, Shift + Enter starts a line.",
    ask="Send",
    ask_on="Ask on…",
    searching="Searching the law…",
    stop="Stop",
    stopped="Stopped. Your question is still in the box.",
    failed="No answer came. Your question is still in the box; please send it again.",
    unreachable="The server cannot be reached. Your question is still in the box; please check your connection and send it again.",
    unsent="This was not sent. Please try again.",
    correct="Not quite, let me correct it",
    correcting="Correct the question and send it.",
    grounds="Source:",
    source="Original text",
    privacy="What is written here is kept to understand follow-up questions and is removed after 30 days. Please give no names, addresses or identity numbers.",
    delete="Delete this conversation",
    deleted="The conversation is deleted.",
    feedback="Is anything wrong with this answer?",
    wrong_article="Wrong article",
    out_of_force="No longer in force",
    incomplete="Incomplete",
    unclear="Hard to understand",
    note="Say more, if you like; please no names, addresses or numbers of papers",
    thanks="Thank you. Somebody will look at this answer again.",
    in_force_since="In force since {day}",
    until="until {day}",
    since_unknown="The day of entry into force is not known",
    versions="The text over time",
    whole_article="See all of {article}",
    not_in_force="This provision is not in force today.",
    not_found_title="This provision was not found",
    not_found="The texts at hand hold no provision at this address. Please check the address, or ask on the question page.",
    back="Back to the questions",
    again="Try again",
    request_id="Request id:",
    other_language="Tiếng Việt",
)


def page_sentences(language: str) -> PageSentences:
    """The sentences in `language` ("vi", "en"); Vietnamese for any other."""
    return ENGLISH if language == "en" else VIETNAMESE
