"""What members of one size say of each other: which one is two others together, or what two share; which lie in others;
which are mirror images."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import combinations

import numpy as np

from arc_ttt.rules.crowds import Crowd

_MOST = 16
TOGETHER, SHARED = 1, 2


def _groups(c: Crowd) -> Iterator[tuple[list[int], list[np.ndarray]]]:
    """The places and masks of members of each size, where there are several."""
    if len(c.things) > 2 * _MOST:
        return
    sizes: dict[tuple[int, ...], list[int]] = defaultdict(list)
    for i, t in enumerate(c.things):
        sizes[t.cells.shape].append(i)
    for at in sizes.values():
        if 1 < len(at) <= _MOST:
            yield at, [c.things[i].cells != 0 for i in at]


def _blend(c: Crowd) -> Sequence[int]:
    """1 for members that are coloured where either of two others is, and like neither; 2 where both of two others
    are."""
    found = [0] * len(c.things)
    for at, masks in _groups(c):
        places = {m.tobytes(): k for k, m in reversed(list(enumerate(masks)))}
        raws = [m.tobytes() for m in masks]
        for a, b in combinations(range(len(masks)), 2):
            for value, made in ((TOGETHER, masks[a] | masks[b]), (SHARED, masks[a] & masks[b])):
                raw = made.tobytes()
                if raw in places and raw not in (raws[a], raws[b]):
                    for k, other in enumerate(raws):
                        if other == raw and not found[at[k]] and made.any():
                            found[at[k]] = value
    return found


def _included(c: Crowd) -> Sequence[int]:
    """How many others of its size are coloured wherever a member is, and elsewhere, too."""
    found = [0] * len(c.things)
    for at, masks in _groups(c):
        stack = np.stack([m.ravel() for m in masks]).astype(np.int32)
        shared = stack @ stack.T
        sizes = np.diag(shared)
        inside = (shared == sizes[:, None]) & (sizes[None] > sizes[:, None])
        for k, n in enumerate(inside.sum(axis=1).tolist()):
            found[at[k]] = n
    return found


def _mirror_kin(c: Crowd) -> Sequence[int]:
    """1 for members of which another one is the mirror image left to right, 2 top to bottom, and none the same shape;
    3 for those of which others are both."""
    found = [0] * len(c.things)
    for at, masks in _groups(c):
        raws = [m.tobytes() for m in masks]
        for k, mask in enumerate(masks):
            others = {*raws[:k], *raws[k + 1 :]}
            if raws[k] not in others:
                across, down = mask[:, ::-1].tobytes(), mask[::-1].tobytes()
                found[at[k]] = (across != raws[k] and across in others) + 2 * (down != raws[k] and down in others)
    return found


# By name: what is measured, and its cost in bits.
AMONG_OTHERS: dict[str, tuple[Callable[[Crowd], Sequence[int]], float]] = {
    "blend": (_blend, 4.5),
    "included": (_included, 4.5),
    "mirrorkin": (_mirror_kin, 4.5),
}
