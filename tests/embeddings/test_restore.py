from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.text import fold
from embeddings.restore import BigramCounts, Restorer, marked_share

# Invented sentences in the manner of laws.
SENTENCES = (
    "Người lao động có quyền đơn phương chấm dứt hợp đồng lao động.",
    "Người sử dụng lao động phải trả lương đúng hạn cho người lao động.",
    "Giấy chứng nhận quyền sử dụng đất được cấp cho người sử dụng đất.",
    "Thủ tục đăng ký kết hôn tại Ủy ban nhân dân cấp xã; lệ phí do tỉnh quy định.",
    "Tổ hoà giải ở cơ sở hoà giải tranh chấp đất đai.",
    "Mức phạt tiền đối với người điều khiển xe máy không đội mũ bảo hiểm.",
    "Người điều khiển xe ô tô phải có giấy phép lái xe.",
    "Đại biểu Quốc hội tiếp xúc cử tri.",
)


# Smoothing is made for a whole corpus, so each sentence stands for many.
TIMES = 1000


def counted(*sentences: str) -> BigramCounts:
    counts = BigramCounts()
    for sentence in sentences:
        counts.add(sentence, TIMES)
    return counts


def trained(*sentences: str) -> Restorer:
    return counted(*sentences).restorer()


RESTORER = trained(*SENTENCES)


@pytest.mark.parametrize(
    ("typed", "restored"),
    [
        ("nguoi lao dong co quyen gi", "người lao động có quyền gi"),
        ("Nguoi lao dong", "Người lao động"),  # capitals are kept
        ("GIAY CHUNG NHAN QUYEN SU DUNG DAT", "GIẤY CHỨNG NHẬN QUYỀN SỬ DỤNG ĐẤT"),
        ("Uy ban nhan dan cap xa", "Ủy ban nhân dân cấp xã"),
        ("O to", "Ô tô"),  # a capital alone is no shouting
        ("dang ky ket hon o dau?", "đăng ký kết hôn ở dau?"),  # a syllable never seen stays
        ("  tra luong,  dung han... ", "  trả lương,  đúng hạn... "),  # blanks and punctuation stay
        ("hop dong 12/2024 (3 thang)", "hợp đồng 12/2024 (3 thang)"),  # numbers stay
        ("Muc phat tien 500.000d", "Mức phạt tiền 500.000d"),
        ("giay phep lai xe 🏠 giay chung nhan", "giấy phép lái xe 🏠 giấy chứng nhận"),
        ("hoa giai", "hòa giải"),  # one placement of tones, the new one
        ("hợp dong lao dong va tra luong", "hợp đồng lao động va trả lương"),  # what is marked stays
        ("dat dai\nco quan", "đất đai\ncó quan"),  # lines stay
        ("", ""),
        ("?!", "?!"),
        ("hello", "hello"),
    ],
)
def test_marks_are_put_back(typed: str, restored: str) -> None:
    result = RESTORER.restore(typed)
    assert result.text == restored
    assert result.changed == (typed != restored)


@pytest.mark.parametrize(
    "text",
    [
        "Tôi muốn hỏi về lương tháng này",
        "Công ty không trả lương đúng hạn, tôi phải làm gì?",
        "Sổ đỏ bị mất thì làm lại ở đâu?",  # syllables without marks are Vietnamese too
    ],
)
def test_text_with_marks_is_left_alone(text: str) -> None:
    result = RESTORER.restore(text)
    assert (result.text, result.changed) == (text, False)


def test_decomposed_marks_are_marks() -> None:
    text = "Tôi muốn hỏi về lương"
    result = RESTORER.restore(unicodedata.normalize("NFD", text))
    assert (result.text, result.changed) == (text, False)


def test_neighbours_decide_between_forms() -> None:
    restorer = trained(*["hợp đồng mua bán."] * 3, *["bàn ghế."] * 5)
    assert restorer.restore("mua ban").text == "mua bán"
    assert restorer.restore("ban ghe").text == "bàn ghế"


def test_commas_and_full_stops_part_neighbours() -> None:
    restorer = trained(*["mua bán."] * 2, *["bàn."] * 3)
    assert restorer.restore("mua ban").text == "mua bán"
    assert restorer.restore("mua, ban").text == "mua, bàn"


def test_everyday_text_can_count_more() -> None:
    counts = BigramCounts()
    counts.add("bàn. bàn")
    counts.add("bán", 5)
    assert counts.restorer().restore("ban").text == "bán"


