"""Arguments of the `dienhong feedback …` commands with which a sender and the officers write to each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bots.feedback.cli import Adds, Commands


def add_messages(feedback: Commands, command: Adds) -> None:
    """Adds the commands; `command` adds one by name, help and what runs it."""
    tell = command(feedback, "tell", "write to the senders of a recommendation", "feedback.messages_commands:tell")
    tell.add_argument("number", type=int)
    tell.add_argument("--text", required=True, help='in quotation marks, or "-" for standard input')
    tell.add_argument("--version", type=int, required=True, help="the version that was read")
    tell.add_argument("--as", dest="as_", default="command-line", metavar="NAME", help="who acts")
    tell.add_argument("--role", action="append", default=[], help="in which role; may be repeated (default: reviewer)")
    add = command(feedback, "add", "add something to a submission, as its sender", "feedback.messages_commands:add")
    add.add_argument("code", help="the tracking code")
    add.add_argument("text", nargs="?", default="-", help='in quotation marks; left out or "-": from standard input')
    add.add_argument("--id", default="", help="an id of the message: the same one twice is kept once")
