"""`dienhong report session`: the Front's report on what citizens sent, as documents."""

from __future__ import annotations

import argparse
from importlib.util import find_spec
from pathlib import Path

from assistant.bootstrap import Parts
from assistant.database import reading
from assistant.feedback.reported import ProvinceOf, reported_matters
from assistant.feedback.session_report import AssemblySession, recomputed, session_figures
from assistant.settings import Settings
from bots.feedback_wording import feedback_sentences
from bots.wording import Sentences
from corpus.areas import Areas
from corpus.errors import SourceUnreadable

_NEEDED = ("docx", "openpyxl", "matplotlib")


def session(arguments: argparse.Namespace, settings: Settings, _words: Sentences) -> int:
    """Writes the report and its annex into a folder and counts every number a second time."""
    told = feedback_sentences(settings.interface_language)
    if any(find_spec(name) is None for name in _NEEDED):
        print(told.reports_missing)
        return 3
    # Only where they are there: they come with an extra.
    from assistant.feedback.report_docx import write_docx
    from assistant.feedback.report_xlsx import write_xlsx

    described = _described(arguments)
    desk = Parts(settings).feedback
    with reading(desk.engine) as connection:
        matters = reported_matters(connection, described.period_from, described.period_to, _province_of())
    figures = session_figures(matters, described)
    folder = Path(arguments.out)
    folder.mkdir(parents=True, exist_ok=True)
    write_docx(figures, described, folder / "report.docx")
    write_xlsx(figures, matters, folder / "annex.xlsx")
    with reading(desk.engine) as connection:
        again = reported_matters(connection, described.period_from, described.period_to, _province_of())
    differing = recomputed(figures, again)
    print(told.report_written.format(folder=folder, matters=len(matters), claims=len(figures.claims), differing=len(differing)))
    return 1 if differing else 0


def _described(arguments: argparse.Namespace) -> AssemblySession:
    return AssemblySession(
        number_of_session=arguments.number,
        legislature=arguments.legislature,
        opens_on=arguments.opens or arguments.to_day,
        period_from=arguments.from_,
        period_to=arguments.to_day,
        issuer=arguments.issuer,
        place=arguments.place,
        document_number="",
        signer_title=arguments.signer_title,
        signer_name="",
    )


def _province_of() -> ProvinceOf:
    try:
        areas = Areas.load()
    except SourceUnreadable:
        return lambda _key: None

    def named(key: str) -> str | None:
        level, _, code = key.partition(":")
        area = areas.province(code) if level == "province" else areas.commune(code)
        province = areas.province(area.parent) if area and area.parent else area
        return province.name if province else None

    return named
