"""What a sender and the officers write to each other: nothing is lost or doubled, and nothing leaves the seal."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from assistant.database import reading
from assistant.feedback.errors import ActInvalid, ChangedMeanwhile, RecommendationNotFound, SubmissionInvalid, SubmissionNotFound
from assistant.feedback.guidance import Guidance
from assistant.feedback.intake import MOST_CHARACTERS, Attachment
from assistant.feedback.keeping import drop_old_keys, rotate_keys, verify_audit
from assistant.feedback.messages import MOST_CHARACTERS_TOLD, Added, MayNotWrite, NobodyToTell
from assistant.feedback.messages_rows import Direction, Message
from assistant.feedback.messages_tables import message
from assistant.feedback.outbox import Delivery
from assistant.feedback.queue import Matter
from assistant.feedback.states import Actor, Role, State, Step
from assistant.feedback.suggesting.understanding import Understanding
from assistant.feedback.tables import attachment, audit_event
from assistant.feedback.timing.running_deadlines import MORE_INFORMATION
from assistant.feedback.vault import KeyFile
from assistant.feedback.wanted import Wanted
from tests.assistant.feedback.office import CHAT, FIRST, HUNG, LAN, MAI, SECOND, Office, ScriptedChannel, WordReader, open_office, person
from tests.databases import sqlite_url

QUESTION, REPLY = "Đoạn hỏng ở khoảng nào ạ?", "Từ cầu Đông đến trường học"
AFTER_LEASE = timedelta(minutes=6)


class ReaderAcrossLines(WordReader):
    """Goes by words that may stand on two lines."""

    def read(self, text: str) -> Understanding:
        return super().read(text.replace("\n", " "))


def version(office: Office, number: int = 1, actor: Actor = HUNG) -> int:
    return office.recommendations.show(number, actor).matter.version


def step(office: Office, to: State, number: int = 1, actor: Actor = LAN, note: str | None = None) -> None:
    office.recommendations.take(number, version(office, number), Step(to, actor), note)


def told(office: Office, text: str = QUESTION, number: int = 1, actor: Actor = HUNG) -> None:
    office.desk.messages.tell(number, version(office, number, actor), text, actor)


def added(office: Office, code: str, text: str = REPLY, request_id: str = "a") -> Added:
    return office.desk.messages.add(code, text, request_id)


def understood(office: Office) -> None:
    while office.understander.understand_waiting():
        pass


def thread(office: Office, number: int = 1, actor: Actor = HUNG) -> list[str | None]:
    return [one.text for one in office.desk.messages.thread(number, actor)]


def own(office: Office, code: str) -> list[str | None]:
    return [one.text for one in office.desk.messages.of_citizen(code)]


def arrived(office: Office) -> list[Delivery]:
    channel = ScriptedChannel()
    office.outbox().deliver_due({CHAT: channel})
    return [one for one in channel.arrived.values() if one.what in ("message", "state")]


def listed(office: Office, actor: Actor = LAN) -> list[Matter]:
    return office.queue.page(actor, Wanted(has_unread=True))


def test_what_an_officer_writes_reaches_every_sender_who_can_be_reached(office: Office) -> None:
    first, second = office.sent(sender="1"), office.sent("Đường hỏng nữa", sender="2")
    office.casework.merge(2, version(office, 2), 1, LAN)
    silent = office.sent("Cầu hỏng", sender="")
    office.casework.merge(3, version(office, 3), 1, LAN)
    arrived(office)
    result = office.desk.messages.tell(1, version(office), f" {QUESTION} ", HUNG)
    assert (result.version, result.senders, result.reached) == (version(office), 3, 2)
    assert [(one.what, one.text, dict(one.facts)) for one in arrived(office)] == [
        ("message", QUESTION, {"code": first}),
        ("message", QUESTION, {"code": second}),
    ]
    assert own(office, silent) == [QUESTION]
    assert {(one.code, one.by, one.direction) for one in office.desk.messages.thread(1, LAN)} == {
        (code, "hung", Direction.TO_CITIZEN) for code in (first, second, silent)
    }


def test_the_sender_is_not_told_which_officer_wrote(office: Office) -> None:
    code = office.sent()
    told(office)
    assert [one.by for one in office.desk.messages.of_citizen(code)] == [None]
    assert [one.by for one in office.own_data.export(code).messages] == [None]


@pytest.mark.parametrize("text", ["", " \n", "a" * (MOST_CHARACTERS_TOLD + 1)])
def test_an_empty_or_endless_message_is_not_sent(office: Office, text: str) -> None:
    office.sent()
    with pytest.raises(ActInvalid):
        told(office, text)


def test_of_two_officers_who_write_at_once_the_second_is_told(office: Office) -> None:
    code = office.sent()
    read = version(office)
    office.desk.messages.tell(1, read, QUESTION, HUNG)
    with pytest.raises(ChangedMeanwhile):
        office.desk.messages.tell(1, read, "Câu khác", LAN)
    assert own(office, code) == [QUESTION]


@pytest.mark.parametrize("actor", [MAI, person("dung", Role.APPROVER, Role.SEALED_OFFICER)])
def test_who_only_approves_does_not_write_to_senders(office: Office, actor: Actor) -> None:
    office.sent()
    with pytest.raises(MayNotWrite):
        told(office, actor=actor)


def test_what_nobody_would_read_is_refused(office: Office) -> None:
    office.own_data.withdraw(office.sent())
    with pytest.raises(NobodyToTell):
        told(office)
    with reading(office.engine) as connection:
        assert connection.execute(select(message)).all() == []


def test_under_the_seal_only_its_officers_write_and_the_facts_give_nothing_away(office: Office) -> None:
    code = office.sent("Tôi tố cáo ông A nhận tiền")
    arrived(office)
    with pytest.raises(RecommendationNotFound):
        office.desk.messages.tell(1, version(office, actor=FIRST), QUESTION, HUNG)
    told(office, actor=FIRST)
    assert [(one.text, dict(one.facts)) for one in arrived(office)] == [(QUESTION, {"code": code})]
    added(office, code)
    assert thread(office, actor=SECOND) == [QUESTION, REPLY]
    assert office.own_data.status(code).state is State.SCREENING
    assert office.desk.casefiles.open(1, FIRST).messages[1].text == REPLY
    with pytest.raises(RecommendationNotFound):
        office.desk.messages.thread(1, HUNG)


def test_a_question_for_more_information_reaches_the_sender_with_its_words(office: Office) -> None:
    code = office.sent()
    step(office, State.NEEDS_INFO, note=QUESTION)
    assert [(one.what, one.facts["state"], one.text) for one in arrived(office)] == [("state", "needs_info", QUESTION)]
    assert own(office, code) == [QUESTION]


def test_a_note_to_any_other_step_stays_among_officers(office: Office) -> None:
    code = office.sent()
    step(office, State.ACCEPTED, note="chỉ nội bộ")
    assert [one.text for one in arrived(office)] == [None]
    assert own(office, code) == []


def test_an_answer_leads_back_to_screening_and_the_clock_goes_on(office: Office) -> None:
    code = office.sent()
    step(office, State.NEEDS_INFO, note=QUESTION)
    assert added(office, code).was_awaited
    (matter,) = office.queue.page(LAN, Wanted())
    assert matter.state is State.SCREENING
    clocks = {one.rule: one for one in office.desk.casefiles.open(1, LAN).clocks}
    assert clocks.pop(MORE_INFORMATION).met_on is not None
    assert not any(one.is_paused for one in clocks.values())


def test_an_answer_leads_back_what_it_was_merged_into(office: Office) -> None:
    office.sent(sender="1")
    code = office.sent("Đường hỏng nữa", sender="2")
    office.casework.merge(2, version(office, 2), 1, LAN)
    step(office, State.NEEDS_INFO, note=QUESTION)
    assert added(office, code).was_awaited
    assert [one.state for one in office.queue.page(LAN, Wanted())] == [State.SCREENING, State.LINKED]


def test_what_is_sent_twice_is_kept_once_however_fast(office: Office) -> None:
    code = office.sent()
    step(office, State.NEEDS_INFO, note=QUESTION)
    with ThreadPoolExecutor(4) as pool:
        results = list(pool.map(lambda _: added(office, code), range(8)))
    assert sum(one.is_new for one in results) == 1
    assert own(office, code) == [QUESTION, REPLY]
    assert added(office, code, "Thêm nữa", "b").is_new


def test_answers_at_once_and_an_officer_who_moves_it_lose_nothing(office: Office) -> None:
    codes = [office.sent(f"Đường hỏng {number}", str(number)) for number in range(4)]
    for number in (2, 3, 4):
        office.casework.merge(number, version(office, number), 1, LAN)
    step(office, State.NEEDS_INFO, note=QUESTION)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda code: added(office, code), codes))
    understood(office)
    assert thread(office).count(REPLY) == 4
    assert verify_audit(office.engine, office.vault).number > 0


@pytest.mark.parametrize(
    ("text", "request_id", "what"),
    [(" ", "a", "text"), ("a" * (MOST_CHARACTERS + 1), "a", "text"), ("a", "", "channel"), ("a", "i" * 151, "channel")],
)
def test_limits_are_those_of_submissions(office: Office, text: str, request_id: str, what: str) -> None:
    code = office.sent()
    with pytest.raises(SubmissionInvalid) as refused:
        added(office, code, text, request_id)
    assert refused.value.what == what


def test_files_come_after_those_of_the_submission(office: Office) -> None:
    code = office.sent()
    for number, content in enumerate((b"x", b"yy")):
        office.desk.messages.add(code, "", f"f{number}", attachments=(Attachment("image/png", content), Attachment("image/png", content)))
    with reading(office.engine) as connection:
        rows = connection.execute(select(attachment.c.order, attachment.c.size).order_by(attachment.c.order)).all()
    assert [tuple(row) for row in rows] == [(0, 1), (1, 1), (2, 2), (3, 2)]
    assert [one.attachments for one in office.desk.messages.of_citizen(code)] == [2, 2]
    with pytest.raises(SubmissionInvalid):
        office.desk.messages.add(code, "", "many", attachments=(Attachment("image/png", b""),) * 11)


def test_nobody_adds_to_or_reads_what_another_sent(office: Office) -> None:
    code = office.sent(sender="1001")
    assert office.desk.messages.add(code, REPLY, "a", "1001").is_new
    with pytest.raises(SubmissionNotFound):
        office.desk.messages.add(code, REPLY, "b", "2002")
    with pytest.raises(SubmissionNotFound):
        office.desk.messages.of_citizen(code, "2002")


def test_nothing_is_added_to_what_was_withdrawn_or_erased_and_withdrawal_leaves_what_was_written(office: Office) -> None:
    code = office.sent()
    added(office, code)
    office.own_data.withdraw(code)
    assert own(office, code) == [REPLY]
    with pytest.raises(SubmissionNotFound):
        added(office, code, request_id="b")
    office.own_data.erase(code)
    with pytest.raises(SubmissionNotFound):
        added(office, code, request_id="c")


def test_an_erasure_leaves_no_word_in_the_file(tmp_path: Path) -> None:
    with open_office(sqlite_url(tmp_path)) as office:
        code = office.sent()
        told(office)
        added(office, code)
        office.own_data.erase(code)
        with reading(office.engine) as connection:
            assert [row.text for row in connection.execute(select(message))] == [None, None]
        assert [one.text for one in office.desk.messages.thread(1, HUNG)] == [None]


def test_the_copy_holds_what_was_written(office: Office) -> None:
    code = office.sent()
    told(office)
    added(office, code)
    assert [(one.direction, one.text) for one in office.own_data.export(code).messages] == [
        (Direction.TO_CITIZEN, QUESTION),
        (Direction.FROM_CITIZEN, REPLY),
    ]


def test_what_was_added_to_something_closed_is_kept_and_shown_in_the_queue(office: Office) -> None:
    code = office.sent()
    office.sent("Cầu hỏng", "2")
    step(office, State.GUIDED_OUT)
    assert not added(office, code).was_awaited
    understood(office)
    (matter,) = listed(office)
    assert (matter.number, matter.state, matter.unread) == (1, State.GUIDED_OUT, 1)
    assert thread(office, actor=MAI) == [REPLY]
    assert len(listed(office)) == 1, "who could not answer does not make it read"
    assert thread(office) == [REPLY]
    assert listed(office) == []


def test_the_officer_sees_whether_the_sender_has_read(office: Office) -> None:
    code = office.sent()
    told(office)

    def seen() -> list[Message]:
        return [one for one in office.desk.messages.thread(1, HUNG) if one.read_at is not None]

    assert seen() == []
    own(office, code)
    assert len(seen()) == 1


def test_nobody_sees_what_was_added_before_a_machine_has_looked(office: Office) -> None:
    code = office.sent()
    added(office, code)
    assert (thread(office), listed(office)) == ([], [])
    understood(office)
    assert thread(office) == [REPLY]


def test_a_denunciation_that_comes_later_is_sealed_with_the_matter(office: Office) -> None:
    code = office.sent()
    step(office, State.NEEDS_INFO, note=QUESTION)
    added(office, code, "Tôi tố cáo ông A nhận tiền")
    understood(office)
    assert office.queue.page(HUNG, Wanted()) == []
    (matter,) = office.queue.page(FIRST, Wanted())
    assert (matter.number, matter.state, matter.unread) == (1, State.SEALED, 1)
    assert thread(office, actor=FIRST) == [QUESTION, "Tôi tố cáo ông A nhận tiền"]
    assert office.own_data.status(code).state is State.SCREENING


def test_a_denunciation_added_to_what_is_answered_or_shared_is_sealed_by_itself(office: Office) -> None:
    ended, shared = office.sent(sender="1"), office.sent("Cầu hỏng", "2")
    office.sent("Cầu hỏng nặng", "3")
    step(office, State.GUIDED_OUT)
    office.casework.merge(3, version(office, 3), 2, LAN)
    for code in (ended, shared):
        added(office, code, "Tôi tố cáo ông A nhận tiền")
    understood(office)
    assert [(one.number, one.state, one.submissions) for one in office.queue.page(HUNG, Wanted())] == [
        (1, State.GUIDED_OUT, 0),
        (2, State.SCREENING, 1),
        (3, State.LINKED, 1),
    ]
    assert [thread(office, number) for number in (1, 2)] == [[], []]
    sealed = office.queue.page(FIRST, Wanted())
    assert [one.state for one in sealed] == [State.SEALED, State.SEALED]
    assert thread(office, sealed[0].number, FIRST) == ["Tôi tố cáo ông A nhận tiền"]
    assert [office.own_data.status(code).state for code in (ended, shared)] == [State.GUIDED_OUT, State.SCREENING]
    assert [state for state, _ in office.own_data.export(ended).history] == ["screening", "guided_out"]
    assert office.own_data.status(ended).guidance == (Guidance.DENUNCIATION,)


def test_what_names_a_violator_only_together_with_the_letter_is_sealed(office: Office) -> None:
    code = office.sent("Đường hỏng. Tôi tố")
    added(office, code, "cáo ông A nhận tiền")
    understander = office.desk.understander(ReaderAcrossLines())
    assert understander.understand_waiting() == 1
    assert office.queue.page(FIRST, Wanted())[0].state is State.SEALED


def test_what_no_machine_can_look_at_is_sealed_in_the_end(office: Office) -> None:
    code = office.sent()
    added(office, code, "Câu này làm hỏng máy")
    for _ in range(3):
        assert office.queue.page(FIRST, Wanted()) == []
        understood(office)
        office.clock.move(AFTER_LEASE)
    assert [one.state for one in office.queue.page(FIRST, Wanted())] == [State.SEALED]


def test_what_two_officers_unsealed_is_not_sealed_again_for_the_same_words(office: Office) -> None:
    code = office.sent()
    added(office, code, "Tôi tố cáo ông A nhận tiền")
    understood(office)
    added(office, code, "Ông A tố cáo tôi trước", "b")
    for officer in (FIRST, SECOND):
        office.recommendations.take(1, version(office, actor=officer), Step(State.SCREENING, officer, "nhầm"))
    understood(office)
    assert [one.state for one in office.queue.page(HUNG, Wanted())] == [State.SCREENING]
    assert len(thread(office)) == 2


def test_several_workers_read_each_message_once(office: Office) -> None:
    code = office.sent()
    for number in range(8):
        added(office, code, f"Thêm {number}", f"r{number}")
    workers = [office.another_understander() for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(lambda worker: worker.understand_waiting(), workers)) == 8
    with reading(office.engine) as connection:
        rows = connection.execute(select(audit_event.c.number).where(audit_event.c.action == "message_understood")).all()
    assert len(rows) == 8


def test_the_audit_trail_tells_of_messages_and_never_their_words(office: Office) -> None:
    code = office.sent()
    told(office)
    added(office, code)
    with reading(office.engine) as connection:
        rows = connection.execute(select(audit_event.c.action, audit_event.c.actor, audit_event.c.facts)).all()
    acts = {row.action: row.actor for row in rows}
    assert (acts["message_told"], acts["message_added"]) == ("hung", "citizen")
    assert not any(word in row.facts for row in rows for word in (QUESTION, REPLY))


def test_messages_open_after_an_exchange_of_keys(database_url: str, tmp_path: Path) -> None:
    file = KeyFile(tmp_path / "keys" / "feedback.keys")
    with open_office(database_url) as empty:
        old = Office(empty.engine, file.load_or_make())
        code = old.sent()
        told(old)
        added(old, code)
        rotate_keys(old.engine, file, old.clock)
        drop_old_keys(old.engine, file, old.clock)
        assert own(Office(old.engine, file.load_or_make()), code) == [QUESTION, REPLY]
