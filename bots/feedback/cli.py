"""Arguments of `dienhong feedback …`."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from bots.exchange.cli import add_exchange
from bots.feedback.casework_cli import add_casework
from bots.feedback.followup_cli import add_followup
from bots.feedback.messages_cli import add_messages
from bots.feedback.senders_cli import add_senders
from bots.insight.cli import add_reports

if TYPE_CHECKING:
    from collections.abc import Callable

    Commands = argparse._SubParsersAction[argparse.ArgumentParser]
    Adds = Callable[[Commands, str, str, str], argparse.ArgumentParser]


def add_feedback(commands: Commands, command: Adds) -> None:
    """Adds the commands; `command` adds one by name, help and what runs it."""
    feedback = commands.add_parser("feedback", help="what citizens send: take in, read, answer").add_subparsers(
        required=True, metavar="action"
    )
    _add_for_citizens(feedback, command)
    _add_for_reviewers(feedback, command)
    add_casework(feedback, command)
    add_followup(feedback, command)
    add_messages(feedback, command)
    add_senders(feedback, command)
    add_exchange(feedback, command)
    classify = command(feedback, "classify", "what a machine thinks of a text; nothing is kept", "feedback.commands:classify")
    classify.add_argument("text", help='in quotation marks, or "-" for standard input')
    classify.add_argument("--json", action="store_true")
    command(feedback, "work", "read what waits", "feedback.commands:work")
    command(feedback, "daily", "reminders and escalations of today; closes what is no longer answered", "feedback.commands:daily")
    command(feedback, "verify-audit", "hold every audit event against its hash", "feedback.commands:verify")
    rotated = command(feedback, "rotate-keys", "seal everything with a new key", "feedback.commands:rotate")
    rotated.add_argument("--drop-old", action="store_true", help="after every service was restarted: forget the keys before")
    command(feedback, "train", "learn kind, field and level from reviewers' decisions", "feedback.commands:train")
    command(feedback, "purge", "remove contacts past their retention", "feedback.commands:purge")


def add_report(commands: Commands, command: Adds) -> None:
    """Adds `report session`."""
    report = commands.add_parser("report", help="reports as documents").add_subparsers(required=True, metavar="action")
    session = command(report, "session", "the Front's report to a session of the National Assembly", "insight.report_commands:session")
    session.add_argument("--from", dest="from_", required=True, metavar="YYYY-MM-DD", help="first day of the period")
    session.add_argument("--to", dest="to_day", required=True, metavar="YYYY-MM-DD", help="last day of the period")
    session.add_argument("--out", required=True, metavar="FOLDER", help="where report.docx and annex.xlsx are written")
    session.add_argument("--opens", default=None, metavar="YYYY-MM-DD", help="the day the session opens (default: --to)")
    session.add_argument("--number", default="thứ …", help='which session, in words: "thứ hai"')
    session.add_argument("--legislature", default="XVI", help="which National Assembly, in Roman numerals")
    session.add_argument("--issuer", default="Ủy ban Trung ương Mặt trận Tổ quốc Việt Nam")
    session.add_argument("--place", default="Hà Nội")
    session.add_argument("--signer-title", default="CHỦ TỊCH")
    add_reports(report, command)


def _add_for_citizens(feedback: Commands, command: Adds) -> None:
    submit = command(feedback, "submit", "take a submission in", "feedback.commands:submit")
    submit.add_argument("text", help='in quotation marks, or "-" for standard input')
    submit.add_argument("--agree", action="store_true", help="the sender has read the notice and agrees")
    submit.add_argument("--id", default="", help="an id of the message: the same one twice is kept once")
    submit.add_argument("--name", default="")
    submit.add_argument("--phone", default="")
    for name, help_text in (("withdraw", "take a submission back"), ("erase", "delete what was written in a submission")):
        command(feedback, name, help_text, f"feedback.commands:{name}").add_argument("code")


def _add_for_reviewers(feedback: Commands, command: Adds) -> None:
    show = command(feedback, "show", "how a submission stands, or a recommendation with its texts", "feedback.commands:show")
    show.add_argument("which", help="a tracking code, or the number of a recommendation")
    listed = command(feedback, "list", "list recommendations", "feedback.commands:list_")
    listed.add_argument("--state", action="append", default=[], help="only in this state; may be repeated")
    for facet in ("kind", "field", "level", "urgency"):
        listed.add_argument(f"--{facet}", action="append", default=[], help="may be repeated")
    listed.add_argument("--owner", default=None, metavar="NAME", help="who works on it: a name, me or nobody")
    listed.add_argument("--area", default=None, metavar="UNIT", help="commune:00454, or province:01 with its communes")
    listed.add_argument("--overdue", action="store_true", help="only with a deadline that has passed")
    listed.add_argument("--unread", action="store_true", help="only with messages of senders that nobody has read")
    listed.add_argument("--order", default="number", help="number, newest, oldest, due, or urgency (default: number)")
    listed.add_argument("--after", type=int, default=0, metavar="NUMBER", help="only larger numbers")
    listed.add_argument("--cursor", default=None, help="from where on: what the page before ended with")
    listed.add_argument("--limit", type=int, default=50)
    listed.add_argument("--json", action="store_true")
    move = command(feedback, "move", "lead a recommendation to another state", "feedback.commands:move")
    move.add_argument("number", type=int)
    move.add_argument("to", help="the state")
    move.add_argument("--version", type=int, required=True, help="the version that was read")
    move.add_argument("--reason", default=None)
    move.add_argument("--note", default=None)
    due = command(feedback, "due", "deadlines that are near or over", "feedback.commands:due")
    due.add_argument("--within", type=int, default=7, metavar="DAYS", help="working days (default: 7)")
    for parser in (show, listed, move, due):
        parser.add_argument("--as", dest="as_", default="command-line", metavar="NAME", help="who acts")
        parser.add_argument("--role", action="append", default=[], help="in which role; may be repeated (default: reviewer)")
