"""`arc-ttt show --prompt`: a task → the text, or the tokens, that a model reads of it."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import TYPE_CHECKING

from arc_ttt.errors import ConfigError

if TYPE_CHECKING:
    from arc_ttt.text.strings import Tokenizer
    from arc_ttt.types import Prompt, Task

STANDS_IN = "<s>, </s> and <pad> stand for the begin, end and padding of a tokenizer, which --model FOLDER names"


class Reader:
    """A prompt format in the tokens of `model`'s tokenizer, or in stand-ins for them where none is named. Weights are
    not read. `ConfigError` for `ids` without a tokenizer."""

    def __init__(self, prompt: str, model: str | None, *, ids: bool) -> None:
        from arc_ttt.text import format, sheet
        from arc_ttt.text.strings import Words, writes

        values = {"prompt": prompt} if model is None else {"prompt": prompt, "model": model}
        _, self.config, chosen = sheet.configured(values)
        tokenizer, size = (None, None) if model is None else _tokenizer(model)
        self.stands_in, self._tokenizer = False, None
        if "strings" in chosen.table:
            self._tokenizer = writes(chosen.table, tokenizer, size)
            if self._tokenizer is None and model is None:
                if ids:
                    raise ConfigError("--tokens: ids are a tokenizer's; name its folder with --model")
                self.stands_in, self._tokenizer = True, Words()
        self.form = format.load(chosen, self._tokenizer)
        self._names = {token: name for name, token in chosen.table.get("vocabulary", {}).items()}

    def text(self, prompt: Prompt) -> str:
        """All of it, special tokens written out; of a format in tokens their names, a row of a grid a line."""
        tokens = prompt.tokens.tolist()
        return (
            _laid_out([self._names[t] for t in tokens]) if self._tokenizer is None else self._tokenizer.decode(tokens)
        )

    def table(self, prompt: Prompt) -> str:
        """A line for each token: its place, its id, whether it carries loss, and its text."""
        lines = []
        for i, (token, loss) in enumerate(zip(prompt.tokens.tolist(), prompt.loss.tolist(), strict=True)):
            text = self._names[token] if self._tokenizer is None else repr(self._tokenizer.decode([token]))
            lines.append(f"{i:5} {token:7} {'loss' if loss else '    '} {text}")
        return "\n".join(lines)


def show(
    tasks: Sequence[Task],
    prompt: str,
    *,
    model: str | None,
    test: int | None,
    view: int | None,
    lesson: bool,
    tokens: bool,
) -> None:
    """Print a question, or a lesson, of each of `tasks`: a line that says which, and the text or a table of tokens."""
    from arc_ttt.agents.learner.shown import asked, taught
    from arc_ttt.text.strings import Words

    reader = Reader(prompt, model, ids=tokens)
    form, config = reader.form, reader.config
    for task in tasks:
        if not lesson and (test or 1) > len(task.tests):
            raise ConfigError(f"--test {test or 1}: {task.id} has {len(task.tests)} test inputs")
        shown = taught(task, form, config, view) if lesson else asked(task, form, config, test or 1, view)
        count = "" if reader.stands_in else f", {len(shown.prompt):,} tokens"
        text = reader.table(shown.prompt) if tokens else reader.text(shown.prompt)
        print(f"{task.id}: {form.name}, {shown.title}{count}")
        if reader.stands_in and any(name in text for name in (Words.bos, Words.eos, Words.padding)):
            print(STANDS_IN)
        print()
        print(text)


def _tokenizer(model: str) -> tuple[Tokenizer | None, int | None]:
    """The tokenizer in a model's folder, and the size of its vocabulary; None for what it does not say."""
    logging.getLogger("bitsandbytes").setLevel(logging.ERROR)  # it would tell of kernels that nothing here needs
    from arc_ttt.doctor.model import locate
    from arc_ttt.lm import checkpoint
    from arc_ttt.lm.folder import read_json

    if (path := locate(model)) is None:
        raise ConfigError(f"--model {model}: is not here; give a folder that holds its tokenizer")
    if path.is_file():
        return checkpoint.read_tokenizer(path.parent, gguf_file=path.name), None
    config = read_json(path / "config.json") if (path / "config.json").is_file() else {}
    size = config.get("vocab_size")
    named = any((path / name).is_file() for name in checkpoint.TOKENIZER_FILES)
    return checkpoint.read_tokenizer(path) if named else None, size if isinstance(size, int) else None


def _laid_out(words: Sequence[str]) -> str:
    """Names of tokens, each row of a grid on a line of its own, and what announces a grid on another."""
    lines: list[list[str]] = [[]]
    for word in words:
        if word in ("input", "output"):
            lines.append([])
        lines[-1].append(word)
        if word in ("row", "end", "input", "output"):
            lines.append([])
    return "\n".join(" ".join(line) for line in lines if line)
