"""Colours that spread step by step, several at once: over empty cells or along a fuel, so far as a number says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice, product

import numpy as np

from arc_ttt.rules.language import Argument, Kind, fits, makes, operation
from arc_ttt.rules.learned_growth import STEPS
from arc_ttt.rules.spread_keys import TELLING, border_strip
from arc_ttt.rules.spreads import (
    MOST_STEPS,
    NEVER,
    Spread,
    free_of,
    inwards,
    painted,
    sources_of,
    steps_of,
)
from arc_ttt.types import Cells

# What spreads: a colour, all cells but those of a colour, single cells, or all that is coloured.
SPREADS = Kind("what spreads", ("any", "singles", *range(1, 10), *(f"but{c}" for c in range(1, 10))))
# What it spreads over: empty cells, a colour, any other colour, perhaps but for one.
OVER = Kind("what it spreads over", ("empty", "others", *range(1, 10), *(f"but{c}" for c in range(1, 10))))
# How a cell is caught: by one step in one of the ways (inwards: along rows or columns, away from the borders where all
# that spreads lies); or where two, three of its sides are, two sides that meet in a corner, or that are opposite.
_WAYS = tuple(dict.fromkeys(("sides", "all", *STEPS)))  # the likelier first
CAUGHT = Kind("how it spreads", (*_WAYS, "two", "three", "angle", "facing", "inwards"))
FAR = Kind("steps", ("ends", "corner", "size", "colours", "sources", *range(1, 7), "key"))
# What is in its way to more: nothing is painted where two colours meet in one step, or a colour is.
MEET = Kind("where two meet", ("gap", *range(1, 10)))
# The colours that spread or one for all; these at every second step only; those of a strip, step by step.
PAINTS = Kind("colour it leaves", ("own", "second", *range(1, 10), "strip"))
_FEWEST, _KEPT = 4, 2


@operation("spotted", "walls", spreads=SPREADS, over=OVER, caught=CAUGHT, far=FAR, meet=MEET, paints=PAINTS, weight=0)
def spread_by_steps(
    cells: Cells, spreads: int | str, over: int | str, caught: str, far: int | str, meet: int | str, paints: int | str
) -> Cells | None:
    """Colours spread step by step, all at once, over empty cells or along others, until nothing changes or for a number
    of steps; where two come together in one step neither goes on."""
    now = sources_of(cells, spreads, over, "strip" if paints == "strip" else str(far))
    caught = inwards(now) if caught == "inwards" else caught
    energy = steps_of(cells, far, now) if now.any() else None
    free = free_of(cells, over, now)
    if not caught or energy is None or not free.any():
        return None
    spread = Spread(cells, now, free, caught, energy).run()
    out = painted(cells, spread, meet, paints)
    return None if (out == cells).all() else out


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
    if len(set(reached)) == 1 and not ended and reached[0] in FAR.values:
        found.append(reached[0])
    for far in ("corner", "colours", "sources"):
        maps = [steps_of(s, far, now) for s, now in zip(shown, sources, strict=True)]
        if all(m == r for m, r in zip(maps, reached, strict=True)):
            found.append(far)
    return found


@fits("spread_by_steps")
def _fit(shown: Sequence[Cells], wanted: Sequence[Cells]) -> Iterator[tuple[Argument, ...]]:
    if any(s.shape != w.shape for s, w in zip(shown, wanted, strict=True)):
        return
    changed = [s != w for s, w in zip(shown, wanted, strict=True)]
    if not all(n.any() for n in changed) or sum(int(n.sum()) for n in changed) < _FEWEST * len(shown):
        return
    lost = {int(c) for s, n in zip(shown, changed, strict=True) for c in np.unique(s[n])}
    if any((w[n] == 0).any() for w, n in zip(wanted, changed, strict=True)) or (len(lost) > 1 and 0 in lost):
        return
    overs: list[int | str] = ["empty"] if lost == {0} else [*lost] if len(lost) == 1 else ["others"]
    if len(lost) > 1:
        overs += [f"but{c}" for c in range(1, 10) if c not in lost and all((s == c).any() for s in shown)]
    guesses = (a for over in overs for a in _guesses(shown, wanted, changed, over))
    yield from islice((a for a in guesses if makes(spread_by_steps, a, shown, wanted)), _KEPT)


def _guesses(
    shown: Sequence[Cells], wanted: Sequence[Cells], changed: Sequence[np.ndarray], over: int | str
) -> Iterator[tuple[Argument, ...]]:
    # What tells how far or in which colours spreads nothing itself.
    holds = ["ends", *(t for t, told in TELLING.items() if all(told(s) is not None for s in shown))]
    for spreads in _candidates(shown, changed):
        if spreads == over or (over not in ("empty", *range(1, 10)) and not isinstance(spreads, int)):
            continue
        for caught, held in product(map(str, CAUGHT.values), holds):
            for far, meet, paints in _explained(shown, wanted, changed, (spreads, over, caught), held):
                yield spreads, over, caught, far, meet, paints


class _Seen:
    """What one demonstration says of a way to spread: `steps` at the last cell that changed; None where it is none."""

    def __init__(self, s: Cells, w: Cells, n: np.ndarray, tried: tuple[int | str, int | str, str], held: str) -> None:
        spreads, over, caught = tried
        self.sources = sources_of(s, spreads, over, held)
        self.steps: int | None = None
        self.sized = self.ended = self.skips = False
        self.listed = (border_strip(s) or (None, []))[1] if held == "strip" else []
        self.met: set[int] = set()
        self.inks: set[int] = set()
        free = free_of(s, over, self.sources)
        way = inwards(self.sources) if caught == "inwards" else caught
        if way and self.sources.any() and not (n & ~free).any():
            self._look(Spread(s, self.sources, free, way, MOST_STEPS), w, n)

    def _look(self, spread: Spread, w: Cells, n: np.ndarray) -> None:
        # Where no cell beside one that spreads changes, it may do so every second step.
        self.skips = not spread.first(n)
        every = 1 + self.skips
        if spread.run(n if every == 1 else None).fails or not n.any():
            return
        when = spread.when[n]
        if (when == NEVER).any() or (when % every).any():
            return
        most = int(when.max())
        got = (spread.when > 0) & (spread.when < NEVER) & (spread.when % every == 0)
        if self.listed and (w[n] != np.array(self.listed)[when % len(self.listed)]).any():
            return
        owned = n & (spread.owner > 0) & (not self.listed)
        self.met = set(w[n & (spread.owner < 0)].tolist())
        self.inks = {
            0 if a == b else int(a) for a, b in zip(w[owned].tolist(), spread.owner[owned].tolist(), strict=True)
        }
        # All that was caught no later must have changed, but for where two met; else each may go as far as it is large.
        self.sized = bool((got & (spread.when <= most) & ~n & (spread.owner > 0)).any())
        self.ended = bool((n == (got & ((spread.owner > 0) | n))).all())
        self.steps = most


def _explained(
    shown: Sequence[Cells],
    wanted: Sequence[Cells],
    changed: Sequence[np.ndarray],
    tried: tuple[int | str, int | str, str],
    held: str,
) -> Iterator[tuple[int | str, int | str, int | str]]:
    """Steps, colour where two meet, and colour left that may explain all."""
    seen: list[_Seen] = []
    for s, w, n in zip(shown, wanted, changed, strict=True):
        one = _Seen(s, w, n, tried, held)
        if one.steps is None or one.skips != (seen or [one])[0].skips:
            return
        seen.append(one)
    met, inks = set().union(*(o.met for o in seen)), set().union(*(o.inks for o in seen))
    if len(met) > 1 or len(inks) > 1 or (seen[0].skips and inks != {0}):
        return
    meet: int | str = met.pop() if met else "gap"
    paints: int | str = "second" if seen[0].skips else "own" if inks <= {0} else inks.pop()
    if held == "key" or any(o.sized for o in seen):
        if tried[2] in STEPS and held in ("ends", "key"):
            yield from (("key" if held == "key" else "size", m, paints) for m in dict.fromkeys(("gap", meet)))
        return
    if held == "strip":
        meet, paints = "gap", "strip"
    for far in _number(shown, [o.sources for o in seen], [o.steps or 0 for o in seen], all(o.ended for o in seen)):
        if (far == "corner") == (held == "corner"):
            yield far, meet, paints
