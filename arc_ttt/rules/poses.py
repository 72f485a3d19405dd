"""Grid → the turn or mirror image in which something of it lies where it always shall: below, in a corner, or across.

What a rule does in a direction that each grid shows (where the rare colour is, where most of it lies, which way it is
striped) is one rule where all grids are turned alike.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from arc_ttt.rules.language import OTHER, PROGRAM, Kind, Program, operation, run
from arc_ttt.rules.regions_pointed import aim
from arc_ttt.rules.things import Thing, rarest_ink, things
from arc_ttt.types import COLOURS, Cells

# Quarter turns, and whether the grid is mirrored about its falling diagonal before.
Turn = tuple[int, bool]
AS_IS: Turn = (0, False)
# How far from the middle, in parts of a side, what gives the direction must lie, and by how much it must be farther
# than the other way.
FAR, FARTHER = 0.1, 1.3
# Cells by which a colour must lean to one side, twice.
LEAST_LEANING = 0.2
# The turn that brings each way down, and things at most of which one tells it.
_DOWN: dict[tuple[int, int], Turn] = {(1, 0): AS_IS, (-1, 0): (2, False), (0, 1): (3, False), (0, -1): (1, False)}
_MOST_POINTING = 12


def turned(cells: Cells, turn: Turn) -> Cells:
    return np.ascontiguousarray(np.rot90(cells.T if turn[1] else cells, turn[0]))


def turned_back(cells: Cells, turn: Turn) -> Cells:
    out = np.rot90(cells, -turn[0])
    return np.ascontiguousarray(out.T if turn[1] else out)


def _offset(mask: np.ndarray, middle: tuple[float, float] | None = None) -> tuple[float, float]:
    """How far below and right of the grid's middle (or a place) the marked cells lie, in parts of its sides."""
    rows, columns = np.nonzero(mask)
    height, width = mask.shape
    down, right = middle or ((height - 1) / 2, (width - 1) / 2)
    return (float(rows.mean()) - down) / height, (float(columns.mean()) - right) / width


def _below(down: float, right: float) -> Turn | None:
    """The turn that brings an offset below the middle."""
    if max(abs(down), abs(right)) < FAR or not (abs(down) > FARTHER * abs(right) or abs(right) > FARTHER * abs(down)):
        return None
    if abs(down) > abs(right):
        return (0, False) if down > 0 else (2, False)
    return (3, False) if right > 0 else (1, False)


def _cornered(down: float, right: float) -> Turn | None:
    """The mirror image that brings an offset to the upper left; a turn of three quarters of a transposed grid mirrors
    it left and right, of one quarter up and down."""
    if min(abs(down), abs(right)) < FAR:
        return None
    return {(False, False): (0, False), (False, True): (3, True), (True, False): (1, True), (True, True): (2, False)}[
        down > 0, right > 0
    ]


def _rare(cells: Cells) -> np.ndarray | None:
    """The cells of the one rarest colour."""
    ink = rarest_ink(cells)
    rare: np.ndarray = cells == ink
    return rare if ink and 3 * np.count_nonzero(rare) <= np.count_nonzero(cells) else None


def _rare_from_rest(cells: Cells) -> tuple[float, float] | None:
    rare = _rare(cells)
    if rare is None:
        return None
    rows, columns = np.nonzero((cells != 0) & ~rare)
    return _offset(rare, (float(rows.mean()), float(columns.mean())))


def _mass(cells: Cells) -> tuple[float, float] | None:
    return _offset(cells != 0) if cells.any() else None


def _placed(
    where: Callable[[Cells], tuple[float, float] | None], how: Callable[[float, float], Turn | None]
) -> Callable[[Cells], Turn | None]:
    def pose(cells: Cells) -> Turn | None:
        at = where(cells)
        return None if at is None else how(*at)

    return pose


def _striped(cells: Cells) -> Turn | None:
    """Transposed where neighbours are more often alike down than across."""
    if min(cells.shape) < 2:
        return None
    across = float((cells[:, 1:] == cells[:, :-1]).mean())
    down = float((cells[1:] == cells[:-1]).mean())
    return None if abs(across - down) < 0.02 else (0, down > across)


def _lying(cells: Cells) -> Turn | None:
    """Transposed where the grid is higher than wide."""
    return None if len(cells) == cells.shape[1] else (0, len(cells) > cells.shape[1])


def _box_lying(cells: Cells) -> Turn | None:
    """Transposed where the box of all colours is higher than wide."""
    rows, columns = np.flatnonzero(cells.any(axis=1)), np.flatnonzero(cells.any(axis=0))
    if not len(rows):
        return None
    height, width = int(rows[-1] - rows[0]), int(columns[-1] - columns[0])
    return None if height == width else (0, height > width)


def _from_rest(colour: int) -> Callable[[Cells], tuple[float, float] | None]:
    """How far one colour's cells lie from the middle of all others."""

    def offset(cells: Cells) -> tuple[float, float] | None:
        mask = cells == colour
        rows, columns = np.nonzero((cells != 0) & ~mask)
        if not mask.any() or not len(rows):
            return None
        return _offset(mask, (float(rows.mean()), float(columns.mean())))

    return offset


