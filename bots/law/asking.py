"""`dienhong ask` and `dienhong chat`."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from assistant.answering.types import ANSWERING
from assistant.answering.understand import cleaned
from assistant.bootstrap import Parts
from assistant.settings import Settings
from assistant.understanding.routes import Route
from bots.law.contract import answer_json
from bots.law.preparation import prepared_answerer
from bots.law.render import answer_text
from bots.wording import EXIT_WORDS, Sentences
from corpus.days import today

if TYPE_CHECKING:
    from assistant.app import Asked, Assistant
    from assistant.dialogue.types import Clarification
    from assistant.responder import Responder


def ask(arguments: argparse.Namespace, settings: Settings, words: Sentences) -> int:
    """Answers one question; exit code 0 if something answers it, else 1."""
    from assistant.responder import Message

    parts = Parts(settings)
    responder = parts.responder(prepared_answerer(parts, words))
    answer = responder.respond(Message(arguments.question, today(), arguments.as_of))
    print(json.dumps(answer_json(answer, words), ensure_ascii=False, indent=2) if arguments.json else answer_text(answer, words))
    return 0 if answer.outcome in ANSWERING else 1


def search(arguments: argparse.Namespace, settings: Settings, words: Sentences) -> int:
    """Lists the groups found, each with how its score came about; exit code 0 if there is any, else 1."""
    from embeddings.vector_index import SearchFilter

    answerer = prepared_answerer(Parts(settings), words)
    day = arguments.as_of or today()
    where = SearchFilter(as_of=day if arguments.kind == "law" else None, kinds=(arguments.kind,))
    hits = answerer.retriever.retrieve(cleaned(arguments.text), k=arguments.k, where=where)
    for hit in hits:
        print(f"{answerer.library.title_of(hit.group, day)}\n    {hit.group}: {hit.explanation}")
    return 0 if hits else 1


def chat(arguments: argparse.Namespace, settings: Settings, words: Sentences) -> int:
    """A conversation, of which nothing is kept: on a terminal, or with the lines of a pipe as its turns."""
    parts = Parts(settings)
    responder = parts.responder(prepared_answerer(parts, words))
    _converse(parts.forgetful_assistant(responder), arguments.as_of, words)
    return 0


def answer_lines(arguments: argparse.Namespace, settings: Settings, words: Sentences) -> int:
    """Each line of standard input answered on its own."""
    parts = Parts(settings)
    responder = parts.responder(prepared_answerer(parts, words))
    _answer_each(_lines(""), responder, arguments.as_of, words)
    return 0


def _converse(assistant: Assistant, as_of: date | None, words: Sentences) -> None:
    from assistant.app import Asked
    from assistant.understanding.short_words import wants_erased

    is_terminal = sys.stdin.isatty()
    if is_terminal:
        print(words.chat_welcome)
    conversation = assistant.conversations.start("terminal").id
    for number, line in enumerate(_lines(words.chat_prompt if is_terminal else "")):
        if wants_erased(line):
            assistant.conversations.delete(conversation)
            conversation = assistant.conversations.start("terminal").id
            print(f"{words.chat_erased}\n", flush=True)
            continue
        print(f"{reply(assistant, Asked(conversation, str(number), line, as_of), words)}\n", flush=True)
    if is_terminal:
        print(words.chat_goodbye)


def reply(assistant: Assistant, asked: Asked, words: Sentences) -> str:
    """What a terminal says to a message: the answer and, where it asks back, that a number chooses.

    A number that no option has is no question: only how to choose is said, and what was asked back still waits.
    Raises `ConversationNotFound` where the conversation is unknown.
    """
    pending = assistant.conversations.pending(asked.conversation)
    choice = _chosen(pending, asked.text) if pending else None
    if pending and choice is None and _bare_number(asked.text).isdecimal():
        return words.choose_by_number
    turn = assistant.ask(replace(asked, choice=choice), lambda answer: answer_text(answer, words))
    answer = turn.answer.content if turn.answer else ""
    return f"{answer}\n{words.choose_by_number}" if assistant.conversations.pending(asked.conversation) else answer


def _chosen(pending: Clarification, line: str) -> str | None:
    """The option whose number `line` is, None where it is no such number."""
    option = {str(number): option for number, option in enumerate(pending.options, start=1)}.get(_bare_number(line))
    return option if option is None or option in set(Route) else f"{pending.what}:{option}"


def _bare_number(line: str) -> str:
    """ "1", typed as it is printed: "1."."""
    return line.strip().rstrip(".)")


def _answer_each(lines: Iterator[str], responder: Responder, as_of: date | None, words: Sentences) -> None:
    from assistant.responder import Message

    for line in lines:
        print(f"{answer_text(responder.respond(Message(line, today(), as_of)), words)}\n", flush=True)


def _lines(prompt: str) -> Iterator[str]:
    """Lines of standard input that say something, however broken their encoding, up to a word that ends the chat."""
    if prompt:
        import readline  # noqa: F401 - gives the prompt editing and history
    else:
        sys.stdin.reconfigure(errors="replace")  # type: ignore[union-attr]
    while True:
        try:
            line = input(prompt)
        except EOFError:
            return
        if line.strip().lower() in EXIT_WORDS:
            return
        if line.strip():
            yield line
