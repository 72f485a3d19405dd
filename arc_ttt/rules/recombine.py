"""New programs from known ones: crossover of their arguments and of the entries of their tables.

Operations whose tables are read off demonstrations cannot be drawn at random: a table must name properties, acts and
colours that go together. Programs that were found for real puzzles hold such tables, and parts of two of them make a
third (crossover, as in genetic programming).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from arc_ttt.rules.compose import draw_argument
from arc_ttt.rules.language import PROGRAM, Argument, Kind, Program, Step, steps_of
from arc_ttt.rules.operations import OPERATIONS
from arc_ttt.rules.pieces import Rng, one_of

CROSSED = 0.6  # chance of each table to take entries of another one of its operation
CHANGED = 0.3  # chance of each other argument to take another value
EXPONENT = 0.75  # programs are drawn by this power of how many the pool has of their first operation


class Pool:
    """Programs to draw from and to take parts of. An operation that none of them has can be drawn by itself where its
    arguments are a few values each, but one of those that `compose` draws."""

    def __init__(self, programs: Iterable[Program]) -> None:
        self.by_name: dict[str, list[Program]] = defaultdict(list)
        self.words: dict[tuple[str, int], list[str]] = defaultdict(list)
        for program in programs:
            self.by_name[program[0].name].append(program)
            for step in steps_of(program):
                for place, argument in enumerate(step.arguments):
                    if isinstance(argument, str):
                        self.words[step.name, place].append(argument)
        for name, operation in OPERATIONS.items():
            if name not in self.by_name and not operation.weight and all(kind.values for kind in operation.kinds):
                self.by_name[name] = []
        self._names = sorted(self.by_name)
        weights = [max(1, len(self.by_name[name])) ** EXPONENT for name in self._names]
        self._shares = [w / sum(weights) for w in weights]

    def draw(self, rng: Rng) -> Program:
        """A known program with parts of others, or a new one of a single step."""
        name = self._names[int(rng.choice(len(self._names), p=self._shares))]
        known = self.by_name[name]
        if not known:
            arguments: list[Argument] = []
            for kind in OPERATIONS[name].kinds:
                arguments.append(draw_argument(rng, kind, (), arguments))
            return (Step(name, tuple(arguments)),)
        return self.crossed(rng, one_of(rng, known))

    def crossed(self, rng: Rng, program: Program) -> Program:
        """`program` with parts of others of the pool, inner programs too."""
        return tuple(self._step(rng, step) for step in program)

    def _step(self, rng: Rng, step: Step) -> Step:
        arguments: list[Argument] = []
        for place, (kind, a) in enumerate(zip(OPERATIONS[step.name].kinds, step.arguments, strict=True)):
            if isinstance(a, tuple):
                arguments.append(self.crossed(rng, a))
            elif kind.check is not None:
                crossed = rng.random() < CROSSED
                arguments.append(self._word(rng, step.name, place, kind, str(a)) if crossed else a)
            else:
                changed = kind != PROGRAM and rng.random() < CHANGED
                arguments.append(draw_argument(rng, kind, (), arguments) if changed else a)
        return replace(step, arguments=tuple(arguments))

    def _word(self, rng: Rng, name: str, place: int, kind: Kind, word: str) -> str:
        """`word` with entries of another word of the same place, or as it is where that makes no valid one."""
        others = self.words[name, place]
        if not others:
            return word
        mine, theirs = word.split("_"), one_of(rng, others).split("_")
        if len(mine) == len(theirs) > 1:
            mixed = [one_of(rng, pair) for pair in zip(mine, theirs, strict=True)]
        else:
            mixed = list(mine)
            mixed[int(rng.integers(len(mine)))] = one_of(rng, theirs)
        made = "_".join(mixed)
        return made if kind.check is not None and kind.check(made) else word
