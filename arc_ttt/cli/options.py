"""Settings → the options of a command; a call's context → the values that were given."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any, TypeVar

import typer

from arc_ttt.errors import ConfigError
from arc_ttt.settings import Setting, settings

F = TypeVar("F", bound=Callable[..., Any])
ON_THE_LINE = ("COMMANDLINE", "ENVIRONMENT")

Source = Annotated[
    str,
    typer.Argument(
        metavar="TASKS",
        help="A folder of task files, a task file, a Kaggle challenges file, or a data set such as "
        "arc1:evaluation (arc1, arc2, kaggle2024, kaggle2025, arc; training or evaluation).",
    ),
]


def takes(*classes: type, only: Sequence[str] = ()) -> Callable[[F], F]:
    """Give a command the options of these settings, or of those with a path among `only`. Its `**options` take them;
    what they mean `given` says."""
    known = [one for one in every(*classes) if not only or one.path in only]

    def wrap(command: F) -> F:
        signature = inspect.signature(command, eval_str=True)
        own = [p for p in signature.parameters.values() if p.kind is not p.VAR_KEYWORD]
        positional = [p.replace(kind=p.POSITIONAL_OR_KEYWORD) for p in own]
        more = [_parameter(one) for one in known]
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
    """What the command line says of these settings, by path. `ConfigError` for a value out of bounds."""
    values: dict[str, Any] = {}
    for one in every(*classes):
        source = context.get_parameter_source(one.key)
        if source is not None and source.name in ON_THE_LINE:
            value = context.params[one.key]
            values[one.path] = not value if one.off and not one.option else one.value(value)
            one.check(values[one.path])
    return values


def idle(known: Mapping[str, Setting], path: str, value_of: Callable[[str], Any]) -> str | None:
    """Why the setting `path` would do nothing, the others being as `value_of` says; None where it does something."""
    one = at = known[path]
    while at.needs is not None and at.needs[0] != at.path:
        needed, allowed = known[at.needs[0]], at.needs[1]
        value = value_of(needed.path)
        held = value if isinstance(value, tuple) else (value,)
        kinds = {word.partition(":")[0] if isinstance(word, str) else word for word in held}  # as in learner:PATH
        if not kinds & set(allowed):
            if needed.type is bool:
                return (
                    f"{needed.name if value else needed.off} leaves nothing for {one.name} to do: leave one of them out"
                )
            wanted, is_now = " or ".join(map(str, allowed)), ",".join(map(str, held))
            what = needed.path.rpartition(".")[2]
            what = f"{what} are" if needed.type is tuple else f"the {what} is"
            return f"{one.name} is for {needed.name} {wanted}, and {what} {is_now}: leave it out"
        at = needed
    return None


def _parameter(one: Setting) -> inspect.Parameter:
    """A setting as a parameter that typer makes an option of."""
    kind: Any = str if one.parse is not None or one.type is tuple else one.type
    default = one.default
    names = "/".join(name for name in (one.option, one.off) if name)
    if one.type is bool:
        default = default if one.option else False
    elif isinstance(default, tuple):
        default = ",".join(map(str, default))
    shows = default is not None and one.type is not bool and default != ""
    option = typer.Option(
        names,
        help=one.help,
        metavar="" if one.type is bool else one.metavar or {int: "N", Path: "PATH"}.get(one.type, "TEXT"),
        rich_help_panel=one.panel or None,
        show_default=one.shown or shows,
    )
    annotation: Any = Annotated[kind if default is not None else kind | None, option]
    return inspect.Parameter(one.key, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation)


def refuse_idle(known: Mapping[str, Setting], asked: Mapping[str, Any], value_of: Callable[[str], Any]) -> None:
    """`ConfigError` for the first of the settings `asked` on the command line that would do nothing."""
    for path in asked:
        if why := idle(known, path, value_of):
            raise ConfigError(why)
