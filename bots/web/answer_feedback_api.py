"""The HTTP interface for those who look at what people say is wrong with answers."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query
from fastapi import Path as InPath

from assistant.dialogue.errors import FeedbackNotFound
from assistant.dialogue.types import FeedbackState
from assistant.feedback.states import Actor, Role
from bots.answer_review.answers_json import opinion_json
from bots.web.api import NOT_FOUND, PROBLEMS, Limit, Service, admitted
from bots.web.problems import Problem
from bots.web.recommendations_api import FORBIDDEN, Staff
from bots.web.service import Json

_ROLES = frozenset({Role.REVIEWER, Role.UNIT_ADMIN})


async def _reviewer(actor: Staff) -> Actor:
    if not actor.roles & _ROLES:
        raise Problem("forbidden")
    return actor


Number = Annotated[int, InPath(ge=1, le=2**31)]
answer_queue = APIRouter(
    prefix="/api/v1/answer-feedback", dependencies=[Depends(admitted), Depends(_reviewer)], responses={**PROBLEMS, **FORBIDDEN}
)


@answer_queue.get("", summary="What people say is wrong with answers, by number")
def listed(
    service: Service, state: FeedbackState = FeedbackState.OPEN, after: Annotated[int, Query(ge=0, le=2**31)] = 0, limit: Limit = 50
) -> Json:
    """At most `limit` with a number above `after`; `next` goes into `after` for more. For reviewers and unit administrators."""
    page = service.answer_feedback.queue(state, after, limit)
    return {"feedback": [opinion_json(one) for one in page], "next": page[-1].id if len(page) == limit else None}


@answer_queue.post("/{number}/finished", summary="Say that it was looked at", responses=NOT_FOUND)
def finished(number: Number, service: Service) -> Json:
    """It leaves the queue; the same again changes nothing. For reviewers and unit administrators."""
    try:
        return opinion_json(service.answer_feedback.finish(number))
    except FeedbackNotFound as error:
        raise Problem("not-found") from error
