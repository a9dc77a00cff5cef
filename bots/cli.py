"""The command `dienhong`: ask, chat, corpus, index, eval. Heavy parts are imported by the command that needs them."""

from __future__ import annotations

import argparse
import gc
import logging
import os
import sys
from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from bots.answer_review.cli import add_answers
from bots.bodies.cli import add_bodies
from bots.chat.cli import add_chats
from bots.exchange.cli import add_open_data
from bots.exchange.webhook_cli import add_webhooks
from bots.feedback.cli import add_feedback, add_report
from bots.insight.cli import add_insight
from bots.oversight.cli import OVERSIGHT_DAYS, add_oversight
from bots.panel.cli import add_users
from bots.wording import Sentences, sentences

if TYPE_CHECKING:
    from assistant.settings import Settings

log = logging.getLogger(__name__)

Command = Callable[[argparse.Namespace, "Settings", Sentences], int]
_ONE_ANSWER = "law.asking:ask"
_MEASURES = "eval:"
# Arguments that are days.
_DAYS = ("as_of", "from_", "to_day", "opens", "done_by", *OVERSIGHT_DAYS)


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; returns the exit code: 0 done, 1 the answer is no, 2 wrong input, 3 cannot go on, 130 interrupted."""
    parsed = parser().parse_args(arguments)
    if not parsed.run.startswith(_MEASURES):
        # Read when numpy is loaded. One product takes microseconds, but its threads of several processes wait for each other: with two
        # answering processes half as many answers a second (docs/measurements.md).
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    if parsed.run == _ONE_ANSWER:
        # One answer makes no garbage worth looking for; looking for it was a tenth of the whole start.
        gc.disable()
    words = sentences("")
    try:
        settings = _settings()
        words = sentences(settings.interface_language)
        return _run(parsed, settings, words)
    except KeyboardInterrupt:
        print(f"\n{words.interrupted}", file=sys.stderr)
        return 130
    except BrokenPipeError:
        # The reader of our output has gone (dienhong … | head); the interpreter must not flush to it on its way out.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:  # noqa: BLE001 - the outermost loop of the process: everything ends in a sentence
        return _explained(error, words)
    finally:
        gc.enable()


def _settings() -> Settings:
    from assistant.settings import Settings
    from bots.logs import configure_logs

    settings = Settings()
    configure_logs(settings.log_level)
    return settings


def _run(parsed: argparse.Namespace, settings: Settings, words: Sentences) -> int:
    for name in _DAYS:
        typed = getattr(parsed, name, None)
        try:
            setattr(parsed, name, date.fromisoformat(typed) if typed is not None else None)
        except ValueError:
            print(words.bad_date.format(text=typed), file=sys.stderr)
            return 2
    code = _load(parsed.run)(parsed, settings, words)
    # What is still in the buffer must fail here, where a reader that has gone is no error.
    sys.stdout.flush()
    return code


def _explained(error: Exception, words: Sentences) -> int:
    from bots.law.explain import explain

    sentence = explain(error, words)
    print(sentence or words.unexpected.format(kind=type(error).__name__), file=sys.stderr)
    if sentence is None:
        log.error("command failed", exc_info=error)
    return 3


def _load(name: str) -> Command:
    """The function behind `module:function`; modules of `bots`, or the measurements, which know nothing of channels."""
    from importlib import import_module

    module, _, function = name.partition(":")
    if module == "eval":
        return _measuring(function)
    return getattr(import_module(f"bots.{module}"), function)  # type: ignore[no-any-return]


def _measuring(function: str) -> Command:
    """A measurement of the product as people see it: it is handed the answerer and the words shown, and looks up nothing here."""

    def run(arguments: argparse.Namespace, settings: Settings, words: Sentences) -> int:
        from importlib import import_module

        from assistant.bootstrap import Parts
        from bots.law.preparation import prepared_answerer, progress_bar
        from bots.law.render import answer_text

        commands = import_module("eval.commands")
        parts = Parts(settings)
        product = commands.Product(
            parts, lambda: prepared_answerer(parts, words), lambda answer: answer_text(answer, words), lambda: progress_bar(words)
        )
        try:
            print(getattr(commands, function)(arguments, product))
        except commands.EvalError as error:
            print(words.bad_file.format(reason=error), file=sys.stderr)
            return 2
        return 0

    return run


def parser() -> argparse.ArgumentParser:
    """What can be typed after `dienhong`; days stay text here, they are judged in the language of the interface."""
    whole = argparse.ArgumentParser(prog="dienhong", description="Ask Vietnamese law and get the exact clause.")
    commands = whole.add_subparsers(required=True, metavar="command")
    _add_asking(commands)
    _add_corpus(commands)
    _add_index(commands)
    _add_conversations(commands)
    add_answers(commands, _command)
    add_feedback(commands, _command)
    add_bodies(commands, _command)
    add_report(commands, _command)
    add_oversight(commands, _command)
    add_users(commands, _command)
    add_chats(commands, _command)
    add_insight(commands, _command)
    add_open_data(commands, _command)
    add_webhooks(commands, _command)
    _add_eval(commands)
    return whole


def _add_asking(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    ask = _command(commands, "ask", "answer one question", _ONE_ANSWER)
    ask.add_argument("question", help="in quotation marks; with or without marks")
    ask.add_argument("--as-of", default=None, metavar="YYYY-MM-DD", help="the law in force on that day (default: today)")
    ask.add_argument("--json", action="store_true", help="print the JSON of docs/answer.schema.json")
    search = _command(commands, "search", "list what is found for a text and how each score came about", "law.asking:search")
    search.add_argument("text", help="in quotation marks; with or without marks")
    search.add_argument("--as-of", default=None, metavar="YYYY-MM-DD", help="the law in force on that day (default: today)")
    search.add_argument("--kind", choices=("law", "procedure"), default="law", help="what to search (default: law)")
    search.add_argument("-k", type=positive_number, default=10, metavar="N", help="how many (default: 10)")
    serve = _command(commands, "serve", "answer in the browser and over HTTP", "serving:serve")
    serve.add_argument("--host", default=None, help="address to listen on (default: DIENHONG_HOST, else 127.0.0.1)")
    serve.add_argument("--port", type=positive_number, default=None, help="port (default: DIENHONG_PORT, else 8000)")
    _command(commands, "run", "serve, or answer each line where lines are piped in", "serving:run").set_defaults(
        as_of=None, host=None, port=None
    )
    chat = _command(commands, "chat", "ask one question after another", "law.asking:chat")
    chat.add_argument("--as-of", default=None, metavar="YYYY-MM-DD")


def _add_corpus(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    corpus = commands.add_parser("corpus", help="import and look at the law and the procedures").add_subparsers(
        required=True, metavar="action"
    )
    imported = _command(corpus, "import", "import codes, procedures, or a file or folder", "law.corpus_commands:import_")
    imported.add_argument("source", help="codes | procedures | a codification (zip, folder) | procedures of the portal (.jsonl, .jsonl.gz)")
    imported.add_argument("--words-only", action="store_true", help="do not index meaning now; `dienhong index build` does it later")
    listed = _command(corpus, "list", "list documents", "law.corpus_commands:list_")
    listed.add_argument("--procedures", action="store_true", help="list procedures instead")
    shown = _command(corpus, "show", "show a document, article, clause or procedure", "law.corpus_commands:show")
    shown.add_argument("provision", help="45/2019/QH14@36.1.a, or in words: khoản 1 Điều 36 Bộ luật Lao động")
    shown.add_argument("--as-of", default=None, metavar="YYYY-MM-DD")
    status = _command(corpus, "status", "sizes, sources and failures", "law.corpus_commands:status")
    status.add_argument("--failures", action="store_true", help="list everything that could not be imported")


def _add_index(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    index = commands.add_parser("index", help="make what search needs").add_subparsers(required=True, metavar="action")
    build = _command(index, "build", "bring the index up to the corpus; resumable", "law.index_commands:build")
    build.add_argument("--words-only", action="store_true", help="leave out meaning")
    package = _command(index, "package", "write the vectors of the default corpus into the source tree", "law.index_commands:package")
    package.set_defaults(hidden=True)


def _add_conversations(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    conversations = commands.add_parser("conversations", help="look after what is kept of conversations").add_subparsers(
        required=True, metavar="action"
    )
    _command(conversations, "expire", "remove texts past their retention; a running service does so every hour", "serving:expire")


def _add_eval(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    evaluation = commands.add_parser("eval", help="measure search and answers").add_subparsers(required=True, metavar="action")
    retrieval = _command(evaluation, "retrieval", "measure search on a folder of questions", "eval:retrieval")
    retrieval.add_argument("directory", help="with corpus.jsonl, queries.jsonl and qrels.tsv")
    retrieval.add_argument("--json", action="store_true")
    _add_eval_answers(evaluation)
    calibrate = _command(evaluation, "calibrate", "fit the constants that decide whether a question is answered", "eval:calibrate")
    calibrate.add_argument("--apart", action="append", default=[], metavar="DIR", help="a retrieval folder for law without questions")
    encoders = _command(evaluation, "encoders", "compare the bundled encoder with sentence-transformers", "eval:encoders")
    encoders.add_argument("--passages", type=int, default=384, help="how many passages of the corpus (default: 384)")
    routes = _command(evaluation, "router", "measure how messages are told apart", "eval:router")
    routes.add_argument("file", help="JSON lines")
    routes.add_argument(
        "--train", action="append", default=[], metavar="FILE", help="first make the router anew from this file; may be repeated"
    )
    routes.add_argument("--json", action="store_true")
    dialogue = _command(evaluation, "dialogue", "measure conversations on the installed corpus", "eval:dialogue")
    dialogue.add_argument("file", help="JSON lines")
    dialogue.add_argument("--json", action="store_true")
    letters = _command(evaluation, "feedback", "measure how citizens' submissions are understood", "eval:feedback")
    letters.add_argument("file", help="JSON lines")
    letters.add_argument("--json", action="store_true")
    speed = _command(evaluation, "speed", "time answers on the installed corpus", "eval:speed")
    speed.add_argument("file", help="JSON lines")
    report = _command(evaluation, "report", "write a report page of the project's own question sets", "eval:report")
    report.add_argument("directory", nargs="?", default="report", help="where to write (default: ./report)")
    report.add_argument(
        "--retrieval", action="append", default=[], metavar="DIR", help="also measure search on this folder; may be repeated"
    )


def _add_eval_answers(evaluation: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    answers = _command(evaluation, "answers", "measure answers on the installed corpus", "eval:answers")
    answers.add_argument("file", help="JSON lines")
    worded = answers.add_mutually_exclusive_group()
    worded.add_argument("--model", default=None, metavar="URL", help="have answers worded by the OpenAI-compatible model at this URL")
    worded.add_argument(
        "--scripted", choices=("honest", "liar", "broken"), default=None, help="have answers worded by a model that does this"
    )
    answers.add_argument("--model-name", default="model", metavar="NAME", help="what the model is called at that URL (default: model)")
    answers.add_argument("--json", action="store_true")
    temporal = _command(evaluation, "temporal", "measure questions about the law of a day", "eval:temporal")
    temporal.add_argument("file", help="JSON lines")
    temporal.add_argument("--json", action="store_true")
    injections = _command(evaluation, "injections", "try strangers' commands in questions and documents", "eval:injections")
    injections.add_argument("file", help="JSON lines")
    injections.add_argument("--json", action="store_true")
    citations = _command(evaluation, "citations", "hold every citation to generated messages against the corpus", "eval:citations")
    citations.add_argument("--n", type=positive_number, default=5000, metavar="N", help="how many messages (default: 5000)")
    citations.add_argument("--seed", type=int, default=20221122, metavar="N", help="what chance begins with")
    citations.add_argument("--json", action="store_true")


def positive_number(text: str) -> int:
    """The number in `text`. Raises `ValueError` below 1; the name stands in argparse's message."""
    number = int(text)
    if number < 1:
        raise ValueError(text)
    return number


def _command(commands: argparse._SubParsersAction[argparse.ArgumentParser], name: str, help_text: str, run: str) -> argparse.ArgumentParser:
    command = commands.add_parser(name, help=help_text, description=help_text)
    command.set_defaults(run=run)
    return command


if __name__ == "__main__":
    sys.exit(main())
