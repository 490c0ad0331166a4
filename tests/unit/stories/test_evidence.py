"""Which story an article joins, and which it does not."""

from __future__ import annotations

import pytest

from writethru.records import millis

HEAD = "Harbour tunnel flooded, ferries take commuters"
HEAD_2 = "Flooded harbour tunnel shut for days, ferries take commuters"


def together(desk, *articles) -> bool:
    desk.take(*articles)
    return len(desk.groups()) == 1


# --- guid -----------------------------------------------------------------------------------------------------------------


def test_another_version_of_a_guid_is_the_same_story_whatever_it_says(make, desk):
    first = make("a", uri="urn:mer:1", version="1", headline=HEAD)
    second = desk.take(first, make("b", uri="urn:mer:1", version="2", headline="Nothing alike", day="2026-03-05")).articles[1]
    assert second.story.link.rule == "uri"
    assert second.story.supersedes == first.id
    assert len(desk.groups()) == 1


def test_the_story_id_comes_from_the_guid_and_not_from_who_came_first(make, new_desk):
    one, two = make("a", uri="urn:mer:1", version="1"), make("b", uri="urn:mer:1", version="2")
    assert new_desk().one(one).story.id == new_desk().one(two).story.id
    assert new_desk("other").one(one).story.id != new_desk().one(one).story.id


def test_uris_that_the_pipeline_made_tie_nothing(make, desk):
    assert not together(desk, make("a", uri="urn:writethru:article:0"), make("b", uri="urn:writethru:article:0", at="09:00"))


def test_a_newsml_urn_is_the_same_item_in_every_revision(make, desk):
    assert together(desk, make("a", uri="urn:newsml:mer.example:20260302:q1:1N"), make("b", uri="urn:newsml:mer.example:20260302:q1:2U"))


def test_an_item_id_among_the_alternative_ids_is_the_same_item(make, desk):
    assert together(desk, make("a", uri="urn:mer:1", alt=(("itemid", "9f3c"),)), make("b", uri="urn:mer:2", alt=(("itemid", "9f3c"),)))


def test_a_guid_that_is_no_uri_can_be_linked_to_as_the_provider_wrote_it(make, desk):
    first = make("a", uri="urn:writethru:meridian:HT%2F1", alt=(("provider", "HT/1"),))
    assert together(desk, first, make("b", uri="urn:writethru:meridian:HT%2F2", alt=(("provider", "HT/2"),), replaces=("HT/1",)))


# --- links ----------------------------------------------------------------------------------------------------------------


def test_a_link_by_guid_ties_two_items(make, desk):
    assert together(desk, make("a", uri="urn:mer:1"), make("b", uri="urn:mer:2", replaces=("urn:mer:1",)))
    assert desk.articles[make("b").id].story.link.rule == "link"


def test_a_link_to_an_item_that_comes_later_ties_it_then(make, desk):
    assert together(desk, make("b", uri="urn:mer:2", replaces=("urn:mer:1",)), make("a", uri="urn:mer:1"))


def test_two_leads_of_a_base_that_was_never_sent_are_one_story(make, desk):
    assert together(desk, make("b", uri="urn:mer:2", replaces=("urn:mer:1",)), make("c", uri="urn:mer:3", replaces=("urn:mer:1",)))


def test_a_transmission_number_ties_a_lead_to_what_it_replaces(make, desk):
    base = make("a", slug="AM-Tunnel,0400", alt=(("transmission", "a0713"),))
    lead = make("b", slug="AM-Ferries, 1st Ld-Writethru, a0713,0500", at="11:00", lead=1, action="update", replaces=("a0713",))
    assert together(desk, base, lead)


def test_the_same_number_two_days_later_is_another_item(make, desk):
    base = make("a", slug="AM-Tunnel,0400", alt=(("transmission", "a0713"),))
    lead = make("b", slug="AM-Ferries", day="2026-03-05", lead=1, action="update", replaces=("a0713",))
    assert not together(desk, base, lead)


def test_two_items_with_one_running_number_are_not_tied_by_it(make, desk):
    assert not together(desk, make("a", alt=(("number", "0157"),)), make("b", alt=(("number", "0157"),)))


def test_a_replaced_headline_named_in_the_note_is_a_link(make, desk):
    later = make("b", headline="Cable car back in service", replaces=(HEAD,), action="update", at="10:00")
    assert together(desk, make("a", headline=HEAD), later)


