"""Themes of a period: candidates that a machine finds, and what people choose of them, with versions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Engine, Row, func, insert, select

from assistant.database import reading, wait_for, writing
from assistant.feedback.audit import AuditTrail
from assistant.feedback.states import Actor, Role
from assistant.feedback.tables import submission
from assistant.feedback.vault import Vault
from assistant.insight.errors import GroupingMissing, LetterNotInRun, NotForThisRole, SelectionChanged, ThemeNotFound, ThemeRunNotFound
from assistant.insight.letters import PeriodLetters, open_to_insight, period_letters
from assistant.insight.selection import ChosenTheme, Selection, chosen, dropped, merged, moved, renamed
from assistant.insight.tables import selected_theme, theme, theme_member, theme_run, theme_selection
from assistant.insight.themes import Themes, can_group, themes

MODEL = "hdbscan-1"
_CHOOSERS = frozenset({Role.REVIEWER, Role.APPROVER, Role.UNIT_ADMIN})
_SMALLEST = 5
_BATCH = 500


@dataclass(frozen=True, slots=True)
class ThemeRun:
    """A search for themes. `letters`: those compared, one a recommendation; `submissions`: all of the period, `stability` as of Themes."""

    number: int
    period_from: date
    period_to: date
    seed: int
    model: str
    letters: int
    submissions: int
    stability: float
    made_by: str
    made_at: datetime


@dataclass(frozen=True, slots=True)
class Candidate:
    """A theme that a machine found; `representatives` and `members` are numbers of submissions."""

    key: str
    stance: str | None
    terms: tuple[str, ...]
    representatives: tuple[int, ...]
    members: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Candidates:
    """Everything that a run found; `ungrouped` ("chưa xếp") are submissions in no theme. What was sealed since is in none."""

    run: ThemeRun
    themes: tuple[Candidate, ...]
    ungrouped: tuple[int, ...]


_Change = Callable[[tuple[ChosenTheme, ...]], tuple[ChosenTheme, ...]]


class ThemeDesk:
    """Each act is one transaction, written into the audit trail. Only reviewers, approvers and unit administrators may act or look;
    others get `NotForThisRole`."""

    def __init__(self, engine: Engine, vault: Vault, clock: Callable[[], datetime]) -> None:
        self._engine, self._vault, self._clock = engine, vault, clock
        self._audit = AuditTrail(vault)

    def run(self, first: date, last: date, actor: Actor, *, seed: int = 1, smallest: int = _SMALLEST) -> ThemeRun:
        """Looks for themes in what came from `first` to `last`, both inclusive, and keeps them as candidates. Raises `GroupingMissing`."""
        _require(actor)
        if not can_group():
            raise GroupingMissing
        with reading(self._engine) as connection:
            letters = period_letters(connection, self._vault, first, last)
        # Not in the transaction that writes: it takes seconds, and whoever submits meanwhile must not wait.
        found = themes(letters.letters, seed=seed, smallest=smallest)
        values = {"period_from": first, "period_to": last, "seed": seed, "smallest": smallest, "model": MODEL, "made_by": actor.id}
        counts = {"letters": len(letters.letters), "submissions": sum(map(len, letters.submissions.values())) + len(letters.unread)}
        with writing(self._engine) as connection:
            made = {**values, **counts, "stability": found.stability, "made_at": self._clock()}
            number = int(connection.execute(insert(theme_run).values(made).returning(theme_run.c.number)).scalar_one())
            _keep(connection, number, found, letters)
            facts: dict[str, str | int] = {"from": first.isoformat(), "to": last.isoformat(), "themes": len(found.groups), **counts}
            self._audit.add(connection, actor.id, "themes_found", f"theme_run:{number}", self._clock(), facts)
            return _run(_run_row(connection, number))

    def runs(self, actor: Actor) -> list[ThemeRun]:
        """All runs, the newest first."""
        _require(actor)
        with reading(self._engine) as connection:
            return [_run(row) for row in connection.execute(select(theme_run).order_by(theme_run.c.number.desc()))]

    def candidates(self, number: int, actor: Actor) -> Candidates:
        """What a run found. Raises `ThemeRunNotFound`."""
        _require(actor)
        with reading(self._engine) as connection:
            return candidates_of(connection, number)

    def selection(self, number: int, actor: Actor, version: int | None = None) -> Selection:
        """What is chosen of a run today, or was in `version`. Raises `ThemeRunNotFound`, and `SelectionChanged` for no such version."""
        _require(actor)
        with reading(self._engine) as connection:
            _run_row(connection, number)
            return selection_of(connection, number, version)

    def choose(self, number: int, version: int, key: str, title: str, actor: Actor) -> Selection:
        """Takes a candidate into the selection of `version` under `title`. Raises `ThemeNotFound` and what all acts raise.

        All acts: `ThemeRunNotFound`, `SelectionChanged` where `version` is not the newest.
        """
        with reading(self._engine) as connection:
            found = {one.key: one for one in candidates_of(connection, number).themes}
        if key not in found:
            raise ThemeNotFound(key)
        taken = ChosenTheme(key, title, found[key].stance, found[key].terms, found[key].members)
        return self._act(number, version, "choose", actor, lambda themes: chosen(themes, taken))

    def rename(self, number: int, version: int, key: str, title: str, actor: Actor) -> Selection:
        """Gives a chosen theme another title."""
        return self._act(number, version, "rename", actor, lambda themes: renamed(themes, key, title))

    def merge(self, number: int, version: int, keys: Sequence[str], title: str, actor: Actor) -> Selection:
        """Makes several chosen themes one, under the key of the first."""
        return self._act(number, version, "merge", actor, lambda themes: merged(themes, keys, title))

    def drop(self, number: int, version: int, key: str, actor: Actor) -> Selection:
        """Takes a theme out."""
        return self._act(number, version, "drop", actor, lambda themes: dropped(themes, key))

    def move(self, number: int, version: int, letter: int, to: str | None, actor: Actor) -> Selection:
        """Puts one submission into another chosen theme, or into none. Raises `LetterNotInRun`."""
        mine = (theme_member.c.run == number) & (theme_member.c.submission == letter)
        with reading(self._engine) as connection:
            if connection.execute(select(theme_member.c.submission).where(mine)).first() is None:
                raise LetterNotInRun(letter)
        return self._act(number, version, "move", actor, lambda themes: moved(themes, letter, to))

    def back(self, number: int, version: int, to: int, actor: Actor) -> Selection:
        """Takes up the selection of an earlier version again, as a version of its own; 0 is the empty one."""
        with reading(self._engine) as connection:
            before = _selection(connection, number, to)
        return self._act(number, version, "back", actor, lambda _themes: before.themes)

    def _act(self, number: int, version: int, act: str, actor: Actor, change: _Change) -> Selection:
        _require(actor)
        now = self._clock()
        with writing(self._engine) as connection:
            # Two people who choose at once: the second waits here, and is then told.
            wait_for(connection, f"theme_selection:{number}")
            _run_row(connection, number)
            before = _selection(connection, number, None)
            if before.version != version:
                raise SelectionChanged(number, before.version)
            after = Selection(number, version + 1, change(before.themes), act, actor.id, now)
            _write_selection(connection, after)
            facts: Mapping[str, int | str] = {"act": act, "version": version + 1, "themes": len(after.themes)}
            self._audit.add(connection, actor.id, "themes_selected", f"theme_run:{number}", now, facts)
            return _open_only(connection, after)


def _require(actor: Actor) -> None:
    if not actor.roles & _CHOOSERS:
        raise NotForThisRole("themes")


def _keep(connection: Connection, number: int, found: Themes, letters: PeriodLetters) -> None:
    rows: list[dict[str, int | None]] = []
    for group in found.groups:
        shown = {"key": group.id, "stance": group.stance, "terms": list(group.terms), "representatives": list(group.representatives)}
        place = connection.execute(insert(theme).values(run=number, **shown).returning(theme.c.number)).scalar_one()
        rows += [{"run": number, "submission": sent, "theme": place} for letter in group.members for sent in letters.submissions[letter]]
    alone = [sent for letter in found.ungrouped for sent in letters.submissions[letter]]
    rows += [{"run": number, "submission": sent, "theme": None} for sent in (*alone, *letters.unread)]
    for start in range(0, len(rows), _BATCH):
        connection.execute(insert(theme_member), rows[start : start + _BATCH])


def _run_row(connection: Connection, number: int) -> Row[Any]:
    row = connection.execute(select(theme_run).where(theme_run.c.number == number)).first()
    if row is None:
        raise ThemeRunNotFound(number)
    return row


def _run(row: Row[Any]) -> ThemeRun:
    return ThemeRun(**{name: getattr(row, name) for name in ThemeRun.__slots__})


def candidates_of(connection: Connection, number: int) -> Candidates:
    """What a run found. Raises `ThemeRunNotFound`."""
    run = _run(_run_row(connection, number))
    joined = select(theme_member).join(submission, submission.c.number == theme_member.c.submission)
    members: dict[int | None, list[int]] = {}
    mine = (theme_member.c.run == number) & open_to_insight()
    for row in connection.execute(joined.where(mine).order_by(theme_member.c.submission)):
        members.setdefault(row.theme, []).append(row.submission)
    rows = connection.execute(select(theme).where(theme.c.run == number).order_by(theme.c.number)).all()
    return Candidates(run, tuple(_candidate(row, members.get(row.number, [])) for row in rows), tuple(members.get(None, [])))


def _candidate(row: Row[Any], members: Sequence[int]) -> Candidate:
    shown = tuple(number for number in row.representatives if number in set(members))
    return Candidate(row.key, row.stance, tuple(row.terms), shown, tuple(members))


def selection_of(connection: Connection, number: int, version: int | None = None) -> Selection:
    """What is chosen of a run, without what was sealed, withdrawn or erased since. Raises `SelectionChanged` for no such version."""
    return _open_only(connection, _selection(connection, number, version))


def _selection(connection: Connection, number: int, version: int | None) -> Selection:
    newest = connection.execute(select(func.max(theme_selection.c.version)).where(theme_selection.c.run == number)).scalar_one() or 0
    if version is not None and version > newest:
        raise SelectionChanged(number, newest)
    if version == 0 or newest == 0:
        return Selection(number, 0, ())
    mine = (theme_selection.c.run == number) & (theme_selection.c.version == (version or newest))
    row = connection.execute(select(theme_selection).where(mine)).one()
    rows = connection.execute(select(selected_theme).where(selected_theme.c.selection == row.number))
    found = [ChosenTheme(one.key, one.title, one.stance, tuple(one.terms), tuple(one.members)) for one in rows]
    return Selection(number, row.version, tuple(_largest_first(found)), row.act, row.made_by, row.made_at)


def _largest_first(found: Iterable[ChosenTheme]) -> list[ChosenTheme]:
    return sorted(found, key=lambda one: (-len(one.members), one.key))


def _open_only(connection: Connection, selection: Selection) -> Selection:
    """The selection without submissions that were sealed, withdrawn or erased since."""
    of_run = select(theme_member.c.submission).join(submission, submission.c.number == theme_member.c.submission)
    still = set(connection.execute(of_run.where((theme_member.c.run == selection.run) & open_to_insight())).scalars())
    kept = [
        ChosenTheme(one.key, one.title, one.stance, one.terms, tuple(number for number in one.members if number in still))
        for one in selection.themes
    ]
    return Selection(selection.run, selection.version, tuple(_largest_first(kept)), selection.act, selection.made_by, selection.made_at)


def _write_selection(connection: Connection, selection: Selection) -> None:
    values = {"run": selection.run, "version": selection.version, "act": selection.act, "made_by": selection.made_by}
    place = connection.execute(
        insert(theme_selection).values(**values, made_at=selection.made_at).returning(theme_selection.c.number)
    ).scalar_one()
    for one in selection.themes:
        shown = {"key": one.key, "title": one.title, "stance": one.stance, "terms": list(one.terms), "members": list(one.members)}
        connection.execute(insert(selected_theme).values(selection=place, **shown))
