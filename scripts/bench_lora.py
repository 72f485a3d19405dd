"""How fast test-time training of a pretrained model is: ours, and what a user of `transformers` and peft would write.

Both train the same model with a LoRA of the same rank on all linear layers, on the same lessons in the same tokens,
those of three tasks whose demonstrations are short, middling and long. The textbook way is peft's model as it comes:
the whole vocabulary, two lessons a batch in the order they are drawn, PyTorch's fused attention, AdamW. Ours is that of
`arc-ttt solve`: the vocabulary cut, lessons of like lengths together up to the prompt format's tokens a batch,
attention and LoRA of our own, gradients clipped. Both are warmed up and take turns, so that what else the machine does
meets both. One run prints tokens a second without padding (medians over the rounds), where the time went, and as its
last line the ratio: the geometric mean over the tasks.

    python scripts/bench_lora.py [--hf FOLDER|FILE.gguf] [--rounds 3] [--compile]
"""

from __future__ import annotations

import dataclasses
import logging
import time
import warnings
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from statistics import geometric_mean, median

from arc_ttt.tuning import tune

tune()  # as the command line does; before torch is imported

import numpy as np
import torch
from peft import LoraConfig, get_peft_model
from runs import parser, pretrained
from tables import heading
from torch.profiler import ProfilerActivity, profile

from arc_ttt.agents.learner.course import prompts
from arc_ttt.arc import dataset
from arc_ttt.config import SolveConfig
from arc_ttt.lm.adapter import Adapter
from arc_ttt.lm.batch import IGNORE, collate
from arc_ttt.lm.group import plan
from arc_ttt.lm.load import load_model
from arc_ttt.lm.train import batch_loss, clip
from arc_ttt.lm.vocabulary import cut
from arc_ttt.paths import share
from arc_ttt.seeds import rng
from arc_ttt.text import format, sheet
from arc_ttt.text.sheet import choose_training
from arc_ttt.types import Prompt

# Sample tasks with lessons of some 150, 550 and 1,900 tokens, and how many of them a round trains on.
LESSONS = {"01-mirror": 6, "05-specks": 2, "09-fill": 2}
ENOUGH = 60.0
PARTS = ("linear", "attention", "loss", "element-wise", "optimiser")


@dataclass(frozen=True)
class Way:
    """A way to train: how it makes batches of lessons, and one step on a batch."""

    batches: Callable[[list[Prompt]], list[list[Prompt]]]
    step: Callable[[Sequence[Prompt]], None]


def textbook(path: str, config: SolveConfig) -> Way:
    """As peft's users write it."""
    ttt = config.ttt
    module = load_model(path).module
    module.set_attn_implementation("sdpa")
    model = get_peft_model(module, LoraConfig(r=ttt.rank, lora_alpha=ttt.alpha, target_modules="all-linear"))
    optimiser = torch.optim.AdamW([p for p in model.parameters() if p.requires_grad], lr=ttt.learning_rate)
    model.train()

    def step(batch: Sequence[Prompt]) -> None:
        width = max(map(len, batch))
        ids = torch.zeros((len(batch), width), dtype=torch.int64)
        labels, mask = torch.full_like(ids, IGNORE), torch.zeros_like(ids)
        for r, lesson in enumerate(batch):
            n, tokens = len(lesson), torch.from_numpy(lesson.tokens)
            ids[r, :n], mask[r, :n] = tokens, 1
            labels[r, :n] = torch.where(torch.from_numpy(lesson.loss), tokens, IGNORE)
        model(input_ids=ids, attention_mask=mask, labels=labels).loss.backward()
        optimiser.step()
        optimiser.zero_grad()

    return Way(lambda lessons: [lessons[i : i + 2] for i in range(0, len(lessons), 2)], step)


def ours(path: str, config: SolveConfig, compiled: bool) -> Way:
    """As `arc_ttt.agents.learner.adapt` does it."""
    lm, ttt = load_model(path), config.ttt
    form = format.load("digits", lm.tokenizer, lm.module.config.vocab_size)
    assert isinstance(form, format.StringFormat)  # the sheet is written in strings
    new = cut(lm.module, form.tokens).new
    adapter = Adapter(lm, rank=ttt.rank, alpha=ttt.alpha)
    optimiser = torch.optim.AdamW(adapter.groups(ttt.learning_rate), weight_decay=0.0, fused=True)
    model = adapter.trained(compiled)
    adapter.model.train()

    def batches(lessons: list[Prompt]) -> list[list[Prompt]]:
        chosen = plan([len(p) for p in lessons], ttt.batch_tokens, rng(config.seed, "bench", "batches"))
        return [[lessons[i] for i in batch] for batch in chosen]

    def step(batch: Sequence[Prompt]) -> None:
        kept = [dataclasses.replace(p, tokens=np.array([new[t] for t in p.tokens.tolist()])) for p in batch]
        batch_loss(model, collate(kept, 0), lm.grid_positions, lm.dtype).backward()  # type: ignore[no-untyped-call]
        clip(adapter.parameters(), ttt.clip)
        optimiser.step()
        optimiser.zero_grad(set_to_none=True)

    return Way(batches, step)


