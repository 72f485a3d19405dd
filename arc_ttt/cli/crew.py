"""Tasks and settings → how many processes solve them: on a processor what is fastest for the run at hand.

One process and one core for each task under way is that, as far as the memory goes. Answers do not depend on it.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from arc_ttt.doctor import size
from arc_ttt.doctor.host import free_memory, processors
from arc_ttt.errors import ConfigError, ModelError
from arc_ttt.run.engines.open import on_processor

if TYPE_CHECKING:
    from arc_ttt.cli.asked import Asked
    from arc_ttt.doctor.memory import Need
    from arc_ttt.types import Task

# Bytes that a process holds before it has read a model, with its libraries; and one that searches, at most.
LIBRARIES, SEARCH = 450_000_000, 500_000_000


@dataclass(frozen=True)
class Crew:
    """As many processes as `run.engines.open` takes (None: this one, or one for each GPU), and in a few words why."""

    workers: int | None
    why: str = ""


def crew(asked: Asked, tasks: Sequence[Task]) -> Crew:
    """Those for `tasks`. `ConfigError` for more of them than there is memory for."""
    run = asked.run
    if run.engine != "local" or not on_processor(run.device):
        return Crew(run.workers)
    able, free = max(1, int(processors())), free_memory()
    if run.workers is not None:
        need = _need(asked, tasks, 2) if run.workers > able else None  # the machine's own number was never refused
        if need is not None and need.least * run.workers > free:
            fit = max(1, free // need.least)
            raise ConfigError(
                f"--workers {run.workers}: each takes {size(need.least)} of memory at least, and {size(free)} are "
                f"free: at most {fit}; without the option there are as many as this machine has use for"
            )
        return Crew(run.workers)
    count = min(able, len(tasks))
    if count < 2 or (need := _need(asked, tasks, 4)) is None:
        return Crew(None)
    if free // need.all < count and (width := _width(asked)) < 4:  # torch says so, which is asked where it matters
        need = _need(asked, tasks, width) or need
    if (fit := free // need.all) < count:
        why = f"{size(need.all)} of memory each, {size(free)} free"
        return Crew(fit, why) if fit > 1 else Crew(None, f"one process: a worker takes {why}")
    return Crew(count, f"one for each {'task' if count < able else 'core'}")


def _need(asked: Asked, tasks: Sequence[Task], width: int) -> Need | None:
    """What one process takes at most, with numbers of `width` bytes; None where nothing is known of the model: of any
    but the built-in ones it was not measured whether several processes are faster."""
    from arc_ttt.doctor.memory import Need, Shape, estimate

    config, nothing = asked.config, Need(whole=0, kept=0, adapter=0, formed=0, training=0, answering=0, cache=0)
    if not config.learns:
        return dataclasses.replace(nothing, process=SEARCH)
    if asked.others or asked.drafter is not None or not tasks:
        return None
    from arc_ttt.doctor.lengths import longest
    from arc_ttt.lm import folder
    from arc_ttt.paths import is_file, share
    from arc_ttt.text import format

    model = asked.run.model
    path = share("data", "models", model) if model in folder.shipped() else folder.trained(Path(model))
    if not is_file(path / "config.json"):
        return None
    try:
        sizes = folder.read_sizes(path / "config.json")
    except ModelError:
        return None
    if not all(name in sizes for name in folder.SIZES):
        return None
    form, ttt = format.load(asked.sheet, None, int(sizes["vocab_size"])), config.ttt
    lengths = longest(tasks, form, config.max_tokens, config.views)[0]
    need = estimate(
        Shape.builtin(sizes),
        lengths,
        stored=asked.run.quantize,
        width=width,
        rank=ttt.rank,
        batch_tokens=ttt.batch_tokens,
        trains=ttt.enabled,
    )
    return dataclasses.replace(need, process=LIBRARIES)


def _width(asked: Asked) -> int:
    """Bytes of a number as it is computed with."""
    from arc_ttt.lm.device import compute_dtype, pick_device

    return compute_dtype(pick_device("cpu"), asked.run.dtype).itemsize
