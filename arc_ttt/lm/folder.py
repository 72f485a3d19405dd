"""The folder of a built-in model → what is known of it before its weights are read: card, sizes, digest. No torch."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from arc_ttt.errors import ModelError
from arc_ttt.files import json_of
from arc_ttt.paths import share

KIND = "arc_grid"  # what a config.json calls the built-in architecture
TASK_TOKENS = "tasks.safetensors"  # `rows` (tasks, features), and the tasks' ids: for a later training alone
HUB_ID = re.compile(r"[\w.-]+/[\w.-]+")
SIZES = ("vocab_size", "hidden_size", "intermediate_size", "num_hidden_layers", "num_attention_heads")


def shipped() -> tuple[str, ...]:
    """Names of the models that come with the project."""
    return tuple(sorted(p.parent.name for p in share("data", "models").glob("*/config.json")))


def named(name: str) -> Path | None:
    """The folder or GGUF file of the weights called `name`; None for a hub id. `ModelError` where there is none."""
    if name in shipped():
        return share("data", "models", name)
    path = Path(name)
    try:
        folder, file = path.is_dir(), path.is_file()
    except OSError as fault:  # a name that is too long, or a folder that may not be looked at
        raise ModelError(f"{name[:80]}: cannot be read: {fault.strerror}") from fault
    if folder:
        return trained(path)
    if file and path.suffix == ".gguf":
        return path
    if file:
        raise ModelError(
            f"{name}: a file of weights must be GGUF; of safetensors give the folder, with its config.json"
        )
    if HUB_ID.fullmatch(name):
        return None
    have = ", ".join(shipped()) or "none here"
    raise ModelError(f"{name}: neither a shipped model ({have}) nor a folder, a GGUF file or a hub id (owner/name)")


def trained(folder: Path) -> Path:
    """The folder of the model in `folder`: itself, or where `arc-ttt pretrain --out folder` has put it."""
    inside = folder / "model"
    return inside if not (folder / "config.json").exists() and (inside / "config.json").is_file() else folder


def digest(folder: Path) -> hashlib._Hash:
    """SHA-256 of a built-in model's shape and weights, to be gone on with."""
    try:
        return hashlib.sha256(b"".join((folder / name).read_bytes() for name in ("config.json", "model.safetensors")))
    except OSError as fault:
        raise ModelError(f"{fault.filename}: the weights cannot be read: {fault.strerror}") from fault


def read_json(path: Path) -> dict[str, Any]:
    """A JSON object; `ModelError` names what is wrong with it."""
    try:
        table = json_of(path)
    except OSError as fault:
        raise ModelError(f"{path}: cannot be read: {fault.strerror}") from fault
    except ValueError as fault:
        raise ModelError(f"{path}: {fault}") from fault
    if not isinstance(table, dict):
        raise ModelError(f"{path}: not a JSON object")
    return table


def read_sizes(path: Path) -> dict[str, Any]:
    """The config.json of a built-in model; `ModelError` for another one, or sizes that are none."""
    table = read_json(path)
    if table.get("model_type") != KIND:
        raise ModelError(f"{path}: architecture {table.get('model_type')!r}; only {KIND!r} is known")
    for key in SIZES:
        if key in table and (type(table[key]) is not int or table[key] < 1):
            raise ModelError(f"{path}: {key} must be a positive integer, not {table[key]!r}")
    return table


def read_card(path: Path) -> Mapping[str, Any]:
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
