"""`dienhong themes …`, `dienhong bill …` and `dienhong report bill | deputy | week | scoreboard | verify`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import wraps
from importlib.util import find_spec
from pathlib import Path

from assistant.bootstrap import Parts
from assistant.insight.bills import Bill, BillDesk, BillKind
from assistant.insight.errors import InsightError
from assistant.insight.figures import Period
from assistant.insight.matters import province_named, province_names
from assistant.insight.reports import Asked, Difference, ReportDesk, ReportKind
from assistant.insight.selection import Selection
from assistant.insight.theme_desk import ThemeDesk
from assistant.settings import Settings
from bots.feedback.choices import actor_of, chosen
from bots.feedback.wording import feedback_sentences
from bots.insight.wording import InsightSentences, bill_in_full, explain_insight, insight_sentences
from bots.wording import Sentences
from corpus.days import today

_Command = Callable[[argparse.Namespace, Settings, Sentences], int]
_NEEDED = ("docx", "matplotlib")
_YEAR = timedelta(365)


def _explained(command: _Command) -> _Command:
    """The command, with errors of this folder told in a sentence."""

    @wraps(command)
    def run(arguments: argparse.Namespace, settings: Settings, words: Sentences) -> int:
        try:
            return command(arguments, settings, words)
        except InsightError as error:
            print(explain_insight(error, settings.interface_language), file=sys.stderr)
            return 3

    return run


# Themes


@_explained
def themes_run(arguments: argparse.Namespace, settings: Settings, _words: Sentences) -> int:
    """Looks for themes in what came in a period."""
    desk, actor = _themes(settings), actor_of(arguments)
    made = desk.run(arguments.from_, arguments.to_day, actor, seed=arguments.seed)
    arguments.run_number, arguments.letters = made.number, False
    return themes_show(arguments, settings, _words)


@_explained
def themes_list(arguments: argparse.Namespace, settings: Settings, _words: Sentences) -> int:
    """Lists runs."""
    for run in _themes(settings).runs(actor_of(arguments)):
        facts = {"number": run.number, "first": run.period_from, "last": run.period_to, "submissions": run.submissions}
        print(_told(settings).run_line.format(**facts, stability=run.stability))
    return 0


@_explained
def themes_show(arguments: argparse.Namespace, settings: Settings, _words: Sentences) -> int:
    """Shows the candidates of a run and what is chosen of them."""
    desk, actor, told = _themes(settings), actor_of(arguments), _told(settings)
    found = desk.candidates(arguments.run_number, actor)
    counts = {"themes": len(found.themes), "submissions": found.run.submissions, "ungrouped": len(found.ungrouped)}
    print(told.themes_found.format(number=found.run.number, **counts, stability=found.run.stability))
    for one in found.themes:
        print(_theme_line(told, one.key, ", ".join(one.terms) or told.no_terms, one.stance, one.members, arguments))
    print(told.ungrouped.format(count=len(found.ungrouped)))
    _print_selection(desk.selection(arguments.run_number, actor), told, arguments)
    return 0


@_explained
def themes_choose(arguments: argparse.Namespace, settings: Settings, _words: Sentences) -> int:
    """Takes a candidate in under a title."""
    desk, actor = _themes(settings), actor_of(arguments)
    return _chosen(desk.choose(arguments.run_number, arguments.version, arguments.key, arguments.title, actor), arguments, settings)


@_explained
def themes_rename(arguments: argparse.Namespace, settings: Settings, _words: Sentences) -> int:
    """Gives a chosen theme another title."""
    desk, actor = _themes(settings), actor_of(arguments)
    return _chosen(desk.rename(arguments.run_number, arguments.version, arguments.key, arguments.title, actor), arguments, settings)


@_explained
def themes_merge(arguments: argparse.Namespace, settings: Settings, _words: Sentences) -> int:
    """Makes several chosen themes one."""
    desk, actor = _themes(settings), actor_of(arguments)
    return _chosen(desk.merge(arguments.run_number, arguments.version, arguments.keys, arguments.title, actor), arguments, settings)


@_explained
def themes_drop(arguments: argparse.Namespace, settings: Settings, _words: Sentences) -> int:
    """Takes a chosen theme out."""
    desk, actor = _themes(settings), actor_of(arguments)
    return _chosen(desk.drop(arguments.run_number, arguments.version, arguments.key, actor), arguments, settings)


@_explained
def themes_move(arguments: argparse.Namespace, settings: Settings, _words: Sentences) -> int:
    """Puts one submission into another chosen theme, or into none."""
    desk, actor = _themes(settings), actor_of(arguments)
    return _chosen(desk.move(arguments.run_number, arguments.version, arguments.letter, arguments.to_key, actor), arguments, settings)


@_explained
def themes_back(arguments: argparse.Namespace, settings: Settings, _words: Sentences) -> int:
    """Takes up an earlier version again."""
    desk, actor = _themes(settings), actor_of(arguments)
    return _chosen(desk.back(arguments.run_number, arguments.version, arguments.to_version, actor), arguments, settings)


# Bills


@_explained
def bill_add(arguments: argparse.Namespace, settings: Settings, _words: Sentences) -> int:
    """Adds a bill."""
    kind = chosen(BillKind, arguments.kind)
    added = Bill(arguments.bill, arguments.title, kind, arguments.session, arguments.url, tuple(arguments.changes))
    _bills(settings).add(added, actor_of(arguments))
    print(_told(settings).bill_added.format(number=added.number, title=added.title))
    return 0


@_explained
def bill_list(_arguments: argparse.Namespace, settings: Settings, _words: Sentences) -> int:
    """Lists bills."""
    for one in _bills(settings).bills():
        print(_told(settings).bill_line.format(number=one.number, title=one.title))
    return 0


@_explained
def bill_suggest(arguments: argparse.Namespace, settings: Settings, _words: Sentences) -> int:
    """Has a machine look for recommendations about a bill."""
    print(_told(settings).bill_suggested.format(count=_bills(settings).suggest(arguments.bill, actor_of(arguments))))
    return 0


@_explained
def bill_links(arguments: argparse.Namespace, settings: Settings, _words: Sentences) -> int:
    """Lists the recommendations of a bill."""
    told = _told(settings)
    standings = {None: told.undecided, True: told.accepted, False: told.refused}
    for one in _bills(settings).links(arguments.bill, actor_of(arguments)):
        facts = {"recommendation": one.recommendation, "score": one.score, "ground": one.ground}
        print(told.bill_link_line.format(**facts, standing=standings[one.is_accepted]))
    return 0


@_explained
def bill_decide(arguments: argparse.Namespace, settings: Settings, _words: Sentences) -> int:
    """Says whether a recommendation is about a bill."""
    _bills(settings).decide(arguments.bill, arguments.recommendation, is_about=not arguments.is_not, actor=actor_of(arguments))
    print(_told(settings).bill_decided.format(recommendation=arguments.recommendation))
    return 0


# Reports


@_explained
def bill_pack(arguments: argparse.Namespace, settings: Settings, _words: Sentences) -> int:
    """Writes what people said on a bill."""
    bill = _bills(settings).find(arguments.bill)
    names = {"bill": bill_in_full(bill), "bill_number": bill.number}
    return _document(arguments, settings, Asked(ReportKind.BILL, _period(arguments), bill.number), names)


@_explained
def deputy_pack(arguments: argparse.Namespace, settings: Settings, _words: Sentences) -> int:
    """Writes what people of a province sent."""
    province = province_named(arguments.province)
    names = {"province": province[:1].lower() + province[1:]}
    return _document(arguments, settings, Asked(ReportKind.DEPUTY, _period(arguments), province), names)


@_explained
def week_digest(arguments: argparse.Namespace, settings: Settings, _words: Sentences) -> int:
    """Writes the digest of a week."""
    now = today()
    last = arguments.to_day or now - timedelta(now.isoweekday() % 7 or 7)
    return _document(arguments, settings, Asked(ReportKind.WEEK, Period(last - timedelta(6), last)), {})


@_explained
def scoreboard(arguments: argparse.Namespace, settings: Settings, _words: Sentences) -> int:
    """Writes how bodies answer."""
    return _document(arguments, settings, Asked(ReportKind.SCOREBOARD, _period(arguments)), {})


@_explained
def verify(arguments: argparse.Namespace, settings: Settings, _words: Sentences) -> int:
    """Counts the numbers of a kept report anew; 1 where any differs."""
    found, told = _reports(settings).verify(arguments.number), _told(settings)
    counts = {"number": found.report.number, "claims": len(found.report.claims), "differing": len(found.differing)}
    print((told.report_differs if found.differing else told.report_holds).format(**counts))
    for one in found.differing:
        print(_difference(one, told))
    return 1 if found.differing else 0


def _document(arguments: argparse.Namespace, settings: Settings, asked: Asked, names: Mapping[str, str]) -> int:
    if any(find_spec(name) is None for name in _NEEDED):
        print(feedback_sentences(settings.interface_language).reports_missing)
        return 3
    # Only where they are there: they come with an extra.
    from assistant.insight.documents import Form, write_document

    desk, path = _reports(settings), Path(arguments.out)
    counted = desk.count(asked)
    path.parent.mkdir(parents=True, exist_ok=True)
    write_document(asked.kind, counted, Form(arguments.issuer, arguments.place, arguments.signer_title, names), path)
    number = desk.keep(asked, counted.claims, actor_of(arguments).id)
    print(_told(settings).document_written.format(file=path, claims=len(counted.claims), number=number))
    return 0


def _difference(one: Difference, told: InsightSentences) -> str:
    then, now = (told.absent if value is None else value for value in (one.then, one.now))
    return (told.records_changed if then == now else told.difference).format(id=one.id, then=then, now=now)


# What they share


def _chosen(selection: Selection, arguments: argparse.Namespace, settings: Settings) -> int:
    _print_selection(selection, _told(settings), arguments)
    return 0


def _print_selection(selection: Selection, told: InsightSentences, arguments: argparse.Namespace) -> None:
    if not selection.themes:
        print(told.nothing_chosen.format(version=selection.version))
        return
    print(told.selection.format(version=selection.version, made_by=selection.made_by))
    for one in selection.themes:
        print(_theme_line(told, one.key, one.title, one.stance, one.members, arguments))


def _theme_line(
    told: InsightSentences, key: str, title: str, stance: str | None, members: tuple[int, ...], arguments: argparse.Namespace
) -> str:
    marks = {None: "", "for": told.stance_for, "against": told.stance_against}
    line = told.theme_line.format(key=key, count=len(members), title=title, stance=marks[stance])
    return f"{line}\n    {' '.join(map(str, members))}" if getattr(arguments, "letters", False) else line


def _period(arguments: argparse.Namespace) -> Period:
    last = arguments.to_day or today()
    return Period(arguments.from_ or last - _YEAR, last)


def _themes(settings: Settings) -> ThemeDesk:
    desk = Parts(settings).feedback
    return ThemeDesk(desk.engine, desk.vault, desk.clock)


def _bills(settings: Settings) -> BillDesk:
    desk = Parts(settings).feedback
    return BillDesk(desk.engine, desk.vault, desk.clock)


def _reports(settings: Settings) -> ReportDesk:
    desk = Parts(settings).feedback
    return ReportDesk(desk.engine, desk.vault, desk.clock, province_names())


def _told(settings: Settings) -> InsightSentences:
    return insight_sentences(settings.interface_language)
