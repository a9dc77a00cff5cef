from __future__ import annotations

import errno
import json
import subprocess
import sys
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

import pytest

from corpus.types import Passage, Validity
from embeddings.build import BuildPlan, Generation, IndexHome, build_words, embed_missing
from embeddings.errors import IndexBusy, IndexMissing
from embeddings.lexical import Fields
from embeddings.searchable import Searchable
from embeddings.vector_cache import PackagedVectors, VectorCache
from embeddings.vector_index import SearchFilter
from tests.embeddings.encoder_contract import HashingEncoder
from tests.fakes import FullDiskEncoder, SlowEncoder

ENCODER = HashingEncoder()
NONE = PackagedVectors.load(Path("nowhere.npz"), ENCODER.name)
ANY = SearchFilter()
_BUILDS = "import sys; from pathlib import Path; from embeddings.build import IndexHome\nwith IndexHome(Path(sys.argv[1])).building(): pass"


def text(group: str, *parts: str, validity: Validity | None = None) -> Searchable:
    passages = [Passage(f"{group}#{part}", group, part, "ngữ cảnh", validity or Validity()) for part in parts]
    return Searchable(Fields("Luật Mẫu", parts[0], "\n".join(parts)), tuple(passages))


LAW = (text("5", "trả lương", "đúng hạn"), text("6", "thuế nhà"), text("procedure:x", "kết hôn"))


def plan(texts: Iterable[Searchable] = LAW, revision: str = "r1", everyday: tuple[str, ...] = ()) -> BuildPlan:
    kept = tuple(texts)
    return BuildPlan(revision, lambda: kept, lambda: (one.fields for one in kept), everyday)


def silent(step: str, done: int, of: int) -> None:
    """Progress that nobody looks at."""


def build(home: IndexHome, wanted: BuildPlan, cache: VectorCache | None = None) -> Generation:
    return build_words(home, wanted, dimension=ENCODER.dimension, known=cache, encoder=ENCODER.name, progress=silent)


def found_by_words(generation: Generation, question: str) -> set[str]:
    index, lexical, _ = generation.open()
    hits = index.search_sparse(lexical.query(question), 10, ANY)
    index.close()
    return {hit.group for hit in hits}


@pytest.fixture
def home(tmp_path: Path) -> IndexHome:
    return IndexHome(tmp_path / "index")


@pytest.fixture
def cache(tmp_path: Path) -> Iterator[VectorCache]:
    cache = VectorCache(tmp_path / "vectors.sqlite")
    yield cache
    cache.close()


def generations(home: IndexHome, tmp_path: Path) -> set[str]:
    return {folder.name for folder in (tmp_path / "index").glob("generation-*")}


def test_home_without_a_generation_has_no_index(home: IndexHome) -> None:
    with pytest.raises(IndexMissing):
        home.current()


def test_built_generation_serves(home: IndexHome) -> None:
    built = build(home, plan())
    assert home.current() == built
    assert built.facts.revision == "r1"
    assert (built.facts.passages, built.facts.embedded, built.facts.is_complete) == (4, 0, False)
    assert found_by_words(home.current(), "tra luong") == {"5"}
    assert found_by_words(home.current(), "mau") == {"5", "6", "procedure:x"}


def test_generation_restores_the_words_of_its_texts_and_of_everyday(home: IndexHome) -> None:
    build(home, plan(everyday=("sổ đỏ của tôi",)))
    index, _, restorer = home.current().open()
    assert restorer.restore("tra luong").text == "trả lương"
    assert restorer.restore("so do cua toi").text == "sổ đỏ của tôi"
    index.close()


def test_vectors_that_are_known_are_searched(home: IndexHome, cache: VectorCache) -> None:
    assert embed_missing(plan(), cache, NONE, ENCODER, progress=silent) == 4
    generation = build(home, plan(), cache)
    assert generation.facts.is_complete
    index, _, _ = generation.open()
    hits = index.search_dense(ENCODER.encode_passages(["ngữ cảnh\nthuế nhà"])[0], 1, ANY)
    assert [(hit.passage, round(hit.score, 3)) for hit in hits] == [("6#thuế nhà", 1.0)]
    index.close()


