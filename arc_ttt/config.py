"""All settings: keyword-only frozen dataclasses, each field with all that is to be known of it (`arc_ttt.settings`).

`SolveConfig` is what a task's answer depends on besides weights and prompt format: `asdict` of it stands in a run's
config.json and is hashed into its digest. `RunConfig` is the rest of what `solve` takes.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import math
import re
from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path
from typing import Any, ClassVar, Literal

from arc_ttt.errors import ConfigError
from arc_ttt.settings import (
    NAMES,
    NOT_NEGATIVE,
    PART,
    POSITIVE,
    SHARE,
    Bound,
    build,
    check,
    from_0_to,
    group,
    idle,
    one_of,
    read,
    setting,
    settings,
    up_to,
)

LARGEST_PAIR = 2000  # tokens
VOTES = ("flat", "hierarchical", "sum", "max", "min", "product", "count-nll", "probmul")
AGENTS = ("programs", "learner")
UNSCORED = ("flat", "hierarchical")  # votes that need no candidate to be scored in other views
_SCORES = ("vote", tuple(vote for vote in VOTES if vote not in UNSCORED))
_LEARNS = ("agents", ("learner",))
# Training has one of them: those further right put the others aside.
BUDGETS = ("ttt.tokens", "ttt.lessons", "ttt.seconds")

# What nobody means to exceed: beyond it a slip of the pen would take a machine's memory, or a year.
_TOKENS, _LESSONS, _COUNT, _SECONDS = 10**9, 10**7, 10_000, 366 * 86_400
_DEVICES = r"auto|cpu|mps|cuda(:\d{1,3})?|xpu(:\d{1,3})?"

_RUN, _TTT, _DECODE, _SHOWN = "The run", "Test-time training", "Finding and choosing answers", "What is shown"
_WHERE, _PROGRAMS = "Where it runs", "The search for programs"

# Why a Kaggle bundle does not take an option.
_OPEN = "would leave tasks without an answer"
_OWN = "the bundle has an option of its own for it"
_ONE = "a notebook is one machine"
_LOG = "the notebook's log is all that is shown"
_LOCAL = "nothing of this machine but the model goes into the bundle"


def read_size(text: str, option: str = "--memory-limit") -> int:
    """Bytes of `6G`, `800M`, `1.5GiB`; K, M, G and T are powers of 1,024."""
    match = re.fullmatch(r"(\d+(?:\.\d+)?)\s*([KMGT])i?B?", text.strip(), re.IGNORECASE)
    if not match:
        raise ConfigError(f"{option} {text!r}: is not a size such as 6G or 800M")
    return int(float(match[1]) * 1024 ** ("KMGT".index(match[2].upper()) + 1))


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(","))


def _parts(text: str) -> tuple[str, ...]:
    return () if text.strip() in ("", "none") else _names(text)


def _agents(text: str) -> tuple[str, ...]:
    return tuple(one for name in _names(text) for one in (AGENTS if name == "auto" else (name,)))


def _are_agents(names: tuple[str, ...]) -> bool:
    kinds = [name.partition(":") for name in names]
    known = all(kind in AGENTS and (not colon or (kind == "learner" and model)) for kind, colon, model in kinds)
    return known and len(names) == len(set(names)) > 0


@dataclass(frozen=True, kw_only=True)
class TTTConfig:
    """Test-time training of one task."""

    PREFIX: ClassVar[str] = "ttt."

    enabled: bool = setting(
        True,
        "Train on the task's demonstrations, or answer with the model as it is.",
        option="--ttt",
        off="--no-ttt",
        needs=_LEARNS,
    )
    method: Literal["lora", "head"] = setting(
        "lora",
        "Train low-rank matrices throughout the model; or a clone of its head alone, on a frozen body.",
    )
    # Without padding; answers and questions alike.
    tokens: int = setting(
        240_000, "Lesson tokens for each task, at most.", bound=up_to(_TOKENS), needs=("ttt.lessons", (None,))
    )
    lessons: int | None = setting(
        None, "Lessons instead of tokens.", bound=up_to(_LESSONS), needs=("ttt.seconds", (None,))
    )
    epochs: int = setting(
        1,
        "With --ttt.lessons: how many times they are gone through, each time in another order.",
        bound=up_to(_LESSONS),
        needs=("ttt.lessons", ()),
    )
    seconds: float | None = setting(
        None,
        "Seconds instead of tokens; answers then depend on the machine's speed.",
        metavar="S",
        bound=up_to(_SECONDS),
    )
    rank: int = setting(32, "The LoRA's rank.", metavar="R", bound=up_to(4096), needs=("ttt.method", ("lora",)))
    # Divided by the rank, or by its root (rank-stabilised, arXiv 2312.03732).
    alpha: float = setting(32.0, "The LoRA's scale.", metavar="A", bound=up_to(10**6), needs=("ttt.method", ("lora",)))
    rslora: bool = setting(
        False,
        "Divide the scale by the root of the rank, not the rank.",
        off="--ttt.no-rslora",
        shown="no",
        needs=("ttt.method", ("lora",)),
    )
    # "linear" is every linear layer of the blocks.
    targets: tuple[str, ...] = setting(
        ("linear",),
        "What has a LoRA: linear, embedding, head, or layers' names; with commas.",
        metavar="NAMES",
        parse=_names,
        bound=NAMES,
        needs=("ttt.method", ("lora",)),
    )
    # Their copies in float32, each of its own also where embedding and head share one table.
    whole: tuple[str, ...] = setting(
        (),
        "What is trained whole, beside the LoRA: embedding, head, with a comma; or none.",
        metavar="NAMES",
        parse=_parts,
        needs=("ttt.method", ("lora",)),
        shown="nothing",
        bound=Bound(
            "names embedding, head or both", lambda v: set(v) <= {"embedding", "head"} and len(set(v)) == len(v)
        ),
    )
    # AdamW's.
    learning_rate: float = setting(4e-3, "Peak learning rate.", option="--ttt.lr", metavar="X", bound=up_to(10))
    embedding_rate: float | None = setting(
        None,
        "That of embedding and head, whole or with a LoRA.",
        option="--ttt.embedding-lr",
        metavar="X",
        shown="as --ttt.lr",
        bound=up_to(10),
    )
    weight_decay: float = setting(0.0, "AdamW's weight decay.", metavar="X", bound=NOT_NEGATIVE)
    schedule: Literal["tenth", "cosine"] = setting(
        "tenth",
        "The learning rate rises over the first tenth and falls to a tenth; or it rises from nothing over --ttt.warmup "
        "and falls to nothing, as transformers has it.",
    )
    warmup: float = setting(
        0.1,
        "Share of the training in which the rate rises, in whole steps.",
        metavar="SHARE",
        bound=SHARE,
        needs=("ttt.schedule", ("cosine",)),
    )
    # With its padding. Small ones, since the number of steps counts for more than their size.
    batch_tokens: int = setting(
        1536,
        "Tokens of a batch; where it is a number of lessons, those of them that are computed together.",
        bound=up_to(_LESSONS),
    )
    batch_lessons: int | None = setting(
        None,
        "Lessons of a batch, as they were drawn, instead of as many as --ttt.batch-tokens holds.",
        bound=up_to(_LESSONS),
    )
    clip: float = setting(1.0, "Gradients are clipped to this norm; 0: not at all.", option="none", bound=NOT_NEGATIVE)
    leave_two_out: Literal["few", "fill", "never"] = setting(
        "few",
        "When lessons leave out two demonstrations: where there are fewer than three; to fill up the number of lessons "
        "(each of these is then another one: a split, an augmenter, in its own colours or in others); or never.",
    )
    augment: Literal["symmetries", "extended"] = setting(
        "symmetries",
        "Turn and recolour lessons; or also let grids be mirrored at an edge, translated, enlarged and repeated, the "
        "23 augmenters of MIT's test-time training.",
    )
    own_colours: float = setting(
        0.3,
        "Share of lessons in the task's colours; the others get a random palette.",
        metavar="SHARE",
        bound=SHARE,
        needs=("ttt.leave_two_out", ("few", "never")),
    )
    # Of the views, too, without any training.
    all_colours: bool = setting(
        False,
        "Permute the background 0 too, or leave it.",
        option="--all-colours",
        off="--fixed-background",
        shown="fixed",
        needs=_LEARNS,
    )
    stop: Literal["none", "loss", "held-out"] = setting(
        "loss",
        "Train in stages until the lessons are learned; or stop when a demonstration that is held out is reproduced, "
        "or predicted no better than before.",
    )
    stop_loss: float = setting(
        0.02,
        "Loss of a token below which lessons are learned.",
        metavar="NATS",
        bound=NOT_NEGATIVE,
        needs=("ttt.stop", ("loss",)),
    )
    gate: Literal["none", "ponder"] = setting(
        "none", "Update on all lessons, or on those whose loss is above a threshold."
    )
    gate_rate: float = setting(
        0.5, "Share of lessons above it.", metavar="SHARE", bound=PART, needs=("ttt.gate", ("ponder",))
    )
    compile: bool = setting(
        False,
        "Compile the training step: some minutes at the first start, two at later ones, then a quarter faster. For "
        "runs of a hundred tasks and more; what is compiled is kept in the user's cache directory.",
        option="--compile",
        off="--no-compile",
    )
    warm_start: str | None = setting(
        None,
        "Start from the nearest adapter that an earlier run kept there, if it is near: the run's folder, or one "
        "adapter's; on a cluster it must be on every machine.",
        metavar="FOLDER",
        parse=lambda text: str(Path(text).resolve()),
        bundle=_LOCAL,
    )
    neighbours: int = setting(
        0,
        "Draw a fifth of the lessons from the demonstrations of up to K ARC-1 training tasks, where there are near "
        "ones; to compare with them takes a minute or two at the start.",
        metavar="K",
        bound=from_0_to(400),
    )

    def __post_init__(self) -> None:
        check(self)

    @property
    def budget(self) -> str:
        """Which of `BUDGETS` is in force."""
        return "ttt.seconds" if self.seconds is not None else "ttt.tokens" if self.lessons is None else "ttt.lessons"


@dataclass(frozen=True, kw_only=True)
class DecodeConfig:
    """How candidates are found in each view."""

    PREFIX: ClassVar[str] = "decode."

    method: Literal["greedy", "sample", "dfs"] = setting(
        "greedy",
        "In each view the most probable answer, samples, or every answer above a probability.",
        option="--decode",
    )
    min_prob: float = setting(
        0.1,
        "Least probability of an answer; a view without one answers greedily.",
        option="--dfs.min-prob",
        metavar="P",
        bound=Bound("is a probability above 0 and at most 1", lambda v: 0 < v <= 1),
        needs=("decode.method", ("dfs",)),
    )
    nodes: int = setting(
        20_000,
        "Most tokens computed for a view.",
        option="--dfs.nodes",
        bound=up_to(_TOKENS),
        needs=("decode.method", ("dfs",)),
    )
    seconds: float | None = setting(
        None,
        "Most seconds for a task's views; answers then depend on the machine's speed.",
        option="--dfs.seconds",
        metavar="S",
        bound=up_to(_SECONDS),
        needs=("decode.method", ("dfs",)),
    )
    samples: int = setting(
        2, "Samples of each view.", option="--sample.count", bound=up_to(_COUNT), needs=("decode.method", ("sample",))
    )
    temperature: float = setting(
        1.0,
        "Of sampling.",
        option="--sample.temperature",
        metavar="T",
        bound=up_to(100),
        needs=("decode.method", ("sample",)),
    )
    # Guesses are the input, or another view's answer.
    drafts: bool = setting(
        True,
        "Verify guesses from elsewhere; without them the same answers come more slowly (a search that ends at a limit "
        "may differ).",
        option="--drafts",
        off="--no-drafts",
    )
    recolour: bool = setting(
        False,
        "Recolour and reorder every view; or let the first eight be the task's symmetries, otherwise as it is.",
        option="--recolour-views",
        off="--plain-views",
    )

    def __post_init__(self) -> None:
        check(self)


@dataclass(frozen=True, kw_only=True)
class ProgramsConfig:
    """The search for programs."""

    PREFIX: ClassVar[str] = "programs."

    budget: int = setting(
        400_000,
        "How long to search, in units of what operations cost on average: five to ten core-seconds.",
        bound=up_to(10**12),
    )

    def __post_init__(self) -> None:
        check(self)


@dataclass(frozen=True, kw_only=True)
class SolveConfig:
    """Everything that a task's answer depends on, but the weights and the prompt format."""

    agents: tuple[str, ...] = setting(
        AGENTS,
        "Who proposes answers, with commas: programs (a search for the rule as a program of grid operations; alone it "
        "needs no model), learner (test-time training of --model), learner:NAME|PATH (of a further model); auto is "
        "programs,learner, also among others.",
        metavar="NAMES",
        parse=_agents,
        shown="auto",
        bound=Bound("names programs, learner or learner:NAME|PATH, each at most once", _are_agents),
    )
    ask_all: bool = setting(
        False,
        "Ask every agent about every task, also where a cheaper one is sure of its answer.",
        off="--stop-when-sure",
    )
    enough: float = setting(
        1.0,
        "Ask no dearer agent where one of the two likeliest answers is right with this probability; 1 asks wherever no "
        "agent is sure.",
        metavar="P",
        bound=PART,
        needs=("ask_all", (False,)),
    )
    near: float = setting(
        0.1,
        "Where the best program gets at most this share of the demonstrations' cells wrong, the learner is trained to "
        "go on from what it makes, too; 0: never.",
        metavar="SHARE",
        bound=SHARE,
        needs=("agents", ("programs",)),
    )
    programs: ProgramsConfig = group(ProgramsConfig, panel=_PROGRAMS, needs=("agents", ("programs",)))
    seed: int = setting(0, "All randomness derives from it.", bound=from_0_to(2**63))
    views: int = setting(16, "Augmented views to answer in.", bound=up_to(_COUNT), needs=_LEARNS)
    decode: DecodeConfig = group(DecodeConfig, panel=_DECODE, needs=_LEARNS)
    vote: Literal["flat", "hierarchical", "sum", "max", "min", "product", "count-nll", "probmul"] = setting(
        "product",
        "How two candidates are chosen: flat, hierarchical (by views that found them), sum, max, min, product, "
        "count-nll, probmul (by their probability in other views, too).",
        metavar="RULE",
        panel=_DECODE,
        needs=_LEARNS,
    )
    judge: Literal["calibrated", "fixed"] = setting(
        "fixed",
        "How the agents' candidates are put together: calibrated (by how likely each is right, given all that speaks "
        "for it), fixed (a sure program, the learner's best by --vote, a program that fits, the rest).",
        metavar="HOW",
        panel=_DECODE,
    )
    traits: bool = setting(
        True,
        "Let answers that lack what all demonstrations' outputs have, such as a colour that stays or a mirror image, "
        "come after the others; or go by agents, views and programs alone.",
        off="--no-traits",
        panel=_DECODE,
    )
    score_views: int | None = setting(
        None,
        "Views that score candidates; by default those that answer.",
        metavar="K",
        panel=_DECODE,
        bound=up_to(_COUNT),
        needs=_SCORES,
    )
    score_candidates: int = setting(
        12,
        "Candidates of a test input that are scored, those found most often; 0: all.",
        panel=_DECODE,
        bound=NOT_NEGATIVE,
        needs=_SCORES,
    )
    sequential: bool = setting(
        False,
        "Answer in five views at a time, and in no more once their votes are clear.",
        off="--all-views",
        panel=_DECODE,
        needs=_LEARNS,
    )
    max_tokens: int = setting(
        8192,
        "Longest sequence; demonstrations are dropped to fit.",
        bound=Bound(
            f"must be at least {LARGEST_PAIR}, which an input and an output of 30 × 30 may need, and at most "
            f"{_LESSONS:,}",
            lambda v: LARGEST_PAIR <= v <= _LESSONS,
        ),
        needs=_LEARNS,
    )
    memory: int | None = setting(
        None,
        "Such as 6G: what a process may hold; larger tasks begin with smaller batches.",
        option="--memory-limit",
        metavar="SIZE",
        panel=_WHERE,
        parse=read_size,
        bound=up_to(2**50),
        needs=_LEARNS,
    )
    # The run has a deadline: what a task's answer depends on is then also the machine's speed.
    timed: bool = setting(False, option="none", file=False)
    ttt: TTTConfig = group(TTTConfig, panel=_TTT, needs=("ttt.enabled", (True,)))

    def __post_init__(self) -> None:
        check(self)

    @property
    def learns(self) -> bool:
        """Whether a learner is among the agents."""
        return any(name.partition(":")[0] == "learner" for name in self.agents)

    def digest(self, *more: str) -> str:
        """SHA-256 of these settings and of `more` (the digests of weights, prompt format and tasks)."""
        text = json.dumps([_told(self), *more], sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()


def _told(config: SolveConfig) -> dict[str, Any]:
    """What the digest is of: a setting that does nothing, the others being as they are, counts as its default."""
    told = dataclasses.asdict(config)
    known = {one.path: one for one in settings(type(config))}
    for one in known.values():
        *groups, name = one.path.split(".")
        table = told
        for inner in groups:
            table = table[inner]
        if not one.digest:
            del table[name]
        elif idle(known, one.path, lambda path: attrgetter(path)(config)) is not None:
            table[name] = one.default
    return told


@dataclass(frozen=True, kw_only=True)
class RunConfig:
    """What `solve` takes besides: which tasks, with what, where, and what is shown."""

    solutions: Path | None = setting(
        None, "Answers; by default those beside or inside TASKS.", metavar="FILE", file=False, bundle=_LOCAL
    )
    model: str = setting(
        "arc-mini",
        "A shipped model, a folder or GGUF file of any causal language model, or a hub id; `arc-ttt models` lists "
        "those trained on such puzzles.",
        metavar="NAME|PATH",
        kept=True,
        bundle=_OWN,
    )
    prompt: str | None = setting(
        None,
        "Prompt format; by default the model's own, else digits.",
        metavar="NAME|FILE",
        kept=True,
        bundle=_OWN,
    )
    preset: str | None = setting(
        None,
        "Settings that belong together: fast, default or best; or a file of one's own.",
        metavar="NAME|FILE",
        file=False,
    )
    config: Path | None = setting(
        None,
        "Settings from a TOML file, or from a run's config.json; options win over it.",
        metavar="FILE",
        file=False,
        bundle=_LOCAL,
    )
    trust_remote_code: bool = setting(False, "Run code that comes with the model.", file=False)
    draft_model: str | None = setting(
        None,
        "Another model, trained on the task first; its answers are drafts.",
        metavar="NAME|FOLDER",
        panel=_DECODE,
        kept=True,
        needs=("decode.drafts", (True,)),
    )
    adaptive: bool = setting(
        True,
        "Spend on a task what it needs; or the fixed schedule: all of the training budget, every lesson, all views, "
        "whatever the task. A deadline or a budget limits each task in any case.",
        option="--adaptive",
        off="--no-adaptive",
        panel=_TTT,
        needs=("ttt.enabled", (True,)),
    )
    out: Path | None = setting(
        None,
        "The run's folder; by default one for these tasks and settings in results/. The same command goes on where it "
        "stopped.",
        short="-o",
        metavar="FOLDER",
        panel=_RUN,
        file=False,
        bundle="the notebook takes the answers from a folder of its own choice",
    )
    fresh: bool = setting(
        False,
        "Forget an earlier run there, or go on with it, which is the default.",
        off="--resume",
        panel=_RUN,
        file=False,
        bundle="a solver that is started again must go on with what it has",
    )
    limit: int | None = setting(
        None, "Only the first N tasks.", short="-n", panel=_RUN, bound=POSITIVE, file=False, bundle=_OPEN
    )
    tasks: str | None = setting(
        None, "Only these: id,id or a file with ids.", metavar="IDS|FILE", panel=_RUN, file=False, bundle=_OPEN
    )
    shard: str | None = setting(
        None,
        "Only the I-th of N parts, in a folder of its own within --out; the same command without it gathers them.",
        metavar="I/N",
        panel=_RUN,
        file=False,
        bundle=_OPEN,
    )
    deadline: str | None = setting(
        None,
        "Be done in 11h45m, 3m, 90s, or by 14:30: less training where time is short, more attempts where it is left "
        "and views disagree. Answers then depend on the machine's speed.",
        metavar="TIME",
        panel=_RUN,
        bundle=_OWN,
    )
    budget: str | None = setting(
        None,
        "What the run may cost in all, several starts together: 40000 or 12h of one core (of one GPU). Spent as under "
        "a deadline; starting and reading the model are not counted.",
        metavar="CORE-SECONDS",
        panel=_RUN,
        bundle=_OPEN,
    )
    keep_adapters: bool = setting(
        False,
        "Keep each task's adapter, as peft has them, in adapters/ in the run's folder (on a cluster: in that folder on "
        "the machine that solved the task).",
        off="--no-keep-adapters",
        panel=_RUN,
        kept=True,
        needs=("ttt.enabled", (True,)),
        bundle="would fill the notebook's disk",
    )
    device: str = setting(
        "auto",
        metavar="auto|cpu|cuda:N|mps",
        panel=_WHERE,
        kept=True,
        bound=Bound(
            "is auto, cpu, cuda, cuda:N or mps",
            lambda v: re.fullmatch(_DEVICES, v) is not None,
            {"gpu": "cuda", "nvidia": "cuda", "metal": "mps", "apple": "mps", "0": "cuda:0", "gpu:0": "cuda:0"},
        ),
        bundle="the bundle's --accelerator chooses it",
    )
    dtype: Literal["auto", "bfloat16", "float32", "float16"] = setting(
        "auto",
        panel=_WHERE,
        kept=True,
        bound=one_of(
            *("auto", "bfloat16", "float32", "float16"),
            meant={"bf16": "bfloat16", "fp16": "float16", "half": "float16", "fp32": "float32", "float": "float32"},
        ),
    )
    quantize: Literal["none", "int8", "nf4"] = setting(
        "none",
        "Store the base in fewer bits; the adapter is not.",
        panel=_WHERE,
        kept=True,
        bound=one_of(
            *("none", "int8", "nf4"),
            meant={"4bit": "nf4", "4-bit": "nf4", "4": "nf4", "int4": "nf4", "fp4": "nf4"}
            | {"8bit": "int8", "8-bit": "int8", "8": "int8", "no": "none"},
        ),
    )
    workers: int | None = setting(
        None,
        "Processes with a model each; by default one for each GPU. On a processor one for each core or task, whichever "
        "are fewer, as far as memory allows; none for one task, or for a model that is not built in.",
        panel=_WHERE,
        bound=up_to(512),
        bundle=_OWN,
    )
    engine: Literal["local", "ray"] = setting(
        "local", "Solve on this machine, or on a Ray cluster.", panel=_WHERE, bundle=_ONE
    )
    address: str | None = setting(
        None,
        "The Ray cluster's head; auto: the one on this machine; by default one is started for this run.",
        metavar="HOST:PORT|auto",
        panel=_WHERE,
        needs=("engine", ("ray",)),
        bundle=_ONE,
    )
    json: bool = setting(False, "One JSON object a line: start, results, end.", panel=_SHOWN, file=False, bundle=_LOG)
    quiet: bool = setting(False, "Only the score and what it took.", panel=_SHOWN, file=False, bundle=_LOG)
    verbose: bool = setting(False, "A table of the tasks, however many.", panel=_SHOWN, file=False, bundle=_LOG)

    def __post_init__(self) -> None:
        check(self)

    def kept(self) -> dict[str, Any]:
        """What of it a run's config.json keeps, so that the run can be made again."""
        return {one.path: getattr(self, one.path) for one in settings(type(self)) if one.kept}


@dataclass(frozen=True, kw_only=True)
class PretrainConfig:
    """Pretraining of a built-in model, read from a TOML file."""

    FILE_ONLY: ClassVar[bool] = True

    name: str = setting("", "The model's name.", bound=Bound("must name the model", bool))
    prompt: str = setting("pair", "The prompt format it learns.")
    # Shape: see `lm.builtin.GridConfig`.
    hidden_size: int = setting(256, bound=POSITIVE)
    intermediate_size: int = setting(704, bound=POSITIVE)
    num_hidden_layers: int = setting(8, bound=POSITIVE)
    num_attention_heads: int = setting(2, bound=POSITIVE)
    tokens: int = setting(30_000_000, "Tokens to train on, with padding.", bound=POSITIVE)
    warmup_tokens: int = setting(500_000, "Tokens over which the learning rate rises.", bound=NOT_NEGATIVE)
    cooldown: float = setting(0.3, "Share of the tokens, the last ones, over which it falls.", bound=SHARE)
    learning_rate: float = setting(2e-3, bound=POSITIVE)
    weight_decay: float = setting(0.1, bound=NOT_NEGATIVE)
    embedding_scale: float = setting(3.0, "Times the learning rate that the embedding has.", bound=POSITIVE)
    clip: float = setting(1.0, "Gradients are clipped to this norm.", bound=POSITIVE)
    batch_tokens: int = setting(8192, "Tokens of a batch.", bound=POSITIVE)
    buckets: tuple[int, ...] = setting(
        (128, 192, 256, 320, 416, 512, 640, 832, 1088, 1408, 1872),
        "Lengths that sequences are padded to.",
        bound=Bound(
            "are lengths",
            lambda v: len(v) > 0 and all(_number(b) and b == int(b) and b > 0 for b in v),
        ),
    )
    shares: tuple[float, ...] = setting(
        (),
        "Share of the pairs that comes from each corpus, in the order they are named; by default as their tasks "
        "have it.",
        bound=Bound("are numbers", lambda v: all(_number(share) and share >= 0 for share in v)),
    )
    unknown_task: float = setting(
        0.15, "Share of sequences that show the generic task token instead of their own task's.", bound=SHARE
    )
    seed: int = setting(0, bound=NOT_NEGATIVE)
    compile: bool = setting(
        True, "Compile the training step (needs a C++ compiler); about half again as fast on a CPU."
    )

    def __post_init__(self) -> None:
        check(self)
        if self.hidden_size % (2 * self.num_attention_heads):
            raise ConfigError("hidden_size must give each head an even number")
        if self.batch_tokens < max(self.buckets):
            raise ConfigError("batch_tokens must hold the longest of the buckets")
        if self.shares and not 0 < sum(self.shares) < math.inf:
            raise ConfigError(f"shares must not all be zero: {self.shares}")


def _number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def read_pretrain(path: Path) -> PretrainConfig:
    """The pretraining settings in a TOML file; `ConfigError` names what is wrong with it."""
    values = read(list(settings(PretrainConfig)), path)
    if "name" not in values:
        raise ConfigError(f"{path}: name is missing")
    try:
        made: PretrainConfig = build(PretrainConfig, values)
    except ConfigError as fault:
        raise ConfigError(f"{path}: {fault}") from fault
    return made
