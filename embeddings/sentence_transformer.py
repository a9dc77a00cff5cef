"""Any sentence-transformers model as an encoder, and the bundled weights in the form that such models have.

Needs the extra `models` (torch, transformers, sentence-transformers); nothing of it is imported before a call asks for it.
"""

from __future__ import annotations

import hashlib
import importlib
import json
import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

from corpus.text import nfc
from embeddings.bundled_weights import Floats, PackedWeights, PieceTable, Shape, bundled_weights_path
from embeddings.encoder import Vectors
from embeddings.errors import ModelUnavailable

_EXTRA = "dienhong[models]"


class SentenceTransformerEncoder:
    """Vectors of any model that sentence-transformers can load, by path or by its name on the Hugging Face Hub.

    A path is read without network. A name is looked up in the local cache and then downloaded, unless the environment
    says HF_HUB_OFFLINE=1. The defaults of the prefixes are those of the E5 family; BGE-M3, say, wants none. Texts are put
    in NFC; what exceeds the model's own `max_seq_length` is cut off. Raises `ModelUnavailable`.
    """

    def __init__(
        self, model: str | Path, *, query_prefix: str = "query: ", passage_prefix: str = "passage: ", batch_size: int = 32
    ) -> None:
        label, self._model = _loaded(model)
        self._query_prefix = query_prefix
        self._passage_prefix = passage_prefix
        self._batch_size = batch_size
        self._dimension = int(self._model.get_embedding_dimension())
        self._name = f"{label}/sentence-transformers/{self._digest()[:12]}"

    @property
    def name(self) -> str:
        """The model's name, the engine and 12 digits of a SHA-256 over weights, sequence length and prefixes."""
        return self._name

    @property
    def dimension(self) -> int:
        """Length of one vector."""
        return self._dimension

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors of questions, of shape (len(texts), dimension), in the order given."""
        return self._encode([self._query_prefix + nfc(text) for text in texts])

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors of passages, of shape (len(texts), dimension), in the order given."""
        return self._encode([self._passage_prefix + nfc(text) for text in texts])

    def _encode(self, texts: list[str]) -> Vectors:
        if not texts:
            return np.zeros((0, self._dimension), np.float32)
        # An empty prompt keeps the model from adding a default prefix of its own to ours.
        vectors = self._model.encode(
            texts, prompt="", batch_size=self._batch_size, normalize_embeddings=True, convert_to_numpy=True, show_progress_bar=False
        )
        return np.asarray(vectors, np.float32)

    def _digest(self) -> str:
        torch = _extra("torch")
        settings = [self._query_prefix, self._passage_prefix, self._model.max_seq_length]
        digest = hashlib.sha256(json.dumps(settings).encode())
        for key, tensor in sorted(self._model.state_dict().items()):
            # BERT's pooler takes no part in the vectors and is random where the folder has none.
            if ".pooler." in key:
                continue
            digest.update(key.encode())
            # numpy knows no bfloat16, so the bytes are hashed.
            digest.update(tensor.detach().cpu().contiguous().flatten().view(torch.uint8).numpy())
        return digest.hexdigest()


def bundled_as_sentence_transformer(directory: Path) -> Path:
    """A folder that sentence-transformers loads as the bundled multilingual-e5-small, in float32; returns `directory`.

    The weights are those of the 4-bit file, unpacked, so torch and OpenVINO can be compared on the same numbers. Token ids
    are the same too, but for runs of unknown characters, which `tokenizers` makes one token, and a few code points that
    Unicode's NFKC changes and the model's table does not. Raises `ModelUnavailable` without the extra.
    """
    safetensors = _extra("safetensors.numpy")
    weights = PackedWeights(bundled_weights_path())
    directory.mkdir(parents=True, exist_ok=True)
    safetensors.save_file(_tensors(weights), directory / "model.safetensors", metadata={"format": "pt"})
    _tokenizer(weights.table).save(str(directory / "tokenizer.json"))
    for name, content in _settings(weights.shape, weights.table).items():
        file = directory / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")
    return directory


def _extra(module: str) -> ModuleType:
    try:
        return importlib.import_module(module)
    except ImportError as error:
        raise ModelUnavailable(module, f"install the extra: pip install '{_EXTRA}'") from error


# The classes of sentence-transformers are known at run time only.
def _loaded(model: str | Path) -> tuple[str, Any]:
    """What the model is called (a folder by its last part) and the model."""
    is_folder = Path(model).is_dir()
    label = Path(model).name if is_folder or isinstance(model, Path) else model
    if isinstance(model, Path) and not is_folder:
        raise ModelUnavailable(label, "no such folder")
    library = _extra("sentence_transformers")
    try:
        return label, library.SentenceTransformer(str(model), local_files_only=is_folder)
    except (OSError, ValueError) as error:
        raise ModelUnavailable(label, f"sentence-transformers cannot load it: {type(error).__name__}") from error


