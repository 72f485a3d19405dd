"""Cells of a small picture as letters that single cells label."""

import pytest
from rules.grids import made

KEY = "3.55......./...5......./........34./4.5.....43./..55......."


@pytest.mark.parametrize(
    ("program", "before", "after"),
    [
        ("spell_labelled(label)", KEY, "334./.344/4.33/44.3"),
        ("spell_labelled(own)", KEY, "555./.555/5.55/55.5"),
        ("spell_labelled(own)", KEY.replace("3.55", "..55"), "None"),
        ("spell_labelled(own)", KEY.replace("34.", "36."), "None"),
    ],
)
def test_example(program: str, before: str, after: str) -> None:
    assert made(program, before) == after
