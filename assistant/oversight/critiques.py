"""Social critique: the drafts that the Front gives its opinion on, and what the drafting bodies made of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Engine, Row, insert, select

from assistant.database import reading, writing
from assistant.feedback.audit import AuditTrail
from assistant.feedback.states import Actor
from assistant.feedback.types import AdminLevel
from assistant.feedback.vault import Vault
from assistant.oversight.access import (
    FIRST_DAY,
    change,
    found,
    must_read,
    must_write,
    read_at,
    require,
    require_day,
    require_name,
    require_text,
)
from assistant.oversight.grounds import grounds_of, join_grounds
from assistant.oversight.seal_places import opinion_place, response_place
from assistant.oversight.tables import asked, critique, critique_ground
from assistant.oversight.types import Critique, CritiqueForm, CritiqueGround, CritiqueResult, NewCritique, OpenedCritique
from corpus.days import VIETNAM

_WHAT = "critique"
_MOST = 200
_LONGEST_TITLE, _LONGEST_NUMBER = 500, 100


class Critiques:
    """Each act is one transaction, written into the audit trail; a change needs the version that was read.

    Every method raises `OversightForbidden` for who may not do it.
    """

    def __init__(self, engine: Engine, vault: Vault, clock: Callable[[], datetime]) -> None:
        self._engine, self._vault, self._clock = engine, vault, clock
        self._audit = AuditTrail(vault)

    def add(self, new: NewCritique, actor: Actor) -> int:
        """Takes a draft in; the number of the critique. Raises `OversightRefused` and `RecommendationNotFound`."""
        must_write(actor)
        _check(new)
        now = self._clock()
        with writing(self._engine) as connection:
            number = _insert(connection, new, actor, now)
            join_grounds(connection, critique_ground.c.critique, number, new.grounds, actor.id, now)
            self._audit.add(connection, actor.id, "critique_opened", _record(number), now, {"grounds": len(set(new.grounds))})
        return number

    def page(self, actor: Actor, *, level: AdminLevel | None = None, after: int = 0, limit: int = 50) -> list[Critique]:
        """Up to `limit` by number, those after `after`; None lets all through."""
        must_read(actor)
        conditions = [critique.c.number > after, *([critique.c.level == level.value] if level else [])]
        query = select(critique).where(*conditions).order_by(critique.c.number).limit(min(limit, _MOST))
        with reading(self._engine) as connection:
            return [_critique(row) for row in connection.execute(query)]

    def show(self, number: int, actor: Actor) -> OpenedCritique:
        """The critique with its texts. Raises `OversightNotFound`."""
        must_read(actor)
        with reading(self._engine) as connection:
            row = found(connection, critique, _WHAT, number)
            came = connection.execute(select(asked.c.number).where(asked.c.critique == number).order_by(asked.c.number)).scalars()
            return OpenedCritique(
                _critique(row),
                self._vault.open(row.opinion, opinion_place(number)) if row.opinion else None,
                self._vault.open(row.response, response_place(number)) if row.response else None,
                grounds_of(connection, critique_ground.c.critique, number),
                tuple(came),
            )

    def give_opinion(self, number: int, version: int, text: str, sent_on: date, actor: Actor) -> int:
        """Keeps the Front's opinion as it was sent; the new version. One that was answered stays as it is.

        Raises `OversightNotFound`, `OversightChanged` and `OversightRefused`.
        """
        must_write(actor)
        now = self._clock()
        with writing(self._engine) as connection:
            row = read_at(connection, critique, _WHAT, number, version)
            require("answered_already", holds=row.result is None)
            require_text("text", text)
            require_day("sent_on", sent_on, first=FIRST_DAY, last=now.astimezone(VIETNAM).date())
            sealed = self._vault.seal(text, opinion_place(number))
            change(connection, critique, row, now, {"opinion": sealed, "opinion_on": sent_on})
            self._audit.add(connection, actor.id, "critique_sent", _record(number), now)
        return version + 1

    def respond(self, number: int, version: int, result: CritiqueResult, text: str, on: date, actor: Actor) -> int:
        """Keeps what the drafting body made of the opinion; the new version.

        An answer needs its text, the lack of one has none; what came late may follow on `no_answer`. Raises as `give_opinion` does.
        """
        must_write(actor)
        now = self._clock()
        with writing(self._engine) as connection:
            row = read_at(connection, critique, _WHAT, number, version)
            require("opinion_not_sent", holds=row.opinion_on is not None)
            require("answered_already", holds=row.result in (None, CritiqueResult.NO_ANSWER.value))
            require_day("answered_on", on, first=row.opinion_on, last=now.astimezone(VIETNAM).date())
            values = {"result": result.value, **self._response(number, result, text, on)}
            change(connection, critique, row, now, values)
            self._audit.add(connection, actor.id, "critique_answered", _record(number), now, {"result": result.value})
        return version + 1

    def _response(self, number: int, result: CritiqueResult, text: str, on: date) -> dict[str, object]:
        if result is CritiqueResult.NO_ANSWER:
            require("no_answer_has_no_text", holds=not text.strip())
            return {"response": None, "responded_on": None}
        require_text("text", text)
        return {"response": self._vault.seal(text, response_place(number)), "responded_on": on}


def _record(number: int) -> str:
    return f"oversight_critique:{number}"


def _check(new: NewCritique) -> None:
    require_name("holder", new.holder)
    require_name("drafter", new.drafter)
    require_name("issuer", new.issuer)
    require("title", holds=bool(new.draft_title.strip()) and len(new.draft_title) <= _LONGEST_TITLE)
    require("draft_number", holds=new.draft_number is None or len(new.draft_number) <= _LONGEST_NUMBER)


def _insert(connection: Connection, new: NewCritique, actor: Actor, now: datetime) -> int:
    named = ("level", "holder", "draft_number", "draft_title", "drafter", "issuer", "form", "ground")
    values = {name: getattr(new, name) for name in named}
    made = {"version": 1, "made_by": actor.id, "made_at": now, "changed_at": now}
    return int(connection.execute(insert(critique).values(**values, **made).returning(critique.c.number)).scalar_one())


def _critique(row: Row[Any]) -> Critique:
    same = ("number", "version", "holder", "draft_number", "draft_title", "drafter", "issuer", "opinion_on", "responded_on")
    return Critique(
        **{name: getattr(row, name) for name in same},
        level=AdminLevel(row.level),
        form=CritiqueForm(row.form),
        ground=CritiqueGround(row.ground),
        result=CritiqueResult(row.result) if row.result else None,
    )
