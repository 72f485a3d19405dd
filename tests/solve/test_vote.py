"""The choosers, on candidates made by hand, ties among them."""

import json
import math
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from arc_ttt.agents.answers import Answer, candidates
from arc_ttt.arc.augment import Augmentation
from arc_ttt.config import UNSCORED
from arc_ttt.config import VOTES as NAMES
from arc_ttt.solve.vote import VOTES, agreement, chances, merge, together
from arc_ttt.types import Candidate, Grid, Prediction, Result

A, B, C = Grid([[1, 1]]), Grid([[2, 2]]), Grid([[3, 3]])
OTHER = (0, 2, 1, 3, 4, 5, 6, 7, 8, 9)
# Votes and the two attempts of the vote in github.com/ekinakyurek/marc; only profiles whose outcome does not depend on
# the order in which its code happens to hold equal counts.
PROFILES = json.loads(Path(__file__).with_name("authors-votes.json").read_text(encoding="utf-8"))
INVERSES = ("identity", "Rotate(90)", "Rotate(180)", "Rotate(270)", "Transpose()", "Flip(0)", "Flip(1)")


def answer(symmetry: int, grid: Grid, logprob: float = -1.0, palette: tuple[int, ...] = tuple(range(10))) -> Answer:
    return Answer(Augmentation(symmetry, palette), grid, logprob)


def order(rule: str, *answers: Answer) -> list[Grid]:
    return [c.grid for c in VOTES[rule](candidates(answers))]


def scored(grid: Grid, *scores: float, views: int = 1, logprob: float = -1.0) -> Candidate:
    return Candidate(grid, tuple(f"s{i}-p0123456789" for i in range(views)), (logprob,) * views, scores)


def chosen(rule: str, *found: Candidate) -> list[Grid]:
    return [c.grid for c in VOTES[rule](found)]


def test_the_settings_know_every_rule() -> None:
    """What can be asked for exists, and the other way round."""
    assert set(NAMES) == set(VOTES)
    assert set(UNSCORED) < set(VOTES)


@pytest.mark.parametrize("rule", NAMES)
def test_no_candidates_no_choice(rule: str) -> None:
    """A test input without candidates has no attempts."""
    assert VOTES[rule]([]) == []


@pytest.mark.parametrize("rule", NAMES)
def test_equals_come_in_one_order(rule: str) -> None:
    """Candidates that differ in nothing but their grid are ordered by it, whatever order they come in (the hierarchical
    vote has an order of its own)."""
    a, b, c = (scored(g, -1.0, -2.0) for g in (A, B, C))
    first = chosen(rule, a, b, c)
    assert first == chosen(rule, c, a, b) == chosen(rule, b, c, a)
    assert first == [A, B, C] or rule == "hierarchical"


@pytest.mark.parametrize("rule", [r for r in NAMES if r not in UNSCORED])
def test_equal_scores_are_decided_by_the_views_that_found_them(rule: str) -> None:
    """Then by the log-probability there."""
    if rule != "count-nll":  # it counts the views itself
        assert chosen(rule, scored(A, -1.0), scored(B, -1.0, views=2)) == [B, A]
    assert chosen(rule, scored(A, -1.0, logprob=-3.0), scored(B, -1.0, logprob=-2.0)) == [B, A]


def test_flat_takes_the_most_frequent() -> None:
    """Two views beat one, whatever their log-probabilities."""
    assert order("flat", answer(0, A, -0.1), answer(1, B, -5), answer(2, B, -5)) == [B, A]


def test_flat_breaks_ties_by_probability_then_by_a_fixed_order() -> None:
    """Equal counts: the best log-probability wins; equal in that too: the order of grids, not of answers."""
    assert order("flat", answer(0, A, -2), answer(1, B, -1)) == [B, A]
    assert order("flat", answer(0, B), answer(1, A)) == order("flat", answer(0, A), answer(1, B)) == [A, B]


