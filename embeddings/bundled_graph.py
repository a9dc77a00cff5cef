"""The encoder network of multilingual-e5-small as an OpenVINO graph, straight from the packed weights.

BERT (Devlin et al., NAACL 2019) with post-layer normalisation and erf GELU, then the mean over each text's own tokens.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from embeddings.adapter import Adapter
from embeddings.bundled_runtime import quiet_openvino
from embeddings.bundled_weights import PackedWeights

# OpenVINO's operation functions, nodes and models carry no types.
Node = Any
Model = Any

EMBEDDINGS = "embeddings"
MASK = "mask"
_HIDDEN_SCORE = 10_000.0


def encoder_model(weights: PackedWeights, *, adapter: Adapter | None = None, for_batches: bool = False) -> Model:
    """A graph from `EMBEDDINGS` (texts, tokens, hidden) and `MASK` (texts, tokens; 1 on a token, else 0) to means (texts, hidden).

    `for_batches`: the weights are unpacked once, not each time they multiply. For many tokens at once the arithmetic is the
    cost and this takes a quarter less time; for one question reading the weights is, and packed ones are read sooner.
    `adapter`: what is added to some of the matrices.
    """
    openvino = quiet_openvino()
    graph = _Graph(openvino.opset13, weights, for_batches, adapter)
    embeddings = openvino.opset13.parameter([-1, -1, weights.shape.hidden], np.float32, name=EMBEDDINGS)
    mask = openvino.opset13.parameter([-1, -1], np.float32, name=MASK)
    return openvino.Model([graph.means(embeddings, mask)], [embeddings, mask], "multilingual-e5-small")


class _Graph:
    """Builds nodes with the operations `op` from the tensors of `weights`."""

    def __init__(self, op: Any, weights: PackedWeights, for_batches: bool, adapter: Adapter | None) -> None:
        self._op = op
        self._matrix = self._unpacked if for_batches else self._packed
        self._weights = weights
        self._shape = weights.shape
        self._branches = adapter.branches if adapter else {}

    def means(self, embeddings: Node, mask: Node) -> Node:
        """The mean of the last states of each text's own tokens."""
        op = self._op
        hides_padding = op.multiply(op.subtract(op.unsqueeze(mask, self._axes(1, 2)), self._number(1.0)), self._number(_HIDDEN_SCORE))
        states = self._normalised("emb.ln", embeddings)
        for layer in range(self._shape.layers):
            states = self._layer(f"l{layer}", states, hides_padding)
        summed = op.squeeze(op.matmul(op.unsqueeze(mask, self._axes(1)), states, False, False), self._axes(1))
        return op.divide(summed, op.reduce_sum(mask, self._axes(1), keep_dims=True))

    def _layer(self, name: str, states: Node, hides_padding: Node) -> Node:
        op, hidden = self._op, self._shape.hidden
        attended = self._linear(f"{name}.ao", self._attended(name, states, hides_padding), hidden)
        states = self._normalised(f"{name}.aln", op.add(states, attended))
        wide = op.gelu(self._linear(f"{name}.fi", states, hidden), "erf")
        return self._normalised(f"{name}.oln", op.add(states, self._linear(f"{name}.fo", wide, self._shape.feed_forward)))

    def _attended(self, name: str, states: Node, hides_padding: Node) -> Node:
        op, hidden = self._op, self._shape.hidden
        queries, keys, values = (self._heads(self._linear(f"{name}.{part}", states, hidden)) for part in "qkv")
        scale = self._number(1.0 / math.sqrt(hidden // self._shape.heads))
        attended = op.scaled_dot_product_attention(queries, keys, values, hides_padding, scale)
        return op.reshape(op.transpose(attended, self._axes(0, 2, 1, 3)), self._axes(0, 0, hidden), special_zero=True)

    def _heads(self, states: Node) -> Node:
        """States of shape (texts, tokens, hidden) as (texts, heads, tokens, hidden / heads)."""
        heads = self._axes(0, 0, self._shape.heads, self._shape.hidden // self._shape.heads)
        return self._op.transpose(self._op.reshape(states, heads, special_zero=True), self._axes(0, 2, 1, 3))

    def _linear(self, name: str, states: Node, columns: int) -> Node:
        multiplied = self._op.matmul(states, self._matrix(f"{name}.w", columns), transpose_a=False, transpose_b=True)
        return self._op.add(self._adapted(name, states, multiplied), self._vector(f"{name}.b"))

    def _adapted(self, name: str, states: Node, multiplied: Node) -> Node:
        """The product with what the adapter adds to it: through few columns, so the matrix itself stays in its 4 bits."""
        branch = self._branches.get(name)
        if branch is None:
            return multiplied
        narrow, wide = (self._op.constant(part.astype(np.float32)) for part in (branch.a, branch.b))
        added = self._op.matmul(self._op.matmul(states, narrow, False, True), wide, False, True)
        return self._op.add(multiplied, added)

    def _unpacked(self, name: str, columns: int) -> Node:
        return self._op.constant(self._weights.matrix(name, columns))

    def _packed(self, name: str, columns: int) -> Node:
        """The weights as they are stored, unpacked by the engine while it multiplies."""
        blocks = self._weights.blocks(name, columns)
        op, openvino, (rows, count, width) = self._op, quiet_openvino(), blocks.shape
        packed = openvino.Tensor(blocks.pairs, openvino.Shape([rows, count, width]), openvino.Type.u4)
        numbers = op.convert(op.constant(packed, shared_memory=False), np.float16)
        centred = op.subtract(numbers, op.constant(np.full((1, 1, 1), 8, np.float16)))
        scaled = op.reshape(op.multiply(centred, op.constant(blocks.scales)), self._axes(rows, count * width), special_zero=False)
        return op.convert(scaled, np.float32)

    def _normalised(self, name: str, states: Node) -> Node:
        epsilon = self._shape.epsilon
        scaled = self._op.mvn(states, self._axes(2), normalize_variance=True, eps=epsilon, eps_mode="INSIDE_SQRT")
        return self._op.add(self._op.multiply(scaled, self._vector(f"{name}.w")), self._vector(f"{name}.b"))

    def _vector(self, name: str) -> Node:
        return self._op.constant(self._weights.vector(name).reshape(1, 1, -1))

    def _axes(self, *numbers: int) -> Node:
        return self._op.constant(np.array(numbers, np.int64))

    def _number(self, value: float) -> Node:
        return self._op.constant(np.float32(value))
