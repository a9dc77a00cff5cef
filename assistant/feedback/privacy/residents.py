"""Whether a hamlet with its commune is where one person lives: "nhà em ở thôn Lạc Sơn, xã Cẩm Xuyên".

A hamlet alone is a place that routing needs, and "các hộ ở khóm Bờ Đê" are a neighbourhood: only one person's home is personal data.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from assistant.feedback.privacy.text import Letter
from assistant.feedback.privacy.words import any_of, plain

_AHEAD, _CROWD_AHEAD, _AGE_AHEAD = 60, 45, 60
_END = r"[ :,]{0,2}$"
# "tôi là giáo viên ở bản …", "bác năm nay bảy tư tuổi ở thôn …"
_TELLS = (
    r"(?:(?:(?: \w+){0,5} la(?: \w+){1,6}|(?: \w+){0,4} (?:tuoi|sinh nam|nam nay|nam ni)(?: \w+){0,5}),? (?:nha )?o"
    r"|(?: o| song) (?:voi|cung|chung)(?: \w+){1,5} (?:o|tai)) $"
)
_AFTER_AGE = re.compile(r"\b(?:tuoi|sinh|sanh|sn|nam nay|nam ni)\b[^.!?\n;]{0,30}, (?:hien |dang )?(?:nha )?o (?:tai )?$")
_COMMUNE = re.compile(
    r"(?:[ ,(\-–]{1,3}|\. )(?P<word>xa|phuong|thi tran|thi xa|tt|dac khu|huyen|quan|tinh|thanh pho|[pxqh]|tp)(?:[. ]{1,2}[a-z]|\.? ?\d)"
)
# "vợ chồng tôi cất nhà từ năm 2003 tại …"
_BUILT = re.compile(r"\b(?:cat|xay|dung|lam|mua) (?:nha|dat|choi)(?: \w+){0,4} (?:o|tai) $")
# "tôi là dân …", though "dân …" are many
_OF_MYSELF = re.compile(r"\b(?:toi|em|tui|chau|con|minh) la (?:nguoi |nong |cong )?dan(?: (?:o|cua|thuoc|tai))? $")
_OTHER_WORDS = frozenset({"xa", "xạ", "phượng", "phương", "quân", "tính", "quản"})


class Residents:
    """Tells hamlets in which one person lives."""

    def __init__(self, lists: Mapping[str, Sequence[str]]) -> None:
        """`lists` are those of data/personal-addresses.yaml."""
        one, after = any_of(lists["residents"]), any_of(lists["after_homes"])
        own = any_of(lists["own"])
        self._home = re.compile(
            rf"(?:\b(?!tru so )(?:{any_of(lists['resident_homes'])})(?: (?:{after}))*"
            rf"|\b(?<!\d )(?<!tram )(?<!chuc )(?<!muoi )(?:{one})(?: (?:{own}))* (?:{any_of(lists['living'])})(?: (?:{after}))*"
            rf"|\bnha(?: (?:{one}|{own}))+(?: (?:{after}))*){_END}"
        )
        self._hamlets = plain(lists["hamlets"])
        self._tells = re.compile(rf"\b(?:{one}){_TELLS}")
        self._crowd = re.compile(rf"\b(?:{any_of(lists['crowds'])})\b[^.!?\n;:,]*[,:]?[ ]?$")

    def is_hamlet(self, kind: str) -> bool:
        """Whether a part of an address of this kind, without marks, is where a neighbourhood lives."""
        return kind in self._hamlets

    def lives_in(self, letter: Letter, start: int, *, is_after_name: bool) -> bool:
        """Whether hamlets at place `start` are the home of one person."""
        if is_after_name or _OF_MYSELF.search(letter.plain, max(0, start - _AHEAD), start):
            return True
        if self._crowd.search(letter.plain, max(0, start - _CROWD_AHEAD), start):
            return False
        begin = max(0, start - _AHEAD)
        return any(pattern.search(letter.plain, begin, start) for pattern in (self._home, self._tells, _AFTER_AGE, _BUILT))

    @staticmethod
    def has_commune(letter: Letter, end: int) -> bool:
        """Whether a commune or what lies above one follows place `end`."""
        match = _COMMUNE.match(letter.plain, end)
        if match is None:
            return False
        written = letter.written[slice(*match.span("word"))]
        # "thôn Lạc xa quá" is far away.
        return not letter.is_marked or written.lower() not in _OTHER_WORDS or written[:1].isupper()
