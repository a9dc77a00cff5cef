"""What an Open311 client is told: discovery, services and their definitions, requests."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.feedback.consent import Consent
from assistant.feedback.states import StateMachine
from assistant.feedback.types import Field
from assistant.interop.names import ExchangeNames
from assistant.interop.service_requests import ServiceRequest
from bots.exchange.wording import open311_sentences
from bots.web.open311_formats import Said
from bots.web.units import Units

_SPECIFICATION = "http://wiki.open311.org/GeoReport_v2"
# When the services or their definitions last changed; the version of the consent, which is part of them, is added.
_CHANGED = "2026-11-22 00:00"


@dataclass(frozen=True, slots=True)
class Open311Terms:
    """What clients are told of this deployment. Without `jurisdiction` the parameter jurisdiction_id is not looked at."""

    jurisdiction: str = ""
    contact: str = ""
    key_service: str = ""


@dataclass(frozen=True, slots=True)
class Open311Speaker:
    """Puts things as GeoReport v2 does, in `vi` or `en`. Elements stand in the order of the specification; what is empty is there too."""

    terms: Open311Terms
    units: Units
    names: ExchangeNames

    def discovery(self, url: str, consent: Consent, language: str) -> Said:
        """The interface at `url` (http://wiki.open311.org/Service_Discovery)."""
        words, changed = open311_sentences(language), f"{_CHANGED} {consent.version}"
        endpoint = {
            "specification": _SPECIFICATION,
            "url": url,
            "changeset": changed,
            "type": "production",
            "formats": ["text/xml", "application/json"],
        }
        return {
            "changeset": changed,
            "contact": self.terms.contact or words.contact,
            "key_service": self.terms.key_service or words.key_service,
            "endpoints": [endpoint],
        }

    def service(self, field: Field, language: str) -> Said:
        """A field as a service."""
        name = self.names.fields[field]
        own, other = name.in_language(language), name.in_language("vi" if language == "en" else "en")
        return {
            "service_code": field.value,
            "service_name": own,
            "description": open311_sentences(language).about_field.format(field=own),
            "metadata": True,
            "type": "batch",
            "keywords": ", ".join((*name.words, other)),
            "group": "",
        }

    def definition(self, field: Field, consent: Consent, language: str) -> Said:
        """What a request of a service needs besides: the sender's consent, which the specification has no argument for."""
        words, text = open311_sentences(language), consent.en if language == "en" else consent.vi
        agreed: Said = {
            "variable": True,
            "code": "consent",
            "datatype": "singlevaluelist",
            "required": True,
            "datatype_description": words.consent_datatype,
            "order": 1,
            "description": words.consent.format(text=text),
            "values": [{"key": consent.version, "name": words.agree.format(version=consent.version)}],
        }
        message: Said = {
            "variable": True,
            "code": "request_id",
            "datatype": "string",
            "required": False,
            "datatype_description": "",
            "order": 2,
            "description": words.request_id,
        }
        return {"service_code": field.value, "attributes": [agreed, message]}

    def request(self, one: ServiceRequest, machine: StateMachine, language: str) -> Said:
        """A request, with nothing in it that is not public."""
        return {
            "service_request_id": str(one.number),
            "status": "open" if one.is_open else "closed",
            "status_notes": self._notes(one, machine, language),
            "service_name": self.names.fields[one.field].in_language(language),
            "service_code": one.field.value,
            "description": one.description,
            "agency_responsible": one.body,
            "service_notice": "",
            "requested_datetime": one.requested_at.isoformat(timespec="seconds"),
            "updated_datetime": one.updated_at.isoformat(timespec="seconds"),
            "expected_datetime": "",
            "address": self.units.full(one.area),
            "address_id": one.area,
            "zipcode": "",
            "lat": "",
            "long": "",
            "media_url": "",
        }

    def _notes(self, one: ServiceRequest, machine: StateMachine, language: str) -> str:
        """Why it is open or closed: the state in words with the class of its answer, or the one that it is followed with."""
        if one.parent is not None:
            return open311_sentences(language).duplicate.format(parent=one.parent)
        row = machine.states[one.state]
        result = self.names.results[one.result].in_language(language) if one.result else ""
        return ": ".join(filter(None, (row.en if language == "en" else row.vi, result)))
