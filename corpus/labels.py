"""How provisions are written in Vietnamese, from the inside out, as Decree 78/2025/NĐ-CP asks: "điểm a khoản 1 Điều 36"."""

from __future__ import annotations

from corpus.ids import ProvisionId, number_of_key
from corpus.kinds import kind_name, kind_of_key
from corpus.types import DocumentKind, LegalDocument

# Of these alone the number tells the kind for sure; "/QH" is a code, a law or a resolution.
_SURE = (
    DocumentKind.RESOLUTION,
    DocumentKind.JOINT_RESOLUTION,
    DocumentKind.DECREE,
    DocumentKind.DECISION,
    DocumentKind.CIRCULAR,
    DocumentKind.JOINT_CIRCULAR,
)
_MARKED = (("ND-CP", "NĐ-CP"), ("QD-", "QĐ-"), ("HDND", "HĐND"), ("BLDTBXH", "BLĐTBXH"), ("BGDDT", "BGDĐT"))


def provision_label(provision: ProvisionId) -> str:
    """ "điểm a khoản 1 Điều 36", "Phụ lục I"; empty for a whole document."""
    if provision.article is None:
        return ""
    article = f"Phụ lục {provision.article[2:].upper()}".strip() if provision.article.startswith("pl") else f"Điều {provision.article}"
    parts = [
        f"điểm {provision.point}" if provision.point else "",
        f"khoản {provision.clause}" if provision.clause else "",
        article,
    ]
    return " ".join(part for part in parts if part)


def document_label(document: LegalDocument) -> str:
    """ "Bộ luật Lao động số 45/2019/QH14"; a decree or circular goes by kind and number, its title is a sentence."""
    if document.title and document.kind.rank <= 3:
        return f"{document.title} số {document.number}" if document.number else document.title
    return f"{kind_name(document.kind)} {document.number}".strip()


def label_of_key(key: str) -> str:
    """ "Nghị định 44/2024/NĐ-CP": how a document is written of which nothing but its key is known."""
    kind, number = kind_of_key(key), number_of_key(key)
    for plain, marked in _MARKED:
        number = number.replace(plain, marked)
    return f"{kind_name(kind) if kind in _SURE else 'văn bản'} {number}"
