"""Learning the projection of the bundled encoder (embeddings/projection.py): `python -m eval.projection --out FILE`.

A question, read as the product reads it, and a passage or another question of the same article belong together; those of the other
articles of a batch do not (InfoNCE, van den Oord et al. 2018). Learns from the everyday questions of all laws, also of those that are
not at hand, and from the passages of the corpus under `DIENHONG_HOME`. Needs the extra `models`.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from assistant.bootstrap import Parts
from assistant.settings import Settings
from corpus.passages import procedure_group
from corpus.questions import everyday_questions
from corpus.text import fold
from embeddings.encoder import Encoder
from embeddings.projection import Projection
from embeddings.retrieve import Retriever
from eval.calibration import as_asked

Floats = npt.NDArray[np.float32]

_BATCH, _EPOCHS, _RATE = 512, 15, 5e-4
# What a cosine is divided by, and how dear it is to leave the space as it was: of .03 to .1 and .001 to .01 none was clearly better.
_TEMPERATURE, _STAY = 0.05, 0.003


@dataclass(frozen=True, slots=True)
class Wording:
    """A text, its vector of shape (dimension,), and the group (article, procedure) it speaks of."""

    group: str
    text: str
    vector: Floats


def asked_of(parts: Parts, retriever: Retriever) -> list[Wording]:
    """The everyday questions of all laws and guides, with the vector that each has when somebody asks it."""
    asked = [(str(article), one.question) for article, questions in everyday_questions().items() for one in questions]
    asked += [(procedure_group(one.id), question) for one in parts.store.procedures() for question in one.questions]
    prepare, found = as_asked(retriever), []
    for group, text in asked:
        meaning = prepare(text).meaning
        if meaning is not None:
            found.append(Wording(group, text, meaning))
    return found


def held_by(parts: Parts, encoder: Encoder) -> list[Wording]:
    """Passages of the corpus as the encoder has them, and the questions of law that is not at hand as if they were passages."""
    passages = [passage for text in parts.plan.texts() for passage in text.searchable().passages]
    vectors = parts.vectors.known.known([passage.id for passage in passages])
    held = [Wording(one.group, one.text, vectors[one.id]) for one in passages if one.id in vectors]
    groups = {one.group for one in held}
    absent = [(str(a), one.question) for a, questions in everyday_questions().items() if str(a) not in groups for one in questions]
    encoded = encoder.encode_passages([f"\n{text}" for _, text in absent])
    return held + [Wording(group, text, vector) for (group, text), vector in zip(absent, encoded, strict=True)]


def learned(asked: Sequence[Wording], held: Sequence[Wording], encoder: str, seed: int = 0) -> Projection:
    """The projection for vectors of `encoder`, from questions and what is held of the same groups."""
    import torch

    torch.manual_seed(seed)
    questions, passages = np.stack([one.vector for one in asked]), np.stack([one.vector for one in held])
    means = questions.mean(axis=0), passages.mean(axis=0)
    known = [torch.from_numpy(part - mean) for part, mean in zip((questions, passages), means, strict=True)]
    still = torch.eye(questions.shape[1])
    matrix = still.clone().requires_grad_()
    optimizer = torch.optim.Adam([matrix], lr=_RATE)
    for pairs in _batches(asked, held, seed):
        sides: list[Any] = [
            torch.nn.functional.normalize(part[list(rows)] @ matrix, dim=1)
            for part, rows in zip(known, zip(*pairs, strict=True), strict=True)
        ]
        scores, own = sides[0] @ sides[1].T / _TEMPERATURE, torch.arange(len(pairs))
        loss = (torch.nn.functional.cross_entropy(scores, own) + torch.nn.functional.cross_entropy(scores.T, own)) / 2
        loss = loss + _STAY * ((matrix - still) ** 2).sum()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    # As they will be on disk.
    rounded = [np.asarray(part, np.float16).astype(np.float32) for part in (matrix.detach().numpy(), *means)]
    return Projection(encoder, *rounded)


def _batches(asked: Sequence[Wording], held: Sequence[Wording], seed: int) -> Iterator[list[tuple[int, int]]]:
    """Pairs of a question and what is held of its group but the question itself; each group once in an epoch."""
    chance = np.random.default_rng(seed)
    questions, passages = _by_group(asked), _by_group(held)
    groups = sorted(group for group in questions if group in passages)
    own = [fold(one.text) for one in asked], [fold(one.text) for one in held]
    for _ in range(_EPOCHS):
        order = [groups[number] for number in chance.permutation(len(groups))]
        for start in range(0, len(order), _BATCH):
            drawn = ((int(chance.choice(questions[group])), passages[group]) for group in order[start : start + _BATCH])
            others = ((number, [one for one in held_of if own[1][one] != own[0][number]]) for number, held_of in drawn)
            pairs = [(number, int(chance.choice(rest))) for number, rest in others if rest]
            if len(pairs) > 1:
                yield pairs


def _by_group(wordings: Sequence[Wording]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for number, one in enumerate(wordings):
        found[one.group].append(number)
    return found


def main(arguments: Sequence[str]) -> Iterator[str]:
    """Lines that tell how it goes."""
    parser = argparse.ArgumentParser(prog="python -m eval.projection", description="learn the projection of the bundled encoder")
    parser.add_argument("--out", type=Path, required=True)
    given, started = parser.parse_args(arguments), time.monotonic()
    parts = Parts(Settings())
    encoder = parts.encoder
    if encoder is None:
        yield "no encoder"
        return
    asked, held = asked_of(parts, parts.answerer().retriever), held_by(parts, encoder)
    yield f"{len(asked)} questions, {len(held)} passages"
    made = learned(asked, held, encoder.name)
    made.save(given.out)
    yield f"{made.name}: {(time.monotonic() - started) / 60:.1f} minutes, {given.out.stat().st_size} bytes"


if __name__ == "__main__":
    for line in main(sys.argv[1:]):
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()
