"""An answer as server-sent events: what is going on, the sources, then the text, then an end that stops reconnecting."""

from __future__ import annotations

import asyncio
import json
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable
from typing import Any

from starlette.concurrency import run_in_threadpool

Json = dict[str, Any]
Event = dict[str, str]

# Answers kept so that a connection that broke and came back is not asked again.
_KEPT = 1_000


class Streams:
    """Answers being made or just made, by request: whoever asks the same with the same id hears the same answer."""

    def __init__(self) -> None:
        self._answers: OrderedDict[str, asyncio.Future[Json]] = OrderedDict()

    def __len__(self) -> int:
        """How many answers wait to be heard to their end."""
        return len(self._answers)

    async def events(self, request: str, request_id: str, answer: Callable[[], Json]) -> AsyncIterator[Event]:
        """The events of one answer; `answer` is called in a thread, once for each `request`. `request_id` is what the asker calls it."""
        yield _event("status", {"state": "searching", "request_id": request_id})
        made = self._answer(request, answer)
        await asyncio.wait({made})
        failure = made.exception()
        if failure is not None:
            self._answers.pop(request, None)
            yield _event("error", {"request_id": request_id})
            yield _event("end", {"request_id": request_id, "outcome": "failed"})
            raise failure
        content = made.result()
        yield _event("citations", {"citations": content["citations"], "related": content["related"]})
        yield _event("text", {"text": content["answer"], "outcome": content["outcome"], "options": content["options"]})
        yield _event("end", {"request_id": request_id, "outcome": content["outcome"]})
        # Heard to its end: nothing of it stays in memory.
        self._answers.pop(request, None)

    def _answer(self, request: str, answer: Callable[[], Json]) -> asyncio.Future[Json]:
        if request not in self._answers:
            self._answers[request] = asyncio.ensure_future(run_in_threadpool(answer))
            # A caller that goes away leaves the answer to be heard on its return.
            while len(self._answers) > _KEPT:
                self._answers.popitem(last=False)
        return self._answers[request]


def _event(name: str, data: Json) -> Event:
    return {"event": name, "data": json.dumps(data, ensure_ascii=False)}
