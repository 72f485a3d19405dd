"""The built-in architecture."""

from pathlib import Path

import numpy as np
import torch

from arc_ttt.lm.batch import collate
from arc_ttt.lm.builtin import GridConfig, GridTransformer, attention_bias, rotary, rotate
from arc_ttt.lm.load import load_model
from arc_ttt.text.format import load, pair_lesson
from arc_ttt.types import Grid, Pair

FORM = load("pair")


def batch_of(*pairs: Pair):  # type: ignore[no-untyped-def]
    return collate([FORM.lesson(pair_lesson(p, 0, tuple(range(10)))) for p in pairs], FORM.vocabulary.padding)


SMALL = Pair(Grid([[1, 2]]), Grid([[2, 1]]))
LARGE = Pair(Grid(np.arange(40).reshape(5, 8) % 10), Grid(np.arange(12).reshape(3, 4) % 10))


def test_who_sees_whom() -> None:
    """Tokens of a block see each other, others what came before; nobody sees padding."""
    blocks = torch.tensor([[1, 1, 0, 0, 0]])
    visible = torch.tensor([[True, True, True, True, False]])
    seen = attention_bias(blocks, visible, torch.float32)[0, 0] == 0
    assert seen.int().tolist() == [
        [1, 1, 0, 0, 0],
        [1, 1, 0, 0, 0],
        [1, 1, 1, 0, 0],
        [1, 1, 1, 1, 0],
        [1, 1, 1, 1, 0],
    ]


def test_padding_changes_nothing(tiny_folder: Path) -> None:
    """A sequence has the same logits alone and beside a longer one."""
    model = load_model(tiny_folder, dtype="float32", device="cpu").module
    alone, together = batch_of(SMALL), batch_of(SMALL, LARGE)
    with torch.no_grad():
        a = model(**alone.inputs(True)).logits[0]
        b = model(**together.inputs(True)).logits[0, : a.shape[0]]
    assert torch.allclose(a, b, atol=1e-5)


def test_no_answer_token_is_seen_before_its_turn(tiny_folder: Path) -> None:
    """Changing an answer's last cells leaves the logits before them as they were."""
    model = load_model(tiny_folder, dtype="float32", device="cpu").module
    other = Pair(LARGE.input, Grid([*LARGE.output.tolist()[:-1], [9, 9, 9, 9]]))
    with torch.no_grad():
        a = model(**batch_of(LARGE).inputs(True)).logits[0]
        b = model(**batch_of(other).inputs(True)).logits[0]
    changed = int((batch_of(LARGE).input_ids[0] != batch_of(other).input_ids[0]).int().argmax())
    assert torch.equal(a[:changed], b[:changed])
    assert not torch.allclose(a[changed:], b[changed:])


def test_only_relative_positions_count(tiny_folder: Path) -> None:
    """Moving all tokens by the same planes, rows and columns changes nothing."""
    model = load_model(tiny_folder, dtype="float32", device="cpu").module
    inputs = batch_of(LARGE).inputs(True)
    moved = {**inputs, "position_ids": inputs["position_ids"] + torch.tensor([2, 5, 7])}
    with torch.no_grad():
        assert torch.allclose(model(**inputs).logits, model(**moved).logits, atol=1e-4)


def test_saved_and_loaded_it_is_the_same(tiny_folder: Path) -> None:
    """`from_pretrained` of transformers and our loader give the same logits."""
    ours = load_model(tiny_folder, dtype="float32", device="cpu").module
    theirs = GridTransformer.from_pretrained(tiny_folder)
    inputs = batch_of(LARGE).inputs(True)
    with torch.no_grad():
        assert torch.equal(ours(**inputs).logits, theirs(**inputs).logits)


def test_the_compiler_turns_features_as_eager_mode_does() -> None:
    """The form that is compiled gives the same features and the same gradients."""
    torch.manual_seed(0)
    config = GridConfig(hidden_size=64, num_attention_heads=2)
    turn = rotary(torch.randint(0, 30, (2, 5, 3)), config, torch.float32)
    x = torch.randn(2, 5, 2, 32, requires_grad=True)
    turned = [rotate(x, *turn), torch.compile(rotate, backend="eager")(x, *turn)]
    assert torch.allclose(*turned, atol=1e-6)
    assert torch.allclose(*(torch.autograd.grad(y.square().sum() + y.sum(), x)[0] for y in turned), atol=1e-5)


def test_the_mask_is_one_operation() -> None:
    """What PyTorch demands of one: a true shape without data, no aliases."""
    blocks = torch.tensor([[1, 1, 0, 2, 2], [0, 3, 3, 0, 0]])
    torch.library.opcheck(attention_bias, (blocks, torch.ones_like(blocks) > 0, torch.bfloat16))
