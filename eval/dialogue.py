"""How good a conversation is: are follow-ups told from new topics, and is each turn answered with what it asks for?

A dialogue file has one JSON object a line: id, style, turns. A turn has text, gold (articles, any one is right), procedure (id or null),
follows, and where it follows rewritten: the same question as somebody would ask it alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from corpus.errors import InvalidProvisionId
from corpus.ids import ProvisionId, document_key
from eval.errors import BadLine, DuplicateId, NothingJudged, SetFileMissing
from eval.metrics import mean


@dataclass(frozen=True, slots=True)
class Turn:
    """One message with what answers it; without gold and procedure there is nothing to answer, as for thanks."""

    text: str
    gold: tuple[ProvisionId, ...] = ()
    procedure: str | None = None
    follows: bool = False
    rewritten: str = ""


@dataclass(frozen=True, slots=True)
class Dialogue:
    """The messages of one person, in order."""

    id: str
    style: str
    turns: tuple[Turn, ...]


@dataclass(frozen=True, slots=True)
class Answered:
    """What a turn was given: articles cited, best first; the procedure's id; whether it was taken for a follow-up."""

    articles: tuple[ProvisionId, ...] = ()
    procedure: str | None = None
    follows: bool = False


class Place(StrEnum):
    """Where a turn stands in its dialogue."""

    FIRST = "first turns"
    FOLLOW_UP = "follow-ups"
    NEW_TOPIC = "new topics"


@dataclass(frozen=True, slots=True)
class TurnScores:
    """Over `n` turns that have an answer: the share with a gold article among the first one or three cited, or the gold procedure."""

    n: int
    hit_1: float | None
    hit_3: float | None


@dataclass(frozen=True, slots=True)
class DialogueReport:
    """Scores by place, and of telling follow-ups among the later turns; None where a figure is taken over nothing."""

    by_place: tuple[tuple[Place, TurnScores], ...]
    later_turns: int
    follow_up_precision: float | None
    follow_up_recall: float | None

    def to_json(self) -> dict[str, dict[str, float | int | None]]:
        """The figures by name, ready for `json.dumps`."""
        places = {place.value: {"n": scores.n, "hit@1": scores.hit_1, "hit@3": scores.hit_3} for place, scores in self.by_place}
        told = {"n": self.later_turns, "precision": self.follow_up_precision, "recall": self.follow_up_recall}
        return {**places, "follow-up detection": told}

    def table(self) -> str:
        """Aligned columns for people; "-" where a figure is None."""
        lines = [f"{'turns':<14}{'n':>6}{'hit@1':>9}{'hit@3':>9}"]
        lines += [f"{place:<14}{one.n:>6}{_printed(one.hit_1)}{_printed(one.hit_3)}" for place, one in self.by_place]
        told = f"precision{_printed(self.follow_up_precision)}, recall{_printed(self.follow_up_recall)} (n = {self.later_turns})"
        return "\n".join([*lines, f"follow-ups told: {told}"])


@dataclass(frozen=True, slots=True)
class _Judged:
    place: Place
    # Rank of the first right citation, 1 for the right procedure; None where nothing right was given.
    rank: int | None
    has_answer: bool
    taken_as_follow_up: bool


Ask = Callable[[str], Answered]


def evaluate_dialogues(dialogues: Sequence[Dialogue], open_dialogue: Callable[[], Ask]) -> DialogueReport:
    """The figures of the conversations that `open_dialogue` opens, one for each dialogue, its turns asked in order.

    Raises `NothingJudged` where there is no dialogue.
    """
    if not dialogues:
        raise NothingJudged("dialogues")
    judged: list[_Judged] = []
    for dialogue in dialogues:
        ask = open_dialogue()
        judged += [_judged(number, turn, ask(turn.text)) for number, turn in enumerate(dialogue.turns)]
    later = [one for one in judged if one.place is not Place.FIRST]
    taken, meant = [one for one in later if one.taken_as_follow_up], [one for one in later if one.place is Place.FOLLOW_UP]
    return DialogueReport(
        tuple((place, _scores([one for one in judged if one.place is place and one.has_answer])) for place in Place),
        len(later),
        _share(one.place is Place.FOLLOW_UP for one in taken),
        _share(one.taken_as_follow_up for one in meant),
    )


def rewritten_by_hand(dialogues: Iterable[Dialogue]) -> tuple[Dialogue, ...]:
    """`dialogues` with each follow-up asked as the set's author would ask it alone: the upper bound of any rewriting."""
    return tuple(
        replace(dialogue, turns=tuple(replace(turn, text=turn.rewritten or turn.text) for turn in dialogue.turns)) for dialogue in dialogues
    )


def read_dialogues(path: Path) -> tuple[Dialogue, ...]:
    """The dialogues of a file, in its order. Raises `SetFileMissing`, `BadLine`, `DuplicateId`."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise SetFileMissing(path) from error
    found: dict[str, Dialogue] = {}
    for number, line in enumerate(content.removeprefix(b"\xef\xbb\xbf").splitlines(), start=1):
        if not line.strip():
            continue
        dialogue = _dialogue(path, number, line)
        if dialogue.id in found:
            raise DuplicateId(path, number, dialogue.id)
        found[dialogue.id] = dialogue
    return tuple(found.values())


@dataclass(frozen=True, slots=True)
class _GoldLine:
    law: str
    article: str


@dataclass(frozen=True, slots=True)
class _TurnLine:
    text: str
    gold: tuple[_GoldLine, ...]
    follows: bool
    procedure: str | None = None
    rewritten: str = ""


@dataclass(frozen=True, slots=True)
class _DialogueLine:
    id: str
    style: str
    turns: tuple[_TurnLine, ...]


def _dialogue(path: Path, number: int, line: bytes) -> Dialogue:
    try:
        read = TypeAdapter(_DialogueLine).validate_json(line)
        turns = tuple(Turn(one.text, _articles(one.gold), one.procedure, one.follows, one.rewritten) for one in read.turns)
    except ValidationError as error:
        raise BadLine(path, number, error.errors(include_url=False)[0]["msg"]) from error
    except InvalidProvisionId as error:
        raise BadLine(path, number, f"gold is no article: {error.text!r}") from error
    return Dialogue(read.id, read.style, turns)


def _articles(gold: Iterable[_GoldLine]) -> tuple[ProvisionId, ...]:
    return tuple(ProvisionId(document_key(one.law), one.article.strip().lower()) for one in gold)


def _judged(number: int, turn: Turn, given: Answered) -> _Judged:
    place = Place.FIRST if number == 0 else Place.FOLLOW_UP if turn.follows else Place.NEW_TOPIC
    has_answer = bool(turn.gold or turn.procedure)
    if turn.procedure and given.procedure == turn.procedure:
        return _Judged(place, 1, has_answer, given.follows)
    cited = list(dict.fromkeys(article.of_article for article in given.articles))
    rank = next((rank for rank, article in enumerate(cited, start=1) if article in turn.gold), None)
    return _Judged(place, rank, has_answer, given.follows)


def _scores(judged: Sequence[_Judged]) -> TurnScores:
    within_1, within_3 = (_share(one.rank is not None and one.rank <= k for one in judged) for k in (1, 3))
    return TurnScores(len(judged), within_1, within_3)


def _share(values: Iterable[bool]) -> float | None:
    known = [float(value) for value in values]
    return mean(known) if known else None


def _printed(figure: float | None) -> str:
    return f"{'-':>9}" if figure is None else f"{figure:>9.3f}"
