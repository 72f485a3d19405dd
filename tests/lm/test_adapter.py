"""The adapter on its frozen base."""

import json
from pathlib import Path

import makers
import pytest
import torch
from peft import PeftModel
from peft.tuners.lora import Linear

from arc_ttt.errors import ConfigError, ModelError
from arc_ttt.lm.adapter import Adapter, _Folded
from arc_ttt.lm.batch import collate
from arc_ttt.lm.load import LanguageModel, load_model
from arc_ttt.lm.train import batch_loss
from arc_ttt.lm.vocabulary import cut
from arc_ttt.text.format import load, pair_lesson
from arc_ttt.types import Grid, Pair

FORM = load("pair")
BATCH = collate([FORM.lesson(pair_lesson(Pair(Grid([[1, 2]]), Grid([[2, 1]])), 0, tuple(range(10))))], 14)


def train(adapter: Adapter, steps: int) -> list[float]:
    optimiser = torch.optim.AdamW(adapter.parameters(), lr=1e-2)
    losses = []
    for _ in range(steps):
        loss = batch_loss(adapter.model, BATCH, True, torch.float32)
        loss.backward()
        optimiser.step()
        optimiser.zero_grad()
        losses.append(float(loss.detach()))
    return losses


def logits(model: torch.nn.Module) -> torch.Tensor:
    with torch.no_grad():
        return model(**BATCH.inputs(True)).logits


def test_fresh_it_is_the_identity_and_reset_it_is_fresh(tiny_folder: Path) -> None:
    """Attached, trained and reset, the adapter changes no logit; trained it does, and learns."""
    lm = load_model(tiny_folder, dtype="float32", device="cpu")
    plain = logits(lm.module)
    adapter = Adapter(lm, rank=4, alpha=4, tokens=(FORM.vocabulary.task,))
    adapter.reset(1)
    assert torch.equal(logits(adapter.model), plain)
    losses = train(adapter, 20)
    assert losses[-1] < losses[0] / 2
    assert not torch.allclose(logits(adapter.model), plain)
    adapter.reset(1)
    assert torch.equal(logits(adapter.model), plain)


@pytest.mark.parametrize("quantize", ["none", "int8", "nf4"])
def test_the_base_is_bit_identical_after_training(tiny_folder: Path, quantize: str) -> None:
    """No bit of the base, quantized or not, differs after training, and the adapter learns on each."""
    lm = load_model(tiny_folder, dtype="float32", device="cpu", quantize=quantize)
    kind = {"none": torch.float32, "int8": torch.int8, "nf4": torch.uint8}[quantize]
    assert lm.module.layers[0].qkv.weight.dtype == kind
    before = {k: v.clone() for k, v in lm.module.state_dict().items()}
    adapter = Adapter(lm, rank=4, alpha=4, tokens=(FORM.vocabulary.task,))
    adapter.reset(1)
    losses = train(adapter, 5)
    assert losses[-1] < losses[0]
    after = adapter.model.unload().state_dict()
    assert before.keys() == after.keys()
    assert all(torch.equal(before[k], after[k]) for k in before)


def test_the_seed_decides_where_it_starts(tiny_folder: Path) -> None:
    """The same seed trains to the same bits, another to others, whatever happened in between."""
    lm = load_model(tiny_folder, dtype="float32", device="cpu")
    adapter = Adapter(lm, rank=4, alpha=4, tokens=(FORM.vocabulary.task,))
    runs = []
    for seed in (1, 2, 1):
        adapter.reset(seed)
        train(adapter, 3)
        runs.append(logits(adapter.model))
    assert torch.equal(runs[0], runs[2])
    assert not torch.equal(runs[0], runs[1])


def test_the_task_token_is_trained_and_no_other(tiny_folder: Path) -> None:
    """Of the embedding only the rows asked for are parameters."""
    lm = load_model(tiny_folder, dtype="float32", device="cpu")
    adapter = Adapter(lm, rank=4, alpha=4, tokens=(FORM.vocabulary.task,))
    rows = [p for n, p in adapter.model.named_parameters() if p.requires_grad and "lora" not in n]
    assert [tuple(p.shape) for p in rows] == [(1, lm.module.config.hidden_size)]


