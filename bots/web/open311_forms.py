"""What an Open311 client asks for or sends, read by the rules of GeoReport v2 (http://wiki.open311.org/GeoReport_v2)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

from assistant.feedback.intake import ContactDetails
from assistant.feedback.types import Field
from assistant.interop.names import ExchangeNames
from assistant.interop.service_requests import LONGEST_DESCRIPTION, RequestsWanted
from bots.exchange.wording import Open311Sentences

_SPAN = timedelta(days=90)
_MOST_FIELDS, _MOST_NUMBERS = 100, 1_000
# No database has more than fit into nine digits.
_NUMBER = re.compile(r"[0-9]{1,9}")
_REQUEST_ID = re.compile(r"[A-Za-z0-9._:-]*")
_LONGEST: Mapping[str, int] = {
    "address_string": 500,
    "address_id": 100,
    "email": 200,
    "first_name": 100,
    "last_name": 100,
    "phone": 40,
    "media_url": 2_000,
    "attribute[request_id]": 100,
    "attribute[consent]": 40,
    "service_code": 60,
}


class Open311Error(Exception):
    """Ends a request with an error of Open311: `kind` is a key of the sentences, `value` fills them in."""

    def __init__(self, status: int, kind: str, value: str = "", headers: Mapping[str, str] | None = None) -> None:
        self.status, self.kind, self.value, self.headers = status, kind, value, dict(headers or {})
        super().__init__(kind)


@dataclass(frozen=True, slots=True)
class RequestForm:
    """A request that a client creates. `text` is what the citizen wrote with the place; `request_id` is empty where none was given."""

    service: Field
    text: str = field(repr=False)
    consent: str
    request_id: str
    contact: ContactDetails


def form_fields(body: bytes) -> dict[str, str]:
    """The fields of a form; an empty one is as good as none, of several the first counts."""
    try:
        read = parse_qs(body.decode("utf-8"), max_num_fields=_MOST_FIELDS)
    except ValueError as error:
        raise Open311Error(400, "form") from error
    return {name: values[0] for name, values in read.items() if values[0].strip()}


def request_form(fields: Mapping[str, str], names: ExchangeNames, words: Open311Sentences) -> RequestForm:
    """The request in the fields of a form. Raises `Open311Error`."""
    if "service_code" not in fields:
        raise Open311Error(400, "service_code_missing")
    for name, longest in _LONGEST.items():
        if len(fields.get(name, "")) > longest:
            raise Open311Error(400, "unusable", name)
    if not _REQUEST_ID.fullmatch(fields.get("attribute[request_id]", "")):
        raise Open311Error(400, "unusable", "attribute[request_id]")
    service = field_of(fields["service_code"])
    description = fields.get("description", "")
    if len(description) > LONGEST_DESCRIPTION:
        raise Open311Error(400, "description")
    if "attribute[consent]" not in fields:
        raise Open311Error(400, "consent", service.value)
    written = (description or names.fields[service].vi, *_places(fields, words), *_media(fields, words))
    full_name = f"{fields.get('last_name', '')} {fields.get('first_name', '')}".strip()
    contact = ContactDetails(name=full_name, phone=fields.get("phone", ""), email=fields.get("email", ""))
    return RequestForm(service, "\n".join(written), fields["attribute[consent]"], fields.get("attribute[request_id]", ""), contact)


def requests_wanted(query: Mapping[str, str], now: datetime) -> RequestsWanted | None:
    """What the arguments of GET requests let through; None where they name requests, but none that there can be."""
    if named := query.get("service_request_id", "").strip():
        numbers = tuple(int(one) for one in _listed(named)[:_MOST_NUMBERS] if _NUMBER.fullmatch(one))
        return RequestsWanted(numbers) if numbers else None
    since, until = _span(query, now)
    statuses = set(_listed(query.get("status", "")))
    if statuses - {"open", "closed"}:
        raise Open311Error(400, "status")
    fields = tuple(field_of(one) for one in _listed(query.get("service_code", "")))
    return RequestsWanted(fields=fields, since=since, until=until, is_open="open" in statuses if len(statuses) == 1 else None)


def field_of(code: str) -> Field:
    """The field behind a service code. Raises `Open311Error`."""
    try:
        return Field(code)
    except ValueError as error:
        raise Open311Error(404, "service_code", code[:60]) from error


def _listed(written: str) -> list[str]:
    return [one.strip() for one in written.split(",") if one.strip()]


def _span(query: Mapping[str, str], now: datetime) -> tuple[datetime, datetime]:
    """The times between which requests are asked for: the newest 90 days, or 90 days from or until the one that is given."""
    since, until = (_moment(query.get(name, "").strip()) for name in ("start_date", "end_date"))
    try:
        if until is None:
            until = min(since + _SPAN, max(now, since)) if since else now
        since = since or until - _SPAN
    except OverflowError as error:
        raise Open311Error(400, "span") from error
    if not timedelta(0) <= until - since <= _SPAN:
        raise Open311Error(400, "span")
    return since, until


def _moment(written: str) -> datetime | None:
    if not written:
        return None
    # A plus sign that a client forgot to escape comes as a blank.
    try:
        moment = datetime.fromisoformat(written.replace(" ", "+") if "T" in written else written)
        if moment.tzinfo is None:
            raise Open311Error(400, "date", written[:40])
        return moment.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise Open311Error(400, "date", written[:40]) from error


def _places(fields: Mapping[str, str], words: Open311Sentences) -> list[str]:
    """Lines that tell the place. Raises `Open311Error` where none is given in full."""
    lines = [words.place.format(place=fields[name]) for name in ("address_string", "address_id") if name in fields]
    if ("lat" in fields) != ("long" in fields):
        raise Open311Error(400, "coordinates")
    if "lat" in fields:
        lat, long = _degrees(fields["lat"], 90), _degrees(fields["long"], 180)
        lines.append(words.coordinates.format(lat=lat, long=long))
    if not lines:
        raise Open311Error(400, "location")
    return lines


def _degrees(written: str, largest: int) -> float:
    try:
        degrees = float(written)
    except ValueError as error:
        raise Open311Error(400, "coordinates") from error
    # Not so for what is no number either.
    if not -largest <= degrees <= largest:
        raise Open311Error(400, "coordinates")
    return degrees


def _media(fields: Mapping[str, str], words: Open311Sentences) -> list[str]:
    """A line with the address of a picture; nobody here fetches it."""
    url = fields.get("media_url", "").strip()
    if not url:
        return []
    try:
        parts = urlsplit(url)
    except ValueError as error:
        raise Open311Error(400, "media_url") from error
    if parts.scheme not in ("http", "https") or not parts.netloc:
        raise Open311Error(400, "media_url")
    return [words.media.format(url=url)]
