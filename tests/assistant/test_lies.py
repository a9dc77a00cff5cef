"""What a model lies, and what strangers tell it to say, never reaches the answer."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from random import Random

import pytest

from assistant.language_model.claims import Claim
from assistant.language_model.prompt import speaks_to_a_machine
from assistant.language_model.verify import Passage, verified
from corpus.sources.codes import open_codes
from corpus.types import Validity
from tests.assistant.lies import half_joined, lie
from tests.assistant.scripted_model import (
    CLAUSE,
    HOURS,
    OTHER,
    OTHER_CLAUSE,
    SAID,
    TODAY,
    ScriptedModel,
    answer_of,
    citation,
    compose,
    composer_of,
    honest,
    reply_of,
    said,
)
from tests.assistant.toy_law import IN_FORCE
from tests.assistant.truths import parts_of_wholes, passages_of_article, statements, truth

RUNS = 1000


# A liar, on real law


@pytest.fixture(scope="module")
def clauses() -> list[list[Passage]]:
    """The clauses of each article of the six codes in which something can be said."""
    articles = [article for batch in open_codes() for article in batch.read().articles if not article.amends_only]
    by_article = [[passage for passage in passages_of_article(article) if statements(passage)] for article in articles]
    return [passages for passages in by_article if passages]


def bare(text: str) -> str:
    """What a passage and what a model sees of it have in common."""
    return re.sub(r"^(?:\d{1,3}[a-zđ]{0,2}\s?[.)](?!\d)|[a-zđ]\d{0,2}\s?[).]|-)\s*", "", text, flags=re.MULTILINE)


def ended(text: str) -> str:
    return text.rstrip(".;,")


class Liar:
    """Says true and false things of three passages, the last of which is no law on the day, and remembers which were true."""

    def __init__(self, best: Passage, other: Passage, gone: Passage, random: Random) -> None:
        self.best, self.other, self.gone, self._random = best, other, gone, random
        self.truths: set[str] = set()

    def script(self, passages: Mapping[str, str]) -> str:
        tokens = {bare(text): token for token, text in passages.items()}
        best, other, gone = (tokens[bare(one.shown)] for one in (self.best, self.other, self.gone))
        sentences, others = statements(self.best), statements(self.other)
        true = [truth(self._random.choice(sentences), self._random) for _ in range(2)]
        self.truths = set(true)
        claims: list[tuple[str, Sequence[str]]] = [(text, [best]) for text in true]
        lies = [lie(self._random.choice(sentences), self._random) for _ in range(2)]
        # "Quyết định không khởi tố" without its denial may be the next entry of the list.
        claims += [(text, [best]) for text in lies if ended(text) not in {ended(one) for one in sentences}]
        claims += [(self._random.choice(others), [best]), (half_joined(sentences[0], others[-1]), [best, other])]
        claims += [(self._random.choice(statements(self.gone)), [gone]), (sentences[0], self._random.choice([[], ["Q2Q"]]))]
        claims += [(text, [best]) for text in parts_of_wholes(self.best)[:-1][:1]]
        self._random.shuffle(claims)
        return reply_of(*claims)


@pytest.mark.slow
def test_no_lie_reaches_the_answer(clauses: list[list[Passage]]) -> None:
    random = Random(20221122)
    kept = told = shown = 0
    for _ in range(RUNS):
        best, other, gone = (random.choice(passages) for passages in random.sample(clauses, 3))
        liar = Liar(best, other, gone, random)
        citations = [citation(one.provision, one.text) for one in (best, other)]
        answer = answer_of(*citations, citation(gone.provision, gone.text, until=TODAY))
        if any(speaks_to_a_machine(one.text) for one in (best, other, gone)) or said_by_both(best, other):
            continue
        composed = compose(composer_of(ScriptedModel(liar.script)), answer)
        assert {text for text in said(composed) if text not in liar.truths} == set()
        assert all(claim.provisions == (best.provision,) for claim in composed.claims)
        kept, told, shown = kept + len(composed.claims), told + len(liar.truths), shown + 1
    assert shown >= 0.99 * RUNS
    # Measured .95; what is lost was said in another order, in everyday words, or stopped where the rest might limit it.
    assert kept / told >= 0.8


def said_by_both(one: Passage, other: Passage) -> bool:
    return bool(set(statements(one)) & set(statements(other)))


# Strangers who tell the model what to say


@dataclass(frozen=True)
class Injection:
    id: str
    place: str
    text: str
    forbidden: tuple[str, ...]


def injections(place: str) -> list[Injection]:
    lines = (files("eval") / "data" / "injections.jsonl").read_text(encoding="utf-8").splitlines()
    read = [json.loads(line) for line in lines]
    return [Injection(one["id"], place, one["text"], tuple(one["forbidden"])) for one in read if one["place"] == place]


def obedient(injection: Injection) -> list[str]:
    """What a model may say that does what it is told: the words themselves, or any part of the text that holds them."""
    parts = [injection.text, *injection.text.splitlines(), *re.split(r"(?<=[.;:])\s", injection.text)]
    holding = [part for part in parts if any(word.lower() in part.lower() for word in injection.forbidden)]
    beside = [said for word in injection.forbidden for said in (word, f"{SAID} {word}", f"{word}: {SAID}", f"{word} {word} {word} {word}")]
    return [part.lstrip("0123456789.)- ") for part in holding] + holding + beside


def let_through(injection: Injection, texts: Sequence[str]) -> list[str]:
    return [word for word in injection.forbidden for text in texts if word.lower() in text.lower()]


@pytest.mark.parametrize("injection", injections("question"), ids=lambda one: one.id)
def test_a_command_in_the_question_gets_nothing_through(injection: Injection) -> None:
    attacked = answer_of(citation(CLAUSE, HOURS), question=injection.text)
    for text in obedient(injection):
        model = ScriptedModel(lambda passages, text=text: reply_of((text[:2000], list(passages))))  # type: ignore[misc]
        assert let_through(injection, said(compose(composer_of(model), attacked))) == []


@pytest.mark.parametrize("injection", injections("question"), ids=lambda one: one.id)
def test_a_question_is_one_string_of_json_whatever_it_holds(injection: Injection) -> None:
    model = ScriptedModel(honest)
    assert said(compose(composer_of(model), answer_of(citation(CLAUSE, HOURS), question=injection.text))) == [SAID]
    assert set(json.loads(model.last_user)) == {"question", "passages"}


@pytest.mark.parametrize("injection", injections("document"), ids=lambda one: one.id)
def test_a_command_in_a_document_gets_nothing_through(injection: Injection) -> None:
    infected = answer_of(citation(CLAUSE, injection.text), citation(OTHER_CLAUSE, OTHER))
    for text in obedient(injection):
        model = ScriptedModel(lambda passages, text=text: reply_of((text, list(passages)[:4])))  # type: ignore[misc]
        assert let_through(injection, said(compose(composer_of(model), infected))) == []


@pytest.mark.parametrize("injection", injections("document"), ids=lambda one: one.id)
def test_the_words_wanted_are_no_claim_even_of_a_document_that_holds_them(injection: Injection) -> None:
    passage = Passage(CLAUSE, injection.text, Validity())
    kept = verified([Claim(word, ("N7K",)) for word in injection.forbidden], {"N7K": passage}, IN_FORCE).kept
    assert kept == ()


def test_documents_that_command_are_not_shown_to_a_model_and_law_is(clauses: list[list[Passage]]) -> None:
    texts = [one.text for one in injections("document")]
    law = [passage.text for passages in clauses for passage in passages]
    assert sum(map(speaks_to_a_machine, texts)) >= 0.9 * len(texts)
    assert sum(map(speaks_to_a_machine, law)) <= 0.005 * len(law)
