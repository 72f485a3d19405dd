"""Write a Markdown table that compares runs on the same tasks.

    python scripts/make_table.py TITLE NAME=RUN[+RUN ...] [NAME=RUN[+RUN ...] ...]

Runs joined by + are on different tasks and count as one. For each: outputs right with Wilson's 95 % interval, tasks,
seconds a task, what of them the processor worked (all its cores together), lesson tokens, peak memory; and against the
first one the paired difference, with the exact two-sided sign test over the outputs on which the two differ.
"""

from __future__ import annotations

import statistics
from collections.abc import Mapping
from pathlib import Path

from runs import end, parser
from tables import heading, joined, right

from arc_ttt.arc.score import sign_test, total
from arc_ttt.errors import StoreError
from arc_ttt.types import Result


def row(name: str, results: Mapping[str, Result], first: Mapping[str, Result]) -> str:
    if results.keys() != first.keys():
        raise StoreError(f"{name}: other tasks than the first's")
    score = total([r.correct or () for r in results.values()])
    seconds = [sum(r.seconds.values()) for r in results.values()]
    versus = ""
    if results is not first:
        pairs = [(a, b) for t in results for a, b in zip(first[t].correct or (), results[t].correct or (), strict=True)]
        better, worse = sum(b and not a for a, b in pairs), sum(a and not b for a, b in pairs)
        versus = f"+{better} −{worse}, p = {sign_test(better, worse):.2g}"
    worked = [r.notes["cpu_seconds"] for r in results.values() if "cpu_seconds" in r.notes]
    cpu = f"{statistics.mean(worked):.1f}" if len(worked) == len(results) else ""
    tokens = statistics.mean(r.notes.get("lesson_tokens", 0) for r in results.values())
    memory = max((r.notes.get("peak_mib", 0) for r in results.values()), default=0)
    return (
        f"| {name} | {right(score)} | {score.by_tasks:.1%} "
        f"| {statistics.median(seconds):.1f} | {statistics.mean(seconds):.1f} | {max(seconds):.1f} "
        f"| {cpu} | {tokens:,.0f} | {memory:.0f} | {versus} |"
    )


def main() -> None:
    ap = parser(__doc__, whole=True)
    ap.add_argument("title")
    ap.add_argument("runs", nargs="+", metavar="NAME=RUN[+RUN ...]")
    asked = ap.parse_args()
    table = []
    for name, _, folders in (named.partition("=") for named in asked.runs):
        if not name or not folders or "|" in name:
            ap.error(f"{name}={folders}: give it as NAME=RUN, with a name that fits into a table")
        runs = joined([Path(folder) for folder in folders.split("+")])
        results = {id: result for _, mine in runs for id, result in mine.items()}
        table.append((name, [config for config, _ in runs], results))
    _, configs, first = table[0]
    config = configs[0]
    sources = " and ".join(c["tasks"]["name"] for c in configs)
    rows = [row(name, results, first) for name, _, results in table]
    print(f"### {asked.title}\n")
    print(
        f"{len(first)} tasks of {sources}; model {config['model']['name']} "
        f"({config['model']['digest'][:8]}), seed {config['settings']['seed']}; "
        f"{config['machine'].get('threads')} threads, torch {config['machine'].get('torch')}, "
        f"{config['machine'].get('dtype')}.\n"
    )
    print(
        heading(
            "run | outputs right, pass@2 (95 %) | by tasks | s/task median | mean | max | core-s/task | tokens/task "
            "| peak MiB | against the first"
        )
    )
    print("\n".join(rows), end="\n\n")


if __name__ == "__main__":
    end(main)
