"""The list of recommendations over HTTP: orders, what narrows it, and cursors."""

from __future__ import annotations

from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.bots.web.test_submissions_api import as_, submitted

Json = dict[str, Any]
BASE = "/api/v1/recommendations"


def get(client: TestClient, query: str = "", who: str = "lan") -> Json:
    answer = client.get(f"{BASE}{query}", headers=as_(who))
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def numbers(page: Json) -> list[int]:
    return [one["number"] for one in page["recommendations"]]


@pytest.fixture
def three(client: TestClient) -> TestClient:
    """Three letters; the second is lan's."""
    for number, text in enumerate(("Đường liên thôn hỏng", "Cầu làng gãy", "Đèn phố tắt"), 1):
        submitted(client, text, f"m-{number}")
    assert client.post(f"{BASE}/2/claim", headers=as_("lan"), json={"version": 2}).status_code == 200
    return client


def test_the_list_goes_on_by_its_cursor_and_counts_all(three: TestClient) -> None:
    for order in ("number", "newest", "oldest", "due", "urgency"):
        first = get(three, f"?order={order}&limit=2")
        rest = get(three, f"?order={order}&limit=2&cursor={first['cursor']}")
        assert (first["total"], rest["total"], rest["cursor"]) == (3, 3, None)
        listed = numbers(first) + numbers(rest)
        assert listed == ([3, 2, 1] if order == "newest" else [1, 2, 3])
    assert all("due" in one for one in get(three)["recommendations"])


def test_numbers_lead_on_as_well_in_the_order_of_numbers(three: TestClient) -> None:
    first = get(three, "?limit=2")
    assert (numbers(first), first["next"]) == ([1, 2], 2)
    rest = get(three, "?limit=2&after=2")
    assert (numbers(rest), rest["next"]) == ([3], None)
    assert get(three, "?limit=2&order=newest")["next"] is None


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?owner=me", [2]),
        ("?owner=lan", [2]),
        ("?owner=nobody", [1, 3]),
        ("?state=screening&state=accepted", [1, 2, 3]),
        ("?state=accepted", []),
        ("?kind=report&kind=recommendation", [1, 2, 3]),
        ("?field=transport", [1, 2, 3]),
        ("?field=health&field=land", []),
        ("?urgency=now", []),
        ("?area=province:01", []),
        ("?overdue=true", []),
        ("?unread=true", []),
    ],
)
def test_the_list_is_narrowed(three: TestClient, query: str, found: list[int]) -> None:
    page = get(three, query)
    assert (numbers(page), page["total"]) == (found, len(found))


def test_me_is_whoever_asks(three: TestClient) -> None:
    assert numbers(get(three, "?owner=me", "hung")) == []


@pytest.mark.parametrize("query", ["?order=best", "?urgency=later", "?area=01", "?limit=0", f"?cursor={'a' * 201}", "?kind=letter"])
def test_what_is_no_such_list_is_refused(three: TestClient, query: str) -> None:
    assert three.get(f"{BASE}{query}", headers=as_("lan")).status_code == 422


def test_a_cursor_of_another_order_is_refused_with_a_sentence(three: TestClient) -> None:
    cursor = get(three, "?order=due&limit=1")["cursor"]
    refused = three.get(f"{BASE}?order=newest&cursor={cursor}", headers={**as_("lan"), "Accept-Language": "vi"})
    assert (refused.status_code, refused.json()["type"]) == (409, "urn:dienhong:problem:cursor")
    assert "từ đầu danh sách" in refused.json()["detail"]
