"""Language models that follow a script: one that keeps to the law, one that lies, one that breaks, one that obeys anybody."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from assistant.language_model.claims import MAX_CLAIMS
from assistant.language_model.errors import ModelTimeout, ReplyCutShort
from assistant.language_model.model import Completion, estimated_tokens
from assistant.language_model.verify import MAX_CHARS, MIN_WORDS
from corpus.text import words
from eval.frames import frames

_NUMBER = re.compile(r"\d+")
_SENTENCE_END = re.compile(r"(?<=\.)\s+(?=[A-ZĐ])")
_LISTED = "- "
_TRUTHS = 3

# Token and text of each passage, as the prompt has them.
Passages = Mapping[str, str]
# A sentence and the tokens named as its sources.
Claim = tuple[str, Sequence[str]]


class Script(StrEnum):
    """What a scripted model does."""

    HONEST = "honest"
    LIAR = "liar"
    BROKEN = "broken"


@dataclass
class ScriptedModel:
    """Replies as `script` says; `lies` holds every false claim that it made, in order."""

    script: Script
    lies: list[str] = field(default_factory=list)
    calls: int = 0

    @property
    def name(self) -> str:
        """What the model is called in logs."""
        return f"scripted/{self.script.value}"

    def complete(self, system: str, user: str, schema: Mapping[str, object], deadline_s: float) -> Completion:  # noqa: ARG002
        """The reply; of the broken one every third call times out, every third is cut short, the rest is half of the JSON."""
        self.calls += 1
        passages = passages_in(user)
        if self.script is Script.BROKEN:
            return self._broken(passages, deadline_s)
        told = true_claims(passages)
        if self.script is Script.LIAR:
            false = false_claims(told)
            self.lies += [text for text, _ in false]
            told = [*false, *told][:MAX_CLAIMS]
        return completed(reply_of(told), user)

    def _broken(self, passages: Passages, deadline_s: float) -> Completion:
        if self.calls % 3 == 1:
            raise ModelTimeout(self.name, deadline_s)
        if self.calls % 3 == 2:
            raise ReplyCutShort(self.name, None)
        whole = reply_of(true_claims(passages))
        return completed(whole[: len(whole) // 2], "")


@dataclass
class ObedientModel:
    """Says `said`, at most eight of them, each of every passage: what a model would that does as strangers tell it."""

    said: Sequence[str] = ()
    calls: int = 0

    @property
    def name(self) -> str:
        """What the model is called in logs."""
        return "scripted/obedient"

    def complete(self, system: str, user: str, schema: Mapping[str, object], deadline_s: float) -> Completion:  # noqa: ARG002
        """The reply."""
        self.calls += 1
        tokens = list(passages_in(user))[:4]
        return completed(reply_of([(text, tokens) for text in self.said[:MAX_CLAIMS]]), user)


def true_claims(passages: Passages) -> list[Claim]:
    """The first sentence of each of the first passages, word for word."""
    claims: list[Claim] = [(_first_sentence(text), (token,)) for token, text in passages.items()]
    return [claim for claim in claims if claim[0]][:_TRUTHS]


def false_claims(true: Sequence[Claim]) -> list[Claim]:
    """Of the first true claim: another number, another law, no source, an unknown source, and the opposite."""
    if not true:
        return []
    (text, tokens), lies = true[0], frames().lies
    plain, number = text.rstrip(".;"), _NUMBER.search(text)
    lowered = f"{text[0].lower()}{text[1:]}"
    changed = f"{text[: number.start()]}{int(number[0]) + 173}{text[number.end() :]}" if number else lies["number_added"].format(plain)
    return [
        (changed, tokens),
        (lies["other_law"].format(lowered), tokens),
        (lies["without_source"].format(plain), ()),
        (lies["unknown_source"].format(plain), ("Q2Q",)),
        (lies["denied"].format(lowered), tokens),
    ]


def passages_in(user: str) -> dict[str, str]:
    """The passages of a prompt, by token."""
    return {one["token"]: one["text"] for one in json.loads(user)["passages"]}


def reply_of(claims: Sequence[Claim]) -> str:
    """The JSON that a model is asked for."""
    return json.dumps({"claims": [{"text": text, "tokens": list(tokens)} for text, tokens in claims]}, ensure_ascii=False)


def completed(text: str, user: str) -> Completion:
    """A whole reply, its tokens estimated."""
    return Completion(text, "stop", estimated_tokens(user), estimated_tokens(text))


def _first_sentence(passage: str) -> str:
    """The first sentence; where it leads into a list, with the first entry of that."""
    said: list[str] = []
    for line in passage.splitlines():
        said.append(_SENTENCE_END.split(line.strip().removeprefix(_LISTED))[0])
        if not said[-1].endswith(":"):
            break
    sentence = " ".join(said).rstrip(";")
    return sentence if len(words(sentence)) >= MIN_WORDS and not sentence.endswith(":") and len(sentence) <= MAX_CHARS else ""
