"""The beginning of a series goes on to the border: lines side by side, nested corners, slanting lines, rings, diamonds.

What is between the lines of a series may grow from line to line, their colours come again in turn, and each line may be
the one before moved on or longer.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from arc_ttt.rules.language import DIRECTION, Kind, operation, tried_at_once
from arc_ttt.rules.whole import bounding_box, facing, facing_back
from arc_ttt.types import Cells

# What a line is to the one before: the same but for its colour, moved along and round the border, or longer.
CHANGE = Kind("change from line to line", ("same", "longer", "round", "out"))
WAY = Kind("way", (*DIRECTION.values, "onward"))
FRONT = Kind("front", ("corner", "slant", "rings", "diamonds"))
STEPS = Kind("steps of a series", ("equal", "growing"))
_FARTHEST = 6


def places(at: Sequence[int], end: int) -> list[int] | None:
    """Where further lines of a series lie before `end`: at equal steps, or at steps that grow (or shrink) by as much
    each time; None where that is no rule."""
    steps = np.diff(at)
    if not len(steps):
        return None
    more = int(steps[-1] - steps[-2]) if len(steps) > 1 else 0
    if (np.diff(steps) != more).any():
        return None
    found, here, step = [], int(at[-1]), int(steps[-1]) + more
    while step > 0 and here + step < end:
        here += step
        found.append(here)
        step += more
    return found


def cycle(items: Sequence[int]) -> int:
    """The smallest period of a series; its length where nothing is seen again."""
    return next(p for p in range(1, len(items) + 1) if all(a == b for a, b in zip(items, items[p:], strict=False)))


def _gone_on(items: Sequence[int], count: int, steps: str) -> list[int] | None:
    """A series of colours, some of them 0, as long as `count`: with its period, or its coloured ones at steps that grow
    (or, with nothing seen again, at equal ones)."""
    at = [i for i, c in enumerate(items) if c]
    period = cycle(items)
    if len(at) < 2:
        return None
    if steps == "equal" and period < len(items):
        return [items[i % period] for i in range(count)]
    further = places(at, count)
    if not further or (steps == "growing") == (len(set(np.diff(at).tolist())) == 1):
        return None
    inks = [items[i] for i in at]
    out = [*items, *[0] * (count - len(items))]
    turn = cycle(inks)
    for n, i in enumerate(further, len(at)):
        out[i] = inks[n % turn]
    return out


# --- lines ---


def _plain(line: np.ndarray) -> int:
    """The one colour of a line; 0 where it has several."""
    ink = int(line.max())
    return ink if (line[line != 0] == ink).all() else 0


def _moved(masks: np.ndarray, shift: int, round_: bool) -> np.ndarray:
    """Lines moved along, round the border or out of it."""
    out = np.roll(masks, shift, axis=1)
    if not round_:
        out[:, slice(0, shift) if shift > 0 else slice(max(0, masks.shape[1] + shift), None)] = False
    return out


def _masks(lines: Cells, change: str) -> Iterator[np.ndarray]:
    """What further lines cover, as each is made of the one before."""
    masks = lines != 0
    if change != "longer":
        for shift in sorted(range(-_FARTHEST, _FARTHEST + 1), key=abs):
            if shift and (_moved(masks[:-1], shift, change == "round") == masks[1:]).all():
                line = masks[-1:]
                while True:
                    line = _moved(line, shift, change == "round")
                    yield line[0]
        return
    ends = [np.flatnonzero(m)[[0, -1]] for m in masks]
    if any(m.sum() != b - a + 1 for m, (a, b) in zip(masks, ends, strict=True)):
        return
    left, right = np.array(ends).T
    grow, other = int(left[1] - left[0]), int(right[1] - right[0])
    if (np.diff(left) != grow).any() or (np.diff(right) != other).any() or grow == other:
        return
    a, b = int(left[-1]), int(right[-1])
    while b + other >= a + grow:
        a, b = a + grow, b + other
        line = np.zeros(masks.shape[1], bool)
        line[max(0, a) : max(0, b + 1)] = True
        yield line


@operation("beginning", "lines", way=WAY, change=CHANGE, weight=0)
def lines_go_on(cells: Cells, way: str, change: str) -> Cells | None:
    """Lines across a direction (or that in which there is most room), at equal or growing steps, go on to the border:
    their colours come in turn, and each is like the one before, or that moved along (round the border or out of the
    grid), or as much longer or shorter."""
    if way != "onward":
        return _on(cells, way, change)
    box = bounding_box(cells)
    if box is None:
        return None
    room = {
        "up": box[0].start, "down": cells.shape[0] - box[0].stop,
        "left": box[1].start, "right": cells.shape[1] - box[1].stop,
    }  # fmt: skip
    ways = [w for w in room if room[w] == max(room.values())]
    return _on(cells, ways[0], change) if len(ways) == 1 else None


def _on(cells: Cells, direction: str, change: str) -> Cells | None:
    turned = facing(cells, direction)
    at = np.flatnonzero(turned.any(axis=1)).tolist()
    if len(at) < 2 or at[-1] == len(turned) - 1 or 2 * len(at) > len(turned) + 2:
        return None
    further = places(at, len(turned))
    lines = turned[at]
    if not further:
        return None
    out = turned.copy()
    if change == "same":
        names = {line.tobytes(): k for k, line in reversed(list(enumerate(lines)))}
        kinds = [names[line.tobytes()] for line in lines]
        period = cycle(kinds)
        for n, r in enumerate(further, len(at)):
            out[r] = lines[n % period]
        return facing_back(out, direction)
    inks = [_plain(line) for line in lines]
    if not all(inks):
        moved = _moved_on(lines, further, change)
        if moved is not None:
            out[further] = moved
        return None if moved is None else facing_back(out, direction)
    turn = cycle(inks)
    made = False
    for n, (r, mask) in enumerate(zip(further, _masks(lines, change), strict=False), len(at)):
        out[r, mask] = inks[n % turn]
        made = True
    return facing_back(out, direction) if made else None


def _moved_on(lines: Cells, further: Sequence[int], change: str) -> Cells | None:
    """Lines of several colours that are each the one before, moved along by the same (round the border, or out of the
    grid): those that follow. None of others."""
    if change not in ("round", "out") or (lines[1:] == lines[:-1]).all():
        return None
    around = change == "round"
    for step in (s for k in range(1, lines.shape[1] // 2 + 1) for s in (k, -k)):
        if (_moved(lines[:-1], step, around) == lines[1:]).all():
            made = [lines[-1:]]
            for _ in further:
                made.append(_moved(made[-1], step, around))
            return np.concatenate(made[1:])
    return None


# --- fronts ---


def _fronts(shape: tuple[int, ...], box: tuple[slice, slice], front: str) -> Iterator[np.ndarray]:
    """For each cell how far from where the series begins it lies; −1 where it does not go."""
    rows, columns = np.arange(shape[0])[:, None], np.arange(shape[1])[None]
    top, bottom, left, right = box[0].start, box[0].stop - 1, box[1].start, box[1].stop - 1
    if front == "rings":
        outside = np.maximum(np.maximum(top - rows, rows - bottom), np.maximum(left - columns, columns - right))
        yield outside - outside.min()
    elif front == "diamonds":
        if (bottom - top) == (right - left) and (bottom - top) % 2 == 0:
            yield abs(rows - (top + bottom) // 2) + abs(columns - (left + right) // 2)
    else:
        for down in (rows - top, bottom - rows):
            for across in (columns - left, right - columns):
                away = np.maximum(down, across) if front == "corner" else down + across
                yield np.where((down >= 0) & (across >= 0), away, -1)


@operation("beginning", "rings", front=FRONT, steps=STEPS, weight=0)
def fronts_go_on(cells: Cells, front: str, steps: str) -> Cells | None:
    """The beginning of nested corners (slanting lines in a corner, rings, diamonds) goes on to the border, their
    colours in turn, at equal or growing steps."""
    box = bounding_box(cells)
    if box is None or cells[box].size < 3 or cells[box].shape == cells.shape:
        return None
    coloured = cells != 0
    for away in _fronts(cells.shape, box, front):
        last = int(away[coloured].max())
        if away[coloured].min() < 0 or last < 1 or last == away.max():
            continue
        known = (away >= 0) & (away <= last)
        table = np.zeros(int(away.max()) + 1, np.uint8)
        table[away[known]] = cells[known]
        if (table[away[known]] != cells[known]).any():
            continue
        items = _gone_on(table[: last + 1].tolist(), len(table), steps)
        if items is not None:
            made = np.where(away >= 0, np.array(items, np.uint8)[np.maximum(away, 0)], np.uint8(0))
            return None if (made == cells).all() else made
    return None


tried_at_once("lines_go_on", "fronts_go_on")
