"""Leave-one-out splits and lessons."""

from itertools import islice

from arc_ttt.arc.augment import Augmentation
from arc_ttt.arc.split import lesson, lessons, splits
from arc_ttt.seeds import rng
from arc_ttt.types import Task


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
