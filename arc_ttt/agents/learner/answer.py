"""Questions in many views → candidates in the task's own frame, found by decoding or search, scored where asked.

All views of a test input share one answer. So the view of the task as it is goes first, and what it found is every
other view's draft, which one pass verifies; its own draft is the input, where the answer is of the same size.
"""

from __future__ import annotations

import dataclasses
import math
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np

from arc_ttt.agents.effort import TimeUp
from arc_ttt.agents.learner.work import Work
from arc_ttt.arc.augment import Augmentation, turned_size, views
from arc_ttt.arc.size import output_size, size
from arc_ttt.lm.decode import Completion, Spent, decode, sampler
from arc_ttt.lm.rows import Rows, prefill
from arc_ttt.lm.score import score
from arc_ttt.lm.search import Limits, search
from arc_ttt.solve.vote import UNSCORED, Answer, candidates, decided
from arc_ttt.text.format import PromptFormat
from arc_ttt.text.grammar import GridGrammar, parse, spell
from arc_ttt.text.window import Windows
from arc_ttt.types import MAX_SIDE, Candidate, Grid, Prompt, Question, Task

MOST_SCORED = 12  # candidates of a test input, those that most views found
GROUP = 5  # views that are answered together where they are asked as needed
WIDER = 4.0  # times that a search is wider or narrower than it was set to, at most, by the time that is left
MOST_PROB = 0.3  # to which it is narrowed at most
TIMED_ROWS = 8  # views that are answered together where the time is limited, so that some are kept when it is up


@dataclass(frozen=True)
class Asked:
    """One test input in one view: a row of the batch. `size` is the answer's in that view, where it is known."""

    test: int
    view: Augmentation
    prompt: Prompt
    size: tuple[int, int] | None


def question(task: Task, test: Grid, view: Augmentation, *, in_context: bool) -> Question:
    """`test` asked in `view`, with the demonstrations in that view where the format wants them."""
    shown = view.apply_demonstrations(task.demonstrations) if in_context else ()
    return Question(shown, view.apply(test), view.symmetry, view.palette)


