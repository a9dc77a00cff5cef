"""Claims of a model held against the law that they name: what the law does not say is dropped, with the reason."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property

from assistant.language_model.claims import Claim
from assistant.language_model.mentions import HIDDEN, has_contact, has_markup, names_law, without_references
from assistant.language_model.saying import denials_differ, says
from assistant.language_model.sentences import Sentence, is_numeral, sentences_of, terms_of
from corpus.ids import ProvisionId
from corpus.text import modern_tones, squeeze, words
from corpus.types import Validity

# Fewer words are a heading or a code, not a statement.
MIN_WORDS = 4
MAX_CHARS = 600
# Share of the claim's terms that its passage must hold. Of 12,123 true statements about clauses of the six codes 99.7 in 100 reach it,
# held against another clause 3.3 in 100; at .8 it were 100 and 8.1, at 1.0 98.4 and .5. The rest is the business of `says`.
MIN_OVERLAP = 0.9
# How people lead into what a law says; it adds nothing.
_OPENING = re.compile(
    r"^(?:theo đó|cụ thể|như vậy|theo quy định(?: của pháp luật| pháp luật)?|(?:pháp luật|luật) quy định(?: rằng)?|theo luật)\s?[,:]?\s",
    re.IGNORECASE,
)


class DropReason(StrEnum):
    """Why a claim is not shown, in the order of the checks."""

    LENGTH = "length"
    NO_SOURCE = "no_source"
    UNKNOWN_TOKEN = "unknown_token"  # noqa: S105  a name, no password
    LAW_NAMED = "law_named"
    CONTACT = "contact"
    MARKUP = "markup"
    NOT_IN_FORCE = "not_in_force"
    NUMBER = "number"
    NAME = "name"
    NEGATION = "negation"
    OVERLAP = "overlap"
    WORDING = "wording"


# `slots` would leave no place for what is computed once.
@dataclass(frozen=True)
class Passage:
    """Text of one provision that a model may use, and the days on which it is law."""

    provision: ProvisionId
    text: str
    validity: Validity

    @cached_property
    def shown(self) -> str:
        """The text without references to other provisions: what the model sees and what its claims are held against."""
        return without_references(squeeze(self.text))

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """The text as sentences."""
        return sentences_of(self.shown)

    @cached_property
    def terms(self) -> frozenset[str]:
        """All terms of the text."""
        return frozenset(term for sentence in self.sentences for term in sentence.terms)

    @cached_property
    def words(self) -> frozenset[str]:
        """All words of the text in lower case, numbers apart from their units."""
        return frozenset(word.lower() for word in words(modern_tones(self.shown)))


@dataclass(frozen=True, slots=True)
class VerifiedClaim:
    """A sentence that each of `provisions` says."""

    text: str
    provisions: tuple[ProvisionId, ...]


@dataclass(frozen=True, slots=True)
class Dropped:
    """A claim that is not shown, and why."""

    reason: DropReason


@dataclass(frozen=True, slots=True)
class Verified:
    """Claims that may be shown, and those that may not."""

    kept: tuple[VerifiedClaim, ...]
    dropped: tuple[Dropped, ...]


def verified(claims: Sequence[Claim], passages: Mapping[str, Passage], as_of: date) -> Verified:
    """The claims that their passages (by token) say and that are law on `as_of`; nothing else of them is trusted.

    A claim with an unknown token falls; of known ones those that do not say it are left off.
    """
    kept: dict[str, VerifiedClaim] = {}
    dropped: list[Dropped] = []
    for claim in claims:
        outcome = _checked(claim, passages, as_of)
        if isinstance(outcome, VerifiedClaim):
            kept.setdefault(outcome.text, outcome)
        else:
            dropped.append(Dropped(outcome))
    return Verified(tuple(kept.values()), tuple(dropped))


def _checked(claim: Claim, passages: Mapping[str, Passage], as_of: date) -> VerifiedClaim | DropReason:
    text = claim.text.strip()
    flaw = _flaw(text, claim.tokens, passages)
    if flaw:
        return flaw
    named = [passages[token] for token in dict.fromkeys(claim.tokens)]
    in_force = [passage for passage in named if passage.validity.covers(as_of)]
    if not in_force:
        return DropReason.NOT_IN_FORCE
    terms = terms_of(_OPENING.sub("", text))
    # A clause may itself begin with such words.
    ways = dict.fromkeys((terms, terms_of(text)))
    sources = tuple(passage.provision for passage in in_force if any(says(passage.sentences, way) for way in ways))
    return VerifiedClaim(text, sources) if sources else _why_not(text, terms, in_force[0])


def _flaw(text: str, tokens: Sequence[str], passages: Mapping[str, Passage]) -> DropReason | None:
    """What is wrong with a claim whatever its passages say."""
    if len(text) > MAX_CHARS or len(words(text)) < MIN_WORDS:
        return DropReason.LENGTH
    if not tokens:
        return DropReason.NO_SOURCE
    if any(token not in passages for token in tokens):
        return DropReason.UNKNOWN_TOKEN
    checks: tuple[tuple[Callable[[str], bool], DropReason], ...] = (
        (names_law, DropReason.LAW_NAMED),
        (has_contact, DropReason.CONTACT),
        (has_markup, DropReason.MARKUP),
    )
    return next((reason for is_wrong, reason in checks if is_wrong(text)), None)


def _why_not(text: str, terms: Sequence[str], passage: Passage) -> DropReason:
    """What a claim that the passage does not say gets wrong first."""
    if any(is_numeral(term) and term not in passage.terms for term in terms):
        return DropReason.NUMBER
    if _names(text) - passage.words:
        return DropReason.NAME
    if denials_differ(passage.sentences, terms):
        return DropReason.NEGATION
    return DropReason.OVERLAP if overlap(terms, passage) < MIN_OVERLAP else DropReason.WORDING


def overlap(terms: Sequence[str], passage: Passage) -> float:
    """Share of the different terms that the passage holds."""
    wanted = set(terms) - {HIDDEN}
    return len(wanted & passage.terms) / len(wanted) if wanted else 0.0


def _names(text: str) -> set[str]:
    """Words in capitals inside a sentence, in lower case: parts of proper names."""
    written = words(modern_tones(text))
    return {word.lower() for word in written[1:] if word[0].isupper()}
