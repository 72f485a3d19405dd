"""Repetitions go on over empty cells and larger grids."""

import pytest
from rules.grids import fitted, made


@pytest.mark.parametrize(
    ("program", "before", "after"),
    [
        ("fill_lattice(across)", "121...", "121212"),
        ("fill_lattice(down)", "1/2/1/.", "1/2/1/2"),
        ("fill_lattice(tile)", "1212/2121/12../21..", "1212/2121/1212/2121"),
        ("fill_lattice(rising)", "12./2../..1", "121/212/121"),
        ("fill_lattice(falling)", "12./.12/..1", "121/212/121"),
        ("fill_lattice(across)", "1212", "None"),
        ("enlarge(right, double)", "12", "12.."),
        ("enlarge(up, half_more)", "1/2", "./1/2"),
        ("enlarge(down, square)", "123", "123/.../..."),
        ("enlarge(down, half_more)", "1", "None"),
        ("go_on_beyond(down, half_more)", "1/./1/.", "1/./1/./1/."),
        ("go_on_beyond(left, double)", "212", "121212"),
        ("go_on_beyond(up, triple)", "1/2", "None"),
    ],
)
def test_example(program: str, before: str, after: str) -> None:
    assert made(program, before) == after


def test_the_size_is_read_off_where_the_grid_stays_in_it() -> None:
    assert ("right", "double") in fitted("enlarge", ("12", "1212"), ("1/3", "11/33"))
    assert fitted("enlarge", ("12", "3212"), ("1/3", "11/3.")) == []
