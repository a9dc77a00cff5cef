"""Answers of every outcome, made by the answerer over the invented law where it can make them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from assistant.answering.types import Answer, ChangedSince, LaterChange, Outcome, Question, WrittenClaim
from corpus import area_types
from corpus.area_types import Area, PlaceMatch
from corpus.ids import ProvisionId
from corpus.types import Fee, Level, Paper, ProcessingTime, ReceivingPlace, Validity
from tests.assistant.toy_law import BEFORE_FORCE, BOATS, FINE_RAISED, IN_FORCE, REGISTRATION, toy_answerer, toy_store

FULL_PROCEDURE = replace(
    REGISTRATION,
    where=(
        ReceivingPlace(
            Level.COMMUNE, "Ủy ban nhân dân cấp xã", "Trung tâm Phục vụ hành chính công", "tàu nhỏ", (ProvisionId(BOATS.key, "5"),)
        ),
    ),
    papers=(Paper("Tờ khai", originals=1, form="TG-01"), Paper("Căn cước", must_submit=False, copies=2, when="làm hộ")),
    fees=(Fee(5000, "5.000 đồng", "nộp trực tiếp", (ProvisionId(BOATS.key, "8", "3"),)), Fee(None, "Miễn phí")),
    processing_times=(ProcessingTime(3, "working_day", "3 ngày làm việc"),),
    online_address="https://example.org/nop",
    result="Giấy chứng nhận",
    two_level_change="Không còn cấp huyện.",
    notes=("Mang theo tàu.",),
    unchecked=("Mẫu tờ khai.",),
    checked_on=date(2025, 12, 1),
)
CHANGES = (
    LaterChange("1/2024/QH15", "Luật sửa đổi Bộ luật Tàu giấy", date(2024, 1, 1), certain=True),
    LaterChange("2/2025/QH15", "Luật Ao hồ", date(2025, 1, 1), certain=False),
)
# Invented units: a commune of today, and a former town that was divided into eight.
COMMUNE = Area("00001", "Xã Ao", "Xã Ao, Thành phố Hồ", area_types.Level.COMMUNE, "01", Validity())
TOWN = Area("001", "Thị xã Đầm", "Thị xã Đầm, Tỉnh Hồ", area_types.Level.DISTRICT, "01", Validity(until=date(2025, 7, 1)))
PARTS = tuple(
    Area(f"0001{number}", f"Phường Đầm {number}", f"Phường Đầm {number}, Thành phố Hồ", area_types.Level.COMMUNE, "01", Validity())
    for number in range(1, 9)
)
QUESTIONS = {
    "law": ("Trẻ em thả tàu giấy từ mấy giờ?", IN_FORCE),
    "old law": ("lam ban ao ho bi phat bao nhieu", IN_FORCE),
    "new law": ("làm bẩn ao hồ bị phạt bao nhiêu", FINE_RAISED),
    "late clause": ("giấy phép thả tàu có thời hạn mấy năm", IN_FORCE),
    "point": ("điểm b khoản 2 Điều 8 Bộ luật Tàu giấy", IN_FORCE),
    "missing": ("điểm k khoản 2 Điều 8 Bộ luật Tàu giấy", IN_FORCE),
    "unknown document": ("khoản 3 Điều 8 Bộ luật Tàu giấy và Điều 2 Bộ luật Tàu giấy 1999", IN_FORCE),
    "whole article": ("Điều 8 Bộ luật Tàu giấy", IN_FORCE),
    "which law": ("khoản 2 điều 5", IN_FORCE),
    "absent law": ("Luật Đất đai quy định trẻ em thả tàu giấy từ mấy giờ?", IN_FORCE),
    "procedure": ("thủ tục đăng ký tên tàu giấy", IN_FORCE),
    "refusal": ("giá vàng hôm nay thế nào", IN_FORCE),
    "not in force": ("Điều 5 Bộ luật Tàu giấy", BEFORE_FORCE),
    "empty": (" ", IN_FORCE),
    "no words": ("🙂", IN_FORCE),
    "too long": ("dài " * 4000, IN_FORCE),
}


def answers_of_all_kinds(folder: Path) -> dict[str, Answer]:
    """One answer for each kind of end; those that no step ends with yet are made by hand."""
    with toy_store(folder) as store:
        answerer = toy_answerer(store)
        made = {name: answerer.answer(Question(text, day)) for name, (text, day) in QUESTIONS.items()}
    law = made["law"]
    made["changed law"] = replace(law, citations=tuple(replace(citation, later_changes=CHANGES) for citation in law.citations))
    made["full procedure"] = replace(made["procedure"], procedure=FULL_PROCEDURE)
    made["in a commune"] = replace(made["full procedure"], places=(PlaceMatch("xã Ao", 0, 5, None, (COMMUNE,)),))
    made["in a divided town"] = replace(made["full procedure"], places=(PlaceMatch("Đầm", 0, 3, TOWN, PARTS),))
    made["partly answered"] = replace(law, outcome=Outcome.PARTLY_ANSWERED)
    made["emergency"] = replace(
        made["refusal"], outcome=Outcome.EMERGENCY, related=(), basis="emergency", route="emergency", is_urgent=True
    )
    made["denunciation"] = replace(made["procedure"], outcome=Outcome.HANDED_TO_FEEDBACK, basis="denunciation", route="denunciation")
    made["unsure"] = replace(
        made["refusal"], outcome=Outcome.NEEDS_CLARIFICATION, basis="unsure", route="report", options=("report", "legal_question")
    )
    made["other reading"] = replace(law, route="legal_question", options=("report",), is_urgent=True)
    made["past day"] = replace(
        law,
        day_words="hồi năm 2022",
        changed_since=(ChangedSince(law.citations[0].provision.of_article, FINE_RAISED, is_gone=False),),
    )
    made["worded"] = replace(law, claims=(WrittenClaim("Trẻ em được thả tàu giấy từ 6 giờ đến 18 giờ.", (law.citations[0].provision,)),))
    made["no model"] = replace(law, outcome=Outcome.MODEL_UNAVAILABLE)
    made["out of scope"] = replace(made["refusal"], outcome=Outcome.OUT_OF_SCOPE)
    return made
