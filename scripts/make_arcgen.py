"""Write an on-disk corpus of ARC-GEN pairs: for every task that pretraining may see, PAIRS of them.

ARC-GEN (google/ARC-GEN, Apache-2.0) has 900 generators, of evaluation tasks too; only those of the tasks in
data/splits/pretraining.json (or open.json, for the weights for competitions) are called. CHECKOUT is a clone of its
repository, whose code runs here: some generators print, some fail or run for ever on some seeds, so each pair has a
limit of processor-seconds, silence and a seed of its own.
The columns are those of scripts/make_public.py.

    python scripts/make_arcgen.py CHECKOUT OUT [--pairs 200] [--seed 0] [--workers 2] [--split pretraining|open]
"""

import contextlib
import importlib
import io
import random
import signal
import sys
from collections.abc import Iterator
from multiprocessing import Pool
from pathlib import Path
from typing import Any

from datasets import Dataset
from patience import TooSlow, within
from runs import SPLITS, end, parser, split, writes_corpus

from arc_ttt.errors import DataError
from arc_ttt.pretrain.corpus import features, row
from arc_ttt.seeds import derive
from arc_ttt.types import Grid, Pair

PATIENCE = 5  # processor-seconds for one pair
TROUBLE = 6  # draws that were too slow, after which a generator is given up


def pairs_of(job: tuple[str, int, int]) -> tuple[str, list[Pair], int]:
    """The task, at most `count` distinct pairs of it, and how many draws failed."""
    task, count, seed = job
    generate = importlib.import_module(f"tasks.task_{task}").generate
    found: dict[Pair, None] = {}
    failed = slow = 0
    for draw in range(2 * count):
        if len(found) == count or slow == TROUBLE:
            break
        random.seed(derive(seed, "arc-gen", task, draw))
        try:
            with within(PATIENCE), contextlib.redirect_stdout(io.StringIO()):
                made = generate()
            pair = Pair(Grid(made["input"]), Grid(made["output"]))
        except TooSlow:
            failed, slow = failed + 1, slow + 1
            continue
        except Exception:  # noqa: BLE001 another author's code, which fails in its own ways
            failed += 1
            continue
        if pair.input != pair.output:
            found[pair] = None
    return task, list(found), failed


def main(checkout: Path, out: Path, pairs: int, seed: int, workers: int, allowed_by: str) -> None:
    if not (checkout / "tasks").is_dir():
        raise DataError(f"{checkout}: no checkout of google/ARC-GEN: it has no folder tasks")
    allowed = sorted({id for ids in split(allowed_by).values() for id in ids})
    tasks = [id for id in allowed if (checkout / "tasks" / f"task_{id}.py").is_file()]
    if not tasks:
        raise DataError(f"{checkout}: has no generator of a task that pretraining may see")
    sys.path.insert(0, str(checkout.resolve()))
    print(f"{len(tasks)} of the {len(allowed)} tasks that pretraining may see have a generator")

    def rows() -> Iterator[dict[str, Any]]:
        lost = 0
        with Pool(workers, signal.signal, (signal.SIGINT, signal.SIG_IGN)) as pool:  # Ctrl-C ends this process
            jobs = [(id, pairs, seed) for id in tasks]
            for n, (task, made, failed) in enumerate(pool.imap(pairs_of, jobs), 1):
                lost += failed
                print(f"{n}/{len(tasks)} tasks, {task}: {len(made)} pairs, {failed} draws failed", flush=True)
                yield from (row(task, pair) for pair in made)
        print(f"{lost} draws failed or took longer than {PATIENCE} s and were left out")

    made = Dataset.from_list(list(rows()), features=features())
    made.save_to_disk(str(out))
    print(f"{out}: {len(made)} pairs of {len(set(made['task']))} tasks")


if __name__ == "__main__":
    ap = parser(__doc__, pairs=200, workers=2)
    ap.add_argument("checkout", type=Path, help="a clone of google/ARC-GEN")
    ap.add_argument("--split", choices=SPLITS, default=SPLITS[0])
    a = writes_corpus(ap)
    end(lambda: main(a.checkout, a.out, a.pairs, a.seed, a.workers, a.split))
