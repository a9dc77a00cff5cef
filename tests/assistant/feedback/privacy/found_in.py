"""What the finder of personal data finds in a text, for the tests of its parts."""

from __future__ import annotations

from functools import lru_cache

from assistant.feedback.privacy.personal_data import PersonalDataFinder
from assistant.feedback.types import PersonalDataType


@lru_cache(maxsize=1)
def finder() -> PersonalDataFinder:
    """A finder that knows the places installed."""
    # Loading the word lists takes a tenth of a second; a finder keeps nothing of what it read.
    return PersonalDataFinder.load()


@lru_cache(maxsize=1)
def finder_without_places() -> PersonalDataFinder:
    """A finder where no places are installed."""
    return PersonalDataFinder(None)


def found(text: str, kind: PersonalDataType) -> list[str]:
    """The stretches of one kind, as they are written."""
    return [text[span.start : span.end] for span in finder().find(text) if span.type is kind]


def touches(text: str, kind: PersonalDataType, wanted: str) -> bool:
    """Whether a stretch of this kind overlaps `wanted`."""
    start = text.index(wanted)
    return any(span.type is kind and span.start < start + len(wanted) and start < span.end for span in finder().find(text))
