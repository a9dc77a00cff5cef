"""Messages that follow from the turns before, and those that open a topic."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.dialogue.followup import PastTurn, as_followup, asks_guide_again, told_before, with_topic
from assistant.understanding.days import day_meant
from corpus.ids import ProvisionId
from corpus.text import fold

LABOUR, CIVIL = "45/2019/QH14", "91/2015/QH13"
_NAMES = {LABOUR: "Bộ luật Lao động số 45/2019/QH14", CIVIL: "Bộ luật Dân sự số 91/2015/QH13"}
DISMISSED = PastTurn("Công ty cho tôi nghỉ việc vì không đạt chỉ tiêu thì có được không?", (ProvisionId(LABOUR, "36", "1", "a"),))
LEAVE = PastTurn("Ông ngoại tôi mất thì tôi được nghỉ mấy ngày?", (ProvisionId(LABOUR, "115", "2"),))
DEPOSIT = PastTurn("Tôi đặt cọc mua đất, bên bán đổi ý thì đền bao nhiêu?", (ProvisionId(CIVIL, "328"),))
HEIRS = PastTurn("Bố mất không để lại di chúc thì ai được chia?", (ProvisionId(CIVIL, "651", "1"),))
LENT = PastTurn("Cho bạn vay 50 triệu không giấy tờ, giờ nó không trả thì kiện được không?", (ProvisionId(CIVIL, "463"),))
MARRIED = PastTurn("Đăng ký kết hôn với người nước ngoài thì cần giấy tờ gì?", procedure="Đăng ký kết hôn có yếu tố nước ngoài")
ROOM = PastTurn("Đăng ký tạm trú ở phòng trọ cần giấy tờ gì?", procedure="Đăng ký tạm trú (ở trọ)")
BIRTH = PastTurn("Con tôi sinh tháng trước, đi khai sinh thì cần mang gì?", procedure="Đăng ký khai sinh")


def _rewritten(text: str, *before: PastTurn) -> str | None:
    return as_followup(text, before, name_of=_NAMES.__getitem__)


@pytest.mark.parametrize(
    ("text", "expected", "why"),
    [
        ("khoản 2 nói gì?", "Khoản 2 Điều 36 Bộ luật Lao động số 45/2019/QH14 nói gì?", "a clause of the article cited"),
        ("còn khoản 3?", "Khoản 3 Điều 36 Bộ luật Lao động số 45/2019/QH14 nói gì?", "a clause and nothing else"),
        ("khoản 3 của điều đó viết gì", "Khoản 3 Điều 36 Bộ luật Lao động số 45/2019/QH14 viết gì", "of that article"),
        ("khoan 3 cua no", "Khoản 3 Điều 36 Bộ luật Lao động số 45/2019/QH14 nói gì?", "without marks"),
        ("điểm b thì sao", "Điểm b khoản 1 Điều 36 Bộ luật Lao động số 45/2019/QH14 nói gì?", "a point of the clause cited"),
        ("điểm đ khoản 2", "Điểm đ khoản 2 Điều 36 Bộ luật Lao động số 45/2019/QH14 nói gì?", "đ is no d"),
        ("điều tiếp theo nói gì?", "Điều 37 Bộ luật Lao động số 45/2019/QH14 nói gì?", "the next article"),
        ("điều kế tiếp nữa?", "Điều 37 Bộ luật Lao động số 45/2019/QH14 nói gì?", "the next article, otherwise"),
        ("điều liền trước thì sao?", "Điều 35 Bộ luật Lao động số 45/2019/QH14 nói gì?", "the article before"),
        ("điều 98 nói gì?", "Điều 98 Bộ luật Lao động số 45/2019/QH14 nói gì?", "an article of the same law"),
        ("khoản 1 điều 40 nói gì", "Khoản 1 Điều 40 Bộ luật Lao động số 45/2019/QH14 nói gì", "a clause of another article"),
        ("điều đó quy định ở luật nào?", "Điều 36 Bộ luật Lao động số 45/2019/QH14 nói gì?", "which law says so"),
        ("dieu luat do so may", "Điều 36 Bộ luật Lao động số 45/2019/QH14 nói gì?", "which article says so"),
    ],
)
def test_provision_is_taken_from_the_last_citation(text: str, expected: str, why: str) -> None:
    assert _rewritten(text, DISMISSED) == expected, why


def test_provision_is_named_by_number_where_nobody_knows_its_name() -> None:
    assert as_followup("khoản 2 nói gì?", [DISMISSED]) == "Khoản 2 Điều 36 văn bản số 45/2019/QH14 nói gì?"


def test_provision_of_an_earlier_turn_counts_where_the_last_cites_none() -> None:
    assert (
        _rewritten("khoản 2 nói gì?", DISMISSED, PastTurn("Cảm ơn", follows=True))
        == "Khoản 2 Điều 36 Bộ luật Lao động số 45/2019/QH14 nói gì?"
    )


def test_first_article_has_none_before_it() -> None:
    rewritten = _rewritten("điều liền trước thì sao?", PastTurn("Điều 1?", (ProvisionId(CIVIL, "1"),)))
    assert rewritten is None or "Điều 0" not in rewritten


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("mất bao nhiêu tiền?", "Đăng ký khai sinh: mất bao nhiêu tiền?"),
        ("rồi nộp ở đâu?", "Đăng ký khai sinh: nộp ở đâu?"),
        ("bao lâu có kết quả?", "Đăng ký khai sinh: bao lâu có kết quả?"),
        ("can giay to gi", "Đăng ký khai sinh: can giay to gi?"),
        ("lệ phí bao nhiêu ạ?", "Đăng ký khai sinh: lệ phí bao nhiêu?"),
    ],
)
def test_fee_time_place_and_papers_are_asked_of_the_guide_given(text: str, expected: str) -> None:
    assert _rewritten(text, BIRTH) == expected


@pytest.mark.parametrize(
    ("text", "before", "expected", "why"),
    [
        ("còn ba mẹ chồng thì sao ạ", LEAVE, "Ba mẹ chồng tôi mất thì tôi được nghỉ mấy ngày?", "the same of somebody else"),
        (
            "nếu em đang mang thai thì sao?",
            DISMISSED,
            "Công ty cho tôi nghỉ việc vì không đạt chỉ tiêu, nếu em đang mang thai thì có được không?",
            "the same with one fact more",
        ),
        (
            "thế phải báo trước mấy ngày?",
            DISMISSED,
            "Công ty cho tôi nghỉ việc vì không đạt chỉ tiêu: phải báo trước mấy ngày?",
            "something else of the same case",
        ),
        (
            "họ không trả lương thì làm sao?",
            DISMISSED,
            "Công ty cho tôi nghỉ việc vì không đạt chỉ tiêu: họ không trả lương thì làm sao?",
            "a pronoun",
        ),
        ("à nhầm, bà ngoại chứ không phải ông ngoại", LEAVE, "Bà ngoại tôi mất thì tôi được nghỉ mấy ngày?", "a word put right"),
        (
            "không, ý em là nghỉ cưới",
            LEAVE,
            "Nghỉ cưới: ông ngoại tôi mất thì tôi được nghỉ mấy ngày?",
            "a correction that names nothing wrong",
        ),
    ],
)
def test_question_of_two_turns_can_be_understood_alone(text: str, before: PastTurn, expected: str, why: str) -> None:
    assert _rewritten(text, before) == expected, why


@pytest.mark.parametrize("text", ["thế năm 2019 thì sao?", "lúc đó là năm 2019 thì sao?", "the nam 2019 thi sao"])
def test_another_day_is_asked_of_the_same_question(text: str) -> None:
    rewritten = _rewritten(text, PastTurn("Hồi năm 2022 đặt cọc mua đất, bên bán đổi ý thì đền bao nhiêu?"))
    assert rewritten
    assert "đặt cọc" in rewritten.lower()
    assert "2022" not in rewritten
    meant = day_meant(rewritten, date(2026, 11, 22))
    assert meant
    assert meant.day == date(2019, 12, 31)


def test_follow_ups_of_follow_ups_keep_the_topic() -> None:
    second = PastTurn("Công ty cho tôi nghỉ việc vì không đạt chỉ tiêu: phải báo trước mấy ngày?", follows=True)
    rewritten = _rewritten("rồi mấy bữa họ trả lương?", DISMISSED, second)
    assert rewritten == "Công ty cho tôi nghỉ việc vì không đạt chỉ tiêu: mấy bữa họ trả lương?"


def test_going_back_takes_up_the_earlier_topic() -> None:
    rewritten = _rewritten("Quay lại chuyện đặt cọc lúc nãy, tôi đổi ý thì sao?", DEPOSIT, BIRTH)
    assert rewritten
    assert rewritten.startswith("Tôi đặt cọc mua đất")


def test_english_follow_up_is_joined() -> None:
    before = PastTurn("I handed in my notice last week. Can I take it back?")
    assert _rewritten("what if my boss says no?", before) == "I handed in my notice last week. Can I take it back? What if my boss says no?"


@pytest.mark.parametrize(
    ("text", "before"),
    [
        ("À mà cho hỏi thêm, làm lại thẻ căn cước bị mất thì đến đâu nộp?", DISMISSED),
        ("cho em hoi cai khac, dang ky tam tru o phong tro can giay to gi", DISMISSED),
        ("Còn chuyện này nữa, thằng con tui làm mất biển số xe thì xin lại ở đâu?", DISMISSED),
        ("Đổi chủ đề chút: hàng xóm cứ xả nước thải tràn qua sân nhà tôi, luật bắt họ làm gì?", LEAVE),
        ("Con trai tôi 14 tuổi tự đi mua điện thoại 10 triệu, tôi đòi trả lại cửa hàng được không?", DISMISSED),
        ("Làm hộ chiếu mất mấy ngày?", DISMISSED),
        ("Điều 654 Bộ luật Dân sự nói gì?", DISMISSED),
        ("Khoản 2 Điều 35 Bộ luật Lao động quy định thế nào?", DEPOSIT),
        ("Cảm ơn bạn nhiều nhé!", BIRTH),
        ("Hàng xóm bịt lối đi duy nhất ra đường, nhà tôi bị vây kín thì đòi mở lối được không?", BIRTH),
        ("vay nang lai 20 phan tram mot thang co bi di tu khong a", BIRTH),
        ("ho chieu het han thi xin cap lai o cho nao", LEAVE),
        ("Tôi nợ khoản 3 triệu tiền điện thoại trả góp, công ty tài chính gọi điện chửi bới cả nhà thì kiện ở đâu?", DEPOSIT),
    ],
)
def test_new_topic_stands_alone(text: str, before: PastTurn) -> None:
    assert _rewritten(text, before) is None


_FIRED = "Công ty cho tôi nghỉ việc vì không đạt chỉ tiêu"
_DIED, _OWED = "Bố mất không để lại di chúc", "Cho bạn vay 50 triệu không giấy tờ, giờ nó không trả"
_ARTICLE_36 = "Điều 36 Bộ luật Lao động số 45/2019/QH14 nói gì?"


@pytest.mark.parametrize(
    ("text", "before", "expected", "why"),
    [
        ("còn phí?", BIRTH, "Đăng ký khai sinh: phí?", "two words"),
        ("ai ký", BIRTH, "Đăng ký khai sinh: ai ký?", "two words without a connective"),
        ("bao lâu z", BIRTH, "Đăng ký khai sinh: bao lâu?", "teencode after the question is no part of it"),
        ("ở xã đc ko", BIRTH, "Đăng ký khai sinh: ở xã đc ko?", "an office, short forms"),
        ("bn tiền", BIRTH, "Đăng ký khai sinh: bn tiền?", "a short form asks"),
        ("rứa nộp mô", BIRTH, "Đăng ký khai sinh: nộp mô?", "Central dialect"),
        ("mấy bữa có", BIRTH, "Đăng ký khai sinh: mấy bữa có?", "Southern dialect"),
        ("ra phường hay lên quận", BIRTH, "Đăng ký khai sinh: ra phường hay lên quận?", "a choice is a question"),
        ("hết nhiêu dzậy", MARRIED, "Đăng ký kết hôn với người nước ngoài: hết nhiêu?", "Southern dialect, no guide's field"),
        ("thế làm ở đâu ạ", MARRIED, "Đăng ký kết hôn có yếu tố nước ngoài: làm ở đâu?", "a guide's field"),
        ("còn bản dịch?", MARRIED, "Đăng ký kết hôn với người nước ngoài, bản dịch thì cần giấy tờ gì?", "the same of a paper"),
        ("lam online dc k", ROOM, "Đăng ký tạm trú: lam online dc k?", "what a guide is for stays out of its name"),
        ("nop o dau z", ROOM, "Đăng ký tạm trú: nop o dau?", "without marks"),
        ("có cần bản gốc hông", BIRTH, "Con tôi sinh tháng trước, đi khai sinh: có cần bản gốc hông?", "hông asks"),
        ("how long does it take", BIRTH, "Đăng ký khai sinh: how long does it take?", "English"),
        ("còn con riêng?", HEIRS, f"{_DIED}: con riêng?", "a stepchild would not ask who gets a share"),
        ("thế mẹ kế thì sao?", HEIRS, f"{_DIED}: mẹ kế thì sao?", "nor a stepmother"),
        ("the con rieng thi sao", HEIRS, f"{_DIED}: con rieng thi sao?", "con is a child here, no connective"),
        ("rứa con dâu có được hưởng không", HEIRS, f"{_DIED}: con dâu có được hưởng không?", "Central dialect"),
        ("neu co di chuc mieng thi sao", HEIRS, f"{_DIED}: neu co di chuc mieng thi sao?", "without marks"),
        ("chia đều hả", HEIRS, f"{_DIED}: chia đều?", "asks for a yes, not what was asked before"),
        ("ai giữ giấy tờ nhà trong lúc đó", HEIRS, f"{_DIED}: ai giữ giấy tờ nhà trong lúc đó?", "lúc đó is whole"),
        ("mà ổng có vợ bé thì răng", HEIRS, f"{_DIED}: ổng có vợ bé thì răng?", "a Southern pronoun, a Central question"),
        ("nhỡ mẹ cũng mất thì sao", HEIRS, f"{_DIED}: nhỡ mẹ cũng mất thì sao?", "nhỡ is lỡ"),
        ("k có hợp đồng thì s", DISMISSED, f"{_FIRED}, k có hợp đồng thì có được không?", "teencode"),
        ("bầu thì s", DISMISSED, f"{_FIRED}, bầu thì có được không?", "one word of content"),
        ("còn thử việc?", DISMISSED, f"{_FIRED}, thử việc thì có được không?", "too short to be a case of its own"),
        ("thế họ đòi bồi thường thì sao", DISMISSED, f"{_FIRED}, họ đòi bồi thường thì có được không?", "they"),
        ("lỡ ký giấy rồi", DISMISSED, f"{_FIRED}, lỡ ký giấy rồi thì có được không?", "a fact and no question"),
        ("vay neu toi dang om thi sao", DISMISSED, f"{_FIRED}, neu toi dang om thì có được không?", "vay is vậy"),
        ("báo trước mấy hôm?", DISMISSED, f"{_FIRED}: báo trước mấy hôm?", "no connective"),
        ("kiện ở mô", DISMISSED, f"{_FIRED}: kiện ở mô?", "mô asks"),
        ("thì ai trả lương mấy ngày đó", DISMISSED, f"{_FIRED}: ai trả lương mấy ngày đó?", "những ngày đó"),
        ("có được lãnh trợ cấp hông", DISMISSED, f"{_FIRED}: có được lãnh trợ cấp hông?", "another question of the case"),
        ("điều mấy", DISMISSED, _ARTICLE_36, "which article"),
        ("luật nào nói vậy", DISMISSED, _ARTICLE_36, "which law"),
        ("căn cứ đâu", DISMISSED, _ARTICLE_36, "on what ground"),
        ("là sao", DISMISSED, f"{_FIRED} thì có được không?", "the same once more"),
        ("giải thích kỹ hơn đi", DISMISSED, f"{_FIRED} thì có được không?", "the same once more, in other words"),
        ("lãi thì tính sao", LENT, f"{_OWED}, lãi thì kiện được không?", "tính sao asks the same"),
        ("no tron roi thi lam sao", LENT, f"{_OWED}: no tron roi thi lam sao?", "no is nó"),
        ("kien o toa nao", LENT, f"{_OWED}: kien o toa nao?", "which court"),
        ("nếu vay có giấy?", LENT, f"{_OWED}, nếu vay có giấy thì kiện được không?", "one fact is otherwise"),
        ("có tin nhắn zalo thôi được không", LENT, f"{_OWED}: có tin nhắn zalo thôi được không?", "a fact asked about"),
        (
            "không phải 50 triệu, ý em là 5 triệu",
            LENT,
            "Cho bạn vay 5 triệu không giấy tờ, giờ nó không trả thì kiện được không?",
            "words said twice stand once",
        ),
        (
            "à nhầm, 70 triệu",
            LENT,
            "Cho bạn vay 70 triệu không giấy tờ, giờ nó không trả thì kiện được không?",
            "another amount of the same unit",
        ),
        ("à nhầm, ly hôn chứ không phải kết hôn", MARRIED, "Đăng ký ly hôn với người nước ngoài thì cần giấy tờ gì?", "a word put right"),
        ("ý mình là kết hôn lần hai", MARRIED, "Đăng ký kết hôn lần hai với người nước ngoài thì cần giấy tờ gì?", "its place is known"),
        (
            "à nhầm, 3% một năm chứ không phải 30%",
            PastTurn("Cho vay 30% một năm thì phần lãi vượt có đòi được không?"),
            "Cho vay 3% một năm thì phần lãi vượt có đòi được không?",
            "a sign at the end belongs to the wrong words, and a year is said once",
        ),
        (
            "làm mới có 7 tháng thì sao?",
            PastTurn("Một năm tôi được nghỉ phép mấy ngày có lương vậy ạ?", (ProvisionId(LABOUR, "113"),)),
            "Một năm tôi được nghỉ phép mấy ngày có lương? Làm mới có 7 tháng thì sao?",
            "a question without a condition stays whole",
        ),
    ],
)
def test_short_and_dialect_messages_read_well_with_what_came_before(text: str, before: PastTurn, expected: str, why: str) -> None:
    assert _rewritten(text, before) == expected, why


@pytest.mark.parametrize("text", ["ok cảm ơn ad", "chào bạn", "dạ vâng ạ", "thanks", "Vâng, mình hiểu rồi nhé"])
def test_courtesy_follows_nothing(text: str) -> None:
    assert _rewritten(text, BIRTH) is None


@pytest.mark.parametrize("text", ["còn phí?", "kiện ở mô", "nếu vay có giấy?", "làm ở đâu vậy ạ??", "còn khoản 2?", "à nhầm, 5 triệu"])
@pytest.mark.parametrize("before", [DISMISSED, BIRTH, LENT, HEIRS])
def test_rewritten_question_begins_large_and_ends_with_one_mark(text: str, before: PastTurn) -> None:
    rewritten = _rewritten(text, before)
    assert rewritten
    assert not rewritten[0].islower()
    assert rewritten.endswith("?")
    assert not any(ugly in rewritten for ugly in ("—", "??", ".?", "!?", " ?", ",,", "ạ?", "  "))


@pytest.mark.parametrize(("leaning", "follows"), [(3.0, True), (-3.0, False)])
def test_what_the_message_finds_alone_decides_where_its_words_do_not(leaning: float, follows: bool) -> None:
    assert (as_followup("trễ hạn có bị phạt ko", [BIRTH], leaning=leaning) is not None) is follows


_THEFT = PastTurn("Con tôi 15 tuổi ăn cắp thì có bị truy tố không?")
_BUYING = PastTurn("Đặt cọc mua nhà, bên bán đổi ý thì đền bao nhiêu?")
_RETIRED = PastTurn("Đàn ông bao nhiêu tuổi thì được về hưu?")


@pytest.mark.parametrize(
    ("text", "before", "expected", "why"),
    [
        ("nếu cháu 17 tuổi?", _THEFT, "Con tôi 17 tuổi ăn cắp thì có bị truy tố không?", "another age"),
        ("còn phụ nữ?", _RETIRED, "Phụ nữ bao nhiêu tuổi thì được về hưu?", "the other sex"),
        ("thế bên mua đổi ý thì sao?", _BUYING, "Đặt cọc mua nhà, bên mua đổi ý thì đền bao nhiêu?", "the other side"),
        (
            "nếu cháu 17 tuổi, đã đi làm thì sao?",
            _THEFT,
            "Con tôi 17 tuổi ăn cắp, nếu cháu 17 tuổi, đã đi làm thì có bị truy tố không?",
            "another age, and one fact more",
        ),
        ("còn 15 tuổi thì sao", _THEFT, "Con tôi 15 tuổi ăn cắp, 15 tuổi thì có bị truy tố không?", "the same age is no other"),
        ("17 tuổi thì bị mấy năm?", _THEFT, "Con tôi 15 tuổi ăn cắp: 17 tuổi thì bị mấy năm?", "it asks something else"),
        (
            "còn vợ chồng em thì sao",
            PastTurn("Chồng tôi mất thì tôi được nghỉ mấy ngày?"),
            "Chồng tôi mất, vợ chồng em thì tôi được nghỉ mấy ngày?",
            "two at once stand for nobody",
        ),
        (
            "còn mẹ chồng?",
            PastTurn("Vợ tôi mất thì tôi được nghỉ mấy ngày?"),
            "Vợ tôi mất, mẹ chồng thì tôi được nghỉ mấy ngày?",
            "a mother-in-law is no husband",
        ),
    ],
)
def test_what_is_named_anew_takes_the_place_of_its_like(text: str, before: PastTurn, expected: str, why: str) -> None:
    assert _rewritten(text, before) == expected, why


_NOTICE = PastTurn("Công ty cho tôi nghỉ việc vì không đạt chỉ tiêu: phải báo trước mấy ngày?", follows=True)


@pytest.mark.parametrize(
    ("text", "before", "expected", "why"),
    [
        ("rồi trả lương khi nào?", (DISMISSED,), DISMISSED.asked, "the turn that opened the topic"),
        ("rồi trả lương khi nào?", (DISMISSED, _NOTICE), "phải báo trước mấy ngày", "a follow-up without the case it was joined with"),
        ("nộp ở đâu?", (BIRTH, PastTurn("Đăng ký khai sinh: phí?", follows=True)), "Đăng ký khai sinh: phí?", "a guide is named"),
        ("quay lại chuyện đặt cọc, tôi đổi ý thì sao?", (DEPOSIT, BIRTH), DEPOSIT.asked, "an earlier topic taken up again"),
        ("là sao?", (DISMISSED, PastTurn(DISMISSED.asked, follows=True)), DISMISSED.asked, "the same asked once more"),
        ("rồi sao?", (_NOTICE,), _NOTICE.asked, "a follow-up of nothing"),
    ],
)
def test_message_goes_on_from_what_the_last_turn_asked_for_itself(text: str, before: Sequence[PastTurn], expected: str, why: str) -> None:
    assert told_before(text, before) == expected, why


def test_first_message_follows_nothing() -> None:
    assert as_followup("thế còn con riêng thì sao?", []) is None


def test_empty_message_follows_nothing() -> None:
    assert as_followup("  ", [DISMISSED]) is None


def test_unicode_form_and_line_breaks_change_nothing() -> None:
    text = "thế còn\nba mẹ chồng thì sao ạ"
    assert _rewritten(unicodedata.normalize("NFD", text), LEAVE) == _rewritten(text.replace("\n", " "), LEAVE)


@pytest.mark.parametrize("text", ["nếu em đang mang thai thì sao?", "thế còn bà ngoại thì sao", "vậy nộp ở đâu", "việc đó mất mấy ngày"])
def test_follow_ups_are_told_without_marks(text: str) -> None:
    assert _rewritten(fold(text), BIRTH) is not None


_TEXTS = st.one_of(
    st.text(max_size=80),
    st.lists(
        st.sampled_from(
            ["khoản", "điều", "2", "trước", "tiếp theo", "thì sao", "nếu", "còn", "nó", "không", "ý em là", "năm 2019", "điểm đ"]
        ),
        max_size=8,
    ).map(" ".join),
)
_TURNS = st.lists(
    st.builds(
        PastTurn,
        asked=_TEXTS,
        provisions=st.sampled_from([(), (ProvisionId(LABOUR),), (ProvisionId(LABOUR, "36", "1", "a"),), (ProvisionId("1/2020/X", "pl1"),)]),
        procedure=st.sampled_from([None, "Đăng ký khai sinh"]),
        follows=st.booleans(),
    ),
    max_size=4,
)


@given(text=_TEXTS, before=_TURNS)
def test_any_dialogue_gives_a_question_or_none(text: str, before: Sequence[PastTurn]) -> None:
    rewritten = as_followup(text, before)
    assert rewritten is None or rewritten.strip()


def test_greetings_and_thanks_are_no_topic() -> None:
    assert with_topic((PastTurn("hello"), DISMISSED, PastTurn("cảm ơn bạn"), PastTurn("ok"))) == (DISMISSED,)


@pytest.mark.parametrize("text", ["làm sổ đỏ", "Làm hộ chiếu mất mấy ngày?", "Sổ hồng bị mất thì nộp đơn ở đâu?"])
def test_another_paper_with_nothing_that_goes_on_opens_a_topic(text: str) -> None:
    assert _rewritten(text, BIRTH) is None


def test_another_paper_may_go_on_where_words_say_so() -> None:
    assert _rewritten("thế còn hộ chiếu thì sao?", BIRTH) is not None


def test_a_child_is_not_taken_for_a_connective() -> None:
    assert "con 2 tuổi" in (_rewritten("con 2 tuổi thì sao", HEIRS) or "").lower()


@pytest.mark.parametrize(
    ("text", "before", "expected"),
    [
        ("mất bao nhiêu tiền?", (BIRTH,), True),
        ("how much does it cost?", (BIRTH,), True),
        ("mất bao nhiêu tiền?", (HEIRS,), False),
        ("nếu mẹ cháu là người nước ngoài thì sao?", (BIRTH,), False),
        ("mất bao nhiêu tiền hồi năm 2020?", (BIRTH,), False),
        ("mất bao nhiêu tiền?", (), False),
    ],
)
def test_fee_time_place_and_papers_are_a_field_of_the_guide(text: str, before: tuple[PastTurn, ...], expected: bool) -> None:
    assert asks_guide_again(text, before) is expected
