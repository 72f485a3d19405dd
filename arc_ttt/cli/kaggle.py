"""`arc-ttt kaggle`: a model → a folder for the `kaggle` command; that folder → a rehearsal of its run on Kaggle."""

from __future__ import annotations

import os
import re
import shlex
from pathlib import Path
from typing import Annotated, Any, cast

import typer

from arc_ttt import files
from arc_ttt.cli.help import EXIT_CODES, Command, Group
from arc_ttt.cli.session import Session
from arc_ttt.cli.solve import command as solve_command
from arc_ttt.config import RunConfig, SolveConfig
from arc_ttt.errors import ArcError, ConfigError

app = typer.Typer(
    cls=Group,
    no_args_is_help=True,
    rich_markup_mode=None,
    help="Bundle arc-ttt and a model for a Kaggle notebook, and rehearse its run.",
)


@app.command("bundle", cls=Command, short_help="Write a notebook and its data set.", epilog=EXIT_CODES)
def bundle_command(
    username: Annotated[
        str | None,
        typer.Option(
            envvar="KAGGLE_USERNAME",
            help="Owner of the notebook and its data set.",
            metavar="NAME",
            show_default="that of ~/.kaggle/kaggle.json",
        ),
    ] = None,
    out: Annotated[Path, typer.Option(help="The folder to write.", metavar="FOLDER")] = Path("kaggle"),
    model: Annotated[
        str, typer.Option(help="A shipped model, a folder, a GGUF file or a hub id.", metavar="NAME|PATH")
    ] = "arc-mini-open",
    prompt: Annotated[
        str | None, typer.Option(help="Prompt format; by default the model's own.", metavar="NAME|FILE")
    ] = None,
    model_source: Annotated[
        str | None,
        typer.Option(
            help="Where Kaggle has the weights; else they go into the data set.",
            metavar="OWNER/MODEL/FRAMEWORK/VARIATION/VERSION",
        ),
    ] = None,
    dataset_source: Annotated[
        list[str] | None, typer.Option(help="A further data set to mount; may be repeated.", metavar="OWNER/NAME")
    ] = None,
    title: Annotated[
        str | None, typer.Option(help="The notebook's title, of which its id is made.", metavar="TEXT")
    ] = None,
    competition: Annotated[
        str, typer.Option(help="Such as arc-prize-2026-arc-agi-2.", metavar="SLUG")
    ] = "arc-prize-2025",
    accelerator: Annotated[str, typer.Option(metavar="l4x4|t4x2|cpu")] = "l4x4",
    deadline: Annotated[
        str, typer.Option(help="The hidden run's time; Kaggle's limit is 12h.", metavar="DURATION")
    ] = "11h30m",
    workers: Annotated[
        int | None, typer.Option(help="Processes; by default one a GPU.", metavar="N", show_default=False)
    ] = None,
    options: Annotated[
        str, typer.Option(help="Further options of `arc-ttt solve`, in quotes: '--views 32'.", metavar="WORDS")
    ] = "",
    wheels: Annotated[bool, typer.Option("--wheels", metavar="", help="Download the other wheels now, too.")] = False,
) -> None:
    """Write a notebook, its metadata and its data set."""
    from arc_ttt.cli import terminal
    from arc_ttt.kaggle import bundle
    from arc_ttt.kaggle import wheels as wheelhouse
    from arc_ttt.paths import share
    from arc_ttt.text.sheet import choose, refuse_misfit

    sheet = choose(model, prompt)
    refuse_misfit(model, sheet)
    form = sheet.path
    own_format = form.resolve().parent != share("prompts").resolve()
    made = bundle.Bundle(
        title=_title(model) if title is None else title,
        username=_user() if username is None else username,
        competition=competition,
        accelerator=accelerator,
        model=model,
        prompt=form if own_format else form.stem,
        model_source=model_source,
        dataset_sources=tuple(dataset_source or ()),
        deadline=duration(deadline),
        workers=workers,
        options=_words(options, model, str(form)),
    )
    weights = bundle.write(out, made)
    if wheels:
        wheelhouse.download(out)
    show = terminal.console()
    source = weights or model_source
    where = f"weights from {source}" if source else f"built-in model {model}"
    say = [
        f"{out}: notebook {made.id}, data set {made.dataset_id}, {where}",
        "",
        f"arc-ttt kaggle check {shlex.quote(str(out))}",
        *(
            []
            if wheels
            else [f"{shlex.quote(str(out / wheelhouse.RECIPE))}   # the wheels that Kaggle's image may lack"]
        ),
        f"kaggle datasets create -p {shlex.quote(str(out / 'dataset'))}   # later: datasets version -m TEXT",
        f"kaggle kernels push -p {shlex.quote(str(out))}",
    ]
    for line in say:
        show.print(line, soft_wrap=True, highlight=False, markup=False)


def _user() -> str:
    """The user that the `kaggle` command knows; nothing else of its file is looked at."""
    path = Path(os.environ.get("KAGGLE_CONFIG_DIR", "~/.kaggle")).expanduser() / "kaggle.json"
    try:
        said = files.json_of(path)
        name = said["username"] if isinstance(said, dict) else None
    except (OSError, ValueError, KeyError):
        name = None
    if not isinstance(name, str):
        raise ConfigError(f"--username is missing, and {path} names no user")
    return name


