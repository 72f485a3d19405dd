"""A LoRA on a frozen model: attached once, reset for each task, gone without a trace.

`peft` does the work; besides the low-rank matrices the rows of a few tokens of the embedding may be trained, and copies
of embedding and head whole, or the head alone (transfer with a new head on a frozen body). On a base
that is not quantized a layer's weight with its update, W + s·B·A, is formed once for each pass over a batch: three
products instead of nine, and none of them thin. On a processor the gradient of a whole weight costs more
than four thin products do, so A's and B's are formed by these; in wide models the forward pass goes beside the base.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal, cast

import torch
import torch.nn.functional as F
from peft import LoraConfig, PeftModel, get_peft_model
from peft.tuners.lora import Linear, LoraLayer
from peft.utils import AuxiliaryTrainingWrapper, ModulesToSaveWrapper, load_peft_weights, set_peft_model_state_dict
from peft.utils.constants import DUMMY_TARGET_MODULES
from safetensors import SafetensorError
from torch import Tensor, nn
from transformers import PreTrainedModel

from arc_ttt.errors import ConfigError, ModelError
from arc_ttt.lm import graphs
from arc_ttt.lm.load import LanguageModel

NAME = "default"


WIDE = 512  # features of a model from which on a LoRA beside the base is faster to train than one folded into it


class _Thin(torch.autograd.Function):
    """x (…, in) → (W + s·B·A)·x + bias (…, out), all in W's dtype. W and the bias get no gradient, and that of the
    whole weight is never formed: A's and B's are, by thin products. With `beside` the forward pass, too, is one by W
    and two thin ones, and no second weight is kept."""

    @staticmethod
    def forward(
        ctx: Any, x: Tensor, weight: Tensor, bias: Tensor | None, a: Tensor, b: Tensor, scale: float, beside: bool
    ) -> Tensor:
        with torch.autocast(x.device.type, enabled=False):
            down, up = a.to(weight.dtype), (b * scale).to(weight.dtype)
            rows = x.reshape(-1, x.shape[-1]).to(weight.dtype)
            thin = rows @ down.t()
            whole = weight if beside else torch.addmm(weight, up, down)
            made = F.linear(rows, whole, bias)
            if beside:
                made.addmm_(thin, up.t())
        ctx.save_for_backward(rows, whole, down, up, thin)
        ctx.scale, ctx.beside, ctx.shape, ctx.dtypes = scale, beside, x.shape, (x.dtype, a.dtype, b.dtype)
        return made.view(*x.shape[:-1], -1)

    @staticmethod
    def backward(ctx: Any, gradient: Tensor) -> Any:
        rows, whole, down, up, thin = ctx.saved_tensors
        of_x, of_a, of_b = ctx.dtypes
        g = gradient.reshape(-1, gradient.shape[-1])
        of_thin = g @ up
        dx = None
        if ctx.needs_input_grad[0]:
            dx = g @ whole
            dx = (dx.addmm_(of_thin, down) if ctx.beside else dx).view(ctx.shape).to(of_x)
        db = (g.t() @ thin).to(of_b).mul_(ctx.scale)
        return dx, None, None, (of_thin.t() @ rows).to(of_a), db, None, None


class _Folded(Linear):  # type: ignore[misc]
    """A LoRA layer of peft that runs through one weight. `way` says how it is trained: "whole" forms the gradient of
    that weight, "thin" those of A and B alone, "beside" is thin forwards, too. `frozen` keeps the weight while nothing
    is trained. A class and no function put on the layer: the compiler then takes one layer for all of its kind."""

    way: Literal["whole", "thin", "beside"] = "whole"
    frozen: Tensor | None = None

    @property
    def scale(self) -> float:
        return float(self.scaling[NAME])

    def weight_now(self) -> Tensor:
        """W + s·B·A (out, in) in the base's dtype."""
        base = self.base_layer.weight
        with torch.autocast(base.device.type, enabled=False):
            up = (self.lora_B[NAME].weight * self.scale).to(base.dtype)
            return torch.addmm(base, up, self.lora_A[NAME].weight.to(base.dtype))

    def forward(self, x: Tensor, *_: Any, **__: Any) -> Tensor:
        base = self.base_layer
        if self.frozen is None and self.way != "whole":
            a, b, beside = self.lora_A[NAME].weight, self.lora_B[NAME].weight, self.way == "beside"
            made = _Thin.apply(x, base.weight, base.bias, a, b, self.scale, beside)  # type: ignore[no-untyped-call]
            return cast(Tensor, made)
        return F.linear(x, self.weight_now() if self.frozen is None else self.frozen, base.bias)


