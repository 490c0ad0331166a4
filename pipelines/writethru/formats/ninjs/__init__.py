"""ninjs 1.x, 2.x and 3.x, and the dialects of TT, superdesk and the AP that add what the standard lacks: ties between versions."""

from __future__ import annotations

from typing import Any

from writethru.formats.limits import WARNINGS, Limits
from writethru.formats.ninjs import texts as ninjs_text
from writethru.formats.ninjs.v31 import PROPERTIES, properties
from writethru.formats.values import Bad, folded, text
from writethru.records import Item, ItemLink, ItemNote, NotAnArticle
from writethru.wire import agencies

_MARKS = frozenset(
    "versioncreated versionCreated firstcreated firstCreated pubstatus pubStatus headline headlines byline by "
    "bodies body_text body_html body_xhtml body_html5 descriptions description_text person people organisation organisations "
    "place places subject subjects associations renditions located slugline copyrightholder copyrightHolder "
    "representationtype representationType altids altIds infosource infosources infoSources ednote edNote "
    "embargoed embargoedUntil genre genres trustindicator trustIndicators eventDetails plannedCoverage".split()
)
_THIRD = frozenset(
    "versionCreated firstCreated contentCreated embargoedUntil pubStatus edNote usageTerms copyrightHolder copyrightNotice "
    "altIds infoSources trustIndicators rightsInfo representationType digitalSourceType eventDetails plannedCoverage".split()
)
_SECOND = frozenset(
    "headlines bodies descriptions by people organisations places subjects genres events objects infosources trustindicators".split()
)

_LINKS = {
    "evolvedfrom": "evolvedFrom",
    "evolvedFrom": "evolvedFrom",
    "rewrite_of": "rewrite_of",
    "rewritten_by": "rewritten_by",
    "replacing": "replacing",
    "replaces": "replaces",
    "replacedby": "replacedby",
    "revisions": "revisions",
}
_PATTERNS = ("headline_", "body_", "description_")
_SIGNALS = ("signal", "signals", "editorialtypes")
_PROVIDERS = ("provider", "source", "creditline")
_DESCRIBED = (
    "slug",
    "standard",
    "$standard",
    "mimetype",
    "charcount",
    "wordcount",
    "eventDetails",
    "plannedCoverage",
    "guid",
    "anpa_take_key",
)
_KNOWN = frozenset((*_DESCRIBED, *_LINKS, *_SIGNALS, *_PROVIDERS))
_NO_ARTICLE = frozenset({"event", "planning", "concept"})


def matches(document: dict[str, Any]) -> bool:
    """By the names of the properties: enough of ninjs' own, or none but ninjs'; or a declared standard."""
    marks = len(_MARKS.intersection(document))
    if marks >= 3 or (marks and ("uri" in document or "guid" in document) and (marks > 1 or "version" in document or "type" in document)):
        return True
    standard = document.get("standard") or document.get("$standard")
    if type(standard) is dict and "ninjs" in f"{standard.get('name')} {standard.get('schema')}".lower():
        return True
    return "uri" in document and all(key in PROPERTIES or key in _KNOWN or key.startswith(_PATTERNS) for key in document)


def parse(document: dict[str, Any], encoding: str, warned: list[str], limits: Limits) -> list[Item]:
    """Its one item; `warned` is what reading the JSON gave cause to.

    Raises `ParseError` (`invalid`, or what markup in its body gives) and `NotAnArticle`.
    """
    dialect = _dialect(document)
    _refuse_plans(document, dialect)
    warnings = list(warned)
    found = properties(document, warnings.append, _KNOWN)
    providers, notes, links, signals, alt_ids = _ties(document, found, warnings)
    headline, rest = ninjs_text.headline(found.pop("headlines", []))
    if rest:
        found["headlines"] = rest
    guid, slug = document.get("guid"), document.get("slug")
    uri = found.pop("uri", guid if type(guid) is str and guid else None)
    told = ninjs_text.story(found.pop("bodies", []), headline, uri or "", warnings, limits)
    if told.descriptions or told.associations:
        ninjs_text.add_described(found, told)
    authors, priority = found.pop("authors", []), found.pop("priority", None)
    kind = found.pop("type", "text")
    status = found.pop("pubStatus", None)
    if status is not None:
        status = status.removeprefix("stat:")
        if status == "commissioned":  # TT: the text is ordered, not written
            raise NotAnArticle(dialect, "commissioned")
    item = Item(
        format=dialect,
        type="text" if kind == "composite" and (told.body or told.tables) else kind,
        uri=uri,
        version=found.pop("version", None),
        providers=providers,
        language=found.pop("language", None),
        headline=headline or told.headline,
        slug=found.pop("slugline", "") or (folded(slug) if type(slug) is str else ""),
        byline=found.pop("by", "") or ", ".join(authors) or told.byline,
        located=found.pop("located", "") or told.located,
        body=told.body,
        notes=notes + told.notes,
        signals=signals,
        links=links,
        status=status,
        urgency=found.pop("urgency", priority),
        first_created=found.pop("firstCreated", None),
        version_created=found.pop("versionCreated", None),
        embargoed=found.pop("embargoedUntil", None),
        subjects=tuple(found.pop("subjects", ())),
        places=tuple(found.pop("places", ())),
        genres=tuple(found.pop("genres", ())),
        alt_ids=alt_ids,
        usage_terms=found.pop("usageTerms", None),
        tables=told.tables,
        extra=found,
        encoding=encoding,
        warnings=tuple(warnings[:WARNINGS]),
    )
    return [item]


