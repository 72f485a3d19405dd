"""Laws of augmentations."""

import numpy as np
import pytest
from conftest import grids
from hypothesis import given
from hypothesis import strategies as st

from arc_ttt.arc.augment import Augmentation, draw, turn, turned_size, views
from arc_ttt.seeds import rng
from arc_ttt.types import Grid, Task

augmentations = st.builds(
    Augmentation,
    st.integers(0, 7),
    st.permutations(range(10)).map(tuple),
    st.permutations(range(3)).map(tuple),
)


@given(grids(), augmentations)
def test_invert_undoes_apply(grid: Grid, view: Augmentation) -> None:
    """Inverting an augmented grid gives the grid, and augmenting an inverted one too."""
    assert view.invert(view.apply(grid)) == grid
    assert view.apply(view.invert(grid)) == grid


def test_the_eight_symmetries_are_different() -> None:
    """No two symmetries agree on a grid without symmetry; three are the named ones."""
    cells = np.array([[1, 2, 3], [4, 5, 6]])
    assert len({turn(cells, s).tobytes() + bytes(turn(cells, s).shape) for s in range(8)}) == 8
    assert turn(cells, 0).tolist() == [[1, 2, 3], [4, 5, 6]]
    assert turn(cells, 2).tolist() == [[6, 5, 4], [3, 2, 1]]
    assert turn(cells, 4).tolist() == [[1, 4], [2, 5], [3, 6]]


def test_sizes_turn_as_grids_do() -> None:
    """`turned_size` foretells the shape of the turned grid."""
    for s in range(8):
        assert turned_size((2, 3), s) == turn(np.ones((2, 3)), s).shape
    assert turned_size(None, 1) is None


def test_a_palette_is_applied_at_once() -> None:
    """Swapping two colours does not merge them."""
    swap = Augmentation(palette=(0, 2, 1, 3, 4, 5, 6, 7, 8, 9))
    assert swap.apply(Grid([[0, 1, 2]])) == Grid([[0, 2, 1]])


def test_demonstrations_come_in_the_views_order(task: Task) -> None:
    """`order` lists the demonstrations as the view shows them."""
    shown = Augmentation(order=(2, 0, 1)).apply_demonstrations(task.demonstrations)
    assert shown == tuple(task.demonstrations[i] for i in (2, 0, 1))


@pytest.mark.parametrize("bad", [{"symmetry": 8}, {"palette": (0,) * 10}, {"order": (1, 2)}])
def test_what_is_no_view_is_refused(bad: dict[str, object]) -> None:
    """Symmetries beyond 7, palettes and orders that permute nothing raise."""
    with pytest.raises(ValueError, match=r"symmetry|permutes"):
        Augmentation(**bad)  # type: ignore[arg-type]


def test_views_are_distinct_and_begin_with_the_symmetries(task: Task) -> None:
    """The first view is the task as it is, the first eight its symmetries, all are different, the background stays."""
    drawn = views(rng(0, "x"), task, 24)
    assert drawn[0] == Augmentation()
    assert [v.symmetry for v in drawn[:8]] == list(range(8))
    assert len({v.key for v in drawn}) == 24
    assert all(v.palette[0] == 0 for v in drawn)


def test_all_colours_move_on_request(task: Task) -> None:
    """Without a fixed background colour 0 moves in most drawn palettes."""
    r = rng(0, "x")
    moved = [draw(r, task, fixed_background=False).palette[0] != 0 for _ in range(50)]
    assert sum(moved) > 30


def test_keys_are_stable() -> None:
    """The text of a view is part of results on disk; it must not change."""
    assert Augmentation(3, (0, 2, 1, 3, 4, 5, 6, 7, 8, 9), (1, 0)).key == "s3-p0213456789-o1.0"
