"""What an answer says besides law and procedures: dangers first, what was understood, what the message is, what changed."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.answering.types import Answer, ChangedSince, Outcome
from bots.dialogue_wording import DialogueSentences
from corpus.area_types import PlaceMatch
from corpus.labels import provision_label

_UNITS_NAMED = 6


def said_first(answer: Answer, words: DialogueSentences, day: str) -> Iterator[str]:
    """Emergency numbers, and the day whose law is meant."""
    if answer.is_urgent:
        yield from words.emergency
        yield ""
    if answer.day_words:
        yield words.as_of_words.format(day=day, words=answer.day_words)


def said_of_kind(answer: Answer, words: DialogueSentences) -> Iterator[str]:
    """What is said to a message that is no question; nothing to a question."""
    if answer.basis in words.basis:
        yield words.basis[answer.basis]
    if answer.basis == "unsure":
        yield from (f"  - {words.routes[option]}" for option in answer.options)


def said_by_model(answer: Answer, words: DialogueSentences) -> Iterator[str]:
    """What a language model wrote, each sentence with the provisions that it was checked against; or that none could."""
    if answer.outcome is Outcome.MODEL_UNAVAILABLE:
        yield words.without_model
    if answer.claims:
        yield words.claims_heading
        for claim in answer.claims:
            yield f"  - {claim.text} ({'; '.join(map(provision_label, claim.provisions))})"
        yield ""


def said_last(answer: Answer, words: DialogueSentences, changed_on: dict[ChangedSince, str]) -> Iterator[str]:
    """What changed since the day asked about, places named, other readings of the message."""
    for change, since in changed_on.items():
        sentence = words.gone_since if change.is_gone else words.changed_since
        yield sentence.format(provision=provision_label(change.provision), since=since)
    yield from (_place(match, words) for match in answer.places if match.today)
    if answer.options and answer.basis != "unsure":
        yield f"{words.options_heading} " + "; ".join(words.routes[option] for option in answer.options)


def _place(match: PlaceMatch, words: DialogueSentences) -> str:
    sentence = words.place if len(match.today) == 1 else words.place_several
    named = "; ".join(area.full for area in match.today[:_UNITS_NAMED])
    return sentence.format(text=match.text, today=named + ("; …" if len(match.today) > _UNITS_NAMED else ""))
