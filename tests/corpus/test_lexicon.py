"""The words of every day: each once, each with an example that holds it, each term really in the law."""

from __future__ import annotations

import re

import pytest
from pydantic import ValidationError

from corpus.lexicon import LexiconEntry, Region, everyday_lexicon
from corpus.sources.codes import open_codes
from corpus.text import nfc

ENTRY = {
    "everyday": "nghỉ ngang",
    "statute": ["đơn phương chấm dứt hợp đồng lao động"],
    "region": "all",
    "field": "labour",
    "example": "Nghỉ ngang thì sao?",
}


def test_it_holds_what_people_say_everywhere() -> None:
    entries = everyday_lexicon()
    assert len(entries) >= 1_500
    assert {one.region for one in entries} == set(Region)


def test_nothing_stands_twice() -> None:
    said = [nfc(one.everyday).lower() for one in everyday_lexicon()]
    assert sorted(said) == sorted(set(said))


def test_every_term_that_is_said_to_be_of_the_codes_occurs_there() -> None:
    texts = (f"{article.heading} {article.text}" for handle in open_codes() for article in handle.read().articles)
    law = re.sub(r"\s+", " ", nfc(" ".join(texts)).lower())
    terms = {term for one in everyday_lexicon() if not one.laws for term in one.statute}
    assert sorted(term for term in terms if nfc(term).lower() not in law) == []


@pytest.mark.parametrize(
    "change",
    [
        {"everyday": " "},
        {"statute": []},
        {"statute": ["sa"]},
        {"statute": ["sa thải", "kỷ luật lao động", "thôi việc", "mất việc"]},
        {"region": "west"},
        {"example": "Sếp đuổi việc em."},
        {"score": 1},
    ],
)
def test_an_entry_that_is_not_whole_is_refused(change: dict[str, object]) -> None:
    LexiconEntry.model_validate(ENTRY)
    with pytest.raises(ValidationError):
        LexiconEntry.model_validate(ENTRY | change)