def part_of(kernel: str) -> str | None:
    """The part that a profiled operation belongs to; None for what only surrounds others."""
    if kernel.startswith(("Optimizer", "autograd::", "CompiledFunction", "Torch-Compiled", "## ")):
        return None
    if any(word in kernel for word in ("_fused_adamw", "_foreach", "clip_grad", "vector_norm", "lerp", "addcdiv")):
        return "optimiser"
    if any(word in kernel for word in ("log_softmax", "nll_loss", "LogSoftmax")):
        return "loss"
    if any(word in kernel for word in ("bmm", "_softmax", "scaled_dot_product", "arc_ttt::causal")):
        return "attention"
    if any(word in kernel for word in ("aten::mm", "aten::addmm", "mkldnn", "aten::linear")):
        return "linear"
    return "element-wise"


def shares(profiled: profile) -> str:
    """Where the time went."""
    times = dict.fromkeys(PARTS, 0.0)
    for event in profiled.key_averages():
        if part := part_of(event.key):
            times[part] += event.self_cpu_time_total
    return ", ".join(f"{part} {t / sum(times.values()):.0%}" for part, t in times.items())


def bench(ways: dict[str, Way], lessons: list[Prompt], rounds: int) -> dict[str, tuple[float, str]]:
    """Of each way on one task's lessons: tokens a second, and where the time of the first round went. There is no
    further round once `ENOUGH` seconds are over."""
    planned = {name: way.batches(lessons) for name, way in ways.items()}
    spent: dict[str, list[float]] = {name: [] for name in ways}
    where: dict[str, str] = {}
    for name, way in ways.items():
        for batch in {(len(b), max(map(len, b))): b for b in planned[name]}.values():  # each shape once
            way.step(batch)
    started = time.perf_counter()
    for n in range(rounds):
        if n and time.perf_counter() - started > ENOUGH:
            break
        for name, way in ways.items():
            with profile(activities=[ProfilerActivity.CPU]) if n == 0 else nullcontext() as profiled:
                begun = time.perf_counter()
                for batch in planned[name]:
                    way.step(batch)
                spent[name].append(time.perf_counter() - begun)
            if profiled:
                where[name] = shares(profiled)
    return {name: (sum(map(len, lessons)) / median(spent[name]), where[name]) for name in ways}


if __name__ == "__main__":
    ap = parser(__doc__, hf=True, rounds=3)
    ap.add_argument("--compile", action="store_true", help="ours once more, compiled, which takes some minutes first")
    a = ap.parse_args()
    path = pretrained(a.hf)
    warnings.filterwarnings("ignore", category=FutureWarning)  # from within transformers
    logging.getLogger("bitsandbytes").setLevel(logging.ERROR)
    config = SolveConfig(ttt=choose_training(sheet.read("digits"), {}))
    tasks = {t.id: t for t in dataset.load(str(share("data", "samples"))).tasks}
    lm = load_model(path)
    form = format.load("digits", lm.tokenizer, lm.module.config.vocab_size)
    dtype, threads = str(lm.dtype).removeprefix("torch."), torch.get_num_threads()
    print(
        f"{Path(path).stem}, {dtype}, rank {config.ttt.rank}; torch {torch.__version__}, {threads} threads", flush=True
    )
    ways = {"transformers + peft": textbook(path, config), "arc-ttt": ours(path, config, False)}
    if a.compile:
        ways["arc-ttt --compile"] = ours(path, config, True)
    ratios: dict[str, list[float]] = {name: [] for name in ways}
    print(heading("lessons | way | tokens/s | ratio | where the time goes"))
    for id, count in LESSONS.items():
        drawn = list(islice(prompts(tasks[id], form, config, rng(config.seed, id, "lessons")), count))
        found = bench(ways, drawn, a.rounds)
        first = next(iter(found.values()))[0]
        what = f"{id}: {count} of {median(map(len, drawn)):,.0f} tokens"
        for name, (speed, where) in found.items():
            ratios[name].append(speed / first)
            print(f"| {what} | {name} | {speed:.0f} | {speed / first:.1f} | {where} |", flush=True)
    print(f"ratio: {max(geometric_mean(r) for r in ratios.values()):.1f}")
