"""Formats given in strings: what any checkpoint reads, made into tokens by its own tokenizer.

A prompt is cells with gaps between them: the beginning, what stands between an input and its output, between two
demonstrations, before the query, before the answer. A gap is encoded as one string, and a cell together with what
separates it from the cell before, so that the tokens are those of the whole text wherever the tokenizer splits at
cells; it is the tokenizer that the checkpoint was trained with. Positions and blocks are all zero.
"""

from __future__ import annotations

import dataclasses
import hashlib
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from arc_ttt.errors import ModelError
from arc_ttt.text.prompt import Loss, PromptFormat, Vocabulary, Writer, covered
from arc_ttt.text.spelling import Spelling, Tokens, tables
from arc_ttt.types import COLOURS, Grid, Question

LARGEST = 2**31  # no vocabulary has so many tokens
MOST = 32  # demonstrations with a number of their own; a prompt that counts its examples counts no further
STRINGS = (
    "cell_separator", "row_separator", "begin", "input", "output", "end", "between", "query", "answer", "answer_end",
    "padding",
)  # fmt: skip
NOWHERE = (0, 0, 0)


class Tokenizer(Protocol):
    """What is needed of a checkpoint's tokenizer. `start` is what it puts before a text by itself ("" if nothing);
    `bos`, `eos` and `padding` are its special tokens as text, "" where it has none."""

    @property
    def start(self) -> str: ...
    @property
    def bos(self) -> str: ...
    @property
    def eos(self) -> str: ...
    @property
    def padding(self) -> str: ...
    def encode(self, text: str) -> Sequence[int]: ...
    def decode(self, tokens: Sequence[int]) -> str: ...


class Gap(NamedTuple):
    """What stands between two grids; the first `closing` tokens belong to the grid before, and so to its loss."""

    tokens: Tokens
    closing: int = 0


@dataclass(frozen=True)
class StringFormat(PromptFormat):
    """A format in the tokens of one tokenizer. `next[i]` stands before the input of demonstration i + 1, `last` before
    the query, `alone` before a query without demonstrations, `middle` between an input and its output, `answer` before
    the answer; `end` closes it."""

    first: Gap
    next: tuple[Gap, ...]
    last: Gap
    alone: Gap
    middle: Gap
    answer: Gap

    @property
    def digest(self) -> str:
        """Also of the tokens: another tokenizer makes other prompts of the same file."""
        tokens = [g.tokens for g in self._gaps()] + [*self.spelling.first, *self.spelling.later, self.spelling.end]
        return hashlib.sha256(f"{self.source}{tokens}{self.spelling.row}{self.vocabulary.padding}".encode()).hexdigest()

    @property
    def tokens(self) -> tuple[int, ...]:
        """Every token that a prompt or an answer may hold, and the padding, ascending."""
        s = self.spelling
        parts = [*(g.tokens for g in self._gaps()), *s.first, *s.later, s.row, s.end, (self.vocabulary.padding,)]
        return tuple(sorted({token for part in parts for token in part}))

    def renumbered(self, new: Mapping[int, int]) -> StringFormat:
        """The same format where token t is called `new[t]`, for a model whose vocabulary was cut."""

        def all_of(tokens: Iterable[int]) -> Tokens:
            return tuple(new[t] for t in tokens)

        def gap(old: Gap) -> Gap:
            return Gap(all_of(old.tokens), old.closing)

        s = self.spelling
        spelling = Spelling(tuple(map(all_of, s.first)), tuple(map(all_of, s.later)), all_of(s.row), all_of(s.end))
        gaps: dict[str, Any] = {f: gap(getattr(self, f)) for f in ("first", "last", "alone", "middle", "answer")}
        return dataclasses.replace(
            self,
            vocabulary=_vocabulary(spelling, gaps["alone"], gaps["answer"], new[self.vocabulary.padding]),
            spelling=spelling,
            next=tuple(map(gap, self.next)),
            **gaps,
        )

    def _gaps(self) -> tuple[Gap, ...]:
        return (self.first, *self.next, self.last, self.alone, self.middle, self.answer)

    def _question(self, w: Writer, question: Question, task_token: int | None, loss: Loss) -> None:
        gap, on = (self.first if question.context else self.alone), False
        for i, pair in enumerate(question.context):
            self._gap(w, gap, on)
            self._grid(w, pair.input, False)
            self._gap(w, self.middle, False)
            on = covered(loss, i)
            self._grid(w, pair.output, on)
            gap = self.next[min(i, len(self.next) - 1)] if i + 1 < len(question.context) else self.last
        self._gap(w, gap, on)
        self._grid(w, question.query, False)
        self._gap(w, self.answer, False)

    def _answer(self, w: Writer, grid: Grid) -> None:
        self._grid(w, grid, True)
        self._gap(w, Gap(self.spelling.end, len(self.spelling.end)), True)

    def _grid(self, w: Writer, grid: Grid, loss: bool) -> None:
        for token in self.spelling.spell(grid.tolist()):
            w.add(token, NOWHERE, 0, loss)

    def _gap(self, w: Writer, gap: Gap, loss: bool) -> None:
        for i, token in enumerate(gap.tokens):
            w.add(token, NOWHERE, 0, loss and i < gap.closing)


