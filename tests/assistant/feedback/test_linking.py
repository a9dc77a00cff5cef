"""Links that people make: for, against and near; with a reason, undone exactly, counted once a person, never across a seal."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from assistant.database import reading
from assistant.feedback.errors import (
    ActInvalid,
    AlreadyLinked,
    CannotLink,
    ChangedMeanwhile,
    MayNotLink,
    RecommendationNotFound,
    TransitionNotAllowed,
)
from assistant.feedback.linking import LinkKind, NewLink
from assistant.feedback.states import Actor, Role, State, Step
from assistant.feedback.support import Standing, SupportCount
from assistant.feedback.tables import audit_event, link
from assistant.insight.letters import period_letters
from corpus.days import VIETNAM
from tests.assistant.feedback.office import FIRST, HUNG, LAN, MAI, Office, ScriptedChannel, person
from tests.assistant.feedback.test_merging import DEPUTY, matter, merge, published_matter, split, step, texts, unmerge

REASON = "Cùng đề nghị giữ chợ ở chỗ cũ"
AUDITOR, BOTH = person("nga", Role.AUDITOR), person("hai", Role.REVIEWER, Role.SEALED_OFFICER)


def for_it(code: str | None = None, matter: int | None = None) -> NewLink:
    return NewLink(LinkKind.SUPPORTS, REASON, code, matter)


def against_it(code: str) -> NewLink:
    return NewLink(LinkKind.OPPOSES, REASON, code)


def make(office: Office, new: NewLink, number: int = 1, actor: Actor = HUNG) -> tuple[int, ...]:
    return office.desk.linking.link(number, matter(office, number).version, new, actor)


def counted(supporters: int, opponents: int, anonymous: int = 0) -> SupportCount:
    """People who sent letters."""
    nobody = dict.fromkeys(Standing, 0)
    return SupportCount(
        {**nobody, Standing.UNVERIFIED: supporters, Standing.ANONYMOUS: anonymous}, {**nobody, Standing.UNVERIFIED: opponents}
    )


def support(office: Office, number: int = 1) -> SupportCount:
    return office.desk.linking.support(number, HUNG)


def test_a_link_tells_who_made_it_why_and_that_it_was_undone(office: Office) -> None:
    office.sent(sender="1")
    second = office.sent("Giữ chợ lại", "2")
    (made,) = make(office, for_it(second))
    assert office.desk.linking.unlink(1, matter(office).version, made, LAN) == matter(office).version
    for number in (1, 2):
        (one,) = office.desk.linking.links(number, HUNG)
        assert (one.target, one.code, one.kind, one.reason) == (1, second, "supports", REASON)
        assert (one.made_by, one.undone_by, one.undone_at) == ("hung", "lan", office.clock.now)
    with reading(office.engine) as connection:
        actions = list(connection.execute(select(audit_event.c.action).order_by(audit_event.c.number)).scalars())
        kept = connection.execute(select(link.c.reason).where(link.c.number == made)).scalar_one()
    assert actions[-2:] == ["linked", "unlinked"]
    assert REASON.encode() not in bytes(kept)
    with pytest.raises(ActInvalid):
        office.desk.linking.unlink(1, matter(office).version, made, LAN)


def test_what_is_linked_belongs_where_it_belonged(office: Office) -> None:
    first = office.sent("Đề nghị dời chợ", "1")
    second = office.sent("Giữ chợ lại", "2")
    make(office, against_it(second))
    step(office, 1, Step(State.ACCEPTED, LAN))
    channel = ScriptedChannel()
    office.outbox().deliver_due({"chat": channel})
    assert [one.facts["code"] for one in channel.arrived.values() if one.what == "state"] == [first]
    office.desk.messages.tell(1, matter(office).version, "Chợ nằm ở khu nào, thưa ông/bà?", HUNG)
    assert office.desk.messages.of_citizen(second) == ()
    assert office.own_data.status(second).state is State.SCREENING
    assert (texts(office, 1), matter(office).submissions) == (["Đề nghị dời chợ"], 1)
    assert {one.submission for one in office.desk.casefiles.open(1, HUNG).opinions} == {1}
    office.own_data.withdraw(first)
    assert matter(office).state is State.WITHDRAWN
    assert matter(office, 2).state is State.SCREENING


def test_people_for_and_against_are_counted_once_each(office: Office) -> None:
    office.sent(sender="asker")
    codes = [office.sent(f"Thư số {number}", f"{number}") for number in range(2, 6)]
    again = office.sent("Thư nữa", "2")
    mine = office.sent("Tôi viết lại", "asker")
    for code in (*codes[:2], again, mine):
        make(office, for_it(code))
    make(office, against_it(codes[2]))
    merge(office, 5, 1)
    assert support(office) == counted(3, 1)
    published_matter(office)
    office.casework.give_support(1, "máy", Standing.VERIFIED)
    assert support(office).supporters[Standing.VERIFIED] == 1
    assert office.casework.supporters(1) == {Standing.VERIFIED: 1, Standing.UNVERIFIED: 0, Standing.ANONYMOUS: 0}


def test_of_what_one_person_sent_for_and_against_the_newest_counts(office: Office) -> None:
    office.sent(sender="asker")
    codes = [office.sent(f"Thư số {number}", "2") for number in range(2)]
    make(office, for_it(codes[0]))
    make(office, against_it(codes[1]))
    assert support(office) == counted(0, 1)


def test_support_counts_where_a_matter_is_followed_and_comes_back_with_it(office: Office) -> None:
    for sender in ("1", "2"):
        office.sent(sender=sender)
    third = office.sent("Tôi cũng thế", "3")
    make(office, for_it(third), 2)
    merge(office, 2, 1)
    assert support(office, 1) == counted(2, 0)
    unmerge(office, 2)
    assert (support(office, 1), support(office, 2)) == (counted(0, 0), counted(1, 0))


def test_who_supported_it_and_was_merged_with_it_counts_once(office: Office) -> None:
    office.sent(sender="1")
    second = office.sent(sender="2")
    make(office, against_it(second))
    merge(office, 2, 1)
    assert support(office) == counted(1, 0)
    unmerge(office, 2)
    assert support(office) == counted(0, 1)


def test_who_takes_a_letter_back_takes_back_what_it_said_of_others(office: Office) -> None:
    office.sent(sender="1")
    second = office.sent(sender="2")
    make(office, for_it(second))
    office.own_data.withdraw(second)
    assert support(office) == counted(0, 0)
    assert [one.undone_by for one in office.desk.linking.links(1, HUNG)] == ["citizen"]


def test_a_whole_matter_is_linked_by_all_that_it_carries(office: Office) -> None:
    for sender in ("1", "2", "3"):
        office.sent(sender=sender)
    merge(office, 3, 2)
    assert len(make(office, for_it(matter=2))) == 2
    assert support(office) == counted(2, 0)
    with pytest.raises(AlreadyLinked):
        make(office, for_it(matter=2))


def test_a_part_is_linked_with_its_span(office: Office) -> None:
    split(office)
    office.sent(sender="2")
    make(office, for_it(matter=3), 4)
    with reading(office.engine) as connection:
        spans = connection.execute(select(link.c.first, link.c.last).where(link.c.kind == "supports")).all()
        part = connection.execute(select(link.c.first, link.c.last).where(link.c.recommendation == 3)).all()
    assert spans == part


def test_nothing_is_linked_to_what_it_belongs_to(office: Office) -> None:
    first = office.sent()
    for new in (for_it(first), for_it(matter=1)):
        with pytest.raises(AlreadyLinked):
            make(office, new)


@pytest.mark.parametrize(("actor", "refused"), [(MAI, MayNotLink), (AUDITOR, RecommendationNotFound), (DEPUTY, RecommendationNotFound)])
def test_only_those_who_work_on_matters_link_them(office: Office, actor: Actor, refused: type[Exception]) -> None:
    office.sent(sender="1")
    second = office.sent(sender="2")
    with pytest.raises(refused):
        make(office, for_it(second), actor=actor)


def test_what_is_sealed_or_unseen_is_linked_with_nothing_and_looks_as_if_it_were_not_there(office: Office) -> None:
    office.sent(sender="1")
    sealed = office.sent("Tôi tố cáo ông A", "2")
    unseen = office.intake.submit(office.letter("Cầu hỏng", "3")).code
    for actor in (HUNG, BOTH):
        for code in (sealed, unseen, "DH-22222-22222-2"):
            with pytest.raises(ActInvalid) as refused:
                make(office, for_it(code), actor=actor)
            assert refused.value.what == "letter"
        for number in (2, 3, 99):
            with pytest.raises(RecommendationNotFound):
                make(office, for_it(matter=number), actor=actor)
    first = office.recommendations.show(1, HUNG).submissions[0].code
    for number, actor, wanted in ((2, HUNG, RecommendationNotFound), (3, HUNG, RecommendationNotFound), (2, BOTH, CannotLink)):
        with pytest.raises(wanted):
            office.desk.linking.link(number, 2, for_it(first), actor)


def test_sealing_either_side_undoes_the_link_and_seals_nobody_else(office: Office) -> None:
    office.sent(sender="1")
    second, third = office.sent("Giữ chợ lại", "2"), office.sent("Giữ chợ", "3")
    make(office, for_it(second))
    make(office, for_it(third))
    step(office, 3, Step(State.SEALED, LAN))
    assert support(office) == counted(1, 0)
    assert third not in str(office.desk.linking.links(1, BOTH))
    step(office, 1, Step(State.SEALED, LAN))
    assert (matter(office, 2).state, texts(office, 2)) == (State.SCREENING, ["Giữ chợ lại"])
    assert office.desk.linking.links(2, BOTH) == ()
    assert office.desk.linking.links(1, FIRST) == ()


def test_nothing_is_linked_to_what_was_taken_back_or_follows_another(office: Office) -> None:
    first = office.sent(sender="1")
    for sender in ("2", "3"):
        office.sent(sender=sender)
    third = office.recommendations.show(3, HUNG).submissions[0].code
    merge(office, 2, 1)
    with pytest.raises(CannotLink):
        make(office, for_it(third), 2)
    unmerge(office, 2)
    office.own_data.withdraw(first)
    with pytest.raises(TransitionNotAllowed):
        make(office, for_it(third), 1)
    with pytest.raises(ActInvalid):
        make(office, for_it(first), 2)


def test_nobody_links_over_a_change_they_have_not_seen(office: Office) -> None:
    office.sent(sender="1")
    second = office.sent(sender="2")
    before = matter(office).version
    make(office, for_it(second))
    with pytest.raises(ChangedMeanwhile):
        office.desk.linking.unlink(1, before, 3, HUNG)


@pytest.mark.parametrize("reason", ["", "  ", "a" * 2_001])
def test_a_link_needs_a_reason(office: Office, reason: str) -> None:
    office.sent(sender="1")
    second = office.sent(sender="2")
    with pytest.raises(ActInvalid):
        make(office, NewLink(LinkKind.RELATED, reason, second))


def test_themes_put_letters_for_and_against_apart_as_people_linked_them(office: Office) -> None:
    office.sent("Đề nghị dời chợ", "1")
    codes = [office.sent(f"Thư số {number}", f"{number}") for number in range(2, 6)]
    make(office, for_it(codes[0]))
    make(office, against_it(codes[1]))
    make(office, NewLink(LinkKind.RELATED, REASON, codes[2]))
    today = office.clock.now.astimezone(VIETNAM).date()
    with reading(office.engine) as connection:
        stances = {one.number: one.stance for one in period_letters(connection, office.vault, today, today).letters}
    assert stances == {1: "for", 2: "for", 3: "against", 4: None, 5: None}
