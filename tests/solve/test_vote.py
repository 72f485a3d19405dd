"""The votes, on answers made by hand."""

from arc_ttt.arc.augment import Augmentation
from arc_ttt.solve.vote import Answer, candidates, flat, hierarchical
from arc_ttt.types import Grid

A, B, C = Grid([[1, 1]]), Grid([[2, 2]]), Grid([[3, 3]])
OTHER = (0, 2, 1, 3, 4, 5, 6, 7, 8, 9)


def answer(symmetry: int, grid: Grid, logprob: float = -1.0, palette: tuple[int, ...] = tuple(range(10))) -> Answer:
    return Answer(Augmentation(symmetry, palette), grid, logprob)


def test_flat_takes_the_most_frequent() -> None:
    """Two views beat one, whatever their log-probabilities."""
    assert flat([answer(0, A, -0.1), answer(1, B, -5), answer(2, B, -5)]) == [B, A]


def test_flat_breaks_ties_by_probability_then_by_a_fixed_order() -> None:
    """Equal counts: the best log-probability wins; equal in that too: the order of grids, not of answers."""
    assert flat([answer(0, A, -2), answer(1, B, -1)]) == [B, A]
    assert flat([answer(0, B), answer(1, A)]) == flat([answer(0, A), answer(1, B)]) == [A, B]


def test_no_answers_no_candidates() -> None:
    """A test input that no view answered has none."""
    assert flat([]) == []
    assert hierarchical([]) == []
    assert candidates([]) == ()


def test_candidates_keep_who_gave_them() -> None:
    """Equal answers are one candidate with all its views and their log-probabilities."""
    first, second = candidates([answer(0, A, -1), answer(3, B, -9), answer(5, A, -2)])
    assert (first.grid, first.views, first.logprobs) == (A, ("s0-p0123456789", "s5-p0123456789"), (-1, -2))
    assert second.grid == B


def test_hierarchical_counts_groups_not_views() -> None:
    """Three views of one symmetry are one group: two groups outvote them."""
    loud = [answer(0, A, palette=p) for p in (tuple(range(10)), OTHER, OTHER)]
    votes = [*loud, answer(1, B), answer(2, B)]
    assert flat(votes)[0] == A
    assert hierarchical(votes)[0] == B


def test_hierarchical_breaks_ties_in_the_identity_view() -> None:
    """Equally many groups: what the task as it is answered comes first."""
    assert hierarchical([answer(0, B, -9), answer(1, A, -1)])[0] == B
    assert hierarchical([answer(0, A, -9), answer(1, B, -1)])[0] == A


def test_a_group_proposes_three_answers_at_most() -> None:
    """The fourth most frequent answer of the only group is no candidate."""
    four = [Grid([[c]]) for c in range(4)]
    answers = [answer(3, grid, palette=p) for n, grid in enumerate(four, 1) for p in (tuple(range(10)),) * n]
    assert hierarchical(answers) == four[:0:-1]
