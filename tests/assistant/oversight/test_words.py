"""The words of the register: every one has a label and a source; places have names and provinces."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

import pytest

from assistant.oversight.places import Places
from assistant.oversight.types import (
    CritiqueForm,
    CritiqueGround,
    CritiqueResult,
    Position,
    ProgrammeForm,
    ProgrammeGround,
    ProgrammeStatus,
)
from assistant.oversight.words import OversightWord, OversightWords
from corpus.areas import Areas

WORDS = OversightWords.load()
LAW, RESOLUTION = "Luật Mặt trận Tổ quốc Việt Nam 75/2015/QH13", "Nghị quyết liên tịch 403/2017/NQLT-UBTVQH14-CP-ĐCTUBTWMTTQVN"


def test_every_word_has_a_label_and_says_what_it_rests_on() -> None:
    groups: Mapping[type[StrEnum], Mapping[Any, OversightWord]] = {
        ProgrammeForm: WORDS.programme_forms,
        ProgrammeGround: WORDS.programme_grounds,
        ProgrammeStatus: WORDS.programme_statuses,
        CritiqueForm: WORDS.critique_forms,
        CritiqueGround: WORDS.critique_grounds,
        CritiqueResult: WORDS.critique_results,
        Position: WORDS.positions,
    }
    for members, labels in groups.items():
        assert set(labels) == set(members)
        for word in labels.values():
            assert word.in_language("vi")
            assert word.in_language("en")
            # Only what was read is cited as law.
            assert (word.article is not None) == (word.verification == "text_read") == (word.law in (LAW, RESOLUTION))


@pytest.mark.parametrize(
    ("word", "law", "article"),
    [
        (WORDS.programme_forms[ProgrammeForm.COMMUNITY_BOARDS], LAW, "27.3"),
        (WORDS.programme_grounds[ProgrammeGround.PETITIONS], RESOLUTION, "2.1.d"),
        (WORDS.critique_forms[CritiqueForm.DIALOGUE], LAW, "34.3"),
        (WORDS.critique_results[CritiqueResult.EXPLAINED], LAW, "36.3"),
        (WORDS.follow_up, LAW, "30.1"),
    ],
)
def test_words_stand_with_the_article_that_has_them(word: OversightWord, law: str, article: str) -> None:
    assert (word.law, word.article) == (law, article)


def test_places_are_told_by_name_and_province() -> None:
    places = Places(Areas.load())
    assert (places.name("province:01"), places.province_of("province:01")) == ("Thành phố Hà Nội", "province:01")
    assert "Hà Nội" in places.name("commune:00004")
    assert places.province_of("commune:00004") == "province:01"
    assert (places.name("commune:99999"), places.province_of("commune:99999")) == ("commune:99999", None)


def test_without_the_data_of_units_keys_stay_keys() -> None:
    assert (Places(None).name("province:01"), Places(None).province_of("province:01")) == ("province:01", None)
