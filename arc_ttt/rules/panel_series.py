"""Panels that are a series or a table: what follows them, or what the one empty panel must be.

A rule is believed where it holds for all that is shown: a turn, a shift of each colour, new colours, what was added
last being added again further on; in a table also what two panels of each row make together.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise, takewhile
from operator import itemgetter

import numpy as np

from arc_ttt.rules.blocks import IMAGES
from arc_ttt.rules.language import OTHER, Kind, operation, same
from arc_ttt.rules.panels import panels
from arc_ttt.rules.things import colours
from arc_ttt.types import COLOURS, Cells

# Panels of a series at least, and of a table at most; cells of the longest shift.
FEWEST, MOST, FARTHEST = 3, 16, 6
SERIES = Kind("what of a series is shown", ("next", "filled", "framed"))
TABLE = Kind("what of a table is shown", ("alone", "filled"))
# The likelier first.
_TURNS = tuple(IMAGES[way] for way in "ilkrhvt")
_TOGETHER: tuple[Callable[[Cells, Cells], Cells], ...] = (
    lambda a, b: np.where((a != 0) != (b != 0), np.maximum(a, b), 0).astype(np.uint8),
    lambda a, b: np.where(a != 0, a, b),
    lambda a, b: np.where(b != 0, b, a),
    lambda a, b: np.where(b != 0, a, 0).astype(np.uint8),
    lambda a, b: np.where(b == 0, a, 0).astype(np.uint8),
    lambda a, b: np.where(a == 0, b, 0).astype(np.uint8),
)
Pair = tuple[Cells, Cells]


def _shifted(mask: np.ndarray, down: int, right: int, round_: bool) -> np.ndarray:
    """A mask moved, around the border or out of it."""
    out = np.roll(mask, (down, right), (0, 1))
    if not round_:
        if down:
            out[slice(0, down) if down > 0 else slice(down, None)] = False
        if right:
            out[:, slice(0, right) if right > 0 else slice(right, None)] = False
    return out


_SHIFTS = sorted(
    ((d, r) for d in range(-FARTHEST, FARTHEST + 1) for r in range(-FARTHEST, FARTHEST + 1)),
    key=lambda m: (abs(m[0]) + abs(m[1]), m),
)


def _shift(pairs: Sequence[tuple[np.ndarray, np.ndarray]]) -> tuple[int, int, bool] | None:
    """The shortest shift that makes the second mask of each pair of the first."""
    if any(np.count_nonzero(b) > np.count_nonzero(a) for a, b in pairs):
        return None
    for round_ in (False, True):
        for down, right in _SHIFTS:
            if all(max(abs(down), 0) < a.shape[0] and abs(right) < a.shape[1] for a, _ in pairs) and all(
                (_shifted(a, down, right, round_) == b).all() for a, b in pairs
            ):
                return down, right, round_
    return None


def steps(pairs: Sequence[Pair]) -> Iterator[Callable[[Cells], Cells | None]]:
    """What makes the second panel of each pair of the first."""
    for turn in _TURNS:
        if all(same(turn(a), b) for a, b in pairs):
            yield turn
    inks = sorted({c for pair in pairs for p in pair for c in colours(p)})
    # As soon as one colour has no way, the others are not looked at.
    found = takewhile(itemgetter(1), ((c, _shift([(a == c, b == c) for a, b in pairs])) for c in inks))
    ways = dict(found)
    if len(ways) == len(inks):

        def moved(cells: Cells) -> Cells | None:
            out = np.zeros_like(cells)
            for c in inks:
                way = ways[c]
                assert way is not None
                mask = _shifted(cells == c, *way)
                if (cells == c).any() and not mask.any():  # what would be gone comes back on the other side
                    mask = _shifted(cells == c, way[0], way[1], True)
                out[mask] = c
            return out

        yield moved
    table = np.zeros(COLOURS, np.uint8)
    for a, b in pairs:
        table[a] = b
    if all(same(table[a], b) for a, b in pairs):
        known = np.zeros(COLOURS, bool)
        for a, _ in pairs:
            known[a] = True
        yield lambda cells: table[cells] if known[cells].all() else None


def following(parts: Sequence[Cells]) -> Cells | None:
    """What comes after a series of panels."""
    for step in steps(list(pairwise(parts))):
        made = step(parts[-1])
        if made is not None:
            return made
    for period in range(2, len(parts) // 2 + 1):
        if all(same(a, b) for a, b in zip(parts, parts[period:], strict=False)):
            return parts[len(parts) - period]
    made = _more(parts)
    return _less(parts) if made is None else made


def _more(parts: Sequence[Cells]) -> Cells | None:
    """What comes next where each panel has what the one before has, and more."""
    new = [np.where(a == 0, b, 0).astype(np.uint8) for a, b in pairwise(parts)]
    if all(same(np.where(a != 0, a, n), b) for (a, b), n in zip(pairwise(parts), new, strict=True)):
        for step in steps(list(pairwise(new))):
            more = step(new[-1])
            if more is not None and (more != 0)[parts[-1] == 0].any():
                return np.where(parts[-1] != 0, parts[-1], more)
    return None


def _less(parts: Sequence[Cells]) -> Cells | None:
    """What comes next where each panel has only some of what the one before has."""
    gone = [np.where(b == 0, a, 0).astype(np.uint8) for a, b in pairwise(parts)]
    if all(same(np.where(g != 0, np.uint8(0), a), b) for (a, b), g in zip(pairwise(parts), gone, strict=True)):
        for step in steps(list(pairwise(gone))):
            less = step(gone[-1])
            if less is not None and ((less != 0) & (parts[-1] != 0)).any():
                return np.where(less != 0, np.uint8(0), parts[-1])
    return None


def _framed(cells: Cells, boxes: Sequence[tuple[slice, slice]], made: Cells) -> Cells | None:
    """A panel within the lines along the borders of the grid, as broad as these are there; None where there are none
    that go on as they are."""
    top, left = boxes[0][0].start, boxes[0][1].start
    below, after = len(cells) - boxes[-1][0].stop, cells.shape[1] - boxes[-1][1].stop
    lines = cells[:top], cells[len(cells) - below :], cells[:, :left].T, cells[:, cells.shape[1] - after :].T
    if not top + left + below + after or any(len(line) and (line != line[:, :1]).any() for line in lines):
        return None
    out = np.pad(made, ((top, below), (left, after)))
    out[:, :left], out[:, out.shape[1] - after :] = lines[2][:, :1].T, lines[3][:, :1].T
    out[:top], out[len(out) - below :] = lines[0][:, :1], lines[1][:, :1]
    return out


@operation("panels", show=SERIES, result=OTHER, weight=0)
def continue_panels(cells: Cells, show: str) -> Cells | None:
    """Panels side by side are a series (each is the one before turned, shifted, recoloured, or with more of the same):
    the next one, perhaps within the grid's border lines, or all empty ones at the end are filled."""
    found = panels(cells)
    if found is None or (len(found.boxes) > 1 and len(found.boxes[0]) > 1) or not FEWEST <= len(found.flat) <= MOST:
        return None
    parts = [cells[b] for b in found.flat]
    if len({p.shape for p in parts}) > 1:
        return None
    if show in ("next", "framed"):
        made = following(parts) if any(not same(a, b) for a, b in pairwise(parts)) else None
        return _framed(cells, found.flat, made) if made is not None and show == "framed" else made
    full = [p for p in parts if p.any()]
    if not FEWEST <= len(full) < len(parts) or any(p.any() for p in parts[len(full) :]):
        return None
    out = cells.copy()
    for box in found.flat[len(full) :]:
        made = following(full)
        if made is None:
            return None
        out[box] = made
        full.append(made)
    return out


