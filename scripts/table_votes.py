"""Write the rows of a Markdown table: what a run would have scored with fewer views, and with another vote.

    python scripts/table_votes.py RUN [RUN ...]    # several, on different tasks, count as one

Greedy decoding finds one candidate in each view, and views are drawn in a fixed order, so the votes of the first n of
them are those of a run with `--views n`. Nothing is solved again. Seconds are not told: they would be another run's.
"""

from __future__ import annotations

import dataclasses
from pathlib import Path

from runs import end, parser
from tables import heading, joined, right

from arc_ttt.arc import score
from arc_ttt.arc.augment import views
from arc_ttt.errors import StoreError
from arc_ttt.report.origin import load_tasks
from arc_ttt.seeds import rng
from arc_ttt.solve.vote import ATTEMPTS, choose
from arc_ttt.types import Candidate

COUNTS = (1, 2, 4, 8, 16, 32, 64)


def first(found: tuple[Candidate, ...], asked: set[str]) -> list[Candidate]:
    """The candidates that the views `asked` found, with their votes alone."""
    kept = []
    for c in found:
        mine = [i for i, view in enumerate(c.views) if view in asked]
        if mine:
            kept.append(
                dataclasses.replace(
                    c, views=tuple(c.views[i] for i in mine), logprobs=tuple(c.logprobs[i] for i in mine)
                )
            )
    return kept


def main() -> None:
    ap = parser(__doc__, whole=True)
    ap.add_argument("runs", nargs="+", type=Path, metavar="RUN")
    folders = ap.parse_args().runs
    runs = joined(folders)
    settings = runs[0][0]["settings"]
    if settings["decode"]["method"] != "greedy":
        raise StoreError(f"{folders[0]}: decoded with {settings['decode']['method']}, and greedy it is to be")
    solved = []  # each task with what was found and its answers; data sets hold different tasks of the same id
    for folder, (config, results) in zip(folders, runs, strict=True):
        tasks = load_tasks(folder, config)
        by_id = {t.id: t for t in tasks.tasks}
        solved += [(by_id[id], r, tasks.solutions[id]) for id, r in results.items()]
    print(heading("views | vote | outputs right, pass@2 (95 %) | by tasks | first attempt alone"))
    for n in (c for c in COUNTS if c <= settings["views"]):
        for rule in ("flat", "hierarchical") if n > 1 else ("flat",):
            correct, firsts = [], []
            for task, result, truth in solved:
                drawn = views(
                    rng(settings["seed"], task.id, "views"),
                    task,
                    settings["views"],
                    fixed_background=not settings["ttt"]["all_colours"],
                )
                asked = {v.key for v in drawn[:n]}
                best = [choose(rule, first(found, asked))[:ATTEMPTS] for found in result.candidates]
                attempts = tuple(tuple(c.grid for c in ranked) for ranked in best)
                if not attempts:  # a task that failed
                    attempts = tuple(() for _ in truth)
                correct.append(score.correctness(attempts, truth))
                firsts += [bool(a) and a[0] == t for a, t in zip(attempts, truth, strict=True)]
            total = score.total(correct)
            print(f"| {n} | {rule} | {right(total)} | {total.by_tasks:.1%} | {sum(firsts)} |")


if __name__ == "__main__":
    end(main)
