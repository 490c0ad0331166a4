"""The commands that need no broker, called as a user calls them."""

from __future__ import annotations

import logging
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import orjson
import pytest
from click.testing import CliRunner, Result

from writethru.cli import COMMANDS, main

YONHAP = (
    "(LEAD) Tidal plant opens at Haemil\n"
    "(ATTN: ADDS details in paras 2, 5-6, photo; RECASTS headline)\n"
    "By Han Sora\n"
    "SEOUL, March 17 (Yonhap) -- A tidal power plant opened at Haemil on Tuesday, the energy ministry said.\n"
    "\n"
    "It will supply 40,000 households.\n"
    "(END)\n"
)


def call(*arguments: str, stdin: bytes | None = None) -> Result:
    return CliRunner().invoke(main, list(arguments), input=stdin)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(name: str) -> None:
    result = call(name, "--help")
    assert result.exit_code == 0
    assert "Usage: " in result.output


def test_every_option_has_an_environment_variable() -> None:
    for name in ("run", "normalise", "produce", "tail", "explain", "doctor"):
        lines = call(name, "--help").output.split("\n  -")[1:]
        without = [line.split()[0] for line in lines if "env var" not in " ".join(line.split()) and "-help" not in line]
        assert without == [], name


def test_normalise_prints_one_record_an_item(tmp_path: Path) -> None:
    file = tmp_path / "haemil.txt"
    file.write_text(YONHAP)
    result = call("normalise", str(file))
    assert result.exit_code == 0
    (record,) = map(orjson.loads, result.stdout.splitlines())
    assert record["story"] is None
    assert record["thread"] is None
    assert (record["wire"]["agency"], record["wire"]["action"], record["wire"]["ordinal"]) == ("yonhap", "update", 1)
    assert [note["class"] for note in record["wire"]["notes"]] == ["add", "recast"]
    assert record["article"]["headlines"][0]["value"] == "Tidal plant opens at Haemil"


def test_normalise_reads_standard_input_and_puts_what_is_bad_on_standard_error() -> None:
    lines = b'{"uri":"tag:x,2026:1","type":"text","headlines":[{"value":"Ferry adrift"}]}'
    good = call("normalise", "-", stdin=lines)
    assert good.exit_code == 0
    bad = call("normalise", "-", stdin=b'{"uri": "tag:x,2026:1", "headli')
    assert bad.exit_code == 1
    assert bad.stdout == ""
    assert orjson.loads(bad.stderr.splitlines()[0])["reason"] == "truncated"


ROWS = b"""{"id": 7, "title": "UPDATE 2-Ferry aground off Lund", "text": "A ferry ran aground.", "outlet": "Reuters"}
{"id": 8, "title": "Council votes", "text": "The council voted.", "outlet": "Reuters"}
"""


def test_normalise_takes_json_lines_through_a_pipe_rows_of_a_corpus_among_them() -> None:
    found = [orjson.loads(line) for line in call("normalise", "-", stdin=ROWS).stdout.splitlines()]
    assert [(one["wire"]["action"], one["wire"]["ordinal"]) for one in found] == [("update", 2), ("new", None)]
    (one,) = [orjson.loads(line) for line in call("normalise", "-", stdin=ROWS.splitlines()[1]).stdout.splitlines()]
    assert one["article"]["headlines"] == [{"value": "Council votes"}]


def test_normalise_explains_instead_of_printing_json() -> None:
    told = call("normalise", "--explain", "-", stdin=ROWS.splitlines()[0]).stdout
    assert "Ferry aground off Lund" in told and "headline_tag" in told and "UPDATE 2-" in told
    assert not told.lstrip().startswith("{")


def test_normalise_reads_as_the_one_format_it_is_told() -> None:
    headers = b"From: desk@harbour.example\nDate: Wed, 11 Mar 2026 08:15:00 +0000\nSubject: Ferry aground\n\nA ferry ran aground.\n"
    formats = [
        orjson.loads(call("normalise", "--format", name, "-", stdin=headers).stdout)["provenance"]["format"] for name in ("auto", "text")
    ]
    assert formats == ["mail", "text"]
    refused = call("normalise", "--format", "anpa", "-", stdin=headers)
    assert refused.exit_code == 1 and '"reason":"unknown_format"' in refused.stderr


