"""What reviewers do to one recommendation, from the command line."""

from __future__ import annotations

import argparse
import json
import sys

from assistant.bootstrap import Parts
from assistant.feedback.bodies_sent import is_only_liaison
from assistant.feedback.casework import Casework, Draft, Facts
from assistant.feedback.errors import UnknownValue
from assistant.feedback.linking import LinkKind, NewLink
from assistant.feedback.states import State
from assistant.feedback.types import AdminLevel, Field, Kind, Resolution
from assistant.interop.origins import origins_of
from assistant.settings import Settings
from bots.bodies.bodies_json import sent_json
from bots.bodies.liaison import liaison_desk
from bots.feedback.casefile_json import casefile_json, origins_json
from bots.feedback.choices import actor_of, chosen
from bots.feedback.links_json import links_json
from bots.feedback.wording import feedback_sentences
from bots.law.answer_gate import answer_check, notes_of
from bots.wording import Sentences
from corpus.ids import ProvisionId

_WORDS = ("area", "body", "title", "statement")


def file(arguments: argparse.Namespace, settings: Settings, _words: Sentences) -> int:
    """Prints the case file as JSON; for liaisons what was sent to their bodies, as it was sent."""
    desk, actor = Parts(settings).feedback, actor_of(arguments, settings)
    if is_only_liaison(actor):
        told = sent_json(liaison_desk(desk).open(arguments.number, actor))
    else:
        came_from = origins_of(desk, arguments.number, actor)
        told = {**casefile_json(desk.casefiles.open(arguments.number, actor)), "origins": origins_json(came_from)}
    print(json.dumps(told, ensure_ascii=False, indent=1))
    return 0


def settle(arguments: argparse.Namespace, settings: Settings, _words: Sentences) -> int:
    """Writes down what it is."""
    facts = Facts(
        kind=chosen(Kind, arguments.kind) if arguments.kind else None,
        field=chosen(Field, arguments.field) if arguments.field else None,
        level=chosen(AdminLevel, arguments.level) if arguments.level else None,
        **{name: getattr(arguments, name) for name in _WORDS},
    )
    _casework(settings).settle(arguments.number, arguments.version, facts, actor_of(arguments, settings))
    return _done(arguments, settings)


def merge(arguments: argparse.Namespace, settings: Settings, _words: Sentences) -> int:
    """Joins it to another."""
    _casework(settings).merge(arguments.number, arguments.version, arguments.into, actor_of(arguments, settings))
    return _done(arguments, settings)


def unmerge(arguments: argparse.Namespace, settings: Settings, _words: Sentences) -> int:
    """Undoes a join."""
    _casework(settings).unmerge(arguments.number, arguments.version, chosen(State, arguments.to), actor_of(arguments, settings))
    return _done(arguments, settings)


def links(arguments: argparse.Namespace, settings: Settings, _words: Sentences) -> int:
    """Prints what was linked to it, and how many people stand behind it and against it, as JSON."""
    desk, actor = Parts(settings).feedback, actor_of(arguments, settings)
    print(json.dumps(links_json(desk.linking, arguments.number, actor), ensure_ascii=False, indent=1))
    return 0


def link(arguments: argparse.Namespace, settings: Settings, _words: Sentences) -> int:
    """Links a submission, or what a recommendation carries; prints the numbers of the links as JSON."""
    new = NewLink(chosen(LinkKind, arguments.kind), arguments.reason, arguments.code, arguments.matter)
    made = Parts(settings).feedback.linking.link(arguments.number, arguments.version, new, actor_of(arguments, settings))
    print(json.dumps({"links": made}))
    return 0


def unlink(arguments: argparse.Namespace, settings: Settings, _words: Sentences) -> int:
    """Undoes a link."""
    Parts(settings).feedback.linking.unlink(arguments.number, arguments.version, arguments.link, actor_of(arguments, settings))
    return _done(arguments, settings)


def split(arguments: argparse.Namespace, settings: Settings, _words: Sentences) -> int:
    """Opens recommendations for parts of a mixed message; prints their numbers as JSON."""
    parts = [_span(text) for text in arguments.part]
    opened = Parts(settings).feedback.splitting.split(
        arguments.number, arguments.version, arguments.code, parts, actor_of(arguments, settings)
    )
    print(json.dumps({"opened": opened}))
    return 0


def redact(arguments: argparse.Namespace, settings: Settings, _words: Sentences) -> int:
    """Confirms what may be shown."""
    texts = dict(_parted(text) for text in arguments.text)
    actor = actor_of(arguments, settings)
    _casework(settings).confirm_redaction(arguments.number, arguments.version, texts, actor, despite_found=arguments.despite_found)
    return _done(arguments, settings)


def answer(arguments: argparse.Namespace, settings: Settings, _words: Sentences) -> int:
    """Drafts an answer."""
    text = sys.stdin.read() if arguments.text == "-" else arguments.text
    provisions = tuple(map(ProvisionId.parse, arguments.cite))
    draft = Draft(text, chosen(Resolution, arguments.resolution), provisions, arguments.done_by)
    _casework(settings).draft_answer(arguments.number, arguments.version, draft, actor_of(arguments, settings))
    return _done(arguments, settings)


def approve(arguments: argparse.Namespace, settings: Settings, _words: Sentences) -> int:
    """Approves the newest draft; where rules find faults in it, with a reason only."""
    parts = Parts(settings)
    desk, actor = parts.feedback, actor_of(arguments, settings)
    check = answer_check(desk, parts.store.documents())
    check.approve(arguments.number, arguments.version, actor, arguments.reason, desk.casework, notes_of(desk))
    return _done(arguments, settings)


def publish(arguments: argparse.Namespace, settings: Settings, _words: Sentences) -> int:
    """Lets everybody see it."""
    _casework(settings).publish(arguments.number, arguments.version, actor_of(arguments, settings))
    return _done(arguments, settings)


def refer(arguments: argparse.Namespace, settings: Settings, _words: Sentences) -> int:
    """Sends it to the body that can act."""
    basis = tuple(map(ProvisionId.parse, arguments.basis))
    _casework(settings).refer(arguments.number, arguments.version, arguments.body, basis, arguments.note, actor_of(arguments, settings))
    return _done(arguments, settings)


def _casework(settings: Settings) -> Casework:
    return Parts(settings).feedback.casework


def _parted(text: str) -> tuple[str, str]:
    code, equals, public = text.partition("=")
    if not equals:
        raise UnknownValue(text, ("CODE=TEXT",))
    return code.strip(), public


def _span(text: str) -> tuple[int, int]:
    first, _, last = text.partition(":")
    if not (first.isdecimal() and last.isdecimal()):
        raise UnknownValue(text, ("FIRST:LAST",))
    return int(first), int(last)


def _done(arguments: argparse.Namespace, settings: Settings) -> int:
    told = feedback_sentences(settings.interface_language).done
    print(told.format(number=arguments.number, version=arguments.version + 1))
    return 0
