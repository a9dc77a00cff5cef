"""An answer in the HTML of chats: the short one that is said at once, and the parts that are folded behind a button."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from html import escape
from itertools import accumulate

from assistant.answering.types import ANSWERING, Answer, Citation, Outcome
from assistant.chats.types import ShownAnswer
from bots.chat.cutting import cut, shown_text, units
from bots.chat.wording import addressed, answer_sentences, chat_sentences
from bots.law import render
from bots.law.dialogue_render import said_by_model, said_first, said_last, said_of_fact, said_of_kind, said_of_sides
from bots.law.dialogue_wording import DialogueSentences
from bots.offices import procedure_there
from bots.wording import Sentences
from corpus.labels import provision_label
from corpus.types import Procedure

# What a small phone shows without much scrolling, in UTF-16 units.
_FIRST = 1_200
_LEAST_QUOTED = 300
_TOGETHER = 700
_PART_OF_FIRST = 200
_FIRST_STEPS = 3
_ELISION = "[…]"
# How the plain rendering marks the lines of a list and the heads of a quotation.
_LISTED = re.compile(r"^  - ")
_NUMBERED = re.compile(r"^  \d+\. ")
_WEB = re.compile(r"https?://[^\s\"<>]+")
# Parts of a procedure that are said at once before its steps, as far as there is room, and those behind buttons of their own.
_AT_ONCE = ("who", "fees", "processing_times")
_TAPPED = ("where", "papers")
_SENDABLE = ("report", "recommendation")


@dataclass(frozen=True, slots=True)
class _Told:
    """Paragraphs said at once and parts that are folded away, in HTML."""

    first: tuple[str, ...] = ()
    more: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Language:
    code: str
    words: Sentences
    dialogue: DialogueSentences


def shown_answer(answer: Answer, language: str) -> ShownAnswer:
    """The answer as a chat shows it; `language` is the one that the chat is held in."""
    said = _Language("en" if language == "en" else "vi", *answer_sentences(language))
    before, after = _before(answer, said), _after(answer, said)
    told = _body(answer, said, _FIRST - _length((*before, *after)))
    changed = _changed(answer, said)
    procedure = procedure_there(answer)
    blocks = _blocks(procedure, said.words) if procedure else {}
    return ShownAnswer(
        first="\n\n".join((*before, *told.first, *after)) or escape(said.words.no_source, quote=False),
        more=tuple(filter(None, (*told.more, changed, "" if _leads_to_related(answer) else _related(answer, said)))),
        papers=blocks["papers"].lines if "papers" in blocks else (),
        where=_block(blocks["where"]) if "where" in blocks else "",
        options=_options(answer, said),
        restored=_restored(answer),
        sendable=answer.basis if answer.outcome is Outcome.HANDED_TO_FEEDBACK and answer.basis in _SENDABLE else "",
        outcome=answer.outcome.value,
        provisions=tuple(str(citation.provision) for citation in answer.citations),
    )


def _before(answer: Answer, said: _Language) -> tuple[str, ...]:
    """Dangers, the day meant, how the question was read, what kind of message it is, the sides of a comparison, why there is no answer."""
    understood, days = answer.question, [render.day(side.as_of) if side.as_of else "" for side in answer.sides]
    restored = said.words.understood_as.format(text=_restored(answer)) if _restored(answer) else ""
    paragraphs = (
        _html(said_first(answer, said.dialogue, render.day(understood.as_of))),
        f"<i>{escape(restored, quote=False)}</i>" if restored else "",
        # Kinds of message are chosen by buttons only; the cases of a fact also by their numbers.
        _html(_NUMBERED.sub("– ", line) for line in said_of_kind(answer, said.dialogue)),
        chat_sentences(said.code).sentences.get(f"answer.{answer.basis}", ""),
        _html(said_of_sides(answer, said.dialogue, days)),
        _html(render.said_of_outcome(answer, said.words)),
        _related(answer, said) if _leads_to_related(answer) else "",
        _html(said_by_model(answer, said.dialogue)) if answer.outcome in ANSWERING and not answer.procedure else "",
    )
    return tuple(filter(None, paragraphs))


def _after(answer: Answer, said: _Language) -> tuple[str, ...]:
    """What is asked back, places, other readings: right above the buttons."""
    is_quoting = answer.outcome in ANSWERING and not answer.procedure
    paragraphs = (
        _html(render.said_of_more(answer, said.words)),
        f"<i>{escape(said.words.machine_notice, quote=False)}</i>" if is_quoting else "",
        _html(map(addressed, said_of_fact(answer, said.dialogue, said.code))),
        _html(said_last(answer, said.dialogue, {})),
    )
    return tuple(filter(None, paragraphs))


def _body(answer: Answer, said: _Language, room: int) -> _Told:
    if procedure := procedure_there(answer):
        # Who complains or denounces must see the whole way, not only its beginning.
        return _procedure(procedure, said.words, room, is_guidance=answer.outcome is Outcome.HANDED_TO_FEEDBACK)
    return _law(_together(answer, _TOGETHER), said.words, room) if answer.outcome in ANSWERING and answer.citations else _Told()


def _together(answer: Answer, most: int) -> Answer:
    """The answer with the clauses that its lead opens as one quotation, where they are short: of four cases one alone would mislead."""
    if not answer.lead.rstrip().endswith(":"):
        return answer
    quoted = _quoted_first(answer)
    run = next(run for run in render.texts_quoted(answer.citations) if any(one is quoted for one in run))
    joined = "\n".join(one.quote for one in run)
    if len(run) == 1 or units(joined) > most:
        return answer
    whole = replace(quoted, provision=quoted.provision.of_article, quote=joined)
    others = (one for one in answer.citations if not any(one is other for other in run))
    return replace(answer, citations=(whole, *others))


def _law(answer: Answer, words: Sentences, room: int) -> _Told:
    """The lead, the quotation that it is taken from and where that stands; then the other quotations."""
    quoted = _quoted_first(answer)
    what = f"<b>{escape(render.shortened(answer.lead), quote=False)}</b>"
    where = escape(render.place_of(render.lead_source(answer)), quote=False)
    lead = render.lead_sentence(answer, words, where, what) if answer.lead else ""
    source = "\n".join((_source(render.place_of(quoted), quoted, words), *_warnings(quoted, words)))
    excerpt, is_whole = _excerpt(quoted.quote, answer.lead, max(_LEAST_QUOTED, room - _length((lead, source))))
    first = (lead, f"<blockquote>{excerpt}</blockquote>\n{source}")
    return _Told(tuple(filter(None, first)), tuple(_other_quotations(answer, quoted, words, is_whole=is_whole)))


def _quoted_first(answer: Answer) -> Citation:
    """The citation that the lead is taken from, else the first."""
    lead_of = answer.lead_of
    same = [one for one in answer.citations if lead_of and one.provision.of_article == lead_of.of_article]
    return next((one for one in same if one.provision == lead_of), same[0] if same else answer.citations[0])


def _other_quotations(answer: Answer, quoted: Citation, words: Sentences, *, is_whole: bool) -> Iterator[str]:
    """The texts cited besides `quoted`, which is quoted again where it was cut; warned of changes where that was not done yet."""
    for run in render.texts_quoted(answer.citations):
        rest = [citation for citation in run if not (is_whole and citation is quoted)]
        if rest:
            head = f"{provision_label(rest[0].provision.of_article)}. {rest[0].heading}".rstrip(". ")
            warnings = () if any(citation is quoted for citation in run) else _warnings(rest[0], words)
            lines = (f"<b>{escape(head, quote=False)}</b>", _source(render.document_name(rest[0]), rest[0], words), *warnings)
            quote = escape("\n".join(citation.quote for citation in rest), quote=False)
            yield "\n".join((*lines, f"<blockquote>{quote}</blockquote>"))


def _source(name: str, citation: Citation, words: Sentences) -> str:
    """The provision or document with its link and days."""
    named = escape(f"{name[:1].upper()}{name[1:]}", quote=False)
    if citation.url and _WEB.fullmatch(citation.url):
        named = f'<a href="{escape(citation.url)}">{named}</a>'
    return f"{named}; {escape(render.validity(citation, words), quote=False)}"


def _warnings(citation: Citation, words: Sentences) -> list[str]:
    return [escape(warning, quote=False) for warning in render.later_changes(citation, words)]


def _excerpt(quote: str, lead: str, room: int) -> tuple[str, bool]:
    """The quotation, or as many whole clauses as there is room for, from the one that the lead is taken from; whether it is the whole."""
    lines = quote.splitlines()
    if units(quote) <= room:
        return escape(quote, quote=False), True
    beginning = " ".join(lead.split())[:40]
    begun = next((place for place, line in enumerate(lines) if beginning and beginning in " ".join(line.split())), 0)
    kept = _fitting(lines[begun:], room)
    is_cut = kept != lines[begun:]
    excerpt = "\n".join(filter(None, (_ELISION if begun else "", *kept, _ELISION if is_cut else "")))
    return escape(excerpt, quote=False), False


def _procedure(procedure: Procedure, words: Sentences, room: int, *, is_guidance: bool) -> _Told:
    blocks = _blocks(procedure, words)
    first = [f"<b>{escape(words.procedure_heading.format(name=procedure.name), quote=False)}</b>"]
    first.extend(_brief(blocks[name], _PART_OF_FIRST) for name in _AT_ONCE if name in blocks)
    if "steps" in blocks:
        first.append(_brief(blocks["steps"], max(_PART_OF_FIRST, room - _length(first)), _FIRST_STEPS))
    checked = words.checked_on.format(day=render.day(procedure.checked_on)) if procedure.checked_on else ""
    folded = (_block(block) for name, block in blocks.items() if is_guidance or name not in _TAPPED)
    return _Told(tuple(first), (*(part for part in folded if part not in first), *filter(None, (checked,))))


def _blocks(procedure: Procedure, words: Sentences) -> dict[str, render.ProcedureBlock]:
    """The parts by name; the project's own guides address the reader, other procedures are quoted as they are."""
    blocks = {block.name: block for block in render.procedure_blocks(procedure, words)}
    if not procedure.is_guide:
        return blocks
    return {name: replace(block, lines=tuple(map(addressed, block.lines))) for name, block in blocks.items()}


