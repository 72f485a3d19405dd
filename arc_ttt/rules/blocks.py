"""The grid as blocks of a larger one, turned as demonstrations show; cut to a constant size; seen as a coarse grid."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

import numpy as np

from arc_ttt.rules.language import MARK, OTHER, PROGRAM, Argument, Kind, Program, fits, operation, run
from arc_ttt.rules.panels import panels
from arc_ttt.rules.places import within
from arc_ttt.rules.whole import bounding_box, by_abundance
from arc_ttt.types import COLOURS, MAX_SIDE, Cells


def _negative(cells: Cells) -> Cells:
    """Empty cells in the one other colour, and the other way round; as it is where there are several."""
    inks = np.unique(cells[cells != 0])
    return np.where(cells == 0, inks[0], 0).astype(np.uint8) if len(inks) == 1 else cells


# A grid turned and mirrored in all eight ways, by letter.
IMAGES: dict[str, Callable[[Cells], Cells]] = {
    "i": lambda c: c,
    "h": lambda c: c[:, ::-1],
    "v": lambda c: c[::-1],
    "r": lambda c: c[::-1, ::-1],
    "l": np.rot90,
    "k": lambda c: np.rot90(c, 3),
    "t": lambda c: c.T,
    "a": lambda c: c[::-1, ::-1].T,
}
_TURNS = IMAGES | {"n": _negative, "z": np.zeros_like}


def is_layout(word: str) -> bool:
    """Whether `word` has a letter for each block, rows of one length divided by _."""
    rows = word.split("_")
    return re.fullmatch(r"[ihvrlktanz]+(_[ihvrlktanz]+)*", word) is not None and len({len(r) for r in rows}) == 1


LAYOUT = Kind("layout", ("ih_vr", "iz_zi", "iii"), is_layout)


@operation("small", layout=LAYOUT, result=OTHER, weight=0)
def tile_by_layout(cells: Cells, layout: str) -> Cells | None:
    """The grid again and again, each time turned, mirrored, inverted or left out as a layout says."""
    rows = layout.split("_")
    if len(rows) * cells.shape[0] > MAX_SIDE or len(rows[0]) * cells.shape[1] > MAX_SIDE:
        return None
    if cells.shape[0] != cells.shape[1] and re.search("[lkta]", layout):
        return None
    return np.concatenate([np.concatenate([_TURNS[k](cells) for k in row], axis=1) for row in rows])


@fits("tile_by_layout")
def _fit_layout(shown: Sequence[Cells], wanted: Sequence[Cells]) -> Iterator[tuple[Argument, ...]]:
    """For each block the first turn that makes it in every demonstration."""
    ratios = {(w.shape[0] / s.shape[0], w.shape[1] / s.shape[1]) for s, w in zip(shown, wanted, strict=True)}
    down, across = ratios.pop()
    if ratios or down != int(down) or across != int(across) or not 1 < down * across <= 64:
        return
    square = all(s.shape[0] == s.shape[1] for s in shown)
    turns = {k: [t(s) for s in shown] for k, t in _TURNS.items() if square or k not in "lkta"}
    rows = []
    for r in range(int(down)):
        row = ""
        for c in range(int(across)):
            blocks = [
                w[r * h : (r + 1) * h, c * b : (c + 1) * b]
                for w, (h, b) in zip(wanted, (s.shape for s in shown), strict=True)
            ]
            fit = (k for k, made in turns.items() if all(map(np.array_equal, made, blocks)))
            letter = next(fit, None)
            if letter is None:
                return
            row += letter
        rows.append(row)
    yield ("_".join(rows),)


WHERE = Kind("where", ("coloured", "empty", "most", "least", *(f"colour_{c}" for c in range(1, COLOURS))))
TURNED = Kind("turned", ("i", "h", "v", "r", "n"))


def _cells_where(cells: Cells, where: str) -> np.ndarray | None:
    """(rows, columns) bool."""
    if where in ("most", "least"):
        colour = by_abundance(cells, where)
        return None if colour is None else cells == colour
    mask: np.ndarray = cells != 0
    if where.startswith("colour_"):
        mask = cells == int(where[-1])
    return ~mask if where == "empty" else mask


@operation("small", where=WHERE, turned=TURNED, result=OTHER, weight=0.5)
def fractal_by(cells: Cells, where: str, turned: str) -> Cells | None:
    """Every cell that is meant becomes the whole grid, perhaps mirrored (h, v), turned (r) or inverted (n), every other
    an empty one."""
    mask = _cells_where(cells, where)
    if mask is None or max(cells.shape) > 5 or not mask.any():
        return None
    return np.kron(mask.astype(np.uint8), _TURNS[turned](cells))


# --- cutting ---

PLACE = Kind("place", ("upper_left", "upper_right", "lower_left", "lower_right", "middle"))
EXTENT = Kind("extent", ("2x2", "3x3"), lambda word: re.fullmatch(r"[1-9]\d?x[1-9]\d?", word) is not None)


@operation("pattern", place=PLACE, extent=EXTENT, result=OTHER, weight=0)
def cut(cells: Cells, place: str, extent: str) -> Cells | None:
    """A piece of a constant size from a corner or the middle of the grid."""
    rows, columns = map(int, extent.split("x"))
    down, across = cells.shape[0] - rows, cells.shape[1] - columns
    if min(down, across) < 0 or down + across == 0:
        return None
    if place == "middle":
        if down % 2 or across % 2:
            return None
        top, left = down // 2, across // 2
    else:
        top, left = down * place.startswith("lower"), across * place.endswith("right")
    return cells[top : top + rows, left : left + columns].copy()


@fits("cut")
def _fit_cut(shown: Sequence[Cells], wanted: Sequence[Cells]) -> Iterator[tuple[Argument, ...]]:
    if len({w.shape for w in wanted}) > 1:
        return
    extent = f"{wanted[0].shape[0]}x{wanted[0].shape[1]}"
    right = {
        str(place): [m is not None and np.array_equal(m, w) for m, w in zip(made, wanted, strict=True)]
        for place in PLACE.values
        for made in [[cut(s, str(place), extent) for s in shown]]
    }
    whole = [place for place, made in right.items() if all(made)]
    # Where none makes all outputs, another feature of the grids may choose between those that make some.
    chosen = map(any, zip(*right.values(), strict=True))
    for place in whole or [place for place, made in right.items() if any(made)] * all(chosen):
        yield place, extent


# --- the coarse grid ---


@operation("panels", "scaled", program=PROGRAM, result=OTHER, weight=0)
def in_coarse(cells: Cells, program: Program) -> Cells | None:
    """A program runs on the coarse grid that has one cell for each panel, of its one colour; the panels of what it
    makes are filled again."""
    found = coarse(cells)
    if found is None:
        return None
    made = run(program, found)
    return None if made is None or made.shape != found.shape else refined(cells, made)


def coarse(cells: Cells) -> Cells | None:
    """One cell for each panel; None where a panel has several colours."""
    found = panels(cells)
    if found is None:
        return None
    out = np.zeros((len(found.boxes), len(found.boxes[0])), np.uint8)
    for r, row in enumerate(found.boxes):
        for c, box in enumerate(row):
            if (cells[box] != cells[box][0, 0]).any():
                return None
            out[r, c] = cells[box][0, 0]
    return out


def refined(cells: Cells, made: Cells) -> Cells | None:
    """`cells` with its panels in the colours of the coarse grid `made`."""
    found = panels(cells)
    if found is None:
        return None
    out = cells.copy()
    for r, row in enumerate(found.boxes):
        for c, box in enumerate(row):
            out[box] = made[r, c]
    return out


# --- around a centre ---

SYMMETRY = Kind("symmetry", ("across", "down", "both", "turning"))


@operation("symmetric", "markers", symmetry=SYMMETRY, mark=MARK, weight=1)
def complete_around(cells: Cells, symmetry: str, mark: int) -> Cells | None:
    """Empty cells take the colour of their mirror images about the middle of the cells of colour `mark`: across, down,
    both, or by quarter turns."""
    box = bounding_box((cells == mark).astype(np.uint8))
    if box is None:
        return None
    # Twice the middle, so that it may lie between two cells.
    down, across = box[0].start + box[0].stop - 1, box[1].start + box[1].stop - 1
    rows, columns = np.indices(cells.shape)
    images = {
        "across": [(rows, across - columns)],
        "down": [(down - rows, columns)],
        "both": [(rows, across - columns), (down - rows, columns), (down - rows, across - columns)],
    }.get(symmetry)
    if images is None:
        if (down + across) % 2:
            return None
        images = []
        r, c = 2 * rows - down, 2 * columns - across
        for _ in range(3):
            r, c = c, -r
            images.append(((r + down) // 2, (c + across) // 2))
    out = cells.copy()
    for r, c in images:
        inside = within(cells, r, c)
        image = np.where(inside, cells[np.where(inside, r, 0), np.where(inside, c, 0)], 0)
        out = np.where(out == 0, image, out)
    return out.astype(np.uint8)
