"""Kinds of documents by name and by number."""

from __future__ import annotations

import unicodedata

import pytest

from corpus.ids import document_key
from corpus.kinds import KIND_NAMES, kind_name, kind_of_key, kind_of_name
from corpus.types import DocumentKind


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Bộ luật Lao động", DocumentKind.CODE),
        ("Luật Thanh niên", DocumentKind.LAW),
        ("luật thanh niên", DocumentKind.LAW),
        ("NGHỊ ĐỊNH số 1/2030/NĐ-CP", DocumentKind.DECREE),
        (unicodedata.normalize("NFD", "Nghị định"), DocumentKind.DECREE),
        ("Thông tư liên tịch số 1", DocumentKind.JOINT_CIRCULAR),
        ("Thông tư số 1", DocumentKind.CIRCULAR),
        ("Nghị quyết liên tịch số 1", DocumentKind.JOINT_RESOLUTION),
        ("Nghị quyết số 1", DocumentKind.RESOLUTION),
        ("  Hiến pháp", DocumentKind.CONSTITUTION),
        ("Sắc lệnh số 1", DocumentKind.ORDER),
        ("Lệnhxyz", DocumentKind.OTHER),
        ("Công văn số 1", DocumentKind.OTHER),
        ("", DocumentKind.OTHER),
    ],
)
def test_the_name_tells_the_kind(name: str, kind: DocumentKind) -> None:
    assert kind_of_name(name) is kind


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        ("45/2019/QH14", DocumentKind.LAW),
        ("55/2010/QH12/NQ", DocumentKind.RESOLUTION),
        ("326/2016/UBTVQH14/NQ", DocumentKind.RESOLUTION),
        ("145/2020/NĐ-CP", DocumentKind.DECREE),
        ("20/2023/QĐ-TTg", DocumentKind.DECISION),
        ("01/2021/TTLT-VKSNDTC-BCA", DocumentKind.JOINT_CIRCULAR),
        ("191/2005/TTLT/BQP-BLĐTBXH-BTC", DocumentKind.JOINT_CIRCULAR),
        ("72/2025/NQLT/UBTVQH15-CP", DocumentKind.JOINT_RESOLUTION),
        ("11/2016/UBTVQH13", DocumentKind.ORDINANCE),
        ("18/2013/TT-BVHTTDL", DocumentKind.CIRCULAR),
        ("01/2023/NQ-HĐTP", DocumentKind.RESOLUTION),
        ("05/2020/CT-TTg", DocumentKind.DIRECTIVE),
        ("66-CP", DocumentKind.DECREE),
        ("1/2030/AB", DocumentKind.OTHER),
    ],
)
def test_the_number_tells_the_kind(number: str, kind: DocumentKind) -> None:
    assert kind_of_key(document_key(number)) is kind


@pytest.mark.parametrize("kind", [kind for kind in DocumentKind if kind is not DocumentKind.OTHER])
def test_every_kind_has_a_name_that_tells_it_again(kind: DocumentKind) -> None:
    assert kind_of_name(kind_name(kind)) is kind


def test_a_kind_without_a_name_is_just_a_document() -> None:
    assert kind_name(DocumentKind.OTHER) == "Văn bản"


def test_names_are_unique() -> None:
    assert len({name for name, _ in KIND_NAMES}) == len(KIND_NAMES)


def test_rank_falls_from_the_constitution_down() -> None:
    ranks = [DocumentKind.CONSTITUTION, DocumentKind.CODE, DocumentKind.LAW, DocumentKind.DECREE, DocumentKind.CIRCULAR, DocumentKind.OTHER]
    assert [kind.rank for kind in ranks] == sorted({kind.rank for kind in ranks})
