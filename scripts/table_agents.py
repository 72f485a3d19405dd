"""Write Markdown tables of what each agent did in runs with several: alone, together, and who won what.

    python scripts/table_agents.py RUN [RUN ...]            # several, on different tasks, count as one
    python scripts/table_agents.py RUN ... --unasked        # the tasks on which no learner was asked
    python scripts/table_agents.py RUN ... --learner RUN2   # RUN2: the learner alone on those
    python scripts/table_agents.py RUN --learner RUN2 --against RUN4 ...    # RUN4: earlier ones of the learner
    python scripts/table_agents.py RUN --learner RUN2 --programs RUN3    # RUN3: programs alone, of another version

Nothing is solved again: each agent's own two best answers are those among its candidates. Where the router did
not ask an agent, it has no answer, so its row says what it adds and not what it would get alone. That is `--ask-all`,
or a second run of the learner on the tasks on which the first did not ask it: `--learner` tells both together, by the
size of the grids, too. With `--programs` the programs are those of a third run, and what the router would have made of
all of them is put together: an estimate, since learners that would go on from a newly near program were not asked.
Answers that are unlike the demonstrations come last in all orders, also of runs that were made before they did.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from runs import end, parser
from tables import heading, joined, right

from arc_ttt.arc import score
from arc_ttt.errors import DataError
from arc_ttt.report.origin import load_tasks
from arc_ttt.solve.pool import continued, learned, programs
from arc_ttt.solve.shares import shares
from arc_ttt.solve.solver import compared
from arc_ttt.solve.vote import ATTEMPTS, together
from arc_ttt.types import Candidate, Grid, Prediction, Result, Task

AGENTS = ("programs", "learners", "learners after a near program")
LEARNER = AGENTS[1]
# Mean cells of a demonstration's two grids.
SIZES = (0.0, 100.0, 200.0, 400.0, 800.0, np.inf)
ROWS = (*AGENTS, "any of these", "all candidates", "fixed order", "calibrated order")


def attempts(rule: str, found: Sequence[Candidate]) -> dict[str, list[Grid]]:
    """What each row would hand in for one output; more than two where it says what is to be had at best."""
    mine, further = ([c for c in some if c.views] for some in (learned(found), continued(found)))
    own = [[c.grid for c in together(rule, some)[:ATTEMPTS]] for some in (programs(found), mine, further)]
    orders = [[c.grid for c in together(rule, found, judge)[:ATTEMPTS]] for judge in ("fixed", "calibrated")]
    return dict(
        zip(ROWS, (*own, [grid for grids in own for grid in grids], [c.grid for c in found], *orders), strict=True)
    )


def told(folders: Sequence[Path]) -> list[tuple[dict[str, Any], dict[str, Result]]]:
    """`tables.joined`, and of each candidate how unlike the demonstrations it is."""
    runs = []
    for folder, (config, mine) in zip(folders, joined(folders), strict=True):
        tasks = {task.id: task for task in load_tasks(folder, config).tasks}
        known = {id: replace(r, candidates=compared(tasks[id], r.candidates)) for id, r in mine.items()}
        runs.append((config, known))
    return runs


class Alone(NamedTuple):
    """What the learner gets of a task by itself."""

    size: float  # cells of a demonstration
    seconds: float  # of its cores
    right: tuple[bool, ...]  # of its outputs, among the two best
    first: tuple[bool, ...]  # by the first attempt alone
    found: tuple[bool, ...]  # by any view


def by_learner(
    folders: Sequence[Path], runs: Sequence[tuple[dict[str, Any], Mapping[str, Result]]], rule: str
) -> dict[str, Alone]:
    """What the learner gets alone, by the `runs` in `folders`, each task in the one that asked it."""
    asked: dict[str, Alone] = {}
    for folder, (config, mine) in zip(folders, runs, strict=True):
        tasks = load_tasks(folder, config)
        sizes = {task.id: cells(task) for task in tasks.tasks}
        for id, result in mine.items():
            if "learner" not in spent(result):
                continue
            if id in asked:
                raise DataError(f"{folder}: {id} was asked in another of these runs")
            truths = tasks.solutions[id]
            candidates = result.candidates or ((),) * len(truths)
            handed = [attempts(rule, found)[LEARNER] for found in candidates]
            first = [grids[:1] for grids in handed]
            found = [[c.grid for c in learned(some) if c.views] for some in candidates]
            right_ones, first_ones, found_ones = (
                tuple(truth in grids for grids, truth in zip(some, truths, strict=True))
                for some in (handed, first, found)
            )
            seconds = float(spent(result)["learner"]["cpu_seconds"])
            asked[id] = Alone(sizes[id], seconds, right_ones, first_ones, found_ones)
    return asked


def alone(asked: Mapping[str, Alone]) -> None:
    """Prints it, by the size of the grids, too."""
    columns = "tasks | outputs right | by tasks | first attempt | found by a view | core-s a task"
    print("\n" + heading(f"the learner alone, cells of a demonstration | {columns}"))
    for low, high in ((0.0, np.inf), *pairwise(SIZES)):
        rows = [row for row in asked.values() if low <= row.size < high]
        if rows:
            total = score.total([row.right for row in rows])
            name = "all" if (low, high) == (0.0, np.inf) else f"{low:.0f} to {high:.0f}"
            first, found = sum(sum(row.first) for row in rows), sum(sum(row.found) for row in rows)
            cost = sum(row.seconds for row in rows) / len(rows)
            scores = f"{right(total)} | {total.by_tasks:.1%} | {first} | {found}"
            print(f"| {name} | {len(rows)} | {scores} | {cost:.1f} |")


def against(mine: Mapping[str, Alone], folders: Sequence[Path], rule: str) -> None:
    """Prints how the learner fares against the runs in `folders`, on the tasks that both asked."""
    other = by_learner(folders, [run for folder in folders for run in told([folder])], rule)
    both = [pair for id in mine.keys() & other.keys() for pair in zip(mine[id].right, other[id].right, strict=True)]
    better, worse = both.count((True, False)), both.count((False, True))
    ours, theirs = sum(one for one, _ in both), sum(other for _, other in both)
    print(
        f"\nOf {len(both)} outputs {ours} are right, {theirs} in the other: +{better} -{worse}, "
        f"p = {score.sign_test(better, worse):.2g}."
    )


def unasked(folders: Sequence[Path]) -> list[str]:
    """The tasks on which no learner was asked."""
    return sorted(id for _, mine in joined(folders) for id, result in mine.items() if "learner" not in spent(result))


def spent(result: Result) -> Mapping[str, Any]:
    """By agent, what each took of those that were asked."""
    return dict(result.notes.get("agents", {}))


def cells(task: Task) -> float:
    """Of a demonstration's input and output together, in the mean."""
    return float(np.mean([p.input.cells.size + p.output.cells.size for p in task.demonstrations]))


