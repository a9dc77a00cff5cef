"""One ordeal from an empty database to its verdict."""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import socket
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from threading import Event, Thread

from sqlalchemy import func, select

from assistant.bootstrap import Parts
from assistant.database import reading
from assistant.feedback.consent import Consents
from assistant.feedback.desk import FeedbackDesk, open_desk
from assistant.feedback.tables import submission
from assistant.settings import EncoderChoice, Settings
from eval.ordeal.databases import Database, SqliteFile, postgres_server
from eval.ordeal.disk import Disk, small_disk
from eval.ordeal.faults import Faults, Standing
from eval.ordeal.home import make_home
from eval.ordeal.letters import CHAT, WEB, deliveries
from eval.ordeal.processes import Kept
from eval.ordeal.senders import Senders
from eval.ordeal.told import KeepingChannel, Told
from eval.ordeal.verdict import Line, verdict
from eval.ordeal.worker import LightReader

_BOTS, _WORKERS = 2, 1
# They are there again sooner than the service, and would be done long before it.
_BOTS_SLOWER = 4
_START_S, _CATCH_UP_S, _LOOK_S = 300.0, 1_200.0, 0.1
# Of disk: for the program and an empty database, and for each letter.
_MEGABYTES, _KILOBYTES_EACH = 260, 40
_RETENTION = timedelta(days=730)
# Longer than any lease: what dead processes had taken is free again.
_LATER = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Plan:
    """`seconds`: how long sending over HTTP takes if nothing happens. Least and most seconds: `between_s` faults, `full_s` of a full disk.

    `service`: the command that serves, a port is added; default `dienhong serve`. `most_faults`: after so many there are no more.
    """

    letters: int
    engine: str
    seed: int
    seconds: float
    between_s: tuple[float, float] = (4.0, 12.0)
    full_s: tuple[float, float] = (1.0, 4.0)
    service: tuple[str, ...] = ()
    most_faults: int | None = None


def endured(plan: Plan) -> list[Line]:
    """Everything that `plan` says, and what it left."""
    began = time.monotonic()
    with TemporaryDirectory(prefix="dienhong-ordeal-") as name, _database(plan, Path(name)) as (database, disk):
        folder = Path(name)
        standing, senders = _standing(plan, folder, database, disk)
        with _kept_up(standing):
            faults = _sent_through_faults(plan, standing, senders)
            _await_reading(standing, disk)
            for one in standing.holders:
                one.stop()
            desk = _desk(disk.folder, database.url)
            _finish(desk, folder)
            sent = sum(len(deliveries(plan.letters, channel, plan.seed)) for channel in (WEB, CHAT))
            lines = verdict(desk, folder, plan.letters, sent)
            desk.engine.dispose()
    return [*lines, *_about_faults(standing, senders, faults), Line("seconds", round(time.monotonic() - began))]


@contextmanager
def _database(plan: Plan, folder: Path) -> Iterator[tuple[Database, Disk]]:
    (folder / "home").mkdir()
    # The server's own user must come through.
    folder.chmod(0o711)
    megabytes = _MEGABYTES + plan.letters * _KILOBYTES_EACH // 1000
    with small_disk(folder / "home", megabytes) as disk:
        make_home(disk.folder)
        if plan.engine == "sqlite":
            yield SqliteFile(disk.folder), disk
            return
        with postgres_server(disk.folder / "postgresql", folder / "postgresql.log") as server:
            yield server, disk


def _standing(plan: Plan, folder: Path, database: Database, disk: Disk) -> tuple[Standing, Senders]:
    key, port = secrets.token_urlsafe(), _free_port()
    environment = _environment(disk.folder, database.url, key)
    python = [sys.executable, "-m"]
    serve = [*(plan.service or (str(Path(sys.executable).parent / "dienhong"), "serve")), "--port", str(port)]
    work = [*python, "eval.ordeal.worker"]
    seconds = str(plan.seconds * _BOTS_SLOWER)
    told = ["--bots", str(_BOTS), "--letters", str(plan.letters), "--seed", str(plan.seed), "--seconds", seconds]
    senders = Senders(f"http://127.0.0.1:{port}", key, Consents.load().current.version, Told(folder / "acknowledged-web"))
    service = Kept(serve, environment, folder / "service.log")
    workers = [Kept([*work, "read", str(folder), "--place", str(place)], environment, folder / "worker.log") for place in range(_WORKERS)]
    bots = [Kept([*work, "bot", str(folder), "--place", str(place), *told], environment, folder / "bot.log") for place in range(_BOTS)]
    return Standing(service, workers, bots, database, disk, lambda: senders.answered.last_taken), senders


