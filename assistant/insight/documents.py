"""Packs, digests and scoreboards as official documents: the form of NĐ 30/2020/NĐ-CP, Appendix I, as the session report has it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from assistant.feedback.reports.charts import lying_bars, standing_bars
from assistant.feedback.reports.paper import TEXT_MM, Paper, day, tidy
from assistant.feedback.reports.session_report import UNKNOWN, AssemblySession, written
from assistant.feedback.reports.words import ReportWords
from assistant.insight.figures import LATE, ON_TIME, OPEN, OTHERS, OVERDUE
from assistant.insight.ledger import is_told
from assistant.insight.matters import Matter
from assistant.insight.reports import Counted, ReportKind
from corpus.tables import read_table

_ROMAN = ("I", "II", "III", "IV")
_NARROW = 27


@dataclass(frozen=True, slots=True)
class Form:
    """Who issues the document and what it is about; `names` fill in its words (province, bill, bill_number)."""

    issuer: str
    place: str
    signer_title: str
    names: Mapping[str, str]


class _Kind(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    subject: str
    recipients: tuple[str, ...]


class _Words(BaseModel):
    """The words of data/documents-vi.yaml."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    documents: dict[str, _Kind]
    sentences: dict[str, str]
    headings: dict[str, str]
    captions: dict[str, str]
    columns: dict[str, str]
    places: dict[str, str]
    names: dict[str, str]


def write_document(kind: ReportKind, counted: Counted, form: Form, path: Path) -> None:
    """Writes a bill pack, deputy pack, weekly digest or scoreboard to `path`; every count comes from a claim of `counted`."""
    from docx import Document

    words, period = _Words.model_validate(read_table("assistant.insight", "documents-vi.yaml")), counted.figures.period
    session = AssemblySession("", "", period.last, period.first, period.last, form.issuer, form.place, "", form.signer_title, "")
    recipients = tuple(one.format(**form.names) for one in words.documents[kind].recipients)
    usual = ReportWords.load().model_copy(
        update={
            "subject": words.documents[kind].subject,
            "sentences": words.sentences,
            "headings": words.headings,
            "captions": words.captions,
        }
    )
    paper = Paper(Document(), usual, replace(session, recipients=recipients))
    paper.names.update(form.names)
    paper.lay_out()
    paper.write_top()
    _Pack(paper, words, counted).write(kind)
    paper.write_end()
    paper.document.save(str(path))


