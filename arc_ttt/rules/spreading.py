"""Colours that spread step by step, several at once: over empty cells or along a fuel, so far as a number says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

import numpy as np

from arc_ttt.rules.language import Argument, Kind, fits, makes, operation
from arc_ttt.rules.things import things
from arc_ttt.rules.work import worked
from arc_ttt.types import Cells

# What spreads: a colour, all cells but those of a colour, single cells, or all that is coloured.
SPREADS = Kind("what spreads", ("any", "singles", *range(1, 10), *(f"but{c}" for c in range(1, 10))))
# What it spreads over: empty cells, a colour, any other colour.
OVER = Kind("what it spreads over", ("empty", "others", *range(1, 10)))
# How a cell is caught: by one step in one of the ways (inwards: along rows or columns, away from the borders where all
# that spreads lies); or where two, three of its sides are, two sides that meet in a corner, or that are opposite.
CAUGHT = Kind(
    "how it spreads",
    ("sides", "all", "corners", "across", "upright", "down", "up", "left", "right", "two", "three", "angle", "facing", "inwards"),
)
FAR = Kind("steps", ("ends", "corner", "size", "colours", "sources", *range(1, 7)))
# What is in its way to more: nothing is painted where two colours meet in one step, or a colour is.
MEET = Kind("where two meet", ("gap", *range(1, 10)))
# The colours that spread or one for all; or these at every second step only.
PAINTS = Kind("colour it leaves", ("own", "second", *range(1, 10)))
_SIDES = ((1, 0), (-1, 0), (0, 1), (0, -1))
_SLANTS = ((1, 1), (1, -1), (-1, 1), (-1, -1))
_STEPS: dict[str, tuple[tuple[int, int], ...]] = {
    "sides": _SIDES,
    "all": _SIDES + _SLANTS,
    "corners": _SLANTS,
    "across": ((0, 1), (0, -1)),
    "upright": ((1, 0), (-1, 0)),
    "down": ((1, 0),),
    "up": ((-1, 0),),
    "right": ((0, 1),),
    "left": ((0, -1),),
}
_NEVER = 200
_WORK = 0.8  # of a step, in the units of `work`
_FEWEST, _KEPT, _MOST_STEPS = 4, 2, 120


def _corner_tally(cells: Cells) -> np.ndarray | None:
    """The cells of the one line or single cell of a colour that lies in a corner of the grid."""
    found = []
    for t in things(cells, "side"):
        rows, columns = (t.top == 0 or t.bottom == len(cells) - 1), (t.left == 0 or t.right == cells.shape[1] - 1)
        if rows and columns and min(t.cells.shape) == 1 and max(t.cells.shape) < max(cells.shape) // 2:
            found.append(t)
    if len(found) != 1:
        return None
    mask = np.zeros(cells.shape, bool)
    mask[found[0].box] = True
    return mask


def _sources(cells: Cells, spreads: int | str, over: int | str, far: int | str) -> np.ndarray:
    if isinstance(spreads, int):
        now: np.ndarray = cells == spreads
    elif spreads == "singles":
        now = np.zeros(cells.shape, bool)
        for t in things(cells, "corner"):
            now[t.top, t.left] |= t.cells.size == 1
    else:
        now = cells != 0
        if spreads != "any":
            now &= cells != int(spreads[3:])
    if isinstance(over, int):
        now &= cells != over
    tally = _corner_tally(cells) if far == "corner" else None
    return now if tally is None else now & ~tally


def _steps(cells: Cells, far: int | str, now: np.ndarray) -> np.ndarray | None:
    """How many steps each source goes."""
    if isinstance(far, int):
        return np.full(cells.shape, far)
    if far == "ends":
        return np.full(cells.shape, _MOST_STEPS)
    if far == "corner":
        tally = _corner_tally(cells)
        return None if tally is None else np.full(cells.shape, int(tally.sum()))
    if far == "colours":
        return np.full(cells.shape, len(np.unique(cells[cells != 0])))
    group = things(np.where(now, cells, 0).astype(np.uint8), "corner")
    if far == "sources":
        return np.full(cells.shape, len(group))
    sizes = np.zeros(cells.shape, int)
    for t in group:
        sizes[t.box][t.cells != 0] = t.size
    return sizes


def _inwards(now: np.ndarray) -> str:
    """The axis across the two opposite borders at which all that spreads lies; nothing where there are none."""
    for way, mask in (("across", now), ("upright", now.T)):
        if now.any() and not mask[:, 1:-1].any():
            return way
    return ""


class _Spread:
    """Who has a cell (0 nobody, -1 two that came together), and the step at which it was caught."""

    def __init__(self, cells: Cells, now: np.ndarray, free: np.ndarray, caught: str, energy: np.ndarray) -> None:
        self.owner = np.where(now, cells, 0).astype(np.int8)
        self.when = np.where(now, 0, _NEVER)
        self.free, self.caught = free, caught
        self.left = np.where(now, energy, 0)
        self._run()

    def _run(self) -> None:
        height, width = self.owner.shape
        ways = _STEPS.get(self.caught, _SIDES)
        for step in range(1, _MOST_STEPS + 1):
            worked(_WORK)
            going = np.pad(np.where((self.owner > 0) & (self.left > 0), self.owner, 0), 1)
            seen = [going[1 - r : 1 - r + height, 1 - c : 1 - c + width] for r, c in ways]
            layers = np.stack(seen)
            most = layers.max(axis=0)
            new = self._enough(layers > 0) & self.free & (self.when == _NEVER)
            if not new.any():
                return
            least = np.where(layers > 0, layers, 100).min(axis=0)
            energy = np.pad(self.left, 1)
            stack = np.stack([energy[1 - r : 1 - r + height, 1 - c : 1 - c + width] for r, c in ways])
            left = np.where(layers > 0, stack, 0).max(axis=0) - 1
            self.owner[new] = np.where(most == least, most, -1)[new]
            self.left[new] = left[new]
            self.when[new] = step

    def _enough(self, on: np.ndarray) -> np.ndarray:
        if self.caught in _STEPS:
            return np.asarray(on.any(axis=0))
        down, up, right, left = on
        if self.caught == "facing":
            return np.asarray((down & up) | (right & left))
        if self.caught == "angle":
            return np.asarray((down | up) & (right | left))
        return np.asarray(on.sum(axis=0) >= (2 if self.caught == "two" else 3))


def _free(cells: Cells, over: int | str, now: np.ndarray) -> np.ndarray:
    if over == "empty":
        return cells == 0
    return (cells != 0) & ~now if over == "others" else cells == over


@operation("spotted", "walls", spreads=SPREADS, over=OVER, caught=CAUGHT, far=FAR, meet=MEET, paints=PAINTS, weight=0)
def spread_by_steps(
    cells: Cells, spreads: int | str, over: int | str, caught: str, far: int | str, meet: int | str, paints: int | str
) -> Cells | None:
    """Colours spread step by step, all at once, over empty cells or along others, until nothing changes or for a number
    of steps; where two come together in one step neither goes on."""
    now = _sources(cells, spreads, over, far)
    caught = _inwards(now) if caught == "inwards" else caught
    energy = _steps(cells, far, now) if now.any() else None
    free = _free(cells, over, now)
    if not caught or energy is None or not free.any():
        return None
    spread = _Spread(cells, now, free, caught, energy)
    out = _painted(cells, spread, meet, paints)
    return None if (out == cells).all() else out


def _painted(cells: Cells, spread: _Spread, meet: int | str, paints: int | str) -> Cells:
    out = cells.copy()
    new = (spread.when > 0) & (spread.when < _NEVER)
    own = new & (spread.owner > 0)
    if paints == "second":
        own &= spread.when % 2 == 0
    out[own] = paints if isinstance(paints, int) else spread.owner[own]
    if meet != "gap":
        out[new & (spread.owner < 0)] = meet
    return out


# --- learning ---


def _candidates(shown: Sequence[Cells], changed: Sequence[np.ndarray]) -> Iterator[int | str]:
    common = set.intersection(*(set(np.unique(s).tolist()) for s in shown)) - {0}
    yield from sorted(common)
    yield from ("any", "singles")
    kept = [c for c in sorted(common) if not any((n & (s == c)).any() for s, n in zip(shown, changed, strict=True))]
    yield from (f"but{c}" for c in kept)


def _number(
    shown: Sequence[Cells], sources: Sequence[np.ndarray], reached: Sequence[int], ended: bool
) -> list[int | str]:
    """What the numbers of steps may be."""
    found: list[int | str] = ["ends"] if ended else []
    if len(set(reached)) == 1 and not ended and 0 < reached[0] <= FAR.values[-1]:  # type: ignore[operator]
        found.append(reached[0])
    for far in ("corner", "colours", "sources"):
        maps = [_steps(s, far, now) for s, now in zip(shown, sources, strict=True)]
        if all(m is not None and int(m.flat[0]) == r for m, r in zip(maps, reached, strict=True)):
            found.append(far)
    return found


@fits("spread_by_steps")
def _fit(shown: Sequence[Cells], wanted: Sequence[Cells]) -> Iterator[tuple[Argument, ...]]:
    if any(s.shape != w.shape for s, w in zip(shown, wanted, strict=True)):
        return
    changed = [s != w for s, w in zip(shown, wanted, strict=True)]
    if not all(n.any() for n in changed) or sum(int(n.sum()) for n in changed) < _FEWEST * len(shown):
        return
    if any((w[n] == 0).any() for w, n in zip(wanted, changed, strict=True)):
        return
    lost = {int(c) for s, n in zip(shown, changed, strict=True) for c in np.unique(s[n])}
    if len(lost) > 1 and 0 in lost:
        return
    over: int | str = "empty" if lost == {0} else lost.pop() if len(lost) == 1 else "others"
    # A tally in a corner spreads nothing itself.
    holds = ("ends", "corner") if all(_corner_tally(s) is not None for s in shown) else ("ends",)
    kept = 0
    for spreads in _candidates(shown, changed):
        if spreads == over or (over == "others" and not isinstance(spreads, int)):
            continue
        for caught, held in product(map(str, CAUGHT.values), holds):
            for far, meet, paints in _explained(shown, wanted, changed, (spreads, over, caught), held):
                arguments = (spreads, over, caught, far, meet, paints)
                if makes(spread_by_steps, arguments, shown, wanted):
                    yield arguments
                    kept += 1
                    if kept == _KEPT:
                        return


def _explained(
    shown: Sequence[Cells],
    wanted: Sequence[Cells],
    changed: Sequence[np.ndarray],
    tried: tuple[int | str, int | str, str],
    held: str,
) -> Iterator[tuple[int | str, int | str, int | str]]:
    """Steps, colour where two meet, and colour left that may explain all."""
    spreads, over, caught = tried
    # Where no cell beside one that spreads changes, it may do so every second step.
    every = 1 + _skips(shown, changed, tried, held)
    sources, reached, ended = [], [], True
    met: set[int] = set()
    inks: set[int] = set()
    for s, w, n in zip(shown, wanted, changed, strict=True):
        now = _sources(s, spreads, over, held)
        free = _free(s, over, now)
        way = _inwards(now) if caught == "inwards" else caught
        if not way or not now.any() or (n & ~free).any():
            return
        spread = _Spread(s, now, free, way, np.full(s.shape, _MOST_STEPS))
        if (spread.when[n] == _NEVER).any() or (spread.when[n] % every).any():
            return
        most = int(spread.when[n].max())
        got = (spread.when > 0) & (spread.when < _NEVER)
        if every == 2:
            got &= spread.when % 2 == 0
        # All that was caught no later must have changed, but for where two met.
        if (got & (spread.when <= most) & ~n & (spread.owner > 0)).any():
            yield from _by_size(over, caught, n, w, spread)
            return
        ended = ended and bool((n == (got & ((spread.owner > 0) | n))).all())
        reached.append(most)
        sources.append(now)
        met |= set(w[n & (spread.owner < 0)].tolist())
        own = n & (spread.owner > 0)
        inks |= {0 if a == b else int(a) for a, b in zip(w[own].tolist(), spread.owner[own].tolist(), strict=True)}
    if len(met) > 1 or len(inks) > 1:
        return
    if every == 2 and inks != {0}:
        return
    paint: int | str = "second" if every == 2 else "own" if inks <= {0} else inks.pop()
    for far in _number(shown, sources, reached, ended):
        if (far == "corner") == (held == "corner"):
            yield far, met.copy().pop() if met else "gap", paint


def _skips(
    shown: Sequence[Cells],
    changed: Sequence[np.ndarray],
    tried: tuple[int | str, int | str, str],
    held: str,
) -> bool:
    """Whether no cell beside what spreads changes."""
    spreads, over, caught = tried
    for s, n in zip(shown, changed, strict=True):
        grown = np.pad(_sources(s, spreads, over, held), 1)
        height, width = s.shape
        for r, c in _STEPS.get(caught, _SIDES):
            if (grown[1 - r : 1 - r + height, 1 - c : 1 - c + width] & n).any():
                return False
    return True


def _by_size(
    over: int | str, caught: str, n: np.ndarray, w: Cells, spread: _Spread
) -> Iterator[tuple[int | str, int | str, int | str]]:
    """Each source may go as far as it is large."""
    if caught in ("sides", "all", "corners", "across", "upright"):
        own = w[n] == spread.owner[n]
        inks = set(w[n].tolist())
        if own.all():
            yield "size", "gap", "own"
        elif len(inks) == 1:
            yield "size", "gap", inks.pop()


