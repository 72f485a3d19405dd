"""Demonstrations and test inputs → programs that make the outputs, best first.

A state is all of a task's grids at once after some steps. Its continuations are tried in the order of their bits (how
seldom an operation helps, and how many arguments it might have had) plus the logarithm of their cost, as Levin's
search does: what costs twice as much must be twice as likely. Being nearer to the outputs counts as bits saved.
Equal states are visited once. The budget counts what operations cost on average, so nothing here depends on the clock.
"""

from __future__ import annotations

import heapq
import time
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import combinations
from math import log2
from typing import TypeAlias

from arc_ttt.agents.programs.actions import Action, Actions, palette
from arc_ttt.agents.programs.bits import argument_bits, fitting
from arc_ttt.agents.programs.compared_sizes import extent, is_fraction, size_class
from arc_ttt.agents.programs.doubts import LATE_BITS, Doubts
from arc_ttt.agents.programs.found import MOST_BITS, information
from arc_ttt.agents.programs.hints import Hints
from arc_ttt.agents.programs.meter import Meter
from arc_ttt.agents.programs.solution import Solution
from arc_ttt.agents.programs.states import State, colours_mask, compared, digest, is_lost, signs
from arc_ttt.agents.programs.targets import TURNS, Grids, Target, is_grid, key, targets
from arc_ttt.agents.programs.weights import weights
from arc_ttt.agents.programs.with_input import with_input
from arc_ttt.rules.language import SAME, Argument, Operation, Program, Step, run, same
from arc_ttt.rules.operations import OPERATIONS
from arc_ttt.types import Cells

# A bracket of continuations this many bits wide is tried at once.
BRACKET = 1.0
# After a program is found, the search goes on until everything is tried that is this many bits further away.
BEYOND = 4.0
# Arguments taken from a fit at most.
FROM_FIT = 8
# Bits of each argument that a fit has read off later than the first: the likeliest comes first.
LATER_BITS = 0.3
# A fitted table of more bits for each demonstration explains nothing.
MOST_FITTED = 60.0
# Bits for each halving of the wrong cells.
NEARER = 1.0
# Bits for the outputs' sizes, and again where nothing is coloured too much, where the inputs' sizes are others.
SIZED_BITS = 4.0
# Bits for a state that has changed every demonstration, and nothing wrongly, where sizes stay.
FAULTLESS_BITS = 3.0
# States kept for later steps; those beyond it are only looked at.
KEPT_CELLS = 60_000_000
MAX_DEPTH = 6
# Units that entering a new state takes.
STATE_COST = 2.0
# Units that listing an action takes.
ACTION_COST = 0.1
# The share of its rank at which a fit is tried on the inputs as they are: there it is likeliest, and done once.
AT_ONCE = 0.5
# Actions of no more bits are quick, and as likely there: they are tried as soon as fits, of which few are as quick.
SHORT_BITS = 11.0
# Grids that fits may aim at on the inputs themselves.
MOST_AIMS = 4
# States kept that make the outputs of the same demonstrations, not of all.
PARTIAL = 5
# States kept of which scaling up makes the outputs' sizes.
SMALL = 400


# How far a state is continued: the next action, the next of those put off, the next fit.
Places: TypeAlias = "tuple[int, int, int]"


