"""The command line as people use it, over the default corpus and over a little one."""

from __future__ import annotations

import fcntl
import json
import os
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from bots.cli import main
from bots.law.dialogue_wording import dialogue_sentences
from bots.wording import ENGLISH, VIETNAMESE, Sentences
from tests.answer_schema import answer_schema
from tests.bots.command import DIENHONG, PATIENCE_S, Ended, dienhong, environment, opening, says
from tests.bots.terminal import chatted
from tests.corpus.codification_pages import LAW_NOTE, article, many_topics, packed, page

pytestmark = pytest.mark.slow

QUESTION = "Thử việc tối đa bao lâu?"
ASKING_BACK = "Đăng ký kết hôn cần giấy tờ gì?"
NO_ENCODER = {"DIENHONG_ENCODER": "none"}
IN_TOY_LAW = ("ask", "khoản 1 Điều 2 luật 3/2030/QH20", "--as-of", "2032-01-01")


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the default corpus, made by the first question, as for everybody."""
    home = tmp_path_factory.mktemp("default") / "home"
    first = dienhong(home, "ask", QUESTION)
    assert (first.code, says(first, "preparing")) == (0, True), first.err
    return home


@pytest.fixture(scope="module")
def toy_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with an invented codification only, searched by words: every command is quick in it."""
    folder = tmp_path_factory.mktemp("toy")
    imported = dienhong(folder / "home", "corpus", "import", str(packed(folder / "toy.zip", many_topics(5))), settings=NO_ENCODER)
    assert imported.code == 0, imported.err
    return folder / "home"


@pytest.fixture
def toy(toy_home: Path, tmp_path: Path) -> Path:
    """A copy of the little home, for tests that change or break it."""
    return Path(shutil.copytree(toy_home, tmp_path / "home"))


def toy_answers(home: Path) -> bool:
    return "Tàu 3 phải" in dienhong(home, *IN_TOY_LAW, settings=NO_ENCODER).out


def asked(home: Path, *arguments: str | bytes, settings: Mapping[str, str] | None = None) -> dict[str, Any]:
    """The JSON of an answer, without the times that it took."""
    answer: dict[str, Any] = json.loads(dienhong(home, "ask", "--json", *arguments, settings=settings).out)
    return {name: value for name, value in answer.items() if name != "timings_ms"}


# Asking


def test_an_answer_names_its_source_and_the_code_is_0(prepared: Path) -> None:
    ended = dienhong(prepared, "ask", QUESTION)
    assert ended.code == 0
    assert "Điều 25 Bộ luật Lao động số 45/2019/QH14" in ended.out
    assert VIETNAMESE.machine_notice in ended.out
    assert ended.err == ""


def test_an_answer_as_json_keeps_the_published_form(prepared: Path) -> None:
    ended = dienhong(prepared, "ask", QUESTION, "--json")
    answer = json.loads(ended.out)
    jsonschema.validate(answer, answer_schema())
    assert answer["outcome"] == "answered"
    assert answer["citations"][0]["provision"].startswith("45/2019/QH14@25")


def test_a_refusal_has_code_1_and_is_json_too(prepared: Path) -> None:
    ended = dienhong(prepared, "ask", "giá vàng SJC chiều nay tăng hay giảm", "--json")
    answer = json.loads(ended.out)
    jsonschema.validate(answer, answer_schema())
    assert (ended.code, answer["outcome"], answer["citations"]) == (1, "out_of_scope", [])


@pytest.mark.parametrize("question", ["", "🙂", "x" * 20_000])
def test_what_is_no_question_has_code_1(prepared: Path, question: str) -> None:
    ended = dienhong(prepared, "ask", question)
    assert (ended.code, ended.err) == (1, "")
    assert ended.out.strip()


def test_a_question_with_broken_bytes_is_answered(prepared: Path) -> None:
    answer = asked(prepared, QUESTION.encode().replace(b" ", b" \xff\xfe ", 1))
    assert answer["outcome"] == "answered"


