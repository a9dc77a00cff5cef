"""Whether what an answer says is borne out by what it cites: numbers, days, amounts and names that no cited clause has."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answering.types import Answer
from assistant.language_model.mentions import without_references
from assistant.language_model.sentences import is_numeral, terms_of
from assistant.language_model.verify import Passage
from corpus.text import modern_tones, squeeze, words
from corpus.types import Validity

_SENTENCE_END = re.compile(r"(?<=[.!?;])\s+|\n")


def statements_of(answer: Answer) -> tuple[str, ...]:
    """The sentences that the answer says of the law in front of its quotations: the lead, and what a model wrote.

    A guide speaks for itself, so the lead of an answer from a guide is none.
    """
    said = (*(() if answer.procedure else (answer.lead,)), *(claim.text for claim in answer.claims))
    return tuple(sentence for text in said for sentence in _SENTENCE_END.split(text) if sentence.strip())


def unsupported(answer: Answer) -> tuple[str, ...]:
    """The statements with a number, day, amount or proper name that none of the provisions cited has in its heading or quotation."""
    sources = [Passage(citation.provision, f"{citation.heading}\n{citation.quote}", Validity()) for citation in answer.citations]
    return tuple(statement for statement in statements_of(answer) if not is_supported(statement, sources))


def is_supported(statement: str, sources: Sequence[Passage]) -> bool:
    """Whether every number, day, amount and proper name of `statement` stands in one of `sources`; 06, 6 and sáu are one number."""
    said = without_references(squeeze(statement))
    terms = {term for source in sources for term in source.terms}
    names = {word for source in sources for word in source.words}
    if any(is_numeral(term) and term not in terms for term in terms_of(said)):
        return False
    return all(word.lower() in names for word in words(modern_tones(said))[1:] if word[0].isupper())
