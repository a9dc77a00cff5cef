"""The numbers of the session report: they add up, recompute, and tell no small count."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.feedback.errors import FeedbackError, MatterReportedTwice, SealedMatterReported
from assistant.feedback.report_suppression import COVERED, SMALL, Flow, suppressed
from assistant.feedback.report_words import ReportWords
from assistant.feedback.session_report import (
    UNKNOWN,
    AssemblySession,
    ReceivedReports,
    ReportedMatter,
    SessionFigures,
    recomputed,
    session_figures,
    written,
)
from assistant.feedback.states import State
from assistant.feedback.types import AdminLevel, Field, Kind, Resolution

SESSION = AssemblySession(
    number_of_session="thứ hai",
    legislature="XVI",
    opens_on=date(2026, 10, 20),
    period_from=date(2026, 6, 1),
    period_to=date(2026, 9, 30),
    issuer="Ủy ban Trung ương Mặt trận Tổ quốc Việt Nam",
    place="Hà Nội",
    document_number="12/BC-MTTW-ĐCT",
    signer_title="TM. Đoàn Chủ tịch\nChủ tịch",
    signer_name="Nguyễn Văn Mẫu",
    issued_on=date(2026, 10, 5),
    received=(
        ReceivedReports("Ủy ban Mặt trận Tổ quốc Việt Nam các tỉnh, thành phố", 34),
        ReceivedReports("các Đoàn đại biểu Quốc hội", 31),
        ReceivedReports("các tổ chức thành viên của Mặt trận", 12),
    ),
)
PLACES = (
    "Hà Nội, Thành phố Hồ Chí Minh, Hải Phòng, Đà Nẵng, Cần Thơ, Huế, An Giang, Bắc Ninh, Cà Mau, Cao Bằng, Đắk Lắk, Điện Biên, Đồng Nai, "
    "Đồng Tháp, Gia Lai, Hà Tĩnh, Hưng Yên, Khánh Hòa, Lai Châu, Lạng Sơn, Lào Cai, Lâm Đồng, Nghệ An, Ninh Bình, Phú Thọ, Quảng Ngãi, "
    "Quảng Ninh, Quảng Trị, Sơn La, Tây Ninh, Thái Nguyên, Thanh Hóa, Tuyên Quang, Vĩnh Long"
).split(", ")
# What people write about, and what they want of it.
TOPICS: Mapping[Field, tuple[str, ...]] = {
    Field.LAND: (
        "cấp giấy chứng nhận quyền sử dụng đất còn chậm",
        "bảng giá đất mới tăng cao",
        "dự án chậm triển khai, đất bỏ hoang nhiều năm",
    ),
    Field.TRANSPORT: ("quốc lộ xuống cấp, nhiều ổ gà", "cầu dân sinh chưa được xây dựng lại sau lũ", "thu phí đường bộ ở trạm chưa hợp lý"),
    Field.ENVIRONMENT: ("nước thải khu công nghiệp chưa được xử lý", "bãi rác quá tải, gây mùi hôi", "khai thác cát gây sạt lở bờ sông"),
    Field.HEALTH: ("trạm y tế xã thiếu bác sĩ và thuốc", "thời gian chờ khám bảo hiểm y tế quá lâu", "bệnh viện tỉnh quá tải"),
    Field.EDUCATION: ("thiếu giáo viên mầm non sau sắp xếp", "trường học cách xa khu dân cư", "các khoản thu đầu năm học chưa rõ ràng"),
    Field.SOCIAL_INSURANCE: (
        "thủ tục hưởng trợ cấp thất nghiệp còn nhiều khâu",
        "doanh nghiệp chậm đóng bảo hiểm xã hội",
        "lương hưu thấp",
    ),
    Field.AGRICULTURE: ("giá vật tư nông nghiệp tăng cao", "tiêu thụ nông sản còn khó khăn", "hệ thống thủy lợi nội đồng hư hỏng"),
    Field.ADMIN_PROCEDURE: (
        "phải đi lại nhiều lần khi nộp hồ sơ ở xã mới",
        "cổng dịch vụ công hay bị lỗi",
        "nhân sự tiếp nhận hồ sơ còn thiếu",
    ),
}
OTHER_TOPICS = (
    "văn bản hướng dẫn ban hành chậm",
    "chính sách hỗ trợ chưa đến đúng người",
    "công tác thông tin đến người dân chưa kịp thời",
)
PRAISES = (
    "Việc giải quyết thủ tục ở Trung tâm phục vụ hành chính công đã nhanh hơn, cán bộ tận tình",
    "Chính sách miễn học phí cho học sinh giúp nhiều gia đình bớt khó khăn",
    "Chương trình xóa nhà tạm, nhà dột nát được triển khai nhanh, đúng người",
)
STATES = [
    State.ACCEPTED,
    State.FORWARDED,
    State.IN_PROGRESS,
    State.ANSWERED,
    State.PUBLISHED,
    State.CLOSED,
    State.SCREENING,
    State.REJECTED,
]


def generated(count: int, seed: int = 1) -> list[ReportedMatter]:
    """So many matters as they may come in: a few fields, provinces and months hold most of them."""
    random = Random(seed)
    fields = [*Field, None]
    return [
        _generated(random, number, random.choices(fields, [1 / (place + 1) for place in range(len(fields))])[0])
        for number in range(1, count + 1)
    ]


def _generated(random: Random, number: int, field: Field | None) -> ReportedMatter:
    topic = random.choice(TOPICS.get(field, OTHER_TOPICS) if field else OTHER_TOPICS)
    area = random.choices([*PLACES, None], [1 / (place + 1) ** 1.3 for place in range(len(PLACES) + 1)])[0]
    kind = random.choices([Kind.REPORT, Kind.RECOMMENDATION, Kind.VOTER_RECOMMENDATION, Kind.PRAISE, Kind.QUESTION], [30, 30, 30, 8, 2])[0]
    is_praise = kind is Kind.PRAISE
    statement = (
        random.choice(PRAISES)
        if is_praise
        else (f"Tình trạng {topic} kéo dài, đề nghị cơ quan có thẩm quyền kiểm tra, có giải pháp và thời hạn cụ thể")
    )
    return ReportedMatter(
        number=number,
        kind=kind,
        field=field,
        level=random.choices([*AdminLevel, None], [45, 35, 15, 5])[0],
        area=area,
        title="Thủ tục hành chính nhanh hơn" if is_praise else topic.capitalize(),
        statement=statement,
        submissions=1 + int(random.paretovariate(1.1)) % 900,
        state=random.choices(STATES, [20, 20, 20, 20, 10, 10, 3, 2])[0],
        resolution=random.choice([None, None, *Resolution]),
        opened_on=date(2026, 6, 1) + timedelta(random.randrange(122)),
        is_for_next_report=not is_praise and random.random() < 0.006,
    )


def matter(number: int = 1, **changes: Any) -> ReportedMatter:  # Any: of each field its own type
    """A recommendation on land for the commune, taken in on the first day of the period."""
    one = ReportedMatter(
        number,
        Kind.RECOMMENDATION,
        Field.LAND,
        AdminLevel.COMMUNE,
        "An Giang",
        "Tiêu đề",
        "Nội dung",
        1,
        State.ACCEPTED,
        None,
        date(2026, 6, 1),
        False,
    )
    return replace(one, **changes)


def records(figures: SessionFigures, key: str) -> list[int]:
    """The records of all claims with that key, one claim after the other."""
    return [number for claim in figures.claims if claim.sentence_key == key for number in claim.record_numbers]


# What is counted


@pytest.mark.parametrize("count", [0, 1, 30, 400])
def test_the_parts_of_every_total_add_up(count: int) -> None:
    figures = session_figures(generated(count), SESSION)
    values, whole, asks = figures.values(), sorted(records(figures, "total")), sorted(records(figures, "asks"))
    assert sorted(records(figures, "kind")) == sorted(records(figures, "week")) == whole
    assert values["total"] == len(whole)
    assert len(whole) + len(records(figures, "left_out")) == count
    assert sorted(records(figures, "class")) == asks
    assert sorted([*asks, *next(one.record_numbers for one in figures.claims if one.id == "kind:praise")]) == whole
    if figures.fields:
        assert sorted(records(figures, "field")) == sorted(records(figures, "level")) == sorted(records(figures, "cell")) == asks
    if figures.areas:
        assert sorted(records(figures, "area")) == asks


def test_a_told_count_is_the_number_of_its_records() -> None:
    figures = session_figures(generated(600), SESSION)
    counting = {"total", "asks", "kind", "field", "level", "cell", "area", "class", "week", "recommended", "left_out"}
    told = figures.told()
    assert [
        one.id for one in figures.claims if one.sentence_key in counting and one.id in told and one.value != len(one.record_numbers)
    ] == []


@pytest.mark.parametrize(
    "changes",
    [
        {"kind": Kind.QUESTION},
        {"kind": Kind.COMPLAINT},
        {"kind": Kind.SPAM},
        {"state": State.SCREENING},
        {"state": State.REJECTED},
        {"state": State.WITHDRAWN},
        # Counted with the matter that it was joined to.
        {"state": State.LINKED},
    ],
)
def test_what_was_not_taken_in_is_told_apart(changes: dict[str, Any]) -> None:
    values = session_figures([matter(1), matter(2, **changes)], SESSION).values()
    assert (values["total"], values["left_out"]) == (1, 1)


def test_both_ends_of_the_period_belong_to_it() -> None:
    days = [date(2026, 5, 31), date(2026, 6, 1), date(2026, 9, 30), date(2026, 10, 1)]
    figures = session_figures([matter(number, opened_on=day) for number, day in enumerate(days)], SESSION)
    assert records(figures, "total") == [1, 2]


def test_shares_are_of_what_asks_and_in_vietnamese_form() -> None:
    matters = [matter(number, resolution=Resolution.SETTLED if number < 5 else None) for number in range(12)]
    values = session_figures([*matters, matter(99, kind=Kind.PRAISE)], SESSION).values()
    assert (values["class_share:settled"], values["class_share:none"], values["field_share:land"]) == ("41,7%", "58,3%", "100,0%")


@pytest.mark.parametrize(("value", "expected"), [(0, "0"), (999, "999"), (1234, "1.234"), (1234567, "1.234.567"), ("45,6%", "45,6%")])
def test_numbers_are_written_as_in_vietnam(value: int | str, expected: str) -> None:
    assert written(value) == expected


def test_every_code_and_claim_has_its_words() -> None:
    words, figures = ReportWords.load(), session_figures(generated(500), SESSION)
    assert set(words.fields) == {*Field, UNKNOWN}
    assert set(words.levels) == {*AdminLevel, UNKNOWN}
    assert set(words.classes) == {*Resolution, UNKNOWN}
    assert {claim.sentence_key for claim in figures.claims} == set(words.claims)


# What may not come in


@pytest.mark.parametrize("changes", [{"kind": Kind.DENUNCIATION}, {"state": State.SEALED}, {"state": State.SEALED_CLOSED}])
@pytest.mark.parametrize("opened_on", [date(2026, 7, 1), date(2020, 1, 1)])
def test_a_sealed_matter_is_refused_wherever_it_would_be_counted(changes: dict[str, Any], opened_on: date) -> None:
    with pytest.raises(SealedMatterReported) as raised:
        session_figures([matter(1), matter(7, opened_on=opened_on, **changes)], SESSION)
    assert raised.value.number == 7
    assert isinstance(raised.value, ValueError)
    assert isinstance(raised.value, FeedbackError)


def test_a_matter_given_twice_is_refused() -> None:
    with pytest.raises(MatterReportedTwice):
        session_figures([matter(3), matter(3)], SESSION)


# Counting anew


def test_the_same_matters_in_another_order_give_equal_claims() -> None:
    matters = generated(300)
    figures = session_figures(matters, SESSION)
    assert recomputed(figures, matters[::-1]) == []
    assert session_figures(matters[::-1], SESSION) == figures


@pytest.mark.parametrize(
    ("changes", "differing"),
    [
        ({"title": "Khác"}, {"total", "asks", "field:land", "week:2026-06-01"}),
        ({"submissions": 90}, {"submissions", "area:An Giang"}),
        ({"resolution": Resolution.EXPLAINED}, {"class:explained", "class_share:none"}),
        ({"field": Field.HEALTH}, {"field:land", "field_share:land"}),
        ({"area": "Cà Mau"}, {"places", "area:Cà Mau"}),
        ({"opened_on": date(2025, 1, 1)}, {"total", "week:2026-06-01"}),
        ({"is_for_next_report": True}, {"recommended"}),
    ],
)
def test_a_change_of_any_matter_shows_in_the_claims_that_count_it(changes: dict[str, Any], differing: set[str]) -> None:
    matters = [matter(number) for number in range(40)] + [matter(100 + number, field=Field.HEALTH, area="Cà Mau") for number in range(40)]
    figures = session_figures(matters, SESSION)
    changed = [replace(matters[0], **changes), *matters[1:]]
    assert differing <= {claim.id for claim in recomputed(figures, changed)}


@given(st.integers(0, 79), st.sampled_from(["drop", "title"]))
@settings(max_examples=20, deadline=None)
def test_no_change_goes_unnoticed(place: int, change: str) -> None:
    matters = [one for one in generated(90, seed=5) if one.state is not State.REJECTED][:80]
    figures = session_figures(matters, SESSION)
    rest = [*matters[:place], *matters[place + 1 :]]
    assert recomputed(figures, rest if change == "drop" else [*rest, replace(matters[place], title="Khác")])


# Suppression


def table_of(counts: Sequence[Sequence[int]]) -> dict[str, Flow]:
    """The flows of a table with all its totals but the grand one."""
    flows = {
        f"cell:{row}:{column}": Flow(f"r{row}", f"c{column}", count) for row, line in enumerate(counts) for column, count in enumerate(line)
    }
    flows |= {f"field:{row}": Flow("top", f"r{row}", sum(line)) for row, line in enumerate(counts)}
    return flows | {f"level:{column}": Flow(f"c{column}", "bottom", sum(line)) for column, line in enumerate(zip(*counts, strict=True))}


def possible(flows: Mapping[str, Flow], marks: Mapping[str, str], name: str) -> tuple[float, float]:
    """The least and the greatest that the count `name` may be for somebody who sees everything that is told, by linear programming."""
    from scipy.optimize import linprog  # type: ignore[import-untyped]

    hidden = list(marks)
    nodes = sorted({node for flow in flows.values() for node in (flow.tail, flow.head)} - {"top", "bottom"})
    total = sum(flow.value for flow in flows.values() if flow.tail == "top")
    balance = [[(flows[one].head == node) - (flows[one].tail == node) for one in hidden] for node in nodes]
    known = [
        -sum(((flow.head == node) - (flow.tail == node)) * flow.value for one, flow in flows.items() if one not in marks) for node in nodes
    ]
    for end in ("top", "bottom"):
        balance.append([end in (flows[one].tail, flows[one].head) for one in hidden])
        known.append(total - sum(flow.value for one, flow in flows.items() if one not in marks and end in (flow.tail, flow.head)))
    bounds = [(0 if one in loose(flows, marks) else 1, 4) if marks[one] == SMALL else (5, None) for one in hidden]
    wanted = [float(one == name) for one in hidden]
    least = linprog(wanted, A_eq=balance, b_eq=known, bounds=bounds)
    greatest = linprog([-one for one in wanted], A_eq=balance, b_eq=known, bounds=bounds)
    return max(1.0, round(least.fun, 6)), round(-greatest.fun, 6)


def loose(flows: Mapping[str, Flow], marks: Mapping[str, str]) -> set[str]:
    """The cells of rows and columns with a small total, which may be zeros."""
    ends = {"top", "bottom"}
    lines = {
        node for name, mark in marks.items() if mark == SMALL for node in {flows[name].tail, flows[name].head} if is_total(flows[name])
    } - ends
    return {name for name, flow in flows.items() if not is_total(flow) and {flow.tail, flow.head} & lines}


def is_total(flow: Flow) -> bool:
    return bool({flow.tail, flow.head} & {"top", "bottom"})


tables = st.integers(1, 4).flatmap(
    lambda width: st.lists(st.lists(st.integers(0, 14), min_size=width, max_size=width), min_size=1, max_size=5)
)


@given(tables)
@settings(max_examples=100, deadline=None)
def test_margins_leave_every_small_count_anything_from_1_to_4(counts: list[list[int]]) -> None:
    flows = table_of(counts)
    marks = suppressed(flows)
    if marks is None:
        return
    small = {name for name, mark in marks.items() if mark == SMALL}
    assert small == {name for name, flow in flows.items() if 0 < flow.value < 5} | loose(flows, marks)
    assert all(flows[name].value >= 5 for name, mark in marks.items() if mark == COVERED)
    assert {name: possible(flows, marks, name) for name in small} == dict.fromkeys(small, (1, 4))


@pytest.mark.parametrize(
    ("counts", "hidden"),
    [
        # Nothing is small: everything is told.
        ([[5, 9], [0, 7]], set()),
        # One small cell takes a rectangle with it, of the smallest that have room.
        ([[2, 20, 50], [9, 30, 60], [40, 70, 80]], {"cell:0:0", "cell:0:1", "cell:1:0", "cell:1:1"}),
    ],
)
def test_no_more_is_covered_than_a_small_count_needs(counts: list[list[int]], hidden: set[str]) -> None:
    assert set(suppressed(table_of(counts)) or {}) == hidden


@pytest.mark.parametrize("counts", [[[3]], [[1, 1], [1, 0]], [[4], [4]]])
def test_a_table_that_nothing_can_cover_is_withheld(counts: list[list[int]]) -> None:
    assert suppressed(table_of(counts)) is None


@given(st.integers(0, 10_000), st.integers(1, 160))
@settings(max_examples=8, deadline=None)
def test_the_claims_of_a_report_cannot_be_undone_either(seed: int, count: int) -> None:
    figures = session_figures(generated(count, seed), SESSION)
    for keys in (("cell", "field", "level"), ("area",)):
        claims = {claim.id: claim for claim in figures.claims if claim.sentence_key in keys}
        flows = {name: flow_of(name, len(claim.record_numbers)) for name, claim in claims.items()}
        marks = {name: str(claim.value) for name, claim in claims.items() if claim.value in (SMALL, COVERED)}
        small = {name for name, mark in marks.items() if mark == SMALL}
        assert {name for name, flow in flows.items() if 0 < flow.value < 5} | loose(flows, marks) == small
        # Some of them each time: a linear program is slow.
        some = sorted(small)[seed % 6 :: 6]
        assert {name: possible(flows, marks, name) for name in some} == dict.fromkeys(some, (1, 4))


def flow_of(claim: str, count: int) -> Flow:
    key, _, rest = claim.partition(":")
    row, _, column = rest.partition(":")
    ends = {"cell": (f"r{row}", f"c{column}"), "field": ("top", f"r{row}"), "level": (f"c{row}", "bottom"), "area": ("top", "bottom")}
    return Flow(*ends[key], count)


def test_shares_of_suppressed_counts_are_not_told() -> None:
    figures = session_figures(generated(150, seed=3), SESSION)
    hidden = {claim.id.removeprefix("field:") for claim in figures.claims if claim.sentence_key == "field" and isinstance(claim.value, str)}
    assert hidden
    assert hidden.isdisjoint(claim.id.removeprefix("field_share:") for claim in figures.claims if claim.sentence_key == "field_share")


def test_the_order_of_rows_tells_nothing_of_suppressed_counts() -> None:
    figures = session_figures(generated(150, seed=3), SESSION)
    told = figures.told()
    hidden = [name for name in figures.fields if f"field:{name}" not in told and name not in (Field.OTHER, UNKNOWN)]
    assert hidden == [name for name in Field if name in hidden]
    first = [name for name in figures.fields if name not in (Field.OTHER, UNKNOWN)]
    assert first[len(first) - len(hidden) :] == hidden


def test_most_of_the_tables_of_a_large_report_is_told() -> None:
    figures = session_figures(generated(2000), SESSION)
    cells = [claim.value for claim in figures.claims if claim.sentence_key in ("cell", "area", "field")]
    assert sum(isinstance(value, int) for value in cells) > 0.6 * len(cells)
