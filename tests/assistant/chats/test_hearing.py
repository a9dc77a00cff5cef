"""Voice messages written down by a command of its own: real processes, confined."""

from __future__ import annotations

import io
import os
import socket
import subprocess
import sys
import time
import wave
from pathlib import Path

import pytest

from assistant.chats import confined
from assistant.chats.hearing import CommandTranscriber, Limits, transcriber_of

SOUND = b"OggS" + bytes(200)
QUICK = Limits(seconds=20.0, cpu_s=20, memory_mb=1_000)


def engine(folder: Path, body: str, limits: Limits = QUICK) -> CommandTranscriber:
    """An engine of a few lines; `path` is the sound's."""
    script = folder / "engine.py"
    script.write_text(f"import sys\npath = sys.argv[-1]\n{body}\n", encoding="utf-8")
    return CommandTranscriber((sys.executable, str(script)), limits)


def test_the_words_are_what_the_command_writes(tmp_path: Path) -> None:
    heard = engine(tmp_path, "print('đường  hỏng\\n', len(open(path, 'rb').read()), path[-4:])").transcribe(SOUND)
    assert heard == "đường hỏng 204 .ogg"


def test_a_wave_file_is_called_one(tmp_path: Path) -> None:
    assert engine(tmp_path, "print(path[-4:])").transcribe(b"RIFF" + bytes(40)) == ".wav"


@pytest.mark.parametrize("body", ["pass", "print('  ')", "print('x'); sys.exit(3)", "raise ValueError"])
def test_where_nothing_is_made_out_there_are_no_words(tmp_path: Path, body: str) -> None:
    assert engine(tmp_path, body).transcribe(SOUND) is None


def test_a_command_that_is_not_there_hears_nothing() -> None:
    assert CommandTranscriber(("no-such-engine",), QUICK).transcribe(SOUND) is None


def test_no_sound_stays_behind(tmp_path: Path) -> None:
    where = engine(tmp_path, "print(path)").transcribe(SOUND)
    assert where
    assert not Path(where).parent.exists()


def test_it_learns_nothing_of_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DIENHONG_TELEGRAM_TOKEN", "secret")
    assert engine(tmp_path, "import os; print(sorted(one for one in os.environ if one.startswith('DIENHONG')))").transcribe(SOUND) == "[]"


def test_whoever_takes_too_long_is_ended_with_all_that_it_started(tmp_path: Path) -> None:
    child = tmp_path / "child"
    body = (
        "import subprocess, time\n"
        f"started = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'])\n"
        f"open({str(child)!r}, 'w').write(str(started.pid))\ntime.sleep(600)"
    )
    assert engine(tmp_path, body, Limits(seconds=8.0, cpu_s=20, memory_mb=1_000)).transcribe(SOUND) is None
    assert _ends(int(child.read_text()))


def _ends(pid: int) -> bool:
    """A killed process takes a moment to go."""
    for _ in range(500):
        if not _runs(pid):
            return True
        time.sleep(0.02)
    return False


def _runs(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] not in "ZX"
    except FileNotFoundError:
        return False


def test_whoever_takes_too_much_memory_hears_nothing(tmp_path: Path) -> None:
    body = "taken = bytearray(600_000_000); print('heard')"
    assert engine(tmp_path, body, Limits(20.0, 20, 400)).transcribe(SOUND) is None
    assert engine(tmp_path, body, Limits(20.0, 20, 1_500)).transcribe(SOUND) == "heard"


def test_an_endless_answer_is_cut(tmp_path: Path) -> None:
    heard = engine(tmp_path, "sys.stdout.write('a' * 1_000_000)").transcribe(SOUND)
    assert heard is not None
    assert len(heard) == 4_000


def test_nothing_reaches_a_network_where_the_system_allows_to_leave_it(tmp_path: Path) -> None:
    left = subprocess.run(
        [sys.executable, "-c", "import sys; from assistant.chats.confined import leave_network; sys.exit(not leave_network())"], check=False
    )
    if left.returncode:
        pytest.skip("the system allows no network of one's own")
    with socket.create_server(("127.0.0.1", 0)) as listening:
        reaches = f"    socket.create_connection({listening.getsockname()!r}, 2); print('reached')"
        body = f"import socket\ntry:\n{reaches}\nexcept OSError: print('alone')"
        assert subprocess.run([sys.executable, "-c", body], capture_output=True, check=True).stdout == b"reached\n"
        assert engine(tmp_path, body).transcribe(SOUND) == "alone"


def test_a_command_that_could_not_be_started_has_a_code_of_its_own() -> None:
    done = subprocess.run([sys.executable, confined.__file__, "5", "500", "no-such-engine"], check=False)
    assert done.returncode == 127


@pytest.mark.parametrize(("name", "command"), [("", ""), ("", "  "), ("other", "")])
def test_without_a_setting_nothing_listens(name: str, command: str) -> None:
    assert transcriber_of(name, command) is None


def test_a_command_line_is_read_as_in_a_shell(tmp_path: Path) -> None:
    script = tmp_path / "two words.py"
    script.write_text("import sys; print(sys.argv[1])", encoding="utf-8")
    heard = transcriber_of("", f"'{sys.executable}' '{script}' 'một hai'")
    assert heard is not None
    assert heard.transcribe(SOUND) == "một hai"


def test_viet_asr_listens_to_recordings_as_phones_send_them() -> None:
    soundfile = pytest.importorskip("soundfile")
    pytest.importorskip("vietasr")
    silence = io.BytesIO()
    with wave.open(silence, "wb") as written:
        written.setparams((1, 2, 16_000, 16_000, "NONE", ""))
        written.writeframes(bytes(32_000))
    samples, rate = soundfile.read(io.BytesIO(silence.getvalue()))
    recorded = io.BytesIO()
    soundfile.write(recorded, samples, rate, format="OGG", subtype="OPUS")
    listening = transcriber_of("viet-asr", "")
    assert listening is not None
    # Silence has no words, and that is no failure.
    assert listening.transcribe(recorded.getvalue()) is None
    assert os.access(confined.__file__, os.R_OK)
