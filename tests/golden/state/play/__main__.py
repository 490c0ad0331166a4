"""`python -m tests.golden.state.play`: a folder for the present schema where there is none, and `decided.json` anew in every folder.

Logs and articles of a folder are never written again: they are what that release left behind. Read the difference in `decided.json` before
you commit it: each line that changed is a story or an event that would go on otherwise after an upgrade.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from itertools import islice
from tempfile import TemporaryDirectory

import orjson

from tests.golden.state.play import HERE, decided, following, left, logs, logs_json, play
from tests.unit.transforms.test_stories import articles
from writethru.codec import article_json
from writethru.options import Options
from writethru.records import Article, Evidence, Ordinals
from writethru.transforms.job import configure
from writethru.transforms.state import LOG_SCHEMA

AGENCIES = ("ap", "dpa", "fjord-times", "harbourpost", "yonhap")
BEFORE, NEXT = 50, 25
COPIES = ("harbourpost", "fjord-times")
"""Their copy of an AP story, and a rewrite of it, are told after the stop."""


def update_of(article: Article) -> Article:
    """The next version of a killed story: it comes after the stop, and the kill wins."""
    id_ = article.id[::-1]
    return replace(article, id=id_, article={**article.article, "version": "9"}, provenance=replace(article.provenance, id=id_))


def adds_of(article: Article) -> tuple[Article, Article]:
    """Two adds to a story: one comes before the stop, the other after it goes on from both their texts."""
    return _add(article, 1, "Divers went in at noon."), _add(article, 2, "They found nobody.")


def _add(article: Article, number: int, body: str) -> Article:
    id_ = f"{number:032x}"
    item = {**article.article, "uri": f"urn:writethru:article:{id_}", "bodies": [{"value": body, "contentType": "text/plain"}]}
    item = {name: value for name, value in item.items() if name not in ("version", "altIds", "headlines")}
    evidence = (Evidence("slug", (0, 7), f"{number}st Add", "slug_add"),)
    wire = replace(
        article.wire,
        action="update",
        complete=False,
        ordinal=None,
        ordinals=Ordinals(take=number),
        notes=(),
        replaces=(),
        evidence=evidence,
    )
    return replace(article, id=id_, article=item, wire=wire, provenance=replace(article.provenance, id=id_))


def record(out: str) -> None:
    folder = HERE / str(LOG_SCHEMA)
    if not folder.exists():
        chosen = [one for one in articles() if one.wire.agency in AGENCIES]
        late = [one for one in chosen if one.wire.agency in COPIES]
        day = iter([one for one in chosen if one not in late])
        configure(Options(out=out), local_state=False)
        told = list(islice(day, BEFORE))
        opened = next(one for one in told if one.wire.agency == "ap" and one.article.get("slugline") and one.body)
        before, after = adds_of(opened)
        told.append(before)
        late.append(after)
        emptied = {one.id for one in play(told, {}) if one.article["pubStatus"] == "canceled" and one.wire.action != "kill"}
        late += [update_of(one) for one in told if one.id in emptied]
        folder.mkdir()
        # The token is random; no process holds an index under this one.
        state = {place: (stamp[:2] + bytes(16) + stamp[18:], bags) for place, (stamp, bags) in left.items() if stamp}
        folder.joinpath("logs.json").write_bytes(logs_json(state))
        folder.joinpath("next.jsonl").write_bytes(b"".join(article_json(one) + b"\n" for one in (*late, *islice(day, NEXT))))
        sys.stdout.write(f"made {folder.name}/\n")
    for each in sorted(path for path in HERE.iterdir() if path.name.isdigit()):
        configure(Options(out=out), local_state=False)
        told = orjson.dumps(decided(play(following(each), logs(each))), option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
        target = each / "decided.json"
        if not target.exists() or target.read_bytes() != told:
            target.write_bytes(told)
            sys.stdout.write(f"wrote {each.name}/decided.json\n")


if __name__ == "__main__":
    with TemporaryDirectory() as out:
        record(out)