def test_a_replaced_headline_may_come_after_the_item_that_names_it(make, desk):
    later = make("b", headline="Cable car back in service", replaces=(HEAD,), action="update", at="10:00")
    assert together(desk, later, make("a", headline=HEAD))


# --- the agency's own story id --------------------------------------------------------------------------------------------


def test_a_serial_in_the_url_ties_versions_of_one_story(make, new_desk):
    desk = new_desk("yonhap")
    base = make("a", agency="yonhap", uri="https://en.yna.example/view/AEN20260302010200315")
    lead = make("b", agency="yonhap", uri="https://en.yna.example/view/AEN20260302010251315", lead=1, action="update", at="10:00")
    desk.take(base, lead)
    assert len(desk.groups()) == 1
    assert desk.articles[lead.id].story.link.rule == "story-id"
    desk.take(make("c", agency="yonhap", uri="https://en.yna.example/view/AEN20260302010300315"))
    assert len(desk.groups()) == 2


SERIALS = {
    "yonhap": (
        "https://en.yna.example/view/AEN20260302010200315",
        "https://en.yna.example/view/AEN20260302010251315",
        "https://en.yna.example/view/AEN20260303010200315",
    ),
    "ap": (
        "urn:publicid:ap.org:0123456789abcdef0123456789abcdef:0",
        "urn:publicid:ap.org:0123456789abcdef0123456789abcdef:1",
        "urn:publicid:ap.org:fedcba9876543210fedcba9876543210:0",
    ),
    "reuters": (
        "tag:reuters.com,2026:newsml_L8N3XA0QW:978556838",
        "tag:reuters.com,2026:newsml_L8N3XA0QW:1542761538",
        "tag:reuters.com,2027:newsml_L8N3XA0QX:978556838",
    ),
    "dpa": (
        "urn:newsml:dpa.com:20090101:260302-99-12345:1",
        "urn:newsml:dpa.com:20090101:260302-99-12345:2",
        "urn:newsml:dpa.com:20090101:270302-99-12345:1",
    ),
    "pa": (
        "0d2d6f5a-1111-4222-8333-944455556666HHH-13-1",
        "0d2d6f5a-1111-4222-8333-944455556666HHH-14-1",
        "0d2d6f5a-1111-4222-8333-944455556667HHH-13-1",
    ),
    "anp": ("ANPX-260302-041-v1", "ANPX-260302-041-v2", "ANPX-260303-041-v1"),
}


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
@pytest.mark.parametrize("agency", SERIALS)
def test_an_agencys_serial_ties_its_versions_and_no_other_day_of_it(make, new_desk, agency, order):
    times = ("08:00", "09:00", "10:00")
    items = [make(uri, agency=agency, uri=uri, headline=f"H {uri}", at=at) for uri, at in zip(SERIALS[agency], times, strict=True)]
    desk = new_desk(agency)
    desk.take(*[items[at] for at in order])
    assert desk.groups() == {frozenset({items[0].id, items[1].id}), frozenset({items[2].id})}


# --- slugs ----------------------------------------------------------------------------------------------------------------


def test_a_lead_joins_the_slug_of_the_day_across_cycles(make, desk):
    morning = make("a", slug="PM-Tunnel-Flood,0300", at="06:00")
    evening = make("b", slug="AM-Tunnel-Flood,0500", at="17:00")
    lead = make("c", slug="AM-Tunnel-Flood, 1st Ld-Writethru,0600", at="20:00", lead=1, action="update")
    assert together(desk, morning, evening, lead)
    assert desk.articles[lead.id].story.link.rule == "slug"


def test_the_same_slug_next_day_is_a_new_story(make, desk):
    assert not together(
        desk, make("a", slug="AM-Weather-Page", at="18:00"), make("b", slug="AM-Weather-Page", at="18:00", day="2026-03-03")
    )


def test_a_slug_used_every_twelve_hours_does_not_grow_into_one_endless_story(make, desk):
    days = [(day, at) for day in ("2026-03-02", "2026-03-03", "2026-03-04") for at in ("06:00", "18:00")]
    desk.take(*[make(day + at, slug="Tunnel-Flood", day=day, at=at) for day, at in days])
    assert len(desk.groups()) == 3


def test_a_first_lead_a_day_after_a_third_belongs_to_the_next_days_story(make, desk):
    third = make("a", slug="AM-Tunnel-Flood", at="20:00", lead=3, action="update")
    next_first = make("b", slug="AM-Tunnel-Flood", at="18:30", day="2026-03-03", lead=1, action="update")
    assert not together(desk, third, next_first)


