"""Arguments of the `dienhong feedback …` commands about answers that hold and what comes after them."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bots.feedback.cli import Adds, Commands


def add_followup(feedback: Commands, command: Adds) -> None:
    """Adds the commands; `command` adds one by name, help and what runs it."""

    def act(name: str, help_text: str) -> argparse.ArgumentParser:
        parser = command(feedback, name, help_text, f"feedback.followup_commands:{name}")
        parser.add_argument("number", type=int)
        parser.add_argument("--as", dest="as_", default="command-line", metavar="NAME", help="who acts")
        parser.add_argument("--role", action="append", default=[], help="in which role; may be repeated (default: reviewer)")
        return parser

    act("lint", "what the newest draft of an answer lacks").add_argument("--json", action="store_true")
    note = act("note", "add a note for other officers, or list the notes")
    note.add_argument("text", nargs="?", default=None, help='in quotation marks, or "-" for standard input; left out: list them')
    slip = act("slip", "write the referral slip as a document")
    slip.add_argument("--out", required=True, metavar="FILE", help="a .docx file")
    slip.add_argument("--issuer", default="Ủy ban Trung ương Mặt trận Tổ quốc Việt Nam")
    slip.add_argument("--place", default="Hà Nội")
    slip.add_argument("--document-number", default="", help="left out: the form leaves room for it")
    slip.add_argument("--signer-title", default="TM. BAN THƯỜNG TRỰC")
    slip.add_argument("--signer-name", default="")
    _add_survey(feedback, command)


def _add_survey(feedback: Commands, command: Adds) -> None:
    survey = command(feedback, "survey", "say as the sender whether the answer helped", "feedback.followup_commands:survey")
    survey.add_argument("code", help="the tracking code")
    survey.add_argument("verdict", choices=("good", "partly", "bad"))
    survey.add_argument("--words", default="", help="in your own words")
    survey.add_argument("--ask-again", action="store_true", help="also ask for a review")
    figures = command(feedback, "surveys", "how senders found the answers of a period", "feedback.followup_commands:surveys")
    figures.add_argument("--from", dest="from_", required=True, metavar="YYYY-MM-DD", help="first day of the period")
    figures.add_argument("--to", dest="to_day", required=True, metavar="YYYY-MM-DD", help="last day of the period")
    figures.add_argument("--json", action="store_true")
    command(feedback, "ask-surveys", "ask the senders who were told an answer; each once", "feedback.followup_commands:ask_surveys")
