"""`arc-ttt models`: the prompt formats with the checkpoints trained on them, what they need and what they saw."""

from __future__ import annotations

import json as jsonlib
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from arc_ttt.errors import ModelError

if TYPE_CHECKING:
    from arc_ttt.text.sheet import Sheet

QUANTIZATIONS = ("none", "int8", "nf4")


def command(
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="NAME|FILE",
            help="A model's name, or a part of the names of models or prompt formats: these alone are then listed; a "
            "file of a format of your own is listed with the others.",
        ),
    ] = None,
    json: Annotated[bool, typer.Option("--json", metavar="", help="One JSON array.")] = False,
) -> None:
    """List models and prompt formats: base, licence, memory, and the tasks that their training saw."""
    from arc_ttt.cli import terminal
    from arc_ttt.text import sheet

    files = [word for word in words or () if word.endswith(".toml")]
    sheets = [*sheet.shipped(), *map(sheet.read, files)]
    rows = [row for one in {one.path.resolve(): one for one in sheets}.values() for row in _rows(one)]
    if names := [word for word in words or () if word not in files]:
        rows = _named(rows, names)
    if json:
        print(jsonlib.dumps(rows))
        return
    out = terminal.console()
    for row in sorted(rows, key=lambda row: row["model"] is None):
        _show(row, out)
    text = (
        "Memory is that of the weights once the vocabulary is cut, and of the adapter, its gradients and optimiser; "
        "lessons come on top. A score on tasks that a model saw is marked. Any other causal language model of Hugging "
        "Face is read with the format digits; --prompt names another."
    )
    terminal.say(out, text)


def _named(rows: list[dict[str, Any]], names: Sequence[str]) -> list[dict[str, Any]]:
    """Those with one of `names` in that of the model or the format; a model's whole name means it alone. `ModelError`
    for a name that is nowhere."""
    chosen = []
    for name in names:
        found = [row for row in rows if name.lower() == str(row["model"]).lower()] or [
            row for row in rows if any(name.lower() in str(row[key]).lower() for key in ("model", "prompt"))
        ]
        if not found:
            raise ModelError(f"{name}: no such model, prompt format or file; `arc-ttt models` lists what there is")
        chosen += [row for row in found if row not in chosen]
    return chosen


def _rows(sheet: Sheet) -> list[dict[str, Any]]:
    """A row for each checkpoint of a format; one without a model where it has none."""
    from arc_ttt.config import TTTConfig

    rank = sheet.settings.get("rank", TTTConfig.rank)
    targets = sheet.settings.get("targets", TTTConfig.targets)
    common = {
        "prompt": sheet.name,
        "about": sheet.about,
        "settings": dict(sheet.settings),
        "decoding": dict(sheet.decoding),
    }
    rows = [
        common
        | {
            "model": c.id,
            "base": c.base,
            "licence": c.licence,
            "saw": list(c.saw),
            "bytes": {q: c.memory(q, rank, targets) for q in QUANTIZATIONS},
            "get": c.got() or "from the Hugging Face hub, by this id",
        }
        for c in sheet.checkpoints
    ]
    rows += [common | row for name in sheet.models if (row := _shipped(name, rank))]
    return rows or [common | {"model": None}]


def _shipped(name: str, rank: int) -> dict[str, Any] | None:
    """The row of a model that comes with the project; None for another."""
    from arc_ttt.paths import share
    from arc_ttt.text.sheet import Checkpoint

    folder = share("data", "models", name)
    if "/" in name or not (folder / "config.json").is_file():
        return None
    card, config = (jsonlib.loads((folder / f).read_text(encoding="utf-8")) for f in ("card.json", "config.json"))
    heads, hidden = config["num_attention_heads"], config["hidden_size"]
    shape = Checkpoint(
        id=name,
        base="",
        licence="",
        layers=config["num_hidden_layers"],
        hidden=hidden,
        intermediate=config["intermediate_size"],
        heads=heads,
        kv_heads=heads,
        head_dim=hidden // heads,
    )
    saw = card.get("saw", {})
    return {
        "model": name,
        "base": "trained from scratch, comes with arc-ttt",
        "licence": "Apache-2.0",
        "saw": [*saw.get("sets", ()), *([f"{len(saw['tasks'])} tasks named in its card"] if saw.get("tasks") else ())],
        "note": card.get("disclosed", ""),
        "bytes": {q: shape.memory(q, rank) for q in QUANTIZATIONS},
    }


def _show(row: dict[str, Any], out: Any) -> None:
    """A paragraph for each row: hub ids are too long for a table's column."""
    from rich.table import Table

    from arc_ttt.cli.wording import told
    from arc_ttt.doctor import size

    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True, width=8)
    table.add_column(overflow="fold")
    if row["model"] is None:
        out.print(f"--prompt {row['prompt']}", style="bold", soft_wrap=True)
        table.add_row("prompt", row["about"] or "any model that was trained on it")
    else:
        out.print(row["model"], style="bold", soft_wrap=True)
        table.add_row("base", row["base"])
        table.add_row("licence", row["licence"])
        if row.get("get"):
            table.add_row("got", row["get"])
        memory = [f"{q} {size(n)}" for q, n in row["bytes"].items() if n is not None]
        table.add_row("memory", ", ".join(memory))
        table.add_row("saw", ", ".join(row["saw"]) or "not known")
        if row.get("note"):
            table.add_row("note", row["note"])
        table.add_row("prompt", row["prompt"] + (f": {row['about']}" if row["about"] else ""))
    if row["settings"]:
        table.add_row("training", told(row["settings"]))
    if row["decoding"]:
        table.add_row("answers", told({k.removeprefix("decode."): v for k, v in row["decoding"].items()}))
    out.print(table, width=None if out.is_terminal else 120)
    out.print()
