"""Patterns by which `sides` parts a comparison; all but one are searched in folded text (no marks, d for đ)."""

from __future__ import annotations

import re

_DAY = r"(?:(?:ngay|thang|nam|hoi|vao)\s+)*(?:\d{1,2}\s?[/.-]\s?)?(?:\d{1,2}\s?[/.-]\s?)?(?:19|20)\d\d"
_THEN = (
    rf"(?:(?:truoc|trc|until|before)\s+{_DAY}|(?:hoi|luc|vao|ngay|thang|nam|in)\s+{_DAY}"
    r"|(?:hoi|luc|thoi|ngay|cach|cai)\s+truoc(?! (?:khi|sap))|(?:truoc|trc)\s+(?:day|kia)"
    r"|(?:ngay|hoi|thoi)\s+xua|xua(?! nay)|(?:hoi |luc )?con (?:cap )?huyen|(?:hoi )?truoc (?:khi )?(?:sap nhap|bo (?:cap )?huyen))"
)
_NOW = (
    r"(?:(?:gio |nay |chu )?(?:khong con|hong con|het) (?:cap )?huyen|bay gio|bay h|bh|bi gio|hien nay|hien tai|hien gio|hien hanh"
    r"|ngay nay|nam nay|(?<!\d )(?<!may )(?<!them )gio(?! lam (?:viec|them)| hanh chinh| nghi| cao diem)"
    r"|(?<!truoc )(?<!ngay )(?<!hom )(?<!viec )(?<!dieu )(?<!sau )nay|chu(?! (?:tich|ho|nha|dau|quan|so|xe|ky|the))|now(?:adays)?|today"
    rf"|(?:sau|after|since)\s+{_DAY})"
)
AND = r"(?:va|voi|vs\.?|so voi|so|khac(?: gi)?(?: so)?(?: voi)?|hay|hoac|cung|,|-|and|versus|den|sang)"
_LAW = r"(?:bo luat|luat|lhngd|bl[a-z]{1,4}|ldd|quy dinh|nghi dinh|nd|thong tu|nghi quyet|phap lenh|hien phap|law|code|phap luat)"
_YEAR = r"(?:19|20)\d\d"

BEFORE_AND_AFTER = re.compile(rf"\b(?:truoc|before)\s*(?:{AND})\s*(?:sau|after)(?:\s+khi)?\s+(?P<day>{_DAY}|sap nhap|bo (?:cap )?huyen)")
_OLD, _NEW = r"(?:cu|truoc day|hoi truoc|ngay truoc|truoc kia|old)", r"(?:moi|hien hanh|hien nay|bay gio|hien tai|new|nay|chu)"
_NOUN = rf"(?:{_LAW}|muc|cach|ban|mau|kieu|cai|loi|che do)"
OLD_AND_NEW = re.compile(
    rf"\b(?P<noun>{_NOUN}(?:\s+(?!cu\b|moi\b|va\b|voi\b|khac\b"
    rf"|so\b)[a-z]+){{0,5}}?)\s+(?:{_OLD}\s*{AND}\s*(?:{_NOUN}\s+)?(?:[a-z]+\s+){{0,4}}?{_NEW}"
    rf"|{_NEW}\s*{AND}\s*(?:{_NOUN}\s+)?(?:[a-z]+\s+){{0,4}}?{_OLD})\b|\bold\s+(?:and|vs\.?|versus)\s+new\b"
)
# A year, or as much of a date as is given: "tháng 12/2020", "1/7/2025", "tháng 12 năm 2020".
_YEAR_OR_DAY = rf"(?:(?:ngay|thang)\s+)?(?:\d{{1,2}}\s?(?:[/.-]|thang\b|nam\b)\s?){{0,2}}{_YEAR}"
TWO_YEARS = re.compile(
    rf"\b(?P<before>(?:truoc|trc)\s+)?(?:(?:hoi|luc|vao|nam|tu|in)\s+)*(?P<first>{_YEAR_OR_DAY})\s*(?!,){AND}\s*(?:(?:hoi|nam"
    rf"|ban)\s+)*(?P<second>{_YEAR_OR_DAY}|{_NOW}|h)\b(?![/-])"
)
TWO_LAWS = re.compile(
    rf"\b(?P<title>{_LAW}(?:\s+(?!{AND}\s|khac\b)[a-z]+){{0,6}}?)\s+(?:nam\s+|so\s+)?(?P<first>(?:\d+/)?{_YEAR})\s*"
    rf"(?:(?P<between>\s[a-z\s]{{0,30}}?)?\s*\b{AND}\s+|,\s*)(?:{_LAW}\s+)?(?:nam\s+|ban\s+|so\s+)*(?P<second>(?:\d+/)?{_YEAR})\b"
)
_ASK = r"(?:o dau|dau|bao nhieu|nhieu|the nao|ra sao|sao|gi|chi|may|ai|nao|khong|where|how much|what)"
ASKS = re.compile(rf"\b{_ASK}\b")
# What is asked again of another time: of places, amounts and manners.
ASKS_AGAIN = re.compile(r"\b(?:o dau|dau|bao nhieu|bao lau|nhieu|nhiu|the nao|ra sao|may)\b")

