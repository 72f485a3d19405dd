"""A recipe for a worker that may have only so much memory beyond its model."""

from __future__ import annotations

import resource
from dataclasses import dataclass
from pathlib import Path

from arc_ttt.config import SolveConfig


@dataclass(frozen=True)
class Confined:
    """`model` is a folder; `room` bytes of address space may come on top of what it takes when it is loaded."""

    model: str
    config: SolveConfig
    room: int

    def __call__(self, device: str) -> tuple[object, str]:
        import torch
        from makers import OneLearner

        from arc_ttt.lm.load import load_model
        from arc_ttt.text.format import load

        torch.set_num_threads(1)
        solver = OneLearner(load_model(self.model, device=device, dtype="float32"), load("pair"), self.config)
        pages = int(Path("/proc/self/statm").read_text().split()[0])
        most = pages * resource.getpagesize() + self.room
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
        return solver, device
