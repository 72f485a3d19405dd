"""How long it takes from `arc-ttt solve` to a first task's first step, and for the sample tasks, with two checkouts in
turns: BEFORE and AFTER.

Each command runs in a new process, as often as --times says; of wall clock and of the processor's time (with that of
workers) the least counts, since other work on the machine only adds to both. A first step is when a task's result is
told, less what the task took by itself.

    python scripts/bench_startup.py BEFORE AFTER [--times 3]
"""

import argparse
import json
import math
import os
import pty
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SAMPLE = ("solve", "data/samples", "--tasks", "01-mirror")
COMMANDS: dict[str, tuple[str, ...]] = {
    "--help": ("--help",),
    "a prompt format that there is not": ("show", "data/samples/06-crop.json", "--prompt", "nosuch"),
    "to the first sign on a terminal": (),
    "to the first step of a search": SAMPLE,
    "to the first step of training": (*SAMPLE, "--agents", "learner", "--ttt.tokens", "1500", "--views", "1"),
    "the twelve sample tasks": ("solve", "data/samples"),
}


def once(checkout: Path, words: tuple[str, ...]) -> tuple[float, float]:
    """Seconds of wall clock and of the processor that a command takes, without those that its only task has."""
    solves, own, own_cpu = words[0] == "solve", 0.0, 0.0
    with tempfile.TemporaryDirectory() as out:
        more = ["--json", "--out", f"{out}/run"] if solves else []
        command = [sys.executable, "-m", "arc_ttt", *words, *more]
        before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
        environment = os.environ | {"PYTHONPATH": str(checkout)}
        process = subprocess.Popen(command, cwd=checkout, env=environment, stdout=subprocess.PIPE, text=True, stderr=-3)
        assert process.stdout is not None
        told = None
        for line in process.stdout:
            if solves and (event := json.loads(line))["event"] == "result":
                told = time.monotonic()
                own, own_cpu = sum(event["seconds"].values()), event["notes"]["cpu_seconds"]
        process.wait()
        wall, after = (told or time.monotonic()) - begun, resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return (wall - own, cpu - own_cpu) if "--tasks" in words else (wall, cpu)


def sign(checkout: Path) -> tuple[float, float]:
    """Seconds until a terminal shows something of a run; the processor's are not told."""
    with tempfile.TemporaryDirectory() as out:
        master, slave = pty.openpty()
        command = [sys.executable, "-m", "arc_ttt", *SAMPLE, "--out", f"{out}/run"]
        environment, begun = os.environ | {"PYTHONPATH": str(checkout), "TERM": "xterm"}, time.monotonic()
        process = subprocess.Popen(command, cwd=checkout, env=environment, stdout=slave, stderr=slave)
        os.read(master, 1)
        took = time.monotonic() - begun
        process.kill()
        process.wait()
        os.close(master)
        os.close(slave)
    return took, math.nan


def processor() -> str:
    """Its name, and how many there are."""
    lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return f"{len(names)} × {names[0]}" if names else "unknown"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("before", type=Path)
    parser.add_argument("after", type=Path)
    parser.add_argument("--times", type=int, default=3)
    asked = parser.parse_args()
    print(f"{processor()}; load {os.getloadavg()[0]:.1f}; wall / processor, seconds\n")
    print("| | before | after | ratio of wall | of processor |\n|---|---|---|---|---|")
    for name, words in COMMANDS.items():
        taken: dict[Path, list[tuple[float, float]]] = {asked.before: [], asked.after: []}
        for _ in range(asked.times):
            for checkout, times in taken.items():
                times.append(once(checkout.resolve(), words) if words else sign(checkout.resolve()))
        (wall, cpu), (wall_after, cpu_after) = ([min(t[i] for t in times) for i in (0, 1)] for times in taken.values())
        ratios = f"{wall_after / wall:.2f} | {cpu_after / cpu:.2f}"
        row = f"| {name} | {wall:.1f} / {cpu:.1f} | {wall_after:.1f} / {cpu_after:.1f} | {ratios} |"
        print(row.replace("nan", "–"), flush=True)


if __name__ == "__main__":
    main()