class Search:
    """One search in one frame: `inputs` are the demonstrations' grids and then the tests'. After a solution that is
    `odd` it goes on as if there were none."""

    def __init__(
        self,
        inputs: Grids,
        outputs: Grids,
        meter: Meter,
        without: Collection[str] = (),
        odd: Callable[[Solution], bool] = lambda solution: False,
    ) -> None:
        self.inputs, self.outputs, self.n = inputs, outputs, len(outputs)
        self.meter, self.without, self.odd = meter, without, odd
        shown = inputs[: self.n]
        self.kind = size_class(shown, outputs)
        self.cells = sum(g.size for g in inputs) / len(inputs)
        self.palette = palette(shown, outputs)
        self._choices: dict[str, tuple[Actions, list[tuple[float, Operation]]]] = {}
        self.information = information(shown, outputs)
        self.targets = targets(outputs) if "targets" not in without else {key(outputs): Target(outputs, ())}
        # What fits may aim at: the outputs, and the grids that growing operations make them of.
        self.aims = [t.grids for t in self.targets.values() if all(s not in TURNS for s in t.suffix)][:MOST_AIMS]
        # For each demonstration the turns that make its output, by what they make it of, where that is another grid.
        self.turned = [
            {
                key((t.grids[i],)): t.suffix[0]
                for t in self.targets.values()
                if len(t.suffix) == 1 and t.suffix[0] in TURNS and key((t.grids[i],)) != key((goal,))
            }
            for i, goal in enumerate(outputs)
        ]
        self.sized = [a for a in self.aims if not _are_as_large(shown, a)]
        self.extent = extent(shown, outputs) if self.kind != "same" else None
        self.hints = Hints(shown, outputs)
        self.unlike = [
            (i, j) for i, j in combinations(range(self.n), 2) if key(outputs[i : i + 1]) != key(outputs[j : j + 1])
        ]
        self.solutions: list[Solution] = []
        self.pieces: list[State] = []
        self.small: list[State] = []
        self.partial: dict[int, list[State]] = defaultdict(list)
        self.seen: set[bytes] = set()
        self.solved: dict[bytes, float] = {}
        self.queue: list[tuple[float, int, State, Places]] = []
        self.doubts = Doubts()
        self.kept = self.order = 0
        self.last = float("inf")

    def run(self) -> None:
        """Search until there is nothing left to spend, or a find is old."""
        self._enter(self.inputs, (), (), 0.0)
        while self.queue and self.meter.left:
            priority, _, state, places = heapq.heappop(self.queue)
            if priority > self.last:
                break
            solved = len(self.solutions)
            priority = max(priority, self._continue(state, places, priority))
            if any(self.convincing(s.bits) and not self.odd(s) for s in self.solutions[solved:]):
                self.last = min(self.last, priority + BEYOND)

    def convincing(self, bits: float) -> bool:
        """Whether a program of so many bits says more than it takes to say it."""
        return bits <= min(MOST_BITS * self.n, self.information)

    def choices(self, kind: str) -> tuple[Actions, list[tuple[float, Operation]]]:
        """The actions and fits that a state may go on with, in their order: it depends on how its sizes compare."""
        if kind not in self._choices:
            ways = Actions(self.palette, kind, self.meter.ask, lambda more: self.meter.pay(ACTION_COST * more))
            fitted = fitting(kind, self.cells * self.n) if "fits" not in self.without else []
            self._choices[kind] = ways, fitted
        return self._choices[kind]

    def _soonest(self, state: State) -> float:
        ways, fits = self.choices(state.kind)
        return min(ways.rank(0), fits[0][0] if fits else float("inf"))

    def _continue(self, state: State, places: Places, priority: float) -> float:
        """Try the continuations of a state up to a bracket above `priority`, and put it back for the rest; the rank of
        what made the outputs, though it was tried sooner."""
        limit, latest = priority + BRACKET, 0.0
        first = not state.program
        sooner = AT_ONCE if first else 1.0
        offset = self._worth(state)
        ways, fits = self.choices(state.kind)
        at, late, fit = places
        while True:
            rank = ways.rank(at)
            due = offset + (sooner * rank if rank <= SHORT_BITS else rank)
            due_late = offset + LATE_BITS + ways[late].rank if late < at else float("inf")
            due_fit = offset + sooner * fits[fit][0] if fit < len(fits) else float("inf")
            if (soonest := min(due, due_late, due_fit)) > limit or not self.meter.left:
                break
            if soonest == due_fit < due:
                solved = len(self.solutions)
                self.fit(state, fits[fit][1], weights().bits[state.kind][fits[fit][1].name])
                if len(self.solutions) > solved:
                    latest = max(latest, offset + fits[fit][0])
                fit += 1
                continue
            if is_new := due <= due_late:
                action, at = ways[at], at + 1
            else:
                action, late = ways[late], late + 1
            if action.mark & ~state.mask:
                continue
            if not self.doubts.puts_off(action.step, first) if is_new else self.doubts.has_put_off(action.step, first):
                latest = max(latest, offset + self._try(state, action, first))
        if soonest < float("inf"):
            self._push(soonest, state, (at, late, fit))
        return latest

    def _try(self, state: State, action: Action, first: bool) -> float:
        """Take an action; its rank where that has made the outputs."""
        solved = len(self.solutions)
        applied = self.step(state, action.step, action.function, state.bits + action.bits, False)
        self.doubts.note(action.step, first, applied)
        if first and not applied and action.rank <= SHORT_BITS:
            self._serves_some(state, action)
        return action.rank if len(self.solutions) > solved else 0.0

    def _push(self, priority: float, state: State, places: Places) -> None:
        self.order += 1
        heapq.heappush(self.queue, (priority, self.order, state, places))

    def _worth(self, state: State) -> float:
        """Bits of a state, less what being near the outputs saves, plus what its size costs."""
        near = NEARER * log2(1 / (state.far + 0.003)) if state.far < 1 else 0.0
        near += (FAULTLESS_BITS if self.kind == "same" else SIZED_BITS) * state.signs + state.hint
        return state.bits - near + log2(1 + state.cells / 100) * 0.5

    def fit(self, state: State, operation: Operation, bits: float) -> None:
        """Steps whose arguments are read off this state's grids and the outputs."""
        for aim in self.aims if not state.program else [self.outputs] if state.aim is None else [state.aim]:
            for arguments, more in self.arguments(operation, state, aim):
                step = Step(operation.name, arguments)
                self.step(state, step, operation.function, state.bits + bits + more, True)

    def arguments(
        self, operation: Operation, state: State, goals: Grids
    ) -> Iterator[tuple[tuple[Argument, ...], float]]:
        """What a fit reads off a state's grids and what is wanted of them, with its bits."""
        shown = state.grids[: self.n]
        if operation.result == SAME and any(g.shape != o.shape for g, o in zip(shown, goals, strict=True)):
            return
        for i, arguments in enumerate(self.meter.read_off(operation, shown, goals, FROM_FIT)):
            more = argument_bits(operation, arguments)
            if more <= MOST_FITTED * self.n:
                yield arguments, more + LATER_BITS * i

    def step(self, state: State, step: Step, function: Callable[..., Cells | None], bits: float, fitted: bool) -> bool:
        """Enter what a step makes of a state; whether it applies."""
        made: list[Cells] = []
        arguments = step.arguments
        count = 0
        try:
            for grid in state.grids:
                self.meter.ask()
                count += 1
                out = function(grid, *arguments)
                if not is_grid(out):
                    break
                made.append(out)
        except Exception:
            if self.meter.stopped:
                raise
            self.meter.trace.raised[step.name] += 1
        self.meter.ran(step.name, state.cells * count)
        self.meter.trace.calls += count
        if len(made) < len(state.grids):
            return False
        at = len(state.program)
        self._enter(tuple(made), (*state.program, step), (*state.fitted, at) if fitted else state.fitted, bits)
        return True

    def _serves_some(self, state: State, action: Action) -> None:
        """Keep what applies to some of the demonstrations and makes their outputs: it may be one of several programs
        between which the grid decides."""
        right = tried = 0
        try:
            for i, (grid, goal) in enumerate(zip(state.grids, self.outputs, strict=False)):
                tried += 1
                made = action.function(grid, *action.step.arguments)
                right |= int(made is not None and same(made, goal)) << i
        except Exception:
            if self.meter.stopped:
                raise
        self.meter.ran(action.step.name, state.cells * tried)
        if right and len(self.partial[right]) < PARTIAL:
            self.partial[right].append(State((), (action.step,), (), state.bits + action.bits, 1.0, 0, 0.0))

    def _serves_turned(self, marks: Sequence[bytes], program: Program, fitted: tuple[int, ...], bits: float) -> None:
        """Keep a program with a turn that makes some outputs of what it makes."""
        served: dict[Step, int] = defaultdict(int)
        for i, (mark, turned) in enumerate(zip(marks, self.turned, strict=False)):
            if mark in turned:
                served[turned[mark]] |= 1 << i
        for turn, right in served.items():
            if len(self.partial[right]) < PARTIAL:
                more = weights().bits[self.kind][turn.name] + argument_bits(OPERATIONS[turn.name], turn.arguments)
                self.partial[right].append(State((), (*program, turn), fitted, bits + more, 1.0, 0, 0.0))

    def _enter(self, grids: Grids, program: Program, fitted: tuple[int, ...], bits: float) -> None:
        """Look at a new state: is it seen, a solution, a piece; keep it for further steps."""
        marks = [key((g,)) for g in grids]
        mark = digest(marks)
        if mark in self.seen:
            if bits < self.solved.get(mark, 0.0):  # a shorter program for the same grids
                self.solved[mark] = bits
                self._solve(grids, program, fitted, bits, self.targets[b"".join(marks[: self.n])])
            return
        self.seen.add(mark)
        self.meter.trace.states += 1
        self.meter.trace.spent += STATE_COST
        met = self.targets.get(b"".join(marks[: self.n]))
        if met is not None:
            self.solved[mark] = bits
            self._solve(grids, program, fitted, bits, met)
            return
        shown = grids[: self.n]
        wrong, right = compared(shown, self.outputs)
        self._serves_turned(marks, program, fitted, bits)
        lost = is_lost(marks, self.unlike)
        if lost and not right:
            return
        cells = sum(g.size for g in grids) / len(grids)
        # What growing operations make the outputs of is an aim like these, for grids of its size.
        aim = next((a for a in self.sized if _are_as_large(shown, a)), None) if program and wrong == 1 else None
        far = wrong if aim is None else compared(shown, aim)[0]
        kind = "same" if far < 1 else self.kind if self.kind != "same" else size_class(shown, self.outputs)
        state = State(grids, program, fitted, bits, wrong, colours_mask(shown), cells, kind, far=far, aim=aim)
        state.signs = signs(self.inputs, shown, self.outputs if aim is None else aim) if program and far < 1 else 0
        state.hint = self.hints.bits(shown) if program else 0.0
        if right and len(self.partial[right]) < PARTIAL:
            self.partial[right].append(state)
        if not lost:
            self._keep_on(state)

    def _keep_on(self, state: State) -> None:
        """Keep a state as a piece of what is to be made, and for further steps."""
        grids, program = state.grids, state.program
        if state.wrong < 1 and self.kept < KEPT_CELLS:
            self.pieces.append(state)
        elif len(self.small) < SMALL and all(map(is_fraction, grids[: self.n], self.outputs)):
            self.small.append(state)
        if program and "input" not in self.without:
            self._keep(with_input(self.inputs, self.outputs, self.kind, self.extent, state))
        if len(program) < MAX_DEPTH and self.kept < KEPT_CELLS:
            self.kept += sum(g.size + 150 for g in grids)
            self._push(self._worth(state) + self._soonest(state), state, (0, 0, 0))

    def _solve(self, grids: Grids, program: Program, fitted: tuple[int, ...], bits: float, met: Target) -> None:
        out = [run(met.suffix, g) for g in grids]
        if all(g is not None for g in out):
            more = sum(
                weights().bits[self.kind][s.name] + argument_bits(OPERATIONS[s.name], s.arguments) for s in met.suffix
            )
            made = tuple(g for g in out if g is not None)
            self._keep([Solution((*program, *met.suffix), fitted, bits + more, made)])

    def _keep(self, solutions: Iterable[Solution]) -> None:
        for solution in solutions:
            self.meter.trace.met = self.meter.trace.met or time.monotonic()
            self.solutions.append(solution)


def _are_as_large(grids: Grids, others: Grids) -> bool:
    return all([a.shape == b.shape for a, b in zip(grids, others, strict=True)])