def test_normalise_refuses_an_agency_that_is_not_in_the_table(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(b"The bridge opened.")
    refused = call("normalise", "--agency", "nosuch", str(file))
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert "nosuch" in refused.stderr
    assert "yonhap" in refused.stderr


def test_normalise_takes_the_agency_it_is_told(tmp_path: Path) -> None:
    file = tmp_path / "a.json"
    file.write_bytes(b'{"uri":"tag:x,2026:1","type":"text","headlines":[{"value":"Ferry adrift"}]}')
    assert orjson.loads(call("normalise", "--agency", "tt", str(file)).stdout)["wire"]["agency"] == "tt"


def test_a_missing_file_is_named() -> None:
    result = call("normalise", "absent.txt")
    assert result.exit_code == 1
    assert "absent.txt: no such file" in result.output


def test_explain_shows_notes_and_evidence_of_a_file(tmp_path: Path) -> None:
    file = tmp_path / "haemil.txt"
    file.write_text(YONHAP)
    result = call("explain", str(file))
    assert result.exit_code == 0
    for expected in ("Tidal plant opens at Haemil", "yonhap", "ADDS", "recast", "paragraphs"):
        assert expected in result.output


def test_explain_says_what_it_did_not_find(tmp_path: Path) -> None:
    result = call("explain", "--out", str(tmp_path), "abcdef")
    assert result.exit_code == 1
    assert "no article abcdef" in result.output


def test_doctor_names_what_it_looked_at() -> None:
    result = call("doctor")
    assert "Python" in result.output
    assert "crc32c" in result.output


def test_doctor_fails_where_the_cluster_does_not_answer() -> None:
    # A process of its own: kafka-python leaves the sockets of refused connections to the garbage collector.
    command = [sys.executable, "-m", "writethru", "doctor", "--bootstrap", "127.0.0.1:1"]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 1
    assert "127.0.0.1:1" in done.stdout


def test_a_refused_option_is_an_error_and_no_traceback() -> None:
    result = call("run", "--embargo", "hold")
    assert result.exit_code == 1
    assert "--embargo mark" in result.output


@pytest.mark.parametrize("arguments", [["--version"], ["flink", "status", "--directory", "nowhere"]])
def test_a_command_that_needs_no_graph_answers_without_loading_beam(arguments: list[str]) -> None:
    code = f"import sys, writethru.cli; writethru.cli.main({arguments}, standalone_mode=False)"
    done = subprocess.run([sys.executable, "-X", "importtime", "-c", code], capture_output=True, text=True)
    assert "writethru.cli" in done.stderr
    assert "apache_beam" not in done.stderr


def test_what_beam_says_of_an_extra_that_nobody_asked_for_is_not_heard(caplog: pytest.LogCaptureFixture) -> None:
    logging.warning("apitools not found, and bigquery client libraries are not available")
    logging.warning("another word")
    assert caplog.messages == ["another word"]


@pytest.fixture
def played(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Callable[[], Any] | None]]:
    """What each run would have played."""
    from writethru.local import session

    found: list[Callable[[], Any] | None] = []

    def run(options: Any, messages: Callable[[], Any] | None, **_: Any) -> Any:
        found.append(messages)
        return session.Session(options)

    for name in ("KAFKA_BOOTSTRAP", "WRITETHRU_BOOTSTRAP", "WRITETHRU_PLAY", "WRITETHRU_INPUT"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(session, "run", run)
    yield found
    logging.getLogger("apache_beam.runners.common").setLevel(logging.NOTSET)


def test_nothing_is_played_into_a_cluster_of_the_users_unasked(played: list[Any]) -> None:
    result = call("run", "--bootstrap", "kafka.example:9092")
    assert (result.exit_code, played) == (0, [None])
    assert "Reading wire.raw at kafka.example:9092; nothing is played into it" in result.output


def test_the_sample_day_is_played_into_the_embedded_broker_and_where_it_is_asked_for(played: list[Any]) -> None:
    assert call("run").exit_code == call("run", "--bootstrap", "kafka.example:9092", "--play").exit_code == 0
    assert [sum(1 for _ in messages()) for messages in played] == [260, 260]


def test_make_run_asks_for_no_play() -> None:
    """`make run` reaches the user's cluster through the environment: what is played there is the command's to decide."""
    told = subprocess.run(
        ["make", "-n", "-o", ".venv/run.stamp", "run"], cwd=Path(__file__).parents[3], capture_output=True, text=True, check=True
    ).stdout
    assert "writethru run --out" in told and "--play" not in told
