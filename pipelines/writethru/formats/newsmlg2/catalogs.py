"""The schemes of a NewsML-G2 item: what the aliases in its qcodes stand for, without a network.

IPTC's catalogue is at hand (`iptc/`), a provider's only where the item carries it inline. An alias of neither stays as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache, lru_cache
from importlib import resources
from typing import NamedTuple

from lxml import etree

from writethru.formats.elements import Element
from writethru.formats.newsmlg2.elements import NAR, Coder
from writethru.formats.values import SCHEMES, is_uri

_CATALOGUE = "catalog.IPTC-G2-Standards_41.xml"
_IPTC = "catalog.IPTC-G2-Standards"
"""What the address of every number of IPTC's catalogue holds. Aliases were added over the numbers, none was given another meaning."""
_NEWSCODES = "http://cv.iptc.org/newscodes/"
_LONGEST = 200
"""Characters of a qcode that is worth remembering."""


class Schemes(NamedTuple):
    """`code` is for concepts; `own` says of an inline alias which of IPTC's it is under another name."""

    code: Coder
    own: Mapping[str, str]

    def printed(self, qcode: str) -> str:
        """The qcode as printed, but under IPTC's alias where the item's catalogue gives IPTC's scheme another."""
        alias, _, code = qcode.partition(":")
        return f"{self.own[alias]}:{code}" if alias in self.own else qcode


def schemes(references: list[Element], catalogues: list[Element]) -> Schemes:
    """Of an item's `catalogRef` and `catalog` elements, in which the later alias goes before the earlier."""
    given = [reference.get("href") or "" for reference in references]
    referred = [_IPTC in href for href in given]
    default = _BARE if not any(referred) else _REFERRED if all(referred) else _SHARED
    if not catalogues:
        return default
    inline = {
        alias: uri
        for catalogue in catalogues
        for scheme in catalogue.iter(NAR + "scheme", "scheme")
        if (alias := scheme.get("alias")) and (uri := scheme.get("uri"))
    }
    aliases = {uri: alias for alias, uri in _catalogue().items()}
    own = {alias: aliases[uri] for alias, uri in inline.items() if uri in aliases and aliases[uri] != alias}
    return Schemes(lambda qcode: _resolved(qcode, inline) if qcode.partition(":")[0] in inline else default.code(qcode), own)


def _resolved(qcode: str, known: Mapping[str, str]) -> tuple[str, str]:
    alias, colon, code = qcode.partition(":")
    base = known.get(alias) if colon else None
    whole = base + code if base else qcode
    return ("uri", whole) if colon and is_uri(whole) else ("literal", whole)


@cache
def _catalogue() -> Mapping[str, str]:
    root = etree.fromstring(resources.files("writethru.formats").joinpath("iptc", _CATALOGUE).read_bytes())
    return {scheme.get("alias", ""): scheme.get("uri", "") for scheme in root.iter(NAR + "scheme")}


@cache
def _shared() -> Mapping[str, str]:
    return {alias: uri for alias, uri in _catalogue().items() if not uri.startswith(_NEWSCODES)} | SCHEMES


def _remembering(known: Callable[[], Mapping[str, str]]) -> Schemes:
    """A desk uses the same few codes all day."""
    remembered = lru_cache(8192)(lambda qcode: _resolved(qcode, known()))
    return Schemes(lambda qcode: remembered(qcode) if len(qcode) < _LONGEST else _resolved(qcode, known()), {})


_REFERRED = _remembering(_catalogue)
_SHARED = _remembering(_shared)
"""Beside a provider's catalogue, which cannot be read: words like `conf` and `rel` may be its own there, and the number of IPTC's that the
item refers to may not have had them yet."""
_BARE = _remembering(lambda: SCHEMES)
