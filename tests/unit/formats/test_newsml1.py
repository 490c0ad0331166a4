"""NewsML 1: which element goes where, and which text is the story."""

from __future__ import annotations

import pytest

from writethru.formats import Limits, decode
from writethru.records import Item, ItemLink, ItemNote, NotAnArticle, ParseError, RawMessage

IDENTITY = (
    "<Identification><NewsIdentifier><ProviderId>harbour.example</ProviderId><DateId>20260311</DateId><NewsItemId>H-44</NewsItemId>"
    '<RevisionId PreviousRevision="0" Update="N">1</RevisionId><PublicIdentifier>urn:newsml:harbour.example:20260311:H-44:1'
    "</PublicIdentifier></NewsIdentifier></Identification>"
)
TEXT = '<ContentItem><MediaType FormalName="Text"/><DataContent><p>The wall held.</p><p>It rained.</p></DataContent></ContentItem>'
BODY = "The wall held.\n\nIt rained."
ROOM = {"width": 4000, "height": 3000}


def sent(document: str, limits: Limits = Limits()) -> list[Item | ParseError | NotAnArticle]:  # noqa: B008  # frozen
    return list(decode(RawMessage(document.encode(), "wire.raw", 0, 0, 0), None, limits).items)


def items(inside: str, envelope: str = "") -> list[Item]:
    found = sent(f'<?xml version="1.0"?><NewsML>{envelope and f"<NewsEnvelope>{envelope}</NewsEnvelope>"}{inside}</NewsML>')
    return [one for one in found if isinstance(one, Item)]


def item(
    component: str = TEXT,
    *,
    lines: str = "",
    management: str = "",
    meta: str = "",
    identity: str = IDENTITY,
    envelope: str = "",
    language: str = "",
) -> Item:
    lines = lines and f"<NewsLines>{lines}</NewsLines>"
    management = management and f"<NewsManagement>{management}</NewsManagement>"
    (found,) = items(
        f"<NewsItem{language}>{identity}{management}<NewsComponent>{lines}{meta}{component}</NewsComponent></NewsItem>", envelope
    )
    return found


def identity(revision: str, public: str = "", number: str = "H-44") -> str:
    public = public and f"<PublicIdentifier>{public}</PublicIdentifier>"
    return (
        f"<Identification><NewsIdentifier><ProviderId>harbour.example</ProviderId><DateId>20260311</DateId><NewsItemId>{number}"
        f"</NewsItemId>{revision}{public}</NewsIdentifier></Identification>"
    )


def picture(role: str, href: str) -> str:
    return (
        f'<NewsComponent><Role FormalName="{role}"/><ContentItem Href="{href}"><MediaType FormalName="Photo"/>'
        '<Format FormalName="image/jpeg"/>'
        '<Characteristics><Property FormalName="Width" Value="4000"/><Property FormalName="Height" Value="3000"/></Characteristics>'
        "</ContentItem></NewsComponent>"
    )


def caption(text: str) -> str:
    return (
        '<NewsComponent><Role FormalName="Caption"/><ContentItem><MediaType FormalName="Text"/>'
        f"<DataContent><p>{text}</p></DataContent></ContentItem></NewsComponent>"
    )


def part(role: str, text: str) -> str:
    return f'<NewsComponent><Role FormalName="{role}"/><ContentItem><DataContent><p>{text}</p></DataContent></ContentItem></NewsComponent>'


# --- identity -----------------------------------------------------------------------------------------------------------------


def test_ids_as_printed() -> None:
    found = item(envelope="<TransmissionId>0412</TransmissionId>")
    assert (found.uri, found.version) == ("urn:newsml:harbour.example:20260311:H-44:1", "1")
    assert found.alt_ids == ({"role": "NewsItemId", "value": "H-44"}, {"role": "transmission", "value": "0412"})


def test_an_id_is_built_where_the_provider_gives_its_parts_alone() -> None:
    found = item(identity=identity('<RevisionId PreviousRevision="1" Update="U">2</RevisionId>'))
    assert found.uri == "urn:newsml:harbour.example:20260311:H-44:2U"
    assert found.links == (ItemLink("prevVersion", "urn:newsml:harbour.example:20260311:H-44:1"),)
    assert found.signals == ("revision:U",)


def test_a_previous_revision_is_the_version_before() -> None:
    found = item(
        identity=identity('<RevisionId PreviousRevision="3" Update="N">4</RevisionId>', "urn:newsml:x.example:20260311:PH:DV:H-44:4")
    )
    assert found.version == "4"
    assert found.links == (ItemLink("prevVersion", "urn:newsml:x.example:20260311:PH:DV:H-44:3"),)


@pytest.mark.parametrize("previous", ['PreviousRevision="0"', "", 'PreviousRevision="4"'])
def test_a_previous_revision_of_nought_names_none_however_high_the_revision(previous: str) -> None:
    found = item(identity=identity(f'<RevisionId {previous} Update="N">4</RevisionId>'))
    assert (found.version, found.links) == ("4", ())