def build(
    path: Path, table: Mapping[str, Any], common: Mapping[str, Any], tokenizer: Tokenizer | None, vocabulary: int | None
) -> StringFormat:
    """The format in `table`, the content of the TOML file `path`, in the tokens of `tokenizer`, or in those of the
    file's own [tokens] where the model's `vocabulary` is of their number. `ModelError` for what is no format, and where
    tokenizer and format do not fit."""
    strings = table.get("strings")
    if not isinstance(strings, dict) or any(type(strings.get(key)) is not str for key in STRINGS):
        raise ModelError(f"{path}: [strings] must give cells and {', '.join(STRINGS)}")
    cells = strings.get("cells")
    if (
        not isinstance(cells, str | list)
        or not all(isinstance(c, str) and c for c in cells)
        or len(set(cells)) != COLOURS
    ):
        raise ModelError(f"{path}: [strings] cells must be ten different strings, one for each colour")
    if len(cells) != COLOURS:
        raise ModelError(f"{path}: [strings] cells must be ten different strings, one for each colour")
    own = table.get("tokens")
    if own is not None and not _is_table(own):
        raise ModelError(f"{path}: [tokens] must give each string a number of its own, from 0 on")
    tokenizer = writes(table, tokenizer, vocabulary)
    if tokenizer is None:
        raise ModelError(f"{path.stem}: this format is written in strings, and the model has no tokenizer")
    try:
        return _written(strings, cells, _Encoder(tokenizer, str(cells[0])), common)
    except ModelError as fault:
        raise ModelError(f"prompt format {path.stem} does not fit the model's tokenizer: {fault}") from fault


def _is_table(own: object) -> bool:
    if not isinstance(own, dict) or not all(type(t) is int and 0 <= t < LARGEST for t in own.values()):
        return False
    return len(set(own.values())) == len(own)


def writes(table: Mapping[str, Any], tokenizer: Tokenizer | None, vocabulary: int | None) -> Tokenizer | None:
    """What writes the format in `table`: its own [tokens] where the model has no tokenizer, or a vocabulary of their
    number; else the model's `tokenizer`."""
    own = table.get("tokens")
    if isinstance(own, dict) and (tokenizer is None or vocabulary == len(own)):
        return _Table(own)
    return tokenizer


def _written(
    strings: Mapping[str, str], cells: Sequence[str], write: _Encoder, common: Mapping[str, Any]
) -> StringFormat:
    s = {key: write.filled(strings[key]) for key in STRINGS}
    numbered = [s["input"].replace("{i}", str(i + 1)) for i in range(MOST if "{i}" in s["input"] else 2)]
    separator = s["cell_separator"]
    spelling = Spelling(
        first=tuple(map(write, cells)),
        later=tuple(write(separator + cell) for cell in cells),
        row=write(s["row_separator"]),
        end=write(s["answer_end"]),
    )
    tables(spelling)  # refuses what could be read in two ways
    padding = write(s["padding"])
    if len(padding) != 1:
        raise ModelError(f"its padding {s['padding']!r} is {len(padding)} tokens")
    alone, answer = Gap(write(s["begin"] + s["query"])), Gap(write(s["answer"]))
    return StringFormat(
        header=False,
        vocabulary=_vocabulary(spelling, alone, answer, padding[0]),
        spelling=spelling,
        first=Gap(write(s["begin"] + numbered[0])),
        next=tuple(write.gap(s["end"], s["between"] + n) for n in numbered[1:]),
        last=write.gap(s["end"], s["query"]),
        alone=alone,
        middle=Gap(write(s["output"])),
        answer=answer,
        **common,
    )


