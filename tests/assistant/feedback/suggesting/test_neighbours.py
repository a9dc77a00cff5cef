"""Similar submissions in the background: what is the same matter is suggested, what is sealed or gone is compared with nothing."""

from __future__ import annotations

from dataclasses import replace
from itertools import count

import numpy as np
import pytest
from sqlalchemy import select, update

from assistant.database import reading, writing
from assistant.feedback.states import State, Step
from assistant.feedback.suggesting.understanding import Suggested, Understanding
from assistant.feedback.tables import fingerprint, submission, suggestion
from assistant.feedback.types import NAMED_SCORE
from assistant.feedback.wanted import Wanted
from tests.assistant.feedback.office import HUNG, LAN, Office

BRIDGE = "Cầu Đá Bạc bị gãy lan can, trẻ con đi học rất nguy hiểm"
AGAIN = "Lan can cầu Đá Bạc gãy rồi, con nít đi học nguy hiểm lắm"
RUBBISH = "Rác ở chợ Gạo mười ngày không ai dọn, mùi hôi thối"


def similar(office: Office) -> list[tuple[int, str]]:
    """The submissions with the recommendations suggested for them as the same matter."""
    with reading(office.engine) as connection:
        rows = connection.execute(select(suggestion).where(suggestion.c.task == "similar").order_by(suggestion.c.number)).all()
    return [(row.submission, row.value) for row in rows]


def test_the_same_matter_is_suggested_and_another_one_is_not(office: Office) -> None:
    for text in (BRIDGE, RUBBISH, AGAIN):
        office.sent(text)
    assert similar(office) == [(3, "1")]


def test_a_worker_that_began_later_knows_what_came_before(office: Office) -> None:
    office.sent(BRIDGE)
    office.intake.submit(office.letter(AGAIN))
    office.another_understander().understand_waiting()
    assert similar(office) == [(2, "1")]


def test_nothing_sealed_is_compared_with_anything(office: Office) -> None:
    office.sent(f"Tôi tố cáo: {BRIDGE}")
    office.sent(AGAIN)
    assert similar(office) == []
    with reading(office.engine) as connection:
        assert list(connection.execute(select(fingerprint.c.submission)).scalars()) == [2]


def test_what_is_sealed_later_is_forgotten(office: Office) -> None:
    office.sent(BRIDGE)
    (matter,) = office.queue.page(LAN, Wanted())
    office.recommendations.take(1, matter.version, Step(State.ACCEPTED, LAN))
    office.recommendations.take(1, matter.version + 1, Step(State.SEALED, HUNG))
    office.sent(AGAIN)
    assert similar(office) == []


def test_what_was_withdrawn_or_erased_is_forgotten(office: Office) -> None:
    first, second = office.sent(BRIDGE), office.sent(BRIDGE, sender="2002")
    office.own_data.withdraw(first)
    office.own_data.erase(second)
    office.sent(AGAIN)
    assert [of for of, _ in similar(office) if of == 3] == []


def test_a_damaged_record_does_not_stop_the_reading_of_others(office: Office) -> None:
    damaged = office.sent(RUBBISH)
    office.sent(BRIDGE)
    with writing(office.engine) as connection:
        connection.execute(update(submission).where(submission.c.code == damaged).values(text=b"hong"))
    office.intake.submit(office.letter(AGAIN))
    worker = office.another_understander()
    assert worker.understand_waiting() == 1
    assert similar(office) == [(3, "2")]
    office.own_data.withdraw(damaged)
    office.intake.submit(office.letter(RUBBISH))
    assert worker.understand_waiting() == 1


class CitingReader:
    """Reads as the office's reader does, and in each letter a clause of the same article, with the score `score`."""

    def __init__(self, office: Office, score: float) -> None:
        self._reader, self._score, self._clauses = office.reader, score, count(1)

    def read(self, text: str) -> Understanding:
        read = self._reader.read(text)
        cited = Suggested("provision", f"31/2024/QH15@82.{next(self._clauses)}", self._score)
        return replace(read, suggestions=(*read.suggestions, cited))


@pytest.mark.parametrize(("score", "found"), [(NAMED_SCORE, [(2, "1")]), (0.9, [])], ids=["named in both", "only found for both"])
def test_an_article_that_both_texts_name_counts(office: Office, score: float, found: list[tuple[int, str]]) -> None:
    first, second = "Đất vườn nhà tôi bị thu hồi mà tiền bồi thường thấp", "Tiền bồi thường đất vườn bị thu hồi thấp quá, dân sống sao"
    reader = CitingReader(office, score)
    office.intake.submit(office.letter(first))
    office.desk.understander(reader).understand_waiting()
    office.intake.submit(office.letter(second))
    # What came before is known from the database, what is read now from the reader.
    office.desk.understander(reader).understand_waiting()
    assert similar(office) == found


def test_the_meaning_of_a_text_cannot_be_read_in_the_database(office: Office) -> None:
    office.sent(BRIDGE)
    with reading(office.engine) as connection:
        kept = connection.execute(select(fingerprint.c.vector)).scalar_one()
    meaning = np.asarray(office.reader.read(BRIDGE).meaning, np.float16).tobytes()
    assert meaning not in kept
