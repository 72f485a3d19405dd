"""Demonstrations and test inputs → programs that make the outputs, best first.

A state is all of a task's grids at once after some steps. Its continuations are tried in the order of their bits (how
seldom an operation helps, and how many arguments it might have had) plus the logarithm of their cost, as Levin's
search does: what costs twice as much must be twice as likely. Being nearer to the outputs counts as bits saved.
Equal states are visited once. The budget counts what operations cost on average, so nothing here depends on the clock.
"""

from __future__ import annotations

import heapq
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations, islice
from math import log2

from arc_ttt.agents.programs.actions import FURTHER_BITS, LEVIN, actions, palette
from arc_ttt.agents.programs.found import MOST_BITS, information
from arc_ttt.agents.programs.states import State, colours_mask, compared, digest, is_lost
from arc_ttt.agents.programs.targets import Grids, Target, key, targets
from arc_ttt.agents.programs.weights import weights
from arc_ttt.rules.joined import repeated
from arc_ttt.rules.language import SAME, Argument, Operation, Program, Step, run
from arc_ttt.rules.operations import OPERATIONS
from arc_ttt.rules.whole import bounding_box
from arc_ttt.types import MAX_SIDE, Cells

# The class of sizes of tasks whose outputs are as large as their inputs.
SAME_SIZES = "same"
# A bracket of continuations this many bits wide is tried at once.
BRACKET = 1.0
# After a program is found, the search goes on until everything is tried that is this many bits further away.
BEYOND = 4.0
# Arguments taken from a fit at most.
FROM_FIT = 8
# Bits of an entry of a fitted table, and of one that changes nothing.
ENTRY_BITS, SAME_BITS = 5.0, 1.0
# A fitted table of more bits for each demonstration explains nothing.
MOST_FITTED = 60.0
# Bits for each halving of the wrong cells.
NEARER = 1.0
# Bits for having the outputs' sizes, where inputs have not.
SIZED = 3.0
# States kept for later steps; those beyond it are only looked at.
KEPT_CELLS = 60_000_000
MAX_DEPTH = 6
# The share of its rank at which a fit is tried on the inputs as they are: there it is likeliest, and done once.
AT_ONCE = 0.5
# States kept that make the outputs of the same demonstrations, not of all.
PARTIAL = 5


@dataclass
class Solution:
    """A program that makes all outputs: its steps, the places of fitted ones and, from a search, all grids."""

    program: Program
    fitted: tuple[int, ...]
    bits: float
    grids: Grids = ()


@dataclass
class Trace:
    """What a search did: for tables and for finding faults."""

    states: int = 0
    calls: int = 0
    spent: float = 0.0
    raised: Counter[str] = field(default_factory=Counter)


