"""Pretraining and its checkpoints."""

import dataclasses
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import torch
from datasets import load_from_disk
from safetensors.torch import load_file

from arc_ttt.config import PretrainConfig, read_pretrain
from arc_ttt.errors import ConfigError, StoreError
from arc_ttt.lm.load import load_model
from arc_ttt.pretrain.training import beginning, learning_rate, pretrain

CONFIG = PretrainConfig(
    name="tiny",
    hidden_size=32,
    intermediate_size=48,
    num_hidden_layers=2,
    tokens=20_000,
    warmup_tokens=1000,
    batch_tokens=512,
    buckets=(64, 128, 256),
    compile=False,
)


class Killed(Exception):
    pass


def kill_at(step: int):  # type: ignore[no-untyped-def]
    def report(line: dict[str, object]) -> None:
        if line["step"] == step:
            raise Killed

    return report


def test_killed_and_resumed_equals_unbroken(corpus_folder: Path, tmp_path: Path) -> None:
    """The weights after a kill and a resumption are those of a training without, bit for bit."""
    pretrain(CONFIG, [corpus_folder], tmp_path / "whole")
    with pytest.raises(Killed):
        pretrain(CONFIG, [corpus_folder], tmp_path / "broken", report=kill_at(20))
    assert json.loads((tmp_path / "broken" / "checkpoint" / "state.json").read_text())["step"] == 20
    pretrain(CONFIG, [corpus_folder], tmp_path / "broken")
    whole, broken = (load_file(tmp_path / n / "checkpoint" / "model.safetensors") for n in ("whole", "broken"))
    assert all(torch.equal(whole[k], broken[k]) for k in whole)


