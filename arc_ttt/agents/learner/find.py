"""Prompts in a cache → answers in the task's own frame, by decoding, sampling or search.

All views of a test input share one answer. So the view of the task as it is goes first, and what it found is every
other view's draft, which one pass verifies; its own draft is the input, where the answer is of the same size.
"""

from __future__ import annotations

import math
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import fields
from typing import Any

import numpy as np

from arc_ttt.agents.answers import Answer, candidates
from arc_ttt.agents.learner.questions import Asked, grammars
from arc_ttt.agents.learner.work import Work
from arc_ttt.lm.decode import Completion, Spent, decode, sampler
from arc_ttt.lm.rows import Rows
from arc_ttt.lm.search import Limits, search
from arc_ttt.text.grammar import parse, spell
from arc_ttt.types import MAX_SIDE, Candidate, Grid

WIDER = 4.0  # times that a search is wider or narrower than it was set to, at most, by the time that is left
MOST_PROB = 0.3  # to which it is narrowed at most
# Of what the greedy answer loses behind a branch, what the branch is expected to lose, too: else most of a search of a
# large grid goes into branches that fall below the least probability before their end (docs/LOG.md).
TAIL = 0.5
HOPE = 0.1  # of the least probability: a view that gives its greedy answer less than that is not searched


class Finder:
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

    def find(self, asked: Sequence[Asked], rows: Rows, tick: Callable[[float], None]) -> list[tuple[int, Candidate]]:
        """Decode or search `rows`, which hold the prompts of `asked`, and keep the answers; these, each in its view,
        with the numbers of their test inputs."""
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
        told: list[tuple[int, Candidate]] = []
        for a, completions in zip(asked, found, strict=True):
            for completion in completions:
                if (grid := parse(self.form, completion.tokens)) is not None:
                    answer = Answer(a.view, a.view.invert(grid), completion.logprob)
                    self.answers[a.test].append(answer)
                    told += [(a.test, c) for c in candidates([answer], self.work.agent)]
        return told

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
        """Every answer above the threshold, or the greedy one where there is none. That one comes first: it is the
        search's draft, and a view that is not sure enough of it is not searched, since it would walk through a hundred
        beginnings of a large grid and find no end."""
        decoding, least = self.config.decode, self._threshold()
        left = math.inf if decoding.seconds is None else decoding.seconds - (time.monotonic() - self.begun)
        greedy = self._greedy(asked, rows, drafts, lambda share: tick(share / 2))
        found = [[completion] for completion in greedy]
        hopeful = [i for i, completion in enumerate(greedy) if completion.logprob >= math.log(least * HOPE)]
        if hopeful:
            every, spent = search(
                rows if len(hopeful) == len(asked) else rows.fork(hopeful),
                grammars(self.form, [asked[i] for i in hopeful]),
                min_prob=least,
                limits=Limits(decoding.nodes, left),
                drafts=[greedy[i].tokens if decoding.drafts else () for i in hopeful],
                tails=[(TAIL * np.cumsum(greedy[i].logprobs[::-1])[::-1]).tolist() for i in hopeful],
                tick=lambda share: tick((1 + share) / 2),
            )
            self._add(spent)
            for i, completions in zip(hopeful, every, strict=True):
                found[i] = completions or found[i]
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
