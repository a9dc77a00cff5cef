"""The vectors of a deployment: which indexes they fit."""

from __future__ import annotations

from pathlib import Path

from assistant.vectors import Vectors
from embeddings.bundled_weights import bundled_identity


def test_the_space_names_encoder_and_projection(tmp_path: Path) -> None:
    name, _ = bundled_identity()
    vectors = Vectors(tmp_path, name)
    assert vectors.projection is not None
    assert vectors.space == f"{name}+{vectors.projection.name}"


def test_another_encoder_has_no_projection_and_a_space_of_its_own(tmp_path: Path) -> None:
    vectors = Vectors(tmp_path, "other")
    assert vectors.projection is None
    assert vectors.space == "other"
    assert vectors.indexed is not None
    assert vectors.indexed.known(["a"]) == {}
    vectors.cache.close()


def test_without_an_encoder_nothing_is_indexed(tmp_path: Path) -> None:
    vectors = Vectors(tmp_path, None)
    assert vectors.space is None
    assert vectors.indexed is None
