"""Mail: RFC 5322 headers and MIME parts. The plain part is the copy, else the HTML part; what else hangs on it is listed.

Python's parser reads the parts under its `compat32` policy, headers are decoded in `mail_headers`: the default policy's header grammar ends
in RecursionError at 2,000 open brackets.
"""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass, field
from email.message import Message
from email.parser import BytesParser
from email.policy import Compat32
from hashlib import sha256
from typing import Any

from writethru.formats import encoding as charsets
from writethru.formats.feeds import text as feeds_text
from writethru.formats.feeds.terms import keywords, named
from writethru.formats.limits import WARNINGS, Limits
from writethru.formats.mail import headers as mail_headers
from writethru.formats.values import folded
from writethru.records import Item, ItemLink, ItemNote, NotAnArticle, ParseError

FORMAT = "mail"

_LINES = 250_000
"""The parser goes by lines; 8 MB of attachments have 110,000."""
_ID = re.compile(r"<([^<>\s]{1,500})>")
_HOST = re.compile(r"@([A-Za-z0-9.-]{1,253})")
_KINDS = {"image": "picture", "audio": "audio", "video": "video"}
_REPORTS = frozenset({"delivery-status", "disposition-notification"})
_NESTING = (b"boundary", b"message/")
_TIES = ("in-reply-to", "references", "supersedes", "replaces", "obsoletes")
_MANY = 20  # ids in one `References`: a thread of a mailing list may name hundreds


