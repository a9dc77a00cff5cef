"""A server in a thread that speaks as much of Qdrant's REST format as `QdrantIndex` uses; the exact index finds for it.

It is strict where Qdrant is: unknown vectors and dimensions, ids that are no UUIDs, keys, limits and filters that it does
not know are refused. Format: https://api.qdrant.tech
"""

from __future__ import annotations

import json
import re
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import numpy as np

from corpus.types import Passage, Validity
from embeddings.exact import ExactIndex
from embeddings.vector_index import Entry, Found, SearchFilter, SparseVector

KEY = "right-key"
_CONFIG = {
    "hnsw_config": {"m": 16, "ef_construct": 100, "full_scan_threshold": 10000},
    "optimizer_config": {"default_segment_number": 0, "flush_interval_sec": 5},
}


class Refused(Exception):
    """The request is answered with this status and message."""

    def __init__(self, status: int, message: str) -> None:
        self.status = status
        super().__init__(message)


@dataclass
class Collection:
    """What a collection was made with, and its points as they were sent."""

    vectors: dict[str, Any]
    sparse_vectors: dict[str, Any]
    payload_schema: dict[str, str] = field(default_factory=dict)
    points: dict[str, dict[str, Any]] = field(default_factory=dict)

    def upsert(self, points: list[dict[str, Any]]) -> None:
        for point in points:
            uuid.UUID(point["id"])
            for name, vector in point["vector"].items():
                self._check(name, vector)
        self.points |= {point["id"]: point for point in points}

    def query(self, request: dict[str, Any]) -> list[dict[str, Any]]:
        if request["limit"] < 1:
            raise Refused(422, "Validation error in JSON body: [limit: value 0 invalid, must be 1 or larger]")
        query = request["query"]["nearest"]
        self._check(request["using"], query)
        where = _where(request.get("filter"))
        hits = self._sparse(query, request, where) if isinstance(query, dict) else self._dense(query, request, where)
        return [self._scored(hit, request["with_payload"]) for hit in hits]

    def _check(self, name: str, vector: Any) -> None:
        if isinstance(vector, dict):
            if name not in self.sparse_vectors:
                raise Refused(400, f"Wrong input: Not existing vector name error: {name}")
            if len(set(vector["indices"])) != len(vector["values"]) or not vector["indices"]:
                raise Refused(422, "Validation error: indices must be unique and as many as values")
        elif name not in self.vectors or len(vector) != self.vectors[name]["size"]:
            raise Refused(400, f"Wrong input: Vector dimension error: {name}")

    def _sparse(self, query: dict[str, Any], request: dict[str, Any], where: SearchFilter) -> list[Found]:
        if self.sparse_vectors[request["using"]] != {"modifier": "idf"}:
            raise Refused(500, "this double can only score with IDF")
        return self._index(request["using"]).search_sparse(_sparse(query), request["limit"], where)

    def _dense(self, query: list[float], request: dict[str, Any], where: SearchFilter) -> list[Found]:
        if self.vectors[request["using"]]["distance"] != "Dot":
            raise Refused(500, "this double can only score by dot product")
        return self._index(request["using"]).search_dense(np.array(query, np.float32), request["limit"], where)

    def _index(self, using: str) -> ExactIndex:
        """The points with the vector `using`, named by their ids."""
        index = ExactIndex()
        index.add(_entry(point, point["vector"][using]) for point in self.points.values() if using in point["vector"])
        return index

    def _scored(self, hit: Found, with_payload: list[str]) -> dict[str, Any]:
        payload = self.points[hit.passage]["payload"]
        return {
            "id": hit.passage,
            "version": 1,
            "score": hit.score,
            "payload": {key: payload[key] for key in with_payload if key in payload},
        }


