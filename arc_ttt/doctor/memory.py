"""A model's sizes and the lengths of what it would read → the memory that a run takes, estimated before it.

What is counted: the process with its libraries, weights, the adapter with its gradients and optimiser, the adapted copy
of the matrices (none where they are quantized), the activations that a training step keeps, keys and values, and one
block at work on the prompts.
The activations' coefficients were counted on small Llama, Qwen 3 and built-in models.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from arc_ttt.agents.learner.memory import ROWS_TOKENS
from arc_ttt.doctor import Check, size
from arc_ttt.lm.limits import GROWTH, PLAIN_KEYS, plain_keys
from arc_ttt.text.sheet import Checkpoint

STORED = {"int8": 1.0, "nf4": 0.5 + 4 / 64}  # bytes of a weight; NF4 has a float32 for each 64
# What a processor's allocator holds for each byte that a training step keeps: where attention keeps all scores 1.6 to
# 3.1 were measured, in runs of the built-in model and of SmolLM2-135M, and 1.2 where it does not. That is in bfloat16,
# beside which some is kept in float32; where all is float32 anyway, 1.5 (the built-in model).
HELD, HELD_FUSED, HELD_FLOAT32 = 2.5, 1.25, 1.6


@dataclass(frozen=True, kw_only=True)
class Shape:
    """Sizes of a model: features (`queries` of all heads, `keys` of those that are cached), weights by what becomes of
    them (`linear` ones of the blocks are adapted, the `vocabulary` is cut, `other`), and the sum of inputs and outputs
    of the adapted layers. Up to `plain` tokens attention keeps its scores on a processor. What is not known is 0."""

    layers: int
    hidden: int
    intermediate: int
    heads: int
    queries: int
    keys: int
    linear: int
    edges: int
    vocabulary: int = 0
    other: int = 0
    plain: int = PLAIN_KEYS

    @classmethod
    def builtin(cls, sizes: Mapping[str, Any]) -> Shape:
        """That of a built-in model, as its config.json has it."""
        names = ("num_hidden_layers", "hidden_size", "intermediate_size", "num_attention_heads", "vocab_size")
        layers, d, wide, heads, vocabulary = (int(sizes[name]) for name in names)
        matrices = ((d, 3 * d), (d, d), (d, 2 * wide), (wide, d))
        return cls(
            layers=layers,
            hidden=d,
            intermediate=wide,
            heads=heads,
            queries=d,
            keys=d,
            linear=layers * sum(a * b for a, b in matrices),
            edges=layers * sum(a + b for a, b in matrices),
            vocabulary=d * (2 * vocabulary + int(sizes.get("num_tasks", 0))),
            other=layers * 2 * (d + d // heads) + d,
            plain=plain_keys(True),
        )

    @classmethod
    def published(cls, c: Checkpoint) -> Shape:
        """That of a checkpoint in a prompt format's file, which does not tell the vocabulary."""
        return cls(
            layers=c.layers,
            hidden=c.hidden,
            intermediate=c.intermediate,
            heads=c.heads,
            queries=c.heads * c.head_dim,
            keys=c.kv_heads * c.head_dim,
            linear=c.layers * sum(a * b for a, b in c.matrices()),
            edges=c.layers * sum(a + b for a, b in c.matrices()),
        )


@dataclass(frozen=True, kw_only=True)
class Lengths:
    """Tokens of the longest question (the prompt of an answer), the longest lesson and the longest answer; `rows` are
    the answers to one task, views times test inputs. `task` is the longest one, "" where it may be any."""

    question: int
    lesson: int
    answer: int
    rows: int
    task: str = ""