def test_a_lead_needs_no_base(make, desk):
    assert together(
        desk, make("b", slug="Tunnel-Flood", lead=2, action="update"), make("c", slug="Tunnel-Flood", lead=3, action="update", at="09:00")
    )


def test_a_plain_item_under_a_one_word_slug_needs_a_word_in_common_too(make, desk):
    assert not together(
        desk, make("a", slug="football", headline="Rovers win away"), make("b", slug="football", headline="Town sack coach")
    )


def test_two_guids_under_one_slug_need_a_word_in_common_too(make, desk):
    first = make("a", uri="urn:mer:1", slug="harbour/tunnel", headline=HEAD)
    assert not together(desk, first, make("b", uri="urn:mer:2", slug="harbour/tunnel", headline="Budget vote put off"))
    assert together(desk, first, make("c", uri="urn:mer:3", slug="harbour/tunnel", headline=HEAD_2)) is False
    assert desk.articles[make("c").id].story.id == desk.articles[first.id].story.id


def test_alerts_under_the_agencys_word_for_alert_are_never_one_story(make, desk):
    desk.take(*[make(f"alert {n}", slug="تنبيه", action="alert", at=f"08:{n:02d}") for n in range(30)])
    assert len(desk.groups()) == 30


def test_an_item_without_time_is_not_parted_by_time(make, desk):
    assert together(desk, make("a", slug="Tunnel-Flood", at="08:00"), make("b", slug="Tunnel-Flood", at=None, lead=1, action="update"))


def test_items_without_time_are_not_parted_by_the_first_item_that_has_one(make, desk):
    first = make("a", slug="Tunnel-Flood", at=None)
    lead = make("b", slug="Tunnel-Flood", at=None, lead=1, action="update")
    desk.take(first, lead, make("p", at="08:19", type_="picture", uri="urn:mer:p"))
    assert desk.one(make("c", slug="Tunnel-Flood", at=None, lead=2, action="update")).story.supersedes == lead.id


def test_items_without_time_are_not_parted_by_the_clocks_next_step_however_long(make, desk):
    desk.take(make("old", at="08:00", day="2026-02-27", type_="picture", uri="urn:mer:o"))
    first = make("a", slug="Tunnel-Flood", at=None)
    desk.take(first, make("p", at="08:19", type_="picture", uri="urn:mer:p"))
    assert desk.one(make("b", slug="Tunnel-Flood", at=None, lead=1, action="update")).story.supersedes == first.id


def test_an_item_without_time_is_kept_as_long_as_the_first_that_has_one(make, desk):
    desk.take(make("a", slug="Tunnel-Flood", at=None), make("p", at="08:19", type_="picture", uri="urn:mer:p"))
    assert desk.index.evict(millis("2026-03-02T08:00:00Z")) == 0


def test_an_item_without_time_two_days_on_is_of_another_story(make, desk):
    desk.take(make("a", slug="Tunnel-Flood", at=None))
    for day in ("2026-03-02", "2026-03-03", "2026-03-04"):
        desk.take(make(day, day=day, type_="picture", uri="urn:mer:" + day))
    assert desk.one(make("b", slug="Tunnel-Flood", at=None, lead=1, action="update")).story.supersedes is None


# --- headlines ------------------------------------------------------------------------------------------------------------


def test_an_update_without_slug_joins_the_headline_it_rewrites(make, desk):
    desk.take(*[make(f"other {n}", headline=f"{word} shares rise in early trade") for n, word in enumerate(("Ship", "Steel", "Grain"))])
    base, update = make("a", headline=HEAD), make("b", headline=HEAD_2, update=1, action="update", at="09:30")
    desk.take(base, update)
    assert desk.articles[update.id].story.supersedes == base.id
    assert desk.articles[update.id].story.link.rule == "headline"


def test_a_plain_item_under_the_headline_of_another_one_tells_it_again(make, desk):
    assert not together(desk, make("a", headline=HEAD), make("b", headline=HEAD, at="09:00"))


def test_a_plain_item_of_the_moment_of_a_correction_is_not_its_base(make, desk):
    assert not together(desk, make("b", headline=HEAD, action="correction", at="09:30"), make("a", headline=HEAD, at="09:30"))


