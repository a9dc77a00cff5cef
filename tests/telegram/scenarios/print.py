"""`python -m tests.telegram.scenarios.print docs/transcripts`: holds every conversation once and writes its transcript into a folder."""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.telegram.scenarios.application import Way, shared_parts
from tests.telegram.scenarios.catalogue import file_name
from tests.telegram.scenarios.running import RUNS, Run, held


def print_all(folder: Path) -> None:
    """Writes the transcripts, and takes those away whose conversation is there no more."""
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as temporary, shared_parts(Path(temporary) / "home") as shared:

        def database_of(run: Run) -> str:
            return f"sqlite:///{Path(temporary) / run.scenario.__name__}.sqlite"

        with held(shared, [run for run in RUNS if run.way is Way.POLLING], database_of) as transcripts:
            written = {file_name(run.scenario): transcript.result() for run, transcript in transcripts.items()}
    for path in folder.glob("*.md"):
        path.unlink()
    for name, transcript in written.items():
        (folder / name).write_text(transcript, encoding="utf-8")


if __name__ == "__main__":
    print_all(Path(sys.argv[1]))
