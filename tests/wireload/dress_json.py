"""A version of a story as JSON: ninjs 1, 2 and 3, TT's dialect, dpa's digitalwires."""

from __future__ import annotations

from html import escape
from typing import Any

from tests.wireload.filed import Copy, stamp


def digitalwires(copy: Copy) -> dict[str, Any]:
    signal = {"update": "sig:update", "correction": "sig:correction"}.get(copy.kind)
    return {
        "format": "digitalwires@0.9.1",
        "type": "composite",
        "entry_id": f"{copy.serial}-{copy.version}",
        "urn": copy.uri,
        "version": copy.version,
        "version_created": stamp(copy.created),
        "pubstatus": copy.status,
        "signal": signal,
        "embargoed": stamp(copy.embargo) if copy.embargo else None,
        "language": copy.language,
        "urgency": copy.urgency,
        "headline": copy.headline,
        "byline": f"Von {copy.reporter}, dpa",
        "dateline": f"{copy.place} (dpa) - ",
        "article_html": f'<section class="main">{_html(copy)}</section>',
        "creditline": "dpa",
        "ednotes": [{"role": "dpaednoterole:correction", "ednote": "Berichtigt: Zahl im 2. Absatz"}] if copy.kind == "correction" else None,
        "categories": [
            {"type": "dnltype:provider", "name": "dpa", "qcode": "dnlprov:dpa"},
            {"type": "dnltype:keyword", "name": copy.slug, "qcode": None},
        ],
    }


def tt(copy: Copy) -> dict[str, Any]:
    kind = {"update": "UV", "correction": "RÄ", "kill": "AVPUB"}.get(copy.kind)
    return {
        "$standard": {"name": "TTNINJS", "version": "1.8"},
        "uri": copy.uri,
        "type": "text",
        "version": str(copy.version),
        "versioncreated": stamp(copy.created),
        "pubstatus": copy.status,
        "urgency": copy.urgency,
        "language": "sv",
        "slugline": copy.marked_slug,
        "headline": copy.headline,
        "byline": f"{copy.reporter}/TT",
        "source": "TT",
        "signals": {"updatetype": kind} if kind else {"pageproduct": "INRIKES"},
        "replacing": [copy.previous] if copy.previous else [],
        "body_html5": f"<html><body><article><h1>{copy.headline}</h1>{_html(copy)}</article></body></html>",
        **({"genre": [{"name": "Alert"}]} if copy.kind == "alert" else {}),
    }


def ninjs1(copy: Copy) -> dict[str, Any]:
    return {
        "uri": copy.uri,
        "type": "text",
        "version": str(copy.version),
        "firstcreated": stamp(copy.first),
        "versioncreated": stamp(copy.created),
        "pubstatus": copy.status,
        "urgency": copy.urgency,
        "language": copy.language,
        "headline": copy.headline,
        "byline": f"By {copy.reporter}",
        "located": copy.place,
        "slugline": copy.slug,
        "body_text": "\n\n".join(copy.paragraphs),
        "provider": copy.sender.name,
        **({"embargoed": stamp(copy.embargo)} if copy.embargo else {}),
        **({"ednote": copy.note} if copy.note else {}),
        **({"genre": [{"name": "Alert"}]} if copy.kind == "alert" else {}),
    }


def ninjs2(copy: Copy) -> list[dict[str, Any]] | dict[str, Any]:
    item: dict[str, Any] = {
        "standard": {"name": "ninjs", "version": "2.1"},
        "uri": copy.uri,
        "type": "text",
        "version": str(copy.version),
        "versioncreated": stamp(copy.created),
        "pubstatus": copy.status,
        "language": copy.language,
        "headlines": [{"role": "main", "value": copy.headline}],
        "bodies": [{"role": "main", "contenttype": "text/html", "value": _html(copy)}],
        "by": copy.reporter,
        "slugline": copy.slug,
        "infosources": [{"name": copy.sender.name, "role": "provider"}],
        "signal": [f"sig:{copy.kind}"] if copy.kind in ("update", "correction") else [],
        **({"embargoed": stamp(copy.embargo)} if copy.embargo else {}),
        **({"genres": [{"name": "Alert"}]} if copy.kind == "alert" else {}),
    }
    if copy.sender.key != "europapress" or copy.kind != "new":
        return item
    picture = {
        "uri": f"{copy.uri}-foto",
        "type": "picture",
        "version": "1",
        "language": copy.language,
        "versioncreated": stamp(copy.created),
        "headlines": [{"value": copy.headline}],
        "infosources": [{"name": copy.sender.name, "role": "provider"}],
        "renditions": [{"name": "main", "href": "https://example.org/foto.jpg", "contenttype": "image/jpeg"}],
    }
    return [item, picture]


def ninjs3(copy: Copy) -> dict[str, Any]:
    return {
        "standard": {"name": "ninjs", "version": "3.1"},
        "uri": copy.uri,
        "type": "text",
        "version": str(copy.version),
        "firstCreated": stamp(copy.first),
        "versionCreated": stamp(copy.created),
        "pubStatus": copy.status,
        "urgency": copy.urgency,
        "language": copy.language,
        "headlines": [{"value": copy.headline}],
        "bodies": [{"contentType": "text/plain", "value": "\n\n".join(copy.paragraphs)}],
        "by": copy.reporter,
        "slugline": copy.slug,
        "infoSources": [{"name": copy.sender.name}],
        **({"embargoedUntil": stamp(copy.embargo)} if copy.embargo else {}),
        **({"edNote": copy.note} if copy.note else {}),
        **({"genres": [{"name": "Alert"}]} if copy.kind == "alert" else {}),
    }


def _html(copy: Copy) -> str:
    return "".join(f"<p>{escape(paragraph, quote=False)}</p>" for paragraph in copy.paragraphs)
