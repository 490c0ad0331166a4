from __future__ import annotations

import gzip
from pathlib import Path

import orjson
import pytest

from writethru.formats import decode
from writethru.records import Item, RawMessage
from writethru.sources.files import NoInput, payloads
from writethru.sources.rows import article_of_row


def test_a_directory_is_one_payload_a_file_in_the_order_of_the_names(tmp_path: Path) -> None:
    (tmp_path / "b.xml").write_bytes(b"<b/>")
    (tmp_path / "a.txt").write_bytes(b"first\n")
    (tmp_path / ".hidden").write_bytes(b"no")
    found = list(payloads([tmp_path]))
    assert [one.value for one in found] == [b"first\n", b"<b/>"]
    assert dict(found[1].headers) == {"source-file": b"b.xml", "content-type": b"application/xml"}


def test_json_lines_are_one_payload_a_line_compressed_or_not(tmp_path: Path) -> None:
    lines = b'{"uri":"a:1"}\n\n{"uri":"a:2"}\n'
    (tmp_path / "x.jsonl").write_bytes(lines)
    (tmp_path / "y.jsonl.gz").write_bytes(gzip.compress(lines))
    found = list(payloads([tmp_path]))
    assert [one.value for one in found] == [b'{"uri":"a:1"}', b'{"uri":"a:2"}'] * 2
    assert found[1].place.endswith("x.jsonl:3")


def test_nothing_to_play_is_an_error_that_names_the_path(tmp_path: Path) -> None:
    with pytest.raises(NoInput, match="holds no files"):
        list(payloads([tmp_path]))
    with pytest.raises(NoInput, match="no such file"):
        list(payloads([tmp_path / "absent"]))


def test_a_corpus_row_becomes_the_article_it_describes() -> None:
    row = {
        "id": 7,
        "ts": "1987-02-26T15:01:01",
        "title": "QUAY REVIEW",
        "dateline": "VELLMOUTH, Feb 26 -",
        "text": "Showers continued.",
        "unknown": "C T f0704reute u f BC-QUAY-REVIEW   02-26 0105",
        "gold": "never read",
    }
    line = article_of_row(orjson.dumps(row), "quays.jsonl.gz")
    assert line is not None
    assert b"never read" not in line
    (item,) = decode(RawMessage(line, "t", 0, 0, 0)).items
    assert isinstance(item, Item)
    assert (item.headline, item.slug, item.version_created) == ("QUAY REVIEW", "BC-QUAY-REVIEW", "1987-02-26T15:01:01Z")
    assert item.body == "VELLMOUTH, Feb 26 - Showers continued."
    assert item.providers[0] == "Reuters"


@pytest.mark.parametrize("line", [b'{"uri":"a:1","id":1,"title":"t"}', b"[1]", b"no json", b'{"id":1}'])
def test_a_line_that_is_no_row_is_a_payload_as_it_stands(line: bytes) -> None:
    assert article_of_row(line, "x.jsonl") is None
