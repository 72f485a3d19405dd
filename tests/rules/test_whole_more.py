"""More room, lines repeated, halves copied, a second copy, a margin."""

import pytest
from rules.grids import made


@pytest.mark.parametrize(
    ("program", "before", "after"),
    [
        ("add_line(up)", "12/34", "../12/34"),
        ("add_line(right)", "12/34", "12./34."),
        ("add_line(around)", "12", "..../.12./...."),
        ("repeat_lines(horizontal, 2)", "12/34", "12/12/34/34"),
        ("repeat_lines(vertical, 3)", "12", "111222"),
        ("repeat_lines(vertical, 3)", "1" * 11, "None"),
        ("space_out(rows)", "12/34", "12/../34"),
        ("space_out(columns)", "12/34", "1.2/3.4"),
        ("space_out(both)", "12/34", "1.2/.../3.4"),
        ("space_out(rows)", "12", "None"),
        ("copy_half(left, mirrored)", "12.../34.5.", "12.21/34.43"),
        ("copy_half(left, same)", "12.../34.5.", "12.12/34.34"),
        ("copy_half(down, mirrored)", "../12/34", "34/12/34"),
        ("copy_half(up, same)", "12/12", "None"),
        ("copy_half(up, same)", "12", "None"),
        ("append_apart(right, same)", "12/34", "12.12/34.34"),
        ("append_apart(up, mirrored)", "12/34", "34/12/../12/34"),
        ("append_apart(left, mirrored)", "12", "21.12"),
        ("add_margin(edge)", "12/34", "1122/1122/3344/3344"),
        ("add_margin(sides)", "12/34", ".12./1122/3344/.34."),
        ("add_margin(wrapped)", "12/34", "4343/2121/4343/2121"),
        ("add_margin(mirrored)", "12/34", "4343/2121/4343/2121"),
        ("add_margin(mirrored)", "123/456", "54565/21232/54565/21232"),
        ("add_margin(edge)", "12", "None"),
    ],
)
def test_example(program: str, before: str, after: str) -> None:
    assert made(program, before) == after
