"""Does a program whose arguments were read off the demonstrations still hold for one that it has not seen?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from arc_ttt.agents.programs.meter import Meter, cost
from arc_ttt.agents.programs.subgoals import APART, reduced
from arc_ttt.agents.programs.targets import Grids, key
from arc_ttt.rules.language import OPERATIONS, Program, Step, run

if TYPE_CHECKING:
    from arc_ttt.agents.programs.search import Search
    from arc_ttt.agents.programs.solution import Solution

# Arguments of a fit that are tried.
TRIED = 4


def left_out(solution: Solution, search: Search) -> int:
    """How many demonstrations are reproduced when the fitted steps are fitted to the others alone."""
    shown = search.inputs[: search.n]
    if search.n < 2:
        return 0
    aims = {t.suffix: t.grids for t in search.targets.values() if t.suffix}
    return sum(_predicts(solution, shown, search.outputs, aims, k, search.meter) for k in range(search.n))


def _predicts(
    solution: Solution, inputs: Grids, outputs: Grids, aims: dict[Program, Grids], k: int, meter: Meter
) -> bool:
    rest = tuple(i for i in range(len(outputs)) if i != k)
    some = {suffix: tuple(grids[i] for i in rest) for suffix, grids in aims.items()}
    program = _refitted(solution, 0, tuple(inputs[i] for i in rest), tuple(outputs[i] for i in rest), some, (), meter)
    if program is None:
        return False
    out = run(program, inputs[k])
    return out is not None and out.shape == outputs[k].shape and bool((out == outputs[k]).all())


def _refitted(
    solution: Solution,
    at: int,
    grids: Grids,
    outputs: Grids,
    aims: dict[Program, Grids],
    before: Program,
    meter: Meter,
) -> Program | None:
    """The program with its fitted steps from `at` on fitted to these grids; None where none makes the outputs. `aims`
    are what steps to come make the outputs of."""
    if at == len(solution.program):
        return before if key(grids) == key(outputs) else None
    step = solution.program[at]
    choices = [step]
    fitted = {place % APART: place // APART for place in solution.fitted}
    if at in fitted:
        goals = aims.get(solution.program[at + 1 :], outputs)
        goals = reduced(grids, outputs, fitted[at] - 1) if fitted[at] else goals
        read = meter.read_off(OPERATIONS[step.name], grids, goals, TRIED)
        choices = [Step(step.name, a) for a in read]
    for choice in choices:
        meter.pay(cost((choice,), sum(g.size for g in grids)))
        made = tuple(run((choice,), g) for g in grids)
        if all(g is not None for g in made):
            program = _refitted(solution, at + 1, made, outputs, aims, (*before, choice), meter)  # type: ignore[arg-type]
            if program is not None:
                return program
    return None