@pytest.mark.parametrize("day", ["01/07/2025", "2025-02-30", "hôm qua", ""])
@pytest.mark.parametrize("command", [("ask", QUESTION), ("chat",), ("corpus", "show", "45/2019/QH14")])
def test_a_wrong_day_is_explained_with_code_2(prepared: Path, command: tuple[str, ...], day: str) -> None:
    ended = dienhong(prepared, *command, "--as-of", day)
    assert (ended.code, ended.out, ended.err) == (2, "", VIETNAMESE.bad_date.format(text=day) + "\n")


def test_the_day_decides_which_law_is_quoted(prepared: Path) -> None:
    ended = dienhong(prepared, "ask", "Điều 25 Bộ luật Lao động", "--as-of", "2015-01-01", "--json")
    assert (ended.code, json.loads(ended.out)["outcome"]) == (1, "not_in_force_on_date")


@pytest.mark.parametrize("arguments", [(), ("hỏi",), ("ask",), ("corpus",), ("corpus", "import"), ("ask", QUESTION, "--nope")])
def test_a_wrong_command_has_code_2_and_shows_the_usage(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    ended = dienhong(tmp_path / "home", *arguments)
    assert ended.code == 2
    assert "usage: dienhong" in ended.err
    assert not (tmp_path / "home").exists()


def test_a_search_tells_how_each_score_came_about(prepared: Path) -> None:
    ended = dienhong(prepared, "search", "sa thai ba bau", "-k", "3")
    assert (ended.code, len(re.findall(r"= words [\d.]+ \(BM25 [\d.]+\) \+ meaning [\d.]+ \(cosine", ended.out))) == (0, 3)
    assert dienhong(prepared, "search", "làm lại thẻ căn cước", "--kind", "procedure", "-k", "1").out.startswith(
        "Cấp đổi, cấp lại thẻ căn cước"
    )
    assert dienhong(prepared, "search", "tàu", "-k", "0").code == 2


# Chatting


def test_chat_answers_each_line_of_a_pipe_and_ends_with_it(prepared: Path) -> None:
    ended = dienhong(prepared, "chat", stdin=f"{QUESTION}\n\n   \nĐiều 24 Bộ luật Lao động".encode())
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.count(VIETNAMESE.machine_notice) == 2
    assert VIETNAMESE.chat_prompt not in ended.out


def test_chat_from_a_pipe_remembers_the_lines_before(prepared: Path) -> None:
    ended = dienhong(prepared, "chat", stdin="thử việc tối đa bao lâu\ncảm ơn\nlương thì sao?\n".encode())
    assert (ended.code, ended.err) == (0, "")
    assert "Điều 26" in ended.out


def test_lines_piped_into_run_are_answered_each_on_its_own(prepared: Path) -> None:
    ended = dienhong(prepared, "run", stdin="thử việc tối đa bao lâu\nkhoản 2 nói gì?\n".encode())
    assert ended.out.count("▸ Điều 25") == 1


def test_chat_goes_on_after_broken_bytes(prepared: Path) -> None:
    lines = [b"\xff\xfe\x00\x80", b"Th\xe1\xbb vi\xc7\xc7c \xf0\x9f", QUESTION.encode()]
    ended = dienhong(prepared, "chat", stdin=b"\n".join(lines) + b"\n")
    assert (ended.code, ended.err) == (0, "")
    assert "Điều 25 Bộ luật Lao động" in ended.out


@pytest.mark.parametrize(("words", "settings"), [(VIETNAMESE, {}), (ENGLISH, {"DIENHONG_INTERFACE_LANGUAGE": "en"})], ids=["vi", "en"])
def test_on_a_terminal_what_is_asked_back_is_chosen_by_number(prepared: Path, words: Sentences, settings: Mapping[str, str]) -> None:
    asking, chosen = chatted(prepared, ASKING_BACK, "2.", prompt=words.chat_prompt, settings=settings)
    assert re.search(r"\n  1\. .+\n  2\. .+", asking)
    assert asking.endswith(f"\n{words.choose_by_number}")
    assert chosen.startswith(words.procedure_heading.format(name="Đăng ký kết hôn có yếu tố nước ngoài"))


def test_on_a_terminal_no_number_is_asked_for_where_there_is_nothing_to_choose(prepared: Path) -> None:
    (answer,) = chatted(prepared, QUESTION, prompt=VIETNAMESE.chat_prompt)
    assert VIETNAMESE.choose_by_number not in answer


@pytest.mark.parametrize("word", ["thoát", "exit", " QUIT "])
def test_chat_ends_with_a_word(prepared: Path, word: str) -> None:
    ended = dienhong(prepared, "chat", stdin=f"{word}\n{QUESTION}\n".encode())
    assert (ended.code, ended.out, ended.err) == (0, "", "")


def test_an_interrupted_chat_says_so_with_code_130(prepared: Path) -> None:
    with chatting(prepared) as chat:
        chat.send_signal(signal.SIGINT)
        # Its input stays open: the end of it would end the chat as well.
        chat.wait(timeout=PATIENCE_S)
        _, err = chat.communicate()
    assert (chat.returncode, err.decode().strip()) == (130, VIETNAMESE.interrupted)


@contextmanager
def chatting(home: Path, settings: Mapping[str, str] | None = None) -> Iterator[subprocess.Popen[bytes]]:
    """A chat that has answered a line, so that it holds the index, and waits for the next."""
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    # What a shell runs in the background ignores interrupts, and hands that on to all that it starts; "env" lets them through again.
    command = ["env", "--default-signal=INT", str(DIENHONG), "chat", "--as-of", "2032-01-01"]
    chat = subprocess.Popen(command, cwd=home.parent, env=environment(home, settings), **pipes)  # type: ignore[call-overload]
    try:
        chat.stdin.write("Điều 1 luật 3/2030/QH20\n".encode())
        chat.stdin.flush()
        assert chat.stdout.readline(), chat.stderr.read().decode()
        yield chat
    finally:
        chat.kill()
        chat.wait()


def test_a_second_process_answers_from_the_same_index(toy: Path) -> None:
    with chatting(toy, NO_ENCODER) as chat:
        assert toy_answers(toy)
        out, _ = chat.communicate("Điều 2 luật 3/2030/QH20\n".encode(), timeout=PATIENCE_S)
    assert "Tàu 3 phải" in out.decode()


def test_a_second_build_is_told_that_the_index_is_busy(toy: Path) -> None:
    (toy / "index" / "CURRENT").unlink()
    with (toy / "index" / "build.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        ended = dienhong(toy, "index", "build", settings=NO_ENCODER)
    assert (ended.code, ended.out) == (3, "")
    assert says(ended, "index_busy")
    assert ended.is_explained
    assert toy_answers(toy)


def test_a_build_goes_through_while_somebody_chats(toy: Path) -> None:
    with chatting(toy, NO_ENCODER) as chat:
        assert dienhong(toy, "index", "build", settings=NO_ENCODER).code == 0
        out, _ = chat.communicate("Điều 2 luật 3/2030/QH20\n".encode(), timeout=PATIENCE_S)
    assert "Tàu 3 phải" in out.decode()
    assert toy_answers(toy)


# Looking at the corpus


def test_the_corpus_is_listed(prepared: Path) -> None:
    documents, procedures = dienhong(prepared, "corpus", "list"), dienhong(prepared, "corpus", "list", "--procedures")
    assert (documents.code, procedures.code) == (0, 0)
    assert len(documents.out.splitlines()) == 6
    assert "dang-ky-ket-hon " in procedures.out


@pytest.mark.parametrize(
    ("provision", "expected"),
    [
        ("45/2019/QH14@25.2", "2. Không quá 60 ngày"),
        ("khoản 2 Điều 25 Bộ luật Lao động", "2. Không quá 60 ngày"),
        ("khoan 2 dieu 25 blld", "2. Không quá 60 ngày"),
        ("45/2019/qh14", "Điều 25. Thời gian thử việc"),
        ("dang-ky-ket-hon", "Đăng ký kết hôn"),
    ],
)
def test_what_is_there_is_shown(prepared: Path, provision: str, expected: str) -> None:
    ended = dienhong(prepared, "corpus", "show", provision)
    assert (ended.code, ended.err) == (0, "")
    assert expected in ended.out


@pytest.mark.parametrize(
    ("provision", "sentence"),
    [
        ("45/2019/QH14@999", "unknown_provision"),
        ("45/2019/QH14@25.99", "unknown_provision"),
        ("45/2019/QH14@25.1.x", "unknown_provision"),
        ("1/1900/QH0@1", "unknown_document"),
        ("xin chào", "unknown_document"),
        ("", "bad_provision"),
        ("@", "bad_provision"),
        ("45/2019/QH14@", "bad_provision"),
        (b"\xff\xfe", "bad_provision"),
    ],
)
def test_what_is_not_there_is_explained_with_code_3(prepared: Path, provision: str | bytes, sentence: str) -> None:
    ended = dienhong(prepared, "corpus", "show", provision)
    assert ended.code == 3
    assert says(ended, sentence), ended.err
    assert ended.is_explained


def test_the_status_tells_sizes_and_that_the_index_is_current(prepared: Path) -> None:
    ended = dienhong(prepared, "corpus", "status", "--failures")
    assert ended.code == 0
    assert "documents 6, articles 2703" in ended.out
    assert re.search(r"index: \d+ passages, .*, current", ended.out)


def test_an_empty_home_says_what_to_do(tmp_path: Path) -> None:
    listed, status = dienhong(tmp_path / "home", "corpus", "list"), dienhong(tmp_path / "home", "corpus", "status")
    assert (listed.code, listed.out.strip()) == (0, VIETNAMESE.no_corpus)
    assert (status.code, "index: none" in status.out) == (0, True)


def test_a_reader_that_goes_away_is_no_error(prepared: Path) -> None:
    ended = subprocess.run(
        ["sh", "-c", f"{DIENHONG} corpus show 91/2015/QH13; echo $? >&2"],
        stdout=closed_pipe(),
        stderr=subprocess.PIPE,
        env=environment(prepared),
        cwd=prepared.parent,
        timeout=PATIENCE_S,
        check=False,
    )
    assert ended.stderr.decode() == "0\n"


def closed_pipe() -> int:
    """A pipe to write to whose reader has gone."""
    reader, writer = os.pipe()
    os.close(reader)
    return writer


# Importing what cannot be imported


def truncated(folder: Path) -> Path:
    path = packed(folder / "cut.zip", many_topics(5))
    path.write_bytes(path.read_bytes()[:-200])
    return path


def damaged_inside(folder: Path) -> Path:
    path = packed(folder / "damaged.zip", many_topics(5))
    content = bytearray(path.read_bytes())
    content[120:160] = b"\x00" * 40
    path.write_bytes(content)
    return path


def text_file(folder: Path) -> Path:
    path = folder / "law.txt"
    path.write_text("Điều 1. Tàu phải nổi.", encoding="utf-8")
    return path


def without_topics(folder: Path) -> Path:
    (folder / "empty" / "demuc").mkdir(parents=True)
    return folder / "empty"


@pytest.mark.parametrize(
    "bad_source",
    [lambda folder: folder / "absent.zip", truncated, text_file, without_topics],
    ids=["absent", "truncated", "text", "no topics"],
)
def test_a_source_that_cannot_be_read_is_explained_with_code_3_and_nothing_is_lost(
    toy: Path, tmp_path: Path, bad_source: Callable[[Path], Path]
) -> None:
    path = bad_source(tmp_path)
    before = dienhong(toy, "corpus", "status").out
    ended = dienhong(toy, "corpus", "import", str(path), settings=NO_ENCODER)
    assert ended.code == 3
    assert opening(VIETNAMESE.source_unreadable) in ended.err
    assert path.name in ended.err
    assert ended.is_explained
    assert dienhong(toy, "corpus", "status").out == before
    assert toy_answers(toy)


def test_a_damaged_page_inside_a_zip_is_named_and_the_law_that_it_held_stays(toy: Path, tmp_path: Path) -> None:
    ended = dienhong(toy, "corpus", "import", str(damaged_inside(tmp_path)), settings=NO_ENCODER)
    assert (ended.code, "damaged in the zip file" in ended.out) == (0, True)
    listed = dienhong(toy, "corpus", "list").out
    assert all(f"{number}/2030/QH20" in listed for number in range(1, 6))
    assert toy_answers(toy)


def test_a_topic_in_another_encoding_is_named_and_the_rest_is_imported(toy: Path, tmp_path: Path) -> None:
    good = page(article("88.1.LQ.1", LAW_NOTE.replace("1/2030/QH20", "8/2030/QH20")), number="88.1")
    path = packed(tmp_path / "mixed.zip", {"bad": page(article("88.2.LQ.1", LAW_NOTE)).encode("utf-16"), "good": good})
    ended = dienhong(toy, "corpus", "import", str(path), settings=NO_ENCODER)
    assert ended.code == 0
    assert "bad: not UTF-8 at byte" in ended.out
    assert "8/2030/QH20" in dienhong(toy, "corpus", "list").out
    assert "bad: not UTF-8 at byte" in dienhong(toy, "corpus", "status", "--failures").out
    assert toy_answers(toy)


def test_a_source_of_which_nothing_can_be_read_has_code_3(toy: Path, tmp_path: Path) -> None:
    path = packed(tmp_path / "bad.zip", {"bad": page(article("88.2.LQ.1", LAW_NOTE)).encode("utf-16")})
    ended = dienhong(toy, "corpus", "import", str(path), settings=NO_ENCODER)
    assert ended.code == 3
    assert "bad: not UTF-8 at byte 0" in ended.out
    assert toy_answers(toy)


def test_importing_twice_changes_nothing(toy: Path) -> None:
    before = dienhong(toy, "corpus", "status").out
    ended = dienhong(toy, "corpus", "import", str(packed(toy.parent / "again.zip", many_topics(5))), settings=NO_ENCODER)
    assert ended.code == 0
    assert dienhong(toy, "corpus", "status").out == before


# Settings


def test_the_interface_speaks_english_when_set(prepared: Path) -> None:
    english = {"DIENHONG_INTERFACE_LANGUAGE": "en"}
    answered = dienhong(prepared, "ask", QUESTION, settings=english)
    refused = dienhong(prepared, "ask", "giá vàng SJC chiều nay tăng hay giảm", settings=english)
    wrong = dienhong(prepared, "corpus", "show", "?", settings=english)
    assert ENGLISH.machine_notice in answered.out
    assert dialogue_sentences("en").basis["out_of_scope"] in refused.out
    assert says(wrong, "bad_provision", ENGLISH)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DIENHONG_LOG_LEVEL", "LOUD"),
        ("DIENHONG_INTERFACE_LANGUAGE", "fr"),
        ("DIENHONG_ENCODER", "magic"),
        ("DIENHONG_ENCODER_TIMEOUT_S", "-1"),
        ("DIENHONG_ENCODER", "sentence-transformers"),  # which model?
        ("DIENHONG_ENCODER", "openai"),  # which address?
    ],
)
def test_a_wrong_setting_is_explained_with_code_3(prepared: Path, name: str, value: str) -> None:
    ended = dienhong(prepared, "ask", QUESTION, settings={name: value})
    assert ended.code == 3
    assert says(ended, "bad_setting")
    assert ended.is_explained


