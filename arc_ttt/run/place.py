"""Tasks and settings → the folder of their run."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from arc_ttt.config import SolveConfig


@dataclass(frozen=True)
class Place:
    """Where a run's folder is, seen from the folder `base`: `out`, by default one in results/ for the run's name, the
    digest of its tasks, and the settings; a `shard` has one of its own in it."""

    out: Path | None
    name: str
    tasks: str
    shard: str | None
    base: Path

    def whole(self, config: SolveConfig, digest: str) -> Path:
        """The folder of all shards, for a solver of that digest."""
        return self.out or Path("results", f"{self.name}-{config.digest(digest, self.tasks)[:8]}")

    def folder(self, config: SolveConfig, digest: str) -> Path:
        """The folder of this run."""
        whole = self.whole(config, digest)
        return whole if self.shard is None else whole / f"shard-{self.shard.replace('/', 'of')}"

    def own(self, config: SolveConfig, digest: str) -> Path:
        """The folder of this run, wherever a process that asks works."""
        return self.base / self.folder(config, digest)
