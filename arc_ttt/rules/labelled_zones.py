"""Zones of a grid, each with a label: what happens in a zone is what its label's colour, or how long it is, says."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from arc_ttt.rules.chosen import parts_of
from arc_ttt.rules.colouring import negative
from arc_ttt.rules.language import DIRECTION, Argument, Kind, fits, operation
from arc_ttt.rules.panels import panels
from arc_ttt.rules.places import DIRECTIONS
from arc_ttt.rules.things import colours, shifted, things
from arc_ttt.rules.whole import facing, facing_back
from arc_ttt.types import Cells

Box = tuple[slice, slice]
MOST_ZONES, _FEWEST, _MOST_SHIFT = 40, 2, 9


@dataclass(frozen=True)
class Zone:
    """A box of a grid in which something happens, the colour of its label (0: none), how many cells the label has, and
    where it is one of the cells of the box itself."""

    box: Box
    label: int
    count: int
    at: tuple[int, int] | None = None


# --- what happens ---


def _fallen(cells: Cells) -> Cells:
    """All cells fall down."""
    order = np.argsort(cells != 0, axis=0, kind="stable")
    return np.take_along_axis(cells, order, axis=0)


def _rayed(cells: Cells) -> Cells:
    """Each cell goes on down over empty cells."""
    rows = np.where(cells != 0, np.arange(len(cells))[:, None], 0)
    return np.take_along_axis(cells, np.maximum.accumulate(rows, axis=0), axis=0)


def _lined(cells: Cells) -> Cells:
    """The empty cells of a row take its one colour."""
    high = cells.max(axis=1, keepdims=True)
    low = np.where(cells == 0, 99, cells).min(axis=1, keepdims=True)
    return np.where((cells == 0) & (high == low), high, cells).astype(np.uint8)


def _boxed(cells: Cells, full: bool) -> Cells:
    """The boxes of things become full, or frames."""
    out = cells.copy()
    for t in things(cells, "corner"):
        out[t.box] = t.colour
        if not full and min(t.cells.shape) > 2:
            out[t.top + 1 : t.bottom, t.left + 1 : t.right] = 0
    return out


def _hollow(cells: Cells) -> Cells:
    """What has no empty side becomes empty."""
    ink = np.pad(cells != 0, 1)
    inner = ink[:-2, 1:-1] & ink[2:, 1:-1] & ink[1:-1, :-2] & ink[1:-1, 2:]
    return np.where(inner, 0, cells).astype(np.uint8)


def _by_size(cells: Cells, large: bool) -> Cells:
    """The largest things are kept, or all others."""
    found = things(cells, "corner")
    most = max((t.size for t in found), default=0)
    out = np.zeros_like(cells)
    for t in found:
        if (t.size == most) == large:
            np.copyto(out[t.box], t.cells, where=t.cells != 0)
    return out


def _turned(act: Callable[[Cells], Cells], way: str) -> Callable[[Cells, int, int], Cells]:
    return lambda c, label, n: facing_back(act(facing(c, way)), way)


def _square(act: Callable[[Cells], Cells]) -> Callable[[Cells, int, int], Cells | None]:
    return lambda c, label, n: act(c) if c.shape[0] == c.shape[1] else None


_WAYS = tuple(map(str, DIRECTION.values))
# By name: from what is in a zone, the label's colour and its length to what will be there.
ACTS: dict[str, Callable[[Cells, int, int], Cells | None]] = {
    "same": lambda c, label, n: c,
    "empty": lambda c, label, n: np.zeros_like(c),
    "across": lambda c, label, n: c[:, ::-1],
    "upright": lambda c, label, n: c[::-1],
    "half": lambda c, label, n: c[::-1, ::-1],
    "quarter": _square(lambda c: np.rot90(c, -1)),
    "back": _square(np.rot90),
    "diagonal": _square(lambda c: c.T),
    "paint": lambda c, label, n: np.where(c != 0, np.uint8(label), c) if label else None,
    "fill": lambda c, label, n: np.where(c == 0, np.uint8(label), c) if label else None,
    "flood": lambda c, label, n: np.full_like(c, label) if label else None,
    "swap": lambda c, label, n: np.where(c == 0, np.uint8(label), np.uint8(0)) if label else None,
    "only": lambda c, label, n: np.where(c == label, c, np.uint8(0)) if label else None,
    "without": lambda c, label, n: np.where(c != label, c, np.uint8(0)) if label else None,
    "inverse": lambda c, label, n: negative(c),
    "hollow": lambda c, label, n: _hollow(c),
    "full": lambda c, label, n: _boxed(c, True),
    "frames": lambda c, label, n: _boxed(c, False),
    "largest": lambda c, label, n: _by_size(c, True),
    "smaller": lambda c, label, n: _by_size(c, False),
    "rows": lambda c, label, n: _lined(c),
    "columns": lambda c, label, n: _lined(c.T).T,
}
ACTS |= {f"fall{way}": _turned(_fallen, way) for way in _WAYS}
ACTS |= {f"rays{way}": _turned(_rayed, way) for way in _WAYS}


def _moving(way: str, by_count: bool, round_: bool) -> Callable[[Cells, int, int], Cells | None]:
    down, right = DIRECTIONS[way]

    def move(cells: Cells, label: int, n: int) -> Cells | None:
        k = n if by_count else 1
        if not 0 < k <= _MOST_SHIFT:
            return None
        return np.roll(cells, (k * down, k * right), (0, 1)) if round_ else shifted(cells, k * down, k * right)

    return move


for _way in _WAYS:
    ACTS[f"step{_way}"] = _moving(_way, False, False)
    ACTS[f"count{_way}"] = _moving(_way, True, False)
    ACTS[f"roll{_way}"] = _moving(_way, False, True)
    ACTS[f"rollcount{_way}"] = _moving(_way, True, True)


# --- where zones and labels are ---


def _label(line: Cells) -> tuple[int, int] | None:
    """The one colour of a label and how many cells of it there are; None where there are several."""
    found = colours(line)
    return None if len(found) > 1 else (found[0] if found else 0, int(np.count_nonzero(line)))


def _bands(cells: Cells) -> list[slice]:
    """Between full rows, else the runs of colours in a full first column."""
    found = panels(cells)
    if found and len(found.boxes[0]) == 1 and found.boxes[0][0][1] == slice(0, cells.shape[1]):
        return [row[0][0] for row in found.boxes]
    edge = cells[:, 0]
    if not edge.all():
        return []
    marks = [0, *(np.flatnonzero(edge[1:] != edge[:-1]) + 1).tolist(), len(edge)]
    return [slice(a, b) for a, b in pairwise(marks)]


def _edge(cells: Cells) -> list[Zone]:
    """Bands from side to side with a label in the border line that all of them reach."""
    for side in ("left", "up", "right", "down"):
        image = cells if side in ("left", "right") else cells.T
        image = image if side in ("left", "up") else image[:, ::-1]
        bands = _bands(image)
        labels = [_label(image[b, 0]) for b in bands]
        told = [x for x in labels if x]
        if len(bands) < _FEWEST or len(told) < len(labels) or sum(c > 0 for c, _ in told) < 2:
            continue
        if any(len(colours(image[b, 1])) == 1 and (image[b, 1] == image[b, 0]).all() for b in bands):
            continue
        width, zones = image.shape[1], []
        for band, (ink, n) in zip(bands, told, strict=True):
            box: Box = (band, slice(1, width))
            if side in ("right", "down"):
                box = (band, slice(0, width - 1))
            zones.append(Zone(box if side in ("left", "right") else (box[1], box[0]), ink, n))
        return zones
    return []


def _head(cells: Cells) -> list[Zone]:
    """Panels in rows (or columns), the first of each of which is a label for the others."""
    found = panels(cells)
    if found is None:
        return []
    for rows in (found.boxes, [list(g) for g in zip(*found.boxes, strict=True)]):
        for back in (False, True):
            lines = [row[::-1] for row in rows] if back else rows
            heads = [_label(cells[row[0]]) for row in lines]
            sizes = [cells[row[0]].size for row in lines]
            if len(lines[0]) < 2 or any(h is None or not h[0] for h in heads):
                continue
            if any(2 * s > cells[b].size for s, row in zip(sizes, lines, strict=True) for b in row[1:]):
                continue
            return [Zone(b, h[0], h[1]) for h, row in zip(heads, lines, strict=True) if h for b in row[1:]]
    return []


def _lone(cells: Cells) -> list[Zone]:
    """Panels in which a colour of a single cell is the label; it stays."""
    found = panels(cells)
    zones = []
    for box in found.flat if found else []:
        counts = np.bincount(cells[box].ravel(), minlength=10)
        single = np.flatnonzero(counts[1:] == 1) + 1
        if len(single) > 1:
            return []
        at = np.argwhere(cells[box] == single[0])[0].tolist() if len(single) else None
        zones.append(Zone(box, int(single[0]) if at else 0, 1, (at[0], at[1]) if at else None))
    return zones


def _own(cells: Cells) -> list[Zone]:
    """Panels with one colour each, which is the label."""
    found = panels(cells)
    told = [(box, _label(cells[box])) for box in (found.flat if found else [])]
    return [] if any(x is None for _, x in told) else [Zone(box, *x) for box, x in told if x]


def _framed(cells: Cells) -> list[Zone]:
    """The insides of frames, whose colour is the label."""
    zones = []
    for t in parts_of(cells, "insides"):
        if t.cells.any():
            zones.append(Zone(t.box, int(cells[t.top - 1, t.left - 1]), 0))
    return zones


_WHERE: dict[str, Callable[[Cells], list[Zone]]] = {
    "edge": _edge,
    "head": _head,
    "lone": _lone,
    "own": _own,
    "frame": _framed,
}
WHERE = Kind("where labels are", tuple(_WHERE))
_ENTRY = re.compile(r"(\d|x)to([a-z]+)")


def _is_table(word: str) -> bool:
    entries = [_ENTRY.fullmatch(part) for part in word.split("_")]
    keys = [e[1] for e in entries if e]
    return len(keys) == len(entries) == len(set(keys)) and all(e[2] in ACTS for e in entries if e)


TABLE = Kind("what labels mean", ("1toacross_2toempty", "0tosame_xtopaint", "xtocountright"), _is_table)


def _zones(cells: Cells, where: str) -> list[Zone]:
    if min(cells.shape) < 3:
        return []
    zones = _WHERE[where](cells)
    return zones if _FEWEST <= len(zones) <= MOST_ZONES else []


def _done(cells: Cells, zone: Zone, act: str) -> Cells | None:
    part = cells[zone.box].copy()
    if zone.at:
        part[zone.at] = 0
    new = ACTS[act](part, zone.label, zone.count)
    if new is not None and zone.at:
        new = new.copy()
        if not new[zone.at]:
            new[zone.at] = zone.label
    return new


@operation("walls", "panels", "edge", where=WHERE, table=TABLE, weight=0)
def act_in_zones(cells: Cells, where: str, table: str) -> Cells | None:
    """Each zone of the grid has a label (a mark at its edge, a small panel before it, its lone cell, its colour, its
    frame): what happens to the rest of the zone is what the label says."""
    entries = dict(_ENTRY.findall(table))
    zones = _zones(cells, where)
    out = cells.copy()
    for zone in zones:
        act = entries.get(str(zone.label), entries.get("x") if zone.label else None)
        new = _done(cells, zone, act) if act else None
        if new is None:
            return None
        out[zone.box] = new
    return out if zones else None


@fits("act_in_zones")
def _fit(shown: Sequence[Cells], wanted: Sequence[Cells]) -> Iterator[tuple[Argument, ...]]:
    """For each label the acts that make all its zones; one act for all labels where there is such."""
    if any(s.shape != w.shape for s, w in zip(shown, wanted, strict=True)):
        return
    for where in _WHERE:
        table = _told(shown, wanted, where)
        if table:
            yield where, table


def _told(shown: Sequence[Cells], wanted: Sequence[Cells], where: str) -> str | None:
    left: dict[int, list[str]] = {}
    met = 0
    for s, w in zip(shown, wanted, strict=True):
        zones = _zones(s, where)
        rest = s.copy()
        for zone in zones:
            rest[zone.box] = w[zone.box]
        if not zones or (rest != w).any():
            return None
        for zone in zones:
            left[zone.label] = [a for a in left.get(zone.label, ACTS) if _makes(s, zone, a, w)]
            if not left[zone.label]:
                return None
        met += len(zones)
    return _table(left, met)


def _makes(cells: Cells, zone: Zone, act: str, wanted: Cells) -> bool:
    new = _done(cells, zone, act)
    return new is not None and bool((new == wanted[zone.box]).all())


def _table(left: dict[int, list[str]], met: int) -> str | None:
    """One act for all labels where that is possible; else a case for each, where most of them were met twice."""
    labels = sorted(k for k in left if k)
    if not labels or met <= len(left):
        return None
    none = [f"0to{left[0][0]}"] if 0 in left else []
    shared = [a for a in ACTS if all(a in left[k] for k in labels)]
    if shared:
        return None if shared[0] == "same" else "_".join([*none, f"xto{shared[0]}"])
    if met < len(left) + len(labels):
        return None
    return "_".join([*none, *(f"{k}to{left[k][0]}" for k in labels)])
