"""From Python: settings → a solver. See docs/api.md."""

from __future__ import annotations

from typing import Any

from arc_ttt.config import RunConfig, SolveConfig
from arc_ttt.settings import settings, values
from arc_ttt.solve.solver import Solver
from arc_ttt.text.sheet import configured


def solver(*, trust_remote_code: bool = False, **given: Any) -> Solver:
    """A solver with the settings of `arc-ttt solve` by their keys (docs/settings.md): `views=4`,
    `ttt={"tokens": 2000}`, `model="PATH"`, `agents=("programs",)`. It is made once and solves
    many tasks: `solver.solve(task)` gives a `Result`. What belongs to a run alone (workers, a deadline) does nothing.

    Raises `ConfigError` for settings that there are not, naming the nearest, and for values out of bounds, `ModelError`
    where the model cannot be loaded.
    """
    from arc_ttt.agents.recipe import Recipe

    known = [*settings(RunConfig), *settings(SolveConfig)]
    run, config, sheet = configured(values(known, given))
    recipe = Recipe(
        model=run.model,
        prompt=run.prompt or sheet.path.stem,
        config=config,
        dtype=run.dtype,
        quantize=run.quantize,
        trust_remote_code=trust_remote_code,
    )
    return Solver(recipe(run.device)[0], config)
