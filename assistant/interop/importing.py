"""Takes the submissions of another portal in, each through `Intake.submit`.

Any number of times: what was taken is not taken twice, and what a killed run left behind the next one takes. A row that cannot be taken
is told with its number, a file that cannot be read is refused before anything of it is taken.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path

from sqlalchemy import Connection, insert, select, update

from assistant.database import reading, wait_for, writing
from assistant.feedback.audit import AuditTrail, Facts
from assistant.feedback.consent import Consent, Consents
from assistant.feedback.desk import FeedbackDesk
from assistant.feedback.errors import SubmissionInvalid
from assistant.feedback.intake import Intake, NewSubmission
from assistant.feedback.states import Actor, Role, State, Step
from assistant.feedback.tables import link, recommendation, submission
from assistant.feedback.types import Kind
from assistant.interop.errors import BadChannelName, ConsentNotConfirmed
from assistant.interop.labels import IMPORT, suggest
from assistant.interop.names import ExchangeNames
from assistant.interop.reading import PortalTable, open_table
from assistant.interop.rows import BadRow, PortalRow, RowFault, RowReader, is_channel_name
from assistant.interop.tables import imported
from corpus.areas import Areas

_PORTAL = "portal:"
_DEFAULT_CHANNEL = "import"
# Rows whose ids are looked up at once, and kept again after a crash at most.
_BATCH = 50


@dataclass(frozen=True, slots=True)
class Unread:
    """A row that was taken without some columns, whose values nobody here knows."""

    row: int
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What became of every row: `rows` = `taken` + `known` + as many as are `bad`. `taken` would be, in a dry run."""

    rows: int
    taken: int
    known: int
    bad: tuple[BadRow, ...]
    unread: tuple[Unread, ...]
    unknown_columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ImportOrder:
    """What to import in whose name. `is_agreed`: this person confirms that the portal's senders agreed to have it passed on."""

    path: Path
    actor: Actor
    channel: str = _DEFAULT_CHANNEL
    is_agreed: bool = False
    is_dry: bool = False


@dataclass(frozen=True, slots=True)
class _Known:
    """A submission that is there; `content_key` is None where a run was killed before it noted where it came from."""

    content_key: str | None


@dataclass(slots=True)
class _Tally:
    taken: int = 0
    known: int = 0
    bad: list[BadRow] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Keyed:
    """A row with its id, given or made of its content, and the keyed hash of the content."""

    row: PortalRow
    id: str
    content_key: str

    @property
    def channel(self) -> str:
        """The channel under which it is kept; no channel of our own is called so."""
        return _PORTAL + self.row.channel

    @property
    def is_denunciation(self) -> bool:
        """Whether the portal takes it for a denunciation."""
        return any(label.task == "kind" and label.value == Kind.DENUNCIATION for label in self.row.labels)


class Importer:
    """Imports into one database; `areas` reads the tables of administrative units, None where there are none."""

    def __init__(self, desk: FeedbackDesk, areas: Callable[[], Areas | None], *, contact_retention: timedelta) -> None:
        self._desk, self._areas, self._retention = desk, areas, contact_retention
        self._audit = AuditTrail(desk.vault)

    def run(self, order: ImportOrder) -> ImportReport:
        """Takes whatever of the file can be taken. Raises `ConsentNotConfirmed`, `BadChannelName` and `TableUnreadable`."""
        if not is_channel_name(order.channel):
            raise BadChannelName(order.channel)
        if not (order.is_agreed or order.is_dry):
            raise ConsentNotConfirmed
        names = ExchangeNames.load()
        table = open_table(order.path, names)
        if not order.is_dry:
            self._confirm(order, table)
        run = _Run(self._desk, self._audit, order, table.digest, self._retention)
        reader = RowReader(names, self._desk.recommendations.machine, self._areas(), self._desk.clock())
        run.take(reader.read(raw, order.channel) for raw in table.rows())
        tally = run.tally
        return ImportReport(table.size, tally.taken, tally.known, tuple(tally.bad), tuple(tally.unread), table.unknown)

    def _confirm(self, order: ImportOrder, table: PortalTable) -> None:
        facts: Facts = {"channel": order.channel, "rows": table.size}
        with writing(self._desk.engine) as connection:
            self._audit.add(connection, order.actor.id, "portal_consent", f"file:{table.digest[:32]}", self._desk.clock(), facts)