def test_a_public_id_that_drops_the_version_of_the_item_id() -> None:
    found = item(identity=identity("<RevisionId>2</RevisionId>", "urn:newsml:harbour.example:20260311:H-44:2", "H-44-v2"))
    assert found.uri == "urn:newsml:harbour.example:20260311:H-44:2"
    assert found.alt_ids == ({"role": "NewsItemId", "value": "H-44-v2"},)


def test_an_item_without_identity_has_none() -> None:
    found = item(identity="")
    assert (found.uri, found.version, found.alt_ids, found.body) == (None, None, (), BODY)


# --- management ---------------------------------------------------------------------------------------------------------------


def test_times_stand_as_printed() -> None:
    found = item(
        management="<FirstCreated>20260311T170000+0900</FirstCreated><ThisRevisionCreated>20260311T170512+0900</ThisRevisionCreated>",
        envelope="<DateAndTime>20260311T080000Z</DateAndTime>",
    )
    assert (found.first_created, found.version_created) == ("20260311T170000+0900", "20260311T170512+0900")


def test_the_time_of_transmission_stands_in_for_that_of_the_revision() -> None:
    assert item(envelope="<DateAndTime>20260311T080000Z</DateAndTime>").version_created == "20260311T080000Z"


@pytest.mark.parametrize(
    ("management", "envelope", "urgency"),
    [
        ('<Urgency FormalName="4"/>', "", 4),
        ("<Urgency>2</Urgency>", "", 2),
        ('<Urgency FormalName="R"/>', "", "R"),
        ("", '<Priority FormalName="9"/>', 9),
        ('<Urgency FormalName="3"/>', '<Priority FormalName="9"/>', 3),
        ('<Urgency FormalName=""/>', "", None),
        ('<Urgency FormalName="0"/>', "", None),
        ("", '<Priority FormalName="0"/>', None),
    ],
)
def test_urgency(management: str, envelope: str, urgency: int | str | None) -> None:
    assert item(management=management, envelope=envelope).urgency == urgency


def test_an_urgency_beyond_the_scale_is_named() -> None:
    assert item(management='<Urgency FormalName="11"/>').warnings == ("invalid_field:Urgency",)


def test_status_as_printed() -> None:
    assert item(management='<Status FormalName="Canceled"/>').status == "Canceled"
    assert item(management="<Status>Withheld</Status>").status == "Withheld"


def test_what_will_be_usable_is_under_embargo_until_then() -> None:
    found = item(
        management='<Status FormalName="Embargoed"/><StatusWillChange><FutureStatus FormalName="Usable"/>'
        "<DateAndTime>20260312T060000+0100</DateAndTime></StatusWillChange>"
    )
    assert (found.status, found.embargoed) == ("Embargoed", "20260312T060000+0100")


def test_what_will_be_cancelled_expires() -> None:
    change = '<StatusWillChange><FutureStatus FormalName="Canceled"/><DateAndTime>%s</DateAndTime></StatusWillChange>'
    assert item(management=change % "20260312T060000+0100").extra == {"expires": "2026-03-12T06:00:00+01:00"}
    assert item(management=change % "20260312T060000").warnings == ("invalid_field:StatusWillChange",)
    assert item(management=change % "20260230T060000Z").warnings == ("invalid_field:StatusWillChange",)


def test_instructions_are_signals_and_say_what_becomes_of_earlier_revisions() -> None:
    found = item(
        management='<Instruction FormalName="Correction"><RevisionStatus Revision="2"><Status FormalName="Canceled"/></RevisionStatus>'
        '</Instruction><Instruction FormalName="Rectify"><RevisionStatus><Status FormalName="Withheld"/></RevisionStatus></Instruction>'
    )
    assert found.signals == ("instruction:Correction", "instruction:Rectify")
    assert found.links == (
        ItemLink("revisionStatus:Canceled", "urn:newsml:harbour.example:20260311:H-44:2"),
        ItemLink("revisionStatus:Withheld", "urn:newsml:harbour.example:20260311:H-44"),
    )


def test_ties_to_other_items() -> None:
    found = item(
        management='<RevisionHistory Href="history.xml"/><DerivedFrom NewsItem="urn:newsml:harbour.example:20260310:H-9:1"/>'
        '<AssociatedWith NewsItem="urn:newsml:harbour.example:20260311:P-1" FormalName="Photo"/><AssociatedWith FormalName="Video"/>'
        '<AssociatedWith NewsItem="harbour.example:20260311:H-2"/>'
    )
    assert found.links == (
        ItemLink("revisionHistory", "history.xml"),
        ItemLink("derivedFrom", "urn:newsml:harbour.example:20260310:H-9:1"),
        ItemLink("associatedWith", "urn:newsml:harbour.example:20260311:P-1"),
        ItemLink("associatedWith", "harbour.example:20260311:H-2"),
    )
    assert found.extra["associations"][1] == {
        "name": "Photo",
        "uri": "urn:newsml:harbour.example:20260311:P-1",
        "rel": "associatedWith",
        "type": "picture",
    }


