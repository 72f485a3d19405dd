"""Bars that stand side by side on one line, and a further one as long as these together say."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise, product

import numpy as np

from arc_ttt.rules.language import Argument, Kind, fits, makes, operation
from arc_ttt.rules.things import Thing, things
from arc_ttt.types import Cells

_FEWEST, _MOST = 2, 12
# The number of differences of a series that tells its step.
_LEAST_STEPS = 2


def _difference(lengths: Sequence[int], inks: Sequence[int]) -> int:
    """Of all bars of one colour and all of the other; of two bars of one colour, of these."""
    if len(set(inks)) == 1 and len(inks) == 2:
        return abs(lengths[0] - lengths[1])
    if len(set(inks)) != 2:
        return 0
    first = sum(n for n, ink in zip(lengths, inks, strict=True) if ink == inks[0])
    return abs(2 * first - sum(lengths))


def _balance(lengths: Sequence[int], inks: Sequence[int]) -> int:
    """What all bars of the first one's colour have more, or less, than all others."""
    return abs(sum(n if ink == inks[0] else -n for n, ink in zip(lengths, inks, strict=True)))


def _series(lengths: Sequence[int], inks: Sequence[int]) -> int:
    """The next one where all steps are equal, or each is as many times the one before."""
    steps = [b - a for a, b in pairwise(lengths)]
    if len(steps) < _LEAST_STEPS:
        return 0
    if len(set(steps)) == 1:
        return lengths[-1] + steps[0] if steps[0] else 0
    if all(b * lengths[0] == a * lengths[1] for a, b in pairwise(lengths)):
        return lengths[-1] * lengths[1] // lengths[0]
    if all(c == a + b for a, b, c in zip(lengths, lengths[1:], lengths[2:], strict=False)):
        return lengths[-1] + lengths[-2]
    return 0


def _lacking(lengths: Sequence[int], inks: Sequence[int]) -> int:
    """The one length between the shortest and the longest bar that none has."""
    found = set(range(min(lengths), max(lengths) + 1)) - set(lengths)
    return found.pop() if len(found) == 1 else 0


LENGTHS: dict[str, Callable[[Sequence[int], Sequence[int]], int]] = {
    "sum": lambda lengths, inks: sum(lengths),
    "difference": _difference,
    "balance": _balance,
    "series": _series,
    "lacking": _lacking,
    "count": lambda lengths, inks: len(lengths),
    "longest": lambda lengths, inks: max(lengths),
    "shortest": lambda lengths, inks: min(lengths),
    "mean": lambda lengths, inks: 0 if sum(lengths) % len(lengths) else sum(lengths) // len(lengths),
}
LENGTH = Kind("length of a further bar", tuple(LENGTHS))
BAR_INK = Kind("colour of a further bar", ("turn", *(f"ink{i}" for i in range(1, 10))))


def _upright(cells: Cells, way: str) -> Cells:
    """The grid with what stands on a line on one side of it standing on its ground."""
    if way in ("down", "up"):
        return np.ascontiguousarray(cells if way == "down" else cells[::-1])
    return np.ascontiguousarray(cells.T if way == "right" else cells[:, ::-1].T)


def _back(cells: Cells, way: str) -> Cells:
    """The inverse of `_upright`."""
    return np.ascontiguousarray(cells.T[:, ::-1]) if way == "left" else _upright(cells, way)


def _standing(cells: Cells) -> tuple[str, list[Thing]] | None:
    """The side of the line on which bars stand, all equally broad, and these from left to right, or from top to
    bottom."""
    if np.count_nonzero(cells) * 5 > cells.size * 4:
        return None
    for way in ("down", "up", "left", "right"):
        turned = _upright(cells, way)
        bars = sorted(things(turned, "side"), key=lambda t: t.left)
        if not _FEWEST <= len(bars) <= _MOST or any(t.size != t.height * t.width for t in bars):
            return None
        if len({(t.bottom, t.width) for t in bars}) == 1 and bars[0].bottom >= len(turned) - 2:
            return way, bars
    return None


def _place(bars: Sequence[Thing], width: int) -> int | None:
    """The first column of the further bar: in the one place that is left out, or behind the last, or before the first
    one."""
    steps = [b.left - a.left for a, b in pairwise(bars)]
    least = min(steps)
    wide = [k for k, step in enumerate(steps) if step != least]
    if len(wide) == 1 and steps[wide[0]] == 2 * least and len(steps) > 1:
        return bars[wide[0]].left + least
    if wide:
        return None
    for at in (bars[-1].left + least, bars[0].left - least):
        if 0 <= at <= width - bars[0].width:
            return at
    return None


def _turn(inks: Sequence[int]) -> int:
    """The colour that comes next where colours take turns; where there is but one, that."""
    for period in range(1, len(inks)):
        if all(inks[k] == inks[k - period] for k in range(period, len(inks))):
            return inks[-period]
    return 0


@operation("objects", "lines", length=LENGTH, ink=BAR_INK, weight=0)
def add_bar(cells: Cells, length: str, ink: str) -> Cells | None:
    """Bars stand side by side on one line: a further one comes to stand in the place that is left out or at the end, as
    long as the others say together, in a colour or in that whose turn it is."""
    found = _standing(cells)
    if found is None:
        return None
    way, bars = found
    turned = _upright(cells, way)
    at = _place(bars, turned.shape[1])
    if at is not None and at < bars[0].left:
        bars = bars[::-1]
    inks = [t.colour for t in bars]
    n = LENGTHS[length]([t.height for t in bars], inks)
    colour = _turn(inks) if ink == "turn" else int(ink[-1])
    foot = bars[0].bottom + 1
    if at is None or not colour or not 0 < n <= foot:
        return None
    out = turned.copy()
    place = out[foot - n : foot, at : at + bars[0].width]
    if place.any():
        return None
    place[:] = colour
    return _back(out, way)


@fits("add_bar")
def _fit(shown: Sequence[Cells], wanted: Sequence[Cells]) -> Iterator[tuple[Argument, ...]]:
    """The lengths that all further bars have; numbers that are equal by chance are told apart by others."""
    painted: set[int] = set()
    for cells, goal in zip(shown, wanted, strict=True):
        if cells.shape != goal.shape or _standing(cells) is None:
            return
        new = np.unique(goal[cells != goal])
        if len(new) != 1 or not new[0]:
            return
        painted.add(int(new[0]))
    inks = ("turn", *((f"ink{ink}" for ink in painted) if len(painted) == 1 else ()))
    for length, ink in product(LENGTHS, inks):
        if makes(add_bar, (length, ink), shown, wanted):
            yield length, ink
