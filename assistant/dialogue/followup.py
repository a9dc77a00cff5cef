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
_CORRECTION = re.compile(
    r"^(?:(?:không|khong|hông|hong|à|a|ủa|ua)[\s,]*)*(?:(?:nhầm|nham|lộn|lon)[\s,]*|(?:phải|phai)\s+(?P<wrong>[^,]+?)\s*,\s*)?"
    r"(?:(?:ý|y)\s+(?:\w+)\s+(?:là|la)\s+)?(?P<meant>.+?)(?:\s+(?:chứ|chu)\s+(?:không|khong|ko|hông)\s+(?:phải|phai)\s+(?P<not>.+?))?"
    r"(?:\s+(?:cơ|co|mới đúng|moi dung))?\W*$",
    re.IGNORECASE,
)


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


def as_followup(text: str, before: Sequence[PastTurn], *, name_of: NameOf | None = None) -> str | None:
    """`text` as a question that can be understood alone, or None where it stands alone already.

    `text` best has its marks restored. `name_of` gives what people call the document of a number ("Bộ luật Lao động số 45/2019/QH14").
    """
    text = squeeze(text).replace("\n", " ")
    if not before or not text or names_its_law(text):
        return None
    last = next((turn.provisions[0] for turn in reversed(before) if turn.provisions and turn.provisions[0].article), None)
    pointing = with_provision(text, last, name_of or _by_number) if last else None
    if pointing:
        return pointing
    return _combined(text, before) if follow_probability(text, before) >= THRESHOLD else None


def follow_probability(text: str, before: Sequence[PastTurn]) -> float:
    """How likely `text` follows from the turns before, of which there is at least one."""
    seen = follow_features(text, before)
    return 1 / (1 + exp(-CONSTANT - sum(weight * value for weight, value in zip(WEIGHTS, seen, strict=True))))


def follow_features(text: str, before: Sequence[PastTurn]) -> tuple[float, ...]:
    """What deciding sees of a message, in the order of `FEATURES`."""
    lower, previous = squeeze(text).lower(), before[-1]
    # "còn chuyện này nữa, …": what looks like going on is none where a new topic is announced.
    changes = cues.NEW_TOPIC.is_in(lower)
    content, asked = cues.content_words(lower), cues.content_words(previous.asked)
    paper = cues.PAPER.search(lower)
    return (
        float(not changes and (cues.CONTINUES.is_in(lower) or cues.CORRECTS.is_in(lower))),
        float(changes),
        float(cues.ASKS_THE_SAME.is_in(lower)),
        float(not changes and cues.POINTS_BACK.is_in(lower)),
        float(previous.procedure is not None and len(content) <= _WORDS_OF_FIELD and cues.GUIDE_FIELD.is_in(lower)),
        log1p(len(content)),
        len(content & asked) / max(1, len(content)),
        float(paper is not None and fold(paper.group()) not in fold(f"{previous.asked} {previous.procedure}")),
    )


def _combined(text: str, before: Sequence[PastTurn]) -> str:
    """One question of the message and the turn that opened its topic."""
    root, procedure = _root(text, before).asked, before[-1].procedure
    rest, lower = cues.without_connectives(text), text.lower()
    bare, day = apart_from_days(rest)
    if day and len(cues.content_words(cues.without_asking_the_same(bare))) <= 1:
        return f"{apart_from_days(root)[0].rstrip(' ?.!')} {day}?"
    if procedure and len(cues.content_words(rest)) <= _WORDS_TO_GUIDE and cues.GUIDE_FIELD.is_in(lower):
        return f"{procedure}: {rest}"
    if cues.CORRECTS.is_in(lower):
        return _corrected(text, root)
    return _joined(cues.without_announcement(root), text, rest)


def _joined(root: str, text: str, rest: str) -> str:
    """The case of `root` with what is asked now, or a new case with what was asked of the old one."""
    topic, asked = _topic_and_ask(root)
    if not asked or cues.ASK.is_in(cues.without_asking_the_same(text.lower())):
        return f"{topic} — {rest}"
    case = cues.without_asking_the_same(rest)
    replaces = cues.REPLACES.is_in(text.lower()) and len(cues.content_words(case)) >= 2 and not cues.ASK.is_in(topic.lower())
    return f"{case} thì {asked}?" if replaces else f"{topic}, {case} thì {asked}?"


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


def _corrected(text: str, asked: str) -> str:
    """`asked` with the wrong words replaced by those meant, or with those meant in front."""
    match = _CORRECTION.match(text)
    if not match:
        return f"{asked} — {text}"
    wrong = (match["wrong"] or match["not"] or "").strip()
    if wrong and wrong.lower() in asked.lower():
        return re.sub(re.escape(wrong), lambda _: match["meant"], asked, count=1, flags=re.IGNORECASE)
    return f"{match['meant']} — {asked}"


def _by_number(document: str) -> str:
    return f"văn bản số {document}"
