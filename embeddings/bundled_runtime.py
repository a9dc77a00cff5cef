"""OpenVINO without the report that its import sends.

`import openvino` (2026.4: openvino/tools/ovc/__init__.py) writes a client id into ~/intel and sends an event to Google
Analytics from a forked process, unless `openvino_telemetry` cannot be imported. This application tells nobody that it runs.
"""

from __future__ import annotations

import importlib
import sys
from typing import Any

_TELEMETRY = "openvino_telemetry"


def quiet_openvino() -> Any:
    """The package `openvino`, imported with its telemetry out of reach. Raises `ImportError` where it is not installed."""
    known = sys.modules.get(_TELEMETRY)
    # None makes the import fail; OpenVINO then takes a stub of its own.
    sys.modules[_TELEMETRY] = None  # type: ignore[assignment]
    try:
        return importlib.import_module("openvino")
    finally:
        del sys.modules[_TELEMETRY]
        if known is not None:
            sys.modules[_TELEMETRY] = known
