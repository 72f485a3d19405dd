"""`arc-ttt solve` and `arc-ttt eval`: tasks → a run's folder with a submission, and its score where answers are known.

What is cheap to check is checked first: the settings, the tasks, the chosen ids; only then is the model loaded.
"""

from __future__ import annotations

import contextlib
import dataclasses
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from arc_ttt.cli import options, wording
from arc_ttt.cli.session import Session, again, outlasting
from arc_ttt.config import RunConfig, SolveConfig
from arc_ttt.errors import ConfigError

if TYPE_CHECKING:
    from arc_ttt.agents.recipe import Equipment, Recipe
    from arc_ttt.arc.dataset import TaskSet
    from arc_ttt.cli.asked import Asked
    from arc_ttt.cli.crew import Crew
    from arc_ttt.cli.source import Source
    from arc_ttt.run.batch import Order
    from arc_ttt.run.engines.engine import Engine
    from arc_ttt.run.place import Place
    from arc_ttt.run.store import Header, Store
    from arc_ttt.types import Result, Task


# Paragraphs of one line: in all but the first the ends of lines would be kept.
FIGURES = (
    "Both agents, with 511 operations, got 290 of the 419 outputs (69 %) of ARC-1's 400 evaluation tasks, for 85 "
    "core-seconds a task, programs alone 238 (57 %), for 10, the built-in model alone 183 (44 %), for 86; of the 167 "
    "of ARC-2's 120 programs alone got 12 with 522 operations, for 30; with 298 operations and weights with a third of "
    "the training both got 6 (results/programs.md, results/agents.md)."
)
SOLVE = (
    "Solve TASKS: search for each rule as a program; where none is sure, train on the task for about a minute, answer "
    f"in many views, vote.\n\n{FIGURES}"
)
EVAL = (
    "Solve the tasks of a data set, by default its evaluation split, and score the answers: arc1, arc2:training, a "
    f"folder with answers. Takes the options of `arc-ttt solve`.\n\n{FIGURES}"
)


@options.takes(RunConfig, SolveConfig)
def command(ctx: typer.Context, source: options.Source, **_: Any) -> None:
    """Tasks → a run's folder with its submission, and the score where answers are known."""
    session: Session = ctx.obj
    with outlasting("the run"):
        _solve(ctx, session, source, evaluates=ctx.info_name == "eval")


def _solve(ctx: typer.Context, session: Session, source: Sequence[str], *, evaluates: bool) -> None:
    # 1. What is asked for, and of which tasks.
    from arc_ttt.cli.asked import settle

    asked = settle(ctx)
    from arc_ttt.cli.progress import reporter

    run = asked.run
    with reporter(json=run.json, quiet=run.quiet, verbose=run.verbose) as shown:
        recipe = recipe_of(asked)
        chosen = _choose(source, asked, evaluates=evaluates)
        recipe = dataclasses.replace(recipe, keep=chosen.place.own if asked.run.keep_adapters else None)
        from arc_ttt.run import batch
        from arc_ttt.run.engines.open import open_engine
        from arc_ttt.run.store import own, read_config
        from arc_ttt.solve.solver import Factory

        tasks, many = chosen.tasks, _crew(asked, chosen)
        shown.say(wording.tasks_line(tasks, chosen.ids))
        _prepare(asked, chosen)
        if asked.config.learns:
            shown.say(f"getting the model {' and '.join(asked.models)} ready")

        # 2. Solvers, here or in processes of their own.
        place = run.device, many.workers, run.engine, run.address
        engine, equipment = open_engine(Factory(recipe), *place, shown.progress, _until(asked, session))
        with contextlib.closing(engine):
            shown.say(wording.solver_lines(asked, equipment, engine.slots, many.why))
            header = _header(asked, equipment, chosen, engine.slots)
            folder = chosen.place.folder(asked.config, equipment.digest)

            # 3. The run: a result on disk for each task.
            with _store(folder, header, asked, chosen) as store:
                session.folder = folder
                earlier = list(store.finished(chosen.ids).values())
                if run.keep_adapters and (line := wording.unkept(earlier, folder, run.engine)):
                    print(line, file=sys.stderr)
                shown.say(wording.folder_lines(folder, len(earlier), len(chosen.ids), read_config(folder)))
                facts = wording.facts(chosen.source.name, tasks, chosen.ids, folder, header)
                shown.begin(facts | {"estimate": _estimate(asked, equipment, chosen, store, engine.slots)}, earlier)
                left, limit = _left(asked, session, equipment, engine, store)
                results: dict[str, Result] = {}  # of this start

                def told(result: Result) -> None:
                    results[result.task] = result
                    shown.result(result)

                order = _order(asked, chosen, store, left, engine.slots)
                try:
                    summary = batch.run(
                        tasks, engine, store, only=chosen.ids, order=order, on_result=told, seen=equipment.seen
                    )
                except KeyboardInterrupt as stop:
                    shown.__exit__()
                    finished = len(store.finished(chosen.ids))
                    command = again(session.argv, out=str(chosen.place.whole(asked.config, equipment.digest)))
                    line = f"stopped: {finished} of {len(chosen.ids)} finished; go on with: {command}"
                    raise session.stop(line, stop) from None
                shown.end(summary, folder)

    # 4. What is left to say.
    if left_out := own(folder, store.results, tasks.order, tasks.name)[1]:
        print(left_out, file=sys.stderr)
    for message in chosen.partial:
        print(f"{message}; it is not scored", file=sys.stderr)
    wording.end(summary, results.values(), limit, wording.late(asked.allowed, left))


