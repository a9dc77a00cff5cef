"""`dienhong report session`: the Front's report on what citizens sent, as documents."""

from __future__ import annotations

import argparse
from importlib.util import find_spec
from pathlib import Path

from assistant.bootstrap import Parts
from assistant.database import reading
from assistant.feedback.reports.reported import reported_matters
from assistant.feedback.reports.session_report import AssemblySession, recomputed, session_figures
from assistant.insight.matters import province_names
from assistant.insight.reports import ReportDesk
from assistant.settings import Settings
from bots.feedback.wording import feedback_sentences
from bots.insight.wording import insight_sentences
from bots.wording import Sentences

_WHO = "command-line"
_NEEDED = ("docx", "openpyxl", "matplotlib")


def session(arguments: argparse.Namespace, settings: Settings, _words: Sentences) -> int:
    """Writes the report and its annex into a folder and counts every number a second time."""
    told = feedback_sentences(settings.interface_language)
    if any(find_spec(name) is None for name in _NEEDED):
        print(told.reports_missing)
        return 3
    # Only where they are there: they come with an extra.
    from assistant.feedback.reports.docx import write_docx
    from assistant.feedback.reports.xlsx import write_xlsx

    described = _described(arguments)
    desk, provinces = Parts(settings).feedback, province_names()
    with reading(desk.engine) as connection:
        matters = reported_matters(connection, described.period_from, described.period_to, provinces)
    figures = session_figures(matters, described)
    folder = Path(arguments.out)
    folder.mkdir(parents=True, exist_ok=True)
    write_docx(figures, described, folder / "report.docx")
    write_xlsx(figures, matters, folder / "annex.xlsx")
    kept = ReportDesk(desk.engine, desk.vault, desk.clock, provinces).keep_session(described, figures.claims, _WHO)
    with reading(desk.engine) as connection:
        again = reported_matters(connection, described.period_from, described.period_to, provinces)
    differing = recomputed(figures, again)
    print(insight_sentences(settings.interface_language).report_kept.format(number=kept))
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
