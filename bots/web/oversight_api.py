"""The HTTP interface of supervision and social critique: programmes, critiques, what the Front recommended, what is due, proposals."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, FastAPI, Query, Request, Response
from fastapi import Path as InPath

from assistant.feedback.types import AdminLevel
from assistant.oversight import errors
from assistant.oversight.proposal_desk import Acceptance, Period
from assistant.oversight.register import OversightRegister
from assistant.oversight.types import ProgrammeStatus, Reply
from bots.oversight.explain import explain
from bots.oversight.oversight_json import (
    asked_json,
    critique_json,
    due_json,
    opened_critique_json,
    opened_programme_json,
    programme_json,
    proposals_json,
)
from bots.oversight.places import period, places
from bots.web import oversight_forms as forms
from bots.web.api import NOT_FOUND, PROBLEMS, Limit, Service, admitted
from bots.web.problems import Problem, language_of_request, problem_response
from bots.web.recommendations_api import CONFLICT, FORBIDDEN, Staff
from bots.web.service import Json
from corpus.days import VIETNAM

_BOTH = {**NOT_FOUND, **CONFLICT}
oversight = APIRouter(prefix="/api/v1/oversight", dependencies=[Depends(admitted)], responses={**PROBLEMS, **FORBIDDEN})


def _register(service: Service) -> OversightRegister:
    desk = service.feedback
    return OversightRegister(desk.engine, desk.vault, desk.clock)


def _today(service: Service) -> date:
    return service.feedback.clock().astimezone(VIETNAM).date()


def _period(
    service: Service,
    from_: Annotated[forms.IsoDay | None, Query(alias="from", description="default: a year before `to`")] = None,
    to: Annotated[forms.IsoDay | None, Query(description="default: today")] = None,
) -> Period:
    return period(from_, to, _today(service))


Register = Annotated[OversightRegister, Depends(_register)]
Number = Annotated[int, InPath(ge=1, le=2**31)]
After = Annotated[int, Query(ge=0, le=2**31)]
Key = Annotated[str, InPath(max_length=80, pattern=r"^[a-z_]+\.(commune|province|central)(\.(commune|province):[0-9]{2,5})?$")]
Proposed = Annotated[Period, Depends(_period)]


@oversight.get("/programmes", summary="Programmes of supervision, by number")
def programmes(
    register: Register,
    actor: Staff,
    year: Annotated[int | None, Query(ge=2016, le=2100)] = None,
    level: AdminLevel | None = None,
    status: ProgrammeStatus | None = None,
    after: After = 0,
    limit: Limit = 50,
) -> Json:
    """At most `limit` with a number after `after`; `next` goes into `after` for more."""
    page = register.programmes.page(actor, year=year, level=level, status=status, after=after, limit=limit)
    return {"programmes": [programme_json(one) for one in page], "next": page[-1].number if len(page) == limit else None}


@oversight.post("/programmes", status_code=201, summary="Plan a programme", responses=_BOTH)
def plan(form: forms.NewProgrammeForm, register: Register, actor: Staff) -> Json:
    """The programme as it was planned; `grounds` are recommendations of citizens, none of them sealed."""
    return opened_programme_json(register.programmes.show(register.programmes.add(form.programme(), actor), actor))


@oversight.get("/programmes/{number}", summary="A programme with all that belongs to it", responses=NOT_FOUND)
def programme(number: Number, register: Register, actor: Staff) -> Json:
    """Whom it supervises, the recommendations of citizens it rests on, and those of the Front that came of it."""
    return opened_programme_json(register.programmes.show(number, actor))


@oversight.post("/programmes/{number}/moves", summary="Lead it to another status", responses=_BOTH)
def move(number: Number, form: forms.ProgrammeMoveForm, register: Register, actor: Staff) -> Json:
    """The new version. A status that cannot follow answers 409 with those that can."""
    return {"number": number, "version": register.programmes.move(number, form.version, form.to, actor, form.reason)}


@oversight.post("/programmes/{number}/extensions", summary="Add bodies and grounds", responses=_BOTH)
def extend(number: Number, form: forms.ProgrammeExtensionForm, register: Register, actor: Staff) -> Json:
    """The new version."""
    added = forms.subjects_of(form.subjects)
    return {"number": number, "version": register.programmes.extend(number, form.version, added, form.grounds, actor)}


@oversight.post(
    "/programmes/{number}/recommendations", status_code=201, summary="Keep what was recommended after supervision", responses=_BOTH
)
def recommend(number: Number, form: forms.OversightRecommendationForm, register: Register, actor: Staff) -> Json:
    """The recommendation with its next round."""
    made = register.recommendations.after_supervision(number, form.recommendation(), actor)
    return asked_json(register.recommendations.show(made, actor))


@oversight.get("/recommendations/{number}", summary="A recommendation of the Front", responses=NOT_FOUND)
def recommendation(number: Number, register: Register, actor: Staff) -> Json:
    """With its answers, the rounds that were held, and the next."""
    return asked_json(register.recommendations.show(number, actor))


@oversight.post("/recommendations/{number}/answers", summary="Keep an answer of the body", responses=_BOTH)
def answer(number: Number, form: forms.ReplyForm, register: Register, actor: Staff) -> Json:
    """The new version; `position` decides where the recommendation stands."""
    reply = Reply(form.position, form.text, form.answered_on)
    return {"number": number, "version": register.recommendations.answer(number, form.version, reply, actor)}


@oversight.post("/recommendations/{number}/follow-ups", summary="Keep what was found when somebody looked after it", responses=_BOTH)
def follow_up(number: Number, form: forms.FollowUpForm, register: Register, actor: Staff) -> Json:
    """The new version."""
    version = register.recommendations.follow_up(number, form.version, form.held_on, form.note, actor)
    return {"number": number, "version": version}


@oversight.get("/critiques", summary="Critiques of drafts, by number")
def critiques(register: Register, actor: Staff, level: AdminLevel | None = None, after: After = 0, limit: Limit = 50) -> Json:
    """At most `limit` with a number after `after`; `next` goes into `after` for more."""
    page = register.critiques.page(actor, level=level, after=after, limit=limit)
    return {"critiques": [critique_json(one) for one in page], "next": page[-1].number if len(page) == limit else None}


@oversight.post("/critiques", status_code=201, summary="Take a draft in", responses=_BOTH)
def take_in(form: forms.NewCritiqueForm, register: Register, actor: Staff) -> Json:
    """The critique as it was opened."""
    return opened_critique_json(register.critiques.show(register.critiques.add(form.critique(), actor), actor))


@oversight.get("/critiques/{number}", summary="A critique with its texts", responses=NOT_FOUND)
def critique(number: Number, register: Register, actor: Staff) -> Json:
    """The opinion, the answer of the drafting body, and what is joined to it."""
    return opened_critique_json(register.critiques.show(number, actor))


@oversight.post("/critiques/{number}/opinion", summary="Keep the opinion that was sent", responses=_BOTH)
def opinion(number: Number, form: forms.OpinionForm, register: Register, actor: Staff) -> Json:
    """The new version."""
    return {"number": number, "version": register.critiques.give_opinion(number, form.version, form.text, form.sent_on, actor)}


@oversight.post("/critiques/{number}/response", summary="Keep what the drafting body made of it", responses=_BOTH)
def response(number: Number, form: forms.ResponseForm, register: Register, actor: Staff) -> Json:
    """The new version."""
    version = register.critiques.respond(number, form.version, form.result, form.text, form.answered_on, actor)
    return {"number": number, "version": version}


@oversight.post("/critiques/{number}/recommendations", status_code=201, summary="Keep what was recommended in an opinion", responses=_BOTH)
def recommend_in_critique(number: Number, form: forms.OversightRecommendationForm, register: Register, actor: Staff) -> Json:
    """The recommendation with its next round."""
    made = register.recommendations.in_critique(number, form.recommendation(), actor)
    return asked_json(register.recommendations.show(made, actor))


@oversight.get("/due", summary="Answers and six-month rounds that are due, the oldest first")
def due(service: Service, register: Register, actor: Staff, day: forms.IsoDay | None = None) -> Json:
    """What is due on `day` (default: today) or was before it."""
    return {"due": [due_json(one) for one in register.follow_ups_due(day or _today(service), actor)]}


@oversight.get("/proposals", summary="Topics for supervision, the first first")
def proposals(asked: Proposed, register: Register, actor: Staff) -> Json:
    """Groups of recommendations by field, level and place that at least five people stand behind, with the numbers that speak for each."""
    return proposals_json(register.proposals(places().province_of).propose(asked, actor), places(), actor)


@oversight.post("/proposals/{key}/programme", status_code=201, summary="Plan a programme of a topic", responses=_BOTH)
def accept(key: Key, form: forms.PlanForm, asked: Proposed, register: Register, actor: Staff) -> Json:
    """The programme, joined to the recommendations that the topic rests on."""
    acceptance = Acceptance(form.year, form.holder, form.title, form.form, form.bodies, form.starts_on, form.ends_on)
    number = register.proposals(places().province_of).accept(key, asked, acceptance, actor)
    return opened_programme_json(register.programmes.show(number, actor))


_Members = Callable[[Any], Mapping[str, object]]
_KINDS: Mapping[type[Exception], tuple[str, _Members]] = {
    errors.OversightNotFound: ("not-found", lambda _: {}),
    errors.OversightChanged: ("conflict", lambda error: {"version": error.version}),
    errors.OversightMoveNotAllowed: ("conflict", lambda error: {"allowed": list(error.allowed)}),
    errors.OversightRefused: ("conflict", lambda error: {"part": error.what}),
    errors.OversightForbidden: ("forbidden", lambda error: {"roles": list(error.needed)}),
    errors.TopicTaken: ("conflict", lambda error: {"number": error.number}),
}


def add_oversight_problems(app: FastAPI) -> None:
    """Lets the application answer these errors in the asker's language."""
    for kind in _KINDS:
        app.exception_handler(kind)(_answered)


async def _answered(request: Request, error: Exception) -> Response:
    kind, members = _KINDS[type(error)]
    reason = explain(error, language_of_request(request)) or ""
    return problem_response(request, Problem(kind, members=members(error), reason=reason))
