"""The loss of a batch, the step that test-time training and pretraining share, and the optimisers."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from arc_ttt.lm.batch import IGNORE, Batch
from arc_ttt.lm.device import compute_dtype


def autocast(device: torch.device, dtype: torch.dtype) -> torch.autocast:
    """Compute in `dtype` while weights stay what they are; does nothing for float32."""
    return torch.autocast(device.type, dtype=dtype, enabled=dtype != torch.float32)


def loss_of(logits: Tensor, labels: Tensor) -> Tensor:
    """Mean cross-entropy (nats a token) of logits (B, T, V) at the labels (B, T) that are not -100."""
    return F.cross_entropy(logits.flatten(0, 1).float(), labels.flatten(), ignore_index=IGNORE)


def batch_loss(model: Callable[..., Any], batch: Batch, grid_positions: bool, dtype: torch.dtype) -> Tensor:
    """Loss of one batch, computed in `dtype`."""
    with autocast(batch.input_ids.device, dtype):
        logits = model(**batch.inputs(grid_positions)).logits
    return loss_of(logits, batch.labels)


class FloatMuon(torch.optim.Muon):
    """`torch.optim.Muon`, whose rate is matched to AdamW's, with its Newton-Schulz iterations in float32: in bfloat16,
    as PyTorch always has them, they take longer than all the rest of a step where the processor has no bfloat16."""

    @torch.no_grad()
    def step(self, closure: Any = None) -> None:  # type: ignore[override]
        """One step on the gradients as they are; `closure` must be None."""
        assert closure is None
        for group in self.param_groups:
            rate, momentum = group["lr"], group["momentum"]
            for p in group["params"]:
                if p.grad is None:
                    continue
                state = self.state[p]
                if "momentum_buffer" not in state:
                    state["momentum_buffer"] = torch.zeros_like(p.grad)
                buffer = state["momentum_buffer"].lerp_(p.grad, 1 - momentum)
                ahead = p.grad.lerp(buffer, momentum) if group["nesterov"] else buffer
                made = _orthogonal(ahead, group["ns_coefficients"], group["ns_steps"], group["eps"])
                p.mul_(1 - rate * group["weight_decay"])
                p.add_(made, alpha=-0.2 * rate * max(p.shape) ** 0.5)


def _orthogonal(matrix: Tensor, coefficients: tuple[float, float, float], steps: int, least: float) -> Tensor:
    """The matrix with all singular values near one, by quintic Newton-Schulz iterations (Keller Jordan's Muon)."""
    a, b, c = coefficients
    tall = matrix.shape[0] > matrix.shape[1]
    x = matrix.t() if tall else matrix
    x = x / x.norm().clamp(min=least)
    for _ in range(steps):
        gram = x @ x.t()
        x = torch.addmm(x, torch.addmm(gram, gram, gram, beta=b, alpha=c), x, beta=a)
    return x.t() if tall else x


class Optimisers:
    """Muon for the matrices inside the blocks, AdamW for all else (embeddings, head, norms): one interface.

    Muon is `torch.optim.Muon` with the learning rate scaled to AdamW's update size (Moonlight, arXiv 2502.16982),
    so one learning rate serves both; `embedding_scale` multiplies it for the embedding.
    """

    def __init__(self, model: nn.Module, learning_rate: float, weight_decay: float, embedding_scale: float) -> None:
        matrices, embeddings, others = [], [], []
        for name, p in model.named_parameters():
            if name.endswith("embed_tokens.weight"):
                embeddings.append(p)
            elif p.ndim == 2 and "layers" in name:
                matrices.append(p)
            else:
                others.append(p)
        native = compute_dtype(matrices[0].device) == torch.bfloat16
        muon = torch.optim.Muon if native else FloatMuon
        self._all: tuple[torch.optim.Optimizer, ...] = (
            muon(matrices, lr=learning_rate, weight_decay=weight_decay, adjust_lr_fn="match_rms_adamw"),
            torch.optim.AdamW(
                [
                    {"params": embeddings, "lr": learning_rate * embedding_scale, "weight_decay": 0.0},
                    {"params": others, "lr": learning_rate, "weight_decay": 0.0},
                ],
                betas=(0.9, 0.95),
                fused=True,
            ),
        )
        self._base = [[g["lr"] for g in o.param_groups] for o in self._all]

    def step(self, scale: float) -> None:
        """One step at `scale` times the learning rate; gradients are cleared."""
        for optimiser, rates in zip(self._all, self._base, strict=True):
            for group, rate in zip(optimiser.param_groups, rates, strict=True):
                group["lr"] = rate * scale
            optimiser.step()
            optimiser.zero_grad(set_to_none=True)

    def tensors(self) -> dict[str, Tensor]:
        """The state as named tensors, for a safetensors file."""
        return {
            f"{k}.{i}.{name}": value
            for k, optimiser in enumerate(self._all)
            for i, state in optimiser.state_dict()["state"].items()
            for name, value in state.items()
        }

    def load_tensors(self, tensors: dict[str, Tensor]) -> None:
        """Take back what `tensors` gave."""
        for k, optimiser in enumerate(self._all):
            state: dict[int, dict[str, Tensor]] = {}
            for key, value in tensors.items():
                which, i, name = key.split(".")
                if int(which) == k:
                    state.setdefault(int(i), {})[name] = value
            optimiser.load_state_dict({**optimiser.state_dict(), "state": state})


def clip(parameters: Iterable[nn.Parameter], norm: float) -> float:
    """Scale gradients to at most `norm`; returns what the norm was."""
    return float(torch.nn.utils.clip_grad_norm_(parameters, norm))
