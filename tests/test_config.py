"""Settings that are refused."""

import dataclasses
import hashlib
import json
import math

import pytest

from arc_ttt.config import DecodeConfig, SolveConfig, TTTConfig
from arc_ttt.errors import ConfigError


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("tokens", 0),
        ("seconds", 0.0),
        ("seconds", math.inf),
        ("rank", 0),
        ("alpha", math.nan),
        ("learning_rate", math.inf),
        ("learning_rate", math.nan),
        ("learning_rate", -1e-3),
        ("batch_tokens", -1),
        ("own_colours", 7.0),
    ],
)
def test_of_training(setting: str, value: float) -> None:
    """Each gives one line that names the option and the value."""
    with pytest.raises(ConfigError, match=r"--ttt\.") as caught:
        TTTConfig(**{setting: value})  # type: ignore[arg-type]
    assert str(value) in str(caught.value)


@pytest.mark.parametrize(("setting", "value"), [("views", 0), ("vote", "loud"), ("max_tokens", 10)])
def test_of_solving(setting: str, value: object) -> None:
    """Each gives one line that names the option and the value."""
    with pytest.raises(ConfigError, match=f"--{setting.replace('_', '-')}") as caught:
        SolveConfig(**{setting: value})  # type: ignore[arg-type]
    assert str(value) in str(caught.value)


def test_defaults_are_accepted_and_have_one_digest() -> None:
    """The digest depends on the settings and on what is named beside them."""
    assert SolveConfig().digest("a") == SolveConfig().digest("a")
    assert len({SolveConfig().digest(), SolveConfig().digest("a"), SolveConfig(seed=1).digest()}) == 3


def test_what_does_nothing_is_in_no_digest() -> None:
    """A setting of a search that is not made, or of training that is off, tells no two runs apart; where it does
    something it does. That of the defaults is what earlier versions made of them."""
    plain = SolveConfig().digest()
    assert SolveConfig(decode=DecodeConfig(min_prob=0.5, samples=7)).digest() == plain
    assert SolveConfig(decode=DecodeConfig(method="dfs", min_prob=0.5)).digest() != plain
    off = SolveConfig(ttt=TTTConfig(enabled=False)).digest()
    assert SolveConfig(ttt=TTTConfig(enabled=False, rank=4)).digest() == off != plain
    alone = SolveConfig(agents=("programs",)).digest()
    assert SolveConfig(agents=("programs",), views=3, vote="flat").digest() == alone
    text = json.dumps([dataclasses.asdict(SolveConfig())], sort_keys=True)
    assert plain == hashlib.sha256(text.encode()).hexdigest()
