"""Copies and moves of a thing by a step that other things show: the one between two equal things, or that from one
single cell to the other."""

from __future__ import annotations

from collections.abc import Callable

from arc_ttt.rules.crowds import Crowd
from arc_ttt.rules.moves_pointed import Shifts

_MOST_THINGS, _MOST_COPIES = 40, 30


def _from_twin(c: Crowd, i: int) -> tuple[int, int] | None:
    """The step to a thing from the nearest one that is equal to it; None where there is none, or two are as near."""
    t = c.things[i]
    if len(c.things) > _MOST_THINGS:
        return None
    mark = t.cells.shape, t.cells.tobytes()
    steps = [
        (t.top - o.top, t.left - o.left)
        for k, o in enumerate(c.things)
        if k != i and (o.cells.shape, o.cells.tobytes()) == mark
    ]
    far = sorted(abs(down) + abs(right) for down, right in steps)
    if not far or (len(far) > 1 and far[0] == far[1]):
        return None
    return next(s for s in steps if abs(s[0]) + abs(s[1]) == far[0])


def _on(times: int, whole: bool = False) -> Callable[[Crowd, int], Shifts | None]:
    """`times` copies, each a step further; 0: as many as the grid has room for, the last one perhaps in part."""

    def shifts(c: Crowd, i: int) -> Shifts | None:
        step, t = _from_twin(c, i), c.things[i]
        if step is None:
            return None
        rows, columns = c.cells.shape
        # How much of a copy may lie beyond the grid.
        tall, wide = (0, 0) if whole else (t.height - 1, t.width - 1)
        found = []
        for n in range(1, (times or _MOST_COPIES) + 1):
            down, right = n * step[0], n * step[1]
            top, left = t.top + down, t.left + right
            if not (-tall <= top <= rows - t.height + tall and -wide <= left <= columns - t.width + wide):
                break
            found.append((down, right))
        return found or [(0, 0)]

    return shifts


def _by_dots(back: bool) -> Callable[[Crowd, int], Shifts | None]:
    """As the second of the only two single cells, in the order of their colours, lies to the first one."""

    def shifts(c: Crowd, i: int) -> Shifts | None:
        dots = sorted((t for t in c.things if t.size == 1), key=lambda t: t.colour)
        if len(dots) != 2 or c.things[i].size == 1 or dots[0].colour == dots[1].colour:
            return None
        one, other = dots[::-1] if back else dots
        return [(other.top - one.top, other.left - one.left)]

    return shifts


# By name: whether the thing leaves its place, and where it is then.
STEPPED: dict[str, tuple[bool, Callable[[Crowd, int], Shifts | None]]] = {
    "goon": (False, _on(0)),
    "goonwhole": (False, _on(0, whole=True)),
    "goonce": (False, _on(1)),
    "bydots": (True, _by_dots(False)),
    "bydotsback": (True, _by_dots(True)),
    "copybydots": (False, _by_dots(False)),
    "copybydotsback": (False, _by_dots(True)),
}
