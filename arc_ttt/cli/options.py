"""Settings → the options of a command; a call's context → the values that were given."""

from __future__ import annotations

import difflib
import inspect
import os
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Annotated, Any, TypeVar

import typer

from arc_ttt.cli.help import COMMON, All
from arc_ttt.errors import ConfigError
from arc_ttt.paths import share
from arc_ttt.settings import Setting, settings

F = TypeVar("F", bound=Callable[..., Any])
ON_THE_LINE = ("COMMANDLINE", "ENVIRONMENT")

TASKS = (
    "A folder of task files, task files, a Kaggle challenges file, a data set (arc1, arc2, kaggle2024, kaggle2025, "
    "arc; with :training, else its evaluation split), one task of these (arc1:training/007bbfb7), or a run's tasks."
)
ENVIRONMENT = "ARC_TTT_"


def _sources(incomplete: str) -> list[str]:
    """Data sets, and their splits, for a shell that asks how a word may end; else it tells files."""
    from arc_ttt.arc.dataset import NAMED

    names = (
        [*NAMED, *(f"{name}:{split}" for name in NAMED for split in ("training", "evaluation"))] if incomplete else []
    )
    return [name for name in names if name.startswith(incomplete)]


Source = Annotated[list[str], typer.Argument(metavar="TASKS", help=TASKS, autocompletion=_sources)]


def takes(*classes: type, only: Sequence[str] = ()) -> Callable[[F], F]:
    """Give a command the options of these settings, or of those with a path among `only`. Its `**options` take them;
    what they mean `given` says."""
    known = [one for one in every(*classes) if not only or one.path in only]

    def wrap(command: F) -> F:
        signature = inspect.signature(command, eval_str=True)
        own = [p for p in signature.parameters.values() if p.kind is not p.VAR_KEYWORD]
        positional = [p.replace(kind=p.POSITIONAL_OR_KEYWORD) for p in own]
        more = [_parameter(one, hidden=not only and one.key not in COMMON) for one in known]
        if not only:
            more.append(inspect.Parameter("help_all", inspect.Parameter.KEYWORD_ONLY, default=False, annotation=All))
        parameters = [p for p in positional if p.default is p.empty] + [
            p for p in positional if p.default is not p.empty
        ]
        command.__signature__ = signature.replace(parameters=[*parameters, *more])  # type: ignore[attr-defined]
        command.__annotations__ = {p.name: p.annotation for p in (*parameters, *more)}
        return command

    return wrap


def every(*classes: type) -> Iterator[Setting]:
    """The settings of these classes that have an option."""
    return (one for cls in classes for one in settings(cls) if one.option or one.off)


def given(context: typer.Context, *classes: type) -> dict[str, Any]:
    """What the command line and the environment say of these settings, by path. `ConfigError` for a value out of
    bounds, and for a variable that is nearly one of them."""
    values: dict[str, Any] = {}
    known = {_variable(one): one for one in every(*classes)}
    for variable, one in known.items():
        source = context.get_parameter_source(one.key)
        if source is not None and source.name in ON_THE_LINE:
            value = context.params[one.key]
            try:
                values[one.path] = not value if one.off and not one.option else one.value(value)
                one.check(values[one.path])
            except ConfigError as fault:
                if source.name == ON_THE_LINE[0]:
                    raise
                raise ConfigError(f"{variable}={os.environ[variable]}: {fault}") from fault
    _refuse_misspelt(known.keys())
    return values


def _variable(one: Setting) -> str:
    """What a setting is called in the environment."""
    return ENVIRONMENT + one.key.upper()


def _refuse_misspelt(known: Collection[str]) -> None:
    """`ConfigError` for a variable that is nearly one of `known`. Others may be meant for something else."""
    for name in sorted(os.environ.keys() - known):
        if name.startswith(ENVIRONMENT) and (near := difflib.get_close_matches(name, known, n=1, cutoff=0.85)):
            raise ConfigError(f"{name}: there is no such setting; the nearest is {near[0]}")


def typed(context: typer.Context, paths: Iterable[str]) -> list[str]:
    """Those of `paths` that stand on the command line itself: what the environment says is meant for many calls, and
    may do nothing in some of them."""
    sources = {path: context.get_parameter_source(path.replace(".", "_")) for path in paths}
    return [path for path, source in sources.items() if source is None or source.name == ON_THE_LINE[0]]


def _ends(one: Setting) -> Callable[[str], list[str]] | None:
    """How a value may end, for a shell that asks; None where any file may be meant."""
    values = sorted(p.stem for p in share("data", "presets").glob("*.toml")) if one.path == "preset" else None
    if values is None and one.bound is not None and one.bound.values:
        values = list(one.bound.values)
    return None if values is None else lambda incomplete: [value for value in values if value.startswith(incomplete)]


def _parameter(one: Setting, *, hidden: bool = False) -> inspect.Parameter:
    """A setting as a parameter that typer makes an option of."""
    kind: Any = str if one.parse is not None or one.type is tuple else one.type
    default = one.default
    names = ["/".join(name for name in (one.option, one.off) if name), *([one.short] if one.short else [])]
    if one.type is bool:
        default = default if one.option else False
    elif isinstance(default, tuple):
        default = ",".join(map(str, default))
    shows = default is not None and one.type is not bool and default != ""
    option = typer.Option(
        *names,
        help=one.help,
        envvar=_variable(one),
        show_envvar=False,
        hidden=hidden,
        metavar="" if one.type is bool else one.metavar or {int: "N", Path: "PATH"}.get(one.type, "TEXT"),
        rich_help_panel=one.panel or None,
        show_default=one.shown or shows,
        autocompletion=_ends(one),
    )
    annotation: Any = Annotated[kind if default is not None else kind | None, option]
    return inspect.Parameter(one.key, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation)
