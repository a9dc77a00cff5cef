"""The shipped classifier on clear letters, its limits on made-up scores, and the laws of reading."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.feedback.suggesting.classify import FIELDS, KINDS, LEVELS, Classified, Classifier, Limits, chosen_kinds, judged
from assistant.feedback.suggesting.classify_reading import Floats, Lexicon, calm, seen_in, words_of
from assistant.feedback.types import Field, Kind, Urgency
from corpus.text import fold
from embeddings.bundled import BundledEncoder

_NO_MEANING = np.zeros(384, np.float32)
_MIXED = "Đường trước trường ngập cả tuần nay, không ai sửa. Cho hỏi muốn xin hỗ trợ sửa nhà thì nộp đơn ở đâu?"


@pytest.fixture(scope="module")
def classifier() -> Classifier:
    return Classifier.load()


@pytest.fixture(scope="module")
def classify(classifier: Classifier) -> Callable[[str], Classified]:
    """What the classifier says of a text, its meaning included."""
    encoder = BundledEncoder()
    return lambda text: classifier.classify(text, encoder.encode_queries([calm(text)])[0])


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return Lexicon.load()


def limits(threshold: float = 0.5, seal: float = 0.1, soon: float = 0.1, abstain: float = 0.2) -> Limits:
    """Limits that take scores as they are."""
    count = len(KINDS)
    one = np.ones(count, np.float32)
    return Limits(one, np.zeros(count, np.float32), np.full(count, threshold, np.float32), seal, soon, abstain)


def scores(**chances: float) -> Floats:
    """Scores whose logistic function gives these probabilities; the rest get almost none."""
    wanted = np.array([chances.get(kind.value, 1e-4) for kind in KINDS])
    return np.asarray(np.log(wanted / (1 - wanted)), np.float32)


def all_scores(**chances: float) -> dict[str, Floats]:
    return {"kind": scores(**chances), "field": np.zeros(len(FIELDS), np.float32), "level": np.zeros(len(LEVELS), np.float32)}


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "kind", "why"),
    [
        ("Tôi tố cáo ông trưởng thôn ăn chặn tiền hỗ trợ hộ nghèo, tôi có ghi âm", Kind.DENUNCIATION, "a violation and a violator"),
        ("Cháy nhà rồi, còn người kẹt trong nhà, cứu với!", Kind.EMERGENCY, "life in danger now"),
        ("Cử tri kiến nghị đại biểu Quốc hội sửa luật đất đai", Kind.VOTER_RECOMMENDATION, "a voter to deputies"),
        ("Tôi không đồng ý quyết định xử phạt tôi, yêu cầu xem xét lại", Kind.COMPLAINT, "an own right and an administrative act"),
        ("Cho hỏi làm căn cước cho con cần giấy tờ gì?", Kind.QUESTION, "a procedure is asked for"),
        ("Nên có thêm xe buýt cho công nhân, đề nghị tỉnh mở tuyến mới", Kind.RECOMMENDATION, "a change of policy"),
        ("Rác đổ đầy ngõ cả tuần nay chưa ai thu gom, bốc mùi hôi", Kind.REPORT, "a situation"),
    ],
)
def test_a_clear_letter_finds_its_kind(classify: Callable[[str], Classified], text: str, kind: Kind, why: str) -> None:
    assert classify(text).kinds[0].value == kind, why


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("Xe buýt bỏ chuyến, đường đầy ổ gà", Field.TRANSPORT),
        ("Lương hưu tháng này cơ quan bảo hiểm xã hội chưa trả", Field.SOCIAL_INSURANCE),
        ("Mộ liệt sĩ ở nghĩa trang liệt sĩ không ai chăm sóc", Field.MERIT),
    ],
)
def test_words_of_a_field_bring_it_among_the_best_three(classify: Callable[[str], Classified], text: str, field: Field) -> None:
    assert field in [one.value for one in classify(text).field]


@pytest.mark.model
def test_a_denunciation_is_sealed_and_its_words_are_the_evidence(classify: Callable[[str], Classified]) -> None:
    text = "Tôi tố cáo ông chủ tịch xã nhận hối lộ"
    found = classify(text)
    assert found.seal
    assert "tố cáo" in " ".join(text[start:end] for start, end in found.evidence)


def test_fields_are_three_and_levels_all_best_first(classifier: Classifier) -> None:
    found = classifier.classify("Đường hỏng", _NO_MEANING)
    for scored, count in ((found.field, 3), (found.level, 3)):
        values = [one.score for one in scored]
        assert len(values) == count
        assert values == sorted(values, reverse=True)


def test_a_likely_denunciation_is_sealed_even_when_another_kind_wins() -> None:
    found = judged(all_scores(report=0.8, denunciation=0.15), limits(), "")
    assert [one.value for one in found.kinds] == [Kind.REPORT]
    assert found.seal
    assert not judged(all_scores(report=0.8, denunciation=0.05), limits(), "").seal


@pytest.mark.parametrize(("chance", "urgency"), [(0.9, Urgency.NOW), (0.2, Urgency.SOON), (0.01, Urgency.NORMAL)])
def test_urgency_follows_the_probability_of_an_emergency(chance: float, urgency: Urgency) -> None:
    assert judged(all_scores(report=0.8, emergency=chance), limits(), "").urgency is urgency


def test_a_mixed_letter_has_several_kinds_best_first() -> None:
    chosen = chosen_kinds(limits().kinds(scores(report=0.6, question=0.9)), limits())
    assert [one.value for one in chosen] == [Kind.QUESTION, Kind.REPORT]


def test_the_best_kind_is_taken_below_its_threshold_and_none_below_the_abstaining_one() -> None:
    assert [one.value for one in chosen_kinds(limits().kinds(scores(praise=0.3)), limits())] == [Kind.PRAISE]
    assert chosen_kinds(limits().kinds(scores(praise=0.1)), limits()) == ()


def test_a_saved_classifier_says_the_same_and_keeps_its_version(classifier: Classifier, tmp_path: Path) -> None:
    classifier.save(tmp_path / "weights.npz")
    again = Classifier.read((tmp_path / "weights.npz").read_bytes())
    assert again.version == classifier.version
    assert again.classify(_MIXED, _NO_MEANING) == classifier.classify(_MIXED, _NO_MEANING)


def test_a_mixed_message_is_split_where_its_kind_changes(classifier: Classifier) -> None:
    assert [_MIXED[start:end].split()[0] for start, end in classifier.parts(_MIXED)] == ["Đường", "Cho"]


def test_a_message_of_one_kind_is_one_part(classifier: Classifier) -> None:
    text = "Cống tắc cả tháng. Nước tràn vào nhà. Không ai sửa."
    assert classifier.parts(text) == ((0, len(text)),)


@given(st.text(max_size=200))
def test_parts_are_in_order_and_hold_every_word(classifier: Classifier, text: str) -> None:
    parts = classifier.parts(text)
    assert all(before[1] <= after[0] for before, after in pairwise(parts))
    assert "".join("".join(text[start:end].split()) for start, end in parts) == "".join(text.split())


def test_a_single_syllable_with_marks_counts_only_where_typed_with_them(lexicon: Lexicon) -> None:
    business = list(Field).index(Field.BUSINESS_TRADE)
    assert business in [number for number, _ in lexicon.fields.longest(words_of("họp chợ"))]
    assert business not in [number for number, _ in lexicon.fields.longest(words_of("gửi cho em"))]


def test_a_longer_phrase_hides_the_shorter_within(lexicon: Lexicon) -> None:
    found = [span for _, span in lexicon.fields.longest(words_of("bảo hiểm xã hội"))]
    assert set(found) == {(0, 15)}


@pytest.mark.parametrize("text", ["Tôi tố cáo cán bộ", "hoà giải ở thôn", "ĐIỆN LỰC cắt điện"])
def test_words_and_strings_do_not_depend_on_marks_or_normal_form(lexicon: Lexicon, text: str) -> None:
    seen = seen_in(text, lexicon)
    for other in (seen_in(fold(text), lexicon), seen_in(unicodedata.normalize("NFD", text), lexicon)):
        assert np.array_equal(other.buckets, seen.buckets)
        assert np.array_equal(other.grams, seen.grams)


def test_a_misspelled_word_shares_strings_of_letters_with_the_right_one(lexicon: Lexicon) -> None:
    right, wrong, other = (set(seen_in(text, lexicon).grams) for text in ("khiếu nại", "khiêu nại", "lương hưu"))
    assert len(right & wrong) > len(right) / 2
    assert not right & other


@pytest.mark.parametrize(
    ("text", "calmed", "why"),
    [
        ("ĐƯỜNG HỎNG QUÁ!", "đường hỏng quá!", "shouted"),
        ("Đường Nguyễn Trãi hỏng", "Đường Nguyễn Trãi hỏng", "names keep their capitals"),
        ("UBND xã không trả lời", "UBND xã không trả lời", "an abbreviation is no shouting"),
        ("123!", "123!", "no letters at all"),
    ],
)
def test_only_shouted_texts_are_calmed(text: str, calmed: str, why: str) -> None:
    assert calm(text) == calmed, why


def test_a_meaning_that_is_not_known_speaks_for_nothing(classifier: Classifier) -> None:
    assert not classifier.weights.nearness(_NO_MEANING).any()


@given(st.text(max_size=100))
def test_calming_twice_is_calming_once(text: str) -> None:
    assert calm(calm(text)) == calm(text)


def test_evidence_of_a_text_in_nfd_points_into_that_text(lexicon: Lexicon) -> None:
    text = unicodedata.normalize("NFD", "Tôi tố cáo cán bộ")
    spans = lexicon.evidence(text, Kind.DENUNCIATION)
    assert any("tố cáo" in unicodedata.normalize("NFC", text[start:end]) for start, end in spans)
