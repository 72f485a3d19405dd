"""A model and some choices → a folder for the `kaggle` command: a notebook with its metadata, and its data set.

`kernel-metadata.json` and the notebook are what `kaggle kernels push` takes; `dataset/` has arc_ttt's wheel and, where
they do not come from Kaggle, the weights. It is flat, since `kaggle datasets create` leaves folders out.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from arc_ttt.arc.jsonio import printable
from arc_ttt.errors import ConfigError, ModelError, StoreError
from arc_ttt.kaggle import drive, entry, files, wheels
from arc_ttt.paths import share

# Kaggle's names of what a notebook runs on. NvidiaL4 has four GPUs and NvidiaTeslaT4 two; a name that it does not know,
# NvidiaL4x4 say, silently gives another GPU.
MACHINES = {"l4x4": "NvidiaL4", "t4x2": "NvidiaTeslaT4", "cpu": None}
KERNEL, DATASET = "kernel-metadata.json", "dataset-metadata.json"
SMOKE_TASKS, SMOKE_SECONDS = 4, 300
LIMIT = 12 * 3600
_OF_A_MODEL = {".safetensors", ".json", ".txt", ".model", ".jinja", ".py"}
# What the second half of the notebook does without: the first half stands before it.
_IMPORTS = re.compile(r"^from (?:__future__ import annotations|arc_ttt\.kaggle\.files import [^\n]+)\n", re.MULTILINE)
_MARK = 'json.loads("{}")'


@dataclass(frozen=True, kw_only=True)
class Bundle:
    """What a bundle is made of. Raises `ConfigError` for what Kaggle would not take."""

    # Its slug is the notebook's id; that of the data set is "<title> files".
    title: str
    # Owner of both.
    username: str
    # Slug of the competition, arc-prize-2025 or arc-prize-2026-arc-agi-2 say.
    competition: str = "arc-prize-2025"
    # One of MACHINES.
    accelerator: str = "l4x4"
    # A shipped model, a folder, a GGUF file or a hub id.
    model: str = drive.BUILTIN
    # Prompt format by name, or a file of one's own; None for the model's own.
    prompt: str | Path | None = None
    # Where Kaggle has the weights: owner/model/framework/variation/version.
    model_source: str | None = None
    # Further data sets, owner/name.
    dataset_sources: tuple[str, ...] = ()
    # Seconds from the start of the hidden run.
    deadline: int = 41_400
    # Processes; None for one a GPU.
    workers: int | None = None
    # Further options of `arc-ttt solve`.
    options: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for name, value, pattern, form in (
            ("--username", self.username, r"[a-z0-9][a-z0-9-]*", "a Kaggle user's name in lower case"),
            ("--competition", self.competition, r"[a-z0-9][a-z0-9-]*", "the slug in a competition's address"),
            ("--model-source", self.model_source or "o/m/f/v/1", r"([\w.-]+/){4}\d+",
             "owner/model/framework/variation/version, the last a number"),
            *(("--dataset-source", source, r"[\w-]+/[\w-]+", "owner/name") for source in self.dataset_sources),
        ):  # fmt: skip
            if not re.fullmatch(pattern, value):
                raise ConfigError(f"{name} {printable(value)}: must be {form}")
        if self.accelerator not in MACHINES:
            raise ConfigError(f"--accelerator {printable(self.accelerator)}: there are {', '.join(MACHINES)}")
        if not 60 <= self.deadline < LIMIT:
            raise ConfigError(f"--deadline: {self.deadline} s is not between a minute and Kaggle's limit of 12 hours")
        if self.workers is not None and self.workers < 1:
            raise ConfigError(f"--workers {self.workers}: must be at least 1")
        for title in (self.title, self.dataset_title):
            if not 6 <= len(title) <= 50 or not 6 <= len(slugify(title)) <= 50:
                raise ConfigError(f"--title {printable(title)!r}: title and slug must have 6 to 50 characters")

    @property
    def id(self) -> str:
        return f"{self.username}/{slugify(self.title)}"

    @property
    def dataset_title(self) -> str:
        return f"{self.title} files"

    @property
    def dataset_id(self) -> str:
        return f"{self.username}/{slugify(self.dataset_title)}"

    @property
    def notebook(self) -> str:
        return f"{slugify(self.title)}.ipynb"


def slugify(title: str) -> str:
    """The slug that Kaggle makes of a title: lower case, a dash for whatever is not a letter or digit, none between the
    digits of 1,000. Raises `ConfigError` for other than ASCII and for HTML's entities, which Kaggle transliterates."""
    if not title.isascii() or re.search(r"&#?\w+;", title):
        raise ConfigError(f"--title {printable(title)!r}: only plain ASCII has a slug that is sure to be the id")
    text = re.sub(r"(?<=\d),(?=\d)", "", title.replace("'", "-").lower())
    return re.sub(r"-{2,}", "-", re.sub(r"[^a-z0-9-]+", "-", text)).strip("-")


def write(folder: Path, bundle: Bundle, *, build: bool = True) -> Path | None:
    """Write the bundle into `folder`, also over an earlier one, of which the downloaded wheels stay. The folder of the
    weights that went in, None where the wheel has them or Kaggle will.

    `build` says whether to make arc_ttt's wheel. Raises `ConfigError` for a folder of other things, `ModelError` where
    there is no such model, `StoreError` where nothing can be written.
    """
    weights = locate(bundle)
    data = folder / "dataset"
    try:
        _clear(folder)
        data.mkdir(parents=True, exist_ok=True)
        if weights is not None:
            _place(weights, data)
        if isinstance(bundle.prompt, Path):
            shutil.copyfile(bundle.prompt, data / bundle.prompt.name)
        _write(folder / KERNEL, kernel_metadata(bundle))
        _write(folder / bundle.notebook, notebook(settings(bundle, weights)))
        _write(data / DATASET, dataset_metadata(bundle, weights))
        recipe = folder / wheels.RECIPE
        recipe.write_text(wheels.recipe(), encoding="utf-8")
        recipe.chmod(0o755)
        if build:
            wheels.build(data)
    except OSError as fault:
        raise StoreError(f"{printable(str(folder))}: cannot be written: {fault.strerror or fault}") from fault
    return weights


