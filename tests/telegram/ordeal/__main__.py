"""Lets a thousand people write to the bot through all that can happen, and tells what became of it: `python -m tests.telegram.ordeal`.

The application is `dienhong serve` in a process of its own, over the default corpus (that of `DIENHONG_HOME`, copied), against the
emulator of Telegram in this process: updates come twice and out of order, messages meet 429, 5xx and lost answers, and the application is
killed (-9). Exit code 1 where anything acknowledged is lost or doubled, an update is not answered, or a message is said again though
Telegram had confirmed it. `--load N` measures instead how long people wait for an answer at N questions a second.
"""

from __future__ import annotations

import argparse
import signal
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from assistant.settings import Settings
from eval.ordeal.__main__ import table
from eval.ordeal.verdict import Line
from tests.telegram.ordeal.crowd import Manners
from tests.telegram.ordeal.load import Load, measured
from tests.telegram.ordeal.round import Plan, copied_corpus, endured
from tests.telegram.ordeal.running import Deployment, Way


def main() -> int:
    """Runs what the arguments say and prints the table."""
    given = _arguments()
    # Else its processes would outlive it.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    with TemporaryDirectory(prefix="dienhong-chats-") as folder:
        deployment = Deployment(_home(Path(folder)), Way(given.way), given.database)
        log = Path(folder) / "service.log"
        lines = _lines(given, deployment, log)
        if given.log:
            given.log.write_bytes(log.read_bytes())
    sys.stdout.write(f"by {given.way} on {given.database}, seed {given.seed}\n{table(lines)}\n")
    return int(not all(line.holds for line in lines))


def _lines(given: argparse.Namespace, deployment: Deployment, log: Path) -> list[Line]:
    if given.load:
        return measured(Load(deployment, given.chats, given.load, given.seconds, given.seed), log)
    return endured(Plan(deployment, given.chats, given.updates, given.kills, given.seed, Manners(given.rate)), log)


def _home(folder: Path) -> Path:
    """A data folder that answers at once."""
    source = Settings().home
    asked = [str(Path(sys.executable).parent / "dienhong"), "ask", "Thử việc tối đa bao lâu?"]
    subprocess.run(asked, check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    copied_corpus(source, folder / "home")
    return folder / "home"


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.telegram.ordeal", description="Let people write to the bot through everything.")
    parser.add_argument("--way", choices=[one.value for one in Way], default=Way.POLLING.value)
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--chats", type=int, default=1_000)
    parser.add_argument("--updates", type=int, default=20_000)
    parser.add_argument("--kills", type=int, default=3)
    parser.add_argument("--rate", type=float, default=25.0, help="updates a second at most (default: 25)")
    parser.add_argument("--seed", type=int, default=5, help="decides what people do and when kills come (default: 5)")
    parser.add_argument("--load", type=float, default=0.0, help="only measure waiting times at so many questions a second")
    parser.add_argument("--seconds", type=float, default=120.0, help="how long, with --load (default: 120)")
    parser.add_argument("--log", type=Path, default=None, help="file to keep the application's log in")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