class QdrantDouble(ThreadingHTTPServer):
    """Listens on a free port. `faults` are done in turn, one for each request, then all is well.

    A fault is a status to answer with ("500", "429 7" with Retry-After), "hang up" before doing the request, "lose the
    answer" after doing it, or "other" for an answer of some other server.
    """

    daemon_threads = True

    def __init__(self, key: str | None = None) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.key = key
        self.faults: list[str] = []
        self.requests: list[str] = []
        self.statuses: list[str] = []
        self.collections: dict[str, Collection] = {}
        self.aliases: dict[str, str] = {}

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def collection(self, name: str) -> Collection:
        """The collection of this name or alias."""
        try:
            return self.collections[self.aliases.get(name, name)]
        except KeyError:
            raise Refused(404, f"Not found: Collection `{name}` doesn't exist!") from None

    def answer(self, method: str, path: str, request: Any) -> Any:
        """The result of a request."""
        if (method, path) == ("GET", "/aliases"):
            return {"aliases": [{"alias_name": alias, "collection_name": name} for alias, name in self.aliases.items()]}
        if (method, path) == ("POST", "/collections/aliases"):
            return self._change_aliases(request["actions"])
        match = re.fullmatch(r"/collections/([^/]+)(?:/(.+))?", path)
        if match is None:
            raise Refused(404, "")
        return self._of_collection(f"{method} {match.group(2) or ''}".strip(), match.group(1), request)

    def _of_collection(self, what: str, name: str, request: Any) -> Any:
        match what:
            case "GET exists":
                return {"exists": self.aliases.get(name, name) in self.collections}
            case "PUT":
                return self._create(name, request)
            case "DELETE":
                return self.collections.pop(name, None) is not None
            case "GET":
                return self._described(self.collection(name))
            case "PUT index":
                self.collection(name).payload_schema[request["field_name"]] = request["field_schema"]
            case "PUT points":
                self.collection(name).upsert(request["points"])
            case "POST points/query":
                return {"points": self.collection(name).query(request)}
            case "POST points/count":
                return {"count": len(self.collection(name).points)}
            case _:
                raise Refused(404, "")
        return {"operation_id": 1, "status": "completed"}

    def _create(self, name: str, request: Any) -> bool:
        if name in self.collections:
            raise Refused(409, f"Wrong input: Collection `{name}` already exists!")
        self.collections[name] = Collection(request["vectors"], request["sparse_vectors"])
        return True

    def _described(self, collection: Collection) -> dict[str, Any]:
        params = {"vectors": collection.vectors, "sparse_vectors": collection.sparse_vectors}
        status = self.statuses.pop(0) if self.statuses else "green"
        return {
            "status": status,
            "optimizer_status": "ok",
            "segments_count": 1,
            "config": {"params": params, **_CONFIG},
            "payload_schema": {},
        }

    def _change_aliases(self, actions: list[dict[str, Any]]) -> bool:
        aliases = dict(self.aliases)
        for action in actions:
            match action:
                case {"delete_alias": {"alias_name": alias}}:
                    aliases.pop(alias, None)
                case {"create_alias": {"alias_name": alias, "collection_name": name}}:
                    if name not in self.collections:
                        raise Refused(404, f"Not found: Collection `{name}` doesn't exist!")
                    if alias in self.collections:
                        raise Refused(409, f"Wrong input: Collection `{alias}` already exists!")
                    aliases[alias] = name
        self.aliases = aliases
        return True


class _Handler(BaseHTTPRequestHandler):
    server: QdrantDouble

    def do_GET(self) -> None:
        self._serve()

    def do_PUT(self) -> None:
        self._serve()

    def do_POST(self) -> None:
        self._serve()

    def do_DELETE(self) -> None:
        self._serve()

    def _serve(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        path = self.path.partition("?")[0]
        self.server.requests.append(f"{self.command} {path}")
        fault = self.server.faults.pop(0) if self.server.faults else ""
        if fault[:1].isdigit():
            status, _, wait = fault.partition(" ")
            self._send(int(status), {"status": {"error": "planned fault"}}, wait)
            return
        if fault == "hang up":
            self.close_connection = True
            return
        status_and_answer = self._answered(path, json.loads(body) if body else None)
        if fault == "lose the answer":
            self.close_connection = True
        elif fault == "other":
            self._send(200, "<html>", "")
        else:
            self._send(*status_and_answer, "")

    def _answered(self, path: str, request: Any) -> tuple[int, object]:
        key = self.headers.get("api-key")
        if self.server.key is not None and key != self.server.key:
            return (403 if key else 401), {"status": {"error": "Forbidden"}}
        try:
            return 200, {"result": self.server.answer(self.command, path, request), "status": "ok", "time": 0.0}
        except Refused as refusal:
            return refusal.status, {"status": {"error": str(refusal)}, "time": 0.0}

    def _send(self, status: int, answer: object, wait: str) -> None:
        content = answer.encode() if isinstance(answer, str) else json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        if wait:
            self.send_header("Retry-After", wait)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name that the base class calls with
        """Says nothing: tests read `requests`."""


@contextmanager
def serving(key: str | None = None) -> Iterator[QdrantDouble]:
    """A server that answers until the block ends."""
    with QdrantDouble(key) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


def _sparse(vector: dict[str, Any]) -> SparseVector:
    order = np.argsort(vector["indices"])
    return SparseVector(np.array(vector["indices"], np.uint32)[order], np.array(vector["values"], np.float32)[order])


def _entry(point: dict[str, Any], vector: Any) -> Entry:
    payload = point["payload"]
    validity = Validity(_day(payload["since"]), _day(payload["until"]))
    passage = Passage(point["id"], "", "", "", validity, payload["kind"], payload["document"], payload["topic"])
    return Entry(passage, _sparse(vector), None) if isinstance(vector, dict) else Entry(passage, None, np.array(vector, np.float32))


def _day(ordinal: int) -> date | None:
    return date.fromordinal(ordinal) if 0 < ordinal <= date.max.toordinal() else None


def _where(filter_: dict[str, Any] | None) -> SearchFilter:
    """The filter as the exact index takes it; anything else than what the layout knows is refused."""
    many: dict[str, tuple[str, ...]] = {}
    days: dict[str, int] = {}
    for condition in (filter_ or {"must": []})["must"]:
        match {key: value for key, value in condition.items() if value is not None}:
            case {"key": "kind" | "document" | "topic" as key, "match": {"any": [*values]}}:
                many[f"{key}s"] = tuple(values)
            case {"key": "since", "range": {"lte": float() | int() as day}}:
                days["since"] = int(day)
            case {"key": "until", "range": {"gt": float() | int() as day}}:
                days["until"] = int(day)
            case _:
                raise Refused(400, f"this double does not know the condition {condition}")
    if days and days.get("since") != days.get("until"):
        raise Refused(400, "this double knows only one day")
    return SearchFilter(as_of=date.fromordinal(days["since"]) if days else None, **many)
