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
from arc_ttt.files import json_of
from arc_ttt.lm import attention, checkpoint
from arc_ttt.lm.builtin import GridConfig, GridTransformer
from arc_ttt.lm.quantize import QUANTIZATIONS, prepare, settings
from arc_ttt.lm.vocabulary import Tokenizer
from arc_ttt.paths import share

SIZES = ("vocab_size", "hidden_size", "intermediate_size", "num_hidden_layers", "num_attention_heads")
DTYPES = {"bfloat16": torch.bfloat16, "float32": torch.float32, "float16": torch.float16}


@dataclass(frozen=True)
class LanguageModel:
    """A model with what must be known to call it.

    `module` holds its weights in `dtype` on `device` and is not trained itself. `grid_positions` says whether it
    takes (plane, row, column). `digest` is the SHA-256 of weights (see `lm.checkpoint.digest` for large ones), shape,
    dtype and quantization; `card` says what its training saw; `tokenizer` is None for a model that has none, such as
    the built-in one; `quantization` says how its matrices are stored ("none", "int8", "nf4").
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


def compute_dtype(device: torch.device) -> torch.dtype:
    """bfloat16 where the processor multiplies matrices in it, else float32."""
    if device.type == "cuda":
        return torch.bfloat16 if torch.cuda.is_bf16_supported(including_emulation=False) else torch.float32
    if device.type == "cpu":
        return torch.bfloat16 if torch.cpu._is_avx512_bf16_supported() else torch.float32
    return torch.float32


def pick_device(name: str) -> torch.device:
    """The device of that name; "auto" takes CUDA, then Apple's, then the processor."""
    if name == "auto":
        name = "cuda" if torch.cuda.is_available() else "mps" if torch.backends.mps.is_available() else "cpu"
    try:
        device = torch.device(name)
    except RuntimeError as fault:
        raise ModelError(f"--device {name}: there are auto, cpu, cuda:N and mps") from fault
    missing = (device.type == "cuda" and not (device.index or 0) < torch.cuda.device_count()) or (
        device.type == "mps" and not torch.backends.mps.is_available()
    )
    if missing:
        raise ModelError(f"--device {name}: this machine or this build of PyTorch has no such device")
    return device


def shipped() -> tuple[str, ...]:
    """Names of the models that come with the project."""
    return tuple(sorted(p.parent.name for p in share("data", "models").glob("*/config.json")))


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
    kind = compute_dtype(place) if dtype == "auto" else DTYPES[dtype]
    path = located(str(name))
    card = _card(path / "card.json") if path.is_dir() else {}
    if path.is_dir() and read_json(path / "config.json").get("model_type") == GridConfig.model_type:
        module, tokenizer, digest, stored = *_builtin(path, kind, quantize, place), quantize
    else:
        module, tokenizer, digest, stored = checkpoint.read(
            path, device=place, dtype=kind, quantize=quantize, trust=trust_remote_code
        )
    if place.type == "cpu" and module.config._attn_implementation == "sdpa":
        module.set_attn_implementation(attention.register())
    module.requires_grad_(False).eval()
    digest.update(f"{kind} {stored}".encode())  # they change what is computed
    called = str(name) if not Path(name).exists() else path.stem if path.is_file() else path.resolve().name
    called = str(card.get("name", called))
    return LanguageModel(
        called,
        module,
        place,
        kind,
        isinstance(module, GridTransformer),
        digest.hexdigest(),
        card,
        tokenizer,
        stored,
    )


def trained(folder: Path) -> Path:
    """The folder of the model in `folder`: itself, or where `arc-ttt pretrain --out folder` has put it."""
    inside = folder / "model"
    return inside if not (folder / "config.json").exists() and (inside / "config.json").is_file() else folder


def located(name: str) -> Path:
    """The folder or GGUF file that holds the weights."""
    if name in shipped():
        return share("data", "models", name)
    path = Path(name)
    try:
        folder, file = path.is_dir(), path.is_file()
    except OSError as fault:  # a name that is too long
        raise ModelError(f"{name[:60]}…: {fault.strerror}") from fault
    if folder:
        return trained(path)
    if file and path.suffix == ".gguf":
        return path
    if file:
        raise ModelError(
            f"{name}: a file of weights must be GGUF; of safetensors give the folder, with its config.json"
        )
    if checkpoint.HUB_ID.fullmatch(name):
        return checkpoint.from_hub(name)
    have = ", ".join(shipped()) or "none here"
    raise ModelError(f"{name}: neither a shipped model ({have}) nor a folder, a GGUF file or a hub id (owner/name)")


def _builtin(
    folder: Path, dtype: torch.dtype, quantize: str, device: torch.device
) -> tuple[PreTrainedModel, None, hashlib._Hash]:
    """A model of the built-in architecture, no tokenizer, and the digest so far."""
    config, weights = read_config(folder / "config.json"), folder / "model.safetensors"
    module = _module(config, weights)
    digest = hashlib.sha256(config.to_json_string().encode() + weights.read_bytes())
    if quantize == "none":
        return module.to(device=device, dtype=dtype), None, digest
    disable_progress_bar()
    stored = settings(quantize, dtype)
    module = GridTransformer.from_pretrained(folder, quantization_config=stored, dtype=dtype)
    prepare(module, dtype)
    return module.to(device), None, digest


def read_json(path: Path) -> dict[str, Any]:
    try:
        table = json_of(path)
    except OSError as fault:
        raise ModelError(f"{path}: cannot be read: {fault.strerror}") from fault
    except ValueError as fault:
        raise ModelError(f"{path}: {fault}") from fault
    if not isinstance(table, dict):
        raise ModelError(f"{path}: not a JSON object")
    return table


def read_config(path: Path) -> GridConfig:
    table = read_json(path)
    if table.get("model_type") != GridConfig.model_type:
        raise ModelError(f"{path}: architecture {table.get('model_type')!r}; only {GridConfig.model_type!r} is known")
    for key in SIZES:
        if key in table and (type(table[key]) is not int or table[key] < 1):
            raise ModelError(f"{path}: {key} must be a positive integer, not {table[key]!r}")
    try:
        return GridConfig(**table)
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


def _card(path: Path) -> Mapping[str, Any]:
    """What a model's card says; `ModelError` for one that says it in another form, since what it saw must be known."""
    if not path.exists():
        return {}
    card = read_json(path)
    saw = card.get("saw", {})
    lists = [saw.get(key) or [] for key in ("tasks", "sets")] if isinstance(saw, dict) else [None]
    if not all(isinstance(one, list) and all(isinstance(word, str) for word in one) for one in lists):
        raise ModelError(f'{path}: "saw" must have lists of names under "tasks" and "sets"')
    for key in ("name", "prompt"):
        if not isinstance(card.get(key, ""), str):
            raise ModelError(f"{path}: {key} must be a text")
    return card
