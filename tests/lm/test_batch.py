"""Collating batches."""

from makers import model

from arc_ttt.lm.batch import IGNORE, collate
from arc_ttt.text.format import load, pair_lesson
from arc_ttt.types import Grid, Pair

FORM = load("pair")


def test_labels_are_the_next_tokens_that_carry_a_loss() -> None:
    """The label at t is the token at t + 1 where that is part of the answer, padding and questions have none."""
    lesson = FORM.lesson(pair_lesson(Pair(Grid([[1]]), Grid([[2, 3]])), 0, tuple(range(10))))
    batch = collate([lesson], FORM.vocabulary.padding, len(lesson) + 3)
    labels = batch.labels[0].tolist()
    assert [x for x in labels if x != IGNORE] == [2, 3, FORM.vocabulary.end]
    assert labels[len(lesson) - 4 :] == [2, 3, FORM.vocabulary.end, IGNORE, IGNORE, IGNORE, IGNORE]
    assert batch.tokens == len(lesson)


def test_a_model_is_asked_for_no_cache() -> None:
    """A language model that would fill a cache by itself does not for a batch, and takes what the batch gives."""
    lm = model("llama", tied=False, vocabulary=16)
    batch = collate([FORM.lesson(pair_lesson(Pair(Grid([[1]]), Grid([[2, 3]])), 0, tuple(range(10))))], 0)
    assert lm(batch.input_ids).past_key_values is not None
    assert lm(**batch.inputs(False)).past_key_values is None
