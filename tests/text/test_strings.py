"""Formats in strings: golden texts written out by hand, the authors' own, and what tokenizers make of them."""

from __future__ import annotations

import json
import random
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from conftest import grids
from hypothesis import given, settings
from hypothesis import strategies as st
from makers import characters, merged, ours, spaced

from arc_ttt.errors import ModelError
from arc_ttt.paths import share
from arc_ttt.text.format import StringFormat, load
from arc_ttt.text.grammar import GridGrammar, parse, spell
from arc_ttt.types import Grid, Lesson, Pair, Question

FORMATS = ("digits", "architects", "nvarc", "marc", "barc")
A = Pair(Grid([[0, 1], [2, 3]]), Grid([[4]]))
B = Pair(Grid([[5, 6]]), Grid([[7], [8]]))
QUERY, ANSWER = Grid([[9]]), Grid([[1, 0], [0, 1]])
FULL = Grid(np.arange(900).reshape(30, 30) % 10)

MARC_BEGIN = (
    "<|begin_of_text|><|start_header_id|>system<|end_header_id|>\n\n"
    "Figure out the underlying transformation in the following examples and apply it to the test case. "
    "Here are some examples from this transformation, your answer must follow the format.\n"
    "The input-output grids are provided as python arrays:\n"
)
BARC_BEGIN = (
    "<|begin_of_text|><|start_header_id|>system<|end_header_id|>\n\n"
    "Cutting Knowledge Date: December 2023\nToday Date: 26 Jul 2024\n\n"
    "You are a world-class puzzle solver with exceptional pattern recognition skills. Your task is to analyze puzzles, "
    "spot patterns, and provide direct solutions.<|eot_id|><|start_header_id|>user<|end_header_id|>\n\n"
    "Given input-output grid pairs as reference examples, carefully observe the patterns to predict the output grid "
    "for new test input. Each pair follows the same transformation rule. Grids are 2D arrays represented as strings, "
    "with cells (colors) separated by spaces and rows by newlines.\n"
    "Here are the input and output grids for the reference examples:\n"
)
BARC_ASK = (
    "\n\n\nDirectly provide the output grids corresponding to the given test input grids, based on the patterns "
    "observed in the reference examples.<|eot_id|><|start_header_id|>assistant<|end_header_id|>\n\n"
    "The output grid for the test input grid is:\n\n```\n"
)
ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghjklmnpqrstuvwxyz"

# What a question with demonstrations A and B says, its answer, and those parts of it that a lesson's loss covers.
GOLDEN = {
    "digits": (
        "I\n01\n23\nO\n4;\nI\n56\nO\n7\n8;\nI\n9\nO\n",
        "10\n01;\n",
        "7\n8;\n",
    ),
    "architects": (
        f"<s>{ALPHABET}I01\n23\n+/-=O4\n</s>I56\n+/-=O7\n8\n</s>I9\n+/-=O",
        "10\n01\n</s>",
        "7\n8\n</s>",
    ),
    "nvarc": (
        "<|im_start|>user\n01\n23<|im_end|><|im_start|>assistant\n4<|im_end|>"
        "<|im_start|>user\n56<|im_end|><|im_start|>assistant\n7\n8<|im_end|>"
        "<|im_start|>user\n9<|im_end|><|im_start|>assistant\n",
        "10\n01<|im_end|>",
        "4<|im_end|>7\n8<|im_end|>",
    ),
    "marc": (
        MARC_BEGIN + "[[0 1]\n [2 3]] -> [[4]]#\n[[5 6]] -> [[7]\n [8]]#"
        "<|eot_id|><|start_header_id|>user<|end_header_id|>\n\n[[9]] ->"
        "<|eot_id|><|start_header_id|>assistant<|end_header_id|>\n\n[[",
        "1 0]\n [0 1]]#<|eot_id|>",
        "7]\n [8]]#",
    ),
    "barc": (
        BARC_BEGIN + "Example 1\nInput:\nBlack Blue\nRed Green\n\nOutput:\nYellow\n\n\n"
        "Example 2\nInput:\nGray Pink\n\nOutput:\nOrange\nPurple\n"
        "\n\nHere is the input grid for the test example:\nInput:\nBrown" + BARC_ASK,
        "Blue Black\nBlack Blue\n```<|eot_id|>",
        "",
    ),
}  # fmt: skip


@cache
def form(name: str, kind: str = "characters") -> StringFormat:
    made = load(name, ours(tokenizer(kind)))
    assert isinstance(made, StringFormat)
    return made


@cache
def tokenizer(kind: str):  # type: ignore[no-untyped-def]
    if kind == "merged":
        return merged(["".join(texts) for texts in GOLDEN.values()] * 5)
    return characters() if kind == "characters" else spaced()


