"""What a result's notes say of its costs."""

from typing import Any

import pytest

from arc_ttt.report.spent import Spent, sentences, spent, training
from arc_ttt.types import Prediction, Result

SETTINGS = {"timed": False, "ttt": {"tokens": 1000, "lessons": None, "seconds": None}}


def said(settings: dict[str, Any] = SETTINGS, **notes: Any) -> Spent:
    return spent(Result(Prediction("a", ()), notes=notes), settings)


def test_the_share_of_the_budget() -> None:
    """Lesson tokens of those that were to be had, twice as many in each later round; at most all of it."""
    assert said(lesson_tokens=250).budget == 0.25
    assert said(lesson_tokens=250, round=2).budget == 0.0625
    assert said(lesson_tokens=1063) == Spent(1.0, "full")
    assert said() == Spent()


def test_other_budgets_say_it_themselves() -> None:
    """Where lessons or seconds are the budget, tokens tell nothing: the result's own share counts, if it has one."""
    by_seconds = {"ttt": {"tokens": 1000, "seconds": 60.0}}
    assert said(by_seconds, lesson_tokens=5000, budget_used=0.5).budget == 0.5
    assert said(by_seconds, lesson_tokens=5000) == Spent()


def test_why_training_ended() -> None:
    """By the held-out demonstration; for want of time; else with the budget. Otherwise nothing is said."""
    assert said(lesson_tokens=400, trained="learned: demonstration 2 was …").ended == "learned"
    assert said(lesson_tokens=400, trained="plateau: no better").ended == "plateau"
    assert said({**SETTINGS, "timed": True}, lesson_tokens=400, budget_used=1.0) == Spent(0.4, "time")
    assert said(lesson_tokens=400).ended is None
    assert said(lesson_tokens=400, ended="time").ended == "time"
    assert said(lesson_tokens=990, ended="budget").ended == "full"


def test_answers_that_were_not_asked_for() -> None:
    """Their number, whether the vote was clear or the time was up."""
    assert said(stopped="6 of 16 answers were enough").answers == (6, 16)
    assert said(stopped="time was up after 3 of 32 answers").answers == (3, 32)
    assert said(stopped="time was up before all candidates were scored").answers is None


def test_a_run() -> None:
    """The median share and how many tasks ended in which way; nothing where nothing is known."""
    every = [Spent(0.5, "learned"), Spent(1.0, "full"), Spent(0.9, "learned"), Spent()]
    assert training(every) == {"median": 0.9, "tasks": 3, "ended": {"learned": 2, "full": 1}}
    assert training([Spent()]) is None


def test_sentences() -> None:
    """One for each thing that the notes tell; demonstrations are counted from 1."""
    notes = {
        "trained": "learned: so",
        "stages": [[0.253, 0.04], [0.51, 0.0123]],
        "updates": 5,
        "steps": 9,
        "warm": {"from": "0a", "distance": 0.125},
        "neighbours": [["1b", 0.25], ["2c", 0.5]],
        "context": {"demonstrations": 5, "fit": 3},
        "too_long": [0, 3],
        "memory": ["one sequence at a time", "rank 8"],
        "round": 1,
        "drafts_accepted": 0.5,
        "tokens_per_second": 100,
    }
    assert sentences(notes) == [
        "Training ended early: learned: so.",
        "The loss at the end of a stage was 0.0400 after 25 %, 0.0123 after 51 %.",
        "5 of 9 training steps updated the adapter; the gate passed over the others.",
        "Training began with the adapter of 0a, at distance 0.125.",
        "Lessons of neighbours: 1b (distance 0.25), 2c (distance 0.5).",
        "Too long for the context: a question shows 3 of 5 demonstrations, each view others.",
        "Too long to train on: demonstration 1, 4.",
        "To fit the memory: one sequence at a time, then rank 8.",
        "This was attempt 2; the votes of all of them are added up.",
        "Decoding gave 100 tokens a second; 50 % of what was drafted held.",
    ]


@pytest.mark.parametrize("odd", [None, True, "x", -1, float("nan"), [], [[1]], {"from": 3}, {"fit": 1}])
def test_notes_that_are_not_what_they_should_be(odd: object) -> None:
    """Say nothing or themselves, and break nothing."""
    names = (
        *("trained", "stopped", "reuse", "updates", "steps", "warm", "neighbours", "context", "too_long", "memory"),
        *("stages", "round", "drafts_accepted", "tokens_per_second", "lesson_tokens", "budget_used"),
    )
    for name in names:
        sentences({name: odd})
        said(**{name: odd})
    said({"ttt": odd, "timed": odd}, lesson_tokens=3)
