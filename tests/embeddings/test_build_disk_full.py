"""Builds whose writing process dies: by a signal, and because somebody else fills the disk (Linux, in a file system of our own)."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from multiprocessing import active_children
from multiprocessing.process import BaseProcess
from pathlib import Path

import numpy as np
import pytest

from bots.law.explain import explain
from bots.wording import ENGLISH, VIETNAMESE, Sentences
from embeddings.build import BuildPlan, Generation, IndexHome, build_words
from embeddings.edge_writing import WRITER
from embeddings.errors import NO_SPACE, DiskFilled, IndexUnfinished
from embeddings.searchable import Searchable
from embeddings.vector_cache import PackagedVectors
from embeddings.vector_index import SearchFilter
from eval.ordeal.disk import Disk
from tests.bots.command import DIENHONG, PATIENCE_S, environment
from tests.embeddings.build_child import TEXTS, invented

PLAN = BuildPlan("r1", invented, lambda: (text.fields for text in invented()))
QUESTION = "Thử việc tối đa bao lâu?"


def build(home: IndexHome, *, while_writing: Callable[[], None] = lambda: None) -> Generation:
    """An index whose last entries are being written when `while_writing` is called."""
    with home.building():
        return build_words(home, PLAN, dimension=8, known=None, encoder=None, progress=lambda *_: while_writing())


def check_survived(home: IndexHome, how: str, while_writing: Callable[[], None], afterwards: Callable[[], None]) -> None:
    """A build that dies of `while_writing` ends with `how`, leaves the one before as it was, and can be made again `afterwards`."""
    serving = build(home)
    # Filled in, so that reading needs no room: files in memory have holes where they were never written.
    subprocess.run(["cp", "-r", "--sparse=never", serving.directory, serving.directory.with_name("whole")], check=True)
    shutil.rmtree(serving.directory)
    serving.directory.with_name("whole").rename(serving.directory)
    asked, lexical, _ = serving.open()
    before = asked.search_sparse(lexical.query("hợp đồng"), 9, SearchFilter())
    with pytest.raises(IndexUnfinished) as ended:
        build(home, while_writing=while_writing)
    assert ended.value.how == how
    assert home.current() == serving
    assert list(serving.directory.parent.glob("generation-*")) == [serving.directory]
    assert before
    assert asked.search_sparse(lexical.query("hợp đồng"), 9, SearchFilter()) == before
    asked.close()
    serving.open()[0].close()
    afterwards()
    assert build(home).facts.passages == 3 * TEXTS


def writers() -> list[BaseProcess]:
    return [process for process in active_children() if process.name == WRITER]


def end_writer(by: signal.Signals) -> None:
    (writer,) = writers()
    with suppress(ProcessLookupError):
        os.kill(writer.pid or 0, by)


@pytest.mark.parametrize("by", [signal.SIGBUS, signal.SIGKILL])
def test_a_writer_that_dies_is_named_and_the_old_index_serves_on(tmp_path: Path, by: signal.Signals) -> None:
    check_survived(IndexHome(tmp_path), by.name, lambda: end_writer(by), lambda: None)


def test_what_the_engine_refuses_is_told_in_its_words(tmp_path: Path) -> None:
    passages = [passage.id for text in invented() for passage in text.passages]
    of_other_length = PackagedVectors(passages, np.ones((len(passages), 4), np.int8), np.ones(len(passages), np.float32))
    with pytest.raises(IndexUnfinished, match="dimension"):
        build_words(IndexHome(tmp_path), PLAN, dimension=8, known=of_other_length, encoder="x", progress=lambda *_: None)
    assert not list(tmp_path.glob("generation-*"))
    assert not writers()


def test_a_helper_that_dies_while_texts_are_prepared_is_named(tmp_path: Path) -> None:
    others = {process.pid for process in active_children()}

    def texts() -> Iterator[Searchable]:
        for _ in range(3):
            yield from invented()
        # Two chunks are being prepared by now.
        for process in active_children():
            if process.pid not in others and process.name != WRITER:
                process.kill()
        yield from invented()

    with pytest.raises(IndexUnfinished, match="BrokenProcessPool"):
        build_words(IndexHome(tmp_path), replace(PLAN, texts=texts), dimension=8, known=None, encoder=None, progress=lambda *_: None)
    assert not writers()
    assert not list(tmp_path.glob("generation-*"))


def test_an_interrupted_build_ends_its_writer_first(tmp_path: Path) -> None:
    def interrupt() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build(IndexHome(tmp_path), while_writing=interrupt)
    assert not writers()
    assert not list(tmp_path.glob("generation-*"))


@pytest.mark.parametrize("words", [VIETNAMESE, ENGLISH], ids=["vi", "en"])
def test_people_are_told_how_much_room_is_missing_or_how_the_build_ended(words: Sentences) -> None:
    filled = DiskFilled(41_000_001)
    filled.__cause__ = IndexUnfinished(NO_SPACE)
    for error, told in ((filled, " 42 MB"), (IndexUnfinished("SIGKILL"), "(SIGKILL)")):
        assert told in str(explain(error, words))
        assert "dienhong index build" in str(explain(error, words))
    assert explain(IndexUnfinished(NO_SPACE), words) == words.disk_full


# On a disk of 600 MB that only these processes see


def on_small_disk(tmp_path: Path, script: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """What a shell script ends with that stands in a small disk's folder."""
    if not shutil.which("unshare") or subprocess.run(["unshare", "-rm", "true"], capture_output=True, check=False).returncode:
        pytest.skip("this machine lets nobody mount a small disk (unshare -rm)")
    mounted = f"mount -t tmpfs -o size=600m none '{tmp_path}' && cd '{tmp_path}' || exit 99\n{script}"
    here = {**environment(tmp_path / "home", settings), "PYTHONPATH": str(Path(__file__).parents[2])}
    command = ["unshare", "-rm", "sh", "-c", mounted]
    return subprocess.run(command, capture_output=True, text=True, env=here, timeout=PATIENCE_S, check=False)


