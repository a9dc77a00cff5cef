"""How well themes hold: `python -m eval.themes FILE.jsonl …`, over files in the form of `dienhong eval feedback`.

Left out is what never comes to themes: letters sealed, or that a machine would seal, and spam. Fields are those a machine suggests; the
field that stands in the file is the reference, and so is `family` (letters of one situation).
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
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


class FamilyLetter(JudgedLetter):
    """A letter with the situation that it is about."""

    family: str = ""


@dataclass(frozen=True, slots=True)
class ThemesReport:
    """How themes over `n` letters did.

    `stability`: mean adjusted Rand index of five runs over 80 % of the letters; `stability_grouped`: on letters that both runs put into a
    theme. `purity`: the share of grouped letters that have the commonest true field of their theme. `families_together`: of pairs of
    letters of one situation those in one theme.
    """

    n: int
    themes: int
    largest: int
    ungrouped: float
    stability: float
    stability_grouped: float
    purity: float
    families_together: float


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
    found = themes(letters, seed=_SEED, smallest=_SMALLEST)
    runs = runs_over_parts(sorted(letters, key=lambda one: one.number), np.random.default_rng(_SEED), _SMALLEST)
    sizes = [len(theme.members) for theme in found.groups]
    return ThemesReport(
        n=len(letters),
        themes=len(found.groups),
        largest=max(sizes, default=0),
        ungrouped=len(found.ungrouped) / max(1, len(letters)),
        stability=found.stability,
        stability_grouped=agreement(runs, is_grouped_only=True),
        purity=_purity(found, {number: str(letter.field) for number, letter in enumerate(judged)}),
        families_together=_together(found, {one.number: judged[one.number].family for one in letters}),
    )


def _purity(found: Themes, reference: Mapping[int, str]) -> float:
    commonest = sum(Counter(reference[number] for number in theme.members).most_common(1)[0][1] for theme in found.groups)
    return commonest / max(1, sum(len(theme.members) for theme in found.groups))


def _together(found: Themes, families: Mapping[int, str]) -> float:
    theme_of = {number: theme.id for theme in found.groups for number in theme.members}
    pairs = [(one, other) for one, other in combinations(sorted(families), 2) if families[one] == families[other]]
    return sum(theme_of.get(one, "") == theme_of.get(other) for one, other in pairs) / max(1, len(pairs))


def main(arguments: Sequence[str]) -> Iterable[str]:
    """One line of JSON a file. Raises `EvalError`."""
    parser = argparse.ArgumentParser(prog="python -m eval.themes", description="measure themes")
    parser.add_argument("file", nargs="+", help="JSON lines")
    encoder, classifier = Parts(Settings()).encoder, Classifier.load()
    for name in parser.parse_args(arguments).file:
        judged = read_family_letters(Path(name))
        report = measure_themes(judged, theme_letters(judged, encoder, classifier)) if encoder else None
        yield json.dumps({"file": Path(name).name, **(asdict(report) if report else {})})


if __name__ == "__main__":
    for line in main(sys.argv[1:]):
        sys.stdout.write(f"{line}\n")
