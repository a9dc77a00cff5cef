"""Words by which a message shows that it goes on, points back, asks the same again, or opens a new topic.

A cue is matched with its marks where the message has any: "còn" is no "con", "nó" no "nợ".
"""

from __future__ import annotations

import re

from corpus.text import fold, is_accented


class Cue:
    """A pattern of words, matched with marks or, where a text has none, without."""

    def __init__(self, pattern: str, without_marks: str | None = None) -> None:
        # A pattern that is folded here holds no upper-case escapes: lower case would turn them around.
        self._marked, self._folded = re.compile(pattern), re.compile(without_marks or fold(pattern))

    def search(self, lower: str) -> re.Match[str] | None:
        """The first match in a text in NFC and lower case."""
        return self._marked.search(lower) if is_accented(lower) else self._folded.search(lower)

    def is_in(self, lower: str) -> bool:
        """Whether it matches."""
        return self.search(lower) is not None


# Without marks: to borrow, a debt, a passport or household are no connective and no pronoun.
_VAY = r"vay(?! (?:lai|tien|nang|no|von|ngan|nong|muon|cua)\b)"
_NO_HO = r"(?:no(?! (?:ngan|lai|tien|thue|luong|nan|xau)\b)|ho(?! (?:chieu|ngheo|khau|kinh|tich|so|gia)\b))"

CONTINUES = Cue(
    r"^(?:thế|vậy|rứa|còn|rồi|nếu|nêu|lỡ|nhỡ|giả sử|trường hợp|mà|vẫn|không,|không phải|hông phải|à nhầm|ủa|quay lại|trở lại"
    r"|and\b|then\b|but\b|what if|what about|how about)\b",
    rf"^(?:the|rua|{_VAY}|con(?! trai| gai| toi| em| minh| tui| to\b)|roi|neu|lo|nho|gia su|truong hop|ma|van|khong phai|a nham"
    r"|quay lai|tro lai|and|then|but|what if|what about|how about)\b",
)
NEW_TOPIC = Cue(
    r"\b(?:cho (?:\w+ ){0,2}hỏi|hỏi thêm|(?:cái|câu|việc|chuyện|vấn đề|chủ đề) (?:khác|này nữa)|đổi chủ đề|à quên|quên|nhớ ra|xin hỏi"
    r"|m[uú][oố]?n hỏi|còn (?:cái|chuyện|việc) này|à mà|cảm ơn|cám ơn|chào|nhân tiện|tiện thể|sẵn đây|by the way|another question"
    r"|thanks?)\b|^à,|^(?:mà|ê|này) (?:bạn|ad|shop|anh|chị|bn|bao nhiêu) ơi\b"
)
ASKS_THE_SAME = Cue(
    r"\bcũng (?:tính )?(?:vậy|thế)\b|\b(?:thì|tính) (?:sao|s|răng|thế nào|ra sao|như thế nào)\b"
    r"|^(?:thế |còn |vậy |rứa )+(?:(?!không|mấy|bao|gì|nào)[^?])*\??$|^what (?:if|about)"
)
# A pronoun late in a sentence may stand for somebody named in it; "em họ" is a cousin.
POINTS_BACK = Cue(
    r"^(?:[^ ]+ ){0,4}(?:nó|(?<!em )(?<!anh )(?<!chị )họ|ổng|bả)\b|\b(?:ông|bà|anh|chị|cô|thằng|đứa) (?:ấy|đó)\b"
    r"|\b(?:cái|việc|điều|lúc|khi|hồi|tiền|hôm|bữa|mức|giấy|đơn|thời gian|trong|chỗ|chuyện) (?:đó|ấy)\b"
    r"|\b(?:việc|cái|điều|luật|trường hợp|đơn|giấy) này\b|\b(?:ở trên|lúc nãy|hồi nãy|vừa rồi)\b|\b(?:it|that|they|them)\b",
    rf"^(?:[^ ]+ ){{0,2}}{_NO_HO}\b|\b(?:ong|ba|anh|chi|co) ay\b|\b(?:cai|viec|dieu|luc|trong|tien|hom|bua) do\b"
    r"|\b(?:viec|cai|luat|truong hop) nay\b|\b(?:it|that|they|them)\b",
)
# Papers and registrations by which people name a procedure.
PAPER = Cue(
    r"\b(?:hộ chiếu|căn cước|cccd|sổ (?:đỏ|hồng)|bằng lái|giấy phép lái xe|khai sinh|khai tử|kết hôn|tạm trú|thường trú|lưu trú"
    r"|lý lịch tư pháp|vneid|định danh|hộ kinh doanh|tách thửa|sang tên|biển số|bảo hiểm y tế|chứng thực|công chứng|con nuôi"
    r"|giấy phép xây|hộ khẩu|độc thân|lương hưu|bảo hiểm xã hội)\b"
)
# What a guide has an answer to.
GUIDE_FIELD = Cue(
    r"\b(?:tiền|phí|lệ phí|tốn|đồng nào|bao lâu|mấy (?:ngày|bữa|hôm|tháng|bộ)|bao nhiêu ngày|khi nào|chừng nào|ở đâu|đâu|cho ai|nộp"
    r"|giấy (?:tờ|gì)|hồ sơ|cần (?:gì|những|mấy)|mang|các bước|thế nào|ra sao|trực tuyến|online|onl|qua mạng|lấy|nhờ|ở mô|ai ký|bn"
    r"|hay lên|(?:ở|ra|lên) (?:xã|phường|quận|huyện|tỉnh)"
    r"|how (?:much|long)|where|papers|documents)\b"
)
_ENGLISH_ASK = "how|what|where|when|who|can|do|does|is|are"
# "không", "chưa" ask at the end only; elsewhere they deny.
_AFTER_ASKING = r"(?: (?:ạ|vậy|nhỉ|z|hả|v|vay))*\W*$"
ASK = Cue(
    rf"\b(?:không|chưa|à|hả|hông|hong|hổng|hok|hôn|hem|ko|k|kg|khum){_AFTER_ASKING}"
    rf"|\bhay (?:lên|là|ra|ở|phải)\b|\b(?:mấy|bao|bn|gì|j|đâu|mô|răng|ai|nào|nhiêu|làm sao|{_ENGLISH_ASK})\b",
    rf"\b(?:khong|hong|hok|hem|ko|k|kg|khum|chua|ha){_AFTER_ASKING}|\bhay (?:len|la|ra|o|phai)\b"
    rf"|\b(?:may|bao|bn|gi|j|dau|ai|nao|nhieu|lam sao|{_ENGLISH_ASK})\b",
)
# "chia đều hả": asks whether it is so, and nothing of what was asked before.
CONFIRMS = Cue(r"(?<!sao) (?:hả|à|đúng không|phải không|ha)\W*$", r"(?<!sao) (?:ha|dung khong|phai khong)\W*$")
ASKS_WHO = Cue(r"^(?:những )?(?:ai|người nào|đứa nào)\b")
# Asks for what was just answered once more.
EXPLAIN = Cue(
    r"^\W*(?:(?:nghĩa|vậy|thế|tức|như vậy) )*(?:là sao|là gì|ví dụ|vd|giải thích|nói rõ|cụ thể)"
    r"(?: (?:hơn|thêm|kỹ|đi|xem|nào|ạ|vậy|z|là|giúp|dùm))*\W*$"
)
GOES_BACK = Cue(r"^(?:quay|trở) lại\b")
# "còn X?" asks the same of X; "nếu X?" adds to what was said.
REPLACES = Cue(r"^(?:thế còn|vậy còn|còn|thế|rồi còn)\b(?! nếu)")
CORRECTS = Cue(r"^(?:(?:không|hông)\b,? *(?:phải\b|.*\bý \w+ là)|à nhầm|ủa lộn|nhầm|à không)|\bchứ (?:không|hông) phải\b|\bý \w+ là\b")