@app.command("check", cls=Command, short_help="Rehearse the notebook's run.", epilog=EXIT_CODES)
def check_command(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="What `arc-ttt kaggle bundle` wrote.")],
    install: Annotated[
        bool,
        typer.Option("--install", metavar="", help="Install the bundle's wheels, as on Kaggle; else use what is here."),
    ] = False,
    model: Annotated[
        Path | None, typer.Option(help="The weights that the bundle's model source stands for.", metavar="FOLDER")
    ] = None,
    only: Annotated[str | None, typer.Option(help="Only scenarios with this in their name.", metavar="TEXT")] = None,
    keep: Annotated[
        Path | None, typer.Option(help="Keep each scenario's folders, logs and submission here.", metavar="FOLDER")
    ] = None,
) -> None:
    """Run the bundle's notebook as Kaggle would, on small tasks, and read its submissions."""
    from arc_ttt.cli import terminal
    from arc_ttt.kaggle import check, mounts

    chosen = [s for s in check.scenarios() if only is None or only in s.name]
    if not chosen:
        raise ConfigError(f"--only {only}: no scenario is called so: {'; '.join(s.name for s in check.scenarios())}")
    if model is not None and not model.exists():
        raise ConfigError(f"--model {model}: no such folder")
    if keep is not None and keep.exists() and any(keep.iterdir() if keep.is_dir() else [keep]):
        raise ConfigError(f"--keep {keep}: is there and is not an empty folder")
    show = terminal.console()

    def say(text: str) -> None:
        show.print(text, soft_wrap=True, highlight=False, markup=False)

    outcomes = check.check(folder, chosen, install=install, model=model, keep=keep)
    say(f"{folder}: {len(chosen)} run{'' if len(chosen) == 1 else 's'} of its notebook {mounts.offline()[1]}")
    failed, instead = 0, list[str]()
    for outcome in outcomes:
        instead += [outcome.instead] if outcome.instead else []
        failed += outcome.fault is not None
        say(f"{'✓' if outcome.fault is None else '✗'} {outcome.name}  {outcome.seconds:.1f} s  {outcome.note}".rstrip())
        if outcome.fault is not None:
            say(f"    {outcome.fault}")
    for reason in dict.fromkeys(instead):
        say(f"{reason}; the bundle's own model and options were not tried")
    if failed:
        raise typer.Exit(1)


def duration(text: str) -> int:
    """`11h30m`, `90s` in seconds; `ConfigError` for anything else."""
    match = re.fullmatch(r"(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?", text.strip())
    if not match or not any(match.groups()):
        raise ConfigError(f"--deadline {text!r}: write it as 11h30m, 45m or 90s")
    hours, minutes, seconds = (int(part or 0) for part in match.groups())
    return 3600 * hours + 60 * minutes + seconds


def _title(model: str) -> str:
    """A title from the model's name."""
    name = re.sub(r"[^A-Za-z0-9]+", " ", Path(model).name.removesuffix(".gguf")).strip()
    return f"arc-ttt {name}"[:44].strip()


def _words(options: str, model: str, prompt: str) -> tuple[str, ...]:
    """The words of `options`; `ConfigError` for any that `arc-ttt solve` would not take for that model, by name or by
    value, and for those that contradict the bundle or would spoil its run."""
    from arc_ttt.cli.asked import settle
    from arc_ttt.cli.options import every, given

    solve = typer.Typer()
    solve.command("solve", cls=Command)(solve_command)
    try:
        words = shlex.split(options)
        if {"-h", "--help"} & set(words):
            raise ConfigError("asks for help alone")
        command = cast(Any, typer.main.get_command(solve))
        context = command.make_context("arc-ttt solve", ["TASKS", *words], obj=Session(words))
        line = given(context, RunConfig, SolveConfig)
        for one in every(RunConfig, SolveConfig):
            if one.bundle and one.path in line:
                raise ConfigError(f"{one.name}: {one.bundle}")
        if drafter := line.get("draft_model"):
            _check_shipped(f"--draft-model {drafter}", drafter, "a shipped model drafts there")
        for agent in line.get("agents") or ():
            further = str(agent).partition(":")[2]
            # What the notebook mounts has a path of Kaggle's.
            if further and not further.startswith("/kaggle/input/"):
                _check_shipped(f"--agents {agent}", further, "shipped models, and paths below /kaggle/input, are there")
        settle(context, model=model, prompt=prompt)
    except (ValueError, ArcError) as fault:
        raise ConfigError(f"--options {options!r}: {fault}") from fault
    return tuple(words)


def _check_shipped(option: str, model: str, reason: str) -> None:
    """`ConfigError` for a model that is not in arc_ttt's wheel."""
    from arc_ttt.paths import share

    if "/" in model or not share("data", "models", model, "config.json").is_file():
        raise ConfigError(f"{option}: only {reason}")
