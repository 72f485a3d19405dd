"""Tasks that do not fit: the ladder, what is planned, and that nothing is left behind."""

from __future__ import annotations

import dataclasses
import gc
from collections.abc import Callable
from pathlib import Path
from typing import Any

import makers
import pytest
import torch
from makers import OneLearner

from arc_ttt.agents.effort import Effort
from arc_ttt.agents.learner import learner as module
from arc_ttt.agents.learner import memory
from arc_ttt.agents.learner.memory import ladder, need, out_of_memory, room_of
from arc_ttt.agents.learner.stop import Whole
from arc_ttt.agents.learner.work import Work
from arc_ttt.agents.recipe import ready
from arc_ttt.config import SolveConfig, TTTConfig
from arc_ttt.lm.load import load_model
from arc_ttt.lm.memory import Needs, measure
from arc_ttt.text.format import load
from arc_ttt.types import Grid, Pair, Task

QUICK = SolveConfig(views=3, ttt=TTTConfig(tokens=400, batch_tokens=400, rank=8))
FAULT = "[enforce fail at alloc_cpu.cpp:127] DefaultCPUAllocator: can't allocate memory: you tried to allocate 9 bytes."


def make(folder: Path, config: SolveConfig = QUICK, **more: Any) -> OneLearner:
    return OneLearner(load_model(folder, device="cpu", dtype="float32"), load("pair"), config, **more)


def failing(times: int, monkeypatch: pytest.MonkeyPatch) -> list[Work]:
    """Let memory run out in the first `times` trainings, after they have changed the adapter; all that were tried."""
    tried: list[Work] = []
    adapt = module.adapt

    def adapt_or_fail(work: Work, rule: Whole) -> dict[str, Any]:
        tried.append(work)
        notes = adapt(work, rule)
        if len(tried) <= times:
            raise RuntimeError(FAULT)
        return notes

    monkeypatch.setattr(module, "adapt", adapt_or_fail)
    return tried


def test_the_ladder_gives_up_speed_before_quality() -> None:
    """Each rung keeps what the one above it gave up; rungs without an effect on the task are left out."""
    top = room_of(SolveConfig(), "none")
    long = ladder(top, 4000, requantize=True)
    assert [text for text, _ in long] == [
        "",
        "batches of 384 tokens",
        "one sequence at a time",
        "gradient checkpointing",
        "sequences of at most 2,000 tokens",
        "sequences of at most 1,000 tokens",
        "rank 8",
        "base in int8",
        "base in nf4",
    ]
    last = long[-1][1]
    assert (last.batch_tokens, last.checkpointing, last.max_tokens, last.rank) == (1, True, 1000, 8)
    short = ladder(top, 600, trains=False)
    assert [text for text, _ in short] == ["", "rows of 10,000 tokens", "one sequence at a time"]
    stored = ladder(dataclasses.replace(top, quantization="int8"), 600, requantize=True)
    assert stored[-1][0] == "base in nf4"


@pytest.mark.parametrize(
    "fault",
    [
        MemoryError(),
        RuntimeError(FAULT),
        torch.OutOfMemoryError("CUDA out of memory. Tried"),
        RuntimeError("std::bad_alloc"),
    ],
)
def test_it_is_known_when_memory_ran_out(fault: BaseException) -> None:
    """Whatever way the libraries have of saying it."""
    assert out_of_memory(fault)


def test_other_faults_are_not_taken_for_it() -> None:
    """A shape that does not fit is a bug, not a lack of memory."""
    assert not out_of_memory(RuntimeError("mat1 and mat2 shapes cannot be multiplied"))
    assert not out_of_memory(ValueError("out of memory"))


