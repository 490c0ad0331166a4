"""The five scraped documents: what is in them, and what is not."""

from __future__ import annotations

import pytest


@pytest.fixture(scope="module")
def seed(article, shared):
    def read(number: int, before: str = ""):
        (path,) = (shared / "samples/seeds").glob(f"{number:03}_*.txt")
        with path.open(encoding="utf-8", newline="") as file:
            return article(body=before + file.read())

    return read


def taken(read, kind):
    return [block for block in read.wire.blocks if block.kind == kind]


@pytest.mark.parametrize("before", ["", " date 2023-09-12 "])
def test_000_has_a_headline_and_two_copies_of_a_caption(seed, before):
    read = seed(0, before)
    assert read.headline == "Kim Jong Un arrives in Russia ahead of summit with Putin"
    assert len(taken(read, "caption")) == 2 and len(taken(read, "credit")) == 1
    assert "cnn.com" not in read.body and "\u00a0" not in read.body and "In this photo" not in read.body
    assert "Timing of talks significant" in read.body
    assert (read.wire.agency, read.wire.action, read.time) == ("unknown", "new", None)
    assert read.provenance.page_date == ("2023-09-12" if before else None)


def test_001_is_an_update_of_unknown_ordinal(seed):
    read = seed(1)
    assert (read.wire.agency, read.wire.action, read.wire.ordinal, read.wire.complete) == ("yonhap", "update", None, True)
    assert [(note.verb, note.klass, note.targets) for note in read.wire.notes] == [
        ("ADDS", "add", ("details",)),
        ("RECASTS", "recast", ("headline",)),
    ]
    assert [note.span for note in read.wire.notes] == [(24, 66), (68, 84)]
    assert (read.article["by"], read.article["located"], read.headline) == ("Lee Minji", "Seoul", "")
    assert [block.text for block in taken(read, "caption")] == [
        "North Korean leader Kim Jong-un (L) and Russian President Vladimir Putin pose for a photo prior to their meeting at the Far "
        "Eastern Federal University in Vladivostok, Russia, on April 25, 2019, in this photo released by the official Korean Central News "
        "Agency the following day.",
        "Police personnel, soldiers are seen at the railway station in the eastern Russian city of Vladivostok on Sept. 11, 2023.",
    ]
    assert [block.text for block in taken(read, "restriction")] == ["(For Use Only in the Republic of Korea. No Redistribution)"]
    assert [block.text for block in taken(read, "credit")] == ["(Yonhap)", "(Yonhap)"]
    assert [block.text for block in taken(read, "end_mark")] == ["(END)"] and "usageTerms" not in read.article
    assert (read.wire.dateline.date, read.wire.dateline.signature) == ("2023-09-12", "Yonhap")
    assert [(place.name, [town.country for town in place.candidates]) for place in read.wire.dateline.places] == [("Seoul", ["KR"])]
    assert read.body.startswith("North Korean leader Kim Jong-un and Russian") and read.body.endswith("North Korea's official name.")
    assert "Redistribution" not in read.body and "(Yonhap)" not in read.body and "ATTN" not in read.body
    assert (read.provenance.page_date, read.time) == ("2023-09-12", None)


def test_002_is_not_yonhaps_though_it_quotes_it(seed):
    read = seed(2)
    assert read.headline == "Kim Jong Un Leaves North Korea On Train To Meet Putin, US Warns Against Selling Weapon To Russia"
    assert (read.wire.agency, read.wire.action, read.article["located"]) == ("unknown", "new", "Pyongyang")
    assert len(taken(read, "caption")) == 1
    assert [block.text for block in taken(read, "credit")] == ["(Korean Central News Agency/Korea News Service via AP)"]
    assert [town.country for town in read.wire.dateline.places[0].candidates] == ["KP"]
    assert read.body.startswith("North Korean leader Kim Jong-un") and "via AP" not in read.body
    assert (read.provenance.page_date, read.time) == ("2023-09-12", None)


@pytest.mark.parametrize(("number", "paragraphs"), [(3, 8), (4, 34)])
def test_003_and_004_are_nothing_but_copy(seed, number, paragraphs):
    read = seed(number)
    assert read.headline == "" and "by" not in read.article and "located" not in read.article
    assert (read.wire.agency, read.wire.action, read.wire.notes, read.time) == ("unknown", "new", (), None)
    assert len(read.body.split("\n\n")) == paragraphs
    assert read.article["language"] == "en"
