"""Arguments of `dienhong user …`."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bots.feedback.cli import Adds, Commands

_ROLES = "screener, reviewer, approver, unit_admin, sealed_officer, agency_liaison, deputy, auditor or admin; may be repeated"


def add_users(commands: Commands, command: Adds) -> None:
    """Adds the commands; `command` adds one by name, help and what runs it."""
    actions = commands.add_parser("user", help="who may sign in to the panel").add_subparsers(required=True, metavar="action")
    listed = command(actions, "list", "every account", "panel.commands:list_")
    listed.add_argument("--json", action="store_true")
    added = command(actions, "add", "invite somebody: prints the page where they choose a password", "panel.commands:add")
    added.add_argument("name", help="2 to 40 small letters, digits, dots and hyphens")
    added.add_argument("--title", default=None, help="as people read it (default: the name)")
    again = command(actions, "invite", "invite again: password and authenticator are gone", "panel.commands:invite")
    changed = command(actions, "roles", "give other roles", "panel.commands:roles")
    shut = command(actions, "shut", "let nobody sign in with it any more", "panel.commands:shut")
    reopened = command(actions, "reopen", "let it be used again", "panel.commands:reopen")
    for parser in (again, changed, shut, reopened):
        parser.add_argument("name")
    for parser in (added, changed):
        parser.add_argument("--role", action="append", default=[], help=_ROLES)
        parser.add_argument("--body", action="append", default=[], metavar="KEY", help="a body that a liaison speaks for; may be repeated")