def test_an_alert_is_a_genre_and_news_is_none() -> None:
    assert item(management='<NewsItemType FormalName="Alert"/>').genres == ({"name": "Alert"},)
    assert item(management='<NewsItemType FormalName="News"/>').genres == ()


def test_a_property_of_management_may_be_a_note() -> None:
    found = item(management='<Property FormalName="EditorialNote" Value="Will be updated"/><Property FormalName="Desk" Value="INT"/>')
    assert found.notes == (ItemNote("edNote[0]", "Will be updated", "EditorialNote"),)


# --- lines --------------------------------------------------------------------------------------------------------------------


def test_lines() -> None:
    found = item(
        lines="<HeadLine>Tide wall\n   holds</HeadLine><SubHeadLine>Town dry</SubHeadLine><ByLine>By Ana Vance</ByLine>"
        "<ByLine>Tom Reeve</ByLine><ByLineTitle>Staff</ByLineTitle><CreditLine>Harbour/AFP</CreditLine>"
        "<CopyrightLine>(c) Harbour</CopyrightLine><RightsLine>No resale</RightsLine>"
        "<SeriesLine>Tides</SeriesLine><SlugLine>ELLERY-TIDE</SlugLine>"
        "<KeywordLine>Tides; walls</KeywordLine>"
    )
    assert (found.headline, found.slug, found.byline) == ("Tide wall holds", "ELLERY-TIDE", "By Ana Vance, Tom Reeve")
    assert found.providers == ("harbour.example", "Harbour/AFP")
    assert found.usage_terms == "No resale"
    assert found.subjects == ({"name": "Tides"}, {"name": "walls"})
    assert found.extra == {
        "copyrightNotice": "(c) Harbour",
        "headlines": [{"role": "subhead", "value": "Town dry"}],
        "descriptions": [{"role": "series", "value": "Tides"}],
    }
    assert found.warnings == ()


def line(kind: str, text: str) -> str:
    return f'<NewsLine><NewsLineType FormalName="{kind}"/><NewsLineText>{text}</NewsLineText></NewsLine>'


def test_an_advisory_line_is_a_note_to_editors() -> None:
    found = item(lines=line("AdvisoryLine", "UPDATES throughout, ADDS quotes") + line("ProductLine", "(Picture+Video)"))
    assert found.notes == (
        ItemNote("edNote[0]", "UPDATES throughout, ADDS quotes", "AdvisoryLine"),
        ItemNote("edNote[1]", "(Picture+Video)", "ProductLine"),
    )
    assert found.usage_terms is None


@pytest.mark.parametrize(
    "text",
    [
        "RESTRICTED TO EDITORIAL USE. NO USE WITH UNAUTHORIZED AUDIO.",
        "NO USE IN BETTING",
        "RESTRICTED TO EDITORIAL USE - MANDATORY CREDIT &quot;AFP PHOTO&quot;",
        "USAGE ÉDITORIAL UNIQUEMENT",
        "--- NO ARCHIVES ---",
    ],
)
def test_an_advisory_line_is_a_restriction_of_use(text: str) -> None:
    found = item(lines=line("AdvisoryLine", text))
    assert found.notes == ()
    assert found.usage_terms == text.replace("&quot;", '"')


def test_an_advisory_line_may_be_both() -> None:
    text = "ADDS quotes /// RESTRICTED TO EDITORIAL USE"
    found = item(lines=line("AdvisoryLine", text))
    assert ([note.text for note in found.notes], found.usage_terms) == ([text], text)


@pytest.mark.parametrize("text", ["UPDATES with restrictions on use of water", "No casualties now, CORRECTS lead", "ADDS no use of force"])
def test_an_advisory_line_that_speaks_of_restrictions_is_none(text: str) -> None:
    found = item(lines=line("AdvisoryLine", text))
    assert (len(found.notes), found.usage_terms) == (1, None)


def test_lines_of_other_kinds() -> None:
    found = item(
        lines=line("CopyrightLine", "(c) 2026") + line("Usage Restrictions", "Not in Norvania") + line("Gallery URL", "http://x.example/1")
    )
    assert found.extra == {"copyrightNotice": "(c) 2026", "descriptions": [{"role": "Gallery URL", "value": "http://x.example/1"}]}
    assert found.usage_terms == "Not in Norvania"


def test_a_label_stands_in_for_the_slug_and_never_for_the_headline() -> None:
    labelled = IDENTITY.replace("</Identification>", "<NameLabel>Ellery-tide</NameLabel></Identification>")
    found = item(identity=labelled)
    assert (found.headline, found.slug, found.extra) == ("", "Ellery-tide", {})
    found = item(identity=labelled, lines="<SlugLine>ELLERY-TIDE</SlugLine>")
    assert (found.headline, found.slug, found.extra) == ("", "ELLERY-TIDE", {"title": "Ellery-tide"})


