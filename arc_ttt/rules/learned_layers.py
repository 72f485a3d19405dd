"""Grid → its equal parts laid upon each other, or one cell for each part, by tables read off demonstrations."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache

import numpy as np

from arc_ttt.rules.crowds import Crowd, crowd
from arc_ttt.rules.language import OTHER, Argument, Kind, fits, is_order, makes, operation, table_word
from arc_ttt.rules.panels import panels
from arc_ttt.rules.properties import PROPERTIES
from arc_ttt.rules.sources import SOURCES
from arc_ttt.types import Cells

MOST_LAYERS = 9
_SPLITS = ("panels", "quarters", *(f"{way}{n}" for way in ("across", "down") for n in (2, 3, 4, 5)))
SPLIT = Kind("split", _SPLITS)
# On top is the part with the fewest, or the most, coloured cells.
_RANKED = ("fewest", "most")
_LAYER_ENTRY = re.compile(r"(\d{1,9})to(\d)")
_CELL_ENTRY = re.compile(r"(\d{1,5}|else)to([a-z]+|\d)")
# `walls`: which are coloured, behind the colour of the lines between them.
SEES = Kind("what is seen", ("inks", "marks", "count", "walls"))


def _is_layers(word: str) -> bool:
    return all(_LAYER_ENTRY.fullmatch(e) for e in word.split("_"))


def _is_cells(word: str) -> bool:
    entries = [_CELL_ENTRY.fullmatch(e) for e in word.split("_")]
    return all(e is not None and (e[2].isdecimal() or e[2] in SOURCES) for e in entries)


ORDER = Kind("order of layers", ("o01", "o210", *_RANKED), lambda word: word in _RANKED or is_order(word, MOST_LAYERS))
LAYERS = Kind("table of layers", ("11to3_10to0_1to0_0to0", "0to0_1to2_2to1"), _is_layers)
CELLS = Kind("table of cells", ("0to0_1toown", "0to0_1to3"), _is_cells)
PROPERTY = Kind("property", tuple(PROPERTIES))


def layers(cells: Cells, split: str) -> list[Cells] | None:
    """The parts of equal size that a grid is split into; None where it cannot be."""
    rows, columns = cells.shape
    if split == "panels":
        found = panels(cells)
        parts = [cells[b] for b in found.flat] if found else []
        return parts if 2 <= len(parts) <= MOST_LAYERS and len({p.shape for p in parts}) == 1 else None
    if split == "quarters":
        h, w = rows // 2, columns // 2
        if rows % 2 or columns % 2:
            return None
        return [cells[:h, :w], cells[:h, w:], cells[h:, :w], cells[h:, w:]]
    n = int(split[-1])
    if split.startswith("across"):
        return np.split(cells, n, axis=1) if columns % n == 0 else None
    return np.split(cells, n) if rows % n == 0 else None


@operation("panels", split=SPLIT, order=ORDER, result=OTHER, weight=0)
def overlay_in_order(cells: Cells, split: str, order: str) -> Cells | None:
    """The equal parts of the grid laid upon each other in a certain order, the first on top."""
    parts = layers(cells, split)
    if parts is None or (order not in _RANKED and len(parts) != len(order) - 1):
        return None
    if order in _RANKED:
        counts = [np.count_nonzero(p) for p in parts]
        if len(set(counts)) < len(counts):
            return None
        ranked = sorted(range(len(parts)), key=lambda k: counts[k], reverse=order == "most")
    else:
        ranked = [int(digit) for digit in order[1:]]
    out = np.zeros_like(parts[0])
    for k in ranked:
        out = np.where(out == 0, parts[k], out)
    return out


@fits("overlay_in_order")
def _fit_order(shown: Sequence[Cells], wanted: Sequence[Cells]) -> Iterator[tuple[Argument, ...]]:
    for split, parts in splits(shown, wanted):
        left = list(range(len(parts[0])))
        open_ = [np.ones(w.shape, bool) for w in wanted]
        order: list[int] = []
        while left:
            # On top is whatever paints nothing wrong where nothing lies yet.
            top = next(
                (
                    i
                    for i in left
                    if all(
                        bool(((p[i] == 0) | (p[i] == w) | ~o).all())
                        for p, w, o in zip(parts, wanted, open_, strict=True)
                    )
                ),
                None,
            )
            if top is None:
                break
            order.append(top)
            left.remove(top)
            open_ = [o & (p[top] == 0) for p, o in zip(parts, open_, strict=True)]
        if not left:
            yield split, "o" + "".join(map(str, order))
            continue
        for rank in _RANKED:
            if makes(overlay_in_order, (split, rank), shown, wanted):
                yield split, rank


def splits(shown: Sequence[Cells], wanted: Sequence[Cells]) -> Iterator[tuple[str, list[list[Cells]]]]:
    """The splits into parts of the outputs' sizes, as many in each demonstration."""
    for split in map(str, SPLIT.values):
        parts: list[list[Cells]] = []
        for s, w in zip(shown, wanted, strict=True):
            found = layers(s, split)
            if found is None or found[0].shape != w.shape or (parts and len(found) != len(parts[0])):
                break
            parts.append(found)
        else:
            yield split, parts


