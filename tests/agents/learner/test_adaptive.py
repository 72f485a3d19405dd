"""Less where it changes nothing: the gate, the held-out demonstration, the sequential vote."""

from __future__ import annotations

import dataclasses
import math
from collections import Counter
from itertools import count, permutations
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from makers import OneLearner

from arc_ttt.agents.answers import decided
from arc_ttt.agents.effort import Effort
from arc_ttt.agents.learner import held_out as module
from arc_ttt.agents.learner import known
from arc_ttt.agents.learner.find import paced
from arc_ttt.agents.learner.gate import Ponder
from arc_ttt.agents.learner.stop import STAGES, Staged, schedule
from arc_ttt.agents.learner.work import Work
from arc_ttt.arc.augment import Augmentation, draw
from arc_ttt.config import DecodeConfig, SolveConfig, TTTConfig
from arc_ttt.errors import ConfigError
from arc_ttt.lm.batch import collate
from arc_ttt.lm.load import load_model
from arc_ttt.lm.search import search
from arc_ttt.text.format import load
from arc_ttt.text.grammar import spell
from arc_ttt.types import Grid, Pair, Task

QUICK = SolveConfig(views=16, ttt=TTTConfig(tokens=3000, batch_tokens=80, rank=4, stop="none"))


def make(folder: Path, config: SolveConfig) -> OneLearner:
    return OneLearner(load_model(folder, device="cpu", dtype="float32"), load("pair"), config)


def four(task: Task) -> Task:
    """With a fourth demonstration."""
    return dataclasses.replace(task, demonstrations=(*task.demonstrations, Pair(Grid([[5, 0]]), Grid([[0, 5]]))))


def test_the_gate_follows_the_reference() -> None:
    """Threshold and decisions are those of PonderTTT's formula, written here once more, on a falling loss."""
    r = np.random.default_rng(0)
    losses = [float(2 * math.exp(-i / 60) + 0.3 * r.random()) for i in range(300)]
    rate, alpha = 0.4, 0.1
    threshold, running = float(np.quantile(losses[:16], 1 - rate)), rate
    expected = [True] * 16
    for loss in losses[16:]:
        expected.append(loss > threshold)
        running = (1 - alpha) * running + alpha * float(expected[-1])
        threshold = max(0.01, threshold + (running - rate) * alpha * max(0.1, abs(threshold)))
    gate = Ponder(rate)
    assert [gate(loss) for loss in losses] == expected
    assert gate.threshold == pytest.approx(threshold)
    assert 16 < gate.updates == sum(expected) < 300


def test_a_gated_lesson_changes_nothing(tiny_folder: Path, task: Task) -> None:
    """There are fewer updates than batches, and another adapter comes out."""
    few = make(
        tiny_folder, dataclasses.replace(QUICK, ttt=dataclasses.replace(QUICK.ttt, gate="ponder", gate_rate=0.2))
    )
    notes = few.solve(task).notes
    assert 16 <= notes["updates"] < notes["steps"]
    plain = make(tiny_folder, QUICK).solve(task).notes
    assert "updates" not in plain
    assert plain["losses"][-1] != notes["losses"][-1]


def test_what_is_held_out_is_not_trained_on(tiny_folder: Path, task: Task, monkeypatch: pytest.MonkeyPatch) -> None:
    """A third of the budget each without one of two demonstrations, then all of them."""
    trained: list[int] = []
    prompts = module.HeldOut.task

    def told(self: module.HeldOut) -> Task:
        made = prompts(self)
        trained.append(len(made.demonstrations))
        return made

    monkeypatch.setattr(module.HeldOut, "task", told)
    stop = dataclasses.replace(QUICK, ttt=dataclasses.replace(QUICK.ttt, stop="held-out"))
    result = make(tiny_folder, stop).solve(four(task))
    looks = result.notes["looks"]
    assert trained == [3, 3, 4]
    assert len({held for _, held, _, _ in looks}) == 2
    assert [round(done * 10) for done, *_ in looks] == sorted({round(done * 10) for done, *_ in looks})


