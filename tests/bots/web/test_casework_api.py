"""What reviewers do over HTTP: each act by its own address, with the version that was read, for those who may."""

from __future__ import annotations

from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.bots.web.test_submissions_api import as_, submitted

Json = dict[str, Any]
BASE = "/api/v1/recommendations/1"


def act(client: TestClient, path: str, form: Json, who: str = "hung", status: int = 200) -> Json:
    """The answer to an act on recommendation 1 as it stands."""
    answer = client.post(f"{BASE}/{path}", headers=as_(who), json={"version": version(client), **form})
    assert answer.status_code == status, answer.text
    return dict(answer.json())


def version(client: TestClient) -> int:
    return int(client.get(BASE, headers=as_("hung")).json()["version"])


def routed(client: TestClient) -> str:
    code = submitted(client)
    act(client, "transitions", {"to": "accepted"}, "lan")
    act(client, "transitions", {"to": "routed"})
    return code


def answered(client: TestClient) -> str:
    code = routed(client)
    draft = {"text": "Đã sửa đường ngày 20/11/2026.", "resolution": "settled", "provisions": ["45/2019/QH14@36.1"], "done_by": "2026-12-01"}
    act(client, "answers", draft, status=201)
    refused = act(client, "answers/approval", {}, "mai", 409)
    assert "nothing_cited" in refused["findings"]
    act(client, "answers/approval", {"reason": "đã gọi điện trả lời thêm"}, "mai")
    return code


def test_the_whole_way_to_a_published_answer(client: TestClient) -> None:
    code = answered(client)
    act(client, "redaction", {"public_texts": {code: "Đường liên thôn hỏng"}})
    act(client, "publication", {}, "mai")
    status = client.get(f"/api/v1/submissions/{code}").json()
    assert (status["state"], status["public_text"]) == ("published", "Đường liên thôn hỏng")
    file = client.get(f"{BASE}/file", headers=as_("hung")).json()
    assert [step["to"] for step in file["steps"]] == ["screening", "accepted", "routed", "answer_review", "answered", "published"]
    assert (file["answers"][0]["approved_by"], file["answers"][0]["done_by"]) == ("mai", "2026-12-01")


def test_an_answer_is_held_against_what_was_asked(client: TestClient) -> None:
    routed(client)
    act(client, "answers", {"text": "Đã tiếp nhận.", "resolution": "explained"}, status=201)
    found = client.get(f"{BASE}/answers/check", headers=as_("mai")).json()["findings"]
    assert {"nothing_cited", "only_phrases"} <= {one["rule"] for one in found}


def test_facts_are_settled_and_the_machine_is_judged(client: TestClient) -> None:
    submitted(client)
    act(client, "facts", {"field": "environment", "level": "commune", "area": "commune:00454", "title": "Đường liên thôn"})
    shown = client.get(BASE, headers=as_("hung")).json()
    assert (shown["field"], shown["level"], shown["area"]) == ("environment", "commune", "commune:00454")
    opinions = client.get(f"{BASE}/file", headers=as_("hung")).json()["opinions"]
    assert {one["task"]: one["is_accepted"] for one in opinions}["field"] is False


def test_matters_are_joined_and_parted(client: TestClient) -> None:
    submitted(client)
    submitted(client, "Đường liên thôn có ổ gà", "m-2")
    joined = client.post("/api/v1/recommendations/2/merge", headers=as_("lan"), json={"version": 2, "into": 1}).json()
    assert client.get(BASE, headers=as_("lan")).json()["submissions"] == 2
    parting = {"version": joined["version"], "to": "screening"}
    assert client.post("/api/v1/recommendations/2/unmerge", headers=as_("hung"), json=parting).status_code == 200
    assert client.get(BASE, headers=as_("lan")).json()["submissions"] == 1


def test_letters_for_and_against_are_linked_counted_and_undone(client: TestClient) -> None:
    submitted(client)
    code = submitted(client, "Xin giữ chợ ở chỗ cũ", "m-2")
    made = act(client, "links", {"kind": "opposes", "reason": "Muốn giữ chợ", "code": code}, status=201)
    shown = client.get(f"{BASE}/links", headers=as_("lan")).json()
    assert [(one["number"], one["code"], one["kind"], one["reason"]) for one in shown["links"]] == [
        (made["links"][0], code, "opposes", "Muốn giữ chợ")
    ]
    assert (sum(shown["opponents"].values()), sum(shown["supporters"].values())) == (1, 0)
    assert act(client, "links", {"kind": "supports", "reason": "r", "code": code}, status=409)["detail"]
    undone = act(client, f"links/{made['links'][0]}/undo", {}, "lan")
    assert undone["version"] == version(client)
    assert sum(client.get(f"{BASE}/links", headers=as_("lan")).json()["opponents"].values()) == 0
    act(client, "links", {"kind": "supports", "reason": "r", "code": "DH-22222-22222-2"}, status=422)
    act(client, "links", {"kind": "supports", "reason": "r"}, status=422)
    act(client, "links", {"kind": "supports", "reason": "r", "matter": 2}, "mai", 403)
    act(client, "links/99/undo", {}, status=422)


