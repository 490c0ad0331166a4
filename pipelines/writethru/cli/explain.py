"""`writethru explain ID|FILE`: why an article was read, chained and threaded as it was."""

from __future__ import annotations

import shlex
import time
from collections.abc import Iterator, Sequence
from dataclasses import fields
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import click
import orjson
from click.core import ParameterSource
from rich.console import Console
from rich.markup import escape
from rich.table import Table
from sqlalchemy import ColumnElement, create_engine, select
from sqlalchemy.exc import SQLAlchemyError

from writethru import __version__
from writethru.cli.flags import flags, options_of
from writethru.codec import article_json
from writethru.formats import decode
from writethru.options import OptionError, Options, flag, variables
from writethru.records import Item, NotAnArticle, ParseError, RawMessage, millis
from writethru.sinks import SinkFailed
from writethru.sinks.jsonl import read_latest
from writethru.sinks.sql_engine import url_of
from writethru.sinks.sql_schema import TABLES
from writethru.sources.files import NoInput, payloads
from writethru.threads.state import thread_id
from writethru.wire import normalise
from writethru.wire.times import rfc3339


@click.command("explain")
@click.argument("subject", metavar="ID|FILE")
@flags("Sinks")
@click.pass_context
def command(context: click.Context, /, subject: str, **_: object) -> None:
    """Show the marks, notes and rules behind a record: of an article id (or its first letters) in --out, or of a file's payloads."""
    console = Console(highlight=False)
    try:
        options = options_of(context)
        path = Path(subject)
        records = list(_of_files(path)) if path.is_file() else _of_id("articles", subject, options)
        other = None if records else _other(subject, options, _again(context))
    except (OptionError, NoInput, OSError, ParseError, NotAnArticle, SinkFailed, SQLAlchemyError) as error:
        raise click.ClickException(str(error)) from error
    if other:
        raise click.ClickException(other)
    if not records:
        raise click.ClickException(f"no article {subject} in {options.out}, and no such file; ids stand in provenance.id of each record")
    if len(records) > 1 and not path.is_file():
        raise click.ClickException(f"{subject} fits {len(records)} articles: " + ", ".join(one["provenance"]["id"] for one in records[:5]))
    for record in records:
        show(console, record)
        if record["story"] and not path.is_file():
            for story in _of_id("stories", record["story"]["id"], options):
                _show_text(console, story)
        if record["thread"] and not path.is_file():
            _show_thread(console, record, options)


def _show_thread(console: Console, record: dict[str, Any], options: Options) -> None:
    """Where the article stands now, if that is not the thread it was told in."""
    id_, told = record["provenance"]["id"], record["thread"]["id"]
    left = {thread_id(version): version for version in (id_, *_versions(record, options))}
    threads = _by_id("threads", (*left, told), options)
    for one in left:
        if one == told or one not in threads:
            continue
        now = _present(threads[one], options)
        if left[one] == id_ or any(member["id"] == id_ for member in now["members"]):
            said = "" if now["id"] == one else f", {one} merged into it"
            console.print(f"thread now  {now['id']}  split from {threads[one]['split_from']}{said}")
            return
    if told in threads and (now := _present(threads[told], options))["id"] != told:
        console.print(f"thread now  {now['id']}  {told} merged into it")


def _versions(record: dict[str, Any], options: Options) -> list[str]:
    """The articles of its story, which leave a thread together: the thread they open has its id by the first of them."""
    stories = _by_id("stories", (record["story"]["id"],), options).values() if record["story"] else ()
    return [version["id"] for story in stories for version in story["versions"]]


def _present(thread: dict[str, Any], options: Options) -> dict[str, Any]:
    """The thread that a thread was merged into, itself where it was not."""
    seen = {thread["id"]}
    while (into := thread["merged_into"]) and into not in seen:
        seen.add(into)
        thread = _by_id("threads", (into,), options).get(into) or {"id": into, "merged_into": None, "members": ()}
    return thread


def _of_files(path: Path) -> list[dict[str, Any]]:
    found = []
    for number, payload in enumerate(payloads([path])):
        now = datetime.now(timezone.utc)
        message = RawMessage(payload.value, payload.place, 0, number, int(now.timestamp() * 1000), headers=payload.headers)
        decoded = decode(message)
        for item, id_ in zip(decoded.items, decoded.ids, strict=True):
            if not isinstance(item, Item):
                raise item
            article = normalise(
                item, message, article_id=id_, sha256=decoded.sha256, received=rfc3339(now), pipeline=f"writethru/{__version__}"
            )
            found.append(orjson.loads(article_json(article)))
    return found


def _of_id(kind: str, start: str, options: Options) -> list[dict[str, Any]]:
    """The records of a kind (`articles`, `stories`, `threads`, `dead_letters`) whose id begins so: of the database, else of the files."""
    if _in_database(options):
        id_ = TABLES.tables[kind].c.id
        return list(_rows(kind, (id_ >= start) & (id_ < start + "g"), options).values())
    return [record for id_, record in _lines(kind, options).items() if id_.startswith(start)]


