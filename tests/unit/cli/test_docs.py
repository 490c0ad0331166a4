"""Every command that a page shows is one, with the flags it has."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from writethru.cli import flink, main

ROOT = Path(__file__).parents[3]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
BLOCK = re.compile(r"^ *```\w*\n(.*?)^ *```$", re.MULTILINE | re.DOTALL)
LINE = re.compile(r"^ *(?:\w+=\S* )*(?:\S*/)?(?:writethru|sh (deploy/flink/client\.sh)) ([a-z][^#\n]*)", re.MULTILINE)
SPAN = re.compile(r"`([^`]*)`")
FLAG = re.compile(r"(?<![\w-])--[a-z][\w-]*")
THEIRS = {"--update", "--experiments", "--transform_name_mapping", "--max_parallelism", "--allow_non_restored_state"}
"""Flags of Beam's runners that docs/upgrading.md names."""


def calls(text: str) -> Iterator[str]:
    """What stands after `writethru` in each line of a block, and in each span: `writethru flink stop`, or `stop --timeout 9` alone. The
    script that runs a command of `writethru flink` as a Job counts as that."""
    for script, words in (found for block in BLOCK.findall(text) for found in LINE.findall(block.replace("\\\n", " "))):
        yield f"flink {words}" if script else words
    for span in (" ".join(span.split()) for span in SPAN.findall(BLOCK.sub("", text))):
        if found := LINE.match(span):
            yield f"flink {found[2]}" if found[1] else found[2]
        elif span.split(" ")[0] in flink.command.commands:
            yield f"flink {span}"


def command_of(words: list[str]) -> click.Command:
    """The command that `words` begin with; fails where there is none."""
    group: click.Command = main
    for word in words:
        if not isinstance(group, click.Group):
            break
        found = group.get_command(click.Context(group), word)
        assert found is not None, f"writethru {' '.join(words)}: no command {word}"
        group = found
    return group


def flags_of(text: str) -> set[str]:
    """The flags of the command of a call."""
    command = command_of(text.replace("…", "").split())
    return {name for option in command.get_params(click.Context(command)) for name in option.opts}


def wrong_calls(text: str) -> list[str]:
    return [call for call in calls(text) if not set(FLAG.findall(call)) <= flags_of(call)]


def wrong_flags(text: str) -> list[str]:
    """Flags that stand alone and are none of a command that their paragraph names; where it names none, of one that the page names, or of a
    submission."""
    page, found = set().union(*map(flags_of, calls(text))) or flags_of("flink submit"), []
    for paragraph in re.split(r"\n\n+|\n(?=\|)|\n *(?=- )", BLOCK.sub("\n", text)):
        alone = {flag for span in SPAN.findall(paragraph) if span.startswith("--") for flag in FLAG.findall(span)}
        named = list(calls(paragraph))
        found += sorted(alone - THEIRS - (set().union(*map(flags_of, named)) if named else page))
    return found


@pytest.mark.parametrize(("name", "number"), [("README.md", 15), ("docs/flink.md", 30), ("docs/upgrading.md", 10)])
def test_the_pages_show_commands(name: str, number: int) -> None:
    assert len(list(calls((ROOT / name).read_text(encoding="utf-8")))) > number


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_command_shown_has_the_flags_it_is_shown_with(page: Path) -> None:
    assert wrong_calls(page.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("name", ["README.md", "docs/flink.md", "docs/upgrading.md", "docs/scaling.md"])
def test_every_flag_that_is_named_alone_is_one_of_the_command_it_is_named_for(name: str) -> None:
    assert wrong_flags((ROOT / name).read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("Then `writethru flink stop --timeout 9`.", []),
        ("Then `writethru flink stop --parallelism 2`.", ["flink stop --parallelism 2"]),
        ("Then `stop --parallelism 2`.", ["flink stop --parallelism 2"]),
        ("```\nA=b .venv/bin/writethru flink up \\\n  --fresh   # --slots\n```\n", ["flink up    --fresh   "]),
        ("1. So:\n   ```\n   sh deploy/flink/client.sh submit --plan old.json\n   ```\n", ["flink submit --plan old.json"]),
    ],
)
def test_a_flag_of_another_command_is_found(text: str, wrong: list[str]) -> None:
    assert wrong_calls(text) == wrong


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("`resume` takes `--plan FILE`.", []),
        ("`resume` takes `--plan FILE`.\n\n`submit` takes `--plan FILE`.", ["--plan"]),
        ("`submit` takes `--plan FILE`.\n- `resume` too.", ["--plan"]),
        ("| `up` | `--fresh` |\n| `submit` | |", ["--fresh"]),
        ("`writethru plan` does.\n\nIt takes `--on dataflow`, and `--off`.", ["--off"]),
    ],
)
def test_a_flag_alone_that_is_another_commands_is_found(text: str, wrong: list[str]) -> None:
    assert wrong_flags(text) == wrong


def test_every_target_of_make_that_is_named_is_one() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    texts = [page.read_text(encoding="utf-8") for page in PAGES]
    spans = [span for text in texts for span in (*SPAN.findall(BLOCK.sub("", text)), *"\n".join(BLOCK.findall(text)).splitlines())]
    named = {found[1] for span in spans if (found := re.match(r"(?:\w+=\S* )*make ([a-z-]+)", " ".join(span.split())))}
    assert {"run", "test-cluster", "bench"} <= named <= targets
