"""Sentences planted in what is sealed are looked for in all that leaves: interface, exports, reports, notices, tables, files, logs."""

from __future__ import annotations

import logging
import re
import time
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import LargeBinary, select

from assistant.all_tables import metadata
from assistant.app import Assistant
from assistant.database import open_database, reading, upgrade
from assistant.dialogue.answer_feedback import AnswerFeedback
from assistant.dialogue.conversations import Conversations
from assistant.feedback.casework import Facts
from assistant.feedback.desk import open_desk
from assistant.feedback.intake import Attachment
from assistant.feedback.reports.docx import write_docx
from assistant.feedback.reports.reported import reported_matters
from assistant.feedback.reports.session_report import session_figures
from assistant.feedback.reports.xlsx import write_xlsx
from assistant.feedback.states import Role, State, Step
from assistant.feedback.tables import submission, suggestion
from assistant.feedback.types import Field
from assistant.insight.documents import Form, write_document
from assistant.insight.figures import Period
from assistant.insight.matters import province_names
from assistant.insight.reports import Asked, ReportDesk, ReportKind
from assistant.insight.theme_desk import ThemeDesk
from assistant.interop.exporting import TableFormat, exportable, exported
from assistant.interop.importing import Importer, ImportOrder
from assistant.responder import Responder
from assistant.webhooks.webhooks import Webhooks
from bots.law.answer_gate import notes_of
from bots.web.app import create_app
from bots.web.service import WebService
from corpus.text import fold
from tests.assistant.feedback.generated_matters import SESSION
from tests.assistant.feedback.office import CHAT, FIRST, HUNG, LAN, Office, ScriptedChannel, open_office, person
from tests.assistant.toy_law import toy_answerer, toy_store
from tests.bots.web.conftest import STAFF, RouterByWords
from tests.databases import sqlite_url

# Words that stand nowhere else; each is looked for with and without marks, in any case.
PLANTED = ("Kín Như Bưng", "chuyến tàu ma", "cầu Rỉ Sét Đỏ")
NEEDLES = tuple(fold(one) for one in PLANTED)
BY_MACHINE = f"Tôi tố cáo ông Trần {PLANTED[0]} nhận đút lót {PLANTED[1]} ở {PLANTED[2]}"
LATER = f"Đường hỏng vì ông Trần {PLANTED[0]} ăn bớt đá {PLANTED[1]} ở {PLANTED[2]}"
UNREAD = f"Câu này làm hỏng máy, ông {PLANTED[0]} biết {PLANTED[1]}"
EVERYBODY = ("", "machine", "lan", "hung", "mai", "nga", "dung")
ADMIN = person("tú", Role.UNIT_ADMIN)
PERIOD = Period(date(2026, 10, 1), date(2026, 11, 30))


@dataclass(frozen=True, slots=True)
class House:
    """An office in which things are sealed, the application over it, and the tracking codes of what is sealed."""

    office: Office
    client: TestClient
    codes: tuple[str, ...]
    folder: Path


