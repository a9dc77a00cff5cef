"""The referral slip as an official document: the form of NĐ 30/2020/NĐ-CP with the words of data/referral-slip.yaml."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Self

from pydantic import BaseModel, ConfigDict

from assistant.feedback.reports.paper import Paper, day, tidy
from assistant.feedback.reports.referral_slip import AskedDeadline, Slip
from assistant.feedback.reports.session_report import AssemblySession
from assistant.feedback.reports.words import ReportWords
from corpus.ids import ProvisionId
from corpus.tables import read_table

# How a provision is written with its law: "khoản 1 Điều 5 Luật Đất đai số 31/2024/QH15".
Cited = Callable[[ProvisionId], str]


class SlipWords(BaseModel):
    """The words of data/referral-slip.yaml."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: str
    subject: str
    no_number: str
    issuer_breaks: tuple[str, ...]
    addressee: str
    recipients: tuple[str, ...]
    voters: str
    citizens: str
    renamed: str
    ended: str
    either: str
    sentences: dict[str, str]

    @classmethod
    def load(cls) -> Self:
        """The project's own."""
        return cls.model_validate(read_table("assistant.feedback", "referral-slip.yaml"))


@dataclass(frozen=True, slots=True)
class SlipForm:
    """Who sends a slip and signs it. Without `document_number` or `issued_on` the form leaves room for them.

    Lines of `signer_title` are printed one below the other. `area` names the place of the matter, `today` decides what is overdue.
    """

    issuer: str
    place: str
    signer_title: str
    today: date
    signer_name: str = ""
    document_number: str = ""
    issued_on: date | None = None
    area: str = ""


def write_slip(slip: Slip, form: SlipForm, cited: Cited, path: Path) -> None:
    """Writes the slip to `path` as DOCX."""
    from docx import Document

    words = SlipWords.load()
    senders = words.voters if slip.is_of_voters else words.citizens
    paper = Paper(Document(), _paper_words(words, senders), _letterhead(slip, form, words))
    paper.lay_out()
    paper.write_top()
    _address(paper, words.addressee.format(body=tidy(_addressed(slip, words))))
    _write_body(paper, slip, form, cited, senders, _named(slip, words))
    paper.write_end()
    paper.document.save(str(path))


def _paper_words(words: SlipWords, senders: str) -> ReportWords:
    form = ReportWords.load()
    own = {"title": words.title, "subject": words.subject.replace("{senders}", senders), "no_number": words.no_number}
    return form.model_copy(update={**own, "issuer_breaks": (*form.issuer_breaks, *words.issuer_breaks), "sentences": words.sentences})


def _letterhead(slip: Slip, form: SlipForm, words: SlipWords) -> AssemblySession:
    """What the paper takes its top and end from; a slip belongs to no session."""
    return AssemblySession(
        number_of_session="",
        legislature="",
        opens_on=slip.opened_on,
        period_from=slip.opened_on,
        period_to=slip.opened_on,
        issuer=form.issuer,
        place=form.place,
        document_number=form.document_number,
        signer_title=form.signer_title,
        signer_name=form.signer_name,
        issued_on=form.issued_on,
        recipients=tuple(one.format(number=slip.number) for one in words.recipients),
    )


def _named(slip: Slip, words: SlipWords) -> str:
    """The body by its name of today; where it was divided, by those of all that follow it."""
    names = slip.shown_body.names if slip.shown_body else ()
    return f" {words.either} ".join(names) or slip.body


def _addressed(slip: Slip, words: SlipWords) -> str:
    """The same, with the old name beside it where it is called otherwise today."""
    until = slip.shown_body.until if slip.shown_body else None
    if slip.shown_body is None or until is None:
        return slip.body
    form = words.renamed if slip.shown_body.names else words.ended
    return form.format(body=_named(slip, words), before=slip.body, until=day(until))


def _address(paper: Paper, text: str) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    paragraph = paper.document.add_paragraph(tidy(text))
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.space_after = Pt(12)


def _write_body(paper: Paper, slip: Slip, form: SlipForm, cited: Cited, senders: str, body: str) -> None:
    at = paper.sentence("at", area=form.area) if form.area else ""
    title, opened_on = tidy(slip.title).rstrip("."), day(slip.opened_on)
    facts: dict[str, int | str] = {"senders": senders, "at": at, "title": title, "opened_on": opened_on, "submissions": slip.submissions}
    paper.say("received" if title else "received_untitled", number=slip.number, **facts)
    paper.say("statement", statement=tidy(slip.statement).rstrip("."))
    paper.say("ground" if slip.basis else "no_ground", basis="; ".join(map(cited, slip.basis)), body=body)
    paper.say("request", by=_by(paper, slip.deadline, form.today), senders=senders)
    paper.say("otherwise")
    paper.say("annexes" if slip.annexes else "no_annexes", annexes=slip.annexes)


def _by(paper: Paper, asked: AskedDeadline | None, today: date) -> str:
    """By when, and which rule says so. A target of our own binds nobody else: it is called so, and is over without anybody being late."""
    if asked is None or (asked.rule.is_internal_target and asked.due < today):
        return paper.sentence("soon")
    key = "by_ourselves" if asked.rule.is_internal_target else "by_law" if asked.due >= today else "overdue"
    return paper.sentence(key, due=day(asked.due), days=asked.rule.days, article=_article(asked.rule.article), law=asked.rule.law)


def _article(number: str) -> str:
    """ "49.1" as "khoản 1 Điều 49"."""
    article, _, clause = number.partition(".")
    return f"khoản {clause} Điều {article}" if clause else f"Điều {article}"