def test_a_name_with_initials_in_the_slug_line_is_the_authors() -> None:
    found = item(lines="<SlugLine>Joris Veldkamp (jvk)</SlugLine>")
    assert (found.slug, found.byline) == ("", "Joris Veldkamp")
    assert found.notes == (ItemNote("edNote[0]", "jvk", "closingline"),)


@pytest.mark.parametrize("slug", ["USA-WEATHER/ (UPDATE 1, PIX)", "Ellery harbour", "Tide wall (LEAD)", "URGENT"])
def test_other_slug_lines_stay(slug: str) -> None:
    assert item(lines=f"<SlugLine>{slug}</SlugLine>").slug == slug


def test_a_second_slug_line_is_read_for_marks() -> None:
    found = item(lines="<SlugLine>ELLERY-TIDE</SlugLine><SlugLine>URGENT</SlugLine>")
    assert (found.slug, found.notes) == ("ELLERY-TIDE", (ItemNote("SlugLine.take_key", "URGENT"),))


def test_a_keyword_line_in_capitals_is_read_for_marks_and_one_to_users_is_no_subject() -> None:
    found = item(lines="<KeywordLine>ATTENTION USERS</KeywordLine><KeywordLine>TIDES</KeywordLine>")
    assert found.notes == (ItemNote("KeywordLine.take_key", "ATTENTION USERS"), ItemNote("KeywordLine.take_key", "TIDES"))
    assert found.subjects == ({"name": "TIDES"},)


def test_a_headline_of_digits_is_a_number() -> None:
    found = item(lines="<HeadLine>569697</HeadLine>")
    assert (found.headline, found.alt_ids[1]) == ("", {"role": "headline", "value": "569697"})


def test_further_headlines_are_kept() -> None:
    found = item(lines='<HeadLine xml:lang="en">Wall holds</HeadLine><HeadLine xml:lang="fr">La digue tient</HeadLine>')
    assert (found.headline, found.extra) == ("Wall holds", {"headlines": [{"value": "La digue tient"}]})


def test_a_headline_at_the_head_of_the_text_is_left_out() -> None:
    assert item(lines="<HeadLine>The wall held.</HeadLine>").body == "It rained."


# --- dateline and place -------------------------------------------------------------------------------------------------------

ORIGIN = (
    '<DescriptiveMetadata><Location HowPresent="Origin"><Property FormalName="Country" Value="FRA"/>'
    '<Property FormalName="City" Value="Paris"/></Location></DescriptiveMetadata>'
)


@pytest.mark.parametrize(
    ("dateline", "body", "located"),
    [
        ("Port Ellery, March 11, 2026 (AFP) -", "Port Ellery, March 11, 2026 (AFP) - " + BODY, ""),
        ("Port Ellery (Harbour)", "Port Ellery (Harbour) - " + BODY, ""),
        ("PORT ELLERY, March 11. /Harbour/.", "PORT ELLERY, March 11. /Harbour/. - " + BODY, ""),
        ("ROUND BAY, Norvania", BODY, "ROUND BAY, Norvania"),
        ("The wall", BODY, ""),
    ],
)
def test_a_dateline_of_its_own_is_printed_before_the_copy(dateline: str, body: str, located: str) -> None:
    found = item(lines=f"<DateLine>{dateline}</DateLine>")
    assert (found.body, found.located) == (body, located)


def test_copy_that_opens_with_its_dateline_keeps_it_alone() -> None:
    text = "<ContentItem><DataContent>ELLERY, March 11 (AFP) - The wall held.</DataContent></ContentItem>"
    assert item(text, lines="<DateLine>ELLERY, March 11 (AFP) -</DateLine>").body == "ELLERY, March 11 (AFP) - The wall held."


def test_copy_that_opens_with_the_signature_is_the_second_half_of_its_dateline() -> None:
    text = "<ContentItem><DataContent>(BUSINESS WIRE)--The wall held.</DataContent></ContentItem>"
    found = item(text, lines="<DateLine>ROUND BAY, Norvania</DateLine>")
    assert (found.body, found.located) == ("ROUND BAY, Norvania (BUSINESS WIRE)--The wall held.", "")


def test_the_place_of_the_envelope_counts_where_the_copy_names_none() -> None:
    dated = "<ContentItem><DataContent>SENDAI, Japan, March 11 Kyodo - The wall held.</DataContent></ContentItem>"
    assert item(meta=ORIGIN).located == "Paris"
    assert item(dated, meta=ORIGIN).located == ""
    assert item(meta=ORIGIN).places == (
        {"uri": "http://cvx.iptc.org/iso3166-1a3/FRA", "rel": "Origin"},
        {"name": "Paris", "rel": "Origin"},
    )


# --- metadata -----------------------------------------------------------------------------------------------------------------


def administrative(provider: str = "", creator: str = "", source: str = "") -> str:
    parties = {"Provider": provider, "Creator": creator, "Source": source}
    inside = "".join(f'<{tag}><Party FormalName="{name}"/></{tag}>' for tag, name in parties.items() if name)
    return f"<AdministrativeMetadata><FileName>x</FileName>{inside}</AdministrativeMetadata>"


