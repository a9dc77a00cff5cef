"""What an answer says, against what it quotes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.answering.types import WrittenClaim
from assistant.language_model.verify import Passage
from corpus.ids import ProvisionId
from corpus.types import Validity
from eval.supporting import is_supported, statements_of, unsupported
from tests.assistant.scripted_model import CLAUSE, OTHER, TWO
from tests.assistant.toy_law import REGISTRATION

QUOTES = (
    "1. Trẻ em được thả tàu giấy từ 6 giờ đến 18 giờ tại hồ Hoàn Kiếm.",
    "2. Phạt 500.000 đồng từ ngày 01/7/2025 theo quy định tại Điều 9 Luật này.",
)
SOURCES = [Passage(ProvisionId("L1", str(place)), text, Validity()) for place, text in enumerate(QUOTES, start=1)]


@pytest.mark.parametrize(
    ("statement", "expected", "why"),
    [
        ("Trẻ em được thả tàu giấy từ 06 giờ đến 18 giờ.", True, "06 is 6"),
        ("Trẻ em được thả tàu từ sáu giờ.", True, "sáu is 6"),
        ("Trẻ em được thả tàu giấy từ 7 giờ.", False, "another number"),
        ("Phạt 500 nghìn đồng, từ 6 giờ.", True, "each number in one of the clauses"),
        ("Phạt 5.000.000 đồng.", False, "another amount"),
        ("Áp dụng từ ngày 1 tháng 7 năm 2025.", True, "a day written out"),
        ("Áp dụng từ ngày 1/8/2025.", False, "another day"),
        ("Được thả ở hồ Hoàn Kiếm.", True, "a name that is there"),
        ("Được thả ở hồ Tây.", False, "a name that is not"),
        ("Việc này theo quy định tại Điều 12.", True, "a reference is no number of the sentence"),
        ("Người lớn thì không được.", True, "nothing that can be held against the text"),
    ],
)
def test_numbers_days_amounts_and_names_must_stand_in_a_source(statement: str, expected: bool, why: str) -> None:
    assert is_supported(statement, SOURCES) is expected, why


def test_without_a_source_no_number_is_supported() -> None:
    assert not is_supported("Có 3 ngày.", [])


def test_lead_and_claims_are_statements_and_those_of_a_guide_are_not() -> None:
    said = replace(
        TWO, lead="Được từ 6 giờ. Đến 18 giờ thôi.", claims=(WrittenClaim(OTHER, (CLAUSE,)), WrittenClaim("Mất 9 năm.", (CLAUSE,)))
    )
    assert statements_of(said) == ("Được từ 6 giờ.", "Đến 18 giờ thôi.", OTHER, "Mất 9 năm.")
    assert unsupported(said) == ("Mất 9 năm.",)
    assert statements_of(replace(said, procedure=REGISTRATION, claims=())) == ()
