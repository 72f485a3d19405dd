"""The one large thing is copied onto single cells, each time turned or mirrored as the cell says: by its colour, by
the side of the thing that it lies on, or by its place in the grid. Which says what is read off demonstrations."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import product

import numpy as np

from arc_ttt.rules.language import Argument, Kind, fits, keyed, makes, operation
from arc_ttt.rules.places import put
from arc_ttt.rules.shown import TURNS
from arc_ttt.rules.things import Thing, things
from arc_ttt.types import Cells

_MOST_MARKS, _FEWEST_CELLS, _MOST_CELLS = 16, 3, 100
# Marks in all demonstrations, at least, beyond those that the table has an entry for.
_SPARE = 2
IMAGES: dict[str, Callable[[Cells], Cells]] = {
    **{
        way: TURNS[way]
        for way in ("same", "fliphorizontal", "flipvertical", "turn", "turnleft", "turnright", "transpose")
    },
    "antitranspose": lambda c: c[::-1, ::-1].T,
}
_ENTRY = re.compile(rf"(\d)to({'|'.join(IMAGES)})")
# Which cell of a copy lies on the mark: the one of its rarest colour, or its middle.
ANCHOR = Kind("cell of a copy that lies on its mark", ("speck", "middle"))
# A copy has its own colours, the mark being covered or staying on it, or the colour of the mark.
COPY_INK = Kind("colours of a copy", ("own", "under", "mark"))


def _sector(t: Thing, row: int, column: int) -> int:
    """Which way from a thing a place lies, in nine parts from the upper left to the lower right."""
    down, right = (
        int(a > last) - int(a < first) for a, first, last in ((row, t.top, t.bottom), (column, t.left, t.right))
    )
    return 3 * (down + 1) + right + 1


_SAYS: dict[str, Callable[[Cells, Thing, Thing], int]] = {
    "colour": lambda cells, t, mark: int(mark.cells[0, 0]),
    "side": lambda cells, t, mark: _sector(t, mark.top, mark.left),
    "quarter": lambda cells, t, mark: 2 * int(2 * mark.top >= cells.shape[0]) + int(2 * mark.left >= cells.shape[1]),
}
SAYS = Kind("what says how a copy is turned", tuple(_SAYS))
IMAGE_TABLE = Kind("images by what says them", ("1tosame_2toturn", "0tosame_1tofliphorizontal"), keyed(_ENTRY))


@lru_cache(maxsize=64)
def _split(raw: bytes, width: int) -> tuple[Thing, tuple[Thing, ...]] | None:
    """The one largest thing, and the single cells."""
    group = things(np.frombuffer(raw, np.uint8).reshape(-1, width), "mixed")
    most = max((t.size for t in group), default=0)
    large, marks = [t for t in group if t.size == most], tuple(t for t in group if t.size == 1)
    if len(large) != 1 or not _FEWEST_CELLS <= most <= _MOST_CELLS or not 1 <= len(marks) <= _MOST_MARKS:
        return None
    return large[0], marks


def _anchor(t: Thing, anchor: str) -> tuple[int, int] | None:
    if anchor == "middle":
        return (t.height // 2, t.width // 2) if t.height % 2 and t.width % 2 else None
    counts = np.bincount(t.cells[t.cells != 0], minlength=10)
    rare = np.flatnonzero(counts == 1)
    if len(rare) != 1:
        return None
    row, column = np.argwhere(t.cells == rare[0])[0].tolist()
    return row, column


def _image(t: Thing, at: tuple[int, int], mark: Thing, image: str, ink: str) -> tuple[Cells, int, int]:
    """The cells of a copy, and the row and column of the first of them."""
    spot = np.zeros(t.cells.shape, bool)
    spot[at] = True
    patch = IMAGES[image](t.cells).copy()
    row, column = np.argwhere(IMAGES[image](spot))[0].tolist()
    if ink == "mark":
        patch[patch != 0] = mark.cells[0, 0]
    elif ink == "under":
        patch[row, column] = mark.cells[0, 0]
    return patch, mark.top - row, mark.left - column


@operation("markers", "single", anchor=ANCHOR, ink=COPY_INK, says=SAYS, images=IMAGE_TABLE, weight=0)
def stamp_by(cells: Cells, anchor: str, ink: str, says: str, images: str) -> Cells | None:
    """The one largest thing is copied onto each single cell, turned or mirrored as the colour or the place of that
    cell says."""
    split = _split(cells.tobytes(), cells.shape[1])
    at = _anchor(split[0], anchor) if split else None
    if split is None or at is None:
        return None
    figure, marks = split
    table = {int(k): image for k, image in _ENTRY.findall(images)}
    out = cells.copy()
    for mark in marks:
        image = table.get(_SAYS[says](cells, figure, mark))
        if image is None:
            return None
        places, inks = put(cells, *_image(figure, at, mark, image, ink))
        out[places] = inks
    return out


@fits("stamp_by")
def _fit(shown: Sequence[Cells], wanted: Sequence[Cells]) -> Iterator[tuple[Argument, ...]]:
    """Tables of images that differ, of which each is the only way for some mark."""
    splits = [_split(s.tobytes(), s.shape[1]) for s in shown]
    if any(a.shape != b.shape for a, b in zip(shown, wanted, strict=True)):
        return
    for anchor, ink in product(map(str, ANCHOR.values), map(str, COPY_INK.values)):
        seen: list[tuple[Cells, Thing, Thing, set[str]]] = []
        for split, cells, goal in zip(splits, shown, wanted, strict=True):
            at = _anchor(split[0], anchor) if split else None
            if split is None or at is None:
                break
            for mark in split[1]:
                seen.append((cells, split[0], mark, _right(cells, goal, split[0], at, mark, ink)))
                if not seen[-1][-1]:
                    break
            else:
                continue
            break
        else:
            for says in map(str, SAYS.values):
                table = _table(seen, says)
                if table and makes(stamp_by, (anchor, ink, says, table), shown, wanted):
                    yield anchor, ink, says, table
                    break


def _right(cells: Cells, goal: Cells, t: Thing, at: tuple[int, int], mark: Thing, ink: str) -> set[str]:
    """The images of a copy on a mark that are wanted."""
    found = set()
    for image in IMAGES:
        places, inks = put(cells, *_image(t, at, mark, image, ink))
        if len(inks) and (goal[places] == inks).all():
            found.add(image)
    return found


def _table(seen: Sequence[tuple[Cells, Thing, Thing, set[str]]], says: str) -> str | None:
    common: dict[int, set[str]] = {}
    for cells, figure, mark, images in seen:
        value = _SAYS[says](cells, figure, mark)
        common[value] = common.get(value, images) & images
    if len(common) < 2 or len(seen) < len(common) + _SPARE or not all(common.values()):
        return None
    if set.intersection(*common.values()):
        return None
    order = list(IMAGES)
    return "_".join(f"{v}to{min(images, key=order.index)}" for v, images in sorted(common.items()))
