"""One task from demonstrations to attempts, on a tiny model."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from pathlib import Path

import pytest
import torch
from makers import OneLearner

from arc_ttt.agents.effort import Clock, Effort
from arc_ttt.agents.learner import answer as answer_module
from arc_ttt.agents.learner import learner as module
from arc_ttt.agents.learner import memory as memory_module
from arc_ttt.agents.progress import Event
from arc_ttt.config import UNSCORED, DecodeConfig, SolveConfig, TTTConfig
from arc_ttt.lm.load import load_model
from arc_ttt.lm.rows import Rows
from arc_ttt.lm.search import search
from arc_ttt.solve.vote import VOTES
from arc_ttt.text.format import load
from arc_ttt.types import Grid, Pair, Result, Task

QUICK = SolveConfig(views=3, ttt=TTTConfig(tokens=1500, batch_tokens=400, rank=4))


def make(folder: Path, config: SolveConfig = QUICK, form: str = "pair") -> OneLearner:
    return OneLearner(load_model(folder, device="cpu"), load(form), config)


def state(solver: OneLearner) -> dict[str, torch.Tensor]:
    return {k: v.clone() for k, v in solver.learner.model.module.state_dict().items()}


def answers(result: Result) -> object:
    return result.prediction, result.candidates


@pytest.fixture
def other(task: Task) -> Task:
    return dataclasses.replace(task, id="other", demonstrations=task.demonstrations[::-1])


@pytest.mark.parametrize("form", ["pair", "context"])
def test_it_answers_every_test_input(tiny_folder: Path, task: Task, form: str) -> None:
    """In both designs each test input gets at most two distinct attempts, and the costs are told."""
    result = make(tiny_folder, form=form).solve(task)
    assert result.task == "mirror"
    assert result.correct is None
    assert len(result.prediction.attempts) == len(result.candidates) == 2
    for attempts, found in zip(result.prediction.attempts, result.candidates, strict=True):
        assert len(attempts) == min(2, len(found)) == len(set(attempts))
    assert set(result.seconds) == {"adapt", "answer", "vote"}
    assert result.notes["lesson_tokens"] >= 1500


def test_training_teaches_the_demonstrations(tiny_folder: Path) -> None:
    """The loss on lessons falls, also for a task with a single demonstration."""
    pair = Pair(Grid([[1, 2], [3, 4]]), Grid([[2, 1], [4, 3]]))
    config = dataclasses.replace(QUICK, ttt=TTTConfig(tokens=20_000, batch_tokens=800, rank=8, own_colours=1.0))
    notes = make(tiny_folder, config).solve(Task("one", (pair,), (pair.input,))).notes
    assert notes["loss_after"] < 0.7 * notes["loss_before"]


def test_the_base_is_bit_identical_after_a_task(tiny_folder: Path, task: Task) -> None:
    """Neither training nor answering leaves a trace in base or adapter."""
    solver = make(tiny_folder)
    solver.solve(task)
    before = state(solver)
    solver.solve(task)
    after = state(solver)
    assert all(torch.equal(before[k], after[k]) for k in before)
    loaded = load_model(tiny_folder, device="cpu").module.state_dict()
    kept = {k.replace("base_layer.", "").replace("token_adapter.", ""): v for k, v in after.items()}
    assert all(torch.equal(kept[k], v) for k, v in loaded.items())


def test_a_task_that_fails_leaves_nothing_behind(
    tiny_folder: Path, task: Task, other: Task, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After an exception in the middle of training the next task comes out as if nothing had been."""
    expected = answers(make(tiny_folder).solve(other))
    solver = make(tiny_folder)
    solver.solve(task)
    before = state(solver)

    def interrupt(event: Event) -> None:
        if event.stage == "adapt" and event.done > 0.4:
            raise MemoryError("no memory left")

    with pytest.raises(MemoryError):
        solver.solve(task, interrupt)
    after = state(solver)
    assert all(torch.equal(before[k], after[k]) for k in before)
    assert answers(solver.solve(other)) == expected


def test_the_order_of_tasks_does_not_matter(tiny_folder: Path, task: Task, other: Task) -> None:
    """The same seed gives the same predictions and candidates whatever was solved before; another seed others."""
    one, two = make(tiny_folder), make(tiny_folder)
    forth = [answers(one.solve(t)) for t in (task, other)]
    back = [answers(two.solve(t)) for t in (other, task)]
    assert forth == back[::-1]
    assert answers(make(tiny_folder, dataclasses.replace(QUICK, seed=1)).solve(task)) != forth[0]