_FILLER = frozenset(
    "toi em e minh mk tui con chau anh chi ong ba ban ad no ho thi la ma va voi cho cua co khong ko k duoc dc bi phai nao gi j sao bao"
    " nhieu nhiu may dau ai khi luc neu gio dang da se roi r muon can xin hoi a vay z nhi lam o ra vao mot cac nhung nay do ay the nua"
    " thoi hay hong hok het len tu den lai lo trong lau ngay bua tien the a is are do does can what how if about and it that they he"
    " she my i to of in".split()
)
_CONNECTIVES = re.compile(
    r"^(?:(?:thế|vậy|rứa|rồi|còn|mà|à|ủa|thì|ừ|dạ|ok|the|rua|roi|ma|"
    + _VAY
    + r"|con(?! \d| trai| g[aá]i| t[oô]i| tui| em| nu[oô]i| ri[eê]ng| d[aâ]u| r[eể]\b| chung| ru[oộ]t"
    + r"| anh| chị| ông| bà| cháu| mình| chủ))[\s,]+)+",
    re.IGNORECASE,
)
_SAME_ASKED = re.compile(
    r"(?:[\s,]*\b(?:thì|thi|tính|tinh)\s+(?:(?:tính|tinh)\s+)?(?:sao|s|răng|rang|thế nào|the nao|ra sao|như thế nào))?"
    r"(?:\s+(?:ạ|a|vậy|z|nhỉ|hả))*\s*[?!.]*$",
    re.IGNORECASE,
)
_ANNOUNCEMENT = re.compile(r"[^:,?]{2,40}[:,]\s+")


def content_words(text: str) -> set[str]:
    """The folded words of `text` that say what it is about."""
    return {word for word in re.findall(r"[^\W_]+", fold(text)) if word not in _FILLER}


def without_connectives(text: str) -> str:
    """`text` without "thế còn", "vậy", "rồi" in front."""
    return _CONNECTIVES.sub("", text)


def without_asking_the_same(text: str) -> str:
    """`text` without "thì sao?" at its end."""
    return _SAME_ASKED.sub("", text)


def without_announcement(text: str) -> str:
    """`text` without words in front that only announce it: "Đổi chủ đề chút: …", "À mà cho hỏi thêm, …"."""
    front = _ANNOUNCEMENT.match(text)
    return text[front.end() :] if front and NEW_TOPIC.is_in(front.group().lower()) else text
