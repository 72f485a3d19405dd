"""Views of images: what the mirror image of a cell shows, in the box of all colours, in its thing or in its panel; what
other panels show in its place; what its row or column has most of, or has of the rarest colour."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from arc_ttt.rules.learned_views import NOTHING, Scene, view, with_setting
from arc_ttt.rules.learned_views_far import VIEWS, scene
from arc_ttt.rules.panels import panels
from arc_ttt.rules.whole import bounding_box
from arc_ttt.types import Cells

__all__ = ["VIEWS", "scene"]

_IMAGES: dict[str, Callable[[Cells], Cells]] = {
    "leftright": lambda g: g[:, ::-1],
    "upsidedown": lambda g: g[::-1],
    "halfturn": lambda g: g[::-1, ::-1],
    "diagonal": lambda g: g.T if g.shape[0] == g.shape[1] else np.full(g.shape, NOTHING, np.uint8),
}


def _in_box(s: Scene, image: Callable[[Cells], Cells]) -> np.ndarray:
    """The image within the box of all colours; no colour outside of it."""
    out = np.full(s.cells.shape, NOTHING, np.uint8)
    box = bounding_box(s.cells)
    if box is not None:
        out[box] = image(s.cells[box])
    return out


def _in_thing(s: Scene, image: Callable[[Cells], Cells]) -> np.ndarray:
    """The image within the box of the thing that a cell lies in the box of, the smallest such."""
    out = np.full(s.cells.shape, NOTHING, np.uint8)
    for t in sorted(s.things("mixed")[0], key=lambda t: -t.cells.size):
        out[t.box] = image(s.cells[t.box])
    return out


def _in_panel(s: Scene, image: Callable[[Cells], Cells]) -> np.ndarray:
    """The image within a cell's panel; no colour on the lines, or where there are none."""
    out = np.full(s.cells.shape, NOTHING, np.uint8)
    found = panels(s.cells)
    for box in found.flat if found is not None else []:
        out[box] = image(s.cells[box])
    return out


for _name, _image in _IMAGES.items():
    view(f"box{_name}", 5, colour=True)(with_setting(_in_box, _image))
    view(f"things{_name}", 5.5, colour=True)(with_setting(_in_thing, _image))
    view(f"panels{_name}", 5.5, colour=True)(with_setting(_in_panel, _image))
    if _name != "diagonal":
        view(f"unlike{_name}", 5)(with_setting(lambda s, image: s.cells != image(s.cells), _image))
        view(f"thingsunlike{_name}", 5.5)(
            with_setting(lambda s, name: s.ink & (s[name] != NOTHING) & (s.cells != s[name]), f"things{_name}")
        )


def _peers(s: Scene, way: str) -> np.ndarray:
    """The one colour that other panels of one size have in a cell's place: all of them, or those in its row or column
    of panels; 0 for none, no colour for several."""
    out = np.full(s.cells.shape, NOTHING, np.uint8)
    found = panels(s.cells)
    if found is None or len({s.cells[b].shape for b in found.flat}) > 1 or len(found.flat) > 60:
        return out
    parts = np.array([[s.cells[b] for b in row] for row in found.boxes])
    if way == "column":
        parts = parts.swapaxes(0, 1)
    high = np.where(parts == 0, 0, parts)
    low = np.where(parts == 0, 99, parts)
    axis: int | tuple[int, int] = (0, 1) if way == "all" else 1
    most, least = high.max(axis=axis, keepdims=True), low.min(axis=axis, keepdims=True)
    one = np.broadcast_to(np.where(most == 0, 0, np.where(most == least, most, NOTHING)), parts.shape)
    if way == "column":
        one = one.swapaxes(0, 1)
    for r, row in enumerate(found.boxes):
        for c, box in enumerate(row):
            out[box] = one[r, c]
    return out


for _way, _cost in (("all", 5.0), ("row", 5.5), ("column", 5.5)):
    view(f"peers{_way}", _cost, colour=True)(with_setting(_peers, _way))


def _most(cells: Cells) -> np.ndarray:
    """(rows, 1): the commonest colour of each row, the background too; no colour where two are as common."""
    counts = np.stack([(cells == c).sum(axis=1) for c in range(10)])
    best = counts.max(axis=0)
    one = (counts == best).sum(axis=0) == 1
    return np.where(one, counts.argmax(axis=0), NOTHING)[:, None]


view("rowmost", 5, colour=True)(lambda s: _most(s.cells))
view("columnmost", 5, colour=True)(lambda s: _most(np.ascontiguousarray(s.cells.T)).T)
view("rowhasrarest", 4.5)(lambda s: s["israrest"].any(axis=1, keepdims=True))
view("columnhasrarest", 4.5)(lambda s: s["israrest"].any(axis=0, keepdims=True))
view("crosshasrarest", 5)(lambda s: s["rowhasrarest"] | s["columnhasrarest"])
