"""Themes, the scoreboard and kept reports over HTTP, for staff; its errors as problem details."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, FastAPI, Query, Request, Response
from fastapi import Path as InPath
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from assistant.insight import errors
from assistant.insight.figures import Figures, Period
from assistant.insight.matters import province_names
from assistant.insight.reports import Asked, ReportDesk, ReportKind
from assistant.insight.selection import Selection
from assistant.insight.theme_desk import Candidates, ThemeDesk, ThemeRun
from bots.insight.wording import explain_insight
from bots.web.api import NOT_FOUND, PROBLEMS, Service, admitted
from bots.web.problems import Problem, language_of_request, problem_response
from bots.web.recommendations_api import Staff
from bots.web.service import Json

_CONFLICT: dict[int | str, dict[str, Any]] = {409: {**PROBLEMS[422], "description": "changed meanwhile, or not possible as it stands"}}
_FORBIDDEN: dict[int | str, dict[str, Any]] = {403: {**PROBLEMS[422], "description": "not for this key"}}
Number = Annotated[int, InPath(ge=1, le=2**31 - 1)]


def _number(value: object) -> object:
    """Neither true nor "3", which would be taken for numbers though the description says otherwise."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError("no number")  # noqa: TRY004 - the library wants it
    return value


def _iso(value: object) -> object:
    """Neither 0 nor "20260101", which would be taken for days though the description says otherwise."""
    if not isinstance(value, str) or not re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        raise ValueError("no day")
    return value


IsoDay = Annotated[date, BeforeValidator(_iso)]
Whole = Annotated[int, Field(ge=0, le=2**31 - 1), BeforeValidator(_number)]
# Days beyond these are no days of records, and some have no moment in every zone.
_EARLIEST, _LATEST = date(2000, 1, 1), date(2100, 1, 1)
Key = Annotated[str, Field(min_length=1, max_length=20, pattern=r"^[a-z]+-\d+$")]
Title = Annotated[str, Field(min_length=1, max_length=300)]

insight = APIRouter(prefix="/api/v1/insight", dependencies=[Depends(admitted)], responses={**PROBLEMS, **_FORBIDDEN})


