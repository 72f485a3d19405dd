"""Prompt formats: what a puzzle looks like in tokens."""

from pathlib import Path

import numpy as np
import pytest
from conftest import grids
from hypothesis import given

from arc_ttt.errors import ModelError
from arc_ttt.text.format import load, pair_lesson
from arc_ttt.text.grammar import parse
from arc_ttt.types import Grid, Lesson, Pair, Question

PAIR, CONTEXT = load("pair"), load("context")
PALETTE = (0, 2, 1, 3, 4, 5, 6, 7, 8, 9)
A = Pair(Grid([[1, 2]]), Grid([[3], [4]]))
B = Pair(Grid([[5]]), Grid([[6]]))


def test_a_pair_by_hand() -> None:
    """Header (task, symmetry, palette), input, output: written out token by token."""
    prompt = PAIR.lesson(pair_lesson(A, 3, PALETTE))
    assert prompt.tokens.tolist() == [15, 3, 0, 2, 1, 3, 4, 5, 6, 7, 8, 9, 11, 1, 2, 10, 12, 3, 10, 4, 13]
    assert prompt.loss.tolist() == [False] * 17 + [True] * 4
    assert prompt.blocks.tolist() == [1] * 16 + [0] * 5
    assert prompt.positions[12:].tolist() == [
        [0, -1, 0], [0, 0, 0], [0, 0, 1], [0, 0, 2],
        [1, 0, 0], [1, 0, 1], [1, 1, 0], [1, 1, 1], [1, 2, 0],
    ]  # fmt: skip


def test_an_output_token_stands_where_the_next_cell_will_be() -> None:
    """The token before an output cell has that cell's row and column, as the input cell under it has."""
    pair = Pair(Grid([[1, 2, 3], [4, 5, 6]]), Grid([[7, 8, 9], [1, 2, 3]]))
    prompt = PAIR.lesson(pair_lesson(pair, 0, PALETTE))
    start = int(np.flatnonzero(prompt.tokens == PAIR.vocabulary.output)[0])
    cells = [(i, t) for i, t in enumerate(prompt.tokens.tolist()) if i > start and t < 10]
    assert [tuple(prompt.positions[i - 1]) for i, _ in cells] == [(1, r, c) for r in range(2) for c in range(3)]


def test_a_context_by_hand() -> None:
    """Demonstrations come before the query, on planes that count back from it; the first output has no loss."""
    lesson = Lesson(Question((A, B), Grid([[7]])), Grid([[8]]))
    prompt = CONTEXT.lesson(lesson)
    body = [11, 1, 2, 10, 12, 3, 10, 4, 13, 11, 5, 10, 12, 6, 13, 11, 7, 10, 12, 8, 13]
    assert prompt.tokens.tolist()[12:] == body
    assert [t for t, on in zip(body, prompt.loss[12:], strict=True) if on] == [6, 13, 8, 13]
    assert prompt.positions[12:, 0].tolist() == [-4] * 4 + [-3] * 5 + [-2] * 3 + [-1] * 3 + [0] * 3 + [1] * 3
    assert prompt.blocks[12:].tolist() == [1] * 4 + [0] * 5 + [2] * 3 + [0] * 3 + [3] * 3 + [0] * 3


def test_the_query_stands_alike_in_both_designs() -> None:
    """Planes, rows and columns of query and answer do not depend on the context."""
    alone = PAIR.lesson(Lesson(Question((), Grid([[7]])), Grid([[8]])))
    among = CONTEXT.lesson(Lesson(Question((A, B), Grid([[7]])), Grid([[8]])))
    assert among.positions[-6:].tolist() == alone.positions[-6:].tolist()


@pytest.mark.parametrize("form", [PAIR, CONTEXT], ids=["pair", "context"])
def test_a_question_is_the_beginning_of_its_lesson(form) -> None:  # type: ignore[no-untyped-def]
    """What is asked at answering time is what was trained, up to the answer, and carries no loss."""
    question = Question((A, B) if form.context == "all" else (), Grid([[7, 1]]), 5, PALETTE)
    asked, taught = form.question(question), form.lesson(Lesson(question, Grid([[8]])))
    n = len(asked)
    assert taught.tokens[:n].tolist() == asked.tokens.tolist()
    assert taught.positions[:n].tolist() == asked.positions.tolist()
    assert not asked.loss.any()


@given(grids())
def test_encode_and_parse_round_trip(grid: Grid) -> None:
    """The answer's tokens parse to the grid, and `answer_length` counts them."""
    prompt = PAIR.lesson(pair_lesson(Pair(Grid([[0]]), grid), 0, PALETTE))
    answer = prompt.tokens[prompt.loss].tolist()
    assert parse(PAIR, answer) == grid
    assert len(answer) == PAIR.answer_length(grid.height, grid.width)


def test_too_long_loses_demonstrations_not_cells() -> None:
    """The first demonstrations go; the query stays whole even where it alone is too long."""
    big = Grid(np.ones((30, 30), dtype=int))
    question = Question((Pair(big, big), B), Grid([[7]]))
    assert (
        CONTEXT.fitting_question(question, 500).tokens.tolist()
        == CONTEXT.question(Question((B,), Grid([[7]]))).tokens.tolist()
    )
    assert (CONTEXT.fitting_question(Question((B,), big), 10).tokens == 1).sum() >= 900
    lesson = Lesson(question, Grid([[8]]))
    assert (
        CONTEXT.fitting_lesson(lesson, 500).tokens.tolist()
        == CONTEXT.lesson(Lesson(Question((B,), Grid([[7]])), Grid([[8]]))).tokens.tolist()
    )


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('context = "none"', 'context = "some"', "context must be"),
        ("header = true", 'header = "yes"', "header must be"),
        ("row = 10", "", "row"),
        ("row = 10", "row = 9", "two words"),
        ("row = 10", "row =", "bad.toml"),
    ],
)
def test_a_bad_format_is_named(tmp_path: Path, old: str, new: str, fault: str) -> None:
    """A TOML file that is no format gives one line with its name and the fault."""
    path = tmp_path / "bad.toml"
    path.write_text(PAIR.source.replace(old, new))
    with pytest.raises(ModelError, match=fault) as caught:
        load(path)
    assert "bad.toml" in str(caught.value)


def test_an_unknown_format_lists_the_known() -> None:
    """The message says which formats there are."""
    with pytest.raises(ModelError, match="architects, architects-2024, barc, context, digits, marc, nvarc, pair"):
        load("nonesuch")
