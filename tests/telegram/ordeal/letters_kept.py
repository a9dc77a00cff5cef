"""What became of the letters: those that somebody was told a code for are kept, each once, with the words of their sender."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Row, select

from assistant.database import reading
from assistant.feedback.desk import FeedbackDesk
from assistant.feedback.seal_places import text_place
from assistant.feedback.tables import attachment, submission
from eval.ordeal.letters import letter
from eval.ordeal.verdict import Line
from tests.telegram.ordeal.citizen import Citizen
from tests.telegram.ordeal.told import Sending, codes_shown

# Every letter ends with its number.
_NUMBER = re.compile(r"\((\d+)\)")


def about_letters(desk: FeedbackDesk, citizens: Sequence[Citizen], sent: Mapping[int, Sequence[Sending]]) -> Iterator[Line]:
    """The lines about what was sent with a code."""
    told = codes_shown(sent)
    with reading(desk.engine) as connection:
        rows = connection.execute(select(submission)).all()
        files = connection.execute(select(attachment.c.submission)).all()
    numbers = {row.code: _numbers(desk, row) for row in rows}
    agreed = {one.person.chat_id: {letter.number for letter in one.agreed} for one in citizens}
    foreign = [code for code, chat in told.items() if not numbers.get(code, frozenset()) & agreed.get(chat, set())]
    blocked = {one.person.chat_id for one in citizens if one.has_blocked}
    of_blocked = {number for chat in blocked for number in agreed[chat]}
    untold = [code for code in numbers if code not in told]
    yield Line("people agreed to send", sum(len(some) for some in agreed.values()))
    yield Line("acknowledged: a code was shown", len(told))
    yield Line("acknowledged and LOST, or kept with other words", len(foreign), 0)
    yield Line("kept", len(rows))
    yield Line("DOUBLED by the words of the sender", _more_than_once(number for some in numbers.values() for number in some), 0)
    yield Line("DOUBLED by channel and message id", _more_than_once((row.channel, row.external_id) for row in rows), 0)
    yield Line("kept though nobody was told the code", sum(not numbers[code] & of_blocked for code in untold), 0)
    yield Line("files kept with them", len(files))


def _numbers(desk: FeedbackDesk, row: Row[Any]) -> frozenset[int]:
    """The letters that stand in it as they were written: one, or also one that was left unfinished before."""
    text = desk.vault.open(row.text, text_place(row.code))
    return frozenset(int(one) for one in _NUMBER.findall(text) if letter(int(one)).text in text)


def _more_than_once(values: Iterable[Hashable]) -> int:
    return sum(times > 1 for times in Counter(values).values())
