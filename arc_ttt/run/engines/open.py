"""Where a run is to be solved → an engine that is ready."""

from __future__ import annotations

from typing import Any

from arc_ttt.agents.progress import Progress
from arc_ttt.run.engines.engine import Engine, Make


def open_engine(
    make: Make, device: str, workers: int | None, engine: str, address: str | None, progress: Progress
) -> tuple[Engine, Any]:
    """This process, `workers` processes, or a Ray cluster, and what the first solver was told of itself. Raises the
    `ArcError` that `make` raises."""
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
    processes = Processes(make, names, progress)
    return processes, processes.told


def devices(device: str, workers: int | None) -> list[str]:
    """A device for each worker: the GPUs in turn, or the one that was named."""
    if device not in ("auto", "cuda"):
        return [device] * (workers or 1)
    import torch

    count = torch.cuda.device_count() if torch.cuda.is_available() else 0
    if not count:
        return [device] * (workers or 1)
    return [f"cuda:{i % count}" for i in range(workers or count)]
