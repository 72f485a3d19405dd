"""Things that stand in a row and change by the same from one to the next go on, at both ends, as far as the border."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from arc_ttt.rules.language import LINK, Kind, operation
from arc_ttt.rules.things import Thing, border, things
from arc_ttt.types import Cells

# Things that a series has at least and at most.
FEWEST, MOST = 3, 20
PAST = Kind("what is cut off at the border", ("cut", "left_out"))


def _cross(height: int, width: int) -> np.ndarray:
    mask = np.zeros((height, width), bool)
    mask[height // 2] = mask[:, width // 2] = True
    return mask


def _steps(height: int, width: int) -> np.ndarray:
    return np.tri(height, width, dtype=bool)


# Forms of any size.
_FORMS: tuple[Callable[[int, int], np.ndarray], ...] = (
    lambda h, w: np.ones((h, w), bool),
    lambda h, w: border((h, w)),
    _cross,
    lambda h, w: np.eye(h, w, dtype=bool),
    lambda h, w: np.eye(h, w, dtype=bool)[::-1],
    _steps,
    lambda h, w: _steps(h, w)[::-1],
    lambda h, w: _steps(h, w)[:, ::-1],
    lambda h, w: _steps(h, w)[::-1, ::-1],
)


def _series(group: Sequence[Thing]) -> tuple[np.ndarray, int, Callable[[int, int], np.ndarray]] | None:
    """The constant differences of (top, left, height, width), the period of the colours, and what form all have."""
    boxes = np.array([(t.top, t.left, t.height, t.width) for t in group])
    change = np.diff(boxes, axis=0)
    if (change != change[0]).any() or not change[0].any():
        return None
    inks = [t.colour for t in group]
    period = next((p for p in range(1, len(group)) if inks[p:] == inks[:-p]), 0)
    if not period:
        return None
    masks = [t.cells != 0 for t in group]
    if all(m.shape == masks[0].shape and (m == masks[0]).all() for m in masks):
        return change[0], period, lambda h, w: masks[0]
    form = next((f for f in _FORMS if all((f(*m.shape) == m).all() for m in masks)), None)
    return None if form is None else (change[0], period, form)


@operation("objects", "beginning", link=LINK, past=PAST, weight=0)
def continue_growing(cells: Cells, link: str, past: str) -> Cells | None:
    """The things are a series, in which places, sizes and colours change by the same each time: it goes on as far as
    the border."""
    group = sorted(things(cells, link), key=lambda t: (t.left, t.top))
    if not FEWEST <= len(group) <= MOST or any(len(np.unique(t.cells[t.cells != 0])) > 1 for t in group):
        return None
    found = _series(group)
    if found is None:
        group = sorted(group, key=lambda t: (t.top, t.left))
        found = _series(group)
    if found is None:
        return None
    change, period, form = found
    out, inks, n = cells.copy(), [t.colour for t in group], len(group)
    first = np.array((group[0].top, group[0].left, group[0].height, group[0].width))
    for way in (1, -1):
        i = n if way > 0 else -1
        while True:
            top, left, height, width = (first + i * change).tolist()
            rows, columns = slice(max(top, 0), max(top + height, 0)), slice(max(left, 0), max(left + width, 0))
            if min(height, width) < 1 or not out[rows, columns].size or abs(i) > out.size:
                break
            shape = out[rows, columns].shape
            if past == "left_out" and shape != (height, width):
                break
            mask = form(height, width)[rows.start - top :, columns.start - left :][: shape[0], : shape[1]]
            new = out[rows, columns]
            new[mask & (new == 0)] = inks[i % period]
            i += way
    return None if (out == cells).all() else out
