"""`dienhong oversight …`: programmes of supervision, social critique, what the Front recommended, and what is due."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Sequence
from datetime import date

from assistant.bootstrap import Parts
from assistant.feedback.types import AdminLevel
from assistant.oversight import types
from assistant.oversight.access import WRITERS
from assistant.oversight.proposal_desk import Acceptance
from assistant.oversight.register import OversightRegister
from assistant.settings import Settings
from bots.feedback.choices import actor_of, chosen
from bots.oversight import oversight_json
from bots.oversight.lines import OversightLines
from bots.oversight.places import period, places
from bots.oversight.wording import OversightSentences, oversight_sentences
from bots.wording import Sentences
from corpus.days import VIETNAM


def programme_add(arguments: argparse.Namespace, settings: Settings, _words: Sentences) -> int:
    """Plans a programme; prints its number."""
    new = types.NewProgramme(
        year=arguments.year,
        level=chosen(AdminLevel, arguments.level),
        holder=arguments.holder,
        title=arguments.title,
        form=chosen(types.ProgrammeForm, arguments.form),
        ground=chosen(types.ProgrammeGround, arguments.ground),
        subjects=_subjects(arguments.subject),
        grounds=tuple(arguments.record),
        starts_on=arguments.starts_on,
        ends_on=arguments.ends_on,
    )
    number = _register(settings).programmes.add(new, actor_of(arguments))
    print(_told(settings).programme_added.format(number=number, year=new.year))
    return 0


def programme_list(arguments: argparse.Namespace, settings: Settings, _words: Sentences) -> int:
    """Lists programmes, two lines or a JSON object each."""
    found = _register(settings).programmes.page(
        actor_of(arguments),
        year=arguments.year,
        level=chosen(AdminLevel, arguments.level) if arguments.level else None,
        status=chosen(types.ProgrammeStatus, arguments.status) if arguments.status else None,
        after=arguments.after,
        limit=arguments.limit,
    )
    if arguments.json:
        return _print_json(map(oversight_json.programme_json, found))
    return _print([OversightLines(settings.interface_language).programme(one) for one in found], settings)


def programme_show(arguments: argparse.Namespace, settings: Settings, _words: Sentences) -> int:
    """Shows a programme with all that belongs to it."""
    opened = _register(settings).programmes.show(arguments.number, actor_of(arguments))
    if arguments.json:
        return _print_json([oversight_json.opened_programme_json(opened)])
    return _print(OversightLines(settings.interface_language).opened_programme(opened), settings)


def programme_move(arguments: argparse.Namespace, settings: Settings, _words: Sentences) -> int:
    """Leads a programme to another status."""
    to = chosen(types.ProgrammeStatus, arguments.to)
    programmes = _register(settings).programmes
    return _changed(programmes.move(arguments.number, arguments.version, to, actor_of(arguments), arguments.reason), settings)


def programme_extend(arguments: argparse.Namespace, settings: Settings, _words: Sentences) -> int:
    """Adds bodies and recommendations of citizens to a programme."""
    programmes, subjects = _register(settings).programmes, _subjects(arguments.subject)
    return _changed(programmes.extend(arguments.number, arguments.version, subjects, arguments.record, actor_of(arguments)), settings)


def recommend(arguments: argparse.Namespace, settings: Settings, _words: Sentences) -> int:
    """Keeps what was recommended to a body; prints its number."""
    if (arguments.programme is None) == (arguments.critique is None):
        print(_told(settings).one_origin, file=sys.stderr)
        return 2
    parts = Parts(settings)
    new = types.NewRecommendation(_text(arguments.text), arguments.to, arguments.sent_on or _today(parts), arguments.answer_by)
    recommendations, actor = _register_of(parts).recommendations, actor_of(arguments)
    if arguments.programme is not None:
        number = recommendations.after_supervision(arguments.programme, new, actor)
    else:
        number = recommendations.in_critique(arguments.critique, new, actor)
    print(_told(settings).recommended.format(number=number, body=new.to_body))
    return 0


def recommendation_show(arguments: argparse.Namespace, settings: Settings, _words: Sentences) -> int:
    """Shows a recommendation of the Front with answers and rounds."""
    asked = _register(settings).recommendations.show(arguments.number, actor_of(arguments))
    if arguments.json:
        return _print_json([oversight_json.asked_json(asked)])
    return _print(OversightLines(settings.interface_language).asked(asked), settings)


def answer(arguments: argparse.Namespace, settings: Settings, _words: Sentences) -> int:
    """Keeps an answer of the body."""
    parts = Parts(settings)
    position = chosen(types.Position, arguments.position)
    reply = types.Reply(position, _text(arguments.text), arguments.on_day or _today(parts))
    recommendations = _register_of(parts).recommendations
    return _changed(recommendations.answer(arguments.number, arguments.version, reply, actor_of(arguments)), settings)


def follow(arguments: argparse.Namespace, settings: Settings, _words: Sentences) -> int:
    """Keeps what was found when somebody looked after a recommendation."""
    parts = Parts(settings)
    on, note = arguments.on_day or _today(parts), _text(arguments.text)
    recommendations = _register_of(parts).recommendations
    return _changed(recommendations.follow_up(arguments.number, arguments.version, on, note, actor_of(arguments)), settings)


def critique_add(arguments: argparse.Namespace, settings: Settings, _words: Sentences) -> int:
    """Takes a draft in; prints the number of the critique."""
    new = types.NewCritique(
        level=chosen(AdminLevel, arguments.level),
        holder=arguments.holder,
        draft_title=arguments.title,
        drafter=arguments.drafter,
        issuer=arguments.issuer,
        form=chosen(types.CritiqueForm, arguments.form),
        ground=chosen(types.CritiqueGround, arguments.ground),
        draft_number=arguments.draft_number,
        grounds=tuple(arguments.record),
    )
    print(_told(settings).critique_added.format(number=_register(settings).critiques.add(new, actor_of(arguments))))
    return 0


def critique_list(arguments: argparse.Namespace, settings: Settings, _words: Sentences) -> int:
    """Lists critiques, two lines or a JSON object each."""
    level = chosen(AdminLevel, arguments.level) if arguments.level else None
    found = _register(settings).critiques.page(actor_of(arguments), level=level, after=arguments.after, limit=arguments.limit)
    if arguments.json:
        return _print_json(map(oversight_json.critique_json, found))
    return _print([OversightLines(settings.interface_language).critique(one) for one in found], settings)


def critique_show(arguments: argparse.Namespace, settings: Settings, _words: Sentences) -> int:
    """Shows a critique with its texts."""
    opened = _register(settings).critiques.show(arguments.number, actor_of(arguments))
    if arguments.json:
        return _print_json([oversight_json.opened_critique_json(opened)])
    return _print(OversightLines(settings.interface_language).opened_critique(opened), settings)


def critique_opinion(arguments: argparse.Namespace, settings: Settings, _words: Sentences) -> int:
    """Keeps the opinion that was sent."""
    parts = Parts(settings)
    on, text = arguments.on_day or _today(parts), _text(arguments.text)
    return _changed(
        _register_of(parts).critiques.give_opinion(arguments.number, arguments.version, text, on, actor_of(arguments)), settings
    )


def critique_response(arguments: argparse.Namespace, settings: Settings, _words: Sentences) -> int:
    """Keeps what the drafting body made of the opinion."""
    parts = Parts(settings)
    result = chosen(types.CritiqueResult, arguments.result)
    on, text = arguments.on_day or _today(parts), _text(arguments.text)
    critiques = _register_of(parts).critiques
    return _changed(critiques.respond(arguments.number, arguments.version, result, text, on, actor_of(arguments)), settings)


def due(arguments: argparse.Namespace, settings: Settings, _words: Sentences) -> int:
    """Lists answers and six-month rounds that are due, the oldest first."""
    parts = Parts(settings)
    found = _register_of(parts).follow_ups_due(arguments.due_day or _today(parts), actor_of(arguments))
    if arguments.json:
        return _print_json(map(oversight_json.due_json, found))
    return _print([OversightLines(settings.interface_language).due(one) for one in found], settings)


def propose(arguments: argparse.Namespace, settings: Settings, _words: Sentences) -> int:
    """Prints topics for supervision with why they are proposed; roles that only read get JSON without small counts."""
    parts, actor = Parts(settings), actor_of(arguments)
    found = _register_of(parts).proposals(places().province_of).propose(period(arguments.from_, arguments.to_day, _today(parts)), actor)
    if arguments.json or actor.roles.isdisjoint(WRITERS):
        return _print_json([oversight_json.proposals_json(found, places(), actor)])
    return _print(OversightLines(settings.interface_language).proposals(found, places()), settings)


def accept(arguments: argparse.Namespace, settings: Settings, _words: Sentences) -> int:
    """Plans a programme of a proposed topic; prints its number."""
    parts = Parts(settings)
    acceptance = Acceptance(
        year=arguments.year,
        holder=arguments.holder,
        title=arguments.title,
        form=chosen(types.ProgrammeForm, arguments.form),
        subjects=_subjects(arguments.subject),
        starts_on=arguments.starts_on,
        ends_on=arguments.ends_on,
    )
    desk = _register_of(parts).proposals(places().province_of)
    number = desk.accept(arguments.key, period(arguments.from_, arguments.to_day, _today(parts)), acceptance, actor_of(arguments))
    print(_told(settings).accepted.format(number=number, year=acceptance.year))
    return 0


def _register(settings: Settings) -> OversightRegister:
    return _register_of(Parts(settings))


def _register_of(parts: Parts) -> OversightRegister:
    desk = parts.feedback
    return OversightRegister(desk.engine, desk.vault, desk.clock)


def _today(parts: Parts) -> date:
    return parts.feedback.clock().astimezone(VIETNAM).date()


def _subjects(typed: Iterable[str]) -> tuple[types.Subject, ...]:
    """Bodies as they were typed: "Sở Xây dựng", or "Sở Xây dựng@province:15" with the area."""
    parted = (one.rpartition("@") for one in typed)
    return tuple(types.Subject(body, area) if at else types.Subject(area) for body, at, area in parted)


def _text(typed: str) -> str:
    return sys.stdin.read() if typed == "-" else typed


def _told(settings: Settings) -> OversightSentences:
    return oversight_sentences(settings.interface_language)


def _changed(version: int, settings: Settings) -> int:
    print(_told(settings).changed.format(version=version))
    return 0


def _print(lines: Iterable[str], settings: Settings) -> int:
    written: Sequence[str] = list(lines)
    if not written:
        print(_told(settings).nothing, file=sys.stderr)
    for line in written:
        print(line)
    return 0


def _print_json(objects: Iterable[oversight_json.Json]) -> int:
    for one in objects:
        print(json.dumps(one, ensure_ascii=False))
    return 0
