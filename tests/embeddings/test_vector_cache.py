from __future__ import annotations

import sqlite3
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from embeddings.build import Chained
from embeddings.vector_cache import PackagedVectors, Vector, VectorCache


def vectors(*names: str, seed: int = 3) -> dict[str, Vector]:
    numbers = np.random.default_rng(seed).normal(size=(len(names), 384))
    return {name: np.asarray(row / np.linalg.norm(row), np.float32) for name, row in zip(names, numbers, strict=True)}


def assert_close(got: dict[str, Vector], wanted: dict[str, Vector], cosine: float) -> None:
    assert got.keys() == wanted.keys()
    for name, vector in got.items():
        assert vector.dtype == np.float32
        assert float(vector @ wanted[name]) / float(np.linalg.norm(vector)) > cosine


def test_vectors_come_back(tmp_path: Path) -> None:
    cache, stored = VectorCache(tmp_path / "made" / "vectors.sqlite"), vectors("a", "b", "điều 5#1")
    cache.put(stored)
    assert_close(cache.known(["a", "b", "điều 5#1", "unknown"]), stored, 0.9999)
    cache.close()
    again = VectorCache(tmp_path / "made" / "vectors.sqlite")
    assert_close(again.known(list(stored)), stored, 0.9999)
    again.close()


def test_missing_passages_are_told_in_order(tmp_path: Path) -> None:
    cache = VectorCache(tmp_path / "vectors.sqlite")
    cache.put(vectors("b"))
    assert cache.missing(["c", "b", "a"]) == ["c", "a"]
    assert cache.known([]) == {}
    cache.put({})
    assert cache.missing([]) == []
    cache.close()


def test_vector_put_again_is_replaced(tmp_path: Path) -> None:
    cache, later = VectorCache(tmp_path / "vectors.sqlite"), vectors("a", seed=4)
    cache.put(vectors("a"))
    cache.put(later)
    assert_close(cache.known(["a"]), later, 0.9999)
    cache.close()


def test_failed_put_leaves_nothing_behind(tmp_path: Path) -> None:
    cache = VectorCache(tmp_path / "vectors.sqlite")
    with pytest.raises(sqlite3.IntegrityError):
        cache.put({"a": vectors("a")["a"], None: vectors("b")["b"]})  # type: ignore[dict-item]
    assert cache.known(["a"]) == {}
    cache.close()


def test_two_processes_may_share_a_cache(tmp_path: Path) -> None:
    one, other = VectorCache(tmp_path / "vectors.sqlite"), VectorCache(tmp_path / "vectors.sqlite")
    one.put(vectors("a"))
    other.put(vectors("b"))
    assert one.missing(["a", "b", "c"]) == other.missing(["a", "b", "c"]) == ["c"]
    one.close()
    other.close()


def test_packaged_vectors_come_back(tmp_path: Path) -> None:
    stored = vectors("b", "a", "c")
    PackagedVectors.save(tmp_path / "vectors.npz", "e5", stored)
    packaged = PackagedVectors.load(tmp_path / "vectors.npz", "e5")
    assert_close(packaged.known(["a", "b", "c", "unknown"]), stored, 0.999)
    for vector in packaged.known(["a", "b"]).values():
        assert float(np.linalg.norm(vector)) == pytest.approx(1.0, abs=1e-5)


def test_packaged_vectors_of_another_encoder_are_none(tmp_path: Path) -> None:
    PackagedVectors.save(tmp_path / "vectors.npz", "e5", vectors("a"))
    assert PackagedVectors.load(tmp_path / "vectors.npz", "bge").known(["a"]) == {}


def test_absent_file_has_no_vectors(tmp_path: Path) -> None:
    assert PackagedVectors.load(tmp_path / "vectors.npz", "e5").known(["a"]) == {}


@settings(derandomize=True, deadline=None, max_examples=20)
@given(st.integers(0, 1000), st.integers(2, 64))
def test_eight_bits_keep_the_direction(seed: int, dimension: int) -> None:
    row = np.random.default_rng(seed).normal(size=dimension).astype(np.float32)
    vector = row / np.linalg.norm(row)
    scale = np.abs(vector).max() / 127
    packaged = PackagedVectors(["a"], np.round(vector / scale).astype(np.int8)[None], np.array([scale], np.float32))
    assert float(packaged.known(["a"])["a"] @ vector) > 0.999


def test_first_place_that_knows_a_passage_is_asked(tmp_path: Path) -> None:
    cache, packaged = VectorCache(tmp_path / "vectors.sqlite"), vectors("a", "b", seed=5)
    cache.put(vectors("a"))
    PackagedVectors.save(tmp_path / "vectors.npz", "e5", packaged)
    known = Chained(cache, PackagedVectors.load(tmp_path / "vectors.npz", "e5")).known(["a", "b", "c"])
    assert_close(known, {"a": vectors("a")["a"], "b": packaged["b"]}, 0.999)
    cache.close()
