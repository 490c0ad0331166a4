"""Captions that a photographer's credit proves, and prose that opens like a caption or a restriction."""

from __future__ import annotations

import pytest

ABOVE = "A ferry strike went on in Norland on Thursday, the union said after a day of talks in the capital."
BELOW = "Talks go on, and the mayor of Harwick asked both sides for patience until the end of the week."


def of(article, paragraph, gap="\n\n"):
    return article(headline="A strike", body=gap.join((ABOVE, paragraph, BELOW)), format="x")


def kinds(read):
    return [(block.kind, block.text) for block in read.wire.blocks]


@pytest.mark.parametrize(
    "credit",
    [
        "(AP Photo/Jane Row)",
        "(AP Photo/Jane Row, File)",
        "(Pool Photo via AP)",
        "(Jane Row/Harbour Herald via AP)",
        "(Harbor Office (Handout) via Reuters)",
        "(Photo by Jane Row / AFP)",
        "(Photo by JANE ROW/AFP via Getty Images)",
        "(Photo: Jane Row)",
        "(PHOTO: Jane Row)",
        "(Foto: Jane Row)",
        "(Cr\u00e9dit photo: Jane Row)",
        "(Xinhua/Jane Row)",
        "(Reuters/Jane Row)",
        "(EPA-Yonhap)",
        "(EPA-EFE/Jane Row)",
        "(Jane Row/Getty Images)",
    ],
)
@pytest.mark.parametrize(
    "words", ["Prime Minister Per Vik shakes hands with Bo Lund in Oslo, Thursday, Nov. 12, 2026.", "A ferry lies in Harwick"]
)
def test_a_photographer_s_credit_proves_a_caption(article, words, credit):
    read = of(article, f"{words} {credit}")
    assert read.body == f"{ABOVE}\n\n{BELOW}"
    assert kinds(read) == [("caption", words), ("credit", credit)]


@pytest.mark.parametrize(
    "copy",
    [
        "Lirian will play Kobe on Sunday, the club said. (Yonhap)",
        "Lirian will play Kobe on Sunday, the club said. (AP/dpa)",
        "Lirian will play Kobe on Sunday, the club said. (Keystone-SDA)",
        "Lirian will play Kobe on Sunday. (Jane Row/dpa)",
        "The rules come from the Environmental Protection Agency (EPA)",
        "The pier stood in the way of every plan of the town (photo on page 3)",
        "\u201cWe will go on,\u201d Lund said on the pier. (Photo: Jane Row)",
        "Die F\u00e4hre lag am Kai, sagte Vik. (dpa/Der Hafen)",
        "Norland will go to the polls in May, the survey said (Reuters/Ipsos)",
        "The mayor sent word to all papers (the letter came via AP)",
    ],
)
def test_an_agency_s_name_or_a_speaker_leaves_copy(article, copy):
    assert copy in of(article, copy).body


@pytest.mark.parametrize(
    "words",
    [
        "President Kim (L) shakes hands with Prime Minister Vik in Oslo.",
        "Per Vik (2nd R) opens the pier in Harwick.",
        "Bo Lund (left) at the pier.",
    ],
)
def test_who_stands_where_tells_a_caption(article, words):
    assert kinds(of(article, f"{words} (Yonhap)")) == [("caption", words), ("credit", "(Yonhap)")]


def test_who_stands_where_is_no_caption_without_a_credit(article):
    copy = "The union is led by Bo Lund (left in the picture above), who is 40."
    assert copy in of(article, copy).body


def test_a_fence_is_one_in_a_short_story_too(article):
    caption = "A ferry lies in Harwick on Nov. 12, 2026. (Yonhap)"
    read = article(
        headline="A strike", body=f"{ABOVE}\n\n\n\n{caption}\n\n\n\n{BELOW}\n\nThe talks are the third of the year.\n\n(END)", format="x"
    )
    assert read.body == f"{ABOVE}\n\n{BELOW}\n\nThe talks are the third of the year."


@pytest.mark.parametrize("gap", ["\n\n", "\n\n\n\n"])
def test_the_date_of_the_picture_tells_a_caption_above_more_copy(article, gap):
    caption = "A ferry lies in Harwick on Nov. 12, 2026. (Yonhap)"
    read = of(article, caption, gap)
    assert (read.body, kinds(read)[0]) == (f"{ABOVE}\n\n{BELOW}", ("caption", caption.removesuffix(" (Yonhap)")))


def test_a_date_in_the_last_paragraph_tells_none(article):
    last = "The old pier was lost to the sea on April 16, 2014."
    assert article(headline="A strike", body=f"{ABOVE}\n\n{BELOW}\n\n{last} (Yonhap)", format="x").body.endswith(last)


def test_where_all_paragraphs_stand_apart_none_is_fenced(article):
    copy = "The mayor said so. (Yonhap)"
    assert copy in of(article, copy, "\n\n\n\n").body


@pytest.mark.parametrize(
    "copy",
    [
        "For editorial use only, the sign on the printing press said.",
        "For use only by those who pay, the harbor office said, the pier will open on Friday.",
        "All rights reserved for the harbor were sold to Lirian in 1999, the minutes say.",
        "All rights reserved, the label on the bottle said.",
        "No Archives were kept on the island, and nobody knows who built the pier.",
        "No Resale was planned, the band said.",
        "Copyright 2026 was printed on the cup, the clerk said.",
        "In this photo provided to the council one sees the old pier, the mayor said, and he was proud of it.",
        "This picture, taken to the cellar in the war, hangs in the hall once more.",
    ],
)
def test_prose_that_opens_like_a_restriction_or_a_caption_stays(article, copy):
    assert copy in of(article, copy).body


@pytest.mark.parametrize(
    "words",
    [
        "For editorial use only",
        "For editorial use only, no resale.",
        "Editorial use only. Not for sale.",
        "Nur zur redaktionellen Verwendung im Zusammenhang mit der Berichterstattung",
        "No Resale. No Archive.",
        "All rights reserved.",
        "Copyright 2026 Harbour Post. All rights reserved.",
        "All Rights Reserved. This may not be copied.",
    ],
)
def test_a_restriction_stays_one(article, words):
    read = of(article, words)
    assert (read.body, kinds(read)) == (f"{ABOVE}\n\n{BELOW}", [("restriction", words)])


@pytest.mark.parametrize(
    "words",
    [
        "This photo taken Nov. 12, 2026, shows a ferry in Harwick.",
        "In this image made from video provided by the Navy, a ferry leaves Harwick.",
        "This undated photo released by the police shows what officials said was the pier.",
    ],
)
def test_a_caption_s_opening_stays_one(article, words):
    assert kinds(of(article, words)) == [("caption", words)]


@pytest.mark.parametrize("words", ["A ferry lies in Harwick on Thursday", "Eine F\u00e4hre liegt am Donnerstag im Hafen von Lirian"])
def test_names_and_their_agency_behind_no_full_stop_tell_a_caption(article, words):
    read = of(article, f"{words} (Jane Row/dpa)")
    assert (read.body, kinds(read)) == (f"{ABOVE}\n\n{BELOW}", [("caption", words), ("credit", "(Jane Row/dpa)")])


def test_a_note_between_fences_is_no_caption(article):
    note = "(ATTN: ADDS comment from mayor, photo)"
    read = article(headline="A strike", body=f"{ABOVE}\n\n\n\n{note}\n\n\n\n{BELOW}\n\nTalks go on.", format="x")
    assert (kinds(read), note in read.body) == ([], True)