@pytest.mark.parametrize("cut", [0, 3, len(SENTENCES)])
def test_counts_of_parts_add_up_to_those_of_the_whole(cut: int) -> None:
    whole, parts = counted(*SENTENCES), counted(*SENTENCES[:cut])
    parts.merge(counted(*SENTENCES[cut:]))
    assert parts.total == whole.total > 0
    for sentence in (*SENTENCES, "uy ban nguoi dat", "quyen lao dong"):
        assert parts.restorer().restore(fold(sentence)) == whole.restorer().restore(fold(sentence))


def test_untrained_restorer_changes_nothing() -> None:
    result = BigramCounts().restorer().restore("Nguoi lao dong, 36")
    assert (result.text, result.changed) == ("Nguoi lao dong, 36", False)


def test_saved_restorer_restores_the_same(tmp_path: Path) -> None:
    RESTORER.save(tmp_path / "restorer.npz")
    loaded = Restorer.load(tmp_path / "restorer.npz")
    for sentence in SENTENCES:
        assert loaded.restore(fold(sentence)) == RESTORER.restore(fold(sentence))


def test_untrained_restorer_can_be_saved(tmp_path: Path) -> None:
    BigramCounts().restorer().save(tmp_path / "restorer.npz")
    assert Restorer.load(tmp_path / "restorer.npz").restore("dat").text == "dat"


@pytest.mark.parametrize("sentence", SENTENCES)
def test_sentences_learnt_come_back_whole(sentence: str) -> None:
    restored = RESTORER.restore(fold(sentence)).text
    assert restored == sentence.lower().replace("hoà", "hòa")


SYLLABLES = sorted({word for sentence in SENTENCES for word in fold(sentence).replace(".", "").replace(";", "").split()})
TYPED = st.lists(st.sampled_from([*SYLLABLES, "xyz", "12", ",", ".", "?", "(", "\n", "🙂"]), max_size=25).map(" ".join)


@settings(derandomize=True, deadline=None)
@given(st.one_of(TYPED, st.text(max_size=40).map(fold)))
def test_restoring_only_adds_marks(typed: str) -> None:
    assert fold(RESTORER.restore(typed).text) == fold(typed)


@settings(derandomize=True, deadline=None)
@given(TYPED)
def test_shouting_and_whispering_are_restored_alike(typed: str) -> None:
    assert RESTORER.restore(typed.upper()).text.lower() == RESTORER.restore(typed).text


@pytest.mark.parametrize(
    ("text", "share"),
    [("", 1.0), ("12 ?", 1.0), ("đất", 1.0), ("dat", 0.0), ("đất dai", 0.5), ("Đất 36 NHÀ xã", 1.0), ("ABC", 0.0)],
)
def test_marked_share_is_of_syllables(text: str, share: float) -> None:
    assert marked_share(text) == pytest.approx(share)


@pytest.mark.parametrize(
    "address", ["https://example.com/hop-dong?ma=1", "www.example.vn", "nguyen.van.a@example.com", "dichvucong.gov.vn/tra-cuu", "vi-du.com"]
)
def test_addresses_of_pages_and_mail_are_never_restored(address: str) -> None:
    restorer = trained(*SENTENCES, "Cơm và gạo.")
    assert restorer.restore(f"nguoi lao dong xem {address} hop dong").text == f"người lao động xem {address} hợp đồng"


@pytest.mark.parametrize(
    ("typed", "restored"),
    [
        ("buon ma thuot", "buôn ma thuột"),
        ("len Buon Ma Thuot", "len Buôn Ma Thuột"),
        ("o thu duc", "ở thủ đức"),
        ("thu duc", "thủ đức"),  # nothing but a name
        ("quan tan binh", "quận tân bình"),
        ("huyen dong anh", "huyện đông anh"),
        ("duong thon", "đường thôn"),
        ("nga tu", "ngã tư"),
        ("phuong an phu hop", "phuong an phu hop"),  # a plan, not phường An Phú
        ("xa hoi an toan", "xa hoi an toan"),  # society, not xã Hội An
        ("tinh gia lai", "tinh gia lai"),  # to reckon anew, or the province
    ],
)
def test_names_of_units_and_everyday_phrases_are_known_beforehand(typed: str, restored: str) -> None:
    assert trained("không có gì").restore(typed).text == restored


def test_a_known_phrase_wins_over_what_was_counted() -> None:
    counted_otherwise = counted("Buôn ma thượt.", "Dượng thôn.")
    assert counted_otherwise.restorer().restore("buon ma thuot, duong thon").text == "buôn ma thuột, đường thôn"


def test_marks_that_were_typed_win_over_a_known_phrase() -> None:
    assert trained("không có gì").restore("dượng thon o xa").text.startswith("dượng")