def test_parts_of_a_mixed_message_are_followed_by_themselves(client: TestClient) -> None:
    code = submitted(client, "Đường hỏng. Đề nghị sửa luật.")
    told = act(client, "split", {"code": code, "parts": [[0, 11], [12, 29]]}, "lan", 201)
    assert told["opened"] == [2, 3]
    assert client.get("/api/v1/recommendations/3", headers=as_("hung")).json()["sent"][0]["text"] == "Đề nghị sửa luật."
    assert act(client, "split", {"code": code, "parts": [[0, 99]]}, "lan", 422)["part"] == "parts"


def test_a_referral_names_its_body_and_ground(client: TestClient) -> None:
    routed(client)
    act(client, "referrals", {"body": "Sở Xây dựng", "basis": ["45/2019/QH14@36"], "note": "nhờ trả lời sớm"}, status=201)
    (referral,) = client.get(f"{BASE}/file", headers=as_("hung")).json()["referrals"]
    assert (referral["body"], referral["basis"], referral["note"]) == ("Sở Xây dựng", ["45/2019/QH14@36"], "nhờ trả lời sớm")


@pytest.mark.parametrize(
    ("path", "form", "who", "status", "member"),
    [
        ("transitions", {"to": "linked"}, "lan", 409, {"act": "merge"}),
        ("facts", {"kind": "denunciation"}, "hung", 409, {"allowed": ["sealed"]}),
        ("facts", {"area": "xã Tân Lập"}, "hung", 422, {}),
        ("merge", {"into": 1}, "lan", 409, {}),
        ("unmerge", {"to": "screening"}, "hung", 409, {}),
        ("answers/approval", {}, "mai", 409, {}),
        ("answers", {"text": " ", "resolution": "settled"}, "hung", 422, {}),
        ("redaction", {"public_texts": {"DH-22222-22222-2": "x"}}, "hung", 422, {"part": "code"}),
        ("facts", {"title": "x"}, "machine", 403, {}),
        ("redaction", {"public_texts": {}}, "lan", 403, {"roles": ["approver", "reviewer"]}),
        ("facts", {"title": "x", "version": 1}, "hung", 409, {"version": 2}),
    ],
)
def test_what_cannot_be_done_says_why(client: TestClient, path: str, form: Json, who: str, status: int, member: Json) -> None:
    submitted(client)
    told = act(client, path, form, who, status)
    assert told["detail"]
    assert {name: told.get(name) for name in member} == member


def test_a_sealed_case_file_is_for_its_officers(client: TestClient) -> None:
    submitted(client, "Tôi tố cáo cán bộ nhận tiền")
    seen = {name: client.get(f"{BASE}/file", headers=as_(name)).status_code for name in ("lan", "hung", "mai", "officer-1")}
    assert seen == {"lan": 404, "hung": 404, "mai": 404, "officer-1": 200}


def test_personal_data_left_is_named_until_somebody_says_that_it_may_stay(client: TestClient) -> None:
    code = answered(client)
    form = {"public_texts": {code: "Gọi số 0912345678"}, "version": 6}
    refused = client.post(f"{BASE}/redaction", json=form, headers=as_("hung"))
    assert (refused.status_code, refused.json()["found"]) == (409, [{"part": code, "type": "phone"}])
    assert "số điện thoại" in refused.json()["detail"]
    assert "0912345678" not in refused.text
    assert client.post(f"{BASE}/redaction", json={**form, "despite_found": True}, headers=as_("hung")).status_code == 200


def test_support_is_counted_once_and_only_for_what_is_public(client: TestClient) -> None:
    code = answered(client)
    address, form = "/api/v1/published/1/support", {"supporter": "thiết bị 1"}
    assert client.post(address, json=form).status_code == 404
    act(client, "redaction", {"public_texts": {code: "Đường hỏng"}})
    act(client, "publication", {}, "mai")
    for _ in range(2):
        assert client.post(address, json=form).json()["supporters"] == {"verified": 0, "unverified": 0, "anonymous": 1}
    assert client.post(address, json={**form, "standing": "verified"}).status_code == 403
    known = client.post(address, json={**form, "standing": "verified"}, headers=as_("machine")).json()
    assert known["supporters"] == {"verified": 1, "unverified": 0, "anonymous": 0}
