"""Ordinary words that look like places: "bảo hiểm xã hội", "hòa bình thế giới", "báo cáo bằng" typed without marks."""

from __future__ import annotations

from enum import StrEnum

from corpus.area_names import CAPITALS_ONLY
from corpus.area_types import Level
from corpus.area_words import Message, closes


class Trust(StrEnum):
    """How far words are a place: in themselves, only beside a place that contains it, or not at all."""

    FIRM = "firm"
    WEAK = "weak"
    NONE = "none"


# Keys have i for y. Words before a place name; the strict ones also stand before no ordinary word of the kind below.
_STRICT_CUES = frozenset("o tai que tinh ubnd".split())
_CUES = _STRICT_CUES | frozenset("ve tu den thuoc tp ra vao tru song khau".split())
# Small letters with marks: peace, peaceful, as tall as.
_ORDINARY = frozenset({"hòa bình", "thái bình", "cao bằng", "an toàn", "đoàn kết", "tiến bộ", "văn minh", "thống nhất", "văn hóa"})
# Small letters without marks: hai phòng, đánh giá lại, diễn biến, báo cáo bằng, cần thợ, đa năng, làm đồng phục ...
RISKY = frozenset(
    "hoabinh thaibinh caobang cantho haiduong haiphong dienbien gialai sonla camau danang thanhhoa binhdinh dongnai dongthap lamdong "
    "langson hanam namdinh phutho bentre tiengiang kiengiang hue phuien hagiang dn tthue haugiang hungien laichau hatay".split()
)
_GOES_ON = {"thai binh": {"duong"}, "dien bien": {"phu"}, "hai duong": {"hoc"}, "hoa binh": {"the"}}
_BEGAN_BEFORE = {"binh duong": {"thai"}, "ho chi minh": set("tich tuong san tncs lang bac duong".split())}
# A street, a bridge, a person or a movement is named after the place, or the place after the person.
_STREETS = frozenset({"đường", "phố", "ngõ", "hẻm", "cầu", "đ", "duong"})
_SURNAMES = frozenset("nguyễn trần lê phạm hoàng huỳnh phan vũ võ đặng bùi đỗ hồ ngô dương lý lí thị văn".split())
_SOCIAL = frozenset("hiem cap nan sinh mang te tac nghia tu tro cong lao luoi ban o van".split())
_WORD_PAIRS = frozenset({("phuong", "an"), ("phuong", "tien"), ("phuong", "phap"), ("phuong", "thuc"), ("phuong", "dien"), ("xa", "hoi")})
# "Xa" without mark is also far: who means the commune says who or what is there, or that they live there.
_BEFORE_A_COMMUNE = _CUES | frozenset("an dan ban thon ap xom khu doi tram so duong sinh o".split())
_ENDS = (".", ";", ")", "?", "!")
_COUNTED = frozenset("ngai nam thang gio nguoi tuoi trieu nghin ngan dong lan ban to khoan dieu met m2 phong".split())


def trust_in_bare_province(message: Message, first: int, end: int, *, joined: bool) -> Trust:
    """Whether words that spell a province without kind word mean it; `joined`: a smaller place stands right before."""
    key = message.key(first, end)
    if key in CAPITALS_ONLY and not all(word.is_shouted for word in message.words[first:end]):
        return Trust.NONE
    spelled = message.spelled(first, end)
    # "Huê lợi" is income; a name of one syllable has all its marks or none.
    if _is_part_of_a_name(message, first, end) or (key == "hue" and spelled not in ("huế", "hue")):
        return Trust.NONE
    if joined or (first == 0 and end == len(message.words)):
        return Trust.FIRM
    if message.is_capital(first, end) and key != "hue":
        return Trust.FIRM
    if spelled in _ORDINARY:
        return _firm_if(cue_before(message, first, strict=True))
    is_plain = not any(word.is_marked for word in message.words[first:end])
    is_lazy = is_plain and not (message.is_marked and spelled in {"gia lai"})
    return _firm_if(not (is_lazy and key in RISKY) or cue_before(message, first, strict=False) or _all_shouted(message, first, end))


