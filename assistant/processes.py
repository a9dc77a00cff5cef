"""Answers made in several processes: one interpreter runs the Python of one answer at a time, however many cores there are."""

from __future__ import annotations

import gc
import logging
import signal
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass, replace
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from queue import Empty, SimpleQueue
from typing import Any

from assistant.answering.answerer import Answerer, Reading
from assistant.answering.stopwatch import Stopwatch
from assistant.answering.types import Answer
from assistant.responder import Message, Responder
from assistant.understanding.routes import Routed
from embeddings.encoder import Encoder, Vectors

log = logging.getLogger(__name__)

# An answer takes some 30 ms; one that takes so long never comes.
_LONGEST_S = 60.0
_START_S = 120.0
_READY, _QUERIES, _PASSAGES = "ready", "queries", "passages"

# Makes what answers in a process, with the encoder that it shall use.
Maker = Callable[["Encoder | None"], Responder]


@dataclass(frozen=True, slots=True)
class _Texts:
    """Texts that a process wants the vectors of."""

    way: str
    texts: tuple[str, ...]


class AnsweringProcesses:
    """Answers like `here`, in `count` processes that `maker` (picklable) sets up; while none of them can, it is `here` that answers.

    Messages are read in this process, and their vectors made for all that come at the same moment together: a batch of four costs
    half of four alone, and the weights are in memory once. Any number of threads may ask. A process that dies is replaced, and its
    message answered here; so an error that ended it is raised here.
    """

    def __init__(
        self, here: Responder, encoder: Encoder | None, maker: Maker, count: int, *, clock: Callable[[], float] = time.perf_counter
    ) -> None:
        self._here, self._encoder, self._maker, self._clock = here, encoder, maker, clock
        self._idle: SimpleQueue[_Process] = SimpleQueue()
        self._all: list[_Process] = []
        self._is_closed, self._guard = False, threading.Lock()
        for _ in range(count):
            self._start()

    @property
    def answerer(self) -> Answerer:
        """The answerer of this process."""
        return self._here.answerer

    def route_alone(self, text: str) -> Routed:
        """What kind of message `text` is by its words."""
        return self._here.route_alone(text)

    @property
    def started(self) -> int:
        """How many processes there are, those that are still being set up included."""
        return len(self._all)

    @property
    def ready(self) -> int:
        """How many processes can answer or are answering."""
        return sum(process.is_ready for process in self._all)

    def respond(self, message: Message) -> Answer:
        """The answer of whichever process is free first."""
        watch = Stopwatch.start(self._clock)
        typed = self._here.read(message)
        watch.lap("understand")
        answer = self._answered(message, typed)
        return replace(answer, timings_ms={**watch.total(), **answer.timings_ms, **watch.total()})

    def _answered(self, message: Message, typed: Reading | Answer) -> Answer:
        process = None if isinstance(typed, Answer) else self._free()
        if process is None:
            return self._here.respond_to(message, typed)
        try:
            with ExitStack() as on_failure:
                # Whatever fails, also the making of vectors here: a process in the middle of a message is of no use for the next.
                on_failure.callback(self._replace, process)
                answer = process.answer(message, typed)
                on_failure.pop_all()
        except (EOFError, OSError):
            log.warning("answering_process_lost", extra={"code": process.code})
            return self._here.respond_to(message, typed)
        self._idle.put(process)
        return answer

    def close(self) -> None:
        """Ends the processes."""
        with self._guard:
            self._is_closed = True
            for process in self._all:
                process.end()

    def _free(self) -> _Process | None:
        while self.ready:
            with suppress(Empty):
                return self._idle.get(timeout=1.0)
        return None

    def _start(self) -> None:
        with self._guard:
            if self._is_closed:
                return
            process = _Process(self._maker, self._encoder)
            self._all.append(process)
        threading.Thread(target=self._take_in, args=(process,), daemon=True).start()

    def _take_in(self, process: _Process) -> None:
        """Waits until a process can answer; one that cannot is not tried again, since the next could not either."""
        try:
            process.wait_until_ready()
        except (EOFError, OSError):
            if not self._is_closed:
                log.error("answering_process_not_started", extra={"code": process.code})  # noqa: TRY400 - its own words are in the log
            self._forget(process)
            return
        self._idle.put(process)

    def _replace(self, process: _Process) -> None:
        self._forget(process)
        self._start()

    def _forget(self, process: _Process) -> None:
        process.end()
        with self._guard:
            self._all = [one for one in self._all if one is not process]


class _Process:
    """One process that answers one message at a time."""

    def __init__(self, maker: Maker, encoder: Encoder | None) -> None:
        self._encoder = encoder
        context = get_context("spawn")
        self._connection, theirs = context.Pipe()
        facts = (encoder.name, encoder.dimension) if encoder else None
        self._process: BaseProcess = context.Process(target=_answer_again_and_again, args=(theirs, maker, facts), daemon=True)
        self._process.start()
        theirs.close()
        self.is_ready = False

    @property
    def code(self) -> int | None:
        """The exit code, None while it runs."""
        return self._process.exitcode

    def wait_until_ready(self) -> None:
        """Raises `EOFError` or `OSError` where it will not be."""
        self._said(_START_S)
        self.is_ready = True

    def answer(self, message: Message, typed: Reading | Answer) -> Answer:
        """Its answer. Raises `EOFError` or `OSError` where it died or hangs."""
        self._connection.send((message, typed))
        answer: Answer = self._said(_LONGEST_S)
        return answer

    def _said(self, within_s: float) -> Any:
        """What it says next; meanwhile it is given the vectors that it wants."""
        while isinstance(said := self._received(within_s), _Texts):
            assert self._encoder is not None
            self._connection.send(
                self._encoder.encode_queries(said.texts) if said.way == _QUERIES else self._encoder.encode_passages(said.texts)
            )
        return said

    def end(self) -> None:
        """Ends it now."""
        self.is_ready = False
        self._process.kill()
        self._connection.close()

    def _received(self, within_s: float) -> Any:
        if not self._connection.poll(within_s):
            raise EOFError
        return self._connection.recv()


class _EncoderElsewhere:
    """An encoder that has its vectors made by the process at the other end."""

    def __init__(self, connection: Connection, name: str, dimension: int) -> None:
        self._connection, self._name, self._dimension = connection, name, dimension

    @property
    def name(self) -> str:
        """That of the encoder elsewhere."""
        return self._name

    @property
    def dimension(self) -> int:
        """Length of one vector."""
        return self._dimension

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """See `Encoder`."""
        return self._made(_QUERIES, texts)

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """See `Encoder`."""
        return self._made(_PASSAGES, texts)

    def _made(self, way: str, texts: Sequence[str]) -> Vectors:
        self._connection.send(_Texts(way, tuple(texts)))
        vectors: Vectors = self._connection.recv()
        return vectors


def _answer_again_and_again(connection: Connection, maker: Maker, encoder: tuple[str, int] | None) -> None:
    """What a process does until the other end is gone; an error ends it, and is raised again where the message came from."""
    # Ctrl-C reaches every process of the terminal; the one that started this one ends it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    responder = maker(_EncoderElsewhere(connection, *encoder) if encoder else None)
    # What was made until here stays: looking through it for garbage would take a tenth of the time.
    gc.freeze()
    with suppress(EOFError, BrokenPipeError):
        connection.send(_READY)
        while True:
            connection.send(responder.respond_to(*connection.recv()))
