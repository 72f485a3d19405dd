"""Copies of a picture that is known by one cell, turned as a table read off demonstrations says for its colour.

`copy_turned(2toh_3toi, keep)`: around each 2 the picture that has a 2, mirrored left and right, around each 3 the one
that has a 3, as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

import numpy as np

from arc_ttt.rules.blocks import IMAGES
from arc_ttt.rules.language import Argument, Kind, fits, keyed, operation
from arc_ttt.rules.places import within
from arc_ttt.rules.templates import KEPT, kept_or_not, placed, templates_of
from arc_ttt.rules.things import Thing, colours, paste
from arc_ttt.types import Cells

_ENTRY = re.compile(r"([1-9x])to([ihvrlkta])")


TABLE = Kind("turns of copies", ("2toh_3toi", "xtor"), keyed(_ENTRY))


def _known_by(t: Thing, loose: Cells) -> int:
    """The one colour of a picture that also lies about; 0 where there is none, or several."""
    inks = [c for c in colours(t.cells) if (loose == c).any()]
    return inks[0] if len(inks) == 1 else 0


@lru_cache(maxsize=64)
def _pictures(raw: bytes, width: int) -> tuple[tuple[tuple[Thing, int], ...], tuple[Thing, ...], Cells] | None:
    """The pictures with the colours that they are known by, all templates, and the grid without them."""
    split = templates_of(np.frombuffer(raw, np.uint8).reshape(-1, width), "thing")
    if split is None:
        return None
    found, loose = split
    known = tuple((t, ink) for t in found if (ink := _known_by(t, loose)))
    return (known, tuple(found), loose) if known else None


def _copies(image: Cells, ink: int, loose: Cells) -> list[tuple[int, int]]:
    return list(placed(np.ascontiguousarray(image), image == ink, loose))


@operation("shapes", "markers", table=TABLE, kept=KEPT, weight=0)
def copy_turned(cells: Cells, table: str, kept: str) -> Cells | None:
    """Where the one cell lies again that a picture of several colours is known by, the picture is copied around it,
    turned or mirrored as a table says for that cell's colour."""
    found = _pictures(cells.tobytes(), cells.shape[1])
    if found is None:
        return None
    turns = dict(_ENTRY.findall(table))
    out = cells.copy()
    for t, ink in found[0]:
        letter = turns.get(str(ink), turns.get("x"))
        if letter is None:
            return None
        image = np.ascontiguousarray(IMAGES[letter](t.cells))
        for top, left in _copies(image, ink, found[2]):
            paste(out, image, top, left)
    return None if (out == cells).all() else kept_or_not((out, found[1]), kept)


@fits("copy_turned")
def _fit(shown: Sequence[Cells], wanted: Sequence[Cells]) -> Iterator[tuple[Argument, ...]]:
    """For each colour the turns that paint nothing wrong."""
    if any(s.shape != w.shape for s, w in zip(shown, wanted, strict=True)):
        return
    may: dict[int, set[str]] = {}
    for s, w in zip(shown, wanted, strict=True):
        found = _pictures(s.tobytes(), s.shape[1])
        if found is None:
            return
        for t, ink in found[0]:
            right = {k for k, turn in IMAGES.items() if _wanted(turn(t.cells), ink, found[2], w)}
            may[ink] = may[ink] & right if ink in may else right
            if not may[ink]:
                return
    common = set.intersection(*may.values())
    words = [f"xto{k}" for k in sorted(common, key=list(IMAGES).index)[:1]]
    words.append("_".join(f"{c}to{min(k, key=list(IMAGES).index)}" for c, k in sorted(may.items())))
    for word in words:
        for kept in KEPT.values:
            made = (copy_turned(s, word, str(kept)) for s in shown)
            if all(m is not None and bool((m == w).all()) for m, w in zip(made, wanted, strict=True)):
                yield word, kept


def _wanted(image: Cells, ink: int, loose: Cells, goal: Cells) -> bool:
    """Whether all copies of an image are as is wanted, and there are some."""
    at = np.argwhere(image)
    found = _copies(image, ink, loose)
    for top, left in found:
        r, c = (at + np.array([top, left])).T
        inside = within(goal, r, c)
        if (goal[r[inside], c[inside]] != image[tuple(at[inside].T)]).any():
            return False
    return bool(found)
