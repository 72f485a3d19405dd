"""`arc-ttt solve` and `arc-ttt eval`: tasks → a run's folder with a submission, and its score where answers are known.

What is cheap to check is checked first: the settings, the tasks, the chosen ids; only then is the model loaded.
"""

from __future__ import annotations

import contextlib
import dataclasses
import sys
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import typer

from arc_ttt.cli import options
from arc_ttt.cli.choice import (
    Place,
    check_training,
    choose,
    choose_prompt,
    choose_training,
    core_seconds,
    read_shard,
    read_size,
    run_name,
    seconds_until,
)
from arc_ttt.cli.equip import Equipment, Recipe
from arc_ttt.cli.session import Session, again, exit_code
from arc_ttt.config import DecodeConfig, SolveConfig, TTTConfig
from arc_ttt.errors import ConfigError

if TYPE_CHECKING:
    from arc_ttt.agents.progress import Progress
    from arc_ttt.arc.dataset import TaskSet
    from arc_ttt.run.batch import Order, Summary
    from arc_ttt.run.engines.engine import Engine
    from arc_ttt.run.store import Header, Store
    from arc_ttt.types import Result, Task


# Paragraphs of one line: in all but the first the ends of lines would be kept.
FIGURES = (
    "The built-in model gets 46 of the 107 outputs (43 %) of 100 ARC-1 evaluation tasks, for 31 core-seconds a task "
    "on a CPU, and 1 of the 167 outputs of ARC-2's 120 (results/arc-mini.md)."
)
SOLVE = f"Solve TASKS: train on each for about a minute, answer in many views, vote.\n\n{FIGURES}"
EVAL = (
    "Solve the tasks of a data set, by default its evaluation split, and score the answers: arc1, arc2:training, a "
    f"folder with answers. Takes the options of `arc-ttt solve`.\n\n{FIGURES}"
)


