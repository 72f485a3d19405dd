"""Kaggle's files and machine → `arc-ttt solve` on them, its answers taken over as they come.

The notebook calls it once arc_ttt is installed. Solvers are processes of their own: one that crashes leaves the answers
so far, and the same command goes on from there.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from arc_ttt.kaggle.files import Places, Submission, find, finished, log, variable

BUILTIN = "arc-mini-open"  # saw all that may be seen of what no competition scores
INSTEAD = f"{BUILTIN} on the processor takes its place"
TRIES = 3  # starts of a solver that crashes but gets further each time
GRACE = 120.0  # seconds that a solver may take beyond its deadline, and then 30 more to stop
LEAST = 5.0  # seconds below which there is no use in starting one
POLL = 1.0  # seconds between two looks at its submission
PROBE = """
import json, torch
count = torch.cuda.device_count() if torch.cuda.is_available() else 0
gpus = [torch.cuda.get_device_properties(i) for i in range(count)]
print(json.dumps([[[g.name, g.major, g.minor] for g in gpus], torch.cuda.get_arch_list()]))
"""


class Plan(NamedTuple):
    """One way to solve the tasks: arguments of `arc-ttt solve`, and the name of the run's folder."""

    about: str
    arguments: Sequence[str]
    folder: str
    gpus: Sequence[int] = ()


def solve(
    settings: Mapping[str, Any],
    places: Places,
    challenges: Path,
    environment: Mapping[str, str],
    submission: Submission,
    began: float,
) -> None:
    """Run solvers until one ends well, the time is over, or none gets further.

    `settings` are the bundle's. The time counts from `began`, in seconds of `time.monotonic`: hours in the hidden run,
    minutes for a few tasks in any other.
    """
    rerun = bool(os.environ.get("KAGGLE_IS_COMPETITION_RERUN"))
    seconds = float(variable("DEADLINE", str(settings["deadline"] if rerun else settings["smoke_seconds"])))
    few = () if rerun else ("--limit", str(settings["smoke_tasks"]))
    log.info("%s, %.0f s", "the full run" if rerun else f"a smoke run of {settings['smoke_tasks']} tasks", seconds)
    for plan in make_plans(settings, places, environment):
        folder, done = places.working / plan.folder, -1
        visible = {"CUDA_VISIBLE_DEVICES": ",".join(map(str, plan.gpus))} if plan.gpus else {}
        for _ in range(TRIES):
            left = seconds - (time.monotonic() - began)
            if left < LEAST or len(finished(folder)) <= done:
                break
            done = len(finished(folder))
            command = [sys.executable, "-m", "arc_ttt", "solve", str(challenges), "--out", str(folder)]
            command += [*plan.arguments, *few, "--deadline", f"{left:.0f}s", *shlex.split(variable("ARGS"))]
            log.info("%s, %.0f s left", plan.about, left)
            if _watch(command, {**environment, **visible}, places, folder, left + GRACE, submission) == 0:
                return
        if finished(folder):
            return  # another plan's answers would only replace these


def make_plans(settings: Mapping[str, Any], places: Places, environment: Mapping[str, str]) -> list[Plan]:
    """The bundle's model on what it was chosen for; behind it, or alone where that is not there, the built-in model on
    the processor."""
    builtin = Plan(f"{BUILTIN} on the processor", ("--model", BUILTIN, "--device", "cpu"), "run-builtin")
    model, gpus = str(settings["model"]), []
    if settings["accelerator"] != "cpu" and not (gpus := usable_gpus(environment)):
        log.info("no GPU can be used: %s", INSTEAD)
        return [builtin]
    if settings["weights"]:
        weights = local_weights(settings, places)
        if weights is None:
            log.info("no weights of %s among the inputs: %s", model, INSTEAD)
            return [builtin]
        model = str(weights)
    arguments = ["--model", model, *(() if gpus else ("--device", "cpu")), *settings["options"]]
    if prompt := settings["prompt"]:
        own = find(places.input, prompt) if prompt.endswith(".toml") else []
        arguments += ["--prompt", str(own[0]) if own else prompt]
    if (workers := settings["workers"] or len(gpus)) > 1:
        arguments += ["--workers", str(workers)]
    where = f"{len(gpus)} GPUs" if gpus else "the processor"
    return [Plan(f"{settings['model']} on {where}", arguments, "run", gpus), builtin]


