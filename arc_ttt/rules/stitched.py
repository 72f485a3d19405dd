"""Parts of one size become one picture, each of them showing its own piece of it: a third, a quarter, a ring."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import islice

import numpy as np

from arc_ttt.rules.chosen import parts_of
from arc_ttt.rules.language import OTHER, Argument, Kind, fits, makes, operation
from arc_ttt.rules.things import things
from arc_ttt.types import COLOURS, Cells

STITCHED = Kind("parts that are stitched", ("panels", "slices", "lumps"))
SEQUENCE = Kind("which part comes first", ("first", "last"))
_MOST, _LEAST_SIDE = 9, 2
_MOST_WAYS = 2


def _strips(length: int, n: int) -> np.ndarray | None:
    """For each of `length` lines the number of its strip, the same from both ends; None where that cannot be."""
    base, over = divmod(length, n)
    if not base or (over % 2 and n % 2 == 0):
        return None
    sizes = [base] * n
    # What is left over goes to the outermost strips, by pairs, and a last line to the middle one.
    for k in range(over // 2):
        sizes[k] += 1
        sizes[n - 1 - k] += 1
    sizes[n // 2] += over % 2
    return np.repeat(np.arange(n), sizes)


def _columns(shape: tuple[int, int], n: int) -> np.ndarray | None:
    strips = _strips(shape[1], n)
    return None if strips is None else np.tile(strips, (shape[0], 1))


def _rows(shape: tuple[int, int], n: int) -> np.ndarray | None:
    strips = _strips(shape[0], n)
    return None if strips is None else np.tile(strips[:, None], (1, shape[1]))


def _quarters(shape: tuple[int, int], n: int) -> np.ndarray | None:
    down, across = _strips(shape[0], 2), _strips(shape[1], 2)
    return None if n != 4 or down is None or across is None else 2 * down[:, None] + across[None]


def _rings(shape: tuple[int, int], n: int) -> np.ndarray | None:
    """The outermost ring from the first, the next one from the second, what is further in from the last."""
    if min(shape) < 2 * n - 1:
        return None
    rows, columns = np.indices(shape)
    depth = np.minimum(
        np.minimum(rows, shape[0] - 1 - rows), np.minimum(columns, shape[1] - 1 - columns)
    )  # rings to the border
    return np.minimum(depth, n - 1)


def _turns(step: Callable[[np.ndarray, np.ndarray], np.ndarray]) -> Callable[[tuple[int, int], int], np.ndarray]:
    return lambda shape, n: step(*np.indices(shape)) % n


def _halved(rising: bool) -> Callable[[tuple[int, int], int], np.ndarray | None]:
    """Above the diagonal from the first, below it from the second; on it (-1) from both."""

    def halves(shape: tuple[int, int], n: int) -> np.ndarray | None:
        if n != 2 or shape[0] != shape[1]:
            return None
        rows, columns = np.indices(shape)
        side = np.sign(rows + columns - shape[0] + 1) if rising else np.sign(rows - columns)
        found: np.ndarray = np.where(side == 0, -1, (side + 1) // 2)
        return found

    return halves


# By name: for each cell the number of the part that it is taken from; -1 where all must have one colour.
_PLANS: dict[str, Callable[[tuple[int, int], int], np.ndarray | None]] = {
    "columns": _columns,
    "rows": _rows,
    "quarters": _quarters,
    "rings": _rings,
    "falling": _halved(False),
    "rising": _halved(True),
    "columns_by_turns": _turns(lambda r, c: c),
    "rows_by_turns": _turns(lambda r, c: r),
    "checks": _turns(lambda r, c: r + c),
}
# The leftmost thing is that of the first part, the next one that of the second.
_THINGS = "things"
PLAN = Kind("how parts are stitched", (_THINGS, *_PLANS))


def _by_things(stack: np.ndarray) -> Cells | None:
    """Of each part one thing: of the first the leftmost, of the second the next one from the left; on what most is."""
    ground = int(np.bincount(stack.ravel()).argmax())
    out = np.zeros_like(stack[0])
    # Black and the ground change places, as things lie on black.
    table = np.arange(COLOURS, dtype=np.uint8)
    table[[0, ground]] = ground, 0
    for k, part in enumerate(table[stack]):
        group = things(part, "corner")
        if len(group) != len(stack):
            return None
        t = sorted(group, key=lambda t: float(np.nonzero(t.cells)[1].mean()) + t.left)[k]
        np.copyto(out[t.box], t.cells, where=t.cells != 0)
    made: Cells = table[out]
    return made


def _stack(cells: Cells, members: str) -> np.ndarray | None:
    parts = [t.cells for t in parts_of(cells, members)]
    if not 2 <= len(parts) <= _MOST or min(parts[0].shape) < _LEAST_SIDE or len({p.shape for p in parts}) > 1:
        return None
    return np.stack(parts)


@operation("panels", members=STITCHED, plan=PLAN, first=SEQUENCE, result=OTHER, weight=0)
def stitch_parts(cells: Cells, members: str, plan: str, first: str) -> Cells | None:
    """Parts of one size become one picture: its first strip (quarter, ring, thing, every second line or cell) is that
    of the first (or last) part, its second one that of the second part, and so on."""
    stack = _stack(cells, members)
    if stack is None:
        return None
    stack = stack if first == "first" else stack[::-1]
    if plan == _THINGS:
        return _by_things(stack)
    taken = _PLANS[plan](stack.shape[1:], len(stack))
    if taken is None:
        return None
    if (stack != stack[0])[:, taken < 0].any():
        return None
    out: Cells = np.take_along_axis(stack, np.maximum(taken, 0)[None], axis=0)[0]
    return None if any((out == part).all() for part in stack) else out


@fits("stitch_parts")
def _fit(shown: Sequence[Cells], wanted: Sequence[Cells]) -> Iterator[tuple[Argument, ...]]:
    """The first ways that make all outputs, where these have the size of parts: of things one beside the other each
    may also fill its strip."""
    for members in map(str, STITCHED.values):
        stack = _stack(shown[0], members)
        if stack is None or stack.shape[1:] != wanted[0].shape:
            continue
        # Each colour must be that of some part.
        if not (stack == wanted[0]).any(axis=0).all():
            continue
        ways = [(members, str(plan), str(first)) for plan in PLAN.values for first in SEQUENCE.values]
        found = (way for way in ways if makes(stitch_parts, way, shown, wanted))
        yield from islice(found, _MOST_WAYS)
        return
