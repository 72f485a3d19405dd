"""From Python: settings → a solver, and a task → its result. See docs/api.md."""

from __future__ import annotations

from typing import Any

from arc_ttt.config import RunConfig, SolveConfig
from arc_ttt.errors import ConfigError
from arc_ttt.settings import settings, values
from arc_ttt.solve.solver import Solver
from arc_ttt.text.sheet import configured, others
from arc_ttt.types import Result, Task

# What a solver takes of `RunConfig`; the rest is about a run's folder, clock and processes, which a solver has not.
_TAKEN = frozenset(("model", "prompt", "device", "dtype", "quantize"))


def solver(model: str = "arc-mini", *, device: str = "auto", trust_remote_code: bool = False, **given: Any) -> Solver:
    """A solver with the settings of `arc-ttt solve` by their keys (docs/settings.md): `views=4`,
    `ttt={"tokens": 2000}`, `agents=("programs",)`. It is made once and solves many tasks: `solver.solve(task)` gives a
    `Result`.

    Raises `ConfigError` for settings that there are not, naming the nearest, for those of a run alone (`deadline`,
    `workers`) and for values out of bounds, and `ModelError` where the model cannot be loaded.
    """
    from arc_ttt.agents.recipe import Recipe

    known = [*settings(RunConfig), *settings(SolveConfig)]
    found = values(known, {"model": model, "device": device, **given})
    of_a_run = {one.path for one in settings(RunConfig)} - _TAKEN
    # Left alone they would do nothing, and nobody would be told.
    if idle := [path for path in found if path in of_a_run]:
        raise ConfigError(f"{idle[0]} is a setting of a run (`arc-ttt solve`); a solver does not take it")
    run, config, sheet = configured(found)
    recipe = Recipe(
        model=run.model,
        prompt=run.prompt or sheet.path.stem,
        config=config,
        others=others(found, config.agents),
        dtype=run.dtype,
        quantize=run.quantize,
        trust_remote_code=trust_remote_code,
    )
    return Solver(recipe(run.device)[0], config)


def solve(
    task: Task, *, model: str = "arc-mini", device: str = "auto", trust_remote_code: bool = False, **given: Any
) -> Result:
    """The result of one task: `solver` makes a solver for it alone, and says what `given` may be. Several tasks are
    better solved by one solver, which loads the model once."""
    return solver(model, device=device, trust_remote_code=trust_remote_code, **given).solve(task)
