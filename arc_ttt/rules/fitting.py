"""Pieces that fit: a thing is completed to a full rectangle by another thing, or its gaps by those of their shape."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from arc_ttt.rules.language import LINK, OTHER, Kind, operation
from arc_ttt.rules.things import Thing, paste, things
from arc_ttt.types import Cells

_MOST_THINGS = 20


def _joined_at(a: Thing, piece: Thing) -> tuple[int, int, int, bool] | None:
    """Where the piece lies (row, column) so that it and `a` are one full rectangle, how long that is, and whether
    across; None where they cannot be."""
    total = a.size + piece.size
    for across in (True, False):
        side, other = (a.height, piece.height) if across else (a.width, piece.width)
        if side != other or total % side:
            continue
        length = total // side
        first, last = (a.left, a.right) if across else (a.top, a.bottom)
        own = piece.width if across else piece.height
        if length <= max(last - first + 1, own):  # neither holds the other
            continue
        # Behind its end, or before its beginning.
        for start in (first, last - length + 1):
            at = start + length - own if start == first else start
            box = np.zeros((side, length) if across else (length, side), np.uint8)
            mine, theirs = (a.cells != 0), (piece.cells != 0)
            if across:
                box[:, first - start : last - start + 1] += mine
                box[:, at - start : at - start + own] += theirs
            else:
                box[first - start : last - start + 1] += mine
                box[at - start : at - start + own] += theirs
            if (box == 1).all():
                return (a.top, at, length, across) if across else (at, a.left, length, across)
    return None


def _matched(holders: Sequence[Thing], pieces: Sequence[Thing]) -> list[tuple[Thing, int, int]] | None:
    """A piece for each holder, with its new place, so that all rectangles are as long; None where that is not one."""
    found = [[(p, at) for p in pieces if (at := _joined_at(a, p)) is not None] for a in holders]
    lengths = set.intersection(*({at[2:] for _, at in f} for f in found))
    for length in sorted(lengths):
        fits = [[(p, at) for p, at in f if at[2:] == length] for f in found]
        used: list[tuple[Thing, int, int]] = []
        left = sorted(fits, key=len)
        for f in left:
            free = [(p, at) for p, at in f if all(p is not u[0] for u in used)]
            if not free:
                break
            used.append((free[0][0], free[0][1][0], free[0][1][1]))
        else:
            return used
    return None


@operation("shapes", "objects", link=LINK, weight=0)
def fit_pieces(cells: Cells, link: str) -> Cells | None:
    """Each thing of the colour that most things have is completed to a full rectangle by another thing that fits it,
    which moves there; all these rectangles are as long."""
    group = things(cells, link)
    if not 2 <= len(group) <= _MOST_THINGS:
        return None
    counts = Counter(t.colour for t in group)
    for colour, n in counts.most_common(2):
        holders = [t for t in group if t.colour == colour]
        pieces = [t for t in group if t.colour != colour]
        if n > len(pieces):
            continue
        used = _matched(holders, pieces)
        if used is None:
            continue
        out = cells.copy()
        for p, _, _ in used:
            out[p.box][p.cells != 0] = 0
        for p, top, left in used:
            paste(out, p.cells, top, left)
        return None if (out == cells).all() else out
    return None


FILLERS = Kind("fillers afterwards", ("vanish", "stay"))


@operation("shapes", "objects", fillers=FILLERS, link=LINK, weight=0)
def fill_gaps_alike(cells: Cells, fillers: str, link: str) -> Cells | None:
    """The gaps in the box of a thing take the colour of other things that have their shape, where each gap finds one;
    these vanish or stay."""
    found = _filled(cells, link)
    if found is None:
        return None
    out, used, _ = found
    for p in used if fillers == "vanish" else ():
        out[p.box][p.cells != 0] = 0
    return out


@operation("shapes", "objects", link=LINK, result=OTHER, weight=0)
def crop_filled(cells: Cells, link: str) -> Cells | None:
    """The box of the one thing whose gaps all have the shape of other things, filled with their colours."""
    found = _filled(cells, link)
    return found[0][found[2][0].box].copy() if found and len(found[2]) == 1 else None


def _filled(cells: Cells, link: str) -> tuple[Cells, list[Thing], list[Thing]] | None:
    """The grid with the gaps of things filled, the things that fill them, and the things that are filled."""
    group = things(cells, link)
    if not 2 <= len(group) <= _MOST_THINGS:
        return None
    shapes: dict[object, list[Thing]] = {}
    for t in group:
        shapes.setdefault(t.form, []).append(t)
    out, used, whole = cells.copy(), [], []
    for t in group:
        gaps = things((cells[t.box] == 0).astype(np.uint8), "side")
        found = [[p for p in shapes.get(g.form, ()) if p is not t and p.colour != t.colour] for g in gaps]
        if t.size < 3 or not gaps or not all(found) or any(len({p.colour for p in f}) > 1 for f in found):
            continue
        for g, f in zip(gaps, found, strict=True):
            out[t.box][g.box][g.cells != 0] = f[0].colour
        used += [p for f in found for p in f]
        whole.append(t)
    return (out, used, whole) if whole else None
