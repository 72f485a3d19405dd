"""Operations that repeat a thing in the direction in which a part of its copy, or a mark, shows the way."""

from __future__ import annotations

import numpy as np

from arc_ttt.rules.language import Kind, operation
from arc_ttt.rules.things import Thing, paste, things
from arc_ttt.types import Cells

HOW_OFTEN = Kind("how often", ("once", "to_border"))
OWN_OR_MARK = Kind("colour of copies", ("mark", "own"))
_MOST_THINGS, _MOST_MARKS = 12, 8


def _body_and_marks(t: Thing) -> tuple[np.ndarray, np.ndarray, int, int] | None:
    """The places of the commoner and of the rarer colour of a thing of two colours, and these colours."""
    counts = np.bincount(t.cells.ravel(), minlength=10)
    inks = [int(c) for c in np.argsort(-counts, kind="stable") if c and counts[c]]
    if len(inks) != 2 or counts[inks[0]] == counts[inks[1]] or counts[inks[1]] > _MOST_MARKS:
        return None
    return np.argwhere(t.cells == inks[0]), np.argwhere(t.cells == inks[1]), inks[0], inks[1]


def _shift(body: np.ndarray, marks: np.ndarray) -> tuple[int, int] | None:
    """The smallest shift, by its height, its width or both (or one less or more), that takes the body off itself and
    onto all the marks; None where there is none, or two."""
    places, goals = set(map(tuple, body.tolist())), set(map(tuple, marks.tolist()))
    first = marks[0]
    height, width = (np.ptp(body, axis=0) + 1).tolist()
    found = []
    for cell in body:
        dr, dc = (first - cell).tolist()
        moved = {(r + dr, c + dc) for r, c in places}
        steps = any(abs(dr) in (0, height + k) and abs(dc) in (0, width + k) for k in (-1, 0, 1))
        if steps and goals <= moved and not moved & places:
            found.append((dr * dr + dc * dc, dr, dc))
    found.sort()
    if not found or (len(found) > 1 and found[0][0] == found[1][0]):
        return None
    return found[0][1:]


@operation("shapes", "spotted", often=HOW_OFTEN, colour=OWN_OR_MARK, weight=0)
def echo(cells: Cells, often: str, colour: str) -> Cells | None:
    """A thing with some cells of another colour is copied so that the copy lies on these cells, once or again and again
    as far as the border."""
    out, done = cells.copy(), False
    group = things(cells, "mixed")
    if not 0 < len(group) <= _MOST_THINGS:
        return None
    for t in group:
        split = _body_and_marks(t)
        shift = _shift(split[0], split[1]) if split else None
        if split is None or shift is None:
            continue
        body = np.where(t.cells == split[2], split[3] if colour == "mark" else split[2], 0).astype(np.uint8)
        for n in range(1, 2 if often == "once" else 30):
            top, left = t.top + n * shift[0], t.left + n * shift[1]
            if not (-t.height < top < cells.shape[0] and -t.width < left < cells.shape[1]):
                break
            paste(out, body, top, left)
            done = True
    return out if done and (out != cells).any() else None


MARKED = Kind("marked side", ("towards", "away"))


@operation("shapes", "spotted", side=MARKED, colour=OWN_OR_MARK, weight=0)
def reflect_at_mark(cells: Cells, side: str, colour: str) -> Cells | None:
    """A thing that touches cells of a rarer colour is mirrored over to the side where these lie (or away from it), and
    they vanish; the image may take their colour."""
    out, done = cells.copy(), False
    for t in things(cells, "mixed")[:_MOST_THINGS]:
        split = _body_and_marks(t)
        if split is None:
            continue
        body, marks, ink, marked = split
        low, high, middle = body.min(axis=0), body.max(axis=0), marks.mean(axis=0)
        beyond = [(1 if middle[k] > high[k] else -1 if middle[k] < low[k] else 0) for k in (0, 1)]
        if (beyond[0] == 0) == (beyond[1] == 0):
            continue
        if side == "away":
            beyond = [-b for b in beyond]
        shown = marked if colour == "mark" else ink
        alone = np.where(t.cells == ink, shown, 0).astype(np.uint8)[low[0] : high[0] + 1, low[1] : high[1] + 1]
        image = alone[::-1] if beyond[0] else alone[:, ::-1]
        out[t.box][(t.cells != 0) & (t.cells != ink)] = 0
        paste(
            out,
            np.ascontiguousarray(image),
            t.top + int(low[0]) + beyond[0] * alone.shape[0],
            t.left + int(low[1]) + beyond[1] * alone.shape[1],
        )
        done = True
    return out if done else None


def _copy_with(t: Thing, part: Thing) -> tuple[int, int] | None:
    """The shift that takes a thing beside itself, as far away as another thing lies, and onto all cells of that; None
    where there is none."""
    down = part.top - t.top if part.top > t.bottom else part.bottom - t.bottom if part.bottom < t.top else 0
    right = part.left - t.left if part.left > t.right else part.right - t.right if part.right < t.left else 0
    if not (down or right):
        return None
    own = {(t.top + r + down, t.left + c + right) for r, c in np.argwhere(t.cells).tolist()}
    goals = {(part.top + r, part.left + c) for r, c in np.argwhere(part.cells).tolist()}
    return (down, right) if goals <= own else None


@operation("shapes", "objects", often=HOW_OFTEN, colour=OWN_OR_MARK, weight=0)
def echo_apart(cells: Cells, often: str, colour: str) -> Cells | None:
    """The largest thing is copied in each direction in which another thing lies that is a part of such a copy, once or
    again and again as far as the border, with the same gap."""
    group = sorted(things(cells, "corner"), key=lambda t: -t.size)
    if not 1 < len(group) <= _MOST_THINGS or group[0].size == group[1].size or group[0].size < 3:
        return None
    body, out = group[0], cells.copy()
    for part in group[1:]:
        shift = _copy_with(body, part)
        if shift is None:
            return None
        image = np.where(body.cells != 0, part.colour, 0).astype(np.uint8) if colour == "mark" else body.cells
        for n in range(1, 2 if often == "once" else 30):
            top, left = body.top + n * shift[0], body.left + n * shift[1]
            if not (-body.height < top < cells.shape[0] and -body.width < left < cells.shape[1]):
                break
            paste(out, image, top, left)
    return out if (out != cells).any() else None
