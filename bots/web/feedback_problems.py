"""Errors of the recommendation database as problem details."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from fastapi import FastAPI, Request, Response

from assistant.feedback import errors
from assistant.feedback.answers.answer_check import AnswerFaulty
from assistant.feedback.answers.notes import NoteInvalid
from assistant.feedback.messages import MayNotWrite, NobodyToTell
from bots.feedback.explain import explain
from bots.web.problems import Problem, language_of_request, problem_response

# Which address takes the act that leads to a state.
ACTS = {"linked": "merge", "forwarded": "referrals", "answer_review": "answers", "answered": "answers/approval", "published": "publication"}
_Members = Callable[[Any], Mapping[str, object]]
_KINDS: Mapping[type[Exception], tuple[str, _Members]] = {
    errors.SubmissionInvalid: ("submission-refused", lambda error: {"part": error.what}),
    errors.SubmissionNotFound: ("submission-not-found", lambda _: {}),
    errors.RecommendationNotFound: ("not-found", lambda _: {}),
    errors.ChangedMeanwhile: ("conflict", lambda error: {"version": error.version}),
    errors.TransitionNotAllowed: ("conflict", lambda error: {"allowed": list(error.allowed)}),
    errors.RoleNotAllowed: ("forbidden", lambda error: {"roles": list(error.needed)}),
    errors.CannotJoin: ("conflict", lambda _: {}),
    errors.CannotLink: ("conflict", lambda _: {}),
    errors.AlreadyLinked: ("conflict", lambda _: {}),
    errors.MayNotLink: ("forbidden", lambda error: {"roles": list(error.needed)}),
    errors.NothingToUndo: ("conflict", lambda _: {}),
    errors.NeedsItsAct: ("conflict", lambda error: {"act": ACTS[error.to]}),
    errors.NothingDrafted: ("conflict", lambda _: {}),
    errors.DenunciationInTheOpen: ("conflict", lambda _: {"allowed": ["sealed"]}),
    errors.CursorInvalid: ("cursor", lambda _: {}),
    errors.ActInvalid: ("act-refused", lambda error: {"part": error.what}),
    AnswerFaulty: ("conflict", lambda error: {"findings": [one.rule for one in error.findings]}),
    errors.AttachmentNotFound: ("not-found", lambda _: {}),
    errors.AttachmentErased: ("erased", lambda _: {}),
    errors.MayNotReadContact: ("not-owner", lambda error: {"roles": list(error.needed)}),
    MayNotWrite: ("forbidden", lambda error: {"roles": list(error.needed)}),
    NobodyToTell: ("conflict", lambda _: {}),
    NoteInvalid: ("act-refused", lambda _: {"part": "reason"}),
    errors.MayNotAct: ("forbidden", lambda error: {"roles": list(error.needed)}),
    errors.PersonalDataLeft: ("conflict", lambda error: {"found": [{"part": part, "type": kind} for part, kind in error.found]}),
    errors.InvariantBroken: ("conflict", lambda error: {"rule": error.name}),
}


def add_feedback_problems(app: FastAPI) -> None:
    """Lets the application answer these errors in the asker's language."""
    for kind in _KINDS:
        app.exception_handler(kind)(_answered)


async def _answered(request: Request, error: Exception) -> Response:
    kind, members = _KINDS[type(error)]
    reason = explain(error, language_of_request(request)) or ""
    return problem_response(request, Problem(kind, members=members(error), reason=reason))