def test_without_training_nothing_is_trained(tiny_folder: Path, task: Task, monkeypatch: pytest.MonkeyPatch) -> None:
    """`--no-ttt` never calls the trainer, and the base answers."""
    monkeypatch.setattr(module, "adapt", lambda *_: pytest.fail("it trained"))
    result = make(tiny_folder, dataclasses.replace(QUICK, ttt=TTTConfig(enabled=False))).solve(task)
    assert "lesson_tokens" not in result.notes
    assert result.candidates


def test_the_digest_tells_settings_apart(tiny_folder: Path) -> None:
    """Equal settings, weights and format have one digest; a change of any gives another."""
    same = {make(tiny_folder).digest for _ in range(2)}
    assert len(same) == 1
    others = {
        make(tiny_folder, dataclasses.replace(QUICK, seed=1)).digest,
        make(tiny_folder, dataclasses.replace(QUICK, ttt=dataclasses.replace(QUICK.ttt, tokens=1501))).digest,
        make(tiny_folder, form="context").digest,
    }
    assert len(same | others) == 4


@pytest.mark.parametrize("method", ["greedy", "dfs"])
def test_progress_goes_from_nothing_to_all(tiny_folder: Path, task: Task, method: str) -> None:
    """Stages come in order, each share grows, the loss is told while it trains, and each answer in its view; also where
    a search is followed by greedy decoding."""
    events: list[Event] = []
    decode = DecodeConfig(method=method)  # type: ignore[arg-type]
    result = make(tiny_folder, dataclasses.replace(QUICK, decode=decode)).solve(task, events.append)
    assert list(dict.fromkeys(e.stage for e in events)) == ["route", "adapt", "answer", "vote", "propose"]
    told = [(n, c.grid, view) for e in events if e.stage == "answer" for n, c in e.found for view in c.views]
    known = [(n, c.grid, view) for n, some in enumerate(result.candidates) for c in some for view in c.views]
    assert sorted(told) == sorted(known) and all(e.agent == "learner" for e in events if e.found)
    for stage in ("adapt", "answer"):
        shares = [e.done for e in events if e.stage == stage]
        assert shares == sorted(shares)
        assert 0 <= shares[0] <= shares[-1] <= 1
    assert all(e.loss is not None for e in events if e.stage == "adapt")


@pytest.mark.parametrize("method", ["greedy", "sample", "dfs"])
@pytest.mark.parametrize("form", ["pair", "context"])
def test_drafts_change_no_answer(tiny_folder: Path, task: Task, method: str, form: str) -> None:
    """With and without drafts, in float32, every candidate is the same, found in the same views."""
    found = []
    for drafts in (True, False):
        decode = DecodeConfig(method=method, drafts=drafts, min_prob=0.003)  # type: ignore[arg-type]
        config = dataclasses.replace(QUICK, decode=decode, vote="product")
        lm = load_model(tiny_folder, device="cpu", dtype="float32")
        result = OneLearner(lm, load(form), config).solve(task)
        found.append([[(c.grid, c.views) for c in of] for of in result.candidates])
        assert drafts or result.notes["drafts_accepted"] is None
    assert found[0] == found[1]


@pytest.mark.parametrize("vote", [v for v in VOTES if v not in UNSCORED])
def test_candidates_are_scored_in_the_views_asked_for(tiny_folder: Path, task: Task, vote: str) -> None:
    """Each candidate has as many scores as asked, more or fewer than views that answer; where a view found a
    candidate, its score there is the log-probability it was found with."""
    for count in (None, 2, 5):
        config = dataclasses.replace(QUICK, vote=vote, score_views=count)
        result = make(tiny_folder, config).solve(task)
        for found, attempts in zip(result.candidates, result.prediction.attempts, strict=True):
            assert {len(c.scores) for c in found} == {count or QUICK.views}
            assert [c.grid for c in VOTES[vote](found)][:2] == list(attempts)
    everywhere = [c for found in result.candidates for c in found if c.views[0].startswith("s0")]
    assert everywhere
    assert all(c.scores[0] == c.logprobs[0] for c in everywhere)


