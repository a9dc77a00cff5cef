"""The real command `dienhong` in processes of its own, each with a data folder that no other test sees."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bots.wording import ENGLISH, VIETNAMESE, Sentences

DIENHONG = Path(sys.executable).parent / "dienhong"
PATIENCE_S = 300


@dataclass(frozen=True, slots=True)
class Ended:
    """How a command ended: its exit code and what it printed."""

    code: int
    out: str
    err: str

    @property
    def is_explained(self) -> bool:
        """Whether what went wrong was said in a sentence of ours, not with a traceback or as something unexpected."""
        unforeseen = (words.unexpected.partition("(")[0] for words in (VIETNAMESE, ENGLISH))
        return "Traceback" not in self.err and not any(sentence in self.err for sentence in unforeseen)


def environment(home: Path, settings: Mapping[str, str] | None = None) -> dict[str, str]:
    """The environment of this process with no setting but those given."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("DIENHONG_")}
    return {**inherited, "DIENHONG_HOME": str(home), "PYTHONUTF8": "1", **(settings or {})}


def dienhong(
    home: Path,
    *arguments: str | bytes,
    stdin: bytes = b"",
    settings: Mapping[str, str] | None = None,
    through: Sequence[str] = (),
) -> Ended:
    """Runs `dienhong` with its data in `home`; `through` is a command in front, such as `unshare`."""
    # The folder of the home holds no .env that would change settings.
    done = subprocess.run(
        [*through, str(DIENHONG), *arguments],
        input=stdin,
        capture_output=True,
        cwd=home.parent,
        env=environment(home, settings),
        timeout=PATIENCE_S,
        check=False,
    )
    return Ended(done.returncode, done.stdout.decode(), done.stderr.decode(errors="replace"))


def opening(sentence: str) -> str:
    """A sentence up to its first place to fill in: what must stand in the output whatever is filled in."""
    return sentence.partition("{")[0]


def says(ended: Ended, name: str, words: Sentences = VIETNAMESE) -> bool:
    """Whether the sentence `name` stands on standard error."""
    return opening(getattr(words, name)) in ended.err