@pytest.mark.parametrize("at", ["09:30", "00:00"])
@pytest.mark.parametrize("order", [("base", "update"), ("update", "base")])
def test_an_update_of_its_base_s_moment_follows_it(make, desk, at, order):
    items = {"base": make("a", headline=HEAD, at=at), "update": make("b", headline=HEAD, update=1, action="update", at=at)}
    desk.take(*[items[name] for name in order])
    assert [version.id for version in desk.story_of(items["base"]).versions] == [items["base"].id, items["update"].id]


@pytest.mark.parametrize("order", [("base", "correction"), ("correction", "base")])
def test_where_times_are_bare_days_a_correction_without_a_number_finds_its_story(make, desk, order):
    items = {"base": make("a", headline=HEAD, at="00:00"), "correction": make("b", headline=HEAD, action="correction", at="00:00")}
    desk.take(*[items[name] for name in order])
    assert desk.story_of(items["base"]) == desk.story_of(items["correction"])


def test_the_base_that_comes_after_its_update_joins_it(make, desk):
    assert together(desk, make("b", headline=HEAD, update=1, action="update", at="09:30"), make("a", headline=HEAD, at="08:00"))


@pytest.mark.parametrize("order", [("base", "update", "again"), ("base", "again", "update"), ("again", "update", "base")])
def test_an_update_that_comes_late_is_not_of_what_tells_it_again_without_a_mark(make, desk, order):
    arriving = {
        "base": make("a", headline=HEAD, at="08:00"),
        "update": make("b", headline=HEAD_2, update=1, action="update", at="09:30"),
        "again": make("c", headline=HEAD_2, at="09:35"),
    }
    desk.take(*[arriving[name] for name in order])
    assert desk.story_of(arriving["update"]).count == 2
    assert desk.story_of(arriving["update"]) == desk.story_of(arriving["base"])


def test_the_same_headline_a_week_later_is_another_story(make, desk):
    assert not together(desk, make("a", headline=HEAD), make("b", headline=HEAD, update=1, action="update", day="2026-03-09"))


def test_an_unknown_agency_is_never_chained_by_slug_or_headline(make, new_desk):
    desk = new_desk("unknown")
    desk.take(
        make("a", agency="unknown", headline=HEAD, slug="Tunnel-Flood"),
        make("b", agency="unknown", headline=HEAD, slug="Tunnel-Flood", update=1, action="update"),
        make("c", agency="unknown", uri="urn:mer:1", headline="Other"),
        make("d", agency="unknown", uri="urn:mer:1", headline="Other", version="2"),
    )
    assert sorted(len(group) for group in desk.groups()) == [1, 1, 2]


@pytest.mark.parametrize("times", [(None, None), ("08:00", "08:20"), ("08:00", None), (None, "08:20")])
def test_the_plain_story_under_an_alerts_headline_is_what_the_alert_grew_into(make, desk, times):
    alert = make("a", headline=HEAD, action="alert", at=times[0])
    plain = make("b", headline=HEAD, at=times[1])
    place = desk.take(alert, plain).articles[1].story
    assert (place.supersedes, place.link.rule, place.action) == (alert.id, "headline", "new")


def test_an_alert_that_comes_after_its_plain_story_takes_its_place_before_it(make, desk):
    alert, plain = make("a", headline=HEAD, action="alert", at="08:00"), make("b", headline=HEAD, at="08:20")
    desk.take(plain, alert)
    assert [version.id for version in desk.story_of(plain).versions] == [alert.id, plain.id]


def test_a_plain_item_under_the_headline_of_an_alert_of_another_time_or_place_is_another_story(make, desk):
    desk.take(make("a", headline=HEAD, action="alert", at="08:00"))
    assert desk.one(make("b", headline=HEAD, at="18:00")).story.supersedes is None
    assert desk.one(make("c", headline="Harbour ferries flooded with tourists", at="08:10")).story.supersedes is None


def test_an_alert_under_the_headline_of_an_earlier_plain_story_is_another_one(make, desk):
    assert not together(desk, make("b", headline=HEAD, at="08:00"), make("a", headline=HEAD, action="alert", at="09:00"))


def test_an_extension_with_five_new_words_in_its_headline_is_still_found(make, desk):
    first = make("a", uri="urn:mer:1", headline="Quake of magnitude 7.1 shakes Lirian islands and sets off tsunami alert", at="18:39")
    longer = make(
        "b",
        uri="urn:mer:2",
        headline="Quake of magnitude 7.1 off Lirian islands leaves seven injured, damages hospital",
        action="update",
        at="20:04",
    )
    assert desk.take(first, longer).articles[1].story.supersedes == first.id