def usable_gpus(environment: Mapping[str, str]) -> list[int]:
    """The GPUs on which this image's torch can compute: where it has no kernels for one, `torch.cuda.is_available()` is
    true of it all the same."""
    command = [sys.executable, "-c", PROBE]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=600)
    if done.returncode:
        log.info("torch cannot be asked for GPUs: %s", done.stderr[-1000:])
        return []
    gpus, built = json.loads(done.stdout.splitlines()[-1])
    for index, (name, major, minor) in enumerate(gpus):
        if not usable((major, minor), built):
            log.info("GPU %d, %s, has capability %d.%d; torch is built for %s", index, name, major, minor, built)
    return [index for index, (_, major, minor) in enumerate(gpus) if usable((major, minor), built)]


def usable(capability: tuple[int, int], built: Iterable[str]) -> bool:
    """Whether torch, built for the architectures `built` (sm_75, compute_90, …), computes on a GPU of that capability:
    machine code serves the same major and later minors, intermediate code all that is later; sm_90a only itself."""
    for match in filter(None, (re.fullmatch(r"(sm|compute)_(\d+)(\d)([a-z]?)", name) for name in built)):
        target = int(match[2]), int(match[3])
        same_major = match[1] == "compute" or target[0] == capability[0]
        if target == capability or (same_major and target < capability and not match[4]):
            return True
    return False


def local_weights(settings: Mapping[str, Any], places: Places) -> Path | None:
    """The model's folder or GGUF file, copied once to local disk: several processes that read the mount take many times
    longer. Where it is mounted, if there is no room; None where it is not there."""
    hints = [part for source in settings["sources"] for part in source.split("/")]
    gguf = settings["weights"] == "gguf"
    found = find(places.input, "*.gguf" if gguf else "config.json", hints)
    found = [path for path in found if gguf or any(path.parent.glob("*.safetensors"))]
    if not found:
        return None
    first = found[0]
    files = [first] if gguf else [p for p in first.parent.iterdir() if p.is_file() and p.suffix != ".whl"]
    size = sum(path.stat().st_size for path in files)
    if size > 0.9 * shutil.disk_usage(places.temp).free:
        log.info("no room on local disk for %.1f GB of weights: they are read from %s", size / 1e9, first.parent)
        return first if gguf else first.parent
    target = places.temp / "weights"
    target.mkdir(exist_ok=True)
    for path in files:
        shutil.copyfile(path, target / path.name)
    log.info("copied %.2f GB of weights from %s", size / 1e9, first.parent)
    return target / first.name if gguf else target


def _watch(
    command: Sequence[str],
    environment: Mapping[str, str],
    places: Places,
    folder: Path,
    seconds: float,
    submission: Submission,
) -> int:
    """Run a solver, take over its answers as they come, and stop it after `seconds`; its exit code."""
    path = places.working / "arc-ttt.log"
    end, means = time.monotonic() + seconds, [signal.SIGKILL, signal.SIGINT]
    with path.open("ab") as output:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd=places.temp,
            env=environment,
            start_new_session=True,  # a group of its own, so that its workers end with it
        )
    log.info("solver %d began: %s", process.pid, shlex.join(command[3:]))
    try:
        while process.poll() is None:
            submission.take(folder)
            if time.monotonic() > end and means:
                log.info("the solver is late and is stopped")
                process.send_signal(means.pop())
                end += 30.0
            try:
                process.wait(POLL)
            except subprocess.TimeoutExpired:
                continue
        submission.take(folder)
    finally:
        with contextlib.suppress(OSError):  # nothing is left of it
            os.killpg(process.pid, signal.SIGKILL)
    tail = path.read_text(encoding="utf-8", errors="replace").splitlines()[-5:]
    log.info("solver ended with %d:\n%s", process.returncode, "\n".join(f"    {line}" for line in tail))
    return process.returncode