def test_candidates_keep_who_gave_them() -> None:
    """Equal answers are one candidate with all its views and their log-probabilities."""
    first, second = candidates([answer(0, A, -1), answer(3, B, -9), answer(5, A, -2)])
    assert (first.grid, first.views, first.logprobs) == (A, ("s0-p0123456789", "s5-p0123456789"), (-1, -2))
    assert (second.grid, second.scores) == (B, ())
    assert candidates([]) == ()


@pytest.mark.parametrize("profile", PROFILES, ids=range(len(PROFILES)))
def test_hierarchical_is_the_authors_vote(profile: dict[str, list[list[object]]]) -> None:
    """The two attempts of their code, on profiles of votes; where both are one grid there is one attempt."""
    votes = [answer(INVERSES.index(str(view)), Grid(cells)) for view, cells in profile["outputs by view"]]  # type: ignore[arg-type]
    wanted = list(dict.fromkeys(map(Grid, profile["attempts"])))  # type: ignore[arg-type]
    assert order("hierarchical", *votes)[:2][: len(wanted)] == wanted


def test_a_unanimous_group_counts_three_times() -> None:
    """B, of one symmetry that has nothing else, against A, of two that have something else, too: worked out by hand.

    Three of B alone: B B B. A twice and C: A, C, and most rows, which is A, so most columns: A A C. All of them, A four
    times, B three and C twice: A B C. In the pool A has 2 + 2 + 1, B 3 + 1, C 1 + 1 + 1."""
    four = [answer(s, A, palette=p) for s in (1, 2) for p in (tuple(range(10)), OTHER)]
    votes = [
        *four,
        answer(1, C),
        answer(2, C),
        *(answer(3, B, palette=p) for p in (tuple(range(10)), OTHER, OTHER[::-1])),
    ]
    assert order("hierarchical", *votes) == [A, B, C]
    assert order("hierarchical", *votes, answer(4, B), answer(5, B))[0] == B  # three more for each symmetry


def test_hierarchical_counts_groups_not_views() -> None:
    """Three views of one symmetry are one group: two groups outvote them."""
    loud = [answer(0, A, palette=p) for p in (tuple(range(10)), OTHER, OTHER)]
    votes = [*loud, answer(1, B), answer(2, B)]
    assert order("flat", *votes)[0] == A
    assert order("hierarchical", *votes)[0] == B  # thrice in two groups and once of all, against three and two


def test_the_identity_decides_second_and_third_places() -> None:
    """A leads with five of each; B and C have a symmetry each, and so three and one of all: the identity's wins."""
    leads = [answer(s, A) for s in (1, 2, 3)]
    assert order("hierarchical", *leads, answer(0, B), answer(4, C)) == [A, B, C]
    assert order("hierarchical", *leads, answer(4, B), answer(0, C)) == [A, C, B]


def test_the_majority_of_rows_may_be_a_grid_of_its_own() -> None:
    """No view gave it, yet it may be an attempt: it carries no view, and its agent is theirs."""
    given = [Grid([[1, 1], [2, 2], [3, 4]]), Grid([[1, 1], [5, 6], [3, 3]]), Grid([[7, 8], [2, 2], [3, 3]])]
    found = VOTES["hierarchical"](candidates([answer(s, grid) for s in (0, 1) for grid in given], "learner:x"))
    (made,) = [c for c in found if not c.views]
    assert made.grid == Grid([[1, 1], [2, 2], [3, 3]]) and made.agent == "learner:x"


def test_probmul_is_the_rule_of_2024() -> None:
    """Worked out by hand: three more than the log-probability, over the views that found it and those that score."""
    twice = Candidate(A, ("s0", "s1"), (-2.0, -4.0), (-1.0, -5.0))  # 1 − 1 + 2 − 2 = 0
    once = Candidate(B, ("s2",), (-0.5,), (-4.0, -4.0))  # 2.5 − 1 − 1 = 0.5
    never = Candidate(C, ("s3",), (-0.1,), (-math.inf, -0.1))
    assert chosen("probmul", twice, once, never) == [B, A, C]
    assert chosen("product", twice, once, never) == [A, B, C]


