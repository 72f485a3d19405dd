"""Windows: what prompts show of a task that is longer than the context."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from arc_ttt.arc.augment import Augmentation, views
from arc_ttt.arc.split import lesson, lessons
from arc_ttt.seeds import rng
from arc_ttt.text.format import load
from arc_ttt.text.window import Windows
from arc_ttt.types import Grid, Lesson, Pair, Question, Task

CONTEXT = load("context")
TEST = Grid([[1, 2], [3, 4]])


def sized(number: int, side: int) -> Pair:
    """A square of a colour of its own: told apart in any view that keeps colours, and about 2 · side² tokens."""
    cells = np.zeros((side, side), dtype=int)
    cells[0, 0], cells[-1, 0] = number % 10, 1 + number // 10
    return Pair(Grid(cells), Grid(cells))


def make(*sides: int) -> Task:
    return Task("long", tuple(sized(i + 1, side) for i, side in enumerate(sides)), (TEST,))


def shown(tokens: list[int], task: Task, view: Augmentation) -> list[int]:
    """Which demonstrations stand in a prompt, in its order: found by their tokens."""
    places = {}
    text = ",".join(map(str, tokens)) + ","
    for i, pair in enumerate(task.demonstrations):
        own = CONTEXT.lesson(Lesson(Question((), view.apply(pair.input)), view.apply(pair.output))).tokens.tolist()[12:]
        if (at := text.find("," + ",".join(map(str, own)) + ",")) >= 0:
            places[i] = at
    return sorted(places, key=lambda i: places[i])


def asked(task: Task, view: Augmentation) -> Question:
    return Question(view.apply_demonstrations(task.demonstrations), view.apply(TEST), view.symmetry, view.palette)


def test_what_fits_stays_as_it_was() -> None:
    """The same tokens in the same order, and nothing is counted."""
    task = make(3, 4, 5)
    windows = Windows(CONTEXT, 4000)
    for view in views(rng(0), task, 12):
        question = asked(task, view)
        assert windows.question(question, 100).tokens.tolist() == CONTEXT.question(question).tokens.tolist()
        made = lesson(task, ((0, 1), 2), view, in_context=True)
        again = windows.lesson(made)
        assert again is not None and again.tokens.tolist() == CONTEXT.lesson(made).tokens.tolist()
    assert windows.fewest == 3 and not windows.shown and not windows.too_long


@given(st.lists(st.integers(2, 10), min_size=2, max_size=5), st.integers(60, 700))
def test_no_window_could_hold_more(sides: list[int], most: int) -> None:
    """A question is within its length, shows its demonstrations in the view's order, and none that it leaves out would
    still fit."""
    task = make(*sides)
    windows = Windows(CONTEXT, most)
    for drawn in views(rng(1), task, 10)[5:]:
        view = Augmentation(drawn.symmetry, order=drawn.order)
        question = asked(task, view)
        prompt = windows.question(question, 20)
        assert len(prompt) <= most - 20
        seen = shown(prompt.tokens.tolist(), task, view)
        order = list(view.order or range(len(sides)))
        assert seen == [i for i in order if i in seen]
        for more in set(order) - set(seen):
            larger = tuple(view.apply_pair(task.demonstrations[i]) for i in order if i in {*seen, more})
            assert len(CONTEXT.question(Question(larger, question.query, view.symmetry))) > most - 20


@pytest.mark.parametrize("most", [330, 450, 580])
def test_views_take_turns(most: int) -> None:
    """Of demonstrations of like size each is shown as often as any other, up to one, whatever fits beside it."""
    task = make(7, 7, 7, 7, 7)
    windows, counts = Windows(CONTEXT, most), Counter[int]()
    for symmetry in range(8):
        view = Augmentation(symmetry)
        counts.update(shown(windows.question(asked(task, view), 30).tokens.tolist(), task, view))
        assert max(counts[i] for i in range(5)) - min(counts[i] for i in range(5)) <= 1
    assert windows.fewest is not None and 1 <= windows.fewest < 5


def test_a_large_demonstration_has_its_turn_among_small_ones() -> None:
    """It is shown wherever it was shown least, though more small ones would fit in its place."""
    task = make(4, 4, 11, 4, 4)
    windows, counts = Windows(CONTEXT, 350), Counter[int]()
    for symmetry in range(8):
        view = Augmentation(symmetry)
        counts.update(shown(windows.question(asked(task, view), 20).tokens.tolist(), task, view))
    assert 2 <= counts[2] <= min(counts[i] for i in (0, 1, 3, 4))


def test_every_demonstration_is_taught_and_shown_alike() -> None:
    """Over rounds of lessons each is the answer equally often, and in the context about equally often."""
    task = make(7, 8, 7, 8, 7)
    windows, answers, counts = Windows(CONTEXT, 520), Counter[Grid](), Counter[Pair]()
    drawn = lessons(task, rng(2), in_context=True, own_colours=1.0, fixed_background=True)
    for _ in range(50):
        made = next(drawn)
        prompt = windows.lesson(made)
        assert prompt is not None and len(prompt) <= 520
        answers[Augmentation(made.question.symmetry).invert(made.answer)] += 1
    counts = windows.shown
    assert set(answers.values()) == {10}
    assert set(counts) == set(task.demonstrations)
    assert max(counts.values()) - min(counts.values()) <= 5


def test_what_is_too_long_alone_is_passed_over_and_told() -> None:
    """No lesson asks for it, none shows it, and it is named; the others are taught."""
    task = make(5, 20, 5)
    windows = Windows(CONTEXT, 500)
    drawn = lessons(task, rng(3), in_context=True, own_colours=0.3, fixed_background=True)
    made = [windows.lesson(next(drawn)) for _ in range(30)]
    assert sum(prompt is None for prompt in made) == 10
    assert windows.too_long == {task.demonstrations[1]}
    assert all(len(prompt) <= 500 for prompt in made if prompt)
