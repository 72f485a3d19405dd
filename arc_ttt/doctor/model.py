"""A model's name, a prompt format and tasks → findings: where the weights are, what would read them, how long it gets.

The weights are not loaded: their files' headers are looked at, and the architecture is built from the configuration
without storage. Nothing is downloaded; the hub is asked for sizes where its cache lacks the model.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from huggingface_hub import constants, snapshot_download
from huggingface_hub.errors import GatedRepoError, RepositoryNotFoundError
from torch import nn
from transformers import AutoConfig, AutoModelForCausalLM, PreTrainedModel, logging

from arc_ttt.arc.dataset import TaskSet
from arc_ttt.config import LARGEST_PAIR
from arc_ttt.doctor import Check, size
from arc_ttt.doctor.memory import Lengths, Shape
from arc_ttt.errors import ConfigError, ModelError
from arc_ttt.lm import checkpoint, load
from arc_ttt.lm import quantize as bits
from arc_ttt.lm.builtin import GridTransformer
from arc_ttt.lm.folder import KIND, TASK_TOKENS, named, read_json, shipped
from arc_ttt.lm.limits import plain_keys
from arc_ttt.text import format as formats
from arc_ttt.text.sheet import Sheet, elsewhere
from arc_ttt.text.strings import Tokenizer, Words


@dataclass(frozen=True, kw_only=True)
class Subject:
    """A model as far as it is known without its weights: its sizes, how they are stored, the sequence length that it
    was made for (None: any), and the prompt format in its tokens (in words and characters where `guessed`)."""

    shape: Shape
    stored: str
    context: int | None
    form: formats.PromptFormat
    guessed: bool = False


def locate(name: str) -> Path | None:
    """The folder or GGUF file of the model `name`, in the hub's cache too; None where it would be fetched. `ModelError`
    for what is no model's name."""
    return named(name) or checkpoint.cached(name)


def inspect(name: str, path: Path, sheet: Sheet, *, quantize: str, trust: bool) -> Subject:
    """The model in `path` and the format `sheet` in its tokens. `ModelError` and `ConfigError` for what loading would
    refuse, too."""
    logging.set_verbosity_error()
    if path.suffix == ".gguf":
        return _gguf(path, sheet, quantize)
    kind = read_json(path / "config.json").get("model_type")
    checkpoint.checked(path)
    if kind == KIND:
        with torch.device("meta"):
            ours = GridTransformer(load.read_config(path / "config.json"))
        form = _fitting(name, sheet, None, True, ours.config.vocab_size)
        return Subject(shape=_shape(path, ours), stored=quantize, context=None, form=form)
    checkpoint.refuse_code(path, trust)
    config, module = _skeleton(path, trust_remote_code=trust)
    stored = bits.found(config)
    if stored != "none" and quantize not in ("none", stored):
        raise ModelError(f"{path}: its weights are {stored} already; go on without --quantize {quantize}")
    named = any((path / file).is_file() for file in checkpoint.TOKENIZER_FILES)
    tokenizer = checkpoint.read_tokenizer(path, trust_remote_code=trust) if named else None
    text = config.get_text_config()
    form = _fitting(name, sheet, tokenizer, False, int(text.vocab_size))
    context = getattr(text, "max_position_embeddings", None)
    stored = stored if stored != "none" else quantize
    return Subject(shape=_shape(path, module), stored=stored, context=context, form=form)


def published(name: str, sheet: Sheet, quantize: str) -> Subject | None:
    """What the format's file tells of a checkpoint that is not here; None where it tells nothing."""
    there = sheet.checkpoint(name)
    if there is None:
        return None
    stored = there.quantized if there.quantized != "none" else quantize
    form = formats.load(sheet, Words())
    return Subject(shape=Shape.published(there), stored=stored, context=None, form=form, guessed=True)


