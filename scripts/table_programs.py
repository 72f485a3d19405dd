"""Measure the program search: solve tasks and tell what was right, or count what the search's weights hold.

    python scripts/table_programs.py run SOURCE [ID ...] [--budget N] [--every K] [--without NAME,…] [--out FILE]
    python scripts/table_programs.py ablate SOURCE [--budget N] [--every K] [--out FOLDER]  # without each lever
    python scripts/table_programs.py compare FILE FILE      # outputs won and lost
    python scripts/table_programs.py lengths FILE           # right programs by their length
    python scripts/table_programs.py ten FILE               # ten right programs with their sentences
    python scripts/table_programs.py costs [--every K]      # writes weights.json: what operations cost
    python scripts/table_programs.py helps FILE [FILE ...]  # writes weights.json: how often operations help
    python scripts/table_programs.py bench                  # states per second

SOURCE is a folder of tasks, `training` (ARC-AGI-1's training tasks but for the validation tasks) or `validation`.
`costs` and `helps` see the training tasks alone. `--without` leaves out operations, or a lever: fits, targets, stack,
join, decide, input, frames, subgoals. FILE is what `run --out` wrote; FOLDER keeps such files, and `ablate` goes on
from them.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter, defaultdict
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
from runs import parser, split

from arc_ttt.agents.programs.actions import Actions, palette
from arc_ttt.agents.programs.compared_sizes import size_class
from arc_ttt.agents.programs.find import BUDGET, find
from arc_ttt.agents.programs.meter import Meter, Trace
from arc_ttt.agents.programs.search import Search
from arc_ttt.agents.programs.sentence import sentence
from arc_ttt.agents.programs.weights import weights
from arc_ttt.arc import dataset
from arc_ttt.rules.language import length, parse_program, steps_of
from arc_ttt.rules.operations import OPERATIONS
from arc_ttt.types import Grid, Task

LEVERS = ("fits", "frames", "targets", "stack", "join", "decide", "input")
WEIGHTS = Path(__file__).parents[1] / "arc_ttt/agents/programs/weights.json"


def tasks_of(source: str) -> tuple[list[Task], dict[str, tuple[Grid, ...]]]:
    """The tasks and their answers."""
    if source not in ("training", "validation"):
        read = dataset.load(source)
        return list(read.tasks), dict(read.solutions)
    read = dataset.load("arc1:training")
    validation = set(split("validation")["arc1:training"])
    kept = [t for t in read.tasks if (t.id in validation) == (source == "validation")]
    return kept, {t.id: read.solutions[t.id] for t in kept}


def run(args: argparse.Namespace) -> None:
    tasks, answers = tasks_of(args.source)
    tasks = [t for t in tasks if not args.ids or t.id in args.ids][args.start :: args.every]
    out = args.out.open("w", encoding="utf-8") if args.out else None
    for name in args.without:  # out of the language itself: programs come from more places than the search's own steps
        OPERATIONS.pop(name, None)
    lines = []
    for task in tasks:
        line = solve(task, answers[task.id], args.budget, args.without)
        lines.append(line)
        if out:
            print(json.dumps(line), file=out, flush=True)
        if not args.quiet:
            best = line["found"][0] if line["found"] else {}
            mark = "right" if all(line["right"]) else "wrong" if best else "-"
            sure = "sure" if best.get("sure") else ""
            print(
                f"{task.id} {mark:5} {sure:4} {line['seconds']:5.1f}s {line['states']:6} {best.get('bits', 0):6.1f} "
                f"{best.get('left_out')} {best.get('program', '')[:150]}",
                flush=True,
            )
    print(summary(lines))


def solve(task: Task, truth: tuple[Grid, ...], budget: float, without: list[str]) -> dict[str, Any]:
    """A line of a run: what was found, what of it is right."""
    trace = Trace()
    gap = 0.0
    start = asked = time.process_time()

    def stop() -> None:
        """What a deadline or Ctrl-C would be heard by: how long it was not asked for."""
        nonlocal asked, gap
        now = time.process_time()
        gap, asked = max(gap, now - asked), now

    found = find(task, budget, stop, without=without, trace=trace)
    stop()
    seconds = asked - start
    shown: list[dict[str, Any]] = [
        {
            "program": f.program, "bits": round(f.bits, 2), "left_out": f.left_out, "agree": f.agree,
            "reproduced": f.reproduced, "near": round(f.near, 4), "explained": round(f.explained, 1),
            "ahead": min(99, round(f.ahead, 2)), "sure": f.sure, "sentence": f.sentence,
            "right": [a == b for a, b in zip(f.outputs, truth, strict=True)],
        }
        for f in found
    ]  # fmt: skip
    right = [any(f["right"][i] for f in shown[:2]) for i in range(len(truth))]
    return {
        "task": task.id, "right": right, "demonstrations": len(task.demonstrations), "seconds": round(seconds, 3),
        "spent": round(trace.spent), "states": trace.states, "calls": trace.calls, "raised": dict(trace.raised),
        "gap": round(gap, 4), "found": shown,
    }  # fmt: skip


def ablate(args: argparse.Namespace) -> None:
    """A row for all levers, and one without each of them."""
    tasks, answers = tasks_of(args.source)
    print("| | outputs right | sure: right of tasks | exact: right of tasks | core-s a task | +won −lost |")
    print("|---|---|---|---|---|---|")
    whole: list[dict[str, Any]] = []
    for lever in ("", *LEVERS):
        path = args.out / f"{Path(args.source).name}-{lever or 'all'}.jsonl" if args.out else None
        done = read(path) if path and path.exists() else {}
        lines = []
        for task in tasks[:: args.every]:
            line = done.get(task.id) or solve(task, answers[task.id], args.budget, [lever] if lever else [])
            lines.append(line)
            if path and task.id not in done:
                path.parent.mkdir(parents=True, exist_ok=True)
                with path.open("a", encoding="utf-8") as file:
                    print(json.dumps(line), file=file)
        whole = whole or lines
        print(row(f"without {lever}" if lever else "all", lines, whole), flush=True)


def row(name: str, lines: list[dict[str, Any]], whole: list[dict[str, Any]]) -> str:
    """A row of `ablate`; outputs won and lost are those against `whole`."""
    right = [r for line in lines for r in line["right"]]
    before = [r for line in whole for r in line["right"]]
    exact = [line for line in lines if line["found"] and line["found"][0]["reproduced"] == line["demonstrations"]]
    sure = [line for line in exact if line["found"][0]["sure"]]
    first, good = (sum(all(line["found"][0]["right"]) for line in some) for some in (exact, sure))
    won, lost = (sum(a > b for a, b in zip(x, y, strict=True)) for x, y in ((right, before), (before, right)))
    seconds = sum(line["seconds"] for line in lines) / len(lines)
    return (
        f"| {name} | {sum(right)} / {len(right)} | {good} of {len(sure)} | {first} of {len(exact)} | {seconds:.2f} "
        f"| {f'+{won} −{lost}' if lines is not whole else ''} |"
    )


def best_right(path: Path) -> list[tuple[str, dict[str, Any]]]:
    """The tasks whose first program is right, with it."""
    return [
        (id, line["found"][0])
        for id, line in read(path).items()
        if line["found"] and line["found"][0]["reproduced"] == line["demonstrations"] and all(line["found"][0]["right"])
    ]


def lengths(args: argparse.Namespace) -> None:
    """How many steps right programs have, one after another and with those inside them."""
    programs = [parse_program(f["program"]) for _, f in best_right(args.file)]
    steps, whole = Counter(map(len, programs)), Counter(map(length, programs))
    print("| steps | one after another | all, inner programs' too |\n|---|---|---|")
    for n in range(1, max(whole, default=0) + 1):
        print(f"| {n} | {steps[n]} | {whole[n]} |")


def ten(args: argparse.Namespace) -> None:
    """Ten right programs that are sure and share no operation, as they come by a shuffle of the tasks, with what
    is said of them now."""
    print("| task | program | sentence |\n|---|---|---|")
    used: set[str] = set()
    shown = 0
    for id, f in sorted(best_right(args.file), key=lambda e: sha256(e[0].encode()).digest()):
        names = {step.name for step in steps_of(parse_program(f["program"]))}
        if f["sure"] and not names & used and shown < 10:
            used |= names
            shown += 1
            print(f"| {id} | `{f['program']}` | {sentence(parse_program(f['program']))} |")


def summary(lines: list[dict[str, Any]]) -> str:
    outputs = [r for line in lines for r in line["right"]]
    exact = [line for line in lines if line["found"] and line["found"][0]["reproduced"] == line["demonstrations"]]
    sure = [line for line in exact if line["found"][0]["sure"]]
    first = sum(all(line["found"][0]["right"]) for line in exact)
    good = sum(all(line["found"][0]["right"]) for line in sure)
    seconds = sum(line["seconds"] for line in lines)
    states = sum(line["states"] for line in lines)
    lengths = Counter(line["found"][0]["program"].count(" > ") + 1 for line in exact if all(line["found"][0]["right"]))
    raised = sum((Counter(line["raised"]) for line in lines), Counter[str]())
    return (
        f"{sum(outputs)} of {len(outputs)} outputs right with two attempts, {len(lines)} tasks; exact on {len(exact)}, "
        f"{first} of these right at once; sure on {len(sure)}, {good} right; {seconds / len(lines):.2f} core-seconds a "
        f"task, {states / max(seconds, 1e-9):.0f} states a second; right by steps {dict(sorted(lengths.items()))}; "
        f"longest not to be stopped {max((line.get('gap', 0.0) for line in lines), default=0.0):.3f} s"
        + (f"; raised {dict(raised)}" if raised else "")
    )


def read(path: Path) -> dict[str, dict[str, Any]]:
    return {line["task"]: line for line in map(json.loads, path.read_text(encoding="utf-8").splitlines())}


def compare(args: argparse.Namespace) -> None:
    old, new = read(args.files[0]), read(args.files[1])
    both = [id for id in old if id in new]
    for name, (a, b) in {"won": (old, new), "lost": (new, old)}.items():
        ids = [id for id in both if sum(b[id]["right"]) > sum(a[id]["right"])]
        print(name, len(ids))
        for id in ids:
            print("  ", id, [(f["program"], f["bits"], f["left_out"]) for f in b[id]["found"][:1]])
    for path, lines in zip(args.files, (old, new), strict=True):
        print(path.name, summary([lines[id] for id in both]))


def costs(args: argparse.Namespace) -> None:
    """Time every action and fit on the first grids of training tasks and on what one step makes of them."""
    seen: dict[str, list[tuple[float, float]]] = defaultdict(list)
    rng = np.random.default_rng(0)
    for task in tasks_of("training")[0][:: args.every]:
        shown = tuple(p.input.cells for p in task.demonstrations)
        outputs = tuple(p.output.cells for p in task.demonstrations)
        possible = list(Actions(palette(shown, outputs), size_class(shown, outputs)))
        chosen = [possible[i] for i in rng.permutation(len(possible))[:400]]
        for name in {a.step.name for a in possible} - {a.step.name for a in chosen}:
            chosen.append(next(a for a in possible if a.step.name == name))
        for action in chosen:
            start = time.perf_counter()
            for grid in shown[:2]:
                action.function(grid, *action.step.arguments)
            seconds = (time.perf_counter() - start) / 2
            seen[action.step.name].append((sum(g.size for g in shown[:2]) / 2, seconds))
        for name, operation in OPERATIONS.items():
            if operation.fit:
                start = time.perf_counter()
                try:
                    list(operation.fit(shown, outputs))
                except Exception as error:  # noqa: BLE001
                    print(f"{name}: its fit raised {error!r} on {task.id}", file=sys.stderr)
                seen["fit:" + name].append((sum(g.size for g in shown), time.perf_counter() - start))
    raw = json.loads(WEIGHTS.read_text())
    raw["costs"] = {}
    for name, points in sorted(seen.items()):
        cells, seconds = np.array(points).T
        seconds = np.minimum(seconds, np.quantile(seconds, 0.99)) * 1e5
        slope = max(0.0, float(np.polyfit(cells, seconds, 1)[0])) if len(cells) > 3 and np.ptp(cells) else 0.0
        constant = max(0.1, float(seconds.mean() - slope * cells.mean()))
        raw["costs"][name] = [round(constant, 2), round(100 * slope, 3)]
    write(raw)


def helps(args: argparse.Namespace) -> None:
    """Count the operations of the shortest right programs, once a task, by the class of its sizes."""
    tasks = {t.id: t for t in tasks_of("training")[0]}
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    done: set[str] = set()
    for path in args.files:
        for id, line in read(path).items():
            right = [f for f in line["found"] if all(f["right"]) and f["reproduced"] == line["demonstrations"]]
            if id in tasks and id not in done and right:
                done.add(id)
                pairs = tasks[id].demonstrations
                kind = size_class([p.input.cells for p in pairs], [p.output.cells for p in pairs])
                counts[kind].update({step.name for step in parse_program(right[0]["program"])})
    raw = json.loads(WEIGHTS.read_text())
    raw["helps"] = {kind: dict(sorted(c.items())) for kind, c in sorted(counts.items())}
    write(raw)


def write(raw: dict[str, Any]) -> None:
    parts = []
    for part, values in sorted(raw.items()):
        inner = ",\n".join(f"  {json.dumps(k)}: {json.dumps(v)}" for k, v in values.items())
        parts.append(f" {json.dumps(part)}: {{\n{inner}\n }}")
    WEIGHTS.write_text("{\n" + ",\n".join(parts) + "\n}\n", encoding="utf-8")


def bench(args: argparse.Namespace) -> None:
    """States that the plain search visits on every thirtieth training task."""
    states = 0
    start = time.process_time()
    for task in tasks_of("training")[0][::30]:
        grids = tuple(p.input.cells for p in task.demonstrations) + tuple(t.cells for t in task.tests)
        meter = Meter(until=100_000)
        Search(grids, tuple(p.output.cells for p in task.demonstrations), meter).run()
        states += meter.trace.states
    print(f"states per second: {states / (time.process_time() - start):.0f}")


def main() -> None:
    ap = parser(__doc__, whole=True)
    parts = ap.add_subparsers(required=True)
    of = {part: parts.add_parser(part.__name__) for part in (run, ablate, compare, lengths, ten, costs, helps, bench)}
    for part, one in of.items():
        one.set_defaults(run=part)
    for part in (run, ablate):
        of[part].add_argument("source")
        of[part].add_argument("--budget", type=float, default=BUDGET)
        of[part].add_argument("--every", type=int, default=1)
        of[part].add_argument("--out", type=Path)
    of[run].add_argument("ids", nargs="*")
    of[run].add_argument("--start", type=int, default=0)
    of[run].add_argument("--without", type=lambda s: s.split(","), default=[])
    of[run].add_argument("--quiet", action="store_true")
    of[compare].add_argument("files", nargs=2, type=Path)
    for part in (lengths, ten):
        of[part].add_argument("file", type=Path)
    of[costs].add_argument("--every", type=int, default=9)
    of[helps].add_argument("files", nargs="+", type=Path)
    args = ap.parse_args()
    args.run(args)


if __name__ == "__main__":
    weights.cache_clear()
    main()
