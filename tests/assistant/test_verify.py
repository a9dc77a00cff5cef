"""What of a model's words may be shown, and what a model is shown."""

from __future__ import annotations

import json
from datetime import date
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.language_model.claims import MAX_CLAIMS, Claim, claims_schema, parsed_claims
from assistant.language_model.errors import ReplyMalformed
from assistant.language_model.mentions import HIDDEN, has_contact, has_markup, names_law, without_references
from assistant.language_model.numerals import numerals
from assistant.language_model.prompt import LANGUAGES, prompt_of, speaks_to_a_machine
from assistant.language_model.sentences import terms_of
from assistant.language_model.verify import DropReason, Passage, VerifiedClaim, verified
from corpus.ids import ProvisionId
from corpus.types import Validity
from tests.assistant.claim_cases import BAN, CASES, HOURS, REFERRING
from tests.assistant.toy_law import BEFORE_FORCE, FINE_RAISED, IN_FORCE, OLD_FINE, PAPERS

R = DropReason
CLAUSE = ProvisionId("901/2020/QH14", "5", "1")


def passage(text: str, since: date = date(2021, 1, 1), until: date | None = None) -> Passage:
    return Passage(CLAUSE, text, Validity(since, until))


def outcome(text: str, claim: str) -> DropReason | None:
    result = verified([Claim(claim, ("N7K",))], {"N7K": passage(text)}, IN_FORCE)
    assert len(result.kept) + len(result.dropped) == 1
    if not result.dropped:
        return None
    reason = result.dropped[0].reason
    # Words that the clause lacks, and words in another order: how many there are decides the name.
    return R.WORDING if reason is R.OVERLAP else reason


def test_the_table_is_as_large_as_it_should_be() -> None:
    kept = [case for case in CASES if case[2] is None]
    assert len(CASES) >= 120
    assert len(kept) >= 45
    assert len({case[:2] for case in CASES}) == len(CASES)


@pytest.mark.parametrize(("text", "claim", "reason", "why"), CASES, ids=[f"{number}: {case[3]}" for number, case in enumerate(CASES)])
def test_a_claim_is_kept_only_if_its_clause_says_it(text: str, claim: str, reason: DropReason | None, why: str) -> None:
    assert outcome(text, claim) == reason, why


@pytest.mark.parametrize(
    ("claim", "reason"),
    [
        ("Trẻ em được nghe nhạc ở công viên trung tâm.", R.OVERLAP),  # words of something else
        ("Từ 06 giờ đến 18 giờ trẻ em được thả tàu giấy.", R.WORDING),  # all words, another order
    ],
)
def test_other_words_and_another_order_are_told_apart(claim: str, reason: DropReason) -> None:
    dropped = verified([Claim(claim, ("N7K",))], {"N7K": passage(HOURS)}, IN_FORCE).dropped
    assert [one.reason for one in dropped] == [reason]


# Sources


def test_a_claim_without_a_source_is_dropped() -> None:
    result = verified([Claim("Trẻ em được thả tàu giấy từ 6 giờ đến 18 giờ.", ())], {"N7K": passage(HOURS)}, IN_FORCE)
    assert [one.reason for one in result.dropped] == [R.NO_SOURCE]


@pytest.mark.parametrize("tokens", [("X2X",), ("N7K", "X2X"), ("n7k",), ("901/2020/QH14@5.1",), ("",)])
def test_a_claim_with_a_token_that_was_not_given_is_dropped(tokens: tuple[str, ...]) -> None:
    result = verified([Claim("Trẻ em được thả tàu giấy từ 6 giờ đến 18 giờ.", tokens)], {"N7K": passage(HOURS)}, IN_FORCE)
    assert [one.reason for one in result.dropped] == [R.UNKNOWN_TOKEN]


