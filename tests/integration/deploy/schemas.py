"""The schemas by which an API server reads a manifest, and the options that Flink knows, from the published jars of both.

A server drops or refuses a field that its schema does not name. The schemas are therefore closed here: an object takes the members it
lists and no others, unless it says that it does.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft4Validator

from writethru.local.jars import cache_directory, fetch, jar_name

FLINK_VERSION = "2.2.1"
OPERATOR = "org.apache.flink:flink-kubernetes-operator-api:1.10.0"
"""The newest that Maven Central has of the operator's API."""
LATER = ("v2_0", "v2_1", "v2_2")
"""The versions of Flink that the operator has learnt since then, up to its 1.13."""
MODELS = {group: f"io.fabric8:kubernetes-model-{group}:6.14.0" for group in ("core", "batch", "networking", "rbac")}
FLINK = {
    name: f"org.apache.flink:{name}:{FLINK_VERSION}" for name in ("flink-core", "flink-statebackend-rocksdb", "flink-metrics-prometheus")
}
JARS = {
    OPERATOR: "b1f44814e17514fa8395c61b329a3ee9087123a5bda5b21fe1a495d5182c30b6",
    MODELS["core"]: "9d853f36cbe3a26f6bc2d455519b28834789fb0f9de87995bf6efe8d3ef5e73f",
    MODELS["batch"]: "e9c48fc371104052b9a76ca773040918f7145df37576b41585a7b316eecd0c92",
    MODELS["networking"]: "df4a3d9dce4ebe54d3824373b22a24eb3ea9c86c9cd1d7849882bb5a23665c37",
    MODELS["rbac"]: "00505e4ef59e9380903b6b4314f351790bf29ecb6b4c20ae17ddfaabee29c3e0",
    FLINK["flink-core"]: "b29b9e87c6124fefed668a4275c0c1cbfbcc1e073fdaae4e5723416814312db1",
    FLINK["flink-statebackend-rocksdb"]: "5adea47f26896e5eb03267103ecd28f47608cc7c0d37ed3121bcd982efd8b56c",
    FLINK["flink-metrics-prometheus"]: "8d15ef6c3291b86afaac9ee89c7c15f76af41ee20edae69970f4750b9be6038c",
}
# Kubernetes' two scalars that are a number or a text; the models describe the Java classes behind them.
SCALARS = {"Quantity": {"type": ["string", "number"]}, "IntOrString": {"type": ["string", "integer"]}}


@cache
def room() -> Path:
    directory = cache_directory().parent / "manifests"
    fetch(directory, jars=JARS)
    return directory


@cache
def jar(coordinates: str) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO((room() / jar_name(coordinates)).read_bytes()))


def closed(schema: Any) -> Any:
    """The schema with every object taking only the members that it lists."""
    if isinstance(schema, list):
        return [closed(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    # The models mark a member as required by `"required": true` inside it, which is no JSON Schema any more.
    found = {key: closed(value) for key, value in schema.items() if not (key == "required" and value is True)}
    if isinstance(schema.get("properties"), dict) and "type" in schema and not schema.get("x-kubernetes-preserve-unknown-fields"):
        found["additionalProperties"] = False
    return found


@cache
def definition(kind: str) -> Any:
    """The operator's schema of a `FlinkDeployment`."""
    name = f"META-INF/fabric8/{kind.lower()}s.flink.apache.org-v1.yml"
    (version,) = yaml.safe_load(jar(OPERATOR).read(name))["spec"]["versions"]
    schema = closed(version["schema"]["openAPIV3Schema"])
    schema["properties"]["spec"]["properties"]["flinkVersion"]["enum"] += LATER
    schema["properties"] |= {"apiVersion": {"type": "string"}, "kind": {"type": "string"}, "metadata": {"type": "object"}}
    return schema


@cache
def model(group: str) -> Any:
    """A group's definitions, by their names in the models."""
    definitions = json.loads(jar(MODELS[group]).read("schema/validation-schema.json"))["definitions"]
    return {name: SCALARS.get(re.split("[._]", name)[-1]) or closed(schema) for name, schema in definitions.items()}


def schema(one: dict[str, Any]) -> Any:
    """The schema of a manifest's kind."""
    version, kind = one["apiVersion"], one["kind"]
    if version.startswith("flink.apache.org/"):
        return definition(kind)
    definitions = model(version.partition("/")[0].partition(".")[0] if "/" in version else "core")

    def default(name: str, member: str) -> object:
        return definitions[name].get("properties", {}).get(member, {}).get("default")

    (name,) = (name for name in definitions if (default(name, "apiVersion"), default(name, "kind")) == (version, kind))
    return {"allOf": [{"$ref": f"#/definitions/{name}"}], "definitions": definitions}


def errors(one: dict[str, Any]) -> Iterator[str]:
    """What is wrong with a manifest, a line for each member, with its path."""
    for error in Draft4Validator(schema(one)).iter_errors(one):
        yield f"{one['kind']}{error.json_path[1:]}: {error.message[:300]}"


@cache
def flink_classes() -> tuple[bytes, ...]:
    """Flink's classes that declare options, and its Prometheus reporter."""
    return tuple(
        jar(coordinates).read(name)
        for coordinates in FLINK.values()
        for name in jar(coordinates).namelist()
        if name.endswith(("Options.class", "/PrometheusReporterFactory.class"))
    )


def knows(text: str) -> bool:
    """Whether one of them has this text as a constant of its own, not as a part of one."""
    constant = len(text).to_bytes(2, "big") + text.encode()
    return any(constant in one for one in flink_classes())