ALL = ("linear", "embedding", "head")
IDS = torch.tensor([[0, 1, 2, 3, 4, 1]])


def published(path: Path, family: str, tied: bool, quantize: str = "none") -> LanguageModel:
    """A tiny model of a published family, its vocabulary cut to five tokens."""
    folder = path / f"{family}-{tied}"
    if not folder.exists():
        makers.folder(folder, family, tied=tied)
    lm = load_model(folder, device="cpu", dtype="float32", quantize=quantize)
    cut(lm.module, range(10, 15))
    return lm


def said(model: torch.nn.Module) -> torch.Tensor:
    with torch.no_grad():
        return model(input_ids=IDS).logits


def teach(adapter: Adapter, steps: int = 8) -> list[float]:
    optimiser = torch.optim.AdamW(adapter.groups(1e-2, 1e-3))
    losses = []
    for _ in range(steps):
        loss = torch.nn.functional.cross_entropy(adapter.model(input_ids=IDS).logits[0, :-1], IDS[0, 1:])
        loss.backward()
        optimiser.step()
        optimiser.zero_grad()
        losses.append(float(loss.detach()))
    return losses


@pytest.mark.parametrize("quantize", ["none", "int8", "nf4"])
@pytest.mark.parametrize("tied", [True, False])
@pytest.mark.parametrize("family", makers.FAMILIES)
def test_on_published_families(tmp_path: Path, family: str, tied: bool, quantize: str) -> None:
    """With low-rank matrices on all of it: fresh it is the identity, it learns, reset it is fresh, and no bit of the
    base differs afterwards, quantized or not."""
    lm = published(tmp_path, family, tied, quantize)
    plain, before = said(lm.module), {k: v.clone() for k, v in lm.module.state_dict().items()}
    adapter = Adapter(lm, rank=4, alpha=8, rslora=True, targets=ALL)
    adapter.reset(1)
    assert torch.equal(said(adapter.model), plain) or quantize == "int8"
    torch.testing.assert_close(said(adapter.model), plain)
    losses = teach(adapter)
    assert losses[-1] < losses[0]
    with adapter.frozen() as model:
        torch.testing.assert_close(said(model), said(adapter.model))
    adapter.reset(1)
    torch.testing.assert_close(said(adapter.model), plain)
    assert teach(adapter) == losses, "what was decoded in between makes no difference"
    after = adapter.model.unload().state_dict()
    assert before.keys() == after.keys()
    assert all(torch.equal(before[k], after[k]) for k in before)


@pytest.mark.parametrize("way", ["whole", "thin", "beside"])
@pytest.mark.parametrize("family", makers.FAMILIES)
def test_gradients_are_those_of_peft(tmp_path: Path, family: str, way: str) -> None:
    """However they are formed, also where layers have biases."""
    adapter = Adapter(published(tmp_path, family, tied=False), rank=4, alpha=8)
    random = torch.Generator().manual_seed(1)
    layers = [m for m in adapter.model.modules() if isinstance(m, _Folded)]
    for layer in layers:
        layer.way = way
        with torch.no_grad():
            layer.lora_B["default"].weight.normal_(generator=random)

    def gradients() -> tuple[torch.Tensor, list[torch.Tensor]]:
        loss = torch.nn.functional.cross_entropy(adapter.model(input_ids=IDS).logits[0, :-1], IDS[0, 1:])
        return loss, list(torch.autograd.grad(loss, adapter.parameters()))

    ours = gradients()
    for layer in layers:
        layer.__class__ = Linear
    torch.testing.assert_close(ours, gradients())


def test_what_is_trained_is_what_was_named(tmp_path: Path) -> None:
    """Linear layers by default; embedding and head, or single layers, by name; a stranger is named."""

    def layers(*targets: str) -> set[str]:
        model = Adapter(published(tmp_path, "llama", True), rank=2, alpha=2, targets=targets).model
        return {n.partition(".lora_")[0].rpartition(".")[2] for n, p in model.named_parameters() if p.requires_grad}

    blocks = {"q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"}
    assert layers("linear") == blocks
    assert layers(*ALL) == {*blocks, "embed_tokens", "lm_head"}
    assert layers("q_proj", "v_proj", "head") == {"q_proj", "v_proj", "lm_head"}
    assert layers("linear", "q_proj") == blocks
    with pytest.raises(ConfigError, match=r"--ttt\.targets r_proj"):
        layers("q_proj", "r_proj")


