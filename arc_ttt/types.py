"""The values that travel from a task file to a submission; all frozen, all small.

A `Task` cannot hold the answers to its tests: they are `Solutions`, which only the scorer (and, for training
splits, pretraining) receives.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any

import numpy as np
import numpy.typing as npt

from arc_ttt.palette import picture

Cells = npt.NDArray[np.uint8]

MAX_SIDE = 30
COLOURS = 10


class Grid:
    """A rectangle of 1–30 × 1–30 colours 0–9; immutable, hashable, equal by value.

    `cells` is a read-only (rows, columns) uint8 array. Built from anything numpy makes such an array of; a
    `ValueError` says what is wrong with the rest.
    """

    __slots__ = ("_hash", "cells")
    cells: Cells

    def __init__(self, cells: npt.ArrayLike | Sequence[Sequence[int]]) -> None:
        array = np.array(cells)
        if array.ndim != 2:
            raise ValueError(f"a grid has two dimensions, not {array.ndim}")
        if not (1 <= array.shape[0] <= MAX_SIDE and 1 <= array.shape[1] <= MAX_SIDE):
            raise ValueError(f"a grid has 1 to 30 rows and columns, not {array.shape[0]} × {array.shape[1]}")
        if array.dtype.kind not in "iu" or array.min() < 0 or array.max() >= COLOURS:
            raise ValueError("a cell is an integer from 0 to 9")
        array = np.ascontiguousarray(array, dtype=np.uint8)
        array.flags.writeable = False
        self.cells = array
        self._hash = hash((array.shape, array.tobytes()))

    @property
    def height(self) -> int:
        return int(self.cells.shape[0])

    @property
    def width(self) -> int:
        return int(self.cells.shape[1])

    def tolist(self) -> list[list[int]]:
        """Rows of Python integers, as in the JSON files."""
        rows: list[list[int]] = self.cells.tolist()
        return rows

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Grid):
            return NotImplemented
        return self.cells.shape == other.cells.shape and self.cells.tobytes() == other.cells.tobytes()

    def __hash__(self) -> int:
        return self._hash

    def __lt__(self, other: Grid) -> bool:
        """A total order without meaning; it makes ties come out the same in every process."""
        return (self.cells.shape, self.cells.tobytes()) < (other.cells.shape, other.cells.tobytes())

    def __repr__(self) -> str:
        return "Grid(" + "/".join("".join(map(str, row)) for row in self.tolist()) + ")"

    def _repr_html_(self) -> str:
        """How a notebook draws it."""
        return picture(self.tolist())

    def __reduce__(self) -> tuple[type[Grid], tuple[list[list[int]]]]:
        return Grid, (self.tolist(),)


@dataclass(frozen=True)
class Pair:
    """A demonstration: an input and its output."""

    input: Grid
    output: Grid

    def _repr_html_(self) -> str:
        """How a notebook draws it."""
        return picture(self.input.tolist(), "input") + picture(self.output.tolist(), "output")


@dataclass(frozen=True)
class Task:
    """A puzzle: its demonstrations and the inputs that ask for an answer."""

    id: str
    demonstrations: tuple[Pair, ...]
    tests: tuple[Grid, ...]

    def _repr_html_(self) -> str:
        """How a notebook draws it: its id, a row for each demonstration, and the test inputs."""
        rows = [escape(self.id), *(pair._repr_html_() for pair in self.demonstrations)]
        rows.append("".join(picture(test.tolist(), f"test {n}") for n, test in enumerate(self.tests, start=1)))
        return "".join(f"<div>{row}</div>" for row in rows)


Solutions = Mapping[str, tuple[Grid, ...]]
"""The answers by task id, one for each test input, in order."""


@dataclass(frozen=True)
class Question:
    """Demonstrations in context (perhaps none) and the input that asks.

    Grids are already in the view's frame. `symmetry` (0–7) and `palette` (the image of each colour 0–9) say
    which frame that is, for a model that learns a rule in its weights and must be told how it was turned.
    """

    context: tuple[Pair, ...]
    query: Grid
    symmetry: int = 0
    palette: tuple[int, ...] = tuple(range(COLOURS))


@dataclass(frozen=True)
class Lesson:
    """A question with its answer: one training example."""

    question: Question
    answer: Grid


@dataclass(frozen=True)
class Prompt:
    """Token sequence for a model, T tokens long.

    `tokens` (T,) int64; `positions` (T, 3) int64, (plane, row, column), for models that want them; `blocks` (T,)
    int64: tokens of the same block other than 0 see each other in both directions, all others only what came
    before; `loss` (T,) bool marks the tokens to be predicted (all false in a question).
    """

    tokens: npt.NDArray[np.int64]
    positions: npt.NDArray[np.int64]
    blocks: npt.NDArray[np.int64]
    loss: npt.NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.tokens)


@dataclass(frozen=True)
class Candidate:
    """An answer in the task's own frame, with the views that found it and its log-probability (nats) in each of them.

    `scores` are its log-probabilities in the scoring views, the same ones for all candidates of a test input; empty
    where candidates are not scored. `agent` names who found it; a `program` that makes it is a text of `arc_ttt.rules`,
    and `reason` says it in plain English; `evidence` has what else speaks for it, by name.
    """

    grid: Grid
    views: tuple[str, ...]
    logprobs: tuple[float, ...]
    scores: tuple[float, ...] = ()
    agent: str = "learner"
    program: str = ""
    reason: str = ""
    evidence: tuple[tuple[str, float], ...] = ()

    @property
    def sure(self) -> bool:
        """Whether its agent stakes its name on it."""
        return dict(self.evidence).get("sure") == 1

    @property
    def unlike(self) -> float:
        """How much (nats) speaks against it by what the demonstrations' outputs have and it lacks: see
        `agents.traits`."""
        return dict(self.evidence).get("unlike", 0.0)

    @property
    def compared(self) -> bool:
        """Whether that is known of it."""
        return "unlike" in dict(self.evidence)

    @property
    def exact(self) -> bool:
        """Whether what makes it makes the outputs of all demonstrations, too."""
        known = dict(self.evidence)
        return "reproduced" in known and known["reproduced"] == known.get("demonstrations")


@dataclass(frozen=True)
class Prediction:
    """Up to two distinct attempts for each test input, in input order; an empty tuple where there is none."""

    task: str
    attempts: tuple[tuple[Grid, ...], ...]


@dataclass(frozen=True)
class Result:
    """What became of one task: one line of results.jsonl.

    `correct` has one entry for each test input where the answers are known. `seconds` are by stage. `notes`
    holds whatever else a stage measured (losses, tokens), ready for JSON.
    """

    prediction: Prediction
    candidates: tuple[tuple[Candidate, ...], ...] = ()
    correct: tuple[bool, ...] | None = None
    seconds: Mapping[str, float] = field(default_factory=dict)
    notes: Mapping[str, Any] = field(default_factory=dict)
    error: str | None = None

    @property
    def task(self) -> str:
        return self.prediction.task
