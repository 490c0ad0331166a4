"""The labelled marks of the bench are read as they are labelled, whatever way the file is laid out."""

from __future__ import annotations

import pytest

from tests.bench import marks


def test_every_row_is_read_as_labelled():
    result = marks.run(marks.rows(marks.OWN))
    assert result.misses == []
    assert result.rows >= 400


def test_a_file_without_names_and_with_quoted_json(tmp_path):
    path = tmp_path / "some.tsv"
    path.write_text(
        'UPDATE 2-Bridge reopens\theadline\t{"action": "update", "ordinal": 2}\n\n'
        'eu-broarUV4\tslug\t"{""agency"": ""TT"", ""ordinals"": {""update"": 4}}"\n'
        'Adds quotes\tnote\t{"clauses": [{"class": "add", "targets": ["details"]}]}\n',
        "utf-8",
    )
    result = marks.run(marks.rows(path))
    assert (result.rows, dict(result.asked)) == (
        3,
        {"action": 1, "ordinal": 1, "ordinals": 1, "clauses": 1, "clauses.class": 1, "clauses.targets": 1},
    )
    assert result.misses == [(4, "note", "Adds quotes", "clauses.targets", ["details"], ["quotes"])]


def test_a_line_that_is_no_row_is_named(tmp_path):
    path = tmp_path / "some.tsv"
    path.write_text("UPDATE 2-Bridge reopens\ttitle\t{}\n", "utf-8")
    with pytest.raises(ValueError, match=r"some.tsv:1: text, kind"):
        list(marks.rows(path))