def _environment(home: Path, url: str, key: str) -> dict[str, str]:
    settings = {
        "HOME": str(home),
        "DATABASE_URL": url,
        "ENCODER": "none",
        "ANSWERING_PROCESSES": "1",
        "API_KEYS": json.dumps({"ordeal": hashlib.sha256(key.encode()).hexdigest()}),
        "REQUESTS_PER_MINUTE_KEY": "1000000",
    }
    return {**os.environ, **{f"DIENHONG_{name}": value for name, value in settings.items()}}


@contextmanager
def _kept_up(standing: Standing) -> Iterator[None]:
    """Whatever ends is started again while the block lasts."""
    stopping = Event()

    def look() -> None:
        while not stopping.wait(_LOOK_S):
            standing.database.keep_up()
            for one in standing.holders:
                one.keep_up()

    watching = Thread(target=look, name="service manager")
    watching.start()
    try:
        yield
    finally:
        for one in standing.holders:
            one.stop()
        stopping.set()
        watching.join()


def _sent_through_faults(plan: Plan, standing: Standing, senders: Senders) -> Faults:
    senders.wait_until_ready(_START_S)
    faults = Faults(standing, Random(plan.seed), plan.between_s, plan.full_s, plan.most_faults)  # noqa: S311 - can be had again
    faults.start()
    try:
        for sending in senders.send(deliveries(plan.letters, WEB, plan.seed), plan.seconds):
            sending.result()
        while not all(bot.is_done for bot in standing.bots):
            time.sleep(_LOOK_S)
    finally:
        senders.stop()
        faults.stop()
    return faults


def _await_reading(standing: Standing, disk: Disk) -> None:
    """Until the living processes have read everything that no dead one had taken."""
    desk, until = _desk(disk.folder, standing.database.url), time.monotonic() + _CATCH_UP_S
    is_free = submission.c.leased_until.is_(None) | (submission.c.leased_until <= datetime.now(UTC))
    waiting = select(func.count()).where(submission.c.understood_at.is_(None) & is_free)
    while time.monotonic() < until:
        with reading(desk.engine) as connection:
            if not connection.execute(waiting).scalar_one():
                break
        time.sleep(_LOOK_S)
    desk.engine.dispose()


def _finish(desk: FeedbackDesk, folder: Path) -> None:
    """An hour later by the clock: another worker takes over what dead ones had taken."""
    later = open_desk(desk.engine, desk.vault, lambda: datetime.now(UTC) + _LATER, contact_retention=_RETENTION)
    understander, box, channel = later.understander(LightReader()), later.outbox("last"), KeepingChannel(folder)
    while understander.understand_waiting() or box.deliver_due({CHAT: channel}):
        pass


def _desk(home: Path, url: str) -> FeedbackDesk:
    return Parts(Settings(home=home, database_url=url, encoder=EncoderChoice.NONE)).feedback


def _about_faults(standing: Standing, senders: Senders, faults: Faults) -> Iterator[Line]:
    answered = senders.answered
    for fault, times in sorted(faults.happened.items()):
        yield Line(f"fault: {fault}", times)
    yield Line("database cut short by", standing.database.cut_short_by)
    if not standing.disk.can_fill:
        yield Line("fault: disk full", "LEFT OUT: this system gives no disk of its own (mount is refused)")
    for fault, waits in sorted(faults.recoveries_s.items()):
        yield Line(f"slowest acknowledgement after: {fault}", f"{max(waits):.1f} s")
    yield Line("processes that ended by themselves and were started again", _own_ends(standing.holders) + standing.database.own_ends())
    yield Line("answers over HTTP", ", ".join(f"{kind}: {times}" for kind, times in sorted(answered.by_kind.items())))
    yield Line("of these, neither a receipt nor 409, 422, 429, 503, 507 as problem details", sum(answered.not_calm.values()), 0)


def _own_ends(processes: Sequence[Kept]) -> int:
    return sum(one.own_ends for one in processes)


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port
