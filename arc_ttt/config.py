"""Settings: keyword-only frozen dataclasses with their defaults, checked when they are made.

What is written to a run's config.json and hashed into its digest is `asdict` of these.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import math
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from arc_ttt.errors import ConfigError

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib


def _check(condition: bool, message: str) -> None:
    if not condition:
        raise ConfigError(message)


LARGEST_PAIR = 2000  # tokens


@dataclass(frozen=True, kw_only=True)
class TTTConfig:
    """Test-time training of one task."""

    # Whether to train at all.
    enabled: bool = True
    # Lesson tokens to train on (without padding), answers and questions alike; at most, where training may stop.
    tokens: int = 240_000
    # Stop after so many lessons instead.
    lessons: int | None = None
    # Stop after so many seconds instead; results then depend on the machine's speed.
    seconds: float | None = None
    # Rank and scale of the LoRA; the scale is divided by the rank, or by its root (rank-stabilised, arXiv 2312.03732).
    rank: int = 32
    alpha: float = 32.0
    rslora: bool = False
    # What has a LoRA: "linear" (every linear layer of the blocks), "embedding", "head", or layers by their names.
    targets: tuple[str, ...] = ("linear",)
    # AdamW's peak learning rate; warms up over the first tenth and falls to a tenth.
    learning_rate: float = 4e-3
    # That of a LoRA on the embedding or the head, if another.
    embedding_rate: float | None = None
    # Tokens of a batch, with its padding: small ones, since the number of steps counts for more than their size.
    batch_tokens: int = 1536
    # Gradients are clipped to this norm.
    clip: float = 1.0
    # Share of lessons in the task's own colours; the others get a random palette.
    own_colours: float = 0.3
    # Palettes permute colour 0 too.
    all_colours: bool = False
    # Train in stages and stop when the loss (nats a token) at the end of one is below `stop_loss` ("loss"); or stop
    # when a demonstration that is held out is reproduced, or predicted no better than before ("held-out").
    stop: Literal["none", "loss", "held-out"] = "loss"
    stop_loss: float = 0.02
    # Update only on lessons whose loss is above a threshold, so that this share of them does ("ponder"), or on all.
    gate: Literal["none", "ponder"] = "none"
    gate_rate: float = 0.5
    # Compile the training step, a minute or two once: for runs of many tasks.
    compile: bool = False
    # A folder of kept adapters, the nearest of which is where training starts; and how many training tasks like this
    # one give lessons, too. Both only where they are near enough.
    warm_start: str | None = None
    neighbours: int = 0

    def __post_init__(self) -> None:
        _check(self.tokens > 0, f"--ttt.tokens must be positive, not {self.tokens}")
        _check(
            self.seconds is None or 0 < self.seconds < math.inf, f"--ttt.seconds must be positive, not {self.seconds}"
        )
        _check(self.lessons is None or self.lessons > 0, f"--ttt.lessons must be positive, not {self.lessons}")
        _check(self.rank > 0, f"--ttt.rank must be positive, not {self.rank}")
        rates = {"lr": self.learning_rate, "embedding-lr": self.embedding_rate, "alpha": self.alpha}
        for name, value in rates.items():
            _check(value is None or 0 < value < math.inf, f"--ttt.{name} must be positive and finite, not {value}")
        _check(bool(self.targets) and all(self.targets), "--ttt.targets must name something to train")
        _check(0 <= self.own_colours <= 1, f"--ttt.own-colours is a share from 0 to 1, not {self.own_colours}")
        _check(self.batch_tokens > 0, f"--ttt.batch-tokens must be positive, not {self.batch_tokens}")
        _check(self.gate in ("none", "ponder"), f"--ttt.gate is none or ponder, not {self.gate}")
        _check(self.stop in ("none", "loss", "held-out"), f"--ttt.stop is none, loss or held-out, not {self.stop}")
        _check(0 <= self.stop_loss < math.inf, f"--ttt.stop-loss must not be negative, not {self.stop_loss}")
        _check(self.neighbours >= 0, f"--ttt.neighbours is a number of tasks, not {self.neighbours}")
        _check(0 < self.gate_rate <= 1, f"--ttt.gate-rate is a share above 0 and at most 1, not {self.gate_rate}")


VOTES = ("flat", "hierarchical", "sum", "max", "min", "product", "count-nll")


@dataclass(frozen=True, kw_only=True)
class DecodeConfig:
    """How candidates are found in each view."""

    # The most probable token at each place, samples, or every grid above a probability (depth-first search).
    method: Literal["greedy", "sample", "dfs"] = "greedy"
    # Search: the least probability of a grid, the most tokens computed for one view, seconds for a task's views
    # (results then depend on the machine's speed).
    min_prob: float = 0.1
    nodes: int = 20_000
    seconds: float | None = None
    # Sampling: answers of each view, and the temperature.
    samples: int = 2
    temperature: float = 1.0
    # Verify guesses (the input, another view's answer) instead of decoding each token by itself: the same answers.
    drafts: bool = True

    def __post_init__(self) -> None:
        _check(self.method in ("greedy", "sample", "dfs"), f"--decode is greedy, sample or dfs, not {self.method}")
        _check(0 < self.min_prob <= 1, f"--dfs.min-prob is a probability above 0 and at most 1, not {self.min_prob}")
        _check(self.nodes > 0, f"--dfs.nodes must be positive, not {self.nodes}")
        _check(
            self.seconds is None or 0 < self.seconds < math.inf, f"--dfs.seconds must be positive, not {self.seconds}"
        )
        _check(self.samples > 0, f"--sample.count must be positive, not {self.samples}")
        _check(0 < self.temperature < math.inf, f"--sample.temperature must be positive, not {self.temperature}")


@dataclass(frozen=True, kw_only=True)
class SolveConfig:
    """Everything that a task's answer depends on, but the weights and the prompt format."""

    # All randomness derives from this.
    seed: int = 0
    # Augmented views in which each test input is answered.
    views: int = 16
    # Answer a few views at a time, and no more once their votes are clear.
    sequential: bool = False
    # How candidates are found in a view, how two of them are chosen, and in how many views they are scored for that
    # (by default in those that are answered).
    decode: DecodeConfig = field(default_factory=DecodeConfig)
    vote: Literal["flat", "hierarchical", "sum", "max", "min", "product", "count-nll"] = "flat"
    score_views: int | None = None
    # Longest sequence; a question drops demonstrations to fit.
    max_tokens: int = 8192
    # Bytes that a process may hold; tasks that would need more begin further down the memory ladder.
    memory: int | None = None
    # The run has a deadline: what a task's answer depends on is then also the machine's speed.
    timed: bool = False
    ttt: TTTConfig = field(default_factory=TTTConfig)

    def __post_init__(self) -> None:
        _check(self.seed >= 0, f"--seed must not be negative, as {self.seed} is")
        _check(self.views > 0, f"--views must be positive, not {self.views}")
        _check(self.vote in VOTES, f"--vote is one of {', '.join(VOTES)}, not {self.vote}")
        _check(
            self.score_views is None or self.score_views > 0, f"--score-views must be positive, not {self.score_views}"
        )
        _check(
            self.max_tokens >= LARGEST_PAIR,
            f"--max-tokens must be at least {LARGEST_PAIR}, which an input and an output of 30 × 30 may need, "
            f"not {self.max_tokens}",
        )
        _check(self.memory is None or self.memory > 0, f"--memory-limit must be positive, not {self.memory}")

    def digest(self, *more: str) -> str:
        """SHA-256 of these settings and of `more` (the digests of weights, prompt format and tasks)."""
        text = json.dumps([dataclasses.asdict(self), *more], sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True, kw_only=True)