@dataclass(frozen=True)
class Chosen:
    """The tasks of a run, `ids` of those of `source`, and where the run's folder is. `partial` names those that have
    some answers only."""

    source: Source
    ids: tuple[str, ...]
    partial: Sequence[str]
    place: Place

    @property
    def tasks(self) -> TaskSet:
        """All of the source's."""
        return self.source.tasks


def recipe_of(asked: Asked) -> Recipe:
    """How to make the agents. What they start from is read now, so that it is the same for all workers."""
    from arc_ttt.agents.recipe import Recipe
    from arc_ttt.lm import kept
    from arc_ttt.lm.folder import named
    from arc_ttt.text.sheet import refuse_misfit

    run, warm = asked.run, asked.config.ttt.warm_start
    if "learner" in asked.config.agents:
        refuse_misfit(run.model, asked.sheet)
    for model in asked.models:
        named(model)
    if run.engine == "ray":
        from arc_ttt.run.engines.nodes import imported

        imported()
    return Recipe(
        model=run.model,
        prompt=run.prompt or asked.sheet.path.stem,
        config=asked.config,
        dtype=run.dtype,
        quantize=run.quantize,
        others=asked.others,
        drafter=asked.drafter,
        trust_remote_code=run.trust_remote_code,
        warm=None if warm is None else kept.digest(kept.read(Path(warm))),
    )


def _choose(words: Sequence[str], asked: Asked, *, evaluates: bool) -> Chosen:
    """The tasks; `ConfigError` where there are none to solve, or none to `evaluate`."""
    from arc_ttt.cli.choice import choose, read_shard, run_name
    from arc_ttt.cli.source import find
    from arc_ttt.run.place import Place

    run = asked.run
    source = find(words, run.solutions)
    tasks = source.tasks
    part = None if run.shard is None else read_shard(run.shard)
    ids = every = choose(tasks, source.name, run.tasks, run.limit)
    if part is not None and not (ids := every[part]):
        raise ConfigError(f"--shard {run.shard}: there are only {len(every)} tasks to be shared out")
    partial = [tasks.partial[id] for id in ids if id in tasks.partial] if evaluates else []
    if evaluates and ids and not any(id in tasks.solutions for id in ids):
        what = partial[0] if partial else f"{tasks.name}: has no answers to compare with"
        raise ConfigError(f"{what}; `arc-ttt solve` answers without")
    return Chosen(source, ids, partial, Place(run.out, run_name(source.name), tasks.digest, run.shard, Path.cwd()))


def _crew(asked: Asked, chosen: Chosen) -> Crew:
    """How many processes solve the chosen tasks."""
    from arc_ttt.cli.crew import crew

    ids = {*chosen.ids}
    return crew(asked, [task for task in chosen.tasks.tasks if task.id in ids])


