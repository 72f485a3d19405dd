"""A LoRA on a frozen model: attached once, reset for each task, gone without a trace.

`peft` does the work; besides the low-rank matrices the rows of a few tokens of the embedding may be trained. On a base
that is not quantized a layer's weight with its update, W + s·B·A, is formed once for each pass over a batch: three
products instead of nine, and none of them thin.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

import torch
import torch.nn.functional as F
from peft import LoraConfig, PeftModel, get_peft_model
from peft.tuners.lora import LoraLayer
from peft.utils import AuxiliaryTrainingWrapper, load_peft_weights, set_peft_model_state_dict
from safetensors import SafetensorError
from torch import Tensor, nn
from transformers import PreTrainedModel

from arc_ttt.errors import ConfigError, ModelError
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
    """The adapter of one process. `model` is the model to call; a fresh or reset adapter changes nothing.

    `targets` says what has low-rank matrices: "linear" (every linear layer of the blocks), "embedding", "head", or
    layers by their names; `rslora` divides `alpha` by the root of the rank instead of the rank. `ConfigError` for a
    target that the model does not have.
    """

    def __init__(
        self,
        lm: LanguageModel,
        *,
        rank: int,
        alpha: float,
        tokens: Sequence[int] = (),
        rslora: bool = False,
        targets: Sequence[str] = ("linear",),
    ) -> None:
        config = LoraConfig(
            r=rank,
            lora_alpha=alpha,
            use_rslora=rslora,
            target_modules=_targets(lm.module, targets),
            trainable_token_indices={"embed_tokens": list(tokens)} if tokens else None,
        )
        self._lm = lm
        with warnings.catch_warnings():
            # Of an embedding tied to the head; the base is never merged with its adapter, so each may have its own.
            warnings.filterwarnings("ignore", message=".*tie_word_embeddings")
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

    @contextmanager
    def training(self, *, checkpointing: bool = False) -> Iterator[None]:
        """The model in training mode; with `checkpointing` a block's activations are computed twice, not kept."""
        module = self._lm.module
        if checkpointing:
            _checkpointing(module, True)
        self.model.train()
        try:
            yield
        finally:
            self.model.eval()
            if checkpointing:
                _checkpointing(module, False)

    def remove(self) -> None:
        """Take the adapter off; the base is as before it was attached."""
        self.reset(0)
        self.model.unload()

    def parameters(self) -> list[nn.Parameter]:
        """What is trained."""
        return [p for p in self.model.parameters() if p.requires_grad]

    def groups(self, learning_rate: float, embedding_rate: float | None = None) -> list[dict[str, Any]]:
        """What is trained, for an optimiser: all at `learning_rate`, the low-rank matrices of embedding and head at
        `embedding_rate` where one is given. Each group's peak rate is also its `initial_lr`."""
        base = (self._lm.module.get_input_embeddings(), self._lm.module.get_output_embeddings())
        ends = {id(p) for m in self._layers if m in base for p in m.parameters()}
        rates = (learning_rate, learning_rate if embedding_rate is None else embedding_rate)
        split = [[p for p in self.parameters() if (id(p) in ends) == end] for end in (False, True)]
        return [{"params": p, "lr": r, "initial_lr": r} for p, r in zip(split, rates, strict=True) if p]

    def save(self, folder: Path) -> None:
        """Write the adapter as peft does: adapter_config.json and adapter_model.safetensors."""
        self.model.save_pretrained(str(folder), save_embedding_layers=False)

    def load(self, folder: Path) -> None:
        """Take the weights of an adapter that `save` or peft wrote; `ModelError` where they do not fit this one."""
        try:
            result = set_peft_model_state_dict(self.model, load_peft_weights(str(folder), device=str(self._lm.device)))
        except (OSError, ValueError, RuntimeError, SafetensorError) as fault:
            raise ModelError(f"{folder}: the adapter cannot be loaded: {' '.join(str(fault).split())[:300]}") from fault
        mine = {n for n, p in self.model.named_parameters() if p.requires_grad}
        if wrong := sorted({*result.unexpected_keys, *(mine & set(result.missing_keys))}):
            raise ModelError(f"{folder}: the adapter is of another shape: {wrong[0]} and {len(wrong) - 1} more")

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


def _checkpointing(module: PreTrainedModel, on: bool) -> None:
    """Switch gradient checkpointing, by the name that this version of transformers has for it."""
    verb = "enable" if on else "disable"
    kind = "activation" if hasattr(module, "activation_checkpointing_enable") else "gradient"
    getattr(module, f"{kind}_checkpointing_{verb}")()
    if on:  # it also hooks the embedding, which only the re-entrant kind needs
        module.disable_input_require_grads()


def _targets(module: PreTrainedModel, targets: Sequence[str]) -> str | list[str]:
    """The names of the layers that `targets` mean, as peft takes them."""
    if tuple(targets) == ("linear",):
        return "all-linear"
    embedding, head = module.get_input_embeddings(), module.get_output_embeddings()
    chosen, meant = [], set[str]()
    for name, layer in module.named_modules():
        kind = "embedding" if layer is embedding else "head" if layer is head else "linear"
        if kind == "linear" and not isinstance(layer, nn.Linear):
            continue
        if why := {kind, name.rpartition(".")[2]} & set(targets):
            chosen.append(name)
            meant |= why
    if missing := [t for t in targets if t not in meant]:
        raise ConfigError(f"--ttt.targets {missing[0]}: the model has no such layer; there are linear, embedding, head")
    return chosen
