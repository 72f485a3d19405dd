"""The grid rolled round: by as many cells as the demonstrations show, or by half of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import numpy as np

from arc_ttt.rules.language import Argument, Kind, fits, makes, operation
from arc_ttt.types import Cells

_BY = re.compile(r"([mp])(\d\d?)|half")


def _is_roll(word: str) -> bool:
    return _BY.fullmatch(word) is not None


# How far: cells (m for up or left), or half of the grid.
BY = Kind("rolled by", ("p0", "p4", "m5", "half"), _is_roll)


def _cells(word: str, side: int) -> int | None:
    if word == "half":
        return None if side % 2 else side // 2
    return int(word[1:]) * (-1 if word[0] == "m" else 1)


@operation("stripes", "pattern", "objects", down=BY, right=BY, weight=0)
def roll_by(cells: Cells, down: str, right: str) -> Cells | None:
    """Everything moves so many cells, or half of the grid, down and to the right; what leaves the grid comes back on
    the other side."""
    rows, columns = _cells(down, cells.shape[0]), _cells(right, cells.shape[1])
    return None if rows is None or columns is None else np.roll(cells, (rows, columns), (0, 1))


@fits("roll_by")
def _fit(shown: Sequence[Cells], wanted: Sequence[Cells]) -> Iterator[tuple[Argument, ...]]:
    left: set[tuple[str, str]] | None = None
    for a, b in zip(shown, wanted, strict=True):
        if a.shape != b.shape or (np.bincount(a.ravel(), minlength=10) != np.bincount(b.ravel(), minlength=10)).any():
            return
        found = {w for w in (_ways(a, b) if left is None else left) if makes(roll_by, w, (a,), (b,))}
        left = found
        if not left:
            return
    best = sorted(left or (), key=lambda w: (sum(int(x[1:] or 0) if x != "half" else 1 for x in w), w))
    yield from best[:2]


def _ways(a: Cells, b: Cells) -> Iterator[tuple[str, str]]:
    """The ways that bring the first cell of the rarest colour to one of that colour."""
    counts = np.bincount(a.ravel(), minlength=10)
    ink = int(np.where(counts > 0, counts, 9999).argmin())
    first = np.argwhere(a == ink)[0]
    for at in np.argwhere(b == ink)[:40]:
        ways = [_words(int(n), side) for n, side in zip(at - first, a.shape, strict=True)]
        yield from ((d, r) for d in ways[0] for r in ways[1] if (d, r) != ("p0", "p0"))


def _words(n: int, side: int) -> list[str]:
    """All that moves by n cells, the shorter way round first."""
    n = (n + side // 2) % side - side // 2
    words = [f"p{n}" if n >= 0 else f"m{-n}"]
    return [*words, "half"] if 2 * abs(n) == side else words
