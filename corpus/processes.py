"""Helper processes that do not outlive the one that started them."""

from __future__ import annotations

import gc
import os
import threading
from multiprocessing import parent_process


def end_with_parent() -> None:
    """For a pool's initializer: ends this process when the one that started it is gone, however it went."""
    # Nothing made in these processes refers to itself, so looking for such rings would only cost time.
    gc.disable()

    def wait() -> None:
        parent = parent_process()
        if parent is not None:
            parent.join()
            os._exit(1)

    threading.Thread(target=wait, daemon=True).start()