# What the matrices of a layer of `bundled_graph` are called in torch.
LAYER_TENSORS = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}


def _tensors(weights: PackedWeights) -> dict[str, Floats]:
    shape = weights.shape
    tensors = {
        "embeddings.word_embeddings.weight": weights.matrix("emb.word", shape.hidden),
        "embeddings.position_embeddings.weight": weights.vector("emb.pos").reshape(-1, shape.hidden),
        "embeddings.token_type_embeddings.weight": weights.vector("emb.type").reshape(-1, shape.hidden),
        "embeddings.LayerNorm.weight": weights.vector("emb.ln.w"),
        "embeddings.LayerNorm.bias": weights.vector("emb.ln.b"),
    }
    for layer in range(shape.layers):
        for short, long in LAYER_TENSORS.items():
            name, target = f"l{layer}.{short}", f"encoder.layer.{layer}.{long}"
            columns = shape.feed_forward if short == "fo" else shape.hidden
            gain = weights.vector(f"{name}.w") if short.endswith("ln") else weights.matrix(f"{name}.w", columns)
            tensors |= {f"{target}.weight": gain, f"{target}.bias": weights.vector(f"{name}.b")}
    # Never used, but transformers reports a folder without it as incomplete.
    idle = {
        "pooler.dense.weight": np.zeros((shape.hidden, shape.hidden), np.float32),
        "pooler.dense.bias": np.zeros(shape.hidden, np.float32),
    }
    return tensors | idle


# `tokenizers` is imported here alone, so that a query needs neither it nor its 250,002 pieces in a second trie.
def _tokenizer(table: PieceTable) -> Any:
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors

    vocabulary = [*zip(table.pieces, table.scores, strict=True)]
    tokenizer = Tokenizer(models.Unigram(vocabulary, table.unknown, byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence(_normalizers(table.replacements))
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement="\u2581", prepend_scheme="always")
    begin, end = table.pieces[table.begin], table.pieces[table.end]
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{begin} $A {end}", special_tokens=[(begin, table.begin), (end, table.end)]
    )
    return tokenizer


def _normalizers(replacements: dict[int, str]) -> list[Any]:
    """NFKC, with what the table does otherwise (controls removed, odd blanks made blanks) in front of it."""
    from tokenizers import Regex, normalizers

    otherwise = defaultdict(list)
    for code_point, replaced_by in replacements.items():
        if unicodedata.normalize("NFKC", chr(code_point)) != replaced_by:
            otherwise[replaced_by].append(rf"\x{{{code_point:x}}}")
    steps = [normalizers.Replace(Regex(f"[{''.join(found)}]"), by) for by, found in otherwise.items()]
    return [*steps, normalizers.NFKC(), normalizers.Replace(Regex(" {2,}"), " ")]


def _settings(shape: Shape, table: PieceTable) -> dict[str, Any]:
    """File names and what stands in them, as sentence-transformers and transformers read it."""
    library = "sentence_transformers.models"
    parts = (("", "Transformer"), ("1_Pooling", "Pooling"), ("2_Normalize", "Normalize"))
    specials = {"bos_token": table.begin, "cls_token": table.begin, "eos_token": table.end, "sep_token": table.end}
    specials |= {"pad_token": table.pad, "unk_token": table.unknown}
    return {
        "config.json": _bert(shape, table),
        "modules.json": [{"idx": i, "name": str(i), "path": path, "type": f"{library}.{kind}"} for i, (path, kind) in enumerate(parts)],
        "sentence_bert_config.json": {"max_seq_length": shape.positions, "do_lower_case": False},
        "1_Pooling/config.json": {"word_embedding_dimension": shape.hidden, "pooling_mode_mean_tokens": True},
        "2_Normalize/config.json": {},
        "tokenizer_config.json": {
            "tokenizer_class": "PreTrainedTokenizerFast",
            "model_max_length": shape.positions,
            **{key: table.pieces[number] for key, number in specials.items()},
        },
    }


def _bert(shape: Shape, table: PieceTable) -> dict[str, Any]:
    return {
        "architectures": ["BertModel"],
        "model_type": "bert",
        "hidden_act": "gelu",
        "hidden_size": shape.hidden,
        "intermediate_size": shape.feed_forward,
        "layer_norm_eps": shape.epsilon,
        "max_position_embeddings": shape.positions,
        "num_attention_heads": shape.heads,
        "num_hidden_layers": shape.layers,
        "pad_token_id": table.pad,
        "type_vocab_size": 2,
        "vocab_size": shape.vocabulary,
        "dtype": "float32",
    }