def _brief(block: render.ProcedureBlock, room: int, most: int | None = None) -> str:
    """As much of a part of a procedure as there is room for, of `most` lines at most."""
    kept = tuple(_fitting(block.lines[:most], room))
    left_out = (_ELISION,) if len(kept) < len(block.lines) else ()
    return _block(replace(block, lines=(*kept, *left_out)))


def _block(block: render.ProcedureBlock) -> str:
    """A part of a procedure with its heading; a single line and steps, which have numbers, go without dashes."""
    dash = "" if block.name == "steps" or len(block.lines) == 1 else "– "
    lines = (f"{'' if line == _ELISION else dash}{escape(line, quote=False)}" for line in block.lines)
    return "\n".join((f"<b>{escape(block.heading, quote=False)}</b>", *lines))


def _fitting(lines: Sequence[str], room: int) -> list[str]:
    """The first lines that fit, at least the beginning of the first; all without markup."""
    lengths = accumulate(units(line) + 1 for line in lines)
    kept = [line for line, length in zip(lines, lengths, strict=True) if length <= room]
    return kept or [f"{shown_text(cut(escape(lines[0], quote=False), room)[0])}…"]


def _changed(answer: Answer, said: _Language) -> str:
    """What became since of provisions as they were on the day asked about."""
    days = {change: render.day(change.since) if change.since else "" for change in answer.changed_since}
    return _html(said_last(replace(answer, places=(), options=(), is_kept_from_model=False), said.dialogue, days))


