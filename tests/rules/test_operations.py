"""The operations: laws that hold on every family's inputs, and small examples made by hand."""

import ast
import inspect
import re
from pathlib import Path

import numpy as np
import pytest

from arc_ttt.rules.compose import draw_argument, draw_program
from arc_ttt.rules.inputs import draw_source, make_input
from arc_ttt.rules.language import (
    MARK,
    PROGRAM,
    SAME,
    Argument,
    Operation,
    Step,
    parse_program,
    program_text,
    run,
)
from arc_ttt.rules.operations import OPERATIONS
from arc_ttt.rules.pieces import FAMILIES
from arc_ttt.rules.things import things
from arc_ttt.types import Cells

KNOWN = tuple(range(1, 10))


def cells(text: str) -> Cells:
    """Rows separated by `/`, a dot for the background."""
    return np.array([[int(c) for c in row.replace(".", "0")] for row in text.split("/")], np.uint8)


def text(grid: Cells | None) -> str:
    return "None" if grid is None else "/".join("".join(map(str, row)).replace("0", ".") for row in grid.tolist())


def samples(seed: int, per_family: int) -> list[Cells]:
    rng = np.random.default_rng(seed)
    found = [make_input(rng, draw_source(rng, name)) for name in FAMILIES for _ in range(per_family)]
    for grid in found:
        grid.flags.writeable = False  # so that an operation that changes its argument raises
    return found


INPUTS = samples(0, 2)
each_operation = pytest.mark.parametrize("operation", OPERATIONS.values(), ids=lambda o: o.name)


def draw(rng: np.random.Generator, operation: Operation) -> tuple[Argument, ...]:
    arguments: list[Argument] = []
    for kind in operation.kinds:
        if kind == PROGRAM:
            arguments.append(draw_program(rng, 1, frozenset({"small"}), KNOWN, "corner"))
        else:
            arguments.append(draw_argument(rng, kind, KNOWN, arguments))
    return tuple(arguments)


@each_operation
def test_every_operation_gives_a_grid_or_none_on_every_family(operation: Operation) -> None:
    """Never raises, never changes its argument, keeps the size if it says so, and does the same again."""
    rng = np.random.default_rng(1)
    for grid in INPUTS:
        arguments = draw(rng, operation)
        out = operation.function(grid, *arguments)
        if out is None:
            continue
        assert out.dtype == np.uint8 and out.ndim == 2
        assert out.max(initial=0) <= 9
        if operation.result == SAME:
            assert out.shape == grid.shape
        again = operation.function(grid, *arguments)
        assert again is not None and np.array_equal(out, again)


@each_operation
def test_every_operation_says_what_it_does_and_takes(operation: Operation) -> None:
    assert operation.function.__doc__
    assert len(inspect.signature(operation.function).parameters) == 1 + len(operation.kinds)


@each_operation
def test_every_operation_is_read_back_from_its_text(operation: Operation) -> None:
    rng = np.random.default_rng(2)
    program = (Step(operation.name, draw(rng, operation)),)
    assert parse_program(program_text(program)) == program


def apply(program: str, grid: Cells) -> Cells:
    out = run(parse_program(program), grid)
    assert out is not None
    return out


@pytest.mark.parametrize(
    "program",
    [
        "flip(horizontal) > flip(horizontal)",
        "flip(vertical) > flip(vertical)",
        "rotate(1) > rotate(3)",
        "rotate(2) > rotate(2)",
        "transpose > transpose",
        "roll(left, 2) > roll(right, 2)",
        "swap(1, 2) > swap(2, 1)",
        "wrap(3) > peel",
        "mirror_beside(down) > half(up)",
        "mirror_four(lower_right) > quarter(lower_right)",
    ],
)
def test_there_and_back_is_the_identity(program: str) -> None:
    for grid in INPUTS:
        if max(grid.shape) < 15:
            assert np.array_equal(apply(program, grid), grid)


@pytest.mark.parametrize(
    "step",
    [
        "gravity(down)",
        "gravity(left)",
        "sort_lines(right)",
        "connect(horizontal)",
        "fill_enclosed(3)",
        "fill_boxes(4, side)",
        "symmetrise_grid(horizontal)",
        "rays(right)",
        "squeeze",
        "paint_outside(2)",
        "drop_colour(1, down)",
        "frame(5)",
    ],
)
def test_twice_is_once(step: str) -> None:
    for grid in INPUTS:
        once = run(parse_program(step), grid)
        if once is not None and not (step.startswith("fill_boxes") and (once == 4).any()):
            assert text(run(parse_program(step), once)) == text(once)