def text(name: str, tokens: object, kind: str = "characters") -> str:
    return ours(tokenizer(kind)).decode(list(tokens))  # type: ignore[call-overload]


def as_text(name: str, grid: Grid) -> str:
    """A grid as each project prints it, by other means than ours."""
    if name == "marc":
        return np.array2string(grid.cells, threshold=10**6, max_line_width=10**6)[2:-2]
    if name == "barc":
        words = ["Black", "Blue", "Red", "Green", "Yellow", "Gray", "Pink", "Orange", "Purple", "Brown"]
        return "\n".join(" ".join(words[c] for c in row) for row in grid.tolist())
    return "\n".join("".join(map(str, row)) for row in grid.tolist())


@pytest.mark.parametrize("kind", ["characters", "merged", "spaced"])
@pytest.mark.parametrize("name", FORMATS)
def test_golden_texts(name: str, kind: str) -> None:
    """Question, lesson and what the loss covers, as the projects write them, whatever the tokenizer."""
    asks, answers, others = GOLDEN[name]
    made, question = form(name, kind), Question((A, B), QUERY)
    assert text(name, made.question(question).tokens, kind) == asks
    lesson = made.lesson(Lesson(question, ANSWER))
    assert text(name, lesson.tokens, kind) == asks + answers
    assert text(name, lesson.tokens[lesson.loss], kind) == others + answers


