"""How provisions and documents are written for people."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given

from corpus.citations import DocumentNames, find_provisions
from corpus.ids import ProvisionId
from corpus.labels import document_label, label_of_key, provision_label
from corpus.types import DocumentKind, LegalDocument
from tests.corpus.test_ids import ARTICLES, CLAUSES, POINTS


@pytest.mark.parametrize(
    ("provision", "label"),
    [
        (ProvisionId("1/2030/QH20", "36", "1", "a"), "điểm a khoản 1 Điều 36"),
        (ProvisionId("1/2030/QH20", "36", "1", "đ"), "điểm đ khoản 1 Điều 36"),
        (ProvisionId("1/2030/QH20", "36", "1"), "khoản 1 Điều 36"),
        (ProvisionId("1/2030/QH20", "36", None, "a"), "điểm a Điều 36"),
        (ProvisionId("1/2030/QH20", "15a"), "Điều 15a"),
        (ProvisionId("1/2030/QH20", "pli"), "Phụ lục I"),
        (ProvisionId("1/2030/QH20", "pl"), "Phụ lục"),
        (ProvisionId("1/2030/QH20", "pl2", "3"), "khoản 3 Phụ lục 2"),
        (ProvisionId("1/2030/QH20"), ""),
    ],
)
def test_provisions_are_named_from_the_inside_out(provision: ProvisionId, label: str) -> None:
    assert provision_label(provision) == label


@pytest.mark.parametrize(
    ("document", "label"),
    [
        (LegalDocument("45/2019/QH14", "45/2019/QH14", "Bộ luật Lao động", DocumentKind.CODE), "Bộ luật Lao động số 45/2019/QH14"),
        (LegalDocument("KHONGSO/1995-05-31", "", "Pháp lệnh Về tàu", DocumentKind.ORDINANCE), "Pháp lệnh Về tàu"),
        (LegalDocument("1/2030/ND-CP", "1/2030/NĐ-CP", "Nghị định Quy định về tàu", DocumentKind.DECREE), "Nghị định 1/2030/NĐ-CP"),
        (LegalDocument("1/2030/QH20", "1/2030/QH20", "", DocumentKind.LAW), "Luật 1/2030/QH20"),
        (LegalDocument("1/2030/TTLT-A-B", "1/2030/TTLT-A-B", "", DocumentKind.JOINT_CIRCULAR), "Thông tư liên tịch 1/2030/TTLT-A-B"),
        (LegalDocument("1/2030/AB", "1/2030/AB", "", DocumentKind.OTHER), "Văn bản 1/2030/AB"),
    ],
)
def test_laws_go_by_title_and_decrees_by_number(document: LegalDocument, label: str) -> None:
    assert document_label(document) == label


LAW = LegalDocument("45/2019/QH14", "45/2019/QH14", "Bộ luật Lao động", DocumentKind.CODE)


@given(ARTICLES.filter(lambda article: not article.startswith("pl")), CLAUSES, POINTS)
def test_what_is_printed_is_found_again_in_text(article: str, clause: str | None, point: str | None) -> None:
    provision = ProvisionId(LAW.key, article, clause, point)
    printed = f"{provision_label(provision)} {document_label(LAW)}"
    assert find_provisions(printed, DocumentNames([LAW]), date(2026, 1, 1)).provisions == (provision,)


@pytest.mark.parametrize(
    ("key", "label"),
    [
        ("44/2024/ND-CP", "Nghị định 44/2024/NĐ-CP"),
        ("03/2022/TT-BLDTBXH", "Thông tư 03/2022/TT-BLĐTBXH"),
        ("12/2026/QD-TTG", "Quyết định 12/2026/QĐ-TTG"),
        ("45/2019/QH14", "văn bản 45/2019/QH14"),
        ("55/2010/QH12/NQ", "Nghị quyết 55/2010/QH12"),
    ],
)
def test_a_document_of_which_nothing_else_is_known_goes_by_its_number(key: str, label: str) -> None:
    assert label_of_key(key) == label
