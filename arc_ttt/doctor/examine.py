"""What a run is asked for → all findings, one after another, the cheap ones first."""

from __future__ import annotations

import dataclasses
import logging
import warnings
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from arc_ttt.arc import dataset
from arc_ttt.arc.dataset import TaskSet
from arc_ttt.config import SolveConfig
from arc_ttt.doctor import Check, host
from arc_ttt.errors import ArcError, ModelError
from arc_ttt.text.sheet import Sheet

if TYPE_CHECKING:
    import torch

    from arc_ttt.doctor.memory import Lengths
    from arc_ttt.doctor.model import Subject
    from arc_ttt.types import Task


# As `lm.device` and `lm.quantize` have them, which cannot be asked before its libraries are known to be here.
DTYPES = ("auto", "bfloat16", "float32", "float16")
QUANTIZATIONS = ("none", "int8", "nf4")


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What a run would be asked for, by the names of the options; `source` is empty where no tasks are named."""

    source: Sequence[str]
    model: str
    sheet: Sheet
    config: SolveConfig
    device: str = "auto"
    dtype: str = "auto"
    quantize: str = "none"
    trust_remote_code: bool = False
    # How many processes would solve these tasks; none are known where no source is named.
    workers: Callable[[Sequence[Task]], int] = lambda _: 1
    out: Path = Path("results")
    # How tasks are read, for a caller that knows more kinds of them.
    load: Callable[[Sequence[str]], TaskSet] = dataset.load


def examine(wanted: Wanted) -> Iterator[Check]:
    """Every finding about this machine and such a run. `ModelError` for an option that means nothing."""
    for option, value, known in (("dtype", wanted.dtype, DTYPES), ("quantize", wanted.quantize, QUANTIZATIONS)):
        if value not in known:
            raise ModelError(f"--{option} {value}: there are {', '.join(known)}")
    libraries = host.versions()
    yield libraries
    if libraries.verdict == "failure":  # nothing else can be looked at
        return
    warnings.filterwarnings("ignore")  # what the libraries advise their callers is nothing that a user could heed
    logging.getLogger("bitsandbytes").setLevel(logging.ERROR)
    device = yield from _device(wanted)
    subject = yield from _model(wanted)
    if device is not None and subject is not None and subject.stored != "none":
        from arc_ttt.doctor.device import quantized

        yield quantized(subject.stored, *device)
    asked = yield from _tasks(wanted, subject)
    if device is not None and subject is not None and asked is not None:
        yield from _memory(wanted, *device, subject, *asked)
    yield host.results(wanted.out)
    from arc_ttt.doctor.model import hub

    yield hub()
    yield host.data_sets()


def _device(wanted: Wanted) -> Generator[Check, None, tuple[torch.device, torch.dtype] | None]:
    """Yields what is found of device, precision and processor; returns device and dtype where they can be used."""
    from arc_ttt.doctor import device as devices
    from arc_ttt.lm.device import compute_dtype, pick_device

    usable: tuple[torch.device, torch.dtype] | None = None
    on_processor = True
    try:
        place = pick_device(wanted.device)
    except ModelError as fault:
        yield Check("device", "failure", str(fault), "choose another --device")
    else:
        on_processor = place.type == "cpu"
        kernels = devices.kernels(place)
        yield kernels
        if kernels.verdict != "failure":
            dtype = compute_dtype(place, wanted.dtype)
            yield devices.precision(place, dtype, chosen=wanted.dtype != "auto")
            product = devices.arithmetic(place, dtype)
            yield product
            usable = None if product.verdict == "failure" else (place, dtype)
    if on_processor:
        yield host.threads()
    yield host.compiler()
    return usable


def _model(wanted: Wanted) -> Generator[Check, None, Subject | None]:
    """Yields where the model is, or what keeps it from being used; returns what is known of it."""
    from arc_ttt.doctor import model as models

    try:
        path = models.locate(wanted.model)
        if path is None:
            yield models.fetch(wanted.model)
            return models.published(wanted.model, wanted.sheet, wanted.quantize)
        subject = models.inspect(
            wanted.model, path, wanted.sheet, quantize=wanted.quantize, trust=wanted.trust_remote_code
        )
    except ArcError as fault:
        yield Check("model", "failure", str(fault))
        return None
    yield models.described(wanted.model, path, subject)
    return subject


def _tasks(wanted: Wanted, subject: Subject | None) -> Generator[Check, None, tuple[Lengths, int] | None]:
    """Yields what the source holds; returns the lengths of its longest task, or of the longest that there may be, and
    how many processes would work on it."""
    from arc_ttt.doctor import model as models
    from arc_ttt.doctor.lengths import longest, worst_case

    config, tasks = wanted.config, None
    if wanted.source:
        try:
            tasks = wanted.load(wanted.source)
        except ArcError as fault:
            yield Check("tasks", "failure", str(fault))
            return None
    if subject is None:
        return None
    if tasks is None:
        lengths = worst_case(subject.form, config.max_tokens, config.views)
    else:
        lengths, uncut, cut = longest(tasks.tasks, subject.form, config.max_tokens, config.views)
        yield models.tasks_found(tasks, lengths, uncut, cut, config.max_tokens)
    if (long := models.context(subject, lengths)) is not None:
        yield long
    return lengths, wanted.workers(() if tasks is None else tasks.tasks)


def _memory(
    wanted: Wanted, place: torch.device, dtype: torch.dtype, subject: Subject, lengths: Lengths, workers: int
) -> Iterator[Check]:
    """The device's memory, and the machine's, through which weights that are not quantized go to the device."""
    from arc_ttt.doctor.device import free_memory
    from arc_ttt.doctor.memory import estimate, fits, passes

    ttt = wanted.config.ttt
    need = estimate(
        subject.shape,
        lengths,
        stored=subject.stored,
        width=dtype.itemsize,
        rank=ttt.rank,
        batch_tokens=ttt.batch_tokens,
        trains=ttt.enabled,
        processor=place.type == "cpu",
    )
    if place.type == "cuda":
        yield fits(need, lengths, free_memory(place), f"on {place}")
        if subject.stored == "none":
            yield passes(need, host.free_memory())
    else:
        need = dataclasses.replace(need, process=host.process())
        where = "here" if workers == 1 else f"here for each of {workers} workers"
        yield fits(need, lengths, host.free_memory() // workers, where)
