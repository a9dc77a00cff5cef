"""The office of the commune that a message names, beside what a guide calls it: "Ủy ban nhân dân cấp xã nơi cư trú"."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.answering.types import Answer
from corpus.area_types import Area, Level
from corpus.types import Procedure

# Not "cấp xã bất kỳ": any commune may be gone to.
_OFFICE = re.compile(r"(?P<body>Ủy ban nhân dân|Công an) cấp xã(?! bất kỳ| ở bất kỳ)")


def procedure_there(answer: Answer) -> Procedure | None:
    """The procedure of the answer, its offices of a commune named where the message names one single commune of today."""
    communes = {area for match in answer.places for area in match.today}
    if answer.procedure is None or len(communes) != 1:
        return answer.procedure
    (commune,) = communes
    if commune.level is not Level.COMMUNE:
        return answer.procedure
    where = tuple(replace(place, body=_with_name(place.body, commune)) for place in answer.procedure.where)
    return replace(answer.procedure, where=where)


def _with_name(body: str, commune: Area) -> str:
    office = _OFFICE.match(body)
    # "Ủy ban nhân dân xã Phù Đổng, thành phố Hà Nội"
    return f"{body}: {office['body']} {_lowered(commune.full)}" if office else body


def _lowered(full: str) -> str:
    """A full name inside a sentence: its kind words small, "xã Phù Đổng, thành phố Hà Nội"."""
    return ", ".join(part[:1].lower() + part[1:] for part in full.split(", "))