def put_together(
    mine: Mapping[str, Result], learner: Mapping[str, Result], new: Mapping[str, Result], rule: str
) -> dict[str, Result]:
    """What the router would have made of the programs of the run `new` and of the learners of the others."""
    made = {}
    for id, before in mine.items():
        theirs, old = [programs(found) for found in new[id].candidates], spent(before)
        took = {"programs": spent(new[id])["programs"]}
        found = [tuple(some) for some in theirs]
        if not all(any(c.sure for c in some) for some in theirs):
            if "learner" not in old and id not in learner:
                raise DataError(f"{id}: no program is sure of it, and no run that is named asked the learner")
            said = before if "learner" in old else learner[id]
            took["learner"] = spent(said)["learner"]
            found = [(*some, *learned(more)) for some, more in zip(found, said.candidates, strict=True)]
            if "programs+learner" in old and not any(c.exact for some in theirs for c in some):
                took["programs+learner"] = old["programs+learner"]
                found = [(*some, *continued(more)) for some, more in zip(found, before.candidates, strict=True)]
        attempts = tuple(tuple(c.grid for c in together(rule, some)[:ATTEMPTS]) for some in found)
        notes = {"agents": took, "cpu_seconds": sum(float(a["cpu_seconds"]) for a in took.values())}
        made[id] = replace(before, prediction=Prediction(id, attempts), candidates=tuple(found), notes=notes)
    return made


