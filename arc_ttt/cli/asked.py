"""What a call of `solve` asks for: its settings, from the command line, files, the prompt format and the defaults.

What stands further left wins. What would change nothing is refused, where it was written by hand.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path
from typing import Any

import typer

from arc_ttt.cli.choice import core_seconds, seconds_until
from arc_ttt.cli.options import every, given, typed
from arc_ttt.config import BUDGETS, RunConfig, SolveConfig, TTTConfig
from arc_ttt.errors import ConfigError
from arc_ttt.paths import absolute, is_file, share
from arc_ttt.settings import read, refuse_idle, settings
from arc_ttt.text import sheet as sheets
from arc_ttt.text.sheet import Sheet


@dataclass(frozen=True, kw_only=True)
class Asked:
    """All that a run depends on but its tasks."""

    run: RunConfig
    config: SolveConfig
    sheet: Sheet
    # The training of each further learner, by its name among the agents, and another model that drafts, with its own.
    others: Mapping[str, TTTConfig]
    drafter: tuple[str, TTTConfig] | None
    # Seconds that the run may take, and core-seconds that it may cost.
    allowed: float | None
    affordable: float | None

    @property
    def models(self) -> list[str]:
        """What the learners among the agents read."""
        return models(self.config.agents, self.run.model)


def settle(context: typer.Context, **instead: Any) -> Asked:
    """The settings of this call, with those of `instead` in the place of what it says. `ConfigError` for what does not
    go together."""
    runs, solves = ({one.path: one for one in settings(cls)} for cls in (RunConfig, SolveConfig))
    line = given(context, RunConfig, SolveConfig) | instead
    values = _files(line)
    if any(path in line for path in BUDGETS):  # training has one budget: an option puts a file's aside
        values = {path: value for path, value in values.items() if path not in BUDGETS}
    values |= line
    if not values.get("adaptive", True):
        values |= _fixed(line)
    run, config, sheet = sheets.configured(values)
    config = dataclasses.replace(config, timed=run.deadline is not None or run.budget is not None)
    if len(budgets := [solves[path].name for path in BUDGETS if path in line]) > 1:
        raise ConfigError(f"{budgets[0]} and {budgets[1]}: training has one budget; leave one of them out")
    refuse_idle(runs | solves, typed(context, line), lambda path: attrgetter(path)(run if path in runs else config))
    _check_models(config.agents, run.model, typed(context, line))
    _check_route(config.agents, typed(context, line))
    return Asked(
        run=run,
        config=config,
        sheet=sheet,
        others=sheets.others(values, config.agents),
        drafter=_drafter(run.draft_model, values),
        allowed=None if run.deadline is None else seconds_until(run.deadline),
        affordable=None if run.budget is None else core_seconds(run.budget),
    )


def models(agents: Sequence[str], model: str) -> list[str]:
    """The model of each learner among `agents`, of which the first has `model`."""
    return [model if name == "learner" else name.partition(":")[2] for name in agents if name != "programs"]


def _check_models(agents: Sequence[str], model: str, typed: Collection[str]) -> None:
    """`ConfigError` for a model that no agent of `agents` reads, and for one that two of them would be."""
    if "learner" not in agents:
        for path in ("model", "prompt"):
            if path in typed:
                raise ConfigError(f"--{path} is for --agents learner, and agents are {','.join(agents)}: leave it out")
    learners = [name for name in agents if name != "programs"]
    known: dict[str, str] = {}
    for name, folder in zip(learners, models(agents, model), strict=True):
        place = absolute(folder) if "/" in folder else folder  # the same folder has many names
        if (twin := known.setdefault(place, name)) != name:
            raise ConfigError(f"--agents {twin} and {name} are the same model: leave one of them out")


def _check_route(agents: Sequence[str], typed: Collection[str]) -> None:
    """`ConfigError` for what decides whether a further agent is asked, where there is one agent alone."""
    for path, option in (("ask_all", "--ask-all"), ("enough", "--enough")):
        if path in typed and len(agents) == 1:
            raise ConfigError(f"{option} does nothing where {agents[0]} is the only agent: leave it out")


def _files(line: Mapping[str, Any]) -> dict[str, Any]:
    """What a preset says, and what a file says before it."""
    known, values = [*settings(RunConfig), *settings(SolveConfig)], dict[str, Any]()
    if (name := line.get("preset")) is not None:
        values |= read(known, preset(name))
    if (path := line.get("config")) is not None:
        values |= read(known, path)
    return values


def preset(name: str) -> Path:
    """The file of a shipped preset, or a file of one's own."""
    path = Path(name) if name.endswith(".toml") else share("data", "presets", f"{name}.toml")
    if not is_file(path):
        known = ", ".join(sorted(p.stem for p in share("data", "presets").glob("*.toml")))
        raise ConfigError(f"--preset {name}: there are {known}; or name a file that ends in .toml")
    return path


def _fixed(line: Mapping[str, Any]) -> dict[str, Any]:
    """What `--no-adaptive` sets; `ConfigError` for options that contradict it."""
    clashes = {"ttt.stop": "none", "ttt.gate": "none", "sequential": False, "ttt.warm_start": None, "ttt.neighbours": 0}
    names = {one.path: one.name for one in every(SolveConfig)}
    for path, value in clashes.items():
        if line.get(path, value) != value:
            raise ConfigError(f"--no-adaptive is the fixed schedule, without {names[path]}: leave one of them out")
    return clashes


def _drafter(model: str | None, values: Mapping[str, Any]) -> tuple[str, TTTConfig] | None:
    """The model that drafts, trained as the other one is, but for what that takes from other tasks."""
    if model is None:
        return None
    if not model.strip():
        raise ConfigError("--draft-model names no model")
    return model, sheets.training_of(model, values)
