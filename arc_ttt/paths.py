"""Where the files that come with the project lie: beside the package in a checkout, inside it in a wheel. And where
what can be made again is kept."""

import os
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def share(*parts: str) -> Path:
    """The path of a shipped file or folder, such as `share("prompts")` or `share("data", "models")`."""
    inside = _PACKAGE / "_share"
    root = inside if inside.is_dir() else _PACKAGE.parent
    return root.joinpath(*parts)


def cache(*parts: str) -> Path:
    """A folder of ours in the user's cache directory, which need not be there."""
    base = os.environ.get("XDG_CACHE_HOME", "")
    root = Path(base) if Path(base).is_absolute() else Path.home() / ".cache"  # as the XDG base directories have it
    return root.joinpath("arc-ttt", *parts)


def is_file(path: Path) -> bool:
    """Whether a file is there; unlike `Path.is_file`, a name that no file can have is an answer, too."""
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def exists(path: str) -> bool:
    """Whether something is there, be it readable or not."""
    try:
        return Path(path).exists()
    except (OSError, ValueError):  # no permission to look; a null character
        return False


def absolute(word: str) -> str:
    """What names tasks, as a path from the root; a data set's name is none, and stays as it is."""
    if exists(word):
        return str(Path(word).resolve())
    head, _, id = word.rpartition("/")
    return str(Path(head).resolve() / id) if head and exists(head) else word
