"""The optimisers that pretraining has."""

from __future__ import annotations

import pytest
import torch
from torch import nn

from arc_ttt.lm import train
from arc_ttt.lm.train import FloatMuon, Optimisers


def test_muon_in_float32_is_pytorchs() -> None:
    """The same steps to within what bfloat16 rounds away, for wide, tall and square matrices."""
    made = torch.Generator().manual_seed(0)
    start = [torch.randn(shape, generator=made) for shape in ((24, 64), (64, 24), (32, 32))]
    ours, theirs = ([nn.Parameter(p.clone()) for p in start] for _ in range(2))
    options = {"lr": 0.02, "weight_decay": 0.1, "adjust_lr_fn": "match_rms_adamw"}
    pairs = [(ours, FloatMuon(ours, **options)), (theirs, torch.optim.Muon(theirs, **options))]  # type: ignore[arg-type]
    for _ in range(4):
        gradients = [torch.randn(p.shape, generator=made) for p in start]
        for parameters, optimiser in pairs:
            for p, gradient in zip(parameters, gradients, strict=True):
                p.grad = gradient.clone()
            optimiser.step()
    for p, q, before in zip(ours, theirs, start, strict=True):
        moved = (q - before).norm()
        assert moved > 0.005 * before.norm()
        assert (p - q).norm() < 0.02 * moved
    assert pairs[0][1].state_dict()["state"].keys() == pairs[1][1].state_dict()["state"].keys()


@pytest.mark.parametrize(("dtype", "kind"), [(torch.bfloat16, torch.optim.Muon), (torch.float32, FloatMuon)])
def test_which_muon(monkeypatch: pytest.MonkeyPatch, dtype: torch.dtype, kind: type) -> None:
    """That in bfloat16 only where the processor multiplies in it; either takes the other's state."""
    model = nn.ModuleDict({"layers": nn.ModuleList([nn.Linear(4, 6, bias=False)]), "norm": nn.LayerNorm(4)})
    model["embed_tokens"] = nn.Embedding(3, 4)
    monkeypatch.setattr(train, "compute_dtype", lambda _: dtype)
    first = Optimisers(model, 0.01, 0.1, 1.0)
    assert type(first._all[0]) is kind
    for p in model.parameters():
        p.grad = torch.ones_like(p)
    first.step(1.0)
    kept = first.tensors()
    monkeypatch.setattr(train, "compute_dtype", lambda _: torch.float32 if kind is torch.optim.Muon else torch.bfloat16)
    other = Optimisers(model, 0.01, 0.1, 1.0)
    other.load_tensors(kept)
    assert other.tensors().keys() == kept.keys()
    assert all(torch.equal(value, kept[name]) for name, value in other.tensors().items())
