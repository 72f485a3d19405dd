"""Operations that complete copies: of a picture that stands somewhere in full, a few cells show up elsewhere.

A template is a thing of several colours, with as many of them as any thing has. The cells of it whose colours lie about
outside of templates are its anchors: where they all lie as in the template, perhaps turned, mirrored or scaled, the
rest of it is painted.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

import numpy as np

from arc_ttt.rules.language import Kind, operation
from arc_ttt.rules.things import Thing, colours, paste, things
from arc_ttt.types import MAX_SIDE, Cells

TURNED = Kind("turned", ("any", "never", "scaled", "turned"))
# What a template is: a thing, or all that lies in the box of the one thing of a colour.
TEMPLATE = Kind("template", ("thing", "box"))
KEPT = Kind("kept", ("keep", "remove"))
_MOST_TEMPLATES, _MOST_LOOSE, _MOST_SCALE = 5, 120, 4


def _symmetries(cells: Cells) -> Iterator[Cells]:
    """The grid as it is, turned, and then mirrored and turned."""
    for image in (cells, cells.T):
        for turns in range(4):
            yield np.rot90(image, turns)


def images(cells: Cells, turned: str) -> Iterator[Cells]:
    seen = set()
    # A smaller image would lie within the anchors of a larger one.
    for scale in range(_MOST_SCALE if turned == "scaled" else 1, 0, -1):
        scaled = np.kron(cells, np.ones((scale, scale), np.uint8)) if scale > 1 else cells
        if max(scaled.shape) > MAX_SIDE:
            continue
        for image in islice(_symmetries(scaled), {"never": 1, "turned": 4}.get(turned)):
            mark = (image.shape, image.tobytes())
            if mark not in seen:
                seen.add(mark)
                yield np.ascontiguousarray(image)


def _boxes(cells: Cells) -> list[Thing]:
    """The box of each colour that has one thing of several cells, with all that lies in it."""
    group = things(cells, "corner")
    inks = [t.colour for t in group]
    return [Thing(t.top, t.left, cells[t.box]) for t in group if inks.count(t.colour) == 1 and min(t.cells.shape) > 1]


def templates_of(cells: Cells, template: str) -> tuple[list[Thing], Cells] | None:
    """The templates, and the grid without them; None where there are none, or nothing else."""
    group = _boxes(cells) if template == "box" else things(cells, "mixed")
    counts = [len(colours(t.cells)) for t in group]
    if not group or max(counts) < 2:
        return None
    found = [t for t, n in zip(group, counts, strict=True) if n == max(counts)]
    loose = cells.copy()
    for t in found:
        loose[t.box][t.cells != 0] = 0
    return (found, loose) if len(found) <= _MOST_TEMPLATES and 0 < np.count_nonzero(loose) <= _MOST_LOOSE else None


def placed(image: Cells, anchors: np.ndarray, loose: Cells) -> Iterator[tuple[int, int]]:
    """Where (top, left) all anchors of the image lie as in `loose`, which has no other cells there."""
    rows, columns = loose.shape
    height, width = image.shape
    at = np.argwhere(anchors)
    r0, c0 = at[0]
    mask = image != 0
    for r, c in np.argwhere(loose == image[r0, c0]):
        top, left = int(r - r0), int(c - c0)
        # An image that leaves the grid is cut off there, its anchors are not.
        box = np.s_[max(0, top) : min(rows, top + height), max(0, left) : min(columns, left + width)]
        part = np.s_[
            max(0, -top) : max(0, -top) + max(0, box[0].stop - box[0].start),
            max(0, -left) : max(0, -left) + max(0, box[1].stop - box[1].start),
        ]
        here, wanted = loose[box], np.where(anchors, image, 0)[part]
        if (
            here.shape == wanted.shape
            and np.count_nonzero(wanted) == len(at)
            and (here[mask[part]] == wanted[mask[part]]).all()
        ):
            yield top, left


def _anchors(image: Cells, loose: Cells, parts: bool) -> Iterator[np.ndarray]:
    """The cells of an image by which it is known: those whose colours lie about; where all do, and a copy may be known
    by a part of it, those of one colour, the most first."""
    inks = [c for c in colours(image) if (loose == c).any()]
    if not inks:
        return
    if len(inks) < len(colours(image)):
        yield np.isin(image, inks)
        return
    for ink in sorted(inks, key=lambda c: -int((image == c).sum())) if parts else ():
        yield image == ink


@lru_cache(maxsize=64)
def _completed(raw: bytes, width: int, template: str, turned: str) -> tuple[Cells, tuple[Thing, ...]] | None:
    cells = np.frombuffer(raw, np.uint8).reshape(-1, width)
    split = templates_of(cells, template)
    if split is None:
        return None
    found, loose = split
    out, done = cells.copy(), False
    for t in sorted(found, key=lambda t: -t.size):
        for image in images(t.cells, turned):
            for anchors in _anchors(image, loose, template == "parts"):
                # Of a single cell nothing says how it is turned: it is not, if only the scale may differ.
                if anchors.sum() < 2 and (turned == "any" or not np.array_equal(image, t.cells)):
                    continue
                for top, left in list(placed(image, anchors, loose)):
                    paste(out, image, top, left)
                    done = True
                    rows, columns = np.nonzero(anchors)
                    loose[rows + top, columns + left] = 0
    return (out, tuple(found)) if done else None


@operation("shapes", "markers", template=TEMPLATE, turned=TURNED, kept=KEPT, weight=0)
def complete_copies(cells: Cells, template: str, turned: str, kept: str) -> Cells | None:
    """Where some cells of the picture with the most colours lie again, perhaps turned, mirrored or scaled, the rest of
    it is painted."""
    return kept_or_not(_completed(cells.tobytes(), cells.shape[1], template, turned), kept)


@operation("shapes", "markers", turned=TURNED, kept=KEPT, weight=0)
def complete_by_parts(cells: Cells, turned: str, kept: str) -> Cells | None:
    """Where the cells of one colour of a picture with the most colours lie again, perhaps turned, mirrored or scaled,
    the rest of it is painted; of several pictures each has its own copies."""
    return kept_or_not(_completed(cells.tobytes(), cells.shape[1], "parts", turned), kept)


def kept_or_not(made: tuple[Cells, tuple[Thing, ...]] | None, kept: str) -> Cells | None:
    """What was completed, perhaps without the templates."""
    if made is None:
        return None
    out = made[0].copy()
    if kept == "remove":
        for t in made[1]:
            out[t.box][t.cells != 0] = 0
    return out


@operation("shapes", "spotted", turned=TURNED, weight=0)
def complete_recoloured(cells: Cells, turned: str) -> Cells | None:
    """All things of two colours share one of them: one is whole, and each other one a part of it with another second
    colour, perhaps scaled or turned; the rest of it is painted."""
    group = [t for t in things(cells, "mixed") if len(colours(t.cells)) == 2]
    if not 2 <= len(group) <= 2 * _MOST_TEMPLATES:
        return None
    for template in sorted(group, key=lambda t: -t.size):
        out = cells.copy()
        copies = [_copy(template, t, turned) for t in group if t is not template]
        for copy in copies:
            if copy is not None:
                paste(out, *copy)
        if None not in copies and (out != cells).any():
            return out
    return None


def _copy(template: Thing, t: Thing, turned: str) -> tuple[Cells, int, int] | None:
    """The copy of the template in the colours of a thing that is part of it, and where it lies."""
    inks = set(colours(template.cells))
    shared = inks & set(colours(t.cells))
    if len(shared) != 1:
        return None
    (old,), (new,) = inks - shared, set(colours(t.cells)) - shared
    image = np.where(template.cells == old, np.uint8(new), template.cells)
    return next((p for i in images(image, turned) for p in _around(i, t)), None)


def _around(image: Cells, t: Thing) -> Iterator[tuple[Cells, int, int]]:
    """The image with where (top, left) it lies so that all cells of the thing are its own, as many as the image has of
    the colour that it has fewer cells of."""
    spot = min(colours(image), key=lambda c: int((image == c).sum()))
    if (image == spot).sum() != (t.cells == spot).sum():
        return
    at, here = np.argwhere(image == spot)[0], np.argwhere(t.cells == spot)[0]
    down, right = (at - here).tolist()
    height, width = image.shape
    if min(down, right) >= 0 and down + t.height <= height and right + t.width <= width:
        part = image[down : down + t.height, right : right + t.width]
        if (part == t.cells)[t.cells != 0].all():
            yield image, t.top - down, t.left - right