def trust_in_kind(message: Message, kind_first: int, first: int, end: int, *, level: Level, is_short: bool) -> Trust:
    """Whether kind word (from `kind_first`) and name (`first` to `end`) mean a place; `is_short`: the kind is abbreviated."""
    is_plain = not is_short and not any(word.is_marked for word in message.words[kind_first:first])
    if is_plain and message.is_marked and any(word.is_marked for word in message.words[max(0, kind_first - 1) : end]):
        # Where the words around have no marks either, the text was only begun with them: "đăng ký tạm trú o quan tan binh".
        return Trust.NONE
    if _is_society(message, kind_first, first, end):
        return Trust.WEAK if closes(message, end, (",", "-", "–")) else Trust.NONE
    if message.key(first, end).isdigit():
        return _trust_in_number(message, first, is_short=is_short)
    if message.is_capital(first, end):
        return Trust.FIRM
    spelled = message.spelled(first, end)
    if level is not Level.PROVINCE and (spelled in _ORDINARY or end - first == 1):
        return Trust.WEAK
    if is_plain and _is_far(message, kind_first):
        return Trust.WEAK
    if is_plain and _is_word_pair(message, kind_first, first, end):
        return _firm_if(closes(message, end, _ENDS) or cue_before(message, kind_first, strict=False))
    is_dotted = message.gap(first - 1).startswith(".")
    return Trust.WEAK if is_short and message.words[kind_first].key == "tt" and not is_dotted else Trust.FIRM


def cue_before(message: Message, first: int, *, strict: bool) -> bool:
    """Whether a word that announces a place stands before word `first`."""
    return first > 0 and message.words[first - 1].key in (_STRICT_CUES if strict else _CUES)


def follows_street_or_number(message: Message, first: int) -> bool:
    """Whether the words from `first` on name a street or a house rather than a place."""
    before = message.words[max(0, first - 2) : first]
    return any(word.key[:1].isdigit() for word in before) or any(word.spelled in _STREETS for word in before)


def _is_part_of_a_name(message: Message, first: int, end: int) -> bool:
    key = " ".join(word.key for word in message.words[first:end])
    if end < len(message.words) and message.words[end].key in _GOES_ON.get(key, ()) and message.runs_on(end - 1):
        return True
    if first == 0 or not message.runs_on(first - 1):
        return False
    before = message.words[first - 1]
    if before.key in _BEGAN_BEFORE.get(key, ()):
        return True
    if before.is_capital and before.spelled in _SURNAMES:
        return True
    is_city = first > 1 and message.key(first - 2, first) == "thanhpho"
    return before.spelled in _STREETS and not is_city


def _is_society(message: Message, kind_first: int, first: int, end: int) -> bool:
    if first - kind_first != 1 or message.words[first].spelled not in ("hội", "hoi"):
        return False
    if not message.is_capital(first, end):
        return True
    return kind_first > 0 and message.words[kind_first - 1].key in _SOCIAL and message.words[kind_first].is_capital


def _trust_in_number(message: Message, first: int, *, is_short: bool) -> Trust:
    gap = message.gap(first)
    if gap.startswith(("/", "%")):
        return Trust.NONE
    follows = message.words[first + 1].key if first + 1 < len(message.words) and not gap.strip() else ""
    is_ward = is_short and message.words[first - 1].key != "q"
    return Trust.WEAK if is_ward or follows in _COUNTED else Trust.FIRM


def _is_word_pair(message: Message, kind_first: int, first: int, end: int) -> bool:
    kind, name = message.words[kind_first].key, message.words[first].key
    return (kind, name) in _WORD_PAIRS or (kind == "tinh" and message.key(first, end) in RISKY)


def _is_far(message: Message, kind_first: int) -> bool:
    """Whether an unmarked xa may be far rather than commune; at the start of a message it is the commune."""
    return message.words[kind_first].key == "xa" and kind_first > 0 and message.words[kind_first - 1].key not in _BEFORE_A_COMMUNE


def _all_shouted(message: Message, first: int, end: int) -> bool:
    """Small letters cannot be told in a text that shouts, unless the words around do not."""
    around = message.words[max(0, first - 1) : first] + message.words[end : end + 1]
    return all(word.is_shouted for word in message.words[first:end]) and not any(word.is_shouted for word in around)


def _firm_if(holds: bool) -> Trust:
    return Trust.FIRM if holds else Trust.WEAK
