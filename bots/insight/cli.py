"""Arguments of `dienhong themes …`, `dienhong bill …` and of the reports besides the session report."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bots.feedback.cli import Adds, Commands

_ISSUER = "Ủy ban Trung ương Mặt trận Tổ quốc Việt Nam"


def add_insight(commands: Commands, command: Adds) -> None:
    """Adds `themes` and `bill`; `command` adds one by name, help and what runs it."""
    themes = commands.add_parser("themes", help="what many letters of a period say").add_subparsers(required=True, metavar="action")
    _add_runs(themes, command)
    _add_choosing(themes, command)
    bills = commands.add_parser("bill", help="bills, and the recommendations about them").add_subparsers(required=True, metavar="action")
    _add_bills(bills, command)


def add_reports(report: Commands, command: Adds) -> None:
    """Adds `report bill | deputy | week | scoreboard | verify`."""
    bill = command(report, "bill", "what people said on a bill", "insight.commands:bill_pack")
    bill.add_argument("bill", metavar="NUMBER", help="the number that the bill was added with")
    deputy = command(report, "deputy", "what people of a deputy's province sent", "insight.commands:deputy_pack")
    deputy.add_argument("--province", required=True, help="the province of today, with or without marks")
    week = command(report, "week", "the digest of a week", "insight.commands:week_digest")
    week.add_argument("--ending", dest="to_day", default=None, metavar="YYYY-MM-DD", help="its last day (default: last Sunday)")
    board = command(report, "scoreboard", "how bodies answer, never a ranking of people", "insight.commands:scoreboard")
    for parser in (bill, deputy, board):
        parser.add_argument("--from", dest="from_", default=None, metavar="YYYY-MM-DD", help="first day (default: a year before the last)")
        parser.add_argument("--to", dest="to_day", default=None, metavar="YYYY-MM-DD", help="last day (default: today)")
    for parser in (bill, deputy, week, board):
        parser.add_argument("--out", required=True, metavar="FILE", help="the document (.docx)")
        parser.add_argument("--issuer", default=_ISSUER)
        parser.add_argument("--place", default="Hà Nội")
        parser.add_argument("--signer-title", default="CHỦ TỊCH")
        _add_actor(parser)
    verify = command(report, "verify", "count the numbers of a kept report anew", "insight.commands:verify")
    verify.add_argument("number", type=int)


def _add_runs(themes: Commands, command: Adds) -> None:
    run = command(themes, "run", "look for themes in what came in a period", "insight.commands:themes_run")
    run.add_argument("--from", dest="from_", required=True, metavar="YYYY-MM-DD", help="first day of the period")
    run.add_argument("--to", dest="to_day", required=True, metavar="YYYY-MM-DD", help="last day of the period")
    run.add_argument("--seed", type=int, default=1)
    _add_actor(run)
    _add_actor(command(themes, "list", "list runs", "insight.commands:themes_list"))
    show = command(themes, "show", "the candidates of a run and what is chosen of them", "insight.commands:themes_show")
    show.add_argument("run_number", type=int, metavar="RUN")
    show.add_argument("--letters", action="store_true", help="also the numbers of the submissions of each theme")
    _add_actor(show)


def _add_choosing(themes: Commands, command: Adds) -> None:
    def act(name: str, help_text: str) -> argparse.ArgumentParser:
        parser = command(themes, name, help_text, f"insight.commands:themes_{name}")
        parser.add_argument("run_number", type=int, metavar="RUN")
        parser.add_argument("--version", type=int, required=True, help="the version that was read, 0 where nothing is chosen")
        _add_actor(parser)
        return parser

    for name, help_text in (("choose", "take a candidate in under a title"), ("rename", "give a chosen theme another title")):
        parser = act(name, help_text)
        parser.add_argument("key")
        parser.add_argument("title")
    merge = act("merge", "make several chosen themes one, under the key of the first")
    merge.add_argument("keys", nargs="+", metavar="key")
    merge.add_argument("--title", required=True)
    act("drop", "take a chosen theme out").add_argument("key")
    move = act("move", "put one submission into another chosen theme")
    move.add_argument("letter", type=int, help="its number, of `themes show RUN --letters`")
    move.add_argument("--to", dest="to_key", default=None, metavar="KEY", help="(default: into none)")
    act("back", "take up an earlier version again").add_argument("to_version", type=int, metavar="VERSION")


def _add_bills(bills: Commands, command: Adds) -> None:
    add = command(bills, "add", "add a bill", "insight.commands:bill_add")
    add.add_argument("bill", metavar="NUMBER")
    add.add_argument("title", help='such as "Luật Đất đai (sửa đổi)"')
    add.add_argument("--kind", default="law", help="law, ordinance or resolution (default: law)")
    add.add_argument("--session", default="", help='such as "kỳ họp thứ hai, Quốc hội khóa XVI"')
    add.add_argument("--url", default="")
    add.add_argument("--changes", action="append", default=[], metavar="DOCUMENT", help="such as 31/2024/QH15; may be repeated")
    listed = command(bills, "list", "list bills", "insight.commands:bill_list")
    suggest = command(bills, "suggest", "have a machine look for recommendations about a bill", "insight.commands:bill_suggest")
    links = command(bills, "links", "the recommendations of a bill", "insight.commands:bill_links")
    decide = command(bills, "decide", "say whether a recommendation is about a bill", "insight.commands:bill_decide")
    for parser in (suggest, links, decide):
        parser.add_argument("bill", metavar="NUMBER")
    decide.add_argument("recommendation", type=int)
    decide.add_argument("--not", dest="is_not", action="store_true", help="it is not about the bill")
    for parser in (add, listed, suggest, links, decide):
        _add_actor(parser)


def _add_actor(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--as", dest="as_", default="command-line", metavar="NAME", help="who acts")
    parser.add_argument("--role", action="append", default=[], help="in which role; may be repeated (default: reviewer)")
