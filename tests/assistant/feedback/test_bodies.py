"""Bodies: followed under every name they had, shown as they are called today, and read by liaisons as far as something was sent to them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, update

from assistant.database import reading, writing
from assistant.feedback.bodies import Bodies, NewBody
from assistant.feedback.bodies_book import BodyBook, BodyRecord, ShownBody
from assistant.feedback.bodies_errors import BodiesNotYours, BodyInvalid, BodyNotFound
from assistant.feedback.bodies_liaison import LiaisonDesk, SentMatter
from assistant.feedback.casework import Draft, Facts
from assistant.feedback.errors import RecommendationNotFound
from assistant.feedback.ordering import Page
from assistant.feedback.privacy.personal_data import PersonalDataFinder
from assistant.feedback.reports.referral_paper import write_slip
from assistant.feedback.reports.referral_slip import ReferralSlips
from assistant.feedback.states import Actor, Role, State, Step
from assistant.feedback.suggesting.competence import CompetenceTable
from assistant.feedback.tables import audit_event, recommendation, referral
from assistant.feedback.timing.deadlines import DeadlineRules
from assistant.feedback.types import AdminLevel, Field, Kind, Resolution
from assistant.feedback.wanted import Wanted
from assistant.insight.matters import asked_matters
from tests.assistant.feedback.office import FIRST, HUNG, LAN, MAI, SECOND, Office, person
from tests.assistant.feedback.reports.test_referral_slip import FORM

ADMIN = person("tú", Role.UNIT_ADMIN)
PROVINCE, COMMUNE = AdminLevel.PROVINCE, AdminLevel.COMMUNE
OLD, NEW = "Sở Giao thông vận tải tỉnh Hạ", "Sở Xây dựng tỉnh Hạ"
MERGED, TODAY = date(2026, 7, 1), date(2026, 11, 22)
FINDER = PersonalDataFinder(None)
Act = Callable[[], object]


def liaison(*keys: str, roles: frozenset[Role] = frozenset()) -> Actor:
    return Actor("đầu mối", frozenset({Role.AGENCY_LIAISON}) | roles, frozenset(keys))


def desk(office: Office) -> LiaisonDesk:
    return LiaisonDesk(office.engine, office.clock, office.machine, FINDER)


def seen(office: Office, actor: Actor) -> list[int]:
    return [one.number for one in desk(office).page(actor, Wanted()).matters]


def version(office: Office, number: int = 1) -> int:
    return office.recommendations.show(number, HUNG).matter.version


def forwarded(office: Office, body: str, number: int = 1, facts: Facts | None = None, text: str = "Đường hỏng, gọi 0912345678") -> str:
    """The code of a letter whose recommendation, the next one, was sent on to `body`."""
    code = office.sent(text, sender=str(number))
    settled = facts or Facts(title="Sửa đường", statement="Đề nghị sửa đường")
    office.casework.settle(number, version(office, number), settled, HUNG)
    for step in (Step(State.ACCEPTED, LAN), Step(State.ROUTED, HUNG)):
        office.recommendations.take(number, version(office, number), step)
    office.casework.refer(number, version(office, number), body, [], "gọi ông A 0987654321", HUNG)
    return code


@pytest.fixture
def bodies(office: Office) -> Bodies:
    """Two departments, of which the older became the other on 1 July 2026."""
    kept = office.desk.bodies
    kept.add(NewBody("so-gtvt", OLD, PROVINCE, area="province:01"), ADMIN)
    kept.add(NewBody("so-xd", NEW, PROVINCE, area="province:01", contact="vanthu@soxd.example"), ADMIN)
    kept.end("so-gtvt", MERGED, ["so-xd"], ADMIN)
    return kept


# Records


def test_bodies_of_competence_are_brought_in_once_and_what_was_changed_stays(office: Office) -> None:
    kept = office.desk.bodies
    added = kept.seed()
    standing = kept.as_of(TODAY)
    assert added == len(standing) > 30
    assert [one.name for one in standing if "," in one.name] == [
        "Bộ Văn hóa, Thể thao và Du lịch",
        "Sở Văn hóa, Thể thao và Du lịch {area}",
    ]
    assert kept.seed() == 0
    kept.rename("central.bo-xay-dung", "Bộ Hạ tầng", TODAY, ADMIN)
    kept.end("central.bo-cong-an", TODAY, [], ADMIN)
    assert kept.seed() == 0
    names = {one.name for one in kept.as_of(TODAY, AdminLevel.CENTRAL)}
    assert ("Bộ Hạ tầng" in names, "Bộ Xây dựng" in names, "Bộ Công an" in names) == (True, False, False)


@pytest.mark.parametrize("name", ["Sở Xây dựng", "Bộ Công Thương", "Bảo hiểm xã hội Việt Nam", "Thuế cơ sở", "Ủy ban nhân dân"])
def test_every_body_of_a_name_of_several_is_there_by_itself(office: Office, name: str) -> None:
    office.desk.bodies.seed()
    assert any(one.name.startswith(name) for one in office.desk.bodies.book().records)
    assert all("hoặc" not in one.name and "(" not in one.name for one in office.desk.bodies.book().records)


def test_a_body_has_on_each_day_the_name_of_that_day(office: Office, bodies: Bodies) -> None:
    bodies.rename("so-xd", "Sở Hạ tầng tỉnh Hạ", date(2026, 10, 1), ADMIN, "Department of Infrastructure")
    days = [date(2026, 6, 30), date(2026, 9, 30), date(2026, 10, 1)]
    assert [[(one.key, one.name) for one in bodies.as_of(day)] for day in days] == [
        [("so-gtvt", OLD), ("so-xd", NEW)],
        [("so-xd", NEW)],
        [("so-xd", "Sở Hạ tầng tỉnh Hạ")],
    ]
    last = bodies.book().of("so-xd")[-1]
    assert (last.area, last.contact, last.name_en) == ("province:01", "vanthu@soxd.example", "Department of Infrastructure")


def test_whoever_followed_a_body_stands_for_it(office: Office, bodies: Bodies) -> None:
    bodies.add(NewBody("a", "Sở A tỉnh Hạ", PROVINCE, valid_from=date(2026, 10, 1)), ADMIN)
    bodies.add(NewBody("b", "Sở B tỉnh Hạ", PROVINCE), ADMIN)
    bodies.end("so-xd", date(2026, 10, 1), ["a", "b"], ADMIN)
    days = (date(2020, 1, 1), date(2026, 8, 1), date(2026, 10, 1))
    assert [[one.key for one in bodies.resolve("so-gtvt", day)] for day in days] == [["so-gtvt"], ["so-xd"], ["a", "b"]]
    bodies.end("b", date(2026, 11, 1), [], ADMIN)
    assert [one.key for one in bodies.resolve("so-gtvt", TODAY)] == ["a"]
    assert bodies.resolve("b", TODAY) == ()
    assert bodies.resolve("a", date(2026, 9, 1)) == ()
    with pytest.raises(BodyNotFound):
        bodies.resolve("nobody", TODAY)


def test_a_body_is_not_followed_by_itself(office: Office, bodies: Bodies) -> None:
    for successors in (["so-xd"], ["so-gtvt"]):
        with pytest.raises(BodyInvalid) as refused:
            bodies.end("so-xd", TODAY, successors, ADMIN)
        assert refused.value.what == "cycle"
    assert [one.key for one in bodies.resolve("so-gtvt", TODAY)] == ["so-xd"]


def record(key: str, valid_to: date | None, successors: tuple[str, ...]) -> BodyRecord:
    return BodyRecord(key, f"Sở {key}", None, PROVINCE, None, None, valid_to, successors, None)


KEYS = st.sampled_from("abcde")
DAYS = st.dates(date(2026, 1, 1), date(2026, 1, 9))


@given(st.dictionaries(KEYS, st.tuples(st.none() | DAYS, st.lists(KEYS, max_size=3, unique=True))), KEYS, DAYS)
def test_following_ends_and_finds_only_who_stands(made: dict[str, tuple[date | None, list[str]]], key: str, day: date) -> None:
    """Even where somebody wrote a circle into the table by hand."""
    book = BodyBook(record(name, valid_to, tuple(after)) for name, (valid_to, after) in made.items())
    found = book.resolve(key, day)
    assert all(one.stands_on(day) for one in found)
    assert len({one.key for one in found}) == len(found)
    assert all(key in book.with_predecessors([one.key]) for one in found)


@pytest.mark.parametrize(
    ("new", "what"),
    [
        (NewBody("Sở", "Sở Y tế tỉnh Hạ", PROVINCE), "key"),
        (NewBody("a" * 56, "Sở Y tế tỉnh Hạ", PROVINCE), "key"),
        (NewBody("so-xd", "Sở Y tế tỉnh Hạ", PROVINCE), "key_taken"),
        (NewBody("so-gtvt", "Sở Y tế tỉnh Hạ", PROVINCE), "key_taken"),
        (NewBody("x", " ", PROVINCE), "name"),
        (NewBody("x", "a" * 201, PROVINCE), "name"),
        (NewBody("x", "Bộ {area}", AdminLevel.CENTRAL), "name"),
        (NewBody("x", "sở  Xây dựng tỉnh Hạ", PROVINCE, area="province:01"), "name_taken"),
        (NewBody("x", "sở nội vụ", PROVINCE, area="province:01"), "name_general"),
        (NewBody("x", "Sở Y tế", PROVINCE, area="Hà Nội"), "area"),
        (NewBody("x", "Sở Y tế", PROVINCE, area="commune:00454"), "area"),
        (NewBody("x", "Sở Y tế {area}", PROVINCE, area="province:01"), "area"),
        (NewBody("x", "Sở Y tế", PROVINCE, contact=" "), "contact"),
    ],
)
def test_what_cannot_be_told_apart_later_is_refused(office: Office, bodies: Bodies, new: NewBody, what: str) -> None:
    bodies.add(NewBody("kind", "Sở Nội vụ {area}", PROVINCE), ADMIN)
    with pytest.raises(BodyInvalid) as refused:
        bodies.add(new, ADMIN)
    assert refused.value.what == what


def test_an_end_or_a_name_needs_a_body_that_stands(office: Office, bodies: Bodies) -> None:
    bodies.add(NewBody("kind", "Sở Y tế {area}", PROVINCE, valid_from=MERGED), ADMIN)
    acts: dict[str, Act] = {
        "ended": lambda: bodies.rename("so-gtvt", "Sở A", TODAY, ADMIN),
        "day": lambda: bodies.end("kind", MERGED, [], ADMIN),
        "name": lambda: bodies.rename("kind", "Sở Y tế tỉnh Hạ", TODAY, ADMIN),
        "successor": lambda: bodies.end("so-xd", TODAY, ["kind"], ADMIN),
        "area": lambda: bodies.add(NewBody("x", "Sở X", PROVINCE, area="x"), ADMIN),
    }
    for what, act in acts.items():
        with pytest.raises(BodyInvalid) as refused:
            act()
        assert refused.value.what == what
    for key, successors in (("nobody", []), ("so-xd", ["nobody"])):
        with pytest.raises(BodyNotFound):
            bodies.end(key, TODAY, successors, ADMIN)


def test_only_unit_administrators_change_bodies_and_each_act_is_audited(office: Office, bodies: Bodies) -> None:
    acts: tuple[Act, ...] = (
        lambda: bodies.add(NewBody("x", "Sở X", PROVINCE), HUNG),
        lambda: bodies.rename("so-xd", "Sở X", TODAY, MAI),
        lambda: bodies.end("so-xd", TODAY, [], LAN),
    )
    for act in acts:
        with pytest.raises(BodiesNotYours):
            act()
    bodies.rename("so-xd", "Sở Hạ tầng tỉnh Hạ", TODAY, ADMIN)
    bodies.seed()
    with reading(office.engine) as connection:
        told = [(row.actor, row.action, row.record) for row in connection.execute(select(audit_event).order_by(audit_event.c.number))]
        office.audit.verify(connection)
    assert told == [
        ("tú", "body_added", "body:so-gtvt"),
        ("tú", "body_added", "body:so-xd"),
        ("tú", "body_ended", "body:so-gtvt"),
        ("tú", "body_renamed", "body:so-xd"),
        ("system", "bodies_seeded", "bodies"),
    ]


# Shown


def kind(key: str, name: str, valid_to: date | None = None, *successors: str) -> BodyRecord:
    return BodyRecord(key, name, None, PROVINCE, None, None, valid_to, successors, None)


BOOK = BodyBook(
    [
        kind("gtvt", OLD, MERGED, "xd"),
        kind("xd", NEW),
        kind("mot", "Sở Một tỉnh Hạ", MERGED, "xd", "hai"),
        kind("hai", "Sở Hai tỉnh Hạ"),
        kind("het", "Sở Hết tỉnh Hạ", MERGED),
        kind("mai", "Sở Mai tỉnh Hạ", date(2027, 1, 1), "xd"),
        kind("tung", "Sở Thông tin {area}", MERGED, "khcn"),
        kind("khcn", "Sở Khoa học {area}"),
        kind("ban-1", "Ban Dân tộc tỉnh Hạ", MERGED, "xd"),
        kind("ban-2", "Ban Dân tộc tỉnh Hạ", MERGED, "hai"),
    ]
)


@pytest.mark.parametrize(
    ("written", "until", "names"),
    [
        (NEW, None, ()),
        (OLD, MERGED, (NEW,)),
        # As people write it: other blanks, other case, something said aside, the tone mark elsewhere.
        ("sở giao thông  vận tải tỉnh Hạ (đường bộ)", MERGED, (NEW,)),
        ("Sở Một tỉnh Hạ", MERGED, (NEW, "Sở Hai tỉnh Hạ")),
        ("Sở Hết tỉnh Hạ", MERGED, ()),
        # Its end is to come.
        ("Sở Mai tỉnh Hạ", None, ()),
        ("Sở Thông tin tỉnh Nam Hạ", MERGED, ("Sở Khoa học tỉnh Nam Hạ",)),
        ("Sở Thông tin thành phố Hạ", MERGED, ("Sở Khoa học thành phố Hạ",)),
        # No province, hence no such body.
        ("Sở Thông tin xã Hạ", None, ()),
        ("Sở Thông tin", None, ()),
        ("Sở Lạ tỉnh Hạ", None, ()),
        # Two had the name, and nobody can say which.
        ("Ban Dân tộc tỉnh Hạ", None, ()),
    ],
)
def test_a_body_is_shown_by_its_name_of_today(written: str, until: date | None, names: tuple[str, ...]) -> None:
    assert BOOK.shown(written, date(2026, 3, 1), TODAY) == ShownBody(written, until, names)


def test_a_name_that_went_to_another_body_means_whoever_had_it_that_day(office: Office) -> None:
    later = replace(kind("moi", OLD), valid_from=date(2026, 9, 1))
    book = BodyBook([*BOOK.records, later])
    assert book.shown(OLD, date(2026, 3, 1), TODAY).names == (NEW,)
    assert book.shown(OLD, date(2026, 9, 2), TODAY) == ShownBody(OLD)


def test_list_case_file_and_slip_show_the_name_of_today_beside_the_old_one(office: Office, tmp_path: Path) -> None:
    kept = office.desk.bodies
    kept.add(NewBody("so-gtvt", OLD, PROVINCE), ADMIN)
    kept.add(NewBody("so-xd", NEW, PROVINCE), ADMIN)
    forwarded(office, OLD, facts=Facts(title="Sửa đường", statement="Đề nghị sửa đường", body=OLD))
    slips = ReferralSlips(office.engine, office.vault, office.clock, office.recommendations, DeadlineRules.load(), FINDER)
    assert office.recommendations.show(1, HUNG).matter.shown_body == ShownBody(OLD)
    kept.end("so-gtvt", TODAY + timedelta(3), ["so-xd"], ADMIN)
    assert slips.slip(1, HUNG).shown_body == ShownBody(OLD)
    office.clock.move(timedelta(days=3))
    shown = ShownBody(OLD, date(2026, 11, 25), (NEW,))
    (listed,) = office.queue.page(HUNG, Wanted())
    (sent,) = office.desk.casefiles.open(1, HUNG).referrals
    assert (listed.shown_body, sent.shown_body, listed.body, sent.body) == (shown, shown, OLD, OLD)
    slip = slips.slip(1, HUNG)
    write_slip(slip, FORM, str, tmp_path / "slip.docx")
    lines = [one.text for one in Document(str(tmp_path / "slip.docx")).paragraphs]
    assert f"Kính gửi: {NEW} (trước ngày 25/11/2026: {OLD})" in lines
    assert any(line.endswith(f"thuộc phạm vi phụ trách của {NEW}.") for line in lines)


def test_statistics_count_a_body_with_the_one_that_followed_it_and_no_other(office: Office, bodies: Bodies) -> None:
    bodies.add(NewBody("a", "Sở A tỉnh Hạ", PROVINCE), ADMIN)
    bodies.add(NewBody("b", "Sở B tỉnh Hạ", PROVINCE), ADMIN)
    bodies.add(NewBody("c", "Sở C tỉnh Hạ", PROVINCE), ADMIN)
    bodies.end("c", MERGED, ["a", "b"], ADMIN)
    for number, body in enumerate((OLD, NEW, "Sở C tỉnh Hạ"), start=1):
        forwarded(office, body, number, Facts(kind=Kind.REPORT, body=body))
    with reading(office.engine) as connection:
        counted = [one.body for one in asked_matters(connection, TODAY, lambda _: None)]
    bodies.rename("so-xd", "Sở Hạ tầng tỉnh Hạ", TODAY + timedelta(1), ADMIN)
    with reading(office.engine) as connection:
        again = [one.body for one in asked_matters(connection, TODAY, lambda _: None)]
        later = [one.body for one in asked_matters(connection, TODAY + timedelta(1), lambda _: None)]
    assert counted == again == [NEW, NEW, "Sở C tỉnh Hạ"]
    assert later == ["Sở Hạ tầng tỉnh Hạ", "Sở Hạ tầng tỉnh Hạ", "Sở C tỉnh Hạ"]


# Liaisons


def test_a_liaison_reads_what_was_sent_to_its_body_or_one_it_followed(office: Office, bodies: Bodies) -> None:
    bodies.add(NewBody("so-yt", "Sở Y tế tỉnh Hạ", PROVINCE), ADMIN)
    for number, body in enumerate((OLD, NEW, "Sở Y tế tỉnh Hạ", "Sở Lạ"), start=1):
        forwarded(office, body, number)
    office.sent("Cầu hỏng", sender="9")
    assert [seen(office, liaison(*keys)) for keys in (("so-xd",), ("so-gtvt",), ("so-yt",), ("so-xd", "so-yt"))] == [
        [1, 2],
        [1],
        [3],
        [1, 2, 3],
    ]
    assert [seen(office, liaison(*keys)) for keys in ((), ("nobody",))] == [[], []]
    assert seen(office, person("hung", Role.REVIEWER)) == []


def test_a_liaison_reads_what_a_slip_tells_and_nothing_of_the_senders(office: Office, bodies: Bodies) -> None:
    facts = Facts(
        Kind.VOTER_RECOMMENDATION, Field.TRANSPORT, title="Đường nhà số 0912345678", statement="Đề nghị sửa đường, gọi 0912345678"
    )
    code = forwarded(office, OLD, facts=facts)
    before = desk(office).open(1, liaison("so-xd"))
    assert (before.public_texts, before.submissions, before.due) == ((), 1, date(2027, 1, 21))
    office.casework.confirm_redaction(1, version(office), {code: "Đường hỏng"}, HUNG, despite_found=True)
    told = desk(office).open(1, liaison("so-xd"))
    assert told.public_texts == ("Đường hỏng",)
    assert told.statement == "Đề nghị sửa đường, gọi [số điện thoại]"
    assert (told.body, told.shown_body.names, told.kind) == (OLD, (NEW,), "voter_recommendation")
    assert told.next_states == (State.ACKNOWLEDGED, State.RETURNED, State.IN_PROGRESS, State.ANSWER_REVIEW)
    assert not any(secret in _everything(told) for secret in ("0912345678", "0987654321", code, "hung"))


def _everything(told: SentMatter) -> str:
    return " ".join(str(getattr(told, name)) for name in SentMatter.__slots__)


@pytest.mark.parametrize("how", ["sealed", "denunciation", "sent on", "unsent"])
def test_what_is_not_theirs_any_more_is_not_there_for_a_liaison(office: Office, bodies: Bodies, how: str) -> None:
    forwarded(office, NEW)
    mine = liaison("so-xd")
    assert seen(office, mine) == [1]
    if how == "sealed":
        office.recommendations.take(1, version(office), Step(State.SEALED, HUNG))
    elif how == "denunciation":
        with writing(office.engine) as connection:
            connection.execute(update(recommendation).values(kind=Kind.DENUNCIATION))
    elif how == "sent on":
        for step in (Step(State.RETURNED, mine), Step(State.ROUTED, HUNG)):
            office.recommendations.take(1, version(office), step)
        office.casework.refer(1, version(office), "Sở Y tế tỉnh Hạ", [], "", HUNG)
    else:
        with writing(office.engine) as connection:
            connection.execute(referral.delete())
    assert seen(office, mine) == []
    with pytest.raises(RecommendationNotFound):
        desk(office).open(1, mine)
    for number in (1, 99):
        with pytest.raises(RecommendationNotFound):
            office.recommendations.take(number, 1, Step(State.ACKNOWLEDGED, mine))


def test_a_liaison_takes_steps_on_what_is_theirs_only(office: Office, bodies: Bodies) -> None:
    forwarded(office, NEW)
    forwarded(office, "Sở Y tế tỉnh Hạ", 2)
    mine, draft = liaison("so-xd"), Draft("Đã sửa đường ngày 20/11.", Resolution.SETTLED)
    refused: tuple[Act, ...] = (
        lambda: office.recommendations.take(2, version(office, 2), Step(State.ACKNOWLEDGED, mine)),
        lambda: office.recommendations.take(2, 1, Step(State.PUBLISHED, mine)),
        lambda: office.casework.draft_answer(2, version(office, 2), draft, mine),
        lambda: office.casework.settle(1, version(office), Facts(title="x"), mine),
        lambda: office.recommendations.claim(1, version(office), mine),
        lambda: office.recommendations.show(1, mine),
        lambda: office.desk.casefiles.open(1, mine),
    )
    for act in refused:
        with pytest.raises(RecommendationNotFound):
            act()
    office.recommendations.take(1, version(office), Step(State.ACKNOWLEDGED, mine))
    office.casework.draft_answer(1, version(office), draft, mine)
    office.casework.approve_answer(1, version(office), MAI)
    assert office.recommendations.show(1, HUNG).matter.state is State.ANSWERED
    assert desk(office).open(1, mine).next_states == ()


def test_deadlines_of_what_is_theirs_are_told_without_who_works_on_it(office: Office, bodies: Bodies) -> None:
    forwarded(office, NEW)
    forwarded(office, "Sở Y tế tỉnh Hạ", 2)
    office.recommendations.claim(1, version(office), HUNG)
    (due,) = office.desk.due.within(400, liaison("so-xd"))
    assert (due.recommendation, due.owner) == (1, None)
    assert office.desk.due.within(400, liaison("nobody")) == []


def test_communes_of_one_name_are_told_apart_by_the_place_of_the_matter(office: Office) -> None:
    kept, name = office.desk.bodies, "Ủy ban nhân dân xã Tân Lập"
    kept.add(NewBody("xa-1", name, COMMUNE, area="commune:00454"), ADMIN)
    for number, area in enumerate(("commune:00454", "commune:04567", None), start=1):
        forwarded(office, name, number, Facts(area=area, statement="Đề nghị sửa đường"))
    assert seen(office, liaison("xa-1")) == [1]
    kept.add(NewBody("xa-2", name, COMMUNE, area="commune:04567"), ADMIN)
    assert (seen(office, liaison("xa-1")), seen(office, liaison("xa-2"))) == ([1], [2])


def test_a_name_for_every_area_is_nobodys_liaison(office: Office) -> None:
    office.desk.bodies.seed()
    forwarded(office, NEW)
    assert seen(office, liaison("province.so-xay-dung")) == []


def test_who_reads_anyway_reads_on_and_sealed_officers_keep_their_steps(office: Office, bodies: Bodies) -> None:
    forwarded(office, "Sở Lạ")
    both = liaison("so-xd", roles=frozenset({Role.REVIEWER}))
    office.recommendations.take(1, version(office), Step(State.ACKNOWLEDGED, both))
    office.sent("Tôi tố cáo ông A", sender="2")
    for officer in (FIRST, replace(SECOND, roles=SECOND.roles | {Role.AGENCY_LIAISON})):
        matter = office.recommendations.show(2, officer).matter
        office.recommendations.take(2, matter.version, Step(State.SCREENING, officer, "không phải tố cáo"))
    assert office.recommendations.show(2, HUNG).matter.state is State.SCREENING


def test_pages_of_a_liaison_follow_each_other(office: Office, bodies: Bodies) -> None:
    for number in range(1, 4):
        forwarded(office, NEW, number)
    mine = liaison("so-xd")
    first = desk(office).page(mine, Wanted(), limit=1)
    assert [one.number for one in desk(office).page(mine, Wanted(), first.cursor, limit=1).matters] == [2]
    assert [one.number for one in desk(office).page(mine, Wanted(after=1), limit=1).matters] == [2]
    assert desk(office).page(mine, Wanted(states=(State.ANSWERED,))) == Page((), 0, None)


def test_competence_stays_with_its_file(office: Office) -> None:
    office.desk.bodies.seed()
    office.desk.bodies.rename("province.so-xay-dung", "Sở Hạ tầng {area}", TODAY, ADMIN)
    assert CompetenceTable.load().body(Field.TRANSPORT, PROVINCE, "Tỉnh Hạ").name == "Sở Xây dựng tỉnh Hạ"
