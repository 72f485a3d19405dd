"""A rule: its inputs, a program and a background; written as text and read back, run, and turned into pairs.

    objects(ten, c13, blob, 5) > keep_things(largest, corner) > flip(horizontal) @ 0

is the text of a rule: its inputs, its steps, and the colour that stands for the background.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

import numpy as np

from arc_ttt.errors import DataError
from arc_ttt.rules.inputs import kinds_of_families, make_input
from arc_ttt.rules.language import (
    AXIS,
    DIRECTION,
    INK,
    MARK,
    Argument,
    Program,
    Step,
    parse_program,
    program_text,
    run,
    steps_of,
)
from arc_ttt.rules.operations import OPERATIONS
from arc_ttt.rules.pieces import FAMILIES, Rng
from arc_ttt.types import Cells, Grid, Pair

PREFIX = "rule-"  # how ids of rules begin
MAX_CELLS = 1300  # of input and output together; larger pairs cost more tokens than they teach


@dataclass(frozen=True)
class Rule:
    """A family with its settings, a program, and the colour that the rule's grids have for background."""

    source: Step
    program: Program
    background: int = 0

    @property
    def text(self) -> str:
        """A stable text; rules are equal if their texts are, and `parse` reads it back."""
        return f"{program_text((self.source, *self.program))} @ {self.background}"

    @property
    def id(self) -> str:
        """`rule-` and ten hexadecimal digits of a hash of the text."""
        return PREFIX + sha256(self.text.encode()).hexdigest()[:10]

    @property
    def outline(self) -> str:
        """The program's text with letters for colours, turned so that it comes first in the alphabet: equal for
        rules that differ only in their colours, in the way that the grid is turned, and in their inputs."""
        return min(program_text(_anonymous(self.program, {}, turns)) for turns in range(4))


def _anonymous(program: Program, names: dict[int, str], turns: int) -> Program:
    """`program` with a letter for each colour, in order of appearance, and directions and axes turned."""
    steps = []
    for step in program:
        arguments: list[Argument] = []
        for kind, a in zip(OPERATIONS[step.name].kinds, step.arguments, strict=True):
            if isinstance(a, tuple):
                arguments.append(_anonymous(a, names, turns))
            elif kind in (INK, MARK) and isinstance(a, int):
                arguments.append(names.setdefault(a, "abcdefghi"[len(names)]))
            elif kind in (DIRECTION, AXIS):
                arguments.append(kind.values[(kind.values.index(a) + turns) % len(kind.values)])
            else:
                arguments.append(a)
        steps.append(Step(step.name, tuple(arguments)))
    return tuple(steps)


def parse(text: str) -> Rule:
    """The rule of this text; `DataError` if it is none."""
    steps, mark, background = text.rpartition(" @ ")
    if not mark or background not in tuple("0123456789"):
        raise DataError(f"not a rule: no background colour in {text!r}")
    source, *program = parse_program(steps, kinds_of_families()) or (Step("?"),)
    if source.name not in FAMILIES or any(s.name in FAMILIES for s in steps_of(tuple(program))):
        raise DataError(f"not a rule: {text!r} does not begin with one family of inputs")
    return Rule(source, tuple(program), int(background))


# --- running ---


def apply(rule: Rule, grid: Grid) -> Grid | None:
    """The rule's output; None where it does not apply or the output has no valid size."""
    cells = run(rule.program, exchanged(grid.cells, rule.background))
    return None if cells is None else Grid(exchanged(cells, rule.background))


def exchanged(cells: Cells, background: int) -> Cells:
    """`cells` with colour 0 and the background's changed for each other."""
    if background == 0:
        return cells
    table = np.arange(10, dtype=np.uint8)
    table[[0, background]] = background, 0
    return table[cells]


def pairs(rule: Rule, rng: Rng, count: int) -> list[Pair]:
    """Up to `count` pairs with distinct inputs, each of them changed by the rule; fewer if 8 × `count` inputs do not
    give as many."""
    found: dict[Grid, Pair] = {}
    for _ in range(8 * count):
        if len(found) == count:
            break
        grid = Grid(exchanged(make_input(rng, rule.source), rule.background))
        out = apply(rule, grid)
        if out is not None and out != grid and grid.cells.size + out.cells.size <= MAX_CELLS:
            found[grid] = Pair(grid, out)
    return list(found.values())
