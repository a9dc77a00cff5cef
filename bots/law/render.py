"""An answer as plain text for people; the same words in every channel."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from assistant.answering.types import ANSWERING, Answer, Citation, Outcome
from assistant.answering.understand import MAX_QUESTION_CHARS
from bots.law.dialogue_render import said_by_model, said_first, said_last, said_of_fact, said_of_kind, said_of_sides
from bots.law.dialogue_wording import dialogue_sentences
from bots.offices import procedure_there
from bots.wording import Sentences, language_code, open_point
from corpus.ids import ProvisionId
from corpus.kinds import kind_name, kind_of_key, kind_of_name
from corpus.labels import document_label, provision_label
from corpus.types import DocumentKind, LegalBasis, LegalDocument, Paper, Procedure

_LEAD_CHARS = 320


@dataclass(frozen=True, slots=True)
class ProcedureBlock:
    """One part of a procedure: its heading and its lines, not empty; `name` is that of the field of `Procedure`."""

    name: str
    heading: str
    lines: tuple[str, ...]


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
    yield from said_of_outcome(answer, words)
    if procedure := procedure_there(answer):
        yield from _procedure(procedure, words)
    elif answer.outcome in ANSWERING:
        yield from said_by_model(answer, dialogue)
        yield from _law(answer, words)
    yield from related_titles(answer, words)
    yield from said_of_fact(answer, dialogue, language_code(words))
    yield from said_last(answer, dialogue, {change: day(change.since) if change.since else "" for change in answer.changed_since})


def said_of_outcome(answer: Answer, words: Sentences) -> Iterator[str]:
    """Why there is no answer or not the whole of it; nothing where there is."""
    match answer.outcome:
        case Outcome.NEEDS_CLARIFICATION if answer.basis in ("empty", "no_words"):
            yield words.empty_question if answer.basis == "empty" else words.no_words
        case Outcome.NEEDS_CLARIFICATION if answer.basis == "which_law":
            label = provision_label(answer.question.unplaced[0])
            yield words.which_law.format(provision=_raised(label))
            yield from (f"  - {related.title}" for related in answer.related)
        case Outcome.DECLINED if answer.basis == "too_long":
            yield words.too_long.format(limit=MAX_QUESTION_CHARS)
        case _ if answer.procedure:
            return
        case Outcome.ANSWERED | Outcome.PARTLY_ANSWERED | Outcome.MODEL_UNAVAILABLE:
            yield from _absent(answer, words)
        case Outcome.NO_SOURCE if answer.basis == "named":
            yield from _absent(answer, words)
        case Outcome.NOT_IN_FORCE_ON_DATE:
            yield words.not_in_force.format(as_of=day(answer.question.as_of))
        case Outcome.NO_SOURCE:
            yield words.no_source
            yield words.no_source_next


def _absent(answer: Answer, words: Sentences) -> Iterator[str]:
    """What the question names and nobody can quote."""
    yield from (words.no_such_provision.format(provision=provision) for provision in answer.missing)
    yield from (words.document_not_held.format(document=document) for document in answer.question.unknown)
    for added in answer.added_later:
        what = {"title": added.by.title, "number": added.by.number, "since": day(added.by.since)}
        yield words.added_later.format(provision=_raised(added.provision), **what)


def _law(answer: Answer, words: Sentences) -> Iterator[str]:
    if answer.lead:
        yield lead_sentence(answer, words, place_of(lead_source(answer)), shortened(answer.lead))
        yield ""
    for quoted in texts_quoted(answer.citations):
        yield from _article_heading(quoted[0], words)
        yield from (f"  {line}" for citation in quoted for line in citation.quote.splitlines())
    more = list(said_of_more(answer, words))
    yield from ["", *more] if more else []
    yield ""
    yield words.machine_notice


def said_of_more(answer: Answer, words: Sentences) -> Iterator[str]:
    """Where the rest stands of articles that were asked by name and are not quoted whole."""
    yield from (words.more_of_article.format(article=provision_label(article), id=article) for article in answer.more_of)


def lead_sentence(answer: Answer, words: Sentences, where: str, what: str) -> str:
    """The lead and its place, both as shown; the heading of an article that is quoted whole is no rule by itself."""
    if answer.basis == "named" and answer.lead == lead_source(answer).heading:
        return f"{_raised(where)}: {what}"
    return words.according_to.format(where=where, what=what)


def _raised(text: str) -> str:
    return text[:1].upper() + text[1:]


def texts_quoted(citations: Sequence[Citation]) -> list[list[Citation]]:
    """Citations in runs of one text of an article: a comparison may quote two of one article, each with its own days."""
    runs: list[list[Citation]] = []
    for citation in citations:
        if runs and _text_of(runs[-1][0]) == _text_of(citation):
            runs[-1].append(citation)
        else:
            runs.append([citation])
    return runs


def _text_of(citation: Citation) -> tuple[ProvisionId, date | None]:
    return citation.provision.of_article, citation.valid_from


def _article_heading(citation: Citation, words: Sentences) -> Iterator[str]:
    yield f"▸ {provision_label(citation.provision.of_article)}. {citation.heading}".rstrip(". ")
    yield f"  {document_name(citation)}; {validity(citation, words)}" + (f"; {citation.url}" if citation.url else "")
    yield from (f"  ⚠ {warning}" for warning in later_changes(citation, words))


def later_changes(citation: Citation, words: Sentences) -> Iterator[str]:
    """A warning for each law that changed the text quoted, or may have."""
    for change in citation.later_changes:
        sentence = words.later_change_certain if change.certain else words.later_change_possible
        yield sentence.format(title=change.title, number=change.number, since=day(change.since))


def procedure_text(procedure: Procedure, words: Sentences) -> str:
    """A procedure as a citizen needs it."""
    return "\n".join(_procedure(procedure, words))


def _procedure(procedure: Procedure, words: Sentences) -> Iterator[str]:
    yield words.procedure_heading.format(name=procedure.name)
    for block in procedure_blocks(procedure, words):
        yield f"{block.heading}:"
        bullet = "" if block.name == "steps" else "- "
        yield from (f"  {bullet}{line}" for line in block.lines)
    if procedure.checked_on:
        yield words.checked_on.format(day=day(procedure.checked_on))


def procedure_blocks(procedure: Procedure, words: Sentences) -> Iterator[ProcedureBlock]:
    """The parts of a procedure that there are, in the order in which a citizen needs them."""
    blocks: Iterable[tuple[str, str, Iterable[str | None]]] = (
        ("who", words.who_heading, [procedure.who]),
        ("where", words.where_heading, [_where(place.body, place.receives_at, place.when, words) for place in procedure.where]),
        ("steps", words.steps_heading, [f"{number}. {step}" for number, step in enumerate(procedure.steps, start=1)]),
        ("papers", words.papers_heading, [_paper(paper, words) for paper in procedure.papers]),
        ("fees", words.fee_heading, [_cased(fee.text, fee.when) for fee in procedure.fees]),
        ("processing_times", words.time_heading, [_cased(time.text, time.when) for time in procedure.processing_times]),
        ("online_address", words.online_heading, [procedure.online_address]),
        ("result", words.result_heading, [procedure.result]),
        ("two_level_change", words.change_heading, [procedure.two_level_change]),
        ("notes", words.notes_heading, procedure.notes),
        ("legal_basis", words.basis_heading, map(_basis, procedure.legal_basis)),
        ("unchecked", words.unchecked_heading, [open_point(text, words) for text in procedure.unchecked]),
    )
    for name, heading, lines in blocks:
        present = tuple(line.strip() for line in lines if line and line.strip())
        if present:
            yield ProcedureBlock(name, heading, present)


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


def related_titles(answer: Answer, words: Sentences) -> Iterator[str]:
    """What is near the question without answering it, named and not quoted."""
    if answer.related and answer.outcome is not Outcome.NEEDS_CLARIFICATION:
        yield ""
        yield words.related_heading
        yield from (f"  - {related.title}" for related in answer.related[:5])


def lead_source(answer: Answer) -> Citation:
    """Where the lead is taken from: a clause that is cited, or the whole article where its words open several clauses."""
    lead_of = answer.lead_of
    same = next((one for one in answer.citations if lead_of and one.provision.of_article == lead_of.of_article), None)
    return replace(same, provision=lead_of) if same and lead_of else answer.citations[0]


def place_of(citation: Citation) -> str:
    """ "khoản 1 Điều 36 Bộ luật Lao động số 45/2019/QH14"."""
    return f"{provision_label(citation.provision)} {document_name(citation)}"


def document_name(citation: Citation) -> str:
    """ "Bộ luật Lao động số 45/2019/QH14": the document of a citation."""
    kind = kind_of_key(citation.provision.document)
    document = LegalDocument(citation.provision.document, citation.document_number, citation.document_title, kind)
    return document_label(document) if citation.document_title else f"{kind_name(kind)} {citation.document_number}"


def validity(citation: Citation, words: Sentences) -> str:
    """From which day to which the text quoted is in force."""
    since = words.valid_since.format(since=day(citation.valid_from)) if citation.valid_from else words.validity_unknown
    until = words.valid_until.format(until=day(citation.valid_to - timedelta(days=1))) if citation.valid_to else ""
    return f"{since} {until}".strip()


def day(value: date) -> str:
    """A day as printed in Vietnam: 01/07/2025."""
    return f"{value:%d/%m/%Y}"


def shortened(text: str) -> str:
    """The first sentences of a long clause, whole ones where possible, else whole words."""
    line = " ".join(text.split())
    if len(line) <= _LEAD_CHARS:
        return line
    cuts = (line.rfind(mark, 80, _LEAD_CHARS) for mark in (". ", "; ", ", ", " "))
    cut = next((place for place in cuts if place > 0), _LEAD_CHARS)
    return line[:cut].rstrip(",; ") + "…"
