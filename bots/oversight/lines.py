"""The register of supervision and social critique as lines of a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from assistant.feedback.reports.words import ReportWords
from assistant.oversight.places import Places
from assistant.oversight.proposals import Proposal, Proposals
from assistant.oversight.types import Asked, Critique, Due, DueKind, OpenedCritique, OpenedProgramme, Programme
from assistant.oversight.words import OversightWord, OversightWords
from bots.oversight.wording import oversight_sentences

_DAY = "%d/%m/%Y"


class OversightLines:
    """Writes records in one language."""

    def __init__(self, language: str) -> None:
        self._language = language
        self._told = oversight_sentences(language)
        self._words = OversightWords.load()
        self._report = ReportWords.load()

    def programme(self, one: Programme) -> str:
        """A programme on two lines."""
        form = self._words.programme_forms[one.form]
        status = self._words.programme_statuses[one.status].in_language(self._language)
        facts = {"number": one.number, "version": one.version, "year": one.year, "title": one.title, "holder": one.holder}
        level, told = self._level(one.level), form.in_language(self._language)
        return self._told.programme.format(**facts, status=status, level=level, form=told, cited=self._cited(form))

    def opened_programme(self, opened: OpenedProgramme) -> Iterator[str]:
        """A programme with all that belongs to it."""
        yield self.programme(opened.programme)
        if opened.subjects:
            bodies = (f"{one.body} ({one.area})" if one.area else one.body for one in opened.subjects)
            yield self._told.subjects.format(subjects="; ".join(bodies))
        yield self._grounds(self._words.programme_grounds[opened.programme.ground], opened.grounds)
        yield self._told.recommendations.format(numbers=_numbers(opened.recommendations))
        if opened.reason is not None:
            yield self._told.reason.format(reason=opened.reason)

    def asked(self, one: Asked) -> Iterator[str]:
        """A recommendation of the Front with answers and rounds."""
        facts = {"number": one.number, "version": one.version, "body": one.to_body, "text": one.text}
        yield self._told.recommendation.format(**facts, status=self._position(one.status), sent=_day(one.sent_on))
        for reply in one.replies:
            yield ""
            yield self._told.answer.format(on=_day(reply.answered_on), position=self._position(reply.position), text=reply.text)
        for look in one.follow_ups:
            yield ""
            yield self._told.follow_up.format(on=_day(look.held_on), position=self._position(look.status), text=look.note)
        if one.next_round is not None:
            yield ""
            yield self._told.next_round.format(round=one.next_round.number, due=_day(one.next_round.due))

    def critique(self, one: Critique) -> str:
        """A critique on two lines."""
        result = self._words.critique_results[one.result].in_language(self._language) if one.result else "…"
        form = self._words.critique_forms[one.form]
        facts = {"number": one.number, "version": one.version, "title": one.draft_title, "draft_number": one.draft_number or "–"}
        level, told = self._level(one.level), form.in_language(self._language)
        bodies = {"drafter": one.drafter, "issuer": one.issuer}
        return self._told.critique.format(**facts, **bodies, result=result, level=level, form=told, cited=self._cited(form))

    def opened_critique(self, opened: OpenedCritique) -> Iterator[str]:
        """A critique with its texts."""
        one = opened.critique
        yield self.critique(one)
        if opened.opinion is not None and one.opinion_on is not None:
            yield self._told.opinion.format(on=_day(one.opinion_on), text=opened.opinion)
        if opened.response is not None and one.responded_on is not None:
            yield self._told.response.format(on=_day(one.responded_on), text=opened.response)
        yield self._grounds(self._words.critique_grounds[one.ground], opened.grounds)
        yield self._told.recommendations.format(numbers=_numbers(opened.recommendations))

    def due(self, one: Due) -> str:
        """What is due, on a line."""
        facts = {"due": _day(one.due), "number": one.recommendation, "body": one.to_body}
        if one.kind is DueKind.ANSWER:
            return self._told.due_answer.format(**facts)
        return self._told.due_round.format(**facts, round=one.round, status=self._position(one.status))

    def proposals(self, found: Proposals, places: Places) -> Iterator[str]:
        """The topics with why they are proposed, the first first."""
        for rank, one in enumerate(found.topics, start=1):
            yield from self._proposal(rank, one, places)
        if found.left_out:
            yield self._told.left_out.format(count=found.left_out)

    def _proposal(self, rank: int, one: Proposal, places: Places) -> Iterator[str]:
        place = places.name(one.area) if one.area else self._told.nationwide
        field = self._report.fields[one.field] if self._language != "en" else one.field.replace("_", " ")
        yield self._told.topic.format(rank=rank, field=field, level=self._level(one.level), place=place, key=one.key)
        counts = {"repeated": one.repeated, "overdue": one.overdue, "unsettled": one.unsettled}
        yield self._told.why.format(people=one.people, records=len(one.records), **counts)
        yield self._told.records.format(numbers=_numbers(one.records))
        if one.programmes:
            yield self._told.planned_already.format(numbers=_numbers(one.programmes))

    def _grounds(self, ground: OversightWord, numbers: Iterable[int]) -> str:
        told = ground.in_language(self._language)
        return self._told.grounds.format(ground=told, cited=self._cited(ground), numbers=_numbers(numbers))

    def _cited(self, word: OversightWord) -> str:
        """Where the law says it: forms by article and clause, grounds by point as well."""
        article, clause, *point = (word.article or "").split(".")
        if point:
            return self._told.cited_point.format(point=point[0], clause=clause, article=article, law=word.law)
        return self._told.cited.format(clause=clause, article=article, law=word.law)

    def _level(self, level: str) -> str:
        return level if self._language == "en" else self._report.levels[level]

    def _position(self, position: str) -> str:
        return next(word for one, word in self._words.positions.items() if one == position).in_language(self._language)


def _day(day: date) -> str:
    return day.strftime(_DAY)


def _numbers(numbers: Iterable[int]) -> str:
    return ", ".join(map(str, numbers)) or "–"
