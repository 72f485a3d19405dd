"""A Hugging Face causal model: a folder, a GGUF file or a hub id → module and tokenizer.

Weights are read from safetensors (in one file or many) or GGUF, never from pickles. The hub is asked only for what its
cache lacks, and code that comes with a checkpoint runs only where it is allowed to.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from huggingface_hub import snapshot_download
from huggingface_hub.errors import GatedRepoError, RepositoryNotFoundError
from safetensors import SafetensorError, safe_open
from transformers import AutoConfig, AutoModelForCausalLM, AutoTokenizer, PreTrainedModel, logging
from transformers.models.auto.configuration_auto import CONFIG_MAPPING

from arc_ttt.errors import ModelError
from arc_ttt.files import json_of
from arc_ttt.lm import quantize as bits
from arc_ttt.lm.vocabulary import Tokenizer

WANTED = ["*.json", "*.safetensors", "tokenizer.model", "*.txt"]
TOKENIZER_FILES = ("tokenizer.json", "tokenizer.model", "tokenizer_config.json", "vocab.json", "vocab.txt")
WHOLE = 256 * 2**20  # bytes: larger files are not read whole for the digest
SAMPLES, SAMPLE = 64, 2**20
FAULTS = (OSError, RuntimeError, ValueError, ImportError, KeyError, TypeError, AttributeError, SafetensorError)


def one_line(fault: BaseException) -> str:
    """What a library says, which may be a page."""
    text = " ".join(str(fault).split())
    return text if len(text) <= 300 else text[:300] + " …"


def from_hub(name: str) -> Path:
    """The folder in the Hugging Face cache that holds the checkpoint `name`, fetched where it is missing there."""
    if (folder := cached(name)) is not None:
        return folder
    try:
        return Path(snapshot_download(name, allow_patterns=WANTED))
    except GatedRepoError as fault:
        raise ModelError(
            f"{name}: its authors ask for consent: give it on https://huggingface.co/{name}, then `hf auth login`"
        ) from fault
    except RepositoryNotFoundError as fault:
        raise ModelError(f"{name}: the Hugging Face hub has no such model, or it is private") from fault
    except FAULTS as fault:
        raise ModelError(
            f"{name}: is not in the Hugging Face cache, and the hub cannot be reached; where there is a network run "
            f"`hf download {name} --local-dir FOLDER --exclude '*.bin' --exclude '*.pth'`, then give --model FOLDER"
        ) from fault


def cached(name: str) -> Path | None:
    """The folder in the Hugging Face cache that holds the checkpoint `name` already."""
    try:
        folder = Path(snapshot_download(name, allow_patterns=WANTED, local_files_only=True))
    except FAULTS:  # not in the cache, or no hub id
        return None
    return folder if weights(folder) else None


def weights(folder: Path) -> list[Path]:
    """The safetensors files of a folder, by name."""
    return sorted(folder.glob("*.safetensors"))


def digest(files: Sequence[Path]) -> hashlib._Hash:
    """SHA-256 over the contents of `files`. Of one above 256 MiB its size and 64 pieces of 1 MiB, evenly spread, stand
    for the rest: every training changes all of a model's weights, and to read 16 GB takes longer than to answer."""
    total = hashlib.sha256()
    for path in files:
        size = path.stat().st_size
        total.update(f"{size} ".encode())
        with path.open("rb") as file:
            if size <= WHOLE:
                total.update(file.read())
                continue
            for i in range(SAMPLES):
                file.seek((size - SAMPLE) * i // (SAMPLES - 1))
                total.update(file.read(SAMPLE))
    return total


def read(
    path: Path, *, device: torch.device, dtype: torch.dtype, quantize: str, trust: bool
) -> tuple[PreTrainedModel, Tokenizer | None, hashlib._Hash, str]:
    """The model in a folder or GGUF file, its tokenizer if it has one, its digest, and how its weights are stored."""
    logging.set_verbosity_error()
    logging.disable_progress_bar()
    if path.suffix == ".gguf":
        return _gguf(path, device, dtype, quantize)
    files = checked(path)
    refuse_code(path, trust)
    options: dict[str, Any] = {"local_files_only": True, "trust_remote_code": trust}
    try:
        config = AutoConfig.from_pretrained(path, **options)
    except FAULTS as fault:
        raise ModelError(f"{path / 'config.json'}: {one_line(fault)}") from fault
    stored = bits.found(config)
    if stored != "none" and quantize not in ("none", stored):
        raise ModelError(f"{path}: its weights are {stored} already; go on without --quantize {quantize}")
    if stored == "none" and quantize != "none":
        options["quantization_config"] = bits.settings(quantize, dtype)
    stored = stored if stored != "none" else quantize
    if stored != "none":
        bits.settings("none", dtype)
        options["device_map"] = {"": device}
    try:
        module, info = AutoModelForCausalLM.from_pretrained(
            path, dtype=dtype, use_safetensors=True, output_loading_info=True, **options
        )
    except FAULTS as fault:
        raise ModelError(f"{path}: cannot be loaded as a {config.model_type!r}: {one_line(fault)}") from fault
    if missing := sorted(info["missing_keys"]):
        raise ModelError(
            f"{path}: the weights do not fit config.json, a {config.model_type!r}: {len(missing)} are missing, "
            f"{missing[0]} among them"
        )
    if stored == "none":
        module = module.to(device)
    else:
        bits.prepare(module, dtype)
    named = any((path / name).is_file() for name in TOKENIZER_FILES)
    tokenizer = read_tokenizer(path, trust_remote_code=trust) if named else None
    return module, tokenizer, digest([path / "config.json", *files]), stored


def _gguf(
    path: Path, device: torch.device, dtype: torch.dtype, quantize: str
) -> tuple[PreTrainedModel, Tokenizer, hashlib._Hash, str]:
    """Its blocks are made dense, then quantized where that is wanted: GGUF's own ways cannot be trained over."""
    from transformers.utils.quantization_config import GgufConfig

    try:
        with contextlib.redirect_stderr(io.StringIO()):  # a bar that nothing else turns off
            module = AutoModelForCausalLM.from_pretrained(
                path.parent, gguf_file=path.name, quantization_config=GgufConfig(dequantize=True), dtype=dtype
            )
    except ImportError as fault:
        raise ModelError(f"{path}: to read GGUF needs one more package: pip install gguf") from fault
    except FAULTS as fault:
        raise ModelError(f"{path}: cannot be read: {one_line(fault)}") from fault
    module.requires_grad_(False)
    if quantize != "none":
        bits.settings("none", dtype)
        bits.quantize(module, quantize, dtype, device)
        bits.prepare(module, dtype)
    return module.to(device), read_tokenizer(path.parent, gguf_file=path.name), digest([path]), quantize


def read_tokenizer(path: Path, **options: Any) -> Tokenizer:
    try:
        return Tokenizer(AutoTokenizer.from_pretrained(path, local_files_only=True, **options))
    except FAULTS as fault:
        raise ModelError(f"{path}: its tokenizer cannot be read: {one_line(fault)}") from fault


def checked(folder: Path) -> list[Path]:
    """The weights of `folder`, each file's beginning and length looked at; `ModelError` names what is amiss."""
    files = weights(folder)
    if not files:
        pickles = [p.name for pattern in ("*.bin", "*.pt", "*.pth") for p in sorted(folder.glob(pattern))]
        if pickles:
            raise ModelError(
                f"{folder}: its weights are pickles ({pickles[0]}), which can run code when they are read; "
                "only safetensors and GGUF are: convert them where you trust them"
            )
        raise ModelError(f"{folder}: holds no weights: model.safetensors is missing")
    index = folder / "model.safetensors.index.json"
    if index.is_file():
        try:
            named = set(json_of(index)["weight_map"].values())
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as fault:
            raise ModelError(f"{index}: cannot be read: {one_line(fault)}") from fault
        if absent := sorted(named - {p.name for p in files}):
            raise ModelError(f"{folder}: {len(absent)} of {len(named)} files of weights are missing, {absent[0]} first")
        files = [p for p in files if p.name in named]
    for path in files:
        try:
            with safe_open(path, "pt"):
                pass
        except (OSError, SafetensorError) as fault:
            raise ModelError(f"{path}: the weights cannot be read: {one_line(fault)}") from fault
    return files


def refuse_code(folder: Path, trust: bool) -> None:
    try:
        config = json_of(folder / "config.json")
        if not isinstance(config, dict):
            raise ValueError("not a JSON object")
    except (OSError, ValueError) as fault:
        raise ModelError(f"{folder / 'config.json'}: cannot be read: {one_line(fault)}") from fault
    kind = config.get("model_type")
    if kind in CONFIG_MAPPING or trust:
        return
    if "auto_map" in config:
        raise ModelError(
            f"{folder}: the architecture {kind!r} is code of the checkpoint's own, which is not run; where you trust "
            "it pass --trust-remote-code"
        )
    raise ModelError(f"{folder / 'config.json'}: this transformers knows no architecture {kind!r}")
