"""The HTTP interface for those who work on recommendations: lists, one with its texts, and each step to the next state."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from fastapi import Path as InPath

from assistant.feedback.bodies_liaison import SentMatter
from assistant.feedback.bodies_sent import is_only_liaison
from assistant.feedback.ordering import Order, Page
from assistant.feedback.queue import Matter
from assistant.feedback.recommendations import OpenedMatter
from assistant.feedback.states import Actor, Step
from bots.bodies.bodies_json import sent_json
from bots.bodies.liaison import liaison_desk
from bots.feedback.submission_json import due_json, matter_json
from bots.web.api import NOT_FOUND, PROBLEMS, Service, admitted
from bots.web.forms import ClaimForm, StepForm
from bots.web.problems import Problem
from bots.web.queue_form import QueueForm
from bots.web.service import Json

CONFLICT: dict[int | str, dict[str, Any]] = {409: {**PROBLEMS[422], "description": "changed meanwhile, or not possible as it stands"}}
FORBIDDEN: dict[int | str, dict[str, Any]] = {403: {**PROBLEMS[422], "description": "not for this key"}}


async def _actor(request: Request) -> Actor:
    """Who holds the key of this request, with their roles and, for liaisons, their bodies."""
    name = request.state.caller
    roles = request.app.state.staff.get(name, frozenset()) if name else frozenset()
    if not roles:
        raise Problem("forbidden")
    return Actor(name, roles, request.app.state.staff_bodies.get(name, frozenset()))


Staff = Annotated[Actor, Depends(_actor)]
Number = Annotated[int, InPath(ge=1, le=2**31)]
recommendations = APIRouter(prefix="/api/v1/recommendations", dependencies=[Depends(admitted)], responses={**PROBLEMS, **FORBIDDEN})


@recommendations.get("", summary="Recommendations", responses=CONFLICT)
def listed(service: Service, actor: Staff, form: Annotated[QueueForm, Query()]) -> Json:
    """At most `limit`; `total` counts all that are wanted, `cursor` leads to what follows and is null at the end. Sealed ones for sealed
    officers only. In the order of numbers `next` leads on as well: it goes into `after`.

    Liaisons read what was sent to their bodies, as it was sent, by number; urgency, owner, deadlines and messages are not for them.
    """
    wanted = form.wanted(actor)
    if is_only_liaison(actor):
        sent = liaison_desk(service.feedback).page(actor, wanted, form.cursor, form.limit)
        return _page_json(sent, sent_json, Order.NUMBER)
    return _page_json(service.feedback.queue.listed(actor, wanted, form.order, form.cursor, form.limit), matter_json, form.order)


@recommendations.get("/due", summary="Deadlines that are near or over")
def due(service: Service, actor: Staff, within: Annotated[int, Query(ge=0, le=400)] = 7) -> Json:
    """Those that run out within so many working days or have run out, the nearest first."""
    return {"due": [due_json(one) for one in service.feedback.due.within(within, actor)]}


@recommendations.get("/{number}", summary="A recommendation with what was sent for it", responses=NOT_FOUND)
def shown(number: Number, service: Service, actor: Staff) -> Json:
    """Its submissions with their texts, and the states that may follow. Reading a sealed one is written down.

    Liaisons read what was sent to their bodies, as it was sent.
    """
    if is_only_liaison(actor):
        return sent_json(liaison_desk(service.feedback).open(number, actor))
    return _opened_json(service.feedback.recommendations.show(number, actor))


@recommendations.post("/{number}/claim", summary="Take it over for screening", responses={**NOT_FOUND, **CONFLICT})
def claim(number: Number, form: ClaimForm, service: Service, actor: Staff) -> Json:
    """The new version."""
    return {"number": number, "version": service.feedback.recommendations.claim(number, form.version, actor)}


@recommendations.post("/{number}/transitions", summary="Lead it to another state", responses={**NOT_FOUND, **CONFLICT})
def step(number: Number, form: StepForm, service: Service, actor: Staff) -> Json:
    """The recommendation afterwards. A step that cannot be taken answers 409 with those that can."""
    taken = service.feedback.recommendations.take(number, form.version, Step(form.to, actor, form.reason), form.note)
    return sent_json(liaison_desk(service.feedback).open(number, actor)) if is_only_liaison(actor) else matter_json(taken)


def _page_json(page: Page[Matter] | Page[SentMatter], told: Callable[[Any], Json], order: Order) -> Json:
    following = page.matters[-1].number if page.cursor and order is Order.NUMBER else None
    return {"recommendations": [told(one) for one in page.matters], "total": page.total, "cursor": page.cursor, "next": following}


def _opened_json(opened: OpenedMatter) -> Json:
    sent = [
        {"code": one.code, "link": one.link, "channel": one.channel, "received_at": one.received_at.isoformat(), "text": one.text}
        for one in opened.submissions
    ]
    return {**matter_json(opened.matter), "sent": sent, "next_states": list(opened.next_states)}
