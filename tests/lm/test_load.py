"""Loading weights, and what is said of those that cannot be."""

import json
import shutil
from pathlib import Path

import makers
import pytest
import torch
from huggingface_hub.errors import LocalEntryNotFoundError

from arc_ttt.errors import ModelError
from arc_ttt.lm import checkpoint, load, quantize
from arc_ttt.lm.folder import shipped
from arc_ttt.lm.load import load_model
from arc_ttt.paths import share
from arc_ttt.text.sheet import choose


@pytest.fixture
def folder(tiny_folder: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(tiny_folder, tmp_path / "broken"))


def test_what_is_loaded_is_frozen_and_described(tiny_folder: Path) -> None:
    """All weights frozen, the card read, the digest that of the files and of how they were to be computed with."""
    lm = load_model(tiny_folder, device="cpu")
    assert not any(p.requires_grad for p in lm.module.parameters())
    assert lm.card["saw"]["tasks"] == ["007bbfb7"]
    again, other = (load_model(tiny_folder, device="cpu", dtype=d) for d in ("auto", "float32"))
    assert lm.digest == again.digest
    assert lm.digest != other.digest


def test_without_bfloat16_it_falls_back(tiny_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A processor without AVX-512 bf16 computes in float32; a run that began on another one goes on there, by the same
    digest."""
    made = {}
    for able in (False, True):
        monkeypatch.setattr(torch.cpu, "_is_avx512_bf16_supported", lambda able=able: able)
        made[able] = load_model(tiny_folder, device="cpu")
    assert (made[False].dtype, made[True].dtype) == (torch.float32, torch.bfloat16)
    assert made[False].digest == made[True].digest


def test_truncated_weights(folder: Path) -> None:
    """Half a file is named."""
    weights = folder / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[: weights.stat().st_size // 2])
    with pytest.raises(ModelError, match=r"model\.safetensors: the weights cannot be read"):
        load_model(folder, device="cpu")


def test_weights_of_another_shape(folder: Path) -> None:
    """A config.json that does not belong to the weights is named."""
    config = json.loads((folder / "config.json").read_text())
    (folder / "config.json").write_text(json.dumps({**config, "intermediate_size": 64}))
    with pytest.raises(ModelError, match=r"model\.safetensors: the weights do not fit config\.json") as caught:
        load_model(folder, device="cpu")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("config", ['{"model_type": "llama", "hidden_size": 32}', '{"model_type": "nonesuch"}', "{}"])
def test_another_architecture(folder: Path, config: str) -> None:
    """The message names the architecture that was found."""
    (folder / "config.json").write_text(config)
    with pytest.raises(ModelError, match=r"'llama'|'nonesuch'|None") as caught:
        load_model(folder, device="cpu")
    assert "\n" not in str(caught.value) and len(str(caught.value)) < 600


@pytest.mark.parametrize("content", ["", "{", "[]", '"x"'])
def test_a_config_that_is_none(folder: Path, content: str) -> None:
    """Empty or wrong JSON is named."""
    (folder / "config.json").write_text(content)
    with pytest.raises(ModelError, match=r"config\.json"):
        load_model(folder, device="cpu")


def test_missing_things(folder: Path, tmp_path: Path) -> None:
    """No such model, no weights, no such device, no such dtype."""
    with pytest.raises(ModelError, match="nonesuch: neither a shipped model"):
        load_model("nonesuch")
    with pytest.raises(ModelError, match="--device nine"):
        load_model(folder, device="nine")
    with pytest.raises(ModelError, match="--dtype int3"):
        load_model(folder, dtype="int3")
    with pytest.raises(ModelError, match="--quantize int3"):
        load_model(folder, quantize="int3")
    (folder / "model.safetensors").unlink()
    with pytest.raises(ModelError, match=r"model\.safetensors"):
        load_model(folder, device="cpu")


def test_shipped_models_lie_in_data() -> None:
    """Every shipped model is at most 40 MB, safetensors, with a card of the tasks it saw."""
    for name in shipped():
        place = share("data", "models", name)
        assert (place / "model.safetensors").stat().st_size <= 40e6
        card = json.loads((place / "card.json").read_text())
        assert card["saw"]["tasks"]
        assert card["name"] == name


@pytest.mark.parametrize("tied", [True, False])
@pytest.mark.parametrize("family", makers.FAMILIES)
def test_any_causal_model_in_a_folder(tmp_path: Path, family: str, tied: bool) -> None:
    """In one file or in shards, with its tokenizer; frozen, on its device, in the dtype asked for."""
    path = makers.folder(tmp_path / family, family, tied=tied, shards="20KB")
    assert len(list(path.glob("*.safetensors"))) > 1
    lm = load_model(path, device="cpu", dtype="bfloat16")
    assert (lm.name, lm.grid_positions, lm.quantization) == (family, False, "none")
    assert {p.dtype for p in lm.module.parameters()} == {torch.bfloat16}
    assert not any(p.requires_grad for p in lm.module.parameters()) and not lm.module.training
    assert lm.tokenizer is not None and lm.tokenizer.decode(lm.tokenizer.encode("01\n</s>")) == "01\n</s>"
    assert (lm.tokenizer.bos, lm.tokenizer.eos, lm.tokenizer.padding, lm.tokenizer.start) == (
        "<s>",
        "</s>",
        "<pad>",
        "",
    )


@pytest.mark.parametrize("quantize", ["int8", "nf4"])
def test_quantized_as_it_is_read_and_as_it_was_stored(tmp_path: Path, quantize: str) -> None:
    """The blocks take a half or a quarter of the memory; saved that way, a checkpoint loads as it is."""
    path = makers.folder(tmp_path / "dense", hidden_size=64)
    lm = load_model(path, device="cpu", dtype="float32", quantize=quantize)
    layer = lm.module.model.layers[0].mlp.up_proj.weight
    assert (lm.quantization, layer.dtype) == (quantize, {"int8": torch.int8, "nf4": torch.uint8}[quantize])
    assert lm.module.lm_head.weight.dtype == torch.float32
    lm.module.save_pretrained(tmp_path / "stored")
    again = load_model(tmp_path / "stored", device="cpu", dtype="float32")
    assert (again.quantization, again.tokenizer) == (quantize, None)
    ids = torch.tensor([[3, 4, 5]])
    with torch.no_grad():
        dense = load_model(path, device="cpu", dtype="float32").module(ids).logits
        assert torch.equal(lm.module(ids).logits, again.module(ids).logits)
        assert not torch.equal(lm.module(ids).logits, dense)
        torch.testing.assert_close(lm.module(ids).logits, dense, rtol=0, atol=0.1)
    other = {"int8": "nf4", "nf4": "int8"}[quantize]
    assert load_model(tmp_path / "stored", device="cpu", quantize=quantize).quantization == quantize
    with pytest.raises(ModelError, match=f"are {quantize} already"):
        load_model(tmp_path / "stored", device="cpu", quantize=other)


def test_the_digest_is_of_the_contents(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same weights elsewhere have the same digest; one changed byte, or another dtype, gives another. Large files
    are sampled."""
    path = makers.folder(tmp_path / "a")
    copy = Path(shutil.copytree(path, tmp_path / "b"))
    one, two = (load_model(p, device="cpu", dtype="float32").digest for p in (path, copy))
    assert one == two != load_model(path, device="cpu", dtype="bfloat16").digest
    weights = copy / "model.safetensors"
    content = bytearray(weights.read_bytes())
    content[-1] ^= 1
    weights.write_bytes(content)
    assert load_model(copy, device="cpu", dtype="float32").digest != one
    monkeypatch.setattr(checkpoint, "WHOLE", 10)
    monkeypatch.setattr(checkpoint, "SAMPLE", 100)
    sampled = [checkpoint.digest([p / "model.safetensors"]).hexdigest() for p in (path, copy)]
    assert sampled[0] != sampled[1]


def test_pickles_are_not_read(tmp_path: Path) -> None:
    """A folder of *.bin is refused for what it is."""
    path = makers.folder(tmp_path / "old")
    (path / "model.safetensors").rename(path / "pytorch_model.bin")
    with pytest.raises(ModelError, match=r"pickles \(pytorch_model\.bin\)"):
        load_model(path, device="cpu")


def test_a_shard_that_is_missing(tmp_path: Path) -> None:
    """The index names it."""
    path = makers.folder(tmp_path / "m", shards="20KB")
    sorted(path.glob("*.safetensors"))[1].unlink()
    with pytest.raises(ModelError, match=r"1 of \d+ files of weights are missing, model-00002"):
        load_model(path, device="cpu")


def test_code_of_a_checkpoint_is_not_run(tmp_path: Path) -> None:
    """It is named, with the option that would allow it; nothing of it is imported."""
    path = makers.folder(tmp_path / "m")
    config = json.loads((path / "config.json").read_text())
    config |= {"model_type": "mine", "auto_map": {"AutoConfig": "code.C", "AutoModelForCausalLM": "code.M"}}
    (path / "config.json").write_text(json.dumps(config))
    (path / "code.py").write_text("raise SystemExit('it ran')")
    with pytest.raises(ModelError, match=r"'mine' is code .* --trust-remote-code"):
        load_model(path, device="cpu")
    with pytest.raises(SystemExit, match="it ran"):
        load_model(path, device="cpu", trust_remote_code=True)


def test_a_hub_id_without_a_network(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """From the cache where it is there; else one line that says what to download, and how."""
    path, calls = makers.folder(tmp_path / "snapshot"), []

    def download(name: str, *, local_files_only: bool = False, **_: object) -> str:
        calls.append(local_files_only)
        if name == "some/model":
            return str(path)
        raise LocalEntryNotFoundError("no network")

    monkeypatch.setattr(checkpoint, "snapshot_download", download)
    lm = load_model("some/model", device="cpu")
    assert (lm.name, calls) == ("some/model", [True])
    with pytest.raises(ModelError, match="other/model: is not in the Hugging Face cache") as caught:
        load_model("other/model", device="cpu")
    assert calls == [True, True, False]
    assert "hf download other/model --local-dir" in str(caught.value) and "\n" not in str(caught.value)


def test_a_file_that_is_no_gguf(tmp_path: Path) -> None:
    """A file of weights by itself, and one that only looks like GGUF."""
    path = makers.folder(tmp_path / "m")
    with pytest.raises(ModelError, match="a file of weights must be GGUF"):
        load_model(path / "model.safetensors")
    broken = tmp_path / "broken.gguf"
    broken.write_bytes(b"GGUF" + bytes(64))
    with pytest.raises(ModelError, match=r"broken\.gguf: ") as caught:
        load_model(broken, device="cpu")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("tied", [True, False])
@pytest.mark.parametrize("kind", ["int8", "nf4"])
def test_quantized_afterwards_is_quantized_as_read(tmp_path: Path, kind: str, tied: bool) -> None:
    """What is read dense, as GGUF is, becomes in memory what reading would have made of it."""
    path = makers.folder(tmp_path / "m", "qwen3", tied=tied, hidden_size=64, attention_bias=True)
    read = load_model(path, device="cpu", dtype="float32", quantize=kind).module
    made = load_model(path, device="cpu", dtype="float32").module
    quantize.quantize(made, kind, torch.float32, torch.device("cpu"))
    quantize.prepare(made.eval(), torch.float32)
    ids = torch.tensor([[3, 4, 5]])
    with torch.no_grad():
        torch.testing.assert_close(made(ids).logits, read(ids).logits)
    assert made.is_loaded_in_8bit == (kind == "int8") and made.is_loaded_in_4bit == (kind == "nf4")


def test_the_folder_of_a_training_has_its_model(tmp_path: Path, tiny_folder: Path) -> None:
    """`--model OUT` is OUT/model, which `arc-ttt pretrain --out OUT` writes, with the prompt format of its card."""
    shutil.copytree(tiny_folder, tmp_path / "pt" / "model")
    assert load.located(str(tmp_path / "pt")) == tmp_path / "pt" / "model"
    assert load.located(str(tiny_folder)) == tiny_folder
    assert choose(str(tmp_path / "pt")).name == "pair"
