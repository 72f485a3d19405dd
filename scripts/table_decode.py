"""Samplers × choosers on the same tasks, the same adapted model and the same views: what each finds and costs.

Each task is trained on once; then every sampler answers it and every chooser picks from what each sampler found. One
line a task goes to OUT.jsonl (a run that was stopped goes on after the last one), the table to OUT.md.

    python scripts/table_decode.py OUT [--tasks data/splits/validation.json] [--data arc1:training] [--limit N]
"""

import dataclasses
import time
from pathlib import Path
from statistics import mean, median
from typing import Any

import torch
from runs import parser
from tables import append, heading, written

from arc_ttt.agents.learner.adapt import adapt
from arc_ttt.agents.learner.answer import answer
from arc_ttt.agents.learner.learner import RULES
from arc_ttt.agents.learner.memory import room_of
from arc_ttt.agents.learner.work import Work
from arc_ttt.agents.recipe import machine
from arc_ttt.arc import dataset
from arc_ttt.cli.choice import choose
from arc_ttt.config import VOTES as NAMES
from arc_ttt.config import DecodeConfig, SolveConfig, TTTConfig
from arc_ttt.lm.adapter import Adapter
from arc_ttt.lm.load import load_model
from arc_ttt.seeds import derive
from arc_ttt.solve.vote import choose as choose_by
from arc_ttt.text.format import load

SAMPLERS = {
    "greedy, 8 views": (8, DecodeConfig()),
    "greedy, 16 views": (16, DecodeConfig()),
    "2 samples, 16 views": (16, DecodeConfig(method="sample", samples=2)),
    "DFS, p ≥ 20 %, 8 views": (8, DecodeConfig(method="dfs", min_prob=0.2)),
    "DFS, p ≥ 9 %, 16 views": (16, DecodeConfig(method="dfs", min_prob=0.09)),
    "DFS, p ≥ 2 %, 16 views": (16, DecodeConfig(method="dfs", min_prob=0.02, nodes=3000)),
}
SCORING = 16


def measure(model: str, tasks: dataset.TaskSet, ids: list[str], ttt: TTTConfig, out: Path) -> None:
    lm = load_model(model)
    form = load(str(lm.card["prompt"]))
    adapter = Adapter(lm, rank=ttt.rank, alpha=ttt.alpha, tokens=(form.vocabulary.task,))
    done = {line["task"] for line in written(out)}
    by_id = {t.id: t for t in tasks.tasks}
    for n, id in enumerate(ids, 1):
        if id in done:
            continue
        task, truth = by_id[id], tasks.solutions[id]
        base = SolveConfig(ttt=ttt)
        adapter.reset(derive(base.seed, id, "adapter"))
        begun = time.monotonic()
        room = room_of(base, lm.quantization)
        work = Work(task, lm, form, adapter, base, room)
        adapt(work, RULES[ttt.stop](work))
        trained, samplers = round(time.monotonic() - begun, 2), dict[str, Any]()
        for name, (views, decode) in SAMPLERS.items():
            config = dataclasses.replace(base, views=views, decode=decode, vote="product", score_views=SCORING)
            begun = time.monotonic()
            found, notes = answer(Work(task, lm, form, adapter, config, room))
            seconds = time.monotonic() - begun
            samplers[name] = {
                "seconds": round(seconds - notes["scoring_seconds"], 3),
                "scoring": notes["scoring_seconds"],
                "candidates": [len(f) for f in found],
                "covered": [any(c.grid == t for c in f) for f, t in zip(found, truth, strict=True)],
                "right": {
                    rule: [t in [c.grid for c in choose_by(rule, f)[:2]] for f, t in zip(found, truth, strict=True)]
                    for rule in NAMES
                },
                "accepted": notes["drafts_accepted"],
            }
        append(out, {"task": id, "outputs": len(truth), "adapt": trained, "samplers": samplers})
        right = sum(samplers["greedy, 16 views"]["right"]["flat"])
        print(f"{n}/{len(ids)} {id}: {trained} s, {right}/{len(truth)}", flush=True)


def table(lines: list[dict[str, Any]]) -> list[str]:
    outputs = sum(line["outputs"] for line in lines)
    rules = " | ".join(NAMES)
    made = [heading(f"sampler | {rules} | covered | candidates an output | s/task finding | s/task scoring")]
    for name in SAMPLERS:
        runs = [line["samplers"][name] for line in lines]
        right = [sum(sum(r["right"][rule]) for r in runs) for rule in NAMES]
        best = max(right)
        cells = [f"**{n}**" if n == best else f"{n}" for n in right]
        covered = sum(sum(r["covered"]) for r in runs)
        many = mean(n for r in runs for n in r["candidates"])
        finding, scoring = median(r["seconds"] for r in runs), median(r["scoring"] for r in runs)
        made.append(f"| {name} | {' | '.join(cells)} | {covered} | {many:.1f} | {finding:.2f} | {scoring:.2f} |")
    made.append("")
    made.append(
        f"{len(lines)} tasks, {outputs} outputs; a cell is the number of outputs right in two attempts; seconds are "
        f"medians, beside {median(line['adapt'] for line in lines):.1f} s of training. Candidates are scored in "
        f"{SCORING} views."
    )
    return made


if __name__ == "__main__":
    ap = parser(__doc__)
    ap.add_argument("out", type=Path)
    ap.add_argument("--model", default="arc-mini")
    ap.add_argument("--data", default="arc1:training")
    ap.add_argument("--tasks", default="data/splits/validation.json")
    ap.add_argument("--limit", type=int)
    ap.add_argument("--ttt-tokens", type=int, default=TTTConfig.tokens)
    a = ap.parse_args()
    tasks = dataset.load(a.data)
    ids = list(choose(tasks, a.data, a.tasks, a.limit))
    out = a.out.with_suffix(".jsonl")
    measure(a.model, tasks, ids, TTTConfig(tokens=a.ttt_tokens), out)
    lines = written(out)
    facts = machine(torch.get_num_threads())
    head = f"# Finding and choosing answers\n\n{a.data}, {a.tasks}; model {a.model}, seed 0; {facts}\n"
    a.out.with_suffix(".md").write_text("\n".join([head, *table(lines)]) + "\n")
    print("\n".join(table(lines)))
