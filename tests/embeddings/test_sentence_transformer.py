from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from corpus.text import nfc
from embeddings.bundled import BundledEncoder
from embeddings.bundled_tokenizer import UnigramTokenizer
from embeddings.bundled_weights import PackedWeights, PieceTable, bundled_weights_path
from embeddings.errors import ModelUnavailable
from embeddings.sentence_transformer import SentenceTransformerEncoder, bundled_as_sentence_transformer
from tests.embeddings.encoder_contract import TEXTS, EncoderContract, cosines


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pytest.importorskip("sentence_transformers", reason="extra absent: dienhong[models]")
    return bundled_as_sentence_transformer(tmp_path_factory.mktemp("models") / "e5-small")


@pytest.fixture(scope="module")
def float32(folder: Path) -> SentenceTransformerEncoder:
    return SentenceTransformerEncoder(folder)


# As transformers reads it, which carries no types.
@pytest.fixture(scope="module")
def tokenizer(folder: Path) -> Any:
    return pytest.importorskip("transformers").AutoTokenizer.from_pretrained(str(folder), local_files_only=True)


@pytest.fixture(scope="module")
def table() -> PieceTable:
    return PackedWeights(bundled_weights_path()).table


@pytest.mark.model
class TestSentenceTransformerEncoder(EncoderContract):
    @pytest.fixture(scope="class")
    @classmethod
    def encoder(cls, float32: SentenceTransformerEncoder) -> SentenceTransformerEncoder:
        return float32

    def test_bundled_encoder_gives_the_same_vectors_as_float32(self, float32: SentenceTransformerEncoder) -> None:
        bundled = BundledEncoder()
        assert min(cosines(bundled.encode_passages(TEXTS), float32.encode_passages(TEXTS))) > 0.995
        assert min(cosines(bundled.encode_queries(TEXTS), float32.encode_queries(TEXTS))) > 0.995

    def test_name_is_the_folder_and_a_digest_of_weights_and_prefixes(self, folder: Path, float32: SentenceTransformerEncoder) -> None:
        assert float32.name.startswith("e5-small/sentence-transformers/")
        assert SentenceTransformerEncoder(str(folder)).name == float32.name
        assert SentenceTransformerEncoder(folder, query_prefix="").name != float32.name

    def test_a_default_prompt_of_the_model_is_not_added_to_the_prefix(self, folder: Path, float32: SentenceTransformerEncoder) -> None:
        prompting = folder / "config_sentence_transformers.json"
        prompting.write_text(json.dumps({"prompts": {"query": "Hãy tìm: "}, "default_prompt_name": "query"}), encoding="utf-8")
        vectors = SentenceTransformerEncoder(folder).encode_queries(TEXTS)
        prompting.unlink()
        assert min(cosines(vectors, float32.encode_queries(TEXTS))) > 0.99999

    @pytest.mark.parametrize(
        ("text", "why"),
        [
            *((text, "real wording") for text in TEXTS),
            ("", "nothing"),
            ("  a   b \n c\t", "blanks"),
            ("\x01điều\x07\u200b\ufeff1\u00a0khoản", "controls and odd blanks"),
            ("½ ① ﬁ Ⅷ ％ ﷺ", "compatibility letters"),
            ("▁ là dấu", "the mark of the pieces"),
        ],
    )
    def test_tokens_of_the_folder_are_those_of_the_bundled_tokenizer(self, tokenizer: Any, table: PieceTable, text: str, why: str) -> None:
        ids = UnigramTokenizer(table).ids("query: " + nfc(text))
        assert tokenizer("query: " + nfc(text)).input_ids == [table.begin, *ids, table.end], why


class TestModelsThatCannotBeHad:
    def test_missing_extra_is_named(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(sys.modules, "sentence_transformers", None)
        monkeypatch.setitem(sys.modules, "safetensors.numpy", None)
        for attempt in (SentenceTransformerEncoder, bundled_as_sentence_transformer):
            with pytest.raises(ModelUnavailable) as caught:
                attempt(tmp_path)
            assert "dienhong[models]" in caught.value.reason

    def test_absent_folder_is_not_taken_for_a_name_on_the_hub(self, tmp_path: Path) -> None:
        with pytest.raises(ModelUnavailable) as caught:
            SentenceTransformerEncoder(tmp_path / "absent")
        assert (caught.value.name, caught.value.reason) == ("absent", "no such folder")

    @pytest.mark.model
    def test_folder_without_a_model_is_refused(self, tmp_path: Path) -> None:
        pytest.importorskip("sentence_transformers", reason="extra absent: dienhong[models]")
        with pytest.raises(ModelUnavailable) as caught:
            SentenceTransformerEncoder(tmp_path)
        assert "cannot load" in caught.value.reason
