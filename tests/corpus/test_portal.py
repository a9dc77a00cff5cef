"""Records of the national portal: invented texts in the real shapes, then the real files where they are at hand."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.sources.failures import Failure
from corpus.sources.portal import read_portal
from corpus.sources.portal_basis import basis_table
from corpus.sources.portal_channels import channel_table
from corpus.sources.portal_papers import paper_table
from corpus.sources.portal_text import results, steps
from corpus.types import Fee, LegalBasis, Level, Paper, Procedure, ProcessingTime, ReceivingPlace
from tests.shared import need_shared

CHANNELS = "Hình thức nộpThời gianPhí, lệ phíMô tả"
PAPERS = "Tên giấy tờMẫu đơn, tờ khaiSố lượng"
BASIS = "Tên văn bản pháp lýMã văn bản"
NONE = "Không có thông tin"


def record(**changes: object) -> dict[str, object]:
    """An invented flattened record."""
    content: dict[str, object] = {
        "id": "9.000001",
        "name": "Cấp phép thả tàu giấy",
        "level": "Cấp xã",
        "field": "Đường thủy tưởng tượng",
        "audience": "Công dân Việt Nam",
        "agency": "Ủy ban nhân dân cấp xã",
        "authority": "",
        "steps": "Bước 1: Gấp tàu.\nBước 2: Thả tàu.",
        "channels_time_fee": f"{CHANNELS}Trực tiếp3 NgàyMiễn phí",
        "papers": f"--{PAPERS}Tờ khai1 bản chính",
        "result": f"Giấy phépMã: KQ.G01.000001Từ khóa{NONE}Mô tả{NONE}",
        "legal_basis": f"{BASIS}Luật Tàu giấy1/2030/QH20",
        "conditions": NONE,
        "url": "https://vi-du.vn/9",
    }
    return content | changes


def read(folder: Path, *lines: object) -> list[Procedure | Failure]:
    path = folder / "portal.jsonl"
    path.write_text("".join(f"{json.dumps(line, ensure_ascii=False)}\n" for line in lines), encoding="utf-8")
    return list(read_portal(path))


def the_procedure(folder: Path, **changes: object) -> Procedure:
    (outcome,) = read(folder, record(**changes))
    assert isinstance(outcome, Procedure)
    return outcome


def test_record_becomes_a_procedure(tmp_path: Path) -> None:
    assert the_procedure(tmp_path) == Procedure(
        id="9.000001",
        name="Cấp phép thả tàu giấy",
        code="9.000001",
        field="Đường thủy tưởng tượng",
        who="Công dân Việt Nam",
        where=(ReceivingPlace(Level.COMMUNE, "Ủy ban nhân dân cấp xã"),),
        steps=("Gấp tàu.", "Thả tàu."),
        papers=(Paper("Tờ khai", originals=1),),
        fees=(Fee(0, "Miễn phí", "Trực tiếp"),),
        processing_times=(ProcessingTime(3, "day", "3 Ngày", "Trực tiếp"),),
        result="Giấy phép",
        legal_basis=(LegalBasis("1/2030/QH20", "Luật Tàu giấy"),),
        notes=("Hình thức nộp: Trực tiếp",),
        source_address="https://vi-du.vn/9",
    )


TIMES: list[tuple[str, tuple[tuple[int | None, str | None, str, str], ...]]] = [
    # table after its heading; value, unit, text and channel of each time
    ("Trực tiếp3 Ngày làm việcMiễn phí", ((3, "working_day", "3 Ngày làm việc", "Trực tiếp"),)),
    (
        "Trực tuyến8 GiờMiễn phíDịch vụ bưu chính2 Tháng5,000 VNĐ",
        ((8, "hour", "8 Giờ", "Trực tuyến"), (2, "month", "2 Tháng", "Dịch vụ bưu chính")),
    ),
    ("Trực tuyến1Miễn phí", ((1, None, "1", "Trực tuyến"),)),  # the portal leaves out the unit: it is not guessed
    ("Trực tuyến05 NgàyMiễn phí", ((5, "day", "05 Ngày", "Trực tuyến"),)),
    ("Trực tuyến0 NgàyMiễn phí", ((None, None, "0 Ngày", "Trực tuyến"),)),  # left at the form's default
    ("Trực tuyến0.5 Ngày làm việcMiễn phí", ((None, None, "0.5 Ngày làm việc", "Trực tuyến"),)),  # not a whole number
    (f"Trực tiếp{NONE}Miễn phí", ()),
    (f"Trực tiếp{NONE}Miễn phíTrong 5 ngày", ((None, None, "Trong 5 ngày", "Trực tiếp"),)),  # only the description says it
    ("Trực tiếp5 NgàyMiễn phíNếu phải xác minh thì 9 ngày", ((5, "day", "5 Ngày\nNếu phải xác minh thì 9 ngày", "Trực tiếp"),)),
    ("Trực tuyếnKhông quy địnhMiễn phí", ((None, None, "Không quy định", "Trực tuyến"),)),
    ("Trực tiếp2 NgàyMiễn phíNộp tại xã; Trực tiếp hoặc Trực tuyến đều được", ((2, "day", "2 Ngày", "Trực tiếp"),)),  # words, no row
    ("Trực tiếp120,000 VNĐ", ((1, None, "1", "Trực tiếp"),)),  # 12 and 0,000 is no money: only 1 and 20,000 is
    ("Trực tiếp120 VNĐ", ()),  # 1 and 20, or 12 and 0
]


@pytest.mark.parametrize(("table", "expected"), TIMES)
def test_time_is_split_from_its_neighbours(table: str, expected: tuple[tuple[int | None, str | None, str, str], ...]) -> None:
    assert channel_table(CHANNELS + table).times == tuple(ProcessingTime(*parts) for parts in expected)


FEES: list[tuple[str, tuple[tuple[int | None, str, str], ...]]] = [
    # table after its heading; amount, text and channel of each fee
    ("Trực tiếp3 NgàyMiễn phí", ((0, "Miễn phí", "Trực tiếp"),)),
    ("Trực tiếp3 NgàyMiễn phí(Không)", ((0, "Miễn phí (Không)", "Trực tiếp"),)),
    (f"Trực tiếp3 Ngày{NONE}", ()),
    ("Trực tiếp3 Ngày1,500,000 Việt Nam Đồng", ((1_500_000, "1,500,000 Việt Nam Đồng", "Trực tiếp"),)),
    ("Trực tiếp3 Ngày70,000 VNĐ(70.000 đồng/giấy)", ((70_000, "70,000 VNĐ (70.000 đồng/giấy)", "Trực tiếp"),)),
    # "Miễn phí" is also what the portal prints where an office filled in only the note
    ("Trực tiếp3 NgàyMiễn phí(Do tỉnh quyết định)", ((None, "Miễn phí (Do tỉnh quyết định)", "Trực tiếp"),)),
    ("Trực tiếp3 NgàyMiễn phíLệ phí: 5.000 đồng", ((None, "Miễn phí", "Trực tiếp"),)),
    ("Trực tiếp3 Ngày8,000 VNĐ(4.000 đồng đến hết năm)", ((None, "8,000 VNĐ (4.000 đồng đến hết năm)", "Trực tiếp"),)),  # two amounts
    ("Trực tiếp3 Ngày8,000 VNĐ(nộp trực tuyến bằng 50%)", ((None, "8,000 VNĐ (nộp trực tuyến bằng 50%)", "Trực tiếp"),)),
    ("Trực tiếp3 Ngày20 VNĐ", ((None, "20 VNĐ", "Trực tiếp"),)),  # typed in thousands: not believed
    ("Trực tiếp3 Ngày10 USD(/giấy)", ((None, "10 USD (/giấy)", "Trực tiếp"),)),  # not VND
    ("Trực tiếp120,000 VNĐ", ((20_000, "20,000 VNĐ", "Trực tiếp"),)),
    ("Trực tiếp120 VNĐ", ((None, "Thời gian, phí, lệ phí: 120 VNĐ", "Trực tiếp"),)),
    # the note ends at the bracket with no blank behind it; "a)" and "(nếu có)" end nothing
    (
        "Trực tiếp3 Ngày9,000 VNĐ(a) Tàu (nếu có) b) Bè)Nộp ở xãTrực tuyến3 NgàyMiễn phí",
        ((9_000, "9,000 VNĐ (a) Tàu (nếu có) b) Bè)", "Trực tiếp"), (0, "Miễn phí", "Trực tuyến")),
    ),
    ("Trực tiếp3 Ngày9,000 VNĐ(đồng (một tàu)Nộp ở xã", ((9_000, "9,000 VNĐ (đồng (một tàu)", "Trực tiếp"),)),  # one bracket missing
    ("Trực tiếp3 Ngày9,000 VNĐ(một tàu", ((None, "9,000 VNĐ ((một tàu)", "Trực tiếp"),)),  # cut off: not certain
]


@pytest.mark.parametrize(("table", "expected"), FEES)
def test_fee_is_a_number_only_where_nothing_doubts_it(table: str, expected: tuple[tuple[int | None, str, str], ...]) -> None:
    assert channel_table(CHANNELS + table).fees == tuple(Fee(*parts) for parts in expected)


def test_absurdly_long_number_stops_nothing(tmp_path: Path) -> None:
    digits = "9" * 5_000
    flat = f"{CHANNELS}Trực tiếp{digits} Ngày{digits} VNĐ({digits}.000 đồng)"
    assert the_procedure(tmp_path, channels_time_fee=flat, papers=f"--{PAPERS}Đơn{digits} bản chính,{digits} bản sao").fees == ()


def test_same_description_of_several_channels_is_one_note() -> None:
    table = channel_table(f"{CHANNELS}Trực tiếp3 NgàyMiễn phíNộp ở xãTrực tuyến3 NgàyMiễn phíNộp ở xã")
    assert table.notes == ("Hình thức nộp: Trực tiếp, Trực tuyến", "Trực tiếp, Trực tuyến: Nộp ở xã")


def test_table_of_unknown_shape_keeps_its_words_without_values() -> None:
    table = channel_table(f"{CHANNELS}Bồ câu đưa thư ba ngày")
    assert table.times == (ProcessingTime(None, None, "Bồ câu đưa thư ba ngày"),)
    assert table.unclear == ("processing_time: Bồ câu đưa thư ba ngày",)


PAPER_ROWS: list[tuple[str, tuple[tuple[str, int | None, int | None, str | None], ...]]] = [
    # table after its heading; name, originals, copies and form of each paper
    ("Tờ khai1 bản chínhẢnh0 bản chính,2 bản sao", (("Tờ khai", 1, None, None), ("Ảnh", 0, 2, None))),
    ("- Tờ khai;1 bản chính", (("Tờ khai;", 1, None, None),)),
    ("Hai bộ, gồm 01 bản chính và 01 bản sao1 bản chính", (("Hai bộ, gồm 01 bản chính và 01 bản sao", 1, None, None),)),
    ("Giấy phép: 02 bản chính1 bản chính", (("Giấy phép: 02 bản chính", 1, None, None),)),
    ("Đơn (01 bản chính hoặc 01 bản sao)1 bản chính", (("Đơn (01 bản chính hoặc 01 bản sao)", 1, None, None),)),
    ("Đơn theo Mẫu số 181 bản chính,1 bản sao", (("Đơn theo Mẫu số 18", 1, 1, None),)),  # never more than 9 originals
    ("Đơn theo Luật năm 20191 bản chính", (("Đơn theo Luật năm 2019", 1, None, None),)),
    ("Bản đồ tỷ lệ 1:10.0001 bản chính", (("Bản đồ tỷ lệ 1:10.000", 1, None, None),)),
    ("Đơn (NA20).Mau NA20.docx1 bản chính", (("Đơn (NA20).", 1, None, "Mau NA20.docx"),)),
    ("Đơn đề nghịMẫu số 1.docx1 bản chính", (("Đơn đề nghị", 1, None, "Mẫu số 1.docx"),)),
    ("Đơn theo mẫu quy địnhvăn bản đề nghị.docx1 bản chính", (("Đơn theo mẫu quy định", 1, None, "văn bản đề nghị.docx"),)),
    ("Đơn theo Thông tư số 9/2030/TT-BTCMẫu số 28.docx1 bản chính", (("Đơn theo Thông tư số 9/2030/TT-BTC", 1, None, "Mẫu số 28.docx"),)),
    ("Danh sách;Mẫu 1.docxMẫu 2.pdf1 bản chính", (("Danh sách;", 1, None, "Mẫu 1.docx; Mẫu 2.pdf"),)),
    ("Đơn.1.MuCT01banhnhkmtheo (1).doc1 bản chính", (("Đơn.", 1, None, "1.MuCT01banhnhkmtheo (1).doc"),)),  # marks lost in the file name
    ("Tờ trình GMSGMS.docx1 bản chính", (("Tờ trình GMSGMS.docx", 1, None, None),)),  # no border to be seen: nothing is cut
]


@pytest.mark.parametrize(("table", "expected"), PAPER_ROWS)
def test_paper_is_split_into_name_form_and_counts(table: str, expected: tuple[tuple[str, int | None, int | None, str | None], ...]) -> None:
    papers = paper_table(f"--{PAPERS}{table}").papers
    assert tuple((paper.name, paper.originals, paper.copies, paper.form) for paper in papers) == expected


def test_form_without_a_certain_border_is_named_as_unclear() -> None:
    assert paper_table(f"--{PAPERS}Tờ trình GMSGMS.docx1 bản chính").unclear == ("papers: Tờ trình GMSGMS.docx",)


def test_heading_of_a_table_is_the_case_of_its_papers() -> None:
    flat = f"* Giấy tờ phải xuất trình:{PAPERS}Căn cước1 bản chính* Giấy tờ phải nộp:{PAPERS}Tờ khai1 bản chính"
    flat += f"a) Tàu lớn:{PAPERS}Ảnh1 bản chính"
    shown, submitted, large = paper_table(flat).papers
    assert (shown.must_submit, shown.when) == (False, None)
    assert (submitted.must_submit, submitted.when) == (True, None)
    assert (large.must_submit, large.when) == (True, "a) Tàu lớn")


def test_words_behind_the_last_paper_are_kept_without_counts() -> None:
    table = paper_table(f"--{PAPERS}Tờ khai1 bản chínhLưu ý: tàu phải khô")
    assert table.papers[-1] == Paper("Lưu ý: tàu phải khô")
    assert table.unclear == ("papers: Lưu ý: tàu phải khô",)


BASIS_ROWS: list[tuple[str, tuple[tuple[str, str], ...]]] = [
    # table after its heading; number and title of each document
    ("Luật Tàu giấy31/2024/QH15", (("31/2024/QH15", "Luật Tàu giấy"),)),
    ("Luật 51/2019/QH1451/2019/QH14Về phí64/2025/TT-BTC", (("51/2019/QH14", "Luật 51/2019/QH14"), ("64/2025/TT-BTC", "Về phí"))),
    ("106/2024/NĐ-CP106/2024/NĐ-CP", (("106/2024/NĐ-CP", "106/2024/NĐ-CP"),)),
    ("Luật Tàu năm 202431/2024/QH15", (("31/2024/QH15", "Luật Tàu năm 2024"),)),  # the year touches the number
    ("Thông tư ngày 28/4/202225/2022/TT-BTC", (("25/2022/TT-BTC", "Thông tư ngày 28/4/2022"),)),
    ("Luật Tàu giấyLuật số 31/2024/QH15", (("31/2024/QH15", "Luật Tàu giấy"),)),
    (
        "Sửa Thông tư số 9/2020/TT-BTP ngày 8/4/2020 về tàu4/2024/TT-BTP",
        (("4/2024/TT-BTP", "Sửa Thông tư số 9/2020/TT-BTP ngày 8/4/2020 về tàu"),),
    ),
    ("Cắt giảm thủ tục66.7/2025/NQ-CPvề tàu30/2013/NĐ-CP", (("66.7/2025/NQ-CP", "Cắt giảm thủ tục"), ("30/2013/NĐ-CP", "về tàu"))),
    ("Hướng dẫn tàu105/2025/NĐ- CP", (("105/2025/NĐ-CP", "Hướng dẫn tàu"),)),
    (
        "QUY ĐỊNH VỀ TÀU33/2017/TT-BGTVTTHÔNG TƯ VỀ BÈ54/2013/TT-BGTVT",
        (("33/2017/TT-BGTVT", "QUY ĐỊNH VỀ TÀU"), ("54/2013/TT-BGTVT", "THÔNG TƯ VỀ BÈ")),
    ),
    ("Công ước về tàu giấy", (("", "Công ước về tàu giấy"),)),  # no number: the words alone
    (NONE, ()),
]


@pytest.mark.parametrize(("table", "expected"), BASIS_ROWS)
def test_legal_document_is_split_into_title_and_number(table: str, expected: tuple[tuple[str, str], ...]) -> None:
    assert basis_table(BASIS + table).documents == tuple(LegalBasis(*parts) for parts in expected)


STEPS: list[tuple[str, tuple[str, ...]]] = [
    ("Bước 1: Gấp.\nBước 2: Thả.", ("Gấp.", "Thả.")),
    ("- Bước 1. Gấp.\n+ Bước 2: Thả.\n- Nhẹ tay.", ("Gấp.", "Thả.\n- Nhẹ tay.")),
    ("a) Bước 1: Gấp.\nb) Bước 2: Thả.", ("Gấp.", "Thả.")),
    ("Bước 1: Gấp. Bước 2: Thả.", ("Gấp.", "Thả.")),  # all in one line
    ("Bước 1: Gấp. Nếu rách thì quay lại Bước 1.\nBước 2: Thả.", ("Gấp. Nếu rách thì quay lại Bước 1.", "Thả.")),
    ("Bước 1 Gấp.\nBước 2 Thả.", ("Gấp.", "Thả.")),
    ("Bước 1: Gấp xong\nBước 1 nêu trên thì nghỉ.", ("Gấp xong\nBước 1 nêu trên thì nghỉ.",)),  # running text
    ("Trình tự thực hiện:\n- Bước 1: Gấp.", ("Gấp.",)),
    ("Tại nhà:\nBước 1: Gấp.", ("Tại nhà:", "Gấp.")),  # what stands in front is not lost
    ("- Gấp:\n+ mép trái;\n+ mép phải.\n- Thả.", ("Gấp:\n+ mép trái;\n+ mép phải.", "Thả.")),
    ("a) Gấp\n- mép trái\nb) Thả", ("a) Gấp\n- mép trái", "b) Thả")),
    (NONE, ()),
]


@pytest.mark.parametrize(("text", "expected"), STEPS)
def test_steps_are_listed_without_their_marks(text: str, expected: tuple[str, ...]) -> None:
    assert steps(text) == expected


RESULTS: list[tuple[str, str]] = [
    (f"Giấy phépMã: KQ.G01.000001Từ chốiMã: 000.00.00.G11-KQ1711Từ khóa{NONE}Mô tả{NONE}Nộp hồ sơ", "Giấy phép\nTừ chối"),
    ("Giấy phép", "Giấy phép"),
    (NONE, ""),
]


@pytest.mark.parametrize(("text", "expected"), RESULTS)
def test_results_are_listed_without_codes(text: str, expected: str) -> None:
    assert results(text) == expected


def test_level_is_given_only_where_it_is_one(tmp_path: Path) -> None:
    assert the_procedure(tmp_path, level="Cấp tỉnh, Cấp xã").where[0].level is None
    assert the_procedure(tmp_path, level="Cấp bộ").where[0].level is Level.CENTRAL


def test_missing_office_falls_back_to_the_deciding_body_then_to_the_level(tmp_path: Path) -> None:
    assert the_procedure(tmp_path, agency=NONE, authority="Bộ Tàu").where[0].body == "Bộ Tàu"
    assert the_procedure(tmp_path, agency=NONE).where[0].body == "Cấp xã"


def test_conditions_are_a_note_unless_there_are_none(tmp_path: Path) -> None:
    assert the_procedure(tmp_path, conditions="Không.").notes == ("Hình thức nộp: Trực tiếp",)
    assert the_procedure(tmp_path, conditions=f"Biết bơiTừ khóa{NONE}").notes[-1] == "Yêu cầu, điều kiện: Biết bơi"


def test_fee_table_that_the_crawl_cut_at_its_own_words_is_put_together(tmp_path: Path) -> None:
    procedure = the_procedure(
        tmp_path,
        channels_time_fee=f"{CHANNELS}Trực tuyến1 Ngày9,000 VNĐ(",
        legal_basis=": Thông tư 1/2030/TT-BTC)Trực tiếp2 Ngày9,000 VNĐ",
    )
    assert procedure.fees[0].text == "9,000 VNĐ (Căn cứ pháp lý: Thông tư 1/2030/TT-BTC)"
    assert [time.when for time in procedure.processing_times] == ["Trực tuyến", "Trực tiếp"]
    assert procedure.legal_basis == ()


def test_steps_that_the_crawl_put_among_the_papers_come_back(tmp_path: Path) -> None:
    procedure = the_procedure(tmp_path, steps="Bước 1: Lập hồ sơ theo mục 2 (", papers=") và nộp ở xã.\nBước 2: Thả tàu.")
    assert procedure.steps == ("Lập hồ sơ theo mục 2 ( Thành phần hồ sơ ) và nộp ở xã.", "Thả tàu.")
    assert (procedure.papers, procedure.unchecked) == ((), ("papers: Thành phần hồ sơ",))


def test_unclear_words_are_named_with_their_field(tmp_path: Path) -> None:
    procedure = the_procedure(tmp_path, channels_time_fee=f"{CHANNELS}Trực tuyến120 VNĐ", legal_basis=f"{BASIS}Tục lệ làng")
    assert procedure.unchecked == ("fee: Trực tuyến: Thời gian, phí, lệ phí: 120 VNĐ", "legal_basis: Tục lệ làng")


def test_tables_as_lists_give_the_same_form(tmp_path: Path) -> None:
    content = {
        "trình_tự_thực_hiện": "Bước 1: Gấp. Bước 2: Thả.",
        "cơ_quan_thực_hiện": "Ban Tàu giấy",
        "cơ_quan_có_thẩm_quyền": NONE,
        "đối_tượng_thực_hiện": "Công dân Việt Nam",
        "kết_quả_thực_hiện": "Giấy phép",
        "yêu_cầu_điều_kiện_thực_hiện": "Không",
    }
    tables = {
        "hinh_thuc_nop": [
            {
                "hinh_thuc": "Trực tiếp",
                "thoi_han_giai_quyet": "30 Ngày",
                "phi_le_phi": "Phí : 0 Đồng\nLệ phí : 5.000 Đồng (một tàu)",
                "mo_ta": "",
            },
            {"hinh_thuc": "Trực tuyến", "thoi_han_giai_quyet": "Khi tàu cập bến", "phi_le_phi": "Phí : Không Đồng", "mo_ta": ""},
        ],
        "thanh_phan_ho_so": [{"ten_giay_to": "+ Tờ khai", "so_luong": "Mẫu 1.docx", "ghi_chu": "Bản chính: 1\nBản sao: 0"}],
        "can_cu_phap_ly": [{"so_ky_hieu": "12", "trich_yeu": "Quyết định số 12/2021/QĐ-TTg về tàu", "ngay_ban_hanh": "24-03-2021"}],
    }
    head = {"id": "9.000002", "name": "Thả tàu", "level": "Cấp Tỉnh", "field": "Tàu", "decision": "x"}
    (procedure,) = read(tmp_path, head | {"content": content, "tables": tables})
    assert isinstance(procedure, Procedure)
    assert procedure.where == (ReceivingPlace(Level.PROVINCE, "Ban Tàu giấy"),)
    assert procedure.fees == (
        Fee(0, "Phí: 0 Đồng", "Trực tiếp"),
        Fee(5_000, "Lệ phí: 5.000 Đồng (một tàu)", "Trực tiếp"),
        Fee(None, "Phí : Không Đồng", "Trực tuyến"),
    )
    assert procedure.processing_times == (
        ProcessingTime(30, "day", "30 Ngày", "Trực tiếp"),
        ProcessingTime(None, None, "Khi tàu cập bến", "Trực tuyến"),
    )
    assert procedure.papers == (Paper("Tờ khai", True, 1, 0, "Mẫu 1.docx"),)
    assert procedure.legal_basis == (LegalBasis("12/2021/QĐ-TTg", "Quyết định số 12/2021/QĐ-TTg về tàu"),)
    assert (procedure.steps, procedure.notes) == (("Gấp.", "Thả."), ("Hình thức nộp: Trực tiếp, Trực tuyến",))


GOOD = json.dumps(record(), ensure_ascii=False).encode()
BROKEN_LINES: list[tuple[bytes, str]] = [
    (b'{"id": "9.000003"', "not JSON"),
    (b"[" * 100_000, "not JSON"),  # deeper than any record
    (b'{"id": "\xff\xfe"}', "not UTF-8"),
    (b"[]", "not a record"),
    (b'{"id": "9.000003"}', "name: Field required"),
    (json.dumps(record(name="  ")).encode(), "name: Value error, empty text"),
    (json.dumps(record(steps=None)).encode(), "steps: "),
    (json.dumps(record(tables={})).encode(), "tables.hinh_thuc_nop: Field required"),
]


@pytest.mark.parametrize(("line", "reason"), BROKEN_LINES, ids=[reason for _, reason in BROKEN_LINES])
def test_broken_line_is_a_failure_and_the_rest_is_read(tmp_path: Path, line: bytes, reason: str) -> None:
    path = tmp_path / "portal.jsonl"
    path.write_bytes(b"\n".join([GOOD, b"", line, GOOD]))
    first, failure, last = read_portal(path)
    assert isinstance(first, Procedure)
    assert isinstance(last, Procedure)
    assert isinstance(failure, Failure)
    assert failure.place == "portal.jsonl:3"
    assert reason in failure.reason


def test_compressed_and_plain_files_give_the_same(tmp_path: Path) -> None:
    plain, packed = tmp_path / "a.jsonl", tmp_path / "b.jsonl"
    plain.write_bytes(GOOD)
    packed.write_bytes(gzip.compress(GOOD))
    assert list(read_portal(plain)) == list(read_portal(packed))


def test_truncated_gzip_gives_its_whole_lines_and_a_failure(tmp_path: Path) -> None:
    lines = b"\n".join(json.dumps(record(id=f"9.{number:06}", url=f"https://vi-du.vn/{number**9}")).encode() for number in range(2_000))
    packed = gzip.compress(lines)
    path = tmp_path / "portal.jsonl.gz"
    path.write_bytes(packed[: len(packed) // 2])
    *whole, last = read_portal(path)
    assert len(whole) > 100
    assert all(isinstance(outcome, Procedure) for outcome in whole)
    assert last == Failure(f"portal.jsonl.gz:{len(whole) + 1}", "the compressed file ends too early")


def test_damaged_gzip_is_a_failure(tmp_path: Path) -> None:
    path = tmp_path / "portal.jsonl.gz"
    path.write_bytes(gzip.compress(GOOD)[:10] + b"\xff" * 50)
    (failure,) = read_portal(path)
    assert isinstance(failure, Failure)
    assert "cannot be read" in failure.reason


def test_file_that_is_not_there_is_a_failure(tmp_path: Path) -> None:
    (failure,) = read_portal(tmp_path / "none.jsonl")
    assert isinstance(failure, Failure)
    assert failure.place.startswith("none.jsonl")


_WORDS = st.lists(st.sampled_from(["tàu", "giấy", "sông", "bến", "thuyền", "xuồng"]), min_size=1, max_size=5).map(" ".join)
_ROWS = st.lists(
    st.tuples(
        st.sampled_from(["Trực tiếp", "Trực tuyến", "Dịch vụ bưu chính"]),
        st.integers(1, 180),
        st.sampled_from(["Ngày làm việc", "Ngày", "Giờ", "Tháng"]),
        st.integers(1, 90_000).map(lambda thousands: thousands * 1000),
        st.none() | _WORDS,
        st.none() | _WORDS.map(str.capitalize),
    ),
    min_size=1,
    max_size=6,
)


@given(_ROWS)
def test_flattened_channels_come_back_as_they_were(rows: list[tuple[str, int, str, int, str | None, str | None]]) -> None:
    cells = (f"{c}{t} {u}{a:,} VNĐ{f'({n})' if n else ''}{d or ''}" for c, t, u, a, n, d in rows)
    table = channel_table(CHANNELS + "".join(cells))
    assert [(time.when, time.value) for time in table.times] == [(c, t) for c, t, *_ in rows]
    assert [(fee.when, fee.amount_vnd) for fee in table.fees] == [(c, a) for c, _, _, a, *_ in rows]
    assert table.unclear == ()


_PAPER_CELLS = st.lists(
    st.tuples(
        _WORDS.map(str.capitalize),
        st.sampled_from(["", "Mẫu số 1.docx", "Phụ lục II.pdf"]),
        st.integers(0, 9),
        st.none() | st.integers(1, 9),
    ),
    min_size=1,
    max_size=8,
)


@given(_PAPER_CELLS)
def test_flattened_papers_come_back_as_they_were(rows: list[tuple[str, str, int, int | None]]) -> None:
    cells = (f"{name}{form}{originals} bản chính{'' if copies is None else f',{copies} bản sao'}" for name, form, originals, copies in rows)
    table = paper_table(f"--{PAPERS}{''.join(cells)}")
    assert [(p.name, p.form or "", p.originals, p.copies) for p in table.papers] == rows
    assert table.unclear == ()


_PIECES = st.lists(
    st.sampled_from(
        [
            CHANNELS,
            PAPERS,
            BASIS,
            NONE,
            "Trực tiếp",
            "Trực tuyến",
            "3 Ngày",
            "120 VNĐ",
            "Miễn phí",
            "(",
            ")",
            "a) ",
            "1 bản chính",
            " 01 bản chính",
            ".docx",
        ]
    )
    | st.sampled_from(["Mẫu", "Luật", "số ", "51/2019/QH14", "2024", "\n", "Bước 1: ", "Mã: ", "--", "/", "tàu "])
    | st.text(alphabet="aăĐ.();: \n0129", max_size=5),
    max_size=20,
).map("".join)


@given(_PIECES)
def test_no_text_stops_the_splitting(flat: str) -> None:
    channel_table(flat), paper_table(flat), basis_table(flat), steps(flat), results(flat)


def letters(text: str) -> str:
    """The letters of `text` outside counts, which are where rows end."""
    return "".join(sign for sign in re.sub(r"\d+ bản chính(?:, ?\d+ bản sao)?", "", text) if sign.isalpha())


@given(_PIECES.filter(lambda flat: PAPERS not in flat and NONE not in flat))
def test_splitting_papers_loses_no_letter(flat: str) -> None:
    kept = "".join(f"{paper.name}{paper.form or ''}\n" for paper in paper_table(f"--{PAPERS}{flat}").papers)
    assert letters(kept) == letters(flat)


@pytest.fixture(scope="module")
def portal_2026() -> list[Procedure | Failure]:
    return list(read_portal(need_shared("procedures/tthc-dvcqg-2026.jsonl.gz")))


def share_without(outcomes: list[Procedure | Failure], *fields: str) -> float:
    """The share of records in which nothing of these fields is unclear."""
    marks = tuple(f"{field}:" for field in fields)
    clear = [not any(words.startswith(marks) for words in p.unchecked) for p in outcomes if isinstance(p, Procedure)]
    return sum(clear) / len(outcomes)


@pytest.mark.shared_data
def test_real_portal_is_read_without_loss(portal_2026: list[Procedure | Failure]) -> None:
    procedures = [outcome for outcome in portal_2026 if isinstance(outcome, Procedure)]
    assert (len(portal_2026), len(procedures), len({p.id for p in procedures})) == (2642, 2642, 2642)
    assert all(p.name and p.field and p.where and p.steps and not p.is_guide for p in procedures)
    assert all(fee.text for p in procedures for fee in p.fees)
    assert all(time.text for p in procedures for time in p.processing_times)


@pytest.mark.shared_data
@pytest.mark.parametrize(
    ("fields", "least"),
    [(("fee", "processing_time"), 0.97), (("papers",), 0.95), (("legal_basis",), 0.97)],
)
def test_real_tables_split_completely(portal_2026: list[Procedure | Failure], fields: tuple[str, ...], least: float) -> None:
    assert share_without(portal_2026, *fields) >= least


@pytest.mark.shared_data
def test_real_amounts_are_plausible(portal_2026: list[Procedure | Failure]) -> None:
    amounts = [fee.amount_vnd for p in portal_2026 if isinstance(p, Procedure) for fee in p.fees if fee.amount_vnd]
    assert len(amounts) > 500
    assert min(amounts) >= 1000


@pytest.mark.shared_data
def test_real_file_with_lists_is_read_without_loss() -> None:
    outcomes = list(read_portal(need_shared("procedures/tthc-bqp-2025.jsonl.gz")))
    assert len(outcomes) == 207
    assert all(isinstance(outcome, Procedure) and outcome.steps and not outcome.unchecked for outcome in outcomes)
