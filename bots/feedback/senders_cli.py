"""Arguments of the `dienhong feedback …` commands with which officers open files and learn how to reach senders."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bots.feedback.cli import Adds, Commands


def add_senders(feedback: Commands, command: Adds) -> None:
    """Adds the commands; `command` adds one by name, help and what runs it."""

    def act(name: str, help_text: str) -> argparse.ArgumentParser:
        parser = command(feedback, name, help_text, f"feedback.senders_commands:{name}")
        parser.add_argument("number", type=int)
        parser.add_argument("--as", dest="as_", default="command-line", metavar="NAME", help="who acts")
        parser.add_argument("--role", action="append", default=[], help="in which role; may be repeated (default: reviewer)")
        return parser

    claim = act("claim", "take a recommendation over: be its owner, and the one who screens it")
    claim.add_argument("--version", type=int, required=True, help="the version that was read")
    act("attachments", "list the files that came with it").add_argument("--json", action="store_true")
    attachment = act("attachment", "write a file that came with it; that it was opened is audited")
    attachment.add_argument("id", help="as the list names it")
    attachment.add_argument("--out", required=True, metavar="FILE", help="a file that is not there yet")
    contact = act("contact", "how its sender may be reached; that it was read is audited")
    contact.add_argument("--purpose", required=True, help="what for; kept as a note")
    contact.add_argument("--code", default=None, help="of which submission, where there are several")
    contact.add_argument("--json", action="store_true")
