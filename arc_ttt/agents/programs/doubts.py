"""Steps that have not applied in a search → which others are put off.

What does not apply to the inputs seldom applies to what is made of them: on training tasks four of a hundred such
steps make something new of a later state, of those that apply two thirds. And an operation that did not apply with its
first arguments seldom does with further ones (one of two hundred). Such steps are not dropped: they come later.
"""

from __future__ import annotations

from collections import Counter

from arc_ttt.rules.language import Step

# Bits by which a step in doubt comes later.
LATE_BITS = 4.0
# Times that an operation fails with its first arguments before it is in doubt with all others.
FAILURES = 2


class Doubts:
    """What is known of one search's inputs."""

    def __init__(self) -> None:
        self._failures: Counter[str] = Counter()
        self._works: set[str] = set()
        self._failed: set[Step] = set()
        self._untried: set[Step] = set()

    def puts_off(self, step: Step, first: bool) -> bool:
        """Whether a step is to come later; `first` is one on the inputs themselves."""
        if not first:
            return step in self._failed or step in self._untried
        if step.name in self._works or self._failures[step.name] < FAILURES:
            return False
        self._untried.add(step)
        return True

    def has_put_off(self, step: Step, first: bool) -> bool:
        """Whether a step that is due now, so much later, has been put off before."""
        return step in self._untried or (not first and step in self._failed)

    def note(self, step: Step, first: bool, applied: bool) -> None:
        """What became of a step."""
        if applied:
            self._works.add(step.name)
            self._failed.discard(step)
        elif first:
            self._failures[step.name] += 1
            self._failed.add(step)
        if first:
            self._untried.discard(step)
