"""What a run is made of → what its config.json says."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from arc_ttt.agents.recipe import Equipment
from arc_ttt.arc.dataset import TaskSet
from arc_ttt.config import RunConfig, SolveConfig
from arc_ttt.run.store import Header


def header(
    run: RunConfig,
    config: SolveConfig,
    equipment: Equipment,
    tasks: TaskSet,
    source: str | list[str],
    chosen: Sequence[str],
    solutions: str | None = None,
) -> Header:
    """`source` and `solutions` are where the tasks and their answers came from, `chosen` the ids to solve."""
    return Header(
        digest=config.digest(equipment.digest, tasks.digest),
        settings=dataclasses.asdict(config),
        options=run.kept(),
        model=equipment.model,
        prompt=equipment.prompt,
        tasks={"name": tasks.name, "digest": tasks.digest},
        machine=equipment.machine,
        source={"tasks": source, "solutions": solutions},
        seen=[id for id in tasks.order if id in equipment.seen],
        chosen=chosen,
    )
