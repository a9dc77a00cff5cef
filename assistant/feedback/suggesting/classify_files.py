"""Files of classifiers that were trained in this house: the newest one goes before the one shipped with the project."""

from __future__ import annotations

import logging
import os
import zlib
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from zipfile import BadZipFile

from assistant.feedback.suggesting.classify import Classifier

log = logging.getLogger(__name__)

_MOMENT = "%Y%m%dT%H%M%S%fZ"
_BROKEN = (OSError, ValueError, KeyError, EOFError, BadZipFile, zlib.error)


@dataclass(frozen=True, slots=True)
class InUse:
    """A classifier and when it was trained here; None for the one shipped with the project."""

    classifier: Classifier
    trained_at: datetime | None


def load_in_use(folder: Path | None) -> InUse:
    """The newest classifier in `folder` that goes back to the shipped one, else the shipped one; a broken file is passed over.

    A later version of the project ships another one, and what was trained from the older one is no longer taken.
    """
    shipped = Classifier.load()
    files = sorted(folder.glob(f"classifier-*-{shipped.version}-*.npz"), reverse=True) if folder else []
    for file in files[:1]:
        try:
            return _read(file)
        except _BROKEN as error:
            log.warning("classifier_broken", extra={"file": file.name, "error": type(error).__name__})
    return InUse(shipped, None)


def keep(classifier: Classifier, shipped: str, folder: Path, now: datetime) -> Path:
    """Writes a classifier that goes back to the one of version `shipped`: the whole file, or none."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"classifier-{now.astimezone(UTC):{_MOMENT}}-{shipped}-{classifier.version}.npz"
    unfinished = folder / f".{file.name}"
    classifier.save(unfinished)
    with unfinished.open("rb") as written:
        os.fsync(written.fileno())
    unfinished.replace(file)
    return file


def _read(file: Path) -> InUse:
    _, moment, _, version = file.stem.split("-")
    classifier = Classifier.read(file.read_bytes())
    if classifier.version != version:
        raise ValueError(version)
    return InUse(classifier, datetime.strptime(moment, _MOMENT).replace(tzinfo=UTC))
