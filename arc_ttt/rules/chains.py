"""Chain reactions: things catch a colour from what has it already and is near enough or in line, and pass it on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from arc_ttt.rules.language import MARK, Argument, Kind, fits, operation
from arc_ttt.rules.things import colours, things
from arc_ttt.rules.work import worked
from arc_ttt.types import Cells

FUEL = Kind("what catches", ("any", *range(1, 10)))
# From where a thing catches it: what touches it by a side or a corner; is up to so many cells away; lies in its rows or
# columns (in its sight, where nothing is between).
REACH = Kind("reach", ("side", "corner", *(f"near{n}" for n in range(2, 7)), "sight", "line"))
# What is drawn besides: nothing, lines from each one that caught it to the one that it has it from, or lines all over.
DRAWN = Kind("drawn", ("nothing", "links", "cross"))
_MOST_THINGS = 60
_WORK = 0.3  # of two things whose distance is looked at, in the units of `work`


class _Fuse:
    """The things that may catch a colour, and those that have it from the start."""

    def __init__(self, cells: Cells, mark: int, fuel: int | str, reach: str) -> None:
        self.cells, self.reach = cells, reach
        link = "side" if reach == "side" else "corner"
        wood = (cells != 0) & (cells != mark) if fuel == "any" else cells == fuel
        lit = things(np.where(cells == mark, cells, 0).astype(np.uint8), link)
        caught = things(np.where(wood, cells, 0).astype(np.uint8), link)
        self.lit = len(lit)
        self.places: list[np.ndarray] = [
            np.argwhere(t.cells) + np.array((t.top, t.left)) for t in (*lit, *caught)[: _MOST_THINGS + 1]
        ]

    @property
    def sound(self) -> bool:
        return 0 < self.lit < len(self.places) <= _MOST_THINGS

    def burnt(self) -> list[tuple[int, int]]:
        """The things that catch it, each with the one that it has it from."""
        left = set(range(self.lit, len(self.places)))
        now, found = list(range(self.lit)), []
        while now and left:
            a = now.pop(0)
            for b in sorted(left):
                worked(_WORK)
                if self._reaches(self.places[a], self.places[b]):
                    left.discard(b)
                    now.append(b)
                    found.append((b, a))
        return found

    def _reaches(self, a: np.ndarray, b: np.ndarray) -> bool:
        apart = np.abs(a[:, None] - b[None])
        if self.reach == "side":
            return bool((apart.sum(axis=2) <= 1).any())
        if self.reach == "corner" or self.reach.startswith("near"):
            return bool((apart.max(axis=2) <= (1 if self.reach == "corner" else int(self.reach[4:]))).any())
        pairs = np.argwhere(apart.min(axis=2) == 0)
        return any(self.reach == "line" or not self.between(a[i], b[k]).any() for i, k in pairs.tolist())

    def between(self, a: np.ndarray, b: np.ndarray) -> Cells:
        """A view of the cells between two in line."""
        (r0, c0), (r1, c1) = sorted((a.tolist(), b.tolist()))
        if r0 == r1:
            return self.cells[r0, min(c0, c1) + 1 : max(c0, c1)]
        return self.cells[r0 + 1 : r1, c0]


@operation("objects", "markers", mark=MARK, fuel=FUEL, reach=REACH, drawn=DRAWN, weight=0)
def catch(cells: Cells, mark: int, fuel: int | str, reach: str, drawn: str) -> Cells | None:
    """Things catch a colour from things that have it and touch them, are near enough or lie in line, and pass it on;
    lines may be drawn between them, or from each of them over the whole grid."""
    fuse = _Fuse(cells, mark, fuel, reach)
    return _made(fuse, fuse.burnt(), mark, drawn) if fuse.sound else None


def _made(fuse: _Fuse, burnt: Sequence[tuple[int, int]], mark: int, drawn: str) -> Cells | None:
    out = fuse.cells.copy()
    for b, _ in burnt:
        out[tuple(fuse.places[b].T)] = mark
    if drawn == "cross":
        for i in (*range(fuse.lit), *(b for b, _ in burnt)):
            for r, c in fuse.places[i].tolist():
                out[r][out[r] == 0] = mark
                out[:, c][out[:, c] == 0] = mark
    elif drawn == "links":
        linked = _Fuse(out, mark, "any", fuse.reach)
        linked.cells = out
        for b, a in burnt:
            _link(linked, fuse.places[a], fuse.places[b], mark)
    return None if (out == fuse.cells).all() else out


def _link(fuse: _Fuse, a: np.ndarray, b: np.ndarray, mark: int) -> None:
    """Paint the shortest lines between two things."""
    apart = np.abs(a[:, None] - b[None])
    pairs = np.argwhere(apart.min(axis=2) == 0)
    if not len(pairs):
        return
    far = apart.sum(axis=2)
    least = min(int(far[i, k]) for i, k in pairs.tolist())
    for i, k in pairs.tolist():
        if far[i, k] == least:
            line = fuse.between(a[i], b[k])
            line[line == 0] = mark


@fits("catch")
def _fit(shown: Sequence[Cells], wanted: Sequence[Cells]) -> Iterator[tuple[Argument, ...]]:
    """The one colour that becomes more, the colours that become it, and the first reach that makes it; of distances,
    also the farthest."""
    if any(s.shape != w.shape for s, w in zip(shown, wanted, strict=True)):
        return
    grown = {int(c) for s, w in zip(shown, wanted, strict=True) for c in np.unique(w[s != w])}
    lost = {int(c) for s, w in zip(shown, wanted, strict=True) for c in np.unique(s[s != w])} - {0}
    if len(grown) != 1 or not lost or 0 in grown:
        return
    (mark,) = grown
    if not all((s == mark).any() for s in shown):
        return
    ways = (
        ("nothing",)
        if not any((w != s)[s == 0].any() for s, w in zip(shown, wanted, strict=True))
        else ("links", "cross")
    )
    fuels: list[int | str] = [*lost] if len(lost) == 1 else []
    if any(set(colours(s)) - {mark} - lost for s in shown) or len(lost) > 1:
        fuels.append("any")
    for fuel in fuels:
        good: list[tuple[Argument, ...]] = []
        for reach in map(str, REACH.values):
            for drawn in ways:
                for s, w in zip(shown, wanted, strict=True):
                    made = catch(s, mark, fuel, reach, drawn)
                    if (made if made is not None else s).tolist() != w.tolist():
                        break
                else:
                    good.append((mark, fuel, reach, drawn))
        near = [g for g in good if str(g[2]).startswith("near")]
        yield from (g for g in good if g not in near[1:-1])
