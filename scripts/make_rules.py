"""Write an on-disk corpus of pairs of random rules (arc_ttt.rules), in the columns of scripts/make_public.py.

A rule is a function of (seed, its number) alone, and known rules are dropped in the order of these numbers, so the
corpus does not depend on the number of workers. OUT/rules.jsonl names every rule.

    python scripts/make_rules.py OUT [--rules 4000] [--pairs 40] [--seed 0] [--workers 2]
"""

import json
import signal
import time
from collections import Counter
from collections.abc import Iterator
from itertools import count
from multiprocessing import Pool
from pathlib import Path

from datasets import Dataset
from runs import end, parser, writes_corpus

from arc_ttt.pretrain.corpus import features, row
from arc_ttt.rules.compose import LENGTHS, draw_rule
from arc_ttt.rules.filters import Known, Trial, signature, varies
from arc_ttt.rules.language import length
from arc_ttt.rules.rule import Rule, pairs, parse
from arc_ttt.seeds import rng
from arc_ttt.types import Pair

DRAWS = 40  # for one rule of a given length, so that long ones are not rarer for failing more often
BATCH = 8  # rules that a worker draws at a time

Made = tuple[str, str, list[Pair], int]  # text, signature, pairs, number of draws


def make(job: tuple[int, int, int]) -> Made | None:
    """Rule number `number` with its pairs; None if none of its draws was good."""
    seed, number, wanted = job
    random = rng(seed, "rule", number)
    steps = int(random.choice(len(LENGTHS), p=LENGTHS)) + 1
    for draw in range(1, DRAWS + 1):
        rule = draw_rule(random, steps)
        if rule is None:
            continue
        found = pairs(rule, rng(seed, "pairs", rule.text), wanted)
        shown = Trial(tuple(p.input.cells for p in found), tuple(p.output.cells for p in found))
        if len(found) == wanted and varies(shown):
            return rule.text, signature(rule), found, draw
    return None


def rules(seed: int, wanted: int, per_rule: int, workers: int) -> Iterator[tuple[Rule, list[Pair]]]:
    """`wanted` different rules in a fixed order."""
    known, draws, found = Known(), 0, 0
    with Pool(workers, signal.signal, (signal.SIGINT, signal.SIG_IGN)) as pool:  # Ctrl-C ends this process
        for first in count(0, BATCH * workers * 8):
            numbers = range(first, first + BATCH * workers * 8)
            for made in pool.imap(make, [(seed, n, per_rule) for n in numbers], chunksize=BATCH):
                draws += DRAWS if made is None else made[3]
                if made is None or not known.add(rule := parse(made[0]), made[1]):
                    continue
                found += 1
                yield rule, made[2]
                if found == wanted:
                    print(f"{found} rules of {draws} drawn")
                    return


def main(out: Path, wanted: int, per_rule: int, seed: int, workers: int) -> None:
    began, names, rows, sizes = time.monotonic(), [], [], []
    for rule, found in rules(seed, wanted, per_rule, workers):
        names.append(rule)
        rows += [row(rule.id, p) for p in found]
        sizes += [p.input.cells.size + p.output.cells.size for p in found]
        if len(names) % 250 == 0:
            print(f"{len(names)}/{wanted} rules, {len(rows) / (time.monotonic() - began):.0f} pairs/s", flush=True)
    Dataset.from_list(rows, features=features()).save_to_disk(str(out))
    lines = (json.dumps({"id": r.id, "text": r.text}) + "\n" for r in names)
    (out / "rules.jsonl").write_text("".join(lines), encoding="utf-8")
    steps = Counter(length(r.program) for r in names)
    print(f"{out}: {len(rows)} pairs of {len(names)} rules; by steps {dict(sorted(steps.items()))}")
    print(f"{sum(s < 600 for s in sizes) / len(sizes):.0%} of the pairs have fewer than 600 cells")


if __name__ == "__main__":
    a = writes_corpus(parser(__doc__, rules=4000, pairs=40, workers=2))
    end(lambda: main(a.out, a.rules, a.pairs, a.seed, a.workers))