def test_the_scores_decide_each_in_its_own_way() -> None:
    """One set of candidates, and each rule's own winner: A is brilliant once, B good everywhere, C found most often."""
    a = scored(A, -0.01, -20.0, -20.0)
    b = scored(B, -1.3, -1.3, -1.3)
    c = scored(C, -1.2, -1.2, -2.0, views=3)
    assert chosen("max", a, b, c)[0] == A
    assert chosen("min", a, b, c)[0] == B
    assert chosen("product", a, b, c)[0] == B
    assert chosen("sum", a, b, c)[0] == A  # 0.99 against 0.82 and 0.74
    assert chosen("count-nll", a, b, c)[0] == C  # 3 − 1.47 against 1 − 1.3
    assert chosen("flat", a, b, c)[0] == C


def test_an_impossible_answer_loses() -> None:
    """A view that rules a candidate out rules it out for all of a product's views; nothing is not a number."""
    a, b = scored(A, -0.1, -math.inf), scored(B, -9.0, -9.0)
    for rule in ("product", "min", "count-nll"):
        assert chosen(rule, a, b) == [B, A]
    assert chosen("max", a, b) == chosen("sum", a, b) == [A, B]


def result(*found: Candidate, attempts: tuple[Grid, ...] = (), **more: float) -> Result:
    return Result(Prediction("t", (attempts,)), (found,), None, more, {"round": len(found)})


def test_agreement_is_the_share_of_the_attempts() -> None:
    """Of the votes for a test input; the input where it is least counts; without candidates there is none."""
    split = (scored(A, views=3), scored(B, views=2), scored(C, views=1))
    assert agreement(result(*split, attempts=(A, B))) == pytest.approx(5 / 6)
    assert agreement(result()) == 0.0
    both = Result(Prediction("t", ((A, B), (A,))), (split, (scored(A, views=9),)))
    assert agreement(both) == pytest.approx(5 / 6)
    assert agreement(Result(Prediction("t", ()))) == 0.0


def test_votes_of_two_attempts_are_added_up() -> None:
    """What neither attempt chose may win together; seconds are added up, notes are the later attempt's."""
    before = result(scored(A, views=3), scored(B, views=2), scored(C, views=2), attempts=(A, B), adapt=1.0, answer=2.0)
    after = result(scored(C, views=2), scored(B, views=1), attempts=(C, B), adapt=3.0)
    both = merge("flat", before, after)
    assert [(c.grid, len(c.views), len(c.logprobs)) for c in both.candidates[0]] == [(C, 4, 4), (A, 3, 3), (B, 3, 3)]
    assert both.prediction.attempts == ((C, A),)
    assert both.seconds == {"adapt": 4.0, "answer": 2.0}
    assert both.notes == {"round": 2}


def test_scores_of_two_attempts_are_not_mixed() -> None:
    """They come from different views: the later attempt decides, unless it found nothing."""
    before = result(scored(A, -1.0), scored(B, -2.0), attempts=(A, B))
    after = result(scored(B, -9.0), scored(C, -8.0), attempts=(C, B))
    assert merge("product", before, after).prediction.attempts == ((C, B),)
    assert merge("product", before, result()).prediction.attempts == ((A, B),)


def program(cell: int, **evidence: float) -> Candidate:
    text = f"paint({cell})"
    return Candidate(Grid([[cell]]), (), (), agent="programs", program=text, evidence=tuple(evidence.items()))


def learned(cell: int, votes: int) -> Candidate:
    return Candidate(Grid([[cell]]), tuple(f"s{i}" for i in range(votes)), (-1.0,) * votes)


def cells(found: Sequence[Candidate]) -> list[int]:
    return [int(c.grid.cells[0, 0]) for c in found]


