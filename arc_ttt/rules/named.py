"""Members that are wanted, and others that are not → the properties of which one value says which they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from arc_ttt.rules.crowds import Crowd
from arc_ttt.rules.properties import OF_A_COLOUR, PROPERTIES, YES_OR_NO, property_cost
from arc_ttt.rules.work import worked

_PAIRS = (*(f"{a}_{b}" for a, b in combinations(YES_OR_NO, 2)), *(f"colour_{a}" for a in OF_A_COLOUR))
_PAIR_WORK = 0.3  # of two properties, in the units of `work`


def names_of(crowds: Sequence[Crowd], wishes: Sequence[Sequence[bool]]) -> Iterator[tuple[float, str, int]]:
    """The properties of which one value says which members are wanted: no other has it, and at least one. Where no
    property says it, two that say yes or no."""
    alone = all(all(w) for w in wishes)
    found = list(_named(crowds, wishes, [name for name in PROPERTIES if (name == "any") == alone]))
    yield from found or ([] if alone else _paired(crowds, wishes))


def _paired(crowds: Sequence[Crowd], wishes: Sequence[Sequence[bool]]) -> Iterator[tuple[float, str, int]]:
    """Pairs of properties, and the value of both together that the wanted members alone have."""
    wanted = [sum(1 << i for i, w in enumerate(wish) if w) for wish in wishes]
    known: dict[str, list[list[tuple[int, int]]]] = {}

    def masks(name: str) -> list[list[tuple[int, int]]]:
        """For each crowd the values of wanted members, with a bit for each member that has it."""
        if name not in known:
            known[name] = []
            for c, wish in zip(crowds, wanted, strict=True):
                found: dict[int, int] = {}
                for i, value in enumerate(c.values(name)):
                    # As `Crowd.values` puts two into one number.
                    v = value if name == "colour" else min(value, 9)
                    found[v] = found.get(v, 0) | 1 << i
                known[name].append([(v, mask) for v, mask in found.items() if mask & wish])
        return known[name]

    for name in _PAIRS:
        worked(_PAIR_WORK)
        one, other = name.split("_")
        values: set[int] | None = None
        for first, second, wish in zip(masks(one), masks(other), wanted, strict=True):
            right = {10 * a + b for a, m in first for b, n in second if m & n and not m & n & ~wish}
            values = right if values is None else values & right
            if not values:
                break
        if values:
            yield _priced(crowds, name, min(values))


def _named(
    crowds: Sequence[Crowd], wishes: Sequence[Sequence[bool]], names: Sequence[str]
) -> Iterator[tuple[float, str, int]]:
    for name in names:
        values: set[int] | None = None
        for c, wish in zip(crowds, wishes, strict=True):
            has = c.values(name)
            right = {v for v, w in zip(has, wish, strict=True) if w}
            right -= {v for v, w in zip(has, wish, strict=True) if not w}
            values = right if values is None else values & right
            if not values:
                break
        if values:
            yield _priced(crowds, name, min(values))


def _priced(crowds: Sequence[Crowd], name: str, value: int) -> tuple[float, str, int]:
    """A property and its value with their bits: not to be the largest, the leftmost … is far-fetched for one that is
    meant."""
    far = value == 0 and all(max(c.values(name)) == 1 for c in crowds)
    return property_cost(name) + 2.0 * far, name, value
