"""Questions and lessons of a task that is longer than the context → prompts that show a part of its demonstrations.

Those shown least so far come first, then whatever still fits beside them. So every demonstration that fits at all is
shown about as often as the others, and what one prompt leaves out the next one shows. Prompts that fit stay whole.
"""

from __future__ import annotations

from collections import Counter

from arc_ttt.arc.augment import Augmentation
from arc_ttt.text.prompt import PromptFormat
from arc_ttt.types import Grid, Lesson, Pair, Prompt, Question


class Windows:
    """Prompts of at most `max_tokens`, one after another, for one purpose: training, or the views of one test input.

    `shown` counts how often a prompt that did not fit showed each demonstration (in the task's own frame); `fewest` is
    the least number that a question showed; `too_long` holds the demonstrations that fit in no view, even alone.
    """

    def __init__(self, form: PromptFormat, max_tokens: int) -> None:
        self.form, self.max_tokens = form, max_tokens
        self.shown: Counter[Pair] = Counter()
        self.fewest: int | None = None
        self._taught: set[Pair] = set()
        self._passed: set[Pair] = set()

    def question(self, question: Question, room: int) -> Prompt:
        """The tokens of `question`, with `room` left for its answer."""
        fitted, prompt = self._fit(question, None, max(1, self.max_tokens - room))
        shown = len(fitted.context)
        self.fewest = shown if self.fewest is None else min(self.fewest, shown)
        return prompt

    def lesson(self, lesson: Lesson) -> Prompt | None:
        """The tokens of `lesson`, None where it is too long without a demonstration in its context."""
        _, prompt = self._fit(lesson.question, lesson.answer, self.max_tokens)
        fits = len(prompt) <= self.max_tokens
        own = _own(lesson.question, Pair(lesson.question.query, lesson.answer))
        (self._taught if fits else self._passed).add(own)
        return prompt if fits else None

    @property
    def too_long(self) -> set[Pair]:
        return self._passed - self._taught

    def _fit(self, question: Question, answer: Grid | None, max_tokens: int) -> tuple[Question, Prompt]:
        own = [_own(question, pair) for pair in question.context]
        order = sorted(range(len(own)), key=lambda i: (self.shown[own[i]], i))
        fitted, prompt = self.form.fitting(question, answer, max_tokens, order)
        if len(fitted.context) < len(own):
            self.shown.update(_own(question, pair) for pair in fitted.context)
        return fitted, prompt


def _own(question: Question, pair: Pair) -> Pair:
    """`pair` of a question's view in the task's own frame."""
    view = Augmentation(question.symmetry, question.palette)
    return Pair(view.invert(pair.input), view.invert(pair.output))
