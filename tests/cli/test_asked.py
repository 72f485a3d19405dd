"""Settings from the command line, from presets and from files: which wins, and a run that is made again."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from arc_ttt.paths import share

Run = Callable[..., Any]


def settings_of(folder: Path) -> dict[str, Any]:
    document: dict[str, Any] = json.loads((folder / "config.json").read_text())
    return document


def test_a_runs_configuration_can_be_given_back(arc_ttt: Run, solver: Any, folder: Path) -> None:
    """The same settings, so the same digest and the same default folder; options on the command line win."""
    words = ("--views", 3, "--ttt.tokens", 500, "--no-drafts", "--memory-limit", "2G", "--model", "mine/own")
    words = (*words, "--prompt", "pair", "--vote", "product", "--ttt.targets", "linear,head")
    assert arc_ttt("solve", folder, *words, "--out", "one").code == 0
    done = arc_ttt("solve", folder, "--config", "one/config.json", "--out", "two")
    assert (done.code, done.err) == (0, "")
    one, two = settings_of(Path("one")), settings_of(Path("two"))
    assert one["digest"] == two["digest"] and one["settings"] == two["settings"] and one["options"] == two["options"]
    assert two["options"]["model"] == "mine/own"
    assert arc_ttt("solve", folder, "--config", "one/config.json", "--views", 5, "--out", "three").code == 0
    assert settings_of(Path("three"))["settings"]["views"] == 5
    assert settings_of(Path("three"))["settings"]["ttt"]["tokens"] == 500


def test_a_run_of_an_earlier_version(arc_ttt: Run, solver: Any, folder: Path) -> None:
    """Its config.json names the model alone besides the settings."""
    assert arc_ttt("solve", folder, "--views", 3, "--out", "one").code == 0
    old = settings_of(Path("one"))
    del old["options"]
    Path("old.json").write_text(json.dumps(old))
    assert arc_ttt("solve", folder, "--config", "old.json", "--out", "two").code == 0
    assert settings_of(Path("two"))["digest"] == old["digest"]


def test_presets_yield_to_files_and_these_to_options(arc_ttt: Run, solver: Any, folder: Path) -> None:
    """Defaults, preset, file, command line: the later wins."""
    Path("mine.toml").write_text("views = 5\n[ttt]\nrank = 8\n")
    words = ("--preset", "fast", "--config", "mine.toml", "--ttt.rank", 4, "--out", "run")
    assert arc_ttt("solve", folder, *words).code == 0
    settings = settings_of(Path("run"))["settings"]
    assert (settings["ttt"]["tokens"], settings["views"], settings["ttt"]["rank"]) == (80_000, 5, 4)


def test_an_option_says_no_to_a_file_and_puts_its_budget_aside(arc_ttt: Run, solver: Any, folder: Path) -> None:
    """Every switch has an opposite; of two training budgets the one on the command line counts."""
    switched = "sequential = true\nkeep_adapters = true\nask_all = true\nadaptive = false\n"
    Path("on.toml").write_text(f"{switched}[ttt]\ncompile = true\nlessons = 2\n[decode]\ndrafts = false\n")
    noes = "--all-views --no-keep-adapters --stop-when-sure --adaptive --no-compile --drafts"
    words = (*noes.split(), "--ttt.tokens", 700)
    assert arc_ttt("solve", folder, "--config", "on.toml", *words, "--out", "run").code == 0
    made = settings_of(Path("run"))
    settings, ttt = made["settings"], made["settings"]["ttt"]
    assert (settings["sequential"], settings["ask_all"], settings["decode"]["drafts"]) == (False, False, True)
    assert (ttt["compile"], ttt["tokens"], ttt["lessons"], ttt["stop"]) == (False, 700, None, "loss")
    assert made["options"]["keep_adapters"] is False
    Path("off.toml").write_text("[ttt]\nenabled = false\n")
    assert arc_ttt("solve", folder, "--config", "off.toml", "--ttt", "--out", "trains").code == 0
    assert settings_of(Path("trains"))["settings"]["ttt"]["enabled"] is True


@pytest.mark.parametrize("path", sorted(share("data", "presets").glob("*.toml")), ids=lambda path: path.stem)
def test_every_preset_is_one(path: Path, arc_ttt: Run, solver: Any, folder: Path) -> None:
    """Each shipped file can be named, and says in its first line what it is."""
    assert arc_ttt("solve", folder, "--preset", path.stem, "--out", "run").code == 0
    assert path.read_text().startswith("# ")


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        (("--preset", "slow"), "error: --preset slow: there are best, default, fast; or name a file"),
        (("--config", "none.toml"), "error: none.toml: cannot be read: No such file"),
        (("--config", "wrong.toml"), "error: wrong.toml: unknown setting vews; the nearest is views"),
        (("--config", "code.toml"), "error: code.toml: trust-remote-code can only be given on the command line"),
    ],
)
def test_what_is_no_file_of_settings(
    words: tuple[str, ...], fault: str, arc_ttt: Run, solver: Any, folder: Path
) -> None:
    """One line, before anything is read."""
    Path("wrong.toml").write_text("vews = 5\n")
    Path("code.toml").write_text("trust-remote-code = true\n")
    done = arc_ttt("solve", folder, *words)
    assert (done.code, done.err.count("\n"), solver.solved) == (2, 1, []) and done.err.startswith(fault)


def test_agents_name_each_model_once(arc_ttt: Run, solver: Any, folder: Path) -> None:
    """`auto` among others stands for its two; one model twice, or one that nobody reads, is refused in a line."""
    assert arc_ttt("solve", folder, "--agents", "auto,learner:mine/own", "--out", "run").code == 0
    assert settings_of(Path("run"))["settings"]["agents"] == ["programs", "learner", "learner:mine/own"]
    done = arc_ttt("solve", folder, "--agents", "auto,learner:arc-mini")
    twice = "--agents learner and learner:arc-mini are the same model: leave one of them out"
    assert (done.code, done.err) == (2, f"error: {twice}\n")
    Path("mine").mkdir()
    done = arc_ttt("solve", folder, "--agents", "learner:./mine,learner:./mine/")
    twice = "--agents learner:./mine and learner:./mine/ are the same model: leave one of them out"
    assert (done.code, done.err) == (2, f"error: {twice}\n")
    for agents in ("programs", "programs,learner:mine/own"):
        done = arc_ttt("solve", folder, "--agents", agents, "--model", "arc-mini")
        idle = f"--model is for --agents learner, and agents are {agents}: leave it out"
        assert (done.code, done.err) == (2, f"error: {idle}\n")


def test_what_a_lone_agent_has_no_use_for(arc_ttt: Run, solver: Any, folder: Path) -> None:
    """With one agent nothing decides whether a further one is asked; a model that is not there is told before all
    else, whichever learner has it."""
    for agents, words in (("programs", ("--enough", "0.5")), ("learner", ("--ask-all",))):
        done = arc_ttt("solve", folder, "--agents", agents, *words)
        assert done.code == 2 and done.err.startswith(f"error: {words[0]} does nothing where {agents} is the only")
    for agents in ("learner:/nowhere", "programs,learner,learner:/nowhere"):
        done = arc_ttt("solve", folder, "--agents", agents)
        assert (done.code, done.out) == (2, "") and done.err.startswith("error: /nowhere: neither a shipped model")