def _leads_to_related(answer: Answer) -> bool:
    """Whether what is said at once ends in a colon, before the titles of what there was at another time."""
    return answer.outcome is Outcome.NOT_IN_FORCE_ON_DATE


def _related(answer: Answer, said: _Language) -> str:
    return _html(render.related_titles(answer, said.words))


def _options(answer: Answer, said: _Language) -> tuple[tuple[str, str], ...]:
    fact = answer.asked_back
    cases = [(f"{fact.id}:{option.id}", addressed(option.label.in_language(said.code))) for option in fact.options] if fact else []
    routes = [(route, said.dialogue.routes[route]) for route in answer.options]
    # Two kinds of message may have one label.
    offered: dict[str, str] = {}
    for value, label in (*cases, *routes):
        offered.setdefault(label, value)
    return tuple((value, label) for label, value in offered.items())


def _restored(answer: Answer) -> str:
    understood = answer.question
    return understood.restored if understood.restored != understood.typed else ""


def _html(lines: Iterable[str]) -> str:
    """Lines of the plain rendering as one paragraph or more: lists with dashes, no marks before a heading."""
    listed = (_LISTED.sub("– ", line).strip().removeprefix("▸ ") for line in lines)
    return escape("\n".join(listed), quote=False).strip()


def _length(texts: Iterable[str]) -> int:
    """What texts in HTML show, with a blank line between them."""
    return sum(units(shown_text(text)) + 2 for text in texts if text)
