"""The JSON form of an answer: a contract with other programs, described in docs/answer.schema.json."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter

from assistant.answering.types import Answer, Citation
from bots.law.render import answer_text
from bots.wording import Sentences, language_code
from corpus.area_types import Area, PlaceMatch
from corpus.types import Procedure

if TYPE_CHECKING:
    from assistant.answering.comparing import ComparedSide
    from assistant.understanding.facts import Fact

_PROCEDURE = TypeAdapter(Procedure)


def answer_json(answer: Answer, words: Sentences) -> dict[str, Any]:  # Any: JSON
    """The answer as JSON values."""
    understood = answer.question
    return {
        "outcome": answer.outcome.value,
        "question": {
            "typed": understood.typed,
            "restored": understood.restored,
            "language": understood.language,
            "as_of": understood.as_of.isoformat(),
        },
        "answer": answer_text(answer, words),
        "claims": [{"text": claim.text, "provisions": [str(one) for one in claim.provisions]} for claim in answer.claims],
        "citations": [_citation(citation) for citation in answer.citations],
        "route": answer.route or None,
        "is_urgent": answer.is_urgent,
        "options": list(answer.options),
        "asked_back": _asked_back(answer.asked_back, language_code(words)) if answer.asked_back else None,
        "places": [_place(match) for match in answer.places],
        "sides": [_side(side) for side in answer.sides],
        "related": [{"id": related.id, "title": related.title, "score": related.score} for related in answer.related],
        "procedure": _procedure(answer.procedure) if answer.procedure else None,
        "timings_ms": dict(answer.timings_ms),
    }


def _asked_back(fact: Fact, language: str) -> dict[str, Any]:
    options = [{"choice": f"{fact.id}:{option.id}", "label": option.label.in_language(language)} for option in fact.options]
    return {"fact": fact.id, "question": fact.question.in_language(language), "options": options}


def _place(match: PlaceMatch) -> dict[str, Any]:
    return {"text": match.text, "old": _area(match.old) if match.old else None, "today": [_area(area) for area in match.today]}


def _area(area: Area) -> dict[str, Any]:
    return {"code": area.code, "name": area.name, "full": area.full, "level": area.level.value, "province": area.parent}


def _side(side: ComparedSide) -> dict[str, Any]:
    return {
        "name": side.name,
        "as_of": _day(side.as_of),
        "state": side.state.value,
        "lead": side.lead,
        "provisions": [str(citation.provision) for citation in side.citations],
        "procedure": side.procedure.id if side.procedure else None,
    }


def _citation(citation: Citation) -> dict[str, Any]:
    provision = citation.provision
    return {
        "provision": str(provision),
        "document_number": citation.document_number,
        "document_title": citation.document_title,
        "article": provision.article,
        "clause": provision.clause,
        "point": provision.point,
        "heading": citation.heading,
        "quote": citation.quote,
        "valid_from": _day(citation.valid_from),
        "valid_to": _day(citation.valid_to),
        "url": citation.url,
        "score": citation.score,
        "later_changes": [
            {"number": change.number, "title": change.title, "since": change.since.isoformat(), "certain": change.certain}
            for change in citation.later_changes
        ],
    }


def _procedure(procedure: Procedure) -> dict[str, Any]:
    values: dict[str, Any] = _PROCEDURE.dump_python(procedure, mode="json", exclude={"questions", "also_called"})
    for basis, original in zip(values["legal_basis"], procedure.legal_basis, strict=True):
        basis["provisions"] = [str(provision) for provision in original.provisions]
    bases = {
        "where": [place.basis for place in procedure.where],
        "fees": [fee.basis for fee in procedure.fees],
        "processing_times": [time.basis for time in procedure.processing_times],
    }
    for name, provisions in bases.items():
        for value, basis in zip(values[name], provisions, strict=True):
            value["basis"] = [str(provision) for provision in basis]
    return values


def _day(value: date | None) -> str | None:
    return value.isoformat() if value else None
