"""metadata.json against what Google documents of it: the message types of Dataflow's own client (TemplateMetadata, ParameterMetadata),
and the rules that stand in their prose."""

from __future__ import annotations

import json
import re
from dataclasses import fields
from pathlib import Path
from typing import Any, get_type_hints

import pytest
from apache_beam.options.pipeline_options import PipelineOptions
from google.cloud import dataflow_v1beta3

from writethru.dataflow.launch import DEFAULTS, REFUSED, check, parse
from writethru.dataflow.template import BEAM, metadata
from writethru.options import Options

WRITTEN = Path(__file__).resolve().parents[3] / "deploy/dataflow/metadata.json"
PARAMETERS: list[dict[str, Any]] = metadata()["parameters"]
GOOD = {
    "bootstrap": ["kafka.example:9092", "a:1,b:2"],
    "sinks": ["kafka", "kafka,sql", "bigquery"],
    "sasl_password": ["projects/newsroom-1/secrets/kafka_password/versions/latest"],
    "ssl_keyfile": ["projects/newsroom-1/secrets/key/versions/1", "/etc/ssl/key.pem"],
    "splits": ["12"],
    "dead_ratio": [".5", "0.25", "1"],
    "update_compatibility_version": ["2.77.0"],
}
BAD = {
    "bootstrap": ["kafka.example", "a:1,", "a:b"],
    "sinks": ["files", "kafka,files", "kafka,", "all"],
    "sasl_password": ["hunter2", "projects/p/secrets/s"],
    "ssl_keyfile": ["gs://bucket/key.pem", "key.pem"],
    "splits": ["-1", "four"],
    "dead_ratio": ["half", "-1"],
    "update_compatibility_version": ["2.77"],
}


def matches(parameter: dict[str, Any], value: str) -> bool:
    return all(re.search(regex, value) for regex in parameter.get("regexes", []))


def test_the_file_is_the_options_as_they_are() -> None:
    assert json.loads(WRITTEN.read_text(encoding="utf-8")) == metadata(), (
        "python -m writethru.dataflow.template > deploy/dataflow/metadata.json"
    )


def test_it_is_the_message_that_dataflow_documents() -> None:
    text = WRITTEN.read_text(encoding="utf-8")
    read = dataflow_v1beta3.TemplateMetadata.from_json(text, ignore_unknown_fields=False)
    assert read.name == "writethru" and read.streaming
    # Only valid where both modes are supported.
    assert read.default_streaming_mode == "EXACTLY_ONCE" and read.supports_at_least_once and read.supports_exactly_once
    assert len(read.parameters) == len(PARAMETERS)


@pytest.mark.parametrize("parameter", PARAMETERS, ids=lambda parameter: parameter["name"])
def test_every_parameter_keeps_the_documented_rules(parameter: dict[str, Any]) -> None:
    assert re.fullmatch(r"[a-z][a-z0-9_]*", parameter["name"]), "becomes --NAME=VALUE"
    assert parameter["label"].strip() and parameter["helpText"].strip(), "both are required"
    assert parameter["helpText"][-1] in ".…" and len(parameter["helpText"]) < 300
    assert (parameter["paramType"] == "ENUM") == ("enumOptions" in parameter)
    default = parameter.get("defaultValue")
    assert default is None or (isinstance(default, str) and default and matches(parameter, default))
    for choice in parameter.get("enumOptions", []):
        assert set(choice) <= {"value", "label", "description"} and choice["value"]
    if "enumOptions" in parameter:
        assert default in [choice["value"] for choice in parameter["enumOptions"]]
    for regex in parameter.get("regexes", []):
        assert regex[0] == "^" and regex[-1] == "$", "the console searches, it does not match whole"
        assert not re.search(r"\\[a-zA-Z]|\(\?|[*+?}]\?", regex), "POSIX extended: no classes by letter, no groups with marks, nothing lazy"


@pytest.mark.parametrize("name", GOOD)
def test_the_regexes_take_what_works_and_nothing_else(name: str) -> None:
    (parameter,) = [one for one in PARAMETERS if one["name"] == name]
    assert [value for value in GOOD[name] if not matches(parameter, value)] == []
    assert [value for value in BAD[name] if matches(parameter, value)] == []


def test_every_option_is_a_parameter_or_refused_and_none_is_beams() -> None:
    names = [parameter["name"] for parameter in PARAMETERS]
    assert len(names) == len(set(names))
    beams = set(PipelineOptions([]).get_all_options())
    ours = {spec.name for spec in fields(Options)}
    assert set(names) == (ours - set(REFUSED) - {"runner"}) | {parameter["name"] for parameter in BEAM}
    assert not (ours - {"runner"}) & beams
    assert {parameter["name"] for parameter in BEAM} <= beams


def test_the_defaults_shown_are_the_defaults() -> None:
    shown = [f"--{one['name']}={one['defaultValue']}" for one in PARAMETERS if "defaultValue" in one]
    options, rest = parse(["--bootstrap=kafka.example:9092", *shown])
    assert options == Options(bootstrap="kafka.example:9092", **DEFAULTS)  # type: ignore[arg-type]
    assert rest == []
    check(options)


def test_numbers_are_asked_for_as_numbers() -> None:
    kinds = get_type_hints(Options)
    for parameter in PARAMETERS:
        assert (parameter["paramType"] == "NUMBER") == (kinds.get(parameter["name"]) is int)
