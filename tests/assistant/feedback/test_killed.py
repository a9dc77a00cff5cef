"""Processes that take submissions in, read them and deliver messages are killed at any moment: nothing acknowledged is lost or doubled."""

from __future__ import annotations

import subprocess
import sys
import time
from collections import Counter
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import func, select

from assistant.database import open_database, reading, upgrade
from assistant.feedback.keeping import verify_audit
from assistant.feedback.tables import link, outbox, recommendation, submission
from tests.assistant.feedback.office import CHAT, Office
from tests.assistant.feedback.sender import WrittenChannel

pytestmark = pytest.mark.slow
ROUNDS, AT_ONCE = 6, 2


def killed_after(seconds: float, url: str, first: int, folder: Path) -> subprocess.Popen[bytes]:
    """A process that was killed with -9 when it had worked for so long."""
    process = subprocess.Popen([sys.executable, "-m", "tests.assistant.feedback.sender", url, str(first), str(folder)])
    before = lines(folder / "acknowledged")
    deadline = time.monotonic() + 60
    while lines(folder / "acknowledged") == before and time.monotonic() < deadline:
        time.sleep(0.02)
    time.sleep(seconds)
    return process


def lines(path: Path) -> list[str]:
    # The last line may be cut where its writer was killed.
    return path.read_text(encoding="utf-8").split("\n")[:-1] if path.exists() else []


def test_nothing_acknowledged_is_lost_or_doubled_whenever_processes_die(database_url: str, tmp_path: Path) -> None:
    engine, chance = open_database(database_url), Random(4)
    upgrade(engine)
    for turn in range(ROUNDS):
        processes = [killed_after(chance.uniform(0.1, 0.8), database_url, 10_000 * turn, tmp_path) for _ in range(AT_ONCE)]
        for process in processes:
            process.kill()
            process.wait()
    office = Office(engine)
    office.clock.move(timedelta(hours=1))
    while office.understander.understand_waiting():
        pass
    while office.outbox("last").deliver_due({CHAT: WrittenChannel(tmp_path / "delivered")}):
        pass
    told = Counter(lines(tmp_path / "acknowledged"))
    codes = {line.split()[1] for line in told}
    assert len({line.split()[0] for line in told}) == len(codes)
    with reading(engine) as connection:
        kept = {row.code: row for row in connection.execute(select(submission))}
        counts = [connection.execute(select(func.count()).select_from(table)).scalar_one() for table in (submission, recommendation, link)]
        waiting = connection.execute(select(func.count()).where(outbox.c.state != "delivered")).scalar_one()
        keys = set(connection.execute(select(outbox.c.key)).scalars())
    assert len(codes) > ROUNDS
    assert codes <= set(kept)
    assert all(row.understood_at for row in kept.values())
    assert len(set(counts)) == 1
    assert waiting == 0
    assert keys <= set(lines(tmp_path / "delivered"))
    assert verify_audit(engine, office.vault).number >= 3 * len(kept)
    engine.dispose()
