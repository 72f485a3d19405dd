"""Where compiled graphs are kept."""

from pathlib import Path

import pytest

from arc_ttt.lm import graphs


@pytest.fixture(autouse=True)
def environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(graphs.FOLDER, "")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


def test_in_the_users_cache(tmp_path: Path) -> None:
    """In a folder of ours, made where it is missing."""
    graphs.keep()
    assert graphs.os.environ[graphs.FOLDER] == str(tmp_path / "cache" / "arc-ttt" / "graphs")
    assert (tmp_path / "cache" / "arc-ttt" / "graphs").is_dir()


def test_where_the_user_wants_them(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A folder that is named stays; a relative one is no cache directory, as its standard says."""
    monkeypatch.setenv(graphs.FOLDER, "/elsewhere")
    graphs.keep()
    assert graphs.os.environ[graphs.FOLDER] == "/elsewhere" and not (tmp_path / "cache").exists()
    monkeypatch.setenv("XDG_CACHE_HOME", "cache")
    assert graphs.cache("x") == Path.home() / ".cache" / "arc-ttt" / "x"


def test_where_none_can_be_made(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """PyTorch's own choice is left alone."""
    (tmp_path / "cache").write_text("a file")
    graphs.keep()
    assert not graphs.os.environ[graphs.FOLDER]
