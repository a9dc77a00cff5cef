from __future__ import annotations

import pytest

from embeddings.encoder import Encoder
from tests.embeddings.encoder_contract import EncoderContract
from tests.fakes import SlowEncoder, ThemeEncoder


@pytest.fixture(params=[ThemeEncoder(("lao dong", "leave"), ("so do",)), ThemeEncoder(), SlowEncoder()], ids=lambda encoder: encoder.name)
def encoder(request: pytest.FixtureRequest) -> Encoder:
    encoder: Encoder = request.param
    return encoder


class TestFakeEncoders(EncoderContract):
    pass
