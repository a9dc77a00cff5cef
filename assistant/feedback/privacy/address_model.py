"""A linear-chain conditional random field (Lafferty, McCallum and Pereira, 2001) over the words of a letter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO, Self

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]

# A word outside of addresses, one that begins an address, one within.
LABELS = OUTSIDE, BEGINS, INSIDE = "O", "B", "I"


class AddressModel:
    """How likely each word belongs to an address; trained by `eval/addresses.py`."""

    def __init__(self, attributes: Sequence[str], states: npt.NDArray[np.float16], steps: Floats) -> None:
        """`states` (attributes, labels): what each attribute of a word speaks for; `steps` (label before, label)."""
        self._attributes, self._states, self._steps = attributes, states, steps
        self._rows: Mapping[str, int] = {attribute: row for row, attribute in enumerate(attributes)}

    @classmethod
    def read(cls, file: IO[bytes]) -> Self:
        """The model that `save` wrote."""
        with np.load(file) as stored:
            return cls(stored["attributes"].tobytes().decode().split("\n"), stored["states"], stored["steps"])

    def save(self, path: Path) -> None:
        """Writes the model to one file."""
        attributes = np.frombuffer("\n".join(self._attributes).encode(), np.uint8)
        with path.open("wb") as file:
            np.savez_compressed(file, attributes=attributes, states=self._states, steps=self._steps)

    def chances(self, seen: Sequence[Sequence[str]]) -> Floats:
        """For the attributes of each word of a letter, how likely it belongs to an address (words); forward-backward."""
        if not seen:
            return np.zeros(0, np.float32)
        scores = np.stack([self._scores(one) for one in seen])
        ahead, behind = np.zeros_like(scores), np.zeros_like(scores)
        ahead[0] = scores[0]
        for at in range(1, len(scores)):
            ahead[at] = scores[at] + np.logaddexp.reduce(ahead[at - 1][:, np.newaxis] + self._steps, axis=0)
        for at in range(len(scores) - 2, -1, -1):
            behind[at] = np.logaddexp.reduce(self._steps + scores[at + 1] + behind[at + 1], axis=1)
        logs = ahead + behind
        outside = logs[:, LABELS.index(OUTSIDE)] - np.logaddexp.reduce(logs, axis=1)
        return np.asarray(1 - np.exp(outside), np.float32)

    def _scores(self, attributes: Sequence[str]) -> Floats:
        rows = [self._rows[one] for one in attributes if one in self._rows]
        return np.asarray(self._states[rows].sum(axis=0, dtype=np.float32), np.float32)
