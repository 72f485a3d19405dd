"""Things that take turns: their places in order, counted round and round."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from arc_ttt.rules.crowds import Crowd


def _order(c: Crowd) -> list[int]:
    """The place of each thing from the top where no two begin in one row, or else from the left where no two begin in
    one column, or else in reading order."""
    tops, lefts = [t.top for t in c.things], [t.left for t in c.things]
    keys: list[tuple[int, ...]] = [(top,) for top in tops]
    if len(set(tops)) < len(tops):
        apart = len(set(lefts)) == len(lefts)
        keys = [(left,) if apart else (top, left) for top, left in zip(tops, lefts, strict=True)]
    places = {key: n for n, key in enumerate(sorted(set(keys)))}
    return [places[key] for key in keys]


def _turn(of: int) -> Callable[[Crowd], Sequence[int]]:
    return lambda c: [n % of for n in _order(c)]


# As in `properties`: what is measured, and its cost in bits. Names are letters alone, since a number may follow.
TURNS: dict[str, tuple[Callable[[Crowd], Sequence[int]], float]] = {
    f"turnof{name}": (_turn(of), 5.0) for name, of in (("two", 2), ("three", 3))
}
