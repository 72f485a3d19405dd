"""Rectangles of one colour each that lie on a repeating or mirrored picture, and what they hide."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from arc_ttt.rules.language import OTHER, Kind, operation
from arc_ttt.rules.laws import explained
from arc_ttt.rules.mirrors import mend_mirrored
from arc_ttt.rules.patterns import repair_period, repair_symmetry
from arc_ttt.types import COLOURS, Cells

_UNKNOWN = COLOURS  # stands for cells that are hidden
_LEAST = 2  # rows and columns of a cover
_Box = tuple[slice, slice]


def _covers(cells: Cells) -> list[_Box]:
    """The boxes of the colours of which all cells make one full rectangle."""
    found = []
    for colour in range(COLOURS):
        rows, columns = np.nonzero(cells == colour)
        if len(rows) < _LEAST * _LEAST:
            continue
        box = np.s_[int(rows.min()) : int(rows.max()) + 1, int(columns.min()) : int(columns.max()) + 1]
        height, width = cells[box].shape
        if min(height, width) >= _LEAST and height * width == len(rows):
            found.append(box)
    return found


@lru_cache(maxsize=64)
def _uncovered(raw: bytes, width: int) -> tuple[Cells, list[_Box]] | None:
    """The picture without its covers, and where they lie; None where there are fewer than two or it is not known."""
    cells = np.frombuffer(raw, np.uint8).reshape(-1, width)
    covers = _covers(cells)
    masked = cells.copy()
    for box in covers:
        masked[box] = _UNKNOWN
    if len(covers) < 2 or 2 * np.count_nonzero(masked == _UNKNOWN) > cells.size:
        return None
    for repair in (repair_period, repair_symmetry, mend_mirrored):
        made: Cells | None = repair(masked, _UNKNOWN)
        if made is not None and made.max() < _UNKNOWN:
            made.flags.writeable = False
            return made, covers
    made = explained(cells, masked != _UNKNOWN)
    if made is None:
        return None
    made.flags.writeable = False
    return made, covers


@operation("masked", weight=0)
def lift_covers(cells: Cells) -> Cells | None:
    """Of a repeating or mirrored picture that lies under several rectangles, each of a colour of its own, all is
    shown."""
    found = _uncovered(cells.tobytes(), cells.shape[1])
    return None if found is None else found[0].copy()


COVER = Kind("which cover", ("largest", "smallest", "highest", "lowest", "leftmost", "rightmost", "tallest", "widest"))


def _chosen(cells: Cells, cover: str) -> tuple[Cells, _Box] | None:
    """The picture without covers, and the one cover that is meant."""
    found = _uncovered(cells.tobytes(), cells.shape[1])
    if found is None:
        return None
    picture, covers = found
    ranks = []
    for rows, columns in covers:
        height, width = rows.stop - rows.start, columns.stop - columns.start
        ranks.append(
            {
                "largest": height * width, "smallest": -height * width, "highest": -rows.start, "lowest": rows.stop,
                "leftmost": -columns.start, "rightmost": columns.stop, "tallest": height, "widest": width,
            }[cover]
        )  # fmt: skip
    return (picture, covers[ranks.index(max(ranks))]) if ranks.count(max(ranks)) == 1 else None


@operation("masked", cover=COVER, result=OTHER, weight=0)
def lift_cover(cells: Cells, cover: str) -> Cells | None:
    """What one of several rectangles, each of a colour of its own, hides in a repeating or mirrored picture."""
    found = _chosen(cells, cover)
    return None if found is None else found[0][found[1]].copy()


@operation("masked", cover=COVER, weight=0)
def lift_only(cells: Cells, cover: str) -> Cells | None:
    """Of several rectangles, each of a colour of its own, that lie on a repeating or mirrored picture one is taken
    away; the others stay."""
    found = _chosen(cells, cover)
    if found is None:
        return None
    out = cells.copy()
    out[found[1]] = found[0][found[1]]
    return out
