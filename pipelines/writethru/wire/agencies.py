"""Which agency an item is of, and what is particular to that agency. `agencies.toml` is the data, loaded once."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib import resources
from typing import Any

from writethru.records import Evidence, Feed, Item, RawMessage
from writethru.wire.marks import KINDS, Kind
from writethru.wire.text import Field, safe

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

_WORD = re.compile(r"[^\W_]+")
_LABELS = 4
"""Parted by dots at the end of a host name, more than any name in the table has."""
_HOST = re.compile(r"(?:^|[:/@.,])((?:[a-z0-9-]+\.)+[a-z]{2,})", re.IGNORECASE)
_KEY = re.compile(r"[A-Za-z][A-Za-z-]{1,30}")
_SHORT = 100
"""Characters; longer names are not remembered."""
_FEW = 8
"""Providers; longer lists are not remembered."""
_ABBREVIATION = 3
"""Letters; a shorter word may be anything to another agency."""
_SERVICE = re.compile(r"\s*[:|]\s+|\s+[-\u2013\u2014]\s+")
_PARTS = re.compile(r"\s*[/,;+&]\s*")


@dataclass(frozen=True, slots=True, eq=False)
class Agency:
    """One agency; the keys of `agencies.toml`. An agency that is not in the table has its slugged name as `id` and nothing else.

    Every agency is its own object: what is remembered of its words is remembered under that."""

    id: str
    name: str = ""
    languages: tuple[str, ...] = ()
    zone: str | None = None
    marks: frozenset[str] = frozenset()
    slug: str = ""
    levels: Mapping[str, int] = field(default_factory=dict)
    alerts: int = 0
    story_id: re.Pattern[str] | None = None
    words: Mapping[str, Kind] = field(default_factory=dict)
    """Its own mark words, as printed."""
    glued: Mapping[str, Kind] = field(default_factory=dict)
    """What it glues to the end of its slugs, as printed."""
    series: Mapping[str, Kind] = field(default_factory=dict)
    """Its own words for a numbered series, lower case."""
    ordinal_words: Mapping[str, int] = field(default_factory=dict)
    """Its own ordinals, lower case."""

    def urgency(self, value: int | str | None) -> int | None:
        """The agency's letter or number as 1 (flash) to 9 (lowest); None where it says nothing."""
        if value is None:
            return None
        level = self.levels.get(str(value).lower()) if self.levels else None
        if level is None and (printed := str(value)).isdecimal() and len(printed) < 3:
            level = int(value)
        return level if level is not None and 1 <= level <= 9 else None

    def story_key(self, ids: Iterable[str]) -> tuple[str, str | None] | None:
        """(story, version or None) out of the first of `ids` that obeys the agency's story-id rule."""
        if self.story_id is None:
            return None
        for given in ids:
            found = self.story_id.search(given)
            if found:
                return found["story"], found.groupdict().get("version")
        return None


_EDITION = re.compile(
    r"[\s,:\u2013\u2014-]+(?:(?:at|for|as of) )?(?:\d|noon\b|midnight\b|[a-z]{3,6}day\b)[^.!?]{0,40}[.]?(?:m[.])?[^.!?]{0,30}"
)
"""` 10:15`, ` at 10 a.m. EST`, ` for Monday`: what stands behind the title of a digest, in small letters."""


UNKNOWN = Agency("unknown")