@pytest.mark.parametrize("count", [None, 2, 3, 5])
def test_views_that_need_not_answer(
    tiny_folder: Path, task: Task, count: int | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where clear votes spare the rest, candidates are scored in the views that answered; where more are asked for, in
    these, of which the prompts alone are read. The first scores are then the same."""
    monkeypatch.setattr(answer_module, "GROUP", 1)
    monkeypatch.setattr(answer_module, "decided", lambda *_: True)
    config = dataclasses.replace(QUICK, vote="product", sequential=True, views=4, score_views=count)
    result = make(tiny_folder, config).solve(task)
    assert result.notes["stopped"] == "2 of 8 answers were enough"
    assert all(len(c.views) == len(c.scores[:1]) == 1 for found in result.candidates for c in found)
    assert {len(c.scores) for found in result.candidates for c in found} == {count or 1}
    assert all(c.scores[0] == c.logprobs[0] for found in result.candidates for c in found)
    if count == 3:
        everywhere = make(tiny_folder, dataclasses.replace(config, sequential=False)).solve(task)
        scores = [{c.grid: c.scores for c in found} for found in everywhere.candidates]
        for found, whole in zip(result.candidates, scores, strict=True):
            for c in found:
                assert c.scores == pytest.approx(whole[c.grid], abs=1e-2)


def test_candidates_beyond_the_scored_ones_are_kept(tiny_folder: Path, task: Task) -> None:
    """Those that few views found have no scores and no chance, but they are in the result; 0 scores all."""
    decode = DecodeConfig(method="sample", samples=5)
    config = dataclasses.replace(QUICK, decode=decode, vote="product", score_candidates=2)
    everyone = make(tiny_folder, dataclasses.replace(config, score_candidates=0)).solve(task)
    assert all(c.scores for found in everyone.candidates for c in found)
    result = make(tiny_folder, config).solve(task)
    for found, attempts in zip(result.candidates, result.prediction.attempts, strict=True):
        assert len(found) > 2
        assert [bool(c.scores) for c in found] == [True] * 2 + [False] * (len(found) - 2)
        assert set(attempts) == {c.grid for c in found[:2]}


def test_scores_are_those_of_a_fresh_prompt(tiny_folder: Path, task: Task, monkeypatch: pytest.MonkeyPatch) -> None:
    """Prompts that could not be kept are computed again, with the same scores."""
    config = dataclasses.replace(QUICK, vote="product")
    lm = load_model(tiny_folder, device="cpu", dtype="float32")
    kept = OneLearner(lm, load("context"), config).solve(task)
    monkeypatch.setattr(memory_module, "ROWS_TOKENS", 300)
    lm = load_model(tiny_folder, device="cpu", dtype="float32")
    fresh = OneLearner(lm, load("context"), config).solve(task)
    for a, b in zip(kept.candidates, fresh.candidates, strict=True):
        assert [c.grid for c in a] == [c.grid for c in b]
        assert [s for c in a for s in c.scores] == pytest.approx([s for c in b for s in c.scores], abs=1e-3)


@pytest.mark.parametrize("hope", [0.1, 1e-300])
def test_a_view_without_a_probable_answer_has_its_greedy_one(
    tiny_folder: Path, task: Task, monkeypatch: pytest.MonkeyPatch, hope: float
) -> None:
    """No grid of an untrained model has half of the probability; views far from it are not even searched."""
    searches: list[int] = []

    def told(rows: Rows, *words: object, **more: object) -> object:
        searches.append(len(rows))
        return search(rows, *words, **more)  # type: ignore[arg-type]

    monkeypatch.setattr("arc_ttt.agents.learner.find.search", told)
    monkeypatch.setattr("arc_ttt.agents.learner.find.HOPE", hope)
    config = dataclasses.replace(QUICK, decode=DecodeConfig(method="dfs", min_prob=0.5), ttt=TTTConfig(enabled=False))
    searched = make(tiny_folder, config).solve(task)
    assert bool(searches) == (hope < 0.1)
    greedy = make(tiny_folder, dataclasses.replace(config, decode=DecodeConfig())).solve(task)
    assert [[c.grid for c in f] for f in searched.candidates] == [[c.grid for c in f] for f in greedy.candidates]


def test_a_drafter_changes_nothing_but_the_cost(tiny_folder: Path, task: Task) -> None:
    """With a second model before it the same model gives the same candidates, and its seconds are told."""
    models = [load_model(tiny_folder, device="cpu", dtype="float32") for _ in range(3)]
    plain = OneLearner(models[0], load("pair"), QUICK)
    alone = plain.solve(task)
    drafter = OneLearner(models[1], load("pair"), dataclasses.replace(QUICK, views=1, seed=9))
    pair = OneLearner(models[2], load("pair"), QUICK, drafter)
    helped = pair.solve(task)
    assert [[c.grid for c in f] for f in helped.candidates] == [[c.grid for c in f] for f in alone.candidates]
    assert helped.seconds["draft"] > 0
    assert pair.digest != plain.digest


def test_seconds_bound_training(tiny_folder: Path, task: Task) -> None:
    """With a budget of seconds the tokens do not matter."""
    ttt = dataclasses.replace(QUICK.ttt, tokens=10**9, seconds=0.5)
    result = make(tiny_folder, dataclasses.replace(QUICK, ttt=ttt)).solve(task)
    assert 0.4 < result.seconds["adapt"] < 3


@pytest.mark.parametrize("form", ["pair", "context"])
def test_its_opinion_of_its_own_candidates_is_their_score(tiny_folder: Path, task: Task, form: str) -> None:
    """Log-probabilities in the same views, of whatever grid is asked about, while the adapter knows the task."""
    config = dataclasses.replace(QUICK, vote="product", decode=DecodeConfig(method="sample", samples=2))
    lm = load_model(tiny_folder, device="cpu", dtype="float32")
    learner = OneLearner(lm, load(form), config).learner
    with learner.sit(task, Clock()) as sitting:
        assert sitting.opinion([[], []]) is None
        found = sitting.propose().found
        asked = [[*(c.grid for c in candidates), Grid([[9, 9, 9]])] for candidates in found]
        scores = sitting.opinion(asked)
    assert scores is not None
    for candidates, theirs in zip(found, scores, strict=True):
        assert len(theirs) == len(candidates) + 1
        for candidate, values in zip(candidates, theirs, strict=False):
            assert values == pytest.approx(candidate.scores, abs=1e-3)
        assert len(theirs[-1]) == QUICK.views


def test_it_has_no_opinion_without_time(tiny_folder: Path, task: Task) -> None:
    """The clock is asked before the first view."""
    learner = make(tiny_folder).learner
    clock = Clock(Effort(seconds=60))
    with learner.sit(task, clock) as sitting:
        found = sitting.propose().found
        clock.begun -= 100
        assert sitting.opinion([[c.grid for c in candidates] for candidates in found]) is None


def test_a_sitting_leaves_nothing_behind(tiny_folder: Path, task: Task) -> None:
    """Also one in which nothing was proposed, or that was left by an exception."""
    solver = make(tiny_folder)
    with solver.learner.sit(task, Clock()):
        pass
    before = state(solver)
    with pytest.raises(ZeroDivisionError), solver.learner.sit(task, Clock()) as sitting:
        sitting.propose()
        raise ZeroDivisionError
    assert all(torch.equal(value, before[name]) for name, value in state(solver).items())


def test_an_offer_grows_with_what_is_to_be_done(tiny_folder: Path, task: Task) -> None:
    """Training costs, and so do views and large grids; an offer takes no step."""
    longer = dataclasses.replace(QUICK, ttt=dataclasses.replace(QUICK.ttt, tokens=15_000))
    cheap, dear = (make(tiny_folder, config).learner.offer(task).cost for config in (QUICK, longer))
    none = make(tiny_folder, dataclasses.replace(QUICK, ttt=TTTConfig(enabled=False))).learner
    large = dataclasses.replace(task, demonstrations=(Pair(Grid([[1] * 30] * 30), Grid([[2] * 30] * 30)),))
    assert 0 < none.offer(task).cost < cheap < dear
    assert none.offer(large).cost > 5 * none.offer(task).cost


def test_gradients_are_clipped(tiny_folder: Path, task: Task, monkeypatch: pytest.MonkeyPatch) -> None:
    """Before every update, to the norm of the settings: one strange lesson does not undo the others."""
    from arc_ttt.agents.learner import adapt as adapting

    norms, real = [], adapting.clip

    def clip(parameters: Iterable[torch.nn.Parameter], norm: float) -> float:
        held = list(parameters)
        before = real(held, norm)
        grads = [p.grad for p in held if p.grad is not None]
        norms.append((before, float(torch.linalg.vector_norm(torch.stack([g.norm() for g in grads])))))
        return before

    monkeypatch.setattr(adapting, "clip", clip)
    config = dataclasses.replace(QUICK, ttt=dataclasses.replace(QUICK.ttt, clip=0.01))
    notes = make(tiny_folder, config).solve(task).notes
    assert len(norms) == notes["steps"] and any(before > 0.01 for before, _ in norms)
    assert all(after <= 0.0101 for _, after in norms)