def _vocabulary(spelling: Spelling, alone: Gap, answer: Gap, padding: int) -> Vocabulary:
    return Vocabulary(
        colours=tuple(tokens[-1] for tokens in spelling.first),
        row=spelling.row[-1],
        input=alone.tokens[-1] if alone.tokens else padding,
        output=answer.tokens[-1] if answer.tokens else padding,
        end=spelling.end[-1],
        padding=padding,
        task=padding,
    )


class _Encoder:
    """Strings → tokens that spell them in the middle of a text. `anchor` is some text that may stand before them."""

    def __init__(self, tokenizer: Tokenizer, anchor: str) -> None:
        self._tokenizer, self._text = tokenizer, anchor
        self._anchor = tuple(tokenizer.encode(anchor))

    def filled(self, text: str) -> str:
        """`text` with the tokenizer's special tokens in the place of their names."""
        for name in ("start", "bos", "eos", "padding"):
            if "{" + name + "}" not in text:
                continue
            special = getattr(self._tokenizer, name)
            if not special and name in ("eos", "padding"):
                raise ModelError(f"it has no {name} token")
            text = text.replace("{" + name + "}", special)
        return text

    def __call__(self, text: str) -> Tokens:
        if not text:
            return ()
        # Many tokenizers of the SentencePiece family put a space before a text; after an anchor they do not.
        ways: tuple[Callable[[], Tokens], ...] = (
            lambda: tuple(self._tokenizer.encode(text)),
            lambda: tuple(self._tokenizer.encode(self._text + text))[len(self._anchor) :],
        )
        for way in ways:
            tokens = way()
            if self._tokenizer.decode((*self._anchor, *tokens)) == self._text + text:
                return tokens
        raise ModelError(f"it cannot write {text!r}")

    def gap(self, closing: str, text: str) -> Gap:
        """`closing` and `text` in one, and how many tokens it takes to spell `closing`."""
        tokens = self(closing + text)
        wanted = len(self._text + closing)
        spelled = (n for n in range(len(tokens) + 1) if self._length(tokens[:n]) >= wanted)
        return Gap(tokens, next(spelled, len(tokens)))

    def _length(self, tokens: Tokens) -> int:
        return len(self._tokenizer.decode((*self._anchor, *tokens)))


class _Table:
    """A tokenizer that is a table of strings, for a checkpoint whose vocabulary has no other."""

    start = bos = ""

    def __init__(self, table: Mapping[str, int]) -> None:
        self._tokens, self._texts = dict(table), {token: text for text, token in table.items()}
        self.padding = self.eos = ""

    def encode(self, text: str) -> list[int]:
        tokens, at = [], 0
        while at < len(text):
            word = max((w for w in self._tokens if w and text.startswith(w, at)), key=len, default=None)
            if word is None:
                raise ModelError(f"[tokens] cannot write {text[at:]!r}")
            tokens.append(self._tokens[word])
            at += len(word)
        return tokens

    def decode(self, tokens: Sequence[int]) -> str:
        return "".join(self._texts[t] for t in tokens)


class Words:
    """Stands in for a tokenizer that is not at hand: a word or a digit with the space before it, a special
    token, or any other character is one token."""

    start, bos, eos, padding = "", "<s>", "</s>", "<pad>"
    _PARTS = re.compile(r"<[|/\w]+>| ?(?:[A-Za-z]+|\d)|[\s\S]")

    def __init__(self) -> None:
        self._known: dict[str, int] = {}

    def encode(self, text: str) -> list[int]:
        return [self._known.setdefault(part, len(self._known)) for part in self._PARTS.findall(text)]

    def decode(self, tokens: Sequence[int]) -> str:
        parts = list(self._known)
        return "".join(parts[t] for t in tokens)
