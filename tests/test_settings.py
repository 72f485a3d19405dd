"""A setting stands in one place: what is made of it follows."""

from __future__ import annotations

import dataclasses
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from arc_ttt.cli.options import every, given, takes
from arc_ttt.config import RunConfig, SolveConfig, TTTConfig
from arc_ttt.errors import ConfigError
from arc_ttt.settings import POSITIVE, build, flatten, group, idle, read, setting, settings, values


@dataclass(frozen=True, kw_only=True)
class WithNaps(TTTConfig):
    """Training with a setting that there is not."""

    naps: int = setting(3, "Naps that are taken between lessons.", metavar="NAPS", bound=POSITIVE)


@dataclass(frozen=True, kw_only=True)
class Sleepy(SolveConfig):
    """Solving with such training."""

    ttt: WithNaps = group(WithNaps, panel="Test-time training", needs=("ttt.enabled", (True,)))


def call(*words: str) -> tuple[int, str, dict[str, Any]]:
    """Exit code, output and what was given, of a command with the settings of `Sleepy`."""
    found: dict[str, Any] = {}
    app = typer.Typer()

    @app.command()
    @takes(Sleepy)
    def command(ctx: typer.Context, **_: Any) -> None:
        found.update(given(ctx, Sleepy))

    done = CliRunner().invoke(app, list(words), env={"COLUMNS": "200", "NO_COLOR": "1", "TERM": "dumb"})
    fault = done.exception
    return done.exit_code, done.output + (str(fault) if isinstance(fault, ConfigError) else ""), found


def test_a_new_setting_touches_one_place(tmp_path: Path) -> None:
    """A field alone gives an option with its line of help, a key in files, a check and a part of the digest."""
    code, out, found = call("--ttt.naps", "5")
    assert (code, found) == (0, {"ttt.naps": 5}), out
    help = call("--help-all")[1]
    (line,) = [line for line in help.splitlines() if "--ttt.naps" in line]
    assert all(word in line for word in ("NAPS", "Naps that are taken between lessons.", "[default: 3]"))
    assert "--ttt.naps must be positive, not 0" in call("--ttt.naps", "0")[1]
    assert call()[2] == {}

    known = list(settings(Sleepy))
    (tmp_path / "mine.toml").write_text("[ttt]\nnaps = 7\n")
    assert read(known, tmp_path / "mine.toml") == {"ttt.naps": 7}
    with pytest.raises(ConfigError, match=r"unknown setting ttt.nap; the nearest is ttt.naps"):
        values(known, {"ttt": {"nap": 7}})
    with pytest.raises(ConfigError, match=r"--ttt.naps must be of type int, not 'many'"):
        values(known, {"ttt.naps": "many"})
    with pytest.raises(ConfigError, match=r"--ttt.naps must be positive, not -1"):
        build(Sleepy, {"ttt.naps": -1})
    sleepy: SolveConfig = build(Sleepy, {"ttt.naps": 7})
    assert sleepy.digest() != build(Sleepy, {}).digest()


def test_every_option_has_help_and_no_two_the_same_name() -> None:
    """But for the three whose values say enough."""
    known = list(every(RunConfig, SolveConfig))
    names = [name for one in known for name in (one.option, one.off) if name]
    assert len(names) == len(set(names)) and len({one.key for one in known}) == len(known)
    assert [one.path for one in known if not one.help] == ["device", "dtype"]
    assert all(one.needs is None or one.needs[0] in {other.path for other in known} for one in known)


def test_keys_are_paths_or_options() -> None:
    """With dashes or underscores; the option that says no turns its value round; texts are read as options are."""
    known = list(every(RunConfig, SolveConfig))
    table = {"dfs": {"min-prob": 0.5}, "no-ttt": True, "max_tokens": 4000, "memory-limit": "2G", "decode": "dfs"}
    assert values(known, table) == {
        "decode.min_prob": 0.5, "ttt.enabled": False, "max_tokens": 4000, "memory": 2**31, "decode.method": "dfs",
    }  # fmt: skip
    assert values(known, {"ttt.targets": "linear, head"}) == {"ttt.targets": ("linear", "head")}
    with pytest.raises(ConfigError, match="trust_remote_code can only be given on the command line"):
        values(known, {"trust_remote_code": True})


def test_all_of_a_configuration_is_read_back() -> None:
    """What `asdict` writes into config.json, `build` makes again."""
    config = SolveConfig(views=3, ttt=TTTConfig(targets=("linear", "head"), embedding_rate=1e-4))
    known = [one for one in settings(SolveConfig) if one.path != "timed"]
    document = json.loads(json.dumps(dataclasses.asdict(config)))
    table = {path: value for path, value in flatten(document).items() if path != "timed"}
    assert build(SolveConfig, values(known, table)) == config


def test_what_would_do_nothing_says_why() -> None:
    """Also where what is needed does nothing itself."""
    known = {one.path: one for one in every(RunConfig, SolveConfig)}
    off: dict[str, Any] = {"agents": ("learner",), "ttt.enabled": False, "ttt.stop": "loss", "ttt.gate": "none"}
    assert "--no-ttt leaves nothing for --ttt.stop-loss to do" in str(idle(known, "ttt.stop_loss", off.get))
    on = off | {"ttt.enabled": True}
    assert idle(known, "ttt.stop_loss", on.get) is None
    assert "--ttt.gate-rate is for --ttt.gate ponder, and the gate is none" in str(idle(known, "ttt.gate_rate", on.get))
    assert "--ttt.epochs is for --ttt.lessons, which is not given" in str(idle(known, "ttt.epochs", on.get))
    counted = on | {"ttt.lessons": 3}
    assert "--ttt.lessons leaves nothing for --ttt.tokens to do" in str(idle(known, "ttt.tokens", counted.get))
    assert [idle(known, path, counted.get) for path in ("ttt.epochs", "ttt.lessons")] == [None, None]


@pytest.mark.parametrize(
    ("name", "content", "fault"),
    [
        ("a.toml", "views = ", r"a\.toml: "),
        ("a.toml", "views = 0", r"a\.toml: --views must be positive and at most 10,000, not 0"),
        ("a.toml", "vews = 1", r"a\.toml: unknown setting vews; the nearest is views"),
        ("a.json", "[1]", r"a\.json: holds no table of settings"),
        ("a.json", '{"settings": {"ttt": {"tokens": "x"}}}', r"a\.json: --ttt.tokens must be of type int"),
        ("none.toml", None, r"none\.toml: cannot be read: No such file"),
    ],
)
def test_a_file_that_is_wrong_is_named(tmp_path: Path, name: str, content: str | None, fault: str) -> None:
    """One line with the file and what is wrong there."""
    path = tmp_path / name
    if content is not None:
        path.write_text(content)
    with pytest.raises(ConfigError, match=fault) as caught:
        read(list(every(RunConfig, SolveConfig)), path)
    assert "\n" not in str(caught.value)