def _gguf(path: Path, sheet: Sheet, quantize: str) -> Subject:
    """Its tokenizer is left alone: to read one out of GGUF takes longer than all the rest."""
    config, module = _skeleton(path.parent, gguf_file=path.name)
    context = getattr(config.get_text_config(), "max_position_embeddings", None)
    form = _fitting(str(path), sheet, Words(), False)
    return Subject(shape=_shape(path, module), stored=quantize, context=context, form=form, guessed=True)


def _skeleton(path: Path, **options: Any) -> tuple[Any, Any]:
    """Configuration and architecture, without storage."""
    try:
        config = AutoConfig.from_pretrained(path, local_files_only=True, **options)
        options.pop("gguf_file", None)
        with torch.device("meta"):
            return config, AutoModelForCausalLM.from_config(config, **options)
    except ImportError as fault:
        missing = "to read GGUF needs one more package: pip install gguf" if "gguf" in str(fault).lower() else fault
        raise ModelError(f"{path}: {missing}") from fault
    except checkpoint.FAULTS as fault:
        raise ModelError(f"{path}: cannot be read: {checkpoint.one_line(fault)}") from fault


def _shape(path: Path, module: PreTrainedModel) -> Shape:
    try:
        return shape_of(module)
    except AttributeError as fault:
        raise ModelError(f"{path}: a {type(module).__name__} is no model with attention: {fault}") from fault


