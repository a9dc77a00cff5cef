"""`dienhong chats …`: what could not be handled or read in chats, and having it tried again."""

from __future__ import annotations

import argparse
import json
import sys

from assistant.bootstrap import Parts
from assistant.chats.parked import Parked, ParkedDesk
from assistant.settings import Settings
from bots.chat.parked_wording import ParkedSentences, parked_sentences
from bots.wording import Sentences
from corpus.days import VIETNAM


def parked(arguments: argparse.Namespace, settings: Settings, _words: Sentences) -> int:
    """Lists what is parked, a line or a JSON object each."""
    told, found = parked_sentences(settings.interface_language), _desk(settings).all()
    if not found and not arguments.json:
        print(told.none, file=sys.stderr)
    for one in found:
        print(json.dumps(_json(one), ensure_ascii=False) if arguments.json else _line(one, told))
    return 0


def retry(arguments: argparse.Namespace, settings: Settings, _words: Sentences) -> int:
    """Has it tried again, and says what; 1 where a key is not parked."""
    told = parked_sentences(settings.interface_language)
    again = _desk(settings).retry(None if arguments.all else arguments.key, arguments.as_)
    found = {one.key for one in again}
    print(told.retried.format(count=len(again)))
    unknown = [key for key in arguments.key if key not in found]
    for key in unknown:
        print(told.unknown.format(key=key), file=sys.stderr)
    return 1 if unknown else 0


def _line(one: Parked, told: ParkedSentences) -> str:
    facts = (one.key, one.channel, told.kinds[one.kind.value], one.failure, f"{one.since.astimezone(VIETNAM):%d/%m/%Y %H:%M}")
    return "  ".join((*facts, *([told.is_wanted] if one.is_wanted else [])))


def _json(one: Parked) -> dict[str, object]:
    facts = {"key": one.key, "channel": one.channel, "kind": one.kind.value, "failure": one.failure}
    return {**facts, "since": one.since.isoformat(), "wanted": one.is_wanted}


def _desk(settings: Settings) -> ParkedDesk:
    desk = Parts(settings).feedback
    return ParkedDesk(desk.engine, desk.vault, desk.clock)