def answer(work: Work, hints: Sequence[Grid | None] = ()) -> tuple[tuple[tuple[Candidate, ...], ...], dict[str, Any]]:
    """The candidates for each test input, and what was spent on them. `hints` are guesses of the answers (from another
    model, say), used as drafts only.

    Where the demonstrations fix the answer's size, only its cells are decoded. Each view finds at least one candidate
    (a search that finds nothing is followed by greedy decoding). Views derive from the seed and the task alone, so all
    candidates of a test input are scored in the same ones: in those that answered, or in as many as were asked for.
    When the clock runs out, what was found by then is returned.
    """
    task, form, config, limit = work.task, work.form, work.config, work.room.max_tokens
    scoring = 0 if config.vote in UNSCORED else config.score_views or config.views
    fixed = not config.ttt.all_colours
    drawn = views(work.rng("views"), task, max(config.views, scoring), fixed_background=fixed)
    room = form.answer_length(MAX_SIDE, MAX_SIDE)
    known = [output_size(task.demonstrations, t) for t in task.tests]
    # The views of each test input see all demonstrations in turn where not all fit.
    windows = [Windows(form, limit) for _ in task.tests]

    def ask(test: int, view: Augmentation) -> Asked:
        asked = question(task, task.tests[test], view, in_context=work.in_context)
        shape = turned_size(known[test], view.symmetry)
        prompt = windows[test].question(asked, form.answer_length(*shape) if shape else room)
        return Asked(test, view, prompt, shape)

    def batches(asked: Sequence[Asked]) -> Iterator[list[Asked]]:
        return _batches(asked, room, work.room.rows_tokens, TIMED_ROWS if work.clock.limited else None)

    tests = range(len(task.tests))
    first = [ask(t, drawn[0]) for t in tests]
    rest = [ask(t, v) for v in drawn[1 : config.views] for t in tests]
    extra = [ask(t, v) for v in drawn[config.views :] for t in tests]
    guesses = [h or _guess(task, t, known[t]) for t, h in zip(tests, hints or [None] * len(tests), strict=True)]
    finder = _Finder(work, guesses)
    prompted: list[tuple[list[Asked], Rows | None]] = [(batch, None) for batch in batches(extra)]
    # Without drafts no view need wait for the first one.
    groups = [first, *_groups(rest, len(tests) * GROUP if config.sequential else None)]
    if not config.decode.drafts and not config.sequential:
        groups = [[*first, *rest]]
    held, total, done, late = 0, len(first) + len(rest), 0, False
    notes: dict[str, Any] = {}
    fit = min(w.fewest or 0 for w in windows)
    if work.in_context and fit < len(task.demonstrations):
        notes["context"] = {"demonstrations": len(task.demonstrations), "fit": fit}
    with work.adapter.frozen() as model:

        def prompted_rows(batch: Sequence[Asked]) -> Rows:
            work.clock.check(first=not done)
            return prefill(model, work.lm, [a.prompt for a in batch], form.vocabulary.padding)

        try:
            for batch in (batch for group in groups for batch in batches(group)):
                if (
                    config.sequential
                    and done
                    and all(decided(votes, config.views - done // len(tests)) for votes in finder.votes())
                ):
                    notes["stopped"] = f"{done} of {total} answers were enough"
                    break

                def tick(share: float, done: int = done, size: int = len(batch)) -> None:
                    work.clock.check(first=not done)
                    work.tell("answer", (done + share * size) / total)

                rows = prompted_rows(batch)
                finder.find(batch, rows, tick)
                done, held = done + len(batch), held + int(rows.lengths.sum())
                if scoring:  # what was computed of the prompts serves again, where there is room for it
                    prompted.append((batch, rows if held < work.room.rows_tokens else None))
        except TimeUp:
            late = True
            notes["stopped"] = f"time was up after {done} of {total} answers"
        found = [candidates(a) for a in finder.answers]
        if scoring and not late:
            work.tell("vote", 0.0)
            begun = time.monotonic()
            chosen = [v.key for v in drawn[:scoring]]
            asked = {(a.test, a.view.key) for batch, _ in prompted for a in batch}
            if config.score_views:  # so many were asked for: of those that need not answer the prompts alone are read
                spared = [a for a in rest if a.view.key in chosen and (a.test, a.view.key) not in asked]
                prompted += [(batch, None) for batch in batches(spared)]
                in_views = [chosen for _ in tests]
            else:
                in_views = [[key for key in chosen if (t, key) in asked] for t in tests]
            marks = _Marks(form, [c[:MOST_SCORED] for c in found], in_views, finder.answers)
            try:
                for batch, kept in prompted:
                    marks.score(batch, kept or prompted_rows(batch))
                found = [(*s, *f[MOST_SCORED:]) for s, f in zip(marks.scored(), found, strict=True)]
            except TimeUp:
                notes["stopped"] = "time was up before all candidates were scored"
            notes["scoring_seconds"] = round(time.monotonic() - begun, 3)
    return tuple(found), finder.notes() | notes


def _groups(asked: list[Asked], size: int | None) -> list[list[Asked]]:
    """`asked` in parts of `size`, or as one."""
    return [asked[i : i + size] for i in range(0, len(asked), size)] if size else [asked]


def _guess(task: Task, test: int, known: tuple[int, int] | None) -> Grid:
    """What the answer may be before anything is decoded: the input, or a demonstration's output of the right size."""
    given = task.tests[test]
    if known is None or size(given) == known:
        return given
    return next((p.output for p in task.demonstrations if size(p.output) == known), given)


def _batches(asked: Sequence[Asked], room: int, tokens: int, most: int | None) -> Iterator[list[Asked]]:
    """Like lengths together, the longest first; as many rows as `tokens` allow, and at most `most`."""
    order = sorted(range(len(asked)), key=lambda i: len(asked[i].prompt))
    while order:
        rows = max(1, tokens // (len(asked[order[-1]].prompt) + room // 4))
        rows = rows if most is None else min(rows, most)
        batch, order = order[-rows:], order[:-rows]
        yield [asked[i] for i in batch]


class _Finder:
    """Finds answers in views, batch after batch, and counts what it costs. What was found before is the draft."""

    def __init__(self, work: Work, guesses: Sequence[Grid]) -> None:
        self.work, self.form, self.config, self.guesses = work, work.form, work.config, guesses
        self.answers: list[list[Answer]] = [[] for _ in work.task.tests]
        self.spent = Spent()
        self.prompt_tokens = 0
        self.begun = time.monotonic()
        self.first_token: float | None = None
        self.first_answer: float | None = None
        self.seconds = 0.0

    def find(self, asked: Sequence[Asked], rows: Rows, tick: Callable[[float], None]) -> None:
        """Decode or search `rows`, which hold the prompts of `asked`, and keep the answers."""
        self.prompt_tokens += rows.computed
        if self.first_token is None:
            self.first_token = time.monotonic() - self.begun
        begun = time.monotonic()
        decoding, drafts = self.config.decode, [self._draft(a) for a in asked]
        if not decoding.drafts:
            drafts = [() for _ in asked]
        if decoding.method == "dfs":
            found = self._search(asked, rows, drafts, tick)
        elif decoding.method == "sample":
            found = self._sample(asked, rows, drafts, tick)
        else:
            found = [[c] for c in self._greedy(asked, rows, drafts, tick)]
        self.seconds += time.monotonic() - begun
        if self.first_answer is None:
            self.first_answer = time.monotonic() - self.begun
        for a, completions in zip(asked, found, strict=True):
            for completion in completions:
                if (grid := parse(self.form, completion.tokens)) is not None:
                    self.answers[a.test].append(Answer(a.view, a.view.invert(grid), completion.logprob))

    def _greedy(
        self, asked: Sequence[Asked], rows: Rows, drafts: Sequence[Sequence[int]], tick: Callable[[float], None]
    ) -> list[Completion]:
        completions, spent = decode(
            rows, grammars(self.form, asked), max_new_tokens=self._room(), drafts=drafts, tick=tick
        )
        self._add(spent)
        return completions

    def _sample(
        self, asked: Sequence[Asked], rows: Rows, drafts: Sequence[Sequence[int]], tick: Callable[[float], None]
    ) -> list[list[Completion]]:
        n = self.config.decode.samples
        uniform = np.stack(
            [self.work.rng("sample", a.test, a.view.key, k).random(self._room()) for a in asked for k in range(n)]
        )
        forked = rows.fork([i for i in range(len(asked)) for _ in range(n)])
        twice = [a for a in asked for _ in range(n)]
        completions, spent = decode(
            forked,
            grammars(self.form, twice),
            max_new_tokens=self._room(),
            drafts=[d for d in drafts for _ in range(n)],
            pick=sampler(uniform, self.config.decode.temperature),
            tick=tick,
        )
        self._add(spent)
        return [completions[i * n : (i + 1) * n] for i in range(len(asked))]

    def _search(
        self, asked: Sequence[Asked], rows: Rows, drafts: Sequence[Sequence[int]], tick: Callable[[float], None]
    ) -> list[list[Completion]]:
        decoding = self.config.decode
        left = math.inf if decoding.seconds is None else decoding.seconds - (time.monotonic() - self.begun)
        found, spent = search(
            rows,
            grammars(self.form, asked),
            min_prob=self._threshold(),
            limits=Limits(decoding.nodes, left),
            drafts=drafts,
            tick=lambda share: tick(share / 2),  # the other half is for those that it finds nothing for
        )
        self._add(spent)
        empty = [i for i, completions in enumerate(found) if not completions]
        if empty:
            some = [asked[i] for i in empty]
            greedy = self._greedy(
                some, rows.fork(empty), [drafts[i] for i in empty], lambda share: tick((1 + share) / 2)
            )
            for i, completion in zip(empty, greedy, strict=True):
                found[i] = [completion]
        return found

    def _threshold(self) -> float:
        """The least probability of an answer: as set, but under a time limit the higher the more a view has taken so
        far of what is left for each of the others, and lower where there is time to spare."""
        least, left = self.config.decode.min_prob, self.work.clock.left()
        answered = sum(len({a.view.key for a in given}) for given in self.answers)
        to_come = self.config.views * len(self.answers) - answered
        if left is None or not answered or to_come <= 0:
            return least
        return paced(least, self.seconds / answered * to_come, left)

    def _draft(self, asked: Asked) -> Sequence[int]:
        """What this view's answer may be: what most views before it found, else the guess."""
        before = candidates(self.answers[asked.test])
        return spell(self.form, asked.view.apply(before[0].grid if before else self.guesses[asked.test]))

    def votes(self) -> list[list[int]]:
        """For each test input how many views found each answer."""
        return [list(Counter(a.grid for a in given).values()) for given in self.answers]

    def _room(self) -> int:
        return self.form.answer_length(MAX_SIDE, MAX_SIDE)

    def _add(self, spent: Spent) -> None:
        for f in fields(Spent):
            setattr(self.spent, f.name, getattr(self.spent, f.name) + getattr(spent, f.name))

    def notes(self) -> dict[str, Any]:
        """For the result's line."""
        s = self.spent
        return {
            "prompt_tokens": self.prompt_tokens,
            "decoded_tokens": s.decoded,
            "passes": s.passes,
            "computed_tokens": s.computed,
            "drafts_accepted": round(s.accepted / s.drafted, 3) if s.drafted and self.config.decode.drafts else None,
            "first_token": round(self.first_token or 0.0, 3),
            "first_answer": None if self.first_answer is None else round(self.first_answer, 3),
            "tokens_per_second": round(s.decoded / self.seconds) if self.seconds else None,
        }


def paced(least: float, wanted: float, left: float) -> float:
    """The least probability `least` for a search that would want so many seconds where so many are `left`: lower in
    proportion where there is time to spare, higher where there is not, within bounds. Below a probability p there is
    room for 1 / p grids, so what a search takes goes about as that."""
    narrowest = max(least, MOST_PROB)
    return min(narrowest, least * min(WIDER, max(1 / WIDER, wanted / max(left, 1e-3))))


def grammars(form: PromptFormat, asked: Sequence[Asked]) -> list[GridGrammar]:
    return [GridGrammar(form, a.size) for a in asked]


class _Marks:
    """Scores of candidates in the views that are `chosen` for each test input. A view that found a candidate has told
    its log-probability already."""

    def __init__(
        self,
        form: PromptFormat,
        found: Sequence[Sequence[Candidate]],
        chosen: Sequence[Sequence[str]],
        answers: Sequence[Sequence[Answer]],
    ) -> None:
        self.form, self.found, self.chosen = form, found, chosen
        self.known = {(t, a.view.key, a.grid): a.logprob for t, given in enumerate(answers) for a in given}

    def score(self, asked: Sequence[Asked], rows: Rows) -> None:
        """Score each candidate in those of `asked` that have not told yet, the same place in the list of all test
        inputs together."""
        for k in range(max(map(len, self.found), default=0)):
            grids = [self.found[a.test][k].grid if k < len(self.found[a.test]) else None for a in asked]
            open_ = [
                i
                for i, (a, g) in enumerate(zip(asked, grids, strict=True))
                if g is not None and a.view.key in self.chosen[a.test] and (a.test, a.view.key, g) not in self.known
            ]
            if not open_:
                continue
            few = 2 * len(open_) <= len(asked)
            places = open_ if few else range(len(asked))
            spelled = [
                spell(self.form, asked[i].view.apply(g)) if (g := grids[i]) is not None and i in open_ else None
                for i in places
            ]
            values = score(rows.fork(open_) if few else rows, grammars(self.form, [asked[i] for i in places]), spelled)
            for i, value in zip(places, values, strict=True):
                if value is not None and (g := grids[i]) is not None:
                    self.known[asked[i].test, asked[i].view.key, g] = value

    def scored(self) -> list[tuple[Candidate, ...]]:
        """The candidates with their scores in the chosen views."""
        return [
            tuple(dataclasses.replace(c, scores=tuple(self.known[t, view, c.grid] for view in chosen)) for c in found)
            for t, (found, chosen) in enumerate(zip(self.found, self.chosen, strict=True))
        ]
