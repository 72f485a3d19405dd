"""The families of inputs: valid grids, the same from the same seed, and settings that say what stays the same."""

import numpy as np
import pytest

from arc_ttt.rules.inputs import draw_source, kinds_of_families, make_input
from arc_ttt.rules.language import MARK, OPERATIONS, Step, parse_program, program_text
from arc_ttt.rules.operations import whole
from arc_ttt.rules.panels import panels
from arc_ttt.rules.pieces import FAMILIES, Family
from arc_ttt.types import Grid

each_family = pytest.mark.parametrize("family", FAMILIES.values(), ids=lambda f: f.name)


@each_family
def test_every_family_makes_valid_grids(family: Family) -> None:
    """Whatever its settings: sides of 1 to 30, colours of 0 to 9, more than one colour, a new array each time."""
    rng = np.random.default_rng(0)
    for _ in range(30):
        cells = make_input(rng, draw_source(rng, family.name))
        Grid(cells)
        assert cells.dtype == np.uint8
        assert len(np.unique(cells)) > 1
        assert cells.flags.writeable


@each_family
def test_the_same_seed_gives_the_same_input(family: Family) -> None:
    source = draw_source(np.random.default_rng(1), family.name)
    first, second = (make_input(np.random.default_rng(2), source) for _ in range(2))
    assert np.array_equal(first, second)


@each_family
def test_inputs_of_one_source_differ(family: Family) -> None:
    rng = np.random.default_rng(3)
    source = draw_source(rng, family.name)
    assert len({make_input(rng, source).tobytes() for _ in range(10)}) > 4


@each_family
def test_sources_are_read_back_from_their_text(family: Family) -> None:
    rng = np.random.default_rng(4)
    for _ in range(10):
        program = (draw_source(rng, family.name),)
        assert parse_program(program_text(program), kinds_of_families()) == program


@each_family
def test_a_fixed_palette_bounds_the_colours(family: Family) -> None:
    """With palette `c…`, an input has no colours but these, the background and the settings' marks."""
    rng = np.random.default_rng(5)
    for _ in range(20):
        source = draw_source(rng, family.name)
        palette = str(source.arguments[1])
        if palette.startswith("c"):
            marks = {a for k, a in zip(family.kinds, source.arguments, strict=True) if k == MARK}
            allowed = {0, *map(int, palette[1:]), *marks}
            assert set(np.unique(make_input(rng, source)).tolist()) <= allowed


def test_every_operation_has_a_family_it_likes() -> None:
    """An operation with tags that no family bears would never be drawn."""
    tags = {"any"}.union(*(f.tags for f in FAMILIES.values()))
    assert [o.name for o in OPERATIONS.values() if not o.tags & tags] == []


def test_panels_are_found_where_they_were_drawn() -> None:
    rng = np.random.default_rng(6)
    for _ in range(50):
        cells = make_input(rng, Step("panels", ("tiny", "c12", 5, 2, 3, "dense")))
        found = panels(cells)
        assert found is not None and found.ink == 5
        assert (len(found.boxes), len(found.boxes[0])) == (2, 3)


def test_scaled_inputs_scale_down() -> None:
    rng = np.random.default_rng(7)
    for _ in range(20):
        assert whole.scale_down(make_input(rng, Step("scaled", ("tiny", "c12", 50)))) is not None