def test_the_provider_comes_before_its_host_and_the_source_is_kept_apart() -> None:
    found = item(meta=administrative("Harbour Wire", source="Dock News"))
    assert found.providers == ("Harbour Wire", "harbour.example")
    assert found.extra == {"infoSources": [{"name": "Dock News"}]}


def test_who_sent_it_provides_it_where_nobody_else_does() -> None:
    assert item(identity="", envelope='<SentFrom><Party FormalName="EFE"/></SentFrom>').providers == ("EFE",)
    assert item(identity="", meta=administrative(source="Dock News")).providers == ("Dock News",)


@pytest.mark.parametrize(
    ("creator", "byline"),
    [
        ("Mira Oduya with Jonas Beck in Halvern ", "Mira Oduya with Jonas Beck in Halvern"),
        ("SAID KARAM", "SAID KARAM"),
        ("AFP", ""),
        ("Harbour Wire", ""),
        ("Harbour Wire desk", ""),
        ("mkoster", ""),
    ],
)
def test_a_creator_with_a_name_is_the_author(creator: str, byline: str) -> None:
    assert item(meta=administrative("Harbour Wire", creator)).byline == byline


@pytest.mark.parametrize("initials", ["gr/bp", "daa/mt/msr"])
def test_initials_are_a_sign_off_which_stands_below_the_copy_once(initials: str) -> None:
    signed = f"{BODY}\n\n{initials}"
    found = item(meta=administrative("Agencia EFE", initials))
    assert (found.byline, found.body, found.notes) == ("", signed, ())
    assert item(TEXT.replace("</DataContent>", f"<p>{initials}</p></DataContent>"), lines=f"<ByLine>{initials}</ByLine>").body == signed


def test_initials_that_nothing_else_tells_are_a_note() -> None:
    found = item(lines="<ByLine>str</ByLine>")
    assert (found.byline, found.body, found.notes) == ("", BODY, (ItemNote("edNote[0]", "str", "closingline"),))


def test_descriptive_metadata() -> None:
    found = item(
        meta='<DescriptiveMetadata><Language FormalName="nl-nl"/><Genre FormalName="Update"/>'
        '<SubjectCode><Subject FormalName="16000000" cat="WAR"/><SubjectMatter FormalName="Tides" Scheme="HarbourTopics"/>'
        '<SubjectDetail FormalName="Walls"/></SubjectCode><SubjectCode><Subject FormalName="11000000" cat="WAR"/></SubjectCode>'
        '<OfInterestTo FormalName="EUW"/><DateLineDate>20260311T080000Z</DateLineDate>'
        '<Property FormalName="Keyword" Value=" MENA "/><Property FormalName="Keyword" Value="Ines Marlow" Role="PersonInImage"/>'
        '<Property FormalName="Event" Value="Ellery regatta"/><Property FormalName="GeneratorSoftware" Value="x"/></DescriptiveMetadata>'
    )
    assert (found.language, found.genres) == ("nl-nl", ({"name": "Update"},))
    assert found.subjects == (
        {"uri": "http://cv.iptc.org/newscodes/subjectcode/16000000"},
        {"literal": "WAR"},
        {"uri": "HarbourTopics:Tides"},
        {"name": "Walls"},
        {"uri": "http://cv.iptc.org/newscodes/subjectcode/11000000"},
        {"name": "MENA"},
    )
    assert found.extra == {"people": [{"name": "Ines Marlow"}], "events": [{"name": "Ellery regatta"}]}
    assert found.warnings == ()


def test_topics_are_looked_up_in_the_documents_own_vocabulary() -> None:
    topics = (
        '<TopicSet><Topic Duid="t1"><TopicType FormalName="Person"/><FormalName Scheme="x">marlow</FormalName><Description>Ines Marlow'
        '</Description></Topic><Topic Duid="t2"><TopicType FormalName="Theme"/><FormalName>tides</FormalName></Topic></TopicSet>'
    )
    occurrences = "".join(f'<TopicOccurrence Topic="#t{number}"/>' for number in (1, 2, 3))
    inside = f"<NewsItem><NewsComponent><DescriptiveMetadata>{occurrences}</DescriptiveMetadata>{TEXT}</NewsComponent></NewsItem>"
    (found,) = items(topics + inside)
    assert (found.extra, found.subjects) == ({"people": [{"name": "Ines Marlow"}]}, ({"name": "tides"},))


def test_rights() -> None:
    found = item(
        meta="<RightsMetadata><Copyright><CopyrightHolder>Harbour</CopyrightHolder><CopyrightDate>2026</CopyrightDate></Copyright>"
        "<UsageRights><UsageType>Print</UsageType><Geography>Norvania</Geography></UsageRights></RightsMetadata>"
    )
    assert (found.extra, found.usage_terms) == ({"copyrightHolder": "Harbour"}, "Print. Norvania")


