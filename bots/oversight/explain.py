"""Errors of the register of supervision and social critique as sentences for people."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from assistant.feedback.states import Role, StateMachine
from assistant.oversight import errors
from assistant.oversight.words import OversightWords
from bots.oversight.wording import OversightSentences, oversight_sentences

_Told = Callable[[Any, OversightSentences, str], str]

_SENTENCES: dict[type[Exception], _Told] = {
    errors.OversightNotFound: lambda error, told, _: told.not_found[error.what].format(which=error.which),
    errors.OversightChanged: lambda error, told, _: told.changed_meanwhile.format(number=error.number, version=error.version),
    errors.OversightMoveNotAllowed: lambda error, told, language: _no_way(error, told, language),
    errors.OversightRefused: lambda error, told, _: told.refused[error.what],
    errors.OversightForbidden: lambda error, told, language: told.forbidden.format(roles=_roles(error.needed, language)),
    errors.TopicTaken: lambda error, told, _: told.topic_taken.format(topic=error.topic, year=error.year, number=error.number),
}


def explain(error: Exception, language: str) -> str | None:
    """What happened and what to do, in `vi` or `en`; None for an error of something else."""
    told = _SENTENCES.get(type(error))
    return told(error, oversight_sentences(language), language) if told else None


def _no_way(error: errors.OversightMoveNotAllowed, told: OversightSentences, language: str) -> str:
    words = OversightWords.load()
    labels = {str(one): word for group in (words.programme_statuses, words.positions) for one, word in group.items()}
    frm, to, *allowed = (labels[one].in_language(language) for one in (error.frm, error.to, *error.allowed))
    if not allowed:
        return told.no_way_on.format(frm=frm, to=to)
    return told.no_way.format(frm=frm, to=to, allowed=", ".join(allowed))


def _roles(roles: tuple[str, ...], language: str) -> str:
    rows = StateMachine.load().roles
    labels = (rows[Role(one)] for one in roles)
    return ", ".join(one.en if language == "en" else one.vi for one in labels)
