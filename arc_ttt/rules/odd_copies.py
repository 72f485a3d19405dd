"""Copies of one thing of which some lack cells or have too many: what differs is mended, or marked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import product

import numpy as np

from arc_ttt.rules.language import Argument, Kind, fits, operation
from arc_ttt.rules.templates import images
from arc_ttt.rules.things import grown, things
from arc_ttt.types import Cells

COPIES = Kind("what is compared of copies", ("corner", "mixed"))
TURNED = Kind("turned", ("never", "any"))
LACKING = Kind("what becomes of what copies lack", ("stay", "own", *range(1, 10)))
AMISS = Kind("what becomes of what copies have amiss", ("stay", "own", *range(10)))
_MOST_THINGS, _LEAST_CELLS, _MOST_CELLS = 40, 4, 60
# The share of a copy's cells that must be there.
_LEAST_THERE = 0.6

# Rows, columns, and the colours that whole copies have there.
_Flaws = tuple[np.ndarray, np.ndarray, Cells]


def _model(cells: Cells, members: str, turned: str) -> tuple[list[Cells], Cells] | None:
    """The images of the thing of which there are most, two at least, and the grid without these."""
    group = [t for t in things(cells, members) if _LEAST_CELLS <= t.size <= _MOST_CELLS]
    if not 2 <= len(group) <= _MOST_THINGS:
        return None
    faces = [t.cells if members == "mixed" else (t.cells != 0).astype(np.uint8) for t in group]
    views = [list(images(f, turned)) for f in faces]
    keys = [min((v.shape, v.tobytes()) for v in vs) for vs in views]
    (best, most), *others = Counter(keys).most_common(2)
    if most < 2 or (others and others[0][1] == most):
        return None
    rest = cells.copy()
    for t, key in zip(group, keys, strict=True):
        if key == best:
            rest[t.box][t.cells != 0] = 0
    return (views[keys.index(best)], rest) if rest.any() else None


def _best(faces: Sequence[Cells], left: Cells, taken: np.ndarray) -> tuple[Cells, int, int] | None:
    """The image and place that most of what is left speaks for; None where the same speaks for another, or too little
    does."""
    found: list[tuple[int, Cells, int, int]] = []
    for face in faces:
        if face.shape[0] > left.shape[0] or face.shape[1] > left.shape[1]:
            continue
        windows = np.lib.stride_tricks.sliding_window_view(left, face.shape)
        barred = np.lib.stride_tricks.sliding_window_view(taken, face.shape)
        there = ((windows == face) & (face != 0)).sum(axis=(2, 3))
        there[(barred & (face != 0)).any(axis=(2, 3))] = 0
        most = int(there.max())
        found += [(most, face, int(r), int(k)) for r, k in np.argwhere(there == most)]
    most = max((f[0] for f in found), default=0)
    at = [f[1:] for f in found if f[0] == most]
    if not at or most < _LEAST_THERE * np.count_nonzero(at[0][0]):
        return None
    seen = [_seen(left, *f) for f in at[:_MOST_THINGS]]
    return at[0] if len(seen) == len(at) and not any(seen[0] & other for other in seen[1:]) else None


def _seen(left: Cells, face: Cells, top: int, column: int) -> set[tuple[int, int]]:
    """The cells of what is left that an image has."""
    part = left[top : top + face.shape[0], column : column + face.shape[1]]
    return {(top + r, column + k) for r, k in np.argwhere((part == face) & (face != 0)).tolist()}


def _flaws(cells: Cells, members: str, turned: str) -> tuple[_Flaws, _Flaws] | None:
    """What copies lack, and what they have amiss: cells that should be empty, or of another colour."""
    model = _model(cells, members, turned)
    if model is None:
        return None
    faces, rest = model
    taken = (cells != 0) & (rest == 0)
    goal, copies = rest.copy(), np.zeros(cells.shape, bool)
    left = rest if members == "mixed" else (rest != 0).astype(np.uint8)
    for _ in range(_MOST_THINGS):
        found = _best(faces, left, taken)
        if found is None:
            break
        face, top, column = found
        box = slice(top, top + face.shape[0]), slice(column, column + face.shape[1])
        seen = rest[box][(face != 0) & (rest[box] != 0)]
        ink = np.bincount(seen).argmax()
        np.copyto(goal[box], face if members == "mixed" else face * np.uint8(ink), where=face != 0)
        copies[box] |= face != 0
        left = np.where(copies, np.uint8(0), left)
        taken = taken | copies
    # What touches a copy is too much of it; the rest is no copy.
    for t in things(np.where(copies, np.uint8(0), left), "mixed"):
        near = np.pad(copies, 1)[t.top : t.bottom + 3, t.left : t.right + 3]
        if (near & grown(np.pad(t.cells != 0, 1))).any():
            goal[t.box][t.cells != 0] = 0
    lacking, amiss = (rest == 0) & (goal != 0), (rest != 0) & (goal != rest)
    if not lacking.any() and not amiss.any():
        return None
    return (*np.nonzero(lacking), goal[lacking]), (*np.nonzero(amiss), goal[amiss])


@operation("shapes", "copies", members=COPIES, turned=TURNED, lacking=LACKING, amiss=AMISS, weight=0)
def mend_odd(cells: Cells, members: str, turned: str, lacking: int | str, amiss: int | str) -> Cells | None:
    """Most things are copies of one; of the others, what they lack of it is painted, and what they have amiss is
    mended or painted."""
    found = _flaws(cells, members, turned)
    if found is None:
        return None
    out = cells.copy()
    for (rows, columns, own), what in zip(found, (lacking, amiss), strict=True):
        if what != "stay":
            out[rows, columns] = own if what == "own" else what
    return None if (out == cells).all() else out


def _read(flaws: Sequence[_Flaws], shown: Sequence[Cells], wanted: Sequence[Cells]) -> int | str | None:
    """What became of all these cells; None where that is not one thing."""
    before = np.concatenate([grid[f[:2]] for grid, f in zip(shown, flaws, strict=True)])
    after = np.concatenate([grid[f[:2]] for grid, f in zip(wanted, flaws, strict=True)])
    own = np.concatenate([f[2] for f in flaws])
    if (after == before).all():
        return "stay"
    if (after == own).all():
        return "own"
    return int(after[0]) if (after == after[0]).all() else None


@fits("mend_odd")
def _fit(shown: Sequence[Cells], wanted: Sequence[Cells]) -> Iterator[tuple[Argument, ...]]:
    if any(s.shape != w.shape for s, w in zip(shown, wanted, strict=True)):
        return
    for members, turned in product(map(str, COPIES.values), map(str, TURNED.values)):
        found = []
        for s in shown:
            flaws = _flaws(s, members, turned)
            if flaws is None:
                break
            found.append(flaws)
        if len(found) < len(shown):
            continue
        what = [_read([f[k] for f in found], shown, wanted) for k in (0, 1)]
        if None in what or what == ["stay", "stay"] or (what[0] == 0):
            continue
        way = members, turned, *(w for w in what if w is not None)
        made = [mend_odd(s, *way) for s in shown]
        if all(m is not None and bool((m == w).all()) for m, w in zip(made, wanted, strict=True)):
            yield way
            return
