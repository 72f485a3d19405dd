"""Planning batches."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from arc_ttt.lm.group import plan


@given(st.lists(st.integers(1, 400), min_size=1, max_size=60), st.integers(50, 800))
def test_a_plan_covers_each_sequence_once_within_its_size(lengths: list[int], size: int) -> None:
    """Every index occurs once; a batch with its padding stays within the size unless it is a single sequence."""
    batches = list(plan(lengths, size, np.random.default_rng(0)))
    assert sorted(i for b in batches for i in b) == list(range(len(lengths)))
    assert all(len(b) == 1 or len(b) * max(lengths[i] for i in b) <= size for b in batches)
