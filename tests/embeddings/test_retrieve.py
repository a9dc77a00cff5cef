from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from corpus.ids import ProvisionId
from corpus.types import Passage, Validity
from embeddings.encoder import Encoder
from embeddings.exact import ExactIndex
from embeddings.language import Language
from embeddings.lexical import Fields, LexicalEncoder, mean_terms
from embeddings.restore import BigramCounts
from embeddings.retrieve import LEXICAL_WEIGHT, QUESTION_DISCOUNT, Hit, Retriever
from embeddings.vector_index import Entry, SearchFilter
from tests.fakes import ThemeEncoder

THEMES = ThemeEncoder(
    ("cham dut hop dong", "roi di", "quit"), ("luong", "tien cong", "salary"), ("mu bao hiem", "helmet"), ("ket hon", "cuoi")
)
# Invented articles: what they are called, heading, text.
ARTICLES = {
    "1/2021/QH15@36": Fields(
        "Bộ luật Việc làm", "Quyền đơn phương chấm dứt hợp đồng", "Người lao động được chấm dứt hợp đồng nhưng phải báo trước."
    ),
    "1/2021/QH15@97": Fields("Bộ luật Việc làm", "Kỳ hạn trả lương", "Người lao động được trả lương đúng hạn."),
    "2/2022/ND-CP@5": Fields("Nghị định về xử phạt", "Mũ bảo hiểm", "Người không đội mũ bảo hiểm bị phạt tiền."),
    "procedure:ket-hon": Fields("", "Đăng ký kết hôn", "Nộp tờ khai tại Ủy ban nhân dân cấp xã."),
}
QUIT, PAY, HELMET, MARRIAGE = ARTICLES
LEXICAL = LexicalEncoder(mean_terms(ARTICLES.values()))


def entry(group: str, fields: Fields, validity: Validity | None = None) -> Entry:
    is_law = "@" in group
    passage = Passage(
        id=f"{group}#1",
        group=group,
        text=fields.body,
        context=fields.heading,
        validity=validity or Validity(),
        kind="law" if is_law else "procedure",
        document=group.partition("@")[0] if is_law else None,
        provisions=(ProvisionId.parse(group),) if is_law else (),
    )
    return Entry(passage, LEXICAL.document(fields), THEMES.encode_passages([f"{fields.heading}\n{fields.body}"])[0])


def retriever(entries: Iterable[Entry] | None = None, encoder: Encoder | None = THEMES) -> Retriever:
    index, counts = ExactIndex(), BigramCounts()
    index.add([entry(group, fields) for group, fields in ARTICLES.items()] if entries is None else entries)
    for fields in ARTICLES.values():
        counts.add(f"{fields.title}. {fields.heading}. {fields.body}")
    return Retriever(index, LEXICAL, counts.restorer(), encoder)


def groups(hits: list[Hit]) -> list[str]:
    return [hit.group for hit in hits]


@pytest.mark.parametrize(
    ("question", "best"),
    [
        ("Kỳ hạn trả lương là khi nào?", PAY),  # words of the law
        ("ky han tra luong la khi nao", PAY),  # the same without marks
        ("Rời đi luôn thì sao?", QUIT),  # no word of the article: meaning
        ("roi di luon thi sao", QUIT),
        ("Tổ chức cưới thế nào?", MARRIAGE),
        ("May I quit my job without notice?", QUIT),  # English shares no word at all
        ("How much do I pay for riding without a helmet", HELMET),
    ],
)
def test_question_finds_its_article(question: str, best: str) -> None:
    assert groups(retriever().retrieve(question))[0] == best


def test_without_encoder_words_decide() -> None:
    (first, *_) = retriever(encoder=None).retrieve("Kỳ hạn trả lương là khi nào?")
    assert (first.group, first.dense, first.dense_share) == (PAY, 0.0, 0.0)
    assert first.score == pytest.approx(first.lexical_share + first.document_share)
    assert first.lexical_share == 1.0
    assert retriever(encoder=None).retrieve("quit") == []