def test_a_home_that_is_a_file_is_explained(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("not a folder", encoding="utf-8")
    ended = dienhong(tmp_path / "home", "corpus", "status")
    assert ended.code == 3
    assert says(ended, "bad_setting")
    assert ended.is_explained


def test_a_corpus_database_of_another_program_is_explained(toy: Path) -> None:
    (toy / "corpus.sqlite").write_bytes(b"this is no database, it is a letter " * 100)
    ended = dienhong(toy, "corpus", "status")
    assert ended.code == 3
    assert ended.is_explained, ended.err


@pytest.mark.parametrize("broken", ["CURRENT", "facts.json", "shard"])
def test_a_broken_index_is_made_anew(toy: Path, broken: str) -> None:
    for path in list((toy / "index").rglob(broken)):
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.write_bytes(b"\x00broken")
    assert toy_answers(toy)


# Logs, network, disk


def test_logs_never_hold_the_words_of_a_question(prepared: Path) -> None:
    asked_for = "Tôi tên Nguyễn Khôngtồntại bị ôngchủ quỵt lương thì làm gì"
    for command in (("ask", asked_for), ("ask", "Điều 97 Bộ luật Lao động Khôngtồntại"), ("chat",)):
        ended = dienhong(prepared, *command, stdin=asked_for.encode(), settings={"DIENHONG_LOG_LEVEL": "DEBUG"})
        assert not [word for word in ("Khôngtồntại", "ôngchủ", "khongtontai", "ongchu", "\\u00f4ngch") if word in ended.err]


def test_logs_are_one_json_object_a_line(toy_home: Path) -> None:
    ended = dienhong(toy_home, "ask", "khoản 2 Điều 5 Bộ luật Tàu giấy", settings={"DIENHONG_LOG_LEVEL": "DEBUG", **NO_ENCODER})
    events = [json.loads(line) for line in ended.err.splitlines()]
    assert events
    assert all("event" in event and "level" in event for event in events)


def can_unshare(*flags: str) -> bool:
    tool = shutil.which("unshare")
    return bool(tool) and subprocess.run([str(tool), *flags, "true"], capture_output=True, check=False).returncode == 0


def test_questions_are_answered_without_any_network(prepared: Path, tmp_path: Path) -> None:
    if not can_unshare("-rn"):
        pytest.skip("this machine lets nobody make a network namespace (unshare -rn)")
    ended = dienhong(prepared, "ask", QUESTION, through=("unshare", "-rn"))
    assert (ended.code, ended.err) == (0, "")
    assert "Điều 25 Bộ luật Lao động" in ended.out


@pytest.mark.parametrize("megabytes", [1, 5, 9, 30])
def test_a_full_disk_is_explained_and_the_old_index_still_answers(toy_home: Path, tmp_path: Path, megabytes: int) -> None:
    if not can_unshare("-rm"):
        pytest.skip("this machine lets nobody mount a small disk (unshare -rm)")
    disk = tmp_path / "disk"
    disk.mkdir()
    script = f"""
        mount -t tmpfs -o size=900m none {disk} && cp -a --sparse=never {toy_home} {disk}/home || exit 99
        mount -o remount,size=$(($(du -sm {disk} | cut -f1) + {megabytes}))m {disk} || exit 98
        sed -i 's/"revision": "[^"]*"/"revision": "older"/' {disk}/home/index/generation-*/facts.json
        {DIENHONG} corpus import codes --words-only; echo "code $?"
        {DIENHONG} {" ".join(f"'{word}'" for word in IN_TOY_LAW)}; echo "code $?"
    """
    done = subprocess.run(
        ["unshare", "-rm", "sh", "-c", script],
        capture_output=True,
        cwd=tmp_path,
        env=environment(disk / "home", NO_ENCODER),
        timeout=PATIENCE_S,
        check=False,
    )
    ended = Ended(done.returncode, done.stdout.decode(), done.stderr.decode())
    assert ended.out.splitlines()[-1] == "code 0", ended
    assert "Tàu 3 phải" in ended.out
    assert re.findall(r"^code (\d+)$", ended.out, re.MULTILINE)[0] == "3", ended
    assert ended.err.splitlines() == [VIETNAMESE.disk_full, VIETNAMESE.stale_index]


def test_a_first_run_that_was_killed_is_made_good_by_the_next(tmp_path: Path) -> None:
    home = tmp_path / "home"
    first = subprocess.Popen(
        [str(DIENHONG), "ask", QUESTION], cwd=tmp_path, env=environment(home), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    deadline = time.monotonic() + PATIENCE_S
    while not list(home.glob("index/generation-*/shard")) and first.poll() is None and time.monotonic() < deadline:
        time.sleep(0.05)
    first.kill()
    first.wait()
    ended = dienhong(home, "ask", QUESTION)
    assert ended.code == 0
    assert "Điều 25 Bộ luật Lao động" in ended.out
    assert len(list(home.glob("index/generation-*"))) == 1


@pytest.mark.parametrize(("command", "threads"), [(["corpus", "status"], "1"), (["eval", "router", "none.jsonl"], None)])
def test_only_measurements_multiply_with_several_threads(
    command: list[str], threads: str | None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DIENHONG_HOME", str(tmp_path))
    # Set, so that what the command sets is taken back after the test.
    monkeypatch.setenv("OPENBLAS_NUM_THREADS", "9")
    monkeypatch.delenv("OPENBLAS_NUM_THREADS")
    main(command)
    assert os.environ.get("OPENBLAS_NUM_THREADS") == threads
