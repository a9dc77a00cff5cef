"""Arguments of the `dienhong feedback …` commands with which reviewers work on one recommendation."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from bots.feedback.cli import Adds, Commands

_FACTS = ("kind", "field", "level", "area", "body", "title", "statement")


def add_casework(feedback: Commands, command: Adds) -> None:
    """Adds the commands; `command` adds one by name, help and what runs it."""

    def act(name: str, help_text: str) -> argparse.ArgumentParser:
        parser = command(feedback, name, help_text, f"feedback.casework_commands:{name}")
        parser.add_argument("number", type=int)
        parser.add_argument("--as", dest="as_", default="command-line", metavar="NAME", help="who acts")
        parser.add_argument("--role", action="append", default=[], help="in which role; may be repeated (default: reviewer)")
        return parser

    def change(name: str, help_text: str) -> argparse.ArgumentParser:
        parser = act(name, help_text)
        parser.add_argument("--version", type=int, required=True, help="the version that was read")
        return parser

    act("file", "everything that was done about a recommendation, as JSON")
    settle = change("settle", "settle what it is; what is left out stays")
    for name in _FACTS:
        settle.add_argument(f"--{name}", default=None)
    change("merge", "join it to another").add_argument("into", type=int)
    change("unmerge", "undo a join").add_argument("--to", required=True, help="the state it goes on in")
    _add_linking(act, change)
    split = change("split", "open recommendations for parts of a mixed message")
    split.add_argument("code", help="the tracking code of the submission")
    split.add_argument("--part", action="append", default=[], metavar="FIRST:LAST", help="characters of the text; may be repeated")
    redact = change("redact", "confirm what may be shown of each submission")
    redact.add_argument("--text", action="append", default=[], metavar="CODE=TEXT", help="may be repeated")
    redact.add_argument("--despite-found", action="store_true", help="what a machine takes for personal data may stay")
    _add_answering(change)


def _add_linking(act: Callable[[str, str], argparse.ArgumentParser], change: Callable[[str, str], argparse.ArgumentParser]) -> None:
    act("links", "what supports it, opposes it or is near it, and how many people do, as JSON")
    link = change("link", "say that a submission supports it, opposes it or is near it; prints the numbers of the links as JSON")
    link.add_argument("kind", help="supports, opposes or related")
    sent = link.add_mutually_exclusive_group(required=True)
    sent.add_argument("--code", default=None, help="the tracking code of the submission")
    sent.add_argument("--matter", type=int, default=None, metavar="NUMBER", help="everything that this recommendation carries")
    link.add_argument("--reason", required=True)
    change("unlink", "undo such a link").add_argument("link", type=int, help="its number, as `links` tells it")


def _add_answering(change: Callable[[str, str], argparse.ArgumentParser]) -> None:
    answer = change("answer", "draft an answer")
    answer.add_argument("text", help='in quotation marks, or "-" for standard input')
    answer.add_argument("--resolution", required=True, help="settled, being_studied or explained")
    answer.add_argument("--cite", action="append", default=[], metavar="PROVISION", help="such as 45/2019/QH14@36.1; may be repeated")
    answer.add_argument("--done-by", default=None, metavar="YYYY-MM-DD", help="by when what is promised will be done")
    change("approve", "approve the newest draft").add_argument("--reason", default="", help="why, in spite of what `lint` finds")
    change("publish", "let everybody see it with its answer")
    refer = change("refer", "send it to the body that can act")
    refer.add_argument("body")
    refer.add_argument("--basis", action="append", default=[], metavar="PROVISION")
    refer.add_argument("--note", default="")
