"""A case file as JSON for the command line and the interface."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from assistant.feedback.casefile import CaseFile, SentOn
from assistant.interop.origins import Origin
from bots.bodies.wording import shown_name
from bots.feedback.messages_json import messages_json

Json = dict[str, Any]


def casefile_json(file: CaseFile) -> Json:
    """All parts of the case file; moments as ISO 8601."""
    told = {name: [_plain(asdict(one)) for one in getattr(file, name)] for name in ("steps", "answers", "clocks", "joined", "attachments")}
    opinions = [{**_plain(asdict(one)), "score": round(one.score, 4)} for one in file.opinions]
    personal = [{"submission": number, "start": span.start, "end": span.end, "type": span.type} for number, span in file.personal]
    beside = {"referrals": [_referral(one) for one in file.referrals], "messages": messages_json(file.messages)}
    units = {"area": file.area, "area_then": file.area_then}
    return {**units, **told, **beside, "opinions": opinions, "personal": personal}


def origins_json(came_from: Sequence[Origin]) -> list[Json]:
    """Where submissions came from; moments as ISO 8601."""
    return [_plain(asdict(one)) for one in came_from]


def _referral(sent: SentOn) -> Json:
    """`body_shown` is the body with the names of today."""
    told = {name: getattr(sent, name) for name in ("body", "basis", "note", "made_by")}
    return {**told, "body_shown": shown_name(sent.shown_body), "made_at": sent.made_at.isoformat()}


def _plain(values: Json) -> Json:
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items()}
