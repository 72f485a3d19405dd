"""A state of the search: one grid for each demonstration and each test, and the program that made them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b

import numpy as np

from arc_ttt.agents.programs.targets import Grids
from arc_ttt.rules.language import Program
from arc_ttt.types import COLOURS, Cells


@dataclass(slots=True, eq=False)
class State:
    """`grids` are the demonstrations', then the tests'; `fitted` are the places of steps that were fitted; `wrong` is
    the share of the demonstrations' cells that differ from the outputs, 1 where sizes do."""

    grids: Grids
    program: Program
    fitted: tuple[int, ...]
    bits: float
    wrong: float
    mask: int
    cells: float

    @property
    def depth(self) -> int:
        return len(self.program)


def digest(marks: Sequence[bytes]) -> bytes:
    """Eight bytes by which equal states are known; `marks` are the keys of their grids."""
    return blake2b(b"".join(marks), digest_size=8).digest()


def colours_mask(grids: Sequence[Cells]) -> int:
    """One bit for each colour that some grid has."""
    raw = b"".join([g.tobytes() for g in grids])
    return sum([1 << c for c in range(COLOURS) if c in raw])


def compared(grids: Sequence[Cells], outputs: Sequence[Cells]) -> tuple[float, int]:
    """The share of cells that differ, 1 where a size does, and one bit for each demonstration that comes out right."""
    wrong = cells = right = 0
    fit = True
    for i, (grid, output) in enumerate(zip(grids, outputs, strict=False)):
        if grid.shape != output.shape:
            fit = False
            continue
        differ = int(np.count_nonzero(grid != output))
        right |= (differ == 0) << i
        wrong += differ
        cells += output.size
    return wrong / cells if fit else 1.0, right


def is_lost(marks: Sequence[bytes], unlike: Sequence[tuple[int, int]]) -> bool:
    """Whether two demonstrations with different outputs (`unlike` lists such pairs) have become the same grid."""
    return any([marks[i] == marks[j] for i, j in unlike])
