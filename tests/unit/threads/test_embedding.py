"""The embedding scorer with a real, tiny model: one vector a word, made here, read by ONNX Runtime as a transformer's would be."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import onnx
import orjson
import pytest
from copy_desk import OTHER_WORDS, REPORT
from helpers import HOUR, START, Run, article, digest
from onnx import TensorProto, helper, numpy_helper
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from tokenizers.pre_tokenizers import Whitespace

from writethru.options import Options
from writethru.threads import ThreadIndex
from writethru.threads.embedding import MOST, Embedding, EmbeddingError, shifted
from writethru.transforms.job import Job

WORDS = {
    "[PAD]": (0, 0, 0),
    "pilots": (1, 0, 0),
    "guides": (0.9, 0.1, 0),
    "strike": (0, 1, 0),
    "walkout": (0.1, 0.9, 0),
    "barley": (0, 0, 1),
}


def save(folder: Path, **config: object) -> Path:
    """A model whose state of a token is the vector of its word; its folder."""
    table = numpy_helper.from_array(np.array(list(WORDS.values()), np.float32), "table")
    inputs = [helper.make_tensor_value_info(name, TensorProto.INT64, ["texts", "tokens"]) for name in ("input_ids", "attention_mask")]
    output = helper.make_tensor_value_info("last_hidden_state", TensorProto.FLOAT, ["texts", "tokens", 3])
    nodes = [helper.make_node("Gather", ["table", "input_ids"], ["last_hidden_state"])]
    graph = helper.make_graph(nodes, "words", inputs, [output], [table])
    (folder / "onnx").mkdir()
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    onnx.save(model, str(folder / "onnx/model.onnx"))
    words = Tokenizer(WordLevel({word: place for place, word in enumerate(WORDS)}, unk_token="[PAD]"))  # noqa: S106 - no secret
    words.pre_tokenizer = Whitespace()
    words.save(str(folder / "tokenizer.json"))
    (folder / "1_Pooling").mkdir()
    (folder / "1_Pooling/config.json").write_bytes(orjson.dumps(config))
    return folder


def numbers(vector: bytes) -> list[int]:
    return np.frombuffer(vector, np.int8).tolist()


def test_a_text_is_the_mean_of_its_tokens(tmp_path: Path) -> None:
    embedding = Embedding(save(tmp_path))
    assert [numbers(vector) for vector in embedding.vectors(["pilots", "pilots strike", "barley barley barley"])] == [
        [127, 0, 0],
        [127, 127, 0],
        [0, 0, 127],
    ]


def test_a_model_that_pools_by_its_first_token_is_read_so(tmp_path: Path) -> None:
    embedding = Embedding(save(tmp_path, pooling_mode_cls_token=True))
    assert numbers(embedding.vectors(["strike pilots pilots"])[0]) == [0, 127, 0]


def test_a_text_comes_out_as_it_does_alone_whatever_is_in_its_batch(tmp_path: Path) -> None:
    embedding = Embedding(save(tmp_path))
    texts = ["pilots walkout", "barley", "", "pilots " * 300, *["guides strike barley"] * 100]
    assert embedding.vectors(texts) == [embedding.vectors([text])[0] for text in texts]


def test_other_words_for_the_same_thing_raise_the_odds_and_other_things_lower_them(tmp_path: Path) -> None:
    ours, same, other = Embedding(save(tmp_path)).vectors(["pilots strike", "guides walkout", "barley"])
    assert shifted([0.0, 1.5], ours, [same, other]) == pytest.approx([MOST, 1.5 - 5 * MOST / 6 - MOST / 6], abs=1e-6)


def test_a_text_without_a_vector_keeps_its_odds() -> None:
    assert shifted([0.25, -1.0], b"", [b"\x01\x02", b""]) == [0.25, -1.0]
    assert shifted([0.25], b"\x01\x02\x03", [b"\x01\x02"]) == [0.25]


def test_a_folder_without_a_model_is_refused_with_what_is_looked_for(tmp_path: Path) -> None:
    with pytest.raises(EmbeddingError, match=r"onnx/model\.onnx and tokenizer\.json are looked for"):
        Embedding(tmp_path)


def test_a_job_whose_model_is_missing_does_not_start(tmp_path: Path) -> None:
    with pytest.raises(EmbeddingError, match="are looked for"):
        Job(Options(embedding=str(tmp_path), out=str(tmp_path)), local_state=True)
    assert list(tmp_path.iterdir()) == []


def test_a_job_without_the_option_has_no_model(tmp_path: Path) -> None:
    job = Job(Options(out=str(tmp_path)), local_state=False)
    job.close()
    assert job.embedding is None


def test_without_the_extra_the_message_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    with pytest.raises(EmbeddingError, match=r"install writethru\[embedding\]"):
        Embedding(tmp_path)


def score(index: ThreadIndex, name: str) -> float:
    """How likely another account of the report's event is found to tell it."""
    run = Run(index)
    run.feed(article(name, OTHER_WORDS, "Pilots' strike settled in Quillhaven", time=START + HOUR))
    place = run.placed[digest(name)].thread
    assert place is not None and place.relation == "event"
    return place.score


def test_the_meaning_of_two_texts_has_a_say_in_whether_they_tell_one_event_and_outlives_a_restart(tmp_path: Path) -> None:
    embedding = Embedding(save(tmp_path))
    plain, meant, again = ThreadIndex("en"), ThreadIndex("en", embedding=embedding), ThreadIndex("en", embedding=embedding)
    report = article("report", REPORT, "Quillhaven pilots end walkout", time=START)
    plain.apply([report])
    meant.apply([report])
    again.restore(meant.drain())
    assert score(meant, "other") == score(again, "other") > score(plain, "other")
