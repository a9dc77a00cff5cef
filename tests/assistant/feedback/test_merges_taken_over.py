"""What was merged before merges had rows of their own is taken over with its links, and its deadlines stand still."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import insert, text

from assistant.database import downgrade, open_database, upgrade, writing
from assistant.feedback.states import State
from assistant.feedback.tables import deadline, link, recommendation, step
from tests.assistant.feedback.office import HUNG, MORNING, Office

_LATER = MORNING + timedelta(hours=1)


def test_what_was_joined_becomes_a_merge_that_can_be_undone(database_url: str) -> None:
    engine = open_database(database_url)
    upgrade(engine)
    office = Office(engine)
    for sender in ("1", "2", "3"):
        office.sent(sender=sender)
    with writing(engine) as connection:
        joined = {"kind": "duplicate", "made_by": "lan"}
        rows = [(2, 1, MORNING), (3, 2, MORNING), (3, 1, _LATER)]
        # As they were written then: 3 into 2 first, and both on into 1.
        connection.execute(insert(link), [{"submission": sent, "recommendation": into, "made_at": at, **joined} for sent, into, at in rows])
        connection.execute(recommendation.update().where(recommendation.c.number.in_((2, 3))).values(state="linked"))
        taken = {"version": 3, "from_state": "screening", "to_state": "linked", "actor": "lan"}
        connection.execute(
            insert(step), [{"recommendation": 3, "taken_at": MORNING, **taken}, {"recommendation": 2, "taken_at": _LATER, **taken}]
        )
        connection.execute(link.update().where((link.c.submission == 2) & (link.c.kind == "duplicate")).values(made_at=_LATER))
    downgrade(engine, "0011")
    upgrade(engine)
    with writing(engine) as connection:
        assert connection.execute(text("SELECT recommendation, target FROM merge ORDER BY 1")).all() == [(2, 1), (3, 2)]
        clocks = connection.execute(deadline.select().where(deadline.c.recommendation == 2)).all()
    assert [(clock.due, clock.paused) for clock in clocks] == [(None, [[_LATER.date().isoformat(), None]])]
    office.casework.unmerge(2, office.recommendations.show(2, HUNG).matter.version, State.SCREENING, HUNG)
    assert [office.recommendations.show(number, HUNG).matter.submissions for number in (1, 2, 3)] == [1, 2, 1]
    assert isinstance(office.desk.casefiles.open(2, HUNG).clocks[0].due, date)
    engine.dispose()
