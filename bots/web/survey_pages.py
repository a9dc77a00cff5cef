"""The page on which a sender says whether the answer helped; it works without scripts."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from urllib.parse import parse_qs

from fastapi import APIRouter, Depends, Request, Response
from starlette.concurrency import run_in_threadpool

from assistant.feedback.answers.surveys import Opinion, SurveyClosed, SurveyNotOpen, Verdict, WordsTooLong
from assistant.feedback.errors import SubmissionNotFound, TransitionNotAllowed
from bots.feedback.followup_wording import followup_sentences
from bots.feedback.surveying import day_of, refusal, surveys_of
from bots.web.api import Service, admitted
from bots.web.page_wording import page_sentences
from bots.web.pages import chosen_language
from bots.web.service import WebService
from bots.web.templating import templates

_MOST_FIELDS = 10

surveying = APIRouter(include_in_schema=False, dependencies=[Depends(admitted)])


@dataclass(frozen=True, slots=True)
class _Form:
    """What was typed; a page that is shown again holds it."""

    language: str
    code: str = ""
    verdict: Verdict | None = None
    words: str = field(default="", repr=False)


@surveying.get("/survey")
def code_form(request: Request, lang: str = "") -> Response:
    """Where a code is typed."""
    return _page(request, _Form(chosen_language(request, lang)), None, "")


@surveying.get("/survey/{code}")
def opened(code: str, request: Request, service: Service, lang: str = "") -> Response:
    """The question about the answer to this submission, from the link that its sender was sent; opening it changes nothing."""
    request.app.state.lookups.admit(request)
    return _opened(request, service, _Form(chosen_language(request, lang), code))


@surveying.post("/survey")
async def opened_by_code(request: Request, service: Service) -> Response:
    """The same for a code that was typed."""
    form = await _read(request)
    return await run_in_threadpool(_opened, request, service, form)


@surveying.post("/survey/opinion")
async def given(request: Request, service: Service) -> Response:
    """Keeps the opinion."""
    form = await _read(request)
    return await run_in_threadpool(_given, request, service, form)


@surveying.post("/survey/review")
async def asked_again(request: Request, service: Service) -> Response:
    """Asks for a review of the matter."""
    form = await _read(request)
    return await run_in_threadpool(_asked_again, request, service, form)


def _opened(request: Request, service: WebService, form: _Form, told: str = "") -> Response:
    words = followup_sentences(form.language)
    try:
        opinion = surveys_of(service.feedback).opinion(form.code)
    except SubmissionNotFound:
        return _page(request, form, None, words.not_found)
    except SurveyNotOpen as error:
        return _page(request, form, None, refusal(error, words))
    return _page(request, form, opinion, told)


def _given(request: Request, service: WebService, form: _Form) -> Response:
    if form.verdict is None:
        return _opened(request, service, form)
    words, desk = followup_sentences(form.language), surveys_of(service.feedback)
    try:
        return _page(request, form, desk.give(form.code, form.verdict, form.words), words.kept)
    except SubmissionNotFound:
        return _page(request, form, None, words.not_found)
    except SurveyNotOpen as error:
        return _page(request, form, None, refusal(error, words))
    except (SurveyClosed, WordsTooLong) as error:
        return _page(request, form, desk.opinion(form.code), refusal(error, words))


def _asked_again(request: Request, service: WebService, form: _Form) -> Response:
    words = followup_sentences(form.language)
    told = words.review_impossible
    # An unknown code is told by the page itself.
    with suppress(SubmissionNotFound, TransitionNotAllowed):
        service.feedback.own_data.ask_again(form.code)
        told = words.review_asked
    return _opened(request, service, form, told)


def _page(request: Request, form: _Form, opinion: Opinion | None, told: str) -> Response:
    said = followup_sentences(form.language)
    until = said.changeable.format(until=day_of(opinion.changeable_until)) if opinion and opinion.changeable_until else ""
    written = form.words or (opinion.words or "" if opinion else "")
    facts = {"code": form.code, "opinion": opinion, "written": written, "verdicts": list(Verdict), "until": until, "told": told}
    context = {"words": page_sentences(form.language), "said": said, "language": form.language, **facts}
    return templates().TemplateResponse(request, "survey.html", context, headers={"Cache-Control": "no-store"})


async def _read(request: Request) -> _Form:
    """What was sent, where this address has not looked up too many codes."""
    request.app.state.lookups.admit(request)
    fields = parse_qs((await request.body()).decode("utf-8", "replace"), max_num_fields=_MOST_FIELDS)

    def one(name: str) -> str:
        return fields.get(name, [""])[0]

    verdict = one("verdict")
    known = Verdict(verdict) if verdict in set(Verdict) else None
    return _Form(chosen_language(request, one("lang")), one("code")[:40], known, one("words"))
