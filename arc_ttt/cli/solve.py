"""`arc-ttt solve`: tasks → a run's folder with a submission, and its score where the answers are known.

What is cheap to check is checked first: the settings, the tasks, the chosen ids; only then is the model loaded.
"""

from __future__ import annotations

import dataclasses
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, cast

import typer

from arc_ttt.cli.choice import choose, choose_prompt, choose_training, run_name
from arc_ttt.cli.session import Session, again
from arc_ttt.config import DecodeConfig, SolveConfig, TTTConfig
from arc_ttt.errors import ArcError, ConfigError

if TYPE_CHECKING:
    from arc_ttt.arc.dataset import TaskSet
    from arc_ttt.cli.equip import Ready
    from arc_ttt.run.batch import Summary, TaskSolver
    from arc_ttt.run.store import Header

_RUN, _TTT, _DECODE, _SHOWN = "The run", "Test-time training", "Finding and choosing answers", "What is shown"


@dataclass(frozen=True)
class Equipment:
    """A solver, and what a run's config.json and its report say about it."""

    solver: TaskSolver
    digest: str
    # Name and digest of each.
    model: Mapping[str, str]
    prompt: Mapping[str, str]
    # Ids of the tasks that the model's training saw.
    seen: frozenset[str]
    machine: Mapping[str, Any]
    # What was done to the model, in a few words.
    note: str = ""


def build_solver(
    model: str,
    prompt: str,
    config: SolveConfig,
    device: str,
    dtype: str,
    quantize: str,
    drafter: tuple[str, TTTConfig] | None = None,
    trust_remote_code: bool = False,
) -> Equipment:
    """Load the model and its prompt format, and another model as `drafter`, with its training. Here torch is
    imported."""
    from arc_ttt.cli.equip import ready

    def loaded(model: str, prompt: str) -> Ready:
        return ready(model, prompt, device=device, dtype=dtype, quantize=quantize, trust_remote_code=trust_remote_code)

    main = loaded(model, prompt)
    from arc_ttt.run.store import machine
    from arc_ttt.solve.solver import Solver

    other = None
    if drafter is not None:
        try:
            draft = loaded(drafter[0], choose_prompt(drafter[0], None).path.stem)
        except ArcError as fault:
            raise type(fault)(f"--draft-model: {fault}") from fault
        quick = dataclasses.replace(config, views=1, decode=DecodeConfig(), vote="flat", ttt=drafter[1])
        other = Solver(draft.lm, draft.form, quick)
    solver = Solver(main.lm, main.form, config, other)
    return Equipment(
        solver=solver,
        digest=solver.digest,
        model={"name": main.lm.name, "digest": main.lm.digest},
        prompt={"name": main.form.name, "digest": main.form.digest},
        seen=main.seen,
        machine=machine(
            device=str(main.lm.device),
            dtype=str(main.lm.dtype).removeprefix("torch."),
            quantize=main.lm.quantization,
        ),
        note=main.note,
    )


