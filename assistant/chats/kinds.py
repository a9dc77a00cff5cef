"""What the words of a message alone tell of its kind: a question and a matter to be sent in one; a matter of law, which is nowhere."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

import numpy as np

from assistant.feedback.suggesting.classify import Classifier
from assistant.feedback.types import AdminLevel, Kind
from corpus.text import fold

_DIMENSION = 384
_SENT_ON = {Kind.REPORT: "report", Kind.RECOMMENDATION: "recommendation", Kind.VOTER_RECOMMENDATION: "recommendation"}
_PROPOSED = frozenset({Kind.RECOMMENDATION, Kind.VOTER_RECOMMENDATION})
# These go their own way as a whole: nothing is taken out of them.
_DELICATE = frozenset({Kind.EMERGENCY, Kind.DENUNCIATION, Kind.COMPLAINT})
# A shorter matter ("Đề nghị sửa gấp") says nothing without the question beside it.
_FEWEST_WORDS = 6
# From this probability on, a wish that is for the whole country is about a law or a policy.
_FOR_ALL = 0.6
_BILL = re.compile(
    r"\b(?:du thao|du an|gop y|sua doi|bo sung|ban hanh|bai bo|huy bo|sua)\b.*\b(?:luat|phap lenh|nghi dinh|thong tu|nghi quyet)\b"
    r"|\b(?:luat|phap lenh|nghi dinh|thong tu|nghi quyet)\b.*\b(?:sua doi|bo sung|can sua|nen sua)\b"
)
# What joins the parts, left at the border of each.
_JOINT = (
    r"(?:với lại|voi lai|nhân tiện|nhan tien|luôn tiện|luon tien|tiện thể|tien the|ngoài ra|ngoai ra|đồng thời|dong thoi|mặt khác|mat khac"
    r"|nhưng mà|nhung ma|và|còn)"
)
_BORDER = re.compile(rf"^{_JOINT}\b[\s,:–-]*|[\s,;:–-]+(?:{_JOINT}[\s,;:–-]*)?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Mixed:
    """A message that asks and tells: the question, and what can be sent on; `kind` is "report" or "recommendation"."""

    question: str
    matter: str
    kind: str


def mixed_in(text: str) -> Mixed | None:
    """The question and the matter of a message that holds both; None where it holds one, or something that is delicate as a whole."""
    parts = [_BORDER.sub("", text[start:end]) for start, end in _classifier().parts(text)]
    if len(parts) < 2:
        return None
    kinds = [_kind_of(part) for part in parts]
    if not _DELICATE.isdisjoint((*kinds, *_kinds_of(text))):
        return None
    cut = list(zip(parts, kinds, strict=True))
    asked = [part for part, kind in cut if kind is Kind.QUESTION]
    told = [(part, kind) for part, kind in cut if kind in _SENT_ON]
    if not asked or not any(len(part.split()) >= _FEWEST_WORDS for part, _ in told):
        return None
    first = next(kind for part, kind in told if kind and len(part.split()) >= _FEWEST_WORDS)
    return Mixed(" ".join(asked), " ".join(part for part, _ in told), _SENT_ON[first])


def is_of_law(text: str) -> bool:
    """Whether a text wishes for another law or policy and tells nothing that happened somewhere: no place need be asked for."""
    found = _classifier().classify(text, np.zeros(_DIMENSION, np.float32))
    if not found.kinds or not _PROPOSED.issuperset(Kind(one.value) for one in found.kinds):
        return False
    for_all = next((one.score for one in found.level if one.value == AdminLevel.CENTRAL), 0.0)
    return for_all >= _FOR_ALL or bool(_BILL.search(fold(text).lower()))


def _kind_of(text: str) -> Kind | None:
    return next(iter(_kinds_of(text)), None)


def _kinds_of(text: str) -> tuple[Kind, ...]:
    """The likely kinds, best first, by words alone: cheap enough for every message."""
    return tuple(Kind(one.value) for one in _classifier().classify(text, np.zeros(_DIMENSION, np.float32)).kinds)


@cache
def _classifier() -> Classifier:
    """The one shipped with the project, loaded with the first message."""
    return Classifier.load()
