"""The only place where adapters are chosen (models in chosen_models.py): settings in, wired parts out."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import cached_property, partial
from os import cpu_count
from pathlib import Path
from random import SystemRandom
from typing import TYPE_CHECKING

from assistant.chosen_models import make_encoder, make_language_model, make_leaving
from assistant.errors import InvalidSettings
from assistant.settings import EncoderChoice, Settings
from corpus.days import today
from corpus.store import CorpusStore

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from assistant.answering.answerer import Answerer
    from assistant.app import Assistant
    from assistant.dialogue.answer_feedback import AnswerFeedback
    from assistant.dialogue.conversations import Conversations
    from assistant.feedback.desk import FeedbackDesk
    from assistant.feedback.suggesting.understanding import Reader
    from assistant.language_model.composer import ModelComposer
    from assistant.responder import Responder, Responding
    from assistant.vectors import Vectors
    from embeddings.build import BuildPlan, Generation, IndexHome
    from embeddings.encoder import Encoder
    from embeddings.retrieve import Retriever

log = logging.getLogger(__name__)

_ENOUGH_EMBEDDED = 0.95
# More processes than that wait for each other in the one that makes their vectors.
_MOST_PROCESSES = 4
_MISSPELLED = frozenset({"typo", "teencode", "unaccented", "english"})


class Parts:
    """The parts of one process, each made when it is first asked for; heavy libraries are imported only then."""

    def __init__(self, settings: Settings, *, answering_processes: int = 1) -> None:
        self.settings, self._answering_processes = settings, answering_processes

    @classmethod
    def of_service(cls, settings: Settings) -> Parts:
        """The parts of a service that answers in as many processes as settings say.

        With a language model it is one: waiting for the model is nearly all of the time.
        """
        has_model = settings.llm_url or settings.llm_path
        return cls(settings, answering_processes=1 if has_model else settings.answering_processes or min(cpu_count() or 1, _MOST_PROCESSES))

    @cached_property
    def home(self) -> Path:
        """The data folder, made if it is not there. Raises `InvalidSettings` where it cannot be made."""
        try:
            self.settings.home.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise InvalidSettings("DIENHONG_HOME", str(error)) from error
        return self.settings.home

    @cached_property
    def store(self) -> CorpusStore:
        """The corpus. Raises `InvalidSettings` where the database cannot be opened."""
        from sqlalchemy.exc import SQLAlchemyError

        _ = self.home
        try:
            return CorpusStore(self.settings.corpus_database)
        except SQLAlchemyError as error:
            # The driver's own words: those of SQLAlchemy may quote the URL, and with it a password.
            raise InvalidSettings("DIENHONG_CORPUS_URL", str(getattr(error, "orig", "") or type(error).__name__)) from error

    @cached_property
    def encoder(self) -> Encoder | None:
        """The dense encoder, or None where settings say none."""
        # Where several processes answer, a second core for one question costs the others more than it saves this one.
        return make_encoder(self.settings, question_threads=1 if self._answering_processes > 1 else None)

    @cached_property
    def encoder_identity(self) -> tuple[str, int] | None:
        """Name and dimension of the encoder, without making the bundled one: its network takes 300 MB and a second."""
        if self.settings.encoder is EncoderChoice.BUNDLED and "encoder" not in self.__dict__:
            from embeddings.bundled_weights import bundled_identity

            return bundled_identity()
        return (self.encoder.name, self.encoder.dimension) if self.encoder else None

    @cached_property
    def index_home(self) -> IndexHome:
        """Where generations of the index live."""
        from embeddings.build import IndexHome
        from embeddings.engines import EdgeEngine, QdrantEngine

        url = self.settings.qdrant_url
        return IndexHome(self.home / "index", QdrantEngine(url, self.settings.qdrant_api_key) if url else EdgeEngine())

    @cached_property
    def vectors(self) -> Vectors:
        """The vectors of the encoder in use."""
        from assistant.vectors import Vectors

        return Vectors(self.home, self.encoder_identity[0] if self.encoder_identity else None)

    @cached_property
    def plan(self) -> BuildPlan:
        """What the index of this corpus is made of."""
        from embeddings.build import BuildPlan
        from embeddings.searchable import sampled_fields, searchable_corpus

        return BuildPlan(
            self.revision, partial(searchable_corpus, self.store), partial(sampled_fields, self.store), self.everyday_wordings()
        )

    @property
    def revision(self) -> str:
        """Changes when anything that is indexed does: the corpus, the questions shipped for it, or how vectors are projected."""
        from corpus.questions import questions_digest

        projection = self.vectors.projection
        return f"{self.store.revision()}-{questions_digest()}-{projection.name if projection else 'plain'}"

    def retriever(self, generation: Generation) -> Retriever:
        """A retriever over a generation. Raises `IndexBusy`."""
        from embeddings.retrieve import Retriever

        facts = generation.facts
        encoder = self.encoder if facts.embedded else None
        index, lexical, restorer = generation.open()
        known = encoder if encoder and facts.encoder in (encoder.name, self.vectors.space) else None
        # An index of an earlier version holds vectors as the encoder made them.
        projection = self.vectors.projection if facts.encoder == self.vectors.space else None
        return Retriever(index, lexical, restorer, known, projection, is_partial=facts.embedded < _ENOUGH_EMBEDDED * facts.passages)

    def answerer(self) -> Answerer:
        """The answerer over the serving generation. Raises `IndexMissing` and `IndexBusy`."""
        from assistant.answering.answerer import Answerer
        from assistant.answering.library import Library
        from embeddings.errors import IndexMissing

        try:
            retriever = self.retriever(self.index_home.current())
        except IndexMissing:
            # A build may have swapped and removed the generation between the two looks; a second look finds the next one.
            retriever = self.retriever(self.index_home.current())
        return Answerer(Library(self.store), retriever)

    def assistant(self, responder: Responding) -> Assistant:
        """The front door for channels, over `responder`."""
        from assistant.app import Assistant
        from assistant.understanding.facts import Facts

        return Assistant(responder, self.conversations, _now, Facts.load())

    @contextmanager
    def processes(self, responder: Responder, prepare: Callable[[], None]) -> Iterator[Responding]:
        """What answers like `responder` in the processes of this service; each calls `prepare` (picklable) first."""
        from assistant.processes import AnsweringProcesses

        if self._answering_processes == 1:
            yield responder
            return
        maker = partial(_responder_of_process, self.settings, prepare)
        answering = AnsweringProcesses(responder, self.encoder, maker, self._answering_processes)
        try:
            yield answering
        finally:
            answering.close()

    def forgetful_assistant(self, responder: Responder) -> Assistant:
        """A front door that keeps conversations in the memory of this process only, for the terminal."""
        from assistant.app import Assistant
        from assistant.database import open_database, upgrade
        from assistant.dialogue.conversations import Conversations
        from assistant.understanding.facts import Facts

        engine = open_database("sqlite://")
        upgrade(engine)
        return Assistant(responder, Conversations(engine, _now), _now, Facts.load())

    def responder(self, answerer: Answerer) -> Responder:
        """What answers single messages; places are recognised where their tables are installed."""
        from assistant.responder import Responder
        from assistant.understanding.facts import Facts
        from assistant.understanding.router import Router
        from corpus.areas import Areas
        from corpus.errors import SourceUnreadable

        try:
            areas = Areas.load()
        except SourceUnreadable:
            log.warning("no tables of administrative units: places are not recognised")
            areas = None
        return Responder(answerer, Router.load(), areas, self.composer, Facts.load(), leaving=make_leaving() if self.composer else None)

    @cached_property
    def composer(self) -> ModelComposer | None:
        """What words answers, or None where settings name no model. Raises `InvalidSettings` and `ModelBroken`."""
        model = make_language_model(self.settings)
        if model is None:
            return None
        from assistant.language_model.breaker import CircuitBreaker
        from assistant.language_model.budget import DailyBudget, DatabaseCounter
        from assistant.language_model.composer import ModelComposer

        limits = self.settings
        budget = DailyBudget(DatabaseCounter(self.application_engine), today, calls=limits.llm_daily_calls, tokens=limits.llm_daily_tokens)
        breaker = CircuitBreaker(time.monotonic)
        return ModelComposer(model, budget, breaker, time.monotonic, SystemRandom(), deadline_s=limits.llm_timeout_s)

    @cached_property
    def conversations(self) -> Conversations:
        """What is kept of conversations."""
        from assistant.dialogue.conversations import Conversations

        settings = self.settings
        expires_after, retention = timedelta(hours=settings.conversation_expiry_h), timedelta(days=settings.retention_days)
        return Conversations(self.application_engine, _now, expires_after=expires_after, retention=retention)

    @cached_property
    def answer_feedback(self) -> AnswerFeedback:
        """The review queue of answers."""
        from assistant.dialogue.answer_feedback import AnswerFeedback

        return AnswerFeedback(self.application_engine, _now)

    @cached_property
    def feedback(self) -> FeedbackDesk:
        """The recommendation database. Raises `KeysUnusable`."""
        from assistant.feedback_parts import open_feedback

        return open_feedback(self.settings, self.home, self.application_engine, _now)

    @cached_property
    def feedback_reader(self) -> Reader:
        """What a machine thinks of what citizens send."""
        from assistant.feedback.suggesting.reading import open_reader
        from assistant.feedback_parts import MODELS

        return open_reader(self.encoder, self.home / MODELS)

    @cached_property
    def application_engine(self) -> Engine:
        """The database of conversations, brought up to date."""
        from assistant.database import open_database, upgrade

        _ = self.home
        engine = open_database(self.settings.application_database)
        upgrade(engine)
        return engine

    def everyday_wordings(self) -> tuple[str, ...]:
        """Everyday wordings that the project wrote, rightly spelled and with their marks, for restoring marks."""
        from corpus.questions import everyday_questions
        from embeddings.restore import ACCENTED_SHARE, marked_share

        of_guides = [question for procedure in self.store.procedures() if procedure.is_guide for question in procedure.questions]
        of_law = [one.question for questions in everyday_questions().values() for one in questions if one.style not in _MISSPELLED]
        return tuple(question for question in (*of_guides, *of_law) if marked_share(question) >= ACCENTED_SHARE)


def _responder_of_process(settings: Settings, prepare: Callable[[], None], encoder: Encoder | None) -> Responder:
    """What answers in a process of its own, with vectors from `encoder`."""
    prepare()
    parts = Parts(settings)
    # In place of the one that settings choose.
    parts.encoder = encoder
    return parts.responder(parts.answerer())


def _now() -> datetime:
    return datetime.now(UTC)
