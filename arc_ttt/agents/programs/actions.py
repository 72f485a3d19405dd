"""A task's colours → the steps that a search may take: every operation with every argument that makes sense there.

Colours are restricted to those of the task: an operation paints what an output has and looks for what a grid has.
Programs as arguments are restricted to one step without arguments of its own. What is fitted is no action: see
`fitting`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import count
from math import inf, log2, prod
from typing import NamedTuple, TypeAlias

from arc_ttt.agents.programs.weights import weights
from arc_ttt.rules.language import INK, MARK, PROGRAM, Argument, Function, Kind, Step, parse_program
from arc_ttt.rules.operations import OPERATIONS, Operation
from arc_ttt.types import COLOURS, Cells

# How many bits twice the cost counts, and the size of a grid for which costs are compared.
LEVIN, TYPICAL_CELLS = 0.7, 150.0
# Bits by which each further value of a kind is less likely than the one before: of equals the first is meant.
FURTHER_BITS = 0.05
# What is likelier than other values of its kind, as a person would say it first: its share, and that of all others.
USUAL: dict[str, dict[int | str, float]] = {
    "selector": {"largest": 0.18, "smallest": 0.18},
    "selector of one": {"largest": 0.18, "smallest": 0.18},
    "link": {"corner": 0.5},
}
# Ranks up to which actions are listed at first, and by how much further each time that more are looked at.
FIRST_BITS, MORE_BITS = 12.0, 3.0
# An operation with a fit and more choices of arguments than this is left to its fit.
MOST_CHOICES = 600
# What an operation on programs may run: same size, no arguments or a direction.
INNER = (
    "flip(horizontal)", "flip(vertical)", "rotate(2)", "negative", "swap_in_things", "fill_enclosed_alike", "hollow",
    "gravity(down)", "gravity(left)", "gravity(right)", "gravity(up)",
)  # fmt: skip
HOSTS = ("change_things", "change_each", "change_box", "change_panels", "append", "compare", "paint_changes")


class Action(NamedTuple):
    """A step with the bits of choosing it and its `rank`, in which costs count as bits; `mark` has the bit of each
    colour that it looks for."""

    step: Step
    function: Function
    bits: float
    rank: float
    mark: int


@dataclass(frozen=True)
class Palette:
    """Bits of each colour that may be painted, and the colours that may be looked for."""

    inks: dict[int, float]
    marks: tuple[int, ...]


def palette(inputs: Sequence[Cells], outputs: Sequence[Cells]) -> Palette:
    """What may be painted: the outputs' colours; one that all of them have, or that is new, is likelier."""
    given, made = [_present(c) for c in inputs], [_present(c) for c in outputs]
    weight = {}
    for colour in range(1, COLOURS):
        share = sum(colour in m for m in made) / len(made)
        new = sum(colour in m and colour not in g for g, m in zip(given, made, strict=True)) / len(made)
        if share:
            weight[colour] = 0.1 + share + 2 * new
    total = sum(weight.values())
    marks = sorted(set().union(*given, *made) - {0})
    return Palette({c: log2(total / w) for c, w in weight.items()}, tuple(marks))


def _present(cells: Cells) -> set[int]:
    return set(cells.ravel().tolist())


_Choice: TypeAlias = "tuple[tuple[Argument, ...], float, int]"


class Actions:
    """All actions for grids whose sizes compare as `kind` says, the shortest first. They are listed as far as somebody
    looks: of some ten thousand most searches come to a few hundred. `ask` is called while listing, and `pay` is told
    how many more are listed."""

    def __init__(
        self,
        colours: Palette,
        kind: str,
        ask: Callable[[], None] = lambda: None,
        pay: Callable[[int], object] = lambda _: None,
    ) -> None:
        self._colours, self._bits, self._ask, self._pay = colours, weights().bits[kind], ask, pay
        self._listed: list[Action] = []
        self._limit, self._complete = -inf, False

    def __getitem__(self, at: int) -> Action:
        """The action at a place, from 0 on. Raises `IndexError` behind the last one."""
        while at >= len(self._listed) and not self._complete:
            self._list()
        return self._listed[at]

    def __iter__(self) -> Iterator[Action]:
        for at in count():
            if self.rank(at) == inf:
                return
            yield self._listed[at]

    def rank(self, at: int) -> float:
        """The rank of the action at a place, infinite behind the last one."""
        if at < len(self._listed):
            return self._listed[at].rank
        try:
            return self[at].rank
        except IndexError:
            return inf

    def _list(self) -> None:
        """List those of the next ranks."""
        above, limit = self._limit, max(FIRST_BITS, self._limit + MORE_BITS)
        further, more = [], False
        for name, operation in OPERATIONS.items():
            if operation.fit and prod(len(k.values) or 1 for k in operation.kinds) > MOST_CHOICES:
                continue
            self._ask()
            known = self._bits[name]
            dear = LEVIN * log2(max(1.0, weights().cost(name, TYPICAL_CELLS) / 2))
            choices, cut = _arguments(operation, self._colours, limit - known - dear)
            more |= cut
            for arguments, bits, mark in choices:
                rank = known + bits + dear
                if above < rank:
                    further.append(Action(Step(name, arguments), operation.function, known + bits, rank, mark))
        further.sort(key=lambda a: a.rank)
        self._listed += further
        self._limit, self._complete = limit, not more
        self._pay(len(further))


def _arguments(operation: Operation, colours: Palette, most: float) -> tuple[list[_Choice], bool]:
    """Each choice of arguments of at most so many bits, with its bits and the colours that it looks for; and whether
    there are others."""
    if any(k is PROGRAM for k in operation.kinds) and operation.name not in HOSTS:
        return [], False
    choices: list[_Choice] = [((), 0.0, 0)] if most >= 0 else []
    cut = most < 0
    for kind in operation.kinds if choices else ():
        values = list(_values(kind, colours))
        every = [
            ((*before, value), bits + more, mask | (1 << value if kind is MARK and isinstance(value, int) else 0))
            for before, bits, mask in choices
            for value, more in values
            if not ((kind is INK or kind is MARK) and value in before)
        ]
        choices = [choice for choice in every if choice[1] <= most]
        cut |= len(choices) < len(every)
    return choices, cut


def _values(kind: Kind, colours: Palette) -> Iterator[tuple[Argument, float]]:
    if kind is INK:
        yield from colours.inks.items()
    elif kind is MARK:
        for mark in colours.marks:
            yield mark, log2(len(colours.marks))
    elif kind is PROGRAM:
        yield from inner_programs()
    elif kind.check is None:
        usual = USUAL.get(kind.name, {})
        rest = log2((len(kind.values) - len(usual)) / (1 - sum(usual.values()))) if usual else log2(len(kind.values))
        for i, value in enumerate(kind.values):
            yield value, -log2(usual[value]) if value in usual else rest + FURTHER_BITS * i


@cache
def inner_programs() -> list[tuple[Argument, float]]:
    return [(parse_program(text), log2(len(INNER))) for text in INNER if text.partition("(")[0] in OPERATIONS]
