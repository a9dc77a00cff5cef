"""The project's own tables: YAML files beside the code that reads them."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

import yaml

# The C parser is ten times as fast, which a command that answers one question feels; a build of PyYAML may lack it.
_LOADER: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_table(package: str, name: str) -> Any:  # Any: what a YAML file holds
    """The content of the file `name` in the folder data of `package` ("corpus", "assistant.answering")."""
    text = files(package).joinpath("data", name).read_text(encoding="utf-8")
    return yaml.load(text, Loader=_LOADER)  # noqa: S506 - a safe loader either way
