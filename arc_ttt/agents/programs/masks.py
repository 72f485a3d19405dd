"""Two states of the outputs' sizes → the outputs, where one of them shows through the other.

One grid is a picture, the other a mask: the picture shows where the mask is coloured, or where it is empty; elsewhere
there is nothing, or the input. Unlike a table of colours this holds whatever the colours are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from arc_ttt.agents.programs.joins import CELL_COST, MOST_PARTNERS, ROW_COST
from arc_ttt.agents.programs.meter import Meter
from arc_ttt.agents.programs.states import State
from arc_ttt.agents.programs.targets import Grids
from arc_ttt.rules.joined import blown_up
from arc_ttt.rules.language import Program, Step

# Pictures that are looked at, masks handed on, and the bits of putting two states together.
MOST_PICTURES, MOST_MASKS, MASK_BITS = 30, 3, 4.0


@dataclass(frozen=True)
class Mask:
    """A mask, where it lets through, and the picture behind it."""

    mask: State
    where: str
    picture: State
    name: str = "show_where"

    @property
    def bits(self) -> float:
        return MASK_BITS + self.mask.bits + self.picture.bits + (self.where == "empty")

    @property
    def program(self) -> Program:
        return (Step(self.name, (self.mask.program, self.where, self.picture.program)),)


def masks(pieces: Sequence[State], small: Sequence[State], inputs: Grids, outputs: Grids, meter: Meter) -> list[Mask]:
    """The masks and pictures, perhaps `small` ones scaled up, that make the outputs, the shortest first."""
    wanted = np.concatenate([g.ravel() for g in outputs])
    states = sorted(pieces, key=lambda s: s.bits)[:MOST_PARTNERS]
    count = len(states) + len(small)
    if not states or count < 2 or not meter.pay(ROW_COST * count + CELL_COST * count * len(wanted)):
        return []
    flat = np.array([np.concatenate([g.ravel() for g in s.grids[: len(outputs)]]) for s in states])
    shown = [*zip(states, flat, strict=True), *((s, _scaled(s, outputs)) for s in small)]
    owner = np.repeat(np.arange(len(outputs)), [g.size for g in outputs])
    bases = {"show_where": np.zeros_like(wanted)}
    if all(i.shape == o.shape for i, o in zip(inputs, outputs, strict=False)):
        bases["lay_where"] = np.concatenate([g.ravel() for g in inputs[: len(outputs)]])
    found = []
    for name, base in bases.items():
        on = wanted != base
        pictures = [(s, p) for s, p in shown if on.any() and (p[on] == wanted[on]).all()][:MOST_PICTURES]
        for where, open_ in (("coloured", flat != 0), ("empty", flat == 0)):
            through = np.flatnonzero(open_[:, on].all(axis=1))
            for state, picture in pictures:
                hidden = picture != wanted
                # Something must be hidden in two demonstrations, if there are two.
                if len(np.unique(owner[hidden])) < min(2, len(outputs)):
                    continue
                meter.ask()
                for i in through[~open_[np.ix_(through, np.flatnonzero(hidden))].any(axis=1)].tolist():
                    if states[i] is not state:
                        found.append(Mask(states[i], where, state, name))
    return sorted(found, key=lambda m: m.bits)[:MOST_MASKS]


def _scaled(state: State, outputs: Grids) -> npt.NDArray[np.uint8]:
    """All cells of a state scaled up to the outputs' sizes."""
    parts = []
    for g, o in zip(state.grids, outputs, strict=False):
        made = blown_up(g, o.shape)
        assert made is not None  # `is_fraction` holds
        parts.append(made.ravel())
    return np.concatenate(parts)
