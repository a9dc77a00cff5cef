"""Low-rank adapters of the bundled encoder: a few numbers that make its network fit for one task (LoRA, Hu et al., ICLR 2022)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, Self

import numpy as np
import numpy.typing as npt

Halves = npt.NDArray[np.float16]


@dataclass(frozen=True, slots=True)
class Branch:
    """What is added to one matrix: `b` @ `a`, of shapes (out, rank) and (rank, in)."""

    a: Halves
    b: Halves


@dataclass(frozen=True, slots=True)
class Adapter:
    """Branches by the names of matrices in `bundled_graph`: "l6.q" are the queries of layer 6, "l6.ao", "l6.fi" and so on."""

    branches: Mapping[str, Branch]

    @classmethod
    def of(cls, stored: Mapping[str, npt.NDArray[Any]]) -> Self:
        """The adapter that `named` gave; other arrays are passed over."""
        names = [name.removesuffix(".a") for name in stored if name.endswith(".a")]
        return cls({name: Branch(*(np.asarray(stored[f"{name}.{part}"], np.float16) for part in "ab")) for name in sorted(names)})

    @classmethod
    def read(cls, path: Path) -> Self:
        """The adapter of a file that `save` wrote."""
        with np.load(path) as stored:
            return cls.of(stored)

    def named(self) -> dict[str, Halves]:
        """The branches as arrays: "l6.q.a", "l6.q.b", …"""
        return {f"{name}.{part}": getattr(branch, part) for name, branch in self.branches.items() for part in "ab"}

    def save(self, path: Path) -> None:
        """Writes the adapter to one file."""
        np.savez_compressed(path, **self.named())  # type: ignore[arg-type]  # its stubs take names for its own options

    def digest(self) -> str:
        """SHA-256 of names, shapes and numbers, hexadecimal."""
        digest = sha256()
        for name, array in sorted(self.named().items()):
            digest.update(f"{name}{array.shape}".encode() + np.ascontiguousarray(array).tobytes())
        return digest.hexdigest()
