"""What a model claims, read strictly: JSON with a list of claims, each with the tokens of its sources."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.language_model.errors import ReplyMalformed

MAX_CLAIMS = 8
MAX_REPLY_CHARS = 20_000
_MAX_TOKENS = 4


@dataclass(frozen=True, slots=True)
class Claim:
    """One sentence of the model and the tokens of the passages that it names as sources."""

    text: str
    tokens: tuple[str, ...]


class _Claim(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, hide_input_in_errors=True)

    text: str
    tokens: list[str] = Field(max_length=_MAX_TOKENS)


class _Reply(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, hide_input_in_errors=True)

    claims: list[_Claim] = Field(max_length=MAX_CLAIMS)


def claims_schema() -> dict[str, object]:
    """The JSON schema of a reply, in the subset that strict modes of servers take."""
    claim = {
        "type": "object",
        "properties": {"text": {"type": "string"}, "tokens": {"type": "array", "items": {"type": "string"}}},
        "required": ["text", "tokens"],
        "additionalProperties": False,
    }
    return {
        "type": "object",
        "properties": {"claims": {"type": "array", "items": claim}},
        "required": ["claims"],
        "additionalProperties": False,
    }


def parsed_claims(reply: str, model: str) -> tuple[Claim, ...]:
    """The claims of a reply of the model called `model`. Raises `ReplyMalformed` on anything but the form asked for."""
    if len(reply) > MAX_REPLY_CHARS:
        raise ReplyMalformed(model, f"more than {MAX_REPLY_CHARS} characters")
    try:
        read = _Reply.model_validate_json(reply)
    except ValidationError as error:
        # The words of the reply may be those of a citizen.
        raise ReplyMalformed(model, f"not the JSON asked for ({error.error_count()} faults)") from None
    return tuple(Claim(claim.text, tuple(claim.tokens)) for claim in read.claims)
