from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from itertools import count

import pytest
from pydantic import SecretStr

from embeddings.errors import IndexMissing, IndexUnreachable
from embeddings.qdrant import QdrantIndex, remove_collection, swap_alias
from embeddings.vector_index import Entry
from tests.embeddings.index_contract import ANY, DIMENSION, ENTRIES, IndexContract, MakeIndex, filled, names, passage, sparse, unit
from tests.embeddings.qdrant_server import KEY, QdrantDouble, serving

# The client warns of keys sent without TLS; the double has none.
pytestmark = pytest.mark.filterwarnings("ignore:Api key is used with an insecure connection")


@pytest.fixture(scope="module")
def make_index() -> Iterator[MakeIndex]:
    numbers = count()
    with serving() as server:
        yield lambda: QdrantIndex.create(server.url, f"generation-{next(numbers)}", DIMENSION)


class TestQdrantIndex(IndexContract):
    pass


@pytest.fixture
def server() -> Iterator[QdrantDouble]:
    with serving() as server:
        yield server


@pytest.fixture
def pauses() -> list[float]:
    return []


@pytest.fixture
def index(server: QdrantDouble, pauses: list[float]) -> QdrantIndex:
    """An index of two entries on a server that is well so far."""
    index = QdrantIndex.create(server.url, "laws", DIMENSION, sleep=pauses.append)
    index.add([Entry(passage("a"), sparse({1: 1.0}), unit(1)), Entry(passage("b"), None, unit(0, 1))])
    server.requests.clear()
    return index


def test_collection_has_the_layout_of_the_embedded_index(server: QdrantDouble, index: QdrantIndex) -> None:
    collection = server.collections["laws"]
    assert collection.vectors == {"meaning": {"size": DIMENSION, "distance": "Dot"}}
    assert collection.sparse_vectors == {"words": {"modifier": "idf"}}
    keywords = dict.fromkeys(("kind", "document", "topic"), "keyword")
    assert collection.payload_schema == keywords | dict.fromkeys(("since", "until"), "integer")


def test_entries_are_sent_in_batches(server: QdrantDouble, index: QdrantIndex) -> None:
    index.add(Entry(passage(f"g#{number}"), sparse({number: 1.0})) for number in range(450))
    assert server.requests.count("PUT /collections/laws/points") == 3
    assert index.count() == 452


def test_collection_is_opened_by_name(server: QdrantDouble, index: QdrantIndex) -> None:
    opened = QdrantIndex.open(server.url, "laws")
    assert names(opened.search_dense(unit(1), 9, ANY)) == {"a", "b"}
    opened.close()


def test_missing_collection_cannot_be_opened(server: QdrantDouble) -> None:
    with pytest.raises(IndexMissing) as caught:
        QdrantIndex.open(server.url, "laws")
    assert caught.value.path == f"{server.url}/collections/laws"


def test_collection_that_vanished_is_missing(server: QdrantDouble, index: QdrantIndex) -> None:
    remove_collection(server.url, "laws")
    with pytest.raises(IndexMissing):
        index.search_dense(unit(1), 9, ANY)
    with pytest.raises(IndexMissing):
        index.add([Entry(passage("c"))])


def test_collection_is_not_made_over_another(server: QdrantDouble, index: QdrantIndex) -> None:
    with pytest.raises(IndexUnreachable, match="already"):
        QdrantIndex.create(server.url, "laws", DIMENSION)
    assert index.count() == 2


def test_removing_a_collection_that_is_gone_is_no_error(server: QdrantDouble) -> None:
    remove_collection(server.url, "laws")


@pytest.mark.parametrize(
    ("faults", "waited"),
    [
        (["500"], [0.5]),
        (["503", "500", "502"], [0.5, 1.0, 2.0]),
        (["429"], [0.5]),
        (["429 7"], [7.0]),  # the server names the wait
        (["429 86400"], [30.0]),  # and cannot make a citizen wait for a day
        (["429 Sat, 21 Nov 2026 07:28:00 GMT"], [0.5]),
        (["hang up", "hang up"], [0.5, 1.0]),
        (["lose the answer"], [0.5]),
    ],
)
def test_passing_fault_is_waited_out(
    server: QdrantDouble, index: QdrantIndex, pauses: list[float], faults: list[str], waited: list[float]
) -> None:
    server.faults = list(faults)
    assert names(index.search_sparse(sparse({1: 1.0}), 9, ANY)) == {"a"}
    assert pauses == waited


@pytest.mark.parametrize("fault", ["500", "hang up", "429", "429 3"])
def test_lasting_fault_is_told_after_four_attempts(server: QdrantDouble, index: QdrantIndex, fault: str) -> None:
    server.faults = [fault] * 9
    with pytest.raises(IndexUnreachable) as caught:
        index.count()
    assert caught.value.url == server.url
    assert len(server.requests) == 4


@pytest.mark.parametrize("fault", ["400", "other"])
def test_refused_request_is_not_repeated(server: QdrantDouble, index: QdrantIndex, pauses: list[float], fault: str) -> None:
    server.faults = [fault]
    with pytest.raises(IndexUnreachable):
        index.count()
    assert pauses == []


def test_batch_whose_answer_was_lost_is_stored_once(server: QdrantDouble, index: QdrantIndex) -> None:
    server.faults = ["lose the answer"]
    index.add([Entry(passage("c"), sparse({1: 1.0}))])
    assert index.count() == 3


