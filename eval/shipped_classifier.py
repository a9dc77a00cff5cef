"""Training the classifier of submissions that the project ships: `python -m eval.shipped_classifier LETTERS… --out FILE`.

The letters teach as they are and, with less weight, without marks. Figures are of folds over families; limits are chosen on them too.
The second opinion (eval/tuning.py) is weighed against this classifier, so make it anew afterwards.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from embeddings.bundled import BundledEncoder
from eval.classifying import read_examples, trained, without_marks


def main(arguments: Sequence[str]) -> Iterator[str]:
    """Lines that tell how it goes; the last one how large the file is. Raises `SetFileMissing`."""
    parser = argparse.ArgumentParser(prog="python -m eval.shipped_classifier", description="train the classifier of submissions")
    parser.add_argument("letters", nargs="+", type=Path, help="JSON lines")
    parser.add_argument("--out", type=Path, required=True)
    given, started = parser.parse_args(arguments), time.monotonic()
    letters = [letter for path in given.letters for letter in read_examples(path)]
    yield f"{len(letters)} letters"
    made = trained([*letters, *without_marks(letters)], BundledEncoder().encode_queries)
    made.classifier.save(given.out)
    yield json.dumps(made.out_of_fold.to_json(), indent=1)
    yield f"{(time.monotonic() - started) / 60:.1f} minutes, {given.out.stat().st_size} bytes, version {made.classifier.version}"


if __name__ == "__main__":
    for line in main(sys.argv[1:]):
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()
