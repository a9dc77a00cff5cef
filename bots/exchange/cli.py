"""Arguments of `dienhong feedback import`, `dienhong feedback export` and `dienhong open-data`."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    Commands = argparse._SubParsersAction[argparse.ArgumentParser]
    Adds = Callable[[Commands, str, str, str], argparse.ArgumentParser]


def add_exchange(feedback: Commands, command: Adds) -> None:
    """Adds `import` and `export` to the actions of `dienhong feedback`."""
    imported = command(feedback, "import", "take in what another portal received; may be repeated", "exchange.commands:import_")
    imported.add_argument("file", help=".csv, .xlsx or .jsonl; the columns stand in docs/exchange.md")
    imported.add_argument("--channel", default="import", metavar="NAME", help="the portal's name where the file has no column channel")
    imported.add_argument("--dry-run", action="store_true", help="only say what would be taken")
    imported.add_argument("--agreed", action="store_true", help="the portal's senders agreed to have their words passed on")
    imported.add_argument("--as", dest="as_", default="command-line", metavar="NAME", help="who imports")
    exported = command(
        feedback, "export", "print recommendations as a table; nothing sealed, no words of senders", "exchange.commands:export"
    )
    exported.add_argument("--format", default="csv", help="csv, jsonl or xlsx (default: csv)")
    exported.add_argument("--out", default=None, metavar="FILE", help="where to write (default: standard output)")
    exported.add_argument("--as", dest="as_", default="command-line", metavar="NAME", help="who acts")
    exported.add_argument("--role", action="append", default=[], help="in which role; may be repeated (default: reviewer)")


def add_open_data(commands: Commands, command: Adds) -> None:
    """Adds `open-data`."""
    opened = command(commands, "open-data", "write what was published, statistics and their catalogue", "exchange.commands:open_data_")
    opened.add_argument("--out", required=True, metavar="FOLDER")
    opened.add_argument("--publisher", default=None, metavar="NAME", help="who publishes (default: DIENHONG_OPEN_DATA_PUBLISHER)")
    opened.add_argument("--license", default=None, metavar="IRI", help="under which licence (default: DIENHONG_OPEN_DATA_LICENSE)")
