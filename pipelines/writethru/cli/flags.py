"""Click flags made from `options.py`, so that no command states an option of its own that the job has too."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import fields
from typing import Any, get_type_hints

import click
from click.core import ParameterSource

from writethru.options import Options, flag, from_environment, listed, variables

F = Callable[..., Any]
RATE = click.FloatRange(min=0, min_open=True)
"""Payloads a second."""


class CommaList(click.ParamType[str]):
    """A list that may be given as `a, b` or by repeating the flag."""

    name = "text"

    def __init__(self, choices: tuple[str, ...]) -> None:
        self.choices = choices

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        parts = [part.strip() for part in str(value).split(",")]
        for part in parts if self.choices else ():
            if not part:
                self.fail(f"a part of {value!r} is empty: expected a comma list of {', '.join(self.choices)}", param, ctx)
            if part not in self.choices:
                self.fail(f"{part!r} is not one of {', '.join(self.choices)}", param, ctx)
        return value

    def split_envvar_value(self, rv: str) -> Sequence[str]:
        """The variable whole: click would cut it at blanks, `kafka, sql` into `kafka,` and `sql`."""
        return [rv]


def flags(*groups: str, defaults: Mapping[str, Any] | None = None, unlisted: Collection[str] = ()) -> Callable[[F], F]:
    """Adds the flags of these groups of `Options` to a command. `defaults` are those that the command has of its own; `unlisted` are taken
    and stand in no help, because nothing comes of them there."""
    kinds = get_type_hints(Options)

    def decorate(function: F) -> F:
        for spec in reversed(fields(Options)):
            meta = spec.metadata
            if meta["group"] not in groups:
                continue
            kind = kinds[spec.name]
            many = kind not in (str, int, float)
            kind = CommaList(meta["choices"]) if many else click.Choice(meta["choices"]) if meta["choices"] else kind
            default = (defaults or {}).get(spec.name, spec.default)
            default = ",".join(default) if many else default
            function = click.option(
                flag(spec.name),
                spec.name,
                type=kind,
                multiple=many,
                default=[default] if many and default else [] if many else default,
                envvar=list(variables(spec.name, meta["env"])),
                show_envvar=True,
                show_default=bool(default) and not meta["secret"],
                help=meta["help"],
                metavar=meta["metavar"],
                hidden=spec.name in unlisted,
            )(function)
        return function

    return decorate


def options_of(context: click.Context, defaults: Mapping[str, Any] | None = None) -> Options:
    """The Options of this call: flags, then environment, then the command's own `defaults`, then those of all. Raises OptionError."""
    given = {}
    for spec in fields(Options):
        source = context.get_parameter_source(spec.name)
        if source is ParameterSource.COMMANDLINE:
            value = context.params[spec.name]
            if isinstance(value, tuple):
                value = tuple(part for text in value for part in listed(text))
            given[spec.name] = value
        elif source is ParameterSource.DEFAULT and defaults and spec.name in defaults:
            given[spec.name] = defaults[spec.name]
    return from_environment(**given)
