"""What withdraws a story, and what is told of the story it withdraws."""

from __future__ import annotations

import pytest

from writethru.records import ItemNote

STORY = " ".join(["The harbor bridge opened to traffic again on Tuesday, the mayor of the town told the council at noon."] * 4)


@pytest.mark.parametrize(
    "code",
    [
        {"status": "canceled"},
        {"status": "Withdrawn"},
        {"status": "recalled"},
        {"status": "killed"},
        {"signals": ("edStat:D",)},
        {"signals": ("updatetype:AVPUB",)},
        {"signals": ("editorialtypes:Kill",)},
        {"notes": (ItemNote("ednote", "KILL KILL KILL"),)},
    ],
)
def test_a_kill_by_code_or_note_tells_nothing_of_the_copy(article, code):
    body = f"(ATTN: ADDS poisonous claim)\nBy Jane Row\nSEOUL, March 3 (Yonhap) -- {STORY} The poisonous claim."
    read = article(format="ninjs-3", headline="Poisonous bridge (ADDS poisonous claim)", body=body, **code)
    assert (read.wire.action, read.article["pubStatus"], read.body) == ("kill", "canceled", "")
    assert read.article.get("edNote", "") in ("", "KILL KILL KILL")
    told = [one.text for one in (*read.wire.notes, *read.wire.evidence)]
    assert not [text for text in told if "oisonous" in text or "bridge" in text or "SEOUL" in text]
    assert read.wire.kill_targets == ()


def test_a_kill_line_s_words_go_to_editors(article):
    read = article(body="KILL KILL KILL\n\nPlease kill item dpa 157. It was wrong.", providers=("dpa",))
    assert (read.wire.action, read.body) == ("kill", "")
    assert "It was wrong." in read.article["edNote"]


@pytest.mark.parametrize("tag", ["WITHDRAWAL: ", "WITHDRAWAL-", "WITHDRAWAL - ", "STORY WITHDRAWN: "])
def test_a_tag_withdraws_only_with_support(article, tag):
    title = f"{tag}Troops leave harbor base"
    read = article(format="ninjs-3", headline=title, body=STORY, providers=("Reuters",))
    assert (read.wire.action, read.headline, read.body) == ("new", title, STORY)
    for body, notes in (
        ("", ()),
        (f"The story headlined Troops leave is withdrawn. {STORY}", ()),
        (f"Please disregard it. {STORY}", ()),
        (f"{STORY} This should not be used.", ()),
        (STORY, (ItemNote("ednote", "Withdrawn: the troops are there."),)),
    ):
        read = article(format="ninjs-3", headline=title, body=body, notes=notes, providers=("Reuters",))
        assert (read.wire.action, read.headline) == ("kill", "Troops leave harbor base")
        assert ("harbor bridge" in read.article.get("edNote", "")) == bool(body and not notes)


@pytest.mark.parametrize("words", ["KILL KILL KILL", "BULLETIN KILL"])
def test_a_kill_line_has_its_line_to_itself(article, words):
    assert article(headline=f"{words}: a film", body=STORY).wire.action == "new"
    assert article(headline=words, body=STORY).wire.action == "new"
    assert article(headline=words, body=f"Please kill the story about the bridge. {STORY}").wire.action == "kill"
    assert article(headline="A film", body=f"{words} is a film. {STORY}").wire.action == "new"


@pytest.mark.parametrize(
    ("note", "action"),
    [
        ("KILL KILL KILL", "kill"),
        ("BULLETIN KILL. Kill item 1.", "kill"),
        ("STORY WITHDRAWN", "kill"),
        ("MANDATORY KILL", "kill"),
        ("Eds: MANDATORY KILL: the story is wrong", "kill"),
        ("The bridge story is wrong.\nKILL KILL KILL", "kill"),
        ("HOLD HOLD HOLD", "withhold"),
        ("HOLD RELEASED", "release"),
        ("KILL KILL KILL was painted on the wall", "new"),
        ("Kill Bill returns", "new"),
        ("Story withdrawn from cinemas", "new"),
    ],
)
def test_lines_of_an_envelope_note(article, note, action):
    read = article(format="ninjs-3", headline="A bridge", body=STORY, notes=(ItemNote("ednote", note),))
    assert read.wire.action == action


@pytest.mark.parametrize(
    ("body", "action", "targets"),
    [
        ("KILL: Harbor bridge reopens", "new", ()),
        (f"KILL: Harbor bridge reopens\n\n{STORY}", "new", ()),
        ("KILL: Harbor bridge reopens\n\nA film of that name opens on Friday.", "new", ()),
        ("KILL\n\nA film of that name opens on Friday.", "new", ()),
        ("Kill the bill: senators urge a halt\n\nPlease kill the bill, they said.", "new", ()),
        ("Please kill the bill before Friday, the senators wrote.", "new", ()),
        ("BC-XX--Bridge, Kill,55\nThe pilot whales swam off.", "new", ()),
        ("KILL: Harbor bridge reopens\n\nPlease kill the story, the bridge did not reopen.", "kill", ()),
        ("KILL\n\nPlease kill a0512. The bridge did not reopen.", "kill", ("a0512",)),
        ("BC-XX--Bridge, KILL,55\nEds: Members who used BC-XX--Bridge, a0512, are asked to kill the story.\nThe AP", "kill", ("a0512",)),
        ("ELIMINATION\n\nPlease eliminate AP photo LIR101. It shows the wrong bridge.", "kill", ()),
        ('Please kill item dpa 157 "Bridge reopens". A substitute will follow.', "kill", ("157", "Bridge reopens")),
        ("Bitte streichen Sie die Meldung dpa 0157. Sie ist falsch.", "kill", ("0157",)),
        ("MELDUNG ZURÜCKGEZOGEN\n\nBitte verwenden Sie die Meldung dpa 0157 nicht.", "kill", ("0157",)),
    ],
)
def test_a_word_that_may_be_a_title_withdraws_only_where_the_copy_orders_it(article, body, action, targets):
    read = article(body=body)
    assert (read.wire.action, read.wire.kill_targets) == (action, targets)
