"""The words that tell what a group of letters is about, against other groups: class-based TF-IDF (Grootendorst, arXiv:2203.05794)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from math import log1p

from corpus.tables import read_table
from corpus.text import fold, is_accented, modern_tones, words

_TERMS = 8
# A term stands in so many letters of its group: what only one or two wrote may be somebody's name.
_LETTERS = 3
# Words of one letter that begin a word of two syllables: y tế, ô nhiễm.
_SHORT = frozenset("yôo")
# A pair says more than its parts, which are counted at least as often.
_PAIR_FACTOR = 2.0


def telling_terms(groups: Sequence[Sequence[tuple[str, float]]]) -> list[tuple[str, ...]]:
    """For each group of texts with weights at most 8 words and pairs of words, the most telling first.

    What is typed without marks counts as what most write who write marks; figures and words of data/theme-stop-words.yaml are in none.
    """
    spelling = _spelling(text for group in groups for text, _ in group)
    stop = frozenset(read_table("assistant.insight", "theme-stop-words.yaml")["words"].split())
    read = [[(_terms(text, spelling, stop), weight) for text, weight in group] for group in groups]
    counts = [_counts(group) for group in read]
    total = sum(counts, Counter[str]())
    mean = sum(total.values()) / max(1, len(groups))
    return [_best(group, one, total, mean) for group, one in zip(read, counts, strict=True)]


def _best(
    group: Sequence[tuple[Sequence[str], float]], counts: Mapping[str, int], total: Mapping[str, int], mean: float
) -> tuple[str, ...]:
    having = Counter(term for terms, _ in group for term in set(terms))
    scores = {term: count * log1p(mean / total[term]) for term, count in counts.items() if having[term] >= _LETTERS}
    ranked = sorted(scores, key=lambda term: (-scores[term] * (_PAIR_FACTOR if " " in term else 1), term))
    chosen: list[str] = []
    for term in ranked:
        if len(chosen) < _TERMS and not any(_overlap(term, other) for other in chosen):
            chosen.append(term)
    return tuple(chosen)


def _counts(group: Sequence[tuple[Sequence[str], float]]) -> Counter[str]:
    """How often each term stands there; a text of weight 2 counts twice, every text at least once."""
    counts: Counter[str] = Counter()
    for terms, weight in group:
        for term in terms:
            counts[term] += max(1, round(weight))
    return counts


def _terms(text: str, spelling: Mapping[str, str], stop: frozenset[str]) -> list[str]:
    """The words and pairs of `text` as they are to be shown, but for those with a stop word."""
    has_marks = is_accented(text)
    spelled = (term if has_marks else spelling.get(term, term) for term in _written(text))
    return [term for term in spelled if stop.isdisjoint(term.split())]


def _spelling(texts: Iterable[str]) -> dict[str, str]:
    """Folded term → as most write it who write marks."""
    written: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for text in filter(is_accented, texts):
        for term in _written(text):
            written[fold(term)][term] += 1
    return {folded: min(forms, key=lambda form: (-forms[form], form)) for folded, forms in written.items()}


def _written(text: str) -> Iterator[str]:
    """Words without figures and pairs of neighbours, small letters."""
    found = [word if word.isalpha() and (len(word) > 1 or word in _SHORT) else "" for word in words(modern_tones(text).lower())]
    yield from (word for word in found if len(word) > 1)
    yield from (f"{one} {other}" for one, other in pairwise(found) if one and other)


def _overlap(term: str, other: str) -> bool:
    return bool(set(term.split()) & set(other.split()))
