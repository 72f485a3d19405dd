"""Leave-one-out splits and lessons."""

from itertools import islice

import numpy as np
import pytest

from arc_ttt.arc.augment import Augmentation
from arc_ttt.arc.split import distinct, lesson, lessons, splits
from arc_ttt.seeds import rng
from arc_ttt.types import Grid, Pair, Task


def test_leave_one_out() -> None:
    """Each demonstration is the query once, with all others in its context."""
    assert splits(4) == (((1, 2, 3), 0), ((0, 2, 3), 1), ((0, 1, 3), 2), ((0, 1, 2), 3))


def test_leave_two_out_only_where_needed() -> None:
    """Two demonstrations give too few splits, so smaller contexts join them; three give enough."""
    assert splits(2) == (((1,), 0), ((0,), 1), ((), 0), ((), 1))
    assert len(splits(3)) == 3
    assert len(splits(3, enough=4)) == 3 + 6


def test_one_demonstration_still_gives_lessons() -> None:
    """Its context is empty."""
    assert splits(1) == (((), 0),)


def test_lessons_show_the_context_in_the_views_order(task: Task) -> None:
    """Context and query are seen in the same view; the query is not in its own context."""
    view = Augmentation(symmetry=1, order=(2, 1, 0))
    made = lesson(task, ((0, 2), 1), view, in_context=True)
    assert made.question.context == tuple(view.apply_pair(task.demonstrations[i]) for i in (2, 0))
    assert made.question.query == view.apply(task.demonstrations[1].input)
    assert made.answer == view.apply(task.demonstrations[1].output)
    assert (made.question.symmetry, made.question.palette) == (1, view.palette)


def test_single_pairs_have_no_context_and_cover_all_demonstrations(task: Task) -> None:
    """Without demonstrations in context each round teaches every demonstration once."""
    drawn = list(islice(lessons(task, rng(0), in_context=False, own_colours=1.0, fixed_background=True), 30))
    assert all(not made.question.context for made in drawn)
    for start in range(0, 30, 3):
        queries = {Augmentation(m.question.symmetry).invert(m.question.query) for m in drawn[start : start + 3]}
        assert queries == {p.input for p in task.demonstrations}


def test_lessons_never_hold_a_test_input(task: Task) -> None:
    """What is asked is not trained on, in any view."""
    for made in islice(lessons(task, rng(0), in_context=True, own_colours=0.0, fixed_background=True), 60):
        view = Augmentation(made.question.symmetry, made.question.palette)
        seen = {view.invert(g) for p in made.question.context for g in (p.input, p.output)}
        seen |= {view.invert(made.question.query), view.invert(made.answer)}
        assert not seen & set(task.tests)


def square(count: int) -> Task:
    """Demonstrations that are told apart, of grids with no symmetry."""
    pairs = (Pair(Grid([[i, 7], [8, 9]]), Grid([[i, 9, 8]])) for i in range(1, count + 1))
    return Task("square", tuple(pairs), ())


@pytest.mark.parametrize(
    ("count", "alone", "more"), [(1, 48, 0), (2, 96, 96), (3, 144, 106), (5, 240, 10), (6, 250, 0)]
)
def test_distinct_lessons_are_those_of_mit(count: int, alone: int, more: int) -> None:
    """Each leave-one-out split as it is and under 23 augmenters, in two sets of colours; leave-two-out fills up to 250,
    as far as it goes; six demonstrations have enough without it."""
    made = distinct(square(count), np.random.default_rng(0), 250, in_context=True, fixed_background=True, extended=True)
    assert len(set(made)) == len(made)
    # A translation by nothing is the task as it is, and so no further lesson.
    first, second = (sum(len(one.question.context) == count - n for one in made) for n in (1, 2))
    assert alone - 2 * count <= first <= alone
    assert first + second == 250 if alone + more == 250 else alone + more - 4 * count <= first + second <= alone + more
    own = sum(one.question.palette == tuple(range(10)) for one in made)
    assert 0.4 < own / len(made) < 0.6
    assert all(one.question.palette[0] == 0 for one in made)
    if count < 6:
        plain = distinct(
            square(count), np.random.default_rng(0), 250, in_context=True, fixed_background=True, extended=False
        )
        assert sum(len(one.question.context) == count - 1 for one in plain) == 14 * count  # identity and six symmetries


def test_distinct_lessons_keep_the_rule() -> None:
    """Where the output is the input, it is so in every lesson."""
    same = tuple(Pair(Grid([[i, 0, 7]]), Grid([[i, 0, 7]])) for i in (1, 2, 3))
    task = Task("same", same, ())
    for one in distinct(task, np.random.default_rng(1), 250, in_context=True, fixed_background=True, extended=True):
        assert one.answer == one.question.query
        assert all(pair.input == pair.output for pair in one.question.context)


def test_two_demonstrations_need_not_be_left_out_both() -> None:
    """With leave-one-out alone every lesson has a context, where there is more than one demonstration."""

    def contexts(enough: int) -> list[int]:
        drawn = lessons(
            square(2), np.random.default_rng(0), in_context=True, own_colours=0.0, fixed_background=False, enough=enough
        )
        return [len(next(drawn).question.context) for _ in range(40)]

    assert set(contexts(0)) == {1}
    assert contexts(3).count(0) == 20


def test_extended_lessons_are_mixed_in() -> None:
    """Most lessons are of grids that were enlarged, mirrored or moved, as often as 17 of 24 augmenters say."""
    task = square(3)
    drawn = lessons(
        task, np.random.default_rng(0), in_context=True, own_colours=1.0, fixed_background=True, extended=True
    )
    sizes = [next(drawn).answer.cells.size for _ in range(400)]
    assert 0.55 < sum(size > 3 for size in sizes) / 400 < 0.77  # 16 of 24 enlarge
