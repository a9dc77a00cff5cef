"""Arguments of `dienhong webhook …`."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bots.feedback.cli import Adds, Commands


def add_webhooks(commands: Commands, command: Adds) -> None:
    """Adds the commands; `command` adds one by name, help and what runs it."""
    actions = commands.add_parser("webhook", help="other systems that are told of recommendations").add_subparsers(
        required=True, metavar="action"
    )
    added = command(actions, "add", "tell an address of every step; prints the secret of its signatures", "exchange.webhook_commands:add")
    added.add_argument("name")
    added.add_argument("url")
    added.add_argument("--channel", default=None, help="only of recommendations with messages of this channel, with their ids")
    added.add_argument("--as", dest="as_", default="command-line", metavar="NAME", help="who acts")
    command(actions, "list", "who is told", "exchange.webhook_commands:list_").add_argument("--json", action="store_true")
    ended = command(actions, "end", "tell an address nothing more", "exchange.webhook_commands:end")
    ended.add_argument("number", type=int)
    ended.add_argument("--as", dest="as_", default="command-line", metavar="NAME", help="who acts")
    command(actions, "send", "send what waits; a running service does so by itself", "exchange.webhook_commands:send")
