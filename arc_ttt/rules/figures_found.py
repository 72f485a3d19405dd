"""A figure that is found wherever cells of a colour, or empty ones, have it among them, as in noise: there it is
painted.

`mark_figures(f010r111r010, 1, 2, upright, any)`: every plus of five cells of 1 becomes 2, whatever else touches it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import product

import numpy as np

from arc_ttt.rules.language import Argument, Kind, fits, makes, operation, tried_at_once
from arc_ttt.rules.things import rarest_ink, things
from arc_ttt.types import COLOURS, Cells

_FIGURE = re.compile(r"f[01]+(r[01]+)*")
_FEWEST_CELLS, _MOST_SIDE, _MOST_TRIED, _MOST_PARTS = 3, 6, 3, 40


def _is_figure(word: str) -> bool:
    rows = word[1:].split("r")
    return _FIGURE.fullmatch(word) is not None and len({len(row) for row in rows}) == 1 and "1" in word


FIGURE = Kind("figure", ("f010r111r010", "f11r11", "f10r10r11"), _is_figure)
OF = Kind("colour in which a figure is found", tuple(range(COLOURS)))
BECOMES = Kind("colour that a figure becomes", tuple(range(COLOURS)))
TURNED = Kind("how a figure is turned", ("upright", "turned"))
# Whatever the other cells of its box are, or where none of them has its colour.
REST = Kind("other cells in the box of a figure", ("any", "other"))


@lru_cache(maxsize=128)
def _images(word: str, turned: bool) -> tuple[np.ndarray, ...]:
    """The figure, and all that turns and mirrors make of it."""
    mask = np.array([[c == "1" for c in row] for row in word[1:].split("r")])
    images = [np.rot90(m, k) for m in (mask, mask.T) for k in range(4)] if turned else [mask]
    return tuple({(m.shape, m.tobytes()): m for m in images}.values())


def _found(has: np.ndarray, image: np.ndarray, rest: str) -> np.ndarray:
    """(rows, columns) bool: the cells of all places of the figure."""
    (height, width), (rows, columns) = image.shape, has.shape
    out = np.zeros(has.shape, bool)
    down, across = rows - height + 1, columns - width + 1
    if min(down, across) < 1:
        return out
    at = np.ones((down, across), bool)
    for r, c in product(range(height), range(width)):
        if image[r, c] or rest == "other":
            at &= has[r : r + down, c : c + across] == image[r, c]
    if at.any():
        for r, c in np.argwhere(image):
            out[r : r + down, c : c + across] |= at
    return out


@operation("cells", "noise", figure=FIGURE, of=OF, becomes=BECOMES, turned=TURNED, rest=REST, weight=0)
def mark_figures(cells: Cells, figure: str, of: int, becomes: int, turned: str, rest: str) -> Cells | None:
    """Wherever cells of a colour, or empty ones, have a figure among them, that takes another colour."""
    has = cells == of
    if of == becomes or np.count_nonzero(has) < figure.count("1"):
        return None
    found = np.logical_or.reduce([_found(has, image, rest) for image in _images(figure, turned == "turned")])
    return np.where(found, np.uint8(becomes), cells) if found.any() else None


def _word(mask: np.ndarray) -> str:
    return "f" + "r".join("".join(str(int(v)) for v in row) for row in mask)


@operation("cells", "noise", turned=TURNED, rest=REST, weight=0)
def mark_shown(cells: Cells, turned: str, rest: str) -> Cells | None:
    """The one thing of the rarest colour is a figure: wherever cells of the commonest colour have it among them, they
    take its colour, too."""
    counts = np.bincount(cells.ravel(), minlength=COLOURS)[1:]
    ink, of = rarest_ink(cells), int(counts.argmax()) + 1
    if not ink or counts[ink - 1] < _FEWEST_CELLS or (counts == counts.max()).sum() > 1:
        return None
    group = [t for t in things(np.where(cells == ink, cells, 0), "corner") if t.colour == ink]
    if len(group) != 1 or max(group[0].cells.shape) > _MOST_SIDE:
        return None
    return mark_figures(cells, _word(group[0].cells != 0), of, ink, turned, rest)


tried_at_once("mark_shown")


@fits("mark_figures")
def _fit(shown: Sequence[Cells], wanted: Sequence[Cells]) -> Iterator[tuple[Argument, ...]]:
    """The smallest parts of what changes are figures; that which makes all of it is meant."""
    if any(s.shape != w.shape for s, w in zip(shown, wanted, strict=True)):
        return
    changed = [s != w for s, w in zip(shown, wanted, strict=True)]
    before = {int(v) for s, m in zip(shown, changed, strict=True) for v in np.unique(s[m])}
    after = {int(v) for w, m in zip(wanted, changed, strict=True) for v in np.unique(w[m])}
    if len(before) != 1 or len(after) != 1:
        return
    parts = [t for m in changed for t in things(m.astype(np.uint8), "corner")]
    if not 1 < len(parts) <= _MOST_PARTS * len(shown):
        return
    known: dict[str, int] = {}
    for t in sorted(parts, key=lambda t: t.size):
        if t.size >= _FEWEST_CELLS and max(t.cells.shape) <= _MOST_SIDE:
            known.setdefault(_word(t.cells != 0), t.size)
    least = min((t.size for t in parts), default=0)
    words = [word for word, size in known.items() if size == least][:_MOST_TRIED]
    for word, turned, rest in product(words, TURNED.values, REST.values):
        arguments = (word, next(iter(before)), next(iter(after)), turned, rest)
        if makes(mark_figures, arguments, shown, wanted):
            yield arguments
            return