def test_languages_of_the_item_and_of_its_markup_stand_in() -> None:
    spoken = '<ContentItem><DataContent><html lang="da"><body><p>Digen holdt.</p></body></html></DataContent></ContentItem>'
    assert item(language=' xml:lang="en"').language == "en"
    assert item(spoken).language == "da"
    assert item().language is None


def test_a_sub_headline_that_is_the_slug_is_no_headline() -> None:
    found = item(lines="<HeadLine>Wall holds</HeadLine><SubHeadLine>ELLERY-TIDE</SubHeadLine><SlugLine>ELLERY-TIDE</SlugLine>")
    assert (found.slug, found.extra) == ("ELLERY-TIDE", {})


def test_an_unknown_element_is_named() -> None:
    assert item(management="<ShoeSize>44</ShoeSize>").warnings == ("unknown_field:ShoeSize",)


# --- items --------------------------------------------------------------------------------------------------------------------


def test_every_item_of_a_document_and_those_inside_others() -> None:
    inner = f"<NewsItem>{identity('<RevisionId>1</RevisionId>', number='H-2')}<NewsComponent>{TEXT}</NewsComponent></NewsItem>"
    outer = (
        f"<NewsItem>{identity('<RevisionId>1</RevisionId>', number='H-1')}<NewsComponent>"
        "<NewsLines><HeadLine>Package</HeadLine></NewsLines>"
        f'<NewsComponent>{inner}</NewsComponent><NewsComponent><NewsItemRef NewsItem="urn:newsml:x:1:2"/></NewsComponent>'
        "</NewsComponent></NewsItem>"
    )
    last = f"<NewsItem>{identity('<RevisionId>1</RevisionId>', number='H-3')}<NewsComponent>{TEXT}</NewsComponent></NewsItem>"
    package, story, third = items(outer + last)
    assert [one.alt_ids[0]["value"] for one in (package, story, third)] == ["H-1", "H-2", "H-3"]
    assert (package.type, package.headline, package.body) == ("composite", "Package", "")
    assert package.links == (ItemLink("itemRef", "urn:newsml:x:1:2"),)
    assert (story.type, story.headline, story.body) == ("text", "", BODY)


def test_an_item_inside_another_is_referred_to_by_its_id() -> None:
    inner = f"<NewsItem>{IDENTITY}<NewsComponent>{TEXT}</NewsComponent></NewsItem>"
    package, _ = items(f"<NewsItem><NewsComponent>{inner}</NewsComponent></NewsItem>")
    ident = "urn:newsml:harbour.example:20260311:H-44:1"
    assert package.links == (ItemLink("itemRef", ident),)
    assert package.extra == {"associations": [{"name": ident, "uri": ident}]}


def test_an_item_without_root_and_one_in_the_standards_namespace() -> None:
    alone = f"<NewsItem>{IDENTITY}<NewsComponent>{TEXT}</NewsComponent></NewsItem>"
    (found,) = sent(alone)
    (named,) = sent(f'<NewsML xmlns="http://iptc.org/std/NewsML/2003-10-10/">{alone}</NewsML>')
    assert isinstance(found, Item)
    assert found == named
    assert found.body == BODY


def test_vocabularies_and_empty_documents_are_no_articles() -> None:
    with pytest.raises(NotAnArticle, match="TopicSet"):
        sent("<NewsML><NewsItem><TopicSet/></NewsItem></NewsML>")
    with pytest.raises(NotAnArticle, match="without items"):
        sent("<NewsML><NewsEnvelope/></NewsML>")


def test_too_many_items() -> None:
    with pytest.raises(ParseError, match="too_large"):
        sent("<NewsML>" + "<NewsItem/>" * 11 + "</NewsML>", Limits(items=10))


def test_an_update_holds_its_changes_alone() -> None:
    found = items(
        f'<NewsItem>{IDENTITY}<Update NewsItem="urn:newsml:harbour.example:20260311:H-40:1">'
        '<Replace DuidRef="a"><HeadLine>Wall held</HeadLine></Replace>'
        '<InsertAfter DuidRef="b"><p>It snowed.</p></InsertAfter></Update></NewsItem>'
    )
    assert (found[0].headline, found[0].body) == ("Wall held", "It snowed.")
    assert found[0].links == (ItemLink("prevVersion", "urn:newsml:harbour.example:20260311:H-40:1"),)
    assert found[0].signals == ("revision:U",)


def test_an_empty_item_that_is_cancelled_is_still_one() -> None:
    found = items(f'<NewsItem>{IDENTITY}<NewsManagement><Status FormalName="Canceled"/></NewsManagement></NewsItem>')
    assert [(one.type, one.status, one.body) for one in found] == [("text", "Canceled", "")]


# --- components ---------------------------------------------------------------------------------------------------------------


def test_the_story_is_the_text_in_the_main_role() -> None:
    found = item(part("Sidebar", "Tides explained.") + part("Main", "The wall held."))
    assert (found.type, found.body, found.warnings) == ("text", "The wall held.", ("unread_body:sidebar",))