class _Pack:
    """The sections of a document, written on paper; what has no number to tell is left out or said in words."""

    def __init__(self, paper: Paper, words: _Words, counted: Counted) -> None:
        self._paper, self._words, self._counted, self._figures = paper, words, counted, counted.figures
        self._values, self._sections = counted.figures.values(), 0

    def write(self, kind: ReportKind) -> None:
        """Everything between the title and the signature."""
        self._paper.say(f"{kind}_opening")
        sections = {
            ReportKind.DEPUTY: (self._received, self._foremost, self._overdue, self._answered),
            ReportKind.BILL: (self._received_by_area, self._foremost),
            ReportKind.WEEK: (self._received_by_week, self._themes, self._overdue, self._answered),
            ReportKind.SCOREBOARD: (self._bodies, self._reopened),
        }[kind]
        for section in sections:
            section()
        self._paper.say(f"{kind}_closing")

    # Received

    def _received(self) -> None:
        self._heading("received")
        self._totals()
        self._by_field()

    def _received_by_area(self) -> None:
        self._received()
        rows = self._figures.rows["area"]
        if rows:
            self._paper.heading(f"2. {self._words.headings['areas']}", 2)
            self._paper.say("by_area", place=self._words.places["table_2"])
            names = {name: self._name(name) for name in rows}
            self._list("area", rows, names, "table_areas")

    def _received_by_week(self) -> None:
        self._heading("received")
        self._totals()
        weeks = self._figures.rows["week"]
        if len(weeks) > 1:
            self._paper.say("weeks")
            labels = [f"{date.fromisoformat(first):%d/%m}" for first in weeks]
            self._paper.picture(standing_bars(labels, [int(self._values[f"week:{first}"]) for first in weeks]), "chart_weeks")
        self._by_field(has_chart=False)

    def _totals(self) -> None:
        if self._values["received"]:
            self._paper.say("totals", received=self._values["received"], submissions=self._values["submissions"])
        else:
            self._paper.say("nothing")

    def _by_field(self, *, has_chart: bool = True) -> None:
        if not self._values["received"]:
            return
        rows, names = self._figures.rows["field"], self._paper.words.fields
        if not rows:
            self._paper.say("fields_withheld")
            return
        told = [name for name in rows if is_told(self._values[f"field:{name}"])]
        has_chart = has_chart and len(told) > 1
        if "area" in self._figures.rows:
            self._paper.heading(f"1. {self._words.headings['fields']}", 2)
        self._paper.say("by_field", place=self._words.places["chart_and_table" if has_chart else "table_1"])
        if has_chart:
            self._paper.picture(
                lying_bars([names[name] for name in told], [int(self._values[f"field:{name}"]) for name in told]), "chart_fields"
            )
        self._list("field", rows, names, "table_fields")

    # What people say

    def _foremost(self) -> None:
        self._heading("opinions" if "area" in self._figures.rows else "foremost")
        quoted = self._figures.quoted["foremost"]
        self._paper.say("foremost" if quoted else "no_foremost")
        for one in quoted:
            statement = tidy(one.statement or one.title).rstrip(".")
            self._paper.listed(self._paper.sentence("quoted", statement=statement, submissions=self._values[f"matter:{one.number}"]))

    def _themes(self) -> None:
        self._heading("themes")
        themes = self._counted.themes
        is_chosen = any(one.is_chosen for one in themes)
        self._paper.say("no_themes" if not themes else "themes_chosen" if is_chosen else "themes_found")
        for one in themes:
            key = f"theme_{one.stance}" if one.stance else "theme"
            self._paper.listed(self._paper.sentence(key, title=tidy(one.title).rstrip("."), submissions=one.submissions))
        rising = self._figures.rows["rising"]
        self._paper.say("rising" if rising else "no_rising")
        for name in rising:
            facts = {"count": self._values[f"field:{name}"], "mean": self._values[f"mean:{name}"]}
            self._paper.listed(self._paper.sentence("rising_one", field=self._paper.words.fields[name], **facts))

    # What became of it

    def _overdue(self) -> None:
        self._heading("overdue")
        overdue = self._values["overdue"]
        quoted = self._figures.quoted["overdue"]
        if not overdue:
            self._paper.say("no_overdue")
            return
        self._paper.say("overdue" if quoted else "overdue_only", overdue=overdue)
        for one in quoted:
            self._paper.listed(self._late(one))
        rows = self._figures.rows.get("overdue_body", ())
        if rows:
            self._paper.say("overdue_bodies", place=self._words.places["table_2"])
            self._list("overdue_body", rows, {name: self._name(name) for name in rows}, "table_overdue", "body")

    def _late(self, matter: Matter) -> str:
        internal = "" if matter.is_legal else self._words.sentences["internal"]
        body, due = matter.body or self._words.names[UNKNOWN], day(matter.due) if matter.due else ""
        return self._paper.sentence("quoted_due", title=tidy(matter.title).rstrip("."), body=body, due=due, internal=internal)

    def _answered(self) -> None:
        self._heading("answered")
        classes = [name for name in self._figures.rows["resolution"] if self._values[f"resolution:{name}"]]
        if not self._values["answered"]:
            self._paper.say("no_answered")
            return
        self._paper.say("answered" if classes else "answered_only", answered=self._values["answered"])
        for name in classes:
            told = {"answer": self._paper.words.classes[name], "count": self._values[f"resolution:{name}"]}
            self._paper.listed(self._paper.sentence("resolution", **told))
        quoted = self._figures.quoted.get("answered", ())
        if quoted:
            self._paper.say("answered_foremost")
        for one in quoted:
            answer = _small(self._paper.words.classes[one.resolution or UNKNOWN])
            on = day(one.answered_on) if one.answered_on else ""
            self._paper.listed(self._paper.sentence("answered_one", title=tidy(one.title).rstrip("."), answer=answer, day=on))

    # The scoreboard

    def _bodies(self) -> None:
        self._heading("bodies")
        rows = self._figures.rows["body"]
        if not rows:
            self._paper.say("scoreboard_withheld" if self._values["received"] else "nothing")
            return
        self._paper.say("scoreboard")
        standings = (ON_TIME, LATE, OPEN, OVERDUE)
        lines = [
            (
                self._name(name),
                self._cell(f"body_row:{name}"),
                *(self._cell(f"body_cell:{name}:{one}") for one in standings),
                self._cell(f"median:{name}"),
            )
            for name in rows
        ]
        untold = self._words.names["untold"]
        lines.append(
            (self._words.columns["total"], self._cell("received"), *(self._cell(f"body_column:{one}") for one in standings), untold)
        )
        header = [self._words.columns[name] for name in ("body", "received", *standings, "median")]
        self._paper.caption("table_bodies")
        self._paper.table(header, lines, (TEXT_MM - 6 * 18, *(18,) * 6), is_last_bold=True)
        self._paper.note(self._words.sentences["clocks"])
        self._note([value for key, value in self._values.items() if key.startswith("body_")])

    def _reopened(self) -> None:
        rows = [name for name in self._figures.rows["reopened"] if self._values[f"reopened:{name}"]]
        if rows:
            self._heading("reopened")
            self._paper.say("reopened")
            self._list("reopened", rows, {name: self._name(name) for name in rows}, "table_reopened", "body")

    # What they share

    def _heading(self, key: str) -> None:
        self._paper.heading(f"{_ROMAN[self._sections]}. {self._words.headings[key]}", 1)
        self._sections += 1

    def _name(self, key: str) -> str:
        return self._words.names[key] if key in (UNKNOWN, OTHERS) else key

    def _cell(self, claim: str) -> str:
        return written(self._values[claim]) if claim in self._values else self._words.names["untold"]

    def _list(self, claim: str, rows: Sequence[str], names: Mapping[str, str], caption: str, column: str = "") -> None:
        header = (self._words.columns[column or claim], self._words.columns["count"])
        self._paper.caption(caption)
        self._paper.table(header, [(names[name], self._cell(f"{claim}:{name}")) for name in rows], (TEXT_MM - _NARROW, _NARROW))
        self._note(self._values[f"{claim}:{name}"] for name in rows)

    def _note(self, values: Iterable[int | str]) -> None:
        if any(not is_told(value) for value in values):
            self._paper.note(self._words.sentences["suppressed"])


def _small(label: str) -> str:
    """A label inside a sentence."""
    return label[:1].lower() + label[1:]
