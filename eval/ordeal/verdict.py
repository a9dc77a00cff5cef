"""What an ordeal left: every acknowledged letter kept once, understood, answered and written down, or not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Row, func, select, text

from assistant.database import reading
from assistant.feedback.desk import FeedbackDesk
from assistant.feedback.errors import AuditBroken, SealBroken
from assistant.feedback.keeping import verify_audit
from assistant.feedback.seal_places import text_place
from assistant.feedback.tables import audit_event, link, outbox, recommendation, submission
from eval.ordeal.letters import CHAT, letter
from eval.ordeal.told import answers, delivered, has_arrived, repeated


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table. `wanted` is None where any value will do."""

    name: str
    value: int | str
    wanted: int | str | None = None

    @property
    def holds(self) -> bool:
        """Whether it is as it must be."""
        return self.wanted is None or self.value == self.wanted


@dataclass(frozen=True, slots=True)
class Heard:
    """What senders heard, by the number of the letter."""

    codes: Mapping[int, frozenset[str]]
    refused: frozenset[int]
    answers: int

    @classmethod
    def read(cls, folder: Path) -> Heard:
        """From the files that senders wrote."""
        codes: dict[int, set[str]] = {}
        every = answers(folder)
        for number, code in every:
            if code is not None:
                codes.setdefault(number, set()).add(code)
        refused = frozenset(number for number, code in every if code is None)
        return cls({number: frozenset(some) for number, some in codes.items()}, refused, len(every))


def verdict(desk: FeedbackDesk, folder: Path, letters: int, sent: int) -> list[Line]:
    """The lines about everything that was kept; `sent`: deliveries of these letters."""
    told = Heard.read(folder)
    with reading(desk.engine) as connection:
        rows = connection.execute(select(submission)).all()
        lines = [*_about_letters(desk, told, rows, letters, sent), *_about_records(connection, len(rows))]
        return [*lines, *_about_messages(connection, folder, rows), *_about_audit(desk, connection, len(rows))]


def _about_letters(desk: FeedbackDesk, told: Heard, rows: Sequence[Row[Any]], letters: int, sent: int) -> Iterator[Line]:
    refusable = {number for number in range(letters) if letter(number).is_refused}
    texts = Counter(_opened(desk, row) for row in rows)
    ids = Counter((row.channel, row.external_id) for row in rows)
    kept = {row.code: row for row in rows}
    lost = [number for number, codes in told.codes.items() if not all(_is_kept(desk, kept.get(code), number) for code in codes)]
    yield Line("letters", letters)
    yield Line("deliveries of them, in random order", sent)
    yield Line("deliveries answered for good", told.answers, sent)
    yield Line("acknowledged", len(told.codes), letters - len(refusable))
    yield Line("refused, as they must be", len(told.refused), len(refusable))
    yield Line("refused and acknowledged", len(told.refused & told.codes.keys()), 0)
    yield Line("kept", len(rows), len(told.codes))
    yield Line("acknowledged and LOST", len(lost), 0)
    yield Line("told two codes", sum(len(codes) > 1 for codes in told.codes.values()), 0)
    yield Line("DOUBLED by channel and message id", _more_than_once(ids), 0)
    yield Line("DOUBLED by text", _more_than_once(texts), 0)


def _about_records(connection: Connection, kept: int) -> Iterator[Line]:
    primary = select(link.c.submission, link.c.recommendation).where(link.c.kind == "primary")
    pairs = connection.execute(primary).all()
    by_submission, by_matter = (Counter(pair[place] for pair in pairs) for place in (0, 1))
    failed = connection.execute(select(func.count()).where(submission.c.understood_at.is_not(None) & (submission.c.attempts > 1)))
    yield Line("recommendations", connection.execute(select(func.count()).select_from(recommendation)).scalar_one(), kept)
    yield Line("submissions with exactly one recommendation", sum(times == 1 for times in by_submission.values()), kept)
    yield Line("recommendations with exactly one submission", sum(times == 1 for times in by_matter.values()), kept)
    yield Line("not yet understood", connection.execute(select(func.count()).where(submission.c.understood_at.is_(None))).scalar_one(), 0)
    yield Line("understood at a later attempt, its first reader killed", failed.scalar_one())
    unread = connection.execute(select(func.count()).where((audit_event.c.action == "understood") & audit_event.c.facts.contains('"none"')))
    yield Line("sealed without anybody having read it", unread.scalar_one(), 0)


def _about_messages(connection: Connection, folder: Path, rows: Sequence[Row[Any]]) -> Iterator[Line]:
    queued = connection.execute(select(outbox.c.key, outbox.c.state)).all()
    keys = {row.key for row in queued}
    wanted = {f"received:{row.code}" for row in rows if row.channel == CHAT}
    yield Line("messages in the outbox", len(queued), len(keys))
    yield Line("receipts missing among them", len(wanted - keys), 0)
    yield Line("still waiting or given up", sum(row.state != "delivered" for row in queued), 0)
    yield Line("delivered, by key", delivered(folder), len(keys))
    yield Line("of the outbox, not delivered", sum(not has_arrived(folder, key) for key in keys), 0)
    yield Line("handed over again and recognised by their key", repeated(folder))


def _about_audit(desk: FeedbackDesk, connection: Connection, kept: int) -> Iterator[Line]:
    actions = {
        row.action: row.events
        for row in connection.execute(select(audit_event.c.action, func.count().label("events")).group_by(audit_event.c.action))
    }
    yield Line('audit events "submitted"', actions.get("submitted", 0), kept)
    yield Line('audit events "understood"', actions.get("understood", 0), kept)
    try:
        yield Line(
            "audit chain", f"verified, {verify_audit(desk.engine, desk.vault).number} events", f"verified, {sum(actions.values())} events"
        )
    except AuditBroken as broken:
        yield Line("audit chain", f"broken at {broken.number}: {broken.reason}", "verified")
    if connection.dialect.name == "sqlite":
        yield Line("file of the database", str(connection.execute(text("PRAGMA integrity_check")).scalar()), "ok")


def _is_kept(desk: FeedbackDesk, row: Row[Any] | None, number: int) -> bool:
    one = letter(number)
    # On the web anybody chooses ids: the words stand behind them there.
    return row is not None and (row.channel, row.external_id.partition(":")[0], _opened(desk, row)) == (
        one.channel,
        one.external_id,
        one.text,
    )


def _opened(desk: FeedbackDesk, row: Row[Any]) -> str:
    try:
        return desk.vault.open(row.text, text_place(row.code))
    except SealBroken:
        return f"not readable: {row.code}"


def _more_than_once(counts: Counter[Any]) -> int:
    return sum(times > 1 for times in counts.values())
