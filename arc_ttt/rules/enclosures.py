"""What is said of things by what is around them: whether another one shuts them in, and which; whether one is close."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache

import numpy as np

from arc_ttt.rules.crowds import Crowd, ink_of
from arc_ttt.rules.things import Thing, enclosed, holes

# A thing with an inside has so many cells at least (corners may be open), and grids with more of these are noise.
_FEWEST_AROUND, _MOST_AROUND = 4, 30
# Things with no more than one cell between them are close.
_CLOSE = 2


@lru_cache(maxsize=512)
def _inside(raw: bytes, width: int) -> np.ndarray:
    return enclosed(np.frombuffer(raw, np.uint8).reshape(-1, width))


def fences(c: Crowd) -> list[int | None]:
    """For each thing the number of the smallest other one that has all of it in its inside: no way of sides leads out;
    None where there is none."""
    walls = [k for k, t in enumerate(c.things) if min(t.cells.shape) > 2 and t.size >= _FEWEST_AROUND]
    walls = sorted(walls, key=lambda k: c.things[k].cells.size)[:_MOST_AROUND]
    found: list[int | None] = []
    for i, t in enumerate(c.things):
        found.append(next((k for k in walls if k != i and _shuts(c.things[k], t)), None))
    return found


def _shuts(wall: Thing, t: Thing) -> bool:
    if not (wall.top < t.top and t.bottom < wall.bottom and wall.left < t.left and t.right < wall.right):
        return False
    inside = _inside((wall.cells != 0).astype(np.uint8).tobytes(), wall.width)
    box = inside[t.top - wall.top : t.bottom - wall.top + 1, t.left - wall.left : t.right - wall.left + 1]
    return bool(box[t.cells != 0].all())


def _fence(c: Crowd) -> list[int]:
    """The colour of what shuts a thing in."""
    return [0 if k is None else ink_of(c.things[k]) for k in fences(c)]


def _close(c: Crowd) -> list[int]:
    """Whether another thing lies straight beside, with no more than one cell between."""
    found = []
    for i, t in enumerate(c.things):
        near = np.flatnonzero(c.gaps[i] <= _CLOSE).tolist() if len(c.things) > 1 else []
        beside = (
            (o.top <= t.bottom and o.bottom >= t.top) or (o.left <= t.right and o.right >= t.left)
            for o in (c.things[k] for k in near)
        )
        found.append(int(any(beside)))
    return found


def _ends(least: bool) -> Callable[[Crowd], Sequence[int]]:
    """1 for the things with the most (fewest) holes, where they differ in that."""

    def ends(c: Crowd) -> list[int]:
        counts = [holes(t) for t in c.things]
        if not counts:
            return []
        best = min(counts) if least else max(counts)
        return [int(n == best and min(counts) < max(counts)) for n in counts]

    return ends


# As in `properties` and `sources`: names are letters alone.
SURROUNDED: dict[str, tuple[Callable[[Crowd], Sequence[int]], float]] = {
    "shut": (lambda c: [int(k is not None) for k in fences(c)], 3.5),
    "close": (_close, 4.0),
    "mostholes": (_ends(False), 3.5),
    "fewestholes": (_ends(True), 4.0),
    "wide": (lambda c: [int(t.width > t.height) for t in c.things], 3.5),
    "upright": (lambda c: [int(t.height > t.width) for t in c.things], 3.5),
}
FENCES: dict[str, Callable[[Crowd], list[int]]] = {"fence": _fence}
