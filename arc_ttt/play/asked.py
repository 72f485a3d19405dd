"""A request → what it asks for, checked: its document, the parts of it, the name of a puzzle."""

from __future__ import annotations

import re
from typing import Any

from starlette.requests import Request

from arc_ttt.arc import jsonio
from arc_ttt.errors import DataError

LIMIT = jsonio.TASK_LIMIT + 2**20  # bytes of a request
LONGEST = 100  # bytes of a puzzle's name
# Of a file's name on one system or another: what separates, quotes and redirects, and the names of devices.
FORBIDDEN = '<>:"/\\|?*'
DEVICES = re.compile(r"(CON|PRN|AUX|NUL|COM[0-9¹²³]|LPT[0-9¹²³])(\..*)?", re.IGNORECASE)


class TooLarge(DataError):
    """A request that nobody has a use for."""


async def body(request: Request) -> Any:
    """The JSON object in a request; `DataError` for anything else. Its type must be said: then a page elsewhere cannot
    send it without asking first, which is refused."""
    if request.headers.get("content-type", "").partition(";")[0].strip() != "application/json":
        raise DataError("the request: is not application/json")
    content = bytearray()
    async for piece in request.stream():
        content += piece
        if len(content) > LIMIT:
            raise TooLarge(f"the request: has more than the {LIMIT:,} bytes allowed")
    return jsonio.members(jsonio.parse(bytes(content), "the request"), "the request")


def puzzle(asked: Any) -> tuple[str, bytes]:
    """The id and the file of a puzzle that came with a request; `DataError` for an id that no file here could have."""
    id, text = re.sub(r"\.json\Z", "", member(asked, "name", str), flags=re.IGNORECASE), member(asked, "text", str)
    if fault := unsuitable(id):
        raise DataError(f"{jsonio.show(id)}: cannot be the name of a puzzle: {fault}")
    return id, text.encode("utf-8", "replace")


def unsuitable(name: str) -> str:
    """Why no file should have this name, wherever it is copied to; empty where it may."""
    if not name.strip():
        return "it is empty"
    if (size := len(name.encode("utf-8", "replace"))) > LONGEST:
        return f"it has {size} bytes, more than the {LONGEST} allowed"
    if not name.isprintable():
        return "it has characters that cannot be seen"
    if wrong := next((c for c in name if c in FORBIDDEN), None):
        return f"it holds {wrong}"
    if name[0] in ". " or name[-1] in ". ":
        return "it begins or ends with a dot or a space"
    return "it is the name of a device on Windows" if DEVICES.fullmatch(name) else ""


def member(asked: Any, name: str, kind: type) -> Any:
    """A part of a request; `DataError` where it is not there or of another kind."""
    value = asked.get(name)
    if not isinstance(value, kind):
        raise DataError(f"the request: {name!r} is {jsonio.show(value)}")
    return value


def query(request: Request, name: str) -> str:
    """A part of the address; `DataError` where it is not there."""
    if (value := request.query_params.get(name)) is None:
        raise DataError(f"the request: lacks {name!r}")
    return value


def cells(text: str) -> list[list[int]]:
    """Rows of digits as a list of rows."""
    if not re.fullmatch(r"[0-9]+(/[0-9]+)*", text):
        raise DataError("the request: 'grid' is not rows of digits")
    return [[int(c) for c in row] for row in text.split("/")]
