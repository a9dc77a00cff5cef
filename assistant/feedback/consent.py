"""What a citizen agrees to before the first submission: texts by version, shown as they stand here and named in every submission."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files

import yaml


@dataclass(frozen=True, slots=True)
class Consent:
    """One version of the text, in both languages."""

    version: str
    vi: str
    en: str


@dataclass(frozen=True, slots=True)
class Consents:
    """Every version there was, the current one last."""

    versions: tuple[Consent, ...]

    @classmethod
    def load(cls) -> Consents:
        """The project's own texts."""
        written = yaml.safe_load((files("assistant.feedback") / "data" / "consent.yaml").read_text(encoding="utf-8"))
        return cls(tuple(Consent(str(one["version"]), one["vi"].strip(), one["en"].strip()) for one in written))

    @property
    def current(self) -> Consent:
        """The one to show today."""
        return self.versions[-1]

    def knows(self, version: str) -> bool:
        """Whether this version was ever shown."""
        return any(one.version == version for one in self.versions)