@pytest.fixture
def house(database_url: str, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> Iterator[House]:
    caplog.set_level(logging.DEBUG)
    (tmp_path / "law").mkdir()
    with open_office(database_url) as office, toy_store(tmp_path / "law") as store:
        follower = Webhooks(office.engine, office.vault, office.clock)
        follower.add("tất cả", "https://portal.example/hook", b"s" * 32, ADMIN)
        desk = open_desk(office.engine, office.vault, office.clock, contact_retention=timedelta(days=30), followers=(follower,))
        office.desk, office.intake, office.recommendations, office.casework = desk, desk.intake, desk.recommendations, desk.casework
        office.own_data, office.understander = desk.own_data, desk.understander(office.reader)
        codes = planted(office, tmp_path)
        engine = open_database(sqlite_url(tmp_path / "law"))
        upgrade(engine)
        assistant = Assistant(Responder(toy_answerer(store), RouterByWords()), Conversations(engine, office.clock), office.clock)
        service = WebService(assistant, AnswerFeedback(engine, office.clock), desk, store, time.monotonic)
        staff = {**STAFF, "nga": (Role.AUDITOR,), "dung": (Role.DEPUTY,)}
        keys = {name: sha256(name.encode()).hexdigest() for name in (*staff, "machine")}
        with TestClient(create_app(service, keys=keys, staff=staff, per_minute_address=10**6, per_minute_key=10**6)) as client:
            yield House(office, client, codes, tmp_path)
        engine.dispose()


def planted(office: Office, folder: Path) -> tuple[str, ...]:
    """Seals in every way there is, among enough that is open; the codes of what is sealed."""
    for number in range(6):
        office.sent(f"Đường trước nhà số {number} hỏng từ lâu", str(number))
    codes = [office.sent(BY_MACHINE, "a"), office.sent(BY_MACHINE.lower(), "b"), office.sent(LATER, "c"), office.sent(LATER, "d")]
    sealed_later(office, folder)
    codes.append(office.sent("Đèn đường tắt từ tháng trước", "f"))
    for number, code in enumerate((codes[-1], codes[0])):
        office.desk.messages.add(code, BY_MACHINE, f"added-{number}", attachments=(Attachment("text/plain", LATER.encode()),))
    codes.append(office.intake.submit(office.letter(UNREAD, "e")).code)
    for _ in range(4):
        office.understander.understand_waiting()
        office.clock.move(timedelta(minutes=6))
    table = folder / "portal.csv"
    table.write_text(f"external_id,text,kind,received_at\nP-1,{LATER},denunciation,2026-11-20\n", encoding="utf-8")
    Importer(office.desk, lambda: None, contact_retention=timedelta(days=30)).run(ImportOrder(table, ADMIN, "portal", is_agreed=True))
    office.understander.understand_waiting()
    with reading(office.engine) as connection:
        rows = connection.execute(select(submission.c.code).where(submission.c.is_sealed)).scalars().all()
    assert set(codes) <= set(rows)
    assert len(rows) == 7
    return tuple(rows)


def sealed_later(office: Office, folder: Path) -> None:
    """Seals what was worked on in the open, with words of it wherever a person can write, and what was joined to it."""

    def version(number: int) -> int:
        return office.recommendations.show(number, HUNG).matter.version

    office.recommendations.take(9, version(9), Step(State.ACCEPTED, LAN), f"nói đến {PLANTED[0]}")
    facts = Facts(field=Field.TRANSPORT, title=LATER, statement=LATER, body=PLANTED[2])
    office.casework.settle(9, version(9), facts, HUNG)
    notes_of(office.desk).add(9, LATER, HUNG)
    code = office.recommendations.show(9, HUNG).submissions[0].code
    office.casework.confirm_redaction(9, version(9), {code: LATER}, HUNG, despite_found=True)
    office.casework.merge(10, version(10), 9, LAN)
    office.recommendations.take(9, version(9), Step(State.SEALED, HUNG), f"vì {PLANTED[1]}")


def leaked(content: bytes | str, codes: tuple[str, ...] = ()) -> list[str]:
    """What was planted and can be read in `content`; office documents are opened first."""
    if isinstance(content, bytes) and content[:2] == b"PK":
        with zipfile.ZipFile(BytesIO(content)) as parts:
            content = "\n".join(re.sub(r"<[^>]*>", "", parts.read(name).decode("utf-8", "ignore")) for name in parts.namelist())
    text = content.decode("utf-8", "ignore") if isinstance(content, bytes) else content
    folded = fold(text)
    return [needle for needle in NEEDLES if needle in folded] + [code for code in codes if code in text]


def addresses(client: TestClient) -> list[str]:
    """Every address that can be read, with numbers of everything there is; those of one sender by their code are left out."""
    numbers = range(1, 14)
    told = ["/", "/send", "/track", "/survey", "/metrics", "/open-data/", "/open311/v2/services.json", "/open311/v2/discovery.xml"]
    told += [f"/open311/v2/requests.{form}{query}" for form in ("json", "xml") for query in ("", "?status=open", "?status=closed")]
    told += [f"/open311/v2/requests/{number}.json" for number in numbers]
    told += [f"/api/v1/recommendations/{number}/attachments/{sent}-1" for number in numbers for sent in numbers]
    told += [f"/open-data/{name}" for name in re.findall(r"open-data/([\w.-]+)", client.get("/open-data/").text)]
    for path, operations in client.app.openapi()["paths"].items():  # type: ignore[attr-defined]  # the client types it as a bare callable
        if "get" in operations and "{code}" not in path:
            told += [re.sub(r"\{.*?\}", str(number), path) for number in (numbers if "{" in path else (0,))]
    return told


def test_nothing_sealed_can_be_read_over_http_by_anybody_else(house: House) -> None:
    asked = addresses(house.client)
    assert {"/api/v1/recommendations", "/api/v1/recommendations/9/file", "/api/v1/oversight/proposals"} <= set(asked)
    answered = 0
    for name in EVERYBODY:
        headers = {"Authorization": f"Bearer {name}"} if name else {}
        for address in asked:
            answer = house.client.get(address, headers=headers)
            assert leaked(answer.content, house.codes) == [], f"{name} reads {address}"
            answered += answer.status_code == 200
    assert answered > 100
    officer = {"Authorization": "Bearer officer-1"}
    assert leaked(house.client.get("/api/v1/recommendations/9", headers=officer).content) == list(NEEDLES)


def test_nothing_sealed_is_in_what_is_exported_or_reported(house: House) -> None:
    office, made = house.office, [*exports(house.office), *reports(house)]
    files = {path.name for path in made}
    assert {"week.docx", "report.docx", "annex.xlsx"} <= files
    assert [path.name for path in made if leaked(path.read_bytes(), house.codes)] == []
    with reading(office.engine) as connection:
        shown = " ".join(str(row) for row in connection.execute(select(suggestion.c.submission, suggestion.c.task, suggestion.c.value)))
    assert leaked(shown) == []


def exports(office: Office) -> Iterator[Path]:
    both = replace(HUNG, roles=HUNG.roles | FIRST.roles)
    for actor in (HUNG, both):
        for form in TableFormat:
            written = b"".join(exported(exportable(office.desk, actor), form, office.clock()))
            assert written
            assert leaked(written) == []
    yield from ()


def reports(house: House) -> Iterator[Path]:
    office, folder = house.office, house.folder / "reports"
    folder.mkdir()
    desk = ReportDesk(office.engine, office.vault, office.clock, province_names())
    form = Form("Ủy ban Trung ương Mặt trận Tổ quốc Việt Nam", "Hà Nội", "CHỦ TỊCH", {"province": "Hà Nội"})
    ThemeDesk(office.engine, office.vault, office.clock).run(PERIOD.first, PERIOD.last, HUNG, smallest=2)
    for kind, about in ((ReportKind.WEEK, ""), (ReportKind.SCOREBOARD, ""), (ReportKind.DEPUTY, "Hà Nội")):
        write_document(kind, desk.count(Asked(kind, PERIOD, about)), form, folder / f"{kind}.docx")
    with reading(office.engine) as connection:
        matters = reported_matters(connection, PERIOD.first, PERIOD.last, province_names())
    session = replace(SESSION, period_from=PERIOD.first, period_to=PERIOD.last)
    figures = session_figures(matters, session)
    write_docx(figures, session, folder / "report.docx")
    write_xlsx(figures, matters, folder / "annex.xlsx")
    yield from folder.iterdir()


def test_nothing_sealed_is_told_to_others_or_can_be_read_in_the_database(house: House, caplog: pytest.LogCaptureFixture) -> None:
    office, channel = house.office, ScriptedChannel()
    office.outbox().deliver_due({CHAT: channel, "portal:portal": channel}, limit=500)
    assert leaked(" ".join(f"{one.facts} {one.text}" for one in channel.arrived.values())) == []
    office.desk.upkeep.run()
    with reading(office.engine) as connection:
        for table in metadata.sorted_tables:
            for row in connection.execute(select(table)).mappings():
                values = {column.name: row[column.name] for column in table.columns}
                plain = {name: value for name, value in values.items() if not isinstance(table.c[name].type, LargeBinary)}
                assert leaked(str(plain)) == [], table.name
                assert all(leaked(value) == [] for name, value in values.items() if name not in plain and value), table.name
    for path in house.folder.glob("*.sqlite*"):
        assert leaked(path.read_bytes()) == [], path.name
    assert leaked(caplog.text, house.codes) == []
