"""What can go wrong with law and procedures as data."""

from __future__ import annotations


class CorpusError(Exception):
    """Base of every error of the corpus; callers read attributes, never messages."""


class InvalidProvisionId(CorpusError):
    """A text that should name a provision does not."""

    def __init__(self, text: str) -> None:
        self.text = text
        super().__init__(f"not a provision id: {text!r}")


class DocumentNotFound(CorpusError):
    """No document with this number is in the store."""

    def __init__(self, document: str) -> None:
        self.document = document
        super().__init__(f"no such document: {document}")


class ProvisionNotFound(CorpusError):
    """The document is known but has no such article, clause or point."""

    def __init__(self, provision: str) -> None:
        self.provision = provision
        super().__init__(f"no such provision: {provision}")


class SourceUnreadable(CorpusError):
    """A whole source cannot be read; `reason` says why, `place` where."""

    def __init__(self, place: str, reason: str) -> None:
        self.place = place
        self.reason = reason
        super().__init__(f"{place}: {reason}")