def by_agent(results: Sequence[Result], solutions: Mapping[str, tuple[Grid, ...]]) -> None:
    """Prints what each agent was asked, proposed and took."""
    print(
        heading("agent | tasks asked | settled | outputs proposed | chosen | right | core-s a task | first answer, s")
    )
    for a in shares(results, solutions):
        first = f"{a.pace['first_answer']:.1f}" if "first_answer" in a.pace else ""
        cost = f"{a.cpu_seconds / max(1, a.asked):.1f}"
        print(f"| {a.agent} | {a.asked} | {a.settled} | {a.proposed} | {a.chosen} | {a.right} | {cost} | {first} |")


def main() -> None:
    ap = parser(__doc__, whole=True)
    ap.add_argument("runs", nargs="+", type=Path, metavar="RUN")
    ap.add_argument("--learner", nargs="+", type=Path, metavar="RUN", default=[])
    ap.add_argument("--against", nargs="+", type=Path, metavar="RUN", default=[])
    ap.add_argument("--programs", type=Path, metavar="RUN")
    ap.add_argument("--unasked", action="store_true")
    args = ap.parse_args()
    folders = args.runs
    if args.unasked:
        print(",".join(unasked(folders)))
        return
    runs, learner = told(folders), told(args.learner)
    rule = runs[0][0]["settings"]["vote"]
    if args.programs:
        ((_, new),) = told([args.programs])
        extra = {id: result for _, mine in learner for id, result in mine.items()}
        runs = [(config, put_together(mine, extra, new, rule)) for config, mine in runs]
    correct: dict[str, list[tuple[bool, ...]]] = {row: [] for row in ("the run", *ROWS)}
    results: list[Result] = []
    solutions: dict[str, tuple[Grid, ...]] = {}
    won: Counter[str] = Counter()
    for folder, (config, mine) in zip(folders, runs, strict=True):
        tasks = load_tasks(folder, config)
        for id, result in mine.items():
            results.append(result)
            solutions[id] = truths = tasks.solutions[id]
            handed = [attempts(rule, found) for found in result.candidates] or [{row: [] for row in ROWS}] * len(truths)
            correct["the run"].append(score.correctness(result.prediction.attempts or ((),) * len(truths), truths))
            for row in ROWS:
                correct[row].append(tuple(truth in some[row] for some, truth in zip(handed, truths, strict=True)))
            for some, truth in zip(handed, truths, strict=True):
                won[" and ".join(who for who in AGENTS if truth in some[who]) or "none"] += 1
    print(heading("run | outputs right, pass@2 (95 %) | by tasks"))
    for row, rows in correct.items():
        total = score.total(rows)
        print(f"| {row} | {right(total)} | {total.by_tasks:.1%} |")
    print(f"\nRight by {', '.join(f'{who}: {n}' for who, n in won.most_common())}.\n")
    seconds = [float(r.notes["cpu_seconds"]) for r in results if "cpu_seconds" in r.notes]
    print(f"Core-seconds a task: {sum(seconds) / max(1, len(seconds)):.1f}, at most {max(seconds, default=0):.1f}.\n")
    by_agent(results, solutions)
    if args.learner and not args.programs:
        asked = by_learner([*folders, *args.learner], [*runs, *learner], rule)
        alone(asked)
        if args.against:
            against(asked, args.against, rule)


if __name__ == "__main__":
    end(main)
