"""Names and files → prompt formats, in a model's own tokens. See `text.prompt` for what a format does."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from arc_ttt.text import strings, tokens
from arc_ttt.text.prompt import LOSSES, PromptFormat, Vocabulary
from arc_ttt.text.sheet import Sheet, read
from arc_ttt.text.strings import StringFormat, Tokenizer
from arc_ttt.types import Lesson, Pair, Question

__all__ = ["PromptFormat", "StringFormat", "Vocabulary", "load", "pair_lesson"]


def load(name: str | Path | Sheet, tokenizer: Tokenizer | None = None, vocabulary: int | None = None) -> PromptFormat:
    """The format of that name among those shipped, or the one in that TOML file. One written in strings needs the
    checkpoint's `tokenizer`, or the size of its `vocabulary` where that is the file's own. `ModelError` for a bad one.
    """
    sheet = name if isinstance(name, Sheet) else read(name)
    common: Mapping[str, Any] = {
        "name": sheet.name,
        "context": sheet.table["context"],
        "loss": sheet.table.get("loss", LOSSES[-1]),
        "models": sheet.models,
        "source": sheet.source,
    }
    if "strings" in sheet.table:
        return strings.build(sheet.path, sheet.table, common, tokenizer, vocabulary)
    return tokens.build(sheet.path, sheet.table, common, vocabulary)


def pair_lesson(pair: Pair, symmetry: int, palette: tuple[int, ...]) -> Lesson:
    """A lesson on one pair alone, as pretraining takes them."""
    return Lesson(Question((), pair.input, symmetry, palette), pair.output)
