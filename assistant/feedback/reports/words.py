"""The words of the session report, from data/report-vi.yaml."""

from __future__ import annotations

from typing import Self

from pydantic import BaseModel, ConfigDict

from corpus.tables import read_table


class AnnexWords(BaseModel):
    """The words of the annex; `yes` marks what is recommended, `hidden` stands for what is not told."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    hidden: str
    yes: str
    sheets: dict[str, str]
    matters: tuple[str, ...]
    claims: tuple[str, ...]
    notes_header: str
    notes: tuple[str, ...]


class ReportWords(BaseModel):
    """The words of the report (data/report-vi.yaml); fields, levels and classes have one for UNKNOWN too."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: str
    subject: str
    nation: str
    motto: str
    number: str
    no_number: str
    issued: str
    issued_blank: str
    issuer_breaks: tuple[str, ...]
    central_issuer: str
    recipients: str
    central_recipients: tuple[str, ...]
    provincial_recipients: tuple[str, ...]
    sentences: dict[str, str]
    headings: dict[str, str]
    captions: dict[str, str]
    columns: dict[str, str]
    fields: dict[str, str]
    levels: dict[str, str]
    area_unknown: str
    kinds: dict[str, str]
    classes: dict[str, str]
    annex: AnnexWords
    claims: dict[str, str]

    @classmethod
    def load(cls) -> Self:
        """The project's own."""
        return cls.model_validate(read_table("assistant.feedback", "report-vi.yaml"))
