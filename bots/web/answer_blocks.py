"""An answer's text cut into the parts that a page sets apart: quotations, lists, steps, telephone numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from bots.law.dialogue_wording import dialogue_sentences
from bots.law.render import basis_document
from bots.wording import sentences
from corpus.ids import ProvisionId

Json = dict[str, Any]

_QUOTED = "▸ "
_NUMBERED = re.compile(r"\d+\. ")
_TELEPHONE = re.compile(r"\d{3} – ")


@dataclass(frozen=True, slots=True)
class Block:
    """One part. `kind`: text, title, notice, list, steps, telephones, folded (a list to be opened), side, quote, related or basis.

    `head` is its first line or its heading, `lines` what stands below. A quote: first line the document, then warnings and the words of
    the law; `citations` are its provisions. A basis: the documents of the procedure's legal basis.
    """

    kind: str
    head: str
    lines: tuple[str, ...] = ()
    citations: tuple[Json, ...] = ()


def answer_blocks(answer: Json, language: str) -> list[Block]:
    """The parts in order; `answer` has the form of docs/answer.schema.json, `language` is the one it is worded in.

    Left out is what a page shows in its own way: the line of what was understood, and what is to be chosen from, which are buttons.
    """
    said = dialogue_sentences(language)
    understood = sentences(language).understood_as.format(text=answer["question"]["restored"])
    readings = [said.routes[option] for option in answer["options"]]
    cases = [option["label"] for option in answer["asked_back"]["options"]] if answer["asked_back"] else []
    quoted = iter(_by_text(answer["citations"]))
    blocks = []
    for head, lines in _paragraphs(answer["answer"]):
        named = [_bare(line) for line in lines]
        if head.startswith(_QUOTED):
            blocks.append(_quotation(head, lines, next(quoted, ())) if lines else _side(head))
        elif head != understood and not head.startswith(said.options_heading) and (not lines or named != cases):
            blocks.append(_block(head, () if named == readings else lines, answer, language))
    return blocks


def _paragraphs(text: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each line that begins at the margin, with the indented ones below it."""
    paragraphs: list[tuple[str, list[str]]] = []
    for line in filter(str.strip, text.splitlines()):
        if line.startswith("  ") and paragraphs:
            paragraphs[-1][1].append(line.strip())
        else:
            paragraphs.append((line.strip(), []))
    return ((head, tuple(lines)) for head, lines in paragraphs)


def _block(head: str, lines: tuple[str, ...], answer: Json, language: str) -> Block:
    words, heading = sentences(language), head.removesuffix(":")
    if not lines:
        name = answer["procedure"]["name"] if answer["procedure"] else ""
        is_title = bool(name) and head == words.procedure_heading.format(name=name)
        return Block("title" if is_title else "notice" if head == words.machine_notice else "text", head)
    if head == words.related_heading:
        return Block("related", heading)
    if heading == words.basis_heading and answer["procedure"]:
        return Block("basis", heading, tuple(basis_document(one["title"], one["document"]) for one in answer["procedure"]["legal_basis"]))
    return Block(_kind_of_list(heading, lines, language), heading, tuple(_bare(line) for line in lines))


def _kind_of_list(heading: str, lines: Sequence[str], language: str) -> str:
    words = sentences(language)
    if all(map(_TELEPHONE.match, lines)):
        return "telephones"
    if all(map(_NUMBERED.match, lines)):
        return "steps"
    return "folded" if heading in (words.notes_heading, words.unchecked_heading) else "list"


def _bare(line: str) -> str:
    return _NUMBERED.sub("", line.removeprefix("- "), count=1)


def _side(head: str) -> Block:
    """One side of a comparison: unlike a quotation it has no document below it."""
    name, _, what = head.removeprefix(_QUOTED).partition(": ")
    return Block("side", name, (what,))


def _quotation(head: str, lines: tuple[str, ...], citations: Sequence[Json]) -> Block:
    url = next((one["url"] for one in citations if one["url"]), "")
    document = lines[0].removesuffix(f"; {url}") if lines else ""
    return Block("quote", head.removeprefix(_QUOTED), (document, *lines[1:]), tuple(citations))


def _by_text(citations: Sequence[Json]) -> list[list[Json]]:
    """Citations in runs of one text of an article, as the answer quotes them."""
    runs: list[list[Json]] = []
    for one in citations:
        if runs and _text(runs[-1][0]) == _text(one):
            runs[-1].append(one)
        else:
            runs.append([one])
    return runs


def _text(citation: Json) -> tuple[ProvisionId, str | None]:
    return ProvisionId.parse(citation["provision"]).of_article, citation["valid_from"]
