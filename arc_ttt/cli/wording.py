"""What `solve` says of its tasks, its settings and its end, in lines for a person."""

from __future__ import annotations

import sys
from collections.abc import Collection, Mapping, Sequence
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

if TYPE_CHECKING:
    from arc_ttt.agents.recipe import Equipment
    from arc_ttt.arc.dataset import TaskSet
    from arc_ttt.config import SolveConfig
    from arc_ttt.run.batch import Summary
    from arc_ttt.run.store import Header
    from arc_ttt.text.sheet import Sheet
    from arc_ttt.types import Result


def tasks_line(tasks: TaskSet, chosen: Sequence[str]) -> str:
    """How many tasks and outputs there are, and whether answers are known."""
    count = f"{len(chosen)} of {len(tasks.order)}" if len(chosen) < len(tasks.order) else f"{len(chosen)}"
    noun = "task" if len(tasks.order) == 1 else "tasks"
    known, outputs = sum(1 for id in chosen if id in tasks.solutions), sum(map(tasks.tests, chosen))
    answers = "known" if known == len(chosen) else f"known for {known}" if known else "not known"
    faulty = f", {len(tasks.faults)} faulty" if tasks.faults else ""
    return (
        f"{tasks.name}: {count} {noun}, {outputs} test output{'' if outputs == 1 else 's'}, answers {answers}{faulty}"
    )


def solver_line(config: SolveConfig, equipment: Equipment, workers: int, why: str = "") -> str:
    """The agents, the model and what is done with it, by how many `workers` and why so many."""
    many = f"{workers} workers" if workers > 1 else ""
    many = f", {many} ({why})" if many and why else ", ".join(["", *filter(None, (many, why))])
    search = f"a search for programs of {config.programs.budget:,} units"
    if not config.learns:
        return search + many
    ttt = config.ttt
    budget = f"{ttt.lessons} lessons" if ttt.lessons is not None else f"{ttt.tokens:,} tokens"
    budget += f" {ttt.epochs} times" if ttt.lessons is not None and ttt.epochs > 1 else ""
    budget = f"{ttt.seconds:g} s" if ttt.seconds is not None else budget
    most = "" if ttt.stop == "none" else "at most "
    train = f"{most}{budget} of training a task" if ttt.enabled else "no training"
    views = f"{config.views} view{'' if config.views == 1 else 's'}"
    decoding = {"greedy": "greedy", "sample": f"{config.decode.samples} samples each"}
    how = decoding.get(config.decode.method, f"search down to {config.decode.min_prob:g}")
    note = equipment.note and f", {equipment.note}"
    also = f", and {search}" if "programs" in config.agents else ""
    return (
        f"model {equipment.model['name']} ({equipment.model['digest'][:8]}{note}), "
        f"prompt {equipment.prompt['name']}: {train}, {views}, {how}, {config.vote} vote{also}{many}"
    )


def solver_lines(config: SolveConfig, equipment: Equipment, workers: int, why: str, sheet: Sheet) -> str:
    """The agents, the model and what is done with it; below it whose settings these are."""
    return "\n".join(filter(None, [solver_line(config, equipment, workers, why), sheet_line(config, sheet)]))


def sheet_line(config: SolveConfig, sheet: Sheet) -> str:
    """Which settings are the prompt format's own (its authors' where it is a published checkpoint's), and which were
    overridden; "" where it has none."""
    own = sheet.paths()
    if not own or not config.learns:
        return ""
    now = {path: attrgetter(path)(config) for path in own}
    kept = {_short(path): value for path, value in now.items() if value == own[path]}
    other = [f"{_short(path)} {shown(now[path])} (not {shown(v)})" for path, v in own.items() if now[path] != v]
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
    return f"{value:g}" if isinstance(value, float) else str(value)


def _short(path: str) -> str:
    return path.removeprefix("ttt.").removeprefix("decode.")


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
    kept = f"{reserve(left):.1f} s of which are kept for the end"
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
    return f"1 {noun} was" if n == 1 else f"{n} {noun}s were"
