"""What `solve` says of its tasks, its settings and its end, in lines for a person."""

from __future__ import annotations

import dataclasses
import sys
from collections.abc import Collection, Mapping, Sequence
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

if TYPE_CHECKING:
    from arc_ttt.agents.recipe import Equipment
    from arc_ttt.arc.dataset import TaskSet
    from arc_ttt.cli.asked import Asked
    from arc_ttt.config import SolveConfig, TTTConfig
    from arc_ttt.run.batch import Summary
    from arc_ttt.run.store import Header
    from arc_ttt.text.sheet import Sheet
    from arc_ttt.types import Result


def tasks_line(tasks: TaskSet, chosen: Sequence[str]) -> str:
    """How many tasks and outputs there are, and whether answers are known."""
    count = f"{len(chosen)} of " if len(chosen) < len(tasks.order) else ""
    known, outputs = sum(1 for id in chosen if id in tasks.solutions), sum(map(tasks.tests, chosen))
    answers = "known" if known == len(chosen) else f"known for {known}" if known else "not known"
    faulty = f", {len(tasks.faults)} faulty" if tasks.faults else ""
    return (
        f"{tasks.name}: {count}{_many(len(tasks.order), 'task')}, {_many(outputs, 'test output')}, "
        f"answers {answers}{faulty}"
    )


def solver_line(config: SolveConfig, equipment: Equipment, workers: int, why: str = "") -> str:
    """The agents, the model and what is done with it, by how many `workers` and why so many."""
    many = f"{workers} workers" if workers > 1 else ""
    many = f", {many} ({why})" if many and why else ", ".join(["", *filter(None, (many, why))])
    search = f"a search for programs of {config.programs.budget:,} units"
    if not config.learns:
        return search + many
    train, views = _training(config.ttt), _many(config.views, "view")
    decoding = {"greedy": "greedy", "sample": f"{_many(config.decode.samples, 'sample')} each"}
    how = decoding.get(config.decode.method, f"search down to {config.decode.min_prob:g}")
    note = equipment.note and f", {equipment.note}"
    also = f", and {search}" if "programs" in config.agents else ""
    return (
        f"model {equipment.model['name']} ({equipment.model['digest'][:8]}{note}), "
        f"prompt {equipment.prompt['name']}: {train}, {views}, {how}, {config.vote} vote{also}{many}"
    )


def folder_lines(folder: Path, finished: int, tasks: int, config: Mapping[str, Any]) -> str:
    """A run's folder, what is in it already, and whether its machines compute in different numbers."""
    lines = f"{folder}" + (f": {finished} of {tasks} finished before" if finished else "")
    machines = [machine for machine in config.get("machines", []) if isinstance(machine, dict)]
    kinds = dict.fromkeys(str(machine["dtype"]) for machine in machines if "dtype" in machine)
    if len(kinds) > 1:
        lines += f"\nmachines of several kinds take part, in {' and '.join(kinds)}: few answers depend on which"
    return lines


def _training(ttt: TTTConfig) -> str:
    """How much is trained, at most."""
    if not ttt.enabled:
        return "no training"
    if ttt.seconds is not None:
        budget = f"{ttt.seconds:g} s"
    elif ttt.lessons is not None:
        budget = _many(ttt.lessons, "lesson") + (f" {ttt.epochs} times" if ttt.epochs > 1 else "")
    else:
        budget = _many(ttt.tokens, "token")
    fewer = ttt.budget == "ttt.lessons" and ttt.leave_two_out == "fill"  # a task may have fewer that are distinct
    most = "at most " if ttt.stop != "none" else "up to " if fewer else ""
    return f"{most}{budget} of training a task"


def solver_lines(asked: Asked, equipment: Equipment, workers: int, why: str) -> str:
    """The agents, the model and what is done with it; below it whose settings these are."""
    lines = [line if name == "learner" else f"{name}, {line}" for name, line in sheet_lines(asked).items()]
    return "\n".join([solver_line(asked.config, equipment, workers, why), *lines])


def sheet_lines(asked: Asked) -> dict[str, str]:
    """Of each learner, by its name among the agents, `sheet_line`, where there is one."""
    from arc_ttt.text.sheet import choose

    lines = {}
    for name in asked.config.agents:
        kind, _, model = name.partition(":")
        if kind == "learner":
            config = dataclasses.replace(asked.config, ttt=asked.others.get(name, asked.config.ttt))
            lines[name] = sheet_line(config, choose(model) if model else asked.sheet)
    return {name: line for name, line in lines.items() if line}


