"""A chat as readable Markdown: who, text, buttons; the same for the same chat in every run."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from tests.telegram.emulator.rich_text import Entity, RichText, units
from tests.telegram.emulator.seen import Event, Happening, Seen

_MARKS = {"bold": ("**", "**"), "italic": ("_", "_"), "underline": ("<u>", "</u>"), "strikethrough": ("~~", "~~"), "code": ("`", "`")}
_QUOTES = {"blockquote", "expandable_blockquote"}
_SPECIAL = re.compile(r"([\\`*_\[\]<>#~|])")
_LIST = re.compile(r"^(\s*)([-+]|\d+(?=[.)]))")


def transcript(events: Iterable[Event], title: str, known_as: Mapping[str, str]) -> str:
    """Markdown of what happened; `known_as` puts a fixed word for what differs between runs, such as a code."""
    written = "\n\n".join("\n".join(_event(event)) for event in events)
    for found, said in known_as.items():
        written = written.replace(found, said)
    return f"# {title}\n\n{written}\n"


def _event(event: Event) -> Iterator[str]:
    if event.kind is Happening.TAPPED:
        yield f"*{escaped(event.who)} taps* {_button(event.text)}"
    elif event.kind is Happening.NOTICED:
        yield f"*{escaped(event.who)} is shown:* {escaped(event.text)}"
    elif event.kind is Happening.DID:
        yield f"*{escaped(event.who)} {escaped(event.text)}*"
    elif event.message:
        yield f"**{escaped(event.who)}**{_manner(event.kind)}:"
        yield ">"
        yield from _said(event.message)


def _manner(kind: Happening) -> str:
    return {Happening.EDITED: " (changes the message to)", Happening.DELETED: " (takes the message away)"}.get(kind, "")


def _said(message: Seen) -> Iterator[str]:
    has_words = message.text != message.attached
    parts = [escaped(message.attached)] * bool(message.attached) + [as_markdown(message.body)] * has_words
    lines = "\n".join(parts).split("\n")
    for number, line in enumerate(lines):
        # A backslash keeps the line break within a paragraph.
        goes_on = number + 1 < len(lines) and line.strip(" >") and lines[number + 1].strip(" >")
        yield f"> {line}\\" if goes_on else f"> {line}".rstrip()
    for row in message.buttons:
        yield ">"
        yield "> " + " ".join(_button(label) for label in row)


def _button(label: str) -> str:
    return f"`[ {label.replace('`', chr(39))} ]`"


def escaped(text: str) -> str:
    """The text so that Markdown shows it as it is."""
    return "\n".join(_LIST.sub(_as_text, line) for line in _SPECIAL.sub(r"\\\1", text).split("\n"))


def _as_text(start: re.Match[str]) -> str:
    space, mark = start.groups()
    return f"{space}{mark}\\" if mark.isdigit() else f"{space}\\{mark}"


def as_markdown(rich: RichText) -> str:
    """The text with its formatting as Markdown; quoted lines begin with `>`."""
    marked = [entity for entity in rich.entities if entity.kind in _MARKS or entity.kind == "text_link"]
    quotes = [entity for entity in rich.entities if entity.kind in _QUOTES]
    lines, place = [], 0
    for line in rich.text.split("\n"):
        is_quoted = any(quote.offset <= place < quote.end for quote in quotes)
        lines.append(("> " if is_quoted else "") + _line(line, place, marked))
        place += units(line) + 1
    return "\n".join(lines)


def _line(line: str, start: int, entities: Sequence[Entity]) -> str:
    """One line; a span over several lines is marked in each."""
    end = start + units(line)
    cut = [(max(one.offset, start), min(one.end, end), one) for one in entities if one.offset < end and one.end > start]
    written, place, kept = "", start, ""
    for character in line:
        marks = _closing(cut, place) + _opening(cut, place)
        if marks:
            written, kept = written + escaped(kept) + marks, ""
        kept += character
        place += units(character)
    return written + escaped(kept) + _closing(cut, place)


def _opening(cut: Sequence[tuple[int, int, Entity]], place: int) -> str:
    starting = sorted((one for one in cut if one[0] == place), key=lambda one: -one[1])
    return "".join("[" if entity.kind == "text_link" else _MARKS[entity.kind][0] for _, _, entity in starting)


def _closing(cut: Sequence[tuple[int, int, Entity]], place: int) -> str:
    ending = sorted((one for one in cut if one[1] == place), key=lambda one: -one[0])
    return "".join(f"]({entity.url})" if entity.kind == "text_link" else _MARKS[entity.kind][1] for _, _, entity in ending)
