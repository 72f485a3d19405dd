"""Tasks with one cell for each room."""

from rules.grids import cells

from arc_ttt.agents.programs.frame import Frame
from arc_ttt.agents.programs.rooms import as_small, mended, rooms, tiled
from arc_ttt.rules.language import program_text

WHOLE = ".1.5...5.../.1.5...5.../55555555555/...5.2.5.../...5...5..."
BROKEN = ".1.5...5.../.1.5...5.../555555.5.55/.....2.5.../...5...5..."
FULL = ".1.51115111/.1.51115111/55555555555/...5.2.5222/...5...5222"
MOVED = "...5...5.1./...5...5.1./55555555555/...5.2.5.../...5...5..."
PLAIN = ("11533/11533/55555/..5..", "33511/33511/55555/..5..")


def named(before: str, after: str) -> list[str]:
    return [program_text(s.wrapped(())) for s in rooms((cells(before),) * 2, (cells(after),))]


def test_rooms_become_cells() -> None:
    assert named(*PLAIN) == ["in_coarse([])"]
    assert named(WHOLE, FULL) == ["in_room_colours([])"]
    assert named(WHOLE, MOVED) == ["in_room_tiles([])"]
    assert named(WHOLE, "1") == named("1.2/...", "2.1/...") == []


def test_lattices_are_mended_first() -> None:
    found: list[Frame] = list(mended((cells(BROKEN),) * 2, (cells(FULL),)))
    assert [program_text(s.wrapped(())) for s in found] == ["mend_lattice > in_room_colours([])", "mend_lattice"]
    assert found[0].inputs[0].tolist() == [[1, 0, 0], [0, 2, 0]]
    assert found[0].outputs[0].tolist() == [[1, 1, 1], [0, 2, 2]]
    assert (found[1].inputs[0] == cells(WHOLE)).all()
    assert not list(mended((cells(WHOLE),) * 2, (cells(FULL),)))


def test_blocks_become_cells() -> None:
    grid, turned = cells("1.1.2./.1.1.2/2.1.1./.2.1.1"), cells("2.1.1./.2.1.1/1.1.2./.1.1.2")
    found = list(tiled((grid,) * 2, (turned,)))
    assert [program_text(s.wrapped(())) for s in found] == ["in_block_tiles(2x2, [])"]
    assert found[0].outputs[0].tolist() == [[2, 1, 1], [1, 1, 2]]
    assert not list(tiled((grid,) * 2, (cells("3.1.1./.2.1.1/1.1.2./.1.1.2"),)))


def test_outputs_may_have_a_cell_for_each_room() -> None:
    found = list(as_small((cells(WHOLE),) * 2, (cells("1../.2."),)))
    assert [program_text(s.wrapped(())) for s in found] == ["rooms_to_colours"]
    assert found[0].inputs[0].tolist() == [[1, 0, 0], [0, 2, 0]]
    assert not list(as_small((cells(WHOLE),) * 2, (cells("1."),)))