def command(
    ctx: typer.Context,
    source: Annotated[
        str,
        typer.Argument(
            metavar="TASKS",
            help="A folder of task files, a task file, a Kaggle challenges file, or a data set such as "
            "arc1:evaluation (arc1, arc2, kaggle2024, kaggle2025, arc; training or evaluation).",
        ),
    ],
    solutions: Annotated[
        Path | None, typer.Option(help="Answers; by default those beside or inside TASKS.", metavar="FILE")
    ] = None,
    model: Annotated[
        str,
        typer.Option(
            help="A shipped model, a folder or GGUF file of any causal language model, or a hub id; `arc-ttt models` "
            "lists those trained on such puzzles.",
            metavar="NAME|PATH",
        ),
    ] = "arc-mini",
    prompt: Annotated[
        str | None,
        typer.Option(help="Prompt format; by default the model's own, else digits.", metavar="NAME|FILE"),
    ] = None,
    seed: Annotated[int, typer.Option(help="All randomness derives from it.", metavar="N")] = SolveConfig.seed,
    views: Annotated[int, typer.Option(help="Augmented views to answer in.", metavar="N")] = SolveConfig.views,
    method: Annotated[
        str,
        typer.Option(
            "--decode",
            metavar="greedy|sample|dfs",
            help="In each view the most probable answer, samples, or every answer above a probability.",
            rich_help_panel=_DECODE,
        ),
    ] = DecodeConfig.method,
    vote: Annotated[
        str,
        typer.Option(
            help="How two candidates are chosen: flat, hierarchical (by views that found them), sum, max, min, "
            "product, count-nll (by their probability in other views, too).",
            metavar="RULE",
            rich_help_panel=_DECODE,
        ),
    ] = SolveConfig.vote,
    score_views: Annotated[
        int | None,
        typer.Option(
            metavar="K",
            help="Views that score the 12 candidates found most often; by default --views.",
            rich_help_panel=_DECODE,
        ),
    ] = None,
    min_prob: Annotated[
        float,
        typer.Option(
            "--dfs.min-prob",
            metavar="P",
            help="Least probability of an answer; a view without one answers greedily.",
            rich_help_panel=_DECODE,
        ),
    ] = DecodeConfig.min_prob,
    nodes: Annotated[
        int,
        typer.Option("--dfs.nodes", metavar="N", help="Most tokens computed for a view.", rich_help_panel=_DECODE),
    ] = DecodeConfig.nodes,
    dfs_seconds: Annotated[
        float | None,
        typer.Option(
            "--dfs.seconds",
            metavar="S",
            help="Most seconds for a task's views; answers then depend on the machine's speed.",
            rich_help_panel=_DECODE,
        ),
    ] = DecodeConfig.seconds,
    samples: Annotated[
        int, typer.Option("--sample.count", metavar="N", help="Samples of each view.", rich_help_panel=_DECODE)
    ] = DecodeConfig.samples,
    temperature: Annotated[
        float, typer.Option("--sample.temperature", metavar="T", help="Of sampling.", rich_help_panel=_DECODE)
    ] = DecodeConfig.temperature,
    no_drafts: Annotated[
        bool,
        typer.Option(
            "--no-drafts",
            metavar="",
            help="No guesses from elsewhere: the same answers, more slowly (a search that ends at a limit may differ).",
            rich_help_panel=_DECODE,
        ),
    ] = False,
    draft_model: Annotated[
        str | None,
        typer.Option(
            metavar="NAME|FOLDER",
            help="Another model, trained on the task first; its answers are drafts.",
            rich_help_panel=_DECODE,
        ),
    ] = None,
    max_tokens: Annotated[
        int, typer.Option(help="Longest sequence; demonstrations are dropped to fit.", metavar="N")
    ] = SolveConfig.max_tokens,
    device: Annotated[str, typer.Option(metavar="auto|cpu|cuda:N|mps")] = "auto",
    dtype: Annotated[str, typer.Option(metavar="auto|bfloat16|float32|float16")] = "auto",
    quantize: Annotated[
        str, typer.Option(metavar="none|int8|nf4", help="Store the base in fewer bits; the adapter is not.")
    ] = "none",
    trust_remote_code: Annotated[
        bool, typer.Option("--trust-remote-code", metavar="", help="Run code that comes with the model.")
    ] = False,
    out: Annotated[
        Path | None,
        typer.Option(
            help="The run's folder; by default one for these tasks and settings in results/. "
            "The same command goes on where it stopped.",
            metavar="FOLDER",
            rich_help_panel=_RUN,
        ),
    ] = None,
    fresh: Annotated[
        bool, typer.Option("--fresh", metavar="", help="Forget an earlier run there.", rich_help_panel=_RUN)
    ] = False,
    limit: Annotated[
        int | None, typer.Option(min=1, help="Only the first N tasks.", metavar="N", rich_help_panel=_RUN)
    ] = None,
    only: Annotated[
        str | None,
        typer.Option("--tasks", help="Only these: id,id or a file with ids.", metavar="IDS|FILE", rich_help_panel=_RUN),
    ] = None,
    no_ttt: Annotated[
        bool, typer.Option("--no-ttt", metavar="", help="Answer without training.", rich_help_panel=_TTT)
    ] = False,
    tokens: Annotated[
        int | None,
        typer.Option(
            "--ttt.tokens",
            metavar="N",
            help="Lesson tokens for each task.",
            show_default=str(TTTConfig.tokens),
            rich_help_panel=_TTT,
        ),
    ] = None,
    lessons: Annotated[
        int | None,
        typer.Option(
            "--ttt.lessons", metavar="N", help="Lessons instead of tokens.", show_default=False, rich_help_panel=_TTT
        ),
    ] = None,
    seconds: Annotated[
        float | None,
        typer.Option(
            "--ttt.seconds",
            metavar="S",
            help="Seconds instead of tokens; answers then depend on the machine's speed.",
            show_default=False,
            rich_help_panel=_TTT,
        ),
    ] = None,
    rank: Annotated[
        int | None,
        typer.Option(
            "--ttt.rank", metavar="R", help="The LoRA's rank.", show_default=str(TTTConfig.rank), rich_help_panel=_TTT
        ),
    ] = None,
    alpha: Annotated[
        float | None,
        typer.Option(
            "--ttt.alpha",
            metavar="A",
            help="The LoRA's scale.",
            show_default=str(TTTConfig.alpha),
            rich_help_panel=_TTT,
        ),
    ] = None,
    rslora: Annotated[
        bool | None,
        typer.Option(
            "--ttt.rslora/--ttt.no-rslora",
            metavar="",
            help="Divide the scale by the root of the rank, not the rank.",
            show_default=False,
            rich_help_panel=_TTT,
        ),
    ] = None,
    targets: Annotated[
        str | None,
        typer.Option(
            "--ttt.targets",
            metavar="NAMES",
            help="What has a LoRA: linear, embedding, head, or layers' names; with commas.",
            show_default=",".join(TTTConfig.targets),
            rich_help_panel=_TTT,
        ),
    ] = None,
    lr: Annotated[
        float | None,
        typer.Option(
            "--ttt.lr",
            metavar="X",
            help="Peak learning rate.",
            show_default=str(TTTConfig.learning_rate),
            rich_help_panel=_TTT,
        ),
    ] = None,
    embedding_lr: Annotated[
        float | None,
        typer.Option(
            "--ttt.embedding-lr",
            metavar="X",
            help="That of the embedding's and head's LoRA.",
            show_default="as --ttt.lr",
            rich_help_panel=_TTT,
        ),
    ] = None,
    batch_tokens: Annotated[
        int | None,
        typer.Option(
            "--ttt.batch-tokens",
            metavar="N",
            help="Tokens of a batch.",
            show_default=str(TTTConfig.batch_tokens),
            rich_help_panel=_TTT,
        ),
    ] = None,
    own_colours: Annotated[
        float | None,
        typer.Option(
            "--ttt.own-colours",
            metavar="SHARE",
            help="Share of lessons in the task's colours.",
            show_default=str(TTTConfig.own_colours),
            rich_help_panel=_TTT,
        ),
    ] = None,
    all_colours: Annotated[
        bool | None,
        typer.Option(
            "--all-colours/--fixed-background",
            metavar="",
            help="Permute the background 0 too, or leave it.",
            show_default="fixed",
            rich_help_panel=_TTT,
        ),
    ] = None,
    compile: Annotated[
        bool,
        typer.Option(
            "--compile",
            metavar="",
            help="Compile the training step: a minute or two at the start, then a quarter faster. For long runs.",
            rich_help_panel=_TTT,
        ),
    ] = False,
    json: Annotated[
        bool,
        typer.Option("--json", metavar="", help="One JSON object a line: start, results, end.", rich_help_panel=_SHOWN),
    ] = False,
    quiet: Annotated[bool, typer.Option("--quiet", metavar="", help="Only the score.", rich_help_panel=_SHOWN)] = False,
    verbose: Annotated[
        bool, typer.Option("--verbose", metavar="", help="A table of the tasks, however many.", rich_help_panel=_SHOWN)
    ] = False,
) -> None:
    """Solve TASKS: train on each for a minute, answer in many views, vote."""
    session: Session = ctx.obj
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
        "compile": compile,
    }
    drafter = None
    if draft_model is not None:
        if no_drafts:
            raise ConfigError("--draft-model gives drafts and --no-drafts uses none: leave one of them out")
        if not draft_model.strip():
            raise ConfigError("--draft-model names no model")
        drafter = draft_model, choose_training(choose_prompt(draft_model, None), asked)
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
        decode=decoding,
        vote=cast(Any, vote),
        score_views=score_views,
        max_tokens=max_tokens,
        ttt=choose_training(sheet, asked),
    )

    # 1. The tasks.
    from arc_ttt.arc import dataset
    from arc_ttt.cli.progress import reporter

    tasks = dataset.load(source, solutions)
    chosen = choose(tasks, source, only, limit)
    with reporter(json=json, quiet=quiet, verbose=verbose) as shown:
        shown.say(_describe_tasks(tasks, chosen))

        # 2. The model.
        from arc_ttt.run import batch
        from arc_ttt.run.store import Store

        equipment = build_solver(
            model, prompt or sheet.path.stem, config, device, dtype, quantize, drafter, trust_remote_code
        )
        note = equipment.note and f", {equipment.note}"
        named = f"model {equipment.model['name']} ({equipment.model['digest'][:8]}{note})"
        shown.say(f"{named}, {_describe(config, equipment)}")

        # 3. The run.
        header = _header(config, equipment, tasks, source, solutions)
        folder = out or Path("results", f"{run_name(source)}-{header.digest[:8]}")
        with Store.open(folder, header, fresh=fresh) as store:
            session.folder = folder
            earlier = [r for id in chosen if (r := store.results.get(id)) is not None and r.error is None]
            shown.say(f"{folder}" + (f": {len(earlier)} of {len(chosen)} finished before" if earlier else ""))
            shown.begin(_facts(source, tasks, chosen, folder, header), earlier)
            try:
                summary = batch.run(
                    tasks,
                    equipment.solver,
                    store,
                    only=chosen,
                    progress=shown.progress,
                    on_result=shown.result,
                    seen=equipment.seen,
                )
            except KeyboardInterrupt:
                shown.__exit__()
                finished = sum(1 for id in chosen if id in store.results and store.results[id].error is None)
                command = again(session.argv, out=str(folder))
                print(f"stopped: {finished} of {len(chosen)} finished; go on with: {command}", file=sys.stderr)
                raise typer.Exit(130) from None
            shown.end(summary, folder)
    _end(summary, tasks)


def _header(config: SolveConfig, equipment: Equipment, tasks: TaskSet, source: str, solutions: Path | None) -> Header:
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
    train = f"{budget} of training a task" if ttt.enabled else "no training"
    views = f"{config.views} view{'' if config.views == 1 else 's'}"
    decoding = {"greedy": "greedy", "sample": f"{config.decode.samples} samples each"}
    how = decoding.get(config.decode.method, f"search down to {config.decode.min_prob:g}")
    return f"prompt {equipment.prompt['name']}: {train}, {views}, {how}, {config.vote} vote"


def _end(summary: Summary, tasks: TaskSet) -> None:
    """Name what went wrong, one line each, and exit accordingly."""
    errors = {result.task: result.error for result in summary.results}
    for id in summary.faulty:
        print(f"error: {errors[id]}", file=sys.stderr)
    for id in summary.failed:
        print(f"error: task {id}: {errors[id]}", file=sys.stderr)
    if summary.failed:
        print("the tracebacks are in errors.log; the same command tries these tasks again", file=sys.stderr)
    if summary.faulty or summary.failed:
        raise typer.Exit(2 if summary.faulty else 1)
