"""A LoRA on a frozen model: attached once, reset for each task, gone without a trace.

`peft` does the work; besides the low-rank matrices the rows of a few tokens of the embedding may be trained.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
from peft import LoraConfig, PeftModel, get_peft_model
from peft.tuners.lora import LoraLayer
from peft.utils import AuxiliaryTrainingWrapper
from torch import nn

from arc_ttt.lm.load import LanguageModel

NAME = "default"


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
        for layer in self._layers:
            layer.cast_input_dtype_enabled = False  # autocast does it, once
        self._rows = [
            (p, p.detach().clone())
            for m in self.model.modules()
            if isinstance(m, AuxiliaryTrainingWrapper)
            for p in m.parameters()
            if p.requires_grad
        ]
        self.model.eval()

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