def test_collection_whose_answer_was_lost_is_made_once(server: QdrantDouble, pauses: list[float]) -> None:
    server.faults = ["", "lose the answer"]
    index = QdrantIndex.create(server.url, "laws", DIMENSION, sleep=pauses.append)
    assert index.count() == 0
    assert pauses == [0.5]


def test_refused_connection_is_told_after_waiting(pauses: list[float]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{taken.getsockname()[1]}"
        index = QdrantIndex(url, "laws", sleep=pauses.append)
        with pytest.raises(IndexUnreachable, match="ConnectError"):
            index.search_dense(unit(1), 9, ANY)
        with pytest.raises(IndexUnreachable):
            swap_alias(url, "serving", "laws", sleep=pauses.append)
    assert pauses == [0.5, 1.0, 2.0] * 2


@pytest.mark.parametrize("url", ["http://[", "ftp://127.0.0.1", "http://127.0.0.1:port"])
def test_url_that_is_none_is_told_at_once(url: str, pauses: list[float]) -> None:
    with pytest.raises(IndexUnreachable) as caught:
        QdrantIndex.open(url, "laws", sleep=pauses.append)
    assert caught.value.url == url
    assert pauses == []


@pytest.mark.parametrize("key", [None, SecretStr("wrong-key")])
def test_wrong_key_is_told_at_once_and_not_shown(key: SecretStr | None, pauses: list[float]) -> None:
    with serving(KEY) as server:
        calls: list[Callable[[], object]] = [
            lambda: QdrantIndex.open(server.url, "laws", key, sleep=pauses.append),
            lambda: QdrantIndex.create(server.url, "laws", DIMENSION, key, sleep=pauses.append),
            lambda: swap_alias(server.url, "serving", "laws", key, sleep=pauses.append),
            lambda: remove_collection(server.url, "laws", key, sleep=pauses.append),
        ]
        for call in calls:
            with pytest.raises(IndexUnreachable, match="refuses the API key") as caught:
                call()
            assert "wrong-key" not in str(caught.value)
        assert server.collections == {}
    assert pauses == []


def test_right_key_opens() -> None:
    with serving(KEY) as server:
        index = QdrantIndex.create(server.url, "laws", DIMENSION, SecretStr(KEY))
        assert filled(index, ENTRIES).count() == len(ENTRIES)


def test_finish_waits_until_the_server_is_done(server: QdrantDouble, index: QdrantIndex, pauses: list[float]) -> None:
    server.statuses = ["yellow", "yellow", "green"]
    index.finish()
    assert pauses == [1.0, 1.0]


def test_finish_does_not_wait_for_ever(server: QdrantDouble, index: QdrantIndex, pauses: list[float]) -> None:
    server.statuses = ["yellow"] * 5000
    index.finish()
    assert 60 <= sum(pauses) <= 3600


def test_collection_out_of_order_is_told(server: QdrantDouble, index: QdrantIndex) -> None:
    server.statuses = ["red"]
    with pytest.raises(IndexUnreachable, match="red"):
        index.finish()


def test_alias_moves_to_the_next_generation_in_one_step(server: QdrantDouble) -> None:
    first, second = (QdrantIndex.create(server.url, name, DIMENSION) for name in ("first", "second"))
    first.add([Entry(passage("old"), sparse({1: 1.0}))])
    second.add([Entry(passage("next"), sparse({1: 1.0}))])
    assert swap_alias(server.url, "serving", "first") is None
    asking = QdrantIndex.open(server.url, "serving")
    assert names(asking.search_sparse(sparse({1: 1.0}), 9, ANY)) == {"old"}
    server.requests.clear()
    assert swap_alias(server.url, "serving", "second") == "first"
    assert server.requests.count("POST /collections/aliases") == 1
    assert names(asking.search_sparse(sparse({1: 1.0}), 9, ANY)) == {"next"}
    remove_collection(server.url, "first")
    assert asking.count() == 1


def test_alias_already_in_place_is_left_alone(server: QdrantDouble, index: QdrantIndex) -> None:
    swap_alias(server.url, "serving", "laws")
    server.requests.clear()
    assert swap_alias(server.url, "serving", "laws") is None
    assert server.requests == ["GET /aliases"]


def test_alias_stays_where_it_is_if_the_next_generation_is_missing(server: QdrantDouble, index: QdrantIndex) -> None:
    swap_alias(server.url, "serving", "laws")
    with pytest.raises(IndexMissing):
        swap_alias(server.url, "serving", "nowhere")
    assert server.aliases == {"serving": "laws"}


def test_alias_with_the_name_of_a_collection_is_refused(server: QdrantDouble, index: QdrantIndex) -> None:
    QdrantIndex.create(server.url, "other", DIMENSION)
    with pytest.raises(IndexUnreachable, match="already exists"):
        swap_alias(server.url, "laws", "other")


def test_swap_whose_answer_was_lost_has_taken_place(server: QdrantDouble, index: QdrantIndex, pauses: list[float]) -> None:
    server.faults = ["", "lose the answer"]
    assert swap_alias(server.url, "serving", "laws", sleep=pauses.append) is None
    assert server.aliases == {"serving": "laws"}
    assert pauses == [0.5]
