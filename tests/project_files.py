"""The files that make the project, without what tools and runs leave behind."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
_LEFT_BEHIND = {"var", "build", "dist", "report", "__pycache__", "node_modules"}


def project_files(folder: Path = PROJECT) -> list[Path]:
    """Every file of the project, by path."""
    return sorted(_files(folder))


def python_files(*folders: str) -> list[Path]:
    """The Python files below these folders of the project."""
    return [path for path in project_files() if path.suffix == ".py" and path.relative_to(PROJECT).parts[0] in folders]


def _files(folder: Path) -> Iterator[Path]:
    for path in folder.iterdir():
        # Hidden folders are those of tools: the environment, caches, the history.
        is_left_behind = path.name in _LEFT_BEHIND or path.name.endswith(".egg-info") or (path.is_dir() and path.name.startswith("."))
        if is_left_behind:
            continue
        if path.is_dir():
            yield from _files(path)
        else:
            yield path
