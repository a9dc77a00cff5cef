"""How well themes hold: `python -m eval.themes FILE.jsonl … [--size N …]`, over files in the form of `dienhong eval feedback`.

With sizes the time and memory of that many letters are measured too, drawn from the first file with a little noise. Left out is what
never comes to themes: letters sealed, or that a machine would seal, and spam. Fields are those a machine suggests; the field that stands
in the file is the reference, and so is `family` (letters of one situation).
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import combinations
from pathlib import Path

import numpy as np
from pydantic import ValidationError

from assistant.bootstrap import Parts
from assistant.feedback.suggesting.classify import Classifier
from assistant.feedback.types import Kind
from assistant.insight.themes import ThemeLetter, Themes, agreement, runs_over_parts, themes
from assistant.settings import Settings
from embeddings.encoder import Encoder
from eval.errors import BadLine, SetFileMissing
from eval.feedback import JudgedLetter

_SEED, _SMALLEST = 1, 5
_DRAWS, _DRAWN_SHARE = 3, 0.9
_NOISE = 0.02


class FamilyLetter(JudgedLetter):
    """A letter with the situation that it is about."""

    family: str = ""


@dataclass(frozen=True, slots=True)
class ThemesReport:
    """How themes over `n` letters did.

    `stability`: mean adjusted Rand index of five runs over 80 % of the letters; `stability_grouped`: on letters that both runs put into a
    theme; `after_leaving_out`: of three runs over 90 % with the run over all; `after_shuffling`: of the same letters in another order.
    `field_agreement`: with the true fields, `family_agreement`: with the situations of at least five letters; a letter in no theme is then
    alone (adjusted Rand index, all of them). `purity`: the share of grouped letters that have the commonest true field of their theme.
    `families_together`: of pairs of letters of one situation those in one theme. `seconds`: of finding the themes once, with `stability`.
    """

    n: int
    themes: int
    largest: int
    ungrouped: float
    stability: float
    stability_grouped: float
    after_leaving_out: float
    after_shuffling: float
    field_agreement: float
    family_agreement: float
    purity: float
    families_together: float
    seconds: float


@dataclass(frozen=True, slots=True)
class SizeReport:
    """What finding the themes of `n` letters took. `peak_mb`: the most memory that the process has held so far, encoder included."""

    n: int
    themes: int
    seconds: float
    peak_mb: int


def read_family_letters(path: Path) -> list[FamilyLetter]:
    """The letters of a file. Raises `SetFileMissing`, `BadLine`."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise SetFileMissing(path) from error
    letters = []
    for place, line in enumerate(lines, start=1):
        try:
            letters.append(FamilyLetter.model_validate_json(line))
        except ValidationError as error:
            raise BadLine(path, place, error.errors()[0]["msg"]) from error
    return letters


def theme_letters(judged: Sequence[FamilyLetter], encoder: Encoder, classifier: Classifier) -> list[ThemeLetter]:
    """The letters that may come to themes, numbered by their place in `judged`."""
    vectors = encoder.encode_queries([letter.text for letter in judged])
    letters = []
    for number, (letter, vector) in enumerate(zip(judged, vectors, strict=True)):
        seen = classifier.classify(letter.text, vector)
        if letter.sealed or seen.seal or Kind.SPAM in letter.kinds:
            continue
        letters.append(ThemeLetter(number, letter.text, vector, fields=tuple((one.value, one.score) for one in seen.field)))
    return letters


def measure_themes(judged: Sequence[FamilyLetter], letters: Sequence[ThemeLetter]) -> ThemesReport:
    """The figures; `letters` are numbered by their place in `judged`."""
    started = time.perf_counter()
    found = themes(letters, seed=_SEED, smallest=_SMALLEST)
    seconds = time.perf_counter() - started
    rng = np.random.default_rng(_SEED)
    runs = runs_over_parts(sorted(letters, key=lambda one: one.number), rng, _SMALLEST)
    fields = {number: str(letter.field) for number, letter in enumerate(judged)}
    families = {one.number: judged[one.number].family for one in letters}
    sizes = [len(theme.members) for theme in found.groups]
    return ThemesReport(
        n=len(letters),
        themes=len(found.groups),
        largest=max(sizes, default=0),
        ungrouped=len(found.ungrouped) / max(1, len(letters)),
        stability=found.stability,
        stability_grouped=agreement(runs, is_grouped_only=True),
        after_leaving_out=float(np.mean([_agreement_with(found, _part(letters, rng)) for _ in range(_DRAWS)])),
        after_shuffling=_agreement_with(found, [letters[place] for place in rng.permutation(len(letters)).tolist()]),
        field_agreement=_agreement(_places(found), {one.number: fields[one.number] for one in letters}),
        family_agreement=_agreement(_places(found), _large_only(families)),
        purity=_purity(found, fields),
        families_together=_together(found, families),
        seconds=round(seconds, 1),
    )


