"""A YAML file as plain values that still knows the line of each of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from corpus.sources.failures import Failure

# The C parser is ten times as fast; a build of PyYAML may lack it.
_LOADER: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class YamlFile:
    """What a YAML file says: `value` is its plain content, `root` the tree with line marks."""

    path: Path
    value: object
    root: yaml.Node | None

    def line_of(self, location: Sequence[str | int]) -> int:
        """The line, from 1, of the innermost part of `location` (keys and list places) that exists."""
        node, line = self.root, 1
        for step in location:
            node = _child(node, step)
            if node is None:
                break
            line = node.start_mark.line + 1
        return line


def read_yaml(path: Path) -> YamlFile | Failure:
    """The content of `path`, or why it cannot be read: no UTF-8, no YAML, a key written twice, an unreadable file."""
    try:
        text = path.read_bytes().decode("utf-8")
    except OSError as error:
        return Failure(path.name, f"cannot be read: {error.strerror or error}")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        return Failure(f"{path.name}:{line}", "not UTF-8")
    try:
        loader = _LOADER(text)
        root = loader.get_single_node()
        twice = _written_twice(root)
        if twice is not None:
            return Failure(f"{path.name}:{twice.start_mark.line + 1}", f"key written twice: {twice.value}")
        return YamlFile(path, None if root is None else loader.construct_document(root), root)
    except (yaml.YAMLError, ValueError) as error:
        return Failure(_place(path, error), f"not YAML: {_problem(error)}")


def _child(node: yaml.Node | None, step: str | int) -> yaml.Node | None:
    if isinstance(node, yaml.MappingNode):
        return next((value for key, value in node.value if key.value == step), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        found: yaml.Node = node.value[step]
        return found
    return None


def _written_twice(node: yaml.Node | None) -> yaml.ScalarNode | None:
    # The loader would silently keep the last of two equal keys, so a fee could vanish.
    children: list[yaml.Node] = []
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            if key.value in seen:
                return key if isinstance(key, yaml.ScalarNode) else None
            seen.add(str(key.value))
            children.append(value)
    if isinstance(node, yaml.SequenceNode):
        children = node.value
    return next((twice for child in children if (twice := _written_twice(child)) is not None), None)


def _place(path: Path, error: Exception) -> str:
    mark = getattr(error, "problem_mark", None)
    return path.name if mark is None else f"{path.name}:{mark.line + 1}"


def _problem(error: Exception) -> str:
    return str(getattr(error, "problem", None) or error).splitlines()[0]