def test_agents_together() -> None:
    """A sure program, the learner's best, a program that fits, the learner's others, near misses; each grid once."""
    sure = program(1, sure=1, reproduced=3, demonstrations=3)
    fits, near = program(2, sure=0, reproduced=3, demonstrations=3), program(3, sure=0, reproduced=2, demonstrations=3)
    found = [sure, fits, near, learned(4, 5), learned(5, 2)]
    assert cells(together("flat", found)) == [1, 4, 2, 5, 3]
    assert cells(together("flat", found[1:])) == [4, 2, 5, 3]
    assert cells(together("flat", [fits, near])) == [2, 3]
    assert cells(together("flat", [*found, learned(1, 9)])) == [1, 2, 4, 5, 3]
    assert together("product", []) == []


def test_a_calibrated_order() -> None:
    """By how likely each is right, where there are scores or programs alone; else the order is fixed."""
    fits = program(2, sure=0, reproduced=3, demonstrations=3, bits=8, agree=8)
    behind = replace(learned(4, 1), scores=(-40.0, -60.0))
    assert cells(together("product", [fits, behind])) == [4, 2]
    assert cells(together("product", [fits, behind], "calibrated")) == [2, 4]
    assert cells(together("flat", [fits, learned(4, 5)], "calibrated")) == [4, 2]
    found, attempts = [[fits, behind], [learned(4, 5)]], [[behind.grid, fits.grid], [behind.grid]]
    told = chances(found, attempts)["chances"]
    assert told[1] == [] and 0 < told[0][0] < told[0][1] < 1
    assert chances([[learned(4, 5)]], [[behind.grid]]) == {}


def test_programs_stay_through_later_rounds() -> None:
    """A second attempt brings none: those of the first stay, in their order, before and after new votes."""
    programs = (program(7, sure=0, reproduced=2, demonstrations=2), program(2, sure=0, reproduced=1, demonstrations=2))
    before = Result(Prediction("t", ((Grid([[1]]),),)), ((*programs, learned(1, 2)),))
    after = Result(Prediction("t", ((Grid([[4]]),),)), ((learned(4, 3),),))
    for rule, votes in (("flat", [4, 1]), ("product", [4])):
        merged = merge(rule, before, after)
        assert cells(merged.candidates[0]) == [*votes, 7, 2]
        assert merged.prediction.attempts == ((Grid([[4]]), Grid([[7]])),)


def test_a_sure_program_is_agreed_on() -> None:
    """There is nothing to ask again."""
    sure = program(1, sure=1, reproduced=3, demonstrations=3)
    assert agreement(Result(Prediction("t", ((Grid([[1]]),),)), ((sure, learned(4, 3), learned(5, 3)),))) == 1.0


def test_what_is_unlike_the_demonstrations_comes_last() -> None:
    """An answer that lacks what all outputs have comes after the others, a sure program's but for; below the limit a
    learner's nats in a view count more."""

    def odd(c: Candidate, nats: float) -> Candidate:
        return replace(c, evidence=(*c.evidence, ("unlike", nats)))

    a, b, c = scored(A, -0.1, -0.1), scored(B, -0.5, -0.5), scored(C, -9.0, -9.0)
    assert [x.grid for x in together("product", [a, b, c])] == [A, B, C]
    assert [x.grid for x in together("product", [odd(a, 8.0), b, c])] == [B, C, A]
    assert [x.grid for x in together("product", [odd(a, 1.0), b, c])] == [A, B, C]
    assert [x.grid for x in together("product", [odd(a, 2.5), b, c])] == [B, A, C]
    assert [x.grid for x in together("flat", [odd(a, 8.0), b, c])][-1] == A
    fits = Candidate(A, (), (), agent="programs", program="p", evidence=(("reproduced", 2.0), ("demonstrations", 2.0)))
    sure = replace(fits, evidence=(*fits.evidence, ("sure", 1.0)))
    assert [x.grid for x in together("product", [odd(fits, 8.0), b, c])] == [B, C, A]
    assert [x.grid for x in together("product", [odd(sure, 8.0), b, c])] == [A, B, C]
