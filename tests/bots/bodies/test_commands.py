"""`dienhong bodies …` as an administrator types it."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.all_tables import metadata
from assistant.bootstrap import Parts
from assistant.database import open_database, upgrade
from assistant.feedback.bodies_book import ShownBody
from assistant.feedback.bodies_errors import Part
from assistant.feedback.casework import Facts
from assistant.feedback.errors import RecommendationNotFound
from assistant.feedback.intake import NewSubmission
from assistant.feedback.states import State, Step
from assistant.settings import Settings
from bots.bodies.cli import add_bodies
from bots.bodies.wording import bodies_sentences, shown_name
from bots.cli import _command, _run, parser
from bots.wording import sentences
from corpus.days import today
from tests.assistant.feedback.office import HUNG, LAN, WordReader

Typed = Callable[..., tuple[int, str, str]]
OLD, NEW = "Sở Giao thông vận tải tỉnh Hạ", "Sở Xây dựng tỉnh Hạ"


@pytest.fixture
def bodies(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Typed:
    """Types a command; gives exit code, output and errors."""
    settings = Settings(home=tmp_path)
    engine = open_database(settings.application_database)
    upgrade(engine)
    metadata.create_all(engine)
    engine.dispose()

    def typed(*arguments: str, language: str = "vi") -> tuple[int, str, str]:
        whole = argparse.ArgumentParser()
        add_bodies(whole.add_subparsers(), _command)
        asked = settings.model_copy(update={"interface_language": language})
        code = _run(whole.parse_args(["bodies", *arguments]), asked, sentences(language))
        said = capsys.readouterr()
        return code, said.out, said.err

    return typed


def listed(bodies: Typed, *arguments: str) -> dict[str, str]:
    """Names by keys."""
    rows = [json.loads(line) for line in bodies("list", "--json", *arguments)[1].splitlines()]
    return {row["key"]: row["name"] for row in rows}


def test_a_body_is_added_renamed_and_followed(bodies: Typed) -> None:
    add = ("--level", "province", "--area", "province:01")
    assert bodies("add", "so-gtvt", OLD, *add)[:2] == (0, f"Đã thêm cơ quan so-gtvt: {OLD}.\n")
    assert bodies("add", "so-xd", NEW, *add, "--from", "2025-03-01", "--contact", "vanthu@soxd.example")[0] == 0
    assert bodies("end", "so-gtvt", "--on", "2025-07-01", "--successor", "so-xd")[1].endswith("từ ngày 01/07/2025. Kế tiếp: so-xd.\n")
    assert bodies("rename", "so-xd", "Sở Hạ tầng tỉnh Hạ", "--from", "2026-01-01")[0] == 0
    own = [
        {key: name for key, name in listed(bodies, "--as-of", day).items() if key.startswith("so-")} for day in ("2025-06-30", "2026-01-01")
    ]
    assert own == [{"so-gtvt": OLD, "so-xd": NEW}, {"so-xd": "Sở Hạ tầng tỉnh Hạ"}]
    told = bodies("list", "--all", "--level", "province")[1]
    assert f"so-gtvt  {OLD}  (cấp tỉnh · province:01 · đến trước 01/07/2025 · → so-xd)" in told
    assert f"so-xd  {NEW}  (cấp tỉnh · province:01 · từ 01/03/2025 · đến trước 01/01/2026 · vanthu@soxd.example)" in told
    assert "until before 01/07/2025" in bodies("list", "--all", language="en")[1]


def test_bodies_that_come_with_the_project_are_there_from_the_first_look(bodies: Typed) -> None:
    found = listed(bodies)
    assert (found["central.bo-xay-dung"], found["province.so-y-te"]) == ("Bộ Xây dựng", "Sở Y tế {area}")
    assert set(listed(bodies, "--level", "commune")) < set(found)
    assert "mọi nơi" in bodies("list", "--level", "province")[1]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("end", "nobody", "--on", "2026-01-01"), "not_found"),
        (("rename", "central.bo-y-te", "Bộ A", "--from", "2026-01-01", "--role", "reviewer"), "not_yours"),
        (("add", "so-x", "Bộ {area}", "--level", "central"), "name"),
        (("end", "central.bo-y-te", "--on", "2026-01-01", "--successor", "central.bo-y-te"), "cycle"),
    ],
)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_what_cannot_be_kept_is_said_in_words(bodies: Typed, arguments: tuple[str, ...], said: str, language: str) -> None:
    told = bodies_sentences(language)
    sentence = told.refused.get(said) or {"not_found": told.not_found, "not_yours": told.not_yours}[said]
    key = arguments[1]
    assert bodies(*arguments, language=language) == (3, "", sentence.format(key=key) + "\n")


def test_every_refusal_has_its_sentence_in_both_languages() -> None:
    parts = set(Part.__args__)  # type: ignore[attr-defined]  # what a Literal holds
    assert set(bodies_sentences("vi").refused) == set(bodies_sentences("en").refused) == parts


def test_a_body_is_shown_with_its_old_name_in_both_languages() -> None:
    merged = ShownBody(OLD, today().replace(2025, 7, 1), (NEW,))
    assert shown_name(merged) == f"{NEW} (trước ngày 01/07/2025: {OLD})"
    divided = ShownBody(OLD, merged.until, (NEW, "Sở B tỉnh Hạ"))
    assert shown_name(divided, "en") == f"{NEW} or Sở B tỉnh Hạ (before 01/07/2025: {OLD})"
    assert shown_name(ShownBody(OLD, merged.until)) == f"{OLD} (đã kết thúc hoạt động từ ngày 01/07/2025)"
    assert shown_name(ShownBody(OLD)) == OLD


def test_a_liaison_reads_at_the_command_line_what_was_sent_to_the_bodies_of_the_settings(
    bodies: Typed, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for key, name in (("so-xd", NEW), ("so-yt", "Sở Y tế tỉnh Hạ")):
        bodies("add", key, name, "--level", "province")
    settings = Settings(home=tmp_path, staff_bodies={"đầu mối": ("so-xd",)})
    forwarded(settings)

    def typed(*arguments: str) -> str:
        run(settings, *arguments, "--role", "agency_liaison", "--as", "đầu mối")
        return capsys.readouterr().out

    (line,) = typed("feedback", "list").splitlines()
    told = json.loads(line)
    assert (told["number"], told["body_shown"], told["statement"], "owner" in told) == (1, NEW, "Đề nghị sửa đường", False)
    assert json.loads(typed("feedback", "file", "1")) == told
    assert "Cơ quan đã nhận" in typed("feedback", "move", "1", "acknowledged", "--version", str(told["version"]))
    with pytest.raises(RecommendationNotFound):
        typed("feedback", "file", "2")


def run(settings: Settings, *arguments: str) -> None:
    assert _run(parser().parse_args(arguments), settings, sentences("vi")) == 0


def forwarded(settings: Settings) -> None:
    """Two recommendations, sent on to two bodies."""
    desk = Parts(settings).feedback
    for number, body in enumerate((NEW, "Sở Y tế tỉnh Hạ"), start=1):
        consent = desk.consents.current.version
        desk.intake.submit(NewSubmission("chat", f"m-{number}", "Đường hỏng, gọi 0912345678", consent))
        desk.understander(WordReader()).understand_waiting()
        matter = desk.recommendations.show(number, HUNG).matter
        version = desk.casework.settle(number, matter.version, Facts(statement="Đề nghị sửa đường"), HUNG)
        for step in (Step(State.ACCEPTED, LAN), Step(State.ROUTED, HUNG)):
            version = desk.recommendations.take(number, version, step).version
        desk.casework.refer(number, version, body, [], "", HUNG)
