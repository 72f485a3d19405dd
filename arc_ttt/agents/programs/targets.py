"""Outputs → the grids from which one or two lossless operations make them: a search that meets one of these is done.

Met from both ends, a program costs one or two steps less. Only operations are undone here whose input can be cut out
of their output: turning, tiling, mirroring, scaling, framing, repeating in its own cells.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import isqrt
from typing import TypeGuard

import numpy as np

from arc_ttt.rules.concentric import unnested
from arc_ttt.rules.language import OPERATIONS, Step, run
from arc_ttt.rules.lined_up import unpadded
from arc_ttt.types import MAX_SIDE, Cells

Grids = tuple[Cells, ...]
TURNS = (
    Step("flip", ("horizontal",)), Step("flip", ("vertical",)), Step("rotate", (1,)), Step("rotate", (2,)),
    Step("rotate", (3,)), Step("transpose"),
)  # fmt: skip
_BACK = {Step("rotate", (1,)): Step("rotate", (3,)), Step("rotate", (3,)): Step("rotate", (1,))}
_GROWING = (
    *(Step("mirror_beside", (d,)) for d in ("down", "left", "up", "right")),
    *(Step("mirror_four", (c,)) for c in ("upper_left", "upper_right", "lower_left", "lower_right")),
    *(Step("tile", (r, c)) for r in (1, 2, 3) for c in (1, 2, 3) if (r, c) != (1, 1)),
    Step("rotate_four"), Step("tile_mirrored", (2,)), Step("tile_mirrored", (3,)),
    Step("scale_up", (2,)), Step("scale_up", (3,)), Step("wrap_in_own"),
    Step("fractal"), Step("fractal_inverse"), Step("nest_list", ("outside",)), Step("nest_list", ("inside",)),
)  # fmt: skip


@dataclass(frozen=True)
class Target:
    """Grids, one for each demonstration, and the steps that make the outputs of them."""

    grids: Grids
    suffix: tuple[Step, ...]


def key(grids: Sequence[Cells]) -> bytes:
    """Bytes that are equal for equal grids alone."""
    return b"".join([bytes(g.shape) + g.tobytes() for g in grids])


def is_grid(made: Cells | None) -> TypeGuard[Cells]:
    """Whether a step applies, and what it makes is as large as a grid of a task may be."""
    return made is not None and min(made.shape) > 0 and max(made.shape) <= MAX_SIDE


def targets(outputs: Grids) -> dict[bytes, Target]:
    """The outputs themselves, and what one turn or up to two growing operations make them of."""
    found = {key(outputs): Target(outputs, ())}
    front = list(found.values())
    for _ in range(2):
        front = [t for old in front for t in _shrunk(old) if found.setdefault(key(t.grids), t) is t]
    for old in list(found.values()):
        for turn in TURNS:
            back = _BACK.get(turn, turn)
            if back.name not in OPERATIONS:  # left out of the language
                continue
            grids = tuple(_run(back, g) for g in old.grids)
            found.setdefault(key(grids), Target(grids, (turn, *old.suffix)))
    return found


def _run(step: Step, cells: Cells) -> Cells:
    out = run((step,), cells)
    assert out is not None  # turns always apply
    return out


def _shrunk(target: Target) -> Iterator[Target]:
    if not target.suffix and "pad_to" in OPERATIONS:
        for arguments, parts in unpadded(target.grids):
            yield Target(parts, (Step("pad_to", arguments),))
    growing = (*_GROWING, *(Step("wrap", (c,)) for c in sorted(set(target.grids[0][0].tolist()) - {0})))
    for step in growing:
        if step.name not in OPERATIONS:
            continue
        pieces = []
        for grid in target.grids:
            piece = _piece(step, grid)
            if piece is None:
                break
            pieces.append(piece)
        else:
            yield Target(tuple(pieces), (step, *target.suffix))


def _piece(step: Step, cells: Cells) -> Cells | None:
    """The grid of which `step` makes `cells`; None where there is none."""
    rows, columns = cells.shape
    for part in _parts(step, cells, rows, columns):
        piece = np.ascontiguousarray(part)
        if piece.size and piece.shape != cells.shape:
            made = run((step,), piece)
            if made is not None and made.shape == cells.shape and (made == cells).all():
                return piece
    return None


def _parts(step: Step, cells: Cells, rows: int, columns: int) -> Iterator[Cells]:
    name, argument = step.name, step.arguments[0] if step.arguments else ""
    if name == "mirror_beside":
        down, across = (rows // 2, columns) if argument in ("down", "up") else (rows, columns // 2)
        yield (
            cells[-down:, :across]
            if argument == "up"
            else cells[:down, -across:]
            if argument == "left"
            else cells[:down, :across]
        )
    elif name == "mirror_four":
        part = cells[: rows // 2] if str(argument).startswith("upper") else cells[rows // 2 :]
        yield part[:, : columns // 2] if str(argument).endswith("left") else part[:, columns // 2 :]
    elif name == "tile":
        yield cells[: rows // int(str(argument)), : columns // int(str(step.arguments[1]))]
    elif name == "tile_mirrored":
        yield cells[: rows // int(str(argument)), : columns // int(str(argument))]
    elif name == "rotate_four":
        yield cells[: rows // 2, : columns // 2]
    elif name in ("fractal", "fractal_inverse"):
        yield from _repeated_in_itself(cells, isqrt(rows), isqrt(columns))
    elif name == "nest_list":
        row = unnested(cells, str(argument))
        if row is not None:
            yield row
    elif name == "scale_up":
        yield cells[:: int(str(argument)), :: int(str(argument))]
    else:
        yield cells[1:-1, 1:-1]


def _repeated_in_itself(cells: Cells, rows: int, columns: int) -> Iterator[Cells]:
    """The first block of so many rows and columns that is not empty, where there are as many blocks each way."""
    if cells.shape == (rows * rows, columns * columns):
        blocks = cells.reshape(rows, rows, columns, columns).swapaxes(1, 2).reshape(-1, rows, columns)
        yield from blocks[blocks.any(axis=(1, 2))][:1]
