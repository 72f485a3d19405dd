"""Rays as a table says: cells of a colour shoot rays in certain directions, in their own colour or in another.

A table is a word of entries like `2too_3toudlr4`: colour 2 shoots nothing, colour 3 rays of colour 4 up, down, left and
right; `x` stands for every other colour, and without a colour behind the directions a ray has that of its cell; at the
end `metto7` is the colour where rays of two colours meet. The diagonal directions are the letters at the corners of a
keyboard: q (up and left), e, z, c.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from arc_ttt.rules.language import Argument, Kind, fits, operation
from arc_ttt.rules.things import enclosed
from arc_ttt.types import Cells

WAYS = {
    "u": (-1, 0),
    "d": (1, 0),
    "l": (0, -1),
    "r": (0, 1),
    "q": (-1, -1),
    "e": (-1, 1),
    "z": (1, -1),
    "c": (1, 1),
}
_ENTRY = re.compile(r"([1-9x])to(?:same|([udlrqezc]+)([1-9]?))")
_MET = re.compile(r"_metto([1-9])$")
# Directions that belong together; others are chance. Cells that a colour's rays must paint at least.
_TOGETHER = {*map(frozenset, ("udlr", "qezc", "udlrqezc", "qeu", "zcd", "qzl", "ecr", *WAYS))} | {
    *map(frozenset, ("ud", "lr", "qc", "ez", "qe", "zc", "qz", "ec"))
}
_FEWEST = 3
# Colours that shoot nothing where all others shoot alike.
_MOST_STILL = 2


def _check(word: str) -> bool:
    entries = [_ENTRY.fullmatch(part) for part in _MET.sub("", word).split("_")]
    sources = [e[1] for e in entries if e]
    return len(sources) == len(entries) == len(set(sources))


TABLE = Kind("table of rays", ("xtoudlr", "2toqezc4_3tosame"), _check)
# Where a ray ends: before a coloured cell; at the border, under or over what lies there; or it is drawn only where it
# meets a cell of its source's colour, or any coloured cell. "clearing" is over, but what has its colour becomes empty;
# "indoors" goes from outside through a wall into a room, and is drawn only there.
END = Kind("end", ("blocked", "under", "over", "pairing", "meeting", "clearing", "indoors"))
_UNENDING = ("under", "over", "clearing")
_OVER = ("over", "clearing")
_UNCROSSED = tuple(end for end in END.values if end != "clearing")
_BACK = {"u": "d", "d": "u", "l": "r", "r": "l", "q": "c", "c": "q", "e": "z", "z": "e"}
WHO = Kind("who", ("all", "single"))


def swept(bits: np.ndarray, stop: np.ndarray | None, way: str) -> np.ndarray:
    """What a ray brings to each cell: `bits` (rows, columns) of the cells behind it, as far as the next cell of `stop`;
    a cell itself is not among those behind it."""
    dr, dc = WAYS[way]
    if not dr:
        turned = swept(bits.T, None if stop is None else stop.T, "u" if dc < 0 else "d")
        return turned.T
    height, width = bits.shape
    out = np.zeros((height, width + 2), bits.dtype)
    carried = np.zeros(width + 2, bits.dtype)
    inner = slice(1, width + 1)
    for r in range(height) if dr > 0 else range(height - 1, -1, -1):
        out[r, inner] = carried[1 - dc : width + 1 - dc]
        carried = np.zeros(width + 2, bits.dtype)
        here = out[r, inner]
        carried[inner] = here | bits[r] if stop is None else np.where(stop[r], bits[r], here | bits[r])
    return out[:, inner]


def _bits(cells: Cells, who: str) -> np.ndarray:
    """Each coloured cell that shoots as the bit of its colour."""
    bits: np.ndarray = np.where(cells != 0, np.left_shift(1, cells.astype(np.int16)), 0).astype(np.int16)
    if who == "single":
        padded = np.pad(cells, 1)
        height, width = cells.shape
        for dr, dc in WAYS.values():
            bits[padded[1 + dr : 1 + dr + height, 1 + dc : 1 + dc + width] == cells] = 0
    return bits


def _behind(values: np.ndarray, way: str) -> np.ndarray:
    """(rows, columns): for each cell what the one before has, in a direction; 0 where there is none."""
    (dr, dc), (height, width) = WAYS[way], values.shape
    return np.pad(values, 1)[1 - dr : 1 - dr + height, 1 - dc : 1 - dc + width]


class _Sky:
    """A grid's rays in all directions, computed when first asked for."""

    def __init__(self, cells: Cells, who: str, end: str) -> None:
        self.cells, self.end = cells, end
        self.bits = _bits(cells, who)
        self.maps: dict[str, np.ndarray] = {}
        self.rooms = enclosed(cells) if end == "indoors" else np.zeros((0, 0), bool)
        self.inner = np.zeros(cells.shape, bool)
        if self.rooms.any():  # what lies in a room shoots nothing
            outside = np.pad((cells == 0) & ~self.rooms, 1, constant_values=True)
            self.inner = ~(outside[:-2, 1:-1] | outside[2:, 1:-1] | outside[1:-1, :-2] | outside[1:-1, 2:])
            self.bits[self.inner] = 0

    def __getitem__(self, way: str) -> np.ndarray:
        """(rows, columns): the bits of the colours whose rays in this direction come by."""
        if way not in self.maps:
            stop = None if self.end in _UNENDING else self.cells != 0
            if self.end == "indoors":
                # Through the wall, though it is thick, but not through what lies behind it, nor out again.
                shut = self.inner & (_behind(self.cells, way) != self.cells)
                stop = (self.cells != 0) & (_behind(self.rooms, way) | shut)
            found = swept(self.bits, stop, way).copy()
            if self.end not in _OVER:
                found[self.cells != 0] = 0
            if self.end == "indoors":
                found[~self.rooms] = 0
            if self.end in ("pairing", "meeting"):
                met = swept(_bits(self.cells, "all"), stop, _BACK[way])
                found = found & met if self.end == "pairing" else np.where(met != 0, found, 0)
            self.maps[way] = found
        return self.maps[way]