def test_title_lead_and_body_in_components_of_their_own() -> None:
    found = item(part("Title", "Wall holds") + part("Lead", "The wall held.") + part("Body", "It rained."))
    assert (found.headline, found.body, found.warnings) == ("Wall holds", BODY, ())
    assert item(part("Lead", "The wall held.") + part("Body", "The wall held. It rained.")).body == "The wall held. It rained."


def test_texts_beside_the_story() -> None:
    found = item(part("Body", "The wall held.") + part("Contact", "Ana Vance, +999 555") + part("Summary", "Wall fine."))
    assert found.body == "The wall held."
    assert found.notes == (ItemNote("edNote[0]", "Ana Vance, +999 555", "contacts"),)
    assert found.extra == {"descriptions": [{"role": "summary", "value": "Wall fine."}]}


def test_of_equivalent_components_the_richest_and_of_renderings_too() -> None:
    plain = "<ContentItem><DataContent>The wall held.</DataContent></ContentItem>"
    marked = "<ContentItem><DataContent><p>The wall</p><p>held.</p></DataContent></ContentItem>"
    remote = '<ContentItem Href="story.xml"><MediaType FormalName="Text"/></ContentItem>'
    both = f"<NewsComponent>{plain}</NewsComponent><NewsComponent>{marked}</NewsComponent>"
    assert item(f'<NewsComponent EquivalentsList="yes">{both}</NewsComponent>').body == "The wall\n\nheld."
    assert item(remote + plain + marked).body == "The wall\n\nheld."
    assert item(both).body == "The wall held."


def test_a_picture_in_the_main_role_is_the_item() -> None:
    found = item(caption("Waves at the wall.") + picture("main", "wall.jpg"))
    assert (found.type, found.body) == ("picture", "")
    assert found.extra == {
        "renditions": [{"name": "main", "title": "wall.jpg", "contentType": "image/jpeg", **ROOM}],
        "descriptions": [{"role": "caption", "value": "Waves at the wall."}],
    }


def test_pictures_beside_a_story_are_associations_with_their_captions() -> None:
    held = (
        "<NewsComponent><NewsLines><HeadLine>Wall</HeadLine><ByLine>Ana Vance</ByLine></NewsLines>"
        + caption("Waves.")
        + picture("Preview", "http://x.example/p.jpg")
        + picture("Thumbnail", "http://x.example/t.jpg")
        + "</NewsComponent>"
    )
    found = item(part("Main", "The wall held.") + held, lines="<HeadLine>Wall holds</HeadLine>")
    assert (found.type, found.headline) == ("text", "Wall holds")
    assert found.extra["associations"] == [
        {
            "name": "picture1",
            "uri": "http://x.example/p.jpg",
            "type": "picture",
            "headlines": [{"value": "Wall"}],
            "by": "Ana Vance",
            "descriptions": [{"role": "caption", "value": "Waves."}],
            "renditions": [
                {"name": "preview", "href": "http://x.example/p.jpg", "contentType": "image/jpeg", **ROOM},
                {"name": "thumbnail", "href": "http://x.example/t.jpg", "contentType": "image/jpeg", **ROOM},
            ],
        }
    ]


def test_pictures_side_by_side_with_the_story_have_their_captions_in_order() -> None:
    found = item(part("Main", "The wall held.") + picture("Photo", "a.jpg") + caption("One.") + picture("Photo", "b.jpg") + caption("Two."))
    assert [(one["name"], one["descriptions"][0]["value"], one["renditions"][0]["title"]) for one in found.extra["associations"]] == [
        ("picture1", "One.", "a.jpg"),
        ("picture2", "Two.", "b.jpg"),
    ]
    assert len({one["uri"] for one in found.extra["associations"]}) == 2


def test_a_video_whose_first_file_is_a_picture_of_it() -> None:
    files = (
        '<ContentItem Href="http://x.example/t.jpg"><MimeType FormalName="image/jpeg"/></ContentItem>'
        '<ContentItem Href="http://x.example/v.mp4"><MimeType FormalName="video/mp4"/></ContentItem>'
    )
    video = f'<NewsComponent><Role FormalName="Video"/>{files}</NewsComponent>'
    (found,) = item(part("Body", "The wall held.") + video).extra["associations"]
    assert (found["type"], [one["name"] for one in found["renditions"]]) == ("video", ["r00", "r01"])


def test_a_caption_without_a_picture_is_a_description() -> None:
    found = item(part("Main", "The wall held.") + caption("Waves."))
    assert found.extra == {"descriptions": [{"role": "caption", "value": "Waves."}]}


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        ('<ContentItem Href="x"><MediaType FormalName="Video"/></ContentItem>', "video"),
        ('<ContentItem Href="x"><MediaType FormalName="Graphic"/></ContentItem>', "graphic"),
        ('<ContentItem Href="x"><MimeType FormalName="audio/mpeg"/></ContentItem>', "audio"),
        ('<ContentItem Href="x"><Format FormalName="JPEG Baseline"/></ContentItem>', "picture"),
        ('<ContentItem Href="x.PNG"/>', "picture"),
        ('<ContentItem Href="x"><MimeType FormalName="text/css"/></ContentItem>', "text"),
        ('<ContentItem Href="x"/>', "text"),
    ],
)
def test_types(content: str, kind: str) -> None:
    assert item(content).type == kind


