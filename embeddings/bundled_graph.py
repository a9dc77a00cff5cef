"""The encoder network of multilingual-e5-small as an OpenVINO graph, straight from the packed weights.

BERT (Devlin et al., NAACL 2019) with post-layer normalisation and erf GELU, then the mean over each text's own tokens.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import openvino as ov
from openvino import opset13 as op

from embeddings.bundled_weights import PackedWeights

# OpenVINO's operation functions and nodes carry no types.
Node = Any

EMBEDDINGS = "embeddings"
MASK = "mask"


def encoder_model(weights: PackedWeights) -> ov.Model:
    """A graph from `EMBEDDINGS` (texts, tokens, hidden) and `MASK` (texts, tokens; 1 on a token, else 0) to means (texts, hidden)."""
    hidden = weights.shape.hidden
    embeddings = op.parameter([-1, -1, hidden], np.float32, name=EMBEDDINGS)
    mask = op.parameter([-1, -1], np.float32, name=MASK)
    hides_padding = op.multiply(op.subtract(op.unsqueeze(mask, _axes(1, 2)), _number(1.0)), _number(10_000.0))
    states = _normalised(weights, "emb.ln", embeddings)
    for layer in range(weights.shape.layers):
        states = _layer(weights, f"l{layer}", states, hides_padding)
    return ov.Model([_mean(states, mask)], [embeddings, mask], "multilingual-e5-small")


def _layer(weights: PackedWeights, name: str, states: Node, hides_padding: Node) -> Node:
    hidden = weights.shape.hidden
    queries, keys, values = (_heads(weights, _linear(weights, f"{name}.{part}", states, hidden)) for part in "qkv")
    scale = _number(1.0 / math.sqrt(hidden // weights.shape.heads))
    attended = op.scaled_dot_product_attention(queries, keys, values, hides_padding, scale)
    joined = op.reshape(op.transpose(attended, _axes(0, 2, 1, 3)), _axes(0, 0, hidden), special_zero=True)
    states = _normalised(weights, f"{name}.aln", op.add(states, _linear(weights, f"{name}.ao", joined, hidden)))
    wide = op.gelu(_linear(weights, f"{name}.fi", states, hidden), "erf")
    narrow = _linear(weights, f"{name}.fo", wide, weights.shape.feed_forward)
    return _normalised(weights, f"{name}.oln", op.add(states, narrow))


def _linear(weights: PackedWeights, name: str, states: Node, columns: int) -> Node:
    matrix = op.constant(weights.matrix(f"{name}.w", columns))
    bias = op.constant(weights.vector(f"{name}.b").reshape(1, 1, -1))
    return op.add(op.matmul(states, matrix, transpose_a=False, transpose_b=True), bias)


def _heads(weights: PackedWeights, states: Node) -> Node:
    shape = weights.shape
    split = op.reshape(states, _axes(0, 0, shape.heads, shape.hidden // shape.heads), special_zero=True)
    return op.transpose(split, _axes(0, 2, 1, 3))


def _normalised(weights: PackedWeights, name: str, states: Node) -> Node:
    scaled = op.mvn(states, _axes(2), normalize_variance=True, eps=weights.shape.epsilon, eps_mode="INSIDE_SQRT")
    gain, shift = (op.constant(weights.vector(f"{name}.{part}").reshape(1, 1, -1)) for part in "wb")
    return op.add(op.multiply(scaled, gain), shift)


def _mean(states: Node, mask: Node) -> Node:
    summed = op.squeeze(op.matmul(op.unsqueeze(mask, _axes(1)), states, False, False), _axes(1))
    return op.divide(summed, op.reduce_sum(mask, _axes(1), keep_dims=True))


def _axes(*numbers: int) -> Node:
    return op.constant(np.array(numbers, np.int64))


def _number(value: float) -> Node:
    return op.constant(np.float32(value))
