"""Names, folders and devices → a model that is ready to be adapted.

The built-in architecture is read here, any other by `lm.checkpoint`. What does not fit (a truncated file, another
architecture) is a `ModelError` that names the file and the fault.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file
from transformers import PreTrainedModel
from transformers.utils.logging import disable_progress_bar

from arc_ttt.errors import ModelError
from arc_ttt.lm import attention, checkpoint
from arc_ttt.lm.builtin import GridConfig, GridTransformer
from arc_ttt.lm.device import DTYPES, compute_dtype, pick_device
from arc_ttt.lm.folder import KIND, digest, named, read_card, read_json, read_sizes
from arc_ttt.lm.quantize import QUANTIZATIONS, prepare, settings
from arc_ttt.lm.vocabulary import Tokenizer


@dataclass(frozen=True)
class LanguageModel:
    """A model with what must be known to call it.

    `module` holds its weights in `dtype` on `device` and is not trained itself. `grid_positions` says whether it
    takes (plane, row, column). `digest` is the SHA-256 of weights (see `lm.checkpoint.digest` for large ones), shape,
    the dtype that was asked for ("auto" is the same on every machine) and quantization; `card` says what its training
    saw; `tokenizer` is None for a model that has none, such as the built-in one; `quantization` says how
    its matrices are stored ("none", "int8", "nf4").
    """

    name: str
    module: PreTrainedModel
    device: torch.device
    dtype: torch.dtype
    grid_positions: bool
    digest: str
    card: Mapping[str, Any] = field(default_factory=dict)
    tokenizer: Tokenizer | None = None
    quantization: str = "none"


def check_names(dtype: str, quantize: str) -> None:
    """`ModelError` for a dtype or a way to quantize that there is not."""
    if dtype not in ("auto", *DTYPES):
        raise ModelError(f"--dtype {dtype}: there are auto, {', '.join(DTYPES)}")
    if quantize not in QUANTIZATIONS:
        raise ModelError(f"--quantize {quantize}: there are {', '.join(QUANTIZATIONS)}")


def load_model(
    name: str | Path,
    *,
    device: str = "auto",
    dtype: str = "auto",
    quantize: str = "none",
    trust_remote_code: bool = False,
) -> LanguageModel:
    """The model of that name, ready on its device: a shipped one, one in a folder or a GGUF file, or a hub id.

    `quantize` stores the matrices of the blocks as int8 or nf4 (through `bitsandbytes`); "none" leaves them as they
    are: in `dtype`, or as the checkpoint has quantized them. `ModelError` where there is no such model, or it cannot be
    loaded.
    """
    check_names(dtype, quantize)
    place = pick_device(device)
    kind = compute_dtype(place, dtype)
    path = located(str(name))
    card = read_card(path / "card.json") if path.is_dir() else {}
    if path.is_dir() and read_json(path / "config.json").get("model_type") == KIND:
        module, tokenizer, contents, stored = *_builtin(path, kind, quantize, place), quantize
    else:
        module, tokenizer, contents, stored = checkpoint.read(
            path, device=place, dtype=kind, quantize=quantize, trust=trust_remote_code
        )
    if place.type == "cpu" and module.config._attn_implementation == "sdpa":
        module.set_attn_implementation(attention.register())
    module.requires_grad_(False).eval()
    contents.update(f"{dtype} {stored}".encode())  # they change what is computed
    called = str(name) if not Path(name).exists() else path.stem if path.is_file() else path.resolve().name
    called = str(card.get("name", called))
    return LanguageModel(
        called,
        module,
        place,
        kind,
        isinstance(module, GridTransformer),
        contents.hexdigest(),
        card,
        tokenizer,
        stored,
    )


def located(name: str) -> Path:
    """The folder or GGUF file that holds the weights, fetched where it is the hub's."""
    return named(name) or checkpoint.from_hub(name)


def _builtin(
    folder: Path, dtype: torch.dtype, quantize: str, device: torch.device
) -> tuple[PreTrainedModel, None, hashlib._Hash]:
    """A model of the built-in architecture, no tokenizer, and the digest so far."""
    config, weights = read_config(folder / "config.json"), folder / "model.safetensors"
    module = _module(config, weights)
    if quantize == "none":
        return module.to(device=device, dtype=dtype), None, digest(folder)
    disable_progress_bar()
    stored = settings(quantize, dtype)
    module = GridTransformer.from_pretrained(folder, quantization_config=stored, dtype=dtype)
    prepare(module, dtype)
    return module.to(device), None, digest(folder)


def read_config(path: Path) -> GridConfig:
    """The shape of a built-in model; `ModelError` for what is none."""
    try:
        return GridConfig(**read_sizes(path))
    except (TypeError, ValueError, AttributeError) as fault:
        raise ModelError(f"{path}: {fault}") from fault


def _module(config: GridConfig, weights: Path) -> GridTransformer:
    try:
        tensors = load_file(weights)
    except (OSError, SafetensorError) as fault:
        raise ModelError(f"{weights}: the weights cannot be read: {fault}") from fault
    try:
        with torch.device("meta"):
            module = GridTransformer(config)
    except (RuntimeError, TypeError, ValueError) as fault:
        raise ModelError(f"{weights.parent}: config.json describes no model: {' '.join(str(fault).split())}") from fault
    wanted = {name: tuple(t.shape) for name, t in module.state_dict().items()}
    found = {name: tuple(t.shape) for name, t in tensors.items()}
    for name in sorted(wanted.keys() | found.keys()):
        if wanted.get(name) != found.get(name):
            which = f"{name} is {found.get(name, 'missing')}, not {wanted.get(name, 'expected')}"
            raise ModelError(f"{weights}: the weights do not fit config.json: {which}")
    module.load_state_dict(tensors, assign=True)
    return module