def _prepare(asked: Asked, chosen: Chosen) -> None:
    """A complete submission, before the model is read, where it is known where that goes."""
    from arc_ttt.run.store import prepare, refuse_file

    if (out := asked.run.out) is None:
        return
    if asked.run.shard is None:
        _not_its_own(asked, out)
        prepare(out, chosen.tasks)
    else:
        refuse_file(out)


def _not_its_own(asked: Asked, folder: Path) -> None:
    """A run must not start from what it is keeping: its answers would depend on the order of its tasks."""
    if (warm := asked.config.ttt.warm_start) is not None:
        there, here = Path(warm), folder.resolve()
        if there == here or here in there.parents:
            raise ConfigError(f"--ttt.warm-start {warm}: is this run's own folder; name another --out")


@contextlib.contextmanager
def _store(folder: Path, header: Header, asked: Asked, chosen: Chosen) -> Any:
    """The run's folder, with what an earlier start and shards of the run have left in it."""
    from arc_ttt.lm import kept
    from arc_ttt.run.store import Store

    _not_its_own(asked, folder)
    with Store.open(folder, header, fresh=asked.run.fresh) as store:
        kept.tidy(folder / kept.FOLDER, everything=asked.run.fresh)
        if not asked.run.fresh:
            store.gather(chosen.ids)
        yield store


def _until(asked: Asked, session: Session) -> float | None:
    """When the run must have ended, of `time.monotonic`; None where nothing limits it."""
    return None if asked.allowed is None else session.begun + asked.allowed


def _left(
    asked: Asked, session: Session, equipment: Equipment, engine: Engine, store: Store
) -> tuple[float | None, str]:
    """Seconds that are left to the run, if they are limited, and by what: "deadline" or "budget"."""
    from arc_ttt.run.deadline import within

    left = None if (until := _until(asked, session)) is None else until - time.monotonic()
    if asked.affordable is None:
        return left, "deadline"
    # A worker takes its threads, or one GPU.
    on_cores = str(equipment.machine.get("device", "cpu")) == "cpu"
    cores = int(equipment.machine.get("threads", 1)) if on_cores else 1
    lasts = within(asked.affordable, cores, engine.slots, store.results.values())
    return (lasts, "budget") if left is None or lasts < left else (left, "deadline")


def _estimate(asked: Asked, equipment: Equipment, chosen: Chosen, store: Store, slots: int) -> float | None:
    """Seconds that a task which is left takes in the mean, `slots` of them at a time; None where nothing is known."""
    from arc_ttt.agents.recipe import expected

    left = {*chosen.ids} - {*store.finished(chosen.ids)}
    costs = [expected(asked.config, equipment, task) for task in chosen.tasks.tasks if task.id in left]
    known = [cost for cost in costs if cost is not None]
    return round(sum(known) / len(known) / min(slots, len(known)), 1) if known else None


def _order(asked: Asked, chosen: Chosen, store: Store, left: float | None, slots: int) -> Any:
    """How the tasks are put in order: as they come, or so that all is done in the seconds that are `left`."""
    from arc_ttt.run.batch import InTurn
    from arc_ttt.run.deadline import Deadline

    if left is None:
        return InTurn
    by_id = {task.id: task for task in chosen.tasks.tasks}
    earlier = {id: (by_id[id], result) for id, result in store.finished(chosen.ids).items() if id in by_id}

    def order(waiting: Sequence[Task]) -> Order:
        return Deadline(waiting, asked.config, left, slots, earlier)

    return order


def _header(asked: Asked, equipment: Equipment, chosen: Chosen, slots: int) -> Header:
    from arc_ttt.run.header import header

    solutions = chosen.source.solutions if asked.run.solutions is None else str(asked.run.solutions.resolve())
    made = header(asked.run, asked.config, equipment, chosen.tasks, chosen.source.kept, chosen.ids, solutions)
    lines = wording.sheet_lines(asked)
    own = {"settings" if name == "learner" else f"settings of {name}": line for name, line in lines.items()}
    prompt = {**made.prompt, **{name: line.partition(": ")[2] for name, line in own.items()}}
    return dataclasses.replace(made, prompt=prompt, machine={**made.machine, "workers": slots})
