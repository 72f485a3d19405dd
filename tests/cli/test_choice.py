"""What options mean: sizes, shards, deadlines."""

from __future__ import annotations

import datetime as dt

import pytest

from arc_ttt.cli.choice import core_seconds, read_shard, seconds_until
from arc_ttt.config import read_size
from arc_ttt.errors import ConfigError

NOON = dt.datetime(2026, 5, 1, 12, 0)


@pytest.mark.parametrize(
    ("text", "size"),
    [("6G", 6 * 2**30), ("800M", 800 * 2**20), ("1.5GiB", 3 * 2**29), ("2 tb", 2 * 2**40), ("10k", 10240)],
)
def test_sizes(text: str, size: int) -> None:
    """Powers of 1,024, with or without B and i."""
    assert read_size(text, "--memory-limit") == size


@pytest.mark.parametrize("text", ["", "6", "G", "-1G", "6X", "six", "1e3G"])
def test_what_is_no_size(text: str) -> None:
    """The option is named."""
    with pytest.raises(ConfigError, match="--memory-limit"):
        read_size(text, "--memory-limit")


def test_shards_share_out_everything() -> None:
    """Each element is in one of the parts, and neighbours are in different ones."""
    everything = list(range(11))
    parts = [everything[read_shard(f"{i}/3")] for i in (1, 2, 3)]
    assert sorted(n for part in parts for n in part) == everything
    assert parts[0] == [0, 3, 6, 9]


@pytest.mark.parametrize("text", ["0/3", "4/3", "1", "1/0", "a/b", "-1/3", "1/3/5"])
def test_what_is_no_shard(text: str) -> None:
    """Counting begins with 1."""
    with pytest.raises(ConfigError, match="--shard"):
        read_shard(text)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("11h45m", 42_300),
        ("3m", 180),
        ("90s", 90),
        ("1.5h", 5400),
        ("1h 2m 3s", 3723),
        ("5min", 300),
        ("14:30", 9000),
        ("11:59", 86_340),
        ("12:00:30", 30),
        ("2026-05-01T14:30", 9000),
        ("2026-05-02 12:00", 86_400),
    ],
)
def test_deadlines(text: str, seconds: float) -> None:
    """Durations, times of the day (tomorrow's where today's is past), dates with times."""
    assert seconds_until(text, NOON) == seconds


def test_a_deadline_in_another_time_zone() -> None:
    """Is the same moment."""
    here = dt.datetime(2026, 5, 1, 12, 0, tzinfo=dt.timezone.utc)
    assert seconds_until("2026-05-01T14:30+02:00", here) == 1800


@pytest.mark.parametrize(("text", "seconds"), [("40000", 40_000), ("0.5", 0.5), ("12h", 43_200), ("1h30m", 5400)])
def test_budgets(text: str, seconds: float) -> None:
    """Core-seconds, or a duration of one core."""
    assert core_seconds(text) == seconds


@pytest.mark.parametrize("text", ["", "0", "-3", "14:30", "much", "1e3", "9" * 400])
def test_what_is_no_budget(text: str) -> None:
    """One line that says so."""
    with pytest.raises(ConfigError, match="--budget"):
        core_seconds(text)


@pytest.mark.parametrize("text", ["", "0s", "3", "m", "-3m", "3d", "25:00", "2026-05-01T11:00", "soon"])
def test_what_is_no_deadline(text: str) -> None:
    """One line that says so."""
    with pytest.raises(ConfigError, match="--deadline"):
        seconds_until(text, NOON)