@dataclass(frozen=True, slots=True)
class Table:
    by_id: Mapping[str, Agency]
    by_name: Mapping[str, Agency]
    by_signature: Mapping[str, Agency]
    by_domain: Mapping[str, Agency]
    by_digest: Mapping[str, Agency]
    ordinal_words: Mapping[str, int]
    by_telegraph: Mapping[str, Agency]
    by_printed: Mapping[str, Agency]
    """By the signature as it is printed."""
    by_spelling: Mapping[str, Agency]
    """By its names, aliases and signatures as they are printed."""
    words: Mapping[str, Kind]
    """The own mark words of all agencies that are long enough to be told without knowing whose they are, as printed."""
    digests: tuple[str, ...]
    """The titles of `by_digest`."""

    def named(self, name: str) -> Agency | None:
        """The agency of a name, an alias, an id or a domain, however spelled."""
        key = slugged(name)
        return self.by_id.get(key) or self.by_name.get(key) or self.of_address(name)

    def headed(self, name: str) -> Agency | None:
        """The agency that a service's name opens with (`Reuters: World`, `AFP - Monde`), as it prints its own."""
        head = _SERVICE.split(name.strip(), 1)[0]
        if head == name.strip():
            return None
        return self.by_printed.get(head) or (self.by_name.get(slugged(head)) if " " in head else None)

    def digest(self, title: str) -> Agency | None:
        """The agency whose digest is titled so; behind its title may stand an hour, a day or the number of an edition."""
        folded = title.casefold()
        known = self.by_digest.get(folded)
        if known or not folded.startswith(self.digests):
            return known
        named = max((one for one in self.digests if folded.startswith(one)), key=len)
        return self.by_digest[named] if _EDITION.fullmatch(folded, len(named)) else None

    def signed(self, signature: str) -> Agency | None:
        """The agency of a dateline signature; of several (`REUTERS, AFP`; `dpa/lni`; `TT-AFP-Reuters`) the first that is known."""
        whole = self.by_signature.get(signature.casefold())
        if whole:
            return whole
        for part in (*_PARTS.split(signature), *signature.split()):
            known = self.by_signature.get(part.strip().casefold())
            if known:
                return known
        joined = [self.by_signature.get(part) for part in signature.casefold().split("-")]
        return joined[0] if all(joined) else None

    def of_address(self, address: str) -> Agency | None:
        """The agency that owns the host name in an id, a URI or an e-mail address."""
        if "." not in address:
            return None
        for host in _HOST.findall(address.lower()):
            labels = host.split(".")
            for cut in range(max(0, len(labels) - _LABELS), len(labels) - 1):
                known = self.by_domain.get(".".join(labels[cut:]))
                if known:
                    return known
        return None


@lru_cache(maxsize=4096)
def signed(signature: str) -> Agency | None:
    """The shipped table's agency of a dateline signature."""
    return table().signed(signature)


@lru_cache(maxsize=4096)
def slugged(name: str) -> str:
    """A provider's name as a short lower-case id: words parted by hyphens."""
    return "-".join(_WORD.findall(name.casefold()))[:64].strip("-")


@cache
def table() -> Table:
    """The shipped table."""
    return read(shipped())


def shipped() -> str:
    """The text of `agencies.toml`."""
    return resources.files("writethru.wire").joinpath("agencies.toml").read_text("utf-8")


def read(toml: str) -> Table:
    """A table out of its text."""
    data = tomllib.loads(toml)
    by_id: dict[str, Agency] = {}
    by_name: dict[str, Agency] = {}
    by_signature: dict[str, Agency] = {}
    by_domain: dict[str, Agency] = {}
    by_digest: dict[str, Agency] = {}
    by_telegraph: dict[str, Agency] = {}
    by_printed: dict[str, Agency] = {}
    by_spelling: dict[str, Agency] = {}
    words: dict[str, Kind] = {}
    for id_, entry in data["agencies"].items():
        agency = _agency(id_, entry)
        by_id[id_] = agency
        words.update({word: kind for word, kind in agency.words.items() if len(word) > _ABBREVIATION})
        for name in (entry["name"], *entry.get("aliases", ())):
            by_name[slugged(name)] = by_spelling[name] = agency
        for signature in entry.get("signatures", ()):
            by_signature[signature.casefold()] = agency
            by_printed[signature] = by_spelling[signature] = agency
        for domain in entry.get("domains", ()):
            by_domain[domain] = agency
        for title in entry.get("digests", ()):
            by_digest[title.casefold()] = agency
        for code in entry.get("telegraph", ()):
            by_telegraph[code.casefold()] = agency
    ordinals, titles = data.get("ordinal_words", {}), tuple(by_digest)
    return Table(by_id, by_name, by_signature, by_domain, by_digest, ordinals, by_telegraph, by_printed, by_spelling, words, titles)


