"""A wire in miniature: articles as normalising leaves them, made from the few facts a test is about."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

import pytest

from writethru.records import Article, Evidence, Note, Ordinals, Provenance, RawMessage, Story, Wire, millis
from writethru.stories import Chained, StoryIndex

DAY = "2026-03-02"
Make = Callable[..., Article]


def make_article(
    name: str,
    *,
    at: str | None = "08:00",
    day: str = DAY,
    uri: str | None = None,
    version: str | None = None,
    slug: str | None = None,
    headline: str = "",
    body: str | None = None,
    action: Any = "new",
    lead: int | None = None,
    update: int | None = None,
    wrapup: int | None = None,
    replaces: tuple[str, ...] = (),
    targets: tuple[str, ...] = (),
    alt: tuple[tuple[str, str], ...] = (),
    agency: str = "meridian",
    digest: bool = False,
    complete: bool | None = None,
    type_: str = "text",
    note: str | None = None,
    kafka: str | None = None,
    status: str | None = None,
) -> Article:
    """`name` stands for the payload: the same name is the same item redelivered. Times are of one day unless told otherwise. `status` is
    one that the envelope gives and that is not usable."""
    id_ = sha256(name.encode()).hexdigest()[:32]
    time = None if at is None else f"{day}T{at}:00Z"
    item: dict[str, Any] = {"uri": uri or f"urn:writethru:article:{id_}", "type": type_, "language": "en", "pubStatus": status or "usable"}
    if headline:
        item["headlines"] = [{"value": headline}]
    text = f"Body of {name}." if body is None else body
    if text:
        item["bodies"] = [{"value": text, "contentType": "text/plain"}]
    item["by"] = "Ada Quill"
    if time:
        item["versionCreated"] = time
    optional = {"version": version, "slugline": slug, "edNote": note}
    item.update((key, value) for key, value in optional.items() if value is not None)
    if alt:
        item["altIds"] = [{"role": role, "value": value} for role, value in alt]
    ordinal = next((n for n in (lead, update, wrapup) if n is not None), None)
    notes = (Note("ADDS", "add", None, ("details",), (4,), "ADDS details in 4th para", "edNote", (0, 24)),)
    return Article(
        id=id_,
        rev=1,
        article=item,
        wire=Wire(
            agency=agency,
            action=action,
            ordinal=ordinal,
            ordinals=Ordinals(lead=lead, update=update, wrapup=wrapup),
            complete=complete,
            digest=digest,
            replaces=replaces,
            kill_targets=targets,
            notes=notes,
            evidence=(
                Evidence("headline", (0, 4), "evidence of " + name, "mark"),
                *([Evidence("status", (0, len(status)), status, "status")] if status else []),
            ),
        ),
        story=None,
        thread=None,
        provenance=Provenance(
            id_, "ninjs", "wire.raw", 0, 7, millis(kafka or f"{day}T23:59:59Z"),
            "2026-03-02T09:00:00Z", "0" * 64, "utf-8", None, (), "test",
        ),
        payload=RawMessage(b"raw " + name.encode(), "wire.raw", 0, 7, 0),
    )  # fmt: skip


@dataclass
class Desk:
    """An index, and all that came out of it: the newest record of every article and story, as a sink would hold them."""

    index: StoryIndex
    articles: dict[str, Article] = field(default_factory=dict)
    stories: dict[str, Story] = field(default_factory=dict)

    def take(self, *articles: Article) -> Chained:
        chained = self.index.apply(articles)
        for article in chained.articles:
            held = self.articles.get(article.id)
            if held is None or article.rev >= held.rev:
                self.articles[article.id] = article
        for story in chained.stories:
            held_story = self.stories.get(story.id)
            assert held_story is None or story.rev >= held_story.rev, "a story's revision fell"
            self.stories[story.id] = story
        return chained

    def one(self, article: Article) -> Article:
        """Takes one article and returns its own record."""
        return self.take(article).articles[0]

    def story_of(self, article: Article) -> Story:
        """The present story that holds the article."""
        (story,) = [story for story in self.stories.values() if any(version.id == article.id for version in story.versions)]
        return story

    def groups(self) -> set[frozenset[str]]:
        return {frozenset(version.id for version in story.versions) for story in self.stories.values() if story.versions}


@pytest.fixture(scope="session")
def make() -> Make:
    return make_article


@pytest.fixture
def desk() -> Desk:
    return Desk(StoryIndex("meridian"))


@pytest.fixture(scope="session")
def new_desk() -> Callable[..., Desk]:
    def new(agency: str = "meridian", **settings: Any) -> Desk:
        return Desk(StoryIndex(agency, **settings))

    return new
