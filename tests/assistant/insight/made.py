"""Recommendations written straight into the tables: what would take hundreds of steps through the desk."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Any

from sqlalchemy import insert

from assistant.database import writing
from assistant.feedback.reports.reported import ProvinceOf
from assistant.feedback.seal_places import text_place
from assistant.feedback.tables import answer, deadline, link, recommendation, step, submission
from assistant.insight.matters import province_names
from tests.assistant.feedback.office import Office

HANOI, CA_MAU = "province:01", "province:96"
BODY = "Ủy ban nhân dân thành phố Hà Nội"


@dataclass(frozen=True, slots=True)
class Made:
    """A recommendation; `answered_after` and `due_after` in days from the day it was opened."""

    opened_on: date
    kind: str = "recommendation"
    field: str = "transport"
    area: str = HANOI
    body: str = BODY
    title: str = "Sửa cầu Đá"
    statement: str = "Đề nghị sửa cầu Đá trước mùa mưa"
    submissions: int = 1
    due_after: int | None = 30
    answered_after: int | None = None
    reopened_after: int | None = None
    again_after: int | None = None
    is_sealed: bool = False
    text: str = "Đề nghị sửa cầu Đá"
    provisions: tuple[str, ...] = ()


@cache
def provinces() -> ProvinceOf:
    """Read once: it takes a fifth of a second."""
    return province_names()


def noon(day: date) -> datetime:
    return datetime.combine(day, time(5), UTC)


def put(office: Office, made: Sequence[Made]) -> None:
    """Writes them under the numbers from 1; only into empty tables."""
    rows: dict[str, list[dict[str, Any]]] = {name: [] for name in ("submission", "recommendation", "link", "deadline", "step", "answer")}
    for number, one in enumerate(made, start=1):
        rows["recommendation"].append(_recommendation(number, one))
        for _ in range(one.submissions):
            sent = len(rows["submission"]) + 1
            rows["submission"].append(_submission(office, sent, one))
            rows["link"].append(
                {"submission": sent, "recommendation": number, "kind": "primary", "made_by": "lan", "made_at": noon(one.opened_on)}
            )
        _add_what_became_of_it(rows, number, one, office)
    with writing(office.engine) as connection:
        for table in (submission, recommendation, link, deadline, step, answer):
            if rows[table.name]:
                connection.execute(insert(table), rows[table.name])


def _add_what_became_of_it(rows: dict[str, list[dict[str, Any]]], number: int, one: Made, office: Office) -> None:
    met_on = one.opened_on + timedelta(one.answered_after) if one.answered_after is not None else None
    if one.due_after is not None:
        due = {"recommendation": number, "rule": "NB_REPLY", "started": one.opened_on, "paused": [], "met_on": met_on}
        rows["deadline"].append({**due, "due": one.opened_on + timedelta(one.due_after)})
    taken = (("answered", one.answered_after), ("reopened", one.reopened_after), ("answered", one.again_after))
    for version, (state, days) in enumerate(taken, start=2):
        if days is not None:
            at = noon(one.opened_on + timedelta(days))
            moved = {"recommendation": number, "version": version, "from_state": "answer_review", "to_state": state, "actor": "mai"}
            rows["step"].append({**moved, "taken_at": at})
    if met_on is not None:
        text = office.vault.seal("Đã sửa.", f"answer.text:{number}")
        drafted = {"recommendation": number, "text": text, "resolution": "settled", "provisions": [], "drafted_by": "hung"}
        rows["answer"].append({**drafted, "drafted_at": noon(met_on), "approved_by": "mai", "approved_at": noon(met_on)})


def _recommendation(number: int, one: Made) -> dict[str, Any]:
    state = "sealed" if one.is_sealed else "answered" if one.answered_after is not None else "routed"
    about = {"kind": one.kind, "field": one.field, "level": "province", "area": one.area, "body": one.body}
    about["settled"] = " ".join(about)
    words = {"title": one.title, "statement": one.statement, "basis": [], "urgency": "normal", "is_redaction_confirmed": False}
    moments = {"opened_at": noon(one.opened_on), "changed_at": noon(one.opened_on)}
    return {"number": number, "state": state, "version": 3, "is_sealed": one.is_sealed, **about, **words, **moments}


def _submission(office: Office, number: int, one: Made) -> dict[str, Any]:
    code = f"T-{number}"
    sealed = office.vault.seal(one.text, text_place(code))
    sent = {"number": number, "code": code, "code_key": f"k{number}", "channel": "chat", "external_id": str(number), "language": "vi"}
    kept = {"text": sealed, "length": len(one.text), "consent_version": "1", "provisions": list(one.provisions), "attempts": 1}
    return {**sent, **kept, "is_sealed": one.is_sealed, "received_at": noon(one.opened_on), "understood_at": noon(one.opened_on)}
