"""What can go wrong when measuring."""

from __future__ import annotations

from pathlib import Path


class EvalError(Exception):
    """Base of every error of measuring; callers read attributes, never messages."""


class SetFileMissing(EvalError):
    """A file of an evaluation set is not there or cannot be opened."""

    def __init__(self, path: Path) -> None:
        self.path = path
        super().__init__(f"no readable file {path}")


class BadLine(EvalError):
    """A line of a set file cannot be used; `line` counts from 1, `reason` says why."""

    def __init__(self, path: Path, line: int, reason: str) -> None:
        self.path = path
        self.line = line
        self.reason = reason
        super().__init__(f"{path}, line {line}: {reason}")


class UnknownId(BadLine):
    """A judgement names a question or an article that its set does not have."""

    def __init__(self, path: Path, line: int, identifier: str) -> None:
        self.identifier = identifier
        super().__init__(path, line, f"unknown id {identifier!r}")


class DuplicateId(BadLine):
    """An id, or a whole judgement, stands twice in one file."""

    def __init__(self, path: Path, line: int, identifier: str) -> None:
        self.identifier = identifier
        super().__init__(path, line, f"{identifier!r} stands here a second time")


class NothingJudged(EvalError):
    """A figure is asked for where there is nothing to judge: no gold, no question, no value."""

    def __init__(self, figure: str) -> None:
        self.figure = figure
        super().__init__(f"nothing to judge for {figure}")
