"""The real command `dienhong` in processes of its own, each with a data folder that no other test sees.

`dienhong` starts the command as a person does. `forked` runs it in a process split off from one that has imported everything, which
spares a second each time: for tests of what commands do, not of how they start.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

from bots.wording import ENGLISH, VIETNAMESE, Sentences

DIENHONG = Path(sys.executable).parent / "dienhong"
PATIENCE_S = 300

_WRITE = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
_PRELOADED = ["bots.cli", "bots.feedback.commands", "bots.feedback.casework_commands", "assistant.bootstrap", "assistant.feedback_parts"]


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


def forked(home: Path, *arguments: str, stdin: bytes = b"", settings: Mapping[str, str] | None = None) -> Ended:
    """What `dienhong` does, with its start already behind it."""
    context = get_context("forkserver")
    context.set_forkserver_preload(_PRELOADED)
    with TemporaryDirectory() as folder:
        streams = tuple(str(Path(folder, name)) for name in ("in", "out", "err"))
        Path(streams[0]).write_bytes(stdin)
        # What multiprocessing runs must not import the module that runs the tests.
        process = context.Process(target=_as_command, args=(arguments, streams, home.parent, environment(home, settings)))
        process.start()
        process.join(PATIENCE_S)
        assert process.exitcode is not None, f"{arguments} goes on after {PATIENCE_S} s"
        out, err = (Path(stream).read_bytes() for stream in streams[1:])
    return Ended(process.exitcode, out.decode(), err.decode(errors="replace"))


def _as_command(arguments: Sequence[str], streams: Sequence[str], folder: Path, variables: Mapping[str, str]) -> None:
    from bots.cli import main

    os.chdir(folder)
    os.environ.clear()
    os.environ.update(variables)
    for number, (stream, flags) in enumerate(zip(streams, (os.O_RDONLY, _WRITE, _WRITE), strict=True)):
        os.dup2(os.open(stream, flags, 0o600), number)
    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115 - for as long as the process lives
    sys.exit(main(list(arguments)))


def opening(sentence: str) -> str:
    """A sentence up to its first place to fill in: what must stand in the output whatever is filled in."""
    return sentence.partition("{")[0]


def says(ended: Ended, name: str, words: Sentences = VIETNAMESE) -> bool:
    """Whether the sentence `name` stands on standard error."""
    return opening(getattr(words, name)) in ended.err
