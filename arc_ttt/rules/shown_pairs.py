"""Two pictures of a grid, one beside the other, show what becomes of a picture: the others become so."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import numpy as np

from arc_ttt.rules.language import OTHER, Kind, operation, same, tried_at_once
from arc_ttt.rules.shown import TURNS
from arc_ttt.rules.things import Thing, colours, paste, things
from arc_ttt.types import COLOURS, MAX_SIDE, Cells

_MOST_THINGS, _LEAST_CELLS, _MOST_SIGN = 16, 4, 3
SHOWN = Kind("where the changed picture is", ("alone", "placed", "beside"))
Change = Callable[[Cells], Cells]


def _larger(by: int) -> Change:
    return lambda c: np.kron(c, np.ones((by, by), np.uint8))


def _smaller(by: int) -> Change:
    return lambda c: c[::by, ::by]


def _framed(cells: Cells) -> Cells:
    return np.pad(cells, 1, constant_values=COLOURS)


# What may become of a picture, the likelier first; what is new in it has no colour yet.
_CHANGES: tuple[Change, ...] = (
    lambda c: c,
    *(TURNS[t] for t in ("fliphorizontal", "flipvertical", "turn", "turnleft", "turnright", "transpose")),
    lambda c: c[::-1, ::-1].T,
    _larger(2),
    _larger(3),
    _smaller(2),
    _smaller(3),
    lambda c: np.hstack([c, c[:, ::-1]]),
    lambda c: np.hstack([c[:, ::-1], c]),
    lambda c: np.vstack([c, c[::-1]]),
    lambda c: np.vstack([c[::-1], c]),
    lambda c: np.vstack([np.hstack([c, c[:, ::-1]]), np.hstack([c[::-1], c[::-1, ::-1]])]),
    lambda c: np.hstack([c, c]),
    lambda c: np.vstack([c, c]),
    lambda c: c[:, : c.shape[1] // 2],
    lambda c: c[:, (c.shape[1] + 1) // 2 :],
    lambda c: c[: c.shape[0] // 2],
    lambda c: c[(c.shape[0] + 1) // 2 :],
    lambda c: c[1:-1, 1:-1],
    _framed,
    lambda c: np.where(c == 0, np.uint8(COLOURS), c),
    lambda c: np.where(c == 0, np.uint8(COLOURS), np.uint8(0)),
)


def _table(before: Cells, after: Cells) -> np.ndarray | None:
    """What each colour of a picture becomes, 255 for others; None where that is not one."""
    table = np.full(COLOURS + 1, 255, np.uint8)
    for old, new in set(zip(before.ravel().tolist(), after.ravel().tolist(), strict=True)):
        if table[old] != 255:
            return None
        table[old] = new
    return table


def _made(picture: Cells, table: np.ndarray, pair: Cells) -> Cells | None:
    """A picture in the colours that it becomes. What the pair does not have stays, if all that it has does; of two
    colours that change places others do so too."""
    known = [int(k) for k in np.flatnonzero(table != 255)]
    inks = np.unique(picture).tolist()
    if set(inks) <= set(known):
        return table[picture]
    fresh = np.append(np.arange(COLOURS, dtype=np.uint8), table[COLOURS])
    if all(table[k] == k for k in known if k != COLOURS):
        return fresh[picture]
    mine, theirs = [k for k in inks if 0 < k < COLOURS], colours(pair)
    if len(mine) == len(theirs) == 2 and [table[k] for k in theirs] == theirs[::-1]:
        fresh[mine] = mine[::-1]
        return fresh[picture]
    return None


def _learned(first: Cells, second: Cells) -> Iterator[Callable[[Cells], Cells | None]]:
    """What makes the second picture of the first one."""
    for change in _CHANGES:
        image = change(first)
        if image.shape != second.shape or not image.size:
            continue
        table = _table(image, second)
        if table is None:
            continue

        def made(picture: Cells, change: Change = change, table: np.ndarray = table) -> Cells | None:
            image = change(picture)
            return _made(image, table, first) if image.size and max(image.shape) <= MAX_SIDE else None

        yield made


def _level(a: Thing, b: Thing) -> bool:
    """Whether two things lie side by side: they share half of their rows."""
    shared = min(a.bottom, b.bottom) - max(a.top, b.top) + 1
    return 2 * shared >= min(a.height, b.height) and (a.right < b.left or b.right < a.left)


def _pair(pictures: Sequence[Thing], signs: Sequence[Thing]) -> tuple[Thing, Thing] | None:
    """The first and second of the one pair side by side; of several that between which a sign lies."""
    found = []
    for a in pictures:
        behind = [b for b in pictures if b is not a and b.left > a.right and _level(a, b)]
        if behind:
            found.append((a, min(behind, key=lambda b: b.left)))
    if len(found) > 1:
        found = [
            (a, b)
            for a, b in found
            if any(a.right < s.left and s.right < b.left and a.top <= s.bottom and s.top <= a.bottom for s in signs)
        ]
    return found[0] if len(found) == 1 else None


def _example(cells: Cells) -> tuple[Thing, Thing, list[Thing]] | None:
    """The pair and the other pictures of a grid."""
    group = things(cells, "mixed")
    if not 3 <= len(group) <= _MOST_THINGS:
        return None
    pictures = [t for t in group if t.size >= _LEAST_CELLS]
    signs = [t for t in group if t.size <= _MOST_SIGN]
    if len(pictures) < 3:
        return None
    pair = _pair(pictures, signs)
    if pair is None or same(pair[0].cells, pair[1].cells):
        return None
    return *pair, [t for t in pictures if t is not pair[0] and t is not pair[1]]


@operation("objects", "legend", shown=SHOWN, result=OTHER, weight=0)
def do_as_pair(cells: Cells, shown: str) -> Cells | None:
    """Two pictures side by side show what becomes of one: a turn, mirror image, scaling, half, doubling, other
    colours. So become the others: the one other alone is shown, or each in its place, or beside itself."""
    for turned in (False, True):
        grid = np.ascontiguousarray(cells.T) if turned else cells
        example = _example(grid)
        if example is not None:
            made = _changed(grid, *example, shown, turned)
            return np.ascontiguousarray(made.T) if made is not None and turned else made
    return None


def _changed(cells: Cells, first: Thing, second: Thing, others: list[Thing], shown: str, turned: bool) -> Cells | None:
    if shown == "alone" and len(others) > 1:
        return None

    def upright(grid: Cells) -> Cells:
        return np.ascontiguousarray(grid.T) if turned else grid

    for change in _learned(upright(first.cells), upright(second.cells)):
        made = [change(upright(t.cells)) for t in others]
        images = [upright(m) for m in made if m is not None]
        if len(images) < len(others):
            continue
        if shown == "alone":
            return np.ascontiguousarray(images[0])
        out = cells.copy()
        for t in others if shown == "placed" else ():
            out[t.box][t.cells != 0] = 0
        for t, image in zip(others, images, strict=True):
            top, left = t.top, t.left
            if shown == "beside":
                top, left = t.top + second.top - first.top, t.right + second.left - first.right
            paste(out, image, top, left)
        return None if (out == cells).all() else out
    return None


tried_at_once("do_as_pair")
