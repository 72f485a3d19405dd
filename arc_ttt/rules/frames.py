"""Operations that run a program in another frame: turned, or with colours that are named by their role in the grid."""

from __future__ import annotations

import re

import numpy as np
import numpy.typing as npt

from arc_ttt.rules.language import OTHER, PROGRAM, Kind, Program, operation, run
from arc_ttt.types import COLOURS, Cells

FRAME = Kind("frame", ("transposed", "turned_left", "turned_right", "upside_down", "mirrored"))
SWAPPED = "black"  # before the colour that changes places with black
BUT = "_but"  # before the colours that keep their names
RANKED = ("rarest_last", "rarest_first", "first_seen", "by_count")
_KEPT = re.compile(rf"({'|'.join(RANKED)}){BUT}([1-9]{{1,9}})")
_ROLES = ("background", *RANKED, *(f"{SWAPPED}{c}" for c in range(1, COLOURS)))


def _is_roles(word: str) -> bool:
    kept = _KEPT.fullmatch(word)
    return word in _ROLES or (kept is not None and list(kept[2]) == sorted(set(kept[2])))


ROLES = Kind("roles", (*_ROLES, f"rarest_last{BUT}3"), _is_roles)
_QUARTERS = {"turned_left": 1, "upside_down": 2, "turned_right": 3}


def turn_into(cells: Cells, frame: str) -> Cells:
    """`cells` as the frame shows them."""
    if frame == "transposed":
        return np.ascontiguousarray(cells.T)
    if frame == "mirrored":
        return np.ascontiguousarray(cells[:, ::-1])
    return np.ascontiguousarray(np.rot90(cells, _QUARTERS[frame]))


def turn_back(cells: Cells, frame: str) -> Cells:
    """The inverse of `turn_into`."""
    back = {"turned_left": "turned_right", "turned_right": "turned_left"}
    return turn_into(cells, back.get(frame, frame))


def role_table(cells: Cells, roles: str) -> npt.NDArray[np.uint8]:
    """(10,) the role of each colour: a permutation in which the background is 0.

    "background": the most common colour and black change places; "black3": green and black do. "by_count": all by how
    common they are, the most common as background. The others keep black as background and number the other colours by
    how common they are, or by where they are first seen. Of equals the smaller number comes first. The colours behind
    "_but" keep their own numbers, the roles of the others are the numbers that are left.
    """
    counts = np.bincount(cells.ravel(), minlength=COLOURS)
    if roles == "background" or roles.startswith(SWAPPED):
        table = np.arange(COLOURS, dtype=np.uint8)
        most = int(counts.argmax()) if roles == "background" else int(roles.removeprefix(SWAPPED))
        table[[0, most]] = most, 0
        return table
    roles, _, kept = roles.partition(BUT)
    named = [c for c in range(roles != "by_count", COLOURS) if str(c) not in kept]
    if roles == "first_seen":
        flat = cells.ravel()
        ranks = [int((flat == c).argmax()) if counts[c] else flat.size for c in range(COLOURS)]
    elif roles == "rarest_first":
        ranks = [int(counts[c]) if counts[c] else cells.size for c in range(COLOURS)]
    else:
        ranks = [-int(counts[c]) if counts[c] else cells.size for c in range(COLOURS)]
    table = np.arange(COLOURS, dtype=np.uint8)
    table[sorted(named, key=lambda c: (ranks[c], c))] = named
    return table


@operation("any", frame=FRAME, program=PROGRAM, result=OTHER, weight=0)
def in_frame(cells: Cells, frame: str, program: Program) -> Cells | None:
    """A program runs on the grid as it looks turned or mirrored, and what it makes is turned back."""
    out = run(program, turn_into(cells, frame))
    return None if out is None else turn_back(out, frame)


@operation("any", roles=ROLES, program=PROGRAM, result=OTHER, weight=0)
def by_roles(cells: Cells, roles: str, program: Program) -> Cells | None:
    """A program runs on the grid with its colours named by their role (how common they are, where they are first
    seen, or which one is the background), and what it makes takes the grid's own colours again."""
    table = role_table(cells, roles)
    out = run(program, table[cells])
    return None if out is None else np.argsort(table).astype(np.uint8)[out]