class _Policy(Compat32):
    """Cuts overlong headers before the parser looks into them: it splits parameters in time by the square of their number."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        name, value = super().header_source_parse(sourcelines)
        return name, value[: mail_headers.LONGEST]


@dataclass(slots=True)
class _Parts:
    plain: list[str] = field(default_factory=list)
    html: list[str] = field(default_factory=list)
    attachments: list[dict[str, Any]] = field(default_factory=list)
    encodings: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


def matches(payload: bytes, told: bool = False) -> bool:
    """By a first block of header lines that only a mail has: prose may begin with lines like `Date: Monday`, too. Where the transport has
    `told` that it is a mail, header lines of any kind are enough."""
    return mail_headers.opens(payload, told)


def parse(payload: bytes, marked: str | None, charset: str | None, limits: Limits) -> list[Item]:
    """Its one item. `marked` and `charset` speak of the payload and not of its parts, which name their own.

    Raises `ParseError` (`too_deep`, `too_large`, `invalid`), `NotAnArticle` for a report of delivery and an automatic reply.
    """
    low = payload.lower()
    if sum(low.count(mark) for mark in _NESTING) > limits.depth:
        raise ParseError("too_deep", f"mail with more than {limits.depth} nested parts")
    if payload.count(b"\n") > _LINES:
        raise ParseError("too_large", f"mail of more than {_LINES} lines")
    try:
        message: Message[str, str] = BytesParser(policy=_Policy()).parsebytes(payload.lstrip(b"\r\n"))
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise ParseError("invalid", f"mail: {type(error).__name__}") from None
    headers = mail_headers.read(message.raw_items())
    _refuse_reports(message, headers)
    parts = _Parts()
    _collect(message, parts, limits.depth)
    return [_item(headers, parts, message)]


def _refuse_reports(message: Message[str, str], headers: dict[str, str]) -> None:
    kind = _parameter(message, "report-type")
    if kind in _REPORTS:
        raise NotAnArticle(FORMAT, kind)
    if headers.get("auto-submitted", "").lower().startswith("auto-replied"):
        raise NotAnArticle(FORMAT, "auto-reply")


def _item(headers: dict[str, str], parts: _Parts, message: Message[str, str]) -> Item:
    plain = "\n\n".join(text for one in parts.plain if (text := one.strip("\n")))
    pages = [] if plain else [feeds_text.of_html(one) for one in parts.html]
    body = plain or "\n\n".join(page.text for page in pages if page.text)
    sender = headers.get("from") or headers.get("sender", "")
    organisation, name = headers.get("organization", ""), _name(sender)
    hosts = _HOST.findall(sender)
    ids = _ID.findall(headers.get("message-id", "")) or headers.get("message-id", "").split()
    links = [ItemLink(rel, ref) for rel in _TIES for ref in dict.fromkeys(_ID.findall(headers.get(rel, ""))[-_MANY:]) if ref not in ids]
    defects = [f"mime:{type(defect).__name__.removesuffix('Defect')}" for defect in message.defects]
    return Item(
        format=FORMAT,
        uri=ids[0] if ids else None,
        providers=tuple(dict.fromkeys(one for one in (organisation, *hosts[:1], name) if one)),
        language=headers.get("content-language", "").partition(",")[0].strip() or None,
        headline=headers.get("subject", ""),
        # Where the house is named, the sender is a person.
        byline=name if organisation and name != organisation else "",
        body=body,
        notes=(ItemNote("comments", headers["comments"]),) if headers.get("comments") else (),
        links=tuple(links),
        version_created=headers.get("date") or None,
        subjects=tuple(keywords(headers.get("keywords", ""))),
        tables=tuple(table for page in pages for table in page.tables),
        extra={"associations": parts.attachments} if parts.attachments else {},
        encoding=parts.encodings[0] if parts.encodings else "utf-8",
        warnings=tuple((parts.warnings + defects)[:WARNINGS]),
    )


def _name(sender: str) -> str:
    """The name beside the first address."""
    first = sender[: sender.find(">") + 1] if ">" in sender else sender
    return named(first).strip("\"' ") if "@" in first else ""


def _collect(part: Message[str, str], parts: _Parts, depth: int) -> None:
    """Sorts the parts below one: text of either kind, and attachments."""
    if depth < 0:
        raise ParseError("too_deep", "mail nested too deep")
    kind, disposition = _kind(part), _disposition(part)
    if part.is_multipart() and kind.startswith("multipart/"):
        for child in part.get_payload():
            if isinstance(child, Message):
                _collect(child, parts, depth - 1)
        return
    # A multipart whose boundary was lost is one text.
    if (kind in ("text/plain", "text/html") or kind.startswith("multipart/")) and disposition != "attachment" and not part.is_multipart():
        text = _text(part, parts)
        (parts.html if kind == "text/html" else parts.plain).append(text)
        return
    parts.attachments.append(_attachment(part, kind, len(parts.attachments)))


def _text(part: Message[str, str], parts: _Parts) -> str:
    charset, flowed, deleted = (_parameter(part, name).lower() for name in ("charset", "format", "delsp"))
    text, used = charsets.decode(_content(part), charset)
    parts.encodings.append(used)
    return _unflowed(folded(text), deleted == "yes") if flowed == "flowed" else folded(text)


def _unflowed(text: str, deleted: bool) -> str:
    """RFC 3676: a line that ends in a space goes on in the next; `deleted` = that space is none of the text."""
    lines = [line[1:] if line.startswith(" ") else line for line in text.split("\n")]
    joined: list[str] = []
    for line in lines:
        flows = line.endswith(" ") and line != "-- "
        joined.append(line[:-1] if flows and deleted else line if flows else f"{line}\n")
    return "".join(joined)


def _attachment(part: Message[str, str], kind: str, place: int) -> dict[str, Any]:
    """Name, type and size; named by its own digest (RFC 6920), for a part of a mail has no address."""
    content = _content(part)
    digest = base64.urlsafe_b64encode(sha256(content).digest()).decode("ascii").rstrip("=")
    rendition: dict[str, Any] = {"name": "attachment", "contentType": kind}
    if content:
        rendition["sizeInBytes"] = len(content)
    found: dict[str, Any] = {"name": _file_name(part) or f"attachment{place + 1}", "uri": f"ni:///sha-256;{digest}"}
    main = kind.partition("/")[0]
    if main in _KINDS:
        found["type"] = _KINDS[main]
    found["renditions"] = [rendition]
    return found


def _content(part: Message[str, str]) -> bytes:
    """A part's bytes, its transfer encoding undone; an embedded message's as far as it can be written again."""
    for _ in range(2):
        try:
            content = part.get_payload(decode=True)
            if isinstance(content, bytes):
                return content
            inner = part.get_payload()
            return inner[0].as_bytes() if isinstance(inner, list) and inner and isinstance(inner[0], Message) else b""
        except (ValueError, LookupError, TypeError, AttributeError, RecursionError):  # the generator and the codecs meet hostile headers
            del part["Content-Type"]  # the character set, which is none, is asked even for the bytes
    return b""


def _kind(part: Message[str, str]) -> str:
    try:
        return part.get_content_type()
    except (ValueError, LookupError, TypeError, AttributeError):
        return "text/plain"


def _disposition(part: Message[str, str]) -> str:
    try:
        return (part.get_content_disposition() or "").lower()
    except (ValueError, LookupError, TypeError, AttributeError):
        return ""


def _file_name(part: Message[str, str]) -> str:
    try:
        found = part.get_filename() or ""
    except (ValueError, LookupError, TypeError, AttributeError):
        return ""
    return mail_headers.decoded(found).replace("\\", "/").rpartition("/")[2][:200]


def _parameter(part: Message[str, str], name: str) -> str:
    """A parameter of the content type; an RFC 2231 value as its text."""
    try:
        found = part.get_param(name) or ""
    except (ValueError, LookupError, TypeError, AttributeError):
        return ""
    return str(found[2] if isinstance(found, tuple) else found).strip("'\" ")
