"""A test input, asked in many views."""

from __future__ import annotations

import dataclasses
from typing import Any, cast

import numpy as np
import pytest

from arc_ttt.agents.effort import Clock, Effort
from arc_ttt.agents.learner.memory import room_of
from arc_ttt.agents.learner.questions import Questions
from arc_ttt.agents.learner.work import Work
from arc_ttt.agents.progress import silent
from arc_ttt.config import SolveConfig
from arc_ttt.text.format import load
from arc_ttt.types import Grid, Pair, Task

WIDE = Task(
    "wide", (Pair(Grid([[1, 2, 3]]), Grid([[3, 2, 1]])), Pair(Grid([[4, 5]]), Grid([[5, 4]]))), (Grid([[6, 7, 8]]),)
)


def work(task: Task, **config: Any) -> Work:
    """Without a model: nothing here asks one."""
    settings = SolveConfig(views=16, **config)
    nobody = cast(Any, None)
    return Work(
        task, nobody, load("pair"), nobody, settings, room_of(settings, "none"), Clock(Effort()), 0, silent, "l"
    )


def test_the_header_tells_how_the_view_was_turned_and_recoloured() -> None:
    """The model learned to read the palette there; without it a recoloured question would be another puzzle."""
    found = Questions(work(WIDE))
    asked = found.in_views(found.drawn)
    assert len({a.view.palette for a in asked}) > 8 and len({a.view.symmetry for a in asked}) == 8
    colours = load("pair").vocabulary.colours
    for a in asked:
        header = a.prompt.tokens[:12].tolist()
        assert header[1] == colours[a.view.symmetry]
        assert header[2:] == [colours[image] for image in a.view.palette]


def test_a_deduced_size_is_turned_with_the_view() -> None:
    """The answer to 1 × 3 has one row in some views and three in the others."""
    found = Questions(work(WIDE))
    for a in found.in_views(found.drawn):
        turned = a.view.apply(WIDE.tests[0])
        assert a.size == (turned.height, turned.width)
    assert {a.size for a in found.in_views(found.drawn)} == {(1, 3), (3, 1)}


@pytest.mark.parametrize("purpose", ["views", "lessons", "adapter"])
def test_every_seed_has_the_task_in_it(purpose: str) -> None:
    """Tasks of the same content under other names draw other numbers, so no task's luck is another's."""
    one, other = work(WIDE), work(dataclasses.replace(WIDE, id="other"))
    assert one.seed(purpose) != other.seed(purpose) and one.seed(purpose) == work(WIDE).seed(purpose)
    assert not np.array_equal(one.rng(purpose).random(4), other.rng(purpose).random(4))
    if purpose == "views":
        assert Questions(one).drawn != Questions(other).drawn
