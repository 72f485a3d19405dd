"""Pictures of several colours that stand in full, and scattered cells each of which is a part of one of them again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from arc_ttt.rules.language import Kind, operation
from arc_ttt.rules.templates import images
from arc_ttt.rules.things import Thing, colours, paste, things
from arc_ttt.types import Cells

TURNED = Kind("turned", ("never", "any"))
FEWEST_CELLS, MOST_TEMPLATES, MOST_LOOSE = 4, 6, 40
# An image of a template, where it lies (top, left), and the scattered cells that it explains.
_Place = tuple[Cells, int, int, frozenset[tuple[int, int]]]


@operation("shapes", "markers", turned=TURNED, weight=0)
def complete_scattered(cells: Cells, turned: str) -> Cells | None:
    """Where some cells of a picture of several colours lie again, the rest of it is painted; every cell outside of the
    pictures must be a part of one."""
    group = things(cells, "mixed")
    full = [t for t in group if len(colours(t.cells)) > 1 and t.size >= FEWEST_CELLS]
    if not 0 < len(full) <= MOST_TEMPLATES:
        return None
    loose = {
        (r + t.top, c + t.left): int(t.cells[r, c])
        for t in group
        if t not in full
        for r, c in np.argwhere(t.cells).tolist()
    }
    if not 0 < len(loose) <= MOST_LOOSE or max(t.size for t in group if t not in full) >= min(t.size for t in full):
        return None
    out = cells.copy()
    while loose:
        best = _best(full, loose, turned)
        if best is None:
            return None
        image, top, left, explained = best
        paste(out, image, top, left)
        loose = {at: ink for at, ink in loose.items() if at not in explained}
    return out


def _best(full: Sequence[Thing], loose: dict[tuple[int, int], int], turned: str) -> _Place | None:
    """The place that explains most cells, and contradicts none; none where other places explain some of these cells as
    well, and as many."""
    asked: list[tuple[int, Cells, int, int, list[tuple[int, int, int]]]] = []
    for t in full:
        for n, image in enumerate(images(t.cells, turned)):
            inked = [(int(r), int(c), int(image[r, c])) for r, c in np.argwhere(image)]
            hits = Counter((y - r, x - c) for (y, x), ink in loose.items() for r, c, own in inked if own == ink)
            # Of a single cell nothing says how a picture is turned.
            asked += [(k, image, top, left, inked) for (top, left), k in hits.items() if k > 1 or n == 0]
    best: list[_Place] = []
    for count, image, top, left, inked in sorted(asked, key=lambda a: -a[0]):
        if best and count < len(best[0][3]):
            break
        seen = [at for r, c, _ in inked if (at := (r + top, c + left)) in loose]
        if len(seen) == count:
            best.append((image, top, left, frozenset(seen)))
    first = min(best, key=lambda f: (f[1], f[2]), default=None)
    if first is None or any(f is not first and f[3] & first[3] and not _alike(f, first) for f in best):
        return None
    return first


def _alike(a: _Place, b: _Place) -> bool:
    return a[1:3] == b[1:3] and a[0].shape == b[0].shape and bool((a[0] == b[0]).all())
