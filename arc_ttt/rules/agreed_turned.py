"""Grid → what its parts show together once each is turned, or mirrored, until it agrees with the first one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

import numpy as np

from arc_ttt.rules.agreed import AGREEING
from arc_ttt.rules.chosen import parts_of
from arc_ttt.rules.language import OTHER, Argument, Kind, fits, makes, operation
from arc_ttt.rules.work import worked
from arc_ttt.types import COLOURS, Cells

POSES = Kind("poses of parts", ("turned", "mirrored", "any"))
TOGETHER = Kind("what parts in poses show", ("any", "most", "all"))
_MOST, _LEAST_SIDE, _LEAST_AGREEING = 9, 3, 0.5


def _images(part: Cells, poses: str) -> list[Cells]:
    turned = [np.rot90(part, k) for k in range(4)]
    mirrored = [part[:, ::-1], part[::-1], part.T, part[::-1, ::-1].T]
    if poses == "mirrored":
        return [part, *mirrored[:2], turned[2]]
    return turned if poses == "turned" else [*turned, *mirrored]


def _agreement(part: Cells, first: Cells) -> float:
    """The share of the cells coloured in both that are of one colour, or 0 where they are few."""
    both = (part != 0) & (first != 0)
    alike = int(np.count_nonzero(both & (part == first)))
    shared = int(np.count_nonzero(both))
    # Cells that only one of them has speak against it, but may be hidden in the other one.
    other = int(np.count_nonzero((part != 0) != (first != 0)))
    return alike / shared - other / (4 * first.size) if shared > 2 else 0.0


def _aligned(parts: Sequence[Cells], poses: str) -> np.ndarray | None:
    """(parts, rows, columns): each in the one pose that agrees best with the first; None where two agree as well."""
    first = parts[0]
    out = [first]
    turned = False
    for part in parts[1:]:
        worked(0.5)
        images = [i for i in _images(part, poses) if i.shape == first.shape]
        ranks = [_agreement(i, first) for i in images]
        best = max(ranks, default=0.0)
        chosen = [i for i, rank in zip(images, ranks, strict=True) if rank == best]
        if best < _LEAST_AGREEING or any((i != chosen[0]).any() for i in chosen):
            return None
        turned |= chosen[0] is not images[0]
        out.append(chosen[0])
    return np.stack(out) if turned else None


@operation("panels", "copies", members=AGREEING, poses=POSES, shown=TOGETHER, result=OTHER, weight=0)
def agree_in_poses(cells: Cells, members: str, poses: str, shown: str) -> Cells | None:
    """Parts that show the same picture, each turned or mirrored, are laid upon each other as the first one lies: each
    cell takes the colour that any of them has there (no two differ), or most of them, or all."""
    parts = [t.cells for t in parts_of(cells, members)]
    if not 2 <= len(parts) <= _MOST or min(parts[0].shape) < _LEAST_SIDE:
        return None
    if any(sorted(p.shape) != sorted(parts[0].shape) for p in parts):
        return None
    stack = _aligned(parts, poses)
    if stack is None:
        return None
    if shown == "any":
        out: Cells = stack.max(axis=0)
        return None if ((stack != 0) & (stack != out)).any() or (out == stack[0]).all() else out
    counts = np.stack([(stack == c).sum(axis=0) for c in range(COLOURS)])
    most, ruling = counts.max(axis=0), counts.argmax(axis=0).astype(np.uint8)
    if shown == "all":
        return np.where(most == len(stack), ruling, np.uint8(0))
    return ruling if (2 * most > len(stack)).all() and (most < len(stack)).any() else None


@fits("agree_in_poses")
def _fit(shown: Sequence[Cells], wanted: Sequence[Cells]) -> Iterator[tuple[Argument, ...]]:
    """The first words that make all outputs, where the first of the parts has the size of the output."""
    if any(2 * w.size > s.size for s, w in zip(shown, wanted, strict=True)):
        return
    for members in AGREEING.values:
        first = (parts_of(s, str(members))[:1] for s in shown)
        if any(not p or p[0].cells.shape != w.shape for p, w in zip(first, wanted, strict=True)):
            continue
        for poses, together in product(POSES.values, TOGETHER.values):
            if makes(agree_in_poses, (members, poses, together), shown, wanted):
                yield members, poses, together
                return
