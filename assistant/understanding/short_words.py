"""Short messages that say what they are about by a name alone: the guides that they name, and messages without any matter."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Self

from corpus.tables import read_table
from corpus.text import folded_syllables
from corpus.types import Procedure

_Words = tuple[str, ...]

# A single word left of a name ("chết" of "làm giấy chết") could mean anything.
_FEWEST_WORDS = 2
# In a longer message an act may be told that is not the one asked about: "đã ly hôn, giờ cưới lại thì phải nộp gì".
_SHORT = 5
_LISTS = ("before", "behind", "light", "registering", "empty")
# "Xóa cuộc trò chuyện này giúp tôi", and nothing else.
_ERASE = re.compile(
    r"(?:(?:xin|hay|toi|em|minh|muon|vui long|please|can you|lam on|giup|cho) )*(?:xoa|huy|delete|erase|clear)"
    r"(?: (?:giup|ho|het|toan bo|di|cho|toi|em|minh|cac|nhung|my|this|our|the))*"
    r" (?:cuoc|doan|lich su|noi dung)? ?(?:tro chuyen|hoi thoai|chat|tin nhan|conversation|chat history|messages?)"
    r"(?: (?:nay|giup|ho|di|cua toi|toi|em|minh|voi|nhe|a|please|history|tren day|o day))*"
)


def wants_erased(text: str) -> bool:
    """Whether `text` asks for this conversation to be deleted, and nothing else."""
    return bool(_ERASE.fullmatch(" ".join(folded_syllables(text))))


@dataclass(frozen=True, slots=True)
class ShortWords:
    """The project's table of the words around a name."""

    before: frozenset[_Words]
    behind: frozenset[_Words]
    light: frozenset[_Words]
    registering: frozenset[_Words]
    empty: frozenset[_Words]
    turning: Mapping[_Words, frozenset[_Words]]

    @classmethod
    def load(cls) -> Self:
        """The table shipped with the project."""
        table = read_table("assistant.understanding", "short-words.yaml")
        turning = {tuple(act.split()): frozenset(_phrases(said)) for act, said in table["turning"].items()}
        before, behind, light, registering, empty = (frozenset(_phrases(table[name])) for name in _LISTS)
        return cls(before, behind, light, registering, empty, turning)

    def has_no_matter(self, text: str) -> bool:
        """Whether `text` consists of nothing but words that ask, answer or join: "nộp ở đâu", "không"."""
        said = folded_syllables(text)
        return bool(said) and max(_reached(said, self.empty)) == len(said)

    def turns_from(self, text: str, guide: Procedure) -> bool:
        """Whether `text` speaks of another act than `guide`: of registering where the guide deletes, or the other way round."""
        asked, name, core = folded_syllables(text), folded_syllables(guide.name), self._core(text)
        for act, said in self.turning.items():
            if tuple(name[: len(act)]) == act and not any(_holds(asked, one) for one in said):
                return True
            called = (guide.name, *guide.also_called)
            if len(core) <= _SHORT and _holds(core, act) and not any(_holds(folded_syllables(one), act) for one in called):
                return True
        return False

    def are_of(self, text: str, guide: Procedure) -> bool:
        """Whether what `text` is about stands word for word in the names of `guide`."""
        named = {word for name in (guide.name, *guide.also_called) for word in folded_syllables(name)}
        return named.issuperset(self._core(text))

    def _core(self, text: str) -> _Words:
        return min(self.cores(folded_syllables(text)), key=len, default=())

    def cores(self, words: Sequence[str]) -> Iterator[_Words]:
        """`words` without what may stand around a name, as little as possible of it left out first."""
        starts = _reached(words, self.before)
        ends = _reached(words[::-1], frozenset(phrase[::-1] for phrase in self.behind))
        spans = [(start, len(words) - end) for start in starts for end in ends if start < len(words) - end]
        yield from (tuple(words[start:end]) for start, end in sorted(spans, key=lambda span: span[0] - span[1]))

    def without_light(self, words: _Words, *, registering: bool = True) -> _Words:
        """`words` without what a name may lack at its front; `registering`: also without "đăng ký"."""
        return words[max(_reached(words, self.light | self.registering if registering else self.light)) :]


class GuideNames:
    """Guides by their names and by what else people call them.

    `spelled`: how chat spelling is written out, since a message may be looked up before or after that.
    """

    def __init__(self, procedures: Iterable[Procedure], words: ShortWords, spelled: Callable[[str], str]) -> None:
        self._words = words
        # The project's own guides first, then the general before the special: it has the shorter name.
        ordered = sorted(procedures, key=lambda one: (not one.is_guide, len(one.name.split())))
        named = [(form, name, guide) for guide in ordered for name in (guide.name, *guide.also_called) for form in {name, spelled(name)}]
        self._exact = _by_words((tuple(folded_syllables(form)), guide) for form, _, guide in named)
        light = ((words.without_light(tuple(folded_syllables(form)), registering=name == guide.name), guide) for form, name, guide in named)
        self._light = _by_words((name, guide) for name, guide in light if len(name) >= _FEWEST_WORDS)

    def find(self, text: str) -> tuple[Procedure, ...]:
        """The guides that `text`, with or without marks, names and nothing else; the longest name wins; empty where it names none."""
        cores = list(self._words.cores(folded_syllables(text)))
        exact = next((found for core in cores if (found := self._exact.get(core))), ())
        return exact or next((found for core in cores if (found := self._light.get(self._words.without_light(core)))), ())


def _by_words(named: Iterable[tuple[_Words, Procedure]]) -> Mapping[_Words, tuple[Procedure, ...]]:
    found: defaultdict[_Words, dict[str, Procedure]] = defaultdict(dict)
    for name, guide in named:
        found[name].setdefault(guide.id, guide)
    return {name: tuple(guides.values()) for name, guides in found.items()}


def _phrases(listed: str) -> Iterator[_Words]:
    return (tuple(phrase.split()) for phrase in listed.split(","))


def _holds(words: Sequence[str], phrase: _Words) -> bool:
    return any(tuple(words[start : start + len(phrase)]) == phrase for start in range(len(words)))


def _reached(words: Sequence[str], phrases: frozenset[_Words]) -> list[int]:
    """How many words from the front can be left out, being `phrases` in a row; always also none."""
    longest = max(map(len, phrases), default=0)
    reached = {0}
    for end in range(1, len(words) + 1):
        if any(start in reached and tuple(words[start:end]) in phrases for start in range(max(0, end - longest), end)):
            reached.add(end)
    return sorted(reached)
