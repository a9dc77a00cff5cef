"""Where real data lies for tests that run on it; a user does not have it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

_DEFAULT = Path(__file__).resolve().parents[2] / "shared" / "data"


def shared_data() -> Path | None:
    """The folder of real data, or None where this machine has none."""
    path = Path(os.environ.get("DIENHONG_SHARED_DATA", _DEFAULT))
    return path if path.is_dir() else None


def need_shared(relative: str) -> Path:
    """The real file or folder `relative`; skips the test aloud where it is absent."""
    root = shared_data()
    if root is None or not (root / relative).exists():
        pytest.skip(f"shared data absent: {relative}")
    return root / relative
