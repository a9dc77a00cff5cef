"""Which recommendation carries a submission, and which follows another: conditions that every query of links shares."""

from __future__ import annotations

from sqlalchemy import ColumnElement, exists

from assistant.feedback.tables import link, merge, recommendation

# The others say what a submission is to a recommendation that follows another one's.
_CARRYING = ("primary", "part", "duplicate")


def carries() -> ColumnElement[bool]:
    """Lets through links by which a recommendation carries a submission, those undone left out."""
    return link.c.kind.in_(_CARRYING) & link.c.undone_at.is_(None)


def carries_whole() -> ColumnElement[bool]:
    """The same for whole submissions alone: what was split off, also where it was merged with something since, has a span."""
    return link.c.kind.in_(("primary", "duplicate")) & link.c.first.is_(None) & link.c.undone_at.is_(None)


def releases() -> ColumnElement[bool]:
    """Lets through links by which what was released of a submission is told of the recommendation.

    What a person released is of the whole message or of the part as it was split off; a part that was merged gives none of it along.
    """
    return carries() & ((link.c.kind != "duplicate") | link.c.first.is_(None))


def is_merged() -> ColumnElement[bool]:
    """Lets through the recommendations that are followed with another one, also where both have ended: they count there."""
    return exists().where((merge.c.recommendation == recommendation.c.number) & merge.c.undone_at.is_(None)).correlate(recommendation)
