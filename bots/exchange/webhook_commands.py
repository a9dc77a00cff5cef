"""`dienhong webhook …`: other systems that are told of recommendations."""

from __future__ import annotations

import argparse
import json
import os
import secrets

from assistant.bootstrap import Parts
from assistant.feedback.states import Actor, Role
from assistant.feedback_parts import webhook_sender
from assistant.settings import Settings
from assistant.webhooks.signing import SECRET_BYTES, written_secret
from assistant.webhooks.webhooks import Webhooks
from bots.exchange.webhook_wording import webhook_sentences
from bots.wording import Sentences


def add(arguments: argparse.Namespace, settings: Settings, _words: Sentences) -> int:
    """Adds one and prints its secret."""
    secret = secrets.token_bytes(SECRET_BYTES)
    added = _webhooks(settings).add(arguments.name, arguments.url, secret, _actor(arguments), arguments.channel)
    print(webhook_sentences(settings.interface_language).added.format(number=added.number, secret=written_secret(secret)))
    return 0


def list_(arguments: argparse.Namespace, settings: Settings, _words: Sentences) -> int:
    """Lists them, a line or a JSON object each."""
    found = _webhooks(settings).all()
    if not found and not arguments.json:
        print(webhook_sentences(settings.interface_language).none)
    for one in found:
        told = {"number": one.number, "name": one.name, "url": one.url, "channel": one.channel, "made_at": one.made_at.isoformat()}
        print(json.dumps(told, ensure_ascii=False) if arguments.json else f"{one.number:>4} {one.name}  {one.url}  {one.channel or ''}")
    return 0


def end(arguments: argparse.Namespace, settings: Settings, _words: Sentences) -> int:
    """Ends one."""
    _webhooks(settings).end(arguments.number, _actor(arguments))
    print(webhook_sentences(settings.interface_language).ended.format(number=arguments.number))
    return 0


def send(_arguments: argparse.Namespace, settings: Settings, _words: Sentences) -> int:
    """Sends what is due."""
    sender, sent = webhook_sender(Parts(settings).feedback, f"command-{os.getpid()}"), 0
    while arrived := sender.send_due():
        sent += arrived
    print(webhook_sentences(settings.interface_language).sent.format(count=sent))
    return 0


def _webhooks(settings: Settings) -> Webhooks:
    desk = Parts(settings).feedback
    return Webhooks(desk.engine, desk.vault, desk.clock)


def _actor(arguments: argparse.Namespace) -> Actor:
    return Actor(arguments.as_, frozenset({Role.UNIT_ADMIN}))