def test_before_vectors_are_there_words_decide() -> None:
    bare = [replace(entry(group, fields), dense=None) for group, fields in ARTICLES.items()]
    assert groups(retriever(bare).retrieve("kỳ hạn trả lương")) == groups(retriever(encoder=None).retrieve("kỳ hạn trả lương"))
    # English gives words no weight, but nothing else is there to ask.
    assert groups(retriever(bare).retrieve("What is the law, is it kỳ hạn?"))[0] == PAY


def test_marks_are_restored_and_shown() -> None:
    prepared = retriever().prepare("ky han tra luong")
    assert (prepared.question, prepared.was_restored, prepared.language) == ("kỳ hạn trả lương", True, Language.VIETNAMESE)


def test_marked_question_is_taken_as_it_is() -> None:
    prepared = retriever().prepare("Kỳ hạn trả lương")
    assert (prepared.question, prepared.was_restored) == ("Kỳ hạn trả lương", False)


def test_english_gets_no_marks() -> None:
    prepared = retriever().prepare("Is it legal to ban a man from work?")
    assert (prepared.question, prepared.was_restored, prepared.language) == ("Is it legal to ban a man from work?", False, Language.ENGLISH)


def test_meaning_is_that_of_the_restored_question() -> None:
    prepared = retriever().prepare("ky han tra luong")
    assert prepared.meaning is not None
    np.testing.assert_allclose(prepared.meaning, THEMES.encode_queries(["kỳ hạn trả lương"])[0], atol=1e-6)


@pytest.mark.parametrize("question", ["", "   ", "🙂", "???", "xyzzy"])
def test_question_without_known_words_is_no_error(question: str) -> None:
    assert retriever(encoder=None).retrieve(question) == []
    assert all(hit.lexical == 0.0 for hit in retriever().retrieve(question))


def test_empty_index_answers_with_nothing() -> None:
    assert retriever([]).retrieve("kỳ hạn trả lương") == []


@pytest.mark.parametrize("k", [0, 1, 2, 10])
def test_at_most_k_groups_come_back(k: int) -> None:
    assert groups(retriever().retrieve("người lao động", k=k)) == groups(retriever().retrieve("người lao động"))[:k]


def test_groups_are_ranked_once_each() -> None:
    hits = retriever().retrieve("người lao động không đội mũ bảo hiểm")
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert len(set(groups(hits))) == len(hits)


def test_score_is_the_sum_of_its_shares() -> None:
    for hit in retriever().retrieve("trả lương cho người lao động"):
        assert hit.score == pytest.approx(hit.lexical_share + hit.dense_share + hit.document_share)
        assert 0.0 <= hit.lexical_share <= LEXICAL_WEIGHT[Language.VIETNAMESE]
        assert 0.0 <= hit.dense_share <= 1 - LEXICAL_WEIGHT[Language.VIETNAMESE] + 1e-9
        for number in (hit.score, hit.lexical_share, hit.dense_share, hit.dense):
            assert f"{number:.3f}" in hit.explanation


@pytest.mark.parametrize(
    ("where", "found"),
    [
        (SearchFilter(kinds=("procedure",)), {MARRIAGE}),
        (SearchFilter(kinds=("law",)), {QUIT, PAY, HELMET}),
        (SearchFilter(documents=("2/2022/ND-CP",)), {HELMET}),
        (SearchFilter(documents=()), set()),
        (None, set(ARTICLES)),
    ],
)
def test_filters_hold_for_words_and_for_meaning(where: SearchFilter | None, found: set[str]) -> None:
    question = "người nộp tờ khai mũ"
    assert set(groups(retriever().retrieve(question, where=where))) == found
    assert set(groups(retriever(encoder=None).retrieve(question, where=where))) <= found


@pytest.mark.parametrize(("day", "found"), [(date(2024, 12, 31), "trả lương bằng gạo"), (date(2025, 1, 1), "trả lương bằng tiền")])
def test_text_in_force_on_the_day_is_found(day: date, found: str) -> None:
    turn = date(2025, 1, 1)
    old = entry(PAY, Fields("", "Kỳ hạn", "trả lương bằng gạo"), Validity(None, turn))
    fresh = entry(PAY, Fields("", "Kỳ hạn", "trả lương bằng tiền"), Validity(turn))
    entries = [replace(one, passage=replace(one.passage, id=one.passage.text)) for one in (old, fresh)]
    (hit,) = retriever(entries).retrieve("trả lương", where=SearchFilter(as_of=day))
    assert [passage.passage for passage in hit.passages] == [found]