def _leaning(colour: int) -> Callable[[Cells], Turn | None]:
    """Mirrored left and right where most of one colour's cells lie right of the middle of the box of all of them."""

    def pose(cells: Cells) -> Turn | None:
        columns = np.nonzero(cells == colour)[1]
        if not len(columns):
            return None
        right = 2 * float(columns.mean()) - int(columns.min()) - int(columns.max())
        return None if abs(right) < LEAST_LEANING else (3, True) if right > 0 else AS_IS

    return pose


def _rare_first(cells: Cells) -> Turn | None:
    """The one turn or mirror image in which the cells of the rarest colour come first when it is read."""
    rare = _rare(cells)
    if rare is None:
        return None
    turns = [(k, mirrored) for mirrored in (False, True) for k in range(4)]
    seen = [tuple(map(tuple, np.argwhere(turned(rare.astype(np.uint8), t)).tolist())) for t in turns]
    first = min(seen)
    return turns[seen.index(first)] if seen.count(first) == 1 else None


def _line_below(cells: Cells) -> Turn | None:
    """The turn that brings the one border that is all of one colour below."""
    borders = cells[-1], cells[:, 0], cells[0], cells[:, -1]
    full = [turns for turns, line in enumerate(borders) if line[0] and (line == line[0]).all()]
    return (full[0], False) if len(full) == 1 else None


def _wall_across(cells: Cells) -> Turn | None:
    """Transposed where columns are full of one colour, but no rows are."""
    across = bool(((cells[:, 0] != 0) & (cells == cells[:, :1]).all(axis=1)).any())
    down = bool(((cells[0] != 0) & (cells == cells[:1]).all(axis=0)).any())
    return None if across == down else (0, down)


def _largest(cells: Cells) -> Thing | None:
    """The one largest thing of several, of any colours."""
    group = sorted(things(cells, "mixed"), key=lambda t: -t.size)
    return group[0] if len(group) > 1 and group[0].size > group[1].size else None


def _largest_from_rest(cells: Cells) -> tuple[float, float] | None:
    t = _largest(cells)
    if t is None:
        return None
    mask = t.mask(cells.shape)
    rows, columns = np.nonzero((cells != 0) & ~mask)
    return _offset(mask, (float(rows.mean()), float(columns.mean())))


def _largest_lying(cells: Cells) -> Turn | None:
    """Transposed where the largest thing is higher than wide."""
    t = _largest(cells)
    return None if t is None or t.height == t.width else (0, t.height > t.width)


def _pointing_down(cells: Cells) -> Turn | None:
    """The turn after which the one thing that points straight somewhere (to its tip, or its open side) points down."""
    group = things(cells, "mixed")
    if len(group) > _MOST_POINTING:
        return None
    ways = {way for t in group if (way := aim(t)) is not None and 0 in way}
    return _DOWN[ways.pop()] if len(ways) == 1 else None


def _edge_below(cells: Cells) -> Turn | None:
    """The turn that brings the one border that has coloured cells, its corners apart, below."""
    borders = cells[-1, 1:-1], cells[1:-1, 0], cells[0, 1:-1], cells[1:-1, -1]
    used = [turns for turns, line in enumerate(borders) if line.any()]
    return (used[0], False) if len(used) == 1 else None


POSES: dict[str, Callable[[Cells], Turn | None]] = {
    "edge_below": _edge_below,
    "line_below": _line_below,
    "wall_across": _wall_across,
    "striped_across": _striped,
    "lying": _lying,
    "rare_below_rest": _placed(_rare_from_rest, _below),
    "rare_upper_left_of_rest": _placed(_rare_from_rest, _cornered),
    "rare_first": _rare_first,
    "most_below": _placed(_mass, _below),
    "most_upper_left": _placed(_mass, _cornered),
    "box_lying": _box_lying,
    "pointing_down": _pointing_down,
    "largest_below_rest": _placed(_largest_from_rest, _below),
    "largest_lying": _largest_lying,
    **{f"colour_{c}_below_rest": _placed(_from_rest(c), _below) for c in range(1, COLOURS)},
    **{f"colour_{c}_leaning": _leaning(c) for c in range(1, COLOURS)},
}
POSE = Kind("pose", tuple(POSES))


def pose_of(cells: Cells, pose: str) -> Turn | None:
    """How the grid is turned into a pose; None where that is not to be told."""
    return POSES[pose](cells)


@operation("any", pose=POSE, program=PROGRAM, result=OTHER, weight=0)
def in_pose(cells: Cells, pose: str, program: Program) -> Cells | None:
    """A program runs on the grid turned or mirrored so that something of it lies where it always shall (the one border
    with colours, the rare colour, a certain one, the largest thing, a full line at the border, what points somewhere
    or most cells below or in a corner, stripes, walls or the longer side across), and what it makes is turned back."""
    turn = pose_of(cells, pose)
    if turn is None:
        return None
    out = run(program, turned(cells, turn))
    return None if out is None else turned_back(out, turn)
