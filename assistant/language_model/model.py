"""The port for language models."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

# No list of claims that a person would read needs more.
MAX_OUTPUT_TOKENS = 900
# Vietnamese takes two to three characters a token; the smaller number never counts too little.
_CHARS_A_TOKEN = 2


@dataclass(frozen=True, slots=True)
class Completion:
    """A whole reply; `finish_reason` is "stop". Token counts are estimated from characters where the model tells none."""

    text: str
    finish_reason: str
    input_tokens: int
    output_tokens: int


class LanguageModel(Protocol):
    """Completes a prompt."""

    @property
    def name(self) -> str:
        """What the model is called in logs."""
        ...

    def complete(self, system: str, user: str, schema: Mapping[str, object], deadline_s: float) -> Completion:
        """The whole reply, within `deadline_s` seconds of wall clock; `schema` is the JSON schema that it should fit.

        Raises `ModelTimeout`, `ModelBusy`, `ModelBroken` and `ReplyCutShort`. That the reply fits is not promised.
        """
        ...


def estimated_tokens(text: str) -> int:
    """At most as many tokens as any tokenizer in use makes of `text`, or nearly."""
    return -(-len(text) // _CHARS_A_TOKEN)