def test_blocks_that_have_fallen_lie_still() -> None:
    """Blocks, that is: concave things may hold each other up for a while."""
    rng = np.random.default_rng(8)
    for _ in range(30):
        grid = make_input(rng, draw_source(rng, "blocks"))
        once = apply("drop_things(up, side)", grid)
        assert text(apply("drop_things(up, side)", once)) == text(once)


@pytest.mark.parametrize(
    "step",
    ["gravity(up)", "drop_things(down, mixed)", "sort_lines(up)", "drop_colour(2, left)", "close_gaps(vertical)"],
)
def test_moving_keeps_the_number_of_cells_of_each_colour(step: str) -> None:
    for grid in INPUTS:
        assert np.array_equal(np.bincount(apply(step, grid).ravel()), np.bincount(grid.ravel()))


def test_things_are_a_partition() -> None:
    """Painted back where they were, the things of a grid make up the grid, however they are linked."""
    for grid in INPUTS:
        for link in ("side", "corner", "mixed"):
            canvas = np.zeros_like(grid)
            for t in things(grid, link):
                assert t.cells[0].any() and t.cells[-1].any() and t.cells[:, 0].any() and t.cells[:, -1].any()
                assert link == "mixed" or t.size == np.count_nonzero(t.cells == t.colour)
                canvas[t.box] += t.cells
            assert np.array_equal(canvas, grid)


def test_selected_and_others_make_up_all_things() -> None:
    for grid in INPUTS:
        for selector in ("largest", "holed", "bordering", "odd_colour"):
            kept = run(parse_program(f"keep_things({selector}, corner)"), grid)
            rest = run(parse_program(f"remove_things({selector}, corner)"), grid)
            assert (kept is None) == (rest is None)
            if kept is not None and rest is not None:
                assert np.array_equal(kept + rest, grid)


