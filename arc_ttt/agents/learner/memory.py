"""What a task takes in memory, and the ladder down which one that does not fit is tried again.

A limit is kept by planning: what a forward pass keeps for the backward one is counted once, on short sequences, and the
first rung whose need fits is where a task begins.

Every rung gives up speed before it gives up quality: smaller batches and gradient checkpointing change (next to)
nothing about the answers, shorter sequences, a lower rank and a stronger quantization do.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING

from arc_ttt.config import SolveConfig

if TYPE_CHECKING:
    from arc_ttt.lm.memory import Needs

ROWS_TOKENS = 40_000  # tokens of prompts and answers whose keys and values are held at a time
SHORTEST = 512  # tokens; sequences are not cut below this
HEAVY = 2**28  # bytes of a base that is worth storing in fewer bits


@dataclass(frozen=True, kw_only=True)
class Room:
    """The settings that decide how much memory a task takes."""

    # Tokens of a training batch, and of the rows that are decoded together.
    batch_tokens: int
    rows_tokens: int
    # Longest sequence.
    max_tokens: int
    rank: int
    quantization: str
    # Compute a block's activations twice instead of keeping them.
    checkpointing: bool = False


def room_of(config: SolveConfig, quantization: str) -> Room:
    """What the settings ask for."""
    ttt = config.ttt
    return Room(
        batch_tokens=ttt.batch_tokens,
        rows_tokens=ROWS_TOKENS,
        max_tokens=config.max_tokens,
        rank=ttt.rank,
        quantization=quantization,
    )


def ladder(top: Room, longest: int, *, trains: bool = True, requantize: bool = False) -> list[tuple[str, Room]]:
    """`top` and the rungs below it, each with what it changes in a few words ("" for `top`).

    `longest` is the task's longest sequence in tokens; a rung that would change nothing for it is left out. With
    `requantize` the base may be loaded anew in fewer bits.
    """
    rungs = [("", top)]

    def step(text: str, **changes: object) -> None:
        rungs.append((text, dataclasses.replace(rungs[-1][1], **changes)))  # type: ignore[arg-type]

    small, rows = top.batch_tokens // 4, top.rows_tokens // 4
    step(f"batches of {small:,} tokens" if trains else f"rows of {rows:,} tokens", batch_tokens=small, rows_tokens=rows)
    step("one sequence at a time", batch_tokens=1, rows_tokens=1)
    if trains:
        step("gradient checkpointing", checkpointing=True)
    for tokens in (longest // 2, longest // 4):
        if tokens >= SHORTEST:
            step(f"sequences of at most {tokens:,} tokens", max_tokens=tokens)
    if trains and top.rank >= 8:
        step(f"rank {top.rank // 4}", rank=top.rank // 4)
    if requantize:
        for kind in {"none": ("int8", "nf4"), "int8": ("nf4",)}.get(top.quantization, ()):
            step(f"base in {kind}", quantization=kind)
    return rungs


def need(room: Room, needs: Needs, longest: int, answers: int, *, trains: bool = True) -> float:
    """Bytes that a task takes beyond model and adapter: its largest training batch, or the rows of its `answers` views
    of test inputs, whichever is more."""
    length = min(longest, room.max_tokens)
    train = 0.0
    if trains:
        train = needs.training(max(1, room.batch_tokens // length), length, checkpointing=room.checkpointing)
    rows = max(1, min(answers, room.rows_tokens // length))
    return max(train, needs.answering(rows, length))


def out_of_memory(fault: BaseException) -> bool:
    """Whether `fault` says that memory ran out: PyTorch says it in several ways."""
    if isinstance(fault, MemoryError) or type(fault).__name__ == "OutOfMemoryError":
        return True
    text = str(fault)
    signs = ("out of memory", "can't allocate memory", "not enough memory", "bad_alloc", "could not create a memory")
    return isinstance(fault, RuntimeError) and any(sign in text for sign in signs)