def command(
    ctx: typer.Context,
    source: options.Source,
    solutions: options.Solutions = None,
    model: options.Model = "arc-mini",
    prompt: options.Prompt = None,
    seed: options.Seed = SolveConfig.seed,
    views: options.Views = SolveConfig.views,
    method: options.Method = DecodeConfig.method,
    vote: options.Vote = SolveConfig.vote,
    score_views: options.ScoreViews = None,
    min_prob: options.MinProb = DecodeConfig.min_prob,
    nodes: options.Nodes = DecodeConfig.nodes,
    dfs_seconds: options.DfsSeconds = DecodeConfig.seconds,
    samples: options.Samples = DecodeConfig.samples,
    temperature: options.Temperature = DecodeConfig.temperature,
    no_drafts: options.NoDrafts = False,
    draft_model: options.DraftModel = None,
    sequential: options.Sequential = False,
    max_tokens: options.MaxTokens = SolveConfig.max_tokens,
    trust_remote_code: options.TrustRemoteCode = False,
    out: options.Out = None,
    fresh: options.Fresh = False,
    limit: options.Limit = None,
    only: options.Only = None,
    shard: options.Shard = None,
    deadline: options.Deadline = None,
    budget: options.Budget = None,
    device: options.Device = "auto",
    dtype: options.Dtype = "auto",
    quantize: options.Quantize = "none",
    workers: options.Workers = None,
    engine: options.EngineName = "local",
    address: options.Address = None,
    memory_limit: options.MemoryLimit = None,
    no_ttt: options.NoTtt = False,
    tokens: options.TrainTokens = None,
    lessons: options.Lessons = None,
    seconds: options.TrainSeconds = None,
    rank: options.Rank = None,
    alpha: options.Alpha = None,
    rslora: options.Rslora = None,
    targets: options.Targets = None,
    lr: options.Lr = None,
    embedding_lr: options.EmbeddingLr = None,
    batch_tokens: options.BatchTokens = None,
    own_colours: options.OwnColours = None,
    all_colours: options.AllColours = None,
    no_adaptive: options.NoAdaptive = False,
    stop: options.Stop = None,
    stop_loss: options.StopLoss = None,
    gate: options.Gate = None,
    gate_rate: options.GateRate = None,
    warm_start: options.WarmStart = None,
    neighbours: options.Neighbours = TTTConfig.neighbours,
    keep_adapters: options.KeepAdapters = False,
    compile: options.Compile = False,
    json: options.Json = False,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """Tasks → a run's folder with its submission, and the score where answers are known."""
    session: Session = ctx.obj
    allowed = None if deadline is None else seconds_until(deadline)
    affordable = None if budget is None else core_seconds(budget)
    evaluates = ctx.info_name == "eval"
    check_engine(engine, address)
    if no_adaptive:
        given = {"--ttt.stop": stop not in (None, "none"), "--ttt.gate": gate not in (None, "none")}
        given |= {"--sequential": sequential, "--ttt.warm-start": bool(warm_start), "--ttt.neighbours": neighbours > 0}
        if name := next((option for option, is_given in given.items() if is_given), None):
            raise ConfigError(f"--no-adaptive is the fixed schedule, without {name}: leave one of them out")
        stop = gate = "none"
    sheet = choose_prompt(model, prompt)
    asked = {
        "enabled": not no_ttt,
        "tokens": tokens,
        "lessons": lessons,
        "seconds": seconds,
        "rank": rank,
        "alpha": alpha,
        "rslora": rslora,
        "targets": targets and tuple(name.strip() for name in targets.split(",")),
        "learning_rate": lr,
        "embedding_rate": embedding_lr,
        "batch_tokens": batch_tokens,
        "own_colours": own_colours,
        "all_colours": all_colours,
        "stop": stop,
        "stop_loss": stop_loss,
        "gate": gate,
        "gate_rate": gate_rate,
        "compile": compile,
    }
    drafter = None
    if draft_model is not None:
        if no_drafts:
            raise ConfigError("--draft-model gives drafts and --no-drafts uses none: leave one of them out")
        if not draft_model.strip():
            raise ConfigError("--draft-model names no model")
        drafter = draft_model, choose_training(choose_prompt(draft_model, None), asked)
    asked["warm_start"] = None if warm_start is None else str(warm_start.resolve())
    asked["neighbours"] = neighbours
    training = choose_training(sheet, asked)
    check_training(_given(ctx), training)
    decoding = DecodeConfig(
        method=cast(Any, method),
        min_prob=min_prob,
        nodes=nodes,
        seconds=dfs_seconds,
        samples=samples,
        temperature=temperature,
        drafts=not no_drafts,
    )
    config = SolveConfig(
        seed=seed,
        views=views,
        sequential=sequential,
        decode=decoding,
        vote=cast(Any, vote),
        score_views=score_views,
        max_tokens=max_tokens,
        memory=None if memory_limit is None else read_size(memory_limit, "--memory-limit"),
        timed=deadline is not None or budget is not None,
        ttt=training,
    )

    from arc_ttt.lm import kept

    recipe = Recipe(
        model=model,
        prompt=prompt or sheet.path.stem,
        config=config,
        dtype=dtype,
        quantize=quantize,
        drafter=drafter,
        trust_remote_code=trust_remote_code,
        warm=None if warm_start is None else kept.digest(kept.read(warm_start)),
    )
    if session.options_only:
        return

    # 1. The tasks.
    from arc_ttt.arc import dataset
    from arc_ttt.cli.progress import reporter
    from arc_ttt.run.store import Store, own, prepare, refuse_file

    if evaluates and source in dataset.NAMED:
        source = f"{source}:evaluation"
    tasks = dataset.load(source, solutions)
    part = None if shard is None else read_shard(shard)
    chosen = every = choose(tasks, source, only, limit)
    if part is not None and not (chosen := every[part]):
        raise ConfigError(f"--shard {shard}: there are only {len(every)} tasks to be shared out")
    partial = [tasks.partial[id] for id in chosen if id in tasks.partial] if evaluates else []
    place = Place(out, run_name(source), tasks.digest, shard, Path.cwd())
    recipe = dataclasses.replace(recipe, keep=place if keep_adapters else None)
    if evaluates and chosen and not any(id in tasks.solutions for id in chosen):
        what = partial[0] if partial else f"{tasks.name}: has no answers to compare with"
        raise ConfigError(f"{what}; `arc-ttt solve` answers without")
    with reporter(json=json, quiet=quiet, verbose=verbose) as shown:
        shown.say(_describe_tasks(tasks, chosen))
        if out is not None and shard is None:
            _not_its_own(warm_start, out)
            prepare(out, tasks)  # a complete submission, before the model is read
        elif out is not None:
            refuse_file(out)
        shown.say(f"reading the model {model}")

        # 2. The model, or several.
        from arc_ttt.run import batch

        made, equipment = open_engine(recipe, device, workers, engine, address, shown.progress)
        with contextlib.closing(made):
            note = equipment.note and f", {equipment.note}"
            named = f"model {equipment.model['name']} ({equipment.model['digest'][:8]}{note})"
            many = f", {made.slots} workers" if made.slots > 1 else ""
            shown.say(f"{named}, {_describe(config, equipment)}{many}")

            # 3. The run.
            header = _header(config, equipment, tasks, source, solutions, chosen)
            whole, folder = place.whole(config, equipment.digest), place.folder(config, equipment.digest)
            _not_its_own(warm_start, folder)
            with Store.open(folder, header, fresh=fresh) as store:
                session.folder = folder
                kept.tidy(folder / kept.FOLDER, everything=fresh)
                if not fresh:
                    store.gather(chosen)
                earlier = list(store.finished(chosen).values())
                if keep_adapters and (line := _unkept(earlier, folder, engine)):
                    print(line, file=sys.stderr)
                shown.say(f"{folder}" + (f": {len(earlier)} of {len(chosen)} finished before" if earlier else ""))
                shown.begin(_facts(source, tasks, chosen, folder, header), earlier)
                left = None if allowed is None else allowed - (time.monotonic() - session.begun)
                lasts = None if affordable is None else _lasts(affordable, equipment, made, store)
                if by_budget := lasts is not None and (left is None or lasts < left):
                    left = lasts
                results: dict[str, Result] = {}  # of this start

                def told(result: Result) -> None:
                    results[result.task] = result
                    shown.result(result)

                try:
                    summary = batch.run(
                        tasks,
                        made,
                        store,
                        only=chosen,
                        order=_order(tasks, config, store, chosen, left, made.slots),
                        on_result=told,
                        seen=equipment.seen,
                    )
                except KeyboardInterrupt as end:
                    shown.__exit__()
                    finished = len(store.finished(chosen))
                    command = again(session.argv, out=str(whole))
                    print(f"stopped: {finished} of {len(chosen)} finished; go on with: {command}", file=sys.stderr)
                    raise typer.Exit(exit_code(end)) from None
                shown.end(summary, folder)
    if left_out := own(folder, store.results, tasks.order, tasks.name)[1]:
        print(left_out, file=sys.stderr)
    for message in partial:
        print(f"{message}; it is not scored", file=sys.stderr)
    _end(summary, tasks, results.values(), "budget" if by_budget else "deadline")


def _given(ctx: typer.Context) -> list[str]:
    """The options on the command line, by their first names."""
    sources = {p.opts[0]: ctx.get_parameter_source(p.name) for p in ctx.command.params if p.name}
    return [name for name, source in sources.items() if source is not None and source.name == "COMMANDLINE"]


def _unkept(earlier: Sequence[Result], folder: Path, engine: str) -> str:
    """One line about tasks that are finished and whose adapters are not there; a cluster's are where they were made."""
    from arc_ttt.lm import kept

    there = kept.names(folder)
    is_kept = [r.notes.get("kept") is True if engine == "ray" else r.task in there for r in earlier]
    if not (n := is_kept.count(False)):
        return ""
    tasks, them = ("task has", "it") if n == 1 else ("tasks have", "them")
    return f"{n} finished {tasks} no kept adapter; --fresh solves {them} again"


def _not_its_own(warm_start: Path | None, folder: Path) -> None:
    """A run must not start from what it is keeping: its answers would depend on the order of its tasks."""
    if warm_start is not None:
        there, here = warm_start.resolve(), folder.resolve()
        if there == here or here in there.parents:
            raise ConfigError(f"--ttt.warm-start {warm_start}: is this run's own folder; name another --out")


def check_engine(engine: str, address: str | None) -> None:
    """`ConfigError` for an engine that there is not, or that the other options do not fit."""
    if engine == "ray":
        from arc_ttt.run.engines.nodes import imported

        imported()
    elif engine != "local":
        raise ConfigError(f"--engine is local or ray, not {engine}")
    elif address is not None:
        raise ConfigError("--address names a Ray cluster and needs --engine ray")


def open_engine(
    recipe: Recipe, device: str, workers: int | None, engine: str, address: str | None, progress: Progress
) -> tuple[Engine, Equipment]:
    """Where tasks are solved, ready to start: this process, `workers` processes, or a Ray cluster."""
    from arc_ttt.run.engines.engine import Here
    from arc_ttt.run.engines.processes import Processes

    if engine == "ray":
        from arc_ttt.run.engines.cluster import Cluster

        cluster = Cluster(recipe, device, workers, address, progress)
        return cluster, cluster.told
    devices = _devices(device, workers)
    if workers is None and len(devices) == 1:
        solver, equipment = recipe(device)
        return Here(solver, progress), equipment
    processes = Processes(recipe, devices, progress)
    return processes, processes.told


def _devices(device: str, workers: int | None) -> list[str]:
    """A device for each worker: the GPUs in turn, or the one that was named."""
    if device not in ("auto", "cuda"):
        return [device] * (workers or 1)
    import torch

    count = torch.cuda.device_count() if torch.cuda.is_available() else 0
    if not count:
        return [device] * (workers or 1)
    return [f"cuda:{i % count}" for i in range(workers or count)]


def _lasts(budget: float, equipment: Equipment, engine: Engine, store: Store) -> float:
    """Seconds that the budget of core-seconds lasts: a worker takes its threads, or one GPU."""
    from arc_ttt.run.deadline import within

    on_cores = str(equipment.machine.get("device", "cpu")) == "cpu"
    cores = int(equipment.machine.get("threads", 1)) if on_cores else 1
    return within(budget, cores, engine.slots, store.results.values())


def _order(
    tasks: TaskSet, config: SolveConfig, store: Store, chosen: Sequence[str], left: float | None, slots: int
) -> Any:
    """How the tasks are put in order: as they come, or so that all is done in the seconds that are `left`."""
    from arc_ttt.run.batch import InTurn
    from arc_ttt.run.deadline import Deadline

    if left is None:
        return InTurn
    by_id = {task.id: task for task in tasks.tasks}
    earlier = {id: (by_id[id], result) for id, result in store.finished(chosen).items() if id in by_id}

    def order(waiting: Sequence[Task]) -> Order:
        return Deadline(waiting, config, left, slots, earlier)

    return order


def _header(
    config: SolveConfig,
    equipment: Equipment,
    tasks: TaskSet,
    source: str,
    solutions: Path | None,
    chosen: Sequence[str],
) -> Header:
    from arc_ttt.run.store import Header

    return Header(
        digest=config.digest(equipment.digest, tasks.digest),
        settings=dataclasses.asdict(config),
        model=equipment.model,
        prompt=equipment.prompt,
        tasks={"name": tasks.name, "digest": tasks.digest},
        machine=equipment.machine,
        source={"tasks": source, "solutions": None if solutions is None else str(solutions)},
        seen=[id for id in tasks.order if id in equipment.seen],
        chosen=chosen,
    )


def _facts(source: str, tasks: TaskSet, chosen: Sequence[str], folder: Path, header: Header) -> dict[str, Any]:
    """What the JSON line of the start holds."""
    return header.document() | {
        "source": source,
        "chosen": len(chosen),
        "outputs": sum(map(tasks.tests, chosen)),
        "faulty": [fault.message for fault in tasks.faults],
        "out": str(folder),
    }


def _describe_tasks(tasks: TaskSet, chosen: Sequence[str]) -> str:
    count = f"{len(chosen)} of {len(tasks.order)}" if len(chosen) < len(tasks.order) else f"{len(chosen)}"
    noun = "task" if len(tasks.order) == 1 else "tasks"
    known, outputs = sum(1 for id in chosen if id in tasks.solutions), sum(map(tasks.tests, chosen))
    answers = "known" if known == len(chosen) else f"known for {known}" if known else "not known"
    faulty = f", {len(tasks.faults)} faulty" if tasks.faults else ""
    return (
        f"{tasks.name}: {count} {noun}, {outputs} test output{'' if outputs == 1 else 's'}, answers {answers}{faulty}"
    )


def _describe(config: SolveConfig, equipment: Equipment) -> str:
    ttt = config.ttt
    budget = f"{ttt.lessons} lessons" if ttt.lessons is not None else f"{ttt.tokens:,} tokens"
    budget = f"{ttt.seconds:g} s" if ttt.seconds is not None else budget
    most = "" if ttt.stop == "none" else "at most "
    train = f"{most}{budget} of training a task" if ttt.enabled else "no training"
    views = f"{config.views} view{'' if config.views == 1 else 's'}"
    decoding = {"greedy": "greedy", "sample": f"{config.decode.samples} samples each"}
    how = decoding.get(config.decode.method, f"search down to {config.decode.min_prob:g}")
    return f"prompt {equipment.prompt['name']}: {train}, {views}, {how}, {config.vote} vote"


def _end(summary: Summary, tasks: TaskSet, results: Iterable[Result], limit: str) -> None:
    """Name what went wrong, one line each, and exit accordingly. `results` are those of this start, `limit` is what it
    had to keep to."""
    errors = {result.task: result.error for result in summary.results}
    for id in summary.faulty:
        print(f"error: {errors[id]}", file=sys.stderr)
    for id in summary.failed:
        print(f"error: task {id}: {errors[id]}", file=sys.stderr)
    if summary.unreached:
        spent = limit == "budget"
        why = ": the budget is spent; give a larger one" if spent else " in time; the same command goes on"
        print(f"{_were(len(summary.unreached), 'task')} not reached{why}", file=sys.stderr)
    reasons = [str(r.notes["kept"]) for r in results if str(r.notes.get("kept", "")).startswith("no:")]
    if reasons:
        print(f"{_were(len(reasons), 'adapter')} not kept: {reasons[0][4:]}", file=sys.stderr)
    if summary.failed:
        print("the tracebacks are in errors.log; the same command tries these tasks again", file=sys.stderr)
    if summary.faulty or summary.failed:
        raise typer.Exit(2 if summary.faulty else 1)


def _were(n: int, noun: str) -> str:
    return f"1 {noun} was" if n == 1 else f"{n} {noun}s were"
