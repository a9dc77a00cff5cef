"""Which text of an article was law on which days, when several sources and versions speak of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

from corpus.sources.batch import SourceName
from corpus.types import Article, Validity

_BEGINNING = date.min
_END = date.max


def timeline(versions: Sequence[Article]) -> list[Article]:
    """The texts of one article with days that do not overlap, oldest first.

    Where several cover a day, the more trusted source wins, then the version that came into force later.
    """
    days = sorted({day for version in versions for day in _bounds(version)})
    spans: list[Article] = []
    for start, end in pairwise(days):
        covering = [version for version in versions if _bounds(version)[0] <= start and end <= _bounds(version)[1]]
        if not covering:
            continue
        best = min(covering, key=_preference)
        span = replace(best, validity=Validity(None if start == _BEGINNING else start, None if end == _END else end))
        if spans and spans[-1].text == span.text and spans[-1].validity.until == span.validity.since:
            span = replace(span, validity=Validity(spans[-1].validity.since, span.validity.until))
            spans.pop()
        spans.append(span)
    return spans


def _bounds(version: Article) -> tuple[date, date]:
    return version.validity.since or _BEGINNING, version.validity.until or _END


def _preference(version: Article) -> tuple[int, int]:
    return SourceName(version.source).rank, -_bounds(version)[0].toordinal()
