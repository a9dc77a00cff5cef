"""`dienhong bodies …`: the bodies that can act, with their names, days and successors."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from datetime import date

from assistant.bootstrap import Parts
from assistant.feedback.bodies import Bodies, NewBody
from assistant.feedback.bodies_book import BodyRecord
from assistant.feedback.bodies_errors import BodiesNotYours, BodyInvalid, BodyNotFound
from assistant.feedback.states import Actor, Role
from assistant.feedback.types import AdminLevel
from assistant.settings import Settings
from bots.bodies.bodies_json import body_json
from bots.bodies.wording import BodiesSentences, bodies_sentences, explain
from bots.feedback.choices import chosen
from bots.wording import Sentences
from corpus.days import today


def list_(arguments: argparse.Namespace, settings: Settings, _words: Sentences) -> int:
    """Lists the bodies of a day, or every name that any had, a line or a JSON object each."""
    told, bodies = bodies_sentences(settings.interface_language), _bodies(settings)
    level = chosen(AdminLevel, arguments.level) if arguments.level else None
    day = arguments.as_of or today()
    found = bodies.book().records if arguments.all else bodies.as_of(day)
    shown = [one for one in found if level in (None, one.level)]
    if not shown and not arguments.json:
        print(told.none.format(day=_day(day)), file=sys.stderr)
    for one in shown:
        print(json.dumps(body_json(one), ensure_ascii=False) if arguments.json else _line(one, told))
    return 0


def add(arguments: argparse.Namespace, settings: Settings, _words: Sentences) -> int:
    """Adds one."""
    level = chosen(AdminLevel, arguments.level)
    new = NewBody(arguments.key, arguments.name, level, arguments.name_en, arguments.area, arguments.from_, arguments.contact)
    done = bodies_sentences(settings.interface_language).added.format(key=new.key, name=new.name)
    return _told(settings, done, lambda bodies: bodies.add(new, _actor(arguments)))


def rename(arguments: argparse.Namespace, settings: Settings, _words: Sentences) -> int:
    """Gives one another name from a day on."""
    key, name, day = arguments.key, arguments.name, arguments.from_
    done = bodies_sentences(settings.interface_language).renamed.format(key=key, name=name, day=_day(day))
    return _told(settings, done, lambda bodies: bodies.rename(key, name, day, _actor(arguments), arguments.name_en))


def end(arguments: argparse.Namespace, settings: Settings, _words: Sentences) -> int:
    """Ends one, with those that follow it."""
    told, day = bodies_sentences(settings.interface_language), arguments.from_
    form = told.followed if arguments.successor else told.ended
    done = form.format(key=arguments.key, day=_day(day), successors=", ".join(arguments.successor))
    return _told(settings, done, lambda bodies: bodies.end(arguments.key, day, arguments.successor, _actor(arguments)))


def _told(settings: Settings, done: str, act: Callable[[Bodies], None]) -> int:
    """Acts and says so, or says why not."""
    try:
        act(_bodies(settings))
    except (BodyInvalid, BodyNotFound, BodiesNotYours) as error:
        print(explain(error, settings.interface_language), file=sys.stderr)
        return 3
    print(done)
    return 0


def _bodies(settings: Settings) -> Bodies:
    """Those of the database; the first look brings in the bodies that come with the project."""
    bodies = Parts(settings).feedback.bodies
    bodies.seed()
    return bodies


def _actor(arguments: argparse.Namespace) -> Actor:
    return Actor(arguments.as_, frozenset(chosen(Role, role) for role in arguments.role or [Role.UNIT_ADMIN]))


def _line(record: BodyRecord, told: BodiesSentences) -> str:
    place = record.area or (told.every_area if record.is_kind else None)
    since = told.since.format(day=_day(record.valid_from)) if record.valid_from else None
    to = told.to.format(day=_day(record.valid_to)) if record.valid_to else None
    after = f"→ {', '.join(record.successors)}" if record.successors else None
    about = " · ".join(filter(None, (told.levels[record.level], place, since, to, after, record.contact)))
    return f"{record.key}  {record.name}  ({about})"


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}"
