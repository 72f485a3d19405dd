"""Questions in many views → candidates in the task's own frame, found and, where asked, scored; and the same model's
opinion of other answers."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any

from arc_ttt.agents.agent import Found, Scores
from arc_ttt.agents.answers import candidates, decided
from arc_ttt.agents.effort import TimeUp
from arc_ttt.agents.learner.find import Finder
from arc_ttt.agents.learner.questions import Asked, Questions
from arc_ttt.agents.learner.score import Marks
from arc_ttt.agents.learner.work import Work
from arc_ttt.agents.traits import MOST_UNLIKE, unlike
from arc_ttt.config import UNSCORED
from arc_ttt.lm.rows import Rows, prefill
from arc_ttt.types import Candidate, Grid

GROUP = 5  # views that are answered together where they are asked as needed

Prompted = list[tuple[list[Asked], Rows | None]]
"""Batches of questions, with their prompts in the cache where there was room to keep them."""


def answer(work: Work, hints: Sequence[Grid | None] = ()) -> tuple[Found, dict[str, Any]]:
    """The candidates for each test input, and what was spent on them. `hints` are guesses of the answers (from another
    model, say), used as drafts only.

    Each view finds at least one candidate (a search that finds nothing is followed by greedy decoding). All candidates
    of a test input are scored in the same views: in those that answered, or in as many as were asked for. When the
    clock runs out, what was found by then is returned.
    """
    config = work.config
    scoring = 0 if config.vote in UNSCORED else config.score_views or config.views
    questions = Questions(work, scoring)
    finder = Finder(work, questions.guesses(hints))
    first = questions.in_views(questions.drawn[:1])
    rest = questions.in_views(questions.drawn[1 : config.views])
    extra = questions.in_views(questions.drawn[config.views :])
    notes: dict[str, Any] = {}
    if (fit := questions.fewest()) is not None:
        notes["context"] = {"demonstrations": len(work.task.demonstrations), "fit": fit}
    with work.adapter.frozen() as model:
        prompted: Prompted = [(batch, None) for batch in questions.batches(extra)]
        try:
            prompted += _find(work, model, questions, finder, first, rest, keep=scoring > 0, notes=notes)
        except TimeUp:
            scoring = 0
        found = [candidates(answers, work.agent) for answers in finder.answers]
        if scoring:
            begun = time.monotonic()
            work.tell("vote", 0.0)
            try:
                found = _score(work, model, questions, finder, found, prompted, rest, scoring)
            except TimeUp:
                notes["stopped"] = "time was up before all candidates were scored"
            notes["scoring_seconds"] = round(time.monotonic() - begun, 3)
    return tuple(found), finder.notes() | notes


def opinion(work: Work, grids: Sequence[Sequence[Grid]]) -> Scores:
    """Log-probabilities (nats) of `grids`, some for each test input, in the views that answer, or in as many as are to
    score. Raises `TimeUp` when the clock runs out."""
    wanted = work.config.score_views or work.config.views
    questions = Questions(work, wanted)
    asked = questions.in_views(questions.drawn[:wanted])
    keys = [[view.key for view in questions.drawn[:wanted]] for _ in questions.tests]
    found = [[Candidate(grid, (), ()) for grid in some] for some in grids]
    marks = Marks(work.form, found, keys, [() for _ in questions.tests])
    with work.adapter.frozen() as model:
        for batch in questions.batches(asked):
            marks.score(batch, _prefill(work, model, batch))
    return tuple(tuple(candidate.scores for candidate in some) for some in marks.scored())


def _find(
    work: Work,
    model: Any,
    questions: Questions,
    finder: Finder,
    first: list[Asked],
    rest: list[Asked],
    *,
    keep: bool,
    notes: dict[str, Any],
) -> Prompted:
    """Answer the `first` view, then the `rest`; the questions that were answered, with their prompts where they are to
    be kept. Raises `TimeUp`, with a note of it."""
    config, tests = work.config, len(questions.tests)
    groups = [first, *_groups(rest, tests * GROUP if config.sequential else None)]
    if not config.decode.drafts and not config.sequential:  # without drafts no view need wait for the first one
        groups = [[*first, *rest]]
    prompted: Prompted = []
    held, total, done = 0, len(first) + len(rest), 0
    try:
        for batch in (batch for group in groups for batch in questions.batches(group)):
            left = config.views - done // tests
            if config.sequential and done and all(decided(votes, left) for votes in finder.votes()):
                notes["stopped"] = f"{done} of {total} answers were enough"
                break

            def tick(share: float, done: int = done, size: int = len(batch)) -> None:
                work.clock.check(first=not done)
                work.tell("answer", (done + share * size) / total)

            rows = _prefill(work, model, batch, first=not done)
            answered = finder.find(batch, rows, tick)
            done, held = done + len(batch), held + int(rows.lengths.sum())
            work.tell("answer", done / total, found=answered)
            if keep:  # what was computed of the prompts serves again, where there is room for it
                prompted.append((batch, rows if held < work.room.rows_tokens else None))
    except TimeUp:
        notes["stopped"] = f"time was up after {done} of {total} answers"
        raise
    return prompted


def _score(
    work: Work,
    model: Any,
    questions: Questions,
    finder: Finder,
    found: Sequence[Sequence[Candidate]],
    prompted: Prompted,
    rest: Sequence[Asked],
    scoring: int,
) -> list[tuple[Candidate, ...]]:
    """`found` with scores in `scoring` views. Raises `TimeUp`."""
    chosen = [view.key for view in questions.drawn[:scoring]]
    asked = {(a.test, a.view.key) for batch, _ in prompted for a in batch}
    if work.config.score_views:  # so many were asked for: of those that need not answer the prompts alone are read
        spared = [a for a in rest if a.view.key in chosen and (a.test, a.view.key) not in asked]
        prompted = [*prompted, *((batch, None) for batch in questions.batches(spared))]
        in_views = [chosen for _ in questions.tests]
    else:
        in_views = [[key for key in chosen if (test, key) in asked] for test in questions.tests]
    found = [_foremost(work, given, some) for given, some in zip(work.task.tests, found, strict=True)]
    most = work.config.score_candidates or None
    marks = Marks(work.form, [some[:most] for some in found], in_views, finder.answers)
    for batch, kept in prompted:
        marks.score(batch, kept or _prefill(work, model, batch))
    return [(*scored, *some[len(scored) :]) for scored, some in zip(marks.scored(), found, strict=True)]


def _foremost(work: Work, given: Grid, found: Sequence[Candidate]) -> Sequence[Candidate]:
    """`found`, where some of them are not to be scored those last that are unlike the demonstrations' outputs."""
    if not work.config.traits or not 0 < work.config.score_candidates < len(found):
        return found
    of = unlike(work.task.demonstrations, given)
    return sorted(found, key=lambda c: of(c.grid) > MOST_UNLIKE)


def _prefill(work: Work, model: Any, batch: Sequence[Asked], *, first: bool = False) -> Rows:
    work.clock.check(first=first)
    return prefill(model, work.lm, [a.prompt for a in batch], work.form.vocabulary.padding)


def _groups(asked: list[Asked], size: int | None) -> list[list[Asked]]:
    """`asked` in parts of `size`, or as one."""
    return [asked[i : i + size] for i in range(0, len(asked), size)] if size else [asked]