def _agency(id_: str, entry: Mapping[str, Any]) -> Agency:
    return Agency(
        id=id_,
        name=entry["name"],
        languages=tuple(entry.get("languages", ())),
        zone=entry.get("zone"),
        marks=frozenset(entry.get("marks", ())),
        slug=entry.get("slug", ""),
        levels=dict(entry.get("urgency", {})),
        alerts=entry.get("alerts", 0),
        story_id=re.compile(entry["story_id"]) if "story_id" in entry else None,
        words={word: KINDS[kind] for kind, words in entry.get("words", {}).items() for word in words},
        glued={word: KINDS[kind] for word, kind in entry.get("glued", {}).items()},
        series={word.lower(): KINDS[kind] for word, kind in entry.get("series", {}).items()},
        ordinal_words={word.lower(): number for word, number in entry.get("ordinal_words", {}).items()},
    )


def resolve(
    item: Item,
    message: RawMessage,
    feed: Feed | None,
    signed: Evidence | None = None,
    titled: Evidence | None = None,
    credited: tuple[Agency, Evidence] | None = None,
) -> tuple[Agency, Evidence | None]:
    """The agency, and what it was known by.

    Content first: the item's providers, its copyright holder, the host in its id, the signature of its dateline (`signed`), a headline
    that is the title of an agency's digest (`titled`), the credit of its byline or below its copy (`credited`). Then the hints: the
    message's `agency` header, its key, the feed. An unknown provider is its own slugged name, and wins over the dateline and the hints,
    since versions are chained per provider. An agency that the prose merely quotes is never looked at.
    """
    if item.providers:
        short = len(item.providers) <= _FEW and max(map(len, item.providers)) < _SHORT
        told = _told(item.providers) if short else _told.__wrapped__(item.providers)
        if told:
            return told
    agencies = table()
    if item.uri and not any(map(str.strip, item.providers)):
        known = agencies.of_address(item.uri)
        if known:
            return known, _whole("uri", item.uri, "uri_host")
    holder = item.extra.get("copyrightHolder")
    if isinstance(holder, str):
        known = agencies.named(holder)
        if known:
            return known, _whole("copyrightHolder", holder, "copyright_holder")
    if signed:
        known = agencies.signed(signed.text)
        if known:
            return known, signed
    if titled and (known := agencies.digest(titled.text)):
        return known, titled
    if credited:
        return credited
    return _hinted(agencies, message, feed)


@lru_cache(maxsize=1024)
def _told(providers: tuple[str, ...]) -> tuple[Agency, Evidence] | None:
    """The first provider that is known, else the first that is named: a feed's are always the same. None where no name holds a letter."""
    for at, provider in enumerate(providers):
        known = table().named(_code(provider)) or table().headed(provider)
        if known:
            return known, _whole(f"providers[{at}]", provider, "provider")
    named = next((provider for provider in providers if provider.strip()), "")
    slug = slugged(_code(named))
    return (Agency(slug, named), _whole(f"providers[{providers.index(named)}]", named, "provider")) if slug else None


def _hinted(agencies: Table, message: RawMessage, feed: Feed | None) -> tuple[Agency, Evidence | None]:
    hints = [("header:agency", value) for name, value in message.headers if name == "agency"]
    if message.key:
        hints.append(("key", message.key))
    if feed and feed.agency:
        hints.append(("feed", feed.agency.encode()))
    unknown: tuple[Agency, Evidence | None] = (UNKNOWN, None)
    for name, raw in hints:
        hint = raw.decode("utf-8", "replace")
        known = agencies.named(hint)
        if known:
            return known, _whole(name, hint, "hint")
        # A key may be anything (a hash, a serial number): an agency that is not in the table must at least look like a name there.
        if unknown[1] is None and slugged(hint) and (name != "key" or _KEY.fullmatch(hint)):
            unknown = Agency(slugged(hint), hint), _whole(name, hint, "hint")
    return unknown


def _code(provider: str) -> str:
    """`nprov:REUTERS`, `dnlprov:dpa` -> the code."""
    scheme, colon, code = provider.strip().partition(":")
    return code if colon and scheme.isalnum() and not code.startswith(("//", " ")) else provider


def _whole(name: str, raw: str, rule: str) -> Evidence:
    held = Field(name, safe(raw))
    return held.evidence(0, len(held.text), rule)