def sheet_line(config: SolveConfig, sheet: Sheet) -> str:
    """Which settings are the prompt format's own (its authors' where it is a published checkpoint's), and which were
    overridden, also of those that it leaves alone; "" where it has none. What does nothing is left out."""
    from arc_ttt.config import BUDGETS, SolveConfig
    from arc_ttt.settings import build, idle, settings
    from arc_ttt.text.sheet import CHOICES

    if not (own := sheet.paths()):
        return ""
    before: SolveConfig = build(SolveConfig, own)
    known = {one.path: one for one in settings(SolveConfig)}
    more = [path for path in known if path.startswith(("ttt.", "decode.")) or path in (*CHOICES, "sequential")]
    kept, other = dict[str, Any](), list[str]()
    # The training's budgets are one setting of three names.
    for path in dict.fromkeys(config.ttt.budget if path in BUDGETS else path for path in (*own, *more)):
        if idle(known, path, lambda one: attrgetter(one)(config)):
            continue
        then = before.ttt.budget if path in BUDGETS else path
        value, was = attrgetter(path)(config), attrgetter(then)(before)
        if (path, value) != (then, was):
            instead = shown(was) if path == then else told({_short(then): was})
            other.append(f"{told({_short(path): value})} (not {instead})")
        elif path in own:
            kept[_short(path)] = value
    whose = "its authors'" if sheet.checkpoints else "its own"
    parts = [f"{whose} {told(kept)}"] if kept else []
    parts += [f"overridden: {', '.join(other)}"] if other else []
    return f"prompt {sheet.name}: {'; '.join(parts)}"


def told(settings: Mapping[str, Any]) -> str:
    """Settings in a line: `rank 32, rslora yes, targets linear`."""
    return ", ".join(f"{name} {shown(value)}" for name, value in settings.items())


def shown(value: Any) -> str:
    """One setting's value."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return ",".join(map(str, value)) or "none"
    return f"{value:g}" if isinstance(value, float) else "none" if value is None else str(value)


def _short(path: str) -> str:
    """A setting's name without its group; of two with the same name it is the training's."""
    from arc_ttt.config import TTTConfig

    name = path.rpartition(".")[2]
    return path if path != f"ttt.{name}" and hasattr(TTTConfig, name) else "training" if name == "enabled" else name


def facts(source: str, tasks: TaskSet, chosen: Sequence[str], folder: Path, header: Header) -> dict[str, Any]:
    """What the JSON line of the start holds."""
    return header.document() | {
        "source": source,
        "chosen": len(chosen),
        "outputs": sum(map(tasks.tests, chosen)),
        "faulty": [fault.message for fault in tasks.faults],
        "out": str(folder),
    }


def unkept(earlier: Sequence[Result], folder: Path, engine: str) -> str:
    """One line about tasks that are finished and whose adapters are not there; a cluster's are where they were made."""
    from arc_ttt.lm import kept

    there = kept.names(folder)
    is_kept = [r.notes.get("kept") is True if engine == "ray" else r.task in there for r in earlier]
    if not (n := is_kept.count(False)):
        return ""
    tasks, them = ("task has", "it") if n == 1 else ("tasks have", "them")
    return f"{n} finished {tasks} no kept adapter; --fresh solves {them} again"


def late(allowed: float | None, left: float | None) -> str:
    """Why a run with a deadline could not begin with any task; "" where it could."""
    from arc_ttt.run.deadline import reserve, too_late

    if allowed is None or left is None or not too_late(left):
        return ""
    kept = f"{reserve(max(0.0, left)):.1f} s of which are kept for the end"
    return f": starting took {allowed - left:.1f} s, and --deadline allows {allowed:.1f} s, {kept}; allow more"


def end(summary: Summary, results: Collection[Result], limit: str, late: str = "") -> None:
    """Name what went wrong, one line each, and exit accordingly. `results` are those of this start, `limit` is what it
    had to keep to, `late` why it could not begin."""
    errors = {result.task: result.error for result in summary.results}
    for id in summary.faulty:
        print(f"error: {errors[id]}", file=sys.stderr)
    for id in summary.failed:
        print(f"error: task {id}: {errors[id]}", file=sys.stderr)
    if summary.unreached:
        spent = limit == "budget"
        why = late or " in time; the same command goes on"
        why = ": the budget is spent; give a larger one" if spent else why
        print(f"{_were(len(summary.unreached), 'task')} not reached{why}", file=sys.stderr)
    failed = {name: fault for r in results for name, fault in dict(r.notes.get("failed", {})).items()}
    for name, fault in failed.items():
        count = sum(name in r.notes.get("failed", {}) for r in results)
        print(
            f"{name} failed in {_were(count, 'task').rpartition(' ')[0]}, the others answered: {fault}", file=sys.stderr
        )
    reasons = [str(r.notes["kept"]) for r in results if str(r.notes.get("kept", "")).startswith("no:")]
    if reasons:
        print(f"{_were(len(reasons), 'adapter')} not kept: {reasons[0][4:]}", file=sys.stderr)
    if summary.failed:
        print("the tracebacks are in errors.log; the same command tries these tasks again", file=sys.stderr)
    if summary.faulty or summary.failed:
        raise typer.Exit(2 if summary.faulty else 1)


def _were(n: int, noun: str) -> str:
    return f"{_many(n, noun)} {'was' if n == 1 else 'were'}"


def _many(n: int, noun: str) -> str:
    return f"{n:,} {noun}{'' if n == 1 else 's'}"
