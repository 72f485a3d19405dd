"""The files of prompt formats: which model is whose, the authors' settings, memory, and faults."""

from __future__ import annotations

from pathlib import Path

import pytest

from arc_ttt.errors import ModelError
from arc_ttt.paths import share
from arc_ttt.text import sheet

ARCHITECTS = "da-fr/Mistral-NeMo-Minitron-8B-ARChitects-Full-bnb-4bit"


@pytest.mark.parametrize(
    ("model", "name"),
    [
        (ARCHITECTS, "architects"),
        (ARCHITECTS.lower(), "architects"),
        (f"/kaggle/input/models/{ARCHITECTS.partition('/')[2]}", "architects"),
        ("da-fr/Llama-3.2-3B-ARChitects-ReArc-bnb-4bit", "architects"),
        ("qwen3_4b_grids15_sft139", "nvarc"),
        ("ekinakyurek/marc-8B-finetuned-llama3", "marc"),
        ("barc0/Llama-3.1-ARC-Potpourri-Transduction-8B", "barc"),
        ("arc-mini", "pair"),
    ],
)
def test_a_models_name_chooses_its_format(model: str, name: str) -> None:
    """By hub id, in any case, or by a folder of the same name."""
    found = sheet.find(model)
    assert found is not None and found.name == name


@pytest.mark.parametrize("model", ["", "gpt2", "da-fr", "8B", "somewhere/else", "."])
def test_no_format_claims_a_stranger(model: str) -> None:
    """Only whole names count."""
    assert sheet.find(model) is None


def test_what_a_checkpoint_saw_and_needs() -> None:
    """The full ARChitects model saw the answers of ARC-1's evaluation tasks; stored in four bits it needs some 5.6 GB,
    and is offered in no other form. An 8B model needs its 7 billion weights twice, once, or about half."""
    full = sheet.read("architects").checkpoint(ARCHITECTS)
    assert full is not None
    assert "arc1:evaluation" in full.saw
    assert [full.memory(q, 32) for q in ("none", "int8")] == [None, None]
    assert 5.4e9 < (full.memory("nf4", 32) or 0) < 5.8e9
    barc = sheet.read("barc").checkpoints[0]
    blocks = barc.layers * sum(a * b for a, b in barc.matrices())
    assert blocks == 6_979_321_856
    adapter = (barc.memory("none", 64) or 0) - 2 * blocks
    assert adapter == 16 * 167_772_160  # 64 × the sides of 7 matrices in each of 32 blocks, 16 bytes each
    assert (barc.memory("int8", 64) or 0) - adapter == blocks
    assert ((barc.memory("nf4", 64) or 0) - adapter) / blocks == pytest.approx(0.5625)


def test_the_authors_settings() -> None:
    """As their papers and code have them."""
    settings = {one.name: one.settings for one in sheet.shipped()}
    assert settings["architects"]["lessons"] == 64 and settings["architects"]["rslora"] is True
    assert settings["architects"]["targets"] == ("linear", "embedding", "head")
    assert (settings["nvarc"]["rank"], settings["nvarc"]["alpha"]) == (256, 32.0)
    assert settings["marc"]["targets"] == ("q_proj", "v_proj", "gate_proj", "up_proj", "down_proj")
    assert (settings["barc"]["rank"], settings["barc"]["learning_rate"]) == (64, 2e-4)
    assert not settings["pair"] and not settings["context"]


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ('context = "some"', "context must be"),
        ('context = "all"\nloss = "none"', "loss must be one of"),
        ('context = "all"\n[ttt]\nspeed = 3', "unknown setting ttt.speed; the nearest is ttt"),
        ('context = "all"\n[ttt]\nrank = "high"', "rank must be of type int"),
        ('context = "all"\n[ttt]\nrank = true', "rank must be of type int"),
        ('context = "all"\n[ttt]\nrank = 0', "--ttt.rank must be positive"),
        ('context = "all"\n[[checkpoint]]\nid = "a/b"', r"\[\[checkpoint\]\] a/b"),
        ('context = "all"\n[[checkpoint]]\nid = "a/b"\ncolour = 3', r"\[\[checkpoint\]\] a/b"),
        ("context =", "mine.toml"),
    ],
)
def test_a_bad_file_is_named(tmp_path: Path, line: str, fault: str) -> None:
    """One line, with the file and the fault."""
    path = tmp_path / "mine.toml"
    path.write_text(line)
    with pytest.raises(ModelError, match=fault) as caught:
        sheet.read(path)
    assert "mine.toml" in str(caught.value) and "\n" not in str(caught.value)


def test_every_shipped_file_is_a_format() -> None:
    """Each is called after its file."""
    for path in share("prompts").glob("*.toml"):
        assert sheet.read(path.stem).name == path.stem
