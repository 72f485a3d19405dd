"""The corpus on disk and its batches."""

from pathlib import Path

import numpy as np
import pytest
from datasets import Dataset

from arc_ttt.arc.augment import Augmentation
from arc_ttt.errors import DataError
from arc_ttt.lm.batch import Batch
from arc_ttt.pretrain.corpus import Batches, Corpus
from arc_ttt.text.format import load
from arc_ttt.text.grammar import parse
from arc_ttt.types import Grid, Pair

FORM = load("pair")
BUCKETS = (40, 64, 128, 256)


def batches(corpus: Corpus, **changes: object) -> Batches:
    settings = {"seed": 0, "start": 0, "batch_tokens": 512, "buckets": BUCKETS, "unknown_task": 0.25, **changes}
    return Batches(corpus, FORM, **settings)  # type: ignore[arg-type]


def pairs_in(batch: Batch) -> list[tuple[int, Pair]]:
    """What a batch says, read back: the task token and the pair in its own frame."""
    found = []
    for ids, n in zip(batch.input_ids.tolist(), batch.attention_mask.sum(1).tolist(), strict=True):
        middle = ids.index(FORM.vocabulary.output)
        rows = "".join("/" if t == FORM.vocabulary.row else str(t) for t in ids[13:middle]).strip("/")
        given = Grid([[int(c) for c in row] for row in rows.split("/")])
        made = parse(FORM, ids[middle + 1 : n])
        assert made is not None
        view = Augmentation(ids[1], tuple(ids[2:12]))
        found.append((ids[0], Pair(view.invert(given), view.invert(made))))
    return found


def test_a_batch_holds_pairs_of_the_corpus_in_known_views(corpus_folder: Path) -> None:
    """Undoing the symmetry and palette that the header tells gives a pair of the corpus, under its task's token."""
    corpus = Corpus([corpus_folder])
    made = batches(corpus)
    known = {corpus.pair(i): corpus.tasks[corpus.task_of[i]] for i in range(len(corpus))}
    for step in range(6):
        for token, pair in pairs_in(made.batch(step)):
            assert token in (15, 16 + corpus.tasks.index(known[pair]))


def test_batches_are_full_and_within_their_bucket(corpus_folder: Path) -> None:
    """Each is as many sequences as fit the budget, all longer than the bucket before and none longer than their own."""
    made = batches(Corpus([corpus_folder]))
    for step in range(20):
        batch = made.batch(step)
        rows, length = batch.input_ids.shape
        assert rows == 512 // length
        below = max((b for b in BUCKETS if b < length), default=0)
        lengths = batch.attention_mask.sum(1)
        assert int(lengths.min()) > below
        assert int(lengths.max()) <= length


def test_a_step_is_a_function_of_seed_and_number(corpus_folder: Path) -> None:
    """Starting anywhere gives the batches an unbroken stream has there; another seed gives others."""
    corpus = Corpus([corpus_folder])
    whole, late = iter(batches(corpus)), iter(batches(corpus, start=3))
    first = [next(whole) for _ in range(6)]
    for expected in first[3:]:
        assert expected.input_ids.equal(next(late).input_ids)
    assert not first[0].input_ids.equal(batches(corpus, seed=1).batch(0).input_ids)


def test_the_unknown_task_is_shown_as_often_as_asked(corpus_folder: Path) -> None:
    """About a quarter of the sequences begin with the generic task token."""
    made = batches(Corpus([corpus_folder]))
    first = np.concatenate([made.batch(s).input_ids[:, 0].numpy() for s in range(120)])
    assert 0.15 < np.mean(first == 15) < 0.35


@pytest.mark.parametrize("what", ["missing", "columns", "nothing"])
def test_what_is_no_corpus(tmp_path: Path, what: str) -> None:
    """No folder, a data set with other columns, or none at all gives one line."""
    folder = tmp_path / "corpus"
    if what == "columns":
        Dataset.from_list([{"task": "a"}]).save_to_disk(str(folder))
    with pytest.raises(DataError, match=r"corpus"):
        Corpus([] if what == "nothing" else [folder])


def test_pairs_that_are_all_too_long(corpus_folder: Path) -> None:
    """Buckets that hold no pair are refused at once."""
    with pytest.raises(DataError, match="no pair of the corpus fits 16 tokens"):
        batches(Corpus([corpus_folder]), buckets=(16,))


def test_corpora_are_drawn_by_their_shares(corpus_folder: Path, tmp_path: Path) -> None:
    """With shares one to nine a second corpus gives nine tenths of the pairs, whatever its size; tasks that both
    hold count as the first one's."""
    row = {"input": [1], "input_width": 1, "output": [2], "output_width": 1}
    Dataset.from_list([{"task": t, **row} for t in ("a", "z")]).save_to_disk(str(tmp_path))
    corpus = Corpus([corpus_folder, tmp_path])
    assert corpus.part_of.tolist() == [0, 0, 0, 1]
    drawn = batches(corpus, shares=(0.1, 0.9), unknown_task=0.0)._draw(np.random.default_rng(0), 2000)[0]
    assert 0.85 < np.mean(corpus.task_of[drawn] == 3) < 0.95
