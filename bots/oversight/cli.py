"""Arguments of `dienhong oversight …`."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    Commands = argparse._SubParsersAction[argparse.ArgumentParser]
    Adds = Callable[[Commands, str, str, str], argparse.ArgumentParser]

# Arguments that are days.
OVERSIGHT_DAYS = ("starts_on", "ends_on", "sent_on", "answer_by", "on_day", "due_day")
_LEVEL = "commune, province or central"
_SUBJECT = 'a body that is supervised: "Sở Xây dựng" or "Sở Xây dựng@province:15"; may be repeated'
_RECORD = "the number of a citizens' recommendation it rests on; may be repeated"


def add_oversight(commands: Commands, command: Adds) -> None:
    """Adds the commands; `command` adds one by name, help and what runs it."""
    oversight = commands.add_parser("oversight", help="supervision and social critique: plan, recommend, follow up").add_subparsers(
        required=True, metavar="action"
    )
    parsers = [*_programmes(oversight, command), *_recommendations(oversight, command), *_critiques(oversight, command)]
    due = command(oversight, "due", "answers and six-month rounds that are due", "oversight.commands:due")
    _day(due, "--day", "due_day", "what is due by that day (default: today)")
    due.add_argument("--json", action="store_true")
    for parser in (*parsers, due, *_proposals(oversight, command)):
        parser.add_argument("--as", dest="as_", default="command-line", metavar="NAME", help="who acts")
        parser.add_argument("--role", action="append", default=[], help="in which role; may be repeated (default: reviewer)")


def _programmes(oversight: Commands, command: Adds) -> list[argparse.ArgumentParser]:
    programme = oversight.add_parser("programme", help="programmes of supervision").add_subparsers(required=True, metavar="action")
    added = command(programme, "add", "plan a programme", "oversight.commands:programme_add")
    added.add_argument("--level", required=True, help=_LEVEL)
    added.add_argument("--ground", required=True, help="petitions, media, coordination_programme, joint_programme, member_recommendation")
    added.add_argument("--record", type=int, action="append", default=[], help=_RECORD)
    _plan(added)
    listed = command(programme, "list", "list programmes", "oversight.commands:programme_list")
    listed.add_argument("--year", type=int, default=None)
    listed.add_argument("--level", default=None, help=_LEVEL)
    listed.add_argument("--status", default=None, help="planned, running, ended or cancelled")
    _pages(listed)
    shown = _shown(programme, command, "a programme with all that belongs to it", "oversight.commands:programme_show")
    moved = command(programme, "move", "lead a programme to another status", "oversight.commands:programme_move")
    _numbered(moved)
    moved.add_argument("to", help="running, ended or cancelled")
    moved.add_argument("--reason", default=None, help="why it is cancelled")
    extended = command(programme, "extend", "add bodies and recommendations to a programme", "oversight.commands:programme_extend")
    _numbered(extended)
    extended.add_argument("--subject", action="append", default=[], help=_SUBJECT)
    extended.add_argument("--record", type=int, action="append", default=[], help=_RECORD)
    return [added, listed, shown, moved, extended]


def _recommendations(oversight: Commands, command: Adds) -> list[argparse.ArgumentParser]:
    sent = command(oversight, "recommend", "keep what was recommended to a body", "oversight.commands:recommend")
    sent.add_argument("--programme", type=int, default=None, metavar="NUMBER", help="after this supervision")
    sent.add_argument("--critique", type=int, default=None, metavar="NUMBER", help="in this critique")
    sent.add_argument("--to", required=True, metavar="BODY")
    _text(sent)
    _day(sent, "--sent", "sent_on", "the day it was sent (default: today)")
    _day(sent, "--answer-by", "answer_by", "by when an answer is asked for")
    shown = _shown(oversight, command, "a recommendation of the Front with answers and rounds", "oversight.commands:recommendation_show")
    answered = command(oversight, "answer", "keep an answer of the body", "oversight.commands:answer")
    _numbered(answered)
    answered.add_argument("--position", required=True, help="answered, accepted, partly, refused or carried_out")
    _text(answered)
    _day(answered, "--on", "on_day", "the day of the answer (default: today)")
    followed = command(oversight, "follow", "keep what was found when somebody looked after it", "oversight.commands:follow")
    _numbered(followed)
    _text(followed)
    _day(followed, "--on", "on_day", "the day on which somebody looked (default: today)")
    return [sent, shown, answered, followed]


def _critiques(oversight: Commands, command: Adds) -> list[argparse.ArgumentParser]:
    critique = oversight.add_parser("critique", help="social critique of drafts").add_subparsers(required=True, metavar="action")
    added = command(critique, "add", "take a draft in", "oversight.commands:critique_add")
    for name in ("--title", "--drafter", "--issuer", "--holder"):
        added.add_argument(name, required=True)
    added.add_argument("--draft-number", default=None)
    added.add_argument("--level", required=True, help=_LEVEL)
    added.add_argument("--form", required=True, help="conference, written_opinions or dialogue")
    added.add_argument(
        "--ground", required=True, help="coordination_programme, drafting_programme, member_recommendation or agency_request"
    )
    added.add_argument("--record", type=int, action="append", default=[], help="a citizens' recommendation about its matter")
    listed = command(critique, "list", "list critiques", "oversight.commands:critique_list")
    listed.add_argument("--level", default=None, help=_LEVEL)
    _pages(listed)
    shown = _shown(critique, command, "a critique with its texts", "oversight.commands:critique_show")
    sent = command(critique, "opinion", "keep the opinion that was sent", "oversight.commands:critique_opinion")
    answered = command(critique, "response", "keep what the drafting body made of it", "oversight.commands:critique_response")
    for parser in (sent, answered):
        _numbered(parser)
        _day(parser, "--on", "on_day", "the day of it (default: today)")
    _text(sent)
    answered.add_argument("--result", required=True, help="taken_in, partly, explained or no_answer")
    answered.add_argument("--text", default="", help='in quotation marks, or "-" for standard input')
    return [added, listed, shown, sent, answered]


def _proposals(oversight: Commands, command: Adds) -> list[argparse.ArgumentParser]:
    proposed = command(oversight, "propose", "topics for supervision from recommendations of citizens", "oversight.commands:propose")
    proposed.add_argument("--json", action="store_true")
    accepted = command(oversight, "accept", "plan a programme of a proposed topic", "oversight.commands:accept")
    accepted.add_argument("key", help="of the topic, as `propose` prints it")
    _plan(accepted)
    for parser in (proposed, accepted):
        _day(parser, "--from", "from_", "first day of the period (default: a year before its last day)")
        _day(parser, "--to", "to_day", "last day of the period (default: today)")
    return [proposed, accepted]


def _plan(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--year", type=int, required=True)
    parser.add_argument("--holder", required=True, help="who holds it")
    parser.add_argument("--title", required=True)
    parser.add_argument("--form", required=True, help="document_review, delegation, community_boards or joint")
    parser.add_argument("--subject", action="append", default=[], help=_SUBJECT)
    _day(parser, "--starts", "starts_on", "its first day")
    _day(parser, "--ends", "ends_on", "its last day")


def _shown(commands: Commands, command: Adds, help_text: str, run: str) -> argparse.ArgumentParser:
    parser = command(commands, "show", help_text, run)
    parser.add_argument("number", type=int)
    parser.add_argument("--json", action="store_true")
    return parser


def _pages(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--after", type=int, default=0, metavar="NUMBER")
    parser.add_argument("--limit", type=int, default=50)
    parser.add_argument("--json", action="store_true")


def _numbered(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("number", type=int)
    parser.add_argument("--version", type=int, required=True, help="the version that was read")


def _text(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--text", required=True, help='in quotation marks, or "-" for standard input')


def _day(parser: argparse.ArgumentParser, name: str, dest: str, help_text: str) -> None:
    parser.add_argument(name, dest=dest, default=None, metavar="YYYY-MM-DD", help=help_text)
