"""Every command that a page shows is one, with the flags it has."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from writethru.cli import main

ROOT = Path(__file__).parents[3]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
BLOCK = re.compile(r"^ *```\n(.*?)^ *```", re.MULTILINE | re.DOTALL)
LINE = re.compile(r"^ *(?:\S*/)?writethru ([a-z][^#\n]*)", re.MULTILINE)
INLINE = re.compile(r"`(?:[^\s`]*/)?writethru ([a-z][^`]*)`")


def shown(page: Path) -> list[str]:
    """What stands after `writethru` in each."""
    text = page.read_text(encoding="utf-8")
    lines = [line for block in BLOCK.findall(text) for line in LINE.findall(block)]
    return lines + INLINE.findall(BLOCK.sub("", text))


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


def test_the_pages_show_commands() -> None:
    assert sum(len(shown(page)) for page in PAGES) > 25


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_command_shown_has_the_flags_it_is_shown_with(page: Path) -> None:
    for text in shown(page):
        words = text.replace("…", "").split()
        command = command_of(words)
        known = {name for option in command.params for name in option.opts}
        assert set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", text)) <= known, text