@pytest.mark.parametrize("quantize", ["none", "nf4"])
@pytest.mark.parametrize("tied", [True, False])
@pytest.mark.parametrize("family", makers.FAMILIES)
@pytest.mark.parametrize("alone", [False, True])
def test_embedding_and_head_whole(tmp_path: Path, family: str, tied: bool, quantize: str, alone: bool) -> None:
    """Copies of both beside the LoRA, or of the head alone on a frozen body: fresh they are the identity, they learn
    and are decoded with what they learned, reset they are fresh, and no bit of the base differs afterwards."""
    lm = published(tmp_path, family, tied, quantize)
    plain, before = said(lm.module), {k: v.clone() for k, v in lm.module.state_dict().items()}
    adapter = Adapter(lm, rank=4, alpha=8, whole=("embedding", "head"), head_alone=alone)
    adapter.reset(1)
    torch.testing.assert_close(said(adapter.model), plain)
    named = {n for n, p in adapter.model.named_parameters() if p.requires_grad and "lora" not in n}
    assert {n.partition(".modules_to_save")[0].rpartition(".")[2] for n in named} == (
        {"lm_head"} if alone else {"embed_tokens", "lm_head"}
    )
    assert not alone or len(adapter.parameters()) == 1
    losses = teach(adapter)
    assert losses[-1] < losses[0]
    with adapter.frozen() as model:
        torch.testing.assert_close(said(model), said(adapter.model))
    adapter.save(tmp_path / "adapter")
    learned = said(adapter.model)
    adapter.reset(1)
    torch.testing.assert_close(said(adapter.model), plain)
    adapter.load(tmp_path / "adapter")
    assert torch.equal(said(adapter.model), learned)
    adapter.reset(1)
    assert teach(adapter) == losses
    adapter.remove()
    after = lm.module.state_dict()
    assert before.keys() == after.keys()
    assert all(torch.equal(before[k], after[k]) for k in before)


def test_whole_copies_are_trained_in_float32(tmp_path: Path) -> None:
    """On a bfloat16 base the copies are float32, at the rate of embedding and head, and what follows the embedding is
    bfloat16 as before; a step of 1e-5 moves them, and moves the embedding as far as AdamW says."""
    folder = makers.folder(tmp_path / "llama", "llama", tied=True)
    lm = load_model(folder, device="cpu", dtype="bfloat16")
    cut(lm.module, range(10, 15))
    adapter = Adapter(lm, rank=2, alpha=2, whole=("embedding", "head"))
    adapter.reset(1)
    groups = adapter.groups(1e-3, 1e-5)
    assert [g["lr"] for g in groups] == [1e-3, 1e-5]
    assert {p.dtype for p in groups[1]["params"]} == {torch.float32} and len(groups[1]["params"]) == 2
    embedding = lm.module.get_input_embeddings()
    assert embedding(IDS).dtype == torch.bfloat16
    start = [p.detach().clone() for p in groups[1]["params"]]
    optimiser = torch.optim.AdamW(groups, weight_decay=0.0)
    with torch.autocast("cpu", torch.bfloat16):
        logits = adapter.model(input_ids=IDS).logits
    torch.nn.functional.cross_entropy(logits[0, :-1].float(), IDS[0, 1:]).backward()
    optimiser.step()
    for p, old in zip(groups[1]["params"], start, strict=True):
        moved = (p.detach() - old).abs().max()
        assert 0.5e-5 < float(moved) < 1.1e-5  # Adam's first step is the rate


def test_what_is_trained_whole_has_no_lora(tiny_folder: Path, tmp_path: Path) -> None:
    """One line for what contradicts itself."""
    lm = published(tmp_path, "llama", True)
    with pytest.raises(ConfigError, match=r"--ttt\.whole head: --ttt\.targets gives it a LoRA"):
        Adapter(lm, rank=2, alpha=2, targets=("linear", "head"), whole=("head",))
    ours = load_model(tiny_folder, dtype="float32", device="cpu")
    task = (FORM.vocabulary.task,)
    with pytest.raises(ConfigError, match=r"--ttt\.whole embedding: .*there is head"):
        Adapter(ours, rank=2, alpha=2, tokens=task, whole=("embedding",))
    plain = logits(ours.module)
    adapter = Adapter(ours, rank=2, alpha=2, tokens=task, head_alone=True)
    assert [tuple(p.shape) for p in adapter.parameters()] == [tuple(ours.module.lm_head.weight.shape)]
    losses = train(adapter, 10)
    assert losses[-1] < losses[0]
    adapter.reset(0)
    assert torch.equal(logits(adapter.model), plain)