def test_best_passage_stands_for_its_article() -> None:
    whole = entry(PAY, ARTICLES[PAY])
    others = [
        Entry(replace(whole.passage, id=f"{PAY}#{number}"), None, THEMES.encode_passages([text])[0])
        for number, text in enumerate(["mũ bảo hiểm", "nơi làm việc"], start=2)
    ]
    (hit,) = retriever([whole, *others]).retrieve("Không đội mũ bảo hiểm thì sao?")
    assert hit.dense == pytest.approx(
        float(THEMES.encode_queries(["Không đội mũ bảo hiểm thì sao?"])[0] @ THEMES.encode_passages(["mũ bảo hiểm"])[0])
    )
    assert hit.passages[0].passage == f"{PAY}#2"
    assert sorted(passage.passage for passage in hit.passages) == [f"{PAY}#{number}" for number in (1, 2, 3)]


def test_everyday_question_counts_less_than_text_as_near() -> None:
    vector = THEMES.encode_passages(["mũ bảo hiểm"])[0]
    text, question = (Entry(replace(entry(group, ARTICLES[group]).passage), None, vector) for group in (HELMET, PAY))
    question = replace(question, passage=replace(question.passage, is_question=True))
    near, less = sorted(retriever([text, question]).retrieve("mũ bảo hiểm"), key=lambda hit: -hit.dense)
    assert (near.group, less.group) == (HELMET, PAY)
    assert near.dense - less.dense == pytest.approx(QUESTION_DISCOUNT)
    assert [near.question, less.question] == pytest.approx([0.0, near.dense])


def test_search_repeats_what_was_prepared_with_other_filters() -> None:
    asking = retriever()
    prepared = asking.prepare("ky han tra luong")
    assert asking.search(prepared) == asking.retrieve("ky han tra luong")
    assert groups(asking.search(prepared, where=SearchFilter(kinds=("procedure",)))) == [MARRIAGE]
    asking.close()


# A procedure for which no vector was made yet.
LICENCE, LICENCE_FIELDS = "procedure:giay-phep", Fields("", "Cấp giấy phép bến khách ngang sông", "Nộp hồ sơ tại Sở Xây dựng.")


@pytest.mark.parametrize(
    ("question", "best", "by_meaning"),
    [
        ("Tổ chức cưới thế nào?", MARRIAGE, True),  # meaning finds what has a vector, as if all had one
        ("Đăng ký kết hôn", MARRIAGE, True),
        ("Cấp giấy phép bến khách ngang sông", LICENCE, False),  # nothing near in meaning pushes it aside
        ("rời đi, xin cấp giấy phép bến khách ngang sông", LICENCE, False),
    ],
)
def test_while_vectors_are_made_what_has_one_is_found_by_meaning_and_the_rest_by_words(question: str, best: str, by_meaning: bool) -> None:
    entries = [*(entry(group, fields) for group, fields in ARTICLES.items()), replace(entry(LICENCE, LICENCE_FIELDS), dense=None)]
    index = ExactIndex()
    index.add(entries)
    found = Retriever(index, LEXICAL, BigramCounts().restorer(), THEMES, is_partial=True).retrieve(question)
    assert (found[0].group, found[0].dense > 0) == (best, by_meaning)


@pytest.mark.parametrize("question", ["Quel est le délai de préavis ?", "How long is the notice period?"])
def test_other_languages_are_searched_as_they_came(question: str) -> None:
    counts = BigramCounts()
    counts.add("lệ phí để đi", 1000)
    prepared = Retriever(ExactIndex(), LEXICAL, counts.restorer(), THEMES).prepare(question)
    assert (prepared.question, prepared.was_restored) == (question, False)
    assert prepared.language is not Language.VIETNAMESE
