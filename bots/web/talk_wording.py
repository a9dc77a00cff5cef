"""Sentences of the page where people talk with the assistant, in Vietnamese and English; what is said there stands in bots/chat."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from assistant.chats.types import FileKind


@dataclass(frozen=True, slots=True)
class TalkSentences:
    """One language. `erased` takes the place of sentences of chats that speak of messages on a telephone."""

    link: str
    link_hint: str
    title: str
    intro: str
    thread: str
    machine: str
    person: str
    skip: str
    say: str
    hint: str
    attach: str
    attach_hint: str
    send: str
    place: str
    place_sent: str
    place_refused: str
    files: Mapping[FileKind, str]
    waiting: str
    reload: str
    unreachable: str
    empty: str
    too_long: str
    too_big: str
    too_many: str
    no_cookie: str
    foreign: str
    too_old: str
    privacy: str
    erase: str
    leave: str
    leave_hint: str
    questions: str
    resume: str
    erased: Mapping[str, str]


VIETNAMESE = TalkSentences(
    link="Trò chuyện",
    link_hint="hỏi đáp, gửi phản ánh từng bước, theo dõi kết quả ở một chỗ",
    title="Trò chuyện",
    intro="Ông/bà hỏi, gửi phản ánh, kiến nghị và xem kết quả ngay tại đây.",
    thread="Cuộc trò chuyện",
    machine="Diên Hồng",
    person="Ông/bà",
    skip="Đến ô viết",
    say="Lời nhắn của ông/bà",
    hint="Gõ có dấu hay không dấu đều được.",
    attach="Gửi kèm ảnh, ghi âm hoặc tệp",
    attach_hint="dưới 20 MB",
    send="Gửi",
    place="Dùng vị trí của tôi",
    place_sent="Đã gửi vị trí",
    place_refused="Trình duyệt không cho biết vị trí. Xin ông/bà gõ địa chỉ hoặc tên xã, phường.",
    files={FileKind.PHOTO: "Đã gửi ảnh", FileKind.VOICE: "Đã gửi ghi âm", FileKind.DOCUMENT: "Đã gửi tệp"},
    waiting="Đang trả lời…",
    reload="Xem trả lời",
    unreachable="Không kết nối được với máy chủ. Lời nhắn vẫn còn trong ô; xin ông/bà kiểm tra mạng rồi gửi lại.",
    empty="Xin ông/bà viết lời nhắn, hoặc chọn tệp.",
    too_long="Lời nhắn dài quá. Xin ông/bà viết gọn trong {most} ký tự; nội dung vẫn còn trong ô.",
    too_big="Chưa gửi được: tệp lớn quá. Xin ông/bà gửi tệp dưới 20 MB.",
    too_many="Ông/bà gửi nhanh quá. Xin đợi {seconds} giây rồi gửi lại.",
    no_cookie="Chưa gửi được, vì trang này đã cũ. Xin ông/bà gửi lại.",
    foreign="Chưa gửi được, vì lời nhắn không đến từ trang này. Xin ông/bà mở lại trang rồi gửi.",
    too_old="Nút này không còn dùng được. Xin ông/bà gõ điều cần hỏi.",
    privacy="Cuộc trò chuyện được mã hóa khi lưu và tự xóa sau 30 ngày; ý kiến đã gửi thì theo điều ông/bà đã đồng ý. "
    "Chỉ trình duyệt này mở lại được, nhờ một mã ngẫu nhiên lưu trong cookie; không cần đăng nhập.",
    erase="Xóa dữ liệu của tôi",
    leave="Thoát khỏi máy này",
    leave_hint="Dùng máy chung thì nên thoát. Thoát rồi, cuộc trò chuyện này không mở lại được; ý kiến đã gửi vẫn xem được bằng mã theo dõi.",
    questions="Chỉ hỏi đáp",
    resume="Đã trò chuyện trên máy này? Mở lại cuộc trò chuyện",
    erased={
        "erased.talk": "Đã xóa cuộc trò chuyện, nơi ở và ý kiến đang viết dở.",
        "erased.all": "Đã xóa cuộc trò chuyện và mọi ý kiến ông/bà đã gửi qua đây.",
    },
)

ENGLISH = TalkSentences(
    link="Chat",
    link_hint="ask, send a report step by step, follow what becomes of it in one place",
    title="Chat",
    intro="Ask, send reports and recommendations, and see what becomes of them, all in one place.",
    thread="The conversation",
    machine="Diên Hồng",
    person="You",
    skip="Go to the box",
    say="Your message",
    hint="English or Vietnamese, with or without marks.",
    attach="Attach a photo, recording or file",
    attach_hint="under 20 MB",
    send="Send",
    place="Use my location",
    place_sent="Location sent",
    place_refused="The browser does not tell the location. Please type the address or the name of the commune.",
    files={FileKind.PHOTO: "Photo sent", FileKind.VOICE: "Recording sent", FileKind.DOCUMENT: "File sent"},
    waiting="Answering…",
    reload="Show the answer",
    unreachable="The server cannot be reached. Your message is still in the box; please check your connection and send it again.",
    empty="Please write a message or choose a file.",
    too_long="This message is too long. Please keep it within {most} characters; it is still in the box.",
    too_big="Not sent: the file is too large. Please send one under 20 MB.",
    too_many="Too many messages. Please wait {seconds} seconds and send it again.",
    no_cookie="Not sent, because this page is too old. Please send it again.",
    foreign="Not sent, because the message does not come from this page. Please open the page again.",
    too_old="This button cannot be used any more. Please type what you need.",
    privacy="The conversation is encrypted where it is kept and deleted after 30 days; what you send on is kept as you agreed. "
    "Only this browser can open it again, by a random code in a cookie; there is no login.",
    erase="Delete my data",
    leave="Leave this device",
    leave_hint="Leave when others use this device too. The conversation cannot be opened again then; what you sent can be followed by its code.",
    questions="Questions only",
    resume="Been here before on this device? Open the conversation again",
    erased={
        "erased.talk": "Your conversation, commune and unsent draft are deleted.",
        "erased.all": "Your conversation and everything that you sent here are deleted.",
    },
)


def talk_sentences(language: str) -> TalkSentences:
    """The sentences of `vi` or `en`."""
    return ENGLISH if language == "en" else VIETNAMESE
