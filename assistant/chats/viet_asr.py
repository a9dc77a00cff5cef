"""Vietnamese speech to text by the package viet-asr, whose model comes within it: `viet_asr.py FILE`, a WAV or OGG file, writes its words.

Run by the path of this file, in a process of its own (`assistant.chats.hearing`); the extra `speech` installs what it needs.
"""

from __future__ import annotations

import sys


def words_in(path: str) -> str:
    """What is said in a sound file."""
    import soundfile  # type: ignore[import-not-found,import-untyped,unused-ignore]
    import vietasr  # type: ignore[import-not-found,import-untyped,unused-ignore]

    samples, rate = soundfile.read(path, dtype="int16", always_2d=True)
    # One channel is enough; the library reads what lies in a row in memory.
    return str(vietasr.Pipeline.preset("transcribe").transcribe(samples[:, 0].copy(), float(rate)).text)


if __name__ == "__main__":
    sys.stdout.write(words_in(sys.argv[1]))
