"""Files with a matter: albums, too much at once, dropping them, and words that come with what is refused."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import chain

import pytest
from sqlalchemy import func, select

from assistant.chats.tables import chat_file
from assistant.chats.types import EventKind, FileAtChannel, FileKind
from assistant.database import reading
from assistant.feedback.messages_tables import message
from assistant.feedback.tables import attachment, submission
from tests.assistant.chats.chatting import Service, Talker, texts
from tests.assistant.chats.films import film
from tests.assistant.chats.photos import photo_of_a_place

HOLE = "Tôi phản ánh đường trước chợ có hố sâu, xe ngã nhiều lần"
FIRE = "Cứu với, nhà bên cạnh đang cháy"
VIOLATOR = "Tôi muốn tố cáo ông Lê Văn Tí nhận tiền của dân để làm sổ"
TO_STEP = {"what": ("/gui",), "where": ("/gui", HOLE), "files": ("/gui", HOLE, "không"), "contact": ("/gui", HOLE, "không", "không")}
PDF = b"%PDF-1.7 "


def at(service: Service, step: str) -> Talker:
    lan = service.person()
    for text in (*TO_STEP["contact"], "không") if step == "check" else TO_STEP[step]:
        lan.says(text)
    return lan


def album(lan: Talker, captions: Sequence[str], name: str = "13") -> list[list[str]]:
    """The names of what is said to each picture of an album."""
    return [[one.partition(" ")[0] for one in texts(lan.sends(FileKind.PHOTO, photo_of_a_place(), words, name))] for words in captions]


def labels(lan: Talker) -> list[str]:
    return [label for row in lan.seen[-1].buttons for label, _ in row]


def sent_files(service: Service) -> int:
    with reading(service.office.engine) as connection:
        return connection.execute(select(func.count()).select_from(attachment)).scalar_one()


def kept_files(service: Service) -> int:
    with reading(service.office.engine) as connection:
        return connection.execute(select(func.count()).select_from(chat_file)).scalar_one()


@pytest.mark.parametrize(
    ("step", "said"),
    [
        ("what", ["file.words_please"]),
        ("where", ["file.kept", "send.where"]),
        ("files", ["file.album"]),
        ("contact", ["file.kept", "send.contact"]),
        ("check", ["file.album"]),
    ],
)
def test_of_an_album_something_is_said_once_and_all_of_it_is_sent(service: Service, step: str, said: list[str]) -> None:
    lan = at(service, step)
    assert album(lan, ["", "", ""]) == [said, [], []]
    if step == "what":
        lan.says(HOLE)
    to_the_end(lan)
    assert sent_files(service) == 3


def to_the_end(lan: Talker) -> None:
    for _ in range(6):
        offered = labels(lan)
        if "agree" in offered:
            assert "files=3" in lan.seen[-1].text
            lan.taps("agree")
            return
        lan.taps(next(label for label in ("send.anyway", "files.enough", "skip.where", "skip.files", "skip.contact") if label in offered))


@pytest.mark.parametrize("captions", [[HOLE, "", ""], ["", HOLE, ""], ["", "", HOLE]])
def test_the_words_of_an_album_begin_a_matter_wherever_they_come(service: Service, captions: list[str]) -> None:
    lan = service.person()
    said = album(lan, captions)
    assert said[captions.index(HOLE)] == ["send.where"]
    assert [one for one in chain(*said) if one != "file.words_please"] == ["send.where"]
    assert labels(lan) == ["skip.where", "cancel"]
    to_the_end(lan)
    assert sent_files(service) == 3


def test_a_picture_of_an_album_that_comes_twice_is_one(service: Service) -> None:
    lan = at(service, "files")
    event = lan.event(EventKind.FILE)
    service.shelf.contents["one"] = photo_of_a_place()
    event = replace(event, file=FileAtChannel(FileKind.PHOTO, "one"), album="13")
    assert [texts(lan.does(event)) for _ in range(2)] == [["file.album"], []]
    assert kept_files(service) == 1


@pytest.mark.parametrize(("step", "asked"), [("where", "send.where"), ("contact", "send.contact")])
def test_a_photo_where_something_else_is_asked_for_skips_nothing(service: Service, step: str, asked: str) -> None:
    lan = at(service, step)
    assert texts(lan.sends(FileKind.PHOTO, photo_of_a_place())) == ["file.kept", asked]


def test_danger_below_a_photo_leaves_the_place_to_be_asked_for(service: Service) -> None:
    lan = service.person()
    lan.says("/gui")
    assert texts(lan.sends(FileKind.PHOTO, photo_of_a_place(), FIRE)) == ["emergency"]
    assert texts(lan.taps("resume")) == ["send.where"]


def test_two_albums_are_told_one_after_the_other(service: Service) -> None:
    lan = at(service, "files")
    assert album(lan, ["", ""], "13") == [["file.album"], []]
    assert album(lan, ["", ""], "14") == [["file.album"], []]


def test_an_album_beside_a_draft_is_one_matter(service: Service) -> None:
    lan = at(service, "files")
    lan.says("/start")
    assert album(lan, [VIOLATOR, "", ""]) == [["send.two"], [], []]
    lan.taps("draft.other")
    to_the_end(lan)
    assert sent_files(service) == 3


def test_an_album_is_added_to_what_was_sent(service: Service) -> None:
    lan = at(service, "check")
    lan.taps("agree")
    with reading(service.office.engine) as connection:
        (code,) = connection.execute(select(submission.c.code)).scalars()
    lan.says(f"/theodoi {code}")
    lan.taps("add.button")
    assert album(lan, ["", "", ""]) == [["added"], [], []]
    assert sent_files(service) == 3
    # What is typed next is no part of it.
    assert texts(lan.says("/gui")) == ["send.what"]
    assert album(lan, [""], "14") == [["file.words_please"]]
    with reading(service.office.engine) as connection:
        assert connection.execute(select(func.count()).select_from(message)).scalar_one() == 3


def large(lan: Talker, of: int, caption: str = "", album: str = "") -> list[str]:
    return texts(lan.sends(FileKind.DOCUMENT, PDF + bytes(of), caption, album))


def test_files_that_are_too_much_together_are_refused_as_they_come(service: Service) -> None:
    lan = at(service, "files")
    assert large(lan, 12_000_000) == ["file.taken files=1"]
    assert large(lan, 9_000_000) == ["file.too_much most=10"]
    assert labels(lan) == ["files.drop", "files.enough"]
    assert large(lan, 7_000_000) == ["file.taken files=2"]
    lan.taps("files.enough")
    assert texts(lan.taps("skip.contact"))[-1] == f"send.check files=2 text={HOLE}"
    lan.taps("agree")
    assert sent_files(service) == 2


def test_of_an_album_that_is_too_much_it_is_said_once(service: Service) -> None:
    lan = at(service, "files")
    large(lan, 15_000_000)
    assert [large(lan, 6_000_000, album="13") for _ in range(3)] == [["file.too_much most=10"], [], []]


def test_an_eleventh_file_is_refused(service: Service) -> None:
    lan = at(service, "files")
    said = album(lan, [""] * 12)
    assert said == [["file.album"], *[[]] * 9, ["file.too_many"], []]
    assert labels(lan) == ["files.drop", "files.enough"]


def test_files_can_be_dropped_before_they_are_sent(service: Service) -> None:
    lan = at(service, "check")
    lan.sends(FileKind.PHOTO, photo_of_a_place())
    assert labels(lan) == ["agree", "change", "files.drop", "cancel"]
    answers = texts(lan.taps("files.drop"))
    assert (answers[0], answers[-1]) == ("file.dropped", f"send.check text={HOLE}")
    assert labels(lan) == ["agree", "change", "cancel"]
    assert kept_files(service) == 0


def test_whoever_drops_what_was_too_much_is_asked_for_files_again(service: Service) -> None:
    lan = at(service, "files")
    large(lan, 12_000_000)
    large(lan, 9_000_000)
    assert texts(lan.taps("files.drop")) == ["file.dropped", "send.files"]
    assert large(lan, 9_000_000) == ["file.taken files=1"]


def test_whoever_dropped_no_files_is_told_that_the_button_is_old(service: Service) -> None:
    lan = at(service, "check")
    assert texts(lan.does(lan.event(EventKind.BUTTON, "nofiles", "m"))) == ["too_old"]


def test_the_words_of_a_file_that_is_refused_are_kept(service: Service) -> None:
    lan = service.person()
    assert large(lan, 20_000_000, HOLE) == ["file.too_big most=10", "send.where"]
    assert large(lan, 20_000_000) == ["file.too_big most=10"]
    lan.taps("skip.where")
    lan.taps("skip.files")
    assert texts(lan.taps("skip.contact"))[-1] == f"send.check text={HOLE}"


def test_a_film_goes_along_with_its_words(service: Service) -> None:
    lan = service.person()
    assert texts(lan.sends(FileKind.DOCUMENT, film(), HOLE)) == ["send.where"]
    lan.taps("skip.where")
    assert texts(lan.taps("skip.contact"))[-1] == f"send.check files=1 text={HOLE}"
    lan.taps("agree")
    with reading(service.office.engine) as connection:
        assert connection.execute(select(attachment.c.kind)).scalars().all() == ["video/mp4"]
