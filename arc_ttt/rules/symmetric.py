"""Operations that find the symmetry of a sparse picture, about a centre that may lie anywhere, and complete it.

Where the coloured cells are few, the centre is found by votes: each two cells of one colour vote for the centre about
which one is the image of the other; a centre about which a coloured cell lies on one of another colour is none.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from arc_ttt.rules.crowds import crowd
from arc_ttt.rules.language import OTHER, Kind, operation
from arc_ttt.rules.mirrors import show_mirrored
from arc_ttt.rules.patterns import restore_patch
from arc_ttt.rules.places import within
from arc_ttt.rules.things import things
from arc_ttt.types import Cells

SYMMETRY = Kind("symmetry of a picture", ("across", "down", "both", "half_turn", "quarter_turns", "all"))
PICTURE = Kind("picture", ("grid", "things", "clumps", "colours"))
_MOST_POINTS, _LEAST_MATCHED, _MOST_THINGS = 100, 0.34, 8


def _votes(points: np.ndarray, inks: np.ndarray, symmetry: str) -> Iterator[tuple[int, int, int]]:
    """(votes, two numbers that name the centre), the most first."""
    r, c = points.T
    alike = inks[:, None] == inks[None]
    if symmetry == "across":
        alike &= r[:, None] == r[None]
        first, second = np.zeros_like(alike, int), c[:, None] + c[None]
    elif symmetry == "down":
        alike &= c[:, None] == c[None]
        first, second = r[:, None] + r[None], np.zeros_like(alike, int)
    elif symmetry == "half_turn":
        first, second = r[:, None] + r[None], c[:, None] + c[None]
    else:  # a quarter turn takes (r, c) to (s + c, t - r)
        first, second = r[None] - c[:, None] + 100, c[None] + r[:, None]
    names, counts = np.unique(first[alike] * 1000 + second[alike], return_counts=True)
    for i in np.argsort(-counts, kind="stable")[:6].tolist():
        yield int(counts[i]), int(names[i]) // 1000, int(names[i]) % 1000


def _mapped(r: np.ndarray, c: np.ndarray, symmetry: str, s: int, t: int) -> tuple[np.ndarray, np.ndarray]:
    if symmetry == "across":
        return r, t - c
    if symmetry == "down":
        return s - r, c
    if symmetry == "half_turn":
        return s - r, t - c
    return s - 100 + c, t - r


def _turned_on(out: Cells, symmetry: str, s: int, t: int, times: int) -> bool:
    """Paint the images of all coloured cells where nothing is; whether none lies on another colour."""
    for _ in range(times):
        r, c = np.nonzero(out)
        y, x = _mapped(r, c, symmetry, s, t)
        inside = within(out, y, x)
        r, c, y, x = r[inside], c[inside], y[inside], x[inside]
        old = out[y, x]
        if ((old != 0) & (old != out[r, c])).any():
            return False
        out[y, x] = out[r, c]
    return True


def _completed(cells: Cells, picture: Cells, symmetry: str) -> Cells | None:
    """`cells` with the images of `picture`'s cells about its best centre; None where there is none."""
    points = np.argwhere(picture)
    if not 3 <= len(points) <= _MOST_POINTS:
        return None
    inks = picture[tuple(points.T)]
    out = cells.copy()
    steps: tuple[str, ...] = {"both": ("across", "down"), "all": ("quarter_turns", "across")}.get(symmetry, (symmetry,))
    if symmetry == "both":
        # What is known of one centre first makes the other one known better.
        most = {step: next(_votes(points, inks, step))[0] for step in steps}
        steps = tuple(sorted(steps, key=lambda step: -most[step]))
    for step in steps:
        done = False
        for votes, s, t in _votes(points, inks, step):
            if votes < _LEAST_MATCHED * len(points):
                break
            made = picture.copy()
            if _turned_on(made, step, s, t, 3 if step == "quarter_turns" else 1):
                new = (made != 0) & (picture == 0)
                if (out[new] != 0).any() and ((out != made) & new & (out != 0)).any():
                    continue
                out[new] = made[new]
                picture = made
                done = True
                break
        if not done:
            return None
        points = np.argwhere(picture)
        inks = picture[tuple(points.T)]
        if len(points) > 2 * _MOST_POINTS:
            return None
    return out


@operation("symmetric", "lopsided", "shapes", symmetry=SYMMETRY, picture=PICTURE, weight=0)
def complete_symmetry(cells: Cells, symmetry: str, picture: str) -> Cells | None:
    """The picture, or each thing, or all that has a colour, is completed to a symmetric one about the centre that most
    of its cells speak for."""
    if picture == "grid":
        out = _completed(cells, cells, symmetry)
        return None if out is None or (out == cells).all() else out
    link = {"things": "mixed", "clumps": "clump"}.get(picture)
    group = [t for t in (things(cells, link) if link else crowd(cells, "colours").things) if t.size > 2]
    if not 0 < len(group) <= _MOST_THINGS:
        return None
    out = cells.copy()
    for t in group:
        alone = np.zeros_like(cells)
        alone[t.box] = t.cells
        made = _completed(out, alone, symmetry)
        if made is not None:
            out = made
    return None if (out == cells).all() else out


_HIDDEN = 10  # stands for the cells of the hole
PATTERN = Kind("pattern", ("mirrored", "repeated"))


@operation("masked", pattern=PATTERN, result=OTHER, weight=0)
def show_hole(cells: Cells, pattern: str) -> Cells | None:
    """What the one empty rectangle of a mirrored or repeating picture would show."""
    rows, columns = np.nonzero(cells == 0)
    if not 1 < len(rows) < cells.size // 3:
        return None
    if len(rows) != (np.ptp(rows) + 1) * (np.ptp(columns) + 1):
        return None
    masked = np.where(cells == 0, np.uint8(_HIDDEN), cells)
    out: Cells | None = show_mirrored(masked, _HIDDEN) if pattern == "mirrored" else restore_patch(masked, _HIDDEN)
    return None if out is None or out.max() >= _HIDDEN else out