def _dialect(document: dict[str, Any]) -> str:
    standard = document.get("standard") or document.get("$standard")
    if type(standard) is dict:
        major = str(standard.get("version"))[:1]
        if major in ("1", "2", "3"):
            return f"ninjs-{major}"
    if not _THIRD.isdisjoint(document):
        return "ninjs-3"
    return "ninjs-1" if _SECOND.isdisjoint(document) else "ninjs-2"


def _refuse_plans(document: dict[str, Any], dialect: str) -> None:
    kind = document.get("type")
    if type(kind) is str and kind in _NO_ARTICLE:
        raise NotAnArticle(dialect if kind == "concept" else "ninjs-3", kind)  # only 3.x has the others
    if not document.get("bodies") and not document.get("headlines"):
        if document.get("eventDetails"):
            raise NotAnArticle(dialect, "event")
        if document.get("plannedCoverage"):
            raise NotAnArticle(dialect, "planning")


def _ties(
    document: dict[str, Any], found: dict[str, Any], warnings: list[str]
) -> tuple[tuple[str, ...], tuple[ItemNote, ...], tuple[ItemLink, ...], tuple[str, ...], tuple[dict[str, str], ...]]:
    """What says whose item this is and what it belongs to: providers, notes, links, signals, other ids."""
    providers = [entry["name"] for entry in found.get("infoSources", ()) if "name" in entry]
    if "copyrightHolder" in found:
        # A source is whom the text was had from; an agency that holds the rights sends its own.
        first = providers and agencies.table().named(found["copyrightHolder"])
        providers.insert(0 if first else len(providers), found["copyrightHolder"])
    notes, links, signals = [], [], []
    alt_ids = found.pop("altIds", [])
    note = found.pop("edNote", None)
    if note:
        notes.append(ItemNote("edNote" if "edNote" in document else "ednote", note))
    for key, value in document.items():
        if key not in _KNOWN or not value:
            continue
        if key in _LINKS:
            links += [ItemLink(_LINKS[key], ref) for ref in _references(value, key, warnings)]
        elif key in _SIGNALS:
            signals += _signals(value, key, warnings)
        elif key in _PROVIDERS:
            providers += _references(value, key, warnings)
        elif key == "anpa_take_key" and type(value) is str:  # superdesk keeps `1st Ld-Writethru` here
            notes.append(ItemNote(key, folded(value)))
        elif key == "guid" and type(value) is str and value != found.get("uri") and "uri" in found:
            alt_ids.append({"role": key, "value": value})
    links.sort(key=lambda link: link.rel)
    return tuple(dict.fromkeys(providers)), tuple(notes), tuple(links), tuple(signals), tuple(alt_ids)


def _references(value: Any, key: str, warnings: list[str]) -> list[str]:
    out = []
    for member in value if type(value) is list else [value]:
        ref = member.get("uri") or member.get("guid") or member.get("name") if type(member) is dict else member
        if type(ref) is str and ref:
            out.append(ref)
        elif ref is not None:
            warnings.append(f"invalid_field:{key}")
    return out


def _signals(value: Any, key: str, warnings: list[str]) -> list[str]:
    """`sig:update`, a list of such, superdesk's list of `{"qcode": …}`; with the property's name before it what has no scheme of its
    own: TT's `{"updatetype": "UV"}` as `updatetype:UV`, AP's `["Lead"]` as `editorialtypes:Lead`."""
    if type(value) is dict and "qcode" not in value and "code" not in value:
        return [f"{name}:{text(given)}" for name, given in value.items() if type(given) in (str, int) and given != ""]
    out = []
    for member in value if type(value) is list else [value]:
        code = member.get("qcode") or member.get("code") if type(member) is dict else member
        try:
            out.append(f"{key}:{text(code)}" if key == "editorialtypes" else text(code))
        except Bad:
            warnings.append(f"invalid_field:{key}")
    return out
