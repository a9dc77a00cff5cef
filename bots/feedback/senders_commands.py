"""Files that came along and how senders may be reached, from the command line."""

from __future__ import annotations

import argparse
import json
import os
import sys
from dataclasses import asdict
from pathlib import Path

from assistant.bootstrap import Parts
from assistant.settings import Settings
from bots.feedback.choices import actor_of
from bots.feedback.senders_json import contact_json
from bots.feedback.senders_wording import SendersSentences, senders_sentences
from bots.wording import Sentences

# Written for whoever runs the command and for nobody else.
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL
_MINE = 0o600


def claim(arguments: argparse.Namespace, settings: Settings, _words: Sentences) -> int:
    """Takes a recommendation over."""
    version = Parts(settings).feedback.recommendations.claim(arguments.number, arguments.version, actor_of(arguments, settings))
    print(_told(settings).claimed.format(number=arguments.number, version=version))
    return 0


def attachments(arguments: argparse.Namespace, settings: Settings, _words: Sentences) -> int:
    """Lists the files, a line or a JSON object each."""
    told = _told(settings)
    files = Parts(settings).feedback.attachments.of(arguments.number, actor_of(arguments, settings))
    if not files and not arguments.json:
        print(told.no_files.format(number=arguments.number), file=sys.stderr)
    for one in files:
        print(json.dumps(asdict(one)) if arguments.json else told.file_line.format(**asdict(one)))
    return 0


def attachment(arguments: argparse.Namespace, settings: Settings, _words: Sentences) -> int:
    """Writes one file where no file is yet."""
    told, out = _told(settings), Path(arguments.out)
    if out.exists():
        print(told.file_there.format(file=out), file=sys.stderr)
        return 2
    opened = Parts(settings).feedback.attachments.open(arguments.number, arguments.id, actor_of(arguments, settings))
    with os.fdopen(os.open(out, _NEW, _MINE), "wb") as file:
        file.write(opened.content)
    print(told.file_written.format(file=out))
    return 0


def contact(arguments: argparse.Namespace, settings: Settings, _words: Sentences) -> int:
    """Prints how the sender may be reached, or that nothing is told of it."""
    actor, told = actor_of(arguments, settings), _told(settings)
    read = Parts(settings).feedback.contacts.read(arguments.number, arguments.purpose, actor, arguments.code)
    if arguments.json:
        print(json.dumps(contact_json(read, settings.interface_language), ensure_ascii=False))
        return 0
    lines = [f"{label}: {value}" for name, label in told.parts.items() if (value := getattr(read, name))]
    print(read.code, *lines, told.standing[read.standing], sep="\n")
    return 0


def _told(settings: Settings) -> SendersSentences:
    return senders_sentences(settings.interface_language)
