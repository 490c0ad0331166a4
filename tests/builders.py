"""Records for tests: everything has a value, a test names only what it is about."""

from __future__ import annotations

from typing import Any

from writethru.records import Action, Article, Provenance, RawMessage, Wire


def message(value: bytes = b"text", *, offset: int = 0, timestamp: int = 1_800_000_000_000, **members: Any) -> RawMessage:
    return RawMessage(value=value, topic="wire.raw", partition=0, offset=offset, timestamp=timestamp, **members)


def article(
    id_: str,
    *,
    slug: str = "Harbour-Fire",
    headline: str = "Fire closes harbour of Vellmouth",
    body: str = "VELLMOUTH - A fire closed the harbour of Vellmouth on Tuesday.",
    agency: str = "northwire",
    action: Action = "new",
    language: str = "en",
    time: str | None = None,
    timestamp: int = 1_800_000_000_000,
    payload: RawMessage | None = None,
    uri: str | None = None,
    wire: dict[str, Any] | None = None,
    **members: Any,
) -> Article:
    ninjs: dict[str, Any] = {
        "uri": uri or f"urn:writethru:article:{id_}",
        "type": "text",
        "language": language,
        "slugline": slug,
        "headlines": [{"value": headline}],
        "bodies": [{"contentType": "text/plain", "value": body}],
        "pubStatus": "usable",
    }
    if time:
        ninjs["versionCreated"] = time
    provenance = Provenance(
        id=id_,
        format="ninjs-3",
        topic="wire.raw",
        partition=0,
        offset=0,
        timestamp=timestamp,
        received="2027-01-15T08:00:00Z",
        sha256="0" * 64,
        encoding="utf-8",
        page_date=None,
        warnings=(),
        pipeline="writethru/test",
    )
    return Article(
        id=id_,
        rev=1,
        article=ninjs | members.pop("article", {}),
        wire=Wire(agency=agency, action=action, **(wire or {})),
        story=None,
        thread=None,
        provenance=provenance,
        payload=payload,
        **members,
    )


collected: list[Any] = []


def collect(element: Any) -> None:
    """The end of a pipeline under test: a function Beam pickles by name, so that `collected` is the one the test reads."""
    collected.append(element)
