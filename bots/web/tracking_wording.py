"""Sentences of the page for following something that was sent, in Vietnamese and English."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TrackingSentences:
    """One language. `file`: what a copy is called; it tells no code to whoever uses the same machine."""

    title: str
    copy: str
    copy_hint: str
    file: str
    ask_again: str
    asked_again: str
    cannot_ask_again: str
    judge: str
    erase: str
    withdraw_sure: str
    withdraw_yes: str
    cannot_withdraw: str
    erase_sure: str
    erase_yes: str
    erased: str
    no: str
    foreign: str


VIETNAMESE = TrackingSentences(
    title="Quyền của bạn đối với ý kiến này",
    copy="Tải bản sao",
    copy_hint="Bản sao là tệp JSON, gồm nội dung, liên lạc, trao đổi và quá trình xử lý. Trên máy dùng chung, bạn nhớ xoá tệp sau khi xem.",
    file="ban-sao-y-kien.json",
    ask_again="Đề nghị xem xét lại",
    asked_again="Đã gửi đề nghị xem xét lại. Cán bộ sẽ xem.",
    cannot_ask_again="Bây giờ chưa đề nghị xem xét lại được.",
    judge="Đánh giá câu trả lời",
    erase="Xoá dữ liệu",
    withdraw_sure="Bạn có chắc muốn rút ý kiến này không? Rút rồi thì không xử lý nữa và không khôi phục được.",
    withdraw_yes="Rút ý kiến",
    cannot_withdraw="Bây giờ không rút được ý kiến này qua mạng. Nếu cần, bạn viết vào ô “Trả lời hoặc bổ sung”; cán bộ sẽ đọc.",
    erase_sure="Bạn có chắc muốn xoá không? Nội dung, liên lạc, trao đổi và tệp kèm theo sẽ bị xoá vĩnh viễn; nếu ý kiến còn đang xử lý thì "
    "thôi xử lý. Mã này không dùng được nữa. Chỉ giữ lại con số để đếm.",
    erase_yes="Xoá vĩnh viễn",
    erased="Đã xoá nội dung, liên lạc, trao đổi và tệp kèm theo của ý kiến. Mã này không dùng được nữa.",
    no="Không, giữ nguyên",
    foreign="Yêu cầu không đến từ trang này nên chưa được thực hiện. Bạn hãy gõ mã vào đây và làm lại.",
)
ENGLISH = TrackingSentences(
    title="Your rights over what you sent",
    copy="Download a copy",
    copy_hint="The copy is a JSON file with text, contact details, messages and what was done. On a shared machine delete it afterwards.",
    file="my-submission.json",
    ask_again="Ask to look at it again",
    asked_again="A review is asked for. Officers will look at it.",
    cannot_ask_again="A review cannot be asked for now.",
    judge="Say whether the answer helped",
    erase="Delete my data",
    withdraw_sure="Do you really want to withdraw it? It will not be worked on any more, and that cannot be undone.",
    withdraw_yes="Withdraw",
    cannot_withdraw="It cannot be withdrawn online now. If you need to, write it below; officers will read it.",
    erase_sure="Do you really want to delete it? Text, contact details, messages and files are deleted for good; if it is still being worked on, "
    "that ends. The code will not work any more. Only counts remain.",
    erase_yes="Delete for good",
    erased="Text, contact details, messages and files are deleted. The code does not work any more.",
    no="No, keep it",
    foreign="The request did not come from this page and was not carried out. Please type the code here and repeat it.",
)


def tracking_sentences(language: str) -> TrackingSentences:
    """The sentences of `vi` or `en`."""
    return ENGLISH if language == "en" else VIETNAMESE
