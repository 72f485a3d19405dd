"""Is the rule learned? A demonstration that training does not see tells.

At one tenth of the budget after the other the demonstration that is held out is predicted in two views. All its tokens
right in both: the rule is learned, and what follows is a short rest of training on all demonstrations while the
learning rate falls. Its loss no better than before, four times: training on the others does not help, and ends, too.
One demonstration is held out for the first third of the budget, another one for the second, none in the last. Tasks of
one or two demonstrations hold none out.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Any

from arc_ttt.agents.learner.known import predicted
from arc_ttt.agents.learner.stop import REST, Early
from arc_ttt.agents.learner.work import Work
from arc_ttt.arc.augment import Augmentation
from arc_ttt.arc.split import lesson
from arc_ttt.types import Task

FEWEST = 3  # demonstrations
EVERY = 0.1  # of the budget between two looks
SEGMENTS = 3  # of the budget; nothing is held out in the last one
PATIENCE = 3  # looks that may be no better than the best one at the same demonstration
BETTER = 0.98  # of the best loss


@dataclass(frozen=True)
class Look:
    """What a look at the held-out demonstration saw: loss in nats a token, and whether every token was right."""

    done: float
    held: int
    loss: float
    exact: bool


class HeldOut(Early):
    """Which demonstrations to train on, and whether that is enough."""

    def __init__(self, work: Work) -> None:
        super().__init__(work)
        count = len(work.task.demonstrations)
        alone = (lesson(work.task, ((), i), Augmentation(), in_context=False) for i in range(count))
        shorter = {i for i, one in enumerate(alone) if len(work.form.lesson(one)) <= work.room.max_tokens}
        drawn = work.rng("held out").permutation(count) if len(shorter) >= FEWEST else ()
        self._order = [int(i) for i in drawn if i in shorter]
        self._next, self._best, self._worse = EVERY, float("inf"), 0
        self.segment = 0
        self.looks: list[Look] = []

    def task(self) -> Task:
        """The task without what is held out now."""
        held = self.held()
        if held is None:
            return self._work.task
        kept = tuple(p for i, p in enumerate(self._work.task.demonstrations) if i != held)
        return dataclasses.replace(self._work.task, demonstrations=kept)

    def held(self) -> int | None:
        """Index of the demonstration that is held out now."""
        if not self._order or self.stopped or self.segment >= SEGMENTS - 1:
            return None
        return self._order[self.segment]

    def look(self, done: float, loss: float) -> bool:
        held = self.held()
        if held is None or done < self._next:
            return False
        self._next = done + EVERY
        look = Look(round(done, 3), held, *predicted(self._work, held))
        self.looks.append(look)
        if look.exact:
            self._stop(f"learned: demonstration {held + 1} was predicted without training on it", done)
            return True
        self._worse += look.loss >= BETTER * self._best
        self._best = min(self._best, look.loss)
        if self._worse > PATIENCE:
            self._stop(f"plateau: demonstration {held + 1} was predicted no better than before", done)
            return True
        segment = int(done * SEGMENTS)
        changed, self.segment = segment != self.segment, segment
        if changed:
            self._best = float("inf")
        return changed

    def notes(self) -> dict[str, Any]:
        looks = [[look.done, look.held, round(look.loss, 3), look.exact] for look in self.looks]
        return {"looks": looks, **super().notes()}

    def _stop(self, why: str, done: float) -> None:
        self.stopped = f"{why}, after {100 * done:.0f} % of the training"
        self.end = min(1.0, done + REST)
