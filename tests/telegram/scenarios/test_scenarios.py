"""Each conversation goes as a citizen would expect, by polling and by webhook, and reads as docs/transcripts say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from concurrent.futures import Future

import pytest

from tests.databases import PostgresServer, sqlite_url
from tests.project_files import PROJECT
from tests.telegram.scenarios.application import Way, shared_parts
from tests.telegram.scenarios.catalogue import SCENARIOS, file_name
from tests.telegram.scenarios.following import officer_asks_back
from tests.telegram.scenarios.running import RUNS, Run, held

pytestmark = pytest.mark.slow

TRANSCRIPTS = PROJECT / "docs" / "transcripts"
ON_POSTGRES = Run(officer_asks_back, Way.POLLING, "postgresql")


@pytest.fixture(scope="module")
def transcripts(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mapping[Run, Future[str]]]:
    """Those of the runs that are tested."""
    tested = (getattr(item, "callspec", None) for item in request.session.items)
    runs = [one.params["run"] for one in tested if one and isinstance(one.params.get("run"), Run)]

    def database_of(run: Run) -> str:
        if run.database == "sqlite":
            return sqlite_url(tmp_path_factory.mktemp("database"))
        server = request.getfixturevalue("postgres_server")
        assert isinstance(server, PostgresServer)
        return server.empty_database()

    with shared_parts(tmp_path_factory.mktemp("scenarios") / "home") as shared, held(shared, runs, database_of) as results:
        yield results


@pytest.mark.parametrize("run", [*RUNS, ON_POSTGRES], ids=str)
def test_the_conversation_goes_as_its_transcript_says(run: Run, transcripts: Mapping[Run, Future[str]]) -> None:
    printed = transcripts[run].result()
    kept = TRANSCRIPTS / file_name(run.scenario)
    assert printed == kept.read_text(encoding="utf-8"), "python -m tests.telegram.scenarios.print docs/transcripts"


def test_no_transcript_is_left_of_a_conversation_that_is_gone() -> None:
    assert sorted(path.name for path in TRANSCRIPTS.glob("*.md")) == [file_name(one) for one in SCENARIOS]
