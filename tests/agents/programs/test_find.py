"""The search finds what small tasks ask for, says how sure it is, and obeys budgets and stops."""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np
import pytest

from arc_ttt.agents.programs.find import find
from arc_ttt.agents.programs.found import information
from arc_ttt.agents.programs.look import steps, tried
from arc_ttt.agents.programs.meter import Meter, Trace
from arc_ttt.agents.programs.search import Search
from arc_ttt.arc import dataset
from arc_ttt.errors import DataError
from arc_ttt.rules import operations
from arc_ttt.rules.language import Operation, parse_program, program_text, run
from arc_ttt.types import Cells, Grid, Pair, Task

SAMPLES = Path(__file__).parents[3] / "data/samples"
BUDGET = 30_000


def random_cells(rng: np.random.Generator, colours: int = 4, least: int = 3) -> Cells:
    shape = rng.integers(least, 7, size=2)
    return rng.integers(0, colours, size=shape).astype(np.uint8)


def task_of(program: str, inputs: list[Cells], id: str = "made") -> tuple[Task, Grid]:
    """A task that `program` solves: all inputs but the last are demonstrations. With the answer."""
    made = [run(parse_program(program), cells) for cells in inputs]
    assert all(m is not None for m in made)
    pairs = tuple(Pair(Grid(a), Grid(b)) for a, b in zip(inputs, made, strict=True) if b is not None)
    return Task(id, pairs[:-1], (pairs[-1].input,)), pairs[-1].output


@pytest.mark.parametrize(
    "program",
    [
        "flip(horizontal)",
        "transpose",
        "gravity(down)",
        "swap(1, 2)",
        "wrap(3)",
        "trim > mirror_beside(right)",
        "flip(vertical) > tile(2, 2)",
        "overlay([rays(down)], [rays(right)])",
        "in_frame(transposed, [gravity(down)])",
    ],
)
def test_short_programs_are_found_again(program: str) -> None:
    """Not the same text, perhaps, but the same answer."""
    rng = np.random.default_rng(3)
    inputs = [random_cells(rng) * (rng.random() < 2) for _ in range(4)]
    if "rays" in program:
        inputs = [c * (rng.random(c.shape) < 0.12).astype(np.uint8) for c in [np.full((8, 9), 2, np.uint8)] * 4]
    task, answer = task_of(program, inputs)
    found = find(task, 150_000)
    assert found and answer in [f.outputs[0] for f in found[:2]]


