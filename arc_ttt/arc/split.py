"""A task → leave-one-out splits of its demonstrations, and from them lessons without end.

Each demonstration in turn is the query and the others are its context, as in the MIT test-time training paper (arXiv
2411.07279). Leave-two-out adds splits with a smaller context, only where leave-one-out gives too few.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence

import numpy as np

from arc_ttt.arc.augment import Augmentation, draw, draw_palette
from arc_ttt.arc.extend import EXTENDED, OTHERS, SYMMETRIES, Transformation
from arc_ttt.types import Grid, Lesson, Pair, Question, Task

ENOUGH = 3

Split = tuple[tuple[int, ...], int]


def splits(demonstrations: int, enough: int = ENOUGH) -> tuple[Split, ...]:
    """(context, query) by index: leave-one-out, and leave-two-out where that gives fewer than `enough`.

    One demonstration gives one split, with an empty context.
    """
    everyone = range(demonstrations)
    found: list[Split] = [(tuple(j for j in everyone if j != i), i) for i in everyone]
    if demonstrations > 1 and len(found) < enough:
        found += without_two(demonstrations)
    return tuple(dict.fromkeys(found))


def without_two(demonstrations: int) -> tuple[Split, ...]:
    """(context, query) by index, the context without the query and one more; of two demonstrations it is empty."""
    everyone = range(demonstrations)
    return tuple((tuple(k for k in everyone if k not in (i, j)), i) for i in everyone for j in everyone if j != i)


def lesson(task: Task, split: Split, view: Augmentation, *, in_context: bool) -> Lesson:
    """The lesson of one split in one view; without `in_context` its context is empty and the weights must do."""
    context, query = split
    pair = view.apply_pair(task.demonstrations[query])
    order = [i for i in (view.order or range(len(task.demonstrations))) if i in context]
    shown = tuple(view.apply_pair(task.demonstrations[i]) for i in order) if in_context else ()
    return Lesson(Question(shown, pair.input, view.symmetry, view.palette), pair.output)


def question(task: Task, test: Grid, view: Augmentation, *, in_context: bool) -> Question:
    """`test` asked in `view`, with the demonstrations in that view where the format wants them."""
    shown = view.apply_demonstrations(task.demonstrations) if in_context else ()
    return Question(shown, view.apply(test), view.symmetry, view.palette)


def lessons(
    task: Task,
    rng: np.random.Generator,
    *,
    in_context: bool,
    own_colours: float,
    fixed_background: bool,
    enough: int = ENOUGH,
    extended: bool = False,
) -> Iterator[Lesson]:
    """Lessons for ever: every split once in a view of its own, then again in other views.

    `own_colours` is the share of lessons in the task's own colours; the others get a random palette. `enough` is that
    of `splits`; `extended` lets a lesson's grids be transformed by one of `arc.extend`, each as often as the others, as
    far as they have room.
    """
    count = len(task.demonstrations)
    chosen = splits(count, enough) if in_context else tuple(((), i) for i in range(count))
    while True:
        for i in rng.permutation(len(chosen)):
            colours = bool(rng.random() >= own_colours)
            view = draw(rng, task, colours=colours, fixed_background=fixed_background)
            shown = _extended(task, rng) if extended else task
            yield lesson(shown, chosen[int(i)], view, in_context=in_context)


def distinct(
    task: Task, rng: np.random.Generator, most: int, *, in_context: bool, fixed_background: bool, extended: bool
) -> list[Lesson]:
    """At most `most` lessons, none of them twice, in random order: each split as it is and under every transformation
    (of `arc.extend`, or the symmetries among them), in its own colours and order and again in others. Leave-two-out
    fills up what leave-one-out leaves. As MIT's test-time training makes them, 250 for a task.
    """
    count = len(task.demonstrations)
    rounds: list[Sequence[Split]] = (
        [splits(count, 0), without_two(count)] if in_context else [[((), i) for i in range(count)]]
    )
    found: dict[Lesson, None] = {}
    for chosen in rounds:
        made = [
            one
            for split in chosen
            for change in (None, *(EXTENDED if extended else SYMMETRIES))
            for one in _both(task, split, change, rng, in_context=in_context, fixed_background=fixed_background)
        ]
        fresh = [one for one in dict.fromkeys(made) if one not in found]
        found |= dict.fromkeys(fresh[int(i)] for i in rng.permutation(len(fresh))[: most - len(found)])
    order = list(found)
    return [order[int(i)] for i in rng.permutation(len(order))]


def _both(
    task: Task,
    split: Split,
    change: Transformation | None,
    rng: np.random.Generator,
    *,
    in_context: bool,
    fixed_background: bool,
) -> Iterator[Lesson]:
    """The lesson of `split` after `change`, as it is and in other colours and another order; none where a grid would be
    too large."""
    context, query = split
    used = (*context, query) if in_context else (query,)
    pairs = [task.demonstrations[i] for i in used]
    images = pairs if change is None else change.apply(pairs, change.draw(rng, pairs))
    if images is None:
        return
    shown = dict(zip(used, images, strict=True))
    changed = _of(task, [shown.get(i, pair) for i, pair in enumerate(task.demonstrations)])
    order = tuple(int(i) for i in rng.permutation(len(task.demonstrations)))
    for view in (Augmentation(), Augmentation(0, draw_palette(rng, fixed_background), order)):
        yield lesson(changed, split, view, in_context=in_context)


def _extended(task: Task, rng: np.random.Generator) -> Task:
    """`task` under a transformation that is no symmetry (those the view has already), or as it is: as often as one of
    the symmetries, or none, would be drawn among all transformations."""
    k = int(rng.integers(1 + len(EXTENDED))) - 1 - len(SYMMETRIES)
    if k < 0:
        return task
    change = OTHERS[k]
    images = change.apply(task.demonstrations, change.draw(rng, task.demonstrations))
    return task if images is None else _of(task, images)


def _of(task: Task, pairs: Sequence[Pair]) -> Task:
    return dataclasses.replace(task, demonstrations=tuple(pairs))
