"""A case file as JSON for the command line and the interface."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any

from assistant.feedback.casefile import CaseFile

Json = dict[str, Any]


def casefile_json(file: CaseFile) -> Json:
    """All parts of the case file; moments as ISO 8601."""
    told = {name: [_plain(asdict(one)) for one in getattr(file, name)] for name in ("steps", "answers", "referrals", "clocks", "joined")}
    opinions = [{**_plain(asdict(one)), "score": round(one.score, 4)} for one in file.opinions]
    personal = [{"submission": number, "start": span.start, "end": span.end, "type": span.type} for number, span in file.personal]
    return {**told, "opinions": opinions, "personal": personal}


def _plain(values: Json) -> Json:
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items()}
