"""`dienhong feedback …`: what citizens send, from the command line."""

from __future__ import annotations

import argparse
import json
import sys
import uuid
from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import cache

from assistant.bootstrap import Parts
from assistant.feedback.bodies_sent import is_only_liaison
from assistant.feedback.intake import ContactDetails, NewSubmission
from assistant.feedback.keeping import drop_old_keys, purge_contacts, rotate_keys, seal_anew, verify_audit
from assistant.feedback.ordering import Order
from assistant.feedback.queue import Matter
from assistant.feedback.recommendations import OpenedMatter
from assistant.feedback.states import State, StateMachine, Step
from assistant.feedback.suggesting.training import train as train_classifier
from assistant.feedback.suggesting.understanding import Reader
from assistant.feedback_parts import MODELS, key_file, reader_with_law
from assistant.settings import Settings
from bots.bodies.bodies_json import sent_json
from bots.bodies.liaison import liaison_desk
from bots.bodies.wording import shown_name
from bots.feedback.area_names import area_name
from bots.feedback.choices import actor_of, chosen, wanted_of
from bots.feedback.messages_commands import message_lines
from bots.feedback.submission_json import due_json, matter_json, understanding_json
from bots.feedback.surveying import surveys_of
from bots.feedback.wording import FeedbackSentences, feedback_sentences
from bots.wording import Sentences
from corpus.days import VIETNAM
from embeddings.errors import IndexBusy, IndexMissing

_CHANNEL = "command line"
_SEED = 0
_DAY, _MINUTE = "%d/%m/%Y", "%d/%m/%Y %H:%M"


def submit(arguments: argparse.Namespace, settings: Settings, _words: Sentences) -> int:
    """Takes a submission from the arguments or standard input; prints its code."""
    told, desk = _told(settings), Parts(settings).feedback
    consent = desk.consents.current
    if not arguments.agree:
        print(consent.en if settings.interface_language == "en" else consent.vi, told.agree_first, sep="\n\n", file=sys.stderr)
        return 2
    text = sys.stdin.read() if arguments.text == "-" else arguments.text
    contact = ContactDetails(name=arguments.name, phone=arguments.phone)
    receipt = desk.intake.submit(NewSubmission(_CHANNEL, arguments.id or uuid.uuid4().hex, text, consent.version, contact=contact))
    print((told.received if receipt.is_new else told.received_before).format(code=receipt.code))
    return 0


def show(arguments: argparse.Namespace, settings: Settings, _words: Sentences) -> int:
    """Shows how a submission stands (by code), or a recommendation with its texts (by number)."""
    parts, told = Parts(settings), _told(settings)
    if not arguments.which.isdigit():
        status = parts.feedback.own_data.status(arguments.which)
        since, received = _minute(status.since), _minute(status.received_at)
        print(told.status.format(code=status.code, state=_label(status.state, settings), since=since, received=received))
        print(*message_lines(parts.feedback.messages.of_citizen(status.code), settings.interface_language), sep="\n")
        return 0
    opened = parts.feedback.recommendations.show(int(arguments.which), actor_of(arguments, settings))
    print(*_lines(opened, told, settings), sep="\n")
    return 0


def list_(arguments: argparse.Namespace, settings: Settings, _words: Sentences) -> int:
    """Lists recommendations, a line or a JSON object each; for liaisons JSON alone, of what was sent to their bodies.

    How many there are and how to go on goes to standard error.
    """
    desk, actor = Parts(settings).feedback, actor_of(arguments, settings)
    wanted, order = wanted_of(arguments, actor), chosen(Order, arguments.order)
    if is_only_liaison(actor):
        sent = liaison_desk(desk).page(actor, wanted, arguments.cursor, arguments.limit)
        for one in sent.matters:
            print(json.dumps(sent_json(one), ensure_ascii=False))
        _tell_rest(sent.total, sent.cursor, settings)
        return 0
    page = desk.queue.listed(actor, wanted, order, arguments.cursor, arguments.limit)
    for matter in page.matters:
        print(json.dumps(matter_json(matter), ensure_ascii=False) if arguments.json else _line(matter, settings))
    _tell_rest(page.total, page.cursor, settings)
    return 0


def move(arguments: argparse.Namespace, settings: Settings, _words: Sentences) -> int:
    """Leads a recommendation to another state."""
    step = Step(chosen(State, arguments.to), actor_of(arguments, settings), arguments.reason)
    matter = Parts(settings).feedback.recommendations.take(arguments.number, arguments.version, step, arguments.note)
    print(_line(matter, settings))
    return 0


def withdraw(arguments: argparse.Namespace, settings: Settings, _words: Sentences) -> int:
    """Takes a submission back."""
    print(_told(settings).withdrawn.format(code=Parts(settings).feedback.own_data.withdraw(arguments.code).code))
    return 0


def erase(arguments: argparse.Namespace, settings: Settings, _words: Sentences) -> int:
    """Deletes what was written in a submission."""
    desk = Parts(settings).feedback
    code = desk.own_data.status(arguments.code).code
    desk.own_data.erase(code)
    print(_told(settings).erased.format(code=code))
    return 0


def classify(arguments: argparse.Namespace, settings: Settings, _words: Sentences) -> int:
    """Prints what a machine thinks of a text; nothing of it is kept."""
    text = sys.stdin.read() if arguments.text == "-" else arguments.text
    understood = Parts(settings).feedback_reader.read(text)
    if arguments.json:
        print(json.dumps(understanding_json(understood), ensure_ascii=False))
        return 0
    print(_told(settings).suggestions)
    for one in understood.suggestions:
        print(f"  {one.task:<10} {one.value:<40} {one.score:.2f}")
    for span in understood.personal:
        print(f"  {span.type:<10} {span.start}-{span.end}")
    return 0


