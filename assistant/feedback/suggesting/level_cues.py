"""What tells the level that can act on a matter: whom a letter asks, what it is about, who is accused (data/level-cues.yaml).

The same word speaks for another level in another field or kind, so a cue counts only as far as a letter is of its fields and kinds.
What each cue counts for comes from `eval/levels.py` (docs/adr/0024).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from typing import Any, Self

import numpy as np

from assistant.feedback.suggesting.classify_reading import Floats, Phrases, words_of
from assistant.feedback.suggesting.classify_weights import digest_of
from assistant.feedback.types import AdminLevel, Field, Kind
from corpus.tables import read_table


@dataclass(frozen=True, slots=True)
class LevelCue:
    """A cue for `level` in letters of `fields` and `kinds`, of all where empty; `raw` is searched in the text as typed."""

    name: str
    level: AdminLevel
    fields: tuple[Field, ...]
    kinds: tuple[Kind, ...]
    raw: re.Pattern[str] | None

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> Self:
        """The cue of a row of the table."""
        fields, kinds = tuple(map(Field, row.get("fields", ()))), tuple(map(Kind, row.get("kinds", ())))
        return cls(row["name"], AdminLevel(row["level"]), fields, kinds, re.compile(row["raw"]) if "raw" in row else None)


class LevelCues:
    """All cues, and what they make of a letter; `lists` are their phrases and those that exclude them."""

    def __init__(self, cues: tuple[LevelCue, ...], phrases: Phrases, unless: Phrases) -> None:
        self.cues, self.lists = cues, (phrases, unless)
        self._kinds = np.array([[not one.kinds or kind in one.kinds for kind in Kind] for one in cues], bool)
        self._fields = np.array([[not one.fields or field in one.fields for field in Field] for one in cues], np.float32)

    @classmethod
    def load(cls) -> Self:
        """The cues shipped with the project."""
        rows = read_table("assistant.feedback", "level-cues.yaml")["cues"]
        phrases, unless = (Phrases.of(row.get(name, "") for row in rows) for name in ("phrases", "unless"))
        return cls(tuple(LevelCue.of(row) for row in rows), phrases, unless)

    def found(self, text: str) -> Floats:
        """How much of each cue is in `text`, whatever its field and kind; 0 where a phrase of `unless` is there too."""
        words, times = words_of(text), np.zeros(len(self.cues), np.float32)
        for number, _ in self.lists[0].everywhere(words):
            times[number] += 1
        for number, one in enumerate(self.cues):
            times[number] += bool(one.raw and one.raw.search(text))
        for number, _ in self.lists[1].everywhere(words):
            times[number] = 0
        return np.log1p(times)

    def weighed(self, found: Floats, kinds: Floats, fields: Floats) -> Floats:
        """What `found` gave, each cue as far as the letter is of its kinds (probabilities, the likeliest counts) and fields (their sum)."""
        likeliest = np.where(self._kinds, kinds, 0).max(axis=1)
        is_any = self._kinds.all(axis=1)
        return np.asarray(found * np.where(is_any, 1, likeliest) * (self._fields @ fields), np.float32)

    def names_in(self, text: str) -> frozenset[str]:
        """The names of the cues that are in `text`, whatever its field and kind."""
        return frozenset(one.name for one, much in zip(self.cues, self.found(text), strict=True) if much)


@dataclass(frozen=True, slots=True)
class LevelShares:
    """What is multiplied with the log-odds of a level that are there without the cues, and with what the cues say."""

    before: float
    cues: float


class LevelOpinion:
    """What the cues of a letter add to the log-odds of each level.

    `weights` (levels, cues and levels) are of the cues and of the classifier's own log-odds of each level, `bias` (levels). `alone` and
    `heard` are the shares without and with the second opinion (`tuned`).
    """

    def __init__(self, cues: LevelCues, weights: Floats, bias: Floats, alone: LevelShares, heard: LevelShares) -> None:
        self.cues, self.weights, self.bias, self.alone, self.heard = cues, weights, bias, alone, heard
        self.version = digest_of(self._stored())

    @classmethod
    def load(cls) -> Self | None:
        """The one shipped with the project; None where there is none, or where it was learned for other cues."""
        file = files("assistant") / "feedback" / "data" / "level.npz"
        return cls.read(file.read_bytes(), LevelCues.load()) if file.is_file() else None

    @classmethod
    def read(cls, content: bytes, cues: LevelCues) -> Self | None:
        """The one of a file that `save` wrote; None where it was learned for other cues than these."""
        with np.load(BytesIO(content)) as stored:
            if stored["cues"].tolist() != [one.name for one in cues.cues]:
                return None
            alone, heard = (LevelShares(*map(float, row)) for row in stored["shares"])
            return cls(cues, np.asarray(stored["weights"], np.float32), np.asarray(stored["bias"], np.float32), alone, heard)

    def save(self, path: Path) -> None:
        """Writes everything to one file."""
        np.savez_compressed(path, **self._stored())

    def added(self, text: str, own: Floats, levels: Floats, chances: Mapping[str, Floats], *, is_heard: bool) -> Floats:
        """Log-odds of the levels with the cues of `text`; `own` are the classifier's without them, `levels` with the second opinion.

        `chances` are probabilities of kinds and fields ("kind", "field").
        """
        shares = self.heard if is_heard else self.alone
        cues = self.cues.weighed(self.cues.found(text), chances["kind"], chances["field"])
        said = self.weights @ np.concatenate([cues, own]) + self.bias
        return np.asarray(np.float32(shares.before) * levels + np.float32(shares.cues) * said, np.float32)

    def _stored(self) -> dict[str, Any]:
        shares = np.array([[one.before, one.cues] for one in (self.alone, self.heard)], np.float32)
        return {"cues": np.array([one.name for one in self.cues.cues]), "weights": self.weights, "bias": self.bias, "shares": shares}
