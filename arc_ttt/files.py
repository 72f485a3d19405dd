"""Files that a user names → their content: regular ones alone, no larger than they can be, a byte order mark left out.

Each reader makes of these faults its own error, in one line that names the file.
"""

from __future__ import annotations

import json
import stat
import sys
from pathlib import Path
from typing import Any

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

LIMIT = 256 * 2**20
"""Bytes of a file of text; the largest that are meant have some millions."""


def bytes_of(path: Path) -> bytes:
    """All of a file, however large. `OSError` for anything but a regular file: a pipe that nobody writes to would be
    waited for, and a device has no end."""
    kind = path.stat().st_mode
    if stat.S_ISDIR(kind):
        raise IsADirectoryError(21, "is a folder, not a file")
    if not stat.S_ISREG(kind):
        raise OSError(22, "is not a regular file")
    return path.read_bytes()


def text_of(path: Path) -> str:
    """A file of UTF-8; `OSError` as for `bytes_of`, `ValueError` for one that is too large or is no text."""
    try:
        size = path.stat().st_size
    except ValueError as fault:  # a null character in the path
        raise OSError(22, str(fault)) from fault
    if size > LIMIT:
        raise ValueError(f"has {size:,} bytes, more than the {LIMIT:,} allowed")
    try:
        return bytes_of(path).decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        byte = fault.object[fault.start]
        raise ValueError(f"not UTF-8: byte 0x{byte:02x} at offset {fault.start}") from fault


def json_of(path: Path) -> Any:
    """A file of JSON; `OSError` and `ValueError` as for `text_of`, `ValueError` for what is no JSON."""
    return parsed(text_of(path))


def toml_of(path: Path) -> dict[str, Any]:
    """A file of TOML; `OSError` and `ValueError` as for `text_of`, `ValueError` for what is no TOML."""
    content = text_of(path)
    try:
        return tomllib.loads(content)
    except ValueError as fault:
        raise ValueError(" ".join(str(fault).split())) from fault
    except RecursionError as fault:
        raise ValueError("nested too deeply") from fault


def parsed(text: str | bytes) -> Any:
    """`text` as JSON; `ValueError` for anything else, in one line."""
    try:
        return json.loads(text)
    except json.JSONDecodeError as fault:
        raise ValueError(f"not JSON: {fault.msg} (line {fault.lineno}, column {fault.colno})") from fault
    except RecursionError as fault:
        raise ValueError("nested too deeply") from fault
