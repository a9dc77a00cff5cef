"""What can go wrong when finding passages."""

from __future__ import annotations

# As the system says it.
NO_SPACE = "No space left on device"


class EmbeddingsError(Exception):
    """Base of every error of finding; callers read attributes, never messages."""


class ModelUnavailable(EmbeddingsError):
    """An encoder's weights or service cannot be used; `reason` says why."""

    def __init__(self, name: str, reason: str) -> None:
        self.name = name
        self.reason = reason
        super().__init__(f"encoder {name} is not available: {reason}")


class IndexBusy(EmbeddingsError):
    """Another process holds the index directory in a way that excludes this use."""

    def __init__(self, path: str) -> None:
        self.path = path
        super().__init__(f"index in use by another process: {path}")


class IndexMissing(EmbeddingsError):
    """There is no usable index yet; build one first."""

    def __init__(self, path: str) -> None:
        self.path = path
        super().__init__(f"no index at {path}")


class IndexUnfinished(EmbeddingsError):
    """A process that makes an index ended before it was done; `how` is `NO_SPACE` where its disk was full, else a signal or its words."""

    def __init__(self, how: str) -> None:
        self.how = how
        super().__init__(f"index not finished: {how}")


class DiskFilled(EmbeddingsError):
    """The disk filled while an index was written; `missing` bytes more must be free for the next try."""

    def __init__(self, missing: int) -> None:
        self.missing = missing
        super().__init__(f"disk filled while an index was written: {missing} bytes missing")


class IndexUnreachable(EmbeddingsError):
    """A server that holds an index cannot be used; `reason` says why."""

    def __init__(self, url: str, reason: str) -> None:
        self.url = url
        self.reason = reason
        super().__init__(f"index server {url} cannot be used: {reason}")
