"""The examples that IPTC, dpa and others publish, read where they lie beside the repository."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bench import pairs
from tests.schema_check import check_ninjs
from writethru.formats import decode
from writethru.records import Item, NotAnArticle, ParseError, RawMessage

FORMATS = Path(__file__).resolve().parents[4] / "shared" / "data" / "formats"
SEEDS = FORMATS.parents[1] / "samples" / "seeds"

pytestmark = pytest.mark.skipif(not FORMATS.is_dir(), reason="../shared with the published examples is not beside this clone")


def read(path: Path) -> list[Item | ParseError | NotAnArticle]:
    try:
        return list(decode(RawMessage(path.read_bytes(), "wire.raw", 0, 0, 0)).items)
    except (ParseError, NotAnArticle) as failure:
        return [failure]


def valid(item: Item) -> None:
    lists = {name: list(getattr(item, name)) for name in ("subjects", "places", "genres") if getattr(item, name)}
    check_ninjs({"uri": "urn:x", **item.extra, **lists, "altIds": list(item.alt_ids)})


def outcomes(paths: Iterator[Path]) -> dict[str, str]:
    """Path -> what came of it, for whatever is not one plain item."""
    odd = {}
    seen = 0
    for path in sorted(paths):
        seen += 1
        found = read(path)
        for item in found:
            if isinstance(item, Item):
                valid(item)
        kinds = [item.type if isinstance(item, Item) else f"{type(item).__name__} {item}" for item in found]
        if len(kinds) != 1 or not isinstance(found[0], Item):
            odd[path.name] = "; ".join(kinds)
    assert seen, "no example found"
    return odd


def test_ninjs_examples() -> None:
    odd = outcomes(path for version in ("1.4", "2.1", "3.0") for path in (FORMATS / "newsinjson/examples" / version).rglob("*.json"))
    assert {name: kind.split(": ")[-1] for name, kind in odd.items() if name != "extension-schema.json"} == {
        "20231004-UEFA-ChampionLeague.json": "event",
        "20231005-65-addb-event.json": "event",
        "20231016-event-timeline-sample.json": "event",
        "simpleEvent.json": "event",
        "tt_event_pressconference_3.0.json": "event",
    }
    assert odd["extension-schema.json"].startswith("ParseError unknown_format")


def test_ninjs_validation_suite() -> None:
    suite = FORMATS / "newsinjson/validation/test_suite"
    released = [path for path in sorted(suite.glob("*/should_pass/*.json")) if "_dev" not in path.parts[-3]]  # drafts have `advices`
    assert len(released) > 120
    for path in released:
        for item in read(path):
            if isinstance(item, Item):
                valid(item)
                assert not [warning for warning in item.warnings if warning.startswith("unknown_field")], path
            else:
                document = json.loads(path.read_bytes())
                plan = document.get("type") in ("event", "planning") or "eventDetails" in document or "plannedCoverage" in document
                assert isinstance(item, NotAnArticle), (path, str(item))
                assert plan, (path, str(item))


def test_ninjs_suite_of_failures_raises_nothing_else() -> None:
    for path in (FORMATS / "newsinjson/validation/test_suite").glob("*/should_fail/*.json"):
        for item in read(path):
            if isinstance(item, Item):
                valid(item)


def test_versions_of_ninjs_are_told_apart() -> None:
    for version, expected in (("1.4", "ninjs-1"), ("2.1", "ninjs-2"), ("3.0", "ninjs-3")):
        for path in (FORMATS / "newsinjson/examples" / version).glob("*.json"):
            for item in read(path):
                if isinstance(item, Item):
                    assert item.format == expected, path.name


def test_newsml_g2_examples() -> None:
    odd = outcomes((FORMATS / "newsml-g2/examples").glob("*.xml"))
    plain = {name.split("_")[1] if name.startswith("LISTING") else name: kind for name, kind in odd.items()}
    for number in ("10", "11", "14"):
        assert plain[number] == "NotAnArticle newsml-g2: conceptItem"
    for number in ("12", "15"):
        assert plain[number] == "NotAnArticle newsml-g2: knowledgeItem"
    for number in ("17", "18", "19", "20"):
        assert plain[number] == "NotAnArticle newsml-g2: planningItem"
    assert plain["13"] == "NotAnArticle newsml-g2: catalogItem"
    assert plain["16"] == "NotAnArticle newsml-g2: events"
    for number in ("7", "8", "9", "25", "28"):  # cuttings without an item around them
        assert plain[number].startswith("ParseError unknown_format")
    assert plain["24"] == "composite; text; text; text; text"
    assert len(plain) == 17


def test_newsml_g2_test_files() -> None:
    odd = outcomes((FORMATS / "python-newsmlg2/tests/test_files").glob("*.xml"))
    assert odd.pop("007_emptynewsmessage.xml") == "composite; text"
    assert odd
    assert all(kind.startswith("NotAnArticle") for kind in odd.values())


def test_reuters_package_with_its_text() -> None:
    package, text, video = read(FORMATS / "gextech-iptc-newsml/src/test/resources/201601026085EY-MIDEAST-CRISISSYRIA_FIGHTERS.xml")
    assert isinstance(package, Item)
    assert isinstance(text, Item)
    assert isinstance(video, Item)
    assert (package.type, text.type, video.type) == ("composite", "text", "video")
    assert [link.rel for link in package.links] == ["prevVersion", "evolvedFrom", "itemRef", "itemRef"]
    assert {link.ref for link in package.links[2:]} == {text.uri, video.uri}
    assert "edStat:U" in text.signals
    assert text.body.count("\n\n") == 2


PAIRS = sorted(path.stem for path in (FORMATS / "dpa-digitalwires/tests/data/output").glob("*.xml"))
SAME = (
    "type",
    "uri",
    "version",
    "providers",
    "headline",
    "byline",
    "signals",
    "status",
    "urgency",
    "version_created",
    "embargoed",
    "language",
)


@pytest.mark.parametrize("name", PAIRS)
def test_dpa_json_and_xml_of_one_item_agree(name: str) -> None:
    data = FORMATS / "dpa-digitalwires/tests/data"
    (wires,), (g2,) = read(data / "input" / f"{name}.json"), read(data / "output" / f"{name}.xml")
    assert isinstance(wires, Item)
    assert isinstance(g2, Item)
    valid(wires)
    valid(g2)
    for field in SAME:
        assert getattr(wires, field) == getattr(g2, field), field
    if name == "empty_paragraph":  # the converter leaves the dateline alone in the empty first paragraph
        assert wires.body.replace("(Europa Press) - ", "(Europa Press) -\n\n", 1) == g2.body
    else:
        assert wires.body == g2.body
    assert {link.ref for link in wires.links} >= {link.ref for link in g2.links if link.ref.startswith("http")}
    roles = [[note.role for note in item.notes if note.role != "dpaednoterole:notepad"] for item in (wires, g2)]
    assert roles[0] == roles[1]


@pytest.mark.parametrize("name", PAIRS)
def test_dpa_json_and_xml_of_one_item_become_one_article(name: str) -> None:
    assert [difference for difference in pairs.compare(name) if not pairs.expected(difference)] == []


def test_dpa_has_eighteen_pairs() -> None:
    assert len(PAIRS) == 18


@pytest.mark.parametrize(("side", "beginning"), [(side, beginning) for side, listed in pairs.MISSING.items() for beginning in listed])
def test_what_a_side_of_dpa_is_said_to_lack_it_lacks_in_some_pair(side: str, beginning: str) -> None:
    lacking = [one.path for name in PAIRS for one in pairs.compare(name) if one.missing == side]
    assert [path for path in lacking if path.startswith(beginning)] != []


@pytest.mark.skipif(not SEEDS.is_dir(), reason="../shared with the seed texts is not beside this clone")
def test_seed_texts() -> None:
    for path in sorted(SEEDS.glob("*.txt")):
        (item,) = read(path)
        assert isinstance(item, Item)
        assert (item.format, item.encoding, item.headline) == ("text", "utf-8", "")
        assert item.body == path.read_text(encoding="utf-8")
