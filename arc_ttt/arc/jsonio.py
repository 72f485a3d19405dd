"""JSON files of others into checked values, and nothing else: bytes → documents → grids and answers.

Every fault is a `DataError` of one line that begins with `where`, the file and the place in it. A key given
twice in an object stays visible (`Repeated`), so that the reader of a file decides whether it spoils one task
or the file; keys nobody asks for are ignored.
"""

from __future__ import annotations

import json
import stat
from collections import Counter
from pathlib import Path

from arc_ttt.errors import DataError
from arc_ttt.types import COLOURS, MAX_SIDE, Grid

TASK_LIMIT = 16 * 2**20
"""Bytes in a file of one task; real ones have some thousands."""
SET_LIMIT = 256 * 2**20
"""Bytes in a file of many tasks, of solutions or of a submission; real ones have some millions."""


Answers = dict[str, tuple[Grid, ...]]


class Repeated(dict[str, object]):
    """A JSON object in which the keys `repeated` stand more than once; it holds the last value of each."""

    repeated: frozenset[str]


class LongInteger(str):
    """The digits of an integer too long to be a cell of anything; Python refuses to convert long ones."""

    __slots__ = ()


def read(path: Path, *, limit: int, where: str | None = None) -> object:
    """The document in the file `path` of at most `limit` bytes, UTF-8 with or without a byte order mark.

    `where` begins the messages, by default the path. Raises `DataError` for a file that is not there, not a
    regular file, not readable, too big, empty, not UTF-8, not JSON or nested too deeply.
    """
    where = printable(str(path)) if where is None else where
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise DataError(f"{where}: is a folder, not a file")
        if not stat.S_ISREG(status.st_mode):  # reading a pipe could wait for ever
            raise DataError(f"{where}: is not a regular file")
        check_size(status.st_size, limit, where)
        content = path.read_bytes()
    except (OSError, ValueError) as error:  # ValueError: a path with a null character
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise DataError(f"{where}: cannot be read: {reason}") from error
    return parse(content, where)


def parse(content: bytes, where: str) -> object:
    """The document that `content` is, as `read` has it."""
    if not content:
        raise DataError(f"{where}: is empty")
    try:
        document: object = json.loads(content.decode("utf-8-sig"), object_pairs_hook=_object, parse_int=_integer)
    except UnicodeDecodeError as error:
        byte = error.object[error.start]
        raise DataError(f"{where}: not UTF-8: byte 0x{byte:02x} at offset {error.start}") from error
    except json.JSONDecodeError as error:
        fault = f"{error.msg} (line {error.lineno}, column {error.colno})"
        raise DataError(f"{where}: not JSON: {fault}") from error
    except RecursionError as error:
        raise DataError(f"{where}: nested too deeply") from error
    return document


def exists(path: Path) -> bool:
    """Whether something is there; unlike `Path.exists`, what cannot be told is a `DataError`."""
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError, ValueError):  # ValueError: a null character
        return False
    except OSError as error:
        raise DataError(f"{printable(str(path))}: cannot be read: {error.strerror}") from error
    return True


def check_size(size: int, limit: int, where: str) -> None:
    """Raises `DataError` where a file of `size` bytes exceeds `limit`."""
    if size > limit:
        raise DataError(f"{where}: has {size:,} bytes, more than the {limit:,} allowed")


def members(value: object, where: str, what: str = "an object") -> dict[str, object]:
    """`value` as a JSON object; `what` says in the message what it should have been."""
    if not isinstance(value, dict):
        raise DataError(f"{where}: is {show(value)}, not {what}")
    return value


def member(value: dict[str, object], key: str, where: str) -> object:
    """What stands under `key`; `DataError` where nothing does, or more than one thing."""
    if key not in value:
        raise DataError(f"{where}: has no {show(key)}")
    if isinstance(value, Repeated) and key in value.repeated:
        raise DataError(f"{where}: has {show(key)} more than once")
    return value[key]


def items(value: object, where: str, what: str) -> list[object]:
    """`value` as a JSON list that is not empty; `what` names its elements in the message."""
    if not isinstance(value, list):
        raise DataError(f"{where}: is {show(value)}, not a list of {what}")
    if not value:
        raise DataError(f"{where}: has no {what}")
    return value


def grid(value: object, where: str) -> Grid:
    """`value`, a list of rows of integers, as a `Grid`; messages count rows and cells from 1.

    Stricter than `Grid` itself: true is not 1, and 1.0 is not 1.
    """
    rows = items(value, where, "rows")
    if len(rows) > MAX_SIDE:
        raise DataError(f"{where}: has {len(rows)} rows, more than {MAX_SIDE}")
    width = 0
    for number, row in enumerate(rows, start=1):
        here = f"{where}: row {number}"
        if not isinstance(row, list):
            raise DataError(f"{here} is {show(row)}, not a list of cells")
        if not row:
            raise DataError(f"{here} has no cells")
        if len(row) > MAX_SIDE:
            raise DataError(f"{here} has {len(row)} cells, more than {MAX_SIDE}")
        width = width or len(row)
        if len(row) != width:
            raise DataError(f"{here} has {len(row)} cells, row 1 has {width}")
        # The row as a whole first: a data set has a million cells, and nearly all are right.
        if set(map(type, row)) != {int} or min(row) < 0 or max(row) >= COLOURS:
            for column, cell in enumerate(row, start=1):
                if type(cell) is not int or not 0 <= cell < COLOURS:
                    raise DataError(f"{here}, cell {column} is {show(cell)}, not an integer from 0 to 9")
    return Grid(rows)  # type: ignore[arg-type]  # the loop has seen that they are rows of integers


def answers(document: object, where: str) -> Answers:
    """The `document` of a Kaggle solutions file, `{id: [grid, …]}`; `DataError` for any fault in it."""
    by_id = members(document, where, "an object of answers by task id")
    result: Answers = {}
    for id in by_id:
        here = f"{where}: task {printable(id)}"
        grids = items(member(by_id, id, here), here, "answers")
        result[id] = tuple(grid(cells, f"{here}: [{i}]") for i, cells in enumerate(grids))
    return result


def show(value: object) -> str:
    """`value` in a few words for a message: a short scalar as JSON writes it, else its kind."""
    if isinstance(value, dict):
        return "an object"
    if isinstance(value, list):
        return "a list"
    if isinstance(value, LongInteger):
        return f"{value[:8]}… ({len(value):,} characters)"
    if isinstance(value, str) and len(value) > 40:
        return json.dumps(value[:40]) + "…"
    return json.dumps(value)


def printable(text: str) -> str:
    """`text` on one line: whatever a terminal would not print is escaped."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    plain = dict(pairs)
    if len(plain) == len(pairs):
        return plain
    marked = Repeated(plain)
    marked.repeated = frozenset(key for key, count in Counter(key for key, _ in pairs).items() if count > 1)
    return marked


def _integer(digits: str) -> int | LongInteger:
    return int(digits) if len(digits) <= 20 else LongInteger(digits)
