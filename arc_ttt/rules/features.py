"""Grid → a number that says one thing about it: what a rule with cases may depend on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from zlib import crc32

import numpy as np

from arc_ttt.rules.language import Kind
from arc_ttt.rules.panels import panels
from arc_ttt.rules.things import Thing, colours, holes, things
from arc_ttt.rules.two_parts import FEATURES_OF_TWO
from arc_ttt.rules.whole import bounding_box, by_abundance
from arc_ttt.types import Cells

NOTHING = 999
# Numbers of masks of more than 16 cells.
_BEYOND = 600_000


def _pattern(cells: Cells) -> int:
    """The mask of coloured cells within their box as a number, with its width; 0 for none."""
    box = bounding_box(cells)
    if box is None:
        return 0
    mask = cells[box] != 0
    if mask.size > 16:
        return _BEYOND + crc32(bytes(mask.shape) + mask.tobytes()) % (999_999 - _BEYOND)
    return int("".join(map(str, mask.ravel().astype(int))), 2) * 8 + int(mask.shape[1]) % 8


def _blocks(cells: Cells) -> int:
    """How many squares of two by two cells of one colour there are."""
    a = cells[:-1, :-1]
    return int(((a != 0) & (a == cells[1:, :-1]) & (a == cells[:-1, 1:]) & (a == cells[1:, 1:])).sum())


def _walls(cells: Cells) -> int:
    """The colour of the lines between panels."""
    found = panels(cells)
    return found.ink if found and found.ink else NOTHING


def _corner_ink(cells: Cells) -> int:
    """The colour of the one corner that is coloured, 0 for none or several."""
    inks = [int(cells[r, c]) for r in (0, -1) for c in (0, -1) if cells[r, c]]
    return inks[0] if len(inks) == 1 else 0


def _border_line(cells: Cells) -> int:
    """1 to 4 for a full line of one colour along the upper, right, lower or left border, 0 for none or several."""
    lines = cells[0], cells[:, -1], cells[-1], cells[:, 0]
    full = [n for n, line in enumerate(lines, 1) if line[0] and (line == line[0]).all()]
    return full[0] if len(full) == 1 else 0


def _lined(cells: Cells) -> int:
    """Whether some row or column is all of one colour."""
    rows = (cells[:, 0] != 0) & (cells == cells[:, :1]).all(axis=1)
    columns = (cells[0] != 0) & (cells == cells[:1]).all(axis=0)
    return int(rows.any() or columns.any())


def _ink_by_size(cells: Cells, best: Callable[[list[int]], int]) -> int:
    """The one colour of the largest (or smallest) things; 0 where there are none, NOTHING where they have several."""
    group = things(cells, "corner")
    if not group:
        return 0
    size = best([t.size for t in group])
    inks = {t.colour for t in group if t.size == size}
    return inks.pop() if len(inks) == 1 else NOTHING


def _rares(cells: Cells) -> int:
    """How many cells have the rarest colour; NOTHING where two are as rare."""
    rarest = by_abundance(cells, "least")
    return int(np.count_nonzero(cells == rarest)) if rarest else NOTHING


def _alike(cells: Cells) -> int:
    """The things of the colour that most things have; 0 where several colours have as many."""
    counts = Counter(t.colour for t in things(cells, "corner")).most_common(2)
    return counts[0][1] if counts and (len(counts) < 2 or counts[0][1] > counts[1][1]) else 0


def _rare_place(cells: Cells) -> int:
    """In which of nine directions from the middle the cells of the rarest colour lie on the whole, 0 for up and left, 4
    for the middle; NOTHING where two are as rare."""
    rarest = by_abundance(cells, "least")
    if not rarest:
        return NOTHING
    rows, columns = np.nonzero(cells == rarest)
    down = np.sign(2 * int(rows.sum()) - len(rows) * (cells.shape[0] - 1))
    right = np.sign(2 * int(columns.sum()) - len(columns) * (cells.shape[1] - 1))
    return int(3 * (down + 1) + right + 1)


def _corner_place(cells: Cells) -> int:
    """Which corner alone is coloured: 1 the upper left, 2 the upper right, 3 the lower left, 4 the lower right one; 0
    for none or several."""
    full = [n for n, (r, c) in enumerate(((0, 0), (0, -1), (-1, 0), (-1, -1)), 1) if cells[r, c]]
    return full[0] if len(full) == 1 else 0


def _of_largest(measure: Callable[[Thing], int]) -> Callable[[Cells], int]:
    """Of the one largest thing; NOTHING where several are as large."""

    def of_largest(cells: Cells) -> int:
        group = sorted(things(cells, "corner"), key=lambda t: -t.size)
        if not group or (len(group) > 1 and group[0].size == group[1].size):
            return NOTHING
        return measure(group[0])

    return of_largest


FEATURES: dict[str, Callable[[Cells], int]] = {
    "colours": lambda c: len(colours(c)),
    "things": lambda c: len(things(c, "corner")),
    "lumps": lambda c: len(things(c, "mixed")),
    "pieces": lambda c: len(things(c, "side")),
    "mirrored": lambda c: int((c == c[:, ::-1]).all()),
    "upside": lambda c: int((c == c[::-1]).all()),
    "symmetric": lambda c: int((c == c[:, ::-1]).all() or (c == c[::-1]).all()),
    "diagonal": lambda c: int(c.shape == c.T.shape and bool((c == c.T).all())),
    "commonest": lambda c: by_abundance(c, "most") or NOTHING,
    "rarest": lambda c: by_abundance(c, "least") or NOTHING,
    "onlycolour": lambda c: colours(c)[0] if len(colours(c)) == 1 else NOTHING,
    "pattern": _pattern,
    "coloured": lambda c: int(np.count_nonzero(c)),
    "blocks": _blocks,
    "holes": lambda c: sum(holes(t) for t in things(c, "corner")),
    "wide": lambda c: int(np.sign(c.shape[1] - c.shape[0])) + 1,
    "height": lambda c: c.shape[0],
    "width": lambda c: c.shape[1],
    "centre": lambda c: int(c[c.shape[0] // 2, c.shape[1] // 2]),
    "corner": lambda c: int(c[0, 0]),
    "oddheight": lambda c: c.shape[0] % 2,
    "singles": lambda c: sum(t.size == 1 for t in things(c, "corner")),
    "oddthings": lambda c: len(things(c, "corner")) % 2,
    "walls": _walls,
    "cornerink": _corner_ink,
    "borderline": _border_line,
    "rares": _rares,
    "mostthings": lambda c: sum(t.colour == by_abundance(c, "most") for t in things(c, "corner")),
    "loners": lambda c: sum(t.size == 1 for t in things(c, "mixed")),
    "alike": _alike,
    "largestink": lambda c: _ink_by_size(c, max),
    "smallestink": lambda c: _ink_by_size(c, min),
    "lined": _lined,
    **FEATURES_OF_TWO,
    "rareplace": _rare_place,
    "cornerplace": _corner_place,
    "oddwidth": lambda c: c.shape[1] % 2,
    "oddcoloured": lambda c: int(np.count_nonzero(c)) % 2,
    "largestlying": _of_largest(lambda t: int(np.sign(t.width - t.height)) + 1),
    "largestholes": _of_largest(holes),
}

FEATURE = Kind("feature", tuple(FEATURES))


def feature(cells: Cells, name: str) -> int:
    """The value of the feature `name`, not less than 0."""
    return int(FEATURES[name](cells))
