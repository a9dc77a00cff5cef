"""Arguments of `dienhong answers …`: the review queue of answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bots.feedback.cli import Adds, Commands


def add_answers(commands: Commands, command: Adds) -> None:
    """Adds the commands; `command` adds one by name, help and what runs it."""
    actions = commands.add_parser("answers", help="what people say is wrong with answers").add_subparsers(required=True, metavar="action")
    queue = command(actions, "queue", "list what nobody has looked at yet, oldest first", "answer_review.commands:queue")
    queue.add_argument("--done", action="store_true", help="list what was looked at instead")
    queue.add_argument("--after", type=int, default=0, metavar="NUMBER", help="only numbers above this one")
    queue.add_argument("--limit", type=int, default=50, metavar="N", help="how many at most (default: 50)")
    queue.add_argument("--json", action="store_true", help="a JSON object a line")
    finish = command(actions, "finish", "say that one was looked at", "answer_review.commands:finish")
    finish.add_argument("number", type=int)
