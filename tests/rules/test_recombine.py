"""Crossed programs are valid, hold parts of others, and are a function of the draw."""

from pathlib import Path

import numpy as np

from arc_ttt.rules.language import OPERATIONS, parse_program, program_text
from arc_ttt.rules.recombine import Pool

LINES = (Path(__file__).parents[2] / "data" / "programs.txt").read_text(encoding="utf-8").splitlines()
TEXTS = [line for line in LINES if not line.startswith("#")]
PROGRAMS = [parse_program(text) for text in TEXTS]


def test_the_programs_of_the_repository_are_written_as_they_are_read() -> None:
    assert [program_text(program) for program in PROGRAMS] == TEXTS
    assert len(set(TEXTS)) == len(TEXTS)


def test_what_is_drawn_is_a_program_and_depends_on_the_generator_alone() -> None:
    pool = Pool(PROGRAMS)
    drawn = [program_text(pool.draw(np.random.default_rng(seed))) for seed in range(300)]
    assert [program_text(parse_program(text)) for text in drawn] == drawn
    assert drawn == [program_text(pool.draw(np.random.default_rng(seed))) for seed in range(300)]
    assert len(set(drawn) - set(TEXTS)) > 100
    assert len({text.partition("(")[0] for text in drawn}) > 80


def test_tables_are_made_of_entries_of_two() -> None:
    one = parse_program("act_by(corner, alone, 0tofill7_1tofill2)")
    two = parse_program("act_by(corner, largest, 0tohalo3_1toboxrare)")
    pool = Pool([one, two])
    made = {program_text(pool.crossed(np.random.default_rng(seed), one)) for seed in range(60)}
    assert any("0tohalo3" in text for text in made) and any("0tofill7" in text for text in made)
    assert any("largest" in text for text in made)
    assert all(text.startswith("act_by(") for text in made)


def test_an_operation_of_a_few_values_is_drawn_by_itself_unless_random_rules_have_it() -> None:
    pool = Pool([parse_program("flip(vertical)")])
    drawn = [pool.draw(np.random.default_rng(seed)) for seed in range(400)]
    names = {program[0].name for program in drawn}
    assert "sort_cells" in pool.by_name
    assert all(not OPERATIONS[name].weight or pool.by_name[name] for name in names)
