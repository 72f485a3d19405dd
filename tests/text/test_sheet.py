"""The files of prompt formats: which model is whose, the authors' settings, memory, and faults."""

from __future__ import annotations

from pathlib import Path

import pytest

from arc_ttt.config import SolveConfig
from arc_ttt.errors import ModelError
from arc_ttt.paths import share
from arc_ttt.text import sheet

ARCHITECTS = "da-fr/Mistral-NeMo-Minitron-8B-ARChitects-Full-bnb-4bit"


@pytest.mark.parametrize(
    ("model", "name"),
    [
        (ARCHITECTS, "architects-2024"),
        (ARCHITECTS.lower(), "architects-2024"),
        (f"/kaggle/input/models/{ARCHITECTS.partition('/')[2]}", "architects-2024"),
        ("da-fr/Mistral-NeMo-Minitron-8B-ARChitects-ReArc1200-bnb-4bit", "architects"),
        ("da-fr/Llama-3.2-3B-ARChitects-ReArc-bnb-4bit", "architects"),
        ("qwen3_4b_grids15_sft139", "nvarc"),
        ("/kaggle/input/models/sorokin/qwen3_4b_grids15_sft139/transformers/bfloat16/1", "nvarc"),
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
    full = sheet.read("architects-2024").checkpoint(ARCHITECTS)
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


def test_memory_counts_what_is_adapted() -> None:
    """Five of seven matrices of a block in MIT's: two of the attention have no adapter."""
    marc = sheet.read("marc").checkpoints[0]
    rank, targets = sheet.read("marc").settings["rank"], sheet.read("marc").settings["targets"]
    weights = marc.memory("none", 0) or 0
    five = 4096 + 4096 + 4096 + 1024 + 3 * (4096 + 14336)  # inputs and outputs of q, v, gate, up and down
    assert (marc.memory("none", rank, targets) or 0) - weights == 32 * 16 * 128 * five
    assert marc.memory("none", rank, targets) < marc.memory("none", rank)  # type: ignore[operator]


# What the authors' code has: lessons a task, times that each is seen, lessons a step, steps of warm-up of how many,
# LoRA's rank, its scale, rank-stabilised, what is trained whole; rates, weight decay, gradients' greatest norm.
#   architects: github.com/da-fr/Product-of-Experts-ARC-Paper, evaluate_LlamaReArc_on_ARCeval_16x_dfs0.090_with_ttt.py
#   architects-2024: github.com/da-fr/arc-prize-2024, the Kaggle notebook (100 steps of warm-up of some 400)
#   nvarc: the notebook of github.com/1ytic/NVARC
#   marc: github.com/ekinakyurek/marc, test_time_train.py, ttt/preprocess.py and configs/ttt/8B_lora_single_device.yaml
#   barc: github.com/xu3kev/BARC, transduction_config_testtime-finetune_engineer_heavy_model.yaml (one for all tasks)
BOTH = ("embedding", "head")
THEIRS = {
    "architects": (64, 1, 1, 32 / 64, 32, 16, True, BOTH, 1e-4, 1e-5, 0.0, 1.0),
    "architects-2024": (32, 1, 4, 100 / 400, 64, 16, True, BOTH, 1e-4, 1e-5, 0.01, 1.0),
    "nvarc": (128, 1, 1, 0.1, 256, 32, True, BOTH, 5e-5, None, 0.0, 1.0),
    "marc": (250, 2, 2, 0.1, 128, 16, False, (), 5e-5, None, 0.01, 0.0),
    "barc": (30, 3, 4, 0.1, 64, 64, False, (), 2e-4, None, 0.0, 1.0),
}
# The depth-first search's threshold, views, the vote, views that score, and the longest sequence.
ANSWERS = {
    "architects": ("dfs", 0.09, 16, "product", None, 16384),
    "architects-2024": ("dfs", 0.17, 16, "probmul", None, 8192),
    "nvarc": ("dfs", 0.2, 16, "count-nll", 8, 8192),
}


@pytest.mark.parametrize("name", THEIRS)
def test_the_authors_training(name: str) -> None:
    """As their code has it, with one cosine to nothing, every lesson and no early end."""
    ttt = sheet.choose_training(sheet.read(name), {})
    made = (
        ttt.lessons, ttt.epochs, ttt.batch_lessons, ttt.warmup, ttt.rank, ttt.alpha, ttt.rslora, ttt.whole,
        ttt.learning_rate, ttt.embedding_rate, ttt.weight_decay, ttt.clip,
    )  # fmt: skip
    assert made == THEIRS[name]
    assert (ttt.schedule, ttt.stop, ttt.gate, ttt.method) == ("cosine", "none", "none", "lora")
    adapted = ("q_proj", "v_proj", "gate_proj", "up_proj", "down_proj") if name == "marc" else ("linear",)
    assert ttt.targets == adapted


@pytest.mark.parametrize("name", ANSWERS)
def test_the_authors_answers(name: str) -> None:
    """Search, views that all recolour and reorder, every candidate scored, their rule of choosing."""
    _, config, _ = sheet.configured({"model": "nobody/knows-it", "prompt": name})
    made = (config.decode.method, config.decode.min_prob, config.views, config.vote, config.score_views)
    assert (*made, config.max_tokens) == ANSWERS[name]
    assert config.decode.recolour and config.ttt.all_colours and config.score_candidates == 0


def test_what_is_asked_for_wins() -> None:
    """Over [decode] as over [ttt]; formats without a table leave the defaults."""
    asked = {"prompt": "architects", "vote": "flat", "decode.min_prob": 0.5, "ttt.rank": 8}
    _, config, one = sheet.configured(asked)
    assert (config.vote, config.decode.min_prob, config.decode.method, config.ttt.rank) == ("flat", 0.5, "dfs", 8)
    assert one.paths()["ttt.rank"] == 32 and one.paths()["decode.min_prob"] == 0.09 and one.paths()["views"] == 16
    _, plain, bare = sheet.configured({"prompt": "context"})
    assert plain == SolveConfig() and not bare.paths()
    _, marc, _ = sheet.configured({"prompt": "marc"})
    assert (marc.vote, marc.decode.method, marc.decode.recolour) == ("hierarchical", "greedy", False)


def test_how_a_kaggle_model_is_got(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its id is no hub id; a folder of its name is taken."""
    monkeypatch.chdir(tmp_path)
    how = sheet.elsewhere("sorokin/qwen3_4b_grids15_sft139") or ""
    assert "kaggle models instances versions download sorokin/qwen3_4b_grids15_sft139/" in how and "\n" not in how
    (tmp_path / "qwen3_4b_grids15_sft139").mkdir()
    assert sheet.elsewhere("qwen3_4b_grids15_sft139") is None
    assert sheet.elsewhere(ARCHITECTS) is None and sheet.elsewhere("arc-mini") is None


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ('context = "some"', "context must be"),
        ('context = "all"\nloss = "none"', "loss must be one of"),
        ('context = "all"\n[ttt]\nspeed = 3', "unknown setting ttt.speed; the nearest is ttt"),
        ('context = "all"\n[ttt]\nrank = "high"', "rank must be of type int"),
        ('context = "all"\n[ttt]\nrank = true', "rank must be of type int"),
        ('context = "all"\n[ttt]\nrank = 0', "--ttt.rank must be positive"),
        ('context = "all"\n[decode]\nspeed = 3', r"\[decode\] unknown setting decode.speed"),
        ('context = "all"\n[decode]\nviews = "all"', r"\[decode\] --views must be of type int"),
        ('context = "all"\n[decode]\nmin_prob = 2.0', r"\[decode\] --dfs.min-prob is a probability"),
        ('context = "all"\n[decode]\nseed = 3', r"\[decode\] unknown setting decode.seed"),
        ('context = "all"\ndecode = 3', r"\[decode\] must be a table"),
        ('context = "all"\n[decode]\nveiws = 16', "unknown setting decode.veiws; the nearest is decode.views"),
        ('context = "all"\n[decode]\nmethod = "dfs"\ntemperature = 0.5', r"\[decode\] --sample.temperature is for"),
        ('context = "all"\n[decode]\nvote = "flat"\nscore_candidates = 3', r"\[decode\] --score-candidates is for"),
        ('context = "all"\n[ttt]\nmethod = "head"\nrank = 4', r"\[ttt\] --ttt.rank is for --ttt.method lora"),
        ('context = "all"\n[ttt]\nmethod = "head"\nwhole = ["head"]', r"\[ttt\] --ttt.whole is for --ttt.method lora"),
        (
            'context = "all"\n[ttt]\nlessons = 64\ntokens = 100',
            r"\[ttt\] --ttt.lessons leaves nothing for --ttt.tokens",
        ),
        ('context = "all"\n[ttt]\nlessons = 64\nseconds = 9', r"\[ttt\] --ttt.seconds leaves nothing for --ttt.lesso"),
        ('context = "all"\n[ttt]\nepochs = 2', r"\[ttt\] --ttt.epochs is for --ttt.lessons, which is not given"),
        ('context = "all"\n[[checkpoint]]\nid = "a/b"\npickles = 1', "pickles must be true or false, not 1"),
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
