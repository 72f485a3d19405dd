"""A task → the same task in other frames: with colours named by their role, or turned.

A rule that differs only in colours from one demonstration to the next is one rule where colours are called by their
role; and operations that know directions are tried in others.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

import numpy as np

from arc_ttt.agents.programs.targets import Grids
from arc_ttt.rules.frames import role_table, turn_back, turn_into
from arc_ttt.rules.language import Program, Step
from arc_ttt.types import COLOURS, Cells

# Shares of the budget, to be divided by their sum.
AS_IS_SHARE, BACKGROUND_SHARE, ROLES_SHARE, TURNED_SHARE = 1.0, 0.8, 0.2, 0.1
# Bits of a frame.
BACKGROUND_BITS, ROLES_BITS, TURNED_BITS = 2.0, 5.0, 5.0


@dataclass(frozen=True)
class Frame:
    """`inputs` (demonstrations, then tests) and `outputs` as the frame shows them; `step` runs a program in it."""

    inputs: Grids
    outputs: Grids
    share: float
    bits: float
    step: tuple[str, str] | None
    undo: Callable[[int, Cells], Cells]

    def wrapped(self, program: Program) -> Program:
        """The program for grids as they are."""
        return program if self.step is None else (Step(self.step[0], (self.step[1], program)),)


def frames(inputs: Grids, outputs: Grids, without: Collection[str]) -> Iterator[Frame]:
    """The frames worth a search, the task as it is first."""
    yield Frame(inputs, outputs, AS_IS_SHARE, 0.0, None, lambda i, cells: cells)
    if "frames" in without:
        return
    if any(np.bincount(g.ravel(), minlength=COLOURS)[1:].max() > np.count_nonzero(g == 0) for g in inputs):
        yield _roles(inputs, outputs, "background", BACKGROUND_SHARE, BACKGROUND_BITS)
    sets = {frozenset(g.ravel().tolist()) - {0} for g in inputs}
    if len(sets) > 1:
        for roles in ("rarest_last", "rarest_first", "first_seen"):
            yield _roles(inputs, outputs, roles, ROLES_SHARE, ROLES_BITS)
    for frame in ("transposed", "upside_down"):
        yield Frame(
            tuple(turn_into(g, frame) for g in inputs),
            tuple(turn_into(g, frame) for g in outputs),
            TURNED_SHARE,
            TURNED_BITS,
            ("in_frame", frame),
            lambda i, cells, frame=frame: turn_back(cells, frame),  # type: ignore[misc]
        )


def _roles(inputs: Grids, outputs: Grids, roles: str, share: float, bits: float) -> Frame:
    tables = [role_table(g, roles) for g in inputs]
    back = [np.argsort(t).astype(np.uint8) for t in tables]
    return Frame(
        tuple(t[g] for t, g in zip(tables, inputs, strict=True)),
        tuple(t[g] for t, g in zip(tables, outputs, strict=False)),
        share,
        bits,
        ("by_roles", roles),
        lambda i, cells: back[i][cells],
    )