def test_a_source_that_does_not_say_it_is_left_off() -> None:
    other = Passage(ProvisionId("901/2020/QH14", "8"), BAN, Validity())
    claim = Claim("Trẻ em được thả tàu giấy từ 6 giờ đến 18 giờ.", ("N7K", "B2B"))
    assert verified([claim], {"N7K": passage(HOURS), "B2B": other}, IN_FORCE).kept == (VerifiedClaim(claim.text, (CLAUSE,)),)


@pytest.mark.parametrize(
    ("day", "kept"), [(BEFORE_FORCE, 0), (date(2020, 12, 31), 0), (date(2021, 1, 1), 1), (IN_FORCE, 1), (FINE_RAISED, 0)]
)
def test_what_is_not_law_on_the_day_is_not_said(day: date, kept: int) -> None:
    old = passage(OLD_FINE, until=FINE_RAISED)
    result = verified([Claim(OLD_FINE, ("N7K",))], {"N7K": old}, day)
    assert (len(result.kept), [one.reason for one in result.dropped]) == (kept, [] if kept else [R.NOT_IN_FORCE])


def test_a_claim_said_twice_is_shown_once() -> None:
    claim = Claim(OLD_FINE, ("N7K",))
    assert len(verified([claim, claim], {"N7K": passage(OLD_FINE)}, IN_FORCE).kept) == 1


# The reply


@pytest.mark.parametrize(
    "reply",
    [
        "",
        "{",
        '{"claims": [{"text": "Trẻ em',  # half
        '{"claims": [{"text": "a", "tokens": ["N7K"]}]',  # all but the last brace
        "[]",
        '{"claims": {}}',
        '{"claims": [{"text": 1, "tokens": []}]}',
        '{"claims": [{"text": "a"}]}',
        '{"claims": [{"text": "a", "tokens": "N7K"}]}',
        '{"claims": [], "law": "Điều 5"}',  # what nobody asked for
        '{"claims": [{"text": "a", "tokens": [], "url": "x"}]}',
        '```json\n{"claims": []}\n```',
        'Dạ, đây ạ: {"claims": []}',
        "Xin lỗi, tôi không thể trả lời.",
        "[" * 5000,
        json.dumps({"claims": [{"text": "a", "tokens": []}] * (MAX_CLAIMS + 1)}),
        json.dumps({"claims": [{"text": "a" * 30_000, "tokens": []}]}),
    ],
)
def test_a_reply_in_another_form_is_malformed_and_not_repeated(reply: str) -> None:
    with pytest.raises(ReplyMalformed) as caught:
        parsed_claims(reply, "m")
    assert "Trẻ em" not in str(caught.value)


def test_a_reply_in_the_form_asked_for_is_read() -> None:
    assert parsed_claims('{"claims": [{"text": "a", "tokens": ["N7K", "B2B"]}]}', "m") == (Claim("a", ("N7K", "B2B")),)
    assert parsed_claims('{"claims": []}', "m") == ()
    assert claims_schema()["additionalProperties"] is False


# The prompt


def test_a_prompt_shows_words_and_tokens_and_no_law() -> None:
    prompt = prompt_of('tàu "giấy"\n</question>', [passage(PAPERS), passage(REFERRING)], "vi", Random(3))
    user = json.loads(prompt.user)
    assert user["question"] == 'tàu "giấy" </question>'
    assert {one["token"] for one in user["passages"]} == set(prompt.passages)
    assert not any(word in prompt.user for word in ("901", "Điều", "khoản", "a) ", "1. "))


@pytest.mark.parametrize("language", [*LANGUAGES, "other"])
def test_each_language_has_a_prompt_that_asks_for_the_same_json(language: str) -> None:
    assert '{"claims": [{"text": "…", "tokens": ["…"]}]}' in prompt_of("?", [passage(HOURS)], language, Random(1)).system


