"""The session report as an official document: the form of NĐ 30/2020/NĐ-CP, Appendix I, and the sections of the Front's reports."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from pathlib import Path

from assistant.feedback.reports.charts import lying_bars, standing_bars
from assistant.feedback.reports.paper import TEXT_MM, Paper, day, tidy
from assistant.feedback.reports.session_report import UNKNOWN, AssemblySession, ReportedMatter, SessionFigures, written
from assistant.feedback.reports.words import ReportWords
from assistant.feedback.types import Resolution

_ROMAN = ("I", "II", "III", "IV")
_MOST_WORRIES = 5
# Tables with more rows are folded.
_SHORT_ROWS = 6


def write_docx(figures: SessionFigures, session: AssemblySession, path: Path) -> None:
    """Writes the report to `path`: opening, general mood, opinions by field, results, recommendations, signature.

    `session` gives names, places and days; every count and share comes from a claim of `figures`.
    """
    from docx import Document

    paper = Paper(Document(), ReportWords.load(), session)
    paper.lay_out()
    paper.write_top()
    _Report(paper, figures).write()
    paper.write_end()
    paper.document.save(str(path))


class _Report:
    """The sections of the report, written on paper; what has no number to tell is left out or said in words."""

    def __init__(self, paper: Paper, figures: SessionFigures) -> None:
        self._paper, self._words, self._figures = paper, paper.words, figures
        self._values, self._told = figures.values(), figures.told()

    def write(self) -> None:
        """Everything between the title and the signature."""
        self._opening()
        if self._values["total"]:
            for number, (key, section) in enumerate(
                (("mood", self._mood), ("fields", self._fields), ("results", self._results), ("recommended", self._recommended))
            ):
                self._paper.heading(f"{_ROMAN[number]}. {self._words.headings[key]}", 1)
                section()
            self._paper.say("annex")
        self._paper.say("closing")

    def _opening(self) -> None:
        self._paper.say("opening")
        if "all_reports" in self._values:
            received = enumerate(self._paper.session.received)
            parts = [
                self._paper.sentence("received_one", reports=self._values[f"reports:{place}"], source=one.source) for place, one in received
            ]
            self._paper.say("received", all_reports=self._values["all_reports"], listed="; ".join(parts))
        if self._values["total"]:
            kinds = {name.removeprefix("kind:"): value for name, value in self._values.items() if name.startswith("kind:")}
            self._paper.say("totals", **kinds, **{name: self._values[name] for name in ("submissions", "total")})
        else:
            self._paper.say("empty")
        for name in ("places", "left_out"):
            if name in self._values:
                self._paper.say(name, **{name: self._values[name]})
        if self._values["total"]:
            self._paper.say("as_follows")

    # I. General mood

    def _mood(self) -> None:
        headings = self._words.headings
        self._paper.heading(f"1. {headings['praise']}", 2)
        self._paper.say("praise" if self._figures.praised else "no_praise", praise=self._values["kind:praise"])
        self._quote(self._figures.praised, with_areas=False)
        self._paper.heading(f"2. {headings['worries']}", 2)
        self._worries()
        self._paper.heading(f"3. {headings['weeks']}", 2)
        self._paper.say("weeks")
        self._weeks()

    def _worries(self) -> None:
        fields = [name for name in self._told_fields() if name != UNKNOWN][:_MOST_WORRIES]
        if not self._values["asks"]:
            self._paper.say("no_worries")
            return
        self._paper.say("worries" if fields else "worries_apart", asks=self._values["asks"])
        for name in fields:
            title = next(one.title for one in self._figures.foremost if one.field == name)
            self._paper.listed(
                self._paper.sentence("worry", field=self._words.fields[name], title=tidy(title).rstrip("."), **self._of_field(name))
            )

    def _weeks(self) -> None:
        weeks = self._figures.weeks
        counts = [self._count(f"week:{first}") for first in weeks]
        self._paper.picture(standing_bars([f"{first:%d/%m}" for first in weeks], counts), "chart_weeks")
        last_days = [min(first + timedelta(6), self._paper.session.period_to) for first in weeks]
        rows = [(f"{first:%d/%m} - {day(last)}", written(count)) for first, last, count in zip(weeks, last_days, counts, strict=True)]
        self._paper.caption("table_weeks")
        self._side_by_side("week", rows)

    # II. By field

    def _fields(self) -> None:
        if not self._values["asks"]:
            self._paper.say("no_worries")
            return
        told = self._told_fields()
        self._paper.say("by_field" if self._figures.fields else "fields_withheld")
        if told:
            labels, counts = [self._words.fields[name] for name in told], [self._count(f"field:{name}") for name in told]
            self._paper.picture(lying_bars(labels, counts), "chart_fields")
        if self._figures.fields:
            self._field_table()
        if not told:
            self._paper.say("foremost")
            self._quote(self._figures.foremost)
        for number, name in enumerate(told, start=1):
            self._paper.heading(f"{number}. {self._words.fields[name]}", 2)
            self._paper.say("field", **self._of_field(name))
            self._quote(one for one in self._figures.foremost if (one.field or UNKNOWN) == name)
        self._other_fields(len(told) + 1)

    def _field_table(self) -> None:
        levels, columns = self._figures.levels, self._words.columns
        rows = [
            (self._words.fields[name], *(self._written(f"cell:{name}:{level}") for level in levels), self._written(f"field:{name}"))
            for name in self._figures.fields
        ]
        rows.append((columns["total"], *(self._written(f"level:{level}") for level in levels), self._written("asks")))
        header = (columns["field"], *(self._words.levels[level] for level in levels), columns["total"])
        narrow = 22
        self._paper.caption("table_fields")
        self._paper.table(header, rows, (TEXT_MM - narrow * (len(levels) + 1), *(narrow for _ in (*levels, "total"))), is_last_bold=True)
        self._note_suppression(
            [*(f"field:{name}" for name in self._figures.fields), *(name for name in self._values if name.startswith(("cell:", "level:")))]
        )

    def _other_fields(self, number: int) -> None:
        """The fields whose count isn't told, and the provinces."""
        others = [self._words.fields[name] for name in self._figures.fields if f"field:{name}" not in self._told]
        if others:
            self._paper.heading(f"{number}. {self._words.headings['other_fields']}", 2)
            self._paper.say("other_fields", fields="; ".join(_small(one) for one in others))
        self._paper.heading(f"{number + bool(others)}. {self._words.headings['areas']}", 2)
        areas = self._figures.areas
        self._paper.say("by_area" if areas else "areas_withheld")
        if areas:
            self._paper.caption("table_areas")
            rows = [(self._words.area_unknown if name == UNKNOWN else name, self._written(f"area:{name}")) for name in areas]
            self._side_by_side("area", rows)
            self._note_suppression([f"area:{name}" for name in areas])

    # III. and IV.

    def _results(self) -> None:
        if not self._values["asks"]:
            self._paper.say("no_results")
            return
        self._paper.say("results", asks=self._values["asks"])
        for name in Resolution:
            self._paper.listed(self._paper.sentence("result", answer=self._words.classes[name], **self._of_class(name)))
        self._paper.say("unanswered", **self._of_class(UNKNOWN))

    def _recommended(self) -> None:
        recommended = self._figures.recommended
        self._paper.say("recommended" if recommended else "not_recommended", recommended=len(recommended))
        for number, one in enumerate(recommended, start=1):
            self._paper.numbered(number, one.title, self._quoted(one, with_area=False))

    # What they share

    def _told_fields(self) -> list[str]:
        return [name for name in self._figures.fields if f"field:{name}" in self._told]

    def _of_field(self, name: str) -> dict[str, int | str]:
        return {"count": self._values[f"field:{name}"], "share": self._values[f"field_share:{name}"]}

    def _of_class(self, name: str) -> dict[str, int | str]:
        return {"count": self._values[f"class:{name}"], "share": self._values[f"class_share:{name}"]}

    def _count(self, claim: str) -> int:
        return int(self._values[claim])

    def _written(self, claim: str) -> str:
        return written(self._values[claim])

    def _quote(self, matters: Iterable[ReportedMatter], *, with_areas: bool = True) -> None:
        for one in matters:
            self._paper.listed(self._quoted(one, with_area=with_areas))

    def _quoted(self, matter: ReportedMatter, *, with_area: bool) -> str:
        statement = tidy(matter.statement or matter.title).rstrip(".")
        area = matter.area if with_area and f"area:{matter.area}" in self._told else None
        submissions = self._values[f"matter:{matter.number}"]
        return self._paper.sentence("quoted_at" if area else "quoted", statement=statement, area=area or "", submissions=submissions)

    def _side_by_side(self, column: str, rows: Sequence[tuple[str, str]]) -> None:
        """A table of two columns; a long one as two beside each other, read downwards."""
        times = 2 if len(rows) > _SHORT_ROWS else 1
        height = -(-len(rows) // times)
        columns = [[*rows[place * height : (place + 1) * height]] for place in range(times)]
        lines = [[text for one in columns for text in (one[line] if line < len(one) else ("", ""))] for line in range(height)]
        header = (self._words.columns[column], self._words.columns["count"]) * times
        narrow = 27
        self._paper.table(header, lines, (TEXT_MM // times - narrow, narrow) * times)

    def _note_suppression(self, claims: Iterable[str]) -> None:
        if any(claim not in self._told for claim in claims):
            self._paper.note(self._words.sentences["suppressed"])


def _small(label: str) -> str:
    """A label inside a sentence."""
    return label[:1].lower() + label[1:]
