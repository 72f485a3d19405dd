"""The table of the program search: what a run's lines say, and how two runs compare."""

from pathlib import Path

import table_programs as table

from arc_ttt.arc import dataset

SAMPLES = Path(__file__).parents[2] / "data/samples"


def test_a_line_says_what_was_found_and_what_of_it_is_right() -> None:
    read = dataset.load(SAMPLES)
    task = next(t for t in read.tasks if t.id.startswith("01"))
    line = table.solve(task, read.solutions[task.id], 5_000, [])
    assert line["right"] == [True] and line["found"][0]["program"] == "flip(horizontal)"
    assert "1 of 1 outputs right with two attempts, 1 tasks; exact on 1" in table.summary([line])


def test_what_is_left_out_is_not_found() -> None:
    read = dataset.load(SAMPLES)
    task = next(t for t in read.tasks if t.id.startswith("01"))
    line = table.solve(task, read.solutions[task.id], 5_000, ["flip", "targets", "frames"])
    assert not any(f["program"].startswith("flip") for f in line["found"])


def test_validation_tasks_are_no_training_tasks() -> None:
    training, validation = ({t.id for t in table.tasks_of(s)[0]} for s in ("training", "validation"))
    assert (len(training), len(validation)) == (360, 40) and not training & validation
