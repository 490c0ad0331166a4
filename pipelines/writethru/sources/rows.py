"""Rows of news corpora as ninjs 3.1 articles, so that collections can be played like a wire.

| row | ninjs |
| --- | --- |
| `id` | `uri` = `urn:row:FILE:ID` and an altId |
| `title` | `headlines[0]` |
| `dateline` + `text` | `bodies[0]`, plain text |
| `ts` | `versionCreated` (naive: UTC); absent where null |
| `outlet`, `agency` | `infoSources[0]`; Reuters-21578 (a raw ANPA header in `unknown`) is `Reuters` |
| `unknown` | `slugline`: the keyword of that header (`BC-BAHIA-COCOA-REVIEW`) |
| `topics`, `places` | `subjects`, `places` |
| `lang` | `language` |

Nothing else of a row is read; in particular not `gold`, `kind` or `why`.
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote

import orjson

KEYWORD = re.compile(r"\b(?:AM|PM|BC)-\S+")


def article_of_row(line: bytes, file: str) -> bytes | None:
    """A ninjs 3.1 article as JSON, or None where the line is no corpus row (a row has `id`, and `title` or `text`, and no `uri`)."""
    try:
        row = orjson.loads(line)
    except orjson.JSONDecodeError:
        return None
    if not isinstance(row, dict) or "id" not in row or "uri" in row or not ("title" in row or "text" in row):
        return None
    raw = row.get("unknown")
    title, text = row.get("title") or "", row.get("text") or ""
    dateline = row.get("dateline") or ""
    article: dict[str, Any] = {
        "uri": f"urn:row:{quote(file.split('.')[0])}:{quote(str(row['id']))}",
        "type": "text",
        "standard": {"name": "ninjs", "version": "3.1"},
        "altIds": [{"role": "row", "value": str(row["id"])}],
        "pubStatus": "usable",
    }
    if title:
        article["headlines"] = [{"value": title}]
    if text:
        article["bodies"] = [{"contentType": "text/plain", "value": f"{dateline} {text}".strip()}]
    if row.get("ts"):
        article["versionCreated"] = _zoned(str(row["ts"]))
    outlet = row.get("outlet") or row.get("agency") or ("Reuters" if raw else None)
    if outlet:
        article["infoSources"] = [{"name": outlet}]
    if row.get("lang"):
        article["language"] = row["lang"]
    keyword = KEYWORD.search(raw) if raw else None
    if keyword:
        article["slugline"] = keyword[0]
    for member in ("topics", "places"):
        if row.get(member):
            article["subjects" if member == "topics" else "places"] = [{"name": name} for name in row[member]]
    return orjson.dumps(article)


def _zoned(stamp: str) -> str:
    return stamp if stamp.endswith("Z") or re.search(r"[+-]\d\d:?\d\d$", stamp) else f"{stamp}Z"
