"""Write fresh instances of the validation tasks: other demonstrations and another test of the same rules.

The 100 validation tasks have too few outputs to tell five points apart. ARC-GEN (google/ARC-GEN, Apache-2.0) has a
generator for most of them; INSTANCES of each, with as many demonstrations as the task itself, are in data/validation/
as a Kaggle challenges file with its solutions. CHECKOUT is a clone of ARC-GEN, whose code runs here. A task `x` becomes
`x-1`, `x-2`, … No training may see the rules; the file is for tuning alone.

    python scripts/make_validation.py CHECKOUT OUT [--instances 3] [--seed 0] [--workers 2]
"""

import json
import signal
import sys
from collections.abc import Sequence
from multiprocessing import Pool
from pathlib import Path
from typing import Any

from make_arcgen import pairs_of
from runs import end, parser, split

from arc_ttt.arc import dataset
from arc_ttt.errors import DataError
from arc_ttt.types import Pair

Instance = tuple[dict[str, Any], list[list[int]]]


def instances(pairs: Sequence[Pair], demonstrations: int, count: int) -> list[Instance]:
    """Challenges with their answers, each of pairs of its own."""
    made = []
    for i in range(min(count, len(pairs) // (demonstrations + 1))):
        *shown, asked = pairs[i * (demonstrations + 1) :][: demonstrations + 1]
        train = [{"input": p.input.tolist(), "output": p.output.tolist()} for p in shown]
        made.append(({"train": train, "test": [{"input": asked.input.tolist()}]}, asked.output.tolist()))
    return made


def main(checkout: Path, out: Path, count: int, seed: int, workers: int) -> None:
    if not (checkout / "tasks").is_dir():
        raise DataError(f"{checkout}: no checkout of google/ARC-GEN: it has no folder tasks")
    sys.path.insert(0, str(checkout.resolve()))
    shown: dict[str, int] = {}
    for name, ids in split("validation").items():
        tasks = {task.id: task for task in dataset.load(name).tasks}
        shown |= {id: len(tasks[id].demonstrations) for id in ids}
    there = [id for id in sorted(shown) if (checkout / "tasks" / f"task_{id}.py").is_file()]
    challenges: dict[str, Any] = {}
    solutions: dict[str, Any] = {}
    with Pool(workers, signal.signal, (signal.SIGINT, signal.SIG_IGN)) as pool:  # Ctrl-C ends this process
        jobs = [(id, count * (shown[id] + 1), seed) for id in there]
        for task, pairs, _ in pool.imap(pairs_of, jobs):
            made = instances(pairs, shown[task], count)
            for n, (challenge, answer) in enumerate(made, 1):
                challenges[f"{task}-{n}"], solutions[f"{task}-{n}"] = challenge, [answer]
            if len(made) < count:
                print(f"{task}: {len(made)} of {count} instances")
    out.mkdir(parents=True, exist_ok=True)
    for name, document in (("challenges", challenges), ("solutions", solutions)):
        text = json.dumps(document, separators=(",", ":")) + "\n"
        (out / f"arc-gen_{name}.json").write_text(text, encoding="utf-8")
    print(f"{out}: {len(challenges)} instances of {len(there)} of the {len(shown)} validation tasks")


if __name__ == "__main__":
    ap = parser(__doc__, instances=3, workers=2)
    ap.add_argument("checkout", type=Path, help="a clone of google/ARC-GEN")
    ap.add_argument("out", type=Path)
    ap.add_argument("--seed", type=int, default=0)
    a = ap.parse_args()
    end(lambda: main(a.checkout, a.out, a.instances, a.seed, a.workers))
