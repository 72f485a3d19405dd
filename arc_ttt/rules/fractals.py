"""Each cell of a small grid becomes an image of the whole grid, which one, its colour says: read off demonstrations."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

import numpy as np

from arc_ttt.rules.blocks import IMAGES
from arc_ttt.rules.language import OTHER, Argument, Kind, fits, keyed, makes, operation
from arc_ttt.types import MAX_SIDE, Cells

_ENTRY = re.compile(r"(\d)to([ihvrlktazfonm])")
# What says which image a cell becomes: its colour, or how common that is (1 the most common one, 0 is empty).
SAYS = Kind("what says it", ("colour", "rank"))
CASES = Kind("images by case", ("0toz_1toi_2toh", "0toz_1toi"), keyed(_ENTRY))

_FURTHER: dict[str, Callable[[Cells, int], Cells]] = {
    "z": lambda g, c: np.zeros_like(g),
    "f": np.full_like,
    "o": lambda g, c: np.where(g != 0, c, 0).astype(np.uint8),
    "n": lambda g, c: np.where(g == 0, c, 0).astype(np.uint8),
    "m": lambda g, c: np.where(g == c, c, 0).astype(np.uint8),
}


def _image(grid: Cells, ink: int, letter: str) -> Cells:
    return IMAGES[letter](grid) if letter in IMAGES else _FURTHER[letter](grid, ink)


def _cases(cells: Cells, says: str) -> dict[int, int] | None:
    """The case of each colour; None where two colours are as common."""
    counts = np.bincount(cells.ravel(), minlength=10)
    inks = np.flatnonzero(counts[1:]) + 1
    if says == "colour":
        return {0: 0} | {int(c): int(c) for c in inks}
    if len(set(counts[inks].tolist())) < len(inks):
        return None
    ranked = sorted(inks.tolist(), key=lambda c: -counts[c])
    return {0: 0} | {c: k for k, c in enumerate(ranked, 1)}


@operation("small", says=SAYS, cases=CASES, result=OTHER, weight=0)
def images_by_colour(cells: Cells, says: str, cases: str) -> Cells | None:
    """Each cell becomes the whole grid, mirrored, turned, recoloured, inverted or emptied as the cell's colour says."""
    rows, columns = cells.shape
    table = {int(k): letter for k, letter in _ENTRY.findall(cases)}
    case = _cases(cells, says)
    if max(rows * rows, columns * columns) > MAX_SIDE or case is None:
        return None
    if rows != columns and set(table.values()) & set("lkta"):
        return None
    made = {}
    for ink in np.unique(cells).tolist():
        letter = table.get(case[ink])
        if letter is None:
            return None
        made[ink] = _image(cells, ink, letter)
    return np.concatenate([np.concatenate([made[c] for c in row], axis=1) for row in cells.tolist()])


@fits("images_by_colour")
def _fit(shown: Sequence[Cells], wanted: Sequence[Cells]) -> Iterator[tuple[Argument, ...]]:
    """For each case the first image that all its cells become."""
    if any(w.shape != tuple(n * n for n in s.shape) for s, w in zip(shown, wanted, strict=True)):
        return
    letters = "".join(IMAGES) + "".join(_FURTHER)
    if any(s.shape[0] != s.shape[1] for s in shown):
        letters = re.sub("[lkta]", "", letters)
    for says in map(str, SAYS.values):
        left: dict[int, str] = {}
        for s, w in zip(shown, wanted, strict=True):
            case = _cases(s, says)
            if case is None:
                left = {}
                break
            for (r, k), ink in np.ndenumerate(s):
                block = w[r * s.shape[0] : (r + 1) * s.shape[0], k * s.shape[1] : (k + 1) * s.shape[1]]
                before = left.get(case[int(ink)], letters)
                left[case[int(ink)]] = "".join(x for x in before if np.array_equal(_image(s, int(ink), x), block))
        if left and all(left.values()):
            cases = "_".join(f"{k}to{x[0]}" for k, x in sorted(left.items()))
            if makes(images_by_colour, (says, cases), shown, wanted):
                yield says, cases
                return
