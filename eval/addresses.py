"""Training the model of addresses that the project ships: `python -m eval.addresses MESSAGES… --out FILE`.

A line of MESSAGES: `{"text", "pii": [{"start", "end", "type", …}], …}`; only spans of the type `address` count. Each message teaches as it
is and as people type it who leave the marks away. `dienhong eval feedback` measures what comes of it.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

import numpy as np
import pycrfsuite

from assistant.feedback.privacy.address_features import AddressFeatures, Token, tokens_of
from assistant.feedback.privacy.address_model import BEGINS, INSIDE, LABELS, OUTSIDE, AddressModel
from assistant.feedback.privacy.names import NameFinder
from assistant.feedback.privacy.part_words import PartWords
from assistant.feedback.privacy.text import Letter, read_letter
from assistant.feedback.types import PersonalDataType
from corpus.areas import Areas
from corpus.text import fold
from eval.errors import SetFileMissing

# Elastic net; these weights did best of three pairs.
_PLAN = {"c1": 0.1, "c2": 0.1, "max_iterations": 150}
_ALGORITHM = "lbfgs"


@dataclass(frozen=True, slots=True)
class Marked:
    """A message and where its addresses stand, as places of characters."""

    text: str
    addresses: tuple[tuple[int, int], ...]


def read_marked(path: Path) -> tuple[Marked, ...]:
    """The messages of a file. Raises `SetFileMissing`."""
    try:
        lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    except OSError as error:
        raise SetFileMissing(path) from error
    return tuple(
        Marked(line["text"], tuple((one["start"], one["end"]) for one in line["pii"] if one["type"] == PersonalDataType.ADDRESS))
        for line in lines
    )


def with_copies(messages: Sequence[Marked]) -> Iterator[Marked]:
    """The messages, and those that have marks once more without them."""
    for one in messages:
        yield one
        bare = fold(one.text)
        # Where folding changes lengths the places would be wrong.
        if bare != one.text and len(bare) == len(one.text):
            yield Marked(bare, one.addresses)


def labels(message: Marked, letter: Letter, tokens: Sequence[Token]) -> list[str]:
    """What each word is: outside of addresses, the beginning of one, or within."""
    told: list[str] = []
    for token in tokens:
        start, end = letter.place(token.start), letter.place(token.end)
        around = next(((first, last) for first, last in message.addresses if start < last and first < end), None)
        told.append(OUTSIDE if around is None else BEGINS if start <= around[0] else INSIDE)
    return told


def trained(messages: Sequence[Marked]) -> AddressModel:
    """The model that these messages and their copies teach."""
    features, names = AddressFeatures(PartWords.load()), NameFinder.load(Areas.load())
    trainer = pycrfsuite.Trainer(algorithm=_ALGORITHM, params=_PLAN, verbose=False)
    for message in with_copies(messages):
        letter = read_letter(message.text)
        tokens = tokens_of(letter)
        trainer.append(features.of(letter, tokens, names.find(letter)), labels(message, letter, tokens))
    with NamedTemporaryFile(suffix=".crfsuite") as file:
        trainer.train(file.name)
        tagger = pycrfsuite.Tagger()
        tagger.open(file.name)
        return _as_arrays(tagger.info())


def _as_arrays(learned: Any) -> AddressModel:
    """What CRFsuite learned, as the product reads it."""
    attributes = sorted(learned.attributes)
    rows = {attribute: row for row, attribute in enumerate(attributes)}
    states, steps = np.zeros((len(rows), len(LABELS)), np.float16), np.zeros((len(LABELS), len(LABELS)), np.float32)
    for (attribute, label), weight in learned.state_features.items():
        states[rows[attribute], LABELS.index(label)] = weight
    for (before, label), weight in learned.transitions.items():
        steps[LABELS.index(before), LABELS.index(label)] = weight
    return AddressModel(attributes, states, steps)


def main(arguments: Sequence[str]) -> Iterator[str]:
    """Lines that tell how it goes. Raises `SetFileMissing`."""
    parser = argparse.ArgumentParser(prog="python -m eval.addresses", description="train the model of addresses")
    parser.add_argument("messages", nargs="+", type=Path, help="JSON lines")
    parser.add_argument("--out", type=Path, required=True)
    given, started = parser.parse_args(arguments), time.monotonic()
    messages = [one for path in given.messages for one in read_marked(path)]
    yield f"{len(messages)} messages with {sum(len(one.addresses) for one in messages)} addresses"
    trained(messages).save(given.out)
    yield f"{(time.monotonic() - started) / 60:.1f} minutes, {given.out.stat().st_size} bytes"


if __name__ == "__main__":
    for line in main(sys.argv[1:]):
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()
