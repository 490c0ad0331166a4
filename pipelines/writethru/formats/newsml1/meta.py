"""What NewsML 1 says about an item: the envelope around it, its identity and management, its administrative and descriptive metadata."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from writethru.formats.elements import Element, first, words
from writethru.formats.newsml1 import lines as newsml1_lines
from writethru.formats.newsml1.reading import Envelope, Reading, Topic, formal, rank
from writethru.formats.values import SCHEMES, Bad, coded, is_uri, stamp
from writethru.records import ItemLink

SECTIONS = frozenset({"NewsLines", "AdministrativeMetadata", "RightsMetadata", "DescriptiveMetadata", "Metadata"})

# Known, and of no use to who reads the story: routing, house-keeping, what is said elsewhere too.
_UNUSED = frozenset("Comment Catalog FileName SystemIdentifier Contributor OfInterestTo DateLineDate MetadataType ByLineTitle".split())
_URN = "urn:newsml:"
_LONGEST = 1000
"""Characters of an id that other ids are made of: a longer one, repeated for each of many elements, would be a bomb."""
_STAMP = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)T(\d\d):?(\d\d):?(\d\d)(?:Z|([+-]\d\d):?(\d\d))")
_TOPICS = (("person", "people"), ("organi", "organisations"), ("compan", "organisations"), ("event", "events"), ("object", "objects"),
           ("location", "places"), ("place", "places"), ("country", "places"), ("city", "places"))  # fmt: skip
"""What a provider's word for a kind of topic holds, and the property that ninjs has for it."""
_MEDIA = {"photo": "picture", "picture": "picture", "graphic": "graphic", "video": "video", "audio": "audio", "text": "text"}


def envelope(root: Element) -> Envelope:
    """What stands around the items of a document."""
    sent, number, priority, sender = None, "", None, ""
    around = first(root, "NewsEnvelope")
    for child in () if around is None else around:
        tag = child.tag
        if tag == "DateAndTime":
            sent = words(child) or None
        elif tag == "TransmissionId":
            number = words(child)
        elif tag == "Priority":
            try:
                priority = rank(formal(child))
            except Bad:  # the envelope's own scale: nothing is said of the items
                priority = None
        elif tag == "SentFrom":
            sender = next((formal(party) for party in child if party.tag == "Party"), "")
    return Envelope(sent, number, priority, sender, {topic.get("Duid", ""): _topic(topic) for topic in root.iter("Topic")})


def _topic(element: Element) -> Topic:
    name = kind = ""
    for child in element:
        if child.tag == "TopicType":
            kind = formal(child)
        elif child.tag == "Description" or (child.tag == "FormalName" and not name):
            name = words(child)
    return Topic(name, kind.lower())


def identify(section: Element, reading: Reading) -> None:
    """Reads `Identification`: the ids, the revision, and the label by which people know the item."""
    for child in section:
        tag = child.tag
        if tag == "NewsIdentifier":
            _identifier({part.tag: part for part in child}, reading)
        elif tag == "NameLabel":
            reading.fields["title"] = words(child)


def _identifier(parts: dict[Any, Element], reading: Reading) -> None:
    provider, date, number, revision, uri = [
        words(parts[tag]) if tag in parts else "" for tag in ("ProviderId", "DateId", "NewsItemId", "RevisionId", "PublicIdentifier")
    ]
    previous, update = "", "N"
    if "RevisionId" in parts:
        previous, update = parts["RevisionId"].get("PreviousRevision", ""), parts["RevisionId"].get("Update", "N")
    stem = _URN + ":".join([part for part in (provider, date, number) if part])
    ending = f":{revision}{'' if update == 'N' else update}"
    uri = uri or (stem + ending if number and revision else "")
    for tail in (ending, f":{revision}") if revision else ():
        if uri.endswith(tail):
            stem = uri[: -len(tail)]
    reading.stem = stem if len(stem) <= _LONGEST else ""
    reading.fields |= {"uri": uri or None, "version": revision or None}
    reading.parties["ProviderId"] = [provider]
    if number:
        reading.add("altIds", role="NewsItemId", value=number)
    if update in ("U", "A"):  # amends another item, or changes nothing but its management
        reading.signals.append(f"revision:{update}")
    if previous.strip("0") and previous != revision:  # Belga's fourth revision names 0 as the one before
        reading.links.append(ItemLink("prevVersion", f"{stem}:{previous}"))


def read(section: Element, reading: Reading) -> None:
    """Read the children of `NewsManagement` or of a component's lines and metadata into `reading`."""
    for child in section:
        tag = child.tag
        reader = _READERS.get(tag)
        if reader is not None:
            reader(child, reading)
        elif tag not in _UNUSED:
            reading.warnings.append(f"unknown_field:{tag}")


def conclude(reading: Reading) -> None:
    """Settles what several elements may say: who provides the item, whose byline it is, what its slug is."""
    parties = reading.parties
    if reading.envelope.number:
        reading.add("altIds", role="transmission", value=reading.envelope.number)
    named = parties.get("Provider", []) + parties.get("ProviderId", [])
    if not any(named):
        named = [reading.envelope.sender] if reading.envelope.sender else parties.get("Source", [])
    parties["named"] = named + parties.get("Credit", [])
    for name in parties.get("Source", []):
        reading.name("infoSources", name)
    newsml1_lines.conclude(reading, parties.get("Creator", []), named)


# --- NewsManagement ---------------------------------------------------------------------------------------------------------


def _item_type(element: Element, reading: Reading) -> None:
    given = formal(element)
    if given and given != "News":
        reading.name("genres", given)


def _time(key: str) -> Callable[[Element, Reading], None]:
    def read_time(element: Element, reading: Reading) -> None:
        found = words(element)
        if found:
            reading.fields.setdefault(key, found)

    return read_time


