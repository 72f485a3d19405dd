"""Grid → in each line what lies loose is drawn close to a mark."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from arc_ttt.rules.language import AXIS, MARK, Argument, Kind, fits, operation
from arc_ttt.rules.things import colours
from arc_ttt.rules.whole import along
from arc_ttt.types import Cells

OTHERS = Kind("other lines", ("vanish", "stay"))
PAINTED = Kind("colour of what is drawn in", ("own", *(f"ink{c}" for c in range(1, 10))))


@operation("spotted", "noise", mark=MARK, axis=AXIS, others=OTHERS, painted=PAINTED, weight=0)
def draw_in(cells: Cells, mark: int, axis: str, others: str, painted: str) -> Cells | None:
    """In each row (or column) with one cell of colour `mark` all coloured cells move along it, close up to that cell,
    from both sides, and perhaps take one colour; the other lines vanish or stay."""
    lines = along(cells, axis)
    marks = (lines == mark).sum(axis=1) == 1
    if not marks.any():
        return None
    out = np.zeros_like(lines) if others == "vanish" else lines.copy()
    for k in np.flatnonzero(marks).tolist():
        line, at = lines[k], int(np.flatnonzero(lines[k] == mark)[0])
        before, after = line[:at][line[:at] != 0], line[at:][line[at:] != 0]
        close = np.concatenate([before, after])
        out[k] = 0
        out[k, at - len(before) : at + len(after)] = close if painted == "own" else int(painted[3:])
    return None if (out == lines).all() else along(out, axis)


@fits("draw_in")
def _fit(shown: Sequence[Cells], wanted: Sequence[Cells]) -> Iterator[tuple[Argument, ...]]:
    if any(a.shape != b.shape or (a == b).all() for a, b in zip(shown, wanted, strict=True)):
        return
    common = set.intersection(*(set(colours(a)) for a in shown))
    inks = set.intersection(*(set(colours(b)) for b in wanted))
    for mark in sorted(common):
        for axis in ("horizontal", "vertical"):
            for others in ("vanish", "stay"):
                first = draw_in(shown[0], mark, axis, others, "own")
                if first is None or ((first != 0) != (wanted[0] != 0)).any():
                    continue
                for painted in ("own", *(f"ink{ink}" for ink in sorted(inks))):
                    made = [draw_in(a, mark, axis, others, painted) for a in shown]
                    if all(m is not None and bool((m == b).all()) for m, b in zip(made, wanted, strict=True)):
                        yield mark, axis, others, painted
