"""Grid → a figure (full, a chessboard, stripes, a frame) whose height and width two counts say: of lines, rooms,
things, colours."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

import numpy as np

from arc_ttt.rules.features import feature
from arc_ttt.rules.language import OTHER, Argument, Kind, fits, makes, operation
from arc_ttt.rules.things import Thing, border, holes, things
from arc_ttt.rules.whole import by_abundance
from arc_ttt.types import COLOURS, MAX_SIDE, Cells

_MOST_THINGS = 60


def _crossed(cells: Cells) -> tuple[int, int, int, int]:
    """How many rows and columns are lines of one colour from border to border, but where they cross, and the colours of
    the rows and of the columns (0 for several or none)."""
    if min(cells.shape) < 3:
        return 0, 0, 0, 0
    rows, columns = _lines(cells), _lines(cells.T)
    return len(rows), len(columns), _one(rows.values()), _one(columns.values())


def _one(inks: Iterable[int]) -> int:
    found = set(inks)
    return int(found.pop()) if len(found) == 1 else 0


def _lines(cells: Cells) -> dict[int, int]:
    """The rows, or bands of them, that have one colour at both ends and in most cells, and no empty one: the first row
    of each with its colour."""
    found = {}
    last = 0
    for r, row in enumerate(cells):
        ink = int(row[0])
        if not (ink and row[-1] == ink and row.all() and 2 * int((row == ink).sum()) > len(row)):
            ink = 0
        if ink and ink != last:
            found[r] = ink
        last = ink
    return found


def _largest(cells: Cells) -> Thing | None:
    group = things(cells, "corner")
    sizes = [t.size for t in group]
    return group[sizes.index(max(sizes))] if group and sizes.count(max(sizes)) == 1 else None


def _of_largest(measure: Callable[[Thing], int]) -> Callable[[Cells], int]:
    def number(cells: Cells) -> int:
        t = _largest(cells)
        return 0 if t is None else measure(t)

    return number


def _things_of(most: str) -> Callable[[Cells], int]:
    def number(cells: Cells) -> int:
        ink = by_abundance(cells, most)
        return sum(t.colour == ink for t in things(cells, "corner")) if ink else 0

    return number


def _things_of_ink(ink: int) -> Callable[[Cells], int]:
    return lambda cells: sum(t.colour == ink for t in things(cells, "corner"))


def _void(cells: Cells) -> tuple[int, int]:
    """The sides of the largest empty rectangle; 0 where two of other sides are as large."""
    height, width = cells.shape
    depth = np.zeros(width, int)
    best: dict[tuple[int, int], int] = {}
    for row in cells:
        depth = np.where(row == 0, depth + 1, 0)
        for left in range(width):
            low = height
            for right in range(left, width):
                low = min(low, int(depth[right]))
                if not low:
                    break
                best[low, right - left + 1] = low * (right - left + 1)
    most = max(best.values(), default=0)
    sides = [s for s, area in best.items() if area == most]
    return sides[0] if len(sides) == 1 else (0, 0)


# What may be counted to say how high, or how wide, a figure is.
SIDE_COUNTS: dict[str, Callable[[Cells], int]] = {
    "rowlines": lambda c: _crossed(c)[0],
    "columnlines": lambda c: _crossed(c)[1],
    "roomsdown": lambda c: _crossed(c)[0] + 1 if _crossed(c)[0] else 0,
    "roomsacross": lambda c: _crossed(c)[1] + 1 if _crossed(c)[1] else 0,
    "colours": lambda c: feature(c, "colours"),
    "things": lambda c: feature(c, "things"),
    "singles": lambda c: feature(c, "singles"),
    "holes": lambda c: sum(holes(t) for t in things(c, "corner")),
    "ofrarest": _things_of("least"),
    "ofcommonest": _things_of("most"),
    "largestheight": _of_largest(lambda t: t.height),
    "largestwidth": _of_largest(lambda t: t.width),
    "largestsize": _of_largest(lambda t: t.size),
    "voidheight": lambda c: _void(c)[0],
    "voidwidth": lambda c: _void(c)[1],
    **{f"of{ink}": _things_of_ink(ink) for ink in range(1, COLOURS)},
}
_FIXED = re.compile(r"n(\d\d?)")
_INKS: dict[str, Callable[[Cells], int]] = {
    "rowlines": lambda c: _crossed(c)[2],
    "columnlines": lambda c: _crossed(c)[3],
    "commonest": lambda c: by_abundance(c, "most") or 0,
    "rarest": lambda c: by_abundance(c, "least") or 0,
    "largest": _of_largest(lambda t: t.colour),
    "ground": lambda c: 0,
}


def _chess(height: int, width: int) -> np.ndarray:
    even: np.ndarray = (np.arange(height)[:, None] + np.arange(width)[None]) % 2 == 0
    return even


# Where a figure has its first colour; elsewhere it has the second.
_FIGURES: dict[str, Callable[[int, int], np.ndarray]] = {
    "full": lambda h, w: np.ones((h, w), bool),
    "chessboard": _chess,
    "rows": lambda h, w: np.repeat(np.arange(h)[:, None] % 2 == 0, w, axis=1),
    "columns": lambda h, w: np.repeat(np.arange(w)[None] % 2 == 0, h, axis=0),
    "frame": lambda h, w: border((h, w)),
}


def _is_count(word: str) -> bool:
    return word in SIDE_COUNTS or _FIXED.fullmatch(word) is not None


def _is_ink(word: str) -> bool:
    return word in _INKS or re.fullmatch(r"ink[1-9]", word) is not None


HEIGHT = Kind("what a height counts", (*SIDE_COUNTS, "n3"), _is_count)
WIDTH = Kind("what a width counts", (*SIDE_COUNTS, "n3"), _is_count)
FORM = Kind("figure of two sides", tuple(_FIGURES))
FIRST = Kind("first colour of a figure", (*_INKS, "ink3"), _is_ink)
SECOND = Kind("second colour of a figure", (*_INKS, "ink2"), _is_ink)


def _number(cells: Cells, word: str) -> int:
    match = _FIXED.fullmatch(word)
    return int(match[1]) if match else SIDE_COUNTS[word](cells)


def _colour(cells: Cells, word: str) -> int:
    return int(word[3]) if word[3:].isdecimal() else _INKS[word](cells)


@operation("objects", "lines", height=HEIGHT, width=WIDTH, figure=FORM, ink=FIRST, other=SECOND, result=OTHER, weight=0)
def draw_sized(cells: Cells, height: str, width: str, figure: str, ink: str, other: str) -> Cells | None:
    """A rectangle, chessboard, frame or stripes in two colours of the grid, as high and as wide as two counts say."""
    if len(things(cells, "corner")) > _MOST_THINGS:
        return None
    sides = _number(cells, height), _number(cells, width)
    if not (min(sides) > 0 and max(sides) <= MAX_SIDE):
        return None
    first, second = _colour(cells, ink), _colour(cells, other)
    return np.where(_FIGURES[figure](*sides), np.uint8(first), np.uint8(second))


@fits("draw_sized")
def _fit(shown: Sequence[Cells], wanted: Sequence[Cells]) -> Iterator[tuple[Argument, ...]]:
    """The figure that all outputs are, the counts that are their sides, and where the colours are from."""
    if len({w.shape for w in wanted}) < 2 or max(w.size for w in wanted) > 200:
        return
    figures = [name for name in _FIGURES if all(_is_figure(name, w) for w in wanted)]
    if not figures or any(len(things(s, "corner")) > _MOST_THINGS for s in shown):
        return
    highs = _counted(shown, [w.shape[0] for w in wanted])
    wides = _counted(shown, [w.shape[1] for w in wanted]) if highs else []
    figure = figures[0]
    masks = [_FIGURES[figure](*w.shape) for w in wanted]
    inks = _said(shown, [int(w[m][0]) for w, m in zip(wanted, masks, strict=True)])
    others = _said(shown, [int(w[~m][0]) if not m.all() else -1 for w, m in zip(wanted, masks, strict=True)])
    for height in highs[:2]:
        for width in wides[:2]:
            # A square as large as one count is another operation's.
            way = height, width, figure, *(inks[:1] or [""]), *(others[:1] or [""])
            if height != width and all(way) and makes(draw_sized, way, shown, wanted):
                yield way


def _is_figure(name: str, goal: Cells) -> bool:
    mask = _FIGURES[name](*goal.shape)
    first = goal[mask]
    second = goal[~mask]
    return bool((first == first[0]).all()) and (not len(second) or bool((second == second[0]).all()))


def _counted(shown: Sequence[Cells], sides: Sequence[int]) -> list[str]:
    if len(set(sides)) == 1:
        return [f"n{sides[0]}"]
    return [
        name for name, count in SIDE_COUNTS.items() if all(count(s) == n for s, n in zip(shown, sides, strict=True))
    ]


def _said(shown: Sequence[Cells], inks: Sequence[int]) -> list[str]:
    """Where colours are from; one of -1 may be any."""
    found = [n for n, ink in _INKS.items() if all(i in (-1, ink(s)) for s, i in zip(shown, inks, strict=True))]
    known = set(inks) - {-1}
    return found + ([f"ink{known.pop()}"] if len(known) == 1 and 0 not in known else [])
