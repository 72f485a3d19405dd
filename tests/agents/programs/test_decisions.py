"""What a search explains, and what it keeps for decisions."""

import numpy as np

from arc_ttt.agents.programs.found import information
from arc_ttt.agents.programs.meter import Meter
from arc_ttt.agents.programs.search import Search
from arc_ttt.rules.language import program_text

LARGE = np.array([[0, 1, 2], [0, 0, 3], [4, 0, 0], [0, 5, 0]], np.uint8)


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


def test_a_turn_of_what_a_program_makes_serves_some_demonstrations() -> None:
    rng = np.random.default_rng(0)
    inputs = tuple(rng.integers(0, 4, (6, 5)).astype(np.uint8) for _ in range(5))
    lower = [g[3:] for g in inputs[:4]]
    wanted = (*lower[:2], *(np.ascontiguousarray(g[:, ::-1]) for g in lower[2:]))
    search = Search(inputs, tuple(map(np.ascontiguousarray, wanted)), Meter(until=4_000.0))
    search.run()
    programs = [program_text(s.program) for s in search.partial[0b1100]]
    assert "half(down) > flip(horizontal)" in programs
