"""Plain attention against the stock one."""

from __future__ import annotations

import pytest
import torch
import torch.nn.functional as F
from makers import FAMILIES, model

from arc_ttt.lm import attention as module
from arc_ttt.lm.attention import attend, attention, causal, register

PLAIN, BLOCK, LONG = 64, 32, 105


@pytest.fixture(autouse=True)
def _short(monkeypatch: pytest.MonkeyPatch) -> None:
    """Long begins early here, to be quick."""
    monkeypatch.setattr(module, "PLAIN_KEYS", PLAIN)
    monkeypatch.setattr(module, "BLOCK", BLOCK)


@pytest.mark.parametrize(("heads", "groups"), [(4, 4), (6, 2), (3, 1)])
@pytest.mark.parametrize("queries", [1, 5])
def test_it_is_attention(heads: int, groups: int, queries: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Equal to the stock kernel, also where several heads of queries share one of keys, and its gradients too."""
    torch.manual_seed(0)
    q = torch.randn(2, heads, queries, 8, requires_grad=True)
    k, v = (torch.randn(2, groups, 7, 8, requires_grad=True) for _ in range(2))
    seen = torch.rand(2, 1, queries, 7) < 0.6
    seen[..., 0] = True
    bias = torch.zeros(seen.shape).masked_fill_(~seen, torch.finfo(torch.float32).min)
    many = [x.repeat_interleave(heads // groups, 1) for x in (k, v)]
    results = [attend(q * 8**-0.5, k, v, bias), F.scaled_dot_product_attention(q, *many, attn_mask=bias)]
    assert torch.allclose(*results, atol=1e-5)
    if heads == groups:
        assert torch.allclose(attention(q, k, v, bias), results[1], atol=1e-5)
    gradients = [torch.autograd.grad(r.square().sum(), (q, k, v)) for r in results]
    for a, b in zip(*gradients, strict=True):
        assert torch.allclose(a, b, atol=1e-4)
    for cached in (1, 2_000_000):  # without gradients row by row where the scores are many
        monkeypatch.setattr(module, "CACHED", cached)
        with torch.no_grad():
            assert torch.allclose(attend(q * 8**-0.5, k, v, bias), results[1], atol=1e-5)


@pytest.mark.parametrize(("heads", "groups"), [(4, 4), (6, 2), (3, 1)])
@pytest.mark.parametrize("length", [1, BLOCK, 2 * BLOCK + 3])
def test_blocks_are_causal_attention(heads: int, groups: int, length: int) -> None:
    """Equal to the stock kernel, and its gradients too: less than a block, a block, several and a rest."""
    torch.manual_seed(0)
    q = torch.randn(2, heads, length, 8, requires_grad=True)
    k, v = (torch.randn(2, groups, length, 8, requires_grad=True) for _ in range(2))
    many = [x.repeat_interleave(heads // groups, 1) for x in (k, v)]
    results = [causal(q * 8**-0.5, k, v), F.scaled_dot_product_attention(q, *many, is_causal=True)]
    assert torch.allclose(*results, atol=1e-5)
    gradients = [torch.autograd.grad(r.square().sum(), (q, k, v)) for r in results]
    for a, b in zip(*gradients, strict=True):
        assert torch.allclose(a, b, atol=1e-4)


def test_blocks_are_one_operation_with_a_gradient() -> None:
    """What PyTorch demands of an operation: a true shape without data, no aliases, gradients that it can trace."""
    torch.manual_seed(0)
    q = torch.randn(1, 4, 6, 8, requires_grad=True)
    k, v = (torch.randn(1, 2, 6, 8, requires_grad=True) for _ in range(2))
    torch.library.opcheck(causal, (q, k, v))


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("length", [20, LONG])
def test_models_of_every_family_answer_the_same(family: str, length: int) -> None:
    """With and without padding, at the end or before the beginning, short enough to be computed plainly and too long
    for it."""
    lm = model(family, tied=False, vocabulary=40)
    ids = torch.randint(3, 40, (2, length), generator=torch.Generator().manual_seed(0))
    behind, before = torch.ones_like(ids), torch.ones_like(ids)
    behind[1, -7:] = before[1, :7] = 0
    with torch.no_grad():
        lm.set_attn_implementation("eager")
        stock = [lm(input_ids=ids, attention_mask=mask).logits for mask in (None, behind, before)]
        lm.set_attn_implementation(register())
        ours = [lm(input_ids=ids, attention_mask=mask).logits for mask in (None, behind, before)]
    assert torch.allclose(stock[0], ours[0], atol=1e-4)
    assert torch.allclose(stock[1][behind > 0], ours[1][behind > 0], atol=1e-4)
    assert torch.allclose(stock[2][before > 0], ours[2][before > 0], atol=1e-4)


def test_long_sequences_need_no_mask(monkeypatch: pytest.MonkeyPatch) -> None:
    """A padded batch of long sequences is trained on in blocks, and its gradients are those of eager
    attention."""
    lm = model("llama", tied=False, vocabulary=40)
    ids = torch.randint(3, 40, (2, LONG), generator=torch.Generator().manual_seed(0))
    mask = torch.ones_like(ids)
    mask[1, -40:] = 0
    calls, gradients = [], []
    blocks = module.causal
    monkeypatch.setattr(module, "causal", lambda *args: (calls.append(1), blocks(*args))[1])
    for name in ("eager", register()):
        lm.set_attn_implementation(name)
        loss = F.cross_entropy(lm(input_ids=ids, attention_mask=mask).logits[mask > 0], ids[mask > 0])
        gradients.append(torch.autograd.grad(loss, list(lm.parameters())))
    assert len(calls) == lm.config.num_hidden_layers
    for a, b in zip(*gradients, strict=True):
        assert torch.allclose(a, b, atol=1e-6)


@pytest.mark.parametrize("family", FAMILIES)
def test_a_cache_is_gone_on_with(family: str) -> None:
    """A long beginning in blocks, then some tokens and one token behind it, are as the whole at once."""
    lm = model(family, tied=False, vocabulary=40)
    ids = torch.randint(3, 40, (1, LONG + 6), generator=torch.Generator().manual_seed(0))
    with torch.no_grad():
        lm.set_attn_implementation("eager")
        whole = lm(input_ids=ids).logits
        lm.set_attn_implementation(register())
        cache, parts = None, []
        for part in ids.split([LONG, 5, 1], 1):
            out = lm(input_ids=part, past_key_values=cache, use_cache=True)
            cache = out.past_key_values
            parts.append(out.logits)
    assert torch.allclose(whole, torch.cat(parts, 1), atol=1e-4)
