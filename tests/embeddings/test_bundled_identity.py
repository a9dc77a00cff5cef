from __future__ import annotations

import pytest

from embeddings.bundled import BundledEncoder
from embeddings.bundled_weights import bundled_identity


@pytest.mark.model
def test_the_identity_is_known_without_making_the_encoder() -> None:
    encoder = BundledEncoder()
    assert bundled_identity() == (encoder.name, encoder.dimension)
