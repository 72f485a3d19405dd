"""Candidates → their log-probabilities in views of the question."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from arc_ttt.agents.answers import Answer
from arc_ttt.agents.learner.questions import Asked, grammars
from arc_ttt.lm.rows import Rows
from arc_ttt.lm.score import score
from arc_ttt.text.format import PromptFormat
from arc_ttt.text.grammar import spell
from arc_ttt.types import Candidate


class Marks:
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
