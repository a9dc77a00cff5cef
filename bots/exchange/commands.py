"""`dienhong feedback import`, `dienhong feedback export` and `dienhong open-data`."""

from __future__ import annotations

import argparse
import sys
from contextlib import ExitStack
from datetime import timedelta
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TypeVar

from assistant.bootstrap import Parts
from assistant.feedback.errors import UnknownValue
from assistant.feedback.states import Actor, Role
from assistant.interop.catalogue import OpenDataTerms
from assistant.interop.errors import BadChannelName, ConsentNotConfirmed, TableUnreadable
from assistant.interop.exporting import TableFormat, exportable, exported
from assistant.interop.importing import Importer, ImportOrder, ImportReport
from assistant.interop.open_data import open_data, write_open_data
from assistant.interop.workbooks import has_workbooks
from assistant.settings import Settings
from bots.exchange.wording import InteropSentences, interop_sentences
from bots.wording import Sentences
from corpus.areas import Areas
from corpus.errors import SourceUnreadable

_Choice = TypeVar("_Choice", bound=StrEnum)


def import_(arguments: argparse.Namespace, settings: Settings, _words: Sentences) -> int:
    """Takes a portal's table in; every row that is not taken stands on standard error. 1 where there is such a row."""
    told, path = interop_sentences(settings.interface_language), Path(arguments.file)
    if path.suffix.lower() == ".xlsx" and not has_workbooks():
        print(told.workbooks_missing, file=sys.stderr)
        return 3
    importer = Importer(Parts(settings).feedback, partial(_areas, told), contact_retention=timedelta(days=settings.contact_retention_days))
    actor = Actor(arguments.as_, frozenset({Role.SCREENER}))
    order = ImportOrder(path, actor, arguments.channel, is_agreed=arguments.agreed, is_dry=arguments.dry_run)
    try:
        report = importer.run(order)
    except ConsentNotConfirmed:
        print(told.agree_first.format(channel=arguments.channel), file=sys.stderr)
        return 2
    except BadChannelName as error:
        print(told.bad_channel.format(name=error.name), file=sys.stderr)
        return 2
    except TableUnreadable as error:
        where = told.file_row.format(row=error.row) if error.row else ""
        print(told.file_faults[error.fault].format(detail=error.detail) + where, file=sys.stderr)
        return 2
    return _told(report, told, is_dry=arguments.dry_run)


def export(arguments: argparse.Namespace, settings: Settings, _words: Sentences) -> int:
    """Writes the recommendations as a table, to standard output or a file."""
    told, form = interop_sentences(settings.interface_language), _chosen(TableFormat, arguments.format)
    if form is TableFormat.XLSX and not has_workbooks():
        print(told.workbooks_missing, file=sys.stderr)
        return 3
    if form is TableFormat.XLSX and arguments.out is None and sys.stdout.isatty():
        print(told.needs_out, file=sys.stderr)
        return 2
    desk = Parts(settings).feedback
    actor = Actor(arguments.as_, frozenset(_chosen(Role, role) for role in arguments.role or [Role.REVIEWER]))
    with ExitStack() as stack:
        out = stack.enter_context(Path(arguments.out).open("wb")) if arguments.out else sys.stdout.buffer
        for piece in exported(exportable(desk, actor), form, desk.clock()):
            out.write(piece)
    if arguments.out:
        print(told.exported.format(path=arguments.out))
    return 0


def open_data_(arguments: argparse.Namespace, settings: Settings, _words: Sentences) -> int:
    """Writes the open data into a folder."""
    told, folder = interop_sentences(settings.interface_language), Path(arguments.out)
    terms = OpenDataTerms(arguments.publisher or settings.open_data_publisher, arguments.license or settings.open_data_license)
    made = open_data(Parts(settings).feedback, _areas(told), terms)
    write_open_data(made, folder)
    print(told.open_data_written.format(files=len(made.files), folder=folder))
    return 0


def _told(report: ImportReport, told: InteropSentences, *, is_dry: bool) -> int:
    for bad in report.bad:
        print(told.bad_row.format(row=bad.row, fault=told.faults[bad.fault].format(column=bad.column)), file=sys.stderr)
    for unread in report.unread:
        print(told.unread.format(row=unread.row, columns=", ".join(unread.columns)), file=sys.stderr)
    if report.unknown_columns:
        print(told.unknown_columns.format(columns=", ".join(report.unknown_columns)), file=sys.stderr)
    sentence = told.would_import if is_dry else told.imported
    print(sentence.format(rows=report.rows, taken=report.taken, known=report.known, bad=len(report.bad)))
    return 1 if report.bad else 0


def _areas(told: InteropSentences) -> Areas | None:
    try:
        return Areas.load()
    except SourceUnreadable:
        print(told.no_units, file=sys.stderr)
        return None


def _chosen(choices: type[_Choice], typed: str) -> _Choice:
    """The member that was typed. Raises `UnknownValue`."""
    try:
        return choices(typed)
    except ValueError as error:
        raise UnknownValue(typed, tuple(choices)) from error