_KIND_OF_CHOICE = r"(?:cai|ben|loai|dang|hinh thuc|cach|kieu|dang nao|duong|thu)"
_MORE = r"(?:hon|loi|nang|nhe|cao|thap|nhanh|le|chac|re|dat|tot|lau|manh)"
_ANOTHER = "".join(f"(?<!{word} )" for word in "nguoi ng noi ben phuong xa cho ty so viec cach loai gi ai nha luat".split())
COMPARES = re.compile(
    rf"\b(?:khac (?:nhau|gi|j|chi|biet|o cho|cho nao)|{_ANOTHER}khac(?! phuc)|giong|so sanh|phan biet|so voi|vs|versus|chenh|thay doi"
    rf"|doi ra sao|so (?:gium|giup|ho)|differ\w*|compare\w*)\b"
    rf"|\b{_KIND_OF_CHOICE}\s+(?:nao|mo)\b|\bnao\s+(?:\w+\s+)?{_MORE}(?:\s+hon)?\b|\btang (?:hay giam|may|bao nhieu|nhieu|nhiu)\b"
)
COMPARES_A_LIST = re.compile(r"\b(?:khac|giong) (?:nhau|gi|j|chi|cho)\b|\bkhac biet\b|\bchenh\b")
LEAD_IN = re.compile(
    r"^(?:.*\b(?:so sanh|phan biet|(?:khac nhau|khac biet|khac gi) giua|differences? between|compare)|(?:\w+\s+){0,4}?(?:hoi"
    r"|dat(?= dieu| khoan)|how (?:does|do)|what (?:is|are)))\s+"
    r"(?:(?:giup|gium|ho|dum|toi|em|minh|con|giua|su|khac nhau|an?|the)\s+)*"
)
END = re.compile(
    rf"\s*(?:[?!;(]|,(?!\d)|\b(?:thi|xem|khac|giong|chenh|hon kem|differ|ve(?! huu| que| nuoc)|on|under|regarding|(?:tang"
    rf"|giam)(?= (?:hay|may|bao|nhieu|nhiu|di|xuong|len)\b)|thay doi|ra sao|nhu the nao|the nao|ntn)\b|\b{_KIND_OF_CHOICE}\s+(?:nao|mo)\b"
    rf"|\b\w+\s+nao\s+(?:\w+\s+)?{_MORE}\b|\bo\s+(?:cho|diem|dau)\b|\bnao\b|$)"
)
# The surest sign first. "với" after these words tells with whom, not what is compared; "và" stands in names of laws.
JOINTS = tuple(
    re.compile(pattern)
    for pattern in (
        r"\s+(?:so voi|so sanh voi|versus|vs\.?|canh)\s+",
        r"(?<!ket hon)(?<!hop dong)(?<!doi)(?<!cung)(?<!quan he)(?<!ky)(?<!song chung)(?<!giao dich)\s+(?:voi|vs)\s+"
        r"|\s+voi\s+(?!nguoi\b|nhau\b|cong ty\b|ai\b|chong\b|vo\b|toi\b)",
        r"(?<!hon nhan)(?<!giao duc)(?<!quyen)(?<!phi)(?<!xu ly)(?<!thuong mai)\s+(?:va|and)\s+(?!gia dinh\b|dao tao\b|nghia vu\b"
        r"|le phi\b|xay dung\b)",
        r"\s*,?\s+(?:hay la|hay|hoac|or)\s+",
        r"\s*,\s+",
    )
)
DIFFERS_FROM = re.compile(
    r"^(?P<first>.+?)\s+(?:khac(?: biet| nhau)?(?:\s+(?:gi|j|chi|the nao|ra sao|cho nao))?(?:\s+(?:so voi|voi))?|differ\w*\s+from)\s+"
    r"(?P<second>(?!(?:nhau|gi|j|chi|cho|o|sao|the|nhu|khong|ko|ve|biet|co|duoc|thi|bi|la|tren|trong|tinh|noi|xa|huyen|que|quan)\b).+?)"
    r"(?P<rest>\s+(?:o\s+)?(?:cho nao|diem nao|the nao|ra sao|nhu the nao|ntn|gi|j|chi|sao|khong|ko|ve .+|on .+)\W*)?$"
)
_CHOICE = r"(?:cái|bên|loại|dạng|hình thức|cách|kiểu|đường|thứ) (?:nào|mô)"
# With their marks "hôn", "đỏ", "đổi", "chị" are no words of comparing; without marks they can't be told apart and stay.
SAID_WITH_MARKS = re.compile(
    rf"\b(?:kh[áa]c nhau|khác biệt|kh[áa]c g[ìi]|kh[áa]c|giống nhau|giống|chênh nhau|chênh lệch|chênh|nhau|(?:ở )?(?:những )?(?:chỗ"
    rf"|điểm|chổ) (?:nào|mô)|như thế nào|thế nào|ra sao"
    rf"|(?<!bản )sao(?! y)|ntn|{_CHOICE}|có gì|gì|j|chi|rứa|hơn|xem|thay đổi|đổi ra sao|so sánh|nào|giúp(?: tôi| em| mình| con)?"
    rf"|giùm|dùm|vậy|z|v|ạ|dạ|nhỉ|hai cách)(?!\w)|[?!;]+"
)
SAID_WITHOUT = re.compile(
    r"\b(?:khac nhau|khac biet|khac gi|khac|giong nhau|giong|chenh nhau|chenh lech|chenh|nhau|(?:o )?(?:cho|diem) (?:nao|mo)"
    r"|nhu the nao|the nao|ra sao|(?<!ban )sao(?! y)|ntn"
    r"|(?:cai|ben|loai|dang|hinh thuc|cach|kieu) nao|gi|j|nao|xem|thay doi|so sanh|giup|gium|vay|z|v|ad|differ\w*|what|how|does|is"
    r"|are)\b|[?!;]+"
)
FRONT_WORDS = re.compile(
    r"^(?:(?:thi|ve|la|va|cua|xem|giua|voi|on|under|regarding|ma)\b[\s,]*)+|[\s,]+(?:thi|ve|la|va|voi|ma|(?:theo )?(?:bo luat"
    r"|luat)(?: va (?:bo luat|luat))?)$"
)
FILLER = re.compile(r"(?:\W|\b(?:z|v|a|ad|em|minh|toi|ban|anh|chi|ho|nhe|nha|k|ko|khong|oi|co|duoc)\b)*")

# What says what kind of the thing is meant, and cannot stand alone: "ly hôn thuận tình khác đơn phương".
MODIFIER = re.compile(
    r"(?:don phuong|thuan tinh|bat buoc|tu nguyen|vo thoi han|(?:khong|co|khac|mot|hai|ba|so|loai|hang|vung|lan|bac|muc|cap|nhom"
    r"|tren|duoi|tu|du|ngan|dai|toan|trong|ngoai|qua|ban) .+"
    r"|dai han|ngan han|so tham|phuc tham|giam doc tham|tai tham|lau dai|thuong|nguoi lon|tre em|nam|nu|nang|nhe|dac biet nang"
    r"|truc tiep|truc tuyen|online|thoi vu|\d+ .+|\d+|[a-z]\d?|ca nhan|hinh su|dan su|hanh chinh)"
)
PART_OF_LAW = re.compile(r"(?P<kind>dieu|khoan|diem)\s*(?P<number>\d+[a-z]?|[a-z])\b")


THEN_WORDS, NOW_WORDS = re.compile(rf"\b{_THEN}\b"), re.compile(rf"\b{_NOW}\b")
SENTENCE = re.compile(r"(?<=[.!?;:])\s+(?=\D)")
