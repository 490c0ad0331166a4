"""How alike two texts are in meaning, by a sentence model of the user's own. Off by default; needs the extra `embedding`.

The model is a folder as sentence-transformers saves it with its ONNX backend, and as most models of that library are published:
`onnx/model.onnx`, `tokenizer.json`, and what its pooling is. It runs on ONNX Runtime, on a GPU where `onnxruntime-gpu` is installed in its
place. torch is not needed, which for Linux is half a gigabyte from PyPI and brings CUDA with it.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import orjson
from numpy.typing import NDArray

TOGETHER = 64
"""Texts of one call of the model."""
TOKENS = 256
"""Of a text at most, where the folder does not say: the headline and the first paragraphs tell the event."""
MOST = 2.0
NEUTRAL = 0.5
SPREAD = 0.3
"""Log-odds that the meaning gives or takes at most, and the cosines from which on it says nothing and everything (.5, and .3 from there).
Set by hand, not learned: each model spreads its cosines in a way of its own, so it may sway a decision and not make one."""


class EmbeddingError(ValueError):
    """The model cannot be used; the message says why and what to do."""


class Embedding:
    """A sentence model. Raises EmbeddingError where the extra or a file of the folder is missing."""

    def __init__(self, folder: Path) -> None:
        try:
            from onnxruntime import InferenceSession, get_available_providers
            from tokenizers import Tokenizer
        except ImportError as error:
            raise EmbeddingError(f"--embedding needs {error.name}: install writethru[embedding]") from error
        model = next((path for path in (folder / "onnx/model.onnx", folder / "model.onnx") if path.is_file()), None)
        if model is None or not (folder / "tokenizer.json").is_file():
            raise EmbeddingError(f"{folder}: onnx/model.onnx and tokenizer.json are looked for; save the model with its ONNX backend")
        self._session = InferenceSession(str(model), providers=get_available_providers())
        self._inputs = {one.name for one in self._session.get_inputs()}
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.enable_truncation(_setting(folder / "sentence_bert_config.json", "max_seq_length", TOKENS))
        if self._tokenizer.padding is None:
            self._tokenizer.enable_padding()
        self._first = bool(_setting(folder / "1_Pooling/config.json", "pooling_mode_cls_token", False))

    def vectors(self, texts: Sequence[str]) -> list[bytes]:
        """Of each text its direction, a signed byte an axis, the largest 127. Texts of like length share a call, which costs the model the
        length of the longest."""
        out = [b""] * len(texts)
        order = sorted(range(len(texts)), key=lambda place: len(texts[place]))
        for start in range(0, len(order), TOGETHER):
            places = order[start : start + TOGETHER]
            found = self._pooled([texts[place] for place in places])
            found *= 127 / np.maximum(np.abs(found).max(1, keepdims=True), 1e-12)
            for place, vector in zip(places, np.rint(found).astype(np.int8), strict=True):
                out[place] = vector.tobytes()
        return out

    def _pooled(self, texts: Sequence[str]) -> NDArray[np.float32]:
        encoded = self._tokenizer.encode_batch(list(texts))
        given: dict[str, NDArray[np.int64]] = {
            "input_ids": np.array([one.ids for one in encoded], np.int64),
            "attention_mask": np.array([one.attention_mask for one in encoded], np.int64),
            "token_type_ids": np.array([one.type_ids for one in encoded], np.int64),
        }
        states: NDArray[np.float32] = self._session.run(None, {name: given[name] for name in self._inputs})[0]
        if states.ndim == 2:  # pooled by the model itself
            return states
        if self._first:
            return states[:, 0].copy()
        mask = given["attention_mask"][:, :, np.newaxis].astype(np.float32)
        mean: NDArray[np.float32] = (states * mask).sum(1) / np.maximum(mask.sum(1), 1)
        return mean


def shifted(logits: Sequence[float], ours: bytes, theirs: Sequence[bytes]) -> list[float]:
    """The log-odds of our text and each other one, as their meaning changes them. A text without a vector, or with one of another model's
    length, changes nothing."""
    out = list(logits)
    places = [place for place, vector in enumerate(theirs) if vector and len(vector) == len(ours)]
    if not places:
        return out
    mine = np.frombuffer(ours, np.int8).astype(np.float32)
    others = np.frombuffer(b"".join([theirs[place] for place in places]), np.int8).astype(np.float32).reshape(len(places), -1)
    lengths = np.linalg.norm(others, axis=1) * np.linalg.norm(mine)
    cosines = (others @ mine) / np.maximum(lengths, 1e-12)
    for place, shift in zip(places, (MOST * np.clip((cosines - NEUTRAL) / SPREAD, -1, 1)).tolist(), strict=True):
        out[place] += shift
    return out


def _setting(path: Path, name: str, default: int) -> int:
    stored: dict[str, Any] = orjson.loads(path.read_bytes()) if path.is_file() else {}
    found = stored.get(name)
    return default if found is None else int(found)
