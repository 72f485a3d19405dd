"""An on-disk corpus of pairs → batches of tokens for pretraining.

The corpus is one or more folders that `datasets` memory-maps, with columns task, input, input_width, output,
output_width. A step's batch is a function of (seed, step) alone, so a training that was killed goes on with
the batches it would have seen. Pairs longer than the longest bucket are left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from torch.utils.data import IterableDataset

from arc_ttt.arc.augment import IDENTITY_PALETTE, Augmentation, draw_palette
from arc_ttt.errors import DataError
from arc_ttt.lm.batch import Batch, collate
from arc_ttt.seeds import rng
from arc_ttt.text.format import PromptFormat, pair_lesson
from arc_ttt.types import Grid, Pair, Prompt

COLUMNS = ("task", "input", "input_width", "output", "output_width")
Ints = npt.NDArray[np.int64]


def features() -> Any:
    """The columns' types, for those who write a corpus."""
    from datasets import Features, Value
    from datasets import List as ListOf

    cells, width = ListOf(Value("uint8")), Value("uint8")
    return Features(dict(zip(COLUMNS, (Value("string"), cells, width, cells, width), strict=True)))


def row(task: str, pair: Pair) -> dict[str, Any]:
    """A pair as a row of a corpus; the inverse of `Corpus.pair`."""
    given, made = pair.input, pair.output
    values = task, given.cells.ravel().tolist(), given.width, made.cells.ravel().tolist(), made.width
    return dict(zip(COLUMNS, values, strict=True))