class Search:
    """One search in one frame: `inputs` are the demonstrations' grids and then the tests'."""

    def __init__(
        self,
        inputs: Grids,
        outputs: Grids,
        budget: float,
        stop: Callable[[], None] = lambda: None,
        without: Collection[str] = (),
        trace: Trace | None = None,
    ) -> None:
        self.inputs, self.outputs, self.n = inputs, outputs, len(outputs)
        self.budget, self.stop, self.without = budget, stop, without
        self.trace = trace or Trace()
        self.spent = 0.0
        shown = inputs[: self.n]
        self.kind = size_class(shown, outputs)
        # A state that is as large as the outputs goes on as where inputs are.
        colours = palette(shown, outputs)
        self.actions = {k: actions(colours, k, without) for k in {self.kind, SAME_SIZES}}
        self.information = information(shown, outputs)
        cells = sum(g.size for g in inputs) / len(inputs)
        self.fits = {k: fitting(k, without, cells * self.n) for k in self.actions}
        self.targets = targets(outputs) if "targets" not in without else {key(outputs): Target(outputs, ())}
        self.unlike = [
            (i, j) for i, j in combinations(range(self.n), 2) if key(outputs[i : i + 1]) != key(outputs[j : j + 1])
        ]
        self.solutions: list[Solution] = []
        self.pieces: list[State] = []
        self.partial: dict[int, list[State]] = defaultdict(list)
        self.seen: set[bytes] = set()
        self.solved: dict[bytes, float] = {}
        self.queue: list[tuple[float, int, State, int, int]] = []
        self.kept = self.order = 0
        self.last = float("inf")
        self.soonest = {
            k: min(self.actions[k][0].rank, self.fits[k][0][0] if self.fits[k] else float("inf")) for k in self.actions
        }

    def run(self) -> None:
        """Search until the budget is spent, or a find is old."""
        self._enter(self.inputs, (), (), 0.0)
        while self.queue and self.spent < self.budget:
            priority, _, state, at, fit = heapq.heappop(self.queue)
            if priority > self.last:
                break
            solved = len(self.solutions)
            priority = max(priority, self._continue(state, at, fit, priority))
            if any(self.convincing(s.bits) for s in self.solutions[solved:]):
                self.last = min(self.last, priority + BEYOND)
        self.trace.spent += self.spent

    def convincing(self, bits: float) -> bool:
        """Whether a program of so many bits says more than it takes to say it."""
        return bits <= min(MOST_BITS * self.n, self.information)

    def _continue(self, state: State, at: int, fit: int, priority: float) -> float:
        """Try the continuations of a state up to a bracket above `priority`, and put it back for the rest; the rank of
        a fit that made the outputs, though it was tried sooner."""
        limit, latest = priority + BRACKET, 0.0
        sooner = 1.0 if state.program else AT_ONCE
        offset = self._worth(state)
        kind = self._kind(state)
        steps, fits = self.actions[kind], self.fits[kind]
        while True:
            due = offset + steps[at].rank if at < len(steps) else float("inf")
            due_fit = offset + sooner * fits[fit][0] if fit < len(fits) else float("inf")
            if min(due, due_fit) > limit or self.spent >= self.budget:
                break
            if due <= due_fit:
                action = steps[at]
                at += 1
                if action.mark & ~state.mask:
                    continue
                self._step(state, action.step, action.function, state.bits + action.bits, False)
            else:
                solved = len(self.solutions)
                self.fit(state, fits[fit][1], weights().bits[kind][fits[fit][1].name])
                if len(self.solutions) > solved:
                    latest = offset + fits[fit][0]
                fit += 1
        if (due := min(due, due_fit)) < float("inf"):
            self._push(due, state, at, fit)
        return latest

    def _kind(self, state: State) -> str:
        """The class of sizes by which a state goes on."""
        return SAME_SIZES if state.wrong < 1 else self.kind

    def _push(self, priority: float, state: State, at: int, fit: int) -> None:
        self.order += 1
        heapq.heappush(self.queue, (priority, self.order, state, at, fit))

    def _worth(self, state: State) -> float:
        """Bits of a state, less what being near the outputs saves, plus what its size costs."""
        near = NEARER * log2(1 / (state.wrong + 0.003)) if state.wrong < 1 else 0.0
        near += SIZED if state.wrong < 1 and self.kind != SAME_SIZES else 0.0
        return state.bits - near + log2(1 + state.cells / 100) * 0.5

    def fit(self, state: State, operation: Operation, bits: float) -> None:
        """Steps whose arguments are read off this state's grids and the outputs."""
        for arguments, more in self.arguments(operation, state, self.outputs):
            step = Step(operation.name, arguments)
            self._step(state, step, operation.function, state.bits + bits + more, True)

    def arguments(
        self, operation: Operation, state: State, goals: Grids
    ) -> Iterator[tuple[tuple[Argument, ...], float]]:
        """What a fit reads off a state's grids and what is wanted of them, with its bits."""
        fit = operation.fit
        assert fit is not None
        shown = state.grids[: self.n]
        if operation.result == SAME and any(g.shape != o.shape for g, o in zip(shown, goals, strict=True)):
            return
        self._pay("fit:" + operation.name, state.cells * self.n)
        self.stop()
        for arguments in self._guard(operation.name, lambda: tuple(islice(fit(shown, goals), FROM_FIT)), ()):
            more = argument_bits(operation, arguments)
            if more <= MOST_FITTED * self.n:
                yield arguments, more

    def _step(self, state: State, step: Step, function: Callable[..., Cells | None], bits: float, fitted: bool) -> None:
        self.stop()
        made: list[Cells] = []
        arguments = step.arguments
        count = 0
        try:
            for grid in state.grids:
                count += 1
                out = function(grid, *arguments)
                if out is None or not (0 < out.shape[0] <= MAX_SIDE and 0 < out.shape[1] <= MAX_SIDE):
                    break
                made.append(out)
        except Exception:  # noqa: BLE001  an operation that fails ends this branch, not the task
            self.trace.raised[step.name] += 1
        self._pay(step.name, state.cells * count)
        self.trace.calls += count
        if len(made) == len(state.grids):
            at = len(state.program)
            self._enter(tuple(made), (*state.program, step), (*state.fitted, at) if fitted else state.fitted, bits)

    def _guard(
        self, name: str, call: Callable[[], Sequence[tuple[Argument, ...]]], other: Sequence[tuple[Argument, ...]]
    ) -> Sequence[tuple[Argument, ...]]:
        try:
            return call()
        except Exception:  # noqa: BLE001  as above
            self.trace.raised["fit:" + name] += 1
            return other

    def _pay(self, name: str, cells: float) -> None:
        self.spent += weights().cost(name, cells)

    def _enter(self, grids: Grids, program: Program, fitted: tuple[int, ...], bits: float) -> None:
        """Look at a new state: is it seen, a solution, a piece; keep it for further steps."""
        mark = digest(grids)
        shown = grids[: self.n]
        if mark in self.seen:
            if bits < self.solved.get(mark, 0.0):  # a shorter program for the same grids
                self.solved[mark] = bits
                self._solve(grids, program, fitted, bits, self.targets[key(shown)])
            return
        self.seen.add(mark)
        self.trace.states += 1
        met = self.targets.get(key(shown))
        if met is not None:
            self.solved[mark] = bits
            self._solve(grids, program, fitted, bits, met)
            return
        if is_lost(shown, self.outputs, self.unlike):
            return
        wrong, right = compared(shown, self.outputs)
        cells = sum(g.size for g in grids) / len(grids)
        state = State(grids, program, fitted, bits, wrong, colours_mask(shown), cells)
        if right and len(self.partial[right]) < PARTIAL:
            self.partial[right].append(state)
        if wrong < 1 and self.kept < KEPT_CELLS:
            self.pieces.append(state)
        if program and "input" not in self.without:
            self._with_input(state)
        if len(program) < MAX_DEPTH and self.kept < KEPT_CELLS:
            self.kept += sum(g.size + 150 for g in grids)
            self._push(self._worth(state) + self.soonest[self._kind(state)], state, 0, 0)

    def _with_input(self, state: State) -> None:
        """Whether the state, together with the input, makes the outputs: where to cut it, or what to cover it with."""
        pairs = list(zip(state.grids, self.inputs, self.outputs, strict=False))
        if self.kind == "smaller" and all(g.shape == i.shape for g, i, _ in pairs):
            name, holds = "crop_where", all(_is_cut(g, i, o) for g, i, o in pairs)
        elif self.kind == "same" and all(g.size < o.size for g, _, o in pairs):
            name, holds = "cover_with", all(bool((repeated(g, o.shape) == o).all()) for g, _, o in pairs)
        else:
            return
        if holds:
            program = (Step(name, (state.program,)),)
            bits = state.bits + weights().bits[self.kind][name]
            made = [run(program, g) for g in self.inputs]
            if all(g is not None for g in made) and not state.fitted:
                self.solutions.append(Solution(program, (), bits, tuple(g for g in made if g is not None)))

    def _solve(self, grids: Grids, program: Program, fitted: tuple[int, ...], bits: float, met: Target) -> None:
        out = [run(met.suffix, g) for g in grids]
        if all(g is not None for g in out):
            more = sum(
                weights().bits[self.kind][s.name] + argument_bits(OPERATIONS[s.name], s.arguments) for s in met.suffix
            )
            self.solutions.append(
                Solution((*program, *met.suffix), fitted, bits + more, tuple(g for g in out if g is not None))
            )


