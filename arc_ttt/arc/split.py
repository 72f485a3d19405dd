"""A task → leave-one-out splits of its demonstrations, and from them lessons without end.

Each demonstration in turn is the query and the others are its context, as in the MIT test-time training paper (arXiv
2411.07279). Leave-two-out adds splits with a smaller context, only where leave-one-out gives too few.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from arc_ttt.arc.augment import Augmentation, draw
from arc_ttt.types import Lesson, Question, Task

ENOUGH = 3

Split = tuple[tuple[int, ...], int]


def splits(demonstrations: int, enough: int = ENOUGH) -> tuple[Split, ...]:
    """(context, query) by index: leave-one-out, and leave-two-out where that gives fewer than `enough`.

    One demonstration gives one split, with an empty context.
    """
    everyone = range(demonstrations)
    found: list[Split] = [(tuple(j for j in everyone if j != i), i) for i in everyone]
    if demonstrations > 1 and len(found) < enough:
        found += [(tuple(k for k in everyone if k not in (i, j)), i) for i in everyone for j in everyone if j != i]
    return tuple(dict.fromkeys(found))


def lesson(task: Task, split: Split, view: Augmentation, *, in_context: bool) -> Lesson:
    """The lesson of one split in one view; without `in_context` its context is empty and the weights must do."""
    context, query = split
    pair = view.apply_pair(task.demonstrations[query])
    order = [i for i in (view.order or range(len(task.demonstrations))) if i in context]
    shown = tuple(view.apply_pair(task.demonstrations[i]) for i in order) if in_context else ()
    return Lesson(Question(shown, pair.input, view.symmetry, view.palette), pair.output)


def lessons(
    task: Task, rng: np.random.Generator, *, in_context: bool, own_colours: float, fixed_background: bool
) -> Iterator[Lesson]:
    """Lessons for ever: every split once in a view of its own, then again in other views.

    `own_colours` is the share of lessons in the task's own colours; the others get a random palette.
    """
    chosen = splits(len(task.demonstrations)) if in_context else tuple(((), i) for i in range(len(task.demonstrations)))
    while True:
        for i in rng.permutation(len(chosen)):
            colours = bool(rng.random() >= own_colours)
            view = draw(rng, task, colours=colours, fixed_background=fixed_background)
            yield lesson(task, chosen[int(i)], view, in_context=in_context)
