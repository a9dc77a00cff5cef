"""A model in a folder of this machine, run by `transformers` (extra `models`)."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

from assistant.language_model.errors import ModelBroken, ModelBusy, ModelTimeout, ReplyCutShort
from assistant.language_model.model import MAX_OUTPUT_TOKENS, Completion


class LocalModel:
    """A causal language model read from `path`, never from the network; greedy, so that one prompt has one reply.

    The schema is not enforced: the prompt asks for the form, and what does not have it is not used. The deadline holds between two
    tokens. One call at a time; another waits for its turn as long as its deadline allows. Raises `ModelBroken` where the folder
    holds no model or the extra is not installed.
    """

    def __init__(self, path: Path, *, max_new_tokens: int = MAX_OUTPUT_TOKENS, clock: Callable[[], float] = time.monotonic) -> None:
        self._path, self._max_new_tokens, self._clock = path, max_new_tokens, clock
        self._turn = threading.Lock()
        # Any: transformers makes classes by the name in the folder.
        self._tokenizer: Any
        self._weights: Any
        self._tokenizer, self._weights = self._loaded()

    @property
    def name(self) -> str:
        """The folder's name."""
        return self._path.name

    def complete(self, system: str, user: str, schema: Mapping[str, object], deadline_s: float) -> Completion:  # noqa: ARG002
        """The whole reply. Raises `ModelTimeout`, `ModelBusy` where no turn came in time, and `ReplyCutShort`."""
        ends_at = self._clock() + deadline_s
        if not self._turn.acquire(timeout=deadline_s):
            raise ModelBusy(self.name)
        try:
            return self._completed(system, user, ends_at, deadline_s)
        finally:
            self._turn.release()

    def _completed(self, system: str, user: str, ends_at: float, deadline_s: float) -> Completion:
        asked = self._tokenizer(self._prompt(system, user), return_tensors="pt", add_special_tokens=not self._tokenizer.chat_template)
        length = int(asked["input_ids"].shape[1])
        room = min(self._max_new_tokens, self._longest - length)
        left_s = ends_at - self._clock()
        if room < 1:
            raise ReplyCutShort(self.name, "length")
        if left_s <= 0:
            raise ModelTimeout(self.name, deadline_s)
        written = self._weights.generate(**asked, max_new_tokens=room, max_time=left_s, do_sample=False, pad_token_id=self._padding)[0]
        tokens = written[length:].tolist()
        if tokens[-1:] and tokens[-1] in self._ends:
            return Completion(self._tokenizer.decode(tokens, skip_special_tokens=True).strip(), "stop", length, len(tokens))
        if len(tokens) >= room:
            raise ReplyCutShort(self.name, "length")
        raise ModelTimeout(self.name, deadline_s)

    @property
    def _longest(self) -> int:
        return int(getattr(self._weights.config, "max_position_embeddings", None) or self._tokenizer.model_max_length)

    @property
    def _ends(self) -> tuple[int, ...]:
        configured = self._weights.generation_config.eos_token_id
        ends = configured if isinstance(configured, list) else [configured]
        return tuple(one for one in (*ends, self._tokenizer.eos_token_id) if one is not None)

    @property
    def _padding(self) -> int:
        return int(self._tokenizer.pad_token_id or next(iter(self._ends), 0))

    def _prompt(self, system: str, user: str) -> str:
        if not self._tokenizer.chat_template:
            return f"{system}\n\n{user}\n\n"
        messages = [{"role": "system", "content": system}, {"role": "user", "content": user}]
        return str(self._tokenizer.apply_chat_template(messages, tokenize=False, add_generation_prompt=True))

    def _loaded(self) -> tuple[Any, Any]:
        if not (self._path / "config.json").is_file():
            raise ModelBroken(str(self._path), "no model in this folder")
        try:
            transformers = import_module("transformers")
        except ImportError as error:
            raise ModelBroken(self.name, "the extra `models` is not installed") from error
        try:
            tokenizer = transformers.AutoTokenizer.from_pretrained(str(self._path), local_files_only=True)
            return tokenizer, transformers.AutoModelForCausalLM.from_pretrained(str(self._path), local_files_only=True)
        except (OSError, ValueError, KeyError) as error:
            raise ModelBroken(self.name, f"weights cannot be read ({type(error).__name__})") from error
