"""What an answer says besides law and procedures: dangers first, what was understood, what the message is, what changed."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.answering.types import Answer, ChangedSince, Outcome
from bots.law.dialogue_wording import DialogueSentences, dialogue_sentences
from corpus.area_types import PlaceMatch
from corpus.labels import provision_label

_UNITS_NAMED = 6
# An English hello is answered in English whatever the interface speaks.
_COURTESIES = ("small_talk", "thanks")


def said_first(answer: Answer, words: DialogueSentences, day: str) -> Iterator[str]:
    """Emergency numbers, and the day whose law is meant."""
    if answer.is_urgent:
        yield from words.emergency
        yield ""
    if answer.impossible_day:
        yield words.impossible_day.format(day=answer.impossible_day)
    if answer.day_words and answer.outcome is not Outcome.NEEDS_CLARIFICATION:
        sentence = words.guide_of_today if answer.procedure else words.as_of_words
        yield sentence.format(day=day, words=answer.day_words)


def said_of_kind(answer: Answer, words: DialogueSentences) -> Iterator[str]:
    """What is said to a message that is no question; nothing to a question."""
    if answer.basis in _COURTESIES and answer.question.language == "en":
        words = dialogue_sentences("en")
    if answer.basis in words.basis:
        yield words.basis[answer.basis]
    if answer.basis == "unsure":
        yield from (f"  {number}. {words.routes[option]}" for number, option in enumerate(answer.options, start=1))


def said_of_sides(answer: Answer, words: DialogueSentences, days: list[str]) -> Iterator[str]:
    """Each side of a comparison in one line: its lead, or why there is none. `days`: those of the sides, as printed."""
    for side, day in zip(answer.sides, days, strict=True):
        unnamed = "now" if side.as_of == answer.question.as_of else "on" if day else "then"
        name = side.name or words.sides_of_side[unnamed].format(day=day)
        if side.name and day and side.as_of != answer.question.as_of:
            name = f"{name} ({day})"
        what = words.sides_of_side.get(side.state.value) or " ".join(side.lead.split())
        yield f"▸ {name[:1].upper()}{name[1:]}: {what}"
    if answer.sides:
        yield ""


def said_of_fact(answer: Answer, words: DialogueSentences, language: str) -> Iterator[str]:
    """The question for the fact that would change the answer, with its options by number."""
    if answer.asked_back is None:
        return
    sentence = words.asked_back_first if answer.outcome is Outcome.NEEDS_CLARIFICATION else words.asked_back
    yield ""
    yield sentence.format(question=answer.asked_back.question.in_language(language))
    yield from (f"  {number}. {option.label.in_language(language)}" for number, option in enumerate(answer.asked_back.options, start=1))


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
    """What changed since the day asked about, places named, other readings of the message, that no model was asked."""
    for change, since in changed_on.items():
        sentence = words.gone_since if change.is_gone else words.changed_since
        yield sentence.format(provision=provision_label(change.provision), since=since)
    yield from (_place(match, words) for match in answer.places if match.today)
    if answer.options and answer.basis != "unsure":
        yield f"{words.options_heading} " + "; ".join(words.routes[option] for option in answer.options)
    if answer.is_kept_from_model:
        yield words.kept_from_model


def _place(match: PlaceMatch, words: DialogueSentences) -> str:
    sentence = words.place if len(match.today) == 1 else words.place_several
    named = "; ".join(area.full for area in match.today[:_UNITS_NAMED])
    more = len(match.today) - _UNITS_NAMED
    return sentence.format(text=match.text, today=named + (words.places_more.format(count=more) if more > 0 else ""))
