"""The wordings that measurements put around what they make (eval/data/frames.yaml)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import yaml
from pydantic import BaseModel, ConfigDict


class Frames(BaseModel):
    """Frames by use; each holds `{}` where something is put in."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    questions: tuple[str, ...]
    days: tuple[str, ...]
    joints: tuple[str, ...]
    unknown_documents: tuple[str, ...]
    lies: Mapping[str, str]
    obeyed: tuple[str, ...]
    answerable: str


@cache
def frames() -> Frames:
    """The frames shipped with the project."""
    return Frames.model_validate(yaml.safe_load((files("eval") / "data" / "frames.yaml").read_text(encoding="utf-8")))
