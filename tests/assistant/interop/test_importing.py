"""Imports: every row is taken once or told, whatever happens on the way; what the portal says of it is a suggestion."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Row, func, select

from assistant.database import reading
from assistant.feedback.own_data import OwnData
from assistant.feedback.states import State
from assistant.feedback.tables import audit_event, recommendation, submission, suggestion
from assistant.feedback.wanted import Wanted
from assistant.interop.errors import BadChannelName, ConsentNotConfirmed, TableUnreadable
from assistant.interop.importing import Importer, ImportOrder, ImportReport
from assistant.interop.origins import origins_of
from assistant.interop.rows import BadRow, RowFault
from assistant.interop.tables import imported
from corpus.areas import Areas
from tests.assistant.feedback.office import HUNG, LAN, Office

SECRET = "ông Đinh Văn Kín nhận tiền"


def table(folder: Path, *lines: str, name: str = "table.csv") -> Path:
    path = folder / name
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def run(office: Office, path: Path, areas: Areas | None = None, **changes: Any) -> ImportReport:  # Any: fields of the order
    importer = Importer(office.desk, lambda: areas, contact_retention=timedelta(days=365))
    return importer.run(replace(ImportOrder(path, LAN, "mat-tran-so", is_agreed=True), **changes))


def counted(office: Office) -> int:
    with reading(office.engine) as connection:
        return connection.execute(select(func.count()).select_from(submission)).scalar_one()


def told(office: Office) -> dict[str, list[tuple[str, str]]]:
    """Suggestions of the import: task and value, by the id at the portal."""
    query = select(submission.c.external_id, suggestion.c.task, suggestion.c.value).join(suggestion).where(suggestion.c.model == "import")
    found: dict[str, list[tuple[str, str]]] = {}
    with reading(office.engine) as connection:
        for row in connection.execute(query.order_by(suggestion.c.number)):
            found.setdefault(row.external_id, []).append((row.task, row.value))
    return found


def rows_of(office: Office) -> list[Row[Any]]:
    with reading(office.engine) as connection:
        return list(connection.execute(select(submission, imported).join(imported).order_by(submission.c.number)))


def owned(office: Office) -> OwnData:
    (row,) = rows_of(office)
    return office.own_data.export(row.code)


def test_a_row_is_kept_with_everything_it_tells(office: Office, tmp_path: Path, areas: Areas) -> None:
    lines = (
        "id,text,kind,field,level,area,received_at,state,name,phone,email,address",
        'P-1,"Đường liên thôn hỏng",Phản ánh,giao thong,cấp xã,"xã Đông Anh, Hà Nội",05/11/2026 08:30,Đang giải quyết,'
        "Nguyễn Thị Hoa,912345678,hoa@example.com,thôn Hạ",
    )
    assert run(office, table(tmp_path, *lines), areas) == ImportReport(1, 1, 0, (), (), ())
    (row,) = rows_of(office)
    assert (row.channel, row.external_id, row.consent_version) == ("portal:mat-tran-so", "P-1", "portal:mat-tran-so")
    received = datetime(2026, 11, 5, 1, 30, tzinfo=UTC)
    assert (row.row, row.received_at, row.received_at_1, row.state) == (2, received, received, "in_progress")
    office.understander.understand_waiting()
    (origin,) = origins_of(office.desk, 1, HUNG)
    assert (origin.external_id, origin.received_at, origin.state, origin.imported_by) == ("P-1", received, "in_progress", "lan")
    assert office.recommendations.show(1, HUNG).matter.opened_at == received
    assert told(office) == {
        "P-1": [("kind", "report"), ("field", "transport"), ("level", "commune"), ("area", "commune:00454")],
    }
    contact = owned(office).contact
    assert contact
    assert (contact.name, contact.phone, contact.email, contact.address) == ("Nguyễn Thị Hoa", "0912345678", "hoa@example.com", "thôn Hạ")
    assert owned(office).text == "Đường liên thôn hỏng"


def test_labels_are_suggestions_and_decide_nothing(office: Office, tmp_path: Path) -> None:
    run(office, table(tmp_path, "id,text,kind,field,state", "P-1,x,Kiến nghị,Đất đai,Đã công khai"))
    with reading(office.engine) as connection:
        row = connection.execute(select(recommendation)).one()
        accepted = connection.execute(select(suggestion.c.is_accepted)).scalars().all()
        events = [(one.actor, one.action) for one in connection.execute(select(audit_event).order_by(audit_event.c.number))]
    assert (row.state, row.kind, row.field, set(accepted)) == ("received", None, None, {None})
    # Who confirmed the consent is written down.
    assert events == [("lan", "portal_consent"), ("citizen", "submitted"), ("lan", "imported")]


def test_nothing_is_taken_twice_and_nothing_is_lost_silently(office: Office, tmp_path: Path) -> None:
    first = run(office, table(tmp_path, "id,text,state", "P-1,một,Đã tiếp nhận", "P-1,hai,", ",ba,", ",ba,", "P-9,,", "P-2,bốn,"))
    assert (first.rows, first.taken, first.known) == (6, 3, 1)
    assert first.bad == (BadRow(6, RowFault.NO_TEXT, "text"), BadRow(3, RowFault.ID_REPEATED, "external_id"))
    # The portal goes on working on them, and writes its table in another order.
    second = run(office, table(tmp_path, "state,text,id", "Kết thúc,một,P-1", ",ba,", ",khác,P-2", ",năm,", name="later.csv"))
    assert (second.taken, second.known, second.bad) == (1, 2, (BadRow(4, RowFault.CHANGED, "external_id"),))
    assert counted(office) == 4


def test_nothing_is_kept_of_a_trial_or_before_somebody_confirms_the_consent(office: Office, tmp_path: Path) -> None:
    path = table(tmp_path, "id,text,kind", "1,x,tố cáo", "2,,")
    with pytest.raises(ConsentNotConfirmed):
        run(office, path, is_agreed=False)
    with pytest.raises(BadChannelName):
        run(office, path, channel="Mặt trận số")
    with pytest.raises(TableUnreadable):
        run(office, table(tmp_path, "text", "x", '"x', name="broken.csv"))
    report = run(office, path, is_dry=True, is_agreed=False)
    assert (report.taken, len(report.bad), counted(office)) == (1, 1, 0)


def test_a_killed_run_is_made_whole_by_the_next(office: Office, tmp_path: Path) -> None:
    path = table(tmp_path, "id,text,field", *(f"{number},Đường số {number} hỏng,Giao thông" for number in range(70)))

    class Killed(BaseException):
        pass

    calls = iter(range(10_000))
    plain = office.clock.__call__

    def dying() -> datetime:
        # Somewhere in the second batch, between a row that is kept and the note of where it came from.
        if next(calls) == 60:
            raise Killed
        return plain()

    importer = Importer(replace(office.desk, clock=dying), lambda: None, contact_retention=timedelta(days=9))
    with pytest.raises(Killed):
        importer.run(ImportOrder(path, LAN, "mat-tran-so", is_agreed=True))
    before = counted(office)
    assert 0 < before < 70
    assert len(rows_of(office)) < before
    report = run(office, path)
    assert (report.taken + report.known, report.bad, counted(office)) == (70, (), 70)
    assert len(rows_of(office)) == len(told(office)) == 70


def test_what_the_portal_takes_for_a_denunciation_is_sealed_at_once(office: Office, tmp_path: Path) -> None:
    run(
        office,
        table(
            tmp_path, "id,text,kind,field,area", f"1,{SECRET},Tố cáo,Đất đai,01", "2,Đường hỏng,Phản ánh,,", "3,Tôi tố cáo ông A,Phản ánh,,"
        ),
    )
    (sealed, plain, _) = rows_of(office)
    assert (sealed.is_sealed, plain.is_sealed) == (True, False)
    # A field and a place may tell who was denounced.
    assert told(office) == {"1": [("kind", "denunciation")], "2": [("kind", "report")], "3": [("kind", "report")]}
    office.understander.understand_waiting()
    # What a machine takes for one is sealed whatever the portal says.
    assert [one.number for one in office.queue.page(HUNG, Wanted())] == [2]
    with reading(office.engine) as connection:
        assert connection.execute(select(recommendation.c.state).where(recommendation.c.number == 1)).scalar_one() == State.SEALED