class _Run:
    """One import under way."""

    def __init__(self, desk: FeedbackDesk, audit: AuditTrail, order: ImportOrder, digest: str, retention: timedelta) -> None:
        self._desk, self._audit, self._order, self._digest, self._retention = desk, audit, order, digest, retention
        self._seen: dict[tuple[str, str], str] = {}
        self._intakes: dict[str, Intake] = {}
        self.tally = _Tally()

    def take(self, rows: Iterator[PortalRow | BadRow]) -> None:
        """Takes every row that can be taken."""
        while batch := list(islice(rows, _BATCH)):
            self.tally.bad += [row for row in batch if isinstance(row, BadRow)]
            self._take_batch([keyed for row in batch if isinstance(row, PortalRow) and (keyed := self._keyed(row))])

    def _keyed(self, row: PortalRow) -> _Keyed | None:
        """The row with its id; None where an earlier row of the file has the same."""
        key = self._desk.vault.hashed("imported row", _content(row))
        keyed = _Keyed(row, row.external_id or f"row-{key[:40]}", key)
        before = self._seen.get((row.channel, keyed.id))
        if before is not None:
            self._count_again(keyed, before, RowFault.ID_REPEATED)
            return None
        self._seen[row.channel, keyed.id] = key
        self.tally.unread += [Unread(row.number, row.unread)] if row.unread else []
        return keyed

    def _take_batch(self, batch: Sequence[_Keyed]) -> None:
        before = self._before(batch)
        waiting: list[_Keyed] = []
        for keyed in batch:
            known = before.get((keyed.channel, keyed.id))
            if known is not None and known.content_key is not None:
                self._count_again(keyed, known.content_key, RowFault.CHANGED)
            elif self._order.is_dry or known is not None or self._is_submitted(keyed):
                # What is known but not noted was left behind by a run that was killed.
                self.tally.taken += 1
                waiting.append(keyed)
            if keyed.is_denunciation and waiting:
                # It must not wait in the open until the batch is full.
                self._note(waiting)
                waiting = []
        self._note(waiting)

    def _count_again(self, keyed: _Keyed, before: str, fault: RowFault) -> None:
        if before == keyed.content_key:
            self.tally.known += 1
        else:
            self.tally.bad.append(BadRow(keyed.row.number, fault, "external_id"))

    def _before(self, batch: Sequence[_Keyed]) -> dict[tuple[str, str], _Known]:
        """What is known of the ids of a batch."""
        wanted = submission.c.channel.in_({one.channel for one in batch}) & submission.c.external_id.in_([one.id for one in batch])
        query = select(submission.c.channel, submission.c.external_id, imported.c.content_key)
        with reading(self._desk.engine) as connection:
            found = connection.execute(query.join(imported, imported.c.submission == submission.c.number, isouter=True).where(wanted)).all()
        return {(row.channel, row.external_id): _Known(row.content_key) for row in found}

    def _is_submitted(self, keyed: _Keyed) -> bool:
        row = keyed.row
        new = NewSubmission(keyed.channel, keyed.id, row.text, keyed.channel, row.language, row.contact, sent_at=row.received_at)
        try:
            self._intake(keyed.channel).submit(new)
        except SubmissionInvalid as error:
            self.tally.bad.append(BadRow(row.number, RowFault.REFUSED, error.what))
            return False
        return True

    def _intake(self, channel: str) -> Intake:
        """An intake that knows the portal's own consent, whose version is named as the channel is."""
        if channel not in self._intakes:
            desk, consent = self._desk, Consent(channel, "", "")
            consents = Consents((consent, *desk.consents.versions))
            self._intakes[channel] = Intake(desk.engine, desk.vault, desk.clock, consents, contact_retention=self._retention)
        return self._intakes[channel]

    def _note(self, rows: Sequence[_Keyed]) -> None:
        """Writes down where submitted rows came from and what the portal says of them."""
        if self._order.is_dry or not rows:
            return
        with writing(self._desk.engine) as connection:
            wait_for(connection, "import")
            now = self._desk.clock()
            for keyed in rows:
                self._note_one(connection, keyed, now)
            facts: Facts = {"channel": self._order.channel, "rows": len(rows)}
            self._audit.add(connection, self._order.actor.id, "imported", f"file:{self._digest[:32]}", now, facts)

    def _note_one(self, connection: Connection, keyed: _Keyed, now: datetime) -> None:
        mine = (submission.c.channel == keyed.channel) & (submission.c.external_id == keyed.id)
        query = select(submission.c.number, submission.c.is_sealed, imported.c.row)
        sent = connection.execute(query.join(imported, imported.c.submission == submission.c.number, isouter=True).where(mine)).one()
        if sent.row is not None:
            # Another run over the same file was quicker.
            return
        origin = {"file": self._digest, "row": keyed.row.number, "content_key": keyed.content_key, "state": keyed.row.state}
        made = {"received_at": keyed.row.received_at, "made_by": self._order.actor.id, "made_at": now}
        connection.execute(insert(imported).values(submission=sent.number, **origin, **made))
        # Of what is sealed a field and a place may tell who was denounced.
        is_sealed = sent.is_sealed or keyed.is_denunciation
        suggest(connection, sent.number, [one for one in keyed.row.labels if not is_sealed or one.task == "kind"], IMPORT, now)
        if keyed.is_denunciation and not sent.is_sealed:
            self._seal(connection, sent.number, now)

    def _seal(self, connection: Connection, number: int, now: datetime) -> None:
        """Seals what the portal takes for a denunciation; no machine reads it any more."""
        connection.execute(update(submission).where(submission.c.number == number).values(understood_at=now, leased_until=None))
        mine = (link.c.submission == number) & (link.c.kind == "primary")
        matter = connection.execute(select(recommendation).join(link, link.c.recommendation == recommendation.c.number).where(mine)).one()
        roles = {State.RECEIVED: Role.SYSTEM, State.SCREENING: Role.SCREENER}
        if role := roles.get(State(matter.state)):
            step = Step(State.SEALED, Actor(self._order.actor.id, frozenset({role})))
            self._desk.recommendations.take_within(connection, matter.number, matter.version, step)


def _content(row: PortalRow) -> str:
    """What a sender sent, in one order; how it stands and what others call it changes with time."""
    moment = row.received_at.isoformat() if row.received_at else None
    told = [row.contact.name, row.contact.phone, row.contact.email, row.contact.address]
    return json.dumps([row.channel, row.external_id, row.text, told, moment], ensure_ascii=False)