def _by_id(kind: str, ids: Sequence[str], options: Options) -> dict[str, dict[str, Any]]:
    """The records of a kind with these ids, those that there are."""
    if _in_database(options):
        return _rows(kind, TABLES.tables[kind].c.id.in_(ids), options)
    lines = _lines(kind, options)
    return {id_: lines[id_] for id_ in ids if id_ in lines}


def _in_database(options: Options) -> bool:
    return "sql" in options.sinks and bool(options.sql_url or (Path(options.out) / "wire.db").exists())


def _rows(kind: str, which: ColumnElement[bool], options: Options) -> dict[str, dict[str, Any]]:
    table = TABLES.tables[kind].c
    with create_engine(url_of(options.database_url)).connect() as rows:
        found = rows.execute(select(table.id, table.record).where(which))
        return {id_: value if isinstance(value, dict) else orjson.loads(value) for id_, value in found}


def _lines(kind: str, options: Options) -> dict[str, dict[str, Any]]:
    file = Path(options.out) / f"{kind}.jsonl"
    return read_latest(file) if file.exists() else {}


def _other(start: str, options: Options, again: str) -> str | None:
    """What an id is that is no article's, and which command goes on from there; `again` is that command without its id."""
    for story in _of_id("stories", start, options):
        shown = story["merged_into"] or story["current"]
        return f"{story['id']} is a story of {story['agency']}, {story['status']}, versions: {story['count']}" + _ask(again, shown)
    for thread in _of_id("threads", start, options):
        newest = [member["id"] for member in thread["members"]][-1:]
        return f"{thread['id']} is a thread, articles: {thread['count']}" + _ask(again, thread["merged_into"] or next(iter(newest), None))
    for letter in _of_id("dead_letters", start, options):
        place = f"{letter['topic']} [{letter['partition']}] offset {letter['offset']}"
        return f"{letter['id']} is a dead letter of {place}: {letter['step']}, {letter['reason']}: {letter['detail']}"
    return None


def _ask(again: str, id_: str | None) -> str:
    return f"; why, article by article: `{again} {id_}`" if id_ else ""


def _again(context: click.Context) -> str:
    """This command with the flags that it was given. A secret is no matter for a screen: its variable is named."""
    named, command = [], ["writethru", "explain"]
    for spec in fields(Options):
        if context.get_parameter_source(spec.name) is not ParameterSource.COMMANDLINE:
            continue
        if spec.metadata["secret"]:
            named.append(f"{variables(spec.name)[0]}=…")
            continue
        value = context.params[spec.name]
        command += [flag(spec.name), ",".join(value) if isinstance(value, tuple) else str(value)]
    return " ".join([*named, shlex.join(command)])


def show(console: Console, record: dict[str, Any]) -> None:
    """One record as tables. The headline of an article under embargo stays covered."""
    wire, article, story, thread, provenance = (record[part] for part in ("wire", "article", "story", "thread", "provenance"))
    covered = wire["embargo"] and millis(wire["embargo"]) > time.time() * 1000
    headline = "(embargoed)" if covered else (article.get("headlines") or [{"value": "(no headline)"}])[0]["value"]
    console.print(f"\n[bold]{escape(headline)}[/]")
    facts = Table(show_header=False, box=None, padding=(0, 2, 0, 0))
    facts.add_column(style="dim")
    facts.add_column()
    place = f"{provenance['topic']} [{provenance['partition']}] offset {provenance['offset']}"
    facts.add_row(
        "article", escape(f"{provenance['id']}  rev {record['rev']}  {provenance['format']}, {provenance['encoding']}, from {place}")
    )
    facts.add_row("agency", escape(f"{wire['agency']}   {article.get('versionCreated', 'no agency time')}   {article.get('slugline', '')}"))
    numbers = ", ".join(f"{name} {value}" for name, value in wire["ordinals"].items() if value is not None)
    ordinal = "" if wire["ordinal"] is None else f"   ordinal {wire['ordinal']}"
    facts.add_row("action", escape(f"{wire['action']}{ordinal}" + (f"   ({numbers})" if numbers else "")))
    if wire["embargo"]:
        facts.add_row("embargo", escape(f"until {wire['embargo']}"))
    for name in ("replaces", "kill_targets"):
        if wire[name]:
            facts.add_row(name.replace("_", " "), escape(", ".join(wire[name])))
    if wire.get("dateline") and not covered:
        facts.add_row("dateline", escape(_dateline(wire["dateline"])))
    for conflict in wire.get("conflicts", ()):
        facts.add_row("conflict", escape(f"{conflict['what']}: {'; '.join(conflict['said'])} -> {conflict['taken']} by {conflict['by']}"))
    if story:
        link = story["link"]
        terms = f": {', '.join(link['terms'])}" if link.get("terms") and not covered else ""
        facts.add_row("story", escape(f"{story['id']}  version {story['position']}  by {link['rule']} ({link['score']:.2f}){terms}"))
        if link.get("second"):
            facts.add_row("second", escape(f"{link['second']['story']}  ({link['second']['score']:.2f})"))
        if story.get("parts"):
            facts.add_row("text in parts", escape(", ".join(story["parts"])))
        if story["changes"]:
            facts.add_row("changes", escape(_changes(story["changes"])))
            for line in () if covered else _changed(story["changes"]):
                facts.add_row("", escape(line))
    if thread:
        of = f" of {thread['of']}" if thread["of"] else ""
        terms = f": {', '.join(thread['terms'])}" if thread.get("terms") and not covered else ""
        facts.add_row("thread", escape(f"{thread['id']}  {thread['relation']}{of}  by {thread['rule']} ({thread['score']:.2f}){terms}"))
        if thread.get("second"):
            second = thread["second"]
            facts.add_row("second", escape(f"{second['thread']}  of {second['of']}  ({second['score']:.2f})"))
    for warning in provenance["warnings"]:
        facts.add_row("warning", escape(warning))
    console.print(facts)
    if wire["notes"]:
        notes = Table("verb", "class", "mechanics", "targets", "paragraphs", "text", box=None, padding=(0, 2, 0, 0), header_style="dim")
        for note in wire["notes"]:
            numbers = ", ".join(map(str, note["paragraphs"]))
            cells = note["verb"], note["class"], note["mechanics"] or "", ", ".join(note["targets"]), numbers, note["text"]
            notes.add_row(*map(escape, cells))
        console.print(notes)
    if covered:
        return
    if wire.get("digest_items"):
        stories = Table("story", "action", "ordinal", "span", box=None, padding=(0, 2, 0, 0), header_style="dim")
        for item in wire["digest_items"]:
            ordinal = "" if item["ordinal"] is None else str(item["ordinal"])
            stories.add_row(escape(item["headline"]), item["action"], ordinal, _span(item))
        console.print(stories)
    _spans(console, "rule", wire["evidence"])
    _spans(console, "kind", wire.get("blocks", ()))