@operation("spotted", "markers", table=TABLE, end=END, who=WHO, weight=0)
def shoot_rays(cells: Cells, table: str, end: str, who: str) -> Cells | None:
    """Cells shoot rays as a table says: for each colour the directions, and the colour of the ray."""
    entries = {e[0]: (e[1], e[2]) for e in _ENTRY.findall(_MET.sub("", table))}
    present = np.flatnonzero(np.bincount(cells.ravel(), minlength=10))
    inks = [int(c) for c in present if c]
    if not inks or ("x" not in entries and any(str(c) not in entries for c in inks)):
        return None
    sky = _Sky(cells, who, end)
    out = cells.copy()
    order = inks if "x" in entries else [int(c) for c in entries]
    for colour in order:
        ways, ink = entries.get(str(colour)) or entries.get("x", ("", ""))
        new = np.uint8(int(ink) if ink else colour)
        for way in ways:
            here = (sky[way] >> colour) & 1 == 1
            out[here] = np.where(cells[here] == new, np.uint8(0), new) if end == "clearing" else new
    if met := _MET.search(table):
        out[_met(sky, inks, entries)] = int(met[1])
    if end in _OVER:
        sources = [c for c in order if entries.get(str(c), entries.get("x", ("",)))[0]]
        shooting = (sky.bits != 0) & np.isin(cells, sources)
        out[shooting] = cells[shooting]
    return out


def _met(sky: _Sky, inks: Sequence[int], entries: Mapping[str, tuple[str, str]]) -> np.ndarray:
    """(rows, columns): the cells by which rays of several colours come."""
    count = np.zeros(sky.cells.shape, int)
    for colour in inks:
        ways, _ = entries.get(str(colour)) or entries.get("x", ("", ""))
        if ways:
            count += np.bitwise_or.reduce([(sky[way] >> colour) & 1 for way in ways])
    return count > 1


def _crossed(skies: Sequence[_Sky], wanted: Sequence[Cells], inks: Sequence[int], word: str) -> str:
    """The entry for where rays of several colours meet, if all these cells have one colour that no ray has."""
    entries = {e[0]: (e[1], e[2]) for e in _ENTRY.findall(word)}
    rays = {int(ink or source) for source, (ways, ink) in entries.items() if ways and source != "x"}
    colours = set[int]()
    for sky, want in zip(skies, wanted, strict=True):
        here = [c for c in inks if (sky.cells == c).any()]
        colours |= set(want[_met(sky, here, entries)].tolist())
    ink = colours.pop() if len(colours) == 1 else 0
    return f"_metto{ink}" if ink and rays and ink not in rays else ""


