"""What is said of messages that are no questions: the same in both languages, for every kind of message."""

from __future__ import annotations

import string
from dataclasses import fields

import pytest

from assistant.understanding.routes import Route
from bots.law.dialogue_wording import ENGLISH, VIETNAMESE, DialogueSentences, dialogue_sentences

OTHER_KINDS = {"unsure", "thanks", "follow_up", "no_matter", "language", "erase"}
ONE_LINERS = [field.name for field in fields(DialogueSentences) if isinstance(getattr(VIETNAMESE, field.name), str)]


def places(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None}


@pytest.mark.parametrize("name", ONE_LINERS)
def test_both_languages_fill_in_the_same_facts(name: str) -> None:
    vietnamese, english = getattr(VIETNAMESE, name), getattr(ENGLISH, name)
    assert places(vietnamese) == places(english)
    assert vietnamese != english


def test_every_kind_of_message_has_a_name_to_choose_but_an_attack() -> None:
    for words in (VIETNAMESE, ENGLISH):
        assert set(words.routes) == {route.value for route in Route} - {Route.INJECTION.value}


def test_every_kind_that_is_no_question_has_its_own_sentence() -> None:
    questions = {Route.PROCEDURE, Route.LEGAL_QUESTION, Route.NAMED_PROVISION, Route.COMPARISON, Route.EMERGENCY}
    for words in (VIETNAMESE, ENGLISH):
        assert set(words.basis) == {route.value for route in Route if route not in questions} | OTHER_KINDS
        assert all(sentence.strip() for sentence in words.basis.values())


def test_emergency_numbers_are_the_same_in_both_languages() -> None:
    numbers = [[line.split()[0] for line in words.emergency if line.startswith("  ")] for words in (VIETNAMESE, ENGLISH)]
    assert numbers == [["113", "114", "115", "111"]] * 2


def test_an_unknown_language_is_vietnamese() -> None:
    assert (dialogue_sentences("en"), dialogue_sentences("fr")) == (ENGLISH, VIETNAMESE)
