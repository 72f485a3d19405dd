"""Plain attention against the stock one."""

from __future__ import annotations

import pytest
import torch
import torch.nn.functional as F
from makers import FAMILIES, model

from arc_ttt.lm.attention import PLAIN_KEYS, attend, attention, register


@pytest.mark.parametrize(("heads", "groups"), [(4, 4), (6, 2), (3, 1)])
@pytest.mark.parametrize("queries", [1, 5])
def test_it_is_attention(heads: int, groups: int, queries: int) -> None:
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


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("length", [20, PLAIN_KEYS + 9])
def test_models_of_every_family_answer_the_same(family: str, length: int) -> None:
    """With and without padding, short enough to be computed plainly and too long for it."""
    lm = model(family, tied=False, vocabulary=40)
    ids = torch.randint(3, 40, (2, length), generator=torch.Generator().manual_seed(0))
    mask = torch.ones_like(ids)
    mask[1, -7:] = 0
    with torch.no_grad():
        stock = [lm(input_ids=ids).logits, lm(input_ids=ids, attention_mask=mask).logits]
        lm.set_attn_implementation(register())
        ours = [lm(input_ids=ids).logits, lm(input_ids=ids, attention_mask=mask).logits]
    assert torch.allclose(stock[0], ours[0], atol=1e-4)
    assert torch.allclose(stock[1][mask > 0], ours[1][mask > 0], atol=1e-4)
