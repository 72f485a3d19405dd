"""Marks at the border act on the row or column that they begin: it is recoloured, emptied, moved on, mirrored."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np

from arc_ttt.rules.labelled_zones import ACTS
from arc_ttt.rules.language import Argument, Kind, fits, operation
from arc_ttt.rules.work import worked
from arc_ttt.types import Cells

_ROWS, _COLUMNS = ("left", "right"), ("up", "down")
_PAIRS = tuple(f"{a}_{b}" for x, y in ((_ROWS, _COLUMNS), (_COLUMNS, _ROWS)) for a, b in product(x, y))
SIDES = Kind("sides with marks, in the order in which they act", (*_ROWS, *_COLUMNS, *_PAIRS))
# What marks do: those of label zones that make sense in one line.
_LEFT_OUT = ("quarter", "back", "diagonal", "half", "hollow", "full", "frames", "largest", "smaller")
LINE_ACTS = tuple(a for a in ACTS if a not in _LEFT_OUT)
_ENTRY = re.compile(r"(left|right|up|down)(\d|)to([a-z]+)")
_MOST_MARKS, _FEWEST_MARKS, _FEWEST_AGAIN, _SMALLEST, _FARTHEST_WALL = 40, 3, 2, 4, 6
_WORK = 1.5


def _is_table(word: str) -> bool:
    entries = [_ENTRY.fullmatch(part) for part in word.split("_")]
    return all(e is not None and e[3] in LINE_ACTS for e in entries) and len(
        {e[1] + e[2] for e in entries if e}
    ) == len(entries)


DONE = Kind("what marks do", ("lefttopaint_uptoempty", "left3toempty_left2toacross", "righttocountleft"), _is_table)
AFTER = Kind("what becomes of marks", ("stay", "vanish"))


@dataclass(frozen=True)
class _Mark:
    """A mark: its side, its colour, how many cells of its line it has, which line that is, and what it acts on."""

    side: str
    ink: int
    count: int
    line: int
    zone: tuple[slice, slice]


def _marks(cells: Cells, sides: Sequence[str]) -> list[_Mark] | None:
    """The marks at these sides, each line that has none left out; None where some side has none, or there are many."""
    rows, columns = cells.shape
    if min(rows, columns) < _SMALLEST:
        return None
    found = []
    for side in sides:
        image = cells if side in _ROWS else cells.T
        image = image if side in ("left", "up") else image[:, ::-1]
        edge = image[:, 0]
        # The border line in which another side's marks lie has none of its own.
        other = next((s for s in sides if s != side), "")
        taken = {"": -1, "up": 0, "left": 0}.get(other, len(edge) - 1)
        wall = _wall(image)
        plain = (image == image[:, :1]).all(axis=1)
        lines = [i for i in np.flatnonzero((edge != 0) & ~plain).tolist() if i != taken]
        if not lines:
            return None
        for i in lines:
            head = image[i, : wall or None]
            count = int(np.concatenate([head != edge[i], [True]]).argmax())
            if 2 * count > len(head) + 1 and not wall:
                return None
            begin = wall + 1 if wall else count
            found.append(_Mark(side, int(edge[i]), count, i, _zone(cells.shape, side, i, begin)))
    return found if len(found) <= _MOST_MARKS else None


def _wall(image: Cells) -> int:
    """Where the first full column is, if it is near the left border, beyond the marks; else 0."""
    for column in range(1, min(_FARTHEST_WALL, image.shape[1] // 3) + 1):
        if image[0, column] and (image[:, column] == image[0, column]).all():
            return column
    return 0


def _zone(shape: tuple[int, ...], side: str, line: int, begin: int) -> tuple[slice, slice]:
    """The rest of the line, from so many cells after its begin on."""
    across = side in _ROWS
    length = shape[1] if across else shape[0]
    along = slice(begin, length) if side in ("left", "up") else slice(0, length - begin)
    return (slice(line, line + 1), along) if across else (along, slice(line, line + 1))


def _acted(cells: Cells, mark: _Mark, act: str) -> Cells | None:
    return ACTS[act](cells[mark.zone].copy(), mark.ink, mark.count)


@operation("edge", "any", sides=SIDES, done=DONE, after=AFTER, weight=0)
def obey_marks(cells: Cells, sides: str, done: str, after: str) -> Cells | None:
    """Marks at a border act each on the row or column that they begin, as a table says for their side, or also for
    their colour; where there are marks at two borders, those that are named first act first."""
    order = sides.split("_")
    found = _marks(cells, order)
    if found is None:
        return None
    table = {(side, ink): act for side, ink, act in _ENTRY.findall(done)}
    out = cells.copy()
    for mark in found:
        act = table.get((mark.side, str(mark.ink)), table.get((mark.side, "")))
        made = _acted(out, mark, act) if act else None
        if made is None or made.shape != out[mark.zone].shape:
            return None
        out[mark.zone] = made
    if after == "vanish":
        for mark in found:
            out[_own(cells.shape, mark)] = 0
    return out


def _own(shape: tuple[int, ...], mark: _Mark) -> tuple[slice, slice]:
    """The cells of the mark itself."""
    across = mark.side in _ROWS
    length = shape[1] if across else shape[0]
    along = slice(0, mark.count) if mark.side in ("left", "up") else slice(length - mark.count, length)
    return (slice(mark.line, mark.line + 1), along) if across else (along, slice(mark.line, mark.line + 1))


# --- learning ---


@fits("obey_marks")
def _fit(shown: Sequence[Cells], wanted: Sequence[Cells]) -> Iterator[tuple[Argument, ...]]:
    """Sides on which one act for all marks, or one for those of each colour, makes all of the outputs."""
    if any(s.shape != w.shape for s, w in zip(shown, wanted, strict=True)):
        return
    for sides in map(str, SIDES.values):
        told = _told(shown, wanted, sides.split("_"))
        if told is not None and all(
            m is not None and (m == w).all()
            for m, w in zip((obey_marks(s, sides, *told) for s in shown), wanted, strict=True)
        ):
            yield sides, *told
            return


def _told(shown: Sequence[Cells], wanted: Sequence[Cells], sides: Sequence[str]) -> tuple[str, str] | None:
    """The table, and what becomes of marks."""
    grids: list[tuple[Cells, Cells, np.ndarray, list[_Mark]]] = []
    for s, w in zip(shown, wanted, strict=True):
        found = _marks(s, sides)
        if found is None:
            return None
        changed = s != w
        for m in found:
            changed[m.zone] = changed[_own(s.shape, m)] = False
        if changed.any():
            return None
        # What lies in two marks' lines was changed by one after the other: it tells nothing of either.
        lines = np.zeros(s.shape, np.uint8)
        for m in found:
            lines[m.zone] += 1
        grids.append((s, w, lines < 2, found))
    if sum(len(found) for *_, found in grids) < _FEWEST_MARKS:
        return None
    gone = [not w[_own(s.shape, m)].any() for s, w, _, found in grids for m in found]
    if any(gone) != all(gone):
        return None
    entries = []
    for side in sides:
        told = _side(grids, side)
        if told is None:
            return None
        entries += told
    return "_".join(entries), "vanish" if all(gone) else "stay"


def _side(grids: Sequence[tuple[Cells, Cells, np.ndarray, list[_Mark]]], side: str) -> list[str] | None:
    """The entries for one side."""
    fit: dict[int, list[str]] = {}
    often: dict[int, int] = {}
    for s, w, alone, found in grids:
        for mark in found:
            if mark.side == side:
                left = fit.get(mark.ink, list(LINE_ACTS))
                worked(_WORK * len(left) / 10)
                fit[mark.ink] = [a for a in left if _agrees(s, w, alone, mark, a)]
                often[mark.ink] = often.get(mark.ink, 0) + 1
                if not fit[mark.ink]:
                    return None
    shared = [a for a in LINE_ACTS if all(a in acts for acts in fit.values())]
    if shared:
        return None if shared[0] == "same" else [f"{side}to{shared[0]}"]
    if len(fit) > 3 or min(often.values()) < _FEWEST_AGAIN:
        return None
    return [f"{side}{ink}to{acts[0]}" for ink, acts in sorted(fit.items())]


def _agrees(cells: Cells, wanted: Cells, alone: np.ndarray, mark: _Mark, act: str) -> bool:
    """Whether an act makes what is wanted where the mark alone acts."""
    made = _acted(cells, mark, act)
    if made is None or made.shape != cells[mark.zone].shape:
        return False
    return bool(((made == wanted[mark.zone]) | ~alone[mark.zone]).all())
