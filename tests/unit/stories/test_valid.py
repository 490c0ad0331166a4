"""What is sent again is a valid article record."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from writethru.codec import article_from_json, article_json, story_from_json, story_json

NINJS = Path(__file__).resolve().parents[3] / "schemas/iptc/ninjs-schema_3.1.json"


@pytest.fixture
def emitted(make, desk):
    alt = (("number", "0157"),)
    desk.take(
        make("a", uri="urn:mer:1", version="1", slug="Tunnel-Flood", headline="Tunnel flooded", alt=alt, update=1, action="update"),
        make("h", uri="urn:mer:1", version="2", action="withhold", at="09:00", body="", note="Hold."),
        make("r", uri="urn:mer:1", version="3", action="release", at="10:00", body=""),
    )
    held = list(desk.articles.values())
    desk.take(
        make("k", uri="urn:mer:1", version="4", action="kill", at="11:00", note="Kill."),
        make("late", uri="urn:mer:1", version="0", at="07:00"),
    )
    return held + list(desk.articles.values()), list(desk.stories.values())


def test_redactions_and_releases_are_valid_ninjs(emitted):
    validator = Draft202012Validator(json.loads(NINJS.read_text()))
    for article in emitted[0]:
        validator.validate(article.article)


def test_what_is_emitted_survives_json(emitted):
    articles, stories = emitted
    for article in articles:
        again = article_from_json(article_json(article), article.payload)
        assert again == article
    for story in stories:
        assert story_from_json(story_json(story)) == story
