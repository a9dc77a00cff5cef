"""What senders learn of what they sent, as JSON."""

from __future__ import annotations

from assistant.feedback.own_data import OwnData, Status
from assistant.feedback.states import StateMachine
from bots.feedback.guidance_wording import guidance_json
from bots.feedback.messages_json import own_messages_json

Json = dict[str, object]


def status_json(status: Status, machine: StateMachine, language: str) -> Json:
    """How a submission stands, and what its sender may do next."""
    row = machine.states[status.state]
    may = [name for name, can in (("withdrawal", status.can_withdraw), ("review", status.can_ask_again)) if can]
    return {
        "code": status.code,
        "received_at": status.received_at.isoformat(),
        "since": status.since.isoformat(),
        "state": status.state,
        "label": row.en if language == "en" else row.vi,
        "may": may,
        "public_text": status.public_text,
        "guidance": guidance_json(status.guidance, language),
    }


def copy_json(copy: OwnData, machine: StateMachine, language: str) -> Json:
    """Everything kept of a submission."""
    told = copy.contact
    contact = {name: getattr(told, name) for name in ("name", "phone", "email", "address")} if told else None
    return {
        "status": status_json(copy.status, machine, language),
        "channel": copy.channel,
        "text": copy.text,
        "contact": contact,
        "consent_version": copy.consent_version,
        "provisions": list(copy.provisions),
        "attachments": [{"kind": kind, "size": size} for kind, size in copy.attachments],
        "history": [{"state": state, "at": moment.isoformat()} for state, moment in copy.history],
        "messages": own_messages_json(copy.messages),
    }
