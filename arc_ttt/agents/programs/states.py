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
    the share of the demonstrations' cells that differ from the outputs, 1 where sizes do; `kind` is the class of these
    sizes against the outputs'; `signs` counts what speaks for it: the outputs' sizes where the inputs have others, no
    wrong change; `hint` are bits for what of the outputs lies in it. Grids of the size of what growing
    operations make the outputs of have that as their `aim`; `far` is like `wrong`, but against the aim."""

    grids: Grids
    program: Program
    fitted: tuple[int, ...]
    bits: float
    wrong: float
    mask: int
    cells: float
    kind: str = "same"
    signs: int = 0
    hint: float = 0.0
    far: float = 1.0
    aim: Grids | None = None

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


def signs(inputs: Sequence[Cells], grids: Sequence[Cells], outputs: Sequence[Cells]) -> int:
    """What speaks for grids of the outputs' sizes. Where the inputs have these sizes: whether something was changed in
    each, and nothing wrongly. Else that they have them, and whether what is coloured is so in the outputs."""
    trios = list(zip(inputs, grids, outputs, strict=False))
    if any(i.shape != o.shape for i, _, o in trios):
        return 1 + all(bool(o[g != 0].all()) for _, g, o in trios)
    return int(all(bool((g != i).any()) and bool((g == o)[g != i].all()) for i, g, o in trios))
