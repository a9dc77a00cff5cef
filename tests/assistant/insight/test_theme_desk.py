"""Themes of a period: each submission in one place, nothing sealed, and every act a version that can be taken back."""

from __future__ import annotations

import sys
from datetime import date, timedelta

import numpy as np
import pytest
from sqlalchemy import insert, select, update

from assistant.database import reading, writing
from assistant.feedback.keeping import verify_audit
from assistant.feedback.seal_places import fingerprint_place
from assistant.feedback.states import Role
from assistant.feedback.tables import audit_event, fingerprint, link, recommendation, submission
from assistant.insight.errors import GroupingMissing, LetterNotInRun, NotForThisRole, SelectionChanged, ThemeNotFound, ThemeRunNotFound
from assistant.insight.figures import Period
from assistant.insight.letters import period_letters
from assistant.insight.tables import theme_member
from assistant.insight.theme_desk import ThemeDesk, ThemeRun
from assistant.insight.week_themes import week_themes
from tests.assistant.feedback.office import HUNG, LAN, Office, person
from tests.assistant.insight.made import Made, put

SUBJECTS = ("bãi rác cháy khói độc bay vào khu dân cư", "trường thu quỹ phụ huynh quá cao so với quy định")
DAY = date(2026, 11, 22)
SECRET = "Đinh Văn Kín nhận tiền"


def desk_of(office: Office) -> ThemeDesk:
    return ThemeDesk(office.engine, office.vault, office.clock)


def filled(office: Office) -> None:
    """Six letters each of two subjects, and a denunciation."""
    texts = [f"{SUBJECTS[number % 2]} {'rất ' * (number // 2)}" for number in range(12)]
    put(office, [*(Made(DAY, text=text) for text in texts), Made(DAY, text=f"Tôi tố cáo {SECRET}", kind="denunciation", is_sealed=True)])
    rows = []
    for number, text in enumerate(texts, start=1):
        meaning = np.asarray(office.reader.read(text).meaning, np.float16)
        rows.append({"submission": number, "vector": office.vault.seal_bytes(meaning.tobytes(), fingerprint_place(number))})
    with writing(office.engine) as connection:
        connection.execute(insert(fingerprint), rows)


def run_of(office: Office) -> ThemeRun:
    return desk_of(office).run(DAY, DAY, HUNG)


def test_each_open_submission_is_in_one_theme_or_in_none(office: Office) -> None:
    filled(office)
    found = desk_of(office).candidates(run_of(office).number, HUNG)
    assert sorted([*found.ungrouped, *(number for one in found.themes for number in one.members)]) == list(range(1, 13))
    assert {frozenset(number % 2 for number in one.members) for one in found.themes} == {frozenset({0}), frozenset({1})}
    assert (found.run.submissions, found.run.letters) == (12, 12)


def test_what_is_sealed_never_comes_to_themes(one_office: Office) -> None:
    filled(one_office)
    run = run_of(one_office)
    with reading(one_office.engine) as connection:
        members = set(connection.execute(select(theme_member.c.submission)).scalars())
        sealed = connection.execute(select(submission.c.number).where(submission.c.is_sealed.is_(True))).scalars().all()
    assert sealed == [13]
    assert members == set(range(1, 13))
    assert SECRET not in repr(desk_of(one_office).candidates(run.number, HUNG))


def test_what_is_sealed_later_leaves_its_theme(office: Office) -> None:
    filled(office)
    run, desk = run_of(office), desk_of(office)
    (one, _) = desk.candidates(run.number, HUNG).themes
    chosen = desk.choose(run.number, 0, one.key, "Bãi rác", HUNG)
    gone = one.members[0]
    with writing(office.engine) as connection:
        connection.execute(update(submission).where(submission.c.number == gone).values(is_sealed=True))
    assert all(gone not in candidate.members for candidate in desk.candidates(run.number, HUNG).themes)
    assert gone not in desk.selection(run.number, HUNG, chosen.version).themes[0].members


def test_submissions_of_one_recommendation_are_one_letter_that_weighs_as_many(office: Office) -> None:
    filled(office)
    joined = {"submission": 3, "recommendation": 1, "kind": "duplicate", "made_by": "hung", "made_at": office.clock()}
    with writing(office.engine) as connection:
        connection.execute(update(recommendation).where(recommendation.c.number == 3).values(state="linked"))
        connection.execute(insert(link).values(joined))
    with reading(office.engine) as connection:
        letters = period_letters(connection, office.vault, DAY, DAY)
    assert {number: sent for number, sent in letters.submissions.items() if len(sent) > 1} == {1: (1, 3)}
    assert {one.number: one.weight for one in letters.letters if one.weight != 1} == {1: 2.0}


def test_who_opposes_is_apart_from_who_asks(one_office: Office) -> None:
    filled(one_office)
    opposing = {"recommendation": 1, "kind": "opposes", "made_by": "hung", "made_at": one_office.clock()}
    with writing(one_office.engine) as connection:
        connection.execute(insert(link), [{"submission": number, **opposing} for number in (2, 4)])
    with reading(one_office.engine) as connection:
        letters = period_letters(connection, one_office.vault, DAY, DAY).letters
    assert {one.number: one.stance for one in letters if one.stance} == {1: "for", 2: "against", 4: "against"}


