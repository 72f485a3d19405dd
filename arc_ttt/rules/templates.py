"""Operations that complete copies: of a picture that stands somewhere in full, a few cells show up elsewhere.

A template is a thing of several colours, with as many of them as any thing has. The cells of it whose colours lie about
outside of templates are its anchors: where they all lie as in the template, perhaps turned, mirrored or scaled, the
rest of it is painted.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import numpy as np

from arc_ttt.rules.language import Kind, operation
from arc_ttt.rules.things import Thing, colours, paste, things
from arc_ttt.types import MAX_SIDE, Cells

TURNED = Kind("turned", ("any", "never", "scaled"))
# What a template is: a thing, or all that lies in the box of the one thing of a colour.
TEMPLATE = Kind("template", ("thing", "box"))
KEPT = Kind("kept", ("keep", "remove"))
_MOST_TEMPLATES, _MOST_LOOSE, _MOST_SCALE = 5, 120, 4


def _symmetries(cells: Cells) -> Iterator[Cells]:
    """The grid as it is, turned, and then mirrored and turned."""
    for image in (cells, cells.T):
        for turns in range(4):
            yield np.rot90(image, turns)


def _images(cells: Cells, turned: str) -> Iterator[Cells]:
    seen = set()
    # The largest first: a small one also lies within a large one.
    for scale in range(_MOST_SCALE if turned == "scaled" else 1, 0, -1):
        scaled = np.kron(cells, np.ones((scale, scale), np.uint8)) if scale > 1 else cells
        if max(scaled.shape) > MAX_SIDE:
            continue
        for image in _symmetries(scaled) if turned != "never" else iter((scaled,)):
            mark = (image.shape, image.tobytes())
            if mark not in seen:
                seen.add(mark)
                yield np.ascontiguousarray(image)


def _boxes(cells: Cells) -> list[Thing]:
    """The box of each colour that has one thing of several cells, with all that lies in it."""
    group = things(cells, "corner")
    inks = [t.colour for t in group]
    return [Thing(t.top, t.left, cells[t.box]) for t in group if inks.count(t.colour) == 1 and min(t.cells.shape) > 1]


def _templates(cells: Cells, template: str) -> tuple[list[Thing], Cells] | None:
    """The templates, and the grid without them; None where there are none, or nothing else."""
    group = things(cells, "mixed") if template == "thing" else _boxes(cells)
    counts = [len(colours(t.cells)) for t in group]
    if not group or max(counts) < 2:
        return None
    found = [t for t, n in zip(group, counts, strict=True) if n == max(counts)]
    loose = cells.copy()
    for t in found:
        loose[t.box][t.cells != 0] = 0
    return (found, loose) if len(found) <= _MOST_TEMPLATES and 0 < np.count_nonzero(loose) <= _MOST_LOOSE else None


def _placed(image: Cells, anchors: np.ndarray, loose: Cells) -> Iterator[tuple[int, int]]:
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


@lru_cache(maxsize=64)
def _completed(raw: bytes, width: int, template: str, turned: str) -> tuple[Cells, tuple[Thing, ...]] | None:
    cells = np.frombuffer(raw, np.uint8).reshape(-1, width)
    split = _templates(cells, template)
    if split is None:
        return None
    found, loose = split
    out, done = cells.copy(), False
    for t in sorted(found, key=lambda t: -t.size):
        for image in _images(t.cells, turned):
            straight = turned == "never" or (turned == "scaled" and _same(image, t.cells))
            for anchors in _anchors(image, loose, straight):
                for top, left in list(_placed(image, anchors, loose)):
                    paste(out, image, top, left)
                    done = True
                    rows, columns = np.nonzero(anchors)
                    loose[rows + top, columns + left] = 0
    return (out, tuple(found)) if done else None


def _anchors(image: Cells, loose: Cells, straight: bool) -> Iterator[np.ndarray]:
    """The cells of an image that may lie about: those of the colours that do; where all colours do, those of each one.
    A single cell says how an image lies only where it is not turned (`straight`), or looks the same then."""
    anchors = (image != 0) & np.isin(image, colours(loose))
    parts = [anchors]
    if anchors.sum() == np.count_nonzero(image):
        parts = [image == c for c in colours(image)]
    for part in parts:
        n = int(part.sum())
        if n > 1 or (n == 1 and (straight or len(list(_images(image, "any"))) <= 2)):
            yield part


def _same(a: Cells, b: Cells) -> bool:
    return a.shape == b.shape and bool((a == b).all())


@operation("shapes", "markers", template=TEMPLATE, turned=TURNED, kept=KEPT, weight=0)
def complete_copies(cells: Cells, template: str, turned: str, kept: str) -> Cells | None:
    """Where some cells of the picture with the most colours lie again, perhaps turned, mirrored or scaled, the rest of
    it is painted."""
    made = _completed(cells.tobytes(), cells.shape[1], template, turned)
    if made is None:
        return None
    out = made[0].copy()
    if kept == "remove":
        for t in made[1]:
            out[t.box][t.cells != 0] = 0
    return out
