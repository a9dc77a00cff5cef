"""Ways to bend a true sentence of law into a false one, and sentences that are false from the start."""

from __future__ import annotations

import re
from collections.abc import Sequence
from random import Random

from assistant.language_model.verify import MIN_WORDS
from corpus.text import words
from tests.assistant.truths import Way, said_in_one_way

_FIGURES = re.compile(r"\d+")
_LIMIT = re.compile(r",? (?:trừ|nếu|khi|trong trường hợp|mà không|nhưng) .*$")
_SWAPS = (
    ("phải", "có thể"),
    ("không được", "được"),
    ("được", "bị"),
    ("bị", "được"),
    ("hoặc", "và"),
    ("và", "hoặc"),
    ("trước", "sau"),
    ("sau", "trước"),
    ("trên", "dưới"),
    ("ít nhất", "không quá"),
    ("không quá", "ít nhất"),
    ("tối đa", "tối thiểu"),
    ("ngày làm việc", "ngày"),
    ("ngày", "tháng"),
    ("tháng", "năm"),
    ("người lao động", "người sử dụng lao động"),
    ("người sử dụng lao động", "người lao động"),
    ("nguyên đơn", "bị đơn"),
    ("bên mua", "bên bán"),
    ("bên thuê", "bên cho thuê"),
    ("cha", "mẹ"),
    ("tất cả", "một số"),
    ("có quyền", "phải"),
    ("từ đủ", "dưới"),
    ("Tòa án", "Viện kiểm sát"),
    ("có hiệu lực", "vô hiệu"),
    ("toàn bộ", "một phần"),
    ("bằng văn bản", "bằng lời nói"),
)
_NOTHING = frozenset("thì là rằng các những của cũng đều sẽ quy định theo đó sau đây".split())


def other_number(text: str, random: Random) -> str | None:
    numbers = list(_FIGURES.finditer(text))
    if not numbers:
        return None
    chosen = random.choice(numbers)
    return f"{text[: chosen.start()]}{int(chosen[0]) + random.randint(1, 40)}{text[chosen.end() :]}"


def numbers_exchanged(text: str, random: Random) -> str | None:
    found = list(_FIGURES.finditer(text))
    if len({one[0].lstrip("0") for one in found}) < 2:
        return None
    first, last = found[0], found[-1]
    if first[0].lstrip("0") == last[0].lstrip("0"):
        return None
    return text[: first.start()] + last[0] + text[first.end() : last.start()] + first[0] + text[last.end() :]


def number_added(text: str, random: Random) -> str | None:
    return f"{text.rstrip('.')} trong {random.randint(2, 90)} ngày"


def word_exchanged(text: str, random: Random) -> str | None:
    fitting = [(one, other) for one, other in _SWAPS if re.search(rf"\b{one}\b", text)]
    if not fitting:
        return None
    one, other = random.choice(fitting)
    return re.sub(rf"\b{one}\b", other, text, count=1)


def denied(text: str, random: Random) -> str | None:
    match = random.choice(list(re.finditer(r"\b(?:phải|được|có|bị|là)\b", text)) or [None])
    return f"{text[: match.start()]}không {text[match.start() :]}" if match else None


def denial_left_out(text: str, random: Random) -> str | None:
    changed = re.sub(r"\b(?:không|chưa|nghiêm cấm|cấm) ", "", text, count=1)
    return changed[0].upper() + changed[1:] if changed != text else None


def limit_left_out(text: str, random: Random) -> str | None:
    changed = _LIMIT.sub("", text)
    return changed if changed != text and len(words(changed)) >= MIN_WORDS else None


def words_left_out(text: str, random: Random) -> str | None:
    """One to three words from the middle, as the qualifier in "lao động nữ"."""
    parts = text.split()
    count = random.randint(1, 3)
    at = random.randint(1, max(1, len(parts) - count - 2))
    gone = parts[at : at + count]
    if {word.strip(",.;").lower() for word in gone} <= _NOTHING or len(parts) - at - count < 1:
        return None
    changed = " ".join(parts[:at] + parts[at + count :])
    return None if changed.strip(".;,") in text else changed


def words_moved(text: str, random: Random) -> str | None:
    """Two pairs of words exchanged: "bên mua trả, bên bán giao" the other way round."""
    parts = text.split()
    if len(parts) < 8:
        return None
    first = random.randint(0, len(parts) - 6)
    second = random.randint(first + 3, len(parts) - 3)
    one, other = parts[first : first + 2], parts[second : second + 2]
    moved = parts[:first] + other + parts[first + 2 : second] + one + parts[second + 2 :]
    return " ".join(moved) if _said(moved) != _said(parts) else None


def _said(parts: Sequence[str]) -> list[str]:
    """The words that say something."""
    bare = (word.lower().strip(",.;") for word in parts)
    return [word for word in bare if word not in _NOTHING]


def word_put_in(text: str, random: Random) -> str | None:
    parts = text.split()
    at = random.randint(1, len(parts) - 1)
    added = random.choice(("luôn luôn", "miễn phí", "một nửa", "tự ý", "nước ngoài", "gấp đôi", "vĩnh viễn", "ở nhà", "chỉ", "trừ phụ nữ"))
    return " ".join([*parts[:at], added, *parts[at:]])


def law_named(text: str, random: Random) -> str | None:
    opening = random.choice(
        (
            f"Theo Điều {random.randint(1, 900)} Bộ luật Lao động, ",
            f"Khoản {random.randint(1, 9)} quy định ",
            f"Nghị định {random.randint(1, 200)}/2031/NĐ-CP cho biết ",
            "Theo Luật Sao Hỏa, ",
            f"Điểm {random.choice('abcd')} nói rằng ",
        )
    )
    return opening + text


def name_added(text: str, random: Random) -> str | None:
    return f"{text.rstrip('.')} theo ý kiến của ông Nguyễn Văn {random.choice('ABCDE')}"


def contact_added(text: str, random: Random) -> str | None:
    return (
        f"{text.rstrip('.')}, xem {random.choice(('https://nop.example/x', 'nop-tien.vn', 'toi@rac.example', '0912 345 678', '1900 6192'))}"
    )


def markup_added(text: str, random: Random) -> str | None:
    return random.choice(("<b>{}</b>", "**{}**", "[{}](nop)", "{} <script>", "# {}")).format(text)


LIES: tuple[Way, ...] = (
    other_number,
    numbers_exchanged,
    number_added,
    word_exchanged,
    denied,
    denial_left_out,
    limit_left_out,
    words_left_out,
    words_moved,
    word_put_in,
    law_named,
    name_added,
    contact_added,
    markup_added,
)


def lie(text: str, random: Random) -> str:
    """A false sentence made of a true one."""
    return said_in_one_way(text, LIES, random)


def half_joined(first: str, second: str) -> str:
    """The beginning of one sentence with the end of another."""
    one, other = first.split(), second.split()
    return " ".join(one[: len(one) // 2] + other[len(other) // 2 :])
