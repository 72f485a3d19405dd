"""Prompt formats: questions and lessons as token sequences, read from prompts/*.toml.

A sequence is `[header] (input grid, output grid)* input grid, output grid`, all in one small vocabulary. Planes
count back from the query, whose input is plane 0 and output plane 1 whatever the context holds, so that a model
trained on single pairs and one trained on whole tasks read the query alike. A cell's position is its own in an
input; in an output a token stands where the cell *it predicts* will be, so that the cell to be predicted and the
input cell under it share row and column.
"""

from __future__ import annotations

import dataclasses
import hashlib
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np

from arc_ttt.errors import ModelError
from arc_ttt.paths import share
from arc_ttt.types import COLOURS, Grid, Lesson, Pair, Prompt, Question

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

HEADER_PLANE = -1
WORDS = (*map(str, range(COLOURS)), "row", "input", "output", "end", "padding", "task")


@dataclass(frozen=True)
class Vocabulary:
    """Token ids by what they mean; `colours[c]` is the token of colour c."""

    colours: tuple[int, ...]
    row: int
    input: int
    output: int
    end: int
    padding: int
    task: int


class _Writer:
    """Collects tokens with their positions, blocks and loss marks."""

    def __init__(self) -> None:
        self.tokens: list[int] = []
        self.positions: list[tuple[int, int, int]] = []
        self.blocks: list[int] = []
        self.loss: list[bool] = []

    def add(self, token: int, position: tuple[int, int, int], block: int, loss: bool = False) -> None:
        self.tokens.append(token)
        self.positions.append(position)
        self.blocks.append(block)
        self.loss.append(loss)

    def prompt(self) -> Prompt:
        return Prompt(
            np.array(self.tokens, dtype=np.int64),
            np.array(self.positions, dtype=np.int64),
            np.array(self.blocks, dtype=np.int64),
            np.array(self.loss, dtype=np.bool_),
        )


@dataclass(frozen=True)
class PromptFormat:
    """How a puzzle is written for one family of checkpoints; see the module's docstring and prompts/*.toml.

    `context` says which demonstrations a question holds, `header` whether it begins with the task token and the
    view, `two_way_inputs` whether the cells of an input see each other. `source` is the text of the TOML file,
    which is part of a run's digest.
    """

    name: str
    context: Literal["none", "all"]
    header: bool
    two_way_inputs: bool
    vocabulary: Vocabulary
    models: tuple[str, ...]
    source: str

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.source.encode()).hexdigest()

    def question(self, question: Question, task_token: int | None = None) -> Prompt:
        """The tokens up to and including the one after which the answer begins. No token carries a loss."""
        writer = _Writer()
        self._question(writer, question, task_token, False)
        return writer.prompt()

    def lesson(self, lesson: Lesson, task_token: int | None = None) -> Prompt:
        """The question and its answer. The loss covers the answer and the outputs of the demonstrations after the
        first in context: the first one's rule cannot be known, the others' can be inferred from those before."""
        writer = _Writer()
        self._question(writer, lesson.question, task_token, True)
        self._output(writer, lesson.answer, 1, True)
        return writer.prompt()

    def fitting_question(self, question: Question, max_tokens: int) -> Prompt:
        """As `question`; while it is longer than `max_tokens` it loses its first demonstration, never a cell."""
        return self._fitting(question, max_tokens, self.question)

    def fitting_lesson(self, lesson: Lesson, max_tokens: int) -> Prompt:
        """As `lesson`; while it is longer than `max_tokens` it loses its first demonstration, never a cell."""
        return self._fitting(lesson.question, max_tokens, lambda q: self.lesson(Lesson(q, lesson.answer)))

    @staticmethod
    def _fitting(question: Question, max_tokens: int, write: Callable[[Question], Prompt]) -> Prompt:
        prompt = write(question)
        while len(prompt) > max_tokens and question.context:
            question = dataclasses.replace(question, context=question.context[1:])
            prompt = write(question)
        return prompt

    def answer_length(self, height: int, width: int) -> int:
        """Tokens of an answer of that size: its cells, the ends of rows, the end."""
        return height * (width + 1)

    def _question(self, w: _Writer, question: Question, task_token: int | None, loss: bool) -> None:
        v, block = self.vocabulary, 1 if self.two_way_inputs else 0
        if self.header:
            w.add(v.task if task_token is None else task_token, (HEADER_PLANE, 0, 0), block)
            w.add(v.colours[question.symmetry], (HEADER_PLANE, 1, 0), block)
            for colour, image in enumerate(question.palette):
                w.add(v.colours[image], (HEADER_PLANE, 2, colour), block)
        for i, pair in enumerate(question.context):
            plane = 2 * (i - len(question.context))
            self._input(w, pair.input, plane, block * (i + 1))
            w.add(v.output, (plane + 1, 0, 0), 0)
            self._output(w, pair.output, plane + 1, loss and i > 0)
        self._input(w, question.query, 0, block * (len(question.context) + 1))
        w.add(v.output, (1, 0, 0), 0)

    def _input(self, w: _Writer, grid: Grid, plane: int, block: int) -> None:
        v = self.vocabulary
        w.add(v.input, (plane, -1, 0), block)
        for r, row in enumerate(grid.tolist()):
            for c, colour in enumerate(row):
                w.add(v.colours[colour], (plane, r, c), block)
            w.add(v.row, (plane, r, grid.width), block)

    def _output(self, w: _Writer, grid: Grid, plane: int, loss: bool) -> None:
        v = self.vocabulary
        for r, row in enumerate(grid.tolist()):
            for c, colour in enumerate(row):
                w.add(v.colours[colour], (plane, r, c + 1), 0, loss)
            if r + 1 < grid.height:
                w.add(v.row, (plane, r + 1, 0), 0, loss)
        w.add(v.end, (plane, grid.height, 0), 0, loss)


