"""Facts asked back: the table on the real guides and codes, each message with what answers it, without any search."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answering.answerer import Answerer
from assistant.answering.types import Answer, Citation, Outcome, Question, Understood
from assistant.understanding.facts import Fact, Facts, Option, Text, answer_for, with_fact
from corpus.ids import ProvisionId
from corpus.sources.codes import open_codes
from corpus.sources.guides import load_guides
from corpus.types import Procedure
from tests.assistant.toy_law import IN_FORCE, REGISTRATION, toy_answerer, toy_store
from tests.project_files import PROJECT

FACTS = Facts.load()
OPTIONS = [(fact, option) for fact in FACTS.all() for option in fact.options]
TODAY = date(2026, 11, 22)

LABOUR, CIVIL, PROCEDURE, CRIMINAL = "45/2019/QH14", "91/2015/QH13", "92/2015/QH13", "101/2015/QH13"

# (message, guide or provisions that answer it, the fact asked back)
ASKED = [
    ("Đăng ký kết hôn cần giấy tờ gì?", "dang-ky-ket-hon", "spouse_citizenship"),
    ("dang ky ket hon o dau", "dang-ky-ket-hon", "spouse_citizenship"),
    ("làm hôn thú cần mang những gì ạ", "", "spouse_citizenship"),
    ("Đăng ký khai sinh cho con ở đâu?", "dang-ky-khai-sinh", "parents_citizenship"),
    ("lam giay khai sinh can giay to gi", "dang-ky-khai-sinh", "parents_citizenship"),
    ("làm lại giấy khai sinh ở đâu", "dang-ky-khai-sinh", "birth_certificate_again"),
    ("chưa có giấy khai sinh thì làm thế nào", "dang-ky-khai-sinh", "birth_late_age"),
    ("làm căn cước cho con cần gì", "cap-the-can-cuoc-duoi-14-tuoi", "id_card_age"),
    ("làm cccd mất bao nhiêu tiền", "cap-the-can-cuoc-tu-du-14-tuoi", "id_card_first"),
    ("làm lại hộ chiếu ở đâu", "cap-ho-chieu-pho-thong", "passport_why"),
    ("làm bằng lái xe cần giấy tờ gì", "cap-giay-phep-lai-xe", "driving_licence_kind"),
    ("đăng ký xe máy ở đâu", "dang-ky-xe-lan-dau", "vehicle_from"),
    ("làm lại giấy tờ xe ở đâu", "doi-cap-lai-giay-phep-lai-xe", "vehicle_papers"),
    ("làm sổ đỏ cần giấy tờ gì", "cap-so-do-lan-dau", "land_certificate_why"),
    ("lam thu tuc sang ten o dau", "dang-ky-sang-ten-dat", "transfer_of"),
    ("đăng ký kinh doanh ở đâu", "dang-ky-ho-kinh-doanh", "business_form"),
    ("muốn mở quán cà phê thì đăng ký ở đâu", "dang-ky-ho-kinh-doanh", "business_form"),
    ("ngừng kinh doanh làm thủ tục gì", "thay-doi-tam-ngung-cham-dut-ho-kinh-doanh", "business_end"),
    ("gia hạn tạm trú cần gì", "dang-ky-tam-tru", "stay_citizenship"),
    ("người thân đến ở nhờ thì khai báo thế nào", "thong-bao-luu-tru", "stay_length"),
    ("chuyển đến nơi ở mới thì đăng ký cư trú thế nào", "dang-ky-thuong-tru", "residence_kind"),
    ("con mới sinh thì làm giấy tờ gì", "dang-ky-khai-sinh", "newborn_papers"),
    ("làm thẻ bảo hiểm y tế ở đâu", "cap-lai-doi-the-bao-hiem-y-te", "health_card_first"),
    ("công chứng cần mang gì", "chung-thuc-ban-sao-tu-ban-chinh", "certified_what"),
    ("giấy ủy quyền làm ở đâu", "chung-thuc-chu-ky", "authorised_to"),
    ("thừa kế nhà đất cần giấy tờ gì", "chung-thuc-van-ban-phan-chia-di-san", "inherited_land_step"),
    ("xin trợ cấp cho người khuyết tật ở đâu", "tro-cap-xa-hoi-hang-thang", "disability_certificate"),
    ("tiền mai táng xin ở đâu", "", "funeral_of"),
    ("cắt khẩu làm thế nào", "", "leaves_household"),
    ("xin giấy xác nhận của phường làm thế nào", "", "confirmation_of"),
    ("xin bản sao bằng tốt nghiệp ở đâu", "cap-ban-sao-van-bang-tu-so-goc", "diploma_copy"),
    ("xin bản sao giấy khai sinh ở đâu", "cap-ban-sao-trich-luc-ho-tich", "birth_copy"),
    ("đơn phương chấm dứt hợp đồng trái luật thì phải bồi thường gì", f"{LABOUR}@40", "who_ends_employment"),
    ("nghỉ việc được trợ cấp gì", f"{LABOUR}@46.1", "why_job_ended"),
    ("nghỉ thai sản được bao lâu", f"{LABOUR}@139.2", "parental_leave_of"),
    ("cho vay tiền muốn đòi lại thì làm thế nào", f"{CIVIL}@469", "loan_term"),
    ("ly hôn nộp đơn ở đâu", "dang-ky-ket-hon", "divorce_consent"),
    ("thủ tục ly hôn thế nào", f"{PROCEDURE}@397.5", "divorce_consent"),
    ("thời hạn kháng cáo là bao lâu", f"{PROCEDURE}@273", "case_appealed"),
    ("hoãn phiên tòa được bao lâu", f"{PROCEDURE}@233", "case_prepared"),
    ("bị bắt giam được bao lâu", f"{CRIMINAL}@419", "custody_kind"),
    ("thời hiệu khởi kiện là bao lâu", f"{CIVIL}@429", "claim_sued_for"),
    ("bồi thường tai nạn giao thông thế nào", "", "harm_done"),
    ("chia thừa kế thế nào", f"{CIVIL}@649", "estate_will"),
]

# (message, guide or provisions that answer it, why nothing is asked back)
NOT_ASKED = [
    ("Đăng ký kết hôn với người Hàn Quốc cần giấy tờ gì?", "dang-ky-ket-hon-voi-nguoi-nuoc-ngoai", "the guide is the other one already"),
    ("Hai đứa em khác tỉnh thì đăng ký kết hôn ở đâu", "dang-ky-ket-hon", "both live in the country"),
    ("Con trai tôi 19 tuổi đăng ký kết hôn được chưa?", "dang-ky-ket-hon", "the answer is the same"),
    ("mất giấy đăng ký kết hôn thì xin lại ở đâu", "dang-ky-ket-hon", "no wedding is meant"),
    ("Vợ tôi là người Lào, đăng ký khai sinh cho con ở đâu", "dang-ky-khai-sinh", "told: a foreigner"),
    ("làm căn cước cho con 10 tuổi cần gì", "cap-the-can-cuoc-duoi-14-tuoi", "the age is told"),
    ("mất căn cước làm lại ở đâu", "cap-doi-cap-lai-the-can-cuoc", "told: lost"),
    ("làm căn cước lần đầu cần mang gì", "cap-the-can-cuoc-tu-du-14-tuoi", "told: first"),
    ("làm lại hộ chiếu hết hạn ở đâu", "cap-ho-chieu-pho-thong", "told: expired"),
    ("làm bằng lái quốc tế cần giấy tờ gì", "cap-giay-phep-lai-xe-quoc-te", "told: international"),
    ("thi bằng lái A1 nộp hồ sơ ở đâu", "cap-giay-phep-lai-xe", "told: the test"),
    ("đăng ký xe máy mới mua ở đâu", "dang-ky-xe-lan-dau", "told: new"),
    ("mất cà vẹt làm lại ở đâu", "cap-lai-dang-ky-xe-bien-so", "the paper is told"),
    ("làm sổ đỏ lần đầu cần giấy tờ gì", "cap-so-do-lan-dau", "told: first"),
    ("sang tên xe máy cần giấy tờ gì", "dang-ky-sang-ten-xe", "told: a vehicle"),
    ("đăng ký hộ kinh doanh ở đâu", "dang-ky-ho-kinh-doanh", "told: a household"),
    ("mở công ty nộp hồ sơ ở đâu", "thanh-lap-cong-ty-tnhh", "told: a company"),
    ("đăng ký tạm trú cho công nhân ở trọ cần gì", "dang-ky-tam-tru", "registration is for citizens"),
    ("bạn đến ở nhờ vài ngày có phải khai báo không", "thong-bao-luu-tru", "told: some days"),
    ("công chứng di chúc cần mang gì", "chung-thuc-di-chuc", "told: a will"),
    ("xin bản sao bằng bị mất ở đâu", "cap-ban-sao-van-bang-tu-so-goc", "told: lost"),
    ("em ký hợp đồng, muốn nghỉ việc phải báo trước bao nhiêu ngày", f"{LABOUR}@35.1", "one clause shows every kind of contract"),
    ("tuổi nghỉ hưu là bao nhiêu", f"{LABOUR}@169.2", "one clause shows men and women"),
    ("làm thêm giờ được trả bao nhiêu", f"{LABOUR}@98.1", "one clause shows every kind of day"),
    ("thời gian thử việc tối đa bao lâu", f"{LABOUR}@25", "one article shows every kind of work"),
    ("bỏ cọc thì mất tiền không", f"{CIVIL}@328.2", "one clause shows both parties"),
    ("đòi nợ trước hạn được không", f"{CIVIL}@469 {CIVIL}@470", "both articles are quoted"),
    ("thời hạn kháng cáo là bao lâu", f"{PROCEDURE}@273 {CRIMINAL}@333", "both codes are quoted"),
    ("thuận tình ly hôn nộp đơn ở đâu", f"{PROCEDURE}@396", "told: both agree"),
    ("chồng không chịu ký đơn thì thủ tục ly hôn thế nào", f"{PROCEDURE}@39", "told: one of them"),
    ("cha mất không để lại di chúc thì chia thừa kế thế nào", f"{CIVIL}@651", "told: no will"),
    ("bồi thường tai nạn giao thông có người chết thế nào", "", "told: somebody died"),
    ("nợ lương ba tháng thì kiện ở đâu", f"{LABOUR}@188", "no fact of the table"),
    ("Điều 35 Bộ luật Lao động nói gì?", f"{LABOUR}@35", "a provision is named"),
    ("thời tiết Hà Nội thế nào", "", "nothing of the law"),
]


@cache
def guides() -> dict[str, Procedure]:
    return {procedure.id: procedure for procedure in load_guides().procedures}


def answer_to(text: str, answered_by: str) -> Answer:
    """What a search that finds this guide, these provisions or nothing would answer."""
    understood = Understood(text, text, "vi", TODAY)
    if not answered_by:
        return Answer(Outcome.NO_SOURCE, understood)
    if answered_by in guides():
        return Answer(Outcome.ANSWERED, understood, procedure=guides()[answered_by])
    provisions = [ProvisionId.parse(name) for name in answered_by.split()]
    return Answer(Outcome.ANSWERED, understood, citations=tuple(map(cited, provisions)))


def cited(provision: ProvisionId, quote: str = "") -> Citation:
    return Citation(provision, provision.document, "", "", quote, None, None, None, 1.0)


@pytest.mark.parametrize(("text", "answered_by", "fact"), ASKED, ids=[row[0] for row in ASKED])
def test_a_fact_that_would_change_the_answer_is_asked_for(text: str, answered_by: str, fact: str) -> None:
    needed = FACTS.needed(text, answer_to(text, answered_by))
    assert needed is not None
    assert needed.id == fact


@pytest.mark.parametrize(("text", "answered_by", "why"), NOT_ASKED, ids=[row[2] for row in NOT_ASKED])
def test_nothing_is_asked_that_is_told_or_changes_nothing(text: str, answered_by: str, why: str) -> None:
    assert FACTS.needed(text, answer_to(text, answered_by)) is None, why


@pytest.mark.parametrize(("text", "answered_by", "fact"), ASKED, ids=[row[0] for row in ASKED])
def test_once_an_option_is_chosen_the_fact_is_not_asked_for_again(text: str, answered_by: str, fact: str) -> None:
    known = FACTS.find(fact)
    assert known is not None
    for option in known.options:
        told = with_fact(text, option)
        again = FACTS.needed(told, answer_to(told, answered_by))
        assert again is None or again.id != fact


def test_every_fact_of_the_table_is_asked_in_some_case() -> None:
    assert {fact.id for fact in FACTS.all()} == {fact for _, _, fact in ASKED}


def test_every_option_leads_to_a_guide_or_article_that_exists() -> None:
    articles = {article.id for batch in open_codes() for article in batch.read().articles}
    groups = {f"procedure:{name}" for name in guides()}
    targets = [lead for _, option in OPTIONS for lead in option.leads_to]
    targets += [one for fact in FACTS.all() for situation in fact.situations for one in situation.answered_by]
    missing = {str(one) for one in targets if (one not in groups if isinstance(one, str) else one.of_article not in articles)}
    assert missing == set()


@pytest.mark.parametrize("fact", FACTS.all(), ids=[fact.id for fact in FACTS.all()])
def test_options_are_few_short_and_lead_to_different_answers(fact: Fact) -> None:
    assert 2 <= len(fact.options) <= 4
    assert len({option.leads_to[0] for option in fact.options}) == len(fact.options)
    assert len({option.label.vi for option in fact.options}) == len(fact.options)
    # Telegram cuts the text of a button on a phone.
    assert all(len(option.label.vi) <= 60 and len(fact.question.vi) <= 100 for option in fact.options)
    assert fact.question.vi.endswith("?")


def test_few_everyday_questions_are_asked_back() -> None:
    asked = total = 0
    for name in ("everyday-dev", "everyday-test"):
        for line in (PROJECT / "eval" / "data" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            gold = " ".join(f"{one['law']}@{one['article']}" for one in row["gold"] if one["law"][0].isdigit())
            asked += FACTS.needed(row["text"], answer_to(row["text"], gold)) is not None
            total += 1
    assert asked / total < 0.05


def test_few_questions_written_for_guides_are_asked_back() -> None:
    rows = [(question, guide.id) for guide in guides().values() for question in guide.questions]
    asked = [question for question, guide in rows if FACTS.needed(question, answer_to(question, guide))]
    assert len(asked) / len(rows) < 0.05


def test_a_point_left_out_of_the_quotation_is_not_shown() -> None:
    (fact,) = (replace(fact, options=tuple(map(leading_to_points, fact.options, "ab"))) for fact in FACTS.all() if fact.id == "loan_term")
    text, clause = "cho vay tiền muốn đòi lại thì làm thế nào", ProvisionId(CIVIL, "469", "1")
    for quote, is_asked in (("1. Gồm:\na) Một;\nb) Hai.", False), ("1. Gồm:\na) Một;\n…", True)):
        answer = replace(answer_to(text, f"{CIVIL}@469"), citations=(cited(clause, quote),))
        assert (Facts([fact]).needed(text, answer) is not None) is is_asked


def leading_to_points(option: Option, letter: str) -> Option:
    return replace(option, leads_to=(ProvisionId(CIVIL, "469", "1", letter),))


def test_nothing_is_asked_in_danger_or_after_a_long_story() -> None:
    text = "Đăng ký kết hôn cần giấy tờ gì?"
    assert FACTS.needed(text, replace(answer_to(text, "dang-ky-ket-hon"), is_urgent=True)) is None
    assert FACTS.needed("Chuyện nhà tôi dài lắm. " * 9 + text, answer_to(text, "dang-ky-ket-hon")) is None


@pytest.mark.parametrize("outcome", [Outcome.EMERGENCY, Outcome.HANDED_TO_FEEDBACK, Outcome.DECLINED, Outcome.NEEDS_CLARIFICATION])
def test_nothing_is_asked_where_the_message_is_no_question(outcome: Outcome) -> None:
    assert FACTS.needed("đăng ký kết hôn ở đâu", replace(answer_to("", "dang-ky-ket-hon"), outcome=outcome)) is None


def test_the_case_that_the_answer_is_for_is_known() -> None:
    fact = FACTS.needed("đăng ký kết hôn ở đâu", answer_to("", "dang-ky-ket-hon"))
    assert fact is not None
    shown = fact.shown_in(answer_to("", "dang-ky-ket-hon"))
    assert shown is not None
    assert shown.id == "vietnamese"


# Words of an option


def spouse() -> Fact:
    fact = FACTS.find("spouse_citizenship")
    assert fact is not None
    return fact


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Đăng ký kết hôn cần giấy tờ gì?", "Đăng ký kết hôn cần giấy tờ gì, kết hôn với người nước ngoài?"),
        ("đăng ký kết hôn ở đâu", "đăng ký kết hôn ở đâu, kết hôn với người nước ngoài?"),
        ("Where do I register my marriage?", "Where do I register my marriage, marriage with a foreigner?"),
        ("kết hôn với người nước ngoài ở đâu", "kết hôn với người nước ngoài ở đâu"),
        ("", "kết hôn với người nước ngoài?"),
    ],
)
def test_the_words_of_an_option_end_the_question_in_its_language(text: str, told: str) -> None:
    option = spouse().option("foreigner")
    assert option is not None
    assert with_fact(text, option) == told


@given(st.sampled_from(OPTIONS), st.text(max_size=80))
def test_an_option_told_is_told_once(case: tuple[Fact, Option], text: str) -> None:
    _, option = case
    told = with_fact(text, option)
    assert with_fact(told, option) == told


@pytest.mark.parametrize(
    ("reply", "option"),
    [
        ("1", "vietnamese"),
        ("2.", "foreigner"),
        ("3", None),
        ("²", None),
        pytest.param("9" * 5_000, None, id="5,000 digits"),
        ("Công dân Việt Nam ở trong nước", "vietnamese"),
        ("nguoi nuoc ngoai", "foreigner"),
        ("anh ấy là người Hàn", "foreigner"),
        ("A Vietnamese citizen living in Vietnam", "vietnamese"),
        ("cùng quê ạ", "vietnamese"),
        ("không biết", None),
        ("thôi cho hỏi chuyện khác: tôi muốn tố cáo ông chủ tịch xã ăn hối lộ của người nước ngoài", None),
        ("", None),
    ],
)
def test_a_short_reply_names_an_option(reply: str, option: str | None) -> None:
    found = spouse().option_in(reply)
    assert (found.id if found else None) == option


@pytest.mark.parametrize(("fact", "option"), OPTIONS, ids=[f"{fact.id}-{option.id}" for fact, option in OPTIONS])
def test_a_button_and_the_label_typed_are_the_option(fact: Fact, option: Option) -> None:
    assert FACTS.chosen(f"{fact.id}:{option.id}") == (fact, option)
    assert fact.option_in(option.label.vi) == option


@pytest.mark.parametrize("choice", ["", "spouse_citizenship", "spouse_citizenship:nobody", "nothing:foreigner", "legal_question"])
def test_what_is_no_button_of_a_fact_chooses_nothing(choice: str) -> None:
    assert FACTS.chosen(choice) is None


# What follows when an option is chosen


@pytest.fixture(scope="module")
def answerer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Answerer]:
    with toy_store(tmp_path_factory.mktemp("law")) as store:
        yield toy_answerer(store)


def leading(*leads_to: str | ProvisionId) -> Option:
    option = spouse().options[0]
    return replace(option, words=Text("tàu nhỏ", "small boats"), leads_to=leads_to)


def test_the_guide_that_an_option_leads_to_answers_where_the_search_found_another(answerer: Answerer) -> None:
    found = answerer.answer(Question("Trẻ em thả tàu giấy từ mấy giờ?", IN_FORCE))
    led = answer_for(leading(f"procedure:{REGISTRATION.id}"), found, answerer.library)
    assert led.procedure is not None
    assert (led.procedure.id, led.outcome, led.question) == (REGISTRATION.id, Outcome.ANSWERED, found.question)


def test_the_provision_that_an_option_leads_to_is_quoted(answerer: Answerer) -> None:
    found = answerer.answer(Question("Trẻ em thả tàu giấy từ mấy giờ?", IN_FORCE))
    led = answer_for(leading(ProvisionId("901/2020/QH14", "8", "3")), found, answerer.library)
    assert [(str(one.provision), one.quote) for one in led.citations] == [("901/2020/QH14@8.3", "3. Giấy phép có thời hạn 5 năm.")]


def test_an_answer_that_shows_the_case_stays_and_what_the_corpus_lacks_is_not_made_up(answerer: Answerer) -> None:
    found = answerer.answer(Question("Trẻ em thả tàu giấy từ mấy giờ?", IN_FORCE))
    for lead in (ProvisionId("901/2020/QH14", "5"), ProvisionId("901/2020/QH14", "404"), "procedure:none"):
        assert answer_for(leading(lead), found, answerer.library) == found