def work(_arguments: argparse.Namespace, settings: Settings, _words: Sentences) -> int:
    """Reads what waits, until nothing does."""
    parts = Parts(settings)
    understander, understood = parts.feedback.understander(_reader(parts)), 0
    while taken := understander.understand_waiting():
        understood += taken
    print(_told(settings).worked.format(understood=understood))
    return 0


def daily(_arguments: argparse.Namespace, settings: Settings, _words: Sentences) -> int:
    """Prints who is to be reminded of what, a JSON object a line; closes what its sender no longer answers."""
    desk = Parts(settings).feedback
    report = desk.upkeep.run()
    surveys_of(desk).ask_due()
    for one in report.near:
        print(json.dumps(due_json(one), ensure_ascii=False))
    print(json.dumps({"closed": list(report.closed)}))
    return 0


def due(arguments: argparse.Namespace, settings: Settings, _words: Sentences) -> int:
    """Lists the deadlines that are near or over, a JSON object each."""
    for one in Parts(settings).feedback.due.within(arguments.within, actor_of(arguments, settings)):
        print(json.dumps(due_json(one), ensure_ascii=False))
    return 0


def verify(_arguments: argparse.Namespace, settings: Settings, _words: Sentences) -> int:
    """Holds every audit event against its hash."""
    desk = Parts(settings).feedback
    head = verify_audit(desk.engine, desk.vault)
    print(_told(settings).audit_holds.format(number=head.number, hash=head.hash))
    return 0


def rotate(arguments: argparse.Namespace, settings: Settings, _words: Sentences) -> int:
    """Seals everything with a new key, or drops the old ones."""
    parts = Parts(settings)
    if arguments.drop_old and not settings.feedback_keys:
        sealed = drop_old_keys(parts.application_engine, key_file(parts.home), parts.feedback.clock)
        print(_told(settings).old_keys_dropped.format(count=sealed))
        return 0
    if settings.feedback_keys:
        # Whoever keeps the keys elsewhere puts the new one first there; what is left to do is sealing anew.
        sealed = seal_anew(parts.application_engine, parts.feedback.vault)
    else:
        sealed = rotate_keys(parts.application_engine, key_file(parts.home), parts.feedback.clock)
    print(_told(settings).rotated.format(count=sealed))
    return 0


def train(_arguments: argparse.Namespace, settings: Settings, _words: Sentences) -> int:
    """Learns from reviewers' decisions, and says whether what was learnt is better."""
    parts = Parts(settings)
    desk = parts.feedback
    report = train_classifier(desk.engine, desk.vault, parts.home / MODELS, desk.clock(), _SEED)
    shares = {name: " · ".join(_shares(getattr(report, name))) for name in ("in_use", "trained")}
    print(_told(settings).trained[report.outcome].format(model=report.model, judged=report.judged, **shares))
    return 0


def purge(_arguments: argparse.Namespace, settings: Settings, _words: Sentences) -> int:
    """Removes contacts past their retention."""
    desk = Parts(settings).feedback
    print(_told(settings).purged.format(count=purge_contacts(desk.engine, desk.vault, desk.clock())))
    return 0


def _reader(parts: Parts) -> Reader:
    """With the law of this home, where it has been made searchable."""
    try:
        answerer = parts.answerer()
    except (IndexMissing, IndexBusy):
        return parts.feedback_reader
    return reader_with_law(parts.encoder, parts.home, answerer)


def _shares(of: Mapping[str, float | None]) -> Iterator[str]:
    yield from (f"{task} {share:.3f}" for task, share in of.items() if share is not None)


def _told(settings: Settings) -> FeedbackSentences:
    return feedback_sentences(settings.interface_language)


@cache
def _machine() -> StateMachine:
    return StateMachine.load()


def _label(state: State, settings: Settings) -> str:
    label = _machine().states[state]
    return label.en if settings.interface_language == "en" else label.vi


def _minute(moment: datetime) -> str:
    return moment.astimezone(VIETNAM).strftime(_MINUTE)


def _tell_rest(total: int, cursor: str | None, settings: Settings) -> None:
    told = _told(settings)
    print(told.listed.format(total=total) if total else told.nothing_listed, file=sys.stderr)
    if cursor:
        print(told.more_listed.format(cursor=cursor), file=sys.stderr)


def _line(matter: Matter, settings: Settings) -> str:
    body = shown_name(matter.shown_body, settings.interface_language) if matter.shown_body else None
    about = " · ".join(filter(None, (matter.kind, matter.field, matter.level, matter.area, body)))
    line = f"{matter.number:>6} v{matter.version} {_label(matter.state, settings)}  {about}  ({matter.submissions})"
    return f"{line}  {_told(settings).due.format(day=matter.due.strftime(_DAY))}" if matter.due else line


def _lines(opened: OpenedMatter, told: FeedbackSentences, settings: Settings) -> list[str]:
    lines = [_line(opened.matter, settings)]
    if opened.matter.area_then not in (None, opened.matter.area):
        lines.append(told.area_then.format(area=area_name(opened.matter.area_then)))
    for sent in opened.submissions:
        lines += ["", f"{sent.code} · {sent.link} · {_minute(sent.received_at)}", sent.text if sent.text is not None else told.erased_text]
    return [*lines, "", "→ " + ", ".join(_label(state, settings) for state in opened.next_states)]
