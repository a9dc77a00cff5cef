"""The field over the words of a letter: what it says of each is what counting every way to label them says."""

from __future__ import annotations

from itertools import pairwise, product
from math import exp
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.feedback.privacy.address_model import LABELS, OUTSIDE, AddressModel

SEEN = ["any", "w=ngo", "w=<2>"]
_weights = st.lists(st.floats(-3, 3, width=16), min_size=9, max_size=9)
_letters = st.lists(st.lists(st.sampled_from([*SEEN, "w=unknown"]), unique=True, max_size=4), max_size=5)


def model_of(states: list[float], steps: list[float]) -> AddressModel:
    return AddressModel(SEEN, np.array(states, np.float16).reshape(3, 3), np.array(steps, np.float32).reshape(3, 3))


def counted(states: list[float], steps: list[float], letter: list[list[str]]) -> list[float]:
    """How likely each word belongs to an address, by adding up all labellings."""
    weighed = []
    for labels in product(range(len(LABELS)), repeat=len(letter)):
        score = sum(states[3 * SEEN.index(one) + label] for label, seen in zip(labels, letter, strict=True) for one in seen if one in SEEN)
        weighed.append((labels, exp(score + sum(steps[3 * before + label] for before, label in pairwise(labels)))))
    total = sum(weight for _, weight in weighed)
    outside = LABELS.index(OUTSIDE)
    return [sum(weight for labels, weight in weighed if labels[at] != outside) / total for at in range(len(letter))]


@given(_weights, _weights, _letters)
def test_it_says_what_all_labellings_together_say(states: list[float], steps: list[float], letter: list[list[str]]) -> None:
    assert model_of(states, steps).chances(letter) == pytest.approx(counted(states, steps, letter), abs=1e-3)


def test_a_model_that_was_saved_says_the_same(tmp_path: Path) -> None:
    model = model_of([float(number) / 4 for number in range(9)], [float(number) / -5 for number in range(9)])
    model.save(tmp_path / "model.npz")
    with (tmp_path / "model.npz").open("rb") as file:
        again = AddressModel.read(file)
    assert again.chances([SEEN, ["any"]]).tolist() == model.chances([SEEN, ["any"]]).tolist()