class Corpus:
    """Pairs by row, tasks by index. `tasks` are sorted ids, `task_of` (rows,) their index for each row, `part_of`
    (tasks,) the index of the first folder that holds the task."""

    def __init__(self, folders: Sequence[Path]) -> None:
        import datasets

        parts: list[Any] = []
        for folder in folders:
            try:
                part = datasets.load_from_disk(str(folder))
            except (OSError, ValueError) as fault:
                raise DataError(f"{folder}: not a corpus: {fault}") from fault
            if missing := [c for c in COLUMNS if c not in part.column_names]:
                raise DataError(f"{folder}: the corpus has no column {', '.join(missing)}")
            parts.append(part)
        if not parts:
            raise DataError("no corpus given")
        self._rows = datasets.concatenate_datasets(parts)
        ids = np.asarray(self._rows.with_format("numpy")["task"][:])
        self.tasks: tuple[str, ...] = tuple(sorted(set(map(str, ids))))
        index = {t: i for i, t in enumerate(self.tasks)}
        self.task_of: Ints = np.array([index[str(t)] for t in ids])
        first = np.unique(self.task_of, return_index=True)[1]
        self.part_of: Ints = np.searchsorted(np.cumsum([len(p) for p in parts]), first, side="right").astype(np.int64)
        table = self._rows.data.table
        self.sides = np.stack(
            [
                side
                for name in ("input", "output")
                for width in [table[f"{name}_width"].to_numpy().astype(np.int64)]
                for side in (_lengths(table[name]) // width, width)
            ],
            axis=1,
        )  # (rows, 4): height and width of input and output

    def __len__(self) -> int:
        return len(self.task_of)

    def pair(self, row: int) -> Pair:
        values = self._rows[int(row)]
        grids = [np.array(values[n], dtype=np.uint8).reshape(-1, values[f"{n}_width"]) for n in ("input", "output")]
        return Pair(Grid(grids[0]), Grid(grids[1]))


def _lengths(column: Any) -> Ints:
    """Lengths of the lists of an arrow column."""
    return np.concatenate([chunk.value_lengths().to_numpy() for chunk in column.chunks]).astype(np.int64)


class Batches(IterableDataset[Batch]):
    """The batch of each step from `start` on, for ever.

    A step has one bucket: all its sequences are longer than the bucket before and padded to this one, so that
    little is padding and few shapes occur. Buckets are drawn by the number of their pairs and the square root of their
    length (a long pair teaches more than a short one, but not for each of its tokens), corpora by `shares` (one for
    each folder; by default as their tasks would have it), tasks by the square root of their number of pairs (up to
    100), pairs evenly.
    """

    def __init__(
        self,
        corpus: Corpus,
        form: PromptFormat,
        *,
        seed: int,
        start: int,
        batch_tokens: int,
        buckets: Sequence[int],
        unknown_task: float,
        shares: Sequence[float] = (),
    ) -> None:
        super().__init__()
        self.corpus, self.form, self.seed, self.start = corpus, form, seed, start
        self.batch_tokens, self.buckets, self.unknown_task = (
            batch_tokens,
            tuple(sorted(buckets)),
            unknown_task,
        )
        counts = np.bincount(corpus.task_of, minlength=len(corpus.tasks))
        self._task_weight = np.clip(np.sqrt(counts / 100), 0.1, 1.0)
        if shares:
            held = np.bincount(corpus.part_of, self._task_weight, minlength=len(shares))
            self._task_weight *= (np.array(shares) / np.where(held > 0, held, 1.0))[corpus.part_of]
        self._task_weight /= self._task_weight.sum()
        self._order = np.argsort(corpus.task_of, kind="stable")  # rows task by task
        self._first = np.concatenate([[0], np.cumsum(counts)])[:-1]
        self._counts = counts
        bucket = self._bucket(*self._draw(rng(seed, "buckets"), 50_000))
        share = np.bincount(bucket, minlength=len(self.buckets) + 1)[:-1] * np.sqrt(self.buckets)
        if not share.sum():
            raise DataError(f"no pair of the corpus fits {self.buckets[-1]} tokens")
        self.share = share / share.sum()

    def _draw(self, r: np.random.Generator, n: int) -> tuple[Ints, Ints]:
        """`n` rows and symmetries."""
        tasks = r.choice(len(self._task_weight), size=n, p=self._task_weight)
        rows = self._order[self._first[tasks] + r.integers(0, self._counts[tasks])]
        return rows, r.integers(0, 8, size=n)

    def _bucket(self, rows: Ints, symmetries: Ints) -> Ints:
        """The index of the bucket of each; that of the last plus one for a pair too long."""
        sides = self.corpus.sides[rows]
        turned = (symmetries % 2 == 1) != (symmetries >= 4)
        iw, ow = np.where(turned, sides[:, 0], sides[:, 1]), np.where(turned, sides[:, 2], sides[:, 3])
        cells = sides[:, 0] * sides[:, 1] + sides[:, 2] * sides[:, 3]
        header = 12 if self.form.header else 0
        length = header + 2 + cells + sides[:, 0] * sides[:, 1] // iw + sides[:, 2] * sides[:, 3] // ow
        bucket: Ints = np.searchsorted(np.array(self.buckets), length).astype(np.int64)
        return bucket

    def batch(self, step: int) -> Batch:
        """The batch of one step."""
        r = rng(self.seed, "step", step)
        chosen = int(r.choice(len(self.buckets), p=self.share))
        length = self.buckets[chosen]
        wanted = max(1, self.batch_tokens // length)
        picked: list[tuple[int, int]] = []
        while len(picked) < wanted:
            rows, symmetries = self._draw(r, 64 * wanted)
            fits = np.flatnonzero(self._bucket(rows, symmetries) == chosen)
            picked += [(int(rows[i]), int(symmetries[i])) for i in fits]
        prompts = [self._prompt(r, row, symmetry) for row, symmetry in picked[:wanted]]
        return collate(prompts, self.form.vocabulary.padding, length)

    def _prompt(self, r: np.random.Generator, row: int, symmetry: int) -> Prompt:
        # A fifth in their own colours, a tenth with the background recoloured too.
        kind = r.random()
        palette = IDENTITY_PALETTE if kind < 0.2 else draw_palette(r, fixed_background=kind < 0.9)
        pair = Augmentation(symmetry, palette).apply_pair(self.corpus.pair(row))
        task = int(self.corpus.task_of[row])
        known = r.random() >= self.unknown_task
        token = self.form.vocabulary.task + 1 + task if known else None
        return self.form.lesson(pair_lesson(pair, symmetry, palette), token)

    def __iter__(self) -> Iterator[Batch]:
        step = self.start
        while True:
            yield self.batch(step)
            step += 1