def shape_of(module: PreTrainedModel) -> Shape:
    """The sizes of a model, which may have no storage."""
    config, head = module.config.get_text_config(), module.get_output_embeddings()
    adapted = [m for m in module.modules() if isinstance(m, nn.Linear) and m is not head]
    ends = {id(m.weight): m.weight for m in (module.get_input_embeddings(), head) if m is not None}
    linear, vocabulary = sum(m.weight.numel() for m in adapted), sum(w.numel() for w in ends.values())
    heads = int(config.num_attention_heads)
    wide = int(getattr(config, "head_dim", None) or config.hidden_size // heads)
    return Shape(
        layers=int(config.num_hidden_layers),
        hidden=int(config.hidden_size),
        intermediate=int(getattr(config, "intermediate_size", None) or 4 * config.hidden_size),
        heads=heads,
        queries=heads * wide,
        keys=int(getattr(config, "num_key_value_heads", None) or heads) * wide,
        linear=linear,
        edges=sum(m.in_features + m.out_features for m in adapted),
        vocabulary=vocabulary,
        other=sum(p.numel() for p in module.parameters()) - linear - vocabulary,
        plain=plain_keys(isinstance(module, GridTransformer)),
    )


def _fitting(
    name: str, sheet: Sheet, tokenizer: Tokenizer | None, grid: bool, vocabulary: int | None = None
) -> formats.PromptFormat:
    form = formats.load(sheet, tokenizer, vocabulary)
    if isinstance(form, formats.StringFormat) == grid:
        raise ConfigError(f"{name}: cannot read the prompt format {form.name}; name another with --prompt")
    return form


def fetch(name: str) -> Check:  # noqa: PLR0911 one for each way that a download may stand
    """What to do about a checkpoint that is not in the hub's cache: how much a run would download, if it can."""
    if (how := elsewhere(name)) is not None:
        return Check("model", "failure", f"{name}: not here", how)
    advice = f"where there is a network: `hf download {name} --local-dir FOLDER`, then --model FOLDER"
    if constants.HF_HUB_OFFLINE:
        return Check("model", "failure", f"{name}: not in the hub's cache, and HF_HUB_OFFLINE forbids to ask", advice)
    try:
        files = snapshot_download(name, allow_patterns=checkpoint.WANTED, dry_run=True, etag_timeout=5)
    except GatedRepoError:
        advice = f"give it on https://huggingface.co/{name}, then `hf auth login`"
        return Check("model", "failure", f"{name}: its authors ask for consent", advice)
    except RepositoryNotFoundError:
        return Check("model", "failure", f"{name}: the hub has no such model, or it is private", "name another --model")
    except checkpoint.FAULTS:
        return Check("model", "failure", f"{name}: not in the hub's cache, and the hub cannot be reached", advice)
    if not any(file.filename.endswith(".safetensors") for file in files):
        return Check("model", "failure", f"{name}: has no safetensors on the hub", "name another --model")
    left, place = sum(file.file_size or 0 for file in files if file.will_download), _cache()
    found = f"{name}: not in the hub's cache; a run downloads {size(left)}"
    free = shutil.disk_usage(place).free
    if left > free:
        return Check("model", "failure", f"{found}, and {place} has {size(free)} free", "set HF_HOME to a larger disk")
    return Check("model", "warning", found, f"ahead of it: hf download {name}")


def _cache() -> Path:
    """The hub's cache, or what is there of the way to it."""
    place = Path(constants.HF_HUB_CACHE)
    return next((p for p in (place, *place.parents) if p.is_dir()), place)


def hub() -> Check:
    """Whether the hub may be asked, and what its cache holds."""
    place = Path(constants.HF_HUB_CACHE)
    try:
        count = sum(1 for p in place.iterdir() if p.name.startswith("models--"))
    except OSError:
        count = 0
    may = "not asked (HF_HUB_OFFLINE)" if constants.HF_HUB_OFFLINE else "asked for models that are not here"
    return Check("hub", "ok", f"{may}; {count} model{'' if count == 1 else 's'} in {place}")


def tasks_found(tasks: TaskSet, lengths: Lengths, uncut: int, cut: int, max_tokens: int) -> Check:
    """What the source holds, its longest task, and what is amiss with it."""
    outputs, known = sum(map(tasks.tests, tasks.order)), len(tasks.solutions)
    answers = "known" if known == len(tasks.order) else f"known for {known}" if known else "not known"
    count = len(tasks.order)
    found = (
        f"{tasks.name}: {count:,} task{'' if count == 1 else 's'}, {outputs:,} test outputs, answers {answers}; "
        f"the longest prompt has {uncut:,} tokens ({lengths.task})"
    )
    if tasks.faults:
        return Check("tasks", "warning", f"{found}; {len(tasks.faults)} faulty", tasks.faults[0].message)
    if cut:
        found += f"; to fit --max-tokens {max_tokens:,}, {cut} lose{'s'[cut > 1 :]} demonstrations"
        return Check("tasks", "warning", found, "a larger --max-tokens, where model and memory allow it")
    return Check("tasks", "ok", found)


def described(name: str, path: Path, subject: Subject) -> Check:
    """Which model and format would be used, and where the weights are."""
    how = "comes with arc-ttt" if name in shipped() else "GGUF file" if path.suffix == ".gguf" else "folder"
    if how == "folder" and not Path(name).exists():
        how = "in the hub's cache"
    files = [path] if path.is_file() else checkpoint.weights(path)
    disk = sum(file.stat().st_size for file in files if file.name != TASK_TOKENS)
    s = subject.shape
    count = s.linear + s.vocabulary + s.other
    millions = f"{count / 1e9:.1f} billion" if count >= 1e9 else f"{count / 1e6:.1f} million"
    stored = "" if subject.stored == "none" else f", {subject.stored}"
    found = f"{name}: {how}, {size(disk)}, {millions} parameters{stored}; prompt format {subject.form.name}"
    return Check("model", "ok", found)


def context(subject: Subject, lengths: Lengths) -> Check | None:
    """A warning where sequences are longer than the model was made for."""
    length = max(lengths.lesson, lengths.question + lengths.answer)
    if subject.context is None or length <= subject.context:
        return None
    found = f"sequences may have {length:,} tokens; the model was made for {subject.context:,}"
    return Check("context", "warning", found, f"--max-tokens {max(LARGEST_PAIR, subject.context)}")
