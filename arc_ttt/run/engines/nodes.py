"""A Ray cluster: joined or started, and what its nodes have room for."""

from __future__ import annotations

import contextlib
import logging
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from arc_ttt.errors import ArcError, ConfigError

ANSWER = 30.0  # seconds that a cluster has to answer
OBJECTS = 128 * 2**20  # bytes of shared memory for what travels, where the cluster is our own


@dataclass(frozen=True)
class Share:
    """What a worker asks of a node, and the device's name there."""

    device: str
    gpus: int
    cpus: int

    def __str__(self) -> str:
        return " and ".join(f"{n} {name}{'' if n == 1 else 's'}" for n, name in self._parts if n)

    @property
    def _parts(self) -> tuple[tuple[int, str], ...]:
        return (self.gpus, "GPU"), (self.cpus, "CPU")


def shares(nodes: Sequence[Mapping[str, float]], device: str, workers: int | None = None) -> list[Share]:
    """What each of `workers` asks for, given the resources of the living nodes. More of them than there is room for
    wait until there is."""
    if device.startswith("cuda:"):
        raise ConfigError(f"--device {device}: names a GPU of one machine; on a Ray cluster it is cuda")
    sizes = [(int(node.get("CPU", 0)), int(node.get("GPU", 0))) for node in nodes]
    gpus = [(cpus, count) for cpus, count in sizes if count]
    if device in ("auto", "cuda") and gpus:
        share = Share("cuda:0", 1, min(cpus // count for cpus, count in gpus))
        return [share] * (workers or sum(count for _, count in gpus))
    if device == "cuda":
        raise ConfigError("--device cuda: no node of the Ray cluster has a GPU")
    cores = sorted((cpus for cpus, _ in sizes if cpus), reverse=True)
    if not cores:
        raise ConfigError("no node of the Ray cluster has a CPU for workers")
    counts = [1] * len(cores)
    if workers is not None:
        counts = [0] * len(cores)
        for _ in range(workers):
            roomiest = max(range(len(cores)), key=lambda i: cores[i] / (counts[i] + 1))
            counts[roomiest] += 1
    name = "cpu" if device == "auto" else device
    return [Share(name, 0, max(1, c // n)) for c, n in zip(cores, counts, strict=True) for _ in range(n)]


def imported() -> Any:
    """Ray, which is asked for only here; `ConfigError` where it is not installed."""
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    os.environ.setdefault("RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO", "0")
    try:
        import ray
    except ImportError as fault:
        raise ConfigError("--engine ray: Ray is not installed; pip install 'arc-ttt[ray]'") from fault
    return ray


def join(ray: Any, address: str | None) -> bool:
    """Join the cluster at `address`, or start one; False where this process had joined one before."""
    if ray.is_initialized():
        return False
    address = address or os.environ.get("RAY_ADDRESS") or "local"
    if address not in ("auto", "local"):
        _check(address)
    own = {"include_dashboard": False, "object_store_memory": OBJECTS} if address == "local" else {}
    ray._private.worker._worker_logs_enabled = False  # its raylet writes to our stdout otherwise
    try:
        with _kept(signal.SIGTERM):
            ray.init(address, log_to_driver=False, logging_level=logging.ERROR, **own)
    except (ArcError, OSError, RuntimeError, ValueError, ray.exceptions.RayError) as fault:
        raise ConfigError(f"--address {address}: {line(fault)}") from fault
    return True


def _check(address: str) -> None:
    """Ray itself would try for minutes, and write about it."""
    host, _, port = address.rpartition(":")
    if not host or "/" in host or not port.isdecimal():
        raise ConfigError(f"--address {address}: is not HOST:PORT of a Ray cluster's head, auto or local")
    try:
        with socket.create_connection((host.strip("[]"), int(port)), timeout=5):
            pass
    except (OSError, OverflowError, UnicodeError) as fault:
        raise ConfigError(f"--address {address}: does not answer: {line(fault)}") from fault
    words = ["-m", "ray.scripts.scripts", "health-check", "--skip-version-check", "--address", address]
    try:
        subprocess.run([sys.executable, *words], timeout=ANSWER, capture_output=True, check=True)
    except subprocess.TimeoutExpired as fault:
        raise ConfigError(f"--address {address}: does not answer as a Ray cluster does") from fault
    except subprocess.CalledProcessError as fault:
        why = last(fault.stderr.decode(errors="replace"))
        raise ConfigError(f"--address {address}: does not answer as a Ray cluster does: {why}") from fault


@contextlib.contextmanager
def _kept(number: int) -> Iterator[None]:
    """Ray puts its own signal handler in place of ours."""
    before = signal.getsignal(number)
    try:
        yield
    finally:
        if before is not None and threading.current_thread() is threading.main_thread():
            signal.signal(number, before)


def line(fault: BaseException) -> str:
    """A fault of Ray's as one line."""
    return " ".join(str(fault).split())[:500]


def last(text: str) -> str:
    """What happened, of the many lines that Ray has to say about it: the first sentence of the last one."""
    lines = text.strip().splitlines() or [""]
    return lines[-1].strip().split(". ")[0][:300]
