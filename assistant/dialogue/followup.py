"""Whether a message follows from the turns before, and the question it then asks, made to stand alone.

No language model: cues, shared words, and the build of Vietnamese questions, which first say what is the case and after "thì" what
is asked of it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log1p

from assistant.dialogue import cues
from assistant.dialogue.correcting import asked_of_another, corrected
from assistant.dialogue.courtesy import is_courtesy
from assistant.dialogue.pointing import NameOf, names_its_law, with_provision
from assistant.understanding.days import apart_from_days
from corpus.ids import ProvisionId
from corpus.text import fold, squeeze

FEATURES = ("continues", "new_topic", "asks_the_same", "points_back", "field_of_guide", "log_words", "shared", "other_paper")
# Logistic regression on the 271 later turns of eval/data/dialogues-dev.jsonl, those that point to a provision left out.
WEIGHTS = (1.938, -1.623, 1.918, 2.557, 1.51, -2.784, 2.221, -2.194)
CONSTANT, THRESHOLD = 4.324, 0.5

_THEN = re.compile(r"[\s,]+(?:thì|thi)\s+", re.IGNORECASE)
# A shorter condition is no topic ("Vậy thì").
_SHORTEST_TOPIC = 8
# A guide answers a short message; a longer one brings a case of its own.
_WORDS_OF_FIELD, _WORDS_TO_GUIDE = 3, 4
# A case told in fewer words needs what was told before.
_WORDS_OF_CASE = 4
# A guide's name may say in brackets whom it is for.
_NOTE = re.compile(r"\s*\([^()]*\)$")
_AFTER_ALL = re.compile(r"(?:\s+(?:ạ|vậy|vay|dạ|z|v|nhỉ|hả|ha|nha|nhé|nhe|zậy|dzậy|bạn|ad|ơi))*[\s?!.,]*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PastTurn:
    """A turn that was answered.

    `asked`: the question as understood, marks restored, made to stand alone. `provisions` cited, best first. `procedure`: the name of
    the guide given. `follows`: it followed from the turn before.
    """

    asked: str
    provisions: tuple[ProvisionId, ...] = ()
    procedure: str | None = None
    outcome: str = ""
    follows: bool = False


def as_followup(text: str, before: Sequence[PastTurn], *, name_of: NameOf | None = None, leaning: float = 0.0) -> str | None:
    """`text` as a question that can be understood alone, or None where it stands alone already.

    `text` best has its marks restored. `name_of` gives what people call the document of a number ("Bộ luật Lao động số 45/2019/QH14").
    `leaning`: what else speaks for a follow-up, in log odds (assistant.dialogue.readings).
    """
    text = squeeze(text).replace("\n", " ")
    if not before or not text or names_its_law(text) or is_courtesy(text):
        return None
    if cues.EXPLAIN.is_in(text.lower()):
        return before[-1].asked.strip() or None
    if _opens_other_paper(text.lower(), before[-1]):
        return None
    last = last_cited(before)
    pointing = with_provision(text, last, name_of or _by_number) if last else None
    if pointing:
        return _raised(pointing)
    return _raised(_combined(text, before)) if follow_probability(text, before, leaning) >= THRESHOLD else None


def with_topic(before: Sequence[PastTurn]) -> tuple[PastTurn, ...]:
    """The turns that are about something: all but greetings, thanks, "ok"."""
    return tuple(turn for turn in before if not is_courtesy(turn.asked))


def asks_guide_again(text: str, before: Sequence[PastTurn]) -> bool:
    """Whether a message that follows asks for no more than a field of the guide given last: its fee, its papers, its place."""
    bare, day = apart_from_days(cues.without_connectives(text))
    return bool(before and before[-1].procedure and not day) and _asks_guide_field(text, bare)


def _asks_guide_field(text: str, rest: str) -> bool:
    return len(cues.content_words(rest)) <= _WORDS_TO_GUIDE and cues.GUIDE_FIELD.is_in(text.lower())


def last_cited(before: Sequence[PastTurn]) -> ProvisionId | None:
    """The best citation of the last turn that cites an article; None where none does."""
    return next((turn.provisions[0] for turn in reversed(before) if turn.provisions and turn.provisions[0].article), None)


def follow_probability(text: str, before: Sequence[PastTurn], leaning: float = 0.0) -> float:
    """How likely `text` follows from the turns before, of which there is at least one."""
    seen = follow_features(text, before)
    return 1 / (1 + exp(-leaning - CONSTANT - sum(weight * value for weight, value in zip(WEIGHTS, seen, strict=True))))


def follow_features(text: str, before: Sequence[PastTurn]) -> tuple[float, ...]:
    """What deciding sees of a message, in the order of `FEATURES`."""
    lower, previous = squeeze(text).lower(), before[-1]
    # "còn chuyện này nữa, …": what looks like going on is none where a new topic is announced.
    changes = cues.NEW_TOPIC.is_in(lower)
    content, asked = cues.content_words(lower), cues.content_words(previous.asked)
    return (
        float(not changes and (cues.CONTINUES.is_in(lower) or cues.CORRECTS.is_in(lower))),
        float(changes),
        float(cues.ASKS_THE_SAME.is_in(lower)),
        float(not changes and cues.POINTS_BACK.is_in(lower)),
        float(previous.procedure is not None and len(content) <= _WORDS_OF_FIELD and cues.GUIDE_FIELD.is_in(lower)),
        log1p(len(content)),
        len(content & asked) / max(1, len(content)),
        float(_names_other_paper(lower, previous)),
    )


def _opens_other_paper(lower: str, previous: PastTurn) -> bool:
    """Whether a message names a paper that was not spoken of, with nothing that goes on: 20 of 20 such open a topic in dialogues-dev."""
    goes_on = (cues.CONTINUES, cues.CORRECTS, cues.ASKS_THE_SAME, cues.POINTS_BACK, cues.GOES_BACK)
    return _names_other_paper(lower, previous) and not any(cue.is_in(lower) for cue in goes_on)


def _names_other_paper(lower: str, previous: PastTurn) -> bool:
    paper = cues.PAPER.search(lower)
    return paper is not None and fold(paper.group()) not in fold(f"{previous.asked} {previous.procedure}")


def _combined(text: str, before: Sequence[PastTurn]) -> str:
    """One question of the message and the turn that opened its topic."""
    root, procedure = _root(text, before).asked, before[-1].procedure
    rest, lower = cues.without_connectives(text), text.lower()
    bare, day = apart_from_days(rest)
    if day and len(cues.content_words(cues.without_asking_the_same(bare))) <= 1:
        return f"{_closed(apart_from_days(root)[0])} {day}?"
    if procedure and _asks_guide_field(text, rest):
        return f"{_NOTE.sub('', procedure)}: {_lowered(_closed(rest))}?"
    if cues.CORRECTS.is_in(lower):
        return corrected(text, f"{_lowered(_closed(root))}?")
    return _joined(cues.without_announcement(root), text, rest)


def _joined(root: str, text: str, rest: str) -> str:
    """The case of `root` with what is asked now, or a new case with what was asked of the old one."""
    case = cues.without_asking_the_same(rest)
    other = None if cues.ASK.is_in(case.lower()) else asked_of_another(case, root)
    if other and cues.content_words(case) <= cues.content_words(other):
        return f"{_closed(other)}?"
    topic, asked = _topic_and_ask(other or root)
    if not asked:
        return f"{_closed(topic)}? {_raised(_closed(rest))}?"
    lower = text.lower()
    # "ai được chia" asked of a stepmother would ask who gets her share.
    if cues.ASK.is_in(cues.without_asking_the_same(lower)) or cues.CONFIRMS.is_in(lower) or cues.ASKS_WHO.is_in(asked.lower()):
        return f"{topic}: {_lowered(_closed(rest))}?"
    replaces = cues.REPLACES.is_in(lower) and len(cues.content_words(case)) >= _WORDS_OF_CASE and not cues.ASK.is_in(topic.lower())
    return f"{case} thì {_closed(asked)}?" if replaces else f"{topic}, {_lowered(case)} thì {_closed(asked)}?"


def told_before(text: str, before: Sequence[PastTurn]) -> str:
    """What `text` goes on from: what the last of the turns before asked for itself, or an earlier one that it goes back to."""
    root, last = _root(text, before), before[-1].asked
    if not before[-1].follows or cues.GOES_BACK.is_in(text.lower()):
        return root.asked
    topic = _closed(_topic_and_ask(cues.without_announcement(root.asked))[0])
    own = last[len(topic) :] if last.lower().startswith(topic.lower()) else ""
    return (own.strip(" ,:?!.") if own.startswith((",", ":", "?")) else "") or last


def _root(text: str, before: Sequence[PastTurn]) -> PastTurn:
    """The turn that opened the topic: the last such, or where the text goes back to an earlier one, that which shares most words."""
    roots = [turn for turn in before if not turn.follows] or [before[-1]]
    if cues.GOES_BACK.is_in(text.lower()):
        words = cues.content_words(text)
        return max(reversed(roots), key=lambda turn: len(words & cues.content_words(turn.asked)))
    return roots[-1]


def _topic_and_ask(question: str) -> tuple[str, str]:
    """What a question is about and what it asks of it, parted at its "thì"; the whole and "" where it cannot be parted."""
    question = question.rstrip("?!. ")
    parted = next((match for match in _THEN.finditer(question) if match.start() > _SHORTEST_TOPIC), None)
    if parted is None or "," in question[parted.end() :]:
        return question, ""
    return question[: parted.start()], question[parted.end() :]


def _closed(text: str) -> str:
    """`text` without what people put after a question: "vậy ạ?"."""
    return _AFTER_ALL.sub("", text)


def _raised(text: str) -> str:
    return text[:1].upper() + text[1:]


def _lowered(text: str) -> str:
    """`text` as it stands within a sentence; before another capital, its first word is taken for a part of a name."""
    first, _, others = text.partition(" ")
    return f"{first.lower()} {others}".rstrip() if first.istitle() and not others[:1].isupper() else text


def _by_number(document: str) -> str:
    return f"văn bản số {document}"
