"""The documents that people read are there, point to what exists, and show commands that can be typed."""

from __future__ import annotations

import contextlib
import io
import re
import shlex
from datetime import date
from pathlib import Path
from urllib.parse import unquote

import jsonschema
import pytest

from bots.cli import parser
from tests.answer_schema import answer_schema
from tests.project_files import PROJECT, project_files

READMES = ("README.md", "README.vi.md")
_LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)[^)]*\)|!\[[^\]]*\]\(([^)\s]+)[^)]*\)")
_FENCE = re.compile(r"^(?:```|~~~).*?^(?:```|~~~)", re.MULTILINE | re.DOTALL)
# In a block of code, or between backticks inside a sentence.
_COMMAND = r"(?:[A-Z_]+=\S+ +)*(?:\.venv/bin/)?dienhong"
_TYPED = re.compile(rf"^(?:    |\t|)\$? *({_COMMAND}(?: .*)?)$|`({_COMMAND} [^`\n]*)`", re.MULTILINE)
# A command followed by its explanation, two blanks apart or behind a number sign.
_EXPLAINED = re.compile(r"\s{2,}.*$|\s#.*$")


def documents() -> list[Path]:
    return [path for path in project_files() if path.suffix == ".md"]


def named(path: Path) -> str:
    return path.relative_to(PROJECT).as_posix()


def text_of(name: str) -> str:
    path = PROJECT / name
    assert path.is_file(), f"{name} is missing"
    return path.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", READMES)
def test_readme_names_the_two_commands(name: str) -> None:
    text = text_of(name)
    assert [command for command in ("make run", "make test") if command not in text] == []


def test_readmes_point_to_each_other() -> None:
    assert "(README.vi.md)" in text_of("README.md")
    assert "(README.md)" in text_of("README.vi.md")


def test_changelog_tells_what_is_in_this_version() -> None:
    assert re.search(r"^## .*(?:unreleased|0\.1\.0)", text_of("CHANGELOG.md"), re.MULTILINE | re.IGNORECASE)


def test_makefile_has_the_two_commands() -> None:
    assert re.findall(r"^(run|test):", text_of("Makefile"), re.MULTILINE) == ["run", "test"]


@pytest.mark.parametrize("path", documents(), ids=named)
def test_relative_links_lead_somewhere(path: Path) -> None:
    targets = [first or second for first, second in _LINK.findall(_FENCE.sub("", path.read_text(encoding="utf-8")))]
    local = [target for target in targets if not re.match(r"[a-z]+:|#", target)]
    assert [target for target in local if not (path.parent / unquote(target.partition("#")[0])).exists()] == []


@pytest.mark.parametrize("path", documents(), ids=named)
def test_links_to_a_heading_of_the_same_page_lead_there(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    headings = {_anchor(heading) for heading in re.findall(r"^#+ (.*)$", _FENCE.sub("", text), re.MULTILINE)}
    assert [target for target, _ in _LINK.findall(text) if target.startswith("#") and unquote(target[1:]) not in headings] == []


def _anchor(heading: str) -> str:
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")


def commands(text: str) -> list[str]:
    """The command lines of `dienhong` that a document shows, without what explains them."""
    lines = [block or inline for block, inline in _TYPED.findall(text)]
    return [_EXPLAINED.sub("", line).strip() for line in lines]


def arguments(command: str) -> list[str] | None:
    """What stands after `dienhong`, up to a pipe; None for a command that is only hinted at."""
    words = shlex.split(re.split(r"\s[|>&;]", command)[0])
    words = words[next(place for place, word in enumerate(words) if word.endswith("dienhong")) + 1 :]
    return None if not words or "…" in words or "..." in words else words


def refusal(words: list[str]) -> str:
    """Why the parser refuses the words; empty where it takes them."""
    said = io.StringIO()
    with contextlib.redirect_stderr(said), contextlib.redirect_stdout(io.StringIO()):
        try:
            parsed = parser().parse_args(words)
            day = getattr(parsed, "as_of", None)
            if day and day not in ("YYYY-MM-DD", "DAY"):
                date.fromisoformat(day)
        except SystemExit as ended:
            return said.getvalue() if ended.code else ""
        except ValueError as wrong:
            return str(wrong)
    return ""


@pytest.mark.parametrize("path", documents(), ids=named)
def test_commands_that_are_shown_can_be_typed(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    shown = [(command, refusal(words)) for command in commands(text) if (words := arguments(command))]
    # A command named in a sentence need not be complete: "with `dienhong ask` a citizen …".
    named_only = {command for command, said in shown if "arguments are required" in said and f"`{command}`" in text}
    assert [(command, said) for command, said in shown if said and command not in named_only] == []


@pytest.mark.parametrize("name", READMES)
def test_readmes_show_how_to_ask(name: str) -> None:
    asked = [words for command in commands(text_of(name)) if (words := arguments(command)) and words[0] == "ask"]
    assert asked, f"{name} shows no `dienhong ask …`"


@pytest.mark.parametrize("line", ["dienhong aks x", "dienhong ask", "dienhong corpus import", 'dienhong ask "x" --as-of 1.1.2025'])
def test_a_command_that_cannot_be_typed_would_be_found(line: str) -> None:
    (command,) = commands(f"Type `{line}` now.")
    words = arguments(command)
    assert words
    assert refusal(words)


def test_every_command_is_told_in_the_readme() -> None:
    told = "\n".join(commands(text_of("README.md")) + re.findall(r"`([a-z]+)`", text_of("README.md")))
    assert [name for name in ("ask", "chat", "corpus", "index", "eval") if not re.search(rf"\b{name}\b", told)] == []


def test_every_setting_is_told_in_the_documents() -> None:
    from assistant.settings import Settings

    told = "\n".join(path.read_text(encoding="utf-8") for path in documents())
    assert [name for name in Settings.model_fields if f"DIENHONG_{name.upper()}" not in told] == []


def test_every_setting_that_is_told_exists() -> None:
    from assistant.settings import Settings

    known = {f"DIENHONG_{name.upper()}" for name in Settings.model_fields} | {"DIENHONG_SHARED_DATA", "DIENHONG_NEED_BROWSER"}
    told = {name for path in documents() for name in re.findall(r"\bDIENHONG_[A-Z_]+[A-Z]\b", path.read_text(encoding="utf-8"))}
    assert told - known == set()


def test_the_answer_schema_is_a_json_schema() -> None:
    schema = answer_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["type"] == "object"
    assert {"outcome", "citations", "answer"} <= set(schema["required"])
