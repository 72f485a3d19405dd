"""Parts of a grid that all have the same colours, each as often: what is empty takes what its part lacks."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from arc_ttt.rules.language import Kind, operation
from arc_ttt.rules.panels import panels
from arc_ttt.types import COLOURS, Cells

GROUPS = Kind("parts with the same colours", ("rows", "columns", "lines", "quarters", "panels"))
_MOST_GAPS = 120


def _groups(cells: Cells, name: str) -> list[np.ndarray]:
    """The positions of the cells of each part, in reading order of the grid; nothing where there are no such parts."""
    at = np.arange(cells.size).reshape(cells.shape)
    if name == "quarters":
        rows, columns = (side // 2 for side in cells.shape)
        if min(rows, columns) < 2:
            return []
        halves = at[:rows], at[-rows:]
        return [half[:, s].ravel() for half in halves for s in (slice(0, columns), slice(-columns, None))]
    if name == "panels":
        found = panels(cells)
        return [at[box].ravel() for box in found.flat] if found else []
    across = list(at) if name in ("rows", "lines") else []
    down = list(at.T) if name in ("columns", "lines") else []
    return across + down


def _lacks(flat: np.ndarray, groups: list[np.ndarray]) -> list[np.ndarray] | None:
    """For each part how often it lacks each colour; None where the parts cannot all have the same."""
    if len(groups) < 2 or len({len(g) for g in groups}) != 1 or len(groups[0]) < 2:
        return None
    counts = np.array([np.bincount(flat[g], minlength=COLOURS) for g in groups])
    counts[:, 0] = 0
    whole = counts.max(axis=0)
    return list(whole - counts) if whole.sum() == len(groups[0]) and np.count_nonzero(whole) > 1 else None


def _told(gaps: dict[int, list[int]], groups: list[np.ndarray], lacks: list[np.ndarray]) -> Iterator[tuple[int, int]]:
    """Gaps with the colour that is the only one their parts all lack, or that no other gap of a part can take."""
    may = {cell: [c for c in range(1, COLOURS) if all(lacks[k][c] > 0 for k in mine)] for cell, mine in gaps.items()}
    for cell, inks in may.items():
        if len(inks) == 1:
            yield cell, inks[0]
    for k, group in enumerate(groups):
        for ink in np.flatnonzero(lacks[k]).tolist():
            able = [cell for cell in group.tolist() if ink in may.get(cell, ())]
            if len(able) == lacks[k][ink]:
                yield from ((cell, ink) for cell in able)


@operation("gappy", "panels", parts=GROUPS, weight=0)
def complete_sets(cells: Cells, parts: str) -> Cells | None:
    """Parts of the grid have the same colours, each as often: empty cells take the colours that their parts lack."""
    groups = _groups(cells, parts)
    flat = cells.ravel().copy()
    lacks = _lacks(flat, groups)
    if lacks is None:
        return None
    gaps: dict[int, list[int]] = {}
    for k, group in enumerate(groups):
        for cell in group[flat[group] == 0].tolist():
            gaps.setdefault(cell, []).append(k)
    if not 0 < len(gaps) <= _MOST_GAPS:
        return None
    while gaps:
        left = len(gaps)
        for cell, ink in list(_told(gaps, groups, lacks)):
            if cell in gaps:
                flat[cell] = ink
                for k in gaps.pop(cell):
                    lacks[k][ink] -= 1
        if len(gaps) == left or any((lack < 0).any() for lack in lacks):
            return None
    return flat.reshape(cells.shape)