@operation("panels", show=TABLE, result=OTHER, weight=0)
def complete_table(cells: Cells, show: str) -> Cells | None:
    """The one empty (or plain) panel of a table becomes what its row and its column make it: as the other rows (or
    columns) are, so must its own be."""
    found = panels(cells)
    if found is None or min(len(found.boxes), len(found.boxes[0])) < 2 or not 4 < len(found.flat) <= MOST:
        return None
    rows = [[cells[b] for b in row] for row in found.boxes]
    if len({p.shape for row in rows for p in row}) > 1 or rows[0][0].size < 2:
        return None
    plain = [(r, k) for r, row in enumerate(rows) for k, p in enumerate(row) if (p == p[0, 0]).all()]
    empty = [(r, k) for r, k in plain if not rows[r][k].any()]
    at = empty if len(empty) == 1 else plain
    if len(at) != 1:
        return None
    r, k = at[0]
    made = _in_table(rows, r, k) or _in_table([list(x) for x in zip(*rows, strict=True)], k, r) or _crossed(rows, r, k)
    if made is None:
        return None
    if show == "alone":
        return made[0].copy()
    out = cells.copy()
    out[found.boxes[r][k]] = made[0]
    return out


def _in_table(rows: list[list[Cells]], r: int, k: int) -> tuple[Cells] | None:
    """What the panel at (r, k) must be so that its row is as the others are, two at least."""
    if k == 0:  # read from the other end
        rows, k = [row[::-1] for row in rows], len(rows[0]) - 1
    others, mine = [row for i, row in enumerate(rows) if i != r], rows[r]
    if len(others) < FEWEST - 1:
        return None
    made = _from_before(others, mine) if k == len(mine) - 1 else None
    return _missing(others, mine, k) if made is None else (made,)


def _from_before(others: list[list[Cells]], mine: list[Cells]) -> Cells | None:
    """The last panel of a row, as the last ones of the others are made of those before."""
    if len(mine) == FEWEST:
        for way in _TOGETHER:
            if all(same(way(a, b), c) for a, b, c in others):
                return way(mine[0], mine[1])
    made = (step(mine[-2]) for step in steps([p for row in (*others, mine[:-1]) for p in pairwise(row)]))
    return next((m for m in made if m is not None), None)


def _missing(others: list[list[Cells]], mine: list[Cells], k: int) -> tuple[Cells] | None:
    """The panel that a row lacks, where all others have the same panels."""
    bags = [Counter(p.tobytes() for p in row) for row in others]
    if any(b != bags[0] for b in bags):
        return None
    rest = bags[0] - Counter(p.tobytes() for i, p in enumerate(mine) if i != k)
    return (np.frombuffer(next(iter(rest)), np.uint8).reshape(mine[0].shape),) if rest.total() == 1 else None


def _crossed(rows: list[list[Cells]], r: int, k: int) -> tuple[Cells] | None:
    """The form of its row in the colour of its column, or the other way round."""
    for flipped in (False, True):
        lines = [list(x) for x in zip(*rows, strict=True)] if flipped else rows
        i, j = (k, r) if flipped else (r, k)
        forms = [{(p != 0).tobytes() for m, p in enumerate(row) if (n, m) != (i, j)} for n, row in enumerate(lines)]
        inks = [
            {tuple(colours(p)) for n, p in enumerate(post) if (n, m) != (i, j)}
            for m, post in enumerate(zip(*lines, strict=True))
        ]
        if all(len(f) == 1 for f in forms) and all(len(c) == 1 and len(next(iter(c))) == 1 for c in inks):
            form = np.frombuffer(next(iter(forms[i])), bool).reshape(lines[0][0].shape)
            return (form.astype(np.uint8) * np.uint8(next(iter(inks[j]))[0]),)
    return None
