"""Operations that read a legend: pairs of colours that lie side by side somewhere say what becomes of the rest."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from arc_ttt.rules.language import Kind, operation
from arc_ttt.rules.things import Thing, things
from arc_ttt.types import Cells

READ = Kind("read", ("rightwards", "leftwards", "downwards", "upwards", "both", "in_turn"))
REST = Kind("legend afterwards", ("stays", "goes"))


def unframed(cells: Cells) -> Cells:
    """A thing without its frame, where its outermost cells are of one colour, which is nowhere else in it."""
    if min(cells.shape) < 3:
        return cells
    inner = cells[1:-1, 1:-1]
    ink = cells[0, 0]
    framed = ink and np.count_nonzero(cells == ink) == cells.size - inner.size and not (inner == ink).any()
    return inner if framed else cells


def _pairs(t: Thing) -> Iterator[tuple[str, list[tuple[int, int]]]]:
    """The pairs of colours that a full thing of two rows or columns shows, across or down, perhaps within a frame."""
    block = unframed(t.cells)
    if not block.all():
        return
    if block.shape[1] == 2:
        yield "across", [(int(a), int(b)) for a, b in block.tolist()]
    if block.shape[0] == 2:
        yield "down", [(int(a), int(b)) for a, b in block.T.tolist()]


def legend(cells: Cells, down: bool, again: bool = False) -> tuple[list[Thing], list[tuple[int, int]]] | None:
    """The things that are legends, read across or down, and their pairs; the rest is what they speak of. Several pairs
    may begin with one colour where it says `again`."""
    found, pairs = [], []
    group = things(cells, "mixed")
    for t in group:
        for way, read in _pairs(t):
            if (way == "down") == down and all(a != b for a, b in read):
                found.append(t)
                pairs += read
    firsts = [a for a, _ in pairs]
    if not found or len(found) == len(group) or (len(set(firsts)) != len(firsts) and not again):
        return None
    return found, pairs


def table_beside(cells: Cells, box: tuple[slice, slice], read: str) -> np.ndarray | None:
    """The colour that each colour becomes by the legends that lie outside of a box; None where there is none, or one
    that says two things of a colour."""
    rest = cells.copy()
    rest[box] = 0
    table = np.arange(10, dtype=np.uint8)
    said: set[int] = set()
    for t in things(rest, "mixed"):
        for way, pairs in _pairs(t):
            if (way == "down") != (read in ("downwards", "upwards")) or any(a == b for a, b in pairs):
                continue
            for first, second in pairs:
                a, b = (first, second) if read in ("rightwards", "downwards") else (second, first)
                if a in said:
                    return None
                said.add(a)
                table[a] = b
    return table if said else None


@operation("markers", "shapes", read=READ, rest=REST, weight=0)
def recolour_by_legend(cells: Cells, read: str, rest: str) -> Cells | None:
    """Blocks of two rows or columns are a legend: a colour in all other things becomes the one beside it there, perhaps
    pair by pair, so that what one pair has coloured the next may colour again."""
    downwards = read in ("downwards", "upwards")
    found = legend(cells, downwards, read == "in_turn")
    if found is None and read in ("both", "in_turn"):
        found = legend(cells, True, read == "in_turn")
    if found is None:
        return None
    legends, pairs = found
    table = np.arange(10, dtype=np.uint8)
    for a, b in pairs:
        if read == "in_turn":
            table[table == a] = b
        if read in ("rightwards", "downwards", "both"):
            table[a] = b
        if read in ("leftwards", "upwards") or (read == "both" and b not in [p for p, _ in pairs]):
            table[b] = a
    out = table[cells]
    for t in legends:
        out[t.box] = t.cells if rest == "stays" else 0
    return None if (out == cells).all() else out


EDGE = Kind("edge with a legend", ("left", "right", "top", "bottom"))
COLOURED = Kind("what is recoloured", ("things", "line"))


@operation("edge", "walls", edge=EDGE, coloured=COLOURED, weight=0)
def colour_from_edge(cells: Cells, edge: str, coloured: str) -> Cells | None:
    """Coloured cells (or whole things) take the colour that lies at one edge of the grid in their row or column."""
    turned = np.rot90(cells, {"left": 0, "top": 1, "right": 2, "bottom": 3}[edge])
    key = turned[:, 0]
    if not key.any() or turned.shape[1] < 3:
        return None
    out = turned.copy()
    body = turned[:, 1:].copy()
    if coloured == "line":
        out[:, 1:] = np.where((body != 0) & (key != 0)[:, None], key[:, None], body)
    else:
        for t in things(np.ascontiguousarray(body), "corner"):
            inks = np.unique(key[t.top : t.bottom + 1])
            inks = inks[inks != 0]
            if len(inks) != 1:
                continue
            out[:, 1:][t.box][t.cells != 0] = inks[0]
    if (out == turned).all():
        return None
    return np.ascontiguousarray(np.rot90(out, -{"left": 0, "top": 1, "right": 2, "bottom": 3}[edge]))


@operation("walls", "panels", weight=0)
def share_in_panels(cells: Cells) -> Cells | None:
    """Things of one size that lie apart show one picture: what any of them has, all of them take."""
    group = [t for t in things(cells, "mixed") if t.size > 2]
    if not 2 <= len(group) <= 20 or len({t.cells.shape for t in group}) != 1:
        return None
    whole = np.zeros_like(group[0].cells)
    for t in group:
        if ((whole != 0) & (t.cells != 0) & (whole != t.cells)).any():
            return None
        whole = np.maximum(whole, t.cells)
    out = cells.copy()
    for t in group:
        out[t.box] = whole
    return None if (out == cells).all() else out
