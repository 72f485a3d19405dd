"""Chain reactions of things with a reach of their own: bars that fall on the next, charges that blow up others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

import numpy as np

from arc_ttt.rules.language import MARK, Argument, Kind, fits, makes, operation
from arc_ttt.rules.things import Thing, things
from arc_ttt.rules.work import worked
from arc_ttt.types import Cells

FUEL = Kind("what reacts", ("any", *range(1, 10)))
# How far a thing reaches that has reacted: as far as its longer side or its number of cells says, straight; or by rays
# of so many cells, straight or in all eight directions, that end before what does not react.
BLAST = Kind("reach of a reaction", ("side", "size", *(f"{w}{n}" for w in ("rays", "star") for n in (1, 2, 3, 4, 30))))
FLAMES = Kind("what is painted between", ("nothing", "rays"))
BURNT = Kind("what becomes of it", ("own", "gone", *range(1, 10)))
STARTED = Kind("what starts it", ("stays", "alike", "gone"))
_STRAIGHT = ((0, 1), (1, 0), (0, -1), (-1, 0))
_SLANTING = ((1, 1), (1, -1), (-1, 1), (-1, -1))
_MOST_THINGS, _MOST_STARTS, _WORK = 60, 6, 0.3


class _Chain:
    """What has reacted, and the empty cells that its rays cross."""

    def __init__(self, cells: Cells, mark: int, fuel: int | str, reach: str) -> None:
        self.cells, self.mark, self.reach = cells, mark, reach
        self.starts = things(np.where(cells == mark, cells, 0).astype(np.uint8), "side")
        wood = (cells != 0) & (cells != mark) if fuel == "any" else cells == fuel
        self.charges = things(np.where(wood, cells, 0).astype(np.uint8), "side")
        self.number = np.full(cells.shape, -1)
        for i, t in enumerate(self.charges):
            self.number[t.box][t.cells != 0] = i
        self.flames = np.zeros(cells.shape, bool)

    @property
    def sound(self) -> bool:
        return 0 < len(self.starts) <= _MOST_STARTS and 0 < len(self.charges) <= _MOST_THINGS

    def burnt(self) -> list[int]:
        """The things that react: first the one nearest to each start."""
        left: list[int] = []
        for t in self.starts:
            far = [(_apart(t, o), not _beside(t, o)) for o in self.charges]
            left += [k for k, away in enumerate(far) if away == min(far)]
        found: list[int] = []
        while left:
            i = left.pop(0)
            if i not in found:
                worked(_WORK)
                found.append(i)
                left += self._reached(self.charges[i])
        return found

    def _reached(self, t: Thing) -> list[int]:
        if self.reach in ("side", "size"):
            most = max(t.cells.shape) if self.reach == "side" else t.size
            return [k for k, o in enumerate(self.charges) if _apart(t, o) <= most and _beside(t, o)]
        ways = _STRAIGHT if self.reach.startswith("rays") else _STRAIGHT + _SLANTING
        far, found = int(self.reach[4:]), []
        height, width = self.cells.shape
        for r, c in np.argwhere(t.cells).tolist():
            for y, x in ways:
                for n in range(1, far + 1):
                    at = r + t.top + n * y, c + t.left + n * x
                    if not (0 <= at[0] < height and 0 <= at[1] < width):
                        break
                    if self.cells[at] not in (0, self.mark):
                        if self.number[at] >= 0:
                            found.append(int(self.number[at]))
                        break
                    self.flames[at] = True
        return found


def _apart(a: Thing, b: Thing) -> int:
    """The cells from one box to the other, along the longer way."""
    down = max(a.top - b.bottom, b.top - a.bottom, 0)
    return max(down, a.left - b.right, b.left - a.right, 0)


def _beside(a: Thing, b: Thing) -> bool:
    across = a.left <= b.right and b.left <= a.right
    return across or (a.top <= b.bottom and b.top <= a.bottom)


@operation("objects", "markers", mark=MARK, fuel=FUEL, reach=BLAST, flames=FLAMES, burnt=BURNT, start=STARTED, weight=0)
def chain_on(
    cells: Cells, mark: int, fuel: int | str, reach: str, flames: str, burnt: int | str, start: str
) -> Cells | None:
    """A start sets off the thing nearest to it, and that the others within its reach, which is as far as it is large or
    as its rays go, and so on; all these take a colour or vanish, and the rays may be painted."""
    if not (cells == mark).any():
        return None
    chain = _Chain(cells, mark, fuel, reach)
    found = chain.burnt() if chain.sound else []
    if not found:
        return None
    ink = mark if burnt == "own" else 0 if burnt == "gone" else burnt
    out = cells.copy()
    if flames == "rays":
        out[chain.flames & (cells == 0)] = ink
    for i in found:
        t = chain.charges[i]
        out[t.box][t.cells != 0] = ink
    if start != "stays":
        out[cells == mark] = ink if start == "alike" else 0
    return None if (out == cells).all() else out


@fits("chain_on")
def _fit(shown: Sequence[Cells], wanted: Sequence[Cells]) -> Iterator[tuple[Argument, ...]]:
    """Few things of a colour start it; all that changes becomes one colour."""
    pairs = list(zip(shown, wanted, strict=True))
    if any(s.shape != w.shape or (s == w).all() for s, w in pairs):
        return
    lost = {int(c) for s, w in pairs for c in np.unique(s[s != w])}
    drawn = 0 in lost
    inks = {int(c) for s, w in pairs for c in np.unique(w[(s != w) & (s != 0)])}
    if drawn:
        inks |= {int(c) for s, w in pairs for c in np.unique(w[(s != w) & (s == 0)])}
    common = set.intersection(*(set(np.unique(s).tolist()) for s in shown)) - {0}
    for mark in sorted(common):
        if any((s == mark).sum() > _MOST_STARTS for s in shown):
            continue
        yield from _started(shown, wanted, mark, lost - {0, mark}, inks, drawn)


def _started(
    shown: Sequence[Cells], wanted: Sequence[Cells], mark: int, lost: set[int], inks: set[int], drawn: bool
) -> Iterator[tuple[Argument, ...]]:
    after = {int(c) for s, w in zip(shown, wanted, strict=True) for c in np.unique(w[s == mark])}
    burning = {int(c) for s, w in zip(shown, wanted, strict=True) for c in np.unique(w[(s != w) & (s != mark)])}
    if len(after) != 1 or len(burning) != 1 or not lost:
        return
    (ink,), (left,) = burning, after
    start = "stays" if left == mark else "gone" if left == 0 else "alike" if left == ink else ""
    burnt: Argument = "own" if ink == mark else "gone" if ink == 0 else ink
    if not start:
        return
    fuels: list[int | str] = [*lost] if len(lost) == 1 else []
    for fuel, reach in product([*fuels, "any"], map(str, BLAST.values)):
        if drawn and reach in ("side", "size"):
            continue
        arguments = (mark, fuel, reach, "rays" if drawn else "nothing", burnt, start)
        if makes(chain_on, arguments, shown, wanted):
            yield arguments
            return
