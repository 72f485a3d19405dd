"""Where a run is to be solved → an engine that is ready."""

from __future__ import annotations

import sys
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from runpy import run_path
from typing import Any

from arc_ttt.agents.progress import Progress
from arc_ttt.run.engines.engine import Engine, Make


def open_engine(
    make: Make,
    device: str,
    workers: int | None,
    engine: str,
    address: str | None,
    progress: Progress,
    until: float | None = None,
) -> tuple[Engine, Any]:
    """This process, `workers` processes, or a Ray cluster, and what the first solver was told of itself. Raises the
    `ArcError` that `make` raises, and `EngineError` where no process is ready `until` then (of `time.monotonic`)."""
    from arc_ttt.run.engines.engine import Here
    from arc_ttt.run.engines.processes import Processes

    if engine == "ray":
        from arc_ttt.run.engines.cluster import Cluster

        cluster = Cluster(make, device, workers, address, progress)
        return cluster, cluster.told
    names = devices(device, workers)
    if workers is None and len(names) == 1:
        solver, told = make(device)
        return Here(solver, progress), told
    processes = Processes(make, names, progress, until)
    return processes, processes.told


def devices(device: str, workers: int | None) -> list[str]:
    """A device for each worker: the GPUs in turn, or the one that was named."""
    if device not in ("auto", "cuda") or not (count := _gpus()):
        return [device] * (workers or 1)
    return [f"cuda:{i % count}" for i in range(workers or count)]


def on_processor(device: str) -> bool:
    """Whether `device` means the processor here."""
    return device == "cpu" or (device == "auto" and sys.platform != "darwin" and not _gpus())


@cache
def _gpus() -> int:
    """How many GPUs there are. PyTorch is not imported where it was built without CUDA and its like."""
    spec = find_spec("torch")
    about = Path(spec.origin).with_name("version.py") if spec is not None and spec.origin else None
    if about is not None and about.is_file():
        said = run_path(str(about))
        if "cuda" in said and not said["cuda"] and not said.get("hip"):
            return 0
    import torch

    return torch.cuda.device_count() if torch.cuda.is_available() else 0
