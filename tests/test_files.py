"""Files that a user names."""

import os
from pathlib import Path

import pytest

from arc_ttt import files


def test_a_byte_order_mark_is_left_out(tmp_path: Path) -> None:
    """Of JSON and of TOML: editors put one there unasked."""
    (tmp_path / "a.json").write_bytes(b'\xef\xbb\xbf{"a": 1}')
    (tmp_path / "a.toml").write_bytes(b"\xef\xbb\xbfa = 1")
    assert files.json_of(tmp_path / "a.json") == files.toml_of(tmp_path / "a.toml") == {"a": 1}


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"{", r"^not JSON: .* \(line 1, column 2\)$"),
        (b"[" * 100_000, "^nested too deeply$"),
        (b"\xff", "^not UTF-8: byte 0xff at offset 0$"),
    ],
)
def test_what_is_no_json(tmp_path: Path, content: bytes, fault: str) -> None:
    """One line says why, whatever it is."""
    (tmp_path / "a").write_bytes(content)
    with pytest.raises(ValueError, match=fault):
        files.json_of(tmp_path / "a")


def test_toml_may_be_nested_too_deeply(tmp_path: Path) -> None:
    """As JSON may."""
    (tmp_path / "a").write_text("a = " + "[" * 100_000)
    with pytest.raises(ValueError, match=r"nested too deeply|line 1"):
        files.toml_of(tmp_path / "a")


def test_what_is_no_file(tmp_path: Path) -> None:
    """A pipe that nobody writes to is not waited for."""
    os.mkfifo(tmp_path / "pipe")
    for path, fault in (
        (tmp_path / "pipe", "is not a regular file"),
        (tmp_path, "is a folder"),
        (tmp_path / "x", "No such"),
    ):
        with pytest.raises(OSError, match=fault):
            files.text_of(path)
