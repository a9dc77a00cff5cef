"""The templates of all pages, and what they write in their own way."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from pathlib import Path

from fastapi.templating import Jinja2Templates

from bots.law.render import day
from corpus.ids import ProvisionId
from corpus.labels import provision_label


@cache
def templates() -> Jinja2Templates:
    """The templates of all pages."""
    templates = Jinja2Templates(directory=Path(str(files("bots") / "web" / "templates")))
    templates.env.filters |= {"label": _label, "day": day_of, "last_day": _last_day}
    return templates


def day_of(value: str) -> str:
    """A day of the interface (ISO 8601) as people write it."""
    return day(date.fromisoformat(value))


def _label(provision: str) -> str:
    return provision_label(ProvisionId.parse(provision))


def _last_day(value: str) -> str:
    """The last day in force, from the first day that is not."""
    return day(date.fromisoformat(value) - timedelta(days=1))
