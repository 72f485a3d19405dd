"""A task's test inputs → the questions that are asked: each in many views, in batches of like lengths."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from arc_ttt.agents.learner.work import Work
from arc_ttt.arc.augment import Augmentation, turned_size, views
from arc_ttt.arc.size import output_size, size
from arc_ttt.arc.split import question
from arc_ttt.text.format import PromptFormat
from arc_ttt.text.grammar import GridGrammar
from arc_ttt.text.window import Windows
from arc_ttt.types import MAX_SIDE, Grid, Prompt

TIMED_ROWS = 8  # views that are answered together where the time is limited, so that some are kept when it is up


@dataclass(frozen=True)
class Asked:
    """One test input in one view: a row of the batch. `size` is the answer's in that view, where it is known."""

    test: int
    view: Augmentation
    prompt: Prompt
    size: tuple[int, int] | None


class Questions:
    """The questions of one task. Views derive from the seed and the task alone: `drawn` has as many as are answered or
    scored in, whichever are more. Where the demonstrations fix the answer's size, only its cells are to be decoded."""

    def __init__(self, work: Work, scored: int = 0) -> None:
        task, config = work.task, work.config
        self.work, self.tests = work, range(len(task.tests))
        self.room = work.form.answer_length(MAX_SIDE, MAX_SIDE)
        fixed = not config.ttt.all_colours
        recolour, count = config.decode.recolour, max(config.views, scored)
        self.drawn = views(work.rng("views"), task, count, fixed_background=fixed, recolour=recolour)
        self.sizes = [output_size(task.demonstrations, test) for test in task.tests]
        # The views of each test input see all demonstrations in turn where not all fit.
        self._windows = [Windows(work.form, work.room.max_tokens) for _ in self.tests]

    def in_views(self, drawn: Sequence[Augmentation]) -> list[Asked]:
        """Every test input in each of these views."""
        return [self._ask(test, view) for view in drawn for test in self.tests]

    def batches(self, asked: Sequence[Asked]) -> Iterator[list[Asked]]:
        """Like lengths together, the longest first; as many rows as memory allows, few where time is limited."""
        most, tokens = TIMED_ROWS if self.work.clock.limited else None, self.work.room.rows_tokens
        order = sorted(range(len(asked)), key=lambda i: len(asked[i].prompt))
        while order:
            rows = max(1, tokens // (len(asked[order[-1]].prompt) + self.room // 4))
            rows = rows if most is None else min(rows, most)
            batch, order = order[-rows:], order[:-rows]
            yield [asked[i] for i in batch]

    def guesses(self, hints: Sequence[Grid | None]) -> list[Grid]:
        """What the answers may be before anything is decoded: the hint, else the input, or a demonstration's output of
        the right size."""
        return [
            hint or self._guess(test) for test, hint in zip(self.tests, hints or [None] * len(self.tests), strict=True)
        ]

    def fewest(self) -> int | None:
        """How many demonstrations a question shows at least, where not all of them fit."""
        fit = min(window.fewest or 0 for window in self._windows)
        return fit if self.work.in_context and fit < len(self.work.task.demonstrations) else None

    def _ask(self, test: int, view: Augmentation) -> Asked:
        asked = question(self.work.task, self.work.task.tests[test], view, in_context=self.work.in_context)
        shape = turned_size(self.sizes[test], view.symmetry)
        room = self.work.form.answer_length(*shape) if shape else self.room
        return Asked(test, view, self._windows[test].question(asked, room), shape)

    def _guess(self, test: int) -> Grid:
        given, known = self.work.task.tests[test], self.sizes[test]
        if known is None or size(given) == known:
            return given
        return next((p.output for p in self.work.task.demonstrations if size(p.output) == known), given)


def grammars(form: PromptFormat, asked: Sequence[Asked]) -> list[GridGrammar]:
    """What each row may answer."""
    return [GridGrammar(form, a.size) for a in asked]