def _status(element: Element, reading: Reading) -> None:
    reading.fields["status"] = formal(element) or None


def _will_change(element: Element, reading: Reading) -> None:
    """An item that will be usable is under embargo until then; one that will be anything else expires."""
    future = when = ""
    for child in element:
        if child.tag == "FutureStatus":
            future = formal(child)
        elif child.tag == "DateAndTime":
            when = words(child)
    if future.lower() in ("usable", ""):
        reading.fields["embargoed"] = when or None
        return
    try:
        reading.fields["expires"] = _rfc3339(when)
    except Bad:
        reading.warnings.append("invalid_field:StatusWillChange")


def _rfc3339(text: str) -> str:
    found = _STAMP.fullmatch(text)
    if not found:
        raise Bad("no time with a zone")
    year, month, day, hour, minute, second, ahead, aside = found.groups()
    return stamp(f"{year}-{month}-{day}T{hour}:{minute}:{second}{f'{ahead}:{aside}' if ahead else 'Z'}")


def _urgency(element: Element, reading: Reading) -> None:
    try:
        reading.fields["urgency"] = rank(formal(element))
    except Bad:
        reading.warnings.append("invalid_field:Urgency")


def _instruction(element: Element, reading: Reading) -> None:
    """What the recipient is to do, and what becomes of revisions that he has."""
    given = element.get("FormalName") or ""
    if given:
        reading.signals.append(f"instruction:{given}")
    for child in element:
        if child.tag == "RevisionStatus":
            revision = child.get("Revision")
            status = next((formal(one) for one in child if one.tag == "Status"), "")
            reading.links.append(ItemLink(f"revisionStatus:{status}", f"{reading.stem}:{revision}" if revision else reading.stem))


def _tie(rel: str) -> Callable[[Element, Reading], None]:
    def read_tie(element: Element, reading: Reading) -> None:
        ref, given = element.get("NewsItem") or element.get("Href"), formal(element)
        if not ref:
            return  # AFP announces that there are pictures, without saying which
        reading.links.append(ItemLink(rel, ref))
        if is_uri(ref) and ref.startswith(("urn:", "http")):  # `harbour.example:20260311:44` is an id, its host no scheme
            reading.add("associations", name=given or ref, uri=ref, rel=rel, type=_MEDIA.get(given.lower(), ""))

    return read_tie


# --- metadata ---------------------------------------------------------------------------------------------------------------


def _party(element: Element, reading: Reading) -> None:
    names = [name for child in element if child.tag == "Party" and (name := formal(child))]
    reading.parties.setdefault(element.tag, []).extend(names)


def _copyright(element: Element, reading: Reading) -> None:
    for child in element:
        if child.tag == "CopyrightHolder" and (found := words(child)):
            reading.fields.setdefault("copyrightHolder", found)


def _usage(element: Element, reading: Reading) -> None:
    reading.add("usageTerms", value=". ".join(found for child in element if (found := words(child))))


def _language(element: Element, reading: Reading) -> None:
    found = formal(element)
    if found:
        reading.fields.setdefault("language", found)


def _genre(element: Element, reading: Reading) -> None:
    reading.name("genres", formal(element))


def _subject_code(element: Element, reading: Reading) -> None:
    for child in element:
        given, scheme = formal(child), child.get("Scheme")
        if len(given) == 8 and given.isdecimal():
            reading.name("subjects", SCHEMES["subj"] + given, "uri")
        elif given and scheme:
            kind, code = coded(scheme, given)
            reading.name("subjects", code, kind)
        else:
            reading.name("subjects", given)
        reading.name("subjects", child.get("cat", ""), "literal")


def _location(element: Element, reading: Reading) -> None:
    how = element.get("HowPresent", "")
    for child in element:
        if child.tag != "Property":
            continue
        kind, given = child.get("FormalName", ""), child.get("Value", "").strip()
        if not given:
            continue
        if kind == "City" and how == "Origin":
            reading.fields.setdefault("city", given)
        if kind == "Country" and len(given) in (2, 3) and given.isupper():
            key, code = coded(f"iso3166-1a{len(given)}", given)
            reading.add("places", **{key: code}, rel=how)
        else:
            reading.add("places", name=given, rel=how)


def _occurrence(element: Element, reading: Reading) -> None:
    topic = reading.envelope.topics.get(element.get("Topic", "").removeprefix("#"))
    if topic:
        reading.name(next((target for part, target in _TOPICS if part in topic.kind), "subjects"), topic.name)


def _property(element: Element, reading: Reading) -> None:
    kind, given = element.get("FormalName", ""), element.get("Value", "").strip()
    low = kind.lower()
    if "keyword" in low:
        reading.name("people" if element.get("Role") == "PersonInImage" else "subjects", given)
    elif low == "event":
        reading.name("events", given)
    elif "note" in low or "instruction" in low:
        reading.note(given, kind)


_READERS: dict[Any, Callable[[Element, Reading], None]] = {
    "NewsItemType": _item_type,
    "FirstCreated": _time("firstCreated"),
    "ThisRevisionCreated": _time("versionCreated"),
    "Status": _status,
    "StatusWillChange": _will_change,
    "Urgency": _urgency,
    "Instruction": _instruction,
    "RevisionHistory": _tie("revisionHistory"),
    "DerivedFrom": _tie("derivedFrom"),
    "AssociatedWith": _tie("associatedWith"),
    "Provider": _party,
    "Creator": _party,
    "Source": _party,
    "Copyright": _copyright,
    "UsageRights": _usage,
    "Language": _language,
    "Genre": _genre,
    "SubjectCode": _subject_code,
    "Location": _location,
    "TopicOccurrence": _occurrence,
    "Property": _property,
    **newsml1_lines.READERS,
}
