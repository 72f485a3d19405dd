"""Loading weights, and what is said of those that cannot be."""

import json
import shutil
from pathlib import Path

import pytest
import torch

from arc_ttt.errors import ModelError
from arc_ttt.lm import load
from arc_ttt.lm.load import load_model


@pytest.fixture
def folder(tiny_folder: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(tiny_folder, tmp_path / "broken"))


def test_what_is_loaded_is_frozen_and_described(tiny_folder: Path) -> None:
    """All weights frozen, the card read, the digest that of the files and of how they are computed with."""
    lm = load_model(tiny_folder, device="cpu")
    assert not any(p.requires_grad for p in lm.module.parameters())
    assert lm.card["saw"]["tasks"] == ["007bbfb7"]
    again, other = (load_model(tiny_folder, device="cpu", dtype=d) for d in ("auto", "float32"))
    assert lm.digest == again.digest
    assert (lm.digest == other.digest) == (lm.dtype == torch.float32)


def test_without_bfloat16_it_falls_back(tiny_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A processor without AVX-512 bf16 computes in float32."""
    monkeypatch.setattr(torch.cpu, "_is_avx512_bf16_supported", lambda: False)
    assert load_model(tiny_folder, device="cpu").dtype == torch.float32
    monkeypatch.setattr(torch.cpu, "_is_avx512_bf16_supported", lambda: True)
    assert load_model(tiny_folder, device="cpu").dtype == torch.bfloat16


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


def test_another_architecture(folder: Path) -> None:
    """The message names the architecture that was found."""
    (folder / "config.json").write_text('{"model_type": "llama"}')
    with pytest.raises(ModelError, match="'llama'"):
        load_model(folder, device="cpu")


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
    for name in load.shipped():
        folder = load.share("data", "models", name)
        assert (folder / "model.safetensors").stat().st_size <= 40e6
        card = json.loads((folder / "card.json").read_text())
        assert card["saw"]["tasks"]
        assert card["name"] == name
