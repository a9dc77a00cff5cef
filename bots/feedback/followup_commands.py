"""`dienhong feedback lint|note|slip|survey|surveys|ask-surveys`."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.bootstrap import Parts
from assistant.database import reading
from assistant.feedback.answers.answer_check import CheckedAnswer
from assistant.feedback.answers.answer_lint import Finding, blocking
from assistant.feedback.answers.notes import MOST_CHARACTERS as LONGEST_NOTE
from assistant.feedback.answers.notes import NoteInvalid
from assistant.feedback.answers.survey_figures import SurveyFigures, survey_figures
from assistant.feedback.answers.surveys import SurveyClosed, SurveyNotOpen, Verdict, WordsTooLong
from assistant.feedback.errors import TransitionNotAllowed
from assistant.feedback.privacy.personal_data import PersonalDataFinder
from assistant.feedback.reports.referral_slip import NoSlip, ReferralSlips, Slip
from assistant.feedback.timing.deadlines import DeadlineRules
from assistant.settings import Settings
from bots.feedback.choices import actor_of
from bots.feedback.followup_wording import FollowupSentences, followup_sentences
from bots.feedback.surveying import day_of, refusal, surveys_of
from bots.law.answer_gate import answer_check, notes_of
from bots.wording import Sentences
from corpus.areas import Areas
from corpus.days import VIETNAM
from corpus.errors import SourceUnreadable
from corpus.ids import ProvisionId
from corpus.labels import document_label, label_of_key, provision_label
from corpus.types import LegalDocument

if TYPE_CHECKING:
    from assistant.feedback.reports.referral_paper import SlipForm

_VERDICTS = {"good": Verdict.SATISFIED, "partly": Verdict.PARTLY, "bad": Verdict.NOT}
_SHOWN = 120


def lint(arguments: argparse.Namespace, settings: Settings, _words: Sentences) -> int:
    """Prints what the newest draft lacks; 1 where something is to be mended."""
    parts, told = Parts(settings), followup_sentences(settings.interface_language)
    desk = parts.feedback
    checked = answer_check(desk, parts.store.documents()).newest(arguments.number, actor_of(arguments))
    to_mend = len(blocking(checked.findings))
    if arguments.json:
        print(json.dumps([_finding_json(one) for one in checked.findings], ensure_ascii=False))
        return 1 if to_mend else 0
    for one in checked.findings:
        print(f"{told.severities[one.severity]}: {_sentence(one, checked, told)}")
    print(told.needs_reason.format(count=to_mend) if to_mend else told.clean)
    return 1 if to_mend else 0


def note(arguments: argparse.Namespace, settings: Settings, _words: Sentences) -> int:
    """Adds a note, or lists the notes where nothing is written."""
    desk, told = Parts(settings).feedback, followup_sentences(settings.interface_language)
    notes = notes_of(desk)
    if arguments.text is None:
        found = notes.of(arguments.number, actor_of(arguments))
        for one in found:
            print(f"{_minute(one.written_at)} {one.author}: {one.text}" + (f" {told.note_sealed}" if one.is_sealed else ""))
        if not found:
            print(told.no_notes.format(number=arguments.number), file=sys.stderr)
        return 0
    try:
        notes.add(arguments.number, sys.stdin.read() if arguments.text == "-" else arguments.text, actor_of(arguments))
    except NoteInvalid:
        print(told.note_invalid.format(most=LONGEST_NOTE), file=sys.stderr)
        return 2
    print(told.noted.format(number=arguments.number))
    return 0


def slip(arguments: argparse.Namespace, settings: Settings, _words: Sentences) -> int:
    """Writes the referral slip into a file."""
    parts, told = Parts(settings), followup_sentences(settings.interface_language)
    if find_spec("docx") is None:
        print(told.documents_missing, file=sys.stderr)
        return 3
    # Only where it is there: it comes with an extra.
    from assistant.feedback.reports.referral_paper import write_slip

    desk = parts.feedback
    slips = ReferralSlips(desk.engine, desk.vault, desk.clock, desk.recommendations, DeadlineRules.load(), PersonalDataFinder.load())
    try:
        made = slips.slip(arguments.number, actor_of(arguments))
    except NoSlip as error:
        print(told.no_slip[error.obstacle].format(number=error.number), file=sys.stderr)
        return 3
    form = _form(arguments, made, desk.clock().astimezone(VIETNAM).date())
    write_slip(made, form, _cited({one.key: one for one in parts.store.documents()}), Path(arguments.out))
    print(told.slip_written.format(file=arguments.out))
    return 0


def survey(arguments: argparse.Namespace, settings: Settings, _words: Sentences) -> int:
    """Keeps what a sender says of the answer, and asks for a review where they want one."""
    desk, told = Parts(settings).feedback, followup_sentences(settings.interface_language)
    try:
        given = surveys_of(desk).give(arguments.code, _VERDICTS[arguments.verdict], arguments.words)
    except (SurveyNotOpen, SurveyClosed, WordsTooLong) as error:
        print(refusal(error, told), file=sys.stderr)
        return 3
    if given.verdict and given.changeable_until:
        print(told.survey_kept.format(verdict=told.verdicts[given.verdict], until=day_of(given.changeable_until)))
    if not arguments.ask_again:
        if given.can_ask_again:
            print(told.offer_review, told.review_command)
        return 0
    try:
        desk.own_data.ask_again(given.code)
    except TransitionNotAllowed:
        print(told.review_impossible, file=sys.stderr)
        return 3
    print(told.review_asked)
    return 0


def surveys(arguments: argparse.Namespace, settings: Settings, _words: Sentences) -> int:
    """Prints how senders found the answers of a period, small counts hidden."""
    desk, told = Parts(settings).feedback, followup_sentences(settings.interface_language)
    with reading(desk.engine) as connection:
        counted = survey_figures(connection, arguments.from_, arguments.to_day)
    if arguments.json:
        print(json.dumps(_figures_json(counted), ensure_ascii=False))
        return 0
    print(*_figure_lines(counted, told), sep="\n")
    return 0


def ask_surveys(_arguments: argparse.Namespace, settings: Settings, _words: Sentences) -> int:
    """Queues the question for whoever was told an answer; prints how many as JSON."""
    print(json.dumps({"asked": surveys_of(Parts(settings).feedback).ask_due()}))
    return 0


def _form(arguments: argparse.Namespace, made: Slip, today: date) -> SlipForm:
    from assistant.feedback.reports.referral_paper import SlipForm

    return SlipForm(
        issuer=arguments.issuer,
        place=arguments.place,
        signer_title=arguments.signer_title,
        signer_name=arguments.signer_name,
        document_number=arguments.document_number,
        today=today,
        area=_area_name(made.area) if made.area else "",
    )


def _sentence(one: Finding, checked: CheckedAnswer, told: FollowupSentences) -> str:
    ask = checked.asks[one.ask] if one.ask is not None else ""
    text = checked.text[one.start : one.end] if one.start is not None else ""
    return told.rules[one.rule].format(ask=_short(ask), text=_short(text), named=one.named or "")


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else f"{line[:_SHOWN].rstrip()}…"


def _finding_json(one: Finding) -> Mapping[str, str | int | None]:
    return {"rule": one.rule, "severity": one.severity, "start": one.start, "end": one.end, "ask": one.ask, "named": one.named}


def _figures_json(counted: SurveyFigures) -> Mapping[str, object]:
    fields = {one.field: {"told": one.told, **one.outcomes} for one in counted.fields}
    days = {"from": counted.first.isoformat(), "to": counted.last.isoformat()}
    return {**days, "told": counted.told, "outcomes": dict(counted.outcomes), "fields": fields}


def _figure_lines(counted: SurveyFigures, told: FollowupSentences) -> Iterator[str]:
    yield told.figures.format(first=_day(counted.first), last=_day(counted.last), told=counted.told)
    for name, outcomes in (("", counted.outcomes), *((one.field, one.outcomes) for one in counted.fields)):
        if outcomes:
            yield f"  {name:<24}" + " · ".join(f"{told.outcomes[outcome]} {count}" for outcome, count in outcomes.items())
    if not counted.outcomes and counted.told:
        yield told.figures_withheld


def _cited(documents: Mapping[str, LegalDocument]) -> Callable[[ProvisionId], str]:
    def cited(provision: ProvisionId) -> str:
        known = documents.get(provision.document)
        return f"{provision_label(provision)} {document_label(known) if known else label_of_key(provision.document)}".strip()

    return cited


def _area_name(key: str) -> str:
    """ "Phường Ba Đình, Thành phố Hà Nội"; empty where no units are installed or this one is unknown."""
    try:
        areas = Areas.load()
    except SourceUnreadable:
        return ""
    level, _, code = key.partition(":")
    area = areas.province(code) if level == "province" else areas.commune(code)
    above = areas.province(area.parent) if area and area.parent else None
    return ", ".join(one.name for one in (area, above) if one)


def _minute(moment: datetime) -> str:
    return f"{moment.astimezone(VIETNAM):%d/%m/%Y %H:%M}"


def _day(on: date) -> str:
    return f"{on:%d/%m/%Y}"