def test_half_known_vectors_make_an_incomplete_generation(home: IndexHome, cache: VectorCache) -> None:
    embed_missing(plan(LAW[:1]), cache, NONE, ENCODER, progress=silent)
    assert (build(home, plan(), cache).facts.embedded, home.current().facts.is_complete) == (2, False)


def test_vectors_known_elsewhere_are_not_made_again(tmp_path: Path, cache: VectorCache) -> None:
    PackagedVectors.save(tmp_path / "packaged.npz", ENCODER.name, {"6#thuế nhà": ENCODER.encode_passages(["x"])[0]})
    packaged, encoder = PackagedVectors.load(tmp_path / "packaged.npz", ENCODER.name), SlowEncoder()
    assert embed_missing(plan(), cache, packaged, encoder, progress=silent) == 3
    assert embed_missing(plan(), cache, packaged, encoder, progress=silent) == 0
    assert encoder.encoded == 3


def test_same_passage_in_two_times_is_counted_and_found_in_both(home: IndexHome, cache: VectorCache) -> None:
    turn = date(2025, 1, 1)
    versions = [text("5", "khoản chung", validity=Validity(None, turn)), text("5", "khoản chung", "khoản mới", validity=Validity(turn))]
    embed_missing(plan(versions), cache, NONE, ENCODER, progress=silent)
    generation = build(home, plan(versions), cache)
    assert (generation.facts.passages, generation.facts.embedded, generation.facts.is_complete) == (3, 3, True)
    index, lexical, _ = generation.open()
    assert index.count() == 3
    for day, passages in ((date(2024, 12, 31), {"5#khoản chung"}), (turn, {"5#khoản chung", "5#khoản mới"})):
        where = SearchFilter(as_of=day)
        assert {hit.passage for hit in index.search_dense(ENCODER.encode_queries(["khoản"])[0], 9, where)} == passages
        assert {hit.passage for hit in index.search_sparse(lexical.query("khoản chung"), 9, where)} == {"5#khoản chung"}
    index.close()


def test_passage_printed_twice_in_one_text_keeps_its_words(home: IndexHome, cache: VectorCache) -> None:
    twice = [text("5", "trả lương", "đúng hạn", "trả lương")]
    embed_missing(plan(twice), cache, NONE, ENCODER, progress=silent)
    generation = build(home, plan(twice), cache)
    assert generation.facts.is_complete
    assert found_by_words(generation, "trả lương") == {"5"}


def test_corpus_without_texts_can_be_built(home: IndexHome, cache: VectorCache) -> None:
    assert embed_missing(plan(()), cache, NONE, ENCODER, progress=silent) == 0
    assert found_by_words(build(home, plan(()), cache), "luật") == set()


def test_next_generation_takes_over_and_the_unused_one_goes(home: IndexHome, tmp_path: Path) -> None:
    build(home, plan())
    later = build(home, plan([text("7", "tạm trú")], "r2"))
    assert home.current() == later
    assert found_by_words(home.current(), "tạm trú") == {"7"}
    assert generations(home, tmp_path) == {later.directory.name}


def test_generation_in_use_is_kept_until_it_is_closed(home: IndexHome, tmp_path: Path) -> None:
    first = build(home, plan())
    index, lexical, _ = first.open()
    second = build(home, plan(revision="r2"))
    assert generations(home, tmp_path) == {first.directory.name, second.directory.name}
    assert {hit.group for hit in index.search_sparse(lexical.query("trả lương"), 9, ANY)} == {"5"}
    index.close()
    third = build(home, plan(revision="r3"))
    assert generations(home, tmp_path) == {third.directory.name}


def test_generation_is_open_in_several_places(home: IndexHome) -> None:
    first, lexical, _ = build(home, plan()).open()
    second, _, _ = home.current().open()
    query = lexical.query("trả lương")
    assert second.search_sparse(query, 9, ANY) == first.search_sparse(query, 9, ANY)
    second.close()
    assert first.search_sparse(query, 9, ANY)
    first.close()


def test_leftovers_of_a_killed_build_are_removed(home: IndexHome, tmp_path: Path) -> None:
    for leftover, content in (("generation-empty", None), ("generation-half", "shard"), ("generation-file", "facts.json")):
        (tmp_path / "index" / leftover).mkdir(parents=True)
        if content:
            (tmp_path / "index" / leftover / content).mkdir()
    assert generations(home, tmp_path) - {build(home, plan()).directory.name} != set()
    assert generations(home, tmp_path) == {home.current().directory.name}


