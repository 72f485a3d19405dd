"""What every prompt format can do: questions and lessons as token sequences, fitted to a length.

How a puzzle is written is the business of its two kinds: `text.tokens` (the built-in model's) and `text.strings`
(any tokenizer's).
"""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from arc_ttt.text.spelling import Spelling
from arc_ttt.types import Grid, Lesson, Prompt, Question

Loss = Literal["answer", "outputs", "later outputs"]
LOSSES: tuple[Loss, ...] = ("answer", "outputs", "later outputs")


@dataclass(frozen=True)
class Vocabulary:
    """Token ids by what they mean; `colours[c]` is the token of colour c. Of a part that is several tokens, the last;
    a format without a task token has the padding there."""

    colours: tuple[int, ...]
    row: int
    input: int
    output: int
    end: int
    padding: int
    task: int


class Writer:
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
    """How a puzzle is written for one family of checkpoints; see prompts/*.toml.

    `context` says which demonstrations a question holds, `header` whether it begins with the task token and the view,
    `models` the names of the checkpoints trained on it, `loss` which outputs a lesson's loss covers: the answer alone,
    those of the demonstrations too, or these but the first (whose rule cannot be known, while the others' can be
    inferred from those before). `source` is the text of the TOML file, which is part of a run's digest.
    """

    name: str
    context: Literal["none", "all"]
    header: bool
    loss: Loss
    vocabulary: Vocabulary
    spelling: Spelling
    models: tuple[str, ...]
    source: str

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.source.encode()).hexdigest()

    def question(self, question: Question, task_token: int | None = None) -> Prompt:
        """The tokens up to and including the one after which the answer begins. No token carries a loss."""
        writer = Writer()
        self._question(writer, question, task_token, "answer")
        return writer.prompt()

    def lesson(self, lesson: Lesson, task_token: int | None = None) -> Prompt:
        """The question and its answer, with the loss where `loss` says."""
        writer = Writer()
        self._question(writer, lesson.question, task_token, self.loss)
        self._answer(writer, lesson.answer)
        return writer.prompt()

    def fitting_question(self, question: Question, max_tokens: int) -> Prompt:
        """As `question`; where that is longer than `max_tokens`, with the first demonstrations that fit."""
        return self.fitting(question, None, max_tokens)[1]

    def fitting_lesson(self, lesson: Lesson, max_tokens: int) -> Prompt:
        """As `lesson`; where that is longer than `max_tokens`, with the first demonstrations that fit."""
        return self.fitting(lesson.question, lesson.answer, max_tokens)[1]

    def fitting(
        self, question: Question, answer: Grid | None, max_tokens: int, order: Sequence[int] = ()
    ) -> tuple[Question, Prompt]:
        """The question and its tokens, those of its lesson where it has an `answer`.

        Where they are more than `max_tokens`, it loses demonstrations, never a cell: one after another, in `order`
        (indices of the context; by default as they stand), joins where it still fits. They stand as they stood. What is
        too long without any stays so.
        """
        write = self.question if answer is None else lambda q: self.lesson(Lesson(q, answer))
        prompt = write(question)
        if len(prompt) <= max_tokens or not question.context:
            return question, prompt
        kept: list[int] = []
        best = dataclasses.replace(question, context=())
        prompt = write(best)
        for i in order or range(len(question.context)):
            more = sorted([*kept, i])
            tried = dataclasses.replace(question, context=tuple(question.context[j] for j in more))
            if len(written := write(tried)) <= max_tokens:
                kept, best, prompt = more, tried, written
        return best, prompt

    def answer_length(self, height: int, width: int) -> int:
        """Tokens of an answer of that size, at most: its cells, what is between them, the end."""
        return self.spelling.length(height, width)

    def _question(self, w: Writer, question: Question, task_token: int | None, loss: Loss) -> None:
        raise NotImplementedError

    def _answer(self, w: Writer, grid: Grid) -> None:
        raise NotImplementedError


def covered(loss: Loss, demonstration: int) -> bool:
    """Whether the loss covers the output of the demonstration of that index in the context."""
    return loss == "outputs" or (loss == "later outputs" and demonstration > 0)
