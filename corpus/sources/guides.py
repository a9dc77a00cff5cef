"""The project's own procedure guides: YAML files checked key by key, then trusted.

One file is one guide. A file that breaks a rule of the schema is left out and each fault is reported with its line;
the others are loaded. The packaged folder is `corpus/data/procedures`.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from corpus.sources.failures import Failure
from corpus.sources.guide_schema import Guide
from corpus.sources.guide_yaml import YamlFile, read_yaml
from corpus.types import Fee, LegalBasis, Paper, Procedure, ProcessingTime, ReceivingPlace

_PACKAGED = Path(__file__).resolve().parents[1] / "data" / "procedures"


@dataclass(frozen=True, slots=True)
class GuideReport:
    """The guides that keep every rule, by id, and what is wrong with the others."""

    procedures: tuple[Procedure, ...]
    failures: tuple[Failure, ...]


def load_guides(directory: Path | None = None) -> GuideReport:
    """Every valid guide of `directory` (default: the packaged folder); broken files become failures, one for each fault."""
    folder = directory or _PACKAGED
    if not folder.is_dir():
        return GuideReport((), (Failure(str(folder), "no such folder"),))
    procedures: list[Procedure] = []
    failures: list[Failure] = []
    for path in sorted(path for path in folder.iterdir() if path.suffix.lower() in (".yaml", ".yml")):
        outcome = _guide(path)
        if isinstance(outcome, Guide):
            procedures.append(_procedure(outcome))
        else:
            failures += outcome
    return GuideReport(tuple(procedures), tuple(failures))


def _guide(path: Path) -> Guide | list[Failure]:
    if path.suffix != ".yaml":
        return [Failure(path.name, "a guide's file name ends in .yaml")]
    content = read_yaml(path)
    if isinstance(content, Failure):
        return [content]
    try:
        guide = Guide.model_validate(content.value)
    except ValidationError as error:
        return _faults(content, error)
    if guide.id != path.stem:
        return [Failure(f"{path.name}:{content.line_of(['id'])}", f"id {guide.id} is not the file name")]
    return guide


def _faults(content: YamlFile, error: ValidationError) -> list[Failure]:
    faults = []
    for fault in error.errors(include_url=False):
        name = ".".join(str(step) for step in fault["loc"]) or "file"
        faults.append(Failure(f"{content.path.name}:{content.line_of(fault['loc'])}", f"{name}: {fault['msg']}"))
    return faults


def _procedure(guide: Guide) -> Procedure:
    change = guide.two_level_change
    return Procedure(
        id=guide.id,
        name=guide.name,
        code=guide.code,
        field=guide.field,
        who=guide.who,
        where=tuple(ReceivingPlace(w.level, w.body, w.receives_at, w.when, tuple(w.basis)) for w in guide.where),
        steps=tuple(guide.steps),
        papers=tuple(Paper(p.name, p.kind == "submit", p.originals, p.copies, p.form, p.when) for p in guide.papers),
        fees=tuple(Fee(f.amount_vnd, f.text, f.when, tuple(f.basis)) for f in guide.fee),
        processing_times=tuple(ProcessingTime(t.value, t.unit, t.text, t.when, tuple(t.basis)) for t in guide.processing_time),
        online_level=guide.online_level,
        online_address=guide.online_address,
        result=guide.result,
        legal_basis=tuple(LegalBasis(b.document, b.title, tuple(b.provisions)) for b in guide.legal_basis),
        two_level_change=None if change is None else change.text,
        notes=tuple(guide.notes),
        unchecked=tuple(guide.unchecked),
        checked_on=guide.checked_on,
        source_address=next((source.address for source in guide.sources if source.address), None),
        also_called=tuple(guide.also_called),
        questions=tuple(guide.questions),
        is_guide=True,
    )
