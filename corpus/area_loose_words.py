"""Words around a name that tell whether it is meant as a place, and the names that are everyday words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from corpus.area_words import Message, closes
from corpus.tables import read_table

# What stands before a place: "ở Lạng Giang", "đoạn Yên Nghĩa", "bản Mường Típ". Spelled as in corpus.area_words.
_ANNOUNCING = frozenset(
    "ở tại vùng miền đoạn vực bên ngoài từ đến tới qua về ra vô lên xuống sang thuộc quê bản thôn ấp buôn làng xóm khóm phum sóc khu chợ "
    "bến ga cảng đèo đảo lao biển bãi hồ đập dân gần quanh dưới trên miệt xứ bàn hướng phía xã phường huyện quận tỉnh tp tx ubnd".split()
)
_STRICTLY = frozenset("ở tại vùng miền đoạn vực bên ngoài qua thuộc quê thôn ấp buôn khóm xã phường huyện quận tỉnh tp tx ubnd".split())
# The same without marks where that leaves no other word: "den" is also đèn, "ban" bạn, bán and bàn.
_ANNOUNCING_PLAIN = frozenset("o tai vung doan vuc ngoai thuoc que thon ap buon xom khom xa phuong huien quan tinh tp tx ubnd".split())
_STREETS = frozenset("đường phố ngõ ngách hẻm hẽm kiệt cầu lộ đ duong ngo ngach hem".split())
_PERSONS = frozenset("ông bà anh chị cô chú bác cậu dì thím mợ cụ thầy em cháu bạn bé tên họ tướng".split())
_PERSONS_PLAIN = frozenset("ong anh chi chu ten bac".split())
_FIRMS = frozenset({"ti", "cti", "công ti", "cong ti", "tnhh", "cp", "hãng", "quán", "shop", "hiệu", "nhóm", "sạn", "chùa", "phim", "sách"})
_SURNAMES = frozenset(
    "nguyễn trần lê phạm hoàng huỳnh phan vũ võ đặng bùi đỗ hồ ngô dương lý lí đinh trịnh lương đào mai tô tạ hà thị văn cao đoàn".split()
)
_SURNAMES_PLAIN = frozenset("nguien tran pham hoang huinh phan bui ngo trinh dinh thi".split())
# Typed without marks these surnames are many other words, but not before "van" and "thi".
_MIDDLE_NAMES = frozenset({"van", "thi"})
_SURNAMES_BEFORE_MIDDLE = _SURNAMES_PLAIN | frozenset("le vo vu dang do ho duong li luong dao mai to ta cao doan lam".split())
_APOSTROPHES = ("'", "’", "`")
_NUMBERS = frozenset("một hai ba bốn năm sáu bảy tám chín mười".split())
# People are called by the order of their birth: "Bác Hai" is an uncle before it is a commune.
_CHILDREN = frozenset("cả hai ba tư năm sáu bảy tám chín mười út ông".split())
# Communes are named after people of these surnames above all: "Lê Lợi", "Trần Phú", "Nguyễn Huệ".
_FAMOUS = frozenset("nguyễn trần lê phạm hoàng huỳnh phan võ đặng ngô đinh trưng lý lí nguien tran le pham phan ngo dinh".split())


@dataclass(frozen=True, slots=True)
class EverydayNames:
    """Names that are also everyday words: as spelled, and as keys for what is typed without marks; `often`: mostly words."""

    words: frozenset[str]
    often: frozenset[str]
    keys: frozenset[str]
    keys_often: frozenset[str]

    @classmethod
    def load(cls) -> EverydayNames:
        """The table shipped with the project."""
        table: Mapping[str, str] = read_table("corpus", "area-everyday-words.yaml")
        return cls(*(frozenset(table[name].split(", ")) for name in ("words", "often", "keys", "keys_often")))


def announces_place(message: Message, first: int, *, strictly: bool = False) -> bool:
    """Whether a word that announces a place stands right before word `first`; strictly: one that stands before no other word."""
    if first == 0 or not message.runs_on(first - 1):
        return False
    before = message.words[first - 1]
    if not (message.is_marked or before.is_marked):
        return before.spelled in _ANNOUNCING_PLAIN
    return before.spelled in (_STRICTLY if strictly else _ANNOUNCING)


def begins_with_a_number(message: Message, first: int) -> bool:
    """Whether word `first` is a number word: "ba tầng" is three storeys."""
    return message.words[first].spelled in _NUMBERS


def has_capitals(message: Message, first: int, end: int) -> bool:
    """Whether each word from `first` to `end` begins with a capital, in a text that does not shout; "Cư M'gar" counts."""
    parts = [index for index in range(first, end) if index == first or message.gap(index - 1) not in _APOSTROPHES]
    return all(message.is_capital(index, index + 1) or message.words[index].key.isdigit() for index in parts)


def is_cut_from_names(message: Message, first: int, end: int) -> bool:
    """Whether only some words of a name have capitals, other than the first of a sentence: "Tổ quốc Việt Nam" has no Quốc Việt."""
    words = message.words[first:end]
    if any(word.is_capital and not word.is_shouted for word in words[1:]):
        return True
    is_first = first == 0 or closes(message, first, (".", "!", "?", ":"))
    return words[0].is_capital and not words[-1].is_capital and not is_first


def names_something_else(message: Message, first: int, end: int) -> bool:
    """Whether the words from `first` to `end` name a street, a person or a firm: "đường Trần Hưng Đạo", "ông Văn Cừ"."""
    if message.words[first].spelled in _PERSONS and message.words[first + 1].spelled in _CHILDREN:
        return not announces_place(message, first, strictly=True)
    if first == 0 or not message.runs_on(first - 1):
        return False
    before = message.words[first - 1]
    if before.key == "xa" and message.words[first].key == "hoi" and not message.is_capital(first, end):
        return True
    if before.spelled in _STREETS or before.spelled in _FIRMS:
        return not _is_a_city(message, first)
    if before.key[:1].isdigit() and message.is_capital(first, end):
        return True
    is_plain = not message.is_marked
    if is_plain and message.words[first].key in _MIDDLE_NAMES and before.key in _SURNAMES_BEFORE_MIDDLE:
        return True
    return before.spelled in _PERSONS or (is_plain and before.key in _PERSONS_PLAIN) or _is_surname(message, first - 1, is_plain=is_plain)


def bears_a_famous_name(message: Message, first: int, end: int) -> bool:
    """Whether a name is one that streets and schools bear more often than communes: "Lê Lợi"."""
    return end - first > 1 and message.words[first].spelled in _FAMOUS


def _is_a_city(message: Message, first: int) -> bool:
    return first > 1 and message.key(first - 2, first) == "thanhpho"


def _is_surname(message: Message, index: int, *, is_plain: bool) -> bool:
    word = message.words[index]
    if is_plain:
        return word.key in _SURNAMES_PLAIN
    return word.is_capital and word.spelled in _SURNAMES
