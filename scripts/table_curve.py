"""Write results/curve.md: how many outputs are right after how much test-time training.

    python scripts/table_curve.py OUT [--part I/N] [--limit N]    # trains; resumable, parts may run side by side
    python scripts/table_curve.py OUT --table                     # of what is there

OUT gets a file for each task.

For each of the 40 ARC-1 validation tasks one training goes on at a nearly constant rate. At each checkpoint adapter and
optimiser are put aside, the rate falls to nothing within a quarter of what was trained so far (8,000 to 20,000 tokens),
16 views are answered and vote, and the training goes on from what was put aside. So the points of the curve differ by
what was trained between them and by nothing else. The seconds are the processor's, of one thread.
"""

from __future__ import annotations

import argparse
import copy
import json
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from arc_ttt.tuning import tune

tune()  # as the command line does; before torch is imported

import numpy as np
import torch
from runs import end, parser, positive, split
from tables import heading
from tables import right as right_of

from arc_ttt.agents.learner.answer import answer
from arc_ttt.agents.learner.course import ROUND, prompts
from arc_ttt.agents.learner.memory import room_of
from arc_ttt.agents.learner.work import Work
from arc_ttt.arc import dataset, score
from arc_ttt.config import SolveConfig
from arc_ttt.errors import StoreError
from arc_ttt.lm.adapter import Adapter
from arc_ttt.lm.batch import Batch, collate
from arc_ttt.lm.group import plan
from arc_ttt.lm.load import load_model
from arc_ttt.lm.train import batch_loss, clip
from arc_ttt.solve.vote import ATTEMPTS, choose
from arc_ttt.text.format import load
from arc_ttt.types import Grid, Task

SOURCE = "arc1:training"
CHECKS = (15_000, 30_000, 60_000, 90_000, 120_000, 180_000, 240_000)
HEIGHT = 0.8  # of the peak rate


