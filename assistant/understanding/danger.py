"""Whether a message tells of danger to somebody: only then emergency numbers stand over the answer to something else."""

from __future__ import annotations

import re

from corpus.text import fold

# From this probability on a message is one of danger whatever its words: of router-dev.jsonl all 23 emergencies and no other reach .2.
_SURELY_DANGER = 0.2
# Violence, weapons, deadly places and despair, as told by those who see or suffer them.
_DANGER = re.compile(
    r"\b(?:cuu (?:voi|em|toi|tui|con|chau|me|bo|nguoi)|cap cuu|giet|chem|dam chet|bop co|danh (?:dap|chet|em|con|vo|me|tui|toi|nhau|lon)"
    r"|bao hanh|hanh ha|xam hai|cuong hiep|hiep dam|cam (?:dao|gay|riu)|vac dao|dao duoi|doa giet|bi nhot|nhot (?:em|toi|tui|con)|bat coc"
    r"|ban sang|mua ban nguoi|chay (?:nha|lon|rung|xe)|dot nha|boc khoi|duoi nuoc|chim|cuon troi|mac ket|bat tinh|ngat xiu|kho tho"
    r"|khong tho|chay mau|co giat|ngo doc|dien giat|ro ri|sat lo|tu tu|tu sat|muon chet|song nua|song lam gi|nhay (?:cau|lau|song)"
    r"|kill\w*|dying|beat(?:s|ing|en)?|rape\w*|bleeding|drown\w*|on fire|suicide|trapped|threat\w*|unconscious|help me)\b"
)
_VICTIM = r"(?:con|tre|tre em|be|em be|chau|chau be|dua (?:nho|be)|hoc sinh|vo|ba xa|me|bo|cha|ong ba|toi|tui|em|minh)"
# Somebody beaten is in danger even where the law is asked about it; "đánh con đề", "đánh tôi một khoản" are none of these.
_BEATEN = re.compile(
    rf"\b(?:danh|hanh ha|bao hanh|tra tan|bo doi|xich|troi|nhot|xam hai)(?: dap)? {_VICTIM}\b"
    r"(?! (?:gi|de|lo|bai|bac|so|xe|dau|gia|thue|tien|mot khoan|may|heo|ga|cho|meo))"
)
# Poison or a heap of medicine taken, or life not wanted any more, as told by whoever it is about; by others "tự tử" above.
_FEW_WORDS = 60
_POISON = r"thuoc (?:ngu|sau|tru sau|chuot|diet (?:co|chuot|moi)|co|gian|doc)|paraquat|thach tin|la ngon"
_LIFE_AT_STAKE = re.compile(
    r"\b(?:(?:uong|nuot|an) (?:het|ca|nguyen|sach|can|nhieu|mot dong|qua lieu|nham|lon)\b(?: \w+){0,3} (?:thuoc|vien)\b"
    rf"|uong (?:{_POISON})(?: \w+)? (?:roi|r|xong)|(?:khong|ko|chang|chan|het) (?:con )?(?:muon|thiet|thich) song|chan song"
    r"|muon chet (?:qua|cho|quach|thoi)|chet quach|chet cho xong|cat (?:mach mau|co tay)"
    r"|(?:toi|em|tui|minh|con) (?:muon|dinh|sap|se) (?:chet|tu tu|tu sat|nhay (?:cau|lau|song))"
    r"|want to die|kill myself|end my life|took (?:all )?(?:the |my )?pills)\b"
)
_ASKS_THE_LAW = re.compile(r"\b(?:bi (?:phat|tu|xu|toi)|toi gi|muc phat|phat bao nhieu|theo luat|dieu \d+|may nam tu|di tu)\b")

_ASKS_A_DOSE = re.compile(r"\b(?:may vien|bao nhieu vien|lieu luong|ngay may lan|co (?:sao|hai|tot) khong)\b")


def is_danger_told(text: str, probability: float) -> bool:
    """Whether `text`, no emergency itself, tells of danger; `probability`: that it is one, where the router finds it worth a look."""
    return probability >= _SURELY_DANGER or bool(_DANGER.search(fold(text)))


def is_somebody_beaten(text: str) -> bool:
    """Whether `text` tells that somebody is beaten or locked up, whatever the router makes of it; a question of penalties does not."""
    folded = fold(text)
    return bool(_BEATEN.search(folded)) and not _ASKS_THE_LAW.search(folded)


def is_life_at_stake(text: str) -> bool:
    """Whether the few words of `text` tell of poison taken or a life not wanted any more; a question of penalties or doses is none."""
    folded = fold(text)
    if len(folded.split()) > _FEW_WORDS:
        return False
    return bool(_LIFE_AT_STAKE.search(folded)) and not (_ASKS_THE_LAW.search(folded) or _ASKS_A_DOSE.search(folded))
