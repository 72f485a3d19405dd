"""Write an on-disk corpus of programs on inputs that they were not made for, in the columns of scripts/make_public.py.

INPUTS are corpora of pairs of tasks that pretraining may see (make_arcgen.py, make_rearc.py); of each task the inputs
alone serve, in a palette drawn for each rule. The programs are those of data/programs.txt, which hold tables of
properties, acts and colours that no random draw would find, crossed with each other, and operations by themselves. What
is kept passes the filters of the other rules of our own. A rule is a function of (seed, its number) alone.
OUT/rules.jsonl names every rule.

    python scripts/make_crossed.py INPUTS [INPUTS ...] OUT [--rules 10000] [--pairs 20] [--seed 0] [--workers 2]
"""

import json
import signal
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from hashlib import sha256
from itertools import count
from multiprocessing import Pool as Processes
from pathlib import Path

import numpy as np
from datasets import Dataset
from runs import end, parser, writes_corpus

from arc_ttt.errors import DataError
from arc_ttt.pretrain.corpus import Corpus, features, row
from arc_ttt.rules.filters import PROBES, Trial, has_content, is_calm, needs_every_step, varies
from arc_ttt.rules.language import Program, parse_program, program_text, run, same
from arc_ttt.rules.recombine import Pool
from arc_ttt.rules.rule import MAX_CELLS, PREFIX
from arc_ttt.seeds import rng
from arc_ttt.types import Cells, Grid, Pair

PROGRAMS = Path(__file__).parents[1] / "data" / "programs.txt"
DRAWS = 60  # for one rule, after which its number is left out
TRIES = 12  # inputs of which PROBES must be changed
BATCH = 4  # rules that a worker draws at a time
OFTEN = 100  # rules of one first operation for each 1,000, at most

Made = tuple[str, str, str, list[Pair], int]  # id, text, first operation, pairs, number of draws

_source: list[tuple[Pool, list[tuple[str, list[Cells]]]]] = []  # in each worker: programs, and the tasks' inputs


def make(job: tuple[int, int, int]) -> Made | None:
    """Rule number `number` with `wanted` pairs; None if none of its draws was good."""
    seed, number, wanted = job
    [(pool, tasks)] = _source
    random = rng(seed, "crossed", number)
    for draw in range(1, DRAWS + 1):
        task, inputs = tasks[int(random.integers(len(tasks)))]
        program = pool.draw(random)
        palette = np.concatenate([[0], random.permutation(9) + 1]).astype(np.uint8)
        order = random.permutation(len(inputs))
        tried = changed(program, (palette[inputs[i]] for i in order[:TRIES]), PROBES)
        if len(tried.inputs) < PROBES or not is_good(program, tried):
            continue
        found = changed(program, (palette[inputs[i]] for i in order), wanted)
        if len(found.inputs) == wanted and is_good(program, found):
            text = f"{task}: {program_text(program)} @ {''.join(map(str, palette[1:]))}"
            pairs = [Pair(Grid(i), Grid(o)) for i, o in zip(found.inputs, found.outputs, strict=True)]
            return PREFIX + sha256(text.encode()).hexdigest()[:10], text, program[0].name, pairs, draw
    return None


def changed(program: Program, inputs: Iterator[Cells], wanted: int) -> Trial:
    """The first `wanted` of the inputs that the program changes, and its outputs; it is given up where the first
    four are left as they are."""
    given, made = list[Cells](), list[Cells]()
    for n, cells in enumerate(inputs):
        if len(given) == wanted or (n == 4 and not given):
            break
        try:
            out = run(program, cells)
        except Exception:  # noqa: BLE001 a crossed table may ask for what its operation cannot do
            break
        if out is not None and not same(cells, out) and cells.size + out.size <= MAX_CELLS:
            given.append(cells)
            made.append(out)
    return Trial(tuple(given), tuple(made))


def is_good(program: Program, tried: Trial) -> bool:
    """Whether what the program made can be understood, and each of its steps shows in most of it."""
    if not (varies(tried) and has_content(tried) and is_calm(tried)):
        return False
    try:
        return needs_every_step(program, tried)
    except Exception:  # noqa: BLE001 a program with a step less may ask for what its operations cannot do
        return False  # the steps that were not looked at may be idle


def read(folders: Sequence[Path], least: int) -> list[tuple[str, list[Cells]]]:
    """The distinct inputs of each task of the corpora that has so many at least."""
    found: dict[str, dict[Grid, None]] = {}
    corpus = Corpus(folders)
    for n, task in enumerate(corpus.task_of):
        found.setdefault(corpus.tasks[task], {})[corpus.pair(n).input] = None
    return [(task, [grid.cells for grid in grids]) for task, grids in sorted(found.items()) if len(grids) >= least]


def begin(tasks: list[tuple[str, list[Cells]]]) -> None:
    """Prepare a worker."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C ends the process that asked
    lines = PROGRAMS.read_text(encoding="utf-8").splitlines()
    _source[:] = [(Pool(parse_program(line) for line in lines if not line.startswith("#")), tasks)]


def rules(folders: Sequence[Path], seed: int, wanted: int, per_rule: int, workers: int) -> Iterator[Made]:
    """`wanted` different rules in a fixed order."""
    seen, often = set[bytes](), Counter[str]()
    draws = found = 0
    least = max(PROBES, per_rule)
    if not (tasks := read(folders, least)):
        raise DataError(f"{folders[0]}: no task has the {least} inputs that a rule is shown on")
    with Processes(workers, begin, (tasks,)) as processes:
        for first in count(0, BATCH * workers * 8):
            numbers = range(first, first + BATCH * workers * 8)
            for made in processes.imap(make, [(seed, n, per_rule) for n in numbers], chunksize=BATCH):
                draws += DRAWS if made is None else made[4]
                if made is None or often[made[2]] >= max(3, OFTEN * wanted // 1000):
                    continue
                digest = sha256(b"".join(p.output.cells.tobytes() for p in made[3])).digest()
                if digest in seen:
                    continue
                seen.add(digest)
                often[made[2]] += 1
                found += 1
                yield made
                if found == wanted:
                    print(f"{found} rules of {draws} drawn, of {len(often)} first operations")
                    return


def main(out: Path, inputs: Sequence[Path], wanted: int, per_rule: int, seed: int, workers: int) -> None:
    began, names, rows, sizes = time.monotonic(), list[str](), [], list[int]()
    for id, text, _, found, _ in rules(inputs, seed, wanted, per_rule, workers):
        names.append(json.dumps({"id": id, "text": text}) + "\n")
        rows += [row(id, p) for p in found]
        sizes += [p.input.cells.size + p.output.cells.size for p in found]
        if len(names) % 250 == 0:
            print(f"{len(names)}/{wanted} rules, {len(rows) / (time.monotonic() - began):.0f} pairs/s", flush=True)
    Dataset.from_list(rows, features=features()).save_to_disk(str(out))
    (out / "rules.jsonl").write_text("".join(names), encoding="utf-8")
    print(f"{out}: {len(rows)} pairs of {len(names)} rules")
    print(f"{sum(s < 600 for s in sizes) / len(sizes):.0%} of the pairs have fewer than 600 cells")


if __name__ == "__main__":
    ap = parser(__doc__, rules=10000, pairs=20, workers=2)
    ap.add_argument("inputs", type=Path, nargs="+", help="corpora whose inputs serve")
    a = writes_corpus(ap)
    end(lambda: main(a.out, a.inputs, a.rules, a.pairs, a.seed, a.workers))