def _show_text(console: Console, story: dict[str, Any]) -> None:
    """What the story's present text is made of, where it came in parts, and what it lacks."""
    if not story.get("parts"):
        return
    text = story.get("text")
    told = "no text" if text is None else f"text of {len(text.split(_BLANK_LINE))} grafs"
    console.print(f"\n[dim]story now[/]  {told} from {len(story['parts'])} articles: {', '.join(story['parts'])}")
    for lack in story.get("lacks", ()):
        which = f"  {lack['article']}" if lack["article"] else ""
        console.print(escape(f"lacks {lack['part']}: {_LACKS.get(lack['why'], lack['why'])}{which}"))


_BLANK_LINE = "\n\n"
_LACKS = {
    "unseen": "it never came",
    "place": "where it goes is not told, or not found",
    "text": "its text is not kept",
    "embargo": "it names an embargo",
    "length": "the text would be too long",
}


def _spans(console: Console, name: str, found: Sequence[dict[str, Any]]) -> None:
    """Evidence by its rule, or blocks by their kind, each with where it stood."""
    if not found:
        return
    table = Table(name, "field", "span", "text", box=None, padding=(0, 2, 0, 0), header_style="dim")
    for one in found:
        table.add_row(one[name], escape(one["field"]), _span(one), escape(" ".join(one["text"].split())[:100]))
    console.print(table)


def _span(found: dict[str, Any]) -> str:
    return "{}-{}".format(*found["span"])


def _dateline(found: dict[str, Any]) -> str:
    """`Mokpo, South Korea (Mokpo, KR)   2026-03-11   Yonhap`; several candidates stand behind one another, the likeliest first."""
    places = []
    for place in found["places"]:
        towns = "; ".join(", ".join(filter(None, (town["name"], town["region"], town["country"]))) for town in place["candidates"])
        places.append(f"{place['name']} ({towns or 'unknown'})")
    return "   ".join(filter(None, (" / ".join(places), found["date"], found["signature"])))


def _changes(changes: dict[str, Any]) -> str:
    counts = ", ".join(f"{changes[name]} {name}" for name in ("added", "rewritten", "removed", "moved", "kept") if name in changes)
    other = [name for name in ("headline", "lede", "byline") if changes.get(name)]
    return f"paragraphs: {counts}" + (f"; {', '.join(other)} changed" if other else "")


def _changed(changes: dict[str, Any]) -> Iterator[str]:
    """The paragraphs, numbers and claims that are shown of them, a line each."""
    for one in changes.get("paragraphs", ()):
        yield f"{one['kind']} graf {one['paragraph'] or one['was']}: {one['text']}"
    for one in changes.get("numbers", ()):
        where = f"graf {one['paragraph']}" if one["paragraph"] else "headline"
        yield f"{one['old']} -> {one['new']} ({one['about']}, {where})"
    for one in changes.get("claims", ()):
        yield f"note: {one['verb']} {one['target']}: {'found' if one['found'] else 'not found'}"
