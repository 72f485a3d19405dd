"""Things that are their own mirror images lie in part under patches of one colour, which several of them share."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import numpy as np

from arc_ttt.rules.language import MARK, Argument, Kind, fits, makes, operation
from arc_ttt.rules.places import within
from arc_ttt.rules.things import Thing, colours, things
from arc_ttt.types import COLOURS, Cells

SHARED = "shared"
PATCHES = Kind("colour of patches", (SHARED, *MARK.values))
_MOST_THINGS, _LEAST_SHARE = 15, 0.3
# Where a mirror takes (row, column), by the sums or the difference of both that stay.
_Mirror = Callable[[np.ndarray, np.ndarray, int], tuple[np.ndarray, np.ndarray]]
_MIRRORS: tuple[_Mirror, ...] = (
    lambda r, c, s: (r, s - c),
    lambda r, c, s: (s - r, c),
    lambda r, c, s: (c + s, r - s),
    lambda r, c, s: (s - c, s - r),
)


def shared_ink(group: Sequence[Thing]) -> int:
    """The one colour that the most things of several colours have; 0 where there is none, or fewer than two have it."""
    counts = np.zeros(COLOURS, int)
    for t in group:
        present = colours(t.cells)
        if len(present) > 1:
            counts[present] += 1
    top = int(counts.max())
    return int(counts.argmax()) if top > 1 and int((counts == top).sum()) == 1 else 0


def _axes(t: Thing, kind: int) -> Iterator[int]:
    """Where the axis of a mirror may lie within a thing's box."""
    if kind < 2:
        low, high = (t.left, t.right) if kind == 0 else (t.top, t.bottom)
        yield from range(2 * low + 1, 2 * high)
    elif kind == 2:
        yield from range(t.top - t.left - 1, t.top - t.left + 2)
    else:
        yield from range(t.top + t.right - 1, t.top + t.right + 2)


def _best(cells: Cells, t: Thing, hidden: np.ndarray, kind: int) -> tuple[int, int] | None:
    """(matches, axis): the axis of one kind about which most of a thing's cells lie on like ones, and none on others
    but on hidden ones."""
    rows, columns = np.nonzero((t.cells != 0) & ~hidden[t.box])
    rows, columns = rows + t.top, columns + t.left
    own = cells[rows, columns]
    best: tuple[int, int] | None = None
    for s in _axes(t, kind):
        y, x = _MIRRORS[kind](rows, columns, s)
        if not within(cells, y, x).all():
            continue
        met, covered = cells[y, x], hidden[y, x]
        if ((met != own) & ~covered).any():
            continue
        moved = (y != rows) | (x != columns)
        matches = int((~covered & moved).sum())
        if matches >= _LEAST_SHARE * len(rows) and (best is None or matches > best[0]):
            best = matches, s
    return best


def _shown(cells: Cells, t: Thing, ink: int) -> Cells | None:
    """The grid with what a thing's patches hide; None where it is no mirror image of itself."""
    hidden: np.ndarray = np.zeros(cells.shape, bool)
    hidden[t.box] = t.cells == ink
    axes = [(best, kind) for kind in range(4) if (best := _best(cells, t, hidden, kind)) is not None]
    if not axes:
        return None
    out = cells.copy()
    out[hidden] = 0
    left = hidden.copy()
    for (_, s), kind in sorted(axes, key=lambda a: (-a[0][0], a[1])):
        rows, columns = np.nonzero(left)
        y, x = _MIRRORS[kind](rows, columns, s)
        inside = within(cells, y, x)
        rows, columns, y, x = rows[inside], columns[inside], y[inside], x[inside]
        known = ~left[y, x]
        out[rows[known], columns[known]] = out[y[known], x[known]]
        left[rows[known], columns[known]] = False
    return out


@operation("masked", "symmetric", "objects", ink=PATCHES, weight=0)
def lift_patches(cells: Cells, ink: int | str) -> Cells | None:
    """Each thing that patches of one colour (that which the most things share) lie on is its own mirror image: what
    they hide is shown."""
    group = things(cells, "mixed")
    if not 0 < len(group) <= _MOST_THINGS:
        return None
    patch = shared_ink(group) if ink == SHARED else int(ink)
    if not patch or not (cells == patch).any():
        return None
    out = cells
    for t in group:
        if (t.cells == patch).any():
            if (t.cells[t.cells != 0] == patch).all():
                return None
            made = _shown(out, t, patch)
            if made is None:
                return None
            out = made
    return out


@fits("lift_patches")
def _fit(shown: Sequence[Cells], wanted: Sequence[Cells]) -> Iterator[tuple[Argument, ...]]:
    if any(s.shape != w.shape for s, w in zip(shown, wanted, strict=True)):
        return
    gone = set(range(1, COLOURS))
    for s, w in zip(shown, wanted, strict=True):
        changed = np.unique(s[s != w]).tolist()
        if len(changed) != 1 or not changed[0] or (w == changed[0]).any():
            return
        gone &= {int(changed[0])}
    inks: list[int | str] = [*sorted(gone), SHARED]
    for ink in inks:
        if makes(lift_patches, (ink,), shown, wanted):
            yield (ink,)
            return
