"""`dienhong answers …`: the review queue of answers."""

from __future__ import annotations

import argparse
import json
import sys

from assistant.bootstrap import Parts
from assistant.dialogue.errors import FeedbackNotFound
from assistant.dialogue.types import Feedback, FeedbackState
from assistant.settings import Settings
from bots.answer_review.answers_json import opinion_json
from bots.answer_review.wording import AnswersSentences, answers_sentences
from bots.law.render import day
from bots.wording import Sentences


def queue(arguments: argparse.Namespace, settings: Settings, _words: Sentences) -> int:
    """Lists entries by number; exit code 0 also where there are none."""
    state = FeedbackState.DONE if arguments.done else FeedbackState.OPEN
    words = answers_sentences(settings.interface_language)
    found = Parts(settings).answer_feedback.queue(state, arguments.after, max(1, arguments.limit))
    if not found and not arguments.json:
        print(words.none)
    for one in found:
        print(json.dumps(opinion_json(one), ensure_ascii=False) if arguments.json else _line(one, words))
    return 0


def finish(arguments: argparse.Namespace, settings: Settings, _words: Sentences) -> int:
    """Takes one out of the queue; exit code 3 where there is none with this number."""
    words = answers_sentences(settings.interface_language)
    try:
        done = Parts(settings).answer_feedback.finish(arguments.number)
    except FeedbackNotFound as error:
        print(words.unknown.format(number=error.feedback), file=sys.stderr)
        return 3
    print(words.finished.format(number=done.id))
    return 0


def _line(one: Feedback, words: AnswersSentences) -> str:
    about = f"  {one.provision}" if one.provision else ""
    note = f"\n     {' '.join(one.note.split())}" if one.note else ""
    return f"{one.id:>4} {day(one.created_at.date())}  {words.kinds[one.kind]}{about}{note}"
