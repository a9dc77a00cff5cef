"""Errors of the recommendation database as sentences for people."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from assistant.feedback import errors
from assistant.feedback.answers.answer_check import AnswerFaulty
from assistant.feedback.answers.notes import MOST_CHARACTERS as LONGEST_NOTE
from assistant.feedback.answers.notes import NoteInvalid
from assistant.feedback.messages import MayNotWrite, NobodyToTell
from assistant.feedback.privacy.words import labels
from assistant.feedback.states import Label, Role, State, StateMachine
from bots.feedback.followup_wording import followup_sentences
from bots.feedback.messages_wording import messages_sentences
from bots.feedback.senders_wording import senders_sentences
from bots.feedback.wording import FeedbackSentences, feedback_sentences

_Told = Callable[[Any, FeedbackSentences, str], str]

_SENTENCES: dict[type[Exception], _Told] = {
    errors.KeysUnusable: lambda error, told, _: told.keys_unusable.format(source=error.source, reason=error.reason),
    errors.SealBroken: lambda error, told, _: told.seal_broken.format(place=error.place, reason=error.reason),
    errors.SubmissionInvalid: lambda error, told, _: told.refused[error.what],
    errors.SubmissionNotFound: lambda _error, told, _: told.not_found,
    errors.RecommendationNotFound: lambda error, told, _: told.no_matter.format(number=error.number),
    errors.ChangedMeanwhile: lambda error, told, _: told.changed_meanwhile.format(number=error.number, version=error.version),
    errors.AuditBroken: lambda error, told, _: told.audit_broken.format(number=error.number, reason=error.reason),
    errors.UnknownValue: lambda error, told, _: told.unknown_value.format(value=error.value, known=", ".join(error.known)),
    errors.CursorInvalid: lambda _error, told, _: told.wrong_cursor,
    errors.CannotJoin: lambda error, told, _: told.cannot_join.format(number=error.number, into=error.into),
    errors.CannotLink: lambda error, told, _: told.cannot_link.format(number=error.number),
    errors.AlreadyLinked: lambda error, told, _: told.already_linked.format(number=error.number),
    errors.MayNotLink: lambda error, told, language: told.wrong_role.format(allowed=_roles(error.needed, language)),
    errors.NothingToUndo: lambda error, told, _: told.nothing_to_undo.format(number=error.number),
    errors.NeedsItsAct: lambda error, told, language: told.needs_its_act.format(to=_states([error.to], language)),
    errors.NothingDrafted: lambda error, told, _: told.nothing_drafted.format(number=error.number),
    errors.DenunciationInTheOpen: lambda error, told, _: told.denunciation_in_the_open.format(number=error.number),
    errors.MayNotAct: lambda error, told, language: told.wrong_role.format(allowed=_roles(error.needed, language)),
    errors.PersonalDataLeft: lambda error, told, language: told.personal_data_left.format(found=_found(error.found, told, language)),
    errors.ActInvalid: lambda error, told, _: told.act_refused[error.what],
    errors.AttachmentNotFound: lambda error, _, language: senders_sentences(language).file_not_found.format(
        number=error.number, attachment=error.attachment
    ),
    errors.AttachmentErased: lambda error, _, language: senders_sentences(language).file_erased.format(attachment=error.attachment),
    errors.MayNotReadContact: lambda error, _, language: senders_sentences(language).not_owner.format(number=error.number),
    AnswerFaulty: lambda error, _, language: followup_sentences(language).needs_reason.format(count=len(error.findings)),
    MayNotWrite: lambda error, told, language: told.wrong_role.format(allowed=_roles(error.needed, language)),
    NobodyToTell: lambda error, _, language: messages_sentences(language).nobody.format(number=error.number),
    NoteInvalid: lambda _error, _, language: followup_sentences(language).note_invalid.format(most=LONGEST_NOTE),
    errors.TransitionNotAllowed: lambda error, told, language: told.not_allowed.format(
        frm=_states([error.frm], language), to=_states([error.to], language), allowed=_states(error.allowed, language) or "–"
    ),
    errors.RoleNotAllowed: lambda error, told, language: told.wrong_role.format(allowed=_roles(error.needed, language)),
    errors.InvariantBroken: lambda error, told, _: told.invariant.format(name=told.invariants.get(error.name, error.name)),
}


def explain(error: Exception, language: str) -> str | None:
    """What happened and what to do, in `vi` or `en`; None for an error of something else."""
    told = _SENTENCES.get(type(error))
    return told(error, feedback_sentences(language), language) if told else None


def _states(states: Iterable[str], language: str) -> str:
    rows = StateMachine.load().states
    return ", ".join(_word(rows[State(one)], language) for one in states)


def _roles(roles: Iterable[str], language: str) -> str:
    rows = StateMachine.load().roles
    return ", ".join(_word(rows[Role(one)], language) for one in roles)


def _found(found: Iterable[tuple[str, str]], told: FeedbackSentences, language: str) -> str:
    named = {kind.value: kind.value.replace("_", " ") if language == "en" else word for kind, word in labels().items()}
    return ", ".join(f"{named[kind]} ({told.shown_parts.get(part, part)})" for part, kind in found)


def _word(label: Label, language: str) -> str:
    return label.en if language == "en" else label.vi