def breaking_after(count: int, error: BaseException) -> BuildPlan:
    def texts() -> Iterator[Searchable]:
        yield from LAW[:count]
        raise error

    return BuildPlan("r2", texts, lambda: (one.fields for one in LAW))


@pytest.mark.parametrize("error", [OSError(errno.ENOSPC, "No space left on device"), KeyboardInterrupt()], ids=["full disk", "interrupted"])
@pytest.mark.parametrize("count", [0, 2])
def test_failing_build_leaves_the_serving_one(home: IndexHome, tmp_path: Path, error: BaseException, count: int) -> None:
    first = build(home, plan())
    with pytest.raises(type(error)):
        build(home, breaking_after(count, error))
    assert home.current() == first
    assert generations(home, tmp_path) == {first.directory.name}
    assert found_by_words(first, "trả lương") == {"5"}


def test_failing_first_build_leaves_nothing(home: IndexHome, tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No space left"):
        build(home, breaking_after(1, OSError(errno.ENOSPC, "No space left on device")))
    assert generations(home, tmp_path) == set()
    with pytest.raises(IndexMissing):
        home.current()


def test_full_disk_while_encoding_keeps_what_was_encoded(cache: VectorCache) -> None:
    many = plan([text(str(number), f"khoản {number}") for number in range(600)])
    with pytest.raises(OSError, match="No space left") as caught:
        embed_missing(many, cache, NONE, FullDiskEncoder(calls=1), progress=silent)
    assert caught.value.errno == errno.ENOSPC
    encoder = SlowEncoder()
    left = embed_missing(many, cache, NONE, encoder, progress=silent)
    assert 0 < left < 600
    assert left == encoder.encoded


def test_progress_says_how_much_is_done(cache: VectorCache) -> None:
    steps = list[tuple[str, int, int]]()
    many = plan([text(str(number), f"khoản {number}") for number in range(300)])
    embed_missing(many, cache, NONE, ENCODER, progress=lambda step, done, of: steps.append((step, done, of)))
    assert steps[-1] == ("meaning", 300, 300)
    assert [done for _, done, _ in steps] == sorted(done for _, done, _ in steps)


@pytest.mark.parametrize(
    "spoil",
    [
        {"layout": 0},  # made by an older program
        {"layout": 10_000},  # made by a later one
        {"unknown": 1},
        None,
    ],
)
def test_generation_of_another_layout_is_no_index(home: IndexHome, spoil: dict[str, int] | None) -> None:
    facts = build(home, plan()).directory / "facts.json"
    facts.write_text(json.dumps(json.loads(facts.read_text(encoding="utf-8")) | spoil) if spoil else "{", encoding="utf-8")
    with pytest.raises(IndexMissing):
        home.current()
    build(home, plan(revision="r2"))
    assert home.current().facts.revision == "r2"


@pytest.mark.parametrize("pointer", ["", "generation-gone", "\n"])
def test_pointer_to_nothing_is_no_index(home: IndexHome, tmp_path: Path, pointer: str) -> None:
    build(home, plan())
    (tmp_path / "index" / "CURRENT").write_text(pointer, encoding="utf-8")
    with pytest.raises(IndexMissing):
        home.current()


def test_second_builder_is_refused(home: IndexHome, tmp_path: Path) -> None:
    command = [sys.executable, "-c", _BUILDS, str(tmp_path / "index")]
    with home.building():
        with pytest.raises(IndexBusy) as caught, IndexHome(tmp_path / "index").building():
            pass
        assert caught.value.path == str(tmp_path / "index")
        assert "IndexBusy" in subprocess.run(command, capture_output=True, text=True, check=False).stderr
    subprocess.run(command, check=True)
    with home.building():
        pass


def test_builder_that_failed_lets_the_next_one_in(home: IndexHome) -> None:
    with pytest.raises(KeyError), home.building():
        raise KeyError
    with home.building():
        pass


def test_a_damaged_generation_is_none_so_that_it_is_built_anew(home: IndexHome) -> None:
    generation = build(home, plan())
    (generation.directory / "restorer.npz").write_bytes(b"PK\x03\x04 cut short")
    with pytest.raises(IndexMissing):
        generation.open()
