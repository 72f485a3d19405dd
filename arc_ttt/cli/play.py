"""`arc-ttt play`: a page in the browser to look at puzzles, draw them and watch them being solved."""

from __future__ import annotations

import importlib.util
import os
import sys
import tempfile
import webbrowser
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from arc_ttt.cli.options import every, takes
from arc_ttt.config import RunConfig, SolveConfig
from arc_ttt.errors import ConfigError
from arc_ttt.paths import is_file, share

if TYPE_CHECKING:
    from arc_ttt.play.desk import Setup

# What of a run's settings means nothing here: a press of "solve" is a whole run, in one worker, until it is stopped.
_WHOLE = {"solutions", "out", "fresh", "limit", "tasks", "shard", "deadline", "budget", "keep_adapters", "workers"}
_WHOLE |= {"engine", "address", "json", "quiet", "verbose"}
TAKEN = [one.path for one in every(RunConfig, SolveConfig) if one.path not in _WHOLE]


@takes(RunConfig, SolveConfig, only=TAKEN)
def command(
    ctx: typer.Context,
    sources: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="TASKS",
            help="Folders of task files, task files, challenges files, data sets such as arc1:training, or runs; by "
            "default the sample tasks.",
        ),
    ] = None,
    host: Annotated[
        str, typer.Option(metavar="ADDRESS", help="Who can reach the page: with 127.0.0.1 this machine alone.")
    ] = "127.0.0.1",
    port: Annotated[
        int,
        typer.Option(
            metavar="N", help="By default 8765, or another where that is in use.", min=0, max=65535, show_default=False
        ),
    ] = 0,
    browser: Annotated[
        bool, typer.Option("--browser/--no-browser", help="Open the page, where there is a browser.")
    ] = True,
    results: Annotated[Path, typer.Option(metavar="FOLDER", help="Where runs are, and where new ones go.")] = Path(
        "results"
    ),
    saved: Annotated[Path, typer.Option(metavar="FOLDER", help="Where puzzles are saved.")] = Path("puzzles"),
    **_: Any,
) -> None:
    """Serve a page on which you look at TASKS, draw puzzles and watch them being solved."""
    if missing := [name for name in ("starlette", "uvicorn") if importlib.util.find_spec(name) is None]:
        raise ConfigError(f"play needs {' and '.join(missing)}: pip install 'arc-ttt[play]'")
    from arc_ttt.play.library import Library, is_run, key_of
    from arc_ttt.play.server import Place, serve

    prepare(ctx, {})  # a setting that is wrong is said now
    for option, folder in (("--results", results), ("--saved", saved)):
        if is_file(folder):
            raise ConfigError(f"{option} {folder}: is a file, not a folder")
    library = Library(tuple(sources or (str(share("data", "samples")),)), results, saved)
    for source in library.named:
        if not is_run(Path(source)):
            library.tasks(key_of(source))

    def ready(address: str, at: int) -> None:
        print(f"arc-ttt is at {address}", flush=True)
        if port == 0 and at != 8765:
            print("(port 8765 is in use)", flush=True)
        print("Ctrl-C ends it.", flush=True)
        if browser and seen():
            webbrowser.open(address)

    try:
        serve(library, lambda how: prepare(ctx, how), Place(host=host, port=port), ready, log)
    except KeyboardInterrupt as stop:
        raise ctx.obj.stop("stopped; what was finished is kept", stop) from None


def prepare(ctx: typer.Context, how: Mapping[str, Any]) -> Setup:
    """What was given on the command line, with what was chosen on the page in its place."""
    from arc_ttt.cli.asked import settle
    from arc_ttt.cli.solve import recipe_of
    from arc_ttt.play.desk import Setup

    asked = settle(ctx, **chosen(how))
    return Setup(asked.run, asked.config, recipe_of(asked))


def chosen(how: Mapping[str, Any]) -> dict[str, Any]:
    """The settings that a page has chosen; `ConfigError` for what it cannot choose: it names no file."""
    values: dict[str, Any] = {}
    for name, value in how.items():
        if name == "preset" and value in ("fast", "default", "best"):
            values[name] = value
        elif name == "agents" and value in ("auto", "programs", "learner"):
            values[name] = ("programs", "learner") if value == "auto" else (value,)
        elif name == "ask_all" and isinstance(value, bool):
            values[name] = value
        elif value is not None:
            raise ConfigError(f"the page cannot choose {str(name)[:40]!r} so: {str(value)[:40]!r}")
    return values


def seen() -> bool:
    """Whether a browser could open a window that a person sees."""
    if sys.platform in ("darwin", "win32"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def log(trace: str) -> str:
    """Append the traceback of a bug to a file among the temporary ones; what to add to the line about it."""
    path = Path(tempfile.gettempdir(), "arc-ttt-errors.log")
    try:
        with path.open("a", encoding="utf-8", errors="backslashreplace") as file:
            file.write(trace + "\n")
    except OSError:
        return ""
    return f"; the traceback is in {path}"
