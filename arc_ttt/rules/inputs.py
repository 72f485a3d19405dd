"""Random inputs for rules: importing this module fills the table `FAMILIES`; a source is a family with settings."""

from __future__ import annotations

import numpy as np

from arc_ttt.rules import scenes, surfaces  # noqa: F401  (they fill the table)
from arc_ttt.rules.language import MARK, Argument, Kind, Step
from arc_ttt.rules.pieces import (
    FAMILIES,
    Rng,
    one_of,
)
from arc_ttt.types import Cells


def kinds_of_families() -> dict[str, tuple[Kind, ...]]:
    """What `language.parse_program` must know to read an input's settings."""
    return {f.name: f.kinds for f in FAMILIES.values()}


def draw_source(rng: Rng, name: str) -> Step:
    """A family with its settings fixed for one rule. Colours with a role (a separator's) are not in the palette."""
    chosen = FAMILIES[name]
    order = [int(c) for c in rng.permutation(np.arange(1, 10))]
    rest: list[Argument] = [order.pop() if k == MARK else one_of(rng, k.values) for k in chosen.kinds[2:]]
    count = int(rng.choice(chosen.inks))
    palette = f"any{count}" if rng.random() < 0.35 else "c" + "".join(map(str, sorted(order[:count])))
    return Step(name, (str(rng.choice(chosen.sizes)), palette, *rest))


def make_input(rng: Rng, source: Step) -> Cells:
    """A grid of the family, (rows, columns) uint8; a new array. It has two colours at least, unless luck runs out."""
    for _ in range(20):
        cells = FAMILIES[source.name].make(rng, *source.arguments)
        if (cells != cells[0, 0]).any():
            break
    return cells
