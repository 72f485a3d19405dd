"""Layers and copies put into each other: about one middle, into a frame, cell by cell, wherever there is room."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from arc_ttt.rules.crowds import crowd
from arc_ttt.rules.joined import repeated
from arc_ttt.rules.language import DIRECTION, INK, OTHER, Kind, operation, tried_at_once
from arc_ttt.rules.panels import panels
from arc_ttt.rules.things import Thing, colours, enclosed, holes, paste, things
from arc_ttt.rules.whole import facing, facing_back
from arc_ttt.types import MAX_SIDE, Cells

NESTED = Kind("what is nested", ("colours", "side", "corner", "mixed"))
_MOST_NESTED = 12


@operation("objects", "symmetric", members=NESTED, result=OTHER, weight=0)
def nest(cells: Cells, members: str) -> Cells | None:
    """The boxes of all things (or of all cells of each colour) laid upon each other with their middles in one place,
    the smallest on top."""
    group = sorted(crowd(cells, members).things, key=lambda t: -t.cells.size)
    if not 2 <= len(group) <= _MOST_NESTED:
        return None
    height, width = max(t.height for t in group), max(t.width for t in group)
    if any((height - t.height) % 2 or (width - t.width) % 2 for t in group):
        return None
    out = np.zeros((height, width), np.uint8)
    for t in group:
        paste(out, t.cells, (height - t.height) // 2, (width - t.width) // 2)
    return out


SHOWN_FRAME = Kind(
    "what is kept",
    (
        "frame", "grid", "room", "tiled_frame", "tiled_grid", "tiled_all", "tiled_room",
        "stretched_frame", "stretched_grid", "stretched_room",
    ),
)  # fmt: skip


def _longer(cells: Cells, rows: int) -> Cells:
    """With the emptiest row, of several the middle one, again and again, up to so many rows."""
    counts = np.count_nonzero(cells, axis=1)
    emptiest = np.flatnonzero(counts == counts.min())
    at = int(emptiest[(len(emptiest) - 1) // 2])
    return np.concatenate([cells[:at], np.repeat(cells[at : at + 1], rows - len(cells) + 1, axis=0), cells[at + 1 :]])


@operation("framed", "shapes", kept=SHOWN_FRAME, result=OTHER, weight=0)
def fit_into(cells: Cells, kept: str) -> Cells | None:
    """The other thing is scaled (or repeated, or its emptiest row and column become longer) so that it fills the room
    within the one rectangular frame; only the frame is kept, or its room, or the whole grid without what was moved, or
    with it."""
    group = things(cells, "mixed")
    frames = [t for t in group if holes(t) == 1 and _is_frame(t)]
    if len(frames) != 1 or len(group) != 2:
        return None
    frame = frames[0]
    other = next(t for t in group if t is not frame)
    rooms = np.argwhere(frame.cells == 0)
    (top, left), (bottom, right) = rooms.min(axis=0), rooms.max(axis=0)
    rows, columns = int(bottom - top) + 1, int(right - left) + 1
    down, across = divmod(rows, other.height), divmod(columns, other.width)
    if kept.startswith("tiled"):
        if (rows, columns) == other.cells.shape or other.size < 2:
            return None
        made = repeated(other.cells, (rows, columns))
    elif kept.startswith("stretched"):
        if rows < other.height or columns < other.width:
            return None
        made = _longer(_longer(other.cells, rows).T, columns).T
    elif down != across or down[1] or down[0] < 1:
        return None
    else:
        made = np.kron(other.cells, np.ones((down[0], down[0]), np.uint8))
    if kept.endswith("room"):
        return made
    out = cells.copy()
    if kept != "tiled_all":
        out[other.box][other.cells != 0] = 0
    paste(out, made, frame.top + int(top), frame.left + int(left))
    return out[frame.box].copy() if kept.endswith("frame") else out


tried_at_once("fit_into")


def _is_frame(t: Thing) -> bool:
    """Whether its empty cells are one full rectangle."""
    empty = np.argwhere(t.cells == 0)
    if not len(empty):
        return False
    (top, left), (bottom, right) = empty.min(axis=0), empty.max(axis=0)
    return len(empty) == int(bottom - top + 1) * int(right - left + 1)


LAYOUT_HALF = Kind("half that is the layout", ("more_colours", "first", "second"))


@operation("halves", layout=LAYOUT_HALF, result=OTHER, weight=0)
def multiply_halves(cells: Cells, layout: str) -> Cells | None:
    """Each coloured cell of one half of the grid becomes the other half in its colour, each other cell an empty one."""
    found = _split(cells)
    if found is None:
        return None
    a, b = found
    if layout == "second" or (layout == "more_colours" and len(colours(a)) < len(colours(b))):
        a, b = b, a
    if layout == "more_colours" and len(colours(a)) == len(colours(b)):
        return None
    if a.shape[0] * b.shape[0] > MAX_SIDE or a.shape[1] * b.shape[1] > MAX_SIDE:
        return None
    return np.kron(a, (b != 0).astype(np.uint8))


def _split(cells: Cells) -> tuple[Cells, Cells] | None:
    """The two panels, or the two equal halves of a grid, along its longer side."""
    found = panels(cells)
    if found is not None:
        parts = [cells[b] for b in found.flat]
        if len(parts) == 2 and parts[0].shape == parts[1].shape:
            return parts[0], parts[1]
    rows, columns = cells.shape
    if columns > rows and columns % 2 == 0:
        return cells[:, : columns // 2], cells[:, columns // 2 :]
    return (cells[: rows // 2], cells[rows // 2 :]) if rows > columns and rows % 2 == 0 else None


IMAGES = Kind("images", (1, 2, 3))


@operation("beginning", "pattern", direction=DIRECTION, images=IMAGES, result=OTHER, weight=0)
def mirror_on(cells: Cells, direction: str, images: int) -> Cells | None:
    """The grid goes on in a direction as its mirror image, which shares the last line with it, and perhaps as the image
    of that one, and so on."""
    turned = facing(cells, direction)
    length = len(turned)
    total = length + images * (length - 1)
    if length < 2 or total > MAX_SIDE:
        return None
    at = np.arange(total) % (2 * (length - 1))
    return facing_back(turned[np.where(at < length, at, 2 * (length - 1) - at)], direction)


ROOM_TURNED = Kind("turned to fit", ("never", "any"))


@operation("noise", "clearings", turned=ROOM_TURNED, weight=0)
def copy_where_fits(cells: Cells, turned: str) -> Cells | None:
    """The cells of the rarest colour are one shape: it is copied wherever its cells are free, perhaps turned or
    mirrored; copies do not overlap."""
    counts = np.bincount(cells.ravel(), minlength=10)[1:]
    present = np.flatnonzero(counts)
    if len(present) < 2:
        return None
    ink = int(present[np.argmin(counts[present])]) + 1
    group = [t for t in crowd((cells == ink).astype(np.uint8), "colours").things]
    shape = group[0].cells != 0
    if not 2 <= shape.sum() <= 30:
        return None
    # What the shape encloses is part of it.
    held = np.where(enclosed(group[0].cells), cells[group[0].box], np.uint8(0))
    out = cells.copy()
    free = cells == 0
    images = [(shape, held)]
    if turned == "any":
        pairs = ((shape, held), (shape.T, held.T))
        images = [(np.rot90(m, k), np.rot90(h, k)) for m, h in pairs for k in range(4)]
    for image, inside in images:
        height, width = image.shape
        rows, columns = cells.shape[0] - height + 1, cells.shape[1] - width + 1
        if rows < 1 or columns < 1:
            continue
        fits = np.ones((rows, columns), bool)
        for r, c in np.argwhere(image):
            fits &= free[r : r + rows, c : c + columns]
        for r, c in np.argwhere(inside):
            fits &= cells[r : r + rows, c : c + columns] == inside[r, c]
        for r, c in np.argwhere(fits):
            place = out[r : r + height, c : c + width]
            if not place[image].any():  # no earlier copy lies there
                place[image] = ink
    return None if (out == cells).all() else out


_FORMS = {
    "cell": np.array([[0, 0, 0], [0, 1, 0], [0, 0, 0]], np.uint8),
    "plus": np.array([[0, 1, 0], [1, 1, 1], [0, 1, 0]], np.uint8),
    "saltire": np.array([[1, 0, 1], [0, 1, 0], [1, 0, 1]], np.uint8),
    "ring": np.ones((3, 3), np.uint8),
}
MIDDLE = Kind("form of a middle", tuple(_FORMS))


@operation("ends", "few", "markers", form=MIDDLE, ink=INK, weight=0)
def mark_middles(cells: Cells, form: str, ink: int) -> Cells | None:
    """The empty cell halfway between two single cells of one colour in a row or column takes one colour, perhaps with
    some cells around it."""
    single = [t for t in things(cells, "corner") if t.size == 1]
    if not 2 <= len(single) <= 30:
        return None
    out = cells.copy()
    for i, a in enumerate(single):
        for b in single[i + 1 :]:
            down, right = b.top - a.top, b.left - a.left
            if a.colour == b.colour and (down == 0 or right == 0) and down % 2 == 0 and right % 2 == 0:
                paste(out, _FORMS[form] * np.uint8(ink), a.top + down // 2 - 1, a.left + right // 2 - 1)
    np.copyto(out, cells, where=cells != 0)
    return None if (out == cells).all() else out


COUNTED: dict[str, Callable[[Cells], int]] = {
    "coloured": lambda c: int(np.count_nonzero(c)),
    "empty": lambda c: int((c == 0).sum()),
    "colours": lambda c: len(colours(c)),
    "things": lambda c: len(things(c, "corner")),
}
COPIES = Kind("number of copies", tuple(COUNTED))
ACROSS = Kind("copies in a row", tuple(COUNTED))


@operation("small", copies=COPIES, across=ACROSS, result=OTHER, weight=0)
def lay_copies(cells: Cells, copies: str, across: str) -> Cells | None:
    """As many copies of the grid as there are cells, colours or things of a kind, in reading order in an empty square
    that has room for a certain number of copies in each row."""
    count, side = COUNTED[copies](cells), COUNTED[across](cells)
    height, width = cells.shape
    if not 1 < side <= MAX_SIDE // max(height, width) or not 0 < count <= side * side:
        return None
    out = np.zeros((height * side, width * side), np.uint8)
    for k in range(count):
        r, c = k // side * height, k % side * width
        out[r : r + height, c : c + width] = cells
    return out


@operation("noisy", "bars", weight=0)
def mend_stripes(cells: Cells) -> Cells | None:
    """Rows or columns, whichever are more even, take the colour that most of their cells have."""
    best: Cells | None = None
    for image in (cells, cells.T):
        counts = np.stack([(image == c).sum(axis=1) for c in range(10)])
        made = np.broadcast_to(counts.argmax(axis=0)[:, None], image.shape).astype(np.uint8)
        made = made if image is cells else made.T
        if best is None or (made == cells).sum() > (best == cells).sum():
            best = np.ascontiguousarray(made)
    return None if best is None or (best == cells).all() else best


@operation("framed", "clearings", weight=0)
def frame_alike(cells: Cells) -> Cells | None:
    """The one rectangular frame of the rarest colour has an empty room in it: around every empty rectangle of the same
    size, that cannot be larger, goes the same frame."""
    counts = np.bincount(cells.ravel(), minlength=10)[1:]
    present = np.flatnonzero(counts)
    if len(present) < 2:
        return None
    ink = int(present[np.argmin(counts[present])]) + 1
    group = things(np.where(cells == ink, cells, np.uint8(0)), "side")
    if len(group) != 1 or not _is_frame(group[0]) or cells[group[0].box][group[0].cells == 0].any():
        return None
    height, width = group[0].height - 2, group[0].width - 2
    # Coloured cells in every upper left part of the grid; the border counts as coloured.
    walls = np.pad((cells != 0).astype(int), 1, constant_values=1)
    sums = np.pad(walls.cumsum(axis=0).cumsum(axis=1), ((1, 0), (1, 0)))
    out = cells.copy()
    for r in range(1, walls.shape[0] - height):
        for c in range(1, walls.shape[1] - width):
            if not _sum(sums, r, c, r + height, c + width) and all(
                _sum(sums, *side)
                for side in (
                    (r - 1, c, r, c + width),
                    (r + height, c, r + height + 1, c + width),
                    (r, c - 1, r + height, c),
                    (r, c + width, r + height, c + width + 1),
                )
            ):
                paste(out, group[0].cells, r - 2, c - 2)
    return None if (out == cells).all() else out


def _sum(sums: np.ndarray, top: int, left: int, bottom: int, right: int) -> int:
    """The coloured cells between two corners."""
    return int(sums[bottom, right] - sums[top, right] - sums[bottom, left] + sums[top, left])
