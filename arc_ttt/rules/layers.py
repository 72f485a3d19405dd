"""Grid → the rectangles, frames and lines of one colour that lie upon each other in it, from the lowest to the highest.

Each colour is taken for one full rectangle, for a frame one cell wide if all its cells lie on the outline of their box,
or for a slanting line if they lie on a diagonal of it; where that cannot be, each of its things by itself, but one
colour at least must be one. What is missing of one must be covered by others. A thing that is none of these lies as it
is seen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from arc_ttt.rules.crowds import crowd
from arc_ttt.rules.language import AXIS, MARK, OTHER, Kind, operation, tried_at_once
from arc_ttt.rules.things import Thing, things
from arc_ttt.types import Cells

_MOST_LAYERS = 12


@dataclass(frozen=True, eq=False)
class Layer:
    """A colour and its cells, (rows, columns) bool, those that are covered too."""

    colour: int
    mask: np.ndarray


def _whole(t: Thing, cells: Cells, hidden: int) -> np.ndarray:
    """The box of a thing, or the outline or the diagonal of it where all its cells lie there."""
    mask = np.zeros(cells.shape, bool)
    mask[t.box] = True
    if t.height == t.width > 2:
        falling = np.eye(t.height, dtype=bool)
        for line in (falling, falling[::-1]):
            if not t.cells[~line].any():
                mask[t.box] = line
                return mask
    inside = np.s_[t.top + 1 : t.bottom, t.left + 1 : t.right]
    if min(t.cells.shape) > 2 and not t.cells[1:-1, 1:-1].any() and (not hidden or (cells[inside] != hidden).any()):
        mask[inside] = False
    return mask


def unordered(cells: Cells, hidden: int) -> list[Layer] | None:
    """The layers in no order; cells of colour `hidden` may be anything. None where they are too few or too many."""
    seen = np.where(cells == hidden, np.uint8(0), cells) if hidden else cells
    found, rest = [], set()
    for whole in crowd(seen, "colours").things:
        ink = int(whole.cells.max())
        mask = _whole(whole, cells, hidden)
        if (cells[mask] != 0).all():
            found.append(Layer(ink, mask))
        else:
            rest.add(ink)
    if not found:
        return None
    parts = [t for t in things(seen, "side") if t.colour in rest] if rest else []
    if not 2 <= len(found) + len(parts) <= _MOST_LAYERS:
        return None
    for t in parts:
        part = _whole(t, cells, hidden)
        if (cells[part] == 0).any():
            part = t.mask(cells.shape)
        found.append(Layer(t.colour, part))
    return found


def _ordered(cells: Cells, layers: Sequence[Layer], hidden: int) -> tuple[list[Layer], bool] | None:
    """The layers from the lowest to the highest, and whether no other order shows the same; None where none does."""
    n = len(layers)
    masks = np.stack([layer.mask.ravel() for layer in layers])
    seen = masks & (cells.ravel()[None] == np.array([layer.colour for layer in layers])[:, None])
    # (layers, layers): whether the second is seen where the first lies.
    covers = masks.astype(np.float32) @ seen.T.astype(np.float32) > 0
    under: list[set[int]] = []
    for i, a in enumerate(layers):
        over = {k for k in np.flatnonzero(covers[i]).tolist() if k != i and layers[k].colour != a.colour}
        shown = np.isin(cells[a.mask], [a.colour, hidden, *(layers[k].colour for k in over)])
        if not shown.all():
            return None
        under.append(over)
    order: list[int] = []
    alone = True
    while len(order) < n:
        # The highest of those that are left are covered by nothing else that is left.
        free = [i for i in range(n) if i not in order and under[i] <= set(order)]
        if not free:
            return None
        alone &= len(free) == 1
        order.append(max(free, key=lambda i: (-int(layers[i].mask.sum()), -i)))
    return [layers[i] for i in reversed(order)], alone


@lru_cache(maxsize=64)
def _found(raw: bytes, width: int, hidden: int) -> tuple[tuple[Layer, ...], bool] | None:
    cells = np.frombuffer(raw, np.uint8).reshape(-1, width)
    layers = unordered(cells, hidden)
    ordered = None if layers is None else _ordered(cells, layers, hidden)
    return None if ordered is None else (tuple(ordered[0]), ordered[1])


def layers(cells: Cells, hidden: int = 0) -> tuple[tuple[Layer, ...], bool] | None:
    """The layers from the lowest to the highest, and whether no other order is possible; None where they are none."""
    return _found(cells.tobytes(), cells.shape[1], hidden)


def _painted(shape: tuple[int, ...], found: Sequence[Layer]) -> Cells:
    out = np.zeros(shape, np.uint8)
    for layer in found:
        out[layer.mask] = layer.colour
    return out


@operation("objects", "noise", mark=MARK, weight=0)
def uncover_layers(cells: Cells, mark: int) -> Cells | None:
    """Cells of colour `mark` lie on rectangles and frames of one colour each, which overlap: these are shown without
    them."""
    if not (cells == mark).any():
        return None
    found = layers(cells, mark)
    return None if found is None else _painted(cells.shape, found[0])


@operation("objects", weight=0)
def reverse_layers(cells: Cells) -> Cells | None:
    """Rectangles and frames of one colour each overlap: the lowest comes to lie on top, the highest goes below."""
    found = layers(cells)
    if found is None:
        return None
    out = _painted(cells.shape, found[0][::-1])
    return None if (out == cells).all() else out


# The things of a colour that is noise: at least so many, and so few cells in each of them.
_FEWEST_SPECKS, _LARGEST_SPECK = 4, 2.0


@operation("objects", "noise", weight=0)
def clear_layers(cells: Cells) -> Cells | None:
    """Specks of one colour, whichever it is, lie on rectangles and frames of one colour each, which overlap: these are
    shown without the specks."""
    specks: dict[int, list[int]] = {}
    for t in things(cells, "side"):
        specks.setdefault(t.colour, []).append(t.size)
    made = [
        out
        for ink, sizes in specks.items()
        if len(sizes) >= _FEWEST_SPECKS
        and sum(sizes) <= _LARGEST_SPECK * len(sizes)
        and (out := uncover_layers(cells, ink)) is not None
    ]
    return made[0] if len(made) == 1 else None


RAISED = Kind("layer that moves", ("lowest", "highest", "smallest", "largest"))
RAISED_TO = Kind("where a layer moves", ("top", "bottom"))


@operation("objects", layer=RAISED, end=RAISED_TO, weight=0)
def move_layer(cells: Cells, layer: str, end: str) -> Cells | None:
    """Of rectangles and frames of one colour each that overlap one comes to lie on top of all others, or below them:
    the lowest, the highest, the smallest or the largest one."""
    found = layers(cells)
    if found is None:
        return None
    order = list(found[0])
    sizes = [int(one.mask.sum()) for one in order]
    if layer in ("lowest", "highest"):
        k = 0 if layer == "lowest" else len(order) - 1
    else:
        size = min(sizes) if layer == "smallest" else max(sizes)
        if sizes.count(size) > 1:
            return None
        k = sizes.index(size)
    one = order.pop(k)
    out = _painted(cells.shape, [*order, one] if end == "top" else [one, *order])
    return None if (out == cells).all() else out


LAYER_ORDER = Kind("order of layers", ("lowest_first", "highest_first"))


@operation("objects", order=LAYER_ORDER, axis=AXIS, result=OTHER, weight=0)
def list_layers(cells: Cells, order: str, axis: str) -> Cells | None:
    """The colours of overlapping rectangles and frames in a row (horizontal) or column, from the lowest to the highest
    or the other way round."""
    found = layers(cells)
    if found is None or not found[1]:
        return None
    inks = [layer.colour for layer in found[0]]
    line = np.array([inks if order == "lowest_first" else inks[::-1]], np.uint8)
    return line if axis == "horizontal" else np.ascontiguousarray(line.T)


tried_at_once("clear_layers")
