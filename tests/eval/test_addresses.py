"""Training the model of addresses on a handful of messages."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant.feedback.privacy.address_features import AddressFeatures
from assistant.feedback.privacy.address_model import AddressModel
from assistant.feedback.privacy.addresses import AddressFinder
from assistant.feedback.privacy.part_words import PartWords
from assistant.feedback.privacy.text import read_letter
from corpus.text import fold
from eval.addresses import Marked, main, read_marked, with_copies
from eval.errors import SetFileMissing

NAMES = ("Đông", "Thượng", "Cầu", "Hạ", "Vải", "Mới")


def line(text: str, address: str = "") -> str:
    start = text.index(address) if address else 0
    spans = [{"start": start, "end": start + len(address), "type": "address", "text": address}] if address else []
    return json.dumps({"text": text, "pii": [*spans, {"start": 0, "end": 1, "type": "name", "text": text[0]}]}, ensure_ascii=False)


@pytest.fixture
def messages(tmp_path: Path) -> Path:
    """In these somebody who says "tôi ở" lives in the lane, and a lane that is flooded is nobody's."""
    file = tmp_path / "messages.jsonl"
    lived = [
        line(f"Tôi ở ngõ {number} xóm {name}, xin hỏi giấy", f"ngõ {number} xóm {name}") for number, name in enumerate(NAMES, start=11)
    ]
    public = [line(f"Đường vào ngõ {number} xóm {name} ngập, xin sửa") for number, name in enumerate(NAMES, start=11)]
    file.write_text("\n".join([*lived, *public]), encoding="utf-8")
    return file


def test_what_is_learned_finds_the_addresses_of_other_messages(messages: Path, tmp_path: Path) -> None:
    told = list(main([str(messages), "--out", str(tmp_path / "model.npz")]))
    assert told[0] == "12 messages with 6 addresses"
    with (tmp_path / "model.npz").open("rb") as file:
        finder = AddressFinder(AddressModel.read(file), AddressFeatures(PartWords.load()))

    def found(text: str) -> list[str]:
        return [text[span.start : span.end] for span in finder.find(read_letter(text))]

    assert found("Tôi ở ngõ 38 xóm Đoài, xin hỏi giấy") == ["ngõ 38 xóm Đoài"]
    assert found("toi o ngo 38 xom doai, xin hoi giay") == ["ngo 38 xom doai"]
    assert found("Đường vào ngõ 38 xóm Đoài ngập, xin sửa") == []
    assert found("") == []


def test_copies_without_marks_keep_their_places() -> None:
    marked, bare = with_copies([Marked("Tôi ở ngõ 5", ((6, 11),))])
    assert (bare.text, bare.addresses) == (fold(marked.text), ((6, 11),))
    assert list(with_copies([bare])) == [bare]


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(SetFileMissing):
        read_marked(tmp_path / "none.jsonl")
