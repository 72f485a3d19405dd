"""The vocabulary cut: the same logits for less memory, whatever the family."""

from __future__ import annotations

from pathlib import Path

import makers
import pytest
import torch

from arc_ttt.errors import ModelError
from arc_ttt.lm.load import load_model
from arc_ttt.lm.vocabulary import cut, dequantized

KEPT = [3, 40, 7, 99, 0, 3]
ASCENDING = [0, 3, 7, 40, 99]
IDS = torch.tensor([[3, 40, 0, 99, 7, 7, 40]])


def logits(model: torch.nn.Module, ids: torch.Tensor) -> torch.Tensor:
    with torch.no_grad():
        return model(input_ids=ids).logits


def renumbered(new: dict[int, int], ids: torch.Tensor) -> torch.Tensor:
    return torch.tensor([[new[int(t)] for t in row] for row in ids])


@pytest.mark.parametrize("tied", [True, False])
@pytest.mark.parametrize("family", [*makers.FAMILIES, "gemma2", "phi"])
def test_kept_tokens_have_the_same_logits(family: str, tied: bool) -> None:
    """Bit by bit, in every family; the mapping is ascending and what was saved is counted."""
    model = makers.model(family, tied=tied, vocabulary=120)
    before = logits(model, IDS)[..., ASCENDING]
    done = cut(model, KEPT)
    assert done.new == {old: i for i, old in enumerate(ASCENDING)} and done.before == 120
    after = logits(model, renumbered(done.new, IDS))
    assert after.shape[-1] == 5
    torch.testing.assert_close(after, before, rtol=0, atol=1e-6)
    head = model.get_output_embeddings()
    bias = 0 if head.bias is None else 4 * 115
    assert done.saved == 115 * 32 * 4 * (1 if tied else 2) + bias
    assert (head.weight is model.get_input_embeddings().weight) == tied
    assert model.config.vocab_size == model.get_input_embeddings().num_embeddings == head.out_features == 5


@pytest.mark.parametrize("tied", [True, False])
@pytest.mark.parametrize("quantize", ["int8", "nf4"])
def test_over_quantized_blocks(tmp_path: Path, quantize: str, tied: bool) -> None:
    """bitsandbytes leaves embedding and head dense; they are cut all the same."""
    lm = load_model(makers.folder(tmp_path / "m", tied=tied), device="cpu", dtype="float32", quantize=quantize)
    before = logits(lm.module, IDS)[..., ASCENDING]
    done = cut(lm.module, KEPT)
    torch.testing.assert_close(logits(lm.module, renumbered(done.new, IDS)), before, rtol=0, atol=1e-6)


@pytest.mark.parametrize("kind", ["int8", "nf4"])
def test_a_quantized_head(kind: str) -> None:
    """It becomes a dense one of the values that it stood for."""
    import bitsandbytes as bnb

    model = makers.model("llama", tied=False, vocabulary=120)
    dense = model.get_output_embeddings().weight.detach().clone()
    if kind == "int8":
        head = bnb.nn.Linear8bitLt(32, 120, bias=False, has_fp16_weights=False)
        head.weight = bnb.nn.Int8Params(dense.half(), requires_grad=False, has_fp16_weights=False)
    else:
        head = bnb.nn.Linear4bit(32, 120, bias=False, quant_type="nf4", compute_dtype=torch.float32)
        head.weight = bnb.nn.Params4bit(dense.clone(), requires_grad=False, quant_type="nf4")
    model.set_output_embeddings(head.to("cpu"))
    stored = dequantized(head)
    torch.testing.assert_close(
        stored.float(), dense, rtol=0, atol=dense.abs().max() * (0.01 if kind == "int8" else 0.4)
    )
    before = logits(model, IDS)[..., ASCENDING]
    done = cut(model, KEPT)
    assert type(model.get_output_embeddings()) is torch.nn.Linear
    assert torch.equal(model.get_output_embeddings().weight, stored[ASCENDING].float())
    after = logits(model, renumbered(done.new, IDS))
    torch.testing.assert_close(after, before, rtol=0.05, atol=0.02)  # its products were made in fewer bits


def test_special_tokens_are_renumbered() -> None:
    """Kept ones follow their row; others are None, so that nobody takes another token for them."""
    model = makers.model("llama", tied=True, vocabulary=120, pad_token_id=7, eos_token_id=[40, 50], bos_token_id=1)
    cut(model, KEPT)
    for config in (model.config, model.generation_config):
        assert (config.pad_token_id, config.bos_token_id) == (2, None)
        assert config.eos_token_id == [3]
    assert model.get_input_embeddings().padding_idx == 2
    small = logits(model, torch.tensor([[2]]))
    assert torch.isfinite(small).all()


def test_what_is_not_there_cannot_be_kept() -> None:
    """The token is named; nothing is changed."""
    model = makers.model("llama", tied=True, vocabulary=120)
    with pytest.raises(ModelError, match="token 120 is not among the 120"):
        cut(model, [3, 120])
    assert model.get_input_embeddings().num_embeddings == 120


def test_a_model_is_trained_and_saved_as_cut(tmp_path: Path) -> None:
    """The cut model is a whole one: it saves, loads and has gradients."""
    model = makers.model("qwen3", tied=True, vocabulary=120)
    done = cut(model, KEPT)
    ids = renumbered(done.new, IDS)
    model.save_pretrained(tmp_path / "cut")
    again = load_model(tmp_path / "cut", device="cpu", dtype="float32").module
    torch.testing.assert_close(logits(again, ids), logits(model, ids))
    model.requires_grad_(True)
    model(input_ids=ids, labels=ids).loss.backward()
    assert model.get_input_embeddings().weight.grad.shape == (5, 32)