# Four ARC-1 training tasks and the prompts that the projects' own code makes of them: github.com/da-fr/
# Product-of-Experts-ARC-Paper (with Llama's end token), 1ytic/NVARC, ekinakyurek/marc, and BARC's published training
# texts (to the constant head of the reply). Special tokens are written out; the tokenizer's own begin token is not.
AUTHORS = json.loads(Path(__file__).with_name("authors-prompts.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", ["architects", "nvarc", "marc", "barc"])
@pytest.mark.parametrize("id", AUTHORS)
def test_the_authors_prompts(name: str, id: str) -> None:
    """Question and lesson of a task are theirs, character for character."""
    theirs = {key: AUTHORS[id][key] for key in (name, f"{name} lesson")}
    task = AUTHORS[id]["task"]
    pairs = tuple(Pair(Grid(p["input"]), Grid(p["output"])) for p in task["train"])
    asked = Question(pairs, Grid(task["test"][0]["input"]))
    digits = AUTHORS[id]["nvarc lesson"].removeprefix(AUTHORS[id]["nvarc"]).removesuffix("<|im_end|>")
    answer = Grid([[int(c) for c in row] for row in digits.split("\n")])
    made = form(name)

    def ours_of(tokens: object) -> str:
        return text(name, tokens).removeprefix("<s>").replace("</s>", "<|end_of_text|>")

    begun = "[[" if name == "marc" else ""  # which opens every answer, and is no choice
    assert ours_of(made.question(asked).tokens) == theirs[name] + begun
    assert ours_of(made.lesson(Lesson(asked, answer)).tokens) == theirs[f"{name} lesson"]


@pytest.mark.parametrize("name", FORMATS)
def test_one_demonstration_and_none(name: str) -> None:
    """The gaps around a demonstration close up."""
    asks = GOLDEN[name][0]
    marks = {
        "digits": ("I\n56", "I\n9"), "architects": ("I56", "I9"), "nvarc": ("<|im_start|>user\n56",) * 2,
        "marc": ("[[5", "<|eot_id|>"), "barc": ("Example 2", "\n\nHere is"),
    }  # fmt: skip
    begin = asks.index(
        {"digits": "I\n", "architects": "I01", "nvarc": "<|im_s", "marc": "[[0", "barc": "Example 1"}[name]
    )
    second = asks.index(marks[name][0])
    query = asks.rindex("<|im_start|>user") if name == "nvarc" else asks.index(marks[name][1], second)
    one = asks[:second] + asks[query:]
    if name in ("marc", "barc"):  # what stands between examples stands not after the last one
        one = asks[: second - {"marc": 1, "barc": 2}[name]] + asks[query:]
    if name == "digits":
        assert one == "I\n01\n23\nO\n4;\nI\n9\nO\n"
    made = form(name)
    assert text(name, made.question(Question((A,), QUERY)).tokens) == one
    assert text(name, made.question(Question((), QUERY)).tokens) == asks[:begin] + asks[query:]


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize(
    "grid", [Grid([[3]]), FULL, Grid([[1] * 30]), Grid([[2]] * 30)], ids=["1", "30", "row", "column"]
)
def test_grids_of_every_size(name: str, grid: Grid) -> None:
    """From 1 × 1 to 30 × 30, as demonstration, query and answer; of several test inputs each is asked alone."""
    made, shown = form(name), as_text(name, grid)
    first, other = (made.question(Question((Pair(grid, grid),), query)) for query in (grid, QUERY))
    assert text(name, first.tokens).count(shown) == 3
    assert text(name, first.tokens) == shown.join(_around(name))
    assert text(name, other.tokens) == _around(name)[0] + shown + _around(name)[1] + shown + as_text(name, QUERY).join(
        _around(name)[2:]
    )
    answer = made.lesson(Lesson(Question((), QUERY), grid))
    assert text(name, answer.tokens[answer.loss]).startswith(shown)
    assert int(answer.loss.sum()) <= made.answer_length(grid.height, grid.width)


def _around(name: str) -> list[str]:
    """What stands around the grids of a question with one demonstration."""
    tail = "<|im_end|><|im_start|>assistant\n"
    return {
        "digits": ["I\n", "\nO\n", ";\nI\n", "\nO\n"],
        "architects": [f"<s>{ALPHABET}I", "\n+/-=O", "\n</s>I", "\n+/-=O"],
        "nvarc": ["<|im_start|>user\n", tail, "<|im_end|><|im_start|>user\n", tail],
        "marc": [
            MARC_BEGIN + "[[",
            "]] -> [[",
            "]]#<|eot_id|><|start_header_id|>user<|end_header_id|>\n\n[[",
            "]] -><|eot_id|><|start_header_id|>assistant<|end_header_id|>\n\n[[",
        ],
        "barc": [
            BARC_BEGIN + "Example 1\nInput:\n",
            "\n\nOutput:\n",
            "\n\n\nHere is the input grid for the test example:\nInput:\n",
            BARC_ASK,
        ],
    }[name]


@pytest.mark.parametrize("name", ["marc", "barc", "nvarc"])
def test_the_tokens_are_those_of_the_whole_text(name: str) -> None:
    """With a tokenizer that splits as Llama-3's does and merges all it can, nothing betrays that the text was put
    together from parts. (Grids without spaces between digits are the exception: three digits would make one token.)"""
    made, thin = form(name, "merged"), Lesson(Question((A, B), Grid([[9], [8]])), Grid([[1], [0]]))
    lesson = made.lesson(Lesson(Question((A, B), QUERY), ANSWER) if name != "nvarc" else thin)
    tokens = lesson.tokens.tolist()
    whole = ours(tokenizer("merged")).encode(text(name, tokens, "merged"))
    if name == "nvarc":
        whole, tokens = ([t for t in ids if not text(name, [t], "merged").isdigit()] for ids in (whole, tokens))
    assert tokens == whole


@pytest.mark.parametrize("name", FORMATS)
@given(grid=grids(8))
@settings(max_examples=15)
def test_spell_and_parse(name: str, grid: Grid) -> None:
    """The grammar allows each token of an answer in its turn, and the tokens spell the grid."""
    for kind in ("characters", "merged"):
        made, tokens = form(name, kind), spell(form(name, kind), grid)
        lesson = made.lesson(Lesson(Question((), QUERY), grid))
        assert tuple(lesson.tokens[lesson.loss]) == tokens
        grammar = GridGrammar(made)
        for token in tokens:
            assert token in grammar.allowed()
            grammar.advance(token)
        assert grammar.done and grammar.allowed() == ()
        assert parse(made, tokens) == grid
        assert parse(made, tokens[:-1]) is None and parse(made, (*tokens, tokens[0])) is None


@pytest.mark.parametrize("name", FORMATS)
@given(seed=st.integers(0, 2**32), height=st.integers(1, 30), width=st.integers(1, 30), known=st.booleans())
@settings(max_examples=15)
def test_every_walk_ends_in_a_grid(name: str, seed: int, height: int, width: int, known: bool) -> None:
    """Whatever is chosen among the allowed tokens spells a grid, of the known size where there is one."""
    made, choose = form(name, "merged"), random.Random(seed)
    grammar, tokens = GridGrammar(made, (height, width) if known else None), list[int]()
    while not grammar.done:
        tokens.append(choose.choice(grammar.allowed()))
        grammar.copy().advance(tokens[-1])
        grammar.advance(tokens[-1])
    grid = parse(made, tokens)
    assert grid is not None
    assert len(tokens) <= made.answer_length(grid.height, grid.width)
    if known:
        assert grid.cells.shape == (height, width)


def test_a_newline_may_begin_a_row_or_the_end() -> None:
    """In the architects' format both do; the token after it decides."""
    made = form("architects")
    newline, end = (ours(tokenizer("characters")).encode(s)[0] for s in ("\n", "</s>"))
    grammar = GridGrammar(made)
    grammar.advance(made.spelling.first[4][0])
    assert newline in grammar.allowed() and end not in grammar.allowed()
    grammar.advance(newline)
    assert grammar.allowed() == (*(s[0] for s in made.spelling.first), end)
    assert GridGrammar(made, (1, 1)).copy().allowed() == tuple(s[0] for s in made.spelling.first)


def test_renumbered_it_says_the_same() -> None:
    """After a cut the tokens are 0, 1, … and mean what they meant; the digest tells tokenizers apart."""
    made = form("barc", "merged")
    new = {token: i for i, token in enumerate(made.tokens)}
    small = made.renumbered(new)
    assert small.tokens == tuple(range(len(new)))
    lesson = Lesson(Question((A, B), QUERY), ANSWER)
    assert [new[t] for t in made.lesson(lesson).tokens.tolist()] == small.lesson(lesson).tokens.tolist()
    assert small.vocabulary.padding == new[made.vocabulary.padding]
    assert form("barc").digest != made.digest


def test_a_vocabulary_of_sixteen() -> None:
    """Without a tokenizer, or where the model has no other, NVARC's own table of tokens is used."""
    made = load("nvarc", None, 16)
    asked = made.question(Question((A,), QUERY)).tokens.tolist()
    assert asked == [14, 11, 10, 0, 1, 10, 2, 3, 15, 14, 12, 10, 4, 15, 14, 11, 10, 9, 15, 14, 12, 10]
    assert made.vocabulary.padding == 13
    assert spell(made, ANSWER) == (1, 0, 10, 0, 1, 15)
    assert load("nvarc", ours(tokenizer("characters")), 16).question(Question((A,), QUERY)).tokens.tolist() == asked
    assert load("nvarc", ours(tokenizer("characters")), 99).vocabulary.padding > 16


def test_many_demonstrations_are_numbered() -> None:
    """Examples count on from one, in tokens that are known before any task is seen."""
    made = form("barc")
    asked = made.question(Question((B,) * 12, QUERY))
    assert text("barc", asked.tokens).count("Example ") == 12
    assert "Example 12\nInput:\nGray Pink" in text("barc", asked.tokens)
    assert set(asked.tokens.tolist()) <= set(made.tokens)


def own(path: Path, **changes: str) -> Path:
    """The digits format with other strings, in a file of its own."""
    source = share("prompts", "digits.toml").read_text(encoding="utf-8")
    lines = [line for line in source.splitlines() if line.partition(" =")[0] not in changes]
    at = lines.index("[strings]") + 1
    path.write_text("\n".join([*lines[:at], *(f"{k} = {v}" for k, v in changes.items()), *lines[at:]]))
    return path


def test_a_format_of_ones_own(tmp_path: Path) -> None:
    """A file is all it takes: cells of several tokens, some of which begin alike, are told apart."""
    path = own(
        tmp_path / "words.toml",
        cells='["nil", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]',
        cell_separator='", "',
        answer_end='".\\n"',
    )
    made = load(path, ours(tokenizer("characters")))
    assert text("", spell(made, Grid([[2, 3], [6, 7]]))) == "two, three\nsix, seven.\n"
    assert parse(made, spell(made, FULL)) == FULL
    assert made.name == "digits" and len(spell(made, FULL)) <= made.answer_length(30, 30)


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"cells": '["1", "11", "2", "3", "4", "5", "6", "7", "8", "9"]'}, "two ways"),
        ({"cells": '["1", "1", "2", "3", "4", "5", "6", "7", "8", "9"]'}, "ten different"),
        ({"answer_end": '"\\n0"'}, "two ways"),
        ({"answer_end": '""'}, "two ways"),
        ({"cell_separator": "3"}, r"must give cells and cell_separator"),
        ({"begin": '"Grüße"'}, "cannot write 'Grüße"),
        ({"padding": '"no token"'}, "8 tokens"),
    ],
)
def test_a_format_that_does_not_fit_is_refused(tmp_path: Path, changes: dict[str, str], fault: str) -> None:
    """What could be read in two ways, or cannot be written, is one line that names the file."""
    path = own(tmp_path / "mine.toml", **changes)
    with pytest.raises(ModelError, match=fault) as caught:
        load(path, ours(tokenizer("characters")))
    assert "mine" in str(caught.value) and "\n" not in str(caught.value)


def test_without_a_tokenizer() -> None:
    """A model that has none cannot read strings; a tokenizer without an end token not every format."""
    with pytest.raises(ModelError, match=r"digits: .* has no tokenizer"):
        load("digits")
    bare = ours(characters(("<pad>",)))
    with pytest.raises(ModelError, match=r"architects .* has no eos token"):
        load("architects", bare)
    assert load("digits", bare).question(Question((), QUERY)).tokens.size
