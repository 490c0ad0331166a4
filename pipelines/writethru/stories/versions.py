"""An article as a version that has no place yet, and the part it plays once its chain is known."""

from __future__ import annotations

from hashlib import blake2b
from sys import intern

from writethru.hashes import fed
from writethru.records import Article
from writethru.stories import keys, pieces, redact
from writethru.stories.chain import Role, Story, Version
from writethru.stories.facts import Facts
from writethru.stories.headlines import tokens

NOWHERE = Story("", 0, 0)
"""The story of a version that has none yet."""


def digest(headline: str, body: str) -> int:
    """Of an article's text, 64 bits: what is kept of killed text so that it is recognised."""
    return int.from_bytes(fed(blake2b(digest_size=8), f"{headline}\0{body}".encode(errors="surrogatepass")).digest(), "big")


EMPTY = digest("", "")


def new_version(article: Article, item: str, told: Facts, time: int | None, clock: int, seq: int, guesses: bool) -> Version:
    """The version of an article of this agency time (ms). `guesses` is whether slugs and headlines of this agency may tie stories."""
    envelope, wire = article.article, article.wire
    headline = article.headline
    guessable = guesses and told.textual and not told.lone
    version = envelope.get("version")
    meta, kin = redact.pack(article)
    return Version(
        id=article.id,
        story=NOWHERE,
        uri=envelope["uri"],
        item=item,
        version=None if version is None else intern(version),
        number=keys.version_number(version),
        series=keys.series(wire, told.slug.cycle) if wire.ordinal is not None else "",
        ordinal=wire.ordinal,
        action=wire.action,
        time=time,
        at=clock if time is None else time,
        seq=seq,
        rev=article.rev,
        role="whole",
        shown="usable",
        headline=headline,
        guessable=guessable,
        awaiting=False,
        tokens=tokens(headline) if guessable else (),
        slug=told.slug.key if guessable else "",
        names=told.names(),
        digest=digest(headline, article.body),
        place=None,
        meta=meta,
        kin=kin,
        act=wire.action,
        embargoed=wire.embargo is not None,
        sealed=wire.action == "withhold" and any(one.field == "status" and one.rule == "status" for one in wire.evidence),
    )


def role_of(article: Article, version: Version, story: Story, again: Version | None) -> Role:
    """What the version is to the story it joins; `again` is the version it repeats."""
    if version.action == "kill":
        return "control"
    if version.action == "withhold":
        # Held copy, or only the note that asks to hold it: copy comes under the uri of what it holds, or opens the story.
        has_copy = article.body and not article.wire.kill_targets
        same_item = not story.versions or any(other.item == version.item for other in story.versions if version.item)
        return "whole" if has_copy and same_item else "control"
    if version.action == "release" and not article.body:
        return "control"
    if again is not None and again.digest == version.digest:
        return "repeat"
    part = pieces.piece(article)
    return "part" if (part is not None and part.kind != "first") or _superseded(article) else "whole"


def _superseded(article: Article) -> bool:
    """Whether the item says of itself that another has taken its place: it is current only as long as nothing else is."""
    return any(one.rule in ("superseded", "replaced_by") for one in article.wire.evidence)