def test_different_colours_in_each_demonstration_are_one_rule() -> None:
    """The most common colour stays, whichever it is."""
    inputs = []
    for many, few in ((1, 2), (3, 4), (5, 6), (7, 8)):
        cells = np.full((4, 5), many, np.uint8)
        cells[1, 1 : 2 + few // 3] = few
        cells[0] = 0
        inputs.append(cells)
    task, answer = task_of("by_roles(rarest_last, [erase_colour(2)])", inputs)
    assert find(task, 100_000)[0].outputs == (answer,)


def test_a_new_colour_keeps_its_name_where_others_are_called_by_their_role() -> None:
    """The rarest colour becomes 3, whichever it is: colours below 3 and above it take part."""
    inputs = []
    for many, few in ((1, 2), (4, 5), (6, 1), (7, 8)):
        cells = np.full((4, 5), many, np.uint8)
        cells[1, 1 : 2 + many % 3] = few
        cells[0] = 0
        inputs.append(cells)
    task, answer = task_of("by_roles(rarest_last_but3, [replace(2, 3)])", inputs)
    assert find(task, 100_000)[0].outputs == (answer,)


def test_every_find_reproduces_what_it_says() -> None:
    """Also the outputs are those of the program's text."""
    for task in dataset.load(SAMPLES).tasks:
        for f in find(task, BUDGET):
            made = tried(f.program, task)
            assert sum(g == p.output for g, p in zip(made, task.demonstrations, strict=True)) == f.reproduced
            assert f.exact == (f.reproduced == len(task.demonstrations)) and f.exact == (f.near == 0)
            made = [run(parse_program(f.program), t.cells) for t in task.tests]
            assert tuple(Grid(m) for m in made if m is not None) == f.outputs
            assert f.sentence.endswith(".") and f.sentence[0].isupper()


def test_finds_differ_and_do_not_depend_on_the_time() -> None:
    task = next(t for t in dataset.load(SAMPLES).tasks if t.id.startswith("03"))
    once, again = find(task, BUDGET), find(task, BUDGET)
    assert once == again
    assert len({f.outputs for f in once}) == len(once)


def test_the_samples_that_one_operation_solves_are_found_at_once() -> None:
    read = dataset.load(SAMPLES)
    right = [t.id for t in read.tasks if [f.outputs for f in find(t, BUDGET)[:1]] == [read.solutions[t.id]]]
    assert {id[:2] for id in right} >= {"01", "02", "03", "04", "05", "06", "07", "09", "10"}


def grid(text: str) -> Grid:
    return Grid([[int(c) for c in row] for row in text.split("/")])


@pytest.mark.parametrize(
    "task",
    [
        Task("none", (), (grid("1"),)),
        Task("untested", (Pair(grid("12"), grid("21")),), ()),
        Task("contradicting", (Pair(grid("12"), grid("21")), Pair(grid("12"), grid("12"))), (grid("13"),)),
    ],
)
def test_what_cannot_be_solved_takes_no_time(task: Task) -> None:
    trace = Trace()
    assert find(task, BUDGET, trace=trace) == ()
    assert trace.calls == 0


def test_a_task_that_nothing_solves_spends_its_budget_and_little_more() -> None:
    rng = np.random.default_rng(0)
    pairs = tuple(Pair(Grid(random_cells(rng)), Grid(rng.integers(0, 9, (5, 5)))) for _ in range(3))
    trace = Trace()
    found = find(Task("noise", pairs, (Grid(random_cells(rng)),)), 20_000, trace=trace)
    assert not any(f.exact for f in found)
    assert trace.spent < 24_000


def test_stop_is_asked_often_and_may_raise() -> None:
    """The longest time between two calls is what Ctrl-C waits for."""
    task = next(t for t in dataset.load(SAMPLES).tasks if t.id.startswith("12"))
    times: list[float] = []
    find(task, BUDGET, lambda: times.append(time.process_time()))
    gaps = np.diff(times)
    assert len(times) > 1000 and gaps.mean() < 0.005

    def enough() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        find(task, BUDGET, enough)


def test_an_operation_that_raises_ends_its_branch_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(cells: Cells) -> Cells:
        raise ZeroDivisionError

    operation = Operation("broken", broken, (), frozenset({"any"}), "same size", 1.0)
    monkeypatch.setitem(operations.OPERATIONS, "squeeze", operation)
    task = next(t for t in dataset.load(SAMPLES).tasks if t.id.startswith("12"))
    trace = Trace()
    find(task, 5_000, trace=trace)
    assert trace.raised["squeeze"] > 0


def test_a_shorter_program_for_grids_that_are_already_made_counts_and_a_longer_one_does_not() -> None:
    inputs = (np.array([[1, 2, 0]], np.uint8), np.array([[3, 0, 0]], np.uint8))
    made = tuple(g[:, ::-1] for g in inputs)
    search = Search(inputs, made[:1], Meter())
    for text, bits in (("rotate(2)", 20.0), ("flip(horizontal)", 10.0), ("rotate(2) > flip(vertical)", 15.0)):
        search._enter(made, parse_program(text), (), bits)
    assert [program_text(s.program) for s in search.solutions] == ["rotate(2)", "flip(horizontal)"]


def test_check_says_which_demonstrations_a_program_reproduces() -> None:
    task = Task("t", (Pair(grid("12"), grid("21")), Pair(grid("12/11"), grid("12/11"))), (grid("1"),))
    assert [g == p.output for g, p in zip(tried("flip(horizontal)", task), task.demonstrations, strict=True)] == [
        True,
        False,
    ]
    assert tried("crop_inside", task) == (None, None)
    with pytest.raises(DataError):
        tried("no_such_operation", task)


def test_steps_show_the_grid_after_each() -> None:
    shown = steps("flip(horizontal) > transpose", grid("12/34"))
    assert shown == (("flip(horizontal)", grid("21/43")), ("transpose", grid("24/13")))
    assert steps("crop_inside > transpose", grid("12")) == (("crop_inside", None),)


def test_an_output_that_is_shown_again_says_little() -> None:
    """Nine cells of two colours each the first time, then which of the two it is."""
    a, b = np.eye(3, dtype=np.uint8), np.ones((3, 3), np.uint8)
    given = [np.zeros((5, 5), np.uint8)] * 4
    assert information(given, [a, b, a, b]) == 9 + 9 + 1 + 1
    assert information(given[:2], [a, b]) == 18


@pytest.mark.parametrize("odd", [False, True])
def test_after_an_odd_solution_the_search_goes_on(odd: bool) -> None:
    rng = np.random.default_rng(5)
    inputs = tuple(random_cells(rng, least=5) for _ in range(3))
    outputs = tuple(np.where(g == 1, np.uint8(5), g) for g in inputs[:2])
    search = Search(inputs, outputs, Meter(until=5_000), odd=lambda solution: odd)
    search.run()
    assert search.solutions
    assert (search.last == float("inf")) == odd


def test_what_applies_to_some_demonstrations_is_kept_to_be_decided_for() -> None:
    """Of frames only the inside is left, other grids are mirrored: there cropping does not apply."""
    given = [
        "12.22/.2512/11522",
        "4444./4.34./4444./.....",
        "33533/3.5.3/.3.33",
        ".3.../.888./.8.8./.888.",
        "1.52./2.53./...31",
    ]
    grids = [np.array([[int(c) for c in row.replace(".", "0")] for row in g.split("/")], np.uint8) for g in given]
    programs = [parse_program(("flip(horizontal)", "crop_inside")[n % 2]) for n in range(len(given))]
    made = [run(p, g) for p, g in zip(programs, grids, strict=True)]
    search = Search((*grids, grids[0]), tuple(m for m in made if m is not None), Meter(until=20_000))
    search.run()
    assert 0b01010 in search.partial
