"""What other tasks are good for: a kept adapter to start from, and the lessons of neighbours.

Nearness is measured by the model's own view of the demonstrations (`solve.embed`). What is read is fixed when the run
starts, so answers depend neither on the order of tasks nor on the number of workers: a run never starts from adapters
that it is keeping itself.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from arc_ttt.agents.learner.embed import Vectors, distances, embed
from arc_ttt.agents.learner.work import Work
from arc_ttt.arc.canonical import canonical
from arc_ttt.config import SolveConfig
from arc_ttt.errors import ModelError, StoreError
from arc_ttt.lm import kept
from arc_ttt.lm.kept import Entry
from arc_ttt.lm.load import LanguageModel
from arc_ttt.text.format import PromptFormat
from arc_ttt.types import Pair, Task

# Measured with arc-mini on 208 ARC-1 training tasks that are no validation tasks. Below WARM lie 42 % of the tasks and
# the same ones turned and recoloured, 41 % of the halves of a task's demonstrations, 0.08 % of the pairs of two tasks;
# below NEAR 67 %, 68 % and 0.8 %.
WARM = 0.05
NEAR = 0.1

TOLD = ("lesson_tokens", "loss_before", "loss_after", "warm", "neighbours")  # notes that an adapter is kept with


@dataclass(frozen=True, kw_only=True)
class Shelf:
    """What a run takes from, all of it data: `entries` to start from, `pool` the tasks whose demonstrations
    may serve as lessons, `reference` those whose mean is the centre that distances are taken from."""

    entries: tuple[Entry, ...] = ()
    pool: tuple[Task, ...] = ()
    reference: tuple[Task, ...] = ()

    @property
    def digest(self) -> str | None:
        """Of what answers depend on; None where nothing is taken."""
        parts = [kept.digest(self.entries)] if self.entries else []
        parts += [repr((t.id, t.demonstrations)) for t in self.pool]
        return kept.text_digest(parts) if parts else None


NOTHING = Shelf()


class Reuse:
    """The shelf as one model sees it; and `folder`, where trained adapters are kept, if anywhere. `ModelError` where
    the adapters on the shelf do not fit the model and its settings.

    An adapter on the model must be as new: the base is asked.
    """

    def __init__(self, shelf: Shelf, lm: LanguageModel, form: PromptFormat, config: SolveConfig) -> None:
        self._shelf, self._of = shelf, of(lm, form, config)
        self.folder: Path | None = None
        if shelf.entries and (why := kept.mismatch(shelf.entries[0].of, self._of)):
            raise ModelError(f"{shelf.entries[0].folder}: was kept with other settings ({why})")
        size = {"max_tokens": config.max_tokens, "batch_tokens": config.ttt.batch_tokens}
        self._vectors = np.stack([e.vector for e in shelf.entries]) if shelf.entries else None
        self._pool = embed(lm, form, shelf.pool, **size) if shelf.pool else None
        compares = self._vectors is not None or self._pool is not None
        self._centre = embed(lm, form, shelf.reference, **size).mean(0) if compares else None
        self._keys = [_keys(task) for task in shelf.pool]

    def begin(self, work: Work) -> tuple[Work, dict[str, Any]]:
        """Load the nearest kept adapter and choose neighbours, where they are near enough; what became of it in notes.
        The adapter must be reset."""
        notes: dict[str, Any] = {}
        if self._centre is None and self.folder is None:
            return work, notes
        if why := kept.mismatch(self._of, of(work.lm, work.form, work.config, work.room.rank)):
            return work, {"reuse": f"none: {why}"}  # further down the memory ladder
        work = dataclasses.replace(work, vector=_vector(work))
        if self._vectors is not None:
            notes["warm"] = self._start(work)
        if self._pool is not None:
            near = self._near(work)
            notes["neighbours"] = [[self._shelf.pool[i].id, round(d, 4)] for i, d in near]
            work = dataclasses.replace(work, neighbours=tuple(self._shelf.pool[i] for i, _ in near))
        return work, notes

    def keep(self, work: Work, notes: dict[str, Any]) -> dict[str, Any]:
        """Keep the trained adapter where that was asked for. One that cannot be written costs no answer."""
        if self.folder is None or work.vector is None:
            return {}
        about = {"task": work.task.id, "seed": work.config.seed, "round": work.round}
        about |= {key: notes[key] for key in TOLD if key in notes}
        try:
            kept.keep(self.folder, work.task.id, work.adapter, work.vector, self._of, about)
        except StoreError as fault:
            return {"kept": f"no: {fault}"}
        return {"kept": True}

    def _start(self, work: Work) -> dict[str, Any]:
        assert self._vectors is not None and self._centre is not None and work.vector is not None
        found = distances(work.vector, self._vectors, self._centre)
        entry, distance = self._shelf.entries[int(found.argmin())], float(found.min())
        anew = {"from": None, "nearest": entry.name, "distance": round(distance, 4)}
        if distance > WARM:
            return anew
        try:
            entry.load(work.adapter)
        except ModelError as fault:  # replaced or damaged since the run began, which is no reason to leave a task
            work.adapter.reset(work.seed("adapter"))
            return {**anew, "why": str(fault)}
        return {"from": entry.name, "distance": round(distance, 4)}

    def _near(self, work: Work) -> list[tuple[int, float]]:
        """The nearest tasks of the pool, by index, that show nothing of this one."""
        assert self._pool is not None and self._centre is not None and work.vector is not None
        found = distances(work.vector, self._pool, self._centre)
        mine, near = _keys(work.task), list[tuple[int, float]]()
        for i in map(int, np.argsort(found, kind="stable")):
            if found[i] > NEAR or len(near) == work.config.ttt.neighbours:
                break
            if self._shelf.pool[i].id != work.task.id and not mine & self._keys[i]:
                near.append((i, float(found[i])))
        return near


def of(lm: LanguageModel, form: PromptFormat, config: SolveConfig, rank: int | None = None) -> dict[str, Any]:
    """What an adapter fits, as JSON has it."""
    ttt = config.ttt
    # Adapters that were kept before these could be chosen say nothing of them.
    more: dict[str, Any] = {"method": ttt.method} if ttt.method != "lora" else {}
    more |= {"whole": list(ttt.whole)} if ttt.whole else {}
    return more | {
        "model digest": lm.digest,
        "prompt digest": form.digest,
        "rank": ttt.rank if rank is None else rank,
        "alpha": ttt.alpha,
        "rslora": ttt.rslora,
        "targets": list(ttt.targets),
    }


def _vector(work: Work) -> Vectors:
    room = work.room
    found = embed(work.lm, work.form, [work.task], max_tokens=room.max_tokens, batch_tokens=room.batch_tokens)
    return np.asarray(found[0])


def _keys(task: Task) -> frozenset[bytes]:
    """What shows that two tasks share a pair or an input, however turned and recoloured."""
    pairs: Sequence[Pair] = task.demonstrations
    inputs = [*(p.input for p in pairs), *task.tests]
    return frozenset(canonical(p) for p in (*pairs, *(Pair(grid, grid) for grid in inputs)))
