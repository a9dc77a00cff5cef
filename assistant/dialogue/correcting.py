"""A question put right by the message after it ("à nhầm, bà ngoại chứ không phải ông ngoại"), or asked of another ("còn bà nội?")."""

from __future__ import annotations

import re

_CORRECTION = re.compile(
    r"^(?:(?:không|khong|hông|hong|à|a|ủa|ua)[\s,]*)*(?:(?:nhầm|nham|lộn|lon)[\s,]*|(?:phải|phai)\s+(?P<wrong>[^,]+?)\s*,\s*)?"
    r"(?:(?:ý|y)\s+(?:\w+)\s+(?:là|la)\s+)?(?P<meant>.+?)(?:\s+(?:chứ|chu)\s+(?:không|khong|ko|hông)\s+(?:phải|phai)\s+(?P<not>.+?))?"
    r"(?:\s+(?:cơ|co|mới đúng|moi dung))?[\s?!.,]*$",
    re.IGNORECASE,
)
_AMOUNT = re.compile(r"(?<![\w.,])\d[\d.,]*\s*(?P<unit>%|[^\W\d_]+)")
# So many first words of what is meant, found in the question, show where it belongs: "đám cưới em gái".
_WORDS_TO_PLACE = 2
# What people put in each other's place. Single words of kinship are pronouns as well, and amounts of money or time are told of many
# things: they stay out.
_INSTEAD = tuple(
    re.compile(rf"(?<!\w)(?:{names})(?!\w)", re.IGNORECASE)
    for names in (
        r"(?:ông|bà) (?:nội|ngoại)|(?:bố|ba|cha) (?:mẹ|má)(?: (?:vợ|chồng|nuôi|ruột))?|(?:bố|ba|cha|mẹ|má) (?:vợ|chồng|nuôi|ruột|kế)"
        r"|(?:anh|chị|em) (?:ruột|họ|trai|gái|rể|dâu)",
        r"con (?:nuôi|riêng|ruột|đẻ|chung|dâu|rể)",
        r"(?<!mẹ )(?<!má )(?<!bố )(?<!ba )(?<!cha )(?:vợ|chồng)",
        r"đàn ông|đàn bà|phụ nữ|nam giới|nữ giới",
        r"con trai|con gái",
        r"\d{1,3} tuổi",
        r"(?:người )?bị hại|bị can|bị cáo|người làm chứng|nhân chứng",
        r"(?:bên|người) (?:mua|bán|thuê|cho thuê|vay|cho vay)",
        r"(?:(?:loại )?ít|rất|đặc biệt) nghiêm trọng",
        r"ngày (?:thường|lễ|tết)|chủ nhật|cuối tuần|ban ngày|ban đêm|ca ngày|ca đêm",
        r"xe máy|xe đạp|xe tải|ô tô|xe hơi",
    )
)


def corrected(text: str, asked: str) -> str:
    """`asked` with the wrong words replaced by those meant; with those meant in front where their place is not known."""
    match = _CORRECTION.match(text)
    if not match:
        return f"{text.rstrip(' ?.!')}: {asked}"
    meant, wrong = match["meant"].strip(" ,"), (match["wrong"] or match["not"] or "").strip(" ,")
    found = (_replaced(asked, one, meant) for one in (wrong, _beginning_in(asked, meant), _other_amount(asked, meant)))
    return next((question for question in found if question), f"{meant}: {asked}")


def asked_of_another(case: str, asked: str) -> str | None:
    """`asked` with what `case` names in the place of its like: "còn bà nội" for "ông ngoại", "nếu 17 tuổi" for "15 tuổi".

    None where the question names nothing of the kind, or more than one. `case` in NFC, with its marks.
    """
    for like in _INSTEAD:
        meant, there = ({one.lower() for one in like.findall(text)} for text in (case, asked))
        if len(meant) == len(there) == 1 and meant != there:
            return _replaced(asked, there.pop(), meant.pop())
    return None


def _replaced(asked: str, wrong: str, meant: str) -> str | None:
    """`asked` with `meant` for `wrong`, words that stand there already not said twice; None where it has no such words."""
    found = re.search(rf"(?<!\w){re.escape(wrong)}(?!\w)", asked, re.IGNORECASE) if wrong else None
    if found is None:
        return None
    after, words = asked[found.end() :], meant.split()
    said = next((n for n in range(len(words) - 1, 0, -1) if after.lower().startswith(" " + " ".join(words[-n:]).lower())), 0)
    return asked[: found.start()] + " ".join(words[: len(words) - said]) + after


def _other_amount(asked: str, meant: str) -> str:
    """The amount in the question for which `meant` is another of the same unit; "" where there is none or more than one."""
    amount = _AMOUNT.match(meant)
    same = [one.group() for one in _AMOUNT.finditer(asked) if amount and one["unit"].lower() == amount["unit"].lower()]
    return same[0] if len(same) == 1 else ""


def _beginning_in(asked: str, meant: str) -> str:
    """The longest beginning of `meant` that the question has; "" where it is too short to tell."""
    words = meant.split()
    beginnings = (" ".join(words[:n]) for n in range(len(words) - 1, _WORDS_TO_PLACE - 1, -1))
    return next((one for one in beginnings if re.search(rf"(?<!\w){re.escape(one)}(?!\w)", asked, re.IGNORECASE)), "")
