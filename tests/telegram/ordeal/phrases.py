"""What people write: questions as they ask them, messages of every kind, small talk, commands, places."""

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib.resources import files

SMALL_TALK = ("Xin chào", "cảm ơn nhé", "ok", "hello", "Thank you", "Bạn là ai?", "👍", "Hôm nay trời đẹp quá", "vâng ạ")
COMMANDS = ("/start", "/huongdan", "/hoi", "/theodoi", "/nguoithat", "/ngonngu", "/diachi", "/huy", "/khongco")
PLACES = ("thôn Đông, xã Đông Anh, Hà Nội", "phường Láng, Hà Nội", "gần chợ", "không")


@dataclass(frozen=True, slots=True)
class Phrases:
    """Texts to choose from. `questions` can be answered from the default corpus; `messages` are of every kind that the router knows."""

    questions: tuple[str, ...]
    messages: tuple[str, ...]

    @classmethod
    def load(cls) -> Phrases:
        """The texts that answers and the router are measured on."""
        return cls(_texts("everyday-test.jsonl"), _texts("router-test.jsonl"))


def _texts(name: str) -> tuple[str, ...]:
    lines = (files("eval") / "data" / name).read_text(encoding="utf-8").splitlines()
    return tuple(json.loads(line)["text"] for line in lines)
