"""The application under an ordeal: started against the emulator, killed, started again, and stopped in good order at the end."""

from __future__ import annotations

import os
import socket
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from threading import Event, Thread
from typing import Protocol

from bots.telegram.webhook import PATH
from eval.ordeal.databases import Database, SqliteFile, postgres_server
from eval.ordeal.processes import Kept
from tests.telegram.emulator import Emulator
from tests.telegram.ordeal.service import ForkedService

_LOOK_S = 0.05
_SECRET = "a-secret"


class Way(StrEnum):
    """How updates come to the bot."""

    POLLING = "polling"
    WEBHOOK = "webhook"


class Service(Protocol):
    """A process that is started again when it ends."""

    own_ends: int

    def keep_up(self) -> None:
        """Starts it if it does not run; called again and again."""

    def kill(self) -> bool:
        """Ends it at once and waits until it is gone; whether it ran."""

    def stop(self) -> None:
        """Ends it in good order, for good."""


@dataclass(frozen=True, slots=True)
class Deployment:
    """`home`: the data folder with a corpus. `is_small`: the forked service that answers by words, in place of `dienhong serve`."""

    home: Path
    way: Way
    engine: str = "sqlite"
    is_small: bool = False


@contextmanager
def running(deployment: Deployment, telegram: Emulator, log: Path) -> Iterator[tuple[Service, str]]:
    """The application while it is kept up, and the address of its database, which lasts as long."""
    with _database(deployment) as database:
        port = _free_port()
        environment = _environment(deployment, telegram, database.url, port)
        service = _service(deployment, environment, port, log)
        with _kept_up(service, database):
            until(lambda: bool(telegram.webhook_url) if deployment.way is Way.WEBHOOK else telegram.is_polled)
            yield service, database.url


def until(holds: Callable[[], bool], within_s: float = 300.0) -> bool:
    """Waits; whether it came to hold in that time."""
    ends_at = time.monotonic() + within_s
    while not (is_so := holds()) and time.monotonic() < ends_at:
        time.sleep(_LOOK_S)
    return is_so


def _service(deployment: Deployment, environment: Mapping[str, str], port: int, log: Path) -> Service:
    if deployment.is_small:
        return ForkedService(port, environment, log)
    command = [str(Path(sys.executable).parent / "dienhong"), "serve", "--port", str(port)]
    return Kept(command, environment, log)


@contextmanager
def _database(deployment: Deployment) -> Iterator[Database]:
    if deployment.engine == "sqlite":
        yield SqliteFile(deployment.home)
        return
    # The server's own user must come through.
    for folder in (deployment.home, deployment.home.parent):
        folder.chmod(0o711)
    with postgres_server(deployment.home / "postgresql", deployment.home / "postgresql.log") as server:
        yield server


def _environment(deployment: Deployment, telegram: Emulator, database: str, port: int) -> dict[str, str]:
    settings = {
        "HOME": str(deployment.home),
        "DATABASE_URL": database,
        "TELEGRAM_TOKEN": telegram.token,
        "TELEGRAM_API_URL": telegram.base_url.removesuffix("/bot"),
        **({"ENCODER": "none", "ANSWERING_PROCESSES": "1"} if deployment.is_small else {}),
    }
    if deployment.way is Way.WEBHOOK:
        settings |= {"TELEGRAM_WEBHOOK_URL": f"http://127.0.0.1:{port}{PATH}", "TELEGRAM_WEBHOOK_SECRET": _SECRET}
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("DIENHONG_")}
    return {**inherited, **{f"DIENHONG_{name}": value for name, value in settings.items()}}


@contextmanager
def _kept_up(service: Service, database: Database) -> Iterator[None]:
    stopping = Event()

    def look() -> None:
        while not stopping.wait(_LOOK_S):
            database.keep_up()
            service.keep_up()

    watching = Thread(target=look, name="service manager")
    watching.start()
    try:
        yield
    finally:
        service.stop()
        stopping.set()
        watching.join()


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])
