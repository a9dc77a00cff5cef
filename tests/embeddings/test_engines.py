from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import SecretStr

from embeddings.build import IndexHome, build_words
from embeddings.engines import ALIAS, QdrantEngine
from embeddings.errors import IndexUnreachable
from tests.embeddings.qdrant_server import KEY, QdrantDouble, serving
from tests.embeddings.test_build import ENCODER, LAW, build, found_by_words, plan, silent


@pytest.fixture
def server() -> Iterator[QdrantDouble]:
    with serving(KEY) as running:
        yield running


def engine(server: QdrantDouble) -> QdrantEngine:
    return QdrantEngine(server.url, SecretStr(KEY))


def test_a_generation_on_a_server_answers_like_one_on_disk(tmp_path: Path, server: QdrantDouble) -> None:
    on_server = build(IndexHome(tmp_path / "server", engine(server)), plan(LAW))
    on_disk = build(IndexHome(tmp_path / "disk"), plan(LAW))
    for question in ("trả lương", "kết hôn", "thuế nhà ở đâu"):
        assert found_by_words(on_server, question) == found_by_words(on_disk, question)


def test_the_alias_names_the_serving_collection_and_an_old_one_is_removed(tmp_path: Path, server: QdrantDouble) -> None:
    home = IndexHome(tmp_path, engine(server))
    first = build(home, plan(LAW))
    assert server.aliases == {ALIAS: f"dienhong-{first.directory.name}"}
    os.utime(first.directory, (0, 0))
    second = build(home, plan(LAW[:1], "r2"))
    assert set(server.collections) == {f"dienhong-{second.directory.name}"}
    assert server.aliases == {ALIAS: f"dienhong-{second.directory.name}"}
    assert not first.directory.exists()


def test_askers_of_the_generation_before_are_given_a_day(tmp_path: Path, server: QdrantDouble) -> None:
    home = IndexHome(tmp_path, engine(server))
    first = build(home, plan(LAW))
    build(home, plan(LAW[:1], "r2"))
    assert found_by_words(first, "kết hôn") == {"procedure:x"}


def test_a_server_that_cannot_be_reached_leaves_no_generation_behind(tmp_path: Path) -> None:
    home = IndexHome(tmp_path, QdrantEngine("http://127.0.0.1:9"))
    with pytest.raises(IndexUnreachable):
        build_words(home, plan(LAW), dimension=ENCODER.dimension, known=None, encoder=None, progress=silent)
    assert not list(tmp_path.glob("generation-*"))
