"""What a run's header says of its settings: those in force, whose they are, and what was overridden."""

from __future__ import annotations

from typing import Any

import pytest

from arc_ttt.agents.recipe import Equipment
from arc_ttt.cli.asked import Asked
from arc_ttt.cli.wording import sheet_line, solver_line, solver_lines
from arc_ttt.config import SolveConfig
from arc_ttt.settings import build
from arc_ttt.text import sheet

EQUIPMENT = Equipment(
    digest="", model={"name": "m", "digest": "1" * 64}, prompt={"name": "p"}, seen=frozenset(), machine={}
)


def line(prompt: str, given: dict[str, Any]) -> tuple[str, str]:
    """What stands before and after "overridden: ", with the settings `given` by path."""
    _, config, chosen = sheet.configured({"prompt": prompt, **given})
    kept, _, other = sheet_line(config, chosen).partition("overridden: ")
    return kept, other


@pytest.mark.parametrize(
    ("given", "overridden", "idle"),
    [
        ({}, "", ""),
        ({"ttt.method": "head"}, "method head (not lora)", "rank alpha rslora targets whole"),
        ({"ttt.clip": 0.0}, "clip 0 (not 1)", ""),
        (
            {"ttt.augment": "extended", "ttt.gate": "ponder", "score_views": 2, "sequential": True},
            "score_views 2 (not none), sequential yes (not no), augment extended (not symmetries), "
            "gate ponder (not none)",
            "",
        ),
        ({"ttt.enabled": False}, "training no (not yes)", "lessons rank alpha rslora whole learning_rate stop"),
        (
            {"decode.method": "sample", "vote": "flat"},
            "decode.method sample (not dfs), vote flat (not product)",
            "min_prob score_candidates",
        ),
        ({"ttt.tokens": 600}, "tokens 600 (not lessons 64)", "lessons"),
        ({"ttt.seconds": 1.0}, "seconds 1 (not lessons 64)", "lessons"),
        ({"ttt.lessons": 3}, "lessons 3 (not 64)", "lessons"),
    ],
)
def test_what_is_in_force(given: dict[str, Any], overridden: str, idle: str) -> None:
    """Each departure from the recipe, be it of a setting that this leaves alone; nothing that would do nothing."""
    kept, other = line("architects", given)
    assert other == overridden
    for name in ("lessons", "rank", "alpha", "rslora", "whole", "learning_rate", "stop", "min_prob", "all_colours"):
        assert (f" {name} " in kept) == (name not in idle.split()), name


def test_formats_that_set_little() -> None:
    """Their own settings are named as such; one without any has no line."""
    assert line("digits", {}) == (
        "prompt digits: its own rank 32, alpha 32, learning_rate 0.0005, batch_tokens 512",
        "",
    )
    assert line("barc", {"vote": "flat", "decode.method": "sample"})[1] == (
        "decode.method sample (not greedy), vote flat (not product)"
    )
    assert line("pair", {"decode.method": "greedy"}) == (
        "prompt pair: ",
        "decode.method greedy (not dfs)",
    )
    assert line("context", {"vote": "flat"}) == ("", "")


def test_another_learner_has_a_line_of_its_own() -> None:
    """It trains by its own format's settings, and answers by those of the run."""
    agents = ("learner", "learner:somewhere/qwen3_4b_grids15_sft139")
    values = {"agents": agents, "prompt": "architects"}
    run, config, chosen = sheet.configured(values)
    others = sheet.others(values, agents)
    asked = Asked(run=run, config=config, sheet=chosen, others=others, drafter=None, allowed=None, affordable=None)
    _, first, other = solver_lines(asked, EQUIPMENT, 1, "").split("\n")
    assert first.startswith("prompt architects: its authors' lessons 64,")
    assert other.startswith(f"{agents[1]}, prompt nvarc: its authors' lessons 128,") and "rank 256" in other
    departures = other.partition("overridden: ")[2]
    assert "min_prob 0.09 (not 0.2)" in departures and "vote product (not count-nll)" in departures


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"ttt.lessons": 1, "ttt.stop": "none"}, ": 1 lesson of training a task, 16 views, greedy,"),
        ({"ttt.lessons": 250, "ttt.epochs": 2}, ": at most 250 lessons 2 times of training a task,"),
        (
            {"ttt.lessons": 250, "ttt.epochs": 2, "ttt.stop": "none", "ttt.leave_two_out": "fill"},
            ": up to 250 lessons 2 times of training a task,",
        ),
        ({"ttt.tokens": 1, "views": 1}, ": at most 1 token of training a task, 1 view, greedy,"),
        ({"ttt.seconds": 2.5, "ttt.lessons": 9, "ttt.epochs": 3}, ": at most 2.5 s of training a task,"),
        ({"ttt.enabled": False, "decode.method": "sample", "decode.samples": 1}, ": no training, 16 views, 1 sample e"),
    ],
)
def test_how_much_is_trained(given: dict[str, Any], words: str) -> None:
    """One of a thing is not several; distinct lessons may be fewer than were asked for."""
    assert words in solver_line(build(SolveConfig, given), EQUIPMENT, 1)