@pytest.mark.parametrize("targets", [("embedding",), ("linear", "embedding"), ("embed_tokens",)])
def test_an_embedding_whose_rows_are_trained_has_no_lora(tiny_folder: Path, targets: tuple[str, ...]) -> None:
    """One line that says so and offers the others, which go; without such rows it has one."""
    lm = load_model(tiny_folder, dtype="float32", device="cpu")
    task = (FORM.vocabulary.task,)
    with pytest.raises(
        ConfigError, match=rf"--ttt\.targets {targets[-1]}: .*row of the embedding already; there are lin"
    ):
        Adapter(lm, rank=2, alpha=2, tokens=task, targets=targets)
    with pytest.raises(ConfigError, match=r"no such layer; there are linear, head$"):
        Adapter(lm, rank=2, alpha=2, tokens=task, targets=("q_proj",))
    adapter = Adapter(lm, rank=2, alpha=2, tokens=task, targets=("linear", "head"))
    assert sum("lm_head.lora" in n for n, _ in adapter.model.named_parameters()) == 2
    adapter.remove()
    embedding = Adapter(lm, rank=2, alpha=2, targets=targets).model
    assert any("embed_tokens.lora" in n for n, _ in embedding.named_parameters())


def test_the_scale_and_the_rates(tmp_path: Path) -> None:
    """The rank-stabilised scale goes with the root of the rank; embedding and head have a rate of their own."""
    scales = []
    for rslora in (False, True):
        adapter = Adapter(published(tmp_path, "llama", True), rank=16, alpha=8, rslora=rslora, targets=ALL)
        scales.append(adapter._folded[0].scale)
    assert scales == [0.5, 2.0]
    groups = adapter.groups(1e-3, 1e-4)
    assert [g["lr"] for g in groups] == [g["initial_lr"] for g in groups] == [1e-3, 1e-4]
    assert len(groups[1]["params"]) == 4
    assert sum(len(g["params"]) for g in groups) == len(adapter.parameters())
    assert [g["lr"] for g in adapter.groups(1e-3)] == [1e-3, 1e-3]


@pytest.mark.filterwarnings("ignore:.*tie_word_embeddings")
def test_an_adapter_is_saved_loaded_and_used_by_peft(tmp_path: Path) -> None:
    """In peft's own files: taken back after a reset, by another process's adapter, and by peft without us. One of
    another shape is refused."""
    lm = published(tmp_path, "qwen3", True)
    adapter = Adapter(lm, rank=4, alpha=8, targets=ALL)
    adapter.reset(1)
    teach(adapter)
    learned = said(adapter.model)
    adapter.save(tmp_path / "adapter")
    assert {p.name for p in (tmp_path / "adapter").iterdir()} == {"adapter_config.json", "adapter_model.safetensors"}
    named = json.loads((tmp_path / "adapter" / "adapter_config.json").read_text())["target_modules"]
    assert len(named) > 10 and named == sorted(named), "in each process the same"
    adapter.reset(2)
    assert not torch.allclose(said(adapter.model), learned)
    adapter.load(tmp_path / "adapter")
    assert torch.equal(said(adapter.model), learned)
    theirs = PeftModel.from_pretrained(published(tmp_path, "qwen3", True).module, str(tmp_path / "adapter")).eval()
    torch.testing.assert_close(said(theirs), learned)
    for other in ({"rank": 2}, {"rank": 4, "targets": ("linear",)}):
        with pytest.raises(ModelError, match="adapter"):
            Adapter(published(tmp_path, "qwen3", True), alpha=8, **other).load(tmp_path / "adapter")  # type: ignore[arg-type]
    with pytest.raises(ModelError, match="nowhere"):
        adapter.load(tmp_path / "nowhere")
