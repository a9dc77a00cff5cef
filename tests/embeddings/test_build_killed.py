from __future__ import annotations

import random
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from embeddings.build import IndexHome
from embeddings.errors import IndexMissing
from embeddings.vector_index import Found, SearchFilter
from tests.embeddings.build_child import TEXTS, build, invented
from tests.fakes import SlowEncoder

ROOT = Path(__file__).resolve().parents[2]
KILLS = 20


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("undisturbed")
    build(folder, SlowEncoder())
    return folder


@pytest.mark.slow
def test_killed_builds_end_like_an_undisturbed_one(tmp_path: Path, undisturbed: Path) -> None:
    chance, finished = random.Random(5), 0
    for _ in range(KILLS):
        finished += _killed_after(tmp_path, steps=chance.randint(1, 45), wait_s=chance.uniform(0.0, 0.05))
        _check_serving(tmp_path, undisturbed)
    assert finished < KILLS / 2, "most builds were to be killed"
    build(tmp_path, SlowEncoder())
    assert _cached(tmp_path) == _cached(undisturbed)
    assert _answers(tmp_path) == _answers(undisturbed)
    assert len(list((tmp_path / "index").glob("generation-*"))) == 1


@pytest.mark.slow
def test_killed_encoding_goes_on_where_it_stopped(tmp_path: Path) -> None:
    # Three steps of the second pass over the texts are behind the cache's first two commits.
    _killed_after(tmp_path, steps=14, wait_s=0.0)
    kept, encoder = len(_cached(tmp_path)), SlowEncoder()
    assert kept
    build(tmp_path, encoder)
    assert encoder.encoded == 3 * TEXTS - kept


def _killed_after(folder: Path, *, steps: int, wait_s: float) -> bool:
    """Starts a build and kills it so long after so many of its steps; whether it had ended by then."""
    command = [sys.executable, "-m", "tests.embeddings.build_child", str(folder)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        for _, _line in zip(range(steps), child.stdout, strict=False):
            pass
        time.sleep(wait_s)
        child.kill()
        return "done" in child.stdout.read() or child.wait() == 0


def _check_serving(folder: Path, undisturbed: Path) -> None:
    """What serves after a kill is nothing or a whole generation."""
    try:
        facts = IndexHome(folder / "index").current().facts
    except IndexMissing:
        return
    assert facts.passages == 3 * TEXTS
    assert facts.is_complete
    assert _answers(folder) == _answers(undisturbed)


def _cached(folder: Path) -> dict[str, bytes]:
    with closing(sqlite3.connect(folder / "vectors.sqlite")) as database:
        return dict(database.execute("SELECT passage, vector FROM vectors"))


def _answers(folder: Path) -> list[list[Found]]:
    index, lexical, restorer = IndexHome(folder / "index").current().open()
    encoder, answers = SlowEncoder(), list[list[Found]]()
    for text in list(invented())[::100]:
        question = restorer.restore(text.fields.heading).text
        answers.append(_rounded(index.search_sparse(lexical.query(question), 50, SearchFilter())))
        answers.append(_rounded(index.search_dense(encoder.encode_queries([question])[0], 50, SearchFilter())))
    index.close()
    return answers


def _rounded(hits: list[Found]) -> list[Found]:
    """Hits whose ties have one order and whose scores one rounding, whatever order the engine stored them in."""
    rounded = (Found(hit.passage, hit.group, round(hit.score, 3)) for hit in hits)
    lowest = min((round(hit.score, 3) for hit in hits), default=0.0)
    return sorted((hit for hit in rounded if hit.score > lowest), key=lambda hit: (-hit.score, hit.passage))