@pytest.mark.parametrize("times", [1, 3, 4])
def test_a_task_that_runs_out_of_memory_is_tried_again(
    tiny_folder: Path, task: Task, times: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It goes down one rung at a time and says so; the next task begins at the top, as if nothing had been."""
    expected = make(tiny_folder).solve(task)
    solver = make(tiny_folder)
    tried = failing(times, monkeypatch)
    result = solver.solve(task)
    rungs = ["batches of 100 tokens", "one sequence at a time", "gradient checkpointing", "rank 2"]
    assert result.notes["memory"] == rungs[:times]
    assert len(result.prediction.attempts) == len(task.tests)
    assert tried[-1].adapter.model.peft_config["default"].r == (2 if times == 4 else 8)
    after = solver.solve(task)
    assert "memory" not in after.notes
    assert after.candidates == expected.candidates


def test_at_the_foot_of_the_ladder_the_fault_is_raised(
    tiny_folder: Path, task: Task, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And the task after it comes out as ever."""
    expected = make(tiny_folder).solve(task)
    solver = make(tiny_folder)
    failing(5, monkeypatch)
    with pytest.raises(RuntimeError, match="can't allocate"):
        solver.solve(task)
    assert solver.solve(task).candidates == expected.candidates


def test_a_stronger_quantization_is_the_last_rung(
    tiny_folder: Path, task: Task, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The base is loaded anew in fewer bits for that task alone, and once more as it was for the next."""
    loads: list[str] = []

    def reload(kind: str) -> Any:
        loads.append(kind)
        return load_model(tiny_folder, device="cpu", dtype="float32", quantize=kind), load("pair")

    expected = make(tiny_folder).solve(task)
    solver = make(tiny_folder, reload=reload)
    assert len(solver.solve(task, effort=Effort(rung=99)).notes["memory"]) == 4, "a small base frees nothing"
    monkeypatch.setattr(memory, "HEAVY", 0)
    failing(5, monkeypatch)
    assert solver.solve(task).notes["memory"][-1] == "base in int8"
    assert solver.solve(task).candidates == expected.candidates
    assert loads == ["int8", "none"]


def test_an_attempt_may_begin_further_down(tiny_folder: Path, task: Task) -> None:
    """As it does for a task that killed its process."""
    assert make(tiny_folder).solve(task, effort=Effort(rung=2)).notes["memory"] == [
        "batches of 100 tokens",
        "one sequence at a time",
    ]
    assert len(make(tiny_folder).solve(task, effort=Effort(rung=99)).notes["memory"]) == 4


@pytest.mark.parametrize("family", ["built-in", *makers.FAMILIES])
def test_checkpointing_changes_no_answer(
    tiny_folder: Path, tmp_path: Path, task: Task, family: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Activations computed twice are the same activations, and less is kept."""
    rungs = module.ladder

    def only_checkpointing(*args: Any, **kwargs: Any) -> Any:
        top = rungs(*args, **kwargs)[0][1]
        return [("", dataclasses.replace(top, checkpointing=True))]

    own = family == "built-in"
    folder = tiny_folder if own else makers.folder(tmp_path / family, family)
    one = ready(str(folder), "pair" if own else "digits", device="cpu", dtype="float32", quantize="none")
    solver = OneLearner(one.lm, one.form, QUICK)
    plain = solver.solve(task)
    monkeypatch.setattr(module, "ladder", only_checkpointing)
    again = solver.solve(task)
    assert again.notes["losses"] == pytest.approx(plain.notes["losses"], abs=2e-3)
    assert [[c.grid for c in found] for found in again.candidates] == [[c.grid for c in f] for f in plain.candidates]
    with solver.learner.adapter.training():
        kept = measure(solver.learner.adapter.model, one.lm)
    with solver.learner.adapter.training(checkpointing=True):
        less = measure(solver.learner.adapter.model, one.lm)
    assert less.token < kept.token / 3


def test_a_limit_is_kept_by_planning(tiny_folder: Path, task: Task) -> None:
    """A limit that leaves nothing begins at the foot of the ladder, a generous one at the top."""
    generous = make(tiny_folder, dataclasses.replace(QUICK, memory=2**40)).solve(task)
    assert "memory" not in generous.notes
    none = make(tiny_folder, dataclasses.replace(QUICK, memory=1)).solve(task)
    assert len(none.notes["memory"]) == 5
    assert none.notes["memory"][-1].endswith("MiB above the limit")


def test_what_is_counted_is_what_a_pass_keeps(tiny_folder: Path) -> None:
    """Twice the sequences keep twice as much, longer ones more than in proportion, checkpointing keeps less."""
    solver = make(tiny_folder)
    lm = solver.learner.model
    with solver.learner.adapter.training():
        needs = measure(solver.learner.adapter.model, lm)
    hidden, layers = lm.module.config.hidden_size, lm.module.config.num_hidden_layers
    assert needs.token > 10 * hidden * layers * 4  # queries, keys, values, two norms, the SwiGLU, in float32
    assert needs.cache == 2 * layers * hidden * 4
    one, two = (needs.training(n, 100, checkpointing=False) for n in (1, 2))
    assert one < two < 2 * one + 1
    assert needs.training(8, 400, checkpointing=True) < needs.training(8, 400, checkpointing=False)
    room = room_of(QUICK, "none")
    assert need(room, needs, 400, 1) < need(dataclasses.replace(room, batch_tokens=4000), needs, 400, 1)


def test_a_limit_counts_the_rows_that_are_answered() -> None:
    """Many views of long prompts need more than a training batch, unless they are answered a few at a time."""
    needs = Needs(fixed=0, token=1000, square=0, cache=500, hidden=10, layers=4)
    room = room_of(QUICK, "none")
    many = need(room, needs, 1000, 16)
    assert many > need(room, needs, 1000, 1)
    assert need(dataclasses.replace(room, rows_tokens=1), needs, 1000, 16) < many


def resident() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="Linux tells what is resident")
@pytest.mark.parametrize("kind", ["built-in", "llama", "gemma"])
def test_nothing_leaks_over_fifty_tasks(tiny_folder: Path, tmp_path: Path, kind: str) -> None:
    """Memory and tensors after fifty tasks, some of which failed, are those after ten."""
    config = SolveConfig(views=2, ttt=TTTConfig(tokens=200, batch_tokens=200, rank=4))
    folder = tiny_folder if kind == "built-in" else makers.folder(tmp_path / kind, kind)
    one = ready(str(folder), "pair" if kind == "built-in" else "digits", device="cpu", dtype="auto", quantize="none")
    solver = OneLearner(one.lm, one.form, config)

    def tensors() -> int:
        gc.collect()
        return sum(1 for o in gc.get_objects() if type(o) in (torch.Tensor, torch.nn.Parameter))

    def run(first: int, last: int, count: Callable[[], int] = tensors) -> tuple[int, int]:
        for n in range(first, last):
            pair = Pair(Grid([[n % 9, 2], [3, 4]]), Grid([[2, n % 9], [4, 3]]))
            work = Task(str(n), (pair, pair), (pair.input,))
            if n % 10 == 7:
                with pytest.raises(KeyError):
                    solver.solve(work, progress=broken)
            solver.solve(work)
        return count(), resident()

    def broken(_: object) -> None:
        raise KeyError("on the way")

    before, after = run(0, 10), run(10, 50)
    assert after[0] == before[0]
    assert after[1] - before[1] < 8 * 2**20
