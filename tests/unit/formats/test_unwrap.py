"""What is taken off a payload before it is read, and how much of it is allowed."""

from __future__ import annotations

import gzip
import io
import time
import zipfile

import pytest

from writethru.formats.limits import Limits
from writethru.formats.unwrap import unwrap
from writethru.records import ParseError

STORY = b"PORT ELLERY, March 11 (Harbour) -- The wall held on Wednesday, the council said.\n"


def zipped(members: dict[str, bytes], *, zip64: bool = False, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in members.items():
            member = zipfile.ZipInfo(name)
            member.compress_type = method
            with archive.open(member, "w", force_zip64=zip64) as stream:
                stream.write(content)
    return buffer.getvalue()


@pytest.mark.parametrize(
    "payload",
    [
        STORY,
        gzip.compress(STORY, mtime=0),
        zipped({"story.txt": STORY}),
        zipped({"story.txt": STORY}, method=zipfile.ZIP_STORED),
        zipped({"story.txt": STORY}, zip64=True),
        zipped({"2026/03/11/story.txt": STORY}),
        zipped({"2026/": b"", "2026/story.txt": STORY}),
        zipped({"story.txt": STORY, "__MACOSX/._story.txt": b"litter", ".DS_Store": b"litter"}),
        zipped({"__MACOSX/a/._story.txt": b"litter", "a/.DS_Store": b"litter", "a/story.txt": STORY, "Thumbs.db": b"litter"}),
        zipped({"story.txt": STORY}) + b"\n",
    ],
)
def test_one_layer_is_taken_off(payload: bytes) -> None:
    assert unwrap(payload, Limits()) == (STORY, None)


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (b"\xef\xbb\xbf", "utf-8"),
        (b"\xff\xfe", "utf-16-le"),
        (b"\xfe\xff", "utf-16-be"),
        (b"\xff\xfe\x00\x00", "utf-32-le"),
        (b"\x00\x00\xfe\xff", "utf-32-be"),
    ],
)
def test_byte_order_marks_name_the_encoding_within_a_wrapping_too(mark: bytes, encoding: str) -> None:
    text = STORY.decode().encode(encoding)
    assert unwrap(mark + text, Limits()) == (text, encoding)
    assert unwrap(zipped({"story.txt": mark + text}), Limits()) == (text, encoding)


@pytest.mark.parametrize(
    ("payload", "reason"),
    [
        (zipped({"a.txt": STORY, "b.txt": STORY}), "unknown_format"),
        (zipped({".DS_Store": b"litter"}), "unknown_format"),
        (zipped({"story.txt": STORY}, method=zipfile.ZIP_BZIP2), "unknown_format"),
        (zipped({"story.txt": bytes(60_000_000)}), "too_large"),
        (zipped({"story.txt": bytes(60_000_000)}, zip64=True), "too_large"),
        (zipped({"story.txt": STORY * 100})[:-30], "truncated"),
        (zipped({"story.txt": STORY * 100}).replace(b"PK\x01\x02", b"PK\x09\x09"), "invalid"),
        (gzip.compress(STORY, mtime=0) + b"\x1f\x8b\x08", "truncated"),
        (bytes(9_000_000), "too_large"),
    ],
)
def test_what_cannot_be_taken_off(payload: bytes, reason: str) -> None:
    with pytest.raises(ParseError) as refused:
        unwrap(payload, Limits())
    assert refused.value.reason == reason


def test_a_broken_checksum_is_not_passed_over() -> None:
    payload = bytearray(zipped({"story.txt": STORY}, method=zipfile.ZIP_STORED))
    payload[payload.index(b"wall")] ^= 1
    with pytest.raises(ParseError) as refused:
        unwrap(bytes(payload), Limits())
    assert refused.value.reason == "invalid"


def test_an_archive_of_many_members_is_refused_in_little_time() -> None:
    payload = zipped({f"{number}.txt": b"" for number in range(30_000)})
    started = time.process_time()
    with pytest.raises(ParseError):
        unwrap(payload, Limits())
    assert time.process_time() - started < 2