@fits("shoot_rays")
def _fit(shown: Sequence[Cells], wanted: Sequence[Cells]) -> Iterator[tuple[Argument, ...]]:
    """For each colour the directions in which all its rays are painted."""
    if any(s.shape != w.shape for s, w in zip(shown, wanted, strict=True)):
        return
    inks = sorted({int(c) for s in shown for c in np.flatnonzero(np.bincount(s.ravel(), minlength=10))} - {0})
    if not inks or any((w[s == 0] == 0).all() for s, w in zip(shown, wanted, strict=True)):
        return
    crossed = any((w != s)[s != 0].any() for s, w in zip(shown, wanted, strict=True))
    cleared = any((w == 0)[s != 0].any() for s, w in zip(shown, wanted, strict=True))
    for end in ("clearing",) if cleared else ("over",) if crossed else _UNCROSSED:
        for who in WHO.values:
            skies = [_Sky(s, str(who), str(end)) for s in shown]
            if end == "indoors" and not all(sky.rooms.any() for sky in skies):
                continue
            if who == "single" and all((sky.bits != 0).sum() in (0, (sky.cells != 0).sum()) for sky in skies):
                continue
            table = _table(skies, wanted, inks)
            if table is None:
                continue
            for word in table:
                yield word + _crossed(skies, wanted, inks, word), end, who


def _table(skies: Sequence[_Sky], wanted: Sequence[Cells], inks: Sequence[int]) -> Iterator[str] | None:
    seen: dict[int, np.ndarray] = {}
    ways: dict[int, str] = {}
    idle: dict[int, str] = {}  # where a colour has nothing to paint
    for colour in inks:
        seen[colour], ways[colour], idle[colour] = np.zeros(10, int), "", ""
        for way in WAYS:
            made = _painted(skies, wanted, colour, way)
            if made is None:
                continue
            if made.sum():
                ways[colour] += way
                seen[colour] += made
            else:
                idle[colour] += way
    shooting = [c for c in inks if ways[c]]
    # Several colours that shoot alike may each be blocked in some directions, and few cells of one do then.
    fewest = _FEWEST
    union = "".join(w for w in WAYS if any(w in ways[c] for c in shooting))
    if (
        len(shooting) > 1
        and frozenset(union) in _TOGETHER
        and all(set(union) <= {*ways[c], *idle[c]} for c in shooting)
    ):
        ways |= dict.fromkeys(shooting, union)
        fewest = 1
    rays: dict[int, tuple[str, str]] = {}
    for colour in inks:
        ink = int(seen[colour].argmax())
        n = int(seen[colour].sum())
        if frozenset(ways[colour]) in _TOGETHER and n >= fewest and 2 * seen[colour][ink] >= n:
            rays[colour] = ways[colour], "" if ink == colour else str(ink)
    # What has nothing to paint may do as the others.
    busy = [c for c in inks if len(idle[c]) < len(WAYS)]
    return _words(rays, inks, busy) if rays else None


def _painted(skies: Sequence[_Sky], wanted: Sequence[Cells], colour: int, way: str) -> np.ndarray | None:
    """How many cells of each colour are painted where a colour's rays in a direction come by; None where some is not
    painted at all."""
    made = np.zeros(10, int)
    for sky, want in zip(skies, wanted, strict=True):
        at = ((sky[way] >> colour) & 1 == 1) & (sky.cells != colour)
        new = want[at]
        lacking = (new == 0) & (sky.cells[at] == 0) if sky.end == "clearing" else new == 0
        if bool(lacking.any()) or (sky.end not in _OVER and bool((new == sky.cells[at]).any())):
            return None
        made += np.bincount(new[new != 0], minlength=10)
    return made


def _words(rays: dict[int, tuple[str, str]], inks: Sequence[int], busy: Sequence[int]) -> Iterator[str]:
    kinds = {rays.get(c) for c in busy}
    if len(inks) > 1 and len(kinds) == 1:
        yield "xto" + "".join(rays[busy[0]])
    elif len(rays) > 1 and len(kinds) == 2:
        still = [f"{c}tosame" for c in busy if c not in rays]
        if len(still) <= _MOST_STILL:
            yield "_".join([*still, "xto" + "".join(next(iter(rays.values())))])
    entries = {c: f"{c}to{''.join(rays[c])}" if c in rays else f"{c}tosame" for c in inks}
    yield "_".join(entries[c] for c in inks)
    if len(rays) > 1:  # crossings belong to the ray that is drawn last
        yield "_".join(entries[c] for c in reversed(inks))
