"""A task's lengths → what a learner would take for it. Known before a model is read, and without torch."""

from __future__ import annotations

from dataclasses import dataclass

from arc_ttt.agents.agent import Offer
from arc_ttt.arc.augment import Augmentation
from arc_ttt.arc.extend import LARGEST_GROWTH
from arc_ttt.arc.split import lesson, splits
from arc_ttt.config import SolveConfig
from arc_ttt.text.prompt import PromptFormat
from arc_ttt.types import Task

# Core-seconds for each parameter and token, measured with arc-mini on two cores (results/arc-mini-first.md: 30.7 for
# 148,000 lesson tokens and the answers); and the share of the budget that stages use in the mean.
PRICE, USED = 3.2e-11, 0.6


@dataclass(frozen=True)
class Price:
    """That of a model of `size` parameters."""

    form: PromptFormat
    config: SolveConfig
    size: int

    def offer(self, task: Task) -> Offer:
        """What training takes, and answering in all views."""
        return Offer(cost=seconds(self.config, self.size, self.longest(task), len(task.tests)))

    def longest(self, task: Task) -> int:
        """Tokens of the task's longest lesson or question, as the settings have them, at most."""
        limit, in_context = self.config.max_tokens, self.form.context == "all"
        growth = LARGEST_GROWTH if self.config.ttt.enabled and self.config.ttt.augment == "extended" else 1
        drawn = (
            lesson(task, split, Augmentation(), in_context=in_context) for split in splits(len(task.demonstrations))
        )
        return min(limit, growth * max(len(self.form.lesson(one)) for one in drawn))


def seconds(config: SolveConfig, size: int, longest: int, tests: int) -> float:
    """Core-seconds of a task whose sequences have up to `longest` tokens."""
    ttt = config.ttt
    budget = (
        ttt.lessons * ttt.epochs * longest
        if ttt.lessons is not None
        else ttt.tokens * (USED if ttt.stop == "loss" else 1.0)
    )
    answers = config.views * tests * longest
    tokens = (budget if ttt.enabled else 0) + answers / 3  # a forward pass alone is a third of a step
    return PRICE * size * tokens
