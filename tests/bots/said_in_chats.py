"""What the conversation of chats says and offers, read from its source: names, facts, actions."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import assistant.chats

# Names that are put together while running, by the expression that does it. A new one fails until it stands here.
_NAMES = {
    "f'file.{error.reason}'": ("file.too_big", "file.kind", "file.infected", "file.broken"),
    "f'file.{reason}'": ("file.too_big", "file.too_much", "file.too_many", "file.kind", "file.infected", "file.broken"),
    "f'send.not_a_{answer.route}'": ("send.not_a_complaint", "send.not_a_denunciation"),
    "f'send.not_a_{shown.sendable}'": ("send.not_a_complaint", "send.not_a_denunciation"),
    "f'send.{kind}'": ("send.report", "send.recommendation"),
    "f'send.{step}'": ("send.what", "send.where", "send.files", "send.contact"),
    "f\"erased.{('all' if extent == 'all' else 'talk')}\"": ("erased.all", "erased.talk"),
    "how": ("withdrawn", "asked_again"),
    "f'outbox.{delivery.what}'": ("outbox.state", "outbox.message", "outbox.survey", "outbox.guidance"),
    "f'language.{code}'": ("language.vi", "language.en"),
    "f'wrong.{kind.value}'": ("wrong.wrong_article", "wrong.out_of_force", "wrong.incomplete", "wrong.unclear"),
    "f'send.{shown.sendable}'": ("send.report", "send.recommendation"),
    "f'skip.{step}'": ("skip.where", "skip.files", "skip.contact"),
    "f'verdict.{verdict.value}'": ("verdict.satisfied", "verdict.partly", "verdict.not"),
}
_CODE, _NUMBER, _AREA = "DH-7K3QF-9D2MX-4", "9" * 12, "79" * 5
# The longest value of each expression within an action.
LONGEST_FACTS = {
    **dict.fromkeys(("code", "status.code", "receipt.code", "draft.code"), _CODE),
    **dict.fromkeys(("turn", "turn.number", "number", "order", "one.number"), _NUMBER),
    "fact": _NUMBER,
    "mask ^ 1 << order": "f" * 10,
    "kind.value": "wrong_article",
    "verdict.value": "satisfied",
    **dict.fromkeys(("consent.version", "parts.feedback.consents.current.version"), "2026-11-revised"),
    "step": "contact",
    "heard.state.step": f"opinion:{_CODE}:satisfied",
    "heard.state.area": _AREA,
    "one.code": _AREA,
    "action": "area",
}


@dataclass(frozen=True, slots=True)
class Spoken:
    """One sentence or label that is used, the facts that it is given everywhere, and the longest action of a choice."""

    name: str
    facts: frozenset[str]
    has_parts: bool = False
    longest_action: str = ""


def sentences_said() -> list[Spoken]:
    """Everything that is said, by name."""
    return _merged(chain(_spoken("Said", 0, 1), _said_below()))


def choices_offered() -> list[Spoken]:
    """Everything that can be tapped, by the name of its label."""
    return _merged(_spoken("Choice", 1, 2))


def commands() -> list[tuple[str, ...]]:
    """The commands, those of one meaning together."""
    tree = _modules()["talk"]
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and ast.unparse(node.func) == "dict.fromkeys"]
    return [ast.literal_eval(call.args[0]) for call in calls]


def _modules() -> dict[str, ast.Module]:
    folder = Path(assistant.chats.__path__[0])
    return {path.stem: ast.parse(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.py"))}


def _spoken(called: str, name_at: int, facts_at: int) -> Iterator[Spoken]:
    for tree in _modules().values():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == called:
                arguments = {keyword.arg: keyword.value for keyword in node.keywords}
                facts = node.args[facts_at] if len(node.args) > facts_at else arguments.get("facts")
                action = _longest(node.args[0]) if called == "Choice" else ""
                for name in _names(node.args[name_at]):
                    yield Spoken(name, _keys(facts, tree), "parts" in arguments, action)


def _said_below() -> Iterator[Spoken]:
    """Sentences below the parts of another, which have no facts; none is no name."""
    keywords = (node for tree in _modules().values() for node in ast.walk(tree) if isinstance(node, ast.keyword) and node.arg == "below")
    for keyword in keywords:
        yield from (Spoken(name, frozenset()) for name in _names(keyword.value) if name)


def _names(node: ast.expr) -> tuple[str, ...]:
    if isinstance(node, ast.Constant):
        return (str(node.value),)
    if isinstance(node, ast.IfExp):
        return (*_names(node.body), *_names(node.orelse))
    return _NAMES[ast.unparse(node)]


def _keys(node: ast.expr | None, tree: ast.Module) -> frozenset[str]:
    """The names of facts in a mapping, also where it has a name of its own or a function makes it."""
    match node:
        case None:
            return frozenset()
        case ast.Dict():
            return frozenset(str(ast.literal_eval(key)) for key in node.keys if key)
        case ast.Name():
            values = [one.value for one in ast.walk(tree) if isinstance(one, ast.Assign | ast.AnnAssign) and node.id in _targets(one)]
            return frozenset.intersection(*(_keys(value, tree) for value in values if isinstance(value, ast.Dict)))
        case ast.Call(func=ast.Name(id=name)):
            function = next(one for one in ast.walk(tree) if isinstance(one, ast.FunctionDef) and one.name == name)
            return _keys(next(one.value for one in ast.walk(function) if isinstance(one, ast.Return)), tree)
    raise AssertionError(ast.unparse(node))


def _targets(node: ast.Assign | ast.AnnAssign) -> list[str]:
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    return [target.id for target in targets if isinstance(target, ast.Name)]


def _longest(node: ast.expr) -> str:
    if isinstance(node, ast.Constant):
        return str(node.value)
    assert isinstance(node, ast.JoinedStr)
    written = (part.value if isinstance(part, ast.Constant) else LONGEST_FACTS[ast.unparse(_value(part))] for part in node.values)
    return "".join(map(str, written))


def _value(node: ast.expr) -> ast.expr:
    assert isinstance(node, ast.FormattedValue)
    return node.value


def _merged(found: Iterator[Spoken]) -> list[Spoken]:
    """One for each name: the facts that are given everywhere."""
    merged: dict[str, Spoken] = {}
    for one in found:
        known = merged.get(one.name, one)
        action = max(one.longest_action, known.longest_action, key=len)
        merged[one.name] = Spoken(one.name, one.facts & known.facts, one.has_parts and known.has_parts, action)
    return [merged[name] for name in sorted(merged)]