class PretrainConfig:
    """Pretraining of a built-in model, read from a TOML file."""

    # The model's name and the prompt format it learns.
    name: str
    prompt: str = "pair"
    # Shape: see `lm.builtin.GridConfig`.
    hidden_size: int = 256
    intermediate_size: int = 704
    num_hidden_layers: int = 8
    num_attention_heads: int = 2
    # Tokens to train on, with padding; the learning rate falls over the last `cooldown` share of them.
    tokens: int = 30_000_000
    warmup_tokens: int = 500_000
    cooldown: float = 0.3
    learning_rate: float = 2e-3
    weight_decay: float = 0.1
    embedding_scale: float = 3.0
    clip: float = 1.0
    # Tokens of a batch and the lengths that sequences are padded to.
    batch_tokens: int = 8192
    buckets: tuple[int, ...] = (128, 192, 256, 320, 416, 512, 640, 832, 1088, 1408, 1872)
    # Share of the pairs that comes from each corpus, in the order they are named; by default as their tasks have it.
    shares: tuple[float, ...] = ()
    # Share of sequences that show the generic task token instead of their own task's.
    unknown_task: float = 0.15
    seed: int = 0
    # Compile the training step (needs a C++ compiler); about half again as fast on a CPU.
    compile: bool = True

    def __post_init__(self) -> None:
        for name in ("hidden_size", "intermediate_size", "num_hidden_layers", "num_attention_heads", "tokens"):
            _check(getattr(self, name) > 0, f"{name} must be positive, not {getattr(self, name)}")
        for name in ("learning_rate", "embedding_scale", "clip"):
            _check(0 < getattr(self, name) < math.inf, f"{name} must be positive, not {getattr(self, name)}")
        _check(self.hidden_size % (2 * self.num_attention_heads) == 0, "hidden_size must give each head an even number")
        _check(self.warmup_tokens >= 0, f"warmup_tokens must not be negative, not {self.warmup_tokens}")
        _check(0 <= self.weight_decay < math.inf, f"weight_decay must not be negative, not {self.weight_decay}")
        _check(all(isinstance(b, int) and b > 0 for b in self.buckets), f"buckets are lengths, not {self.buckets}")
        _check(self.buckets != (), "buckets must name a length")
        _check(self.batch_tokens >= max(self.buckets), "batch_tokens must hold the longest of the buckets")
        _check(all(isinstance(s, int | float) and s >= 0 for s in self.shares), f"shares are numbers: {self.shares}")
        _check(not self.shares or 0 < sum(self.shares) < math.inf, f"shares must not all be zero: {self.shares}")
        for name in ("cooldown", "unknown_task"):
            _check(0 <= getattr(self, name) <= 1, f"{name} is a share from 0 to 1, not {getattr(self, name)}")
        _check(self.seed >= 0, f"seed must not be negative, as {self.seed} is")


def read_pretrain(path: Path) -> PretrainConfig:
    """The pretraining settings in a TOML file; `ConfigError` names what is wrong with it."""
    try:
        table: Mapping[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as fault:
        raise ConfigError(f"{path}: cannot be read: {fault.strerror}") from fault
    except ValueError as fault:
        raise ConfigError(f"{path}: {fault}") from fault
    known = {f.name: str(f.type) for f in dataclasses.fields(PretrainConfig)}
    kinds: dict[str, tuple[type, ...]] = {"str": (str,), "int": (int,), "float": (int, float), "bool": (bool,)}
    values: dict[str, Any] = {}
    for key, value in table.items():
        if key not in known:
            raise ConfigError(f"{path}: unknown setting {key}; there are {', '.join(known)}")
        if not isinstance(value, kinds.get(known[key], (list,))) or isinstance(value, bool) != (known[key] == "bool"):
            raise ConfigError(f"{path}: {key} must be of type {known[key]}, not {value!r}")
        values[key] = tuple(value) if isinstance(value, list) else value
    if "name" not in table:
        raise ConfigError(f"{path}: name is missing")
    try:
        return PretrainConfig(**values)
    except ConfigError as fault:
        raise ConfigError(f"{path}: {fault}") from fault