def _clear(folder: Path) -> None:
    """Remove what an earlier bundle wrote; `ConfigError` for a folder that holds anything else."""
    if not folder.exists():
        return
    if not folder.is_dir() or (not (folder / KERNEL).exists() and any(folder.iterdir())):
        raise ConfigError(f"{printable(str(folder))}: is there and is no bundle; name another --out")
    stale = [*folder.glob("*.ipynb"), *(folder / "dataset").glob("*")]
    for path in stale:
        if path.is_file() and (path.suffix != ".whl" or path.name.startswith("arc_ttt-")):
            path.unlink()


def locate(bundle: Bundle) -> Path | None:
    """The folder or GGUF file of the weights that the data set must hold; None for those that the wheel or Kaggle has.
    Raises `ModelError` where there is no such model."""
    name = bundle.model
    if bundle.model_source or ("/" not in name and (share("data", "models", name) / "config.json").is_file()):
        return None
    path = Path(name)
    if path.is_dir() or path.is_file():
        if path.is_file() and path.suffix != ".gguf":
            raise ModelError(f"{printable(name)}: a file of weights must be GGUF; of safetensors give the folder")
        if path.is_dir() and not ((path / "config.json").is_file() and any(path.glob("*.safetensors"))):
            raise ModelError(f"{printable(name)}: must hold config.json and weights (*.safetensors)")
        return path
    if not re.fullmatch(r"[\w.-]+/[\w.-]+", name):
        raise ModelError(
            f"{printable(name)}: neither a shipped model nor a folder, a GGUF file or a hub id (owner/name)"
        )
    from arc_ttt.lm import checkpoint  # torch, which nothing else here needs

    return checkpoint.from_hub(name)


def _place(weights: Path, data: Path) -> None:
    """The model's files, as links where the file system has them: they may be large."""
    files = [weights] if weights.is_file() else [p for p in weights.iterdir() if p.suffix in _OF_A_MODEL]
    for path in files:
        if path.name in (DATASET, KERNEL) or not path.is_file():
            continue
        try:
            os.link(path.resolve(), data / path.name)
        except OSError:  # another file system
            shutil.copyfile(path, data / path.name)


def settings(bundle: Bundle, weights: Path | None) -> dict[str, Any]:
    """What the notebook has to know (see `drive`)."""
    own = bundle.model if weights is None else weights.name
    kind = "gguf" if own.endswith(".gguf") else "folder"
    return {
        "competition": bundle.competition,
        "model": Path(bundle.model).name if weights is not None else bundle.model,
        "weights": kind if weights is not None or bundle.model_source else None,
        "sources": [bundle.model_source or bundle.dataset_id],
        "prompt": bundle.prompt.name if isinstance(bundle.prompt, Path) else bundle.prompt,
        "accelerator": bundle.accelerator,
        "deadline": bundle.deadline,
        "smoke_tasks": SMOKE_TASKS,
        "smoke_seconds": SMOKE_SECONDS,
        "workers": bundle.workers,
        "options": list(bundle.options),
    }


def kernel_metadata(bundle: Bundle) -> dict[str, Any]:
    """kernel-metadata.json."""
    machine = MACHINES[bundle.accelerator]
    return {
        "id": bundle.id,
        "title": bundle.title,
        "code_file": bundle.notebook,
        "language": "python",
        "kernel_type": "notebook",
        "is_private": True,
        "enable_gpu": machine is not None,
        "enable_tpu": False,
        "enable_internet": False,
        **({"machine_shape": machine} if machine else {}),
        "dataset_sources": [bundle.dataset_id, *bundle.dataset_sources],
        "competition_sources": [bundle.competition],
        "kernel_sources": [],
        "model_sources": [bundle.model_source] if bundle.model_source else [],
    }


def dataset_metadata(bundle: Bundle, weights: Path | None) -> dict[str, Any]:
    """dataset-metadata.json."""
    about = "arc-ttt and the wheels that it needs." + (f" With the weights of {weights.name}." if weights else "")
    licence = "apache-2.0" if weights is None else "other"
    return {
        "title": bundle.dataset_title,
        "id": bundle.dataset_id,
        "licenses": [{"name": licence}],
        "description": about + ("" if weights is None else " The weights are under their own licence."),
    }


def notebook(settings: Mapping[str, Any]) -> dict[str, Any]:
    """A notebook of one cell, `files` and `entry` with these settings."""
    first, last = (Path(str(module.__file__)).read_text(encoding="utf-8") for module in (files, entry))
    if last.count(_MARK) != 1 or len(parts := _IMPORTS.split(last)) != 3:
        raise AssertionError(f"{entry.__file__}: the place of the settings or the imports are not there once")
    source = f"{first}\n\n{''.join(parts)}"
    code = source.replace(_MARK, f"json.loads({json.dumps(settings)!r})").splitlines(keepends=True)
    cell: dict[str, Any] = {"cell_type": "code", "execution_count": None, "metadata": {}, "outputs": [], "source": code}
    about = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}
    return {"cells": [cell], "metadata": about, "nbformat": 4, "nbformat_minor": 4}


def _write(path: Path, document: Mapping[str, Any]) -> None:
    path.write_text(json.dumps(document, indent=1) + "\n", encoding="utf-8")
