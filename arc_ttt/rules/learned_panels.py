"""Grids in coarse steps: each panel or block becomes one cell as a table says, or each cell a block.

Parts of a grid are its panels, or equal blocks without lines between them (`b2x3`: two rows of three blocks; `s2x3`:
blocks of two rows and three columns). What becomes of a part depends on one feature of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import numpy as np

from arc_ttt.rules.features import FEATURES, NOTHING, feature
from arc_ttt.rules.language import OTHER, Argument, Kind, fits, operation, table_word
from arc_ttt.rules.panels import panels
from arc_ttt.types import COLOURS, MAX_SIDE, Cells

_PARTS = re.compile(r"panels|[bs]([1-9]\d?)x([1-9]\d?)")
_CASE = re.compile(r"(\d{1,6})to(\d)")
_BLOCK = re.compile(r"(\d)to((?:[\dx]+r)*[\dx]+)")
_COPY = "copied"
# Features that are colours, and those that say little of a part.
_COLOURS = ("oddcolour", "patch", "commonest", "rarest", "onlycolour", "centre", "corner", "largestink", "smallestink")
_DULL = ("height", "width", "wide")
MOST_PARTS, _KEPT, _MOST_OTHERS, _LEAST_PATCH = 150, 3, 2, 4


def _is_cases(word: str) -> bool:
    return all(map(_CASE.fullmatch, word.removeprefix(_COPY).lstrip("_").split("_"))) or word == _COPY


def _is_blocks(word: str) -> bool:
    blocks = [_BLOCK.fullmatch(e) for e in word.split("_")]
    shapes = {tuple(map(len, b[2].split("r"))) for b in blocks if b}
    return all(blocks) and len(shapes) == 1 and len({n for s in shapes for n in s}) == 1


PARTS = Kind("division", ("panels", "b3x3", "s2x2"), lambda word: _PARTS.fullmatch(word) is not None)
# Of a part also whether it has a cell of a colour.
HAS = {f"has{c}": c for c in range(1, COLOURS)}
# And the one colour of it that no more than half of all parts have, and the one that makes a full rectangle in it.
_ODD, _PATCH = "oddcolour", "patch"
PART_FEATURE = Kind("feature of a part", (*(f for f in FEATURES if f not in _DULL), *HAS, _ODD, _PATCH))
# `copied_5to0`: the colour that the feature is, but 0 for 5.
PART_CASES = Kind("cases of parts", ("0to0_1to2", _COPY, "copied_5to0"), _is_cases)
BLOCKS = Kind("blocks", ("0to00r00_1toxxrx0", "2to2r0"), _is_blocks)


def parts_of(cells: Cells, division: str) -> list[list[Cells]] | None:
    """Rows of parts; None where the grid is not so divided."""
    if division == "panels":
        found = panels(cells)
        return None if found is None else [[np.ascontiguousarray(cells[b]) for b in row] for row in found.boxes]
    match = _PARTS.fullmatch(division)
    if match is None:
        return None
    rows, columns = int(match[1]), int(match[2])
    height, width = cells.shape
    if division[0] == "b":
        if height % rows or width % columns:
            return None
        rows, columns = height // rows, width // columns
    elif height % rows or width % columns:
        return None
    if not 1 < height // rows * (width // columns) <= MOST_PARTS:
        return None
    return [
        [np.ascontiguousarray(cells[r : r + rows, c : c + columns]) for c in range(0, width, columns)]
        for r in range(0, height, rows)
    ]


def _features(parts: Sequence[Cells], name: str) -> list[int]:
    """The feature of each part of a grid."""
    if name == _ODD:
        has = np.stack([np.bincount(p.ravel(), minlength=COLOURS)[1:] > 0 for p in parts])
        odd = has & (2 * has.sum(axis=0) <= len(parts))
        return [int(o.argmax()) + 1 if o.sum() == 1 else NOTHING if o.any() else 0 for o in odd]
    if name == _PATCH:
        return [_patch(p) for p in parts]
    return [int((p == HAS[name]).any()) if name in HAS else feature(p, name) for p in parts]


def _patch(part: Cells) -> int:
    """The one colour whose cells are a full rectangle, two cells broad at least; 0 for none, NOTHING for several."""
    found = []
    for colour in np.flatnonzero(np.bincount(part.ravel(), minlength=COLOURS)[1:] >= _LEAST_PATCH) + 1:
        rows, columns = np.nonzero(part == colour)
        high, wide = int(np.ptp(rows)) + 1, int(np.ptp(columns)) + 1
        if high * wide == len(rows) and min(high, wide) > 1:
            found.append(int(colour))
    return found[0] if len(found) == 1 else NOTHING if found else 0


@operation("panels", division=PARTS, name=PART_FEATURE, cases=PART_CASES, result=OTHER, weight=0)
def sum_up_parts(cells: Cells, division: str, name: str, cases: str) -> Cells | None:
    """One cell for each part of the grid (panel or block), coloured as a table says for a feature of the part."""
    parts = parts_of(cells, division)
    if parts is None or sum(map(len, parts)) > MOST_PARTS:
        return None
    copied = cases.startswith(_COPY)
    table = {int(v): int(c) for v, c in _CASE.findall(cases)}
    out = np.zeros((len(parts), len(parts[0])), np.uint8)
    for at, value in enumerate(_features([p for row in parts for p in row], name)):
        made = table.get(value, value if copied and value <= 9 else 0 if copied else None)
        if made is None:
            return None
        out.flat[at] = made
    return out


@fits("sum_up_parts")
def _fit_parts(shown: Sequence[Cells], wanted: Sequence[Cells]) -> Iterator[tuple[Argument, ...]]:
    """Features of the parts that decide the outputs' cells."""
    found = []
    for division in _divisions(shown, wanted):
        grids = [parts_of(s, division) for s in shown]
        if any(g is None or (len(g), len(g[0])) != w.shape for g, w in zip(grids, wanted, strict=True)):
            continue
        parts = [[p for row in g for p in row] for g in grids if g is not None]
        goal = [int(c) for w in wanted for c in w.ravel()]
        if len(goal) > MOST_PARTS or len(set(goal)) < 2:
            continue
        for rank, name in enumerate(PART_FEATURE.values):
            values = [v for group in parts for v in _features(group, str(name))]
            cases = _decided(values, goal, str(name))
            if cases:
                found.append((not cases.startswith(_COPY), cases.count("_"), rank, (division, name, cases)))
    for *_, arguments in sorted(found)[:_KEPT]:
        yield arguments


