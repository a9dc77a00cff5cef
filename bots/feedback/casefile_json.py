"""A case file as JSON for the command line and the interface."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any

from assistant.feedback.casefile import CaseFile, SentOn
from bots.bodies.wording import shown_name
from bots.feedback.messages_json import messages_json

Json = dict[str, Any]


def casefile_json(file: CaseFile) -> Json:
    """All parts of the case file; moments as ISO 8601."""
    told = {name: [_plain(asdict(one)) for one in getattr(file, name)] for name in ("steps", "answers", "clocks", "joined", "attachments")}
    opinions = [{**_plain(asdict(one)), "score": round(one.score, 4)} for one in file.opinions]
    personal = [{"submission": number, "start": span.start, "end": span.end, "type": span.type} for number, span in file.personal]
    beside = {"referrals": [_referral(one) for one in file.referrals], "messages": messages_json(file.messages)}
    return {**told, **beside, "opinions": opinions, "personal": personal}


def _referral(sent: SentOn) -> Json:
    """`body_shown` is the body with the names of today."""
    told = {name: getattr(sent, name) for name in ("body", "basis", "note", "made_by")}
    return {**told, "body_shown": shown_name(sent.shown_body), "made_at": sent.made_at.isoformat()}


def _plain(values: Json) -> Json:
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items()}
