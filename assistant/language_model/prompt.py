"""The prompt: passages under tokens that nobody can guess, and what the citizen wrote as data."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from random import Random

from assistant.answering.types import Citation
from assistant.answering.understand import cleaned
from assistant.language_model.mentions import has_contact
from assistant.language_model.verify import Passage
from corpus.text import fold
from corpus.types import Validity

# Neither vowels nor what looks alike: a token is never a word, and no digit is read as a letter.
_LETTERS, _DIGITS = "BCDFGHKMNPQRTVWX", "2345679"
LANGUAGES = ("vi", "en")
_LIST_MARK = re.compile(r"^(?:\d{1,3}[a-zđ]{0,2}\s?[.)](?!\d)|[a-zđ]\d{0,2}\s?[).])\s*", re.MULTILINE)
_CLAUSE_MARK = re.compile(r"\d{1,3}[a-zđ]{0,2}\s?[.)](?!\d)")
# Law speaks to people. What speaks to a machine, hides characters or holds markup was put there by somebody else.
_TO_A_MACHINE = re.compile(
    r"\b(?:tro ly|chatbot|tri tue nhan tao|mo hinh ngon ngu|tra loi tu dong|bo phan tra loi|nguoi tra loi|may doc|phien tra cuu"
    r"|cac may|doi ten thanh|khi (?:dan nguon|co nguoi hoi)|moi trich dan|nguoi dung:|lenh cho may|nhiem vu moi|doc nguoc"
    r"|doc tu phai sang trai|viet nguoc|giai ma|phan mem (?:in|tra|giai|phai)|assistant|instruction|language model|system"
    r"|prompt|ignore|reply with|retrieval|output)\b"
)
_INVISIBLE_OR_MARKUP = re.compile(
    r"[\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\U000e0000-\U000e007f<>{}`|]|[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]"
    r"|[A-Za-z0-9+/]{24,}=*|[A-ZĐ]{2,}-[A-ZĐ0-9-]{2,}\b(?!/)"
)


@dataclass(frozen=True, slots=True)
class Prompt:
    """What goes to a model, and the passages behind its tokens."""

    system: str
    user: str
    passages: Mapping[str, Passage]


def passages_of(citations: Sequence[Citation]) -> tuple[Passage, ...]:
    """The quotations that a model may use; those that speak to a machine instead of people are left out.

    The words that lead into a list of clauses stand before the first one quoted only; here every clause of the list has them.
    """
    openings: dict[object, str] = {}
    made = []
    for citation in citations:
        article, text = citation.provision.of_article, citation.quote
        opening, _, rest = text.partition("\n")
        if opening.endswith(":") and not _CLAUSE_MARK.match(opening) and _CLAUSE_MARK.search(rest):
            openings[article] = opening
        elif article in openings and _CLAUSE_MARK.match(text):
            text = f"{openings[article]}\n{text}"
        made.append(Passage(citation.provision, text, Validity(citation.valid_from, citation.valid_to)))
    return tuple(passage for passage in made if not speaks_to_a_machine(passage.text))


def speaks_to_a_machine(text: str) -> bool:
    """Whether `text` holds what no text of law does: words for a model, markup, links, hidden characters, codes."""
    return bool(_INVISIBLE_OR_MARKUP.search(text) or _TO_A_MACHINE.search(fold(text))) or has_contact(text)


def prompt_of(question: str, passages: Sequence[Passage], language: str, random: Random) -> Prompt:
    """The prompt in `language` ("vi" or "en"; any other is taken for "vi") with fresh tokens, passages in random order."""
    ordered = random.sample(passages, len(passages))
    by_token = dict(zip(_tokens(len(ordered), random), ordered, strict=True))
    # As a string of JSON nothing that was typed can end the data.
    user = {
        "question": cleaned(question),
        "passages": [{"token": token, "text": _LIST_MARK.sub("- ", passage.shown)} for token, passage in by_token.items()],
    }
    name = f"answer.{language if language in LANGUAGES else LANGUAGES[0]}.md"
    system = (files("assistant.language_model") / "prompts" / name).read_text(encoding="utf-8")
    return Prompt(system, json.dumps(user, ensure_ascii=False, indent=1), by_token)


def _tokens(count: int, random: Random) -> list[str]:
    """Different tokens such as "N7K"."""
    tokens: dict[str, None] = {}
    while len(tokens) < count:
        tokens[random.choice(_LETTERS) + random.choice(_DIGITS) + random.choice(_LETTERS)] = None
    return list(tokens)
