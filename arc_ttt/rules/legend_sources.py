"""The colour that a legend gives to a thing: in a small block of their own two colours side by side belong together."""

from __future__ import annotations

from collections.abc import Iterator

from arc_ttt.rules.crowds import Crowd, ink_of
from arc_ttt.rules.legends import unframed
from arc_ttt.rules.things import Thing, colours, things

# Cells of a legend at most.
MOST_CELLS = 20
# Cells of one within a frame, with the frame.
_MOST_FRAMED = 48


def _read(t: Thing) -> Iterator[tuple[int, int]]:
    """The pairs of a full block of two columns, read across, or of two rows, read down, perhaps in a frame; none of any
    other thing."""
    block = unframed(t.cells) if t.size <= _MOST_FRAMED else t.cells
    if not 2 <= block.size <= MOST_CELLS or not block.all() or len(colours(block)) < 2:
        return
    for lines in ([block] if block.shape[1] == 2 else []) + ([block.T] if block.shape[0] == 2 else []):
        pairs = {(int(a), int(b)) for a, b in lines.tolist()}
        if all(a != b for a, b in pairs):
            yield from pairs
            return


def partners(c: Crowd) -> list[int]:
    """The colour beside a thing's own in a legend: the one behind it, else the one before; 0 for several."""
    behind: dict[int, set[int]] = {}
    before: dict[int, set[int]] = {}
    for t in things(c.cells % 10, "mixed"):
        for a, b in _read(t):
            behind.setdefault(a, set()).add(b)
            before.setdefault(b, set()).add(a)
    found = []
    for t in c.things:
        known = behind.get(ink_of(t)) or before.get(ink_of(t)) or {0}
        found.append(next(iter(known)) if len(known) == 1 else 0)
    return found
