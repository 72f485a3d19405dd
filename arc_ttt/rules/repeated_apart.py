"""Grid → its largest thing as often as something besides it is counted, side by side, perhaps a cell apart and in the
colour of what is counted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

import numpy as np

from arc_ttt.rules.language import AXIS, OTHER, Argument, Kind, fits, makes, operation
from arc_ttt.rules.sized_figures import SIDE_COUNTS
from arc_ttt.rules.things import Thing, colours, things
from arc_ttt.types import MAX_SIDE, Cells

_MOST_THINGS, _KEPT = 30, 2
TIMES_SHOWN = Kind("how often it is shown", tuple(SIDE_COUNTS))
BETWEEN = Kind("cells between copies", ("gap0", "gap1", "gap2"))
COPY_INK = Kind("colour of copies", ("own", "counted"))


def largest_apart(cells: Cells) -> tuple[Thing, Cells] | None:
    """The one largest thing (of any colours), and the grid without it."""
    group = things(cells, "mixed")
    sizes = [t.size for t in group]
    if not 2 <= len(group) <= _MOST_THINGS or sizes.count(max(sizes)) > 1 or max(sizes) < 2:
        return None
    t = group[sizes.index(max(sizes))]
    rest = cells.copy()
    rest[t.box][t.cells != 0] = 0
    return t, rest


@operation("objects", "spotted", times=TIMES_SHOWN, axis=AXIS, gap=BETWEEN, ink=COPY_INK, result=OTHER, weight=0)
def repeat_apart(cells: Cells, times: str, axis: str, gap: str, ink: str) -> Cells | None:
    """Only the largest thing, side by side (horizontal) or one below the other as often as something besides it is
    counted, with or without empty cells between, in its own colours or in that of all else."""
    found = largest_apart(cells)
    if found is None:
        return None
    t, rest = found
    n, apart = SIDE_COUNTS[times](rest), int(gap[-1])
    picture = t.cells if axis == "horizontal" else t.cells.T
    if not 0 < n <= MAX_SIDE or n * picture.shape[1] + (n - 1) * apart > MAX_SIDE:
        return None
    if ink == "counted":
        inks = colours(rest)
        if len(inks) != 1:
            return None
        picture = np.where(picture != 0, np.uint8(inks[0]), np.uint8(0))
    room = np.zeros((len(picture), apart), np.uint8)
    out = np.concatenate([picture, *(p for _ in range(n - 1) for p in (room, picture))], axis=1)
    return np.ascontiguousarray(out if axis == "horizontal" else out.T)


@fits("repeat_apart")
def _fit(shown: Sequence[Cells], wanted: Sequence[Cells]) -> Iterator[tuple[Argument, ...]]:
    """What is counted, where the number is not always the same."""
    kept = 0
    pairs = [largest_apart(s) for s in shown]
    if len({w.size for w in wanted}) == 1 and len({t[0].cells.shape for t in pairs if t}) == 1:
        return
    if not all(pairs):
        return
    for axis, gap in product(map(str, AXIS.values), map(str, BETWEEN.values)):
        often = [_times(t.cells, w, axis, int(gap[-1])) for (t, _), w in zip(filter(None, pairs), wanted, strict=True)]
        if not all(often):
            continue
        for times, count in SIDE_COUNTS.items():
            if all(count(rest) == n for (_, rest), n in zip(filter(None, pairs), often, strict=True)):
                ways = [(times, axis, gap, ink) for ink in COPY_INK.values]
                right = [way for way in ways if makes(repeat_apart, way, shown, wanted)][:1]
                yield from right
                kept += len(right)
                if kept == _KEPT:
                    return
                if not right:
                    break


def _times(piece: Cells, wanted: Cells, axis: str, apart: int) -> int:
    """How many copies of a piece, so far apart, are as large as what is wanted; 0 where none are."""
    across = axis == "horizontal"
    n, rest = divmod(wanted.shape[across] + apart, piece.shape[across] + apart)
    return 0 if rest or wanted.shape[not across] != piece.shape[not across] else n
