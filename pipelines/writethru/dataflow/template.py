"""metadata.json of the Flex template: `python -m writethru.dataflow.template > deploy/dataflow/metadata.json`.

What Google reads from it (TemplateMetadata, ParameterMetadata) is documented with Dataflow's REST API; its regexes are POSIX extended.
"""

from __future__ import annotations

import json
import re
from dataclasses import Field, fields
from typing import Any, get_type_hints

from writethru.dataflow.launch import DEFAULTS, REFUSED
from writethru.options import Options
from writethru.worker import SECRET_VERSION, is_file

NOT_HERE = {*REFUSED, "runner"}
REQUIRED = {"bootstrap"}
ADDRESSES = "[^,]+:[0-9]+"
WHOLE, SHARE = "^[0-9]+$", "^[0-9]*[.]?[0-9]+$"
SHOWN = {"sasl": "SASL", "ssl": "SSL", "sql": "SQL", "url": "URL", "bigquery": "BigQuery", "bootstrap": "Bootstrap brokers"}
"""Words of a label that are not simply the option's."""


def metadata() -> dict[str, Any]:
    kinds = get_type_hints(Options)
    ours = [_parameter(spec, kinds[spec.name]) for spec in fields(Options) if spec.name not in NOT_HERE]
    return {
        "name": "writethru",
        "description": "Reads news-agency wires from Kafka and tells, once for every consumer: what is new, the next version of what,"
        " withdrawn, under embargo, and which agencies tell the same event.",
        "streaming": True,
        "supportsAtLeastOnce": True,
        "supportsExactlyOnce": True,
        "defaultStreamingMode": "EXACTLY_ONCE",
        "parameters": ours + BEAM,
    }


def _parameter(spec: Field[Any], kind: Any) -> dict[str, Any]:
    meta, many = spec.metadata, kind not in (int, float, str)
    default: Any = DEFAULTS.get(spec.name, spec.default)
    parameter: dict[str, Any] = {
        "name": spec.name,
        "label": _label(spec.name),
        "helpText": _help(spec, many),
        "isOptional": spec.name not in REQUIRED,
        "groupName": meta["group"],
        "paramType": "NUMBER" if kind is int else "ENUM" if meta["choices"] and not many else "TEXT",
    }
    if default:
        parameter["defaultValue"] = ",".join(default) if many else str(default)
    if parameter["paramType"] == "ENUM":
        parameter["enumOptions"] = [{"value": choice, "label": choice} for choice in meta["choices"]]
    elif regex := _regex(spec, kind):
        parameter["regexes"] = [regex]
    return parameter


def _help(spec: Field[Any], many: bool) -> str:
    says: str = spec.metadata["help"]
    if spec.metadata["secret"]:
        # Without what holds for a local run alone: "(better given by the environment)", "; default: SQLite …".
        says = re.split(r" \(|; ", says)[0] + ": the name of its version in Secret Manager, never the value"
    elif is_file(spec):
        says += ": the name of its version in Secret Manager, or a path in the image"
    elif many:
        says += "; several with commas"
    return says if says.endswith("…") else says + "."


def _regex(spec: Field[Any], kind: Any) -> str | None:
    if spec.metadata["secret"]:
        return f"^{SECRET_VERSION.pattern}$"
    if is_file(spec):
        return f"^(/.+|{SECRET_VERSION.pattern})$"
    if spec.name == "sinks":
        one = "|".join(choice for choice in spec.metadata["choices"] if choice != "files")
        return f"^({one})(,({one}))*$"
    if spec.name == "bootstrap":
        return f"^{ADDRESSES}(,{ADDRESSES})*$"
    return {int: WHOLE, float: SHARE}.get(kind)


def _label(name: str) -> str:
    words = [SHOWN.get(word, word) for word in name.split("_")]
    return " ".join([words[0][0].upper() + words[0][1:], *words[1:]])


BEAM: list[dict[str, Any]] = [
    {
        "name": "update_compatibility_version",
        "label": "Update compatibility version",
        "helpText": "Beam release whose translation of the graph the running job has, to update it under a newer Beam.",
        "isOptional": True,
        "groupName": "Dataflow",
        "paramType": "TEXT",
        "regexes": ["^[0-9]+[.][0-9]+[.][0-9]+$"],
    },
    {
        "name": "sdk_container_image",
        "label": "Worker image",
        "helpText": "Image of the workers; default: the launcher's own.",
        "isOptional": True,
        "groupName": "Dataflow",
        "paramType": "TEXT",
    },
]

if __name__ == "__main__":
    print(json.dumps(metadata(), indent=2, ensure_ascii=False))