def _divisions(shown: Sequence[Cells], wanted: Sequence[Cells]) -> Iterator[str]:
    sizes = {w.shape for w in wanted}
    if not all(s.shape[0] >= w.shape[0] and s.shape[1] >= w.shape[1] for s, w in zip(shown, wanted, strict=True)):
        return
    if any(s.shape == w.shape for s, w in zip(shown, wanted, strict=True)):
        return
    yield "panels"
    steps = {(s.shape[0] / w.shape[0], s.shape[1] / w.shape[1]) for s, w in zip(shown, wanted, strict=True)}
    if len(steps) == 1:
        ((down, across),) = steps
        if down.is_integer() and across.is_integer():
            yield f"s{int(down)}x{int(across)}"
    elif len(sizes) == 1:
        rows, columns = sizes.pop()
        yield f"b{rows}x{columns}"


def _decided(values: Sequence[int], goal: Sequence[int], name: str) -> str | None:
    """The table from values of the feature to the colours wanted; None where one value has two."""
    table: dict[int, int] = {}
    for value, colour in zip(values, goal, strict=True):
        if table.setdefault(value, colour) != colour:
            return None
    if name in _COLOURS:
        others = [f"{v}to{c}" for v, c in sorted(table.items()) if c != (v if v <= 9 else 0)]
        if len(others) <= _MOST_OTHERS and 2 * len(others) < len(table):
            return "_".join((_COPY, *others))
    # A value for each cell explains nothing.
    if NOTHING in table or 2 * len(table) > len(values) or max(table) > 999999:
        return None
    return table_word(table)


# --- cells that become blocks ---


@operation("small", blocks=BLOCKS, result=OTHER, weight=0)
def cells_to_blocks(cells: Cells, blocks: str) -> Cells | None:
    """Each cell becomes a block that depends on its colour, x being that colour."""
    table = {int(c): rows.split("r") for c, rows in _BLOCK.findall(blocks)}
    shape = len(next(iter(table.values()))), len(next(iter(table.values()))[0])
    if cells.shape[0] * shape[0] > MAX_SIDE or cells.shape[1] * shape[1] > MAX_SIDE:
        return None
    out = np.zeros((cells.shape[0] * shape[0], cells.shape[1] * shape[1]), np.uint8)
    for colour in np.flatnonzero(np.bincount(cells.ravel())).tolist():
        if colour not in table:
            return None
        block = np.array([[colour if x == "x" else int(x) for x in row] for row in table[colour]], np.uint8)
        mask = cells == colour
        out += np.kron(mask.astype(np.uint8), block)
    return out


@fits("cells_to_blocks")
def _fit_blocks(shown: Sequence[Cells], wanted: Sequence[Cells]) -> Iterator[tuple[Argument, ...]]:
    """The block of each colour, where all its cells have the same one."""
    steps = {(w.shape[0] / s.shape[0], w.shape[1] / s.shape[1]) for s, w in zip(shown, wanted, strict=True)}
    if len(steps) != 1:
        return
    ((down, across),) = steps
    if not (down.is_integer() and across.is_integer() and 1 < down * across <= 25):
        return
    h, w = int(down), int(across)
    table: dict[int, Cells] = {}
    for given, made in zip(shown, wanted, strict=True):
        for r, c in np.ndindex(*given.shape):
            block = made[r * h : r * h + h, c * w : c * w + w]
            if (table.setdefault(int(given[r, c]), block) != block).any():
                return
    if all((b == b[0, 0]).all() for b in table.values()):
        return  # a scaling, with other colours
    own, fixed = [], []
    for colour, block in sorted(table.items()):
        rows = "r".join("".join(map(str, row)) for row in block)
        fixed.append(f"{colour}to{rows}")
        own.append(f"{colour}to{rows.replace(str(colour), 'x') if colour else rows}")
    yield ("_".join(own),)
    if own != fixed:
        yield ("_".join(fixed),)


# --- scalings by what is in the grid ---

HOW_LARGER = Kind("larger how", ("scale", "tile"))
SCALE_FEATURE = Kind("feature that scales", ("colours", "things", "coloured"))


@operation("small", how=HOW_LARGER, name=SCALE_FEATURE, result=OTHER, weight=0)
def enlarge_by(cells: Cells, how: str, name: str) -> Cells | None:
    """Each cell becomes a square block, or the grid is tiled, as many times as a feature of the grid says."""
    times = feature(cells, name)
    if not 2 <= times <= MAX_SIDE // max(cells.shape):
        return None
    return np.kron(cells, np.ones((times, times), np.uint8)) if how == "scale" else np.tile(cells, (times, times))
