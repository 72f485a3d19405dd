"""From Python: settings → a solver. See docs/api.md."""

from __future__ import annotations

import dataclasses
from typing import Any

from arc_ttt.config import RunConfig, SolveConfig
from arc_ttt.settings import build, settings, values
from arc_ttt.solve.solver import Solver
from arc_ttt.text import sheet as sheets


def solver(*, trust_remote_code: bool = False, **given: Any) -> Solver:
    """A solver with the settings of `arc-ttt solve` by their keys (docs/settings.md): `views=4`,
    `ttt={"tokens": 2000}`, `model="PATH"`, `agents=("programs",)`. It is made once and solves
    many tasks: `solver.solve(task)` gives a `Result`. What belongs to a run alone (workers, a deadline) does nothing here.

    Raises `ConfigError` for settings that there are not, naming the nearest, and for values out of bounds, `ModelError`
    where the model cannot be loaded.
    """
    from arc_ttt.agents.recipe import Recipe

    runs, solves = ({one.path: one for one in settings(cls)} for cls in (RunConfig, SolveConfig))
    known = values([*runs.values(), *solves.values()], given)
    run: RunConfig = build(RunConfig, {path: value for path, value in known.items() if path in runs})
    sheet = sheets.choose(run.model, run.prompt)
    ttt = {path.removeprefix("ttt."): value for path, value in known.items() if path.startswith("ttt.")}
    config: SolveConfig = build(SolveConfig, {path: value for path, value in known.items() if path in solves})
    config = dataclasses.replace(config, ttt=sheets.choose_training(sheet, ttt))
    recipe = Recipe(
        model=run.model,
        prompt=run.prompt or sheet.path.stem,
        config=config,
        dtype=run.dtype,
        quantize=run.quantize,
        trust_remote_code=trust_remote_code,
    )
    return Solver(recipe(run.device)[0], config)
