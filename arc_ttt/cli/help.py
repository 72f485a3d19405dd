"""How commands explain themselves: plain lines that are never cut, the options that people use first.

Everything else that a command takes stands behind `--help-all`. What is wrong with the words of a call is one line.
"""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Iterable, Iterator
from typing import Annotated, Any, cast

import typer
from typer.core import TyperCommand, TyperGroup

from arc_ttt.errors import ConfigError

_MISUSE = cast("type[Any]", typer.BadParameter.__base__)  # of words; typer has no name for it
EXIT_CODES = (
    "Exit codes: 0 done; 1 tasks failed, or the machine refused something (a full disk); 2 wrong use or data; 130 "
    "stopped by Ctrl-C, 143 by SIGTERM. What is finished is kept in any case."
)
# By their parameters: what people give; the rest is for those who know that they want it.
COMMON = frozenset(
    (
        "model",
        "agents",
        "preset",
        "config",
        "solutions",
        "out",
        "limit",
        "tasks",
        "deadline",
        "workers",
        "device",
        "json",
    )
)


@contextlib.contextmanager
def _in_one_line(ctx: Any) -> Iterator[None]:
    """`ConfigError` for words that the command cannot read; of a variable of the environment it names that."""
    try:
        yield
    except _MISUSE as fault:
        parameter: Any = getattr(fault, "param", None)
        source = ctx.get_parameter_source(parameter.name) if parameter is not None else None
        if source is not None and source.name == "ENVIRONMENT":
            raise ConfigError(f"{parameter.envvar}={os.environ[parameter.envvar]}: {_plain(fault.message)}") from fault
        said = _plain(fault.format_message().rstrip(".?"))
        raise ConfigError(f"{said}; `{ctx.command_path} --help` lists what there is") from fault


def _plain(said: str) -> str:
    """What is wrong with a number, in the words of our own checks."""
    return re.sub(r"Input should be a valid (integer|number), unable.*", r"must be a valid \1", said)


class Group(TyperGroup):
    """The commands."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        if not args:  # typer shows the help
            return super().parse_args(ctx, args)
        with _in_one_line(ctx):
            return super().parse_args(ctx, args)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        with _in_one_line(ctx):
            return super().resolve_command(ctx, args)


class Command(TyperCommand):
    """Lists options by what they are about."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        with _in_one_line(ctx):
            return super().parse_args(ctx, args)

    def shell_complete(self, ctx: Any, incomplete: str) -> Any:
        """Of a shell that asks for a word's end all options are told."""
        show_all(self.params)
        return super().shell_complete(ctx, incomplete)

    def format_options(self, ctx: Any, formatter: Any) -> None:
        panels: dict[str, list[tuple[str, str]]] = {}
        for parameter in self.get_params(ctx):
            record = parameter.get_help_record(ctx)
            if record is not None:
                kind = "Arguments" if parameter.param_type_name == "argument" else "Options"
                panel = getattr(parameter, "rich_help_panel", None) or kind
                names, help = record
                panels.setdefault(panel, []).append((re.sub(r" <[^>]*>$", "", names), help))  # without its type
        for panel, rows in panels.items():
            with formatter.section(panel):
                formatter.write_dl(rows)


def show_all(parameters: Iterable[Any]) -> None:
    """Hide none of a command's options."""
    for parameter in parameters:
        parameter.hidden = False


def _tell_all(ctx: typer.Context, wanted: bool) -> None:
    if wanted:
        show_all(ctx.command.params)
        print(ctx.get_help())
        raise typer.Exit


All = Annotated[
    bool,
    typer.Option(
        "--help-all",
        metavar="",
        callback=_tell_all,
        is_eager=True,
        help="Show all options, and end. Each can be an environment variable, such as ARC_TTT_VIEWS.",
        show_default=False,
    ),
]
