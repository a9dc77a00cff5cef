"""Names of the kinds of legal documents as they are printed, and the kind that a name or number tells."""

from __future__ import annotations

import re

from corpus.text import nfc
from corpus.types import DocumentKind

# Longer names first: "Thông tư liên tịch" before "Thông tư".
KIND_NAMES: tuple[tuple[str, DocumentKind], ...] = (
    ("Hiến pháp", DocumentKind.CONSTITUTION),
    ("Bộ luật", DocumentKind.CODE),
    ("Luật", DocumentKind.LAW),
    ("Pháp lệnh", DocumentKind.ORDINANCE),
    ("Nghị quyết liên tịch", DocumentKind.JOINT_RESOLUTION),
    ("Nghị quyết", DocumentKind.RESOLUTION),
    ("Lệnh", DocumentKind.ORDER),
    ("Sắc lệnh", DocumentKind.ORDER),
    ("Nghị định", DocumentKind.DECREE),
    ("Quyết định", DocumentKind.DECISION),
    ("Thông tư liên tịch", DocumentKind.JOINT_CIRCULAR),
    ("Thông tư", DocumentKind.CIRCULAR),
    ("Chỉ thị", DocumentKind.DIRECTIVE),
)

_BY_NAME = {printed.lower(): kind for printed, kind in KIND_NAMES}
_NAME = re.compile("(" + "|".join(sorted(_BY_NAME, key=len, reverse=True)) + r")\b")

_NUMBER_KINDS = (
    ("TTLT", DocumentKind.JOINT_CIRCULAR),
    ("NQLT", DocumentKind.JOINT_RESOLUTION),
    ("/NQ", DocumentKind.RESOLUTION),
    ("UBTVQH", DocumentKind.ORDINANCE),
    ("ND-CP", DocumentKind.DECREE),
    ("QD-", DocumentKind.DECISION),
    ("TT-", DocumentKind.CIRCULAR),
    ("NQ-", DocumentKind.RESOLUTION),
    ("CT-", DocumentKind.DIRECTIVE),
    ("/QH", DocumentKind.LAW),
    ("/CP", DocumentKind.DECREE),
    ("-CP", DocumentKind.DECREE),
)


def kind_of_name(name: str) -> DocumentKind:
    """The kind whose printed name `name` starts with ("Bộ luật Lao động" is a code); OTHER if none."""
    match = _NAME.match(nfc(name).strip().lower())
    return _BY_NAME[match.group(1)] if match else DocumentKind.OTHER


def kind_of_key(key: str) -> DocumentKind:
    """The kind that a normalised document number tells (`145/2020/ND-CP` is a decree); OTHER if none."""
    return next((kind for mark, kind in _NUMBER_KINDS if mark in key), DocumentKind.OTHER)


def kind_name(kind: DocumentKind) -> str:
    """The printed name of a kind: "Nghị định"; "Văn bản" for OTHER."""
    return next((printed for printed, known in KIND_NAMES if known is kind), "Văn bản")
