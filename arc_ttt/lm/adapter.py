"""A LoRA on a frozen model: attached once, reset for each task, gone without a trace.

`peft` does the work; besides the low-rank matrices the rows of a few tokens of the embedding may be trained. On a base
that is not quantized a layer's weight with its update, W + s·B·A, is formed once for each pass over a batch: three
products instead of nine, and none of them thin.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, cast

import torch
import torch.nn.functional as F
from peft import LoraConfig, PeftModel, get_peft_model
from peft.tuners.lora import LoraLayer
from peft.utils import AuxiliaryTrainingWrapper
from torch import Tensor, nn

from arc_ttt.lm.load import LanguageModel

NAME = "default"


class _Folded:
    """The forward pass of a LoRA layer through one weight; `frozen` keeps that weight while nothing is trained."""

    def __init__(self, layer: LoraLayer) -> None:
        self.base: nn.Linear = layer.get_base_layer()
        self.down, self.up = layer.lora_A[NAME], layer.lora_B[NAME]
        self.scale = float(layer.scaling[NAME])
        self.frozen: Tensor | None = None

    def weight(self) -> Tensor:
        """W + s·B·A (out, in) in the base's dtype."""
        base = self.base.weight
        with torch.autocast(base.device.type, enabled=False):
            up, down = (self.up.weight * self.scale).to(base.dtype), self.down.weight.to(base.dtype)
            return torch.addmm(base, up, down)

    def __call__(self, x: Tensor) -> Tensor:
        weight = self.weight() if self.frozen is None else self.frozen
        return F.linear(x, weight, self.base.bias)


class Adapter:
    """The adapter of one process. `model` is the model to call; a fresh or reset adapter changes nothing."""

    def __init__(self, lm: LanguageModel, *, rank: int, alpha: float, tokens: Sequence[int] = ()) -> None:
        config = LoraConfig(
            r=rank,
            lora_alpha=alpha,
            target_modules="all-linear",
            trainable_token_indices={"embed_tokens": list(tokens)} if tokens else None,
        )
        self.model: PeftModel = get_peft_model(lm.module, config)
        self._layers = [m for m in self.model.modules() if isinstance(m, LoraLayer)]
        self._folded: list[_Folded] = []
        for layer in self._layers:
            layer.cast_input_dtype_enabled = False  # autocast does it, once
            if type(layer.get_base_layer()) is nn.Linear:  # a quantized weight cannot be added to
                self._folded.append(_Folded(layer))
                layer.forward = self._folded[-1]
        self._rows = [
            (p, p.detach().clone())
            for m in self.model.modules()
            if isinstance(m, AuxiliaryTrainingWrapper)
            for p in m.parameters()
            if p.requires_grad
        ]
        self._compiled: Callable[..., Any] | None = None
        self.model.eval()

    def trained(self, compiled: bool) -> Callable[..., Any]:
        """The model to train: as it is, or compiled once for all shapes (see `train.need_compiler`)."""
        if not compiled:
            return cast(Callable[..., Any], self.model)
        if self._compiled is None:
            self._compiled = torch.compile(self.model, dynamic=True)
        return self._compiled

    def parameters(self) -> list[nn.Parameter]:
        """What is trained."""
        return [p for p in self.model.parameters() if p.requires_grad]

    def reset(self, seed: int) -> None:
        """As new: the first factors drawn from `seed`, the second ones zero, the token rows the base's."""
        with torch.random.fork_rng(devices=[]), torch.no_grad():
            torch.manual_seed(seed)
            for layer in self._layers:
                layer.reset_lora_parameters(NAME, True)
            for parameter, start in self._rows:
                parameter.copy_(start)
        for parameter in self.parameters():
            parameter.grad = None

    @contextmanager
    def frozen(self) -> Iterator[nn.Module]:
        """The model for decoding: its adapted weights are formed once, here, and let go at the end."""
        try:
            with torch.no_grad():
                for layer in self._folded:
                    layer.frozen = layer.weight()
            yield self.model
        finally:
            for layer in self._folded:
                layer.frozen = None