class Trajectory:
    """One model that is trained on one task after the other, as `arc-ttt solve --compile` trains it."""

    def __init__(self) -> None:
        torch.set_num_threads(1)
        self.config = SolveConfig(vote="flat")
        self.lm = load_model("arc-mini", device="cpu")
        self.form = load("pair")
        self.adapter = Adapter(
            self.lm, rank=self.config.ttt.rank, alpha=self.config.ttt.alpha, tokens=(self.form.vocabulary.task,)
        )
        self.model = self.adapter.trained(True)

    def run(self, task: Task, truth: tuple[Grid, ...]) -> dict[str, Any]:
        """What was right at each checkpoint, and what it took."""
        work = Work(task, self.lm, self.form, self.adapter, self.config, room_of(self.config, "none"))
        self.adapter.reset(work.seed("adapter"))
        groups = self.adapter.groups(self.config.ttt.learning_rate)
        optimiser = torch.optim.AdamW(groups, weight_decay=0.0, fused=True)
        batches, tokens, told, begun = self._batches(work), 0, list[dict[str, Any]](), time.process_time()
        for check in CHECKS:
            with self.adapter.training():
                while tokens < check:
                    batch = next(batches)
                    self._step(optimiser, batch, HEIGHT * min(1.0, (tokens + 1200) / 12_000))
                    tokens += batch.tokens
            weights = [p.detach().clone() for p in self.adapter.parameters()]
            moments = copy.deepcopy(optimiser.state_dict())
            rest, spent, losses = min(20_000, max(8_000, tokens // 4)), 0, list[float]()
            with self.adapter.training():
                while spent < rest:
                    batch = next(batches)
                    losses.append(self._step(optimiser, batch, HEIGHT * (1 - spent / rest) + 0.05))
                    spent += batch.tokens
            asked = time.process_time()
            found, _ = answer(work)
            ranked = [choose("flat", c) for c in found]
            attempts = tuple(tuple(c.grid for c in best[:ATTEMPTS]) for best in ranked)
            told.append(
                {
                    "tokens": tokens,
                    "rest": rest,
                    "tail": float(np.mean(losses[-max(1, len(losses) // 4) :])),
                    "correct": list(score.correctness(attempts, truth)),
                    "votes": [
                        [(len(c.views), c.views, c.grid == t) for c in best]
                        for best, t in zip(ranked, truth, strict=True)
                    ],
                    "answer": time.process_time() - asked,
                }
            )
            with torch.no_grad():
                for p, kept in zip(self.adapter.parameters(), weights, strict=True):
                    p.copy_(kept)
            optimiser.load_state_dict(moments)
        self.adapter.reset(0)
        return {"task": task.id, "model": self.lm.digest, "rec": told, "cpu": time.process_time() - begun}

    def _batches(self, work: Work) -> Iterator[Batch]:
        r = work.rng("lessons")
        stream = prompts(work.task, self.form, self.config, r)
        while True:
            drawn = list(islice(stream, ROUND))
            for chosen in plan([len(p) for p in drawn], self.config.ttt.batch_tokens, r):
                yield collate([drawn[i] for i in chosen], self.form.vocabulary.padding)

    def _step(self, optimiser: torch.optim.Optimizer, batch: Batch, rate: float) -> float:
        loss = batch_loss(self.model, batch, self.lm.grid_positions, self.lm.dtype)
        loss.backward()  # type: ignore[no-untyped-call]
        clip(self.adapter.parameters(), self.config.ttt.clip)
        for group in optimiser.param_groups:
            group["lr"] = group["initial_lr"] * rate
        optimiser.step()
        optimiser.zero_grad(set_to_none=True)
        return float(loss.detach())


def part_of(text: str) -> tuple[int, int]:
    """I/N, a part of the tasks."""
    i, _, n = text.partition("/")
    if not (i.isdecimal() and n.isdecimal() and 1 <= int(i) <= int(n)):
        raise argparse.ArgumentTypeError(f"{text} is no part like 1/2")
    return int(i), int(n)


def train(out: Path, part: tuple[int, int], limit: int | None) -> None:
    """Write a file for each task of this part that has none yet."""
    i, n = part
    tasks = dataset.load(SOURCE)
    ids = split("validation")[SOURCE][i - 1 :: n][:limit]
    by_id = {t.id: t for t in tasks.tasks}
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise StoreError(f"{out}: cannot be a folder: {fault.strerror}") from fault
    trajectory = Trajectory()
    for id in ids:
        path, whole = out / f"{id}.json.new", out / f"{id}.json"
        if not whole.exists():
            path.write_text(json.dumps(trajectory.run(by_id[id], tasks.solutions[id])), encoding="utf-8")
            path.replace(whole)


def read(out: Path) -> list[dict[str, Any]]:
    """What was written of each task; `StoreError` for what is something else, or of several models."""
    lines = list[dict[str, Any]]()
    for path in sorted(out.glob("*.json")):
        try:
            line = json.loads(path.read_text(encoding="utf-8"))
            if path.stem != line["task"] or len(line["rec"]) != len(CHECKS):
                raise ValueError
            if line["model"] != (lines or [line])[0]["model"]:
                raise StoreError(f"{path}: of another model than {lines[0]['task']}")
        except (OSError, ValueError, KeyError, TypeError) as fault:
            raise StoreError(f"{path}: is not what this script wrote of a task") from fault
        lines.append(line)
    if not lines:
        raise StoreError(f"{out}: no task is finished there")
    return lines


def table(lines: list[dict[str, Any]]) -> str:
    """The curve, and what stopping by the loss would have given."""
    rows = [
        f"{len(lines)} tasks of {SOURCE}; model arc-mini ({lines[0]['model'][:8]}), seed {SolveConfig().seed}.",
        "",
        heading("lesson tokens, with the fall | outputs right, pass@2 (95 %) | core-s/task | learned | of these right"),
    ]
    for k in range(len(CHECKS)):
        points = [line["rec"][k] for line in lines]
        learned = [all(p["correct"]) for p in points if p["tail"] < SolveConfig().ttt.stop_loss]
        seconds = float(np.mean([cost(line, k) for line in lines]))
        tokens = np.mean([p["tokens"] + p["rest"] for p in points])
        rows.append(f"| {tokens:,.0f} | {right(points)} | {seconds:.1f} | {len(learned)} tasks | {sum(learned)} |")
    rows += ["", heading("stopped below a loss of | outputs right, pass@2 (95 %) | tokens without falls")]
    for limit in (0.005, 0.01, 0.02, 0.03):
        # From 60,000 tokens on, as the default's stages do.
        ends = [next((p for p in line["rec"][2:] if p["tail"] < limit), line["rec"][-1]) for line in lines]
        rows.append(f"| {limit} | {right(ends)} | {np.mean([p['tokens'] for p in ends]):,.0f} |")
    return "\n".join(rows)


def right(points: list[dict[str, Any]]) -> str:
    return right_of(score.total([tuple(p["correct"]) for p in points]))


def cost(line: dict[str, Any], k: int) -> float:
    """Core-seconds up to the answers at checkpoint `k`: training in proportion to its tokens, and answering."""
    whole = sum(p["rest"] for p in line["rec"]) + line["rec"][-1]["tokens"]
    training = (line["cpu"] - sum(p["answer"] for p in line["rec"])) / whole
    point = line["rec"][k]
    return float(training * (point["tokens"] + point["rest"]) + point["answer"])


def main() -> None:
    ap = parser(__doc__, whole=True)
    ap.add_argument("out", type=Path, metavar="OUT")
    ap.add_argument("--part", type=part_of, metavar="I/N", help="train a part of the tasks")
    ap.add_argument("--limit", type=positive, metavar="N", help="train the first N tasks of the part")
    ap.add_argument("--table", action="store_true")
    asked = ap.parse_args()
    if not asked.table:
        train(asked.out, asked.part or (1, 1), asked.limit)
    elif asked.part or asked.limit:
        ap.error("--table shows all that is there: without --part and --limit")
    else:
        print(table(read(asked.out)))


if __name__ == "__main__":
    end(main)
