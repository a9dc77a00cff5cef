from __future__ import annotations

import json
import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from embeddings.edge import EdgeIndex, is_held
from embeddings.errors import IndexBusy, IndexMissing
from embeddings.exact import ExactIndex
from embeddings.vector_index import Entry
from tests.embeddings.index_contract import (
    ANY,
    DIMENSION,
    ENTRIES,
    TOLERANCE,
    IndexContract,
    MakeIndex,
    assert_same,
    filled,
    passage,
    random_sparse,
    sparse,
    unit,
)

_OPEN_ELSEWHERE = "import sys; from pathlib import Path; from embeddings.edge import is_held; print(is_held(Path(sys.argv[1])))"

_SEARCH_ELSEWHERE = """
import json, sys
from pathlib import Path
import numpy as np
from embeddings.edge import EdgeIndex
from embeddings.vector_index import SearchFilter
index = EdgeIndex.open(Path(sys.argv[1]))
vector = np.array(json.loads(sys.argv[2]), np.float32)
print(json.dumps([hit.passage for hit in index.search_dense(vector, 50, SearchFilter())]))
index.close()
"""


@pytest.fixture
def index(tmp_path: Path) -> Iterator[EdgeIndex]:
    index = EdgeIndex.create(tmp_path / "shard", DIMENSION)
    yield index
    index.close()


@pytest.fixture(scope="module")
def make_index(tmp_path_factory: pytest.TempPathFactory) -> MakeIndex:
    return lambda: EdgeIndex.create(tmp_path_factory.mktemp("index") / "shard", DIMENSION)


class TestEdgeIndex(IndexContract):
    pass


@settings(max_examples=4, deadline=None, derandomize=True)
@given(seed=st.integers(0, 2**32 - 1), count=st.integers(0, 120))
def test_ranking_by_words_is_the_exact_one(seed: int, count: int) -> None:
    chance = random.Random(seed)
    entries = [Entry(passage(f"g#{number}"), random_sparse(chance, 20)) for number in range(count)]
    exact = filled(ExactIndex(), entries)
    with TemporaryDirectory() as folder:
        index = filled(EdgeIndex.create(Path(folder) / "shard", DIMENSION), entries)
        for query in [random_sparse(chance, 10) for _ in range(10)]:
            wanted = {hit.passage: hit.score for hit in exact.search_sparse(query, 200, ANY)}
            got = [hit.passage for hit in index.search_sparse(query, 200, ANY)]
            assert sorted(got) == sorted(wanted)
            # Ranked the same but for scores that float32 cannot tell apart.
            assert [wanted[name] for name in got] == pytest.approx(list(wanted.values()), abs=TOLERANCE)
        index.close()


def test_index_answers_the_same_after_opening_again(tmp_path: Path) -> None:
    filled(EdgeIndex.create(tmp_path / "shard", DIMENSION), ENTRIES).close()
    index = EdgeIndex.open(tmp_path / "shard")
    query = sparse({1000: 1.0, 1001: 1.0})
    assert_same(index.search_sparse(query, 50, ANY), filled(ExactIndex(), ENTRIES).search_sparse(query, 50, ANY))
    assert_same(index.search_dense(unit(1), 50, ANY), filled(ExactIndex(), ENTRIES).search_dense(unit(1), 50, ANY))
    index.close()


def test_folder_being_filled_can_be_opened_by_nobody_else(tmp_path: Path, index: EdgeIndex) -> None:
    with pytest.raises(IndexBusy) as caught:
        EdgeIndex.open(tmp_path / "shard")
    assert caught.value.path == str(tmp_path / "shard")
    index.close()
    EdgeIndex.open(tmp_path / "shard").close()


def test_folder_that_is_read_cannot_be_filled(tmp_path: Path, index: EdgeIndex) -> None:
    index.close()
    reader = EdgeIndex.open(tmp_path / "shard")
    with pytest.raises(IndexBusy):
        EdgeIndex.create(tmp_path / "shard", DIMENSION)
    reader.close()


def test_processes_read_one_folder_at_once_and_find_the_same(tmp_path: Path) -> None:
    filled(EdgeIndex.create(tmp_path / "shard", DIMENSION), ENTRIES).close()
    here = EdgeIndex.open(tmp_path / "shard")
    wanted = [hit.passage for hit in here.search_dense(unit(1), 50, ANY)]
    command = [sys.executable, "-c", _SEARCH_ELSEWHERE, str(tmp_path / "shard"), json.dumps(unit(1).tolist())]
    others = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(3)]
    assert [json.loads(other.communicate()[0]) for other in others] == [wanted] * 3
    assert [hit.passage for hit in here.search_dense(unit(1), 50, ANY)] == wanted
    here.close()
    assert [hit.passage for hit in EdgeIndex.open(tmp_path / "shard").search_dense(unit(1), 50, ANY)] == wanted


def test_folder_being_filled_has_an_owner_too(tmp_path: Path, index: EdgeIndex) -> None:
    assert is_held(tmp_path / "shard")
    index.close()
    assert not is_held(tmp_path / "shard")


def test_another_process_sees_the_owner(tmp_path: Path, index: EdgeIndex) -> None:
    command = [sys.executable, "-c", _OPEN_ELSEWHERE, str(tmp_path / "shard")]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip() == "True"
    index.close()
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip() == "False"


@pytest.mark.parametrize("content", ["no folder", "empty folder", "half a shard"])
def test_folder_without_a_shard_is_no_index(tmp_path: Path, content: str) -> None:
    folder = tmp_path / "shard"
    if content != "no folder":
        folder.mkdir()
    if content == "half a shard":
        (folder / "edge_config.json").write_text("{", encoding="utf-8")
    with pytest.raises(IndexMissing):
        EdgeIndex.open(folder)
    assert not is_held(folder)


def test_failed_opening_leaves_no_owner(tmp_path: Path) -> None:
    (tmp_path / "shard").mkdir()
    for _ in range(2):
        with pytest.raises(IndexMissing):
            EdgeIndex.open(tmp_path / "shard")
