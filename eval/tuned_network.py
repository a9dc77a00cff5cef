"""The bundled network in torch, and what its adapter and its head learn from letters; needs the extra `models`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import numpy.typing as npt

from assistant.feedback.suggesting.classify import FIELDS, KINDS, LEVELS, ROWS, VALUES
from assistant.feedback.suggesting.classify_reading import calm
from assistant.feedback.suggesting.tuned import TOKENS, Head
from corpus.text import fold
from embeddings.adapter import Adapter, Branch
from embeddings.sentence_transformer import LAYER_TENSORS, bundled_as_sentence_transformer
from eval.fitting import Example, place

_BATCH = 16
# Batches of letters of like length, out of so many drawn by lot.
_POOL = 256
_WITHOUT_MARKS = 0.25
_WARM, _LEAST_RATE, _HEAD_RATE, _DECAY = 60, 0.02, 5e-3, 0.01
_KIND_LOSS, _LEVEL_LOSS, _FIELD_SMOOTHING, _LEVEL_SMOOTHING = 2.0, 0.7, 0.1, 0.05
# Means of the last states are small numbers; the head learns sooner on larger ones.
_GAIN, _DROPOUT = 3.0, 0.2
_HIDDEN_SCORE = 10_000.0
_MATRICES = ("q", "k", "v", "ao", "fi", "fo")
_NOT_JUDGED = -100


@dataclass(frozen=True, slots=True)
class Plan:
    """How to train: `lowest` is the first layer that is adapted; `steps` are the most, all of the epochs where None."""

    epochs: int = 3
    rate: float = 2e-3
    rank: int = 16
    lowest: int = 6
    steps: int | None = None
    seed: int = 0


# Tensors, networks and optimisers of torch carry no types.
class Network:
    """The bundled network in torch; what its lower layers make of texts is computed once, the upper ones learn."""

    def __init__(self, plan: Plan) -> None:
        import torch
        from sentence_transformers import SentenceTransformer

        torch.manual_seed(plan.seed)
        with TemporaryDirectory() as folder:
            transformer = SentenceTransformer(str(bundled_as_sentence_transformer(Path(folder))), local_files_only=True)[0]
            self._model, self._tokenizer = transformer.auto_model.to(torch.bfloat16).eval(), transformer.tokenizer
        self._model.requires_grad_(False)
        # Layers that learn drop some of their states as they do.
        self._model.encoder.layer[plan.lowest :].train()
        self._torch, self._lowest = torch, plan.lowest
        self.head = torch.nn.Linear(self._model.config.hidden_size, VALUES)
        torch.nn.init.zeros_(self.head.bias)
        self.branches = dict(self._added(plan.rank))

    def _added(self, rank: int) -> Iterator[tuple[str, tuple[Any, Any]]]:
        """Puts a branch beside each matrix of the upper layers; names as in `bundled_graph`."""
        for number, layer in enumerate(self._model.encoder.layer):
            for short in _MATRICES if number >= self._lowest else ():
                linear = layer.get_submodule(LAYER_TENSORS[short])
                yield f"l{number}.{short}", self._branch(linear, rank)

    def _branch(self, linear: Any, rank: int) -> tuple[Any, Any]:
        torch = self._torch
        a = torch.nn.Parameter(torch.randn(rank, linear.in_features) * linear.in_features**-0.5)
        b = torch.nn.Parameter(torch.zeros(linear.out_features, rank))

        def added(_module: Any, given: tuple[Any, ...], made: Any) -> Any:
            return made + (given[0] @ a.T.to(made.dtype)) @ b.T.to(made.dtype)

        linear.register_forward_hook(added)
        return a, b

    def lower(self, texts: Sequence[str]) -> list[Any]:
        """For each text the states that the upper layers read, of shape (tokens, 384)."""
        ids = [self._tokenizer("query: " + text, truncation=True, max_length=TOKENS)["input_ids"] for text in texts]
        order = sorted(range(len(ids)), key=lambda number: len(ids[number]))
        states: dict[int, Any] = {}
        with self._torch.no_grad():
            for start in range(0, len(order), 2 * _BATCH):
                numbers = order[start : start + 2 * _BATCH]
                rows, mask = self._padded([self._torch.tensor(ids[number])[:, None] for number in numbers])
                embedded = self._model.embeddings(input_ids=rows[:, :, 0])
                made = self._through(self._model.encoder.layer[: self._lowest], embedded, mask)
                states |= {number: row[: len(ids[number])].clone() for number, row in zip(numbers, made, strict=True)}
        return [states[number] for number in range(len(ids))]

    def scores(self, states: Sequence[Any]) -> Any:
        """Scores of all values from what `lower` gave, of shape (texts, values), as it learns: with dropout."""
        rows, mask = self._padded(states)
        last = self._through(self._model.encoder.layer[self._lowest :], rows, mask).float()
        means = (last * mask[..., None]).sum(1) / mask.sum(1, keepdim=True)
        return self.head(self._torch.nn.functional.dropout(means * _GAIN, _DROPOUT))

    def _padded(self, rows: Sequence[Any]) -> tuple[Any, Any]:
        longest = max(map(len, rows))
        padded = self._torch.zeros(len(rows), longest, rows[0].shape[1], dtype=rows[0].dtype)
        mask = self._torch.zeros(len(rows), longest)
        for number, row in enumerate(rows):
            padded[number, : len(row)], mask[number, : len(row)] = row, 1
        return padded, mask

    def _through(self, layers: Any, states: Any, mask: Any) -> Any:
        hidden = ((mask - 1) * _HIDDEN_SCORE)[:, None, None, :].to(states.dtype)
        for layer in layers:
            made = layer(states, hidden)
            states = made[0] if isinstance(made, tuple) else made
        return states

    def adapter(self) -> Adapter:
        """What was learned, as the product reads it."""
        return Adapter({name: Branch(*map(_halves, branch)) for name, branch in self.branches.items()})

    def product_head(self) -> Head:
        """The head over means as they are."""
        weights, bias = (one.detach().numpy().astype(np.float32) for one in (self.head.weight, self.head.bias))
        return Head(weights * np.float32(_GAIN), bias)


def learn(network: Network, letters: Sequence[Example], plan: Plan) -> Iterator[str]:
    """Trains adapter and head on the letters, and tells of the loss as it goes."""
    texts = [calm(one.text) for one in letters]
    marked, plain = network.lower(texts), network.lower([fold(text) for text in texts])
    steps = min(plan.steps or 10**9, plan.epochs * -(-len(letters) // _BATCH))
    teacher = Teacher(network, plan, steps)
    losses: list[float] = []
    for step, (numbers, is_plain) in zip(range(1, steps + 1), _batches([len(one) for one in marked], plan), strict=False):
        losses.append(teacher.step([(plain if is_plain else marked)[number] for number in numbers], [letters[n] for n in numbers]))
        if step % 20 == 0 or step == steps:
            yield f"step {step} of {steps}, loss {np.mean(losses[-20:]):.3f}"


class Teacher:
    """Changes adapter and head step by step; the rate rises for some steps and falls from then on."""

    def __init__(self, network: Network, plan: Plan, steps: int) -> None:
        import torch

        self._torch, self._network = torch, network
        self._learned = [part for branch in network.branches.values() for part in branch]
        groups = [{"params": self._learned, "lr": plan.rate}, {"params": network.head.parameters(), "lr": _HEAD_RATE}]
        self._optimizer = torch.optim.AdamW(groups, weight_decay=_DECAY)
        rate = torch.optim.lr_scheduler.LambdaLR
        self._rates = rate(self._optimizer, lambda step: min(1, step / _WARM) * max(_LEAST_RATE, 1 - step / steps))

    def step(self, states: Sequence[Any], letters: Sequence[Example]) -> float:
        """Learns from these letters, of which the upper layers read `states`; the loss."""
        loss = _loss(self._network.scores(states), letters)
        loss.backward()
        self._torch.nn.utils.clip_grad_norm_(self._learned, 1.0)
        self._optimizer.step()
        self._optimizer.zero_grad()
        self._rates.step()
        return float(loss.item())


def _batches(lengths: Sequence[int], plan: Plan) -> Iterator[tuple[list[int], bool]]:
    """Letters of like length together, and whether they are read without marks; epoch after epoch in another order."""
    chance = np.random.default_rng(plan.seed)
    for _ in range(plan.epochs):
        order = chance.permutation(len(lengths)).tolist()
        pools = [sorted(order[start : start + _POOL], key=lengths.__getitem__) for start in range(0, len(order), _POOL)]
        batches = [pool[start : start + _BATCH] for pool in pools for start in range(0, len(pool), _BATCH)]
        for number in chance.permutation(len(batches)):
            yield batches[number], bool(chance.random() < _WITHOUT_MARKS)


def _loss(scores: Any, letters: Sequence[Example]) -> Any:
    import torch
    from torch.nn import functional

    kinds = torch.tensor([[float(kind in one.kinds) for kind in KINDS] for one in letters])
    fields = torch.tensor([place(FIELDS, one.field) for one in letters])
    levels = torch.tensor([place(LEVELS, one.level) if one.level else _NOT_JUDGED for one in letters])
    loss = _KIND_LOSS * functional.binary_cross_entropy_with_logits(scores[:, ROWS["kind"]], kinds)
    loss = loss + functional.cross_entropy(scores[:, ROWS["field"]], fields, label_smoothing=_FIELD_SMOOTHING)
    if not (levels >= 0).any():
        return loss
    by_level = functional.cross_entropy(scores[:, ROWS["level"]], levels, ignore_index=_NOT_JUDGED, label_smoothing=_LEVEL_SMOOTHING)
    return loss + _LEVEL_LOSS * by_level


def _halves(part: Any) -> npt.NDArray[np.float16]:
    return np.asarray(part.detach().numpy(), np.float16)
