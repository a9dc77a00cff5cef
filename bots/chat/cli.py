"""Arguments of `dienhong chats …`."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bots.feedback.cli import Adds, Commands


def add_chats(commands: Commands, command: Adds) -> None:
    """Adds the commands; `command` adds one by name, help and what runs it."""
    actions = commands.add_parser("chats", help="look after what failed in chats").add_subparsers(required=True, metavar="action")
    listed = command(actions, "parked", "list what could not be handled or read; never what it says", "chat.commands:parked")
    listed.add_argument("--json", action="store_true")
    again = command(actions, "retry", "have it handled or read once more", "chat.commands:retry")
    which = again.add_mutually_exclusive_group(required=True)
    which.add_argument("key", nargs="*", default=[], metavar="KEY", help="as `parked` lists it")
    which.add_argument("--all", action="store_true", help="everything that is parked")
    again.add_argument("--as", dest="as_", default="command-line", metavar="NAME", help="who acts")