class Adapter:
    """The adapter of one process. `model` is the model to call; a fresh or reset adapter changes nothing.

    `targets` says what has low-rank matrices: "linear" (every linear layer of the blocks), "embedding", "head", or
    layers by their names; `rslora` divides `alpha` by the root of the rank instead of the rank. `ConfigError` for a
    target that the model does not have, and for the embedding where rows of it are trained, those of `tokens`.

    `whole` names what is trained whole instead, "embedding" or "head": copies in float32, each of its own also where
    the two share a table. `head_alone` trains a copy of the head and nothing else.
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
        whole: Sequence[str] = (),
        head_alone: bool = False,
    ) -> None:
        if head_alone:
            tokens, whole = (), ("head",)
        config = LoraConfig(
            r=rank,
            lora_alpha=alpha,
            use_rslora=rslora,
            target_modules=DUMMY_TARGET_MODULES if head_alone else _targets(lm.module, targets, bool(tokens)),
            modules_to_save=_whole(lm.module, whole, () if head_alone else targets, bool(tokens)) or None,
            trainable_token_indices={"embed_tokens": list(tokens)} if tokens else None,
        )
        self._lm = lm
        with warnings.catch_warnings():
            # Of an embedding tied to the head; the base is never merged with its adapter, so each may have its own.
            warnings.filterwarnings("ignore", message=".*tie_word_embeddings")
            self.model: PeftModel = get_peft_model(lm.module, config)
        self._layers = [m for m in self.model.modules() if isinstance(m, LoraLayer)]
        self._folded: list[_Folded] = []
        wide = int(lm.module.config.get_text_config().hidden_size) >= WIDE
        for layer in self._layers:
            layer.cast_input_dtype_enabled = False  # autocast does it, once
            if type(layer.get_base_layer()) is nn.Linear:  # a quantized weight cannot be added to
                layer.__class__ = _Folded
                layer.way = "beside" if wide else "thin" if lm.device.type == "cpu" else "whole"
                self._folded.append(layer)
        self._copies = [m for m in self.model.modules() if isinstance(m, ModulesToSaveWrapper)]
        for copy in self._copies:  # bfloat16 would round small updates away
            copy.modules_to_save[NAME].float()
            # What follows gets it in the dtype that it has from the base.
            copy.modules_to_save[NAME].register_forward_hook(lambda _, __, made: made.to(lm.dtype))
        self._rows = [
            (p, p.detach().clone())
            for m in self.model.modules()
            if isinstance(m, AuxiliaryTrainingWrapper)
            for p in m.parameters()
            if p.requires_grad
        ]
        self._compiled: Callable[..., Any] | None = None
        self.model.eval()

    @property
    def compiled(self) -> bool:
        """Whether `trained` has given the compiled model before, in this process."""
        return self._compiled is not None

    def trained(self, compiled: bool) -> Callable[..., Any]:
        """The model to train: as it is, or compiled once for all shapes (see `lm.graphs`)."""
        if not compiled:
            return cast(Callable[..., Any], self.model)
        if self._compiled is None:
            graphs.keep()
            blocks = [m for m in self.model.modules() if type(m).__name__ in (self._lm.module._no_split_modules or ())]
            if self._lm.grid_positions or not blocks:
                self._compiled = torch.compile(self.model, dynamic=True)
            else:  # one block stands for all: half a minute instead of many
                torch._dynamo.config.recompile_limit = 16  # long lessons need graphs of their own
                for block in blocks:
                    block.compile(dynamic=True)
                self._compiled = cast(Callable[..., Any], self.model)
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
        """What is trained, for an optimiser: all at `learning_rate`, embedding and head, or their low-rank matrices, at
        `embedding_rate` where one is given. Each group's peak rate is also its `initial_lr`."""
        base = (self._lm.module.get_input_embeddings(), self._lm.module.get_output_embeddings())
        ends = {id(p) for m in (*self._layers, *self._copies) if m in base for p in m.parameters()}
        rates = (learning_rate, learning_rate if embedding_rate is None else embedding_rate)
        split = [[p for p in self.parameters() if (id(p) in ends) == end] for end in (False, True)]
        return [{"params": p, "lr": r, "initial_lr": r} for p, r in zip(split, rates, strict=True) if p]

    def save(self, folder: Path) -> None:
        """Write the adapter as peft does, the same bytes each time: adapter_config.json, adapter_model.safetensors."""
        config = self.model.peft_config[NAME]
        if isinstance(config.target_modules, set):  # its order is another in each process
            config.target_modules = sorted(config.target_modules)
        self.model.save_pretrained(str(folder), save_embedding_layers=False)
        (folder / "README.md").unlink(missing_ok=True)  # a template that nobody has filled in

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
                    layer.frozen = layer.weight_now()
            with torch.compiler.set_stance("force_eager"):  # blocks that were compiled to be trained
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


def _targets(module: PreTrainedModel, targets: Sequence[str], rows: bool) -> str | list[str]:
    """The names of the layers that `targets` mean, as peft takes them; with `rows` some of the embedding's rows are
    trained by themselves."""
    if tuple(targets) == ("linear",):
        return "all-linear"
    embedding, head = module.get_input_embeddings(), module.get_output_embeddings()
    chosen, meant = [], set[str]()
    for name, layer in module.named_modules():
        kind = "embedding" if layer is embedding else "head" if layer is head else "linear"
        if kind == "linear" and not isinstance(layer, nn.Linear):
            continue
        if why := {kind, name.rpartition(".")[2]} & set(targets):
            if kind == "embedding" and rows:
                raise ConfigError(
                    f"--ttt.targets {min(why)}: a prompt format with a header trains its task token's row of the "
                    "embedding already; there are linear, head"
                )
            chosen.append(name)
            meant |= why
    if missing := [t for t in targets if t not in meant]:
        there = "linear, head" if rows else "linear, embedding, head"
        raise ConfigError(f"--ttt.targets {missing[0]}: the model has no such layer; there are {there}")
    return chosen


def _whole(module: PreTrainedModel, whole: Sequence[str], targets: Sequence[str], rows: bool) -> list[str]:
    """The names of the layers that `whole` means, as peft takes them. `ConfigError` where `targets` or some of the
    embedding's `rows` train one of them in another way."""
    ends = {"embedding": module.get_input_embeddings(), "head": module.get_output_embeddings()}
    names = []
    for kind in whole:
        name = next(name for name, layer in module.named_modules() if layer is ends[kind])
        if {kind, name.rpartition(".")[2]} & set(targets):
            raise ConfigError(f"--ttt.whole {kind}: --ttt.targets gives it a LoRA; leave one of them out")
        if kind == "embedding" and rows:
            raise ConfigError(
                "--ttt.whole embedding: a prompt format with a header trains its task token's row of the embedding "
                "already; there is head"
            )
        names.append(name)
    return names
