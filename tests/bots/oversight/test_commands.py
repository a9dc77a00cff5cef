"""`dienhong oversight …` as people type it."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from datetime import date, timedelta
from importlib import import_module
from pathlib import Path
from typing import Any, get_args

import pytest

from assistant.database import metadata, open_database, upgrade
from assistant.errors import AssistantError
from assistant.feedback.errors import UnknownValue
from assistant.feedback.vault import KeyFile
from assistant.oversight import errors
from assistant.settings import Settings
from bots.oversight.cli import OVERSIGHT_DAYS, add_oversight
from bots.oversight.explain import explain
from bots.oversight.wording import oversight_sentences
from bots.wording import sentences
from tests.assistant.feedback.office import Office
from tests.assistant.oversight.planned import sealed, taken_in

Run = Callable[..., str]
PROGRAMME = ("--year", "2027", "--holder", "Ủy ban MTTQ Việt Nam tỉnh Lào Cai", "--title", "Giám sát sửa đường", "--form", "delegation")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("oversight")


@pytest.fixture(scope="module")
def settings(home: Path) -> Settings:
    return Settings(home=home)


@pytest.fixture(scope="module")
def office(home: Path) -> Office:
    """The database of the home, with five recommendations of five people and a denunciation."""
    engine = open_database(f"sqlite:///{(home / 'dienhong.sqlite').resolve()}")
    upgrade(engine)
    metadata.create_all(engine)
    office = Office(engine, KeyFile(home / "keys" / "feedback.keys").load_or_make())
    for sender in range(5):
        taken_in(office, f"Đường thôn {sender} hỏng", str(sender))
    sealed(office)
    return office


@pytest.fixture
def run(settings: Settings, office: Office, capsys: pytest.CaptureFixture[str]) -> Run:
    """What a command prints, errors included."""

    def one(*typed: str, language: str = "vi") -> str:
        parsed = parser().parse_args(["oversight", *typed])
        for name in (*OVERSIGHT_DAYS, "from_", "to_day"):
            day = getattr(parsed, name, None)
            setattr(parsed, name, date.fromisoformat(day) if day else None)
        module, _, function = parsed.run.partition(":")
        told = settings.model_copy(update={"interface_language": language})
        getattr(import_module(f"bots.{module}"), function)(parsed, told, sentences(language))
        printed = capsys.readouterr()
        return printed.out + printed.err

    assert office
    return one


def parser() -> argparse.ArgumentParser:
    whole = argparse.ArgumentParser()

    def command(commands: Any, name: str, help_text: str, run: str) -> argparse.ArgumentParser:
        added: argparse.ArgumentParser = commands.add_parser(name, help=help_text)
        added.set_defaults(run=run)
        return added

    add_oversight(whole.add_subparsers(required=True), command)
    return whole


def test_a_programme_is_planned_led_on_and_shown(run: Run) -> None:
    added = run(
        "programme",
        "add",
        *PROGRAMME,
        "--level",
        "province",
        "--ground",
        "petitions",
        "--subject",
        "Sở Xây dựng@province:15",
        "--record",
        "1",
    )
    assert "chương trình giám sát số 1" in added
    assert "Phiên bản hiện nay: 2" in run("programme", "move", "1", "running", "--version", "1")
    assert "Phiên bản hiện nay: 3" in run("programme", "extend", "1", "--version", "2", "--subject", "Ủy ban nhân dân xã", "--record", "2")
    shown = run("programme", "show", "1")
    for part in (
        "Đang thực hiện",
        "Tổ chức đoàn giám sát (khoản 2 Điều 27 Luật Mặt trận",
        "Cấp tỉnh",
        "Sở Xây dựng (province:15); Ủy ban nhân dân xã",
        "1, 2",
    ):
        assert part in shown
    (line,) = run("programme", "list", "--status", "running", "--json").splitlines()
    assert (json.loads(line)["number"], json.loads(line)["form"]) == (1, "delegation")
    assert run("programme", "list", "--year", "2050") == "Không có nội dung nào.\n"


def test_a_recommendation_is_answered_and_followed_up(run: Run) -> None:
    run("programme", "add", *PROGRAMME, "--level", "province", "--ground", "media")
    number = str(json.loads(run("programme", "list", "--json").splitlines()[-1])["number"])
    run("programme", "move", number, "running", "--version", "1")
    wanted = ("recommend", "--programme", number, "--to", "Sở Xây dựng", "--text", "Đề nghị sửa cầu", "--sent", "2025-01-15")
    assert "Đã ghi kiến nghị số 1" in run(*wanted, "--answer-by", "2025-03-01")
    assert "Hãy nêu một trong hai" in run("recommend", "--to", "Sở", "--text", "x")
    assert "rà soát lần 1" in run("due", "--day", "2025-08-01")
    assert run("due", "--day", "2025-02-01") == "Không có nội dung nào.\n"
    run("follow", "1", "--version", "1", "--text", "Chưa có kế hoạch vốn", "--on", "2025-07-15")
    run("answer", "1", "--version", "2", "--position", "accepted", "--text", "Xong trong quý IV", "--on", "2025-08-20")
    shown = run("show", "1", language="en")
    for part in ("[Accepted]", "Đề nghị sửa cầu", "Chưa có kế hoạch vốn", "Xong trong quý IV", "Next round (2): 15/01/2026"):
        assert part in shown
    assert [json.loads(line)["round"] for line in run("due", "--day", "2026-01-15", "--json").splitlines()] == [2]
    assert json.loads(run("show", "1", "--json"))["next_round"] == {"number": 2, "due": "2026-01-15"}


def test_a_critique_goes_from_draft_to_response(run: Run) -> None:
    bodies = ("--holder", "Ủy ban MTTQ tỉnh", "--drafter", "Sở Tài chính", "--issuer", "Hội đồng nhân dân tỉnh", "--level", "province")
    form = ("--form", "conference", "--ground", "agency_request", "--record", "1")
    assert "phản biện xã hội số 1" in run("critique", "add", "--title", "Dự thảo về phí vệ sinh", *bodies, *form)
    run("critique", "opinion", "1", "--version", "1", "--text", "Mức thu cao", "--on", "2025-05-01")
    run("critique", "response", "1", "--version", "2", "--result", "partly", "--text", "Đã giảm 30%", "--on", "2025-05-20")
    run("recommend", "--critique", "1", "--to", "Sở Tài chính", "--text", "Đề nghị miễn cho hộ nghèo", "--sent", "2025-05-01")
    shown = run("critique", "show", "1")
    for part in ("Tiếp thu một phần, có giải trình", "Mức thu cao", "Đã giảm 30%", "Sở Tài chính soạn thảo"):
        assert part in shown
    assert "Dự thảo về phí vệ sinh" in run("critique", "list", "--level", "province")
    assert json.loads(run("critique", "show", "1", "--json"))["grounds"] == [1]
    assert json.loads(run("critique", "list", "--json"))["result"] == "partly"


def period(office: Office) -> tuple[str, str, str, str]:
    day = office.clock.now.date()
    return ("--from", str(day - timedelta(1)), "--to", str(day + timedelta(1)))


def test_a_proposed_topic_is_accepted_and_nothing_sealed_is_in_it(run: Run, office: Office) -> None:
    told = run("propose", *period(office))
    assert "5 người gửi; trong 5 hồ sơ" in told
    assert "Giao thông · Cấp xã" in told
    (topic,) = json.loads(run("propose", *period(office), "--json"))["proposals"]
    assert (topic["key"], topic["numbers"]) == ("transport.commune.commune:03010", [1, 2, 3, 4, 5])
    planned = run("accept", topic["key"], *PROGRAMME, *period(office), "--subject", "Ủy ban nhân dân xã")
    assert "Đã đưa vào kế hoạch năm 2027" in planned
    assert "Đã có trong chương trình" in run("propose", *period(office))
    assert run("propose", "--from", "0001-01-01", "--to", "0001-01-02") == "Không có nội dung nào.\n"


def test_who_may_not_read_recommendations_is_told_no_small_counts(run: Run, office: Office) -> None:
    told = json.loads(run("propose", *period(office), "--role", "deputy"))
    (topic,) = told["proposals"]
    assert (topic["people"], topic["records"], topic["unsettled"], topic["repeated"]) == (5, 5, 5, 0)
    assert not {"numbers", "score"} & set(topic)


ERRORS: list[AssistantError] = [
    *(errors.OversightNotFound(what, 7) for what in ("programme", "critique", "recommendation", "proposal")),
    errors.OversightChanged("programme", 1, 2),
    errors.OversightMoveNotAllowed("planned", "ended", ("running", "cancelled")),
    errors.OversightMoveNotAllowed("carried_out", "refused", ()),
    errors.OversightForbidden(("reviewer", "approver")),
    errors.TopicTaken("land.central", 2027, 3),
    *(errors.OversightRefused(part) for part in get_args(errors.Part)),
]


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_error_has_a_sentence(language: str) -> None:
    assert {type(error) for error in ERRORS} == set(errors.OversightError.__subclasses__())
    told = [explain(error, language) or "" for error in ERRORS]
    assert all(sentence and "{" not in sentence for sentence in told)
    assert len(set(told)) == len(told)


def test_an_error_of_something_else_is_not_explained_here() -> None:
    assert explain(ValueError("x"), "vi") is None


def test_what_is_no_choice_is_told_with_the_choices(run: Run) -> None:
    with pytest.raises(UnknownValue) as unknown:
        run("programme", "move", "1", "over", "--version", "1")
    assert "ended" in unknown.value.known


@pytest.mark.parametrize("number", ["99", "9" * 30])
def test_what_is_not_there_is_not_found(run: Run, number: str) -> None:
    with pytest.raises(errors.OversightNotFound):
        run("programme", "show", number)


def test_both_languages_have_the_same_sentences() -> None:
    vietnamese, english = oversight_sentences("vi"), oversight_sentences("en")
    for name in vietnamese.__slots__:
        one, other = getattr(vietnamese, name), getattr(english, name)
        assert type(one) is type(other)
        if isinstance(one, dict):
            assert set(one) == set(other)
