"""A conversation with a bot of the unmodified library, by polling and by webhook."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from tests.telegram.bot_thread import running
from tests.telegram.emulator import Emulator, Seen
from tests.telegram.sample_bot import equip

PNG = b"\x89PNG\r\n\x1a\n" + b"\r\n--not-a-boundary\r\n" * 40


@pytest.fixture(params=[False, True], ids=["polling", "webhook"], scope="module")
def telegram(request: pytest.FixtureRequest) -> Iterator[Emulator]:
    """The bot runs for all tests of the file; each test brings its own person."""
    with Emulator() as emulator, running(emulator, equip, by_webhook=request.param):
        yield emulator


def test_a_person_starts_the_bot_and_reads_its_greeting(telegram: Emulator) -> None:
    lan = telegram.person("Lan")
    lan.starts("q_123")
    (greeting,) = lan.wait_for(1)
    assert greeting.text == "Xin chào (q_123)"
    assert [entity.kind for entity in greeting.entities] == ["bold"]
    assert lan.keyboard == (("Hỏi thủ tục",), ("Gửi số của tôi",))


def test_a_button_of_the_keyboard_sends_its_label(telegram: Emulator) -> None:
    minh = telegram.person("Minh")
    minh.starts()
    minh.wait_for(1)
    minh.taps("Hỏi thủ tục")
    (answer,) = minh.wait_for(1)
    assert answer.text == "Bạn viết: Hỏi thủ tục"
    assert minh.messages[-2].text == "Hỏi thủ tục"
    assert answer.reply_to == minh.messages[-2].message_id


def test_a_button_that_asks_for_the_number_shares_the_contact(telegram: Emulator) -> None:
    hoa = telegram.person("Hoa")
    hoa.starts()
    hoa.wait_for(1)
    hoa.taps("Gửi số của tôi")
    assert hoa.wait_for(1)[0].text.startswith("+84")


def test_a_tap_changes_the_buttons_of_the_message(telegram: Emulator) -> None:
    tu = telegram.person("Tú")
    tu.says("khai sinh <cho> con & cháu")
    (answer,) = tu.wait_for(1)
    assert answer.text == "Bạn viết: khai sinh <cho> con & cháu"
    tu.taps("☐ Giấy chứng sinh")
    (changed,) = tu.wait_for(lambda message: "☑ Giấy chứng sinh" in message.labels)
    assert changed.message_id == answer.message_id
    assert changed.is_edited
    assert tu.unanswered_taps == 0


def test_a_tap_may_show_a_notice_and_take_the_message_away(telegram: Emulator) -> None:
    an = telegram.person("An")
    an.says("bỏ cái này")
    an.wait_for(1)
    an.taps("Bỏ")
    assert an.wait_for_notice() == "Đã xoá"
    telegram.wait_until(lambda: len(an.messages) == 1)


def test_a_button_that_is_not_there_cannot_be_tapped(telegram: Emulator) -> None:
    bach = telegram.person("Bách")
    bach.says("xin chào")
    bach.wait_for(1)
    with pytest.raises(AssertionError, match=r"Bách sees no button «Nộp ở đâu\?».*\n.*\n.*\[☐ Tờ khai\]"):
        bach.taps("Nộp ở đâu?")


def test_a_person_changes_what_was_sent(telegram: Emulator) -> None:
    vy = telegram.person("Vy")
    first = vy.says("đừơng hỏng")
    vy.wait_for(1)
    vy.edits(first, "đường hỏng")
    assert vy.wait_for(1)[0].text == "Đã sửa thành: đường hỏng"
    assert vy.messages[0].text == "đường hỏng"


def test_pictures_voices_and_files_arrive_byte_for_byte_both_ways(telegram: Emulator) -> None:
    son = telegram.person("Sơn")
    ways: tuple[Callable[[], Seen], ...] = (
        lambda: son.sends_photo(PNG, "ổ gà"),
        lambda: son.sends_voice(PNG),
        lambda: son.sends_document(PNG, "đơn.pdf"),
    )
    for send in ways:
        send()
        (back,) = son.wait_for(1)
        assert (back.kind, back.file_name, back.text) == ("document", "lai.bin", f"{len(PNG)} byte")
        assert back.content == PNG


def test_an_album_comes_as_so_many_messages_with_one_caption(telegram: Emulator) -> None:
    mai = telegram.person("Mai")
    album = mai.sends_album([PNG, PNG + b"2"], "hai ảnh")
    assert [one.text for one in album] == ["hai ảnh", "[photo]"]
    assert {one.content for one in mai.wait_for(2)} == {PNG, PNG + b"2"}


def test_a_place_arrives_in_degrees(telegram: Emulator) -> None:
    binh = telegram.person("Bình")
    binh.sends_location(21.02776, 105.83416)
    assert binh.wait_for(1)[0].text == "[location 21.02776, 105.83416]"


def test_people_do_not_see_each_others_chats(telegram: Emulator) -> None:
    one, other = telegram.person("Một"), telegram.person("Hai")
    one.says("chuyện riêng")
    one.wait_for(1)
    assert other.messages == ()


def test_in_a_group_every_member_reads_the_same(telegram: Emulator) -> None:
    ha, long = telegram.person("Hà"), telegram.person("Long")
    group = telegram.group("Tổ dân phố 5", ha, long)
    ha_there, long_there = ha.within(group), long.within(group)
    ha_there.says("chào @dienhong_bot")
    ha_there.wait_for(1)
    assert long_there.messages == ha_there.messages
    assert [message.sender for message in long_there.messages] == ["Hà", "Hà", "Diên Hồng"]
    assert ha.messages == ()
    told = telegram.transcript(group, "Tổ dân phố 5")
    assert [told.count(f"**{name}**:") for name in ("Hà", "Long", "Diên Hồng")] == [2, 0, 1]
