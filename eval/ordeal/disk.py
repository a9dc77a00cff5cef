"""A small disk of its own that can be filled to the last byte and freed again."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# Written in large pieces first, then in small ones, until not even these find room.
_PIECES = (1 << 22, 1 << 16, 1 << 12)


class Disk:
    """A folder with limited room; `can_fill` is false where the system gave it none of its own."""

    def __init__(self, folder: Path, *, can_fill: bool) -> None:
        self.folder, self.can_fill = folder, can_fill
        self._ballast = folder / "ballast"

    def fill(self) -> None:
        """Takes all the room there is."""
        for size in _PIECES:
            with self._ballast.open("ab", buffering=0) as ballast:
                try:
                    while ballast.write(bytes(size)) == size:
                        pass
                except OSError:
                    continue

    def free(self) -> None:
        """Gives the room back."""
        self._ballast.unlink(missing_ok=True)


@contextmanager
def small_disk(folder: Path, megabytes: int) -> Iterator[Disk]:
    """A file system in memory at `folder` (`mount`, Linux, root only); where it is refused, the folder as it is."""
    mount, umount = shutil.which("mount"), shutil.which("umount")
    command = [str(mount), "-t", "tmpfs", "-o", f"size={megabytes}m,mode=711", "tmpfs", str(folder)]
    is_mounted = bool(mount and umount) and subprocess.run(command, capture_output=True, check=False).returncode == 0  # noqa: S603
    try:
        yield Disk(folder, can_fill=is_mounted)
    finally:
        if is_mounted:
            # Lazily: a process that is ending may still hold a file.
            subprocess.run([str(umount), "--lazy", str(folder)], capture_output=True, check=False)  # noqa: S603
