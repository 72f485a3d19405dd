"""How fast training is, and how much of what the machine can do that is. One run prints:

- the machine's peak: the fastest of several large matrix products in the dtype that training computes in;
- for pretraining (compiled, as `arc-ttt pretrain` does it) and test-time training (as `arc-ttt solve` does it, plain
  and with --compile): tokens a second without padding, the share of the peak, and where the time went.

A share counts the matrix products of the linear layers and of attention, forward and backward, for tokens that are
not padding; everything else that takes time only lowers it. Peak and training are timed in turns, so that both meet
the same machine. The last line is the smaller of the shares of pretraining and of compiled test-time training.

    python scripts/bench_train.py [--model NAME|FOLDER] [--seconds 20]
"""

import time
from collections.abc import Callable, Iterator
from itertools import islice

from arc_ttt.tuning import tune

tune()  # as the command line does; before torch is imported

import numpy as np
import torch
from runs import parser
from torch.profiler import ProfilerActivity, profile
from torch.utils.flop_counter import FlopCounterMode

from arc_ttt.agents.learner.course import prompts
from arc_ttt.arc import dataset
from arc_ttt.arc.augment import Augmentation, draw_palette
from arc_ttt.config import PretrainConfig, SolveConfig
from arc_ttt.lm.adapter import Adapter
from arc_ttt.lm.batch import Batch, collate
from arc_ttt.lm.group import plan
from arc_ttt.lm.load import load_model
from arc_ttt.lm.train import Optimisers, batch_loss, clip
from arc_ttt.pretrain.training import build
from arc_ttt.text.format import load, pair_lesson

PARTS = ("attention", "linear", "element-wise", "optimiser", "data")


def peak(dtype: torch.dtype) -> float:
    """FLOP/s of the fastest of a few square products."""
    best = 0.0
    for n in (1024, 2048, 3072):
        a, b = torch.randn(n, n).to(dtype), torch.randn(n, n).to(dtype)
        for _ in range(4):
            begun = time.perf_counter()
            a @ b
            best = max(best, 2 * n**3 / (time.perf_counter() - begun))
    return best


def part_of(kernel: str) -> str | None:
    """The part that a profiled operation belongs to; None for what is only book-keeping around others."""
    if kernel.startswith("## Call CompiledFxGraph"):  # the loops that the compiler wrote; products are called by name
        return "element-wise"
    if kernel.startswith(("Optimizer", "ProfilerStep", "autograd::", "CompiledFunction", "Torch-Compiled", "## ")):
        return None
    if any(word in kernel for word in ("_fused_adamw", "_foreach", "clip_grad", "linalg_vector_norm")):
        return "optimiser"
    if any(word in kernel for word in ("bmm", "baddbmm", "softmax", "scaled_dot_product", "flash_attention")):
        return "attention"
    if any(word in kernel for word in ("aten::mm", "aten::addmm", "mkldnn", "aten::linear")):
        return "linear"
    return "element-wise"


def measure(
    name: str,
    batches: Iterator[Batch],
    forward: Callable[[Batch], torch.Tensor],
    update: Callable[[], None],
    dtype: torch.dtype,
    seconds: float,
    warm: int,
) -> float:
    """Print one table row's facts for a way of training, and return its share of the peak."""

    def step(batch: Batch) -> None:
        forward(batch).backward()  # type: ignore[no-untyped-call]
        update()

    begun = time.perf_counter()
    for batch in islice(batches, warm):
        step(batch)
    warming = time.perf_counter() - begun

    spent, peaks, tokens, padded, shapes = {"data": 0.0, "step": 0.0}, [peak(dtype)], 0, 0, []
    while spent["step"] < seconds:
        until = spent["step"] + seconds / 4
        while spent["step"] < until:
            clock = time.perf_counter()
            batch = next(batches)
            spent["data"] += time.perf_counter() - clock
            clock = time.perf_counter()
            step(batch)
            spent["step"] += time.perf_counter() - clock
            tokens, padded = tokens + batch.tokens, padded + batch.input_ids.numel()
            shapes.append(batch)
        peaks.append(peak(dtype))

    with profile(activities=[ProfilerActivity.CPU]) as profiled:
        for batch in shapes[:4]:
            step(batch)

    # Products of one batch of each shape, counted by the operations that ran; after the profile, since nothing runs
    # compiled once this has been.
    counted: dict[tuple[int, ...], int] = {}
    for batch in shapes:
        if (shape := tuple(batch.input_ids.shape)) not in counted:
            with torch._dynamo.config.patch(disable=True), FlopCounterMode(display=False) as counter:
                step(batch)
            counted[shape] = counter.get_total_flops()
    flops = sum(counted[tuple(b.input_ids.shape)] for b in shapes) * tokens / padded
    total = sum(spent.values())

    times = dict.fromkeys(PARTS, 0.0)
    for event in profiled.key_averages():
        if part := part_of(event.key):
            times[part] += event.self_cpu_time_total
    scale = spent["step"] / sum(times.values())
    times = {part: t * scale for part, t in times.items()} | {"data": spent["data"]}
    share = flops / total / float(np.median(peaks))
    print(
        f"{name}: {tokens / total:,.0f} tokens/s without padding ({1 - tokens / padded:.0%} padding), "
        f"{flops / total / 1e9:.0f} GFLOP/s of products, {share:.0%} of the peak of {np.median(peaks) / 1e9:.0f}; "
        f"first {warm} steps {warming:.0f} s\n    " + ", ".join(f"{part} {times[part] / total:.0%}" for part in PARTS),
        flush=True,
    )
    return share


