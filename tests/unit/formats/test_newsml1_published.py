"""The NewsML 1 that AFP, EFE and Business Wire let be published, read where it lies beside the repository."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.schema_check import check_ninjs
from writethru.formats import decode
from writethru.records import Item, RawMessage

FORMATS = Path(__file__).resolve().parents[4] / "shared" / "data" / "formats"
SAMPLES = (
    *FORMATS.glob("gextech-iptc-newsml/src/test/resources/[ABD]*"),
    *FORMATS.glob("newsinjson/examples/NewsML/businesswire-newsml-*.xml"),
    *FORMATS.glob("newsinjson/tools/xslt/afp.com_newsml1.2_sample.xml"),
)

pytestmark = pytest.mark.skipif(not FORMATS.is_dir(), reason="../shared with the published examples is not beside this clone")


def read(path: Path) -> list[Item]:
    return [item for item in decode(RawMessage(path.read_bytes(), "wire.raw", 0, 0, 0)).items if isinstance(item, Item)]


def test_what_each_of_them_is() -> None:
    found = {path.name: [(item.type, bool(item.headline), bool(item.body)) for item in read(path)] for path in SAMPLES}
    story, picture = ("text", True, True), ("picture", False, False)
    assert found == {
        "AFP_751HA.xml": [picture],
        "BAS-Y-MUNDO-MXC_20160116_1402.XML": [story, story],
        "DV2209430.xml": [picture],
        "afp.com_newsml1.2_sample.xml": [story],
        "businesswire-newsml-20130515006361.xml": [story],
        "businesswire-newsml-20130605006126.xml": [story],
        "businesswire-newsml-20130612006110.xml": [story],
        "businesswire-newsml-20130731006140.xml": [story],
    }


def test_all_that_is_said_is_read_and_valid() -> None:
    for item in [item for path in SAMPLES for item in read(path)]:
        assert item.warnings == ()
        lists = {name: list(getattr(item, name)) for name in ("subjects", "places", "genres") if getattr(item, name)}
        check_ninjs({"uri": item.uri, **item.extra, **lists, "altIds": list(item.alt_ids)})
