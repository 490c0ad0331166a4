"""A version of a story as NewsML-G2."""

from __future__ import annotations

from html import escape

from tests.wireload.filed import Copy, stamp

_SIGNALS = {"update": "sig:update", "correction": "sig:correction"}


def g2(copy: Copy) -> bytes:
    """One news item, in a news message where the sender is Reuters."""
    news = _item(copy)
    if copy.sender.key == "reuters":
        news = (
            '<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><header><sent>'
            f"{stamp(copy.created)}</sent></header><itemSet>{news}</itemSet></newsMessage>"
        )
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{news}\n'.encode()


def _item(copy: Copy) -> str:
    signal = _SIGNALS.get(copy.kind) if copy.sender.habit == "guid" or copy.kind == "correction" else None
    meta = [
        '<itemClass qcode="ninat:text"/>',
        f'<provider literal="{copy.sender.name}"/>',
        f"<versionCreated>{stamp(copy.created)}</versionCreated>",
        f"<firstCreated>{stamp(copy.first)}</firstCreated>",
        f"<embargoed>{stamp(copy.embargo)}</embargoed>" if copy.embargo else "",
        f'<pubStatus qcode="stat:{copy.status}"/>',
        f"<edNote>{copy.note}</edNote>" if copy.note and copy.kind == "kill" else "",
        f'<signal qcode="{signal}"/>' if signal else "",
        f'<link rel="irel:evolvedFrom" residref="{copy.previous}"/>' if copy.previous else "",
    ]
    content = [
        f"<urgency>{copy.urgency}</urgency>",
        f"<located><name>{copy.place}</name></located>",
        '<genre literal="Alert"><name>Alert</name></genre>' if copy.kind == "alert" else "",
        f'<language tag="{copy.language}"/>',
        f"<slugline>{copy.marked_slug}</slugline>",
        f"<headline>{escape(copy.marked_headline, quote=False)}</headline>",
        f"<by>{copy.reporter}</by>",
    ]
    copied = "".join(f"<p>{escape(paragraph, quote=False)}</p>" for paragraph in _dated(copy))
    return (
        f'<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="{copy.uri}" version="{copy.version}" standard="NewsML-G2" '
        f'standardversion="2.32" xml:lang="{copy.language}"><itemMeta>{"".join(meta)}</itemMeta>'
        f"<contentMeta>{''.join(content)}</contentMeta>"
        '<contentSet><inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml"><head><title/></head>'
        f"<body>{copied}</body></html></inlineXML></contentSet></newsItem>"
    )


def _dated(copy: Copy) -> tuple[str, ...]:
    if not copy.paragraphs:
        return ()
    first, *rest = copy.paragraphs
    return (f"{copy.place.upper()}, {copy.created:%b} {copy.created.day} ({copy.sender.name}) - {first}", *rest)