@dataclass(frozen=True, kw_only=True)
class Need:
    """Bytes of the parts of a run; `whole` weights are there while they are loaded, `kept` ones once the vocabulary is
    cut. `formed` is the adapted copy of the matrices, `training` and `answering` the rest of each stage, and `cache`
    the part of `answering` that is keys and values. `process` is Python with the libraries, on a processor."""

    whole: int
    kept: int
    adapter: int
    formed: int
    training: int
    answering: int
    cache: int
    process: int = 0

    @property
    def least(self) -> int:
        """Without any sequence."""
        return self.process + max(self.whole, self.kept + self.adapter + self.formed)

    @property
    def all(self) -> int:
        """The most that is held at a time."""
        most = max(self.training, self.answering)
        return self.process + max(self.whole, self.kept + self.adapter + self.formed + most)


def estimate(
    s: Shape,
    lengths: Lengths,
    *,
    stored: str,
    width: int,
    rank: int,
    batch_tokens: int,
    trains: bool = True,
    processor: bool = True,
) -> Need:
    """What a run takes whose weights are `stored` so ("none": in `width` bytes each, as everything else is).

    `rank` and `batch_tokens` are those of the training, `processor` says that it is no GPU that computes.
    """
    kept = round(s.linear * STORED.get(stored, width)) + s.other * width
    formed = s.linear * width if stored == "none" else 0

    def scores(length: int) -> int:
        """Of one token in one block."""
        return s.heads * length if processor and length <= s.plain else length

    held = (HELD if width < 4 else HELD_FLOAT32) if processor and lengths.lesson <= s.plain else HELD_FUSED
    batch = max(batch_tokens, lengths.lesson)
    block = 6 * s.hidden + 4 * s.intermediate + 2 * s.queries + 2 * s.keys + scores(lengths.lesson)
    rows = min(lengths.rows, max(1, ROWS_TOKENS // (lengths.question + lengths.answer // 4)))
    cache = rows * (lengths.question + lengths.answer + GROWTH) * s.layers * 2 * s.keys * width
    work = max(3 * (s.intermediate + s.hidden), 2 * (s.queries + s.keys) + 3 * scores(lengths.question))
    # Of a mask the truth values, and twice what is added to the scores.
    mask = rows * lengths.question**2 * (1 + 2 * width)
    return Need(
        whole=kept + s.vocabulary * width,
        kept=kept,
        adapter=rank * s.edges * (16 if trains else 4),  # float32: itself, its gradient, two moments
        formed=formed,
        training=round(held * (formed + batch * s.layers * block * width)) - formed if trains else 0,
        answering=cache + rows * lengths.question * work * width + mask,
        cache=cache,
    )


def fits(need: Need, lengths: Lengths, free: int, where: str) -> Check:
    """Whether `need` fits into the `free` bytes of `where`."""
    views = f"{lengths.rows} answers to prompts of {lengths.question:,} tokens"
    training = [f"training {size(need.formed + need.training)}"] if need.training else []
    parts = [
        *([f"Python and libraries {size(need.process)}"] if need.process else []),
        f"weights {size(need.whole)}",
        f"adapter {size(need.adapter)}",
        *training,
        f"{views} {size(need.formed + need.answering)} (keys and values {size(need.cache)})",
    ]
    longest = lengths.task or "sequences of the greatest length"
    found = f"{size(free)} free {where}, about {size(need.all)} needed for {longest}: {', '.join(parts)}"
    if need.least > free:
        quantize = "--quantize nf4, " if need.formed else ""
        return Check("memory", "failure", found, f"{quantize}a smaller model, or more memory")
    if need.all > free:
        quantize = "--quantize int8 or nf4, or " if need.formed else ""
        advice = f"{quantize}a smaller --max-tokens, --ttt.batch-tokens or --views"
        return Check("memory", "warning", found, advice)
    return Check("memory", "ok", found)


def passes(need: Need, free: int) -> Check:
    """Whether the weights fit into the machine's own memory, on their way to the device."""
    found = f"weights of {size(need.whole)} go through the machine's memory, {size(free)} of it free"
    if need.whole > free:
        return Check("memory", "failure", found, "--quantize int8 or nf4, which go piece by piece")
    return Check("memory", "ok", found)
