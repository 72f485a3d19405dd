"""The adapter on its frozen base."""

from pathlib import Path

import pytest
import torch

from arc_ttt.lm.adapter import Adapter
from arc_ttt.lm.batch import collate
from arc_ttt.lm.load import load_model
from arc_ttt.lm.train import batch_loss
from arc_ttt.text.format import load, pair_lesson
from arc_ttt.types import Grid, Pair

FORM = load("pair")
BATCH = collate([FORM.lesson(pair_lesson(Pair(Grid([[1, 2]]), Grid([[2, 1]])), 0, tuple(range(10))))], 14)


def train(adapter: Adapter, steps: int) -> list[float]:
    optimiser = torch.optim.AdamW(adapter.parameters(), lr=1e-2)
    losses = []
    for _ in range(steps):
        loss = batch_loss(adapter.model, BATCH, True, torch.float32)
        loss.backward()
        optimiser.step()
        optimiser.zero_grad()
        losses.append(float(loss.detach()))
    return losses


def logits(model: torch.nn.Module) -> torch.Tensor:
    with torch.no_grad():
        return model(**BATCH.inputs(True)).logits


def test_fresh_it_is_the_identity_and_reset_it_is_fresh(tiny_folder: Path) -> None:
    """Attached, trained and reset, the adapter changes no logit; trained it does, and learns."""
    lm = load_model(tiny_folder, dtype="float32", device="cpu")
    plain = logits(lm.module)
    adapter = Adapter(lm, rank=4, alpha=4, tokens=(FORM.vocabulary.task,))
    adapter.reset(1)
    assert torch.equal(logits(adapter.model), plain)
    losses = train(adapter, 20)
    assert losses[-1] < losses[0] / 2
    assert not torch.allclose(logits(adapter.model), plain)
    adapter.reset(1)
    assert torch.equal(logits(adapter.model), plain)


@pytest.mark.parametrize("quantize", ["none", "int8", "nf4"])
def test_the_base_is_bit_identical_after_training(tiny_folder: Path, quantize: str) -> None:
    """No bit of the base, quantized or not, differs after training, and the adapter learns on each."""
    lm = load_model(tiny_folder, dtype="float32", device="cpu", quantize=quantize)
    kind = {"none": torch.float32, "int8": torch.int8, "nf4": torch.uint8}[quantize]
    assert lm.module.layers[0].qkv.weight.dtype == kind
    before = {k: v.clone() for k, v in lm.module.state_dict().items()}
    adapter = Adapter(lm, rank=4, alpha=4, tokens=(FORM.vocabulary.task,))
    adapter.reset(1)
    losses = train(adapter, 5)
    assert losses[-1] < losses[0]
    after = adapter.model.unload().state_dict()
    assert before.keys() == after.keys()
    assert all(torch.equal(before[k], after[k]) for k in before)


def test_the_seed_decides_where_it_starts(tiny_folder: Path) -> None:
    """The same seed trains to the same bits, another to others, whatever happened in between."""
    lm = load_model(tiny_folder, dtype="float32", device="cpu")
    adapter = Adapter(lm, rank=4, alpha=4, tokens=(FORM.vocabulary.task,))
    runs = []
    for seed in (1, 2, 1):
        adapter.reset(seed)
        train(adapter, 3)
        runs.append(logits(adapter.model))
    assert torch.equal(runs[0], runs[2])
    assert not torch.equal(runs[0], runs[1])


def test_the_task_token_is_trained_and_no_other(tiny_folder: Path) -> None:
    """Of the embedding only the rows asked for are parameters."""
    lm = load_model(tiny_folder, dtype="float32", device="cpu")
    adapter = Adapter(lm, rank=4, alpha=4, tokens=(FORM.vocabulary.task,))
    rows = [p for n, p in adapter.model.named_parameters() if p.requires_grad and "lora" not in n]
    assert [tuple(p.shape) for p in rows] == [(1, lm.module.config.hidden_size)]
