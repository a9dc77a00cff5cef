"""An answer as plain text for people; the same words in every channel."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta

from assistant.answering.types import Answer, Citation, Outcome
from assistant.answering.understand import MAX_QUESTION_CHARS
from bots.dialogue_render import said_by_model, said_first, said_last, said_of_fact, said_of_kind, said_of_sides
from bots.dialogue_wording import dialogue_sentences
from bots.wording import Sentences, language_code, open_point
from corpus.kinds import kind_name, kind_of_key, kind_of_name
from corpus.labels import document_label, provision_label
from corpus.types import DocumentKind, LegalBasis, LegalDocument, Paper, Procedure

_LEAD_CHARS = 320


def answer_text(answer: Answer, words: Sentences) -> str:
    """The whole answer, without markup."""
    return "\n".join(_lines(answer, words)).rstrip()


def _lines(answer: Answer, words: Sentences) -> Iterator[str]:
    understood, dialogue = answer.question, dialogue_sentences(language_code(words))
    yield from said_first(answer, dialogue, day(understood.as_of))
    if understood.restored and understood.restored != understood.typed:
        yield words.understood_as.format(text=understood.restored)
        yield ""
    yield from said_of_kind(answer, dialogue)
    yield from said_of_sides(answer, dialogue, [day(side.as_of) if side.as_of else "" for side in answer.sides])
    match answer.outcome:
        case Outcome.NEEDS_CLARIFICATION if answer.basis in ("empty", "no_words"):
            yield words.empty_question if answer.basis == "empty" else words.no_words
        case Outcome.DECLINED if answer.basis == "too_long":
            yield words.too_long.format(limit=MAX_QUESTION_CHARS)
        case _ if answer.procedure:
            yield from _procedure(answer.procedure, words)
        case Outcome.ANSWERED | Outcome.PARTLY_ANSWERED | Outcome.MODEL_UNAVAILABLE:
            yield from _absent(answer, words)
            yield from said_by_model(answer, dialogue)
            yield from _law(answer, words)
        case Outcome.NO_SOURCE if answer.basis == "named":
            yield from _absent(answer, words)
        case Outcome.NOT_IN_FORCE_ON_DATE:
            yield words.not_in_force.format(as_of=day(understood.as_of))
        case Outcome.NO_SOURCE:
            yield words.no_source
            yield words.no_source_next
    yield from _related(answer, words)
    yield from said_of_fact(answer, dialogue, language_code(words))
    yield from said_last(answer, dialogue, {change: day(change.since) if change.since else "" for change in answer.changed_since})


def _absent(answer: Answer, words: Sentences) -> Iterator[str]:
    """What the question names and nobody can quote."""
    yield from (words.no_such_provision.format(provision=provision) for provision in answer.missing)
    yield from (words.document_not_held.format(document=document) for document in answer.question.unknown)


def _law(answer: Answer, words: Sentences) -> Iterator[str]:
    if answer.lead:
        yield words.according_to.format(where=place_of(_lead_source(answer)), what=_shortened(answer.lead))
        yield ""
    shown = None
    for citation in answer.citations:
        # A comparison may quote two texts of one article, each with its own days.
        text = (citation.provision.of_article, citation.valid_from)
        if text != shown:
            shown = text
            yield from _article_heading(citation, words)
        yield from (f"  {line}" for line in citation.quote.splitlines())
    yield ""
    yield words.machine_notice


def _article_heading(citation: Citation, words: Sentences) -> Iterator[str]:
    yield f"▸ {provision_label(citation.provision.of_article)}. {citation.heading}".rstrip(". ")
    yield f"  {_document_name(citation)}; {_validity(citation, words)}" + (f"; {citation.url}" if citation.url else "")
    for change in citation.later_changes:
        sentence = words.later_change_certain if change.certain else words.later_change_possible
        yield "  ⚠ " + sentence.format(title=change.title, number=change.number, since=day(change.since))


def procedure_text(procedure: Procedure, words: Sentences) -> str:
    """A procedure as a citizen needs it."""
    return "\n".join(_procedure(procedure, words))


def _procedure(procedure: Procedure, words: Sentences) -> Iterator[str]:
    yield words.procedure_heading.format(name=procedure.name)
    yield from _block(words.who_heading, [procedure.who])
    yield from _block(words.where_heading, [_where(place.body, place.receives_at, place.when, words) for place in procedure.where])
    yield from _block(words.steps_heading, [f"{number}. {step}" for number, step in enumerate(procedure.steps, start=1)], bullet="")
    yield from _block(words.papers_heading, [_paper(paper, words) for paper in procedure.papers])
    yield from _block(words.fee_heading, [_cased(fee.text, fee.when) for fee in procedure.fees])
    yield from _block(words.time_heading, [_cased(time.text, time.when) for time in procedure.processing_times])
    yield from _block(words.online_heading, [procedure.online_address] if procedure.online_address else [])
    yield from _block(words.result_heading, [procedure.result])
    yield from _block(words.change_heading, [procedure.two_level_change] if procedure.two_level_change else [])
    yield from _block(words.notes_heading, procedure.notes)
    yield from _block(words.basis_heading, map(_basis, procedure.legal_basis))
    yield from _block(words.unchecked_heading, [open_point(text, words) for text in procedure.unchecked])
    if procedure.checked_on:
        yield words.checked_on.format(day=day(procedure.checked_on))


def _block(heading: str, lines: Iterable[str], bullet: str = "- ") -> Iterator[str]:
    present = [line.strip() for line in lines if line and line.strip()]
    if present:
        yield f"{heading}:"
        yield from (f"  {bullet}{line}" for line in present)


def _where(body: str, receives_at: str | None, when: str | None, words: Sentences) -> str:
    received = words.receives_at.format(place=receives_at) if receives_at and receives_at not in body else None
    return _cased(body, "; ".join(filter(None, (received, when))))


def _cased(text: str, when: str | None) -> str:
    return f"{text} ({when})" if when else text


def _paper(paper: Paper, words: Sentences) -> str:
    facts = [
        words.to_submit if paper.must_submit else words.to_show,
        words.originals.format(count=paper.originals) if paper.originals else "",
        words.copies.format(count=paper.copies) if paper.copies else "",
        _form(paper.form, words) if paper.form else "",
    ]
    return _cased(f"{paper.name} – {', '.join(fact for fact in facts if fact)}", paper.when)


def _form(form: str, words: Sentences) -> str:
    """ "mẫu TG-01"; a form that is called "Mẫu số 1" already needs no second "mẫu"."""
    called = words.form.partition("{")[0].strip()
    return f"{called}{form[len(called) :]}" if form.lower().startswith(called) else words.form.format(form=form)


def _basis(basis: LegalBasis) -> str:
    labels = ", ".join(filter(None, map(provision_label, basis.provisions)))
    return f"{labels[:1].upper()}{labels[1:]} {basis_document(basis.title, basis.document)}".strip()


def basis_document(title: str, number: str) -> str:
    """ "Luật Hộ tịch số 60/2014/QH13", but "Nghị định 280/2025/NĐ-CP sửa đổi …": below laws a title is a sentence after the number.

    Titles from the portal may hold the number already, and a number may be absent.
    """
    if not number or number in title:
        return title
    kind = kind_of_name(title)
    if kind.rank <= DocumentKind.ORDINANCE.rank or kind is DocumentKind.OTHER:
        return f"{title} số {number}".strip()
    named = kind_name(kind)
    return f"{named} {number} {title[len(named) :].strip()}".strip()


def _related(answer: Answer, words: Sentences) -> Iterator[str]:
    if answer.related and answer.outcome is not Outcome.NEEDS_CLARIFICATION:
        yield ""
        yield words.related_heading
        yield from (f"  - {related.title}" for related in answer.related[:5])


def _lead_source(answer: Answer) -> Citation:
    """Where the lead is taken from: a clause that is cited, or the whole article where its words open several clauses."""
    lead_of = answer.lead_of
    same = next((one for one in answer.citations if lead_of and one.provision.of_article == lead_of.of_article), None)
    return replace(same, provision=lead_of) if same and lead_of else answer.citations[0]


def place_of(citation: Citation) -> str:
    """ "khoản 1 Điều 36 Bộ luật Lao động số 45/2019/QH14"."""
    return f"{provision_label(citation.provision)} {_document_name(citation)}"


def _document_name(citation: Citation) -> str:
    kind = kind_of_key(citation.provision.document)
    document = LegalDocument(citation.provision.document, citation.document_number, citation.document_title, kind)
    return document_label(document) if citation.document_title else f"{kind_name(kind)} {citation.document_number}"


def _validity(citation: Citation, words: Sentences) -> str:
    since = words.valid_since.format(since=day(citation.valid_from)) if citation.valid_from else words.validity_unknown
    until = words.valid_until.format(until=day(citation.valid_to - timedelta(days=1))) if citation.valid_to else ""
    return f"{since} {until}".strip()


def day(value: date) -> str:
    """A day as printed in Vietnam: 01/07/2025."""
    return f"{value:%d/%m/%Y}"


def _shortened(text: str) -> str:
    """The first sentences of a long clause, whole ones where possible, else whole words."""
    line = " ".join(text.split())
    if len(line) <= _LEAD_CHARS:
        return line
    cuts = (line.rfind(mark, 80, _LEAD_CHARS) for mark in (". ", "; ", ", ", " "))
    cut = next((place for place in cuts if place > 0), _LEAD_CHARS)
    return line[:cut].rstrip(",; ") + "…"