@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_a_group_that_is_asked_to_end_keeps_its_checkpoint(corpus_folder: Path, tmp_path: Path) -> None:
    """SIGTERM to the training and to the process that makes its batches, as a service is stopped: one line."""
    skip = ("tokens", "compile")
    lines = [f"{k} = {json.dumps(v)}" for k, v in dataclasses.asdict(CONFIG).items() if k not in skip]
    (tmp_path / "tiny.toml").write_text("\n".join([*lines, "tokens = 100_000_000", "compile = false"]))
    words = ("pretrain", tmp_path / "tiny.toml", "--corpus", corpus_folder, "--out", tmp_path / "out")
    with subprocess.Popen(
        [sys.executable, "-m", "arc_ttt", *map(str, words)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as process:
        until, log = time.monotonic() + 60, tmp_path / "out" / "log.jsonl"
        while not (log.exists() and log.stat().st_size) and time.monotonic() < until:
            time.sleep(0.05)
        os.killpg(process.pid, signal.SIGTERM)
        _, err = process.communicate(timeout=30)
    assert process.returncode == 143 and "bug" not in err, err
    assert err.splitlines()[-1].startswith("stopped; go on with: arc-ttt pretrain")
    assert json.loads((tmp_path / "out" / "checkpoint" / "state.json").read_text())["step"] >= 20


def test_it_learns_and_its_model_loads(corpus_folder: Path, tmp_path: Path) -> None:
    """The loss falls; what is shipped has no task tokens of pretraining and a card of what was seen."""
    lines: list[dict[str, float]] = []
    folder = pretrain(dataclasses.replace(CONFIG, tokens=60_000), [corpus_folder], tmp_path, report=lines.append)
    assert lines[-1]["loss"] < 0.9 * lines[0]["loss"]
    lm = load_model(folder, device="cpu")
    assert lm.module.embed_tokens.weight.shape[0] == 16
    assert lm.card["saw"]["tasks"] == ["a", "b", "c"]
    assert lm.card["prompt"] == "pair"
    logged = [json.loads(line) for line in (tmp_path / "log.jsonl").read_text().splitlines()]
    assert logged == lines


def test_a_kill_while_the_checkpoint_is_replaced(corpus_folder: Path, tmp_path: Path) -> None:
    """Where only the old checkpoint is left under its other name, training goes on from it."""
    with pytest.raises(Killed):
        pretrain(CONFIG, [corpus_folder], tmp_path, report=kill_at(20))
    (tmp_path / "checkpoint").rename(tmp_path / "checkpoint.old")
    lines: list[dict[str, float]] = []
    pretrain(CONFIG, [corpus_folder], tmp_path, report=lines.append)
    assert lines[0]["step"] == 40


def test_another_corpus_goes_on_from_a_checkpoint(corpus_folder: Path, tmp_path: Path) -> None:
    """Tasks of both corpora keep their tokens, new ones begin as the generic one; the card names all that was seen."""
    pretrain(CONFIG, [corpus_folder], tmp_path / "first")
    with pytest.raises(ConfigError, match=r"tokens behind it, and 20,000 are asked for"):
        pretrain(CONFIG, [corpus_folder], tmp_path / "none", start=tmp_path / "first" / "checkpoint")
    rows = load_from_disk(str(corpus_folder))
    rows = rows.map(lambda row: {"task": {"a": "b", "b": "bb", "c": "c"}[row["task"]]})
    rows.save_to_disk(str(tmp_path / "other"))
    with pytest.raises(Killed):
        config = dataclasses.replace(CONFIG, tokens=40_000, learning_rate=1e-9, weight_decay=0.0)
        pretrain(
            config,
            [tmp_path / "other"],
            tmp_path / "second",
            start=tmp_path / "first" / "checkpoint",
            report=kill_at(60),
        )
    first, second = (
        load_file(tmp_path / n / "checkpoint" / "model.safetensors")["embed_tokens.weight"] for n in ("first", "second")
    )
    assert torch.allclose(second, torch.stack([*first[:16], first[17], first[15], first[18]]), atol=1e-5)
    card = json.loads((tmp_path / "second" / "model" / "card.json").read_text())
    assert card["saw"] == {"tasks": ["a", "b", "bb", "c"], "rules": 0}


def test_another_shape_or_a_broken_checkpoint_is_refused(corpus_folder: Path, tmp_path: Path) -> None:
    """A checkpoint is never resumed by a configuration it does not fit, nor silently dropped."""
    with pytest.raises(Killed):
        pretrain(CONFIG, [corpus_folder], tmp_path, report=kill_at(20))
    with pytest.raises(ConfigError, match="another shape"):
        pretrain(dataclasses.replace(CONFIG, intermediate_size=64), [corpus_folder], tmp_path)
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match="file: is a file"):
        pretrain(CONFIG, [corpus_folder], tmp_path / "file")
    with pytest.raises(StoreError, match=r"x: cannot be written"):
        pretrain(CONFIG, [corpus_folder], tmp_path / "file" / "x")
    (tmp_path / "checkpoint" / "state.json").write_text("{")
    with pytest.raises(StoreError, match="cannot be read"):
        pretrain(CONFIG, [corpus_folder], tmp_path)


def test_where_a_training_begins(corpus_folder: Path, tmp_path: Path) -> None:
    """A shipped model is known by its name; what cannot be gone on from, or into, is told before a file is written."""
    out = tmp_path / "out"
    more = dataclasses.replace(CONFIG, tokens=10**12)
    assert beginning(more, 1, out, None) is None
    begun = beginning(more, 1, out, Path("arc-mini"))
    assert begun is not None and (begun / "card.json").is_file()
    assert beginning(more, 1, out, begun) == begun
    with pytest.raises(ConfigError, match=r"arc-mini: has [0-9,]+ tokens behind it, and 20,000 are asked for"):
        pretrain(CONFIG, [corpus_folder], out, start=Path("arc-mini"))
    with pytest.raises(ConfigError, match=r"nothing: neither .* \(arc-mini, arc-mini-open\)"):
        pretrain(CONFIG, [corpus_folder], out, start=tmp_path / "nothing")
    with pytest.raises(ConfigError, match="as many shares as corpora are needed: 2 for 1"):
        pretrain(dataclasses.replace(CONFIG, shares=(0.5, 0.5)), [corpus_folder], out)
    assert not out.exists()
    with pytest.raises(ConfigError, match="arc-mini: is a finished model's folder"):
        pretrain(CONFIG, [corpus_folder], begun)
    assert not (begun / "log.jsonl").exists()
    (tmp_path / "card.json").write_text('{"trained_tokens": []}')
    with pytest.raises(StoreError, match="does not say how many tokens"):
        pretrain(CONFIG, [corpus_folder], out, start=tmp_path)


def test_one_training_a_folder(corpus_folder: Path, tmp_path: Path) -> None:
    """A second one would write the same checkpoint: refused while the first process lives, not after a kill."""
    holds = "import fcntl, sys; f = open(sys.argv[1], 'a'); fcntl.lockf(f, fcntl.LOCK_EX); print(flush=True); input()"
    command = [sys.executable, "-c", holds, str(tmp_path / "log.jsonl")]
    first = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert first.stdout is not None
    first.stdout.readline()
    with pytest.raises(StoreError, match="another process is writing"):
        pretrain(CONFIG, [corpus_folder], tmp_path)
    first.kill()
    first.communicate()
    with pytest.raises(Killed):
        pretrain(CONFIG, [corpus_folder], tmp_path, report=kill_at(20))


def test_the_learning_rate_warms_up_stays_and_falls() -> None:
    """Linear at both ends, flat between, never negative."""
    config = dataclasses.replace(CONFIG, tokens=100_000, warmup_tokens=10_000, cooldown=0.2)
    shares = [learning_rate(config, t) for t in (0, 5_000, 10_000, 50_000, 80_000, 90_000, 100_000, 200_000)]
    assert shares == pytest.approx([0, 0.5, 1, 1, 1, 0.5, 0, 0], abs=1e-3)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("name = 'x'\nsize = 3", "unknown setting size"),
        ("name = 'x'\ntokens = 'many'", "tokens must be of type int"),
        ("name = 'x'\ntokens = true", "tokens must be of type int"),
        ("tokens = 5", "name is missing"),
        ("name =", r"pretrain\.toml"),
        ("name = 'x'\ntokens = -5", "tokens"),
        ("name = 'x'\nbatch_tokens = 100", "batch_tokens"),
        ("name = 'x'\nhidden_size = 33", "hidden_size"),
        ("name = 'x'\nnum_attention_heads = 0", "num_attention_heads must be positive"),
        ("name = 'x'\nnum_hidden_layers = 0", "num_hidden_layers must be positive"),
        ("name = 'x'\nbuckets = []", "buckets"),
        ("name = 'x'\nbuckets = [0, 64]", "buckets"),
        ("name = 'x'\nlearning_rate = -1.0", "learning_rate must be positive"),
        ("name = 'x'\nshares = [0.0]", "shares must not all be zero"),
        ("name = 'x'\nshares = ['a']", "shares are numbers"),
        ("name = 'x'\nunknown_task = 2.0", "unknown_task is a share"),
    ],
)
def test_a_bad_configuration_is_named(tmp_path: Path, text: str, fault: str) -> None:
    """One line that names file and setting."""
    path = tmp_path / "pretrain.toml"
    path.write_text(text)
    with pytest.raises(ConfigError, match=fault) as raised:
        read_pretrain(path)
    assert "pretrain.toml" in str(raised.value)


