"""The options that commands share, each with its help."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from arc_ttt.config import TTTConfig

_RUN, _TTT, _DECODE, _SHOWN = "The run", "Test-time training", "Finding and choosing answers", "What is shown"
_WHERE = "Where it runs"

Source = Annotated[
    str,
    typer.Argument(
        metavar="TASKS",
        help="A folder of task files, a task file, a Kaggle challenges file, or a data set such as "
        "arc1:evaluation (arc1, arc2, kaggle2024, kaggle2025, arc; training or evaluation).",
    ),
]
Solutions = Annotated[
    Path | None, typer.Option(help="Answers; by default those beside or inside TASKS.", metavar="FILE")
]
Model = Annotated[
    str,
    typer.Option(
        help="A shipped model, a folder or GGUF file of any causal language model, or a hub id; `arc-ttt models` "
        "lists those trained on such puzzles.",
        metavar="NAME|PATH",
    ),
]
Prompt = Annotated[
    str | None,
    typer.Option(help="Prompt format; by default the model's own, else digits.", metavar="NAME|FILE"),
]
Seed = Annotated[int, typer.Option(help="All randomness derives from it.", metavar="N")]
Views = Annotated[int, typer.Option(help="Augmented views to answer in.", metavar="N")]
Method = Annotated[
    str,
    typer.Option(
        "--decode",
        metavar="greedy|sample|dfs",
        help="In each view the most probable answer, samples, or every answer above a probability.",
        rich_help_panel=_DECODE,
    ),
]
Vote = Annotated[
    str,
    typer.Option(
        help="How two candidates are chosen: flat, hierarchical (by views that found them), sum, max, min, "
        "product, count-nll (by their probability in other views, too).",
        metavar="RULE",
        rich_help_panel=_DECODE,
    ),
]
ScoreViews = Annotated[
    int | None,
    typer.Option(
        metavar="K",
        help="Views that score the 12 candidates found most often; by default those that answer.",
        rich_help_panel=_DECODE,
    ),
]
MinProb = Annotated[
    float,
    typer.Option(
        "--dfs.min-prob",
        metavar="P",
        help="Least probability of an answer; a view without one answers greedily.",
        rich_help_panel=_DECODE,
    ),
]
Nodes = Annotated[
    int,
    typer.Option("--dfs.nodes", metavar="N", help="Most tokens computed for a view.", rich_help_panel=_DECODE),
]
DfsSeconds = Annotated[
    float | None,
    typer.Option(
        "--dfs.seconds",
        metavar="S",
        help="Most seconds for a task's views; answers then depend on the machine's speed.",
        rich_help_panel=_DECODE,
    ),
]
Samples = Annotated[
    int, typer.Option("--sample.count", metavar="N", help="Samples of each view.", rich_help_panel=_DECODE)
]
Temperature = Annotated[
    float, typer.Option("--sample.temperature", metavar="T", help="Of sampling.", rich_help_panel=_DECODE)
]
NoDrafts = Annotated[
    bool,
    typer.Option(
        "--no-drafts",
        metavar="",
        help="No guesses from elsewhere: the same answers, more slowly (a search that ends at a limit may differ).",
        rich_help_panel=_DECODE,
    ),
]
DraftModel = Annotated[
    str | None,
    typer.Option(
        metavar="NAME|FOLDER",
        help="Another model, trained on the task first; its answers are drafts.",
        rich_help_panel=_DECODE,
    ),
]
MaxTokens = Annotated[int, typer.Option(help="Longest sequence; demonstrations are dropped to fit.", metavar="N")]
Device = Annotated[str, typer.Option(metavar="auto|cpu|cuda:N|mps", rich_help_panel=_WHERE)]
Dtype = Annotated[str, typer.Option(metavar="auto|bfloat16|float32|float16", rich_help_panel=_WHERE)]
Quantize = Annotated[
    str,
    typer.Option(
        metavar="none|int8|nf4", help="Store the base in fewer bits; the adapter is not.", rich_help_panel=_WHERE
    ),
]
TrustRemoteCode = Annotated[
    bool, typer.Option("--trust-remote-code", metavar="", help="Run code that comes with the model.")
]
Out = Annotated[
    Path | None,
    typer.Option(
        help="The run's folder; by default one for these tasks and settings in results/. "
        "The same command goes on where it stopped.",
        metavar="FOLDER",
        rich_help_panel=_RUN,
    ),
]
Fresh = Annotated[
    bool,
    typer.Option(
        "--fresh/--resume",
        metavar="",
        help="Forget an earlier run there, or go on with it, which is the default.",
        show_default=False,
        rich_help_panel=_RUN,
    ),
]
Limit = Annotated[int | None, typer.Option(min=1, help="Only the first N tasks.", metavar="N", rich_help_panel=_RUN)]
Only = Annotated[
    str | None,
    typer.Option("--tasks", help="Only these: id,id or a file with ids.", metavar="IDS|FILE", rich_help_panel=_RUN),
]
NoTtt = Annotated[bool, typer.Option("--no-ttt", metavar="", help="Answer without training.", rich_help_panel=_TTT)]
TrainTokens = Annotated[
    int | None,
    typer.Option(
        "--ttt.tokens",
        metavar="N",
        help="Lesson tokens for each task, at most.",
        show_default=str(TTTConfig.tokens),
        rich_help_panel=_TTT,
    ),
]
Lessons = Annotated[
    int | None,
    typer.Option(
        "--ttt.lessons", metavar="N", help="Lessons instead of tokens.", show_default=False, rich_help_panel=_TTT
    ),
]
TrainSeconds = Annotated[
    float | None,
    typer.Option(
        "--ttt.seconds",
        metavar="S",
        help="Seconds instead of tokens; answers then depend on the machine's speed.",
        show_default=False,
        rich_help_panel=_TTT,
    ),
]
Rank = Annotated[
    int | None,
    typer.Option(
        "--ttt.rank", metavar="R", help="The LoRA's rank.", show_default=str(TTTConfig.rank), rich_help_panel=_TTT
    ),
]
Alpha = Annotated[
    float | None,
    typer.Option(
        "--ttt.alpha",
        metavar="A",
        help="The LoRA's scale.",
        show_default=str(TTTConfig.alpha),
        rich_help_panel=_TTT,
    ),
]
Rslora = Annotated[
    bool | None,
    typer.Option(
        "--ttt.rslora/--ttt.no-rslora",
        metavar="",
        help="Divide the scale by the root of the rank, not the rank.",
        show_default=False,
        rich_help_panel=_TTT,
    ),
]
Targets = Annotated[
    str | None,
    typer.Option(
        "--ttt.targets",
        metavar="NAMES",
        help="What has a LoRA: linear, embedding, head, or layers' names; with commas.",
        show_default=",".join(TTTConfig.targets),
        rich_help_panel=_TTT,
    ),
]
Lr = Annotated[
    float | None,
    typer.Option(
        "--ttt.lr",
        metavar="X",
        help="Peak learning rate.",
        show_default=str(TTTConfig.learning_rate),
        rich_help_panel=_TTT,
    ),
]
EmbeddingLr = Annotated[
    float | None,
    typer.Option(
        "--ttt.embedding-lr",
        metavar="X",
        help="That of the embedding's and head's LoRA.",
        show_default="as --ttt.lr",
        rich_help_panel=_TTT,
    ),
]
BatchTokens = Annotated[
    int | None,
    typer.Option(
        "--ttt.batch-tokens",
        metavar="N",
        help="Tokens of a batch.",
        show_default=str(TTTConfig.batch_tokens),
        rich_help_panel=_TTT,
    ),
]
OwnColours = Annotated[
    float | None,
    typer.Option(
        "--ttt.own-colours",
        metavar="SHARE",
        help="Share of lessons in the task's colours.",
        show_default=str(TTTConfig.own_colours),
        rich_help_panel=_TTT,
    ),
]
AllColours = Annotated[
    bool | None,
    typer.Option(
        "--all-colours/--fixed-background",
        metavar="",
        help="Permute the background 0 too, or leave it.",
        show_default="fixed",
        rich_help_panel=_TTT,
    ),
]
Compile = Annotated[
    bool,
    typer.Option(
        "--compile",
        metavar="",
        help="Compile the training step: a minute or two at the start, then a quarter faster. For long runs.",
        rich_help_panel=_TTT,
    ),
]
WarmStart = Annotated[
    Path | None,
    typer.Option(
        "--ttt.warm-start",
        metavar="FOLDER",
        help="Start from the nearest adapter that an earlier run kept there, if it is near: the run's folder, or one "
        "adapter's; on a cluster it must be on every machine.",
        show_default=False,
        rich_help_panel=_TTT,
    ),
]
Neighbours = Annotated[
    int,
    typer.Option(
        "--ttt.neighbours",
        metavar="K",
        help="Draw a fifth of the lessons from the demonstrations of up to K ARC-1 training tasks, where there are "
        "near ones; to compare with them takes a minute or two at the start.",
        rich_help_panel=_TTT,
    ),
]
KeepAdapters = Annotated[
    bool,
    typer.Option(
        "--keep-adapters",
        metavar="",
        help="Keep each task's adapter, as peft has them, in adapters/ in the run's folder (on a cluster: in that "
        "folder on the machine that solved the task).",
        rich_help_panel=_RUN,
    ),
]
Json = Annotated[
    bool,
    typer.Option("--json", metavar="", help="One JSON object a line: start, results, end.", rich_help_panel=_SHOWN),
]
Quiet = Annotated[bool, typer.Option("--quiet", metavar="", help="Only the score.", rich_help_panel=_SHOWN)]
Verbose = Annotated[
    bool, typer.Option("--verbose", metavar="", help="A table of the tasks, however many.", rich_help_panel=_SHOWN)
]

Shard = Annotated[
    str | None,
    typer.Option(
        metavar="I/N",
        help="Only the I-th of N parts, in a folder of its own within --out; the same command without it gathers them.",
        rich_help_panel=_RUN,
    ),
]
Deadline = Annotated[
    str | None,
    typer.Option(
        metavar="TIME",
        help="Be done in 11h45m, 3m, 90s, or by 14:30: less training where time is short, more attempts where it is "
        "left and views disagree. Answers then depend on the machine's speed.",
        rich_help_panel=_RUN,
    ),
]
Budget = Annotated[
    str | None,
    typer.Option(
        metavar="CORE-SECONDS",
        help="What the run may cost in all, several starts together: 40000 or 12h of one core (of one GPU). Spent as "
        "under a deadline; starting and reading the model are not counted.",
        rich_help_panel=_RUN,
    ),
]
Workers = Annotated[
    int | None,
    typer.Option(
        min=1,
        metavar="N",
        help="Processes with a model each; by default one for each GPU, and none on the CPU.",
        rich_help_panel=_WHERE,
    ),
]
EngineName = Annotated[
    str,
    typer.Option(
        "--engine", metavar="local|ray", help="Solve on this machine, or on a Ray cluster.", rich_help_panel=_WHERE
    ),
]
Address = Annotated[
    str | None,
    typer.Option(
        metavar="HOST:PORT|auto",
        help="The Ray cluster's head; auto: the one on this machine; by default one is started for this run.",
        rich_help_panel=_WHERE,
    ),
]
MemoryLimit = Annotated[
    str | None,
    typer.Option(
        metavar="SIZE",
        help="Such as 6G: what a process may hold; larger tasks begin with smaller batches.",
        rich_help_panel=_WHERE,
    ),
]
Stop = Annotated[
    str | None,
    typer.Option(
        "--ttt.stop",
        metavar="none|loss|held-out",
        help="Train in stages until the lessons are learned; or stop when a demonstration that is held out is "
        "reproduced, or predicted no better than before.",
        show_default=TTTConfig.stop,
        rich_help_panel=_TTT,
    ),
]
StopLoss = Annotated[
    float | None,
    typer.Option(
        "--ttt.stop-loss",
        metavar="NATS",
        help="Loss of a token below which lessons are learned.",
        show_default=str(TTTConfig.stop_loss),
        rich_help_panel=_TTT,
    ),
]
NoAdaptive = Annotated[
    bool,
    typer.Option(
        "--no-adaptive",
        metavar="",
        help="The fixed schedule: all of the training budget, every lesson, all views, whatever the task; a deadline "
        "or a budget still limits each task.",
        rich_help_panel=_TTT,
    ),
]
Gate = Annotated[
    str | None,
    typer.Option(
        "--ttt.gate",
        metavar="none|ponder",
        help="Update on all lessons, or on those whose loss is above a threshold.",
        show_default=TTTConfig.gate,
        rich_help_panel=_TTT,
    ),
]
GateRate = Annotated[
    float | None,
    typer.Option(
        "--ttt.gate-rate",
        metavar="SHARE",
        help="Share of lessons above it.",
        show_default=str(TTTConfig.gate_rate),
        rich_help_panel=_TTT,
    ),
]
Sequential = Annotated[
    bool,
    typer.Option(
        "--sequential",
        metavar="",
        help="Answer in five views at a time, and in no more once their votes are clear.",
        rich_help_panel=_DECODE,
    ),
]