class RunForm(BaseModel):
    """The period to look for themes in, both days inclusive."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    first: IsoDay = Field(alias="from")
    last: IsoDay = Field(alias="to")
    seed: Whole = 1


class _Act(BaseModel):
    model_config = ConfigDict(extra="forbid")

    version: Whole


class NameAct(_Act):
    """Takes a candidate in under a title, or gives a chosen theme another."""

    act: Literal["choose", "rename"]
    key: Key
    title: Title


class MergeAct(_Act):
    """Makes several chosen themes one, under the key of the first."""

    act: Literal["merge"]
    keys: list[Key] = Field(min_length=2, max_length=50)
    title: Title


class DropAct(_Act):
    """Takes a chosen theme out."""

    act: Literal["drop"]
    key: Key


class MoveAct(_Act):
    """Puts a submission into another chosen theme, or into none."""

    act: Literal["move"]
    letter: Whole
    to: Key | None = None


class BackAct(_Act):
    """Takes up an earlier version again."""

    act: Literal["back"]
    to_version: Whole


SelectionAct = Annotated[NameAct | MergeAct | DropAct | MoveAct | BackAct, Field(discriminator="act")]


@insight.get("/themes", summary="Runs of themes, the newest first")
def runs(service: Service, actor: Staff) -> Json:
    """Each with its period, counts and stability."""
    return {"runs": [_run_json(one) for one in _themes(service).runs(actor)]}


@insight.post("/themes", summary="Look for themes in a period", status_code=201)
def run(form: RunForm, service: Service, actor: Staff) -> Json:
    """The run; its candidates are at its address."""
    return _run_json(_themes(service).run(_day(form.first), _day(form.last), actor, seed=form.seed))


@insight.get("/themes/{number}", summary="Candidates of a run, and what is chosen of them", responses=NOT_FOUND)
def candidates(number: Number, service: Service, actor: Staff) -> Json:
    """Members are numbers of submissions; what was sealed since is in none."""
    desk = _themes(service)
    return {**_candidates_json(desk.candidates(number, actor)), "selection": _selection_json(desk.selection(number, actor))}


@insight.post("/themes/{number}/selection", summary="Choose, rename, merge, drop, move, go back", responses={**NOT_FOUND, **_CONFLICT})
def select(number: Number, form: SelectionAct, service: Service, actor: Staff) -> Json:
    """The selection afterwards, with its version. Whoever read an older version is answered 409."""
    desk = _themes(service)
    if isinstance(form, NameAct):
        named = desk.choose if form.act == "choose" else desk.rename
        return _selection_json(named(number, form.version, form.key, form.title, actor))
    if isinstance(form, MergeAct):
        return _selection_json(desk.merge(number, form.version, form.keys, form.title, actor))
    if isinstance(form, DropAct):
        return _selection_json(desk.drop(number, form.version, form.key, actor))
    if isinstance(form, MoveAct):
        return _selection_json(desk.move(number, form.version, form.letter, form.to, actor))
    return _selection_json(desk.back(number, form.version, form.to_version, actor))


@insight.get("/scoreboard", summary="How bodies answer; never a ranking of people")
def scoreboard(
    service: Service, _actor: Staff, first: Annotated[IsoDay, Query(alias="from")], last: Annotated[IsoDay, Query(alias="to")]
) -> Json:
    """Counts from 1 to 4, and what would give them away, are "<5" and "*"."""
    # Provinces play no part in it, and their tables take a moment to read.
    desk = ReportDesk(service.feedback.engine, service.feedback.vault, service.feedback.clock, lambda _key: None)
    return _board_json(desk.count(Asked(ReportKind.SCOREBOARD, Period(_day(first), _day(last)))).figures)


@insight.get("/reports/{number}/verification", summary="Count the numbers of a kept report anew", responses=NOT_FOUND)
def verification(number: Number, service: Service, _actor: Staff) -> Json:
    """The claims that differ since; where `then` and `now` are equal, the records behind the number have changed."""
    found = _reports(service).verify(number)
    differing = [{"id": one.id, "then": one.then, "now": one.now} for one in found.differing]
    return {"number": number, "kind": found.report.kind, "claims": len(found.report.claims), "differing": differing}


def _day(asked: date) -> date:
    return max(_EARLIEST, min(asked, _LATEST))


def _run_json(made: ThemeRun) -> Json:
    counts = {"letters": made.letters, "submissions": made.submissions, "stability": round(made.stability, 3)}
    period = {"from": made.period_from.isoformat(), "to": made.period_to.isoformat()}
    return {"number": made.number, **period, **counts, "made_by": made.made_by, "made_at": made.made_at.isoformat()}


def _candidates_json(found: Candidates) -> Json:
    themes = [
        {"key": one.key, "stance": one.stance, "terms": one.terms, "representatives": one.representatives, "members": one.members}
        for one in found.themes
    ]
    return {"run": _run_json(found.run), "themes": themes, "ungrouped": found.ungrouped}


def _selection_json(selection: Selection) -> Json:
    themes = [{"key": one.key, "title": one.title, "stance": one.stance, "members": one.members} for one in selection.themes]
    return {"version": selection.version, "made_by": selection.made_by or None, "themes": themes}


def _board_json(figures: Figures) -> Json:
    values = figures.values()
    standings = ("on_time", "late", "open", "overdue")
    bodies = [
        {
            "body": name,
            "received": values[f"body_row:{name}"],
            **{standing: values[f"body_cell:{name}:{standing}"] for standing in standings},
            "median_working_days": values.get(f"median:{name}"),
            "reopened": values.get(f"reopened:{name}"),
        }
        for name in figures.rows["body"]
    ]
    return {"received": values["received"], "bodies": bodies}


def _themes(service: Service) -> ThemeDesk:
    desk = service.feedback
    return ThemeDesk(desk.engine, desk.vault, desk.clock)


def _reports(service: Service) -> ReportDesk:
    desk = service.feedback
    return ReportDesk(desk.engine, desk.vault, desk.clock, province_names())


_Members = Callable[[Any], Mapping[str, object]]
_KINDS: Mapping[type[Exception], tuple[str, _Members]] = {
    errors.ThemeRunNotFound: ("not-found", lambda _: {}),
    errors.ThemeNotFound: ("not-found", lambda _: {}),
    errors.LetterNotInRun: ("not-found", lambda _: {}),
    errors.ReportNotFound: ("not-found", lambda _: {}),
    errors.SelectionChanged: ("conflict", lambda error: {"version": error.version}),
    errors.GroupingMissing: ("conflict", lambda _: {}),
    errors.NotForThisRole: ("forbidden", lambda _: {}),
}


def add_insight_problems(app: FastAPI) -> None:
    """Lets the application answer these errors in the asker's language."""
    for kind in _KINDS:
        app.exception_handler(kind)(_answered)


async def _answered(request: Request, error: Exception) -> Response:
    kind, members = _KINDS[type(error)]
    reason = explain_insight(error, language_of_request(request)) if isinstance(error, errors.InsightError) else ""
    return problem_response(request, Problem(kind, members=members(error), reason=reason))