# --- what is never joined -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [{"digest": True}, {"action": "advisory"}])
def test_digests_and_advisories_stand_alone(make, desk, kind):
    base = make("a", slug="Tunnel-Flood", headline=HEAD, uri="urn:mer:1")
    assert not together(desk, base, make("b", slug="Tunnel-Flood", headline=HEAD, replaces=("urn:mer:1",), at="08:30", **kind))
    assert desk.one(make("c", slug="Tunnel-Flood", headline=HEAD, lead=1, action="update", at="09:00")).story.supersedes == base.id


def test_a_digest_is_followed_by_its_own_next_version(make, desk):
    assert together(desk, make("a", digest=True, uri="urn:mer:1", version="1"), make("b", digest=True, uri="urn:mer:1", version="2"))


def test_a_picture_is_tied_by_ids_and_links_alone(make, desk):
    text = make("a", uri="urn:mer:1", slug="Tunnel-Flood", headline=HEAD)
    desk.take(text, make("p", uri="urn:mer:p", slug="Tunnel-Flood", headline=HEAD, type_="picture", update=1, action="update"))
    assert len(desk.groups()) == 2
    desk.take(make("p2", uri="urn:mer:p", version="2", type_="picture"))
    assert sorted(len(group) for group in desk.groups()) == [1, 2]
    update = desk.one(make("b", headline=HEAD, slug="Tunnel-Flood", update=1, action="update", at="10:00"))
    assert update.story.id == desk.articles[text.id].story.id


# --- merging --------------------------------------------------------------------------------------------------------------


def test_a_link_between_two_stories_makes_them_one_under_the_earlier_opened(make, desk):
    first, second = make("a", uri="urn:mer:1"), make("b", uri="urn:mer:2", at="09:00")
    desk.take(first, second)
    survivor, absorbed = desk.articles[first.id].story.id, desk.articles[second.id].story.id
    chained = desk.take(make("c", uri="urn:mer:3", at="10:00", replaces=("urn:mer:1", "urn:mer:2")))
    assert desk.stories[absorbed].merged_into == survivor
    assert desk.stories[absorbed].versions == ()
    assert desk.stories[absorbed].status == "superseded"
    assert [version.id for version in desk.stories[survivor].versions] == [first.id, second.id, chained.articles[0].id]
    assert desk.one(make("d", uri="urn:mer:2", version="2", at="11:00")).story.id == survivor


def test_a_redelivered_member_of_a_merged_story_keeps_its_stored_place(make, desk):
    second = make("b", uri="urn:mer:2", at="09:00")
    desk.take(make("a", uri="urn:mer:1"))
    before = desk.one(second).story
    desk.take(make("c", uri="urn:mer:3", at="10:00", replaces=("urn:mer:1", "urn:mer:2")))
    assert desk.one(second).story == before


def test_a_story_that_is_merged_into_a_killed_one_is_killed(make, desk):
    innocent = make("b", uri="urn:mer:2", at="09:00")
    desk.take(make("a", uri="urn:mer:1"), innocent, make("k", uri="urn:mer:1", version="2", action="kill", at="09:30"))
    chained = desk.take(make("c", uri="urn:mer:3", at="10:00", replaces=("urn:mer:1", "urn:mer:2")))
    assert [article.id for article in chained.articles] == [make("c").id, innocent.id]
    assert all(article.article["pubStatus"] == "canceled" and not article.body for article in chained.articles)


def test_of_two_tellings_with_one_headline_the_update_joins_the_first(make, desk):
    first, second = make("a", headline=HEAD), make("b", headline=HEAD, at="08:30")
    desk.take(first, second)
    assert desk.one(make("c", headline=HEAD, update=1, action="update", at="09:30")).story.supersedes == first.id


def test_an_update_number_that_a_story_has_reached_belongs_to_the_other_one(make, desk):
    desk.take(make("a", headline=HEAD), make("a1", headline=HEAD, update=1, action="update", at="08:10"))
    other = make("b", headline=HEAD_2, at="08:30")
    desk.take(other)
    assert desk.one(make("b1", headline=HEAD_2, update=1, action="update", at="09:30")).story.supersedes == other.id
