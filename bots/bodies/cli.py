"""Arguments of `dienhong bodies …`."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bots.feedback.cli import Adds, Commands

_LEVELS = "commune, province or central"


def add_bodies(commands: Commands, command: Adds) -> None:
    """Adds the commands; `command` adds one by name, help and what runs it."""
    actions = commands.add_parser("bodies", help="the bodies that can act: names, days, successors").add_subparsers(
        required=True, metavar="action"
    )
    listed = command(actions, "list", "the bodies of a day", "bodies.commands:list_")
    listed.add_argument("--as-of", default=None, metavar="YYYY-MM-DD", help="the day (default: today)")
    listed.add_argument("--level", default=None, help=_LEVELS)
    listed.add_argument("--all", action="store_true", help="every name that any body ever had")
    listed.add_argument("--json", action="store_true")
    added = command(actions, "add", "add a body", "bodies.commands:add")
    added.add_argument("key", help="small letters, digits, dots and hyphens; settings of liaisons name it")
    added.add_argument("name", help='in Vietnamese; "{area}" in it stands for every area of the level')
    added.add_argument("--level", required=True, help=_LEVELS)
    added.add_argument("--area", default=None, metavar="UNIT", help="such as province:01 or commune:00454")
    added.add_argument("--from", dest="from_", default=None, metavar="YYYY-MM-DD", help="since when it has this name, where that is known")
    added.add_argument("--contact", default=None, help="where referrals are sent; an address of the body, nobody's own")
    renamed = command(actions, "rename", "give a body another name; the old one is kept with its days", "bodies.commands:rename")
    renamed.add_argument("key")
    renamed.add_argument("name")
    renamed.add_argument("--from", dest="from_", required=True, metavar="YYYY-MM-DD", help="the first day of the new name")
    for parser in (added, renamed):
        parser.add_argument("--name-en", default=None, metavar="NAME", help="in English")
    ended = command(actions, "end", "end a body", "bodies.commands:end")
    ended.add_argument("key")
    ended.add_argument("--on", dest="from_", required=True, metavar="YYYY-MM-DD", help="the first day on which it does not stand any more")
    ended.add_argument("--successor", action="append", default=[], metavar="KEY", help="who follows it; repeated where it is divided")
    for parser in (added, renamed, ended):
        parser.add_argument("--as", dest="as_", default="command-line", metavar="NAME", help="who acts")
        parser.add_argument("--role", action="append", default=[], help="in which role; may be repeated (default: unit_admin)")
