"""What an article says itself about where it belongs: its names, what it refers to, its slug, its marks."""

from __future__ import annotations

from dataclasses import dataclass

from writethru.records import Article
from writethru.stories import keys
from writethru.stories.chain import MARKED
from writethru.stories.headlines import is_wording, tokens
from writethru.stories.standing import CONTROLS
from writethru.wire.agencies import Agency

_NO_SLUG = keys.Slug("", "")


@dataclass(frozen=True, slots=True)
class Facts:
    """What an article says about where it belongs. `own`: (name, rule) under which it is known itself; `called`: what others may
    call it; `refs`: what it calls others; `quoted`: headlines among these."""

    own: tuple[tuple[str, str], ...]
    called: tuple[str, ...]
    refs: tuple[str, ...]
    quoted: tuple[str, ...]
    serial: str
    slug: keys.Slug
    lone: bool
    textual: bool
    control: bool
    marked: bool

    def names(self) -> tuple[str, ...]:
        """Under which the version is registered, besides its uri."""
        return (
            *[name for name, rule in self.own if rule != "uri"],
            *["=" + name for name in self.called if keys.is_number(name)],
            *["~" + ref for ref in self.refs],
            *["~" + " ".join(tokens(quoted)) for quoted in self.quoted],
        )


def facts(article: Article, item: str, agency: Agency) -> Facts:
    wire = article.wire
    control = wire.action in CONTROLS
    own = [(item, "uri")] if item else []
    if (wire.digest or wire.action == "advisory") and not control:
        return Facts(tuple(own), (), (), (), "", _NO_SLUG, True, False, False, False)
    same: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    if "altIds" in article.article:
        same, numbers = keys.alternative_names(article)
    number = keys.item_number(article, agency)
    if number and number not in same:
        same = (*same, number)
    own.extend(("i:" + name, "item-id") for name in same)
    serial = keys.serial(article, agency)
    if serial:
        own.append(("s:" + serial, "story-id"))
    refs: list[str] = []
    quoted: list[str] = []
    successors = [one.text for one in wire.evidence if one.rule == "replaced_by"]
    for ref in (*wire.replaces, *wire.kill_targets, *successors):
        name = keys.reference(ref)
        if is_wording(name):
            quoted.append(name)
        elif name and name != item:
            refs.append(name)
    slugline = article.article.get("slugline")
    return Facts(
        own=tuple(own),
        called=(item, *same, *numbers) if item else (*same, *numbers),
        refs=tuple(refs),
        quoted=tuple(headline for headline in quoted if tokens(headline)),
        serial=serial,
        slug=keys.slug(slugline) if slugline else _NO_SLUG,
        lone=False,
        textual=article.article.get("type") in (None, "text"),
        control=control,
        marked=wire.ordinal is not None or wire.action in MARKED,
    )
