"""What a text gives must not depend on the batch it came in: an index rebuilt from its log meets other batches."""

from __future__ import annotations

from copy_desk import REPORT, UNRELATED, wire_day
from helpers import article, killed

from writethru.threads import ThreadSettings
from writethru.threads.reading import Text, read
from writethru.threads.shingles import Sketch

SETTINGS = ThreadSettings()


def plain(text: Text | None) -> object:
    if text is None:
        return None
    hashes, worth, *details = text.terms
    return hashes.tolist(), worth.tolist(), *details, text.sketch.hashes.tolist(), text.sketch.whole, text.words


def test_texts_read_together_are_as_read_alone() -> None:
    articles = [
        article("empty"),
        article("weekday", "Tuesday"),
        article("short", "Pilots", "41 ships"),
        article("repeats", "Ships sail again from Quillhaven. " * 300),
        article("arabic", "قال المتحدث إن السفن غادرت الميناء يوم الثلاثاء"),
        article("thai", "เรือออกจากท่าเรือในวันอังคาร"),
        killed(article("killed", REPORT)),
        article("picture", REPORT, type="picture"),
        article("long", " ".join(f"{UNRELATED} {n * 7919}" for n in range(60))),
        *wire_day(30, 5),
        article("last"),
    ]
    together = [plain(text) for text in read(articles, SETTINGS)]
    assert together == [plain(text) for one in articles for text in read([one], SETTINGS)]
    assert together[1] == ([], [], 0, 2, 0, [], True, 1)
    assert [articles[place].id for place, text in enumerate(together) if text is None] == [articles[6].id, articles[7].id]


def test_years_are_numbers_and_kept_apart_too() -> None:
    (text,) = read([article("years", "In 1984, 2019 and 2047 alike, not in 1983, 2048 or on 20190411.")], SETTINGS)
    assert text is not None
    assert (text.terms.numbers, text.terms.years) == (6, 1 | 1 << 35 | 1 << 63)


def test_a_text_that_repeats_itself_still_gives_all_its_shingles() -> None:
    (text,) = read([article("repeats", "Ships sail again from Quillhaven. " * 300)], SETTINGS)
    assert text is not None
    period = len("shipssailagainfromquillhaven")
    assert isinstance(text.sketch, Sketch)
    assert (len(text.sketch.hashes), text.sketch.whole) == (period, True)
