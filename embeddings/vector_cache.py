"""Dense vectors that were paid for once: kept by passage id and encoder, so that a killed build goes on where it stopped.

A passage id holds a hash of its text, so a changed text never finds an old vector.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt

Vector = npt.NDArray[np.float32]


class KnownVectors(Protocol):
    """Vectors by passage id."""

    def known(self, passages: Sequence[str]) -> dict[str, Vector]:
        """The vectors there are for these passages."""
        ...


class VectorCache:
    """A file of vectors of one encoder, stored with 16 bits a number (cosine to 32 bits above .9999)."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._database = sqlite3.connect(path, check_same_thread=False)
        self._database.execute("PRAGMA journal_mode=WAL")
        self._database.execute("CREATE TABLE IF NOT EXISTS vectors (passage TEXT PRIMARY KEY, vector BLOB NOT NULL) WITHOUT ROWID")
        self._database.commit()

    def known(self, passages: Sequence[str]) -> dict[str, Vector]:
        """The vectors there are for these passages."""
        rows = (self._database.execute("SELECT vector FROM vectors WHERE passage = ?", (passage,)).fetchone() for passage in passages)
        return {
            passage: np.frombuffer(row[0], dtype=np.float16).astype(np.float32) for passage, row in zip(passages, rows, strict=True) if row
        }

    def missing(self, passages: Iterable[str]) -> list[str]:
        """Those of `passages` that have no vector yet, in order."""
        have = {row[0] for row in self._database.execute("SELECT passage FROM vectors")}
        return [passage for passage in passages if passage not in have]

    def put(self, vectors: Mapping[str, Vector]) -> None:
        """Keeps vectors; durable when this returns."""
        rows = [(passage, vector.astype(np.float16).tobytes()) for passage, vector in vectors.items()]
        with self._database:
            self._database.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?)", rows)

    def close(self) -> None:
        """Closes the file."""
        self._database.close()


class PackagedVectors:
    """Vectors that come with the project for the default corpus: 8 bits a number and one scale for each vector."""

    def __init__(self, passages: Sequence[str], numbers: npt.NDArray[np.int8], scales: npt.NDArray[np.float32]) -> None:
        self._row = {passage: row for row, passage in enumerate(passages)}
        self._numbers, self._scales = numbers, scales

    @classmethod
    def load(cls, path: Path, encoder: str) -> PackagedVectors:
        """The vectors in `path`; none if they were made by another encoder or there is no such file."""
        if not path.exists():
            return cls([], np.zeros((0, 0), np.int8), np.zeros(0, np.float32))
        with np.load(path) as stored:
            if str(stored["encoder"]) != encoder:
                return cls([], np.zeros((0, 0), np.int8), np.zeros(0, np.float32))
            return cls(str(stored["passages"]).split("\n"), stored["numbers"], stored["scales"])

    @staticmethod
    def save(path: Path, encoder: str, vectors: Mapping[str, Vector]) -> None:
        """Writes vectors so that `load` finds them."""
        passages = sorted(vectors)
        matrix = np.stack([vectors[passage] for passage in passages])
        scales = np.abs(matrix).max(axis=1) / 127
        numbers = np.round(matrix / scales[:, None]).astype(np.int8)
        np.savez_compressed(
            path, encoder=np.array(encoder), passages=np.array("\n".join(passages)), numbers=numbers, scales=scales.astype(np.float32)
        )

    def known(self, passages: Sequence[str]) -> dict[str, Vector]:
        """The vectors there are for these passages."""
        return {passage: self._vector(self._row[passage]) for passage in passages if passage in self._row}

    def _vector(self, row: int) -> Vector:
        vector = self._numbers[row].astype(np.float32) * self._scales[row]
        return np.asarray(vector / np.linalg.norm(vector), dtype=np.float32)