def test_a_submission_without_vector_is_accounted_for(one_office: Office) -> None:
    filled(one_office)
    with writing(one_office.engine) as connection:
        connection.execute(fingerprint.delete().where(fingerprint.c.submission == 5))
    assert 5 in desk_of(one_office).candidates(run_of(one_office).number, HUNG).ungrouped


def test_another_period_has_other_letters(one_office: Office) -> None:
    filled(one_office)
    assert desk_of(one_office).run(DAY + timedelta(1), DAY + timedelta(1), HUNG).submissions == 0


def test_each_act_is_a_version_and_going_back_makes_another(office: Office) -> None:
    filled(office)
    run, desk = run_of(office).number, desk_of(office)
    one, other = desk.candidates(run, HUNG).themes
    desk.choose(run, 0, one.key, "Bãi rác", HUNG)
    both = desk.choose(run, 1, other.key, "Thu quỹ", HUNG)
    assert {theme.title for theme in both.themes} == {"Bãi rác", "Thu quỹ"}
    merged = desk.merge(run, 2, [one.key, other.key], "Đời sống", HUNG)
    assert [(theme.title, len(theme.members)) for theme in merged.themes] == [("Đời sống", 12)]
    back = desk.back(run, 3, 2, HUNG)
    assert (back.version, back.themes) == (4, both.themes)
    assert desk.selection(run, HUNG, 3).themes == merged.themes
    assert desk.back(run, 4, 0, HUNG).themes == ()


def test_a_letter_is_moved_and_stands_in_one_theme_only(one_office: Office) -> None:
    filled(one_office)
    run, desk = run_of(one_office).number, desk_of(one_office)
    one, other = desk.candidates(run, HUNG).themes
    desk.choose(run, 0, one.key, "Bãi rác", HUNG)
    desk.choose(run, 1, other.key, "Thu quỹ", HUNG)
    letter = one.members[0]
    moved = {theme.key: theme.members for theme in desk.move(run, 2, letter, other.key, HUNG).themes}
    assert (letter in moved[one.key], letter in moved[other.key]) == (False, True)
    out = desk.move(run, 3, letter, None, HUNG)
    assert not [theme for theme in out.themes if letter in theme.members]


def test_of_two_people_who_choose_the_second_is_told(office: Office) -> None:
    filled(office)
    run, desk = run_of(office).number, desk_of(office)
    (one, _) = desk.candidates(run, HUNG).themes
    desk.choose(run, 0, one.key, "Bãi rác", HUNG)
    with pytest.raises(SelectionChanged) as told:
        desk.drop(run, 0, one.key, HUNG)
    assert told.value.version == 1
    assert desk.rename(run, 1, one.key, "Rác", HUNG).themes[0].title == "Rác"
    assert desk.drop(run, 2, one.key, HUNG).themes == ()


def test_what_is_not_there_is_said(one_office: Office) -> None:
    filled(one_office)
    run, desk = run_of(one_office).number, desk_of(one_office)
    with pytest.raises(ThemeRunNotFound):
        desk.candidates(run + 1, HUNG)
    with pytest.raises(ThemeNotFound):
        desk.choose(run, 0, "all-99", "Không có", HUNG)
    with pytest.raises(LetterNotInRun):
        desk.move(run, 0, 13, None, HUNG)
    with pytest.raises(SelectionChanged):
        desk.back(run, 0, 7, HUNG)


def test_only_who_may_read_letters_sees_themes(one_office: Office) -> None:
    for actor in (LAN, person("an", Role.DEPUTY), person("o", Role.SEALED_OFFICER)):
        with pytest.raises(NotForThisRole):
            desk_of(one_office).runs(actor)


def test_every_act_is_in_the_audit_trail_without_words(office: Office) -> None:
    filled(office)
    run, desk = run_of(office).number, desk_of(office)
    desk.choose(run, 0, desk.candidates(run, HUNG).themes[0].key, "Tên bí mật", HUNG)
    with reading(office.engine) as connection:
        events = connection.execute(select(audit_event).where(audit_event.c.record == f"theme_run:{run}")).all()
    assert [(event.action, event.actor) for event in events] == [("themes_found", "hung"), ("themes_selected", "hung")]
    assert not [event for event in events if "bí mật" in event.facts]
    verify_audit(office.engine, office.vault)


def test_the_week_tells_chosen_themes_before_those_of_the_machine(office: Office) -> None:
    filled(office)
    run, desk = run_of(office), desk_of(office)
    week = Period(run.period_to - timedelta(6), run.period_to)
    with reading(office.engine) as connection:
        assert [(one.is_chosen, one.submissions) for one in week_themes(connection, week)] == [(False, 6), (False, 6)]
    desk.choose(run.number, 0, desk.candidates(run.number, HUNG).themes[0].key, "Bãi rác", HUNG)
    with reading(office.engine) as connection:
        assert [(one.title, one.is_chosen, one.claim.value) for one in week_themes(connection, week)] == [("Bãi rác", True, 6)]
        assert week_themes(connection, Period(week.first - timedelta(7), week.last - timedelta(7))) == ()


def test_where_nothing_can_group_it_is_said_and_nothing_kept(one_office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sklearn", None)
    desk = ThemeDesk(one_office.engine, one_office.vault, one_office.clock)
    with pytest.raises(GroupingMissing):
        desk.run(date(2026, 11, 1), date(2026, 11, 30), HUNG)
    assert desk.runs(HUNG) == []
