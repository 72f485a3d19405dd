"""A glance at the steps that a search has no time for: those that make the smallest demonstration's output."""

import numpy as np

from arc_ttt.agents.programs.actions import actions, palette
from arc_ttt.agents.programs.found import information
from arc_ttt.agents.programs.glance import GLANCE_COST, glance, seen
from arc_ttt.agents.programs.meter import Meter
from arc_ttt.agents.programs.search import Search
from arc_ttt.rules.language import Step

LARGE = np.array([[0, 1, 2], [0, 0, 3], [4, 0, 0], [0, 5, 0]], np.uint8)
SMALL = np.array([[1, 2], [3, 0]], np.uint8)
SAME = np.array([[7]], np.uint8)


def test_what_makes_the_smallest_demonstration_that_changes_is_seen() -> None:
    inputs, outputs = (SAME, LARGE, SMALL), (SAME, LARGE[:, ::-1].copy(), SMALL[:, ::-1].copy())
    ways = actions(palette(inputs, outputs), "same")
    meter = Meter()
    found = [a.step for a in seen(ways, inputs, outputs, [outputs], meter)]
    assert Step("flip", ("horizontal",)) in found
    assert Step("flip", ("vertical",)) not in found
    assert meter.trace.spent < len(ways) * GLANCE_COST


def test_a_glance_ends_when_there_is_nothing_left_to_spend() -> None:
    inputs, outputs = (SMALL,), (SMALL[:, ::-1].copy(),)
    ways = actions(palette(inputs, outputs), "same")
    meter = Meter(until=5 * GLANCE_COST)
    list(seen(ways, inputs, outputs, [outputs], meter))
    assert meter.trace.spent == 5 * GLANCE_COST


def test_nothing_is_looked_at_where_nothing_changes() -> None:
    ways = actions(palette((SMALL,), (SMALL,)), "same")
    assert not list(seen(ways, (SMALL,), (SMALL,), [(SMALL,)], Meter()))


def test_what_a_search_has_not_tried_is_found() -> None:
    rng = np.random.default_rng(0)
    grids = [rng.integers(0, 10, (5, 5)).astype(np.uint8) for _ in range(3)]
    search = Search((*grids, grids[0]), tuple(g[::-1, ::-1].copy() for g in grids), Meter())
    glance(search)
    assert Step("rotate", (2,)) in [s for found in search.solutions for s in found.program]


def test_a_part_of_the_input_says_which_part_it_is() -> None:
    part, other = LARGE[:3].copy(), np.array([[0, 1, 2], [0, 3, 3], [4, 5, 0]], np.uint8)
    assert information([LARGE], [part]) < information([LARGE], [other])


def test_corners_are_chosen_between_though_each_of_them_makes_different_grids_equal() -> None:
    def grid(cells: list[tuple[int, int, int]]) -> np.ndarray:
        out = np.zeros((6, 6), np.uint8)
        for r, c, ink in cells:
            out[r, c] = ink
        return out

    odd = [grid([(0, 0, 1), (1, 1, 2), (0, 1, 1)]), grid([(0, 1, 2), (1, 0, 3), (3, 3, 1), (1, 1, 4), (2, 2, 4)])]
    even = [grid([(5, 5, 3), (4, 4, 1)]), grid([(4, 5, 1), (5, 4, 2), (2, 2, 2), (0, 3, 4)])]
    inputs, wanted = odd + even, [g[:2, :2].copy() for g in odd] + [g[4:, 4:].copy() for g in even]
    search = Search((*inputs, odd[0]), tuple(wanted), Meter(until=20_000.0))
    search.run()
    assert {0b0011, 0b1100} <= set(search.partial)
