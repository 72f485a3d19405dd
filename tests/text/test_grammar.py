"""The grid grammar."""

import random

import pytest
from conftest import grids
from hypothesis import given
from hypothesis import strategies as st

from arc_ttt.text.format import load, pair_lesson
from arc_ttt.text.grammar import GridGrammar, parse, spell
from arc_ttt.types import Grid, Pair

FORM = load("pair")
V = FORM.vocabulary


def walk(seed: int, grammar: GridGrammar) -> list[int]:
    choose, tokens = random.Random(seed), list[int]()
    while not grammar.done:
        tokens.append(choose.choice(grammar.allowed()))
        grammar.advance(tokens[-1])
    return tokens


@given(grids())
def test_it_allows_every_grid_and_places_it_as_the_format_does(grid: Grid) -> None:
    """Each token of an encoded answer is allowed when its turn comes and gets the lesson's position."""
    lesson = FORM.lesson(pair_lesson(Pair(Grid([[0]]), grid), 0, tuple(range(10))))
    grammar = GridGrammar(FORM)
    for token, position in zip(lesson.tokens[lesson.loss], lesson.positions[lesson.loss], strict=True):
        assert int(token) in grammar.allowed()
        assert grammar.advance(int(token)) == tuple(position)
    assert grammar.done
    assert grammar.allowed() == ()
    assert spell(FORM, grid) == tuple(lesson.tokens[lesson.loss])
    assert parse(FORM, spell(FORM, grid)) == grid


@given(st.integers(0, 2**32), st.integers(1, 30), st.integers(1, 30))
def test_a_known_size_is_kept(seed: int, height: int, width: int) -> None:
    """With a size given every walk spells a grid of that size, in as many tokens as the format says."""
    tokens = walk(seed, GridGrammar(FORM, (height, width)))
    grid = parse(FORM, tokens)
    assert grid is not None
    assert grid.cells.shape == (height, width)
    assert len(tokens) == FORM.answer_length(height, width)


@given(st.integers(0, 2**32))
def test_whatever_it_allows_ends_in_a_grid(seed: int) -> None:
    """Any walk through allowed tokens ends within 30 × 31 of them, in a grid."""
    tokens = walk(seed, GridGrammar(FORM))
    assert len(tokens) <= 930
    assert isinstance(parse(FORM, tokens), Grid)


def test_a_copy_goes_its_own_way() -> None:
    """What a copy is told, the original does not know."""
    grammar = GridGrammar(FORM)
    grammar.advance(3)
    other = grammar.copy()
    other.advance(V.row)
    assert (V.row in grammar.allowed(), V.row in other.allowed()) == (True, False)


@pytest.mark.parametrize(
    "tokens",
    [
        [],
        [V.end],
        [V.row],
        [1, 2],
        [1, 2, V.row, 3, V.end],
        [1, V.row, 2, 3],
        [1, V.end, V.end],
        [99],
        [V.padding],
    ],
)
def test_what_spells_no_grid_parses_to_none(tokens: list[int]) -> None:
    """Unfinished, ragged or foreign tokens are a value, not an exception."""
    assert parse(FORM, tokens) is None
