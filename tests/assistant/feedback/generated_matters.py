"""Matters and a session for tests of the session report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import Any

from assistant.feedback.reports.session_report import (
    AssemblySession,
    ReceivedReports,
    ReportedMatter,
    SessionFigures,
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
