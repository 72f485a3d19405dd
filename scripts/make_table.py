"""Write a Markdown table that compares runs on the same tasks, with the command of each.

    python scripts/make_table.py TITLE NAME=RUN[+RUN ...] [NAME=RUN[+RUN ...] ...]

Runs joined by + are on different tasks and count as one. For each: outputs right with Wilson's 95 % interval, tasks,
seconds a task, what of them the processor worked (all its cores together), lesson tokens, peak memory; and against the
first one the paired difference, with the exact two-sided sign test over the outputs on which the two differ.
"""

from __future__ import annotations

import json
import statistics
import sys
from pathlib import Path
from typing import Any

from arc_ttt.arc.score import sign_test, total


def read(runs: list[Path]) -> tuple[list[dict[str, Any]], dict[str, dict[str, Any]]]:
    """Each run's config.json, and the last line of each of their tasks."""
    configs = [json.loads((run / "config.json").read_text(encoding="utf-8")) for run in runs]
    results: dict[str, dict[str, Any]] = {}
    for run in runs:
        lines = map(json.loads, (run / "results.jsonl").read_text(encoding="utf-8").splitlines())
        mine = {line["task"]: line for line in lines}
        if both := results.keys() & mine.keys():
            sys.exit(f"{run}: {min(both)} is in another of the joined runs")
        results |= mine
    return configs, results


def row(name: str, runs: list[Path], first: dict[str, dict[str, Any]]) -> str:
    _, results = read(runs)
    if results.keys() != first.keys():
        sys.exit(f"{name}: other tasks than the first's")
    score = total(tuple(r["correct"]) for r in results.values())
    low, high = score.interval("outputs")
    seconds = [sum(r["seconds"].values()) for r in results.values()]
    pairs = [(a, b) for t in results for a, b in zip(first[t]["correct"], results[t]["correct"], strict=True)]
    better, worse = sum(b and not a for a, b in pairs), sum(a and not b for a, b in pairs)
    versus = f"+{better} −{worse}, p = {sign_test(better, worse):.2g}" if results is not first and pairs else ""
    worked = [r["notes"]["cpu_seconds"] for r in results.values() if "cpu_seconds" in r["notes"]]
    cpu = f"{statistics.mean(worked):.1f}" if len(worked) == len(results) else ""
    tokens = statistics.mean(r["notes"].get("lesson_tokens", 0) for r in results.values())
    memory = max((r["notes"].get("peak_mib", 0) for r in results.values()), default=0)
    return (
        f"| {name} | {score.outputs_right} / {score.outputs} = {score.by_outputs:.1%} ({low:.1%}–{high:.1%}) "
        f"| {score.by_tasks:.1%} | {statistics.median(seconds):.1f} | {statistics.mean(seconds):.1f} "
        f"| {max(seconds):.1f} | {cpu} | {tokens:,.0f} | {memory:.0f} | {versus} |"
    )


if __name__ == "__main__":
    title, *named = sys.argv[1:]
    runs = {name: [Path(run) for run in joined.split("+")] for name, _, joined in (n.partition("=") for n in named)}
    configs, first = read(next(iter(runs.values())))
    config = configs[0]
    sources = " and ".join(c["tasks"]["name"] for c in configs)
    print(f"### {title}\n")
    print(
        f"{len(first)} tasks of {sources}; model {config['model']['name']} "
        f"({config['model']['digest'][:8]}), seed {config['settings']['seed']}; "
        f"{config['machine'].get('threads')} threads, torch {config['machine'].get('torch')}, "
        f"{config['machine'].get('dtype')}.\n"
    )
    print(
        "| run | outputs right, pass@2 (95 %) | by tasks | s/task median | mean | max | core-s/task | tokens/task "
        "| peak MiB | against the first |"
    )
    print("|---|---|---|---|---|---|---|---|---|---|")
    for name, run in runs.items():
        print(row(name, run, first))
    print()