def pretraining(seconds: float, dtype: torch.dtype) -> float:
    """The default shape in the most frequent bucket, on pairs drawn from the sample tasks."""
    config, form = PretrainConfig(name="bench"), load("pair")
    model = build(config, 512)
    optimisers = Optimisers(model, config.learning_rate, config.weight_decay, config.embedding_scale)
    forward = torch.compile(model, dynamic=False)
    length = 512
    r = np.random.default_rng(0)
    pairs = [p for t in dataset.load("arc1:training").tasks for p in t.demonstrations]
    sizes = [len(form.lesson(pair_lesson(p, 0, tuple(range(10))))) for p in pairs]
    fitting = [p for p, n in zip(pairs, sizes, strict=True) if 416 < n <= length]

    def batches() -> Iterator[Batch]:
        while True:
            lessons = []
            for i in r.integers(0, len(fitting), size=config.batch_tokens // length):
                palette = draw_palette(r)
                lessons.append(form.lesson(pair_lesson(Augmentation(0, palette).apply_pair(fitting[i]), 0, palette)))
            yield collate(lessons, form.vocabulary.padding, length)

    def update() -> None:
        clip(model.parameters(), config.clip)
        optimisers.step(1.0)

    return measure(
        "pretraining, compiled", batches(), lambda b: batch_loss(forward, b, True, dtype), update, dtype, seconds, 3
    )


def test_time(model: str, seconds: float, compiled: bool) -> float:
    """The default settings on the demonstrations of a few tasks in turn, each with a fresh adapter."""
    config, lm = SolveConfig(), load_model(model)
    form = load(str(lm.card["prompt"]))
    adapter = Adapter(lm, rank=config.ttt.rank, alpha=config.ttt.alpha, tokens=(form.vocabulary.task,))
    module = adapter.trained(compiled)
    tasks = list(dataset.load("arc1:training").tasks)[:40:8]
    r = np.random.default_rng(0)

    def batches() -> Iterator[Batch]:
        while True:
            for task in tasks:
                drawn = list(islice(prompts(task, form, config, r), 48))
                for chosen in plan([len(p) for p in drawn], config.ttt.batch_tokens, r):
                    yield collate([drawn[i] for i in chosen], form.vocabulary.padding)

    optimiser = torch.optim.AdamW(adapter.parameters(), lr=1e-4, weight_decay=0.0, fused=True)

    def update() -> None:
        clip(adapter.parameters(), config.ttt.clip)
        optimiser.step()
        optimiser.zero_grad(set_to_none=True)

    name = "test-time training, " + ("compiled" if compiled else "plain")
    return measure(
        name,
        batches(),
        lambda b: batch_loss(module, b, lm.grid_positions, lm.dtype),
        update,
        lm.dtype,
        seconds,
        50 if compiled else 5,
    )


if __name__ == "__main__":
    ap = parser(__doc__)
    ap.add_argument("--model", default="arc-mini")
    ap.add_argument("--seconds", type=float, default=20.0, help="of each measurement")
    a = ap.parse_args()
    dtype = load_model(a.model).dtype
    print(
        f"torch {torch.__version__}, {torch.get_num_threads()} threads, {str(dtype).removeprefix('torch.')}", flush=True
    )
    shares = [pretraining(a.seconds, dtype)]
    test_time(a.model, a.seconds, False)
    shares.append(test_time(a.model, a.seconds, True))
    print(f"share of peak: {min(shares):.2f}")
