"""Write Markdown tables of what each agent did in runs with several: alone, together, and who won what.

    python scripts/table_agents.py RUN [RUN ...]    # several, on different tasks, count as one

Nothing is solved again: each agent's own two best answers are those among its candidates. Where the router did
not ask an agent, it has no answer, so its row says what it adds and not what it would get alone (that is `--ask-all`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from runs import end, parser
from tables import heading, joined, right

from arc_ttt.arc import score
from arc_ttt.report.origin import load_tasks
from arc_ttt.solve.pool import continued, learned, pooled, programs
from arc_ttt.solve.shares import shares
from arc_ttt.solve.vote import ATTEMPTS, choose, together
from arc_ttt.types import Candidate, Grid, Result

AGENTS = ("programs", "learners", "learners after a near program")
ROWS = (*AGENTS, "any of these", "all candidates", "fixed order", "calibrated order")


def attempts(rule: str, found: Sequence[Candidate]) -> dict[str, list[Grid]]:
    """What each row would hand in for one output; more than two where it says what is to be had at best."""
    mine, further = ([c for c in some if c.views] for some in (learned(found), continued(found)))
    ranked = (programs(found), _best(rule, mine), _best(rule, further))
    own = [[c.grid for c in some[:ATTEMPTS]] for some in ranked]
    orders = [[c.grid for c in together(rule, found, judge)[:ATTEMPTS]] for judge in ("fixed", "calibrated")]
    return dict(
        zip(ROWS, (*own, [grid for grids in own for grid in grids], [c.grid for c in found], *orders), strict=True)
    )


def _best(rule: str, found: Sequence[Candidate]) -> list[Candidate]:
    """What learners found, in order."""
    return choose(rule if any(c.scores for c in found) else "flat", pooled(found))


def main() -> None:
    ap = parser(__doc__, whole=True)
    ap.add_argument("runs", nargs="+", type=Path, metavar="RUN")
    folders = ap.parse_args().runs
    runs = joined(folders)
    rule = runs[0][0]["settings"]["vote"]
    correct: dict[str, list[tuple[bool, ...]]] = {row: [] for row in ("the run", *ROWS)}
    results: list[Result] = []
    solutions: dict[str, tuple[Grid, ...]] = {}
    won: Counter[str] = Counter()
    for folder, (config, mine) in zip(folders, runs, strict=True):
        tasks = load_tasks(folder, config)
        for id, result in mine.items():
            results.append(result)
            solutions[id] = truths = tasks.solutions[id]
            told = [attempts(rule, found) for found in result.candidates] or [{row: [] for row in ROWS}] * len(truths)
            correct["the run"].append(score.correctness(result.prediction.attempts or ((),) * len(truths), truths))
            for row in ROWS:
                correct[row].append(tuple(truth in some[row] for some, truth in zip(told, truths, strict=True)))
            for some, truth in zip(told, truths, strict=True):
                won[" and ".join(who for who in AGENTS if truth in some[who]) or "none"] += 1
    print(heading("run | outputs right, pass@2 (95 %) | by tasks"))
    for row, rows in correct.items():
        total = score.total(rows)
        print(f"| {row} | {right(total)} | {total.by_tasks:.1%} |")
    print(f"\nRight by {', '.join(f'{who}: {n}' for who, n in won.most_common())}.\n")
    spent = [float(r.notes["cpu_seconds"]) for r in results if "cpu_seconds" in r.notes]
    print(f"Core-seconds a task: {sum(spent) / max(1, len(spent)):.1f}, at most {max(spent, default=0):.1f}.\n")
    print(
        heading("agent | tasks asked | settled | outputs proposed | chosen | right | core-s a task | first answer, s")
    )
    for a in shares(results, solutions):
        first = f"{a.pace['first_answer']:.1f}" if "first_answer" in a.pace else ""
        cost = f"{a.cpu_seconds / max(1, a.asked):.1f}"
        print(f"| {a.agent} | {a.asked} | {a.settled} | {a.proposed} | {a.chosen} | {a.right} | {cost} | {first} |")


if __name__ == "__main__":
    end(main)
