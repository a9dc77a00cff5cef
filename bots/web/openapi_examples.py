"""Schemas and examples of the published description that stand nowhere else."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

_TEXT: Mapping[str, Any] = {"type": "string"}
_DAY: Mapping[str, Any] = {"type": ["string", "null"], "format": "date"}
_MOMENT: Mapping[str, Any] = {"type": "string", "format": "date-time"}
_GUIDANCE: Mapping[str, Any] = {"type": "array", "items": {"$ref": "#/components/schemas/Guidance"}}
_CLAUSE = "1. Không quá 180 ngày đối với công việc của người quản lý doanh nghiệp …"
_LAW = "Bộ luật Lao động"


def _object(required: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": "object", "required": list(required), "properties": dict(required)}


def _list(of: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": dict(of)}


SCHEMAS: Mapping[str, Any] = {
    "InConversation": {
        "type": "object",
        "description": "where an answer stands; only with `conversation` in the request",
        "properties": {"conversation": _TEXT, "turn": {"type": "integer", "minimum": 1}},
    },
    "Found": _object(
        {
            "hits": _list(
                _object(
                    {
                        "id": _TEXT,
                        "title": _TEXT,
                        "score": {"type": "number"},
                        "why": {"type": "string", "description": "how the score came about"},
                    }
                )
            )
        }
    ),
    "Provision": _object(
        {
            "id": _TEXT,
            "label": {"type": ["string", "null"]},
            "document": {"type": "object"},
            "heading": _TEXT,
            "as_of": {"type": "string", "format": "date"},
            "text": {"type": ["string", "null"], "description": "null: not in force on that day"},
            "context": {**_list(_TEXT), "description": "the levels that it stands under"},
            "valid_from": _DAY,
            "valid_to": {**_DAY, "description": "first day no longer in force"},
            "url": {"type": ["string", "null"]},
            "versions": {**_list(_object({"heading": _TEXT, "valid_from": _DAY, "valid_to": _DAY})), "description": "its texts over time"},
            "relations": _list(_object({"kind": _TEXT, "origin": _TEXT, "target": _TEXT, "since": _DAY, "note": _TEXT})),
            "later_changes": _list(_object({"number": _TEXT, "title": _TEXT, "since": _DAY, "certain": {"type": "boolean"}})),
        }
    ),
    "Guidance": {
        **_object({"code": {"enum": ["emergency", "denunciation", "complaint", "question"]}, "text": _TEXT}),
        "description": "what the sender is to do besides, in the language asked for",
    },
    "Receipt": _object(
        {
            "code": {**_TEXT, "description": "the tracking code: whoever has it may follow, withdraw and delete"},
            "received_at": _MOMENT,
            "is_new": {"type": "boolean", "description": "false: the same had come before"},
            "guidance": {
                **_GUIDANCE,
                "description": "what the words show at once, to be read in this order; more may come with the status",
            },
        }
    ),
    "SubmissionStatus": _object(
        {
            "code": _TEXT,
            "received_at": _MOMENT,
            "since": {**_MOMENT, "description": "when it came into this state"},
            "state": _TEXT,
            "label": _TEXT,
            "may": {**_list({"enum": ["withdrawal", "review"]}), "description": "what its sender may ask for; it may be refused with 409"},
            "public_text": {"type": ["string", "null"], "description": "its published text, personal data left out"},
            "guidance": _GUIDANCE,
        }
    ),
    "StreamStatus": {
        **_object({"state": {"const": "searching"}, "request_id": _TEXT}),
        "description": "event `status`, first; with this `request_id` and the same form a stream that broke off is taken up again",
    },
    "StreamCitations": {
        **_object({"citations": _list({"$ref": "#/components/schemas/Answer.citation"}), "related": _list({"type": "object"})}),
        "description": "event `citations`: the sources, before the text",
    },
    "StreamText": {
        **_object({"text": _TEXT, "outcome": _TEXT, "options": _list(_TEXT)}),
        "description": "event `text`: the whole answer as plain text",
    },
    "StreamError": {**_object({"request_id": _TEXT}), "description": "event `error`: no answer came; `end` follows"},
    "StreamEnd": {
        **_object({"request_id": _TEXT, "outcome": _TEXT}),
        "description": "event `end`, last: nothing follows, and there is nothing to reconnect for; `outcome` is `failed` after `error`",
    },
}

_CITATION: Mapping[str, Any] = {
    "provision": "45/2019/QH14@25.1",
    "document_number": "45/2019/QH14",
    "document_title": _LAW,
    "article": "25",
    "clause": "1",
    "point": None,
    "heading": "Thời gian thử việc",
    "quote": _CLAUSE,
    "valid_from": "2021-01-01",
    "valid_to": None,
    "url": None,
    "score": 0.94,
    "later_changes": [],
}
_GUIDED: Mapping[str, Any] = {
    "code": "complaint",
    "text": "Nội dung này có thể là việc khiếu nại. Theo Điều 8 Luật Khiếu nại số 02/2011/QH13 …",
}
_SENT: Mapping[str, Any] = {"code": "DH-7K3QF-9D2MX-4", "received_at": "2026-11-22T08:30:00+00:00"}
_RELATED: Mapping[str, Any] = {"id": "45/2019/QH14@26", "title": "Điều 26. Tiền lương thử việc (Bộ luật Lao động)", "score": 0.71}
_ANSWER = f"Theo khoản 1 Điều 25 Bộ luật Lao động số 45/2019/QH14: {_CLAUSE}"

EXAMPLES: Mapping[str, Any] = {
    "Answer": {
        "outcome": "answered",
        "question": {
            "typed": "thu viec toi da bao lau",
            "restored": "thử việc tối đa bao lâu",
            "language": "vi",
            "as_of": "2026-11-22",
        },
        "answer": _ANSWER,
        "claims": [],
        "citations": [_CITATION],
        "route": "legal_question",
        "is_urgent": False,
        "options": [],
        "asked_back": None,
        "places": [],
        "sides": [],
        "related": [_RELATED],
        "procedure": None,
        "timings_ms": {"understand": 4.1, "find": 21.7, "total": 25.8},
    },
    "Found": {
        "hits": [
            {
                "id": "45/2019/QH14@25",
                "title": "Điều 25. Thời gian thử việc",
                "score": 0.94,
                "why": "0.940 = words 0.310 (BM25 14.2) + meaning 0.630 (cosine 0.902)",
            }
        ]
    },
    "Receipt": {**_SENT, "is_new": True, "guidance": [_GUIDED]},
    "SubmissionStatus": {
        **_SENT,
        "since": "2026-11-22T08:30:02+00:00",
        "state": "screening",
        "label": "Đang sàng lọc",
        "may": ["withdrawal"],
        "public_text": None,
        "guidance": [_GUIDED],
    },
    "Provision": {
        "id": "45/2019/QH14@25.1",
        "label": "khoản 1 Điều 25",
        "document": {"key": "45/2019/QH14", "number": "45/2019/QH14", "title": _LAW},
        "heading": "Thời gian thử việc",
        "as_of": "2026-11-22",
        "text": _CLAUSE,
        "context": ["Chương III. Hợp đồng lao động", "Mục 1. Giao kết hợp đồng lao động"],
        "valid_from": "2021-01-01",
        "valid_to": None,
        "url": None,
        "versions": [{"heading": "Thời gian thử việc", "valid_from": "2021-01-01", "valid_to": None}],
        "relations": [],
        "later_changes": [],
    },
}
# One event; its data are one line of JSON.
STREAM: Mapping[str, Any] = {
    "oneOf": [
        {
            "type": "object",
            "required": ["event", "data"],
            "properties": {
                "event": {"const": name},
                "data": {
                    "type": "string",
                    "contentMediaType": "application/json",
                    "contentSchema": {"$ref": f"#/components/schemas/Stream{name.capitalize()}"},
                },
            },
        }
        for name in ("status", "citations", "text", "error", "end")
    ]
}
_EVENTS: tuple[tuple[str, Mapping[str, Any]], ...] = (
    ("status", {"state": "searching", "request_id": "abc-1"}),
    ("citations", {"citations": [_CITATION], "related": [_RELATED]}),
    ("text", {"text": _ANSWER, "outcome": "answered", "options": []}),
    ("end", {"request_id": "abc-1", "outcome": "answered"}),
)
STREAM_EXAMPLE = "".join(f"event: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n" for name, data in _EVENTS)
