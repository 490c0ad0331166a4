"""Markup to paragraphs."""

from __future__ import annotations

import pytest
from lxml import etree

from writethru.formats import markup
from writethru.records import ParseError

HTML = {
    "paragraphs": ("<p>One.</p><p>Two.</p>", "One.\n\nTwo."),
    "unclosed": ("<p>One.<p>Two.", "One.\n\nTwo."),
    "no markup": ("Smith &amp; Sons &lt;3", "Smith & Sons <3"),
    "text around blocks": ("One.<p>Two.</p>Three.", "One.\n\nTwo.\n\nThree."),
    "inline": ("<p>A <b>bold</b> <a href='x'>link</a>, <em>two</em>.</p>", "A bold link, two."),
    "white space": ("<p>\n  A\n\t headline  </p>", "A headline"),
    "no-break space is the agency's": ("<p>25\u2009000&nbsp;km</p>", "25\u2009000\u00a0km"),
    "empty paragraphs": ("<p></p><p>&nbsp;</p><p>One.</p>", "One."),
    "line breaks": ("<p>One<br>two<br/>three</p>", "One\ntwo\nthree"),
    "two breaks part paragraphs": ("One.<br><br>Two.", "One.\n\nTwo."),
    "lists": ("<ul><li>One</li><li>Two</li></ul>", "One\n\nTwo"),
    "nested list": ("<ul><li>One<ul><li>Two</li></ul></li></ul>", "One\n\nTwo"),
    "table": ("<p>Score</p><table><tr><th>A</th><td> 1 </td></tr><tr><td>B</td><td><p>2</p></td></tr></table>", "Score\n\nA\t1\nB\t2"),
    "empty cells keep their column": ("<table><tr><td>A</td><td></td><td>3</td></tr></table>", "A\t\t3"),
    "figure": ("<p>One.</p><figure><img src=x><figcaption>A man.</figcaption></figure><p>Two.</p>", "One.\n\nTwo."),
    "caption by class": ('<p class="lead caption">A man.</p><p>One.</p>', "One."),
    "script, style and comment": ("<style>p{}</style><script>x()</script><!-- no --><p>One.</p>", "One."),
    "page": ("<html><head><title>T</title></head><body><header><h1>H</h1></header><p>One.</p><footer>f</footer></body></html>", "One."),
    "only a comment": ("<!-- nothing -->", ""),
    "nothing": ("", ""),
    "broken": ("<p>One <b>two</p><i>three", "One two\n\nthree"),
    "table of one column is layout": (
        "<table><tr><td><p>One.</p><p>Two.</p></td></tr><tr><td>Three.</td></tr></table>",
        "One.\n\nTwo.\n\nThree.",
    ),
    "caption of a table": ("<table><caption>Gauges</caption><tr><td>A</td><td>1</td></tr></table>", "Gauges\nA\t1"),
    "preformatted": ("<p>One.</p><pre>High  05:12\n  Low 11:30 \n</pre>Two.", "One.\n\nHigh  05:12\n  Low 11:30\n\nTwo."),
    "unknown elements": ("<x-story><x-graf>One</x-graf></x-story>", "One"),
}


@pytest.mark.parametrize("name", HTML)
def test_html(name: str) -> None:
    source, text = HTML[name]
    assert markup.from_html(source) == text


def test_nitf() -> None:
    root = etree.fromstring(
        b"<nitf><head><title>T</title></head><body><body.head><hedline><hl1>H</hl1></hedline><byline>By A</byline></body.head>"
        b"<body.content><block><p>One.</p><media><media-caption>A man.</media-caption></media><hl2>Sub</hl2>"
        b"<p>Two.</p></block></body.content>"
        b"<body.end><tagline>ab/cd</tagline></body.end></body></nitf>"
    )
    assert markup.from_tree(root) == "One.\n\nSub\n\nTwo."


def test_depth() -> None:
    assert markup.from_html("<div>" * 90 + "x") == "x"
    assert markup.from_html("<p>One.</p>" * 5000).count("One.") == 5000
    for source in (
        "<div>" * 230 + "x",
        "<div>" * 5000 + "x" + "</div>" * 5000,
        "<p>One.</p>" + "<b>" * 400 + "x",
        "<b>" * 210 + "x" * 20_000,
    ):
        with pytest.raises(ParseError) as refused:
            markup.from_html(source)
        assert refused.value.reason == "too_deep"


def test_a_namespace_of_another_year() -> None:
    root = etree.fromstring(
        b"<x xmlns='http://iptc.org/std/NITF/2003-09-30/'><p>One.</p><media><media-caption>A</media-caption></media><p>Two.</p></x>"
    )
    assert markup.from_tree(root) == "One.\n\nTwo."


def test_tables_and_captions_apart() -> None:
    source = (
        "<p>One.</p><table><thead><tr><th>A</th><th>B</th></tr></thead><tr><td>1</td><td><table><tr><td>2</td><td>3</td></tr></table></td></tr>"
        "</table><figure><img src=x><figcaption>A <b>man</b>.</figcaption></figure>"
        "<p class='caption'>A wall.</p><figure><img src=y></figure>"
        "<table><tr><td>Two.</td></tr></table>"
    )
    copy = markup.copy_of_html(source)
    assert copy == markup.Copy("One.\n\nTwo.", ("A\tB\n1\t2 3",), ("A man.", "A wall."))
    assert markup.copy_of_html("no markup") == markup.Copy("no markup")


def test_an_empty_table_is_none() -> None:
    assert markup.copy_of_html("<p>One.</p><table><tr><td></td><td></td></tr></table>") == markup.Copy("One.")


def test_fractions() -> None:
    root = etree.fromstring("<p>up 4<frac><frac-num>1</frac-num><frac-den>2</frac-den></frac>, <frac>3/4</frac></p>")
    assert markup.from_tree(root) == "up 4 1/2, 3/4"
