"""Greedy decoding under a grammar."""

from pathlib import Path

import numpy as np
import pytest
import torch

from arc_ttt.lm.batch import collate
from arc_ttt.lm.generate import generate
from arc_ttt.lm.load import LanguageModel, load_model
from arc_ttt.text.format import PromptFormat, load
from arc_ttt.text.grammar import GridGrammar
from arc_ttt.types import Grid, Pair, Prompt, Question

GRIDS = [Grid([[1, 2]]), Grid(np.arange(30).reshape(5, 6) % 10), Grid([[3], [4], [5]])]


@pytest.fixture(params=["pair", "context"])
def form(request: pytest.FixtureRequest) -> PromptFormat:
    return load(request.param)


def questions(form: PromptFormat) -> list[Prompt]:
    context = (Pair(GRIDS[0], GRIDS[2]), Pair(GRIDS[2], GRIDS[0])) if form.context == "all" else ()
    return [form.question(Question(context, g)) for g in GRIDS]


def uncached(lm: LanguageModel, form: PromptFormat, prompt: Prompt, steps: int) -> tuple[list[int], list[float]]:
    """Decoding by running the whole sequence again for each token."""
    grammar, tokens, positions, logprobs = GridGrammar(form), [], [], []
    while not grammar.done and len(tokens) < steps:
        whole = Prompt(
            np.concatenate([prompt.tokens, np.array(tokens, dtype=np.int64)]),
            np.concatenate([prompt.positions, np.array(positions, dtype=np.int64).reshape(-1, 3)]),
            np.concatenate([prompt.blocks, np.zeros(len(tokens), dtype=np.int64)]),
            np.zeros(len(prompt) + len(tokens), dtype=np.bool_),
        )
        with torch.no_grad():
            last = lm.module(**collate([whole], 14).inputs(True)).logits[0, -1]
        allowed = list(grammar.allowed())
        scores = last[allowed].log_softmax(-1)
        best = int(scores.argmax())
        tokens.append(allowed[best])
        logprobs.append(float(scores[best]))
        positions.append(grammar.advance(allowed[best]))
    return tokens, logprobs


def test_cached_decoding_equals_uncached(tiny_folder: Path, form: PromptFormat) -> None:
    """In a batch of different lengths with a cache, rows leaving early, each row decodes as it would alone."""
    lm = load_model(tiny_folder, dtype="float32", device="cpu")
    prompts = questions(form)
    made = generate(lm.module, lm, prompts, [GridGrammar(form) for _ in prompts], padding=14, max_new_tokens=60)
    for prompt, completion in zip(prompts, made, strict=True):
        tokens, logprobs = uncached(lm, form, prompt, 60)
        assert list(completion.tokens) == tokens
        assert completion.logprobs == pytest.approx(logprobs, abs=1e-4)


class Scripted:
    """A grammar that allows one token at a time: what is decoded is known."""

    def __init__(self, tokens: list[int]) -> None:
        self.left, self.done = tokens, False

    def allowed(self) -> list[int]:
        return self.left[:1]

    def advance(self, token: int) -> tuple[int, int, int]:
        assert token == self.left[0]
        self.left = self.left[1:]
        self.done = not self.left
        return 1, 0, 0


def test_rows_that_end_at_different_times(tiny_folder: Path) -> None:
    """Each row gets all of its own tokens and none of another's, also after the batch has shrunk twice."""
    lm = load_model(tiny_folder, dtype="float32", device="cpu")
    form = load("pair")
    wanted = [[1] * n for n in (3, 40, 1, 7, 200)]
    prompts = [form.question(Question((), g)) for g in (*GRIDS, *GRIDS[:2])]
    made = generate(lm.module, lm, prompts, [Scripted(list(w)) for w in wanted], padding=14, max_new_tokens=300)
    assert [list(c.tokens) for c in made] == wanted
    assert all(c.done and c.logprob == 0.0 for c in made)


def test_it_stops_at_the_limit(tiny_folder: Path) -> None:
    """An answer that does not end is cut off and says so."""
    lm = load_model(tiny_folder, dtype="float32", device="cpu")
    form = load("pair")
    made = generate(lm.module, lm, questions(form)[:1], [Scripted([1] * 50)], padding=14, max_new_tokens=9)
    assert len(made[0].tokens) == 9
    assert not made[0].done


def test_a_tick_can_stop_it(tiny_folder: Path) -> None:
    """What the caller raises between two tokens comes through."""

    class Enough(Exception):
        pass

    def tick(step: int) -> None:
        if step == 3:
            raise Enough

    lm = load_model(tiny_folder, dtype="float32", device="cpu")
    form = load("pair")
    with pytest.raises(Enough):
        generate(lm.module, lm, questions(form)[:1], [Scripted([1] * 50)], padding=14, max_new_tokens=9, tick=tick)
