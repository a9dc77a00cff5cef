"""Adapters: kept as they are, nothing where they are nothing, and otherwise what torch makes of the same matrices."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from embeddings.adapter import Adapter, Branch
from embeddings.bundled import BundledEncoder
from embeddings.encoder import Vectors
from embeddings.sentence_transformer import LAYER_TENSORS, bundled_as_sentence_transformer
from tests.embeddings.encoder_contract import TEXTS, cosines

_RANK = 4
_STRONG = 0.5
_SHAPES = {"q": (384, 384), "ao": (384, 384), "fi": (384, 1536), "fo": (1536, 384)}


def made(strength: float, layers: tuple[int, ...] = (6, 11)) -> Adapter:
    """Branches drawn by lot; of no effect where `strength` is 0."""
    chance = np.random.default_rng(1)
    drawn = {
        f"l{layer}.{short}": Branch(
            (chance.standard_normal((_RANK, columns)) * columns**-0.5).astype(np.float16),
            (chance.standard_normal((rows, _RANK)) * strength).astype(np.float16),
        )
        for layer in layers
        for short, (columns, rows) in _SHAPES.items()
    }
    return Adapter(drawn)


def test_a_saved_adapter_is_read_as_it_was(tmp_path: Path) -> None:
    adapter = made(0.1)
    adapter.save(tmp_path / "adapter.npz")
    again = Adapter.read(tmp_path / "adapter.npz")
    assert again.branches.keys() == adapter.branches.keys()
    assert again.digest() == adapter.digest()


@pytest.mark.parametrize("other", [made(0.2), made(0.1, (6, 10)), Adapter({})])
def test_digest_tells_adapters_apart(other: Adapter) -> None:
    assert made(0.1).digest() != other.digest()


@pytest.fixture(scope="module")
def plain() -> BundledEncoder:
    return BundledEncoder()


@pytest.fixture(scope="module")
def adapted() -> BundledEncoder:
    return BundledEncoder(adapter=made(_STRONG))


@pytest.mark.model
def test_an_adapter_of_zeros_changes_no_vector(plain: BundledEncoder) -> None:
    assert min(cosines(BundledEncoder(adapter=made(0.0)).encode_queries(TEXTS), plain.encode_queries(TEXTS))) > 0.9999


@pytest.mark.model
def test_the_name_tells_the_adapter(plain: BundledEncoder, adapted: BundledEncoder) -> None:
    assert adapted.name == f"{plain.name}+{made(_STRONG).digest()[:12]}"


@pytest.mark.model
def test_adapted_vectors_are_those_of_torch_with_the_branches_in_its_matrices(
    plain: BundledEncoder, adapted: BundledEncoder, tmp_path: Path
) -> None:
    prefixed = [prefix + text for prefix in ("query: ", "passage: ") for text in TEXTS]
    vectors = np.concatenate([adapted.encode_queries(TEXTS), adapted.encode_passages(TEXTS)])
    assert min(cosines(vectors, merged_in_torch(tmp_path, made(_STRONG), prefixed))) > 0.995
    assert max(cosines(vectors[: len(TEXTS)], plain.encode_queries(TEXTS))) < 0.97


@pytest.mark.model
def test_means_are_the_vectors_before_they_are_made_of_length_1(plain: BundledEncoder) -> None:
    means = plain.means_of_queries(TEXTS, 512)
    assert min(cosines(means, plain.encode_queries(TEXTS))) > 0.999
    assert np.abs(np.linalg.norm(means, axis=1) - 1).min() > 0.1


@pytest.mark.model
def test_means_are_over_the_first_tokens_alone(plain: BundledEncoder) -> None:
    means = plain.means_of_queries(["đường " * 40, "đường " * 20 + "trường " * 20], 20)
    assert cosines(means[:1], means[1:])[0] > 0.9999


def merged_in_torch(folder: Path, adapter: Adapter, texts: list[str]) -> Vectors:
    """What sentence-transformers makes of the texts once the branches are added to the matrices."""
    library, torch = pytest.importorskip("sentence_transformers", reason="extra absent: dienhong[models]"), pytest.importorskip("torch")
    model = library.SentenceTransformer(str(bundled_as_sentence_transformer(folder)), local_files_only=True)
    for name, branch in adapter.branches.items():
        layer, _, short = name.removeprefix("l").partition(".")
        linear = model[0].auto_model.encoder.layer[int(layer)].get_submodule(LAYER_TENSORS[short])
        linear.weight.data += torch.from_numpy(branch.b.astype(np.float32) @ branch.a.astype(np.float32))
    return np.asarray(model.encode(texts, prompt="", normalize_embeddings=True, show_progress_bar=False), np.float32)