@pytest.mark.parametrize("exact", [True, False])
def test_training_ends_when_it_is_learned_or_does_not_help(
    tiny_folder: Path, task: Task, exact: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After a rest on all demonstrations, and the result says why."""

    looks = count()
    monkeypatch.setattr(module, "predicted", lambda work, query: (1.0, exact and next(looks) > 0))
    stop = dataclasses.replace(QUICK, ttt=dataclasses.replace(QUICK.ttt, stop="held-out"))
    notes = make(tiny_folder, stop).solve(four(task)).notes
    assert notes["trained"].startswith("learned" if exact else "plateau")
    share = notes["lesson_tokens"] / 3000
    assert 0.3 < share < 0.5 if exact else 0.4 < share < 0.9


@pytest.mark.parametrize("rule", ["held-out", "loss"])
@pytest.mark.parametrize("form", ["pair", "context"])
def test_what_is_known_is_not_trained(
    tiny_folder: Path, task: Task, rule: Any, form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the demonstrations are shown and each is predicted from the others."""
    monkeypatch.setattr(known, "predicted", lambda work, query: (0.0, True))
    config = dataclasses.replace(QUICK, ttt=dataclasses.replace(QUICK.ttt, stop=rule))
    solver = OneLearner(load_model(tiny_folder, device="cpu", dtype="float32"), load(form), config)
    notes = solver.solve(task).notes
    assert (notes["steps"] == 0) == (form == "context")
    assert notes["trained"].startswith("learned: each") if form == "context" else notes["steps"] > 10


def test_a_demonstration_is_predicted_by_its_answer_alone(tiny_folder: Path, task: Task) -> None:
    """The loss is that of the answer's tokens, whatever the context shows."""
    solver = OneLearner(load_model(tiny_folder, device="cpu", dtype="float32"), load("context"), QUICK)
    work = Work(task, solver.learner.model, solver.learner.form, solver.learner.adapter, QUICK, solver.learner.top)
    prompt, answer = known.leave_one_out(work, 1, Augmentation())
    assert prompt.tokens[-answer:].tolist() == list(spell(solver.learner.form, task.demonstrations[1].output))
    r = np.random.default_rng(work.seed("look at 1"))
    made = [known.leave_one_out(work, 1, view) for view in (Augmentation(), draw(r, task, fixed_background=True))]
    nats = []
    for one, length in made:
        batch = collate([one], solver.learner.form.vocabulary.padding)
        with torch.no_grad():
            said = solver.learner.model.module(**batch.inputs(True)).logits.log_softmax(-1)[0]
        places = range(len(one) - length, len(one))
        nats += [-float(said[place - 1, one.tokens[place]]) for place in places]
    assert known.predicted(work, 1)[0] == pytest.approx(float(np.mean(nats)), rel=1e-4)


def test_two_demonstrations_hold_none_out(tiny_folder: Path, task: Task) -> None:
    """The training is the fixed one, lesson by lesson."""
    two = dataclasses.replace(task, demonstrations=task.demonstrations[:2])
    stop = dataclasses.replace(QUICK, ttt=dataclasses.replace(QUICK.ttt, stop="held-out"))
    assert make(tiny_folder, stop).solve(two).candidates == make(tiny_folder, QUICK).solve(two).candidates


def test_the_rate_falls_in_the_rest() -> None:
    """From what it was to a tenth; without a stop it is the cosine."""
    assert schedule(0.5) == schedule(0.5, 1.0)
    assert schedule(0.4, 0.5) == pytest.approx(schedule(0.4))
    assert schedule(0.5, 0.5) == pytest.approx(0.1)
    assert schedule(0.45, 0.5) < schedule(0.45)


def votes(*grids: int) -> list[int]:
    return list(Counter(grids).values())


def test_the_vote_stops_when_it_is_clear() -> None:
    """Four of five agree; two are level and none of the rest can catch up; not with three votes, nor with a lead that
    the rest can undo."""
    assert decided(votes(1, 1, 1, 1, 2), 11)
    assert not decided(votes(1, 1, 1), 13)
    assert not decided(votes(1, 1, 2, 3), 2)
    assert decided(votes(1, 1, 1, 2, 2, 2, 3), 1)
    assert not decided([], 3)


@pytest.mark.parametrize("left", [0, 1, 2])
def test_it_never_stops_before_a_certain_overturn(left: int) -> None:
    """Whatever has been found: if every possible rest gave other attempts, it does not stop; where it stops for
    certain, no rest changes the attempts."""
    for found in set(permutations([1, 1, 2, 2, 3, 4], 5)):
        counts = sorted((found.count(g) for g in set(found)), reverse=True)
        second, third = (*counts, 0, 0)[1:3]
        if decided(votes(*found), left) and counts[0] < 4:
            assert second > third + left


def test_clear_votes_save_views(tiny_folder: Path) -> None:
    """An answer of one colour and a known size is the same in all views of a trained model: few are asked."""
    pairs = tuple(Pair(Grid([[c, c]]), Grid([[0]])) for c in (1, 2, 3))
    config = SolveConfig(views=16, sequential=True, ttt=TTTConfig(tokens=12_000, batch_tokens=300, rank=8))
    result = make(tiny_folder, config).solve(Task("black", pairs, (Grid([[4, 4]]),)))
    assert result.prediction.attempts[0][0] == Grid([[0]])
    assert result.notes["stopped"] == "6 of 16 answers were enough"
    assert sum(len(c.views) for c in result.candidates[0]) == 6


def test_a_search_is_as_wide_as_the_time_allows() -> None:
    """Twice the time: half the probability; no more than four times either way, and never above the bound."""
    assert paced(0.04, 10, 20) == pytest.approx(0.02)
    assert paced(0.04, 20, 10) == pytest.approx(0.08)
    assert paced(0.04, 10, 1e9) == pytest.approx(0.01)
    assert paced(0.04, 10, 0.0) == pytest.approx(0.16)
    assert paced(0.2, 10, 0.0) == pytest.approx(0.3)
    assert paced(0.5, 10, 0.0) == 0.5


def test_without_a_limit_a_search_is_as_wide_as_set(
    tiny_folder: Path, task: Task, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Under one, the views after the first search as the time allows."""
    asked: list[float] = []

    def told(*words: object, min_prob: float, **more: object) -> object:
        asked.append(min_prob)
        return search(*words, min_prob=min_prob, **more)  # type: ignore[arg-type]

    monkeypatch.setattr("arc_ttt.agents.learner.find.search", told)
    decode = DecodeConfig(method="dfs", min_prob=0.2, nodes=50)
    solver = make(tiny_folder, SolveConfig(views=4, decode=decode, ttt=TTTConfig(enabled=False)))
    solver.solve(task)
    assert set(asked) == {0.2}
    asked.clear()
    solver.solve(task, effort=Effort(seconds=1000.0, most=1000.0))
    assert asked[0] == 0.2 and set(asked[1:]) == {0.05}


@pytest.mark.parametrize("wrong", [{"gate": "maybe"}, {"gate_rate": 0.0}, {"gate_rate": 1.5}])
def test_settings_out_of_range(wrong: dict[str, object]) -> None:
    """Are refused."""
    with pytest.raises(ConfigError, match=r"--ttt\.gate"):
        TTTConfig(**wrong)  # type: ignore[arg-type]


STAGED = SolveConfig(views=4, ttt=TTTConfig(tokens=12_000, batch_tokens=300, rank=8, stop="loss", stop_loss=0.3))


def black() -> Task:
    """An answer of one colour and a known size, which a tiny model learns."""
    pairs = tuple(Pair(Grid([[c, c]]), Grid([[0]])) for c in (1, 2, 3))
    return Task("black", pairs, (Grid([[4, 4]]),))


def test_training_ends_when_the_lessons_are_learned(tiny_folder: Path) -> None:
    """At the end of the first stage that has brought the loss so far down, and the result says so."""
    result = make(tiny_folder, STAGED).solve(black())
    notes = result.notes
    assert result.prediction.attempts[0][0] == Grid([[0]])
    *before, (done, loss) = notes["stages"]
    assert loss < 0.3 and all(one >= 0.3 for _, one in before)
    assert notes["budget_used"] == pytest.approx(done, abs=1e-3) and done < 0.8 and notes["ended"] == "learned"
    assert notes["trained"] == f"learned: the loss was {loss:.4f} after {100 * done:.0f} % of the training"


def test_training_goes_on_where_they_are_not(tiny_folder: Path) -> None:
    """Through all stages."""
    never = dataclasses.replace(STAGED, ttt=dataclasses.replace(STAGED.ttt, stop_loss=0.0))
    notes = make(tiny_folder, never).solve(black()).notes
    assert [done for done, _ in notes["stages"]] == pytest.approx(STAGES[:-1], abs=0.03)
    assert "trained" not in notes and (notes["budget_used"], notes["ended"]) == (1, "budget")


def test_a_stage_begins_anew() -> None:
    """The rate falls to a tenth at the end of each stage and is back at its peak after it."""
    rule = Staged(None)  # type: ignore[arg-type]
    for stage, (begun, end) in enumerate(zip((0.0, *STAGES), STAGES, strict=False)):
        rule._stage = stage
        rates = [rule.rate(begun + share * (end - begun)) for share in (0.0, 0.1, 0.5, 0.999)]
        assert rates[-1] == pytest.approx(0.1, abs=0.01)
        assert max(rates) > 0.97 and rates[2] < 0.7


def test_other_budgets_have_stages_too(tiny_folder: Path, task: Task) -> None:
    """A budget of lessons."""
    lessons = dataclasses.replace(STAGED, ttt=dataclasses.replace(STAGED.ttt, lessons=40, stop_loss=0.0))
    assert len(make(tiny_folder, lessons).solve(task).notes["stages"]) == len(STAGES) - 1