def test_tokens_and_their_order_change_with_each_call() -> None:
    passages = [passage(f"Câu {number}.") for number in range(6)]
    random = Random(5)
    seen = [prompt_of("?", passages, "vi", random).passages for _ in range(40)]
    assert len({tuple(one) for one in seen}) == 40
    assert len({tuple(each.text for each in one.values()) for one in seen}) > 30
    assert all(len(one) == 6 for one in seen)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("bồi thường theo quy định tại khoản 2 Điều 9 của Luật này khi tàu chìm", "bồi thường khi tàu chìm"),
        ("người quy định tại điểm a và điểm b khoản 2 Điều này được nghỉ", f"người quy định tại {HIDDEN} được nghỉ"),
        ("trừ trường hợp quy định tại khoản 3 và khoản 4 Điều 7", f"trừ trường hợp quy định tại {HIDDEN}"),
        ("không theo quy định tại Điều 8 thì bị hủy", f"không theo quy định tại {HIDDEN} thì bị hủy"),
        ("các điều kiện và khoản thu", "các điều kiện và khoản thu"),
    ],
)
def test_references_are_hidden_where_they_tell_who_is_meant(text: str, expected: str) -> None:
    assert without_references(text) == expected


# Laws of the rules


@given(st.integers(1, 99), st.sampled_from(["ngày", "tháng", "tuổi", "%"]))
def test_a_number_is_one_term_whatever_its_zeros(number: int, unit: str) -> None:
    assert terms_of(f"{number} {unit}") == terms_of(f"{number:02} {unit}") == terms_of(f"{number},0 {unit}")


@given(st.integers(1, 28), st.integers(1, 12), st.integers(1950, 2090))
def test_a_day_is_one_term_however_written(day: int, month: int, year: int) -> None:
    expected = (f"@{year}-{month:02}-{day:02}",)
    ways = (f"ngày {day} tháng {month} năm {year}", f"{day:02}/{month:02}/{year}", f"{day}-{month}-{year}", f"ngày {day}.{month}.{year}")
    assert [terms_of(way) for way in ways] == [expected] * 4


_TENS = ("", "mười", "hai mươi", "ba mươi", "bốn mươi", "năm mươi", "sáu mươi", "bảy mươi", "tám mươi", "chín mươi")
_ONES = ("", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")


def in_words(number: int) -> str:
    hundreds, tens, ones = number // 100, number // 10 % 10, number % 10
    one = "lăm" if ones == 5 and tens else "mốt" if ones == 1 and tens > 1 else _ONES[ones]
    rest = f"{_TENS[tens]} {one}".strip() if tens else f"linh {one}" if ones and hundreds else one
    return f"{_ONES[hundreds]} trăm {rest}".strip() if hundreds else rest


@given(st.integers(1, 999), st.sampled_from([("", 1), (" nghìn", 10**3), (" triệu", 10**6), (" tỷ", 10**9)]))
def test_a_number_in_words_is_the_number_in_figures(number: int, scale: tuple[str, int]) -> None:
    word, factor = scale
    (numeral,) = numerals(f"{in_words(number)}{word} đồng")
    assert numeral.form == str(number * factor)
    assert [one.form for one in numerals(f"{number * factor:,} đồng".replace(",", "."))] == [numeral.form]


@given(st.text(max_size=200))
def test_any_text_can_be_checked_and_none_is_kept_against_a_clause_it_does_not_repeat(text: str) -> None:
    result = verified([Claim(text, ("N7K",))], {"N7K": passage(BAN)}, IN_FORCE)
    assert result.kept == () or terms_of(text) == terms_of(BAN)


@given(st.text(max_size=60))
def test_any_passage_can_be_read(text: str) -> None:
    assert isinstance(passage(text).sentences, tuple)
    assert speaks_to_a_machine(text) in (True, False)


@pytest.mark.parametrize("text", ["Mức 5.000.000 đồng/tháng", "Từ 7 giờ 30 phút đến 17 giờ", "Người lao động, người sử dụng lao động"])
def test_plain_words_of_law_are_neither_markup_nor_contact_nor_law(text: str) -> None:
    assert [has_markup(text), has_contact(text), names_law(text)] == [False] * 3
