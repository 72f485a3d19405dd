"""A picture with a symmetry or a period hides under several patches of a colour: what one of them hides is shown."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import numpy as np

from arc_ttt.rules.language import MARK, OTHER, Argument, Kind, fits, operation
from arc_ttt.rules.laws import explained
from arc_ttt.rules.mirrors import mend_mirrored
from arc_ttt.rules.patterns import repair_period, repair_symmetry
from arc_ttt.rules.things import Thing, colours, things
from arc_ttt.types import Cells

_MOST_PATCHES, _LEAST = 8, 2
_MEASURES: dict[str, Callable[[Thing], int]] = {
    "area": lambda t: t.size,
    "top": lambda t: t.top,
    "left": lambda t: t.left,
    "height": lambda t: t.height,
    "width": lambda t: t.width,
}
WHICH_PATCH = Kind("which patch", tuple(f"{most}_{m}" for m in _MEASURES for most in ("most", "least")))


def _patches(cells: Cells, mark: int) -> list[Thing]:
    """The rectangles of a colour; none where it has other things as well, or one only."""
    found = things((cells == mark).astype(np.uint8), "side")
    full = all(t.cells.all() and t.size > 1 for t in found)
    return list(found) if full and _LEAST <= len(found) <= _MOST_PATCHES else []


def _whole(cells: Cells, mark: int) -> Cells | None:
    for mend in (repair_symmetry, mend_mirrored, repair_period):
        whole = mend(cells, mark)
        if whole is not None and not (whole == mark).any():
            return whole
    return explained(cells, cells != mark)


def _meant(patches: Sequence[Thing], which: str) -> Thing | None:
    most, _, name = which.partition("_")
    sign = 1 if most == "most" else -1
    ranked = sorted(patches, key=lambda t: -sign * _MEASURES[name](t))
    return None if _MEASURES[name](ranked[0]) == _MEASURES[name](ranked[1]) else ranked[0]


@operation("masked", mark=MARK, which=WHICH_PATCH, result=OTHER, weight=0)
def show_patch(cells: Cells, mark: int, which: str) -> Cells | None:
    """Several rectangles of one colour lie on a picture with a symmetry or a period: what the one with the most (or the
    least) of a measure hides is shown."""
    patches = _patches(cells, mark)
    meant = _meant(patches, which) if patches else None
    whole = _whole(cells, mark) if meant else None
    return None if meant is None or whole is None else np.ascontiguousarray(whole[meant.box])


@fits("show_patch")
def _fit(shown: Sequence[Cells], wanted: Sequence[Cells]) -> Iterator[tuple[Argument, ...]]:
    """The colour and the patch that make all outputs."""
    for mark in sorted(set.intersection(*(set(colours(s)) for s in shown))):
        patches = [_patches(s, mark) for s in shown]
        if not all(patches):
            continue
        for which in WHICH_PATCH.values:
            meant = [_meant(p, str(which)) for p in patches]
            if any(m is None or m.cells.shape != w.shape for m, w in zip(meant, wanted, strict=True)):
                continue
            made = (show_patch(s, mark, str(which)) for s in shown)
            if all(m is not None and bool((m == w).all()) for m, w in zip(made, wanted, strict=True)):
                yield mark, which
                return
