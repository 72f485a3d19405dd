"""Write arc_ttt/agents/traits.json: how often an answer lacks a trait that several demonstrations share.

Counted on the training tasks that pretraining may see: of each task's pairs two, three or four share a trait, and
another one has it or has not; all choices of a task together count as one, or as many as it has tests.

    python scripts/make_traits.py [OUT]
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations
from pathlib import Path

from runs import end, parser, split

from arc_ttt.agents.traits import MOST_SHOWN, Traits, kind, shared, traits
from arc_ttt.arc import dataset
from arc_ttt.seeds import rng

OUT = Path(__file__).parents[1] / "arc_ttt" / "agents" / "traits.json"
CHOICES = 40  # of the pairs of a task, at most
Counts = dict[str, list[float]]


def known() -> Iterator[tuple[str, list[Traits]]]:
    """The ids of the tasks and the traits of all their pairs."""
    for name, ids in split("pretraining").items():
        tasks = dataset.load(name)
        by_id = {task.id: task for task in tasks.tasks}
        for id in ids:
            task = by_id[id]
            tests = zip(task.tests, tasks.solutions[id], strict=True)
            pairs = [*((p.input, p.output) for p in task.demonstrations), *tests]
            yield id, [traits(given, made) for given, made in pairs]


def choices(id: str, pairs: int, shown: int) -> Sequence[tuple[int, ...]]:
    """Which pairs share, and last the one that is looked at."""
    every = [
        (*some, other) for some in combinations(range(pairs), shown) for other in range(pairs) if other not in some
    ]
    chosen = rng(0, id, "traits").permutation(len(every))[:CHOICES]
    return [every[int(i)] for i in chosen]


def count(shown: int, tasks: Sequence[tuple[str, list[Traits]]]) -> Counts:
    """For each kind of trait how many tasks share it among `shown` pairs, and how many of these lack it in another."""
    counts: Counts = defaultdict(lambda: [0.0, 0.0])
    for id, pairs in tasks:
        chosen = choices(id, len(pairs), shown)
        for *some, other in chosen:
            for name, value in shared([pairs[i] for i in some]).items():
                mine = counts[kind(name, value)]
                mine[0] += 1 / len(chosen)
                mine[1] += (pairs[other].get(name) != value) / len(chosen)
    return counts


def main(out: Path) -> None:
    tasks = list(known())
    counts = [count(n, tasks) for n in range(2, MOST_SHOWN + 1)]
    about = (
        f"of {len(tasks)} training tasks those of which two, three, four pairs share a trait, and those that lack it "
        "in another pair"
    )
    lines = [
        f"  {json.dumps(name)}: {json.dumps([[round(x, 2) for x in c[name]] for c in counts])}"
        for name in sorted(set().union(*counts))
    ]
    text = [f'{{\n "about": {json.dumps(about)},\n "counts": {{', ",\n".join(lines), " }\n}", ""]
    out.write_text("\n".join(text), encoding="utf-8")
    print(f"{out}: {len(tasks)} tasks, {len(lines)} traits")


if __name__ == "__main__":
    ap = parser(__doc__, whole=True)
    ap.add_argument("out", type=Path, nargs="?", default=OUT)
    asked = ap.parse_args()
    end(lambda: main(asked.out))
