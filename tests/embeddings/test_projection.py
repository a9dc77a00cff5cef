"""Projections: what they do to vectors, on disk and in an index."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from assistant.vectors import projection_path
from embeddings.bundled_weights import bundled_identity
from embeddings.projection import Projected, Projection
from embeddings.vector_cache import Vector


def projection(matrix: list[list[float]], questions: tuple[float, float] = (0, 0), passages: tuple[float, float] = (0, 0)) -> Projection:
    return Projection("e5", *(np.array(part, np.float32) for part in (matrix, questions, passages)))


TURNED = projection([[0, 1], [1, 0]], questions=(0.5, 0.5), passages=(0.25, 0.25))


class OneVector:
    def known(self, passages: Sequence[str]) -> dict[str, Vector]:
        return {passage: np.array([0.6, 0.8], np.float32) for passage in passages if passage == "a"}


def test_questions_and_passages_are_taken_from_their_own_mean() -> None:
    vector = np.array([1.0, 0.5], np.float32)
    assert TURNED.of_question(vector).tolist() == [0.0, 1.0]
    assert np.allclose(TURNED.of_passage(vector), np.array([0.25, 0.75]) / np.hypot(0.25, 0.75), atol=1e-6)


@given(arrays(np.float32, 2, elements=st.floats(-1, 1, width=32)))
def test_what_is_projected_is_a_unit_vector(vector: Vector) -> None:
    length = float(np.linalg.norm(TURNED.of_question(vector)))
    assert length == pytest.approx(1.0, abs=1e-3) or np.linalg.norm(vector - 0.5) < 1e-6


def test_it_comes_back_from_disk_under_the_same_name_and_for_no_other_encoder(tmp_path: Path) -> None:
    path = tmp_path / "projection.npz"
    TURNED.save(path)
    loaded = Projection.load(path, "e5")
    assert loaded is not None
    assert loaded.name == TURNED.name
    assert (loaded.of_question(np.ones(2, np.float32)) == TURNED.of_question(np.ones(2, np.float32))).all()
    assert Projection.load(path, "other") is None
    assert Projection.load(tmp_path / "none.npz", "e5") is None


def test_another_matrix_or_mean_has_another_name() -> None:
    names = {projection([[1, 0], [0, 1]]).name, projection([[1, 0], [0, 2]]).name, projection([[1, 0], [0, 1]], passages=(0, 1)).name}
    assert len(names) == 3


def test_known_vectors_stand_projected_and_without_a_projection_as_they_are() -> None:
    assert np.allclose(Projected(OneVector(), TURNED).known(["a", "b"])["a"], TURNED.of_passage(np.array([0.6, 0.8], np.float32)))
    plain = Projected(OneVector(), None).known(["a", "b"])
    assert list(plain) == ["a"]
    assert plain["a"].tolist() == pytest.approx([0.6, 0.8])


def test_the_one_that_ships_is_of_the_bundled_encoder() -> None:
    name, dimension = bundled_identity()
    shipped = Projection.load(projection_path(), name)
    assert shipped is not None
    assert shipped.matrix.shape == (dimension, dimension)
