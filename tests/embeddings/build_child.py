"""Builds an index over invented texts as a process of its own, to be killed by a test: `python -m … folder`.

Prints a line before each step that a kill could fall on.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from pathlib import Path

from corpus.types import Passage
from embeddings.build import BuildPlan, IndexHome, build_words, embed_missing
from embeddings.lexical import Fields
from embeddings.searchable import Searchable
from embeddings.vector_cache import PackagedVectors, VectorCache
from tests.fakes import SlowEncoder

TEXTS = 1000
_SYLLABLES = "người lao động hợp đồng trả lương đúng hạn đất nhà thuế phạt tiền xe máy hộ tịch kết hôn ly khai sinh tạm trú".split()


def invented() -> Iterator[Searchable]:
    """The same texts each time, of three passages each."""
    chance = random.Random(11)
    for number in range(TEXTS):
        if number % 100 == 0:
            print("text", number, flush=True)  # noqa: T201 - the test reads the steps
        parts = [" ".join(chance.choices(_SYLLABLES, k=12)) for _ in range(3)]
        passages = [Passage(f"g{number}#{place}", f"g{number}", part, "") for place, part in enumerate(parts)]
        yield Searchable(Fields("", parts[0][:20], "\n".join(parts)), tuple(passages))


def build(folder: Path, encoder: SlowEncoder) -> None:
    """Fills the cache and makes the index in `folder`, going on with what is there."""
    plan = BuildPlan("r1", invented, lambda: (text.fields for text in invented()))
    cache, home = VectorCache(folder / "vectors.sqlite"), IndexHome(folder / "index")
    with home.building():
        none = PackagedVectors.load(folder / "none.npz", encoder.name)
        embed_missing(plan, cache, none, encoder, progress=_told)
        build_words(home, plan, dimension=encoder.dimension, known=cache, encoder=encoder.name, progress=_told)
    cache.close()


def _told(step: str, done: int, of: int) -> None:
    print(step, done, of, flush=True)  # noqa: T201


if __name__ == "__main__":
    build(Path(sys.argv[1]), SlowEncoder(0.005))
    print("done", flush=True)  # noqa: T201
