"""The key that a pair shares with all its views, and only with those."""

import numpy as np
import pytest
from conftest import grids
from hypothesis import given
from hypothesis import strategies as st

from arc_ttt.arc.augment import SYMMETRIES, Augmentation, draw_palette
from arc_ttt.arc.canonical import canonical
from arc_ttt.types import Grid, Pair


def pairs(max_side: int) -> st.SearchStrategy[Pair]:
    return st.builds(Pair, grids(max_side), grids(max_side))


def alike(one: Pair, other: Pair) -> bool:
    """Whether a symmetry and a palette take one pair to the other, by trying: the colours of cells that lie on each
    other match one to one."""
    for symmetry in range(SYMMETRIES):
        turned = Augmentation(symmetry).apply_pair(other)
        sides = ((one.input, turned.input), (one.output, turned.output))
        if all(a.cells.shape == b.cells.shape for a, b in sides):
            met = {colours for a, b in sides for colours in zip(a.cells.flat, b.cells.flat, strict=True)}
            if len(met) == len({a for a, _ in met}) == len({b for _, b in met}):
                return True
    return False


@given(pairs(30), st.permutations(range(10)))
def test_every_view_of_a_pair_has_its_key(pair: Pair, palette: list[int]) -> None:
    """Neither one of the eight symmetries nor a permutation of the colours changes it."""
    for symmetry in range(SYMMETRIES):
        assert canonical(Augmentation(symmetry, tuple(palette)).apply_pair(pair)) == canonical(pair)


def test_no_other_pair_has_it() -> None:
    """Of all pairs of a 1 × 1 to 2 × 2 input and a 1 × 2 output in two colours, those have one key that are views of
    each other."""
    shapes = [(1, 1), (1, 2), (2, 1), (2, 2)]
    inputs = [np.reshape(c, s) for s in shapes for c in np.ndindex((2,) * (s[0] * s[1]))]
    every = [Pair(Grid(i), Grid([o])) for i in inputs for o in np.ndindex(2, 2)]
    keys = [canonical(pair) for pair in every]
    for i, pair in enumerate(every):
        for j, other in enumerate(every[:i]):
            assert (keys[i] == keys[j]) == alike(pair, other)


@given(pairs(4), st.integers(0, 3), st.integers(0, 3), st.integers(0, 9))
def test_one_cell_makes_another_pair(pair: Pair, row: int, column: int, colour: int) -> None:
    """With one cell of the input changed, the key is another unless the pair is still a view of what it was."""
    cells = pair.input.cells.copy()
    cells[row % pair.input.height, column % pair.input.width] = colour
    changed = Pair(Grid(cells), pair.output)
    assert (canonical(changed) == canonical(pair)) == alike(changed, pair)


ROWS = [[0, 1, 2], [0, 0, 3], [0, 0, 0]]


@pytest.mark.parametrize("symmetry", range(1, SYMMETRIES))
def test_input_and_output_turn_together(symmetry: int) -> None:
    """Turning only the output makes another pair."""
    same, turned = Grid(ROWS), Augmentation(symmetry).apply(Grid(ROWS))
    assert canonical(Pair(same, turned)) != canonical(Pair(same, same))
    assert canonical(Pair(turned, turned)) == canonical(Pair(same, same))


def test_input_and_output_are_recoloured_together() -> None:
    """Recolouring only the output makes another pair."""
    palette = draw_palette(np.random.default_rng(0), fixed_background=False)
    same, recoloured = Grid(ROWS), Augmentation(palette=palette).apply(Grid(ROWS))
    assert recoloured != same
    assert canonical(Pair(same, recoloured)) != canonical(Pair(same, same))


def test_input_and_output_do_not_swap() -> None:
    """The way from input to output counts."""
    a, b = Grid([[0, 1]]), Grid([[0, 1], [1, 1]])
    assert canonical(Pair(a, b)) != canonical(Pair(b, a))


def test_shapes_count() -> None:
    """The same cells in a row make another pair in other shapes."""
    pairs = [([[0, 1, 2, 3]], [[0]]), ([[0, 1], [2, 3]], [[0]]), ([[0, 1, 2]], [[3, 0]]), ([[0, 1]], [[2, 3, 0]])]
    assert len({canonical(Pair(Grid(i), Grid(o))) for i, o in pairs}) == len(pairs)
