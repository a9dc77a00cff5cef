"""The weights of the classifier: what its words, strings of letters, cues and near letters say for each value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Self

import numpy as np
import numpy.typing as npt

from assistant.feedback.suggesting.classify_reading import Floats, Seen

# How fast nearness falls off with the angle between two meanings.
_SHARPNESS = 2.0
# Vectors of letters are kept in 8 bits: their parts hardly ever lie beyond 127 / 400.
_STEPS = 400.0
_HALVES = ("counts", "words", "grams", "rarity")


@dataclass(frozen=True, slots=True)
class Weights:
    """One linear model of all values.

    `counts`, `words`, `grams`, `near`: of shape (values, features); `bias` (values). `rarity` (strings of letters): how much each of them
    counts. `letters` (letters, 384): meanings of training letters, unit vectors from the `centre` of all; nearness to each is a feature.
    """

    counts: Floats
    words: Floats
    grams: Floats
    near: Floats
    bias: Floats
    rarity: Floats
    letters: Floats
    centre: Floats

    @classmethod
    def of(cls, stored: Mapping[str, npt.NDArray[Any]]) -> Self:
        """The model that `named` gave."""
        arrays = {name: np.asarray(stored[name], np.float32) for name in cls.__slots__}
        return cls(**{**arrays, "letters": arrays["letters"] / np.float32(_STEPS)})

    def named(self) -> dict[str, Any]:
        """The parts of the model, to be stored: half precision where three digits are enough, letters in 8 bits."""
        halves = {name: getattr(self, name).astype(np.float16) for name in _HALVES}
        whole = {name: getattr(self, name) for name in ("near", "bias", "centre")}
        return {**halves, **whole, "letters": in_steps(self.letters)}

    def nearness(self, meaning: Floats) -> Floats:
        """How near a unit vector is to each training letter, 1 at most; zeros for a vector of zeros, which says nothing."""
        return np.asarray(nearness(meaning[np.newaxis], self.letters, self.centre)[0], np.float32)

    def scores(self, seen: Seen, meaning: Floats) -> Floats:
        """One score a value."""
        words = self.words[:, seen.buckets].sum(axis=1) * np.float32(seen.share)
        grams = self.grams[:, seen.grams] @ gram_shares(seen, self.rarity)
        return np.asarray(self.bias + self.counts @ seen.counts + words + grams + self.near @ self.nearness(meaning), np.float32)


def in_steps(letters: Floats) -> npt.NDArray[np.int8]:
    """Vectors in 8 bits, as they are stored."""
    return np.asarray(np.clip(np.rint(letters * _STEPS), -127, 127), np.int8)


def as_stored(letters: Floats) -> Floats:
    """Vectors as they are once they have been stored."""
    return np.asarray(in_steps(letters) / _STEPS, np.float32)


def from_centre(meanings: Floats, centre: Floats) -> Floats:
    """Unit vectors of the directions from `centre`: vectors of one encoder crowd around their mean."""
    moved = meanings - centre
    return np.asarray(moved / np.maximum(np.linalg.norm(moved, axis=-1, keepdims=True), 1e-9), np.float32)


def nearness(meanings: Floats, letters: Floats, centre: Floats) -> Floats:
    """Of shape (meanings, letters), as `likeness`; zeros for a meaning of zeros, which is none."""
    return np.asarray(likeness(from_centre(meanings, centre), letters) * meanings.any(axis=-1, keepdims=True), np.float32)


def likeness(one: Floats, other: Floats) -> Floats:
    """exp of the cosine less 1, sharpened, of every pair of unit vectors."""
    return np.asarray(np.exp((one @ other.T - 1) * _SHARPNESS), np.float32)


def gram_shares(seen: Seen, rarity: Floats) -> Floats:
    """What each string of letters of a text weighs: rare ones more; their squares sum up to 1."""
    rare = rarity[seen.grams]
    return np.asarray(rare / max(float(np.linalg.norm(rare)), 1e-9), np.float32)


def digest_of(stored: Mapping[str, npt.NDArray[Any]]) -> str:
    """The first 12 digits of the SHA-256 of named arrays."""
    digest = sha256()
    for name in sorted(stored):
        digest.update(name.encode() + np.ascontiguousarray(stored[name]).tobytes())
    return digest.hexdigest()[:12]
