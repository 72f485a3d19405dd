"""Demonstrations that contradict each other are found."""

from arc_ttt.arc.clash import clash, told
from arc_ttt.types import Grid, Pair, Task

A, B, C = Grid([[1]]), Grid([[2]]), Grid([[1, 2]])


def test_clash() -> None:
    """The same input with different outputs; the same pair twice is none."""
    assert clash(Task("fine", (Pair(A, B), Pair(B, A), Pair(A, B)), (C,))) is None
    assert clash(Task("none", (), (C,))) is None
    pair = clash(Task("odd", (Pair(A, B), Pair(B, A), Pair(B, C), Pair(A, C)), (C,)))
    assert pair == (2, 3) and told(pair) == "demonstrations 2 and 3 have the same input and different outputs"
