"""Sentences about answers that hold and what comes after them: at the command line and on the page of the survey."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from assistant.feedback.answers.answer_lint import LintRule, Severity
from assistant.feedback.answers.survey_figures import Outcome
from assistant.feedback.answers.surveys import Verdict
from assistant.feedback.reports.referral_slip import Obstacle


@dataclass(frozen=True, slots=True)
class FollowupSentences:
    """One language. Placeholders are filled by `str.format`."""

    rules: Mapping[LintRule, str]
    severities: Mapping[Severity, str]
    clean: str
    needs_reason: str
    noted: str
    no_notes: str
    note_invalid: str
    note_sealed: str
    slip_written: str
    no_slip: Mapping[Obstacle, str]
    documents_missing: str
    verdicts: Mapping[Verdict, str]
    survey_kept: str
    survey_not_open: str
    survey_closed: str
    words_too_long: str
    offer_review: str
    review_command: str
    review_asked: str
    review_impossible: str
    figures: str
    outcomes: Mapping[Outcome, str]
    figures_withheld: str
    title: str
    question: str
    code: str
    show: str
    words: str
    optional: str
    no_names: str
    kept: str
    changeable: str
    ask_again: str
    not_found: str


VIETNAMESE = FollowupSentences(
    rules={
        LintRule.ASK_UNTOUCHED: "Chưa nói đến yêu cầu: «{ask}»",
        LintRule.TIME_UNTOLD: "Người gửi hỏi thời gian nhưng chưa có mốc nào: «{ask}»",
        LintRule.NOTHING_CITED: "Chưa nêu căn cứ pháp luật",
        LintRule.ARTICLE_WITHOUT_LAW: "Nêu điều nhưng không nêu tên văn bản",
        LintRule.LAW_UNKNOWN: "Văn bản chưa có trong kho, chưa đối chiếu được: {named}",
        LintRule.CITED_UNLISTED: "Có trong lời nhưng không có trong danh sách căn cứ: {named}",
        LintRule.LISTED_UNCITED: "Có trong danh sách căn cứ nhưng không nêu trong lời: {named}",
        LintRule.NO_DAY: "Nói đang giải quyết nhưng chưa có thời hạn sắp tới",
        LintRule.DAY_IS_PAST: "Ngày hẹn đã qua",
        LintRule.DAY_DIFFERS: "Thời hạn trong lời khác ngày hẹn đã ghi: «{text}»",
        LintRule.NO_BODY: "Chưa nêu cơ quan nào giải quyết",
        LintRule.ONLY_PHRASES: "Chỉ có câu chung chung, chưa có nội dung giải quyết",
        LintRule.VAGUE: "Nói chung chung: «{text}»",
        LintRule.PERSONAL_DATA: "Còn thông tin cá nhân: «{text}»",
        LintRule.NO_ADDRESS: "Chưa xưng hô với người nhận",
        LintRule.NO_MARKS: "Viết không dấu",
        LintRule.CASUAL: "Chưa đúng văn phong công vụ: «{text}»",
        LintRule.RUDE: "Lời thiếu tôn trọng: «{text}»",
        LintRule.SHOUTED: "Viết hoa cả câu: «{text}»",
        LintRule.TOO_LONG: "Dài quá, nên rút gọn",
        LintRule.LONG_SENTENCE: "Câu dài quá, nên tách: «{text}»",
    },
    severities={Severity.BLOCKS: "CẦN SỬA", Severity.ADVISES: "nên xem"},
    clean="Chưa thấy điều gì cần sửa. Người duyệt vẫn cần đọc lại.",
    needs_reason="Có {count} điểm cần sửa; nếu vẫn duyệt thì phải nêu lý do.",
    noted="Đã ghi chú vào hồ sơ {number}.",
    no_notes="Hồ sơ {number} chưa có ghi chú.",
    note_invalid="Chưa ghi: ghi chú phải có từ 1 đến {most} ký tự.",
    note_sealed="(bảo mật)",
    slip_written="Đã viết phiếu chuyển vào {file}. Hãy đọc lại trước khi ký.",
    no_slip={
        Obstacle.SEALED: "Hồ sơ {number} không có phiếu chuyển: tố cáo và hồ sơ bảo mật không chuyển theo cách này.",
        Obstacle.NO_BODY: "Hồ sơ {number} chưa có cơ quan nhận. Hãy chuyển hoặc ghi cơ quan có thẩm quyền trước.",
        Obstacle.NO_STATEMENT: "Hồ sơ {number} chưa có nội dung tóm tắt. Hãy viết tóm tắt hoặc xác nhận bản công khai trước.",
    },
    documents_missing="Thiếu thư viện để viết văn bản. Hãy cài: pip install 'dienhong[reports]'.",
    verdicts={Verdict.SATISFIED: "Hài lòng", Verdict.PARTLY: "Hài lòng một phần", Verdict.NOT: "Chưa hài lòng"},
    survey_kept="Đã ghi nhận đánh giá của bạn: {verdict}. Bạn sửa được đến ngày {until}.",
    survey_not_open="Ý kiến này chưa có trả lời để đánh giá.",
    survey_closed="Thời gian sửa đánh giá đã hết vào ngày {until}.",
    words_too_long="Chưa ghi: lời góp ý dài quá {most} ký tự.",
    offer_review="Nếu trả lời chưa thỏa đáng, bạn có thể đề nghị xem xét lại.",
    review_command="Hãy chạy lại lệnh với --ask-again.",
    review_asked="Đã gửi đề nghị xem xét lại.",
    review_impossible="Ý kiến này hiện không đề nghị xem xét lại được.",
    figures="Trả lời đã gửi đến người dân từ {first} đến {last}: {told}",
    outcomes={
        Outcome.SATISFIED: "hài lòng",
        Outcome.PARTLY: "một phần",
        Outcome.NOT: "chưa hài lòng",
        Outcome.SILENT: "đã hỏi, chưa đánh giá",
        Outcome.NEVER_ASKED: "chưa hỏi được",
    },
    figures_withheld="Số liệu còn ít nên không nêu chi tiết.",
    title="Đánh giá câu trả lời",
    question="Bạn thấy câu trả lời thế nào?",
    code="Mã theo dõi",
    show="Tiếp tục",
    words="Góp ý thêm",
    optional="không bắt buộc",
    no_names="Xin đừng ghi tên, số điện thoại hay địa chỉ.",
    kept="Cảm ơn bạn. Đánh giá đã được ghi nhận.",
    changeable="Bạn sửa được đánh giá đến ngày {until}.",
    ask_again="Đề nghị xem xét lại",
    not_found="Không tìm thấy ý kiến với mã này. Bạn hãy kiểm tra lại từng chữ.",
)
ENGLISH = FollowupSentences(
    rules={
        LintRule.ASK_UNTOUCHED: "Does not speak of: “{ask}”",
        LintRule.TIME_UNTOLD: "The sender asks when, and no time is given: “{ask}”",
        LintRule.NOTHING_CITED: "Cites no law",
        LintRule.ARTICLE_WITHOUT_LAW: "Names an article without its law",
        LintRule.LAW_UNKNOWN: "The corpus lacks this document, so it could not be compared: {named}",
        LintRule.CITED_UNLISTED: "In the words but not in the list of provisions: {named}",
        LintRule.LISTED_UNCITED: "In the list of provisions but not in the words: {named}",
        LintRule.NO_DAY: "Says it is being worked on without a day to come",
        LintRule.DAY_IS_PAST: "The day promised is past",
        LintRule.DAY_DIFFERS: "The day in the words is not the one kept: “{text}”",
        LintRule.NO_BODY: "Names no body that acts",
        LintRule.ONLY_PHRASES: "Nothing but phrases",
        LintRule.VAGUE: "Vague: “{text}”",
        LintRule.PERSONAL_DATA: "Personal data: “{text}”",
        LintRule.NO_ADDRESS: "Addresses nobody",
        LintRule.NO_MARKS: "Written without marks",
        LintRule.CASUAL: "Not the official tone: “{text}”",
        LintRule.RUDE: "Disrespectful: “{text}”",
        LintRule.SHOUTED: "All in capitals: “{text}”",
        LintRule.TOO_LONG: "Too long",
        LintRule.LONG_SENTENCE: "A sentence to be parted: “{text}”",
    },
    severities={Severity.BLOCKS: "TO MEND", Severity.ADVISES: "to look at"},
    clean="Nothing to mend was found. Whoever approves still reads it.",
    needs_reason="{count} to mend; approving all the same needs a reason.",
    noted="Noted on recommendation {number}.",
    no_notes="There are no notes on recommendation {number}.",
    note_invalid="Not noted: a note has 1 to {most} characters.",
    note_sealed="(sealed)",
    slip_written="The referral slip is in {file}. Read it before it is signed.",
    no_slip={
        Obstacle.SEALED: "Recommendation {number} has no slip: denunciations and what is sealed do not go this way.",
        Obstacle.NO_BODY: "Recommendation {number} has no body that it goes to. Refer it or settle the body first.",
        Obstacle.NO_STATEMENT: "Recommendation {number} has no statement. Write one or confirm a public text first.",
    },
    documents_missing="The libraries that write documents are missing. Install: pip install 'dienhong[reports]'.",
    verdicts={Verdict.SATISFIED: "Satisfied", Verdict.PARTLY: "Partly satisfied", Verdict.NOT: "Not satisfied"},
    survey_kept="Your opinion is kept: {verdict}. You may change it until {until}.",
    survey_not_open="There is no answer to judge yet.",
    survey_closed="It could be changed until {until}.",
    words_too_long="Not kept: more than {most} characters.",
    offer_review="If the answer does not settle it, you may ask for a review.",
    review_command="Run the command again with --ask-again.",
    review_asked="The review is asked for.",
    review_impossible="No review can be asked for as it stands.",
    figures="Answers sent to citizens from {first} to {last}: {told}",
    outcomes={
        Outcome.SATISFIED: "satisfied",
        Outcome.PARTLY: "partly",
        Outcome.NOT: "not",
        Outcome.SILENT: "asked, silent",
        Outcome.NEVER_ASKED: "never asked",
    },
    figures_withheld="So few that no more is told.",
    title="Judge the answer",
    question="How do you find the answer?",
    code="Tracking code",
    show="Go on",
    words="In your own words",
    optional="optional",
    no_names="Please leave out names, telephone numbers and addresses.",
    kept="Thank you. Your opinion is kept.",
    changeable="You may change it until {until}.",
    ask_again="Ask for a review",
    not_found="Nothing was found under this code. Please check each character.",
)


def followup_sentences(language: str) -> FollowupSentences:
    """The sentences of `vi` or `en`."""
    return ENGLISH if language == "en" else VIETNAMESE
