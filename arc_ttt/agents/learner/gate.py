"""Which lessons are worth an update: those whose loss before it is above a threshold (PonderTTT, deveworld/ponderTTT).

The first lessons always update; the threshold starts at a quantile of their losses and is then moved so that the
running share of updates stays near the target. A lesson without an update costs its forward pass alone.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

FIRST = 16  # losses that always update
ALPHA = 0.1  # of the running share and the threshold
LEAST = 0.01  # nats; the threshold does not fall below


class Ponder:
    """The gate for one task, with a target `rate` of updates (0–1)."""

    def __init__(self, rate: float) -> None:
        self.rate, self.threshold = rate, 0.0
        self.running = rate
        self.seen: list[float] = []
        self.updates = 0

    def __call__(self, loss: float) -> bool:
        """Whether to update on a lesson of this loss (nats a token)."""
        if len(self.seen) < FIRST:
            self.seen.append(loss)
            if len(self.seen) == FIRST:
                self.threshold = float(np.quantile(self.seen, 1 - self.rate))
            self.updates += 1
            return True
        updated = loss > self.threshold
        self.running += ALPHA * (updated - self.running)
        step = (self.running - self.rate) * ALPHA * max(0.1, abs(self.threshold))
        self.threshold = max(LEAST, self.threshold + step)
        self.updates += updated
        return updated


def always(loss: float) -> bool:
    """No gate."""
    return True


Gate = Callable[[float], bool]
