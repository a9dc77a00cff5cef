"""Service requests: followed by everybody, without anybody's words before they are public, and never with what is sealed."""

from __future__ import annotations

from assistant.feedback.states import Role, State, Step
from assistant.feedback.types import Field, Kind
from assistant.interop.service_requests import RequestsWanted, ServiceRequest, request_number, service_requests
from tests.assistant.feedback.office import HUNG, LAN, MAI, Office, person
from tests.assistant.interop.cases import HANOI_COMMUNE, accepted, published, version

ALL = RequestsWanted()
DEPUTY = person("minh", Role.DEPUTY)


def by_number(office: Office, wanted: RequestsWanted = ALL) -> dict[int, ServiceRequest]:
    return {one.number: one for one in service_requests(office.desk, wanted)}


def test_words_and_places_are_told_of_what_is_public_only(office: Office) -> None:
    public, worked_on = published(office, "Cầu Đá hỏng", "Cầu […] hỏng"), accepted(office, "Đường hỏng")
    found = by_number(office)
    assert list(found) == [worked_on, public]
    assert (found[public].description, found[public].area, found[public].is_open) == ("Cầu […] hỏng", HANOI_COMMUNE, False)
    assert (found[public].result, found[public].field) == ("being_studied", Field.TRANSPORT)
    assert (found[worked_on].description, found[worked_on].area, found[worked_on].body) == ("", "", "")
    office.recommendations.take(public, version(office, public), Step(State.CLOSED, MAI))
    assert by_number(office)[public].description == "Cầu […] hỏng"
    office.recommendations.take(public, version(office, public), Step(State.REOPEN_REQUESTED, DEPUTY))
    assert (by_number(office)[public].description, by_number(office)[public].is_open) == ("", True)


def test_duplicates_are_closed_and_name_their_parent(office: Office) -> None:
    first, second = accepted(office, "Cầu Đá hỏng"), accepted(office, "Cầu Đá hỏng rồi")
    office.casework.merge(second, version(office, second), first, HUNG)
    found = by_number(office)
    assert [(one.is_open, one.parent) for one in (found[first], found[second])] == [(True, None), (False, first)]
    assert list(by_number(office, RequestsWanted(is_open=False))) == [second]
    assert list(by_number(office, RequestsWanted(is_open=True))) == [first]
    # What turns out to be a denunciation is gone, and with it what it was joined to.
    office.recommendations.take(first, version(office, first), Step(State.SEALED, HUNG))
    assert [one.parent for one in by_number(office).values() if one.number == second] in ([], [None])
    assert first not in by_number(office)


def test_nothing_is_shown_that_nobody_has_taken_in(office: Office) -> None:
    sealed, waiting = office.sent("Tôi tố cáo ông A"), office.sent("Đường hỏng")
    accepted(office, "Xử tôi oan", kind=Kind.COMPLAINT)
    shown = accepted(office, "Cầu hỏng")
    assert list(by_number(office)) == [shown]
    # A token of what is sealed looks as if it waited.
    assert request_number(office.desk, sealed) is request_number(office.desk, waiting) is None
    code = office.recommendations.show(shown, LAN).submissions[0].code
    assert request_number(office.desk, code) == shown
    assert list(by_number(office, RequestsWanted(numbers=(1, 2, 3, shown)))) == [shown]
