"""What a sender and the officers write to each other, from the command line."""

from __future__ import annotations

import argparse
import sys
import uuid

from assistant.bootstrap import Parts
from assistant.feedback.messages_rows import Direction, Message
from assistant.settings import Settings
from bots.feedback.choices import actor_of
from bots.feedback.messages_wording import MessagesSentences, messages_sentences
from bots.wording import Sentences
from corpus.days import VIETNAM

_MINUTE = "%d/%m/%Y %H:%M"


def tell(arguments: argparse.Namespace, settings: Settings, _words: Sentences) -> int:
    """Writes to the senders of a recommendation."""
    desk = Parts(settings).feedback.messages
    told = desk.tell(arguments.number, arguments.version, _read(arguments.text), actor_of(arguments))
    sentence = messages_sentences(settings.interface_language).told
    print(sentence.format(number=arguments.number, version=told.version, senders=told.senders, reached=told.reached))
    return 0


def add(arguments: argparse.Namespace, settings: Settings, _words: Sentences) -> int:
    """Adds to a submission, as its sender."""
    said = messages_sentences(settings.interface_language)
    added = Parts(settings).feedback.messages.add(arguments.code, _read(arguments.text), arguments.id or uuid.uuid4().hex)
    sentence = said.added_before if not added.is_new else said.awaited if added.was_awaited else said.added
    print(sentence.format(code=added.code))
    return 0


def message_lines(messages: tuple[Message, ...], language: str) -> list[str]:
    """The messages as text, as their sender reads them."""
    said = messages_sentences(language)
    return [line for one in messages for line in ("", _heading(one, said), one.text if one.text is not None else said.erased)]


def _heading(one: Message, said: MessagesSentences) -> str:
    who = said.from_officer if one.direction is Direction.TO_CITIZEN else said.from_sender
    files = said.files.format(count=one.attachments) if one.attachments else ""
    return " · ".join(filter(None, (who, one.at.astimezone(VIETNAM).strftime(_MINUTE), files)))


def _read(text: str) -> str:
    return sys.stdin.read() if text == "-" else text