def test_a_finished_model_is_trained_further(corpus_folder: Path, tmp_path: Path) -> None:
    """Weights and task tokens are the shipped ones, the optimiser and its warm-up are new, tokens and card go on."""
    pretrain(CONFIG, [corpus_folder], tmp_path / "first")
    shipped = tmp_path / "first" / "model"
    card = json.loads((shipped / "card.json").read_text())
    (shipped / "card.json").write_text(json.dumps({**card, "saw": {"tasks": ["a", "b", "c", "d"], "rules": 7}}))
    still = dataclasses.replace(CONFIG, tokens=40_000, learning_rate=1e-9, weight_decay=0.0)
    lines: list[dict[str, float]] = []
    with pytest.raises(Killed):
        pretrain(still, [corpus_folder], tmp_path / "second", start=shipped, report=kill_at(60))
    pretrain(still, [corpus_folder], tmp_path / "second", report=lines.append)
    assert lines[0]["tokens"] > card["trained_tokens"]
    first, second = (load_file(tmp_path / n / "checkpoint" / "model.safetensors") for n in ("first", "second"))
    assert all(torch.allclose(second[name], value, atol=1e-2) for name, value in first.items())
    state = json.loads((tmp_path / "second" / "checkpoint" / "state.json").read_text())
    assert state["began"] == card["trained_tokens"]
    seen = json.loads((tmp_path / "second" / "model" / "card.json").read_text())["saw"]
    assert seen == {"tasks": ["a", "b", "c", "d"], "rules": 7}


def test_a_deeper_model_begins_with_what_the_smaller_computes(corpus_folder: Path, tmp_path: Path) -> None:
    """From a finished model and from a checkpoint: further layers say nothing at first, and learn."""
    pretrain(CONFIG, [corpus_folder], tmp_path / "first")
    deep = dataclasses.replace(CONFIG, num_hidden_layers=5, tokens=40_000, learning_rate=1e-9, weight_decay=0.0)
    small = load_model(tmp_path / "first" / "model", device="cpu", dtype="float32").module
    grid = torch.randint(0, 10, (2, 40), generator=torch.Generator().manual_seed(0))
    seen = {
        "input_ids": grid,
        "position_ids": torch.stack([torch.arange(40)] * 3, -1).expand(2, 40, 3),
        "token_type_ids": torch.zeros_like(grid),
        "attention_mask": torch.ones_like(grid),
    }
    for place in ("model", "checkpoint"):
        with pytest.raises(Killed):
            pretrain(deep, [corpus_folder], tmp_path / place, start=tmp_path / "first" / place, report=kill_at(60))
        large = load_model(tmp_path / place / "model", device="cpu", dtype="float32").module
        assert large.config.num_hidden_layers == 5
        with torch.inference_mode():
            assert torch.allclose(large(**seen).logits, small(**seen).logits, atol=0.02, rtol=0.02)
    learning = dataclasses.replace(deep, learning_rate=1e-3)
    pretrain(learning, [corpus_folder], tmp_path / "deep", start=tmp_path / "first" / "model")
    learned = load_file(tmp_path / "deep" / "checkpoint" / "model.safetensors")
    assert all(learned[f"layers.{n}.{name}.weight"].abs().max() > 0 for n in range(5) for name in ("o", "down"))
    with pytest.raises(ConfigError, match="another shape"):
        fewer = dataclasses.replace(deep, num_hidden_layers=1)
        pretrain(fewer, [corpus_folder], tmp_path / "fewer", start=tmp_path / "first" / "model")


def test_the_rate_warms_up_again_where_the_optimiser_is_new() -> None:
    """A shipped model has no moments; full steps without them would undo what it learned."""
    config = dataclasses.replace(CONFIG, tokens=100_000, warmup_tokens=10_000, cooldown=0.0)
    shares = [learning_rate(config, t, began=50_000) for t in (50_000, 55_000, 60_000, 70_000)]
    assert shares == pytest.approx([0, 0.5, 1, 1], abs=1e-3)
