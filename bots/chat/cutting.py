"""Text in Telegram's HTML, cut into messages. https://core.telegram.org/bots/api#html-style"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

# In UTF-16 code units of the text shown, without tags. https://core.telegram.org/bots/api#sendmessage
LONGEST_TEXT = 4_096

_TOKEN = re.compile(r"</?[a-z][^>]*>|&(?:[a-z]+|#\d+|#x[0-9a-f]+);|.", re.DOTALL | re.IGNORECASE)
_TAG = re.compile(r"<(/?)([a-z]+)[^>]*>", re.IGNORECASE)
# Where a text may be cut, the best first: after a paragraph, a line (a clause of the law), a sentence (not after "1."), a word.
_BORDERS = tuple(map(re.compile, (r"\n\s*\n", r"\n", r"(?<!\d)[.;:!?…]\s", r"\s")))
# A border that comes earlier than this part of a message would leave it nearly empty.
_EARLIEST = 0.25
# What belongs to the character before it, besides combining marks: joiners and variants of emoji.
_JOINED = "\u200d\ufe0e\ufe0f"


@dataclass(frozen=True, slots=True)
class _Token:
    """A tag, which shows nothing, or one character as written in HTML."""

    source: str
    shown: str


def units(text: str) -> int:
    """The length in UTF-16 code units, as Telegram counts."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def shown_text(markup: str) -> str:
    """What is read of a text in HTML."""
    return "".join(token.shown for token in _tokens(markup))


def cut(markup: str, limit: int = LONGEST_TEXT) -> list[str]:
    """The text in pieces that each show at most `limit` UTF-16 units, tags closed at a cut and opened again; none of blanks alone.

    Only a word longer than three quarters of a piece is cut within.
    """
    tokens = _tokens(markup)
    shown = "".join(token.shown for token in tokens)
    # At which place of what is shown each token begins.
    places = [0, *accumulate(len(token.shown) for token in tokens)]
    pieces, begun, open_tags = [], 0, ""
    for end in _ends(shown, limit):
        stop = _stop(tokens, places, begun, end)
        source = open_tags + "".join(token.source for token in tokens[begun:stop])
        open_tags, closing = _still_open(source)
        if any(token.shown.strip() for token in tokens[begun:stop]):
            pieces.append(f"{source.rstrip()}{closing}" if closing else source.strip())
        begun = stop
    return pieces


def label_within(text: str, limit: int) -> str:
    """A text on one line, of whole words, at most `limit` characters with the dots that mark what is missing."""
    line = " ".join(text.split())
    if len(line) <= limit:
        return line
    beginning = line[: limit - 1]
    blank = beginning.rfind(" ") if line[limit - 1].isalnum() else len(beginning)
    return beginning[: blank if blank > limit // 2 else len(beginning)].rstrip(" ,;:–-(") + "…"


def _tokens(markup: str) -> list[_Token]:
    sources = _TOKEN.findall(markup)
    return [_Token(source, "" if _TAG.fullmatch(source) else html.unescape(source) if source[0] == "&" else source) for source in sources]


def _ends(shown: str, limit: int) -> Iterator[int]:
    """Where each piece ends in what is shown."""
    begun = 0
    while begun < len(shown):
        begun = _end(shown, begun, limit)
        yield begun
    if not shown:
        yield 0


def _end(shown: str, begun: int, limit: int) -> int:
    fits = _fits(shown, begun, limit)
    if fits == len(shown):
        return fits
    earliest = begun + int((fits - begun) * _EARLIEST)
    for border in _BORDERS:
        last = max((found.end() for found in border.finditer(shown, begun, fits)), default=0)
        if last > earliest:
            return last
    while fits > begun + 1 and (unicodedata.combining(shown[fits]) or shown[fits] in _JOINED or shown[fits - 1] == _JOINED[0]):
        fits -= 1
    return fits


def _fits(shown: str, begun: int, limit: int) -> int:
    """The farthest end of a piece; at least one character."""
    end = min(len(shown), begun + limit)
    while end > begun + 1 and units(shown[begun:end]) > limit:
        end -= max(1, (units(shown[begun:end]) - limit) // 2)
    return end


def _stop(tokens: Sequence[_Token], places: Sequence[int], begun: int, end: int) -> int:
    """The first token of the next piece; tags that close right at the end still belong to this one."""
    stop = begun
    while stop < len(tokens) and places[stop + 1] <= end and (places[stop] < end or tokens[stop].source.startswith("</")):
        stop += 1
    # Behind the last character nothing may be left over.
    return len(tokens) if end == places[-1] else stop


def _still_open(source: str) -> tuple[str, str]:
    """The tags that a piece leaves open, as they are opened and as they are closed."""
    stack: list[tuple[str, str]] = []
    for tag in _TAG.finditer(source):
        if tag.group(1):
            stack.pop()
        else:
            stack.append((tag.group(), tag.group(2)))
    return "".join(opened for opened, _ in stack), "".join(f"</{name}>" for _, name in reversed(stack))
