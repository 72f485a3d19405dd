"""A task → the same task with one cell for each room of its lattices, which may have to be mended first, or each
block."""

from __future__ import annotations

from collections.abc import Iterator

from arc_ttt.agents.programs.frame import Frame, afterwards, within, wrapper
from arc_ttt.agents.programs.targets import Grids
from arc_ttt.rules.blocks import coarse
from arc_ttt.rules.language import Step
from arc_ttt.rules.mended_lattices import mend_lattice
from arc_ttt.rules.rooms_as_cells import (
    block_tiles,
    blocks_retiled,
    room_colours,
    room_tiles,
    rooms_recoloured,
    rooms_retiled,
)
from arc_ttt.types import Cells

# Shares of the budget, and bits, of rooms of one colour, of others, and of lattices that are mended.
COARSE_SHARE, ROOMS_SHARE, MENDED_SHARE = 0.5, 0.3, 0.6
COARSE_BITS, MENDED_BITS = 6.0, 4.0
# Blocks are no larger than this.
MOST_SIDE = 6
# Rooms that make a grid worth a look at least.
FEWEST_ROOMS = 4


def rooms(inputs: Grids, outputs: Grids) -> Iterator[Frame]:
    """The task in which each panel is one cell: all panels have one colour before and after, or those that change have
    one then, or what is in them changes places."""
    if any(i.shape != o.shape for i, o in zip(inputs, outputs, strict=False)):
        return
    shown, wanted = _all(map(coarse, inputs)), _all(map(coarse, outputs))
    if shown and wanted:
        if all(i.shape == o.shape for i, o in zip(shown, wanted, strict=False)):
            yield Frame(shown, wanted, COARSE_SHARE, COARSE_BITS, wrapper("in_coarse"))
        return
    for seen, changed, name in (
        (room_colours, rooms_recoloured, "in_room_colours"),
        (room_tiles, rooms_retiled, "in_room_tiles"),
    ):
        before = _all(map(seen, inputs))
        after = _all(changed(g, o) for g, o in zip(inputs, outputs, strict=False)) if before else None
        if before and after:
            yield Frame(before, after, ROOMS_SHARE, COARSE_BITS, wrapper(name))


def as_small(inputs: Grids, outputs: Grids) -> Iterator[Frame]:
    """The task in which each panel of the inputs is one cell, where outputs have a cell for each."""
    for seen, name in ((room_colours, "rooms_to_colours"), (room_tiles, "rooms_to_tiles")):
        made = seen(inputs[0])
        if made is None or made.shape != outputs[0].shape or made.size < FEWEST_ROOMS:
            continue
        before = _all(map(seen, inputs))
        if before and all(b.shape == o.shape for b, o in zip(before, outputs, strict=False)):
            yield Frame(before, outputs, ROOMS_SHARE, COARSE_BITS, afterwards(Step(name)))
            return


def tiled(inputs: Grids, outputs: Grids) -> Iterator[Frame]:
    """The task in which each block is one cell, where grids are made of few different blocks of one size."""
    sizes = {n for g in (*inputs, *outputs) for n in g.shape}
    for side in range(2, MOST_SIDE + 1):
        if any(n % side for n in sizes):
            continue
        sides = f"{side}x{side}"
        found = [block_tiles(g, sides) for g in inputs]
        before = _all(f[0] if f else None for f in found)
        after = _all(blocks_retiled(g, o, sides) for g, o in zip(inputs, outputs, strict=False)) if before else None
        if before and after:
            step = wrapper("in_block_tiles", sides)
            yield Frame(before, after, ROOMS_SHARE, COARSE_BITS, step)


def mended(inputs: Grids, outputs: Grids) -> Iterator[Frame]:
    """The task in which the broken lines of a lattice are whole, with one cell for each panel and as it is."""
    whole = _all(map(mend_lattice, inputs))
    if whole is None:
        return
    base = Frame(whole, outputs, MENDED_SHARE, MENDED_BITS, afterwards(Step("mend_lattice")))
    yield from (within(base, room) for room in rooms(whole, outputs))
    yield base


def _all(grids: Iterator[Cells | None]) -> Grids | None:
    """The grids; None as soon as one of them is missing."""
    found: list[Cells] = []
    for grid in grids:
        if grid is None:
            return None
        found.append(grid)
    return tuple(found)
