"""Operations whose arguments are read off demonstrations: words that hold data, and fits that find again what made
the outputs."""

import numpy as np
import pytest

from arc_ttt.errors import DataError
from arc_ttt.rules.inputs import draw_source, make_input
from arc_ttt.rules.language import Argument, Operation, Step, parse_program, program_text, run
from arc_ttt.rules.operations import OPERATIONS
from arc_ttt.rules.pieces import FAMILIES
from arc_ttt.types import Cells

FITTED = [o for o in OPERATIONS.values() if o.fit]
each_fitted = pytest.mark.parametrize("operation", FITTED, ids=lambda o: o.name)


def cells(text: str) -> Cells:
    """Rows separated by `/`, a dot for the background."""
    return np.array([[int(c) for c in row.replace(".", "0")] for row in text.split("/")], np.uint8)


def found(operation: Operation, grids: list[Cells], wanted: list[Cells]) -> list[tuple[Argument, ...]]:
    assert operation.fit is not None
    return list(operation.fit(grids, wanted))


@each_fitted
def test_what_a_fit_finds_is_read_back_from_its_text(operation: Operation) -> None:
    """On grids of every family with outputs of several kinds: no exception, and arguments that the parser allows."""
    rng = np.random.default_rng(0)
    changes = ["flip(horizontal)", "replace(1, 5)", "surround(3)", "trim", "scale_up(2)", "mirror_beside(right)"]
    for name in sorted(FAMILIES)[::2]:
        source = draw_source(rng, name)
        grids = [make_input(rng, source) for _ in range(3)]
        for change in changes:
            wanted = [run(parse_program(change), g) for g in grids]
            pairs = [(g, w) for g, w in zip(grids, wanted, strict=True) if w is not None]
            for arguments in found(operation, [g for g, _ in pairs], [w for _, w in pairs]) if pairs else []:
                program = (Step(operation.name, arguments),)
                assert parse_program(program_text(program)) == program


@pytest.mark.parametrize("word", ["2to1_1to2", "1to2_1to3", "1to22", "1to", "12", "1to2_", "1to2 3to4"])
def test_words_that_hold_no_table_are_refused(word: str) -> None:
    with pytest.raises(DataError, match="not a rule"):
        parse_program(f"recolour_by_table({word})")


def test_colours_that_change_places_do_so_both_ways() -> None:
    """Where some are shown to, and none otherwise."""
    operation = OPERATIONS["recolour_by_table"]
    tables = found(operation, [cells("123")], [cells("214")])
    assert tables == [("1to2_2to1_3to4",), ("1to2_2to1_3to4_4to3",)]
    assert found(operation, [cells("13")], [cells("24")]) == [("1to2_3to4",)]
    assert found(operation, [cells("1234")], [cells("2145")]) == [("1to2_2to1_3to4_4to5",)]


EXAMPLES = [
    ("recolour_by_table(1to2_2to1)", "12/21 22/22", "21/12 11/11"),
    ("paint_by_views(enclosed, 0tosame_1to4)", "111./1.1./111. .222/22.2/.222", "111./141./111. .222/2242/.222"),
    ("paint_by_views(ink, 0tobetweenacross_1tosame)", "1..1/.2../.... 3.3./.4.4/....", "1111/.2../.... 333./.444/...."),
]


@pytest.mark.parametrize(("program", "before", "after"), EXAMPLES, ids=[e[0] for e in EXAMPLES])
def test_a_fit_finds_the_arguments_that_made_the_outputs(program: str, before: str, after: str) -> None:
    (step,) = parse_program(program)
    grids, wanted = [cells(t) for t in before.split()], [cells(t) for t in after.split()]
    for grid, goal in zip(grids, wanted, strict=True):
        made = run((step,), grid)
        assert made is not None
        assert np.array_equal(made, goal)
    assert step.arguments in found(OPERATIONS[step.name], grids, wanted)