@pytest.mark.parametrize("room", [0, 3_000_000])
def test_a_disk_that_somebody_fills_is_named_and_the_old_index_serves_on(tmp_path: Path, room: int) -> None:
    ended = on_small_disk(tmp_path, f"{sys.executable} -m {__name__} {room}")
    assert ended.returncode == 0, ended.stderr
    assert ended.stderr == ""
    assert ended.stdout.splitlines()[-1] == "survived"


@pytest.mark.slow
def test_a_first_run_on_a_disk_that_somebody_fills_is_explained_and_made_good_by_the_command_it_names(tmp_path: Path) -> None:
    script = f"""
        (until ls home/index/generation-*/shard/segments; do sleep .02; done; cat /dev/zero >ballast) >fill.log 2>&1 &
        {DIENHONG} ask '{QUESTION}'; echo "code $?"; wait; ls home/index; rm ballast
        {DIENHONG} index build; echo "code $?"
        {DIENHONG} ask '{QUESTION}'; echo "code $?"
    """
    ended = on_small_disk(tmp_path, script, DIENHONG_ENCODER="none")
    preparing, sentence = ended.stderr.splitlines()
    assert preparing == VIETNAMESE.preparing
    megabytes = re.findall(r"\d+", sentence)
    assert sentence == VIETNAMESE.disk_filled.format(megabytes=megabytes[0])
    assert int(megabytes[0]) > 16
    assert ended.stdout.splitlines()[:2] == ["code 3", "build.lock"]
    assert "Điều 25 Bộ luật Lao động" in ended.stdout
    assert re.findall(r"code (\d+)", ended.stdout) == ["3", "0", "0"]


def main(room: int) -> None:
    """Fills the disk of the working folder but for `room` bytes while an index is written there."""
    disk = Disk(Path.cwd(), can_fill=True)

    def fill() -> None:
        disk.fill()
        os.truncate("ballast", Path("ballast").stat().st_size - room)

    check_survived(IndexHome(Path("index")), NO_SPACE, fill, disk.free)
    print("survived")  # noqa: T201 - the test reads it


if __name__ == "__main__":
    main(int(sys.argv[1]))
