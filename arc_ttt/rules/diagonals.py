"""Operations on slanting lines: they go on, thrown back by walls; and rays whose colours take turns."""

from __future__ import annotations

import numpy as np

from arc_ttt.rules.language import DIRECTION, INK, MARK, Kind, operation
from arc_ttt.rules.places import is_free
from arc_ttt.rules.things import Thing, things
from arc_ttt.types import Cells

# "long_sides": thrown back by the two longer sides of the grid only.
BORDER = Kind("at the border", ("ends", "thrown_back", "long_sides"))
_MOST_SPOTS = 20
_AHEAD = {"down": (1, 0), "left": (0, -1), "up": (-1, 0), "right": (0, 1)}


def _slant(t: Thing) -> int:
    """1 for a falling line of single cells, -1 for a rising one, 0 for anything else."""
    if t.height != t.width or t.height < 2 or t.size != t.height:
        return 0
    if np.diagonal(t.cells).all():
        return 1
    return -1 if np.diagonal(t.cells[:, ::-1]).all() else 0


def _ends(border: str, shape: tuple[int, ...], r: int, c: int) -> bool:
    """Whether a ray ends before this cell because it lies outside of the grid."""
    beyond, aside = not 0 <= r < shape[0], not 0 <= c < shape[1]
    if border == "long_sides":
        return aside if shape[1] >= shape[0] else beyond
    return border == "ends" and (beyond or aside)


def _lengthened(cells: Cells, border: str, walls: np.ndarray, lines: list[tuple[Thing, int]]) -> Cells | None:
    """Slanting lines go on at both ends as rays that `walls` (rows, columns) throw back."""
    out, done = cells.copy(), False
    rows, columns = cells.shape

    def free(r: int, c: int) -> bool:
        return 0 <= r < rows and 0 <= c < columns and not walls[r, c]

    for t, slant in lines:
        for sign in (-1, 1):
            r = t.bottom if sign > 0 else t.top
            c = (t.right if slant > 0 else t.left) if sign > 0 else (t.left if slant > 0 else t.right)
            dr, dc = sign, sign * slant
            for _ in range(2 * cells.size):
                y, x = r + dr, c + dc
                if _ends(border, cells.shape, y, x):
                    break
                if not free(y, x):
                    up, side = free(r + dr, c), free(r, c + dc)
                    if up == side:
                        dr, dc = -dr, -dc
                    elif up:
                        dc = -dc
                    else:
                        dr = -dr
                    if not free(r + dr, c + dc) or (up == side):
                        break
                    continue
                r, c = y, x
                out[r, c] = t.colour
                done = True
    return out if done else None


def _slanting(cells: Cells) -> list[tuple[Thing, int]]:
    """The slanting lines, a few at most, with their slants."""
    lines = [(t, s) for t in things(cells, "corner") if (s := _slant(t))]
    return lines if len(lines) <= _MOST_SPOTS else []


@operation("lines", "beginning", border=BORDER, weight=0)
def lengthen_slanting(cells: Cells, border: str) -> Cells | None:
    """Slanting lines go on at both ends, thrown back by coloured cells, up to the border or thrown back there, too."""
    return _lengthened(cells, border, cells != 0, _slanting(cells))


@operation("lines", "beginning", mark=MARK, border=BORDER, weight=0)
def lengthen_over(cells: Cells, mark: int, border: str) -> Cells | None:
    """Slanting lines go on at both ends over whatever there is, but thrown back by cells of colour `mark`, up to the
    border or thrown back there, too."""
    walls = cells == mark
    lines = [(t, s) for t, s in _slanting(cells) if t.colour != mark]
    return _lengthened(cells, border, walls, lines)


@operation("spotted", "few", direction=DIRECTION, ink=INK, weight=0)
def ray_in_turn(cells: Cells, direction: str, ink: int) -> Cells | None:
    """Every single cell shoots a ray to the border in which another colour and its own take turns."""
    out, done = cells.copy(), False
    dr, dc = _AHEAD[direction]
    for t in things(cells, "corner"):
        if t.size != 1:
            continue
        r, c, step = t.top + dr, t.left + dc, 1
        while is_free(cells, r, c):
            out[r, c] = ink if step % 2 else t.colour
            r, c, step = r + dr, c + dc, step + 1
            done = True
    return out if done else None


@operation("spotted", "few", direction=DIRECTION, weight=0)
def widen(cells: Cells, direction: str) -> Cells | None:
    """From every single cell a triangle spreads in a direction, a cell wider on each side with each step."""
    spots = [t for t in things(cells, "corner") if t.size == 1]
    if not 0 < len(spots) <= _MOST_SPOTS:
        return None
    out, done = cells.copy(), False
    rows, columns = np.indices(cells.shape)
    dr, dc = _AHEAD[direction]
    for t in spots:
        ahead = (rows - t.top) * dr + (columns - t.left) * dc
        aside = np.abs((rows - t.top) * dc) + np.abs((columns - t.left) * dr)
        new = (ahead > 0) & (aside <= ahead) & (cells == 0)
        out[new] = t.colour
        done |= bool(new.any())
    return out if done else None