EXAMPLES = [
    # whole
    ("flip(horizontal)", "12./3..", ".21/..3"),
    ("rotate(1)", "12/34", "24/13"),
    ("transpose", "12/34", "13/24"),
    ("mirror_beside(right)", "12/3.", "1221/3..3"),
    ("mirror_four(upper_left)", "12/3.", "1221/3..3/3..3/1221"),
    ("rotate_four", "12/..", "12.1/...2/2.../1.21"),
    ("symmetrise(horizontal)", ".12../.1.../.....", ".12../.11../....."),
    ("tile(1, 2)", "12", "1212"),
    ("tile_mirrored(2)", "12", "1212/2121"),
    ("scale_up(2)", "1.", "11../11.."),
    ("scale_down", "11../11..", "1."),
    ("squeeze", "1122/1122/33..", "12/3."),
    ("fractal", "1./.1", "1.../.1../..1./...1"),
    ("fractal_where(most)", "11/12", "1111/1212/11../12.."),
    ("trim", "..../.12./..3./....", "12/.3"),
    ("half(up)", "12/34/56", "12"),
    ("peel", "111/121/111", "2"),
    ("wrap(3)", "1", "333/313/333"),
    ("wrap_in_own", "12", ".12./1122/.12."),
    ("drop_empty(horizontal)", "1./../.2", "1./.2"),
    ("close_gaps(horizontal)", "1./../.2", "1./.2/.."),
    ("shift(right, 1)", "12./3..", ".12/.3."),
    ("roll(up, 1)", "1/2/3", "2/3/1"),
    ("gravity(down)", "1.2/.../3..", ".../1../3.2"),
    ("sort_lines(down)", "111/1../11.", "1../11./111"),
    ("sort_lines(right)", "..3../1.3.2/1.3.2", "....3/1.2.3/1.2.3"),
    ("drop_colour(1, down)", "1/./2/.", "./1/2/."),
    # colours
    ("replace(1, 5)", "121", "525"),
    ("swap(1, 2)", "12.", "21."),
    ("negative", "1./.1", ".1/1."),
    ("keep_by_abundance(most)", "112", "11."),
    ("clear_by_abundance(most)", "112", "..2"),
    ("paint_coloured(4)", "1.2", "4.4"),
    ("paint_by_abundance(least, 7)", "112", "117"),
    ("checker(5)", "111/111", "151/515"),
    ("stripe(5, vertical)", "111/111", "151/151"),
    ("paint_full_lines(4, horizontal)", "111/121/..2", "444/.../..."),
    ("paint_by_majority(horizontal)", "112/.33", "111/333"),
    ("histogram(horizontal)", "122/2.1", "222/11."),
    # things
    ("keep_things(largest, corner)", "1..2/1..2/...2", "...2/...2/...2"),
    ("remove_things(single, corner)", "1..2/...2", "...2/...2"),
    ("paint_things(holed, 8, side)", "111.2/1.1.2/111..", "888.2/8.8.2/888.."),
    ("paint_by(lying, 7, 8, corner)", "11.2/...2", "77.8/...8"),
    ("crop_thing(smallest, mixed)", "12.3/.2.3/...3/...3", "12/.2"),
    ("change_each([flip(horizontal)], mixed)", "12..3", "21..3"),
    ("paint_by_rank(size, side)", "55.5/5...", "11.2/1..."),
    ("paint_by_measure(size, side)", "5.55", "1.22"),
    ("paint_neighbours_of(2, 9)", "12.1", "92.1"),
    ("spot_paints_thing", "111/121", "222/222"),
    ("swap_in_things", "112.3", "221.3"),
    ("paint_like_nearest_spot", "55.2....3.55", "22.2....3.33"),
    ("paint_cells_like_nearest(5)", "1555.2", "1112.2"),
    ("use_legend", "12..../....../..11../.....1", "12..../....../..22../.....2"),
    # around things
    ("surround(3)", "..../.1../....", "333./313./333."),
    ("paint_cores(2)", "111/111/111", "111/121/111"),
    ("hollow", "111/111/111", "111/1.1/111"),
    ("fill_enclosed(4)", "111./1.1./111.", "111./141./111."),
    ("fill_enclosed_by_size", "111.1111/1.1.1..1/111.1111", "111.1111/111.1221/111.1111"),
    ("paint_outside(4)", ".111/.1.1/.111", "4111/41.1/4111"),
    ("fill_boxes(5, corner)", "1.../.1..", "15../51.."),
    ("mark_corners(2)", "111/111", "212/212"),
    ("decorate(1, plus, 2)", "..../.1../....", ".2../212./.2.."),
    ("stamp(1)", "2...../22..../....1./......", "2...../22.2../...22./......"),
    # moves
    ("drop_things(down, corner)", "1.../11../....", "..../1.../11.."),
    ("push_things(highest, down, corner)", "1./../2.", "../1./2."),
    ("pull_to(2)", "1..2..3", "..123.."),
    ("reflect_across(5)", "1../.2./555/.../...", "1../.2./555/.2./1.."),
    ("align_things(left, corner)", ".1./..2", "1../2.."),
    ("step_things(right, side)", "11...", "..11."),
    ("trail(right)", "1.....", "1.1.1."),
    ("reflect_things(right, mixed)", "12..", "1221"),
    ("count_things(3, corner)", "1.2/.../1..", "333"),
    ("list_colours(size, horizontal, corner)", "1.22.333", "321"),
    ("line_up(horizontal, corner)", "1..../1..22", "1.22/1..."),
    ("crop_between_marks", "4..43/.12../4..4.", "12"),
    ("crop_between(4)", "4..4/.12./4..4", "12"),
    ("crop_inside", "..../3333/3123/3333", "12"),
    # lines and growth
    ("rays(right)", "1..2", "1112"),
    ("rays_of(1, down, 5)", "12/../..", "12/5./5."),
    ("star(vertical)", ".../.1./...", ".1./.1./.1."),
    ("bounce(down, 3)", "1../.../.../...", "1../.3./..3/.3."),
    ("full_lines(horizontal)", "1../.../2.3", "111/.../2.3"),
    ("mark_crossings(3)", "1../.../..1", "113/1.1/311"),
    ("connect(horizontal)", "1..1.2.2", "1111.222"),
    ("connect_both(5)", "1.1/.../1..", "151/5../1.."),
    ("meet_halfway(horizontal)", "1...2", "11.22"),
    ("count_things(2, side)", "1.1.1.1.1.1.1.1.1.1.1.1.1", "2222222222222"),
    ("star(vertical)", "1.1.1.1.1.1/...........", "1.1.1.1.1.1/1.1.1.1.1.1"),
    ("spiral_in(3)", "...../.2.../...../...../.....", "33333/.2..3/333.3/3...3/33333"),
    ("spiral_in(3)", "....../....../....../....../....../......", "333333/.....3/3333.3/3.33.3/3....3/333333"),
    ("elbow(3)", "1../.../..1", "133/..3/..1"),
    ("lengthen", ".11..2", "111112"),
    ("paint_lines_of(1, vertical)", ".../.1./2..", ".1./.1./21."),
    ("grow", ".../.1./...", ".1./111/.1."),
    ("drop_lonely", "11.2/1...", "11../1..."),
    ("mend_lonely", "111/121/111", "111/111/111"),
    ("flood", "5555/5.15/5555/5..5", "5555/5115/5555/5..5"),
    ("paint_clearings(2)", "1.../1.../1...", "1222/1222/1222"),
    ("reverse_rings", "111/121/111", "222/212/222"),
    ("ring_around(1, 2)", "...../...../..1../...../.....", "11111/12221/12121/12221/11111"),
    # patterns
    ("repair_period(9)", "1212/2191/1212/2121", "1212/2121/1212/2121"),
    ("repair_symmetry(9)", "1231/2412/1219/2912", "None"),
    ("restore_patch(9)", "121212/212199/121299/212121", "21/12"),
    ("continue_pattern(down)", "1/2/1/2/./.", "1/2/1/2/1/2"),
    ("one_period", "1212/3434/1212/3434", "12/34"),
    # panels
    ("combine_halves(xor, 3)", "1.511/..5.1", ".3/.3"),
    ("combine_halves(nor, 3)", "1.../..2.", ".3/.3"),
    ("overlay_halves", "1.5.2/..52.", "12/2."),
    ("pick_panel(most_cells)", "1.511/..511", "11/11"),
    ("fill_panel(fewest_cells, 3)", "1.511/..511", "13511/33511"),
    ("map_panels(7)", "1.5../..5../55555/..5.2/..522", "7./.7"),
    ("summarise_panels", "125../125..", "None"),
    ("summarise_panels", "115../125..", "1."),
    ("fill_panels", "1.5../..5..", "115../115.."),
    ("spread_panel", "1.5../.25..", "1.51./.25.2"),
    ("drop_lines", "1.5.2/..522", "1..2/..22"),
    # programs
    ("overlay([flip(horizontal)], [])", "123.", "1321"),
    ("overlay([], [flip(horizontal)])", "123.", "1231"),
    ("append(down, [flip(vertical)])", "12/3.", "12/3./3./12"),
    ("compare([flip(horizontal)], and, 4)", "11./1.1", ".4./4.4"),
    ("paint_changes([rays(right)], 5)", "1../..2", "155/..2"),
    ("change_box([flip(horizontal)])", "..../.12./.3..", "..../.21./..3."),
    ("decide(wide, [flip(horizontal)], [flip(vertical)])", "12.", ".21"),
]


