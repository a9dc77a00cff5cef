"""`dienhong ask` and `dienhong chat`."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator

from assistant.answering.types import ANSWERING, Question
from assistant.answering.understand import cleaned
from assistant.bootstrap import Parts
from assistant.settings import Settings
from bots.contract import answer_json
from bots.preparation import prepared_answerer
from bots.render import answer_text
from bots.wording import EXIT_WORDS, Sentences
from corpus.days import today


def ask(arguments: argparse.Namespace, settings: Settings, words: Sentences) -> int:
    """Answers one question; exit code 0 if something answers it, else 1."""
    answerer = prepared_answerer(Parts(settings), words)
    answer = answerer.answer(Question(arguments.question, arguments.as_of or today()))
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
    """Answers each line of standard input; with a terminal it greets and prompts."""
    answerer = prepared_answerer(Parts(settings), words)
    interactive = sys.stdin.isatty()
    if interactive:
        print(words.chat_welcome)
    for line in _lines(words.chat_prompt if interactive else ""):
        if line.strip().lower() in EXIT_WORDS:
            break
        if line.strip():
            answer = answerer.answer(Question(line, arguments.as_of or today()))
            print(f"{answer_text(answer, words)}\n", flush=True)
    if interactive:
        print(words.chat_goodbye)
    return 0


def _lines(prompt: str) -> Iterator[str]:
    """Lines of standard input, however broken their encoding."""
    if prompt:
        import readline  # noqa: F401 - gives the prompt editing and history
    else:
        sys.stdin.reconfigure(errors="replace")  # type: ignore[union-attr]
    while True:
        try:
            yield input(prompt)
        except EOFError:
            return
