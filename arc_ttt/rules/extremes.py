"""Which things of a crowd have the most and which the least of a measure, in one property."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from arc_ttt.rules.crowds import Crowd
from arc_ttt.rules.things import Thing


def _ends(measure: Callable[[Thing], int]) -> Callable[[Crowd], Sequence[int]]:
    """1 for the things with the most of it, 2 for those with the least, 0 for all others; all have 0 where none has
    more than another."""

    def ends(c: Crowd) -> Sequence[int]:
        values = [measure(t) for t in c.things]
        most, least = max(values, default=0), min(values, default=0)
        return [0 if most == least else 1 if v == most else 2 if v == least else 0 for v in values]

    return ends


# By name: what is measured, and its cost in bits.
EXTREMES: dict[str, tuple[Callable[[Crowd], Sequence[int]], float]] = {
    "sizeends": (_ends(lambda t: t.size), 3.5),
    "heightends": (_ends(lambda t: t.height), 4.0),
    "widthends": (_ends(lambda t: t.width), 4.0),
    "acrossends": (_ends(lambda t: 2 * t.left + t.width), 4.0),
    "downends": (_ends(lambda t: 2 * t.top + t.height), 4.0),
}
