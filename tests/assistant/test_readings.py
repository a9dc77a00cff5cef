"""A message that follows, searched with the turns before and alone, and which answer is taken."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from assistant.answering.types import Answer, Citation, Outcome, Understood
from assistant.dialogue.followup import PastTurn
from assistant.dialogue.readings import after_last_turn, is_meant_alone, is_sure, leaning, mixed
from corpus.ids import ProvisionId
from corpus.types import Procedure
from embeddings.language import Language
from embeddings.retrieve import PreparedQuestion
from embeddings.vector_index import SparseVector

LABOUR, CIVIL = "45/2019/QH14", "91/2015/QH13"
_ASKED = Understood("a", "công ty nợ lương tháng trước", "vi", date(2026, 11, 22))
BEFORE = (PastTurn("Công ty cho tôi nghỉ việc thì có được không?", (ProvisionId(LABOUR, "36", "1"),)),)
NOTHING = Answer(Outcome.NO_SOURCE, _ASKED)


def _citing(article: str, document: str = LABOUR, confidence: float = 0.8) -> Answer:
    citation = Citation(ProvisionId(document, article, "1"), document, "", "", "", None, None, None, 1.0)
    return Answer(Outcome.ANSWERED, _ASKED, citations=(citation,), confidence=confidence)


@pytest.mark.parametrize(
    ("alone", "joined", "expected", "why"),
    [
        (_citing("90"), _citing("36"), False, "both answer, neither is beside: the turns before count"),
        (_citing("37"), _citing("36"), True, "only alone it leads to a neighbour of the article cited last"),
        (_citing("37"), _citing("39"), False, "both are neighbours"),
        (_citing("36"), _citing("90"), False, "the very same article is no neighbour"),
        (_citing("40"), _citing("90"), False, "four articles away"),
        (_citing("37", CIVIL), _citing("36"), False, "near in number, of another document"),
        (_citing("90"), NOTHING, True, "joined, nothing answers"),
        (NOTHING, _citing("36"), False, "alone, nothing answers"),
        (_citing("90"), Answer(Outcome.EMERGENCY, _ASKED), False, "somebody may be in danger"),
        (_citing("90"), Answer(Outcome.HANDED_TO_FEEDBACK, _ASKED), True, "joined, it looks like a report"),
        (NOTHING, NOTHING, False, "nothing answers at all"),
        (
            _citing("37"),
            replace(_citing("36"), question=replace(_ASKED, named=(ProvisionId(LABOUR, "36"),))),
            False,
            "it names a provision",
        ),
    ],
)
def test_answer_alone_is_taken_where_joined_fails_or_misses_the_neighbour(alone: Answer, joined: Answer, expected: bool, why: str) -> None:
    assert is_meant_alone(alone, joined, BEFORE) is expected, why


def test_nothing_is_beside_where_nothing_was_cited() -> None:
    assert not is_meant_alone(_citing("37"), _citing("90"), (PastTurn("a"),))
    assert not is_meant_alone(_citing("pl1"), _citing("90"), BEFORE)


def test_answer_in_the_document_cited_last_speaks_for_following_and_a_sure_one_elsewhere_against() -> None:
    assert leaning(_citing("90"), BEFORE) > 0 > leaning(_citing("90", CIVIL), BEFORE)
    assert leaning(_citing("90", CIVIL, confidence=0.9), BEFORE) < leaning(_citing("90", CIVIL, confidence=0.3), BEFORE)
    assert leaning(NOTHING, BEFORE) == 0


def test_few_words_found_elsewhere_do_not_speak_against_following() -> None:
    short = replace(_citing("90", CIVIL), question=replace(_ASKED, restored="có được bồi thường không"))
    assert leaning(short, BEFORE) == 0


LONG_TEXT = "công ty nợ lương tháng trước"


@pytest.mark.parametrize(
    ("meant", "alone", "text", "expected", "why"),
    [
        (_citing("90"), NOTHING, "a", True, "in the document that the topic cites"),
        (_citing("40", CIVIL), NOTHING, LONG_TEXT, False, "elsewhere, and nothing finds it alone"),
        (_citing("40", CIVIL), _citing("50", CIVIL), LONG_TEXT, True, "elsewhere, where the message alone leads too"),
        (_citing("40", CIVIL), _citing("50", CIVIL), "bồi thường", False, "too few words to tell by"),
        (_citing("40", CIVIL), _citing("40", CIVIL), "bồi thường", True, "the very same article alone"),
        (_citing("40", CIVIL, confidence=0.96), NOTHING, LONG_TEXT, True, "elsewhere, found surely"),
        (NOTHING, NOTHING, "a", False, "nothing was found"),
        (Answer(Outcome.HANDED_TO_FEEDBACK, _ASKED), NOTHING, "a", True, "no search is behind it"),
        (
            replace(_citing("40", CIVIL), question=replace(_ASKED, named=(ProvisionId(CIVIL, "40"),))),
            NOTHING,
            "a",
            True,
            "named",
        ),
    ],
)
def test_an_answer_to_a_follow_up_is_told_only_where_something_bears_it_out(
    meant: Answer, alone: Answer, text: str, expected: bool, why: str
) -> None:
    assert is_sure(meant, alone, text, BEFORE) is expected, why


def _guided(procedure: Procedure) -> Answer:
    return Answer(Outcome.ANSWERED, _ASKED, procedure=procedure)


def test_another_guide_is_told_only_where_a_word_of_the_topic_names_it() -> None:
    before = (PastTurn("làm hộ chiếu", procedure="Cấp hộ chiếu"),)
    assert is_sure(_guided(Procedure("a", "Cấp hộ chiếu cho trẻ em", None, "", "")), NOTHING, "bé 10 tuổi thì sao", before)
    assert not is_sure(_guided(Procedure("a", "Thay đổi họ tên", None, "", "")), NOTHING, "bé 10 tuổi thì sao", before)
    assert is_sure(_guided(Procedure("a", "Hưởng thai sản", None, "", "")), NOTHING, "nộp giấy tờ ở đâu", BEFORE)


def test_text_after_the_last_turn_loses_its_connective() -> None:
    assert after_last_turn("thế còn con riêng?", BEFORE) == "Công ty cho tôi nghỉ việc thì có được không, con riêng?"


def test_text_after_a_follow_up_leaves_out_the_case_that_this_was_joined_with() -> None:
    before = (*BEFORE, PastTurn("Công ty cho tôi nghỉ việc: phải báo trước mấy ngày?", follows=True))
    assert after_last_turn("rồi trả lương khi nào?", before) == "phải báo trước mấy ngày, trả lương khi nào?"


def _prepared(words: dict[int, float], meaning: list[float] | None) -> PreparedQuestion:
    sparse = SparseVector(np.array(sorted(words), np.uint32), np.array([words[one] for one in sorted(words)], np.float32))
    return PreparedQuestion("a", False, Language.VIETNAMESE, sparse, np.array(meaning, np.float32) if meaning else None)


def test_mixed_question_has_all_words_and_a_meaning_of_length_one() -> None:
    made = mixed(_prepared({1: 1, 5: 2}, [1, 0]), _prepared({5: 1}, [0, 1]), _prepared({9: 1}, [1, 0]))
    assert made.words.indices.tolist() == [1, 5, 9]
    assert made.words.values.tolist() == pytest.approx([0.7, 1.85, 0.35])
    assert made.meaning is not None
    assert np.linalg.norm(made.meaning) == pytest.approx(1)
    assert made.meaning.dtype == np.float32


def test_mixed_question_without_encoder_has_words_only() -> None:
    one = _prepared({1: 1}, None)
    assert mixed(one, one, one).meaning is None


def test_mixing_a_question_with_itself_keeps_its_meaning() -> None:
    one = _prepared({1: 1}, [0.6, 0.8])
    made = mixed(one, one, one)
    assert made.meaning is not None
    assert made.meaning.tolist() == pytest.approx([0.6, 0.8])


@pytest.mark.parametrize(("confidence", "expected"), [(0.7, False), (0.85, True)])
def test_where_nothing_answered_the_topic_a_sure_answer_is_told(confidence: float, expected: bool) -> None:
    before = (PastTurn("Tôi muốn ly hôn", outcome="no_source"),)
    assert is_sure(_citing("40", CIVIL, confidence=confidence), NOTHING, "con 2 tuổi thì sao", before) is expected
