"""Operations that go on with a line, a box or a pattern that shifts, as far as the grid's border."""

from __future__ import annotations

import numpy as np

from arc_ttt.rules.language import DIRECTION, Kind, operation
from arc_ttt.rules.whole import bounding_box, facing, facing_back
from arc_ttt.types import Cells

# In which directions: one, or several at once.
WAYS = Kind("ways", ("right", "left", "down", "up", "across", "upright", "all"))
# "to_wall": as the smallest, of the first run, up to the next coloured cell.
PERIOD = Kind("period of a run", ("whole", "smallest", "to_wall"))
_EACH = {"across": ("left", "right"), "upright": ("up", "down"), "all": ("left", "right", "up", "down")}


def _smallest(run: np.ndarray) -> int:
    """The smallest shift under which a run agrees with itself; its length if there is none."""
    return next((p for p in range(1, len(run)) if (run[p:] == run[:-p]).all()), len(run))


def _continued(cells: Cells, whole: bool) -> Cells | None:
    """Runs across that go on to the right: in each row with one run of two cells or more that is not cut off."""
    out, changed = cells.copy(), False
    width = cells.shape[1]
    for r in range(len(cells)):
        at = np.flatnonzero(cells[r])
        if len(at) < 2 or at[-1] - at[0] + 1 != len(at) or at[-1] == width - 1:
            continue
        run = cells[r, at]
        period = len(run) if whole else _smallest(run)
        if period == len(run) and not whole:
            continue
        start = int(at[-1]) + 1
        rest = np.arange(width - start)
        out[r, start:] = run[len(run) - period + rest % period] if not whole else run[rest % period]
        changed = True
    return out if changed else None


def _continued_to_wall(cells: Cells) -> Cells | None:
    """Runs at the left border go on to the right with their smallest period, up to the next coloured cell."""
    out, changed = cells.copy(), False
    width = cells.shape[1]
    for r in range(len(cells)):
        n = int((cells[r] == 0).argmax())
        wall = n + int((cells[r, n:] != 0).argmax()) if cells[r, n:].any() else width
        run = cells[r, :n]
        period = _smallest(run) if n > 1 else n
        if period < n:
            out[r, n:wall] = run[np.arange(n, wall) % period]
            changed = True
    return out if changed else None


_TURNS = {"right": 0, "up": 3, "left": 2, "down": 1}


@operation("lines", "beginning", ways=WAYS, period=PERIOD, weight=0)
def continue_runs(cells: Cells, ways: str, period: str) -> Cells | None:
    """In each row or column with a single unbroken run of cells, the run is repeated as far as the border."""
    out, changed = cells.copy(), False
    for way in _EACH.get(ways, (ways,)):
        turned = np.ascontiguousarray(np.rot90(cells, _TURNS[way]))
        made = _continued_to_wall(turned) if period == "to_wall" else _continued(turned, period == "whole")
        if made is not None:
            back = np.rot90(made, -_TURNS[way])
            np.copyto(out, back, where=(out == 0) & (back != 0))
            changed = True
    return out if changed and (out != cells).any() else None


@operation("beginning", "pattern", ways=WAYS, weight=0)
def repeat_box(cells: Cells, ways: str) -> Cells | None:
    """The bounding box of all colours is repeated without gaps as far as the border."""
    box = bounding_box(cells)
    if box is None:
        return None
    rows, columns = box
    piece = cells[box]
    if piece.shape == cells.shape or piece.size < 2:
        return None
    r = np.arange(cells.shape[0]) - rows.start
    c = np.arange(cells.shape[1]) - columns.start
    inside_r, inside_c = (r >= 0) & (r < len(piece)), (c >= 0) & (c < piece.shape[1])
    each = _EACH.get(ways, (ways,))
    go_r = inside_r | ((r < 0) & ("up" in each)) | ((r >= len(piece)) & ("down" in each))
    go_c = inside_c | ((c < 0) & ("left" in each)) | ((c >= piece.shape[1]) & ("right" in each))
    filled = piece[np.ix_(r % len(piece), c % piece.shape[1])]
    out = np.where(go_r[:, None] & go_c[None], filled, 0).astype(np.uint8)
    return None if (out == cells).all() else out


@operation("beginning", "lines", direction=DIRECTION, weight=0)
def continue_shifted(cells: Cells, direction: str) -> Cells | None:
    """The lines up to the last coloured one go on in a direction: each time they come again, they are moved sideways
    by the same number of cells."""
    turned = facing(cells, direction)
    coloured = np.flatnonzero(turned.any(axis=1))
    height, width = turned.shape
    if len(coloured) < 2:
        return None
    first, last = int(coloured[0]), int(coloured[-1])
    if last == height - 1 or last - first + 1 != len(coloured):
        return None
    for period in range(1, len(coloured)):
        for shift in (n for n in sorted(range(-4, 5), key=abs) if abs(n) < width):
            if (shift or period * 2 <= len(coloured)) and _shifts(turned[first : last + 1], period, shift):
                out = turned.copy()
                for r in range(last + 1, height):
                    out[r] = _moved(out[r - period], shift)
                return facing_back(out, direction)
    return None


def _moved(row: np.ndarray, shift: int) -> np.ndarray:
    out = np.zeros_like(row)
    if shift >= 0:
        out[shift:] = row[: len(row) - shift]
    else:
        out[:shift] = row[-shift:]
    return out


def _shifts(rows: Cells, period: int, shift: int) -> bool:
    before, after = rows[:-period], rows[period:]
    if shift >= 0:
        return bool((after[:, shift:] == before[:, : rows.shape[1] - shift]).all() and not after[:, :shift].any())
    return bool((after[:, :shift] == before[:, -shift:]).all() and not after[:, shift:].any())
