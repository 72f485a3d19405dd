"""`arc-ttt pretrain`: a configuration and corpora → a built-in model; stopped and started again at will."""

from __future__ import annotations

import dataclasses
import json as jsonlib
from pathlib import Path
from typing import Annotated, Any

import typer

from arc_ttt.cli.session import Session, again, clock, outlasting
from arc_ttt.config import read_pretrain


def command(
    ctx: typer.Context,
    config: Annotated[Path, typer.Argument(metavar="CONFIG", help="A TOML file, see data/models/*/pretrain.toml.")],
    corpus: Annotated[list[Path], typer.Option(metavar="FOLDER", help="Pairs to learn from; may be repeated.")],
    out: Annotated[Path, typer.Option(metavar="FOLDER", help="Takes checkpoint, log and finished model.")],
    start: Annotated[
        Path | None,
        typer.Option(
            "--from",
            metavar="FOLDER|NAME",
            help="Begin with another training's OUT/checkpoint, a finished model or a shipped one, also of another "
            "corpus or of fewer layers.",
        ),
    ] = None,
    tokens: Annotated[
        int | None, typer.Option(metavar="N", help="Tokens to train on; by default as CONFIG says.")
    ] = None,
    no_compile: Annotated[
        bool, typer.Option("--no-compile", metavar="", help="Do without a C++ compiler; slower.")
    ] = False,
    json: Annotated[bool, typer.Option("--json", metavar="", help="One JSON object a line.")] = False,
) -> None:
    """Train a built-in model as CONFIG says; goes on from OUT/checkpoint where there is one."""
    session: Session = ctx.obj
    settings = read_pretrain(config)
    if tokens is not None:
        settings = dataclasses.replace(settings, tokens=tokens)
    if no_compile:
        settings = dataclasses.replace(settings, compile=False)

    def report(line: dict[str, Any]) -> None:
        print(jsonlib.dumps(line) if json else describe(line), flush=True)

    if out.is_dir():
        session.folder = out
    from arc_ttt.pretrain.training import pretrain

    with outlasting("the training"):
        try:
            model = pretrain(settings, corpus, out, start=start, report=report)
        except KeyboardInterrupt as stop:
            raise session.stop(f"stopped; go on with: {again(session.argv)}", stop) from None
        print(jsonlib.dumps({"model": str(model)}) if json else f"{model}: the finished model")


def describe(line: dict[str, Any]) -> str:
    """A line of the log for a person."""
    left = (line["of"] - line["tokens"]) / max(1, line["tokens_per_second"])
    return (
        f"step {line['step']:,}: {line['tokens']:,} of {line['of']:,} tokens, loss {line['loss']:.4f}, "
        f"{line['tokens_per_second']:,} tokens/s, {clock(max(0.0, left))} left"
    )
