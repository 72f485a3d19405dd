"""Grids and tasks in a terminal."""

import io
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console, RenderableType
from rich.style import Style

from arc_ttt.arc import render
from arc_ttt.types import Grid, Pair, Task

SMALL, WIDE = Grid([[0, 1, 2], [3, 4, 5]]), Grid([[6, 7, 8, 9]])
BIG = Grid([[(r + c) % 10 for c in range(30)] for r in range(30)])
grids = st.integers(1, 30).flatmap(
    lambda w: st.lists(st.lists(st.integers(0, 9), min_size=w, max_size=w), min_size=1, max_size=30).map(Grid)
)


def show(renderable: RenderableType, width: int = 120, encoding: str = "utf-8") -> list[str]:
    """The lines on a terminal of that width without colour."""
    file = io.TextIOWrapper(io.BytesIO(), encoding=encoding)
    Console(file=file, width=width, color_system=None).print(renderable)
    file.seek(0)
    return [line.rstrip() for line in file.read().split("\n")]


@settings(deadline=None)
@given(grid=grids)
def test_a_grid_can_be_read_back_without_colour(grid: Grid) -> None:
    """Each line is a row, each cell its digit and a space."""
    lines = render.grid(grid).plain.split("\n")
    assert Grid([[int(cell) for cell in line.split()] for line in lines]) == grid
    assert all(len(line) == 2 * grid.width for line in lines)


@settings(deadline=None)
@given(grid=grids, data=st.data())
def test_the_marks_are_where_the_grids_differ(grid: Grid, data: st.DataObject) -> None:
    """A cell has a mark if and only if it differs; the digit stays the grid's own."""
    row, column = data.draw(st.integers(0, grid.height - 1)), data.draw(st.integers(0, grid.width - 1))
    other = grid.tolist()
    other[row][column] = data.draw(st.integers(0, 9))
    lines = render.grid(grid, mark=Grid(other)).plain.split("\n")
    for r, line in enumerate(lines):
        for c, cell in enumerate(grid.tolist()[r]):
            assert line[2 * c : 2 * c + 2] == f"{cell}{'!' if cell != other[r][c] else ' '}"


def test_another_size_marks_every_cell() -> None:
    """Where the sizes differ no cell is in its place."""
    assert render.grid(WIDE, mark=SMALL).plain == "6!7!8!9!"


def test_each_colour_is_its_own_and_can_be_read() -> None:
    """The ten backgrounds are ARC's, and each digit stands out against its own."""
    text = render.grid(Grid([list(range(10))]))
    styles = [span.style for span in text.spans if isinstance(span.style, Style)]
    colours = [
        (style.color.get_truecolor(), style.bgcolor.get_truecolor())
        for style in styles
        if style.color and style.bgcolor
    ]
    assert [back.hex.upper() for _, back in colours] == [f"#{colour}" for colour in render.PALETTE]
    for front, back in colours:
        assert sum(abs(a - b) for a, b in zip(front, back, strict=True)) > 150


def test_a_pair_is_side_by_side_where_it_fits() -> None:
    """On a wide console input and output share their lines, on a narrow one the output is below."""
    shown = show(render.pair(Pair(SMALL, WIDE)))
    assert shown[:3] == ["input 2×3   → output 1×4", "0 1 2       6 7 8 9", "3 4 5"]
    assert show(render.pair(Pair(SMALL, WIDE)), width=15)[:5] == [
        "input 2×3",
        "0 1 2",
        "3 4 5",
        "→ output 1×4",
        "6 7 8 9",
    ]


def test_a_terminal_without_unicode() -> None:
    """Nothing but ASCII reaches a console that cannot show more."""
    assert show(render.pair(Pair(SMALL, WIDE)), encoding="ascii")[0] == "input 2x3   -> output 1x4"


TASK = Task("abc", (Pair(SMALL, WIDE), Pair(WIDE, SMALL)), (SMALL, WIDE))


def test_a_task_shows_its_demonstrations_and_tests() -> None:
    """Without answers and attempts there are the inputs alone, each with its size."""
    shown = "\n".join(show(render.task(TASK)))
    for words in ("abc", "demonstration 1", "demonstration 2", "test 1\ninput 2×3\n", "test 2\ninput 1×4\n"):
        assert words in shown
    assert "answer" not in shown
    assert "attempt" not in shown


def test_attempts_stand_beside_the_truth() -> None:
    """With both, each attempt is right or wrong, with marks; a test without attempts says so."""
    wrong = Grid([[6, 7, 8, 0]])
    shown = show(render.task(TASK, {"abc": (WIDE, SMALL)}, ((wrong, WIDE), ())))
    first = shown.index("test 1")
    assert shown[first + 1].split("   ") == [
        "input 2×3",
        "→ answer 1×4",
        "→ attempt 1 1×4 wrong",
        "→ attempt 2 1×4 right",
    ]
    assert shown[first + 2].split() == [*"0126789678", "0!", *"6789"]
    assert shown[shown.index("test 2") + 1].endswith("→ answer 2×3   → no attempt")


def test_attempts_without_the_truth_are_not_judged() -> None:
    """Where the answer is not known an attempt is neither right nor wrong, and has no marks."""
    shown = "\n".join(show(render.task(TASK, {"other": (WIDE,)}, ((WIDE,), (SMALL,)))))
    assert "→ attempt 1 1×4\n" in shown
    assert "!" not in shown


@pytest.mark.parametrize("width", [60, 80, 120, 250])
def test_the_biggest_grids_stay_whole(width: int) -> None:
    """Every row of a grid of 30 × 30 is on one line of its own, on any console of 60 columns or more."""
    task = Task("big", (Pair(BIG, BIG),), (BIG,))
    shown = show(render.task(task, {"big": (BIG,)}, ((BIG, BIG),)), width=width)
    assert max(map(len, shown)) <= width
    for row in BIG.tolist():
        line = " ".join(map(str, row))
        assert sum(text.count(line) for text in shown) >= 6


def test_wide_pairs_are_dense_where_there_is_colour() -> None:
    """A pair of 30 × 30 stands side by side in 80 columns, two rows a line; small ones keep their digits, and so does
    everything without colour."""
    big = Grid([[(r + c) % 10 for c in range(30)] for r in range(30)])

    def lines(shown: Pair, colours: str | None) -> list[str]:
        out = Console(file=io.StringIO(), width=80, color_system=colours, force_terminal=colours is not None)  # type: ignore[arg-type]
        out.print(render.pair(shown))
        text = re.sub(r"\x1b\[[0-9;]*m", "", out.file.getvalue())  # type: ignore[attr-defined]
        return [line.rstrip() for line in text.splitlines()]

    wide = lines(Pair(big, big), "truecolor")
    assert len(wide) == 16 and all(line.count("▀") == 60 and len(line) <= 80 for line in wide[1:])
    small = Pair(Grid([[1, 2]]), Grid([[2, 1]]))
    assert not any("▀" in line for line in (*lines(small, "truecolor"), *lines(Pair(big, big), None)))
    assert len(lines(Pair(big, big), None)) == 62


def test_a_dense_grid_marks_what_differs() -> None:
    """By paling the rest; an odd row has nothing below it."""
    text = render.dense(Grid([[1], [2], [3]]), mark=Grid([[1], [9], [3]]))
    assert text.plain == "▀\n▀"
    first, last = (span.style for span in text.spans)
    plain = render.dense(Grid([[1], [2], [3]]))
    assert first.color != plain.spans[0].style.color and first.bgcolor == plain.spans[0].style.bgcolor  # type: ignore[union-attr]
    assert last.bgcolor is None  # type: ignore[union-attr]
