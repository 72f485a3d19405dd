"""One task → the lessons of its training, as tokens and in batches, for ever."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

import numpy as np

from arc_ttt.arc.split import ENOUGH, distinct, lessons
from arc_ttt.config import SolveConfig
from arc_ttt.lm.group import pieces, plan
from arc_ttt.text.format import PromptFormat
from arc_ttt.text.window import Windows
from arc_ttt.types import Lesson, Prompt, Task

ROUND = 48  # lessons that are drawn together and sorted into batches of like lengths
DISTINCT = 250  # lessons of which none is another, unless it is said how many
NEIGHBOURS = 0.2  # share of the lessons that are neighbours', where there are any
TRIES = 100  # lessons that may be too long, one after the other, before one is taken as it is


class Course:
    """The lessons of one task: drawn anew each time; or, where they are to be gone through several times or to be
    distinct, from a set of them, in another order each time. `size` is the number of that set."""

    def __init__(self, task: Task, form: PromptFormat, config: SolveConfig, r: np.random.Generator) -> None:
        ttt, self._r = config.ttt, r
        in_context, fixed = form.context == "all", not ttt.all_colours
        extended = ttt.augment == "extended"
        self._set: list[Lesson] | None = None
        if ttt.leave_two_out == "fill":
            most = ttt.lessons or DISTINCT
            self._set = distinct(task, r, most, in_context=in_context, fixed_background=fixed, extended=extended)
            return
        self._drawn = lessons(
            task,
            r,
            in_context=in_context,
            own_colours=ttt.own_colours,
            fixed_background=fixed,
            enough=ENOUGH if ttt.leave_two_out == "few" else 0,
            extended=extended,
        )
        if ttt.lessons is not None and ttt.epochs > 1:
            self._set = list(islice(self._drawn, ttt.lessons))

    @property
    def size(self) -> int | None:
        return None if self._set is None else len(self._set)

    def __iter__(self) -> Iterator[Lesson]:
        if self._set is None:
            yield from self._drawn
            return
        while True:
            for i in self._r.permutation(len(self._set)):
                yield self._set[int(i)]

    def prompts(self, form: PromptFormat, windows: Windows) -> Iterator[Prompt]:
        """The lessons as tokens; those that are too long show a part of the demonstrations (see `text.window`), and are
        passed over where that is not enough and others are shorter."""
        passed = 0
        for lesson in self:
            prompt = windows.lesson(lesson)
            passed = passed + 1 if prompt is None else 0
            if prompt is not None:
                yield prompt
            elif passed == TRIES:
                passed = 0
                yield form.fitting_lesson(lesson, windows.max_tokens)


def prompts(
    task: Task, form: PromptFormat, config: SolveConfig, r: np.random.Generator, windows: Windows | None = None
) -> Iterator[Prompt]:
    """The lessons of `task` as tokens, for ever."""
    return Course(task, form, config, r).prompts(form, windows or Windows(form, config.max_tokens))


def budget(config: SolveConfig, size: int | None) -> int | None:
    """Lessons that are taken, repetitions too, where they are from a set of `size`; None where they are not counted."""
    ttt = config.ttt
    if ttt.lessons is None:
        return None
    return min(ttt.lessons, size or ttt.lessons) * ttt.epochs


def mixed(own: Iterator[Prompt], others: Sequence[Iterator[Prompt]], r: np.random.Generator) -> Iterator[Prompt]:
    """`own` lessons, and a share of `others`' among them."""
    while True:
        yield next(others[int(r.integers(len(others)))] if r.random() < NEIGHBOURS else own)


def batches(
    stream: Iterator[Prompt], batch_tokens: int, lessons: int | None, r: np.random.Generator
) -> Iterator[list[list[Prompt]]]:
    """The next batches, each in pieces that are computed together, of at most `batch_tokens`: some lessons of like
    lengths, or a number of `lessons` as they come."""
    if lessons is None:
        drawn = list(islice(stream, ROUND))
        for chosen in plan([len(p) for p in drawn], batch_tokens, r):
            yield [[drawn[i] for i in chosen]]
        return
    drawn = list(islice(stream, lessons))
    yield [[drawn[i] for i in chosen] for chosen in pieces([len(p) for p in drawn], batch_tokens)]