@pytest.mark.parametrize(("program", "before", "after"), EXAMPLES, ids=[e[0] for e in EXAMPLES])
def test_example(program: str, before: str, after: str) -> None:
    assert text(run(parse_program(program), cells(before))) == after


def test_nine_of_ten_operations_are_named_in_a_test() -> None:
    """Here or in another module: all are held to the laws above, these are also tried on a grid of their own."""
    texts = [
        node.value
        for path in Path(__file__).parents[1].rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]
    # A text that is a program, or the name alone; inner programs count, too.
    named = {name for text in texts for name in re.findall(r"(?:^|\[|> |\()([a-z_]+)(?=$|\(|\]| >|,)", text)}
    assert 10 * len(named & OPERATIONS.keys()) >= 9 * len(OPERATIONS)


def test_operations_that_look_for_a_colour_leave_grids_without_it() -> None:
    """A colour that does not occur changes nothing, or the operation does not apply."""
    rng = np.random.default_rng(4)
    grid = cells("1..2/.11./2...")
    for operation in OPERATIONS.values():
        if operation.kinds and operation.kinds[0] == MARK and operation.name not in ("keep_colour", "swap"):
            out = operation.function(grid, 9, *draw(rng, operation)[1:])
            assert out is None or np.array_equal(out, grid)


def test_no_module_gives_a_name_twice() -> None:
    """The later one would win in silence; what several hands have written is put together line by line."""
    for path in Path(inspect.getfile(OPERATIONS["flip"].function)).parent.glob("*.py"):
        named = [
            target.id
            for node in ast.parse(path.read_text(encoding="utf-8")).body
            if isinstance(node, ast.Assign | ast.AnnAssign)
            for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
            if isinstance(target, ast.Name)
        ]
        assert len(named) == len(set(named)), path.name
