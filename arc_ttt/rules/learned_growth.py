"""Growth with a condition: from the cells of a colour on, empty cells are painted, step by step, wherever they may be.

Where it may grow is what one view of the first grid says: cells that are enclosed, that touch nothing, that lie in a
box. The condition is read off demonstrations: it must tell the cells that were painted from those just beside them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import numpy as np

from arc_ttt.rules.language import MARK, Argument, Kind, fits, operation
from arc_ttt.rules.learned_views_runs import VIEWS, scene
from arc_ttt.types import Cells

_WHERE = (
    "ink", "enclosed", "besides", "touched", "rim", "rowany", "columnany", "rowparity", "columnparity", "checker",
    "inbox", "sides", "around", "hits", "seesup", "seesdown", "seesleft", "seesright", "betweenacross",
    "betweenupright", "rowcolour", "columncolour", "roombordering", "roomlargest", "inframe",
)  # fmt: skip
STEPS: dict[str, tuple[tuple[int, int], ...]] = {
    "sides": ((1, 0), (-1, 0), (0, 1), (0, -1)),
    "corners": ((1, 1), (1, -1), (-1, 1), (-1, -1)),
    "all": tuple((r, c) for r in (-1, 0, 1) for c in (-1, 0, 1) if r or c),
    "across": ((0, 1), (0, -1)),
    "upright": ((1, 0), (-1, 0)),
    "down": ((1, 0),),
    "up": ((-1, 0),),
    "right": ((0, 1),),
    "left": ((0, -1),),
}
_MOST_VALUES, _KEPT, _FEWEST = 3, 4, 4

WAYS = Kind("ways of growth", tuple(STEPS))
GROWN = Kind("colour grown", ("own", *range(1, 10)))
WHERE = Kind("where it grows", _WHERE)
MAY = Kind("values seen", ("c1", "c0_2"), lambda word: re.fullmatch(r"c\d{1,2}(_\d{1,2})*", word) is not None)


def _beside(mask: np.ndarray, ways: str) -> np.ndarray:
    """The cells that one step leads to from `mask`."""
    padded = np.pad(mask, 1)
    height, width = mask.shape
    out = np.zeros_like(mask)
    for r, c in STEPS[ways]:
        out |= padded[1 - r : 1 - r + height, 1 - c : 1 - c + width]
    return out


@operation("spotted", "walls", mark=MARK, ink=GROWN, ways=WAYS, where=WHERE, may=MAY, weight=0)
def grow_where(cells: Cells, mark: int, ink: int | str, ways: str, where: str, may: str) -> Cells | None:
    """From the cells of a colour on, empty cells are painted step by step, but only those where what is seen has
    certain values."""
    now = cells == mark
    free = (cells == 0) & np.isin(scene(cells)[where], [int(v) for v in may[1:].split("_")])
    first = now
    while True:
        more = now | (_beside(now, ways) & free)
        if (more == now).all():
            break
        now = more
    new = now & ~first
    if not new.any():
        return None
    out = cells.copy()
    out[new] = mark if isinstance(ink, str) else ink
    return out


@fits("grow_where")
def _fit(shown: Sequence[Cells], wanted: Sequence[Cells]) -> Iterator[tuple[Argument, ...]]:
    """Sources, ways and views that tell the cells that were painted from those just beside them."""
    if any(s.shape != w.shape for s, w in zip(shown, wanted, strict=True)):
        return
    new = [s != w for s, w in zip(shown, wanted, strict=True)]
    if any(not n.any() or s[n].any() for s, n in zip(shown, new, strict=True)) or sum(n.sum() for n in new) < _FEWEST:
        return
    inks = {int(c) for w, n in zip(wanted, new, strict=True) for c in np.unique(w[n])}
    marks = set.intersection(*(set(np.unique(s).tolist()) for s in shown)) - {0}
    if len(inks) != 1:
        return
    (ink,) = inks
    found = []
    for mark in sorted(marks):
        grown: Argument = "own" if ink == mark else ink
        for rank, ways in enumerate(STEPS):
            beside = [(_beside((s == mark) | n, ways) & (s == 0)) for s, n in zip(shown, new, strict=True)]
            if not any((n & ~b).any() for n, b in zip(new, beside, strict=True)):
                for cost, view, may in _conditions(shown, new, beside):
                    found.append((cost, rank, (mark, grown, ways, view, may)))
    for *_, arguments in sorted(found, key=lambda f: f[:2])[:_KEPT]:
        yield arguments


def _conditions(
    shown: Sequence[Cells], new: Sequence[np.ndarray], beside: Sequence[np.ndarray]
) -> Iterator[tuple[float, str, str]]:
    """(cost, view, values) that tell the new cells from the others among those beside them."""
    for view in _WHERE:
        yes: set[int] = set()
        no: set[int] = set()
        for s, n, b in zip(shown, new, beside, strict=True):
            look = scene(s)[view]
            yes.update(np.unique(look[n]).tolist())
            no.update(np.unique(look[b & ~n]).tolist())
            if yes & no:
                break
        else:
            if len(yes) <= _MOST_VALUES:
                yield VIEWS[view].cost + len(yes), view, "c" + "_".join(map(str, sorted(yes)))
            if not no:  # no condition is needed
                return