def _seen(parts: Sequence[Cells], sees: str, wall: int) -> np.ndarray:
    """(rows, columns) what is seen at each place of parts that lie upon each other: a number."""
    if sees == "count":
        count: np.ndarray = sum((p != 0).astype(np.intp) for p in parts)
        return count
    key = np.full(parts[0].shape, wall if sees == "walls" else 0, np.intp)
    for p in parts:
        key = key * 10 + (p if sees == "inks" else p != 0)
    return key


@lru_cache(maxsize=256)
def _layer_table(word: str) -> dict[int, int]:
    return {int(k): int(v) for k, v in _LAYER_ENTRY.findall(word)}


def _wall(cells: Cells, split: str) -> int:
    """The colour of the lines between panels; 0 where there are none."""
    found = panels(cells) if split == "panels" else None
    return found.ink if found else 0


@operation("panels", split=SPLIT, sees=SEES, table=LAYERS, result=OTHER, weight=0)
def combine_layers(cells: Cells, split: str, sees: str, table: str) -> Cells | None:
    """The equal parts of the grid laid upon each other; a table says which colour what lies at a place gives."""
    parts = layers(cells, split)
    if parts is None:
        return None
    seen, entries = _seen(parts, sees, _wall(cells, split)), _layer_table(table)
    out = np.zeros(seen.shape, np.uint8)
    for key in np.unique(seen).tolist():
        if key not in entries:
            return None
        out[seen == key] = entries[key]
    return out


@fits("combine_layers")
def _fit_layers(shown: Sequence[Cells], wanted: Sequence[Cells]) -> Iterator[tuple[Argument, ...]]:
    for split, parts in splits(shown, wanted):
        walls = [_wall(s, split) for s in shown]
        keyed = ("walls",) if len(set(walls)) > 1 and len(parts[0]) < MOST_LAYERS else ()
        for sees in ("count", "marks", "inks", *keyed):
            seen = np.concatenate([_seen(p, sees, wall).ravel() for p, wall in zip(parts, walls, strict=True)])
            goal = np.concatenate([w.ravel() for w in wanted])
            keys, at = np.unique(seen, return_inverse=True)
            if len(keys) > 20 or (sees == "inks" and len(parts[0]) > 3):
                continue
            made = np.zeros(len(keys), np.uint8)
            made[at] = goal
            if (made[at] == goal).all():
                yield split, sees, "_".join(f"{k}to{v}" for k, v in zip(keys.tolist(), made.tolist(), strict=True))
                break


# --- one cell for each panel ---


@lru_cache(maxsize=256)
def cell_table(word: str) -> dict[str, str]:
    return dict(_CELL_ENTRY.findall(word))


@operation("panels", name=PROPERTY, table=CELLS, result=OTHER, weight=0)
def panels_to_cells(cells: Cells, name: str, table: str) -> Cells | None:
    """One cell for each panel: a colour of its own or a constant one, as a property of the panel decides."""
    found = panels(cells)
    c = crowd(cells, "panels")
    if found is None or len(c.things) != len(found.flat):
        return None
    entries = cell_table(table)
    inks = []
    for i, value in enumerate(c.values(name)):
        output = entries.get(str(value), entries.get("else"))
        if output is None:
            return None
        inks.append(int(output) if output.isdecimal() else c.inks(output)[i])
    return np.array(inks, np.uint8).reshape(len(found.boxes), len(found.boxes[0]))


@fits("panels_to_cells")
def _fit_cells(shown: Sequence[Cells], wanted: Sequence[Cells]) -> Iterator[tuple[Argument, ...]]:
    crowds, goals = [], []
    for s, w in zip(shown, wanted, strict=True):
        found = panels(s)
        c = crowd(s, "panels")
        if found is None or (len(found.boxes), len(found.boxes[0])) != w.shape or len(c.things) != w.size:
            return
        crowds.append(c)
        goals.append(w.ravel().tolist())
    if len({v for g in goals for v in g}) < 2:
        return
    possible = [
        [{str(ink), *c.named(i).get(ink, ())} for i, ink in enumerate(goal)]
        for c, goal in zip(crowds, goals, strict=True)
    ]
    kept = 0
    for name in PROPERTIES:
        table = agreed(crowds, possible, name)
        if table is not None and (name == "any" or len(set(table.values())) > 1):
            yield name, table_word(table)
            kept += 1
            if kept == 3:
                return


def agreed(crowds: Sequence[Crowd], possible: Sequence[Sequence[set[str]]], name: str) -> dict[int, str] | None:
    """What the panels with each value may all become; None where there is nothing, or values are too many."""
    common: dict[int, set[str]] = defaultdict(set)
    owners: dict[int, set[int]] = defaultdict(set)
    for d, (c, here) in enumerate(zip(crowds, possible, strict=True)):
        for v, outputs in zip(c.values(name), here, strict=True):
            common[v] = common[v] & outputs if v in common else set(outputs)
            owners[v].add(d)
    if len(common) > 6 or not all(common.values()) or sum(len(o) == 1 for o in owners.values()) > len(common) // 2:
        return None
    return {v: min(o, key=lambda w: (not w.isdecimal(), len(w), w)) for v, o in common.items()}