def fitting(kind: str, without: Collection[str], cells: float) -> list[tuple[float, Operation]]:
    """The operations with a fit, with their bits plus what the cost of the fit counts."""
    table = weights()
    found = [
        (table.bits[kind][name] + LEVIN * log2(max(1.0, table.cost("fit:" + name, cells))), operation)
        for name, operation in OPERATIONS.items()
        if operation.fit is not None and name not in without and "fits" not in without
    ]
    return sorted(found, key=lambda f: f[0])


def argument_bits(operation: Operation, arguments: Iterable[Argument]) -> float:
    """Bits of fixed arguments: of one value among the kind's, or of the entries of a word with data."""
    bits = 0.0
    for kind, argument in zip(operation.kinds, arguments, strict=True):
        if isinstance(argument, tuple):
            bits += sum(4 + argument_bits(OPERATIONS[s.name], s.arguments) for s in argument)
        elif kind.check is not None:
            bits += sum(map(entry_bits, str(argument).split("_")))
        else:
            bits += log2(max(2, len(kind.values)))
            bits += FURTHER_BITS * kind.values.index(argument) if argument in kind.values else 0.0
    return bits


def entry_bits(entry: str) -> float:
    """Bits of an entry of a fitted table."""
    before, _, after = entry.rpartition("to")
    return SAME_BITS if after in ("same", before) else ENTRY_BITS


def size_class(inputs: Sequence[Cells], outputs: Sequence[Cells]) -> str:
    pairs = list(zip(inputs, outputs, strict=True))
    if all(a.shape == b.shape for a, b in pairs):
        return SAME_SIZES
    return "smaller" if sum(a.size for a, _ in pairs) >= sum(b.size for _, b in pairs) else "larger"


def _is_cut(grid: Cells, given: Cells, output: Cells) -> bool:
    """Whether the output lies in the input where `grid` is coloured."""
    box = bounding_box(grid)
    return box is not None and given[box].shape == output.shape and bool((given[box] == output).all())
