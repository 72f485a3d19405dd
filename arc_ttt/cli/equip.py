"""A model's name → the model, its prompt format in its own tokens, what its training saw. Here torch is imported."""

from __future__ import annotations

import logging
import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING

from arc_ttt.errors import ConfigError

if TYPE_CHECKING:
    from arc_ttt.lm.load import LanguageModel
    from arc_ttt.text.format import PromptFormat


@dataclass(frozen=True)
class Ready:
    """A model with its prompt format. `note` says in a few words what was done to it; `seen` holds the ids of the tasks
    that its training saw."""

    lm: LanguageModel
    form: PromptFormat
    note: str
    seen: frozenset[str]


def ready(model: str, prompt: str, *, device: str, dtype: str, quantize: str, trust_remote_code: bool = False) -> Ready:
    """Load `model`, put `prompt` in its tokens, and cut its vocabulary to these where it has another."""
    # What the libraries advise their callers is nothing that a user of ours could heed.
    warnings.filterwarnings("ignore", category=FutureWarning)
    logging.getLogger("bitsandbytes").setLevel(logging.ERROR)
    from arc_ttt.lm.load import load_model
    from arc_ttt.lm.vocabulary import cut
    from arc_ttt.text import format

    lm = load_model(model, device=device, dtype=dtype, quantize=quantize, trust_remote_code=trust_remote_code)
    form = format.load(prompt, lm.tokenizer, int(lm.module.config.get_text_config().vocab_size))
    notes = [] if lm.quantization == "none" else [lm.quantization]
    if isinstance(form, format.StringFormat) == lm.grid_positions:
        raise ConfigError(f"{model}: cannot read the prompt format {form.name}; name another with --prompt")
    if isinstance(form, format.StringFormat):
        done = cut(lm.module, form.tokens)
        form = form.renumbered(done.new)
        notes.append(f"vocabulary {len(done.new)} of {done.before:,} tokens, {done.saved / 2**20:,.0f} MiB saved")
    return Ready(lm, form, ", ".join(notes), seen(model, lm))


def seen(model: str, lm: LanguageModel) -> frozenset[str]:
    """The tasks named in the model's card, and all those of a set that its card or its prompt format names."""
    from arc_ttt.arc import dataset
    from arc_ttt.text.sheet import find

    saw = lm.card.get("saw", {})
    sheet = find(model)
    checkpoint = sheet.checkpoint(model) if sheet else None
    sets = {*saw.get("sets", ()), *(checkpoint.saw if checkpoint else ())}
    tasks = (id for name in sorted(sets) for id in dataset.load(str(name)).order)
    return frozenset([*map(str, saw.get("tasks", ())), *tasks])