def load(name: str | Path) -> PromptFormat:
    """The format of that name among those shipped, or the one in that TOML file. `ModelError` for a bad one."""
    path = Path(name) if str(name).endswith(".toml") else share("prompts", f"{name}.toml")
    if not path.is_file():
        known = ", ".join(sorted(p.stem for p in share("prompts").glob("*.toml")))
        raise ModelError(f"{name}: no such prompt format; there are {known}")
    try:
        source = path.read_text(encoding="utf-8")
        table = tomllib.loads(source)
    except (OSError, ValueError) as fault:
        raise ModelError(f"{path}: {fault}") from fault
    return _format(path, table, source)


def _format(path: Path, table: Mapping[str, Any], source: str) -> PromptFormat:
    words = table.get("vocabulary")
    if not isinstance(words, dict) or any(type(words.get(w)) is not int for w in WORDS):
        raise ModelError(f"{path}: [vocabulary] must name a token for each of {', '.join(WORDS)}")
    if len({words[w] for w in WORDS}) < len(WORDS):
        raise ModelError(f"{path}: [vocabulary] gives one token to two words")
    if table.get("context") not in ("none", "all"):
        raise ModelError(f'{path}: context must be "none" or "all", not {table.get("context")!r}')
    for flag in ("header", "two_way_inputs"):
        if type(table.get(flag)) is not bool:
            raise ModelError(f"{path}: {flag} must be true or false")
    vocabulary = Vocabulary(tuple(words[str(c)] for c in range(COLOURS)), *(words[w] for w in WORDS[COLOURS:]))
    return PromptFormat(
        name=str(table.get("name", path.stem)),
        context=table["context"],
        header=table["header"],
        two_way_inputs=table["two_way_inputs"],
        vocabulary=vocabulary,
        models=tuple(map(str, table.get("models", ()))),
        source=source,
    )


def pair_lesson(pair: Pair, symmetry: int, palette: tuple[int, ...]) -> Lesson:
    """A lesson on one pair alone, as pretraining takes them."""
    return Lesson(Question((), pair.input, symmetry, palette), pair.output)
