"""Figures as large as something is counted; gaps in lines chosen by their width; two colours that change places."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise, product

import numpy as np

from arc_ttt.rules.features import feature
from arc_ttt.rules.language import AXIS, OTHER, Argument, Kind, fits, makes, operation
from arc_ttt.rules.refilled import OFTEN_FEATURE
from arc_ttt.rules.things import colours
from arc_ttt.rules.whole import by_abundance
from arc_ttt.types import MAX_SIDE, Cells

_FIGURES: dict[str, Callable[[int], np.ndarray]] = {
    "square": lambda n: np.ones((n, n), bool),
    "frame": lambda n: np.pad(np.zeros((max(0, n - 2),) * 2, bool), 1, constant_values=True)[:n, :n],
    "falling": lambda n: np.eye(n, dtype=bool),
    "rising": lambda n: np.eye(n, dtype=bool)[::-1],
    "crossed": lambda n: np.eye(n, dtype=bool) | np.eye(n, dtype=bool)[::-1],
    "checker": lambda n: np.indices((n, n)).sum(axis=0) % 2 == 0,
    "stairs": lambda n: np.tri(n, dtype=bool),
    "row": lambda n: np.ones((1, n), bool),
    "column": lambda n: np.ones((n, 1), bool),
}
FIGURE = Kind("figure", tuple(_FIGURES))


def _is_ink(word: str) -> bool:
    return word in ("most", "least") or re.fullmatch("c[1-9]", word) is not None


# Colours of the figure and of what is around it: of the grid's, a certain one, or none.
FIGURE_INK = Kind("colour of the figure", ("most", "least", "c1"), _is_ink)
OTHER_INK = Kind("colour around it", ("none", "most", "least"), lambda w: w == "none" or _is_ink(w))


def _ink(cells: Cells, word: str) -> int:
    if word in ("most", "least"):
        only = colours(cells)
        return (only[0] if len(only) == 1 else by_abundance(cells, word)) or 0
    return 0 if word == "none" else int(word[1:])


@operation(
    "objects", "cells", figure=FIGURE, name=OFTEN_FEATURE, ink=FIGURE_INK, around=OTHER_INK, result=OTHER, weight=0
)
def figure_counted(cells: Cells, figure: str, name: str, ink: str, around: str) -> Cells | None:
    """Only a figure is shown (a square, a frame, a diagonal, stairs and the like), as large as there are things of a
    kind."""
    n, one, other = feature(cells, name), _ink(cells, ink), _ink(cells, around)
    if not 1 <= n <= MAX_SIDE or not one or (around != "none" and not other):
        return None
    return np.where(_FIGURES[figure](n), one, other).astype(np.uint8)


@fits("figure_counted")
def _fit_figure(shown: Sequence[Cells], wanted: Sequence[Cells]) -> Iterator[tuple[Argument, ...]]:
    sizes = [max(w.shape) for w in wanted]
    if len(set(sizes)) < 2 or any(len(np.unique(w)) > 2 for w in wanted):
        return
    names = [f for f in map(str, OFTEN_FEATURE.values) if [feature(s, f) for s in shown] == sizes]
    if not names:
        return
    for figure, mask in _FIGURES.items():
        masks = [mask(n) for n in sizes]
        if any(m.shape != w.shape for m, w in zip(masks, wanted, strict=True)):
            continue
        ones, others = (
            [{int(v) for v in w[m == on]} for m, w in zip(masks, wanted, strict=True)] for on in (True, False)
        )
        if any(len(o) > 1 for o in (*ones, *others)):
            continue
        first = [o.pop() for o in ones]
        rest = {v for o in others for v in o}
        inks = ["most", "least", *([f"c{first[0]}"] if len(set(first)) == 1 and first[0] else [])]
        around = ["none"] if rest <= {0} else ["most", "least", *([f"c{max(rest)}"] if len(rest) == 1 else [])]
        for ink, other in product(inks, around):
            for name in names:
                if makes(figure_counted, (figure, name, ink, other), shown, wanted):
                    yield figure, name, ink, other


WIDTH = Kind("which gap", ("widest", "narrowest", "repeated"))
GAP_INK = Kind("colour of the bridge", ("own", "c2"), lambda w: re.fullmatch("own|c[1-9]", w) is not None)


@operation("cells", "lines", axis=AXIS, width=WIDTH, ink=GAP_INK, weight=0)
def bridge_gaps(cells: Cells, axis: str, width: str, ink: str) -> Cells | None:
    """In each row (or column) the widest or narrowest gap between coloured cells, or all gaps of a width that comes
    more than once, are filled."""
    lines = cells if axis == "horizontal" else cells.T
    out = lines.copy()
    for line, new in zip(lines, out, strict=True):
        gaps = [(int(a), int(b)) for a, b in pairwise(np.flatnonzero(line)) if b - a > 1]
        wide = [b - a for a, b in gaps]
        for (a, b), w in zip(gaps, wide, strict=True):
            best = {"widest": max(wide), "narrowest": min(wide)}.get(width)
            if (wide.count(w) > 1) if best is None else (w == best and wide.count(w) == 1):
                if ink == "own" and line[a] != line[b]:
                    return None
                new[a + 1 : b] = line[a] if ink == "own" else int(ink[1:])
    return None if (out == lines).all() else np.ascontiguousarray(out if axis == "horizontal" else out.T)


@fits("bridge_gaps")
def _fit_gaps(shown: Sequence[Cells], wanted: Sequence[Cells]) -> Iterator[tuple[Argument, ...]]:
    if any(s.shape != w.shape or w[s != 0].tolist() != s[s != 0].tolist() for s, w in zip(shown, wanted, strict=True)):
        return
    new = {int(v) for s, w in zip(shown, wanted, strict=True) for v in np.unique(w[s != w])}
    for axis, width in product(map(str, AXIS.values), map(str, WIDTH.values)):
        for ink in ("own", *(f"c{v}" for v in new if len(new) == 1)):
            if makes(bridge_gaps, (axis, width, ink), shown, wanted):
                yield axis, width, ink
                return


@operation("any", "cells", weight=0)
def exchange_two(cells: Cells) -> Cells | None:
    """The two colours of the grid change places."""
    both = colours(cells)
    if len(both) != 2:
        return None
    table = np.arange(11, dtype=np.uint8)
    table[list(both)] = both[::-1]
    return table[cells]