# --- text ---------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "data",
    [
        "<p>The wall held.</p><p>It rained.</p>",
        "The wall held.\r\n\r\nIt rained.\r\n",
        "<![CDATA[<p>The wall held.</p><p>It rained.</p>]]>",
        "&lt;p&gt;The wall held.&lt;/p&gt;&lt;p&gt;It rained.&lt;/p&gt;",
        '<html xmlns="http://www.w3.org/1999/xhtml"><head><title>T</title></head><body><p>The wall held.</p><p>It rained.</p></body>'
        "</html>",
        "<nitf><body><body.content><p>The wall held.</p><p>It rained.</p></body.content></body></nitf>",
        "<body.content><p>The wall held.</p><p>It rained.</p></body.content>",
        "<![CDATA[<?xml version='1.0'?><nitf><head><title>T</title></head><body><body.content><p>The wall held.</p><p>It rained.</p>"
        "</body.content></body></nitf>]]>",
        "<![CDATA[<nitf><body><body.content><p>The wall held.<p>It rained.</body.content></body></nitf>]]>",
        "<![CDATA[The wall held.<br/><br/>It rained.]]>",
    ],
)
def test_data_in_every_wrapping(data: str) -> None:
    assert item(f"<ContentItem><DataContent>{data}</DataContent></ContentItem>").body == BODY


def test_a_bracket_is_no_markup() -> None:
    assert (
        item("<ContentItem><DataContent>Dock &lt;DCK.N&gt; rose, 3 &lt; 4.</DataContent></ContentItem>").body == "Dock <DCK.N> rose, 3 < 4."
    )


def encoded(inner: str, notation: str = "base64", mime: str = "text/plain") -> Item:
    return item(f'<ContentItem><MimeType FormalName="{mime}"/><Encoding Notation="{notation}">{inner}</Encoding></ContentItem>')


def test_encoded_text() -> None:
    assert encoded("<DataContent>VGhlIHdhbGwgaGVsZC4=</DataContent>").body == "The wall held."
    assert encoded("<DataContent>PHA+VGhlIHdhbGw8L3A+PHA+aGVsZC48L3A+</DataContent>", mime="text/html").body == "The wall\n\nheld."
    assert encoded("<DataContent>RGlnZW4gaG9sZHQg5Q==</DataContent>", mime="text/plain; charset=iso-8859-1").body == "Digen holdt å"
    assert encoded("<DataContent>The =\nwall held.</DataContent>", "quoted-printable").body == "The wall held."
    twice = '<Encoding Notation="base64"><DataContent>VkdobElIZGhiR3dnYUdWc1pDND0=</DataContent></Encoding>'
    assert encoded(twice).body == "The wall held."


@pytest.mark.parametrize(("notation", "data"), [("base64", "VGh"), ("uuencode", "xyz"), ("", "VGhl")])
def test_an_encoding_that_is_not_read_is_named(notation: str, data: str) -> None:
    found = encoded(f"<DataContent>{data}</DataContent>", notation)
    assert (found.body, found.warnings) == ("", ("unread_body:Encoding",))


def test_tables_stand_apart() -> None:
    table = "<p>Score:</p><table><tr><td>Ellery</td><td>2</td></tr><tr><td>Halvern</td><td>1</td></tr></table><p>Full time.</p>"
    found = item(f"<ContentItem><DataContent>{table}</DataContent></ContentItem>")
    assert (found.body, found.tables) == ("Score:\n\nFull time.", ("Ellery\t2\nHalvern\t1",))


def test_nitf_inside_gives_what_the_envelope_lacks() -> None:
    nitf = (
        '<nitf baselang="es"><head><docdata><key-list><keyword key="TEMPORAL"/></key-list></docdata></head><body><body.head><hedline>'
        "<hl1>El muro aguanta</hl1></hedline><byline>Ana Vance</byline><dateline><story.date>20260311T125900+0000</story.date></dateline>"
        "<abstract><p>El muro.</p></abstract></body.head><body.content><p>El muro.</p><p>Llueve.</p></body.content></body></nitf>"
    )
    found = item(f"<ContentItem><DataContent>{nitf}</DataContent></ContentItem>")
    assert (found.headline, found.slug, found.byline, found.language) == ("El muro aguanta", "TEMPORAL", "Ana Vance", "es")
    assert (found.located, found.body, found.extra) == ("", "El muro.\n\nLlueve.", {})
    found = item(
        f"<ContentItem><DataContent>{nitf}</DataContent></ContentItem>", lines="<HeadLine>El muro</HeadLine><SlugLine>MUROS</SlugLine>"
    )
    assert (found.headline, found.slug) == ("El muro", "MUROS")