def measure_size(letters: Sequence[ThemeLetter], size: int) -> SizeReport:
    """Time and memory for `size` letters drawn from `letters`, the vectors with a little noise."""
    rng = np.random.default_rng(_SEED)
    drawn = [_noisy(letters[place], number, rng) for number, place in enumerate(rng.integers(0, len(letters), size).tolist())]
    started = time.perf_counter()
    found = themes(drawn, seed=_SEED, smallest=_SMALLEST)
    seconds = round(time.perf_counter() - started, 1)
    return SizeReport(size, len(found.groups), seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)


def _noisy(letter: ThemeLetter, number: int, rng: np.random.Generator) -> ThemeLetter:
    vector = letter.vector + rng.normal(0, _NOISE, letter.vector.shape).astype(np.float32)
    return replace(letter, number=number, vector=vector / np.float32(np.linalg.norm(vector)))


def _part(letters: Sequence[ThemeLetter], rng: np.random.Generator) -> list[ThemeLetter]:
    drawn = rng.choice(len(letters), round(_DRAWN_SHARE * len(letters)), replace=False)
    return [letters[place] for place in drawn.tolist()]


def _agreement_with(found: Themes, letters: Sequence[ThemeLetter]) -> float:
    """How far themes of `letters` agree with `found` on them; letters in no theme are one group, as in `Themes.stability`."""
    one, other = (_places(run, is_alone=False) for run in (found, themes(letters, seed=_SEED, smallest=_SMALLEST)))
    return _agreement(one, other)


def _places(found: Themes, *, is_alone: bool = True) -> dict[int, str]:
    """The theme of each letter; those in none are alone, or all in one group."""
    alone = {number: f"alone-{number}" if is_alone else "alone" for number in found.ungrouped}
    return alone | {number: theme.id for theme in found.groups for number in theme.members}


def _large_only(families: Mapping[int, str]) -> dict[int, str]:
    sizes = Counter(families.values())
    return {number: family for number, family in families.items() if sizes[family] >= _SMALLEST}


def _agreement(found: Mapping[int, str], reference: Mapping[int, str]) -> float:
    """The adjusted Rand index on the letters that both have."""
    from sklearn.metrics import adjusted_rand_score

    both = sorted(found.keys() & reference.keys())
    return float(adjusted_rand_score([found[one] for one in both], [reference[one] for one in both]))


def _purity(found: Themes, reference: Mapping[int, str]) -> float:
    commonest = sum(Counter(reference[number] for number in theme.members).most_common(1)[0][1] for theme in found.groups)
    return commonest / max(1, sum(len(theme.members) for theme in found.groups))


def _together(found: Themes, families: Mapping[int, str]) -> float:
    theme_of = {number: theme.id for theme in found.groups for number in theme.members}
    pairs = [(one, other) for one, other in combinations(sorted(families), 2) if families[one] == families[other]]
    return sum(theme_of.get(one, "") == theme_of.get(other) for one, other in pairs) / max(1, len(pairs))


def main(arguments: Sequence[str]) -> Iterable[str]:
    """One line of JSON a file, then one a size. Raises `EvalError`."""
    parser = argparse.ArgumentParser(prog="python -m eval.themes", description="measure themes")
    parser.add_argument("file", nargs="+", help="JSON lines")
    parser.add_argument("--size", nargs="*", type=int, default=[], help="also: time and memory of so many letters")
    asked, encoder, classifier = parser.parse_args(arguments), Parts(Settings()).encoder, Classifier.load()
    first: list[ThemeLetter] = []
    for name in asked.file:
        judged = read_family_letters(Path(name))
        letters = theme_letters(judged, encoder, classifier) if encoder else []
        first = first or letters
        yield json.dumps({"file": Path(name).name, **(asdict(measure_themes(judged, letters)) if encoder else {})})
    for size in sorted(asked.size) if first else []:
        yield json.dumps(asdict(measure_size(first, size)))


if __name__ == "__main__":
    for line in main(sys.argv[1:]):
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()
