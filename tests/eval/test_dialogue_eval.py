"""Conversations judged: what each turn is answered with, and whether follow-ups are told from new topics."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.ids import ProvisionId
from eval.dialogue import Answered, Dialogue, Place, Turn, evaluate_dialogues, read_dialogues, rewritten_by_hand
from eval.errors import BadLine, DuplicateId, NothingJudged, SetFileMissing

_SETS = Path(__file__).parents[2] / "eval" / "data"
_LAW = "45/2019/QH14"
A35, A36, A37 = (ProvisionId(_LAW, number) for number in ("35", "36", "37"))

TALK = Dialogue(
    "d1",
    "plain",
    (
        Turn("nghỉ việc báo trước mấy ngày", (A35,)),
        Turn("còn công ty thì sao", (A36,), follows=True, rewritten="công ty phải báo trước mấy ngày"),
        Turn("làm lại căn cước ở đâu", (), "can-cuoc"),
        Turn("tốn bao nhiêu", (), "can-cuoc", follows=True, rewritten="làm lại căn cước tốn bao nhiêu"),
        Turn("cảm ơn nhé"),
    ),
)


def _scripted(answers: dict[str, Answered]) -> Callable[[], Callable[[str], Answered]]:
    return lambda: lambda text: answers.get(text, Answered())


def _place(answers: dict[str, Answered], place: Place) -> tuple[int, float | None, float | None]:
    scores = dict(evaluate_dialogues([TALK], _scripted(answers)).by_place)[place]
    return scores.n, scores.hit_1, scores.hit_3


def test_turns_are_counted_by_their_place_and_thanks_have_no_answer() -> None:
    assert [_place({}, place)[0] for place in Place] == [1, 2, 1]


@pytest.mark.parametrize(
    ("cited", "hit_1", "hit_3", "why"),
    [
        ((A35,), 1.0, 1.0, "the gold article first"),
        ((ProvisionId(_LAW, "35", "1", "a"),), 1.0, 1.0, "a point of the gold article"),
        ((A36, A35), 0.0, 1.0, "second"),
        ((ProvisionId(_LAW, "36", "1"), ProvisionId(_LAW, "36", "2"), A37, A35), 0.0, 1.0, "articles are counted, not clauses"),
        ((A36, A37, ProvisionId(_LAW, "38"), A35), 0.0, 0.0, "fourth"),
        ((), 0.0, 0.0, "nothing cited"),
    ],
)
def test_gold_article_counts_by_its_rank(cited: tuple[ProvisionId, ...], hit_1: float, hit_3: float, why: str) -> None:
    assert _place({TALK.turns[0].text: Answered(cited)}, Place.FIRST) == (1, hit_1, hit_3), why


def test_gold_procedure_is_a_hit_and_another_is_none() -> None:
    text = TALK.turns[2].text
    assert _place({text: Answered(procedure="can-cuoc")}, Place.NEW_TOPIC) == (1, 1.0, 1.0)
    assert _place({text: Answered(procedure="ho-chieu")}, Place.NEW_TOPIC) == (1, 0.0, 0.0)


def test_follow_ups_told_are_judged_over_later_turns_only() -> None:
    answers = {turn.text: Answered(follows=True) for turn in (TALK.turns[0], TALK.turns[1], TALK.turns[2])}
    report = evaluate_dialogues([TALK], _scripted(answers))
    assert (report.later_turns, report.follow_up_precision, report.follow_up_recall) == (4, 0.5, 0.5)


def test_precision_of_nothing_told_is_none() -> None:
    report = evaluate_dialogues([TALK], _scripted({}))
    assert report.follow_up_precision is None
    assert report.follow_up_recall == 0.0
    assert "-" in report.table()


def test_each_dialogue_is_a_conversation_of_its_own() -> None:
    opened: list[list[str]] = []

    def open_dialogue() -> Callable[[str], Answered]:
        heard: list[str] = []
        opened.append(heard)

        def ask(text: str) -> Answered:
            heard.append(text)
            return Answered()

        return ask

    evaluate_dialogues([TALK, TALK], open_dialogue)
    assert opened == [[turn.text for turn in TALK.turns]] * 2


def test_rewriting_by_hand_asks_follow_ups_as_if_alone() -> None:
    texts = [turn.text for turn in rewritten_by_hand([TALK])[0].turns]
    assert texts[1] == "công ty phải báo trước mấy ngày"
    assert texts[2] == TALK.turns[2].text


def test_report_goes_into_json() -> None:
    figures = json.loads(json.dumps(evaluate_dialogues([TALK], _scripted({TALK.turns[1].text: Answered((A36,), follows=True)})).to_json()))
    assert figures["follow-ups"] == {"n": 2, "hit@1": 0.5, "hit@3": 0.5}
    assert figures["follow-up detection"] == {"n": 4, "precision": 1.0, "recall": 0.5}


def test_no_dialogue_gives_no_figure() -> None:
    with pytest.raises(NothingJudged):
        evaluate_dialogues([], _scripted({}))


@pytest.mark.parametrize("name", ["dialogues-dev", "dialogues-test"])
def test_sets_of_the_project_are_read(name: str) -> None:
    dialogues = read_dialogues(_SETS / f"{name}.jsonl")
    assert len(dialogues) > 50
    assert all(turn.rewritten for dialogue in dialogues for turn in dialogue.turns if turn.follows)
    assert not any(dialogue.turns[0].follows for dialogue in dialogues)


def _line(**changes: object) -> str:
    turn = {"text": "a", "gold": [{"law": _LAW, "article": "35", "clauses": []}], "procedure": None, "follows": False}
    return json.dumps({"id": "d1", "style": "plain", "turns": [{**turn, **changes}]})


def test_file_is_read_as_written(tmp_path: Path) -> None:
    path = tmp_path / "d.jsonl"
    path.write_text(f"\n{_line()}\n", encoding="utf-8")
    assert read_dialogues(path) == (Dialogue("d1", "plain", (Turn("a", (A35,)),)),)


@pytest.mark.parametrize("line", ["{", _line(follows="perhaps"), _line(gold=[{"law": "?", "article": "35"}])])
def test_bad_line_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "d.jsonl"
    path.write_text(f"{_line()}\n{line}\n", encoding="utf-8")
    with pytest.raises(BadLine) as caught:
        read_dialogues(path)
    assert caught.value.line == 2


def test_same_id_twice_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "d.jsonl"
    path.write_text(f"{_line()}\n{_line()}\n", encoding="utf-8")
    with pytest.raises(DuplicateId):
        read_dialogues(path)


def test_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(SetFileMissing):
        read_dialogues(tmp_path / "none.jsonl")
